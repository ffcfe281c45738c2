package markdown

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Form is a way in which a term is written.
type Form struct {
	Text   string
	Term   int32
	Exact  bool // case matters; else it is folded
	Plural bool // English: plain s and es plurals match too
}

// Clash is a form that two terms claim.
type Clash struct {
	Form string
	A, B int32 // the terms
}

// Matcher finds the forms of terms in Fragments. It is safe for concurrent use.
type Matcher struct {
	// byFirst holds the forms by their first word, folded: the longest first.
	byFirst map[string][]pattern
	sum     [16]byte
}

// pattern is a form as words: what stands between them is kept in gaps.
type pattern struct {
	words  []string // folded; as written where exact
	gaps   []string // between words: " " for white space, else itself
	term   int32
	exact  bool
	length int
}

// NewMatcher compiles forms. Clashes are the forms that two terms claim; the
// first one keeps it.
func NewMatcher(forms []Form) (*Matcher, []Clash) {
	m := &Matcher{byFirst: map[string][]pattern{}}
	var clashes []Clash
	claimed := map[string]Form{}
	h := sha256.New()
	for _, f := range forms {
		h.Write(appendText(binary.AppendVarint(nil, int64(f.Term)), f.Text))
		h.Write([]byte{b2(f.Exact), b2(f.Plural)})
		key := foldForm(f.Text)
		if key == "" {
			continue
		}
		if first, ok := claimed[key]; ok {
			if first.Term != f.Term && !(first.Exact && f.Exact && first.Text != f.Text) {
				clashes = append(clashes, Clash{f.Text, first.Term, f.Term})
			}
			if first.Term != f.Term || first.Exact == f.Exact {
				continue
			}
		}
		claimed[key] = f
	}
	for _, f := range forms {
		if claimed[foldForm(f.Text)].Term != f.Term {
			continue
		}
		m.add(f.Text, f)
		for _, p := range plurals(f) {
			if first, ok := claimed[foldForm(p)]; !ok || first.Term == f.Term {
				m.add(p, f)
			}
		}
	}
	for _, ps := range m.byFirst {
		slices.SortStableFunc(ps, func(a, b pattern) int { return b.length - a.length })
	}
	copy(m.sum[:], h.Sum(nil))
	return m, clashes
}

func b2(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// Sum identifies the forms: matchers of equal sums find the same.
func (m *Matcher) Sum() [16]byte { return m.sum }

// plurals are the plain English plurals of a form.
func plurals(f Form) []string {
	if !f.Plural {
		return nil
	}
	low := strings.ToLower(f.Text)
	for _, end := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(low, end) {
			return []string{f.Text + "es"}
		}
	}
	return []string{f.Text + "s"}
}

// foldForm makes forms comparable: NFC, folded case, single spaces.
func foldForm(s string) string { return strings.ToLower(normal(fold(s))) }

// normal is NFC with one kind of apostrophe and hyphen.
func normal(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', 'ʼ':
			return '\''
		case '‑', '‐':
			return '-'
		}
		return r
	}, norm.NFC.String(s))
}

func (m *Matcher) add(text string, f Form) {
	p := pattern{term: f.Term, exact: f.Exact}
	s := normal(fold(text))
	p.length = len(s)
	for len(s) > 0 {
		start, end := nextWord(s)
		if start < 0 {
			return // an ending that is no word: C++ matches as C would; leave such forms out
		}
		gap := s[:start]
		if len(p.words) == 0 && gap != "" {
			return
		}
		if len(p.words) > 0 {
			p.gaps = append(p.gaps, gap)
		}
		w := s[start:end]
		if !f.Exact {
			w = strings.ToLower(w)
		}
		p.words = append(p.words, w)
		s = s[end:]
	}
	if len(p.words) == 0 {
		return
	}
	first := strings.ToLower(p.words[0])
	m.byFirst[first] = append(m.byFirst[first], p)
}

// nextWord finds the next word of a form, as the scanner finds it in a text.
func nextWord(s string) (start, end int) {
	sc := scanner{text: []byte(s)}
	if !sc.next() {
		return -1, -1
	}
	return sc.start, sc.end
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// First returns the first use of each term in the Fragment, in order. allow,
// if not nil, says which terms may be linked.
func (m *Matcher) First(f *Fragment, allow func(term int32) bool) []TermUse {
	var uses []TermUse
	for _, s := range f.Spans {
		sc := scanner{text: f.HTML[s.Start:s.End]}
		for sc.next() {
			p, end := m.at(&sc)
			if p == nil {
				continue
			}
			used := slices.ContainsFunc(uses, func(u TermUse) bool { return u.Term == p.term })
			if !used && (allow == nil || allow(p.term)) {
				uses = append(uses, TermUse{Start: s.Start + int32(sc.start), End: s.Start + int32(end), Term: p.term})
			}
			sc.end = end
		}
	}
	return uses
}

// at finds the longest form that begins at the scanner's word, and where it ends.
func (m *Matcher) at(sc *scanner) (*pattern, int) {
	candidates := m.byFirst[string(sc.folded())] // the compiler looks this up without making a string
	if len(candidates) == 0 || joinedBefore(sc.text, sc.start) {
		return nil, 0
	}
	for i := range candidates {
		if end, ok := candidates[i].matches(*sc); ok {
			return &candidates[i], end
		}
	}
	return nil, 0
}

// matches compares a form with the text from the scanner's word on.
func (p *pattern) matches(sc scanner) (end int, ok bool) {
	for i, w := range p.words {
		if i > 0 {
			last := sc.end
			if !sc.next() || !sameGap(sc.text[last:sc.start], p.gaps[i-1]) {
				return 0, false
			}
		}
		got := sc.folded()
		if p.exact {
			got = sc.word()
		}
		if string(got) != w {
			return 0, false
		}
	}
	return sc.end, !joinedAfter(sc.text, sc.end)
}

// sameGap compares what stands between two words: white space of any kind is
// one space.
func sameGap(raw []byte, want string) bool {
	if string(raw) == want {
		return true
	}
	return spaces(normal(html.UnescapeString(string(raw)))) == want
}

// joinedBefore and joinedAfter report a hyphen or the like that makes a word
// part of a longer one. A possessive 's joins nothing.
func joinedBefore(text []byte, start int) bool {
	r, n := utf8.DecodeLastRune(text[:start])
	if !joiner(r) {
		return false
	}
	before, _ := utf8.DecodeLastRune(text[:start-n])
	return wordRune(before)
}

func joinedAfter(text []byte, end int) bool {
	r, n := utf8.DecodeRune(text[end:])
	if !joiner(r) {
		return false
	}
	after, _ := utf8.DecodeRune(text[end+n:])
	return wordRune(after)
}

func joiner(r rune) bool { return r == '-' || r == '_' || r == '‐' || r == '‑' }

// scanner goes through a Span word by word. A character reference counts as
// the character it stands for, which is never part of a word.
type scanner struct {
	text       []byte
	start, end int    // of the word
	buf        []byte // the word folded, where that differs
}

// next finds the next word.
func (s *scanner) next() bool {
	i := s.end
	for i < len(s.text) {
		c := s.text[i]
		if c == '&' {
			if n := bytes.IndexByte(s.text[i:min(i+12, len(s.text))], ';'); n > 0 {
				i += n + 1
				continue
			}
		}
		w, size := wordAt(s.text[i:])
		if w {
			break
		}
		i += size
	}
	s.start = i
	for i < len(s.text) {
		w, size := wordAt(s.text[i:])
		if !w {
			break
		}
		i += size
		// Scripts without spaces have a boundary at each character.
		if size > 1 && unspaced(s.text[i-size:i]) {
			break
		}
	}
	s.end = i
	return s.start < s.end
}

func wordAt(text []byte) (word bool, size int) {
	if c := text[0]; c < utf8.RuneSelf {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9', 1
	}
	r, n := utf8.DecodeRune(text)
	return wordRune(r), n
}

func unspaced(b []byte) bool {
	r, _ := utf8.DecodeRune(b)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// word is the word as forms are kept: normal.
func (s *scanner) word() []byte {
	w := s.text[s.start:s.end]
	for _, c := range w {
		if c >= utf8.RuneSelf {
			return []byte(normal(string(w)))
		}
	}
	return w
}

// folded is the word without case.
func (s *scanner) folded() []byte {
	w := s.text[s.start:s.end]
	lower := true
	for _, c := range w {
		if c >= utf8.RuneSelf {
			return []byte(strings.ToLower(normal(string(w))))
		}
		lower = lower && (c < 'A' || c > 'Z')
	}
	if lower {
		return w
	}
	s.buf = s.buf[:0]
	for _, c := range w {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		s.buf = append(s.buf, c)
	}
	return s.buf
}

// spaces makes any run of white space one space.
func spaces(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}
