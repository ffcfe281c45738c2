package markdown

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// glossary makes n terms of one to three words, and a text of about size bytes
// in which some of them are used. Every word is of letters from the alphabet.
func glossary(n, size int, alphabet string) ([]Form, *Fragment) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune(alphabet)
	word := func() string {
		w := make([]rune, 2+random.IntN(8))
		for i := range w {
			w[i] = letters[random.IntN(len(letters))]
		}
		return string(w)
	}
	var forms []Form
	for i := range n {
		words := []string{word()}
		for range random.IntN(3) {
			words = append(words, word())
		}
		forms = append(forms, Form{Text: strings.Join(words, " "), Term: int32(i), Plural: true})
	}
	f := &Fragment{}
	for len(f.HTML) < size {
		start := int32(len(f.HTML))
		for range 60 {
			w := word()
			if random.IntN(40) == 0 {
				w = forms[random.IntN(n)].Text
			}
			f.HTML = append(append(f.HTML, w...), ' ')
		}
		f.Spans = append(f.Spans, Span{Start: start, End: int32(len(f.HTML))})
	}
	return forms, f
}

func BenchmarkNewMatcher(b *testing.B) {
	for _, n := range []int{300, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			forms, _ := glossary(n, 0, "eetaoinshrdlcum")
			b.ReportAllocs()
			for b.Loop() {
				NewMatcher(forms)
			}
		})
	}
}

func BenchmarkFirst(b *testing.B) {
	for _, test := range []struct {
		name, alphabet string
		terms          int
	}{
		{"ASCII", "eetaoinshrdlcum", 300},
		{"ASCII-10000-terms", "eetaoinshrdlcum", 10_000},
		{"French", "eetaoinshrdlcumé’", 300},
		{"Cyrillic", "оеаинтсрвлкмдпу", 300},
		{"Han", "的一是在不了有和人这中大为上个国", 300},
	} {
		b.Run(test.name, func(b *testing.B) {
			forms, f := glossary(test.terms, 1<<16, test.alphabet)
			m, _ := NewMatcher(forms)
			b.SetBytes(int64(len(f.HTML)))
			b.ReportAllocs()
			for b.Loop() {
				m.First(f, nil)
			}
		})
	}
}

// BenchmarkFirstHostile is text of nothing but beginnings of one long form.
func BenchmarkFirstHostile(b *testing.B) {
	f := laidOut("⟨" + strings.Repeat("a ", 1<<15) + "⟩")
	m, _ := NewMatcher([]Form{{Text: strings.Repeat("a ", 40) + "b"}})
	b.SetBytes(int64(len(f.HTML)))
	for b.Loop() {
		m.First(f, nil)
	}
}

func BenchmarkWeave(b *testing.B) {
	forms, f := glossary(300, 1<<14, "eetaoinshrdlcum")
	m, _ := NewMatcher(forms)
	var links []TermLink
	for _, u := range m.First(f, nil) {
		links = append(links, TermLink{u.Start, u.End, `<a class="term" href="../../glossary/surge/">`})
	}
	b.SetBytes(int64(len(f.HTML)))
	b.ReportAllocs()
	for b.Loop() {
		f.Weave(nil, nil, links)
	}
}
