package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/markdown"
	"nutgraf/site/prose"
)

// compileAvoid makes the matcher of the spellings that the glossary avoids.
func (c *checker) compileAvoid() {
	var forms []markdown.Form
	for _, t := range c.site.Terms {
		for _, a := range t.Avoid {
			forms = append(forms, markdown.Form{Text: a, Term: int32(len(c.avoided)), Exact: strings.ToUpper(a) == a})
			c.avoided = append(c.avoided, avoided{a, t})
		}
	}
	if len(forms) > 0 {
		c.avoid, _ = markdown.NewMatcher(forms)
	}
}

// avoided is a spelling that an entry of the glossary does not want.
type avoided struct {
	spelling string
	term     *site.Term
}

// avoidedSpelling reports words that the glossary says not to write, but in
// quotations, where they are somebody's own.
func avoidedSpelling(d *docCheck) error {
	if d.avoid == nil {
		return nil
	}
	for i := range d.texts {
		t := &d.texts[i]
		for j := range t.blocks {
			b := &t.blocks[j]
			plain := markdown.Fragment{HTML: []byte(b.Text), Spans: unquoted(b)}
			for _, u := range d.avoid.First(&plain, nil) {
				a := d.avoided[u.Term]
				d.reportWords(t, b, int(u.Start), int(u.End),
					fmt.Sprintf("the glossary says not to write “%s”", b.Text[u.Start:u.End]),
					fmt.Sprintf("write “%s”", a.term.Name))
				found := &d.found[len(d.found)-1]
				found.Fix = diag.Replace(found.At, b.Text[u.Start:u.End], a.term.Name)
			}
		}
	}
	return nil
}

// unquoted are the parts of a block that are nobody else's words.
func unquoted(b *block) []markdown.Span {
	var out []markdown.Span
	from := 0
	for _, q := range append(slices.Clone(b.InQuotes), prose.Extent{Start: len(b.Text), End: len(b.Text)}) {
		if q.Start > from {
			out = append(out, markdown.Span{Start: int32(from), End: int32(q.Start)})
		}
		from = max(from, q.End)
	}
	return out
}

// unusedTerm reports entries that nothing leads to.
func unusedTerm(c *checker) error {
	named := map[*site.Term]bool{}
	for _, t := range c.site.Terms {
		for _, other := range t.SeeAlso {
			named[other] = true
		}
	}
	for _, t := range c.site.Terms {
		if len(t.Uses) == 0 && len(t.Events) == 0 && !t.Named && !named[t] {
			c.report("unused-term", t.At, fmt.Sprintf("no explainer uses the term “%s”",
				clip(t.Name)), "add the forms in which texts write it, or remove the entry")
		}
	}
	return nil
}

// properNames are the words of the names that the glossary gives, to find those that
// are written almost so.
type properNames struct {
	known map[string]bool     // all words of all forms, in small letters
	like  map[string][]string // the words of names, by what is left of each without one letter
}

// shortestName is how many letters a name must have: of shorter ones too many
// are almost another.
const shortestName = 6

func namesOf(s *site.Site) *properNames {
	n := &properNames{known: map[string]bool{}, like: map[string][]string{}}
	for _, t := range s.Terms {
		for _, form := range slices.Concat([]string{t.Name}, t.Forms, t.Formerly, t.Avoid) {
			for _, w := range wordsOf(form) {
				n.known[strings.ToLower(w)] = true
			}
		}
		if t.Kind != "person" && t.Kind != "organisation" && t.Kind != "place" {
			continue
		}
		for _, w := range wordsOf(t.Name) {
			if utf8.RuneCountInString(w) < shortestName || !prose.Capital(w) {
				continue
			}
			for _, rest := range without(w) {
				if !slices.Contains(n.like[rest], w) {
					n.like[rest] = append(n.like[rest], w)
				}
			}
		}
	}
	return n
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
}

// without are a word and what is left of it without one of its letters: words
// that share one of these are one slip apart, or two that meet.
func without(w string) []string {
	out := []string{w}
	for i, r := range w {
		if i > 0 { // nobody mistakes the first letter
			out = append(out, w[:i]+w[i+utf8.RuneLen(r):])
		}
	}
	return out
}

// nameVariant reports names that are almost written as the glossary writes them.
func nameVariant(d *docCheck) error {
	if len(d.names.like) == 0 {
		return nil
	}
	seen := map[string]bool{}
	for i := range d.texts {
		t := &d.texts[i]
		for j := range t.blocks {
			b := &t.blocks[j]
			eachName(b.Text, func(start, end int) {
				w := strings.TrimSuffix(strings.TrimSuffix(b.Text[start:end], "'s"), "’s")
				if near := d.names.near(w); near != "" && !seen[w] && !inside(b.InQuotes, start) &&
					!inside(b.Foreign, start) {
					seen[w] = true
					d.reportWords(t, b, start, start+len(w),
						fmt.Sprintf("“%s” is “%s” in the glossary", w, near),
						fmt.Sprintf("write “%s”, or add “%s” to its entry's forms", near, w))
				}
			})
		}
	}
	return nil
}

// eachName calls f for each capitalised word that is long enough for a name.
func eachName(text string, f func(start, end int)) {
	start := -1
	for i, r := range text + " " {
		if unicode.IsLetter(r) || start >= 0 && (r == '\'' || r == '’') {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 && i-start >= shortestName && prose.Capital(text[start:]) {
			f(start, i)
		}
		start = -1
	}
}

// near is the name that w almost is, "" where it is none or a word that is known.
func (n *properNames) near(w string) string {
	lower := strings.ToLower(w)
	if n.known[lower] || n.known[strings.TrimSuffix(lower, "s")] ||
		n.known[strings.TrimSuffix(lower, "es")] || utf8.RuneCountInString(w) < shortestName {
		return ""
	}
	for _, rest := range without(w) {
		for _, name := range n.like[rest] {
			if !inflected(w, name) {
				return name
			}
		}
	}
	return ""
}

// inflected reports whether the longer of two words is the other with an ending,
// as Taliban's other forms are, and not with its last letter twice.
func inflected(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, ok := strings.CutPrefix(b, a)
	return ok && !strings.HasSuffix(a, rest)
}

// candidate is a phrase that the glossary may want, as one explainer writes it first.
type candidate struct {
	phrase string
	at     diag.Place
}

// often is in how many explainers a phrase must stand to be a candidate.
const often = 3

// glossaryCandidate reports names and abbreviations that several explainers use and the
// glossary does not explain.
func glossaryCandidate(c *checker) error {
	type found struct {
		candidate
		n int
	}
	of := map[string]*found{}
	for i := range c.docs {
		for _, p := range c.docs[i].phrases {
			if of[p.phrase] == nil {
				of[p.phrase] = &found{candidate: p}
			}
			of[p.phrase].n++
		}
	}
	var all []*found
	for _, f := range of {
		if f.n >= often {
			all = append(all, f)
		}
	}
	slices.SortFunc(all, func(a, b *found) int { return cmp.Or(b.n-a.n, strings.Compare(a.phrase, b.phrase)) })
	for _, f := range all {
		c.report("glossary-candidate", f.at, fmt.Sprintf("%d explainers write “%s”, and the "+
			"glossary does not explain it", f.n, clip(f.phrase)),
			"run nutgraf new term, or leave it: most readers may know")
	}
	return nil
}

// gatherPhrases finds the phrases of one explainer that the glossary may want.
func gatherPhrases(d *docCheck) error {
	seen := map[string]bool{}
	for i := range d.texts {
		t := &d.texts[i]
		if t.part != intro && t.part != answer {
			continue
		}
		for j := range t.blocks {
			b := &t.blocks[j]
			eachPhrase(b.Text, func(start, end int) {
				p := b.Text[start:end]
				if !seen[p] && !d.names.explains(p) && !inside(b.InQuotes, start) {
					seen[p] = true
					d.phrases = append(d.phrases, candidate{p, diag.Place{File: t.file, Span: b.Span(start, end)}})
				}
			})
		}
	}
	return nil
}

// explains reports whether every word of a phrase is one of the glossary's.
func (n *properNames) explains(phrase string) bool {
	for _, w := range wordsOf(phrase) {
		if !n.known[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// eachPhrase calls f for each abbreviation in capitals, and for each run of two
// to four capitalised words that does not begin a sentence.
func eachPhrase(text string, f func(start, end int)) {
	first, last, n := -1, 0, 0
	end := func() {
		if n >= 2 && n <= 4 {
			f(first, last)
		}
		first, n = -1, 0
	}
	begins := true // a sentence
	for i := 0; i < len(text); {
		j := i + strings.IndexFunc(text[i:]+" ", unicode.IsSpace)
		word := strings.Trim(text[i:j], ",;:()“”\"'’.!?")
		at := i + strings.Index(text[i:j], word)
		if capitals(word) {
			f(at, at+len(word))
		}
		if prose.Capital(word) && !begins {
			if first < 0 {
				first = at
			}
			last = at + len(word)
			n++
		} else {
			end()
		}
		if strings.TrimRight(text[i:j], ",;:.!?)") != text[i:j] {
			end()
		}
		begins = strings.ContainsAny(text[i:j], ".!?:")
		i = j + 1
	}
	end()
}

// capitals reports words of two to six capital letters.
func capitals(word string) bool {
	n := utf8.RuneCountInString(word)
	return n >= 2 && n <= 6 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}
