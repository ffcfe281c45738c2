package markdown

import (
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

// nextWord finds the next run of letters, marks and digits.
func nextWord(s string) (start, end int) {
	start = strings.IndexFunc(s, wordRune)
	if start < 0 {
		return -1, -1
	}
	n := strings.IndexFunc(s[start:], func(r rune) bool { return !wordRune(r) })
	if n < 0 {
		return start, len(s)
	}
	return start, start + n
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// token is a word of a Span, or what stands between two.
type token struct {
	text       string // normal; references decoded
	start, end int32  // in the Fragment's HTML
	word       bool
}

// First returns the first use of each term in the Fragment, in order. allow,
// if not nil, says which terms may be linked.
func (m *Matcher) First(f *Fragment, allow func(term int32) bool) []TermUse {
	var uses []TermUse
	var tokens []token
	for _, s := range f.Spans {
		tokens = cutSpan(tokens[:0], f.HTML, s)
		for i := 0; i < len(tokens); {
			p, n := m.at(tokens, i)
			if n == 0 {
				i++
				continue
			}
			if (allow == nil || allow(p.term)) && !slices.ContainsFunc(uses, func(u TermUse) bool { return u.Term == p.term }) {
				uses = append(uses, TermUse{Start: tokens[i].start, End: tokens[i+n-1].end, Term: p.term})
			}
			i += n
		}
	}
	return uses
}

// at finds the longest form that begins at token i, and how many tokens it takes.
func (m *Matcher) at(tokens []token, i int) (*pattern, int) {
	if !tokens[i].word || i > 0 && !boundary(tokens[i-1].text, true) {
		return nil, 0
	}
	candidates := m.byFirst[lower(tokens[i].text)]
	for k := range candidates {
		p := &candidates[k]
		if n := p.matches(tokens[i:]); n > 0 {
			return p, n
		}
	}
	return nil, 0
}

func lower(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}

func (p *pattern) matches(tokens []token) int {
	n := 2*len(p.words) - 1
	if len(tokens) < n {
		return 0
	}
	for j, w := range p.words {
		t := tokens[2*j]
		if j > 0 && tokens[2*j-1].text != p.gaps[j-1] {
			return 0
		}
		if !t.word || p.exact && t.text != w || !p.exact && lower(t.text) != w {
			return 0
		}
	}
	if len(tokens) > n && !boundary(tokens[n].text, false) {
		return 0
	}
	return n
}

// boundary reports whether a word may end beside what stands between it and
// the next: a hyphen or an apostrophe joins words, but for a possessive 's.
func boundary(gap string, before bool) bool {
	if before {
		return !strings.HasSuffix(gap, "-") && gap != "'" && !strings.HasSuffix(gap, "_") || len(gap) > 1 && strings.HasPrefix(gap, " ")
	}
	return gap != "-" && gap != "_"
}

// cutSpan cuts a Span into words and what is between, beginning with a word
// or a gap; the two kinds alternate.
func cutSpan(tokens []token, src []byte, s Span) []token {
	text := src[s.Start:s.End]
	at := s.Start
	for len(text) > 0 {
		word, n := runOf(text)
		raw := string(text[:n])
		t := token{start: at, end: at + int32(n), word: word, text: raw}
		if !word || !ascii(raw) {
			t.text = normal(html.UnescapeString(raw))
			if !word {
				t.text = spaces(t.text)
			}
		}
		tokens = append(tokens, t)
		text, at = text[n:], at+int32(n)
	}
	return tokens
}

// runOf measures the run of word or other characters that text begins with. A
// character reference counts as the character it stands for, which is no word.
func runOf(text []byte) (word bool, n int) {
	for n < len(text) {
		w, size := false, 1
		switch c := text[n]; {
		case c == '&':
			if end := strings.IndexByte(string(text[n:min(n+12, len(text))]), ';'); end > 0 {
				size = end + 1
			}
		case c < utf8.RuneSelf:
			w = wordRune(rune(c))
		default:
			var r rune
			r, size = utf8.DecodeRune(text[n:])
			w = wordRune(r)
		}
		if n == 0 {
			word = w
		} else if w != word {
			break
		}
		n += size
	}
	return word, n
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// spaces makes any run of white space one space.
func spaces(s string) string {
	if !strings.ContainsAny(s, "\n\t\r\u00a0") && !strings.Contains(s, "  ") {
		return s
	}
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
