package markdown

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Form is a way in which a term is written.
type Form struct {
	Text   string // plain text; one that is empty or blank matches nothing
	Term   int32  // index of the term
	Exact  bool   // case matters; else it is folded
	Plural bool   // English: plain s and es plurals match too
}

// Clash is a form that two different terms claim. Neither has it.
type Clash struct {
	Form string // as the second one writes it, or its plural
	A, B int32  // the terms: first and second
}

// Matcher finds the forms of terms in Fragments. A form matches whole words by
// the rules of Unicode (UAX #29), of which hyphens make one and a possessive 's
// is no part; white space, typographic apostrophes and hyphens, character
// references and the forms of Unicode make no difference. In scripts without
// spaces a word may begin and end anywhere. A Matcher never changes: it is
// safe for concurrent use.
type Matcher struct {
	// byFirst holds the forms by their first token, folded; in order of key.
	byFirst map[string][]entry
	// lengths has bit n set in the slot of a first token of n characters. Most
	// words of a text are none, and not even folded.
	lengths [slots]uint64
	// ascii has the bit of each first token that is ASCII: see asciiToken.
	ascii [asciiBits / 64]uint64
	terms []int32 // by number
	sum   [16]byte

	searches sync.Pool // of *search
}

// entry is a form, or forms that differ in case only.
type entry struct {
	key   string  // normal, folded, with single spaces
	any   int     // number of the term whose case is ignored, or none
	exact []exact // the forms whose case matters
}

type exact struct {
	text string // normal, with single spaces
	term int    // its number
}

const none = -1

// slots is how many beginnings of tokens are distinguished, at most.
const slots = 1024

// matcherVersion is part of every Sum: to be changed when a Matcher of the
// same forms finds something else than it did before.
const matcherVersion = "nutgraf terms 1"

// NewMatcher compiles forms, and returns which of them two terms claim: two
// forms that one text could match. A plural that comes by itself gives way to
// a form that is written out.
func NewMatcher(forms []Form) (*Matcher, []Clash) {
	claims := claims{byKey: map[string][]claim{}}
	for _, f := range forms {
		claims.add(claim{text: normalForm(f.Text), term: f.Term, exact: f.Exact})
	}
	for _, f := range forms {
		if !f.Plural || !claims.has(normalForm(f.Text), f.Term) {
			continue
		}
		for _, text := range plurals(normalForm(f.Text)) {
			claims.add(claim{text: text, term: f.Term, exact: f.Exact, plural: true})
		}
	}
	m := &Matcher{byFirst: map[string][]entry{}, sum: sumOf(forms)}
	numbers := map[int32]int{}
	for _, key := range slices.Sorted(maps.Keys(claims.byKey)) {
		shared := func(c claim) bool { return c.shared }
		if cs := slices.DeleteFunc(claims.byKey[key], shared); len(cs) > 0 {
			m.add(key, cs, numbers)
		}
	}
	return m, claims.clashes
}

// claims are the forms that terms claim, by their text without case.
type claims struct {
	byKey   map[string][]claim
	clashes []Clash
}

type claim struct {
	text   string // normal
	term   int32
	exact  bool
	plural bool // one that comes by itself
	shared bool // by another term: it is nobody's
}

// add adds a claim.
func (cs *claims) add(c claim) {
	if c.text == "" {
		return
	}
	key := string(appendFolded(nil, []byte(c.text)))
	taken, clashed := false, false
	for i, o := range cs.byKey[key] {
		if o.term == c.term || o.exact && c.exact && o.text != c.text {
			continue
		}
		taken = true
		if c.plural && !o.plural {
			continue // it gives way
		}
		cs.byKey[key][i].shared = true
		if !clashed {
			cs.clashes = append(cs.clashes, Clash{c.text, o.term, c.term})
		}
		clashed = true
	}
	if !taken {
		cs.byKey[key] = append(cs.byKey[key], c)
	}
}

// has reports whether a form is the term's alone.
func (cs *claims) has(text string, term int32) bool {
	return slices.ContainsFunc(cs.byKey[string(appendFolded(nil, []byte(text)))], func(c claim) bool {
		return c.term == term && c.text == text && !c.shared
	})
}

// add compiles the claims of one key, and numbers their terms.
func (m *Matcher) add(key string, cs []claim, numbers map[int32]int) {
	e := entry{key: key, any: none}
	for _, c := range cs {
		n, ok := numbers[c.term]
		if !ok {
			n = len(m.terms)
			numbers[c.term] = n
			m.terms = append(m.terms, c.term)
		}
		if c.exact {
			e.exact = append(e.exact, exact{c.text, n})
		} else {
			e.any = n
		}
	}
	text := []byte(cs[0].text)
	end, length := token(text, 0)
	first := appendFolded(nil, text[:end])
	m.lengths[slot(text[:end])] |= lengthBit(length)
	if _, bit := asciiToken(first, 0); bit >= 0 {
		m.ascii[bit/64] |= 1 << (bit % 64)
	}
	m.byFirst[string(first)] = append(m.byFirst[string(first)], e)
}

// slot is where Matcher.lengths has the token that text is, whatever its case.
func slot(text []byte) int {
	r, n := rune(text[0]), 1
	if r >= utf8.RuneSelf {
		r, n = utf8.DecodeRune(text)
	}
	h := foldRune(r)
	if n < len(text) {
		if r = rune(text[n]); r >= utf8.RuneSelf {
			r, _ = utf8.DecodeRune(text[n:])
		}
		h = 37*h + foldRune(r)
	}
	return int(uint32(h) % slots)
}

// lengthBit stands for a token of n characters; all long ones share one.
func lengthBit(n int) uint64 { return 1 << min(n, 63) }

// normalForm is a form as texts are read, with single spaces.
func normalForm(text string) string {
	var p passage
	p.read([]byte(text), false)
	return strings.Join(strings.Fields(string(p.text)), " ")
}

// plurals are the plain English plurals of a form: taxes, surges. One in ch may
// have either: churches, monarchs. One in y has none but in a name: Kennedys.
func plurals(text string) []string {
	last, _ := utf8.DecodeLastRuneInString(text)
	if !unicode.IsLetter(last) && !unicode.IsDigit(last) {
		return nil
	}
	word := text[strings.LastIndexByte(text, ' ')+1:]
	first, _ := utf8.DecodeRuneInString(word)
	low := strings.ToLower(word)
	ends := func(with ...string) bool {
		return slices.ContainsFunc(with, func(w string) bool { return strings.HasSuffix(low, w) })
	}
	switch {
	case ends("ch"):
		return []string{text + "es", text + "s"}
	case ends("s", "x", "z", "sh"):
		return []string{text + "es"}
	case ends("y") && !ends("ay", "ey", "oy", "uy") && !unicode.IsUpper(first):
		return nil
	}
	return []string{text + "s"}
}

func sumOf(forms []Form) (sum [16]byte) {
	b := []byte(matcherVersion)
	for _, f := range forms {
		b = appendNumbers(appendText(b, f.Text), f.Term)
		b = strconv.AppendBool(strconv.AppendBool(b, f.Exact), f.Plural)
	}
	h := sha256.Sum256(b)
	return [16]byte(h[:])
}

// Sum identifies the forms, their modes and their terms: two Matchers with
// equal sums find the same.
func (m *Matcher) Sum() [16]byte { return m.sum }

// First returns the first use of each term in the Fragment, in order. Uses do
// not overlap; where forms compete, the one that begins first wins, of these
// the longest, be it one of a term that is used already or not allowed. allow,
// if not nil, says which terms are wanted; it is asked once for each.
func (m *Matcher) First(f *Fragment, allow func(term int32) bool) []TermUse {
	s, _ := m.searches.Get().(*search)
	if s == nil {
		s = &search{Matcher: m, seen: make([]bool, len(m.terms))}
	}
	clear(s.seen)
	var uses []TermUse
	for _, span := range f.Spans {
		s.readSpan(f.HTML, span)
		for s.at = 0; s.next(); {
			u, ok := s.use(f.HTML, span)
			if !ok || s.seen[s.term] {
				continue
			}
			s.seen[s.term] = true
			if allow == nil || allow(u.Term) {
				uses = append(uses, u)
			}
		}
	}
	s.text = nil // the caller's
	m.searches.Put(s)
	return uses
}

// search goes through a passage.
type search struct {
	*Matcher
	passage
	at         int // the search goes on here
	start, end int // of what was found, in text
	term       int // whose number this is
	key        []byte
	seen       []bool // the terms that were found, by number
}

// next finds the next form.
func (s *search) next() bool {
	for s.at < len(s.text) {
		i := s.at
		if htmlSpace(s.text[i]) {
			s.at++
			continue
		}
		entries, j := s.candidates(i)
		s.at = j
		if len(entries) > 0 && mayBegin(s.text, i) && s.longest(entries, i, j) {
			s.at = s.end
			return true
		}
	}
	return false
}

// candidates returns the entries that begin with the token at text[i:], and
// where it ends.
func (s *search) candidates(i int) ([]entry, int) {
	if j, bit := asciiToken(s.text, i); bit >= 0 {
		if s.ascii[bit/64]&(1<<(bit%64)) == 0 {
			return nil, j
		}
		s.key = appendFolded(s.key[:0], s.text[i:j])
		return s.byFirst[string(s.key)], j
	}
	j, length := token(s.text, i)
	if s.lengths[slot(s.text[i:j])]&lengthBit(length) == 0 {
		return nil, j
	}
	s.key = appendFolded(s.key[:0], s.text[i:j])
	return s.byFirst[string(s.key)], j
}

// longest finds the longest of entries that is at text[i:]. All of them begin
// with the token that ends at j; each further character leaves fewer.
func (s *search) longest(entries []entry, i, j int) bool {
	found := false
	for depth := len(s.key); ; {
		if e := &entries[0]; len(e.key) == depth && mayEnd(s.text, j) {
			if term := e.termOf(s.text[i:j]); term != none {
				s.start, s.end, s.term, found = i, j, term, true
			}
		}
		if j == len(s.text) || len(entries) == 1 && len(entries[0].key) == depth {
			return found
		}
		if c := s.text[j]; len(entries) == 1 && asciiWord(c) && entries[0].key[depth] == foldASCII(c) {
			depth, j = depth+1, j+1 // as is usual
			continue
		}
		r, n := next(s.text[j:])
		var one [utf8.UTFMax]byte
		c := one[:utf8.EncodeRune(one[:], foldRune(r))]
		if entries = narrow(entries, depth, c); len(entries) == 0 {
			return found
		}
		depth, j = depth+len(c), j+n
	}
}

// next decodes the first character of text; white space is one space.
func next(text []byte) (r rune, size int) {
	if c := text[0]; c > ' ' && c < utf8.RuneSelf {
		return rune(c), 1
	}
	r, size = utf8.DecodeRune(text)
	if !unicode.IsSpace(r) {
		return r, size
	}
	for size < len(text) {
		r, n := utf8.DecodeRune(text[size:])
		if !unicode.IsSpace(r) {
			break
		}
		size += n
	}
	return ' ', size
}

// narrow returns those of entries, which are in order and equal up to depth,
// whose keys go on with c.
func narrow(entries []entry, depth int, c []byte) []entry {
	rest := func(i int) string { return entries[i].key[depth:] }
	from := sort.Search(len(entries), func(i int) bool { return rest(i) >= string(c) })
	entries = entries[from:]
	to := sort.Search(len(entries), func(i int) bool { return !strings.HasPrefix(rest(i), string(c)) })
	return entries[:to]
}

// termOf returns the number of the term that text, which is e's but for case,
// is a form of; or none.
func (e *entry) termOf(text []byte) int {
	for _, x := range e.exact {
		if equal(text, x.text) {
			return x.term
		}
	}
	return e.any
}

// equal compares a text with a form, in which white space is one space.
func equal(text []byte, form string) bool {
	for len(text) > 0 && form != "" {
		r, n := next(text)
		f, size := utf8.DecodeRuneInString(form)
		if r != f {
			return false
		}
		text, form = text[n:], form[size:]
	}
	return len(text) == 0 && form == ""
}

// use returns what was found as a use within span, and whether it lies there.
func (s *search) use(src []byte, span Span) (TermUse, bool) {
	start, end := s.place(s.start, s.end)
	end = start + len(bytes.TrimRightFunc(src[start:end], invisible))
	u := TermUse{Start: int32(start), End: int32(end), Term: s.terms[s.term]}
	return u, u.Start >= span.Start && u.End <= span.End
}
