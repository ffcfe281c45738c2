package prose

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraf/site/markdown"
)

// Reading is a passage read once: its words, sentences and quotations. All that
// it finds is in the order of the text; nil is nothing.
type Reading struct {
	Passage
	words      *Words
	tokens     []token
	sentences  []sentence
	spoken     []Extent // what stands within quotation marks
	quotations []Extent // that, and what the passage says is quoted
}

// token is a word or a number as it stands in a text, with what is joined to it:
// mid-March, U.S, 2,000, mRNA, Thursday's.
type token struct {
	Extent
	base    int    // where it ends without a possessive
	word    *entry // never nil: unknown where the language says nothing of it
	number  int    // -1 where it is none
	digits  bool
	capital bool // begins with a capital letter
	begins  bool // a sentence, a quotation or a parenthesis
	apart   bool // from the token before: by more than space
}

// unknown is the entry of every word of which a language says nothing.
var unknown = &entry{number: -1, bit: 1}

// sentence is a sentence with its tokens: tokens[from:to].
type sentence struct {
	Extent
	from, to int
}

// Read reads a passage alone.
func (w *Words) Read(p Passage) *Reading { return new(Reader).Read(w, p) }

// Read reads a passage in a language.
func (r *Reader) Read(w *Words, p Passage) *Reading {
	if len(r.readings) == cap(r.readings) {
		r.readings = make([]Reading, 0, 2*cap(r.readings)+1)
	}
	r.readings = append(r.readings, Reading{words: w, Passage: p})
	read := &r.readings[len(r.readings)-1]
	if read.spoken = disjoint(quotations(p.Text)); len(p.Quoted) == 0 {
		read.quotations = read.spoken
	} else {
		read.quotations = disjoint(slices.Concat(p.Quoted, read.spoken))
	}
	read.tokens, read.sentences = room(&r.tokens, len(p.Text)/4+1), room(&r.sentences, len(p.Text)/64+2)
	for start, end := range markdown.Sentences(p.Text) {
		from := len(read.tokens)
		read.scan(start, end)
		read.sentences = append(read.sentences, sentence{Extent{start, end}, from, len(read.tokens)})
	}
	keep(&r.tokens, len(read.tokens))
	keep(&r.sentences, len(read.sentences))
	return read
}

// room is an empty list behind what is in memory, for n items that are likely to come.
func room[T any](memory *[]T, n int) []T {
	if cap(*memory)-len(*memory) < n {
		*memory = make([]T, 0, max(n, 2*cap(*memory)))
	}
	return (*memory)[len(*memory):]
}

// keep lets the n items stay that came into the room, unless they outgrew it and so
// lie elsewhere.
func keep[T any](memory *[]T, n int) {
	if n += len(*memory); n <= cap(*memory) {
		*memory = (*memory)[:n]
	}
}

// quotations returns what stands within quotation marks in a text.
func quotations(text string) (all []Extent) {
	for start, end := range markdown.Quotations(text) {
		all = append(all, Extent{start, end})
	}
	return all
}

// disjoint puts extents in order and makes one of those that share a byte.
func disjoint(all []Extent) []Extent {
	slices.SortFunc(all, func(a, b Extent) int { return cmp.Compare(a.Start, b.Start) })
	apart := all[:0]
	for _, e := range all {
		if n := len(apart); n > 0 && e.Start < apart[n-1].End {
			apart[n-1].End = max(apart[n-1].End, e.End)
			continue
		}
		apart = append(apart, e)
	}
	return apart
}

// from returns those of all extents that end behind a place; all are in order and
// disjoint.
func from(all []Extent, at int) []Extent {
	return all[sort.Search(len(all), func(i int) bool { return all[i].End > at }):]
}

// Within reports whether any of all extents, which are in order and disjoint,
// shares a byte with e.
func (e Extent) Within(all []Extent) bool {
	all = from(all, e.Start)
	return len(all) > 0 && all[0].Start < e.End
}

// scan adds the tokens of text[start:end], a sentence.
func (r *Reading) scan(start, end int) {
	behind := start // where the token before ended
	for i := start; i < end; {
		c, n := utf8.DecodeRuneInString(r.Text[i:end])
		if !wordly(c) {
			i += n
			continue
		}
		stop := i + n
		for stop < end {
			if n := r.joined(i, stop, end); n > 0 {
				stop += n
				continue
			}
			break
		}
		r.tokens = append(r.tokens, r.token(behind, i, stop, behind == start))
		i, behind = stop, stop
	}
}

// wordly reports what words consist of.
func wordly(c rune) bool {
	if c < utf8.RuneSelf {
		return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
	}
	return unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsNumber(c)
}

// joined returns how many bytes at text[i:] still belong to the token that
// began at start, 0 for none.
func (r *Reading) joined(start, i, end int) int {
	c, n := utf8.DecodeRuneInString(r.Text[i:end])
	if wordly(c) {
		return n
	}
	next, _ := utf8.DecodeRuneInString(r.Text[i+n : end])
	if !wordly(next) {
		return 0
	}
	last := r.Text[i-1]
	numbers := '0' <= last && last <= '9' && unicode.IsDigit(next)
	switch c {
	case '-', '‐', '‑', '\'', '’', '_', '@', '&', '\u00ad':
		return n
	case '.':
		// U.S, e.g and 3.5, but not the end of a sentence without its space.
		if numbers || i-1 == start || r.Text[i-2] == '.' {
			return n
		}
	case ',', ':':
		if numbers {
			return n
		}
	}
	return 0
}

// token makes that of text[start:end]; behind is where the one before ended,
// first that there is none in its sentence.
func (r *Reading) token(behind, start, end int, first bool) token {
	gap := r.Text[behind:start]
	t := token{Extent: Extent{start, end}, base: end, word: unknown, number: -1, capital: Capital(r.Text[start:end])}
	t.apart = gap != " " && strings.TrimLeft(gap, " \u00a0\n\t–'’") != ""
	t.begins = first || t.apart && strings.ContainsAny(gap, "\"“‘«„:([{—")
	if c := r.Text[start]; '0' <= c && c <= '9' {
		if t.number = integer(r.Text[start:end]); t.number >= 0 {
			t.word, t.digits = r.words.digits, true
		}
		return t
	}
	r.look(&t)
	return t
}

// integer reads a number in digits: its whole part, -1 for what is none. Dates
// and times are numbers here.
func integer(s string) int {
	n, whole := 0, true
	for _, c := range []byte(s) {
		switch {
		case '0' <= c && c <= '9':
			if whole && n < 1e12 {
				n = 10*n + int(c-'0')
			}
		case c == ',':
		case c == '.', c == ':', c == '-':
			whole = false
		default:
			return -1
		}
	}
	return n
}

// longest is how many bytes a word may have that a language says something of.
const longest = 24

// look finds what the language says of a token's word.
func (r *Reading) look(t *token) {
	if t.End-t.Start > longest {
		return
	}
	var room [2 * longest]byte
	key := room[:0]
	for _, c := range r.Text[t.Start:t.End] {
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c == '’':
			c = '\''
		case c >= utf8.RuneSelf:
			c = unicode.ToLower(c)
		}
		key = utf8.AppendRune(key, c)
	}
	if owner := r.words.usage.Possessive; owner != "" && strings.HasSuffix(string(key), owner) {
		key = key[:len(key)-len(owner)]
		t.base = t.Start + strings.LastIndexAny(r.Text[t.Start:t.End], "'’")
	}
	if e := r.words.entries[string(key)]; e != nil {
		t.word, t.number = e, e.number
		return
	}
	if i := bytes.IndexByte(key, '-'); i > 0 { // twenty-five
		a, b := r.words.entries[string(key[:i])], r.words.entries[string(key[i+1:])]
		if a != nil && b != nil && a.number >= 20 && b.number > 0 {
			t.word, t.number = a, a.number+b.number
		} else if a != nil && a.is&compounding != 0 {
			t.word = a
		}
	}
}

// find returns the longest phrase of a list that stands at tokens[i:to], and
// where it ends; nil for none.
func (r *Reading) find(l list, i, to int) (best *phrase, end int) {
	end = i
	next := ^uint64(0)
	if i+1 < to {
		next = r.tokens[i+1].word.bit
	}
	for _, begins := range [2][]*phrase{r.tokens[i].word.begins[l], r.words.named[l]} {
		for _, p := range begins {
			if p.second&next == 0 {
				continue
			}
			if stop := r.match(p.elements, i, i, to); stop > end {
				best, end = p, stop
			}
		}
		if !r.tokens[i].capital {
			break
		}
	}
	return best, end
}

// found is a phrase that stands at tokens[from:to].
type found struct {
	*phrase
	from, to int
}

// phrases yields the phrases of a list that stand in a sentence, from the left.
func (r *Reading) phrases(l list, s sentence) iter.Seq[found] {
	return func(yield func(found) bool) {
		for i := s.from; i < s.to; {
			p, end := r.find(l, i, s.to)
			if p != nil && !yield(found{p, i, end}) {
				return
			}
			i = max(end, i+1)
		}
	}
}

// Extent is where the words of a phrase stand.
func (r *Reading) extent(p found) Extent {
	return Extent{r.tokens[p.from].Start, r.tokens[p.to-1].End}
}

// match returns where the elements of a phrase that began at first end if they
// stand at tokens[i:to], else -1.
func (r *Reading) match(elements []element, first, i, to int) int {
	for k := range elements {
		e := &elements[k]
		n := 0
		if i < to && (i == first || !r.tokens[i].apart || k > 0 && elements[k-1].comma && r.comma(i)) {
			n = r.fit(e, i, to)
		}
		switch {
		case n == 0 && !e.optional:
			return -1
		case n > 0 && e.optional: // the words may belong to what comes next instead
			if end := r.match(elements[k+1:], first, i+n, to); end >= 0 {
				return end
			}
			n = 0
		}
		i += n
	}
	return i
}

// comma reports that token i stands behind a comma and no other mark.
func (r *Reading) comma(i int) bool {
	return strings.TrimSpace(r.Text[r.tokens[i-1].End:r.tokens[i].Start]) == ","
}

// fit returns how many tokens at i an element takes, 0 where it does not fit.
func (r *Reading) fit(e *element, i, to int) int {
	t := &r.tokens[i]
	for _, l := range e.literals {
		// A capital letter that the phrase lacks makes a name of the word.
		if l.entry == t.word && (!t.capital || l.capital || t.begins) && t.number == l.number {
			return 1
		}
	}
	for _, c := range e.classes {
		if n := r.classed(c, i, to); n > 0 {
			return n
		}
	}
	return 0
}

// classed returns how many tokens at i are of a class.
func (r *Reading) classed(c class, i, to int) int {
	t := &r.tokens[i]
	ok := false
	switch c {
	case aNumber:
		_, n := r.count(i, to)
		return n
	case aMonth, aWeekday:
		ok = t.word.fits(c) && (t.capital || !t.word.proper)
	case few:
		ok = !t.digits && 2 <= t.number && t.number <= 10
	case many:
		ok = !t.digits && t.number > 10
	case inDigits:
		ok = t.digits && !t.year() && !r.versioned(t)
	case aYear:
		ok = t.year()
	case aName:
		ok = t.capital && !t.begins && t.word.month == 0 && t.word.weekday == 0
	case anyWord:
		ok = true
	}
	if ok {
		return 1
	}
	return 0
}

// versioned reports a number that is part of a name: HTTP/2.
func (r *Reading) versioned(t *token) bool {
	return t.Start > 1 && r.Text[t.Start-1] == '/' && 'A' <= r.Text[t.Start-2]&^0x20 && r.Text[t.Start-2]&^0x20 <= 'Z'
}

// year reports a number that may be a year.
func (t *token) year() bool {
	return t.digits && t.End-t.Start == 4 && 1000 <= t.number && t.number < 3000
}

// count reads a number, which may be of several words, at tokens[i:to], and
// returns how many tokens it takes.
func (r *Reading) count(i, to int) (value, n int) {
	const most = 6
	for ; i+n < min(to, i+most); n++ {
		t := &r.tokens[i+n]
		switch {
		case t.number < 0 || n > 0 && t.apart:
			return value, n
		case n > 0 && t.number > value:
			value = min(value*t.number, 1e12)
		default:
			value = min(value+t.number, 1e12)
		}
	}
	return value, n
}
