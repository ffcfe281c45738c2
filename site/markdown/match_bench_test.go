package markdown

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// glossary makes n terms of one to three words, and a text of about size bytes
// in which every fortieth word is one of them. Words are of letters from the
// alphabet; those of terms are longer than others, as they are in life.
func glossary(n, size int, alphabet string) ([]Form, *Fragment) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune(alphabet)
	word := func(least int) string {
		w := make([]rune, least+random.IntN(8))
		for i := range w {
			w[i] = letters[random.IntN(len(letters))]
		}
		return string(w)
	}
	var forms []Form
	for i := range n {
		words := []string{word(4)}
		for range random.IntN(3) {
			words = append(words, word(2))
		}
		forms = append(forms, Form{Text: strings.Join(words, " "), Term: int32(i), Plural: true})
	}
	f := &Fragment{}
	for len(f.HTML) < size {
		start := int32(len(f.HTML))
		for range 60 {
			w := word(1)
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
	var han strings.Builder
	for r := range rune(500) {
		han.WriteRune('一' + r)
	}
	for _, test := range []struct {
		name, alphabet string
		terms          int
	}{
		{"ASCII", "eetaoinshrdlcum", 300},
		{"ASCII-10000-terms", "eetaoinshrdlcum", 10_000},
		{"French", "eetaoinshrdlcumé’", 300},
		{"Cyrillic", "оеаинтсрвлкмдпу", 300},
		{"Han", han.String(), 300},
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

// BenchmarkFirstPosts is real posts in English, and 300 terms of their words.
func BenchmarkFirstPosts(b *testing.B) {
	r := New(Options{})
	words := map[string]bool{}
	var fragments []Fragment
	size := 0
	for _, name := range []string{"2014-03-19-hello-world-we-are-18f.md", "2014-04-28-18f-demo-day-may-9-2014.md", "2014-05-14-hacking-bureaucracy-improving-hiring-and-software.md"} {
		f, _ := r.Document(Input{File: name, Src: corpus(b, "realistic/18f-posts/"+name)})
		fragments = append(fragments, f)
		size += len(f.HTML)
		fields := strings.Fields(PlainText(f.HTML))
		for i := range len(fields) - 1 {
			if len(fields[i]) > 6 {
				words[fields[i]], words[fields[i]+" "+fields[i+1]] = true, true
			}
		}
	}
	var forms []Form
	for i, text := range slices.Sorted(maps.Keys(words)) {
		if i%2 == 0 && len(forms) < 300 {
			forms = append(forms, Form{Text: text, Term: int32(len(forms)), Plural: true})
		}
	}
	m, _ := NewMatcher(forms)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i := range fragments {
			m.First(&fragments[i], nil)
		}
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
