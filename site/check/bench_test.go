package check

import (
	"strings"
	"testing"
)

// BenchmarkExplainer reads an explainer of some 700 words with every rule.
func BenchmarkExplainer(b *testing.B) {
	var texts []passage
	words := 0
	for _, l := range readLabelled(b, "testdata/labelled/heldout.txt") {
		if n := len(texts); n > 0 && len(texts[n-1].text) < 400 {
			texts[n-1].text += " " + l.passage.text
		} else {
			texts = append(texts, passage{text: l.passage.text})
		}
		if words += len(strings.Fields(l.passage.text)); words >= 700 {
			break
		}
	}
	b.ReportAllocs()
	b.ReportMetric(float64(words), "words/op")
	for b.Loop() {
		a := newAbbreviations(nil)
		for _, p := range texts {
			r := englishWords.read(p)
			r.dates(march, march.AddDate(1, 0, 0))
			r.claims()
			a.unexplained(r)
		}
	}
}

// TestHostile reads texts that would outlast every patience if anything were read
// again and again, and would reach behind their end if anything looked too far.
func TestHostile(t *testing.T) {
	for _, unit := range []string{
		"two ", "last ", "on Thursday ", "\"a\" ", "“", "'a ", "a. ", ". ", "GDP ", "a-", "a.", "AB (", "X Y ", "in the last few ", "1", "1 ", "“a b c d e.” F ", "2019 ", "é", "\xff", " ", "U.S. ",
	} {
		text := strings.Repeat(unit, 200_000/len(unit))
		r := englishWords.read(passage{text: text})
		for _, f := range r.dates(march, march.AddDate(1, 0, 0)) {
			f.pin([]byte(text), r.passage, false)
			break
		}
		r.claims()
		newAbbreviations(nil).unexplained(r)
	}
	var many strings.Builder
	for i := range 40_000 {
		for ; i > 0; i /= 26 {
			many.WriteByte(byte('A' + i%26))
		}
		many.WriteString(" ")
	}
	newAbbreviations(nil).unexplained(englishWords.read(passage{text: many.String()}))
}
