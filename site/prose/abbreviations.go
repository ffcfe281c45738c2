package prose

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Abbreviations follows those of one question, of which each must be said in full
// before it is used: a question travels alone, as a card.
type Abbreviations struct {
	forms     map[string]bool // of glossary terms, which a card explains
	explained map[string]bool // those that are clear by now, or reported
	initials  []byte          // of the latest names, a space where one ends
	common    []byte          // of the latest words in any letters, in capitals, a space where a long form can't go on
}

// Abbreviation is the first use of one that nobody has explained.
type Abbreviation struct {
	Extent
	Letters string // without a plural's s, a possessive's, and full stops
}

// NewAbbreviations begins a question; forms are those of the glossary, nil for none.
func NewAbbreviations(forms map[string]bool) *Abbreviations {
	return &Abbreviations{forms: forms, explained: map[string]bool{}}
}

// Unexplained returns what is used without being explained in the next passage
// of the question. It is explained by its long form beside it or before it, by
// what it is in other words (the RFA, the regulator of the fleet), and by the
// glossary. Quotations are left out: they are somebody else's words.
//
// One capital letter with a number (F-16, A4) is a name and short for nothing.
func (a *Abbreviations) Unexplained(r *Reading) []Abbreviation {
	var all []Abbreviation
	credit := 0 // where that of a picture ends
	for i := range r.tokens {
		a.initial(r, i)
		if credit = max(credit, r.credit(i)); r.tokens[i].Start < credit {
			continue
		}
		for _, part := range r.parts(i) {
			letters := short(r.Text[part.Start:part.End])
			if letters == "" || a.explained[letters] || a.innocent(r, i, part, letters) {
				continue
			}
			a.explained[letters] = true
			if !a.explains(r, i, letters) {
				all = append(all, Abbreviation{part, letters})
			}
		}
	}
	return all
}

// credit returns where a picture's credit that begins at token i ends, 0 for none: its
// names stand there as their owners write them. What goes on for long is prose.
func (r *Reading) credit(i int) int {
	t := &r.tokens[i]
	if !t.begins || t.word.begins[crediting] == nil {
		return 0
	}
	p, end := r.find(crediting, i, len(r.tokens))
	if p == nil || end == i+1 && !strings.HasPrefix(r.Text[t.End:], ":") {
		return 0
	}
	const long = 10
	s := r.sentences[sort.Search(len(r.sentences), func(n int) bool { return r.sentences[n].to > i })]
	if shut := strings.IndexByte(r.Text[t.Start:s.End], ')'); shut >= 0 {
		s.End = t.Start + shut
	}
	if i+long < s.to && r.tokens[i+long].Start < s.End {
		return 0
	}
	return s.End
}

// initial adds that of token i to the initials of names, and of long forms in small
// letters: object-relational mappers.
func (a *Abbreviations) initial(r *Reading, i int) {
	t := &r.tokens[i]
	named := t.capital || t.word.is&small != 0
	common := t.word.is == 0 && t.base-t.Start > 2 && t.base == t.End // none that holds a sentence together
	a.initials, a.common = begin(a.initials, t.apart || !named), begin(a.common, t.apart || t.begins || !common)
	for word := range strings.FieldsFuncSeq(r.Text[t.Start:t.base], joins) {
		c, _ := utf8.DecodeRuneInString(word)
		switch {
		case !named:
		case unicode.IsUpper(c):
			a.initials = utf8.AppendRune(a.initials, c)
		case t.word.is&small == 0:
			a.initials = append(a.initials, ' ')
		}
		if common {
			a.common = utf8.AppendRune(a.common, unicode.ToUpper(c))
		}
	}
}

// begin adds a space where no long form goes on, and keeps initials short.
func begin(initials []byte, anew bool) []byte {
	const most = 1 << 14
	if len(initials) > most {
		initials = append(initials[:0], initials[most/2:]...)
	}
	if anew {
		initials = append(initials, ' ')
	}
	return initials
}

// joins reports what makes one word of two: anti-ballistic, l'Organisation.
func joins(c rune) bool { return c == '-' || c == '\'' || c == '’' }

// parts returns what of token i may be an abbreviation: all of it (ISIS-K), or
// each of the words that hyphens join (EU-wide).
func (r *Reading) parts(i int) []Extent {
	t := &r.tokens[i]
	text := r.Text[t.Start:t.base]
	if t.digits || upper(text) < 2 || strings.ContainsAny(text, "&@_") {
		return nil
	}
	whole := []Extent{{t.Start, t.End}}
	if !strings.Contains(text, "-") || upper(text) > lower(text) {
		return whole
	}
	var all []Extent
	at := t.Start
	for part := range strings.SplitSeq(text, "-") {
		all = append(all, Extent{at, at + len(part)})
		at += len(part) + 1
	}
	return all
}

// upper and lower count the letters with that case.
func upper(s string) int { return count(s, unicode.IsUpper) }
func lower(s string) int { return count(s, unicode.IsLower) }

func count(s string, of func(rune) bool) (n int) {
	for _, c := range s {
		if of(c) {
			n++
		}
	}
	return n
}

// short returns the letters of an abbreviation, "" for what is none: at least
// two capitals, and more of them than small letters (mRNA, but no FedExpo), and
// no name with a number (AK-47, MH370, SARS-CoV-2) or number in Roman letters.
func short(word string) string {
	word = strings.ReplaceAll(word, ".", "")
	if strings.ContainsAny(word, "'’") { // l'ONU, ECB's
		word = slices.MaxFunc(strings.FieldsFunc(word, joins),
			func(a, b string) int { return cmp.Compare(upper(a), upper(b)) })
	}
	if n := len(word) - 1; n > 1 && word[n] == 's' && lower(word[:n]) < upper(word) {
		word = word[:n]
	}
	capitals, digits := upper(word), count(word, unicode.IsDigit)
	if capitals < 2 || capitals <= lower(word) || lowerRun(word) > 1 || strings.Trim(word, "IVX") == "" {
		return ""
	}
	if i := strings.LastIndexByte(word, '-'); digits > 1 && capitals == 2 || i > 0 && integer(word[i+1:]) >= 0 {
		return ""
	}
	return word
}

// lowerRun is the length of the longest run of small letters.
func lowerRun(s string) (longest int) {
	n := 0
	for _, c := range s {
		n++
		if !unicode.IsLower(c) {
			n = 0
		}
		longest = max(longest, n)
	}
	return longest
}

// innocent reports what needs no explanation where it stands.
func (a *Abbreviations) innocent(r *Reading, i int, at Extent, letters string) bool {
	t := &r.tokens[i]
	word := r.Text[at.Start:at.End]
	if r.words.known[letters] || r.words.known[word] || a.forms[letters] || a.forms[word] ||
		a.forms[r.Text[t.Start:t.base]] {
		return true
	}
	return at.Within(r.quotations) || r.handled(at) || r.shouted(i) || r.personal(i, letters) ||
		i > 0 && r.words.units[letters] && r.tokens[i-1].digits
}

// handled reports a part of an address, a hashtag, a formula or the like.
func (r *Reading) handled(at Extent) bool {
	before, after := r.Text[:at.Start], r.Text[at.End:]
	if strings.HasSuffix(before, "/") { // HIV/AIDS is two, example.org/AIDS none
		return !Capital(strings.TrimLeft(before[max(0, len(before)-2):], "/"))
	}
	if before != "" && strings.IndexByte("#@_$.=;\\", before[len(before)-1]) >= 0 ||
		strings.HasPrefix(after, "(") || strings.HasPrefix(after, "=") {
		return true
	}
	return len(after) > 1 && (after[0] == '.' || after[0] == ';') && // GOV.UK, TL;DR
		'A' <= after[1]&^0x20 && after[1]&^0x20 <= 'Z'
}

// shouted reports a word in capitals that is none of an abbreviation: NOT; one of
// eight letters; and any in a row of two long words or of three with a long one:
// EDITOR'S NOTE, THIS IS NEWS.
func (r *Reading) shouted(i int) bool {
	const tooLong = 8
	t := &r.tokens[i]
	if t.word.is&shouted != 0 || t.base-t.Start >= tooLong && upper(r.Text[t.Start:t.base]) == t.base-t.Start {
		return true
	}
	loud := func(k int) bool {
		return k >= 0 && k < len(r.tokens) && !r.tokens[k].digits &&
			lower(r.Text[r.tokens[k].Start:r.tokens[k].base]) == 0
	}
	from, to := i, i+1
	for i-from < 3 && loud(from-1) && !r.tokens[from].apart {
		from--
	}
	for to-i < 3 && loud(to) && !r.tokens[to].apart {
		to++
	}
	long := 0
	for _, t := range r.tokens[from:to] {
		if t.End-t.Start > 3 && strings.ContainsAny(r.Text[t.Start:t.End], "AEIOUY") {
			long++
		}
	}
	return loud(i) && (long > 1 || long > 0 && to-from > 2)
}

// personal reports initials before a surname (J.K. Rowling, JK Rowling), those of
// a speaker (QA: Why?), and the two letters of a state behind its town.
func (r *Reading) personal(i int, letters string) bool {
	t := &r.tokens[i]
	if i == 0 && len(letters) == 2 && strings.HasPrefix(r.Text[t.End:], ":") {
		return true
	}
	dotted := strings.Contains(r.Text[t.Start:t.End], ".")
	if i+1 < len(r.tokens) {
		next := &r.tokens[i+1]
		name := next.capital && lower(r.Text[next.Start:next.End]) > 0
		if name && (dotted && len(letters) <= 3 || len(letters) == 2 && !next.apart) {
			return true
		}
	}
	return i > 0 && len(letters) == 2 && r.tokens[i-1].capital && r.Text[r.tokens[i-1].End:t.Start] == ", "
}
