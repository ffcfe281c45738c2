package markdown

import (
	"html"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// slowForm is a form as the slow matcher knows it: in NFC, rune by rune.
type slowForm struct {
	text   []rune
	term   int32
	exact  bool
	plural bool
}

// slowText brings a text into the form in which texts are compared.
func slowText(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == 'ʼ':
			return '\''
		case r == '‐' || r == '‑':
			return '-'
		case r >= 0x80 && unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			return -1
		}
		return r
	}, norm.NFC.String(s)))
}

// slowForms lists the forms with their plurals. A plural gives way to what is
// written out.
func slowForms(forms []Form) []slowForm {
	var written, all []slowForm
	for _, f := range forms {
		text := strings.Join(strings.Fields(string(slowText(f.Text))), " ")
		if text != "" {
			written = append(written, slowForm{[]rune(text), f.Term, f.Exact, f.Plural})
		}
	}
	all = slices.Clone(written)
	for _, f := range written {
		if !f.plural {
			continue
		}
		for _, p := range plurals(string(f.text)) {
			taken := slices.ContainsFunc(written, func(o slowForm) bool {
				return o.term != f.term && strings.EqualFold(string(o.text), p) && !(o.exact && f.exact && string(o.text) != p)
			})
			if !taken {
				all = append(all, slowForm{[]rune(p), f.term, f.exact, true})
			}
		}
	}
	return all
}

// ends returns where f ends if it begins at text[i], or -1.
func (f *slowForm) ends(text []rune, i int) int {
	for _, r := range f.text {
		switch {
		case i == len(text):
			return -1
		case r == ' ':
			if !unicode.IsSpace(text[i]) {
				return -1
			}
			for i < len(text) && unicode.IsSpace(text[i]) {
				i++
			}
		case f.exact && r != text[i], !strings.EqualFold(string(r), string(text[i])):
			return -1
		default:
			i++
		}
	}
	return i
}

// slowFirst is First of one text, in runes of slowText.
func slowFirst(text []rune, forms []slowForm) []TermUse {
	var uses []TermUse
	seen := map[int32]bool{}
	for i := 0; i < len(text); i++ {
		best := TermUse{End: -1}
		for _, f := range forms {
			end := f.ends(text, i)
			if end > int(best.End) && mayBegin([]byte(string(text)), len(string(text[:i]))) && mayEnd([]byte(string(text)), len(string(text[:end]))) {
				best = TermUse{int32(i), int32(end), f.term}
			}
		}
		if best.End < 0 {
			continue
		}
		if !seen[best.Term] {
			uses = append(uses, best)
		}
		seen[best.Term] = true
		i = int(best.End) - 1
	}
	return uses
}

// FuzzMatch compares First with a matcher that tries each form at each character.
func FuzzMatch(f *testing.F) {
	for _, test := range matchCases {
		if !strings.Contains(test.want, "⟨") {
			f.Add(html.UnescapeString(strings.NewReplacer("[", "", "]", "").Replace(test.want)), strings.Join(test.forms, ";"))
		}
	}
	f.Fuzz(func(t *testing.T, text, terms string) {
		if len(text) > 500 || len(terms) > 200 {
			return
		}
		forms := formsOf(strings.Split(terms, ";")...)
		m, clashes := NewMatcher(forms)
		if len(clashes) > 0 {
			return
		}
		src := appendEscaped(nil, strings.ToValidUTF8(text, "\ufffd"))
		fragment := &Fragment{HTML: src, Spans: []Span{{End: int32(len(src))}}}
		runes := func(end int32) int32 { return int32(len(slowText(html.UnescapeString(string(src[:end]))))) }
		var got []TermUse
		for _, u := range m.First(fragment, nil) {
			got = append(got, TermUse{runes(u.Start), runes(u.End), u.Term})
		}
		want := slowFirst(slowText(html.UnescapeString(string(src))), slowForms(forms))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q in %q: %s", terms, src, diff)
		}
	})
}

// FuzzMatchRendered holds what First promises of its uses, in texts as they
// are rendered: in order, without overlap, each in a Span, each a form of its term.
func FuzzMatchRendered(f *testing.F) {
	for _, test := range matchCases {
		f.Add("*a* "+html.UnescapeString(strings.NewReplacer("⟨", "", "⟩", "", "[", "", "]", "*").Replace(test.want)), strings.Join(test.forms, ";"))
	}
	r := New(Options{Typographer: true})
	f.Fuzz(func(t *testing.T, src, terms string) {
		if len(src) > 2000 || len(terms) > 200 {
			return
		}
		forms := formsOf(strings.Split(terms, ";")...)
		m, _ := NewMatcher(forms)
		all := slowForms(forms)
		fragment, _ := r.Value(Input{File: "x.md", Src: []byte(src)})
		last := int32(0)
		seen := map[int32]bool{}
		for _, u := range m.First(&fragment, nil) {
			within := slices.ContainsFunc(fragment.Spans, func(s Span) bool { return s.Start <= u.Start && u.Start < u.End && u.End <= s.End })
			if u.Start < last || seen[u.Term] || !within {
				t.Fatalf("%q: %+v in %q", terms, u, fragment.HTML)
			}
			last, seen[u.Term] = u.End, true
			text := slowText(html.UnescapeString(string(fragment.HTML[u.Start:u.End])))
			if !slices.ContainsFunc(all, func(f slowForm) bool { return f.term == u.Term && f.ends(text, 0) == len(text) }) {
				t.Errorf("%q: %q is no form of %d", terms, string(text), u.Term)
			}
		}
	})
}

// FuzzSentence holds that a sentence is what stands around its use, and not
// too long.
func FuzzSentence(f *testing.F) {
	for _, test := range sentenceCases {
		_, rest, _ := strings.Cut(test.html, "*")
		match, _, _ := strings.Cut(rest, "*")
		f.Add(test.html, match)
	}
	r := New(Options{})
	squeeze := strings.NewReplacer(" ", "", "…", "")
	level := strings.NewReplacer("−", "-") // what stands high has one sign for both
	f.Fuzz(func(t *testing.T, src, term string) {
		m, _ := NewMatcher([]Form{{Text: term}})
		fragment, _ := r.Value(Input{File: "x.md", Src: []byte(src)})
		for _, u := range m.First(&fragment, nil) {
			before, match, after := Sentence(&fragment, u)
			if level.Replace(norm.NFKC.String(match)) != level.Replace(norm.NFKC.String(PlainText(fragment.HTML[u.Start:u.End]))) {
				t.Errorf("%q is not what was matched", match)
			}
			whole, part := squeeze.Replace(PlainText(fragment.HTML)), squeeze.Replace(before+match+after)
			if !strings.Contains(whole, part) {
				t.Errorf("%q: %q is not in %q", src, part, whole)
			}
			if n := utf8.RuneCountInString(before + after); n > maxSentence && !strings.ContainsFunc(before+after, extends) {
				t.Errorf("%q: %d characters", src, n)
			}
		}
	})
}
