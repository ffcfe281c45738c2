package front

import (
	"fmt"
	"strings"
	"testing"
)

// typical returns a front matter of about 10 KB with eight answers.
func typical() []byte {
	var b strings.Builder
	b.WriteString("---\ntitle: \"Why does it: flood?\"\nstandfirst: |\n  A paragraph.\npublished: 2024-03-22\nauthors: [ann, bob]\ntopics:\n- war\n- peace\nquestions:\n")
	for i := range 8 {
		fmt.Fprintf(&b, "- question: What is number %d?\n  id: q%d\n  short: It is what it is, in short.\n  sources: [a, b]\n  answer: |\n", i, i)
		for range 9 {
			b.WriteString("    An answer of some length, with [a link](term:surge) and a citation [@bill, s. 2], it is — so.\n\n")
		}
	}
	b.WriteString("timeline:\n")
	for i := range 10 {
		fmt.Fprintf(&b, "- date: 2024-03-%02d\n  title: Something happened\n  text: A line of text.\n", i+1)
	}
	b.WriteString("---\n\nText.\n")
	return []byte(b.String())
}

func BenchmarkExplainer(b *testing.B) {
	data := typical()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, ds := ParseExplainer("explainer.md", data); len(ds) > 0 {
			b.Fatal(ds)
		}
	}
}

// BenchmarkYAML is the share of the library in it.
func BenchmarkYAML(b *testing.B) {
	data := []byte(strings.TrimSuffix(strings.TrimPrefix(string(typical()), "---\n"), "---\n\nText.\n"))
	b.ReportAllocs()
	for b.Loop() {
		if _, fault := load(data); fault != nil {
			b.Fatal(fault)
		}
	}
}

func BenchmarkOffset(b *testing.B) {
	data := typical()
	e, _, _ := ParseExplainer("explainer.md", data)
	answer := e.Questions[7].Answer
	for b.Loop() {
		answer.Offset(data, len(answer.Value)-10)
	}
}
