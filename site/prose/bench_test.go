package prose

import (
	"strings"
	"testing"
)

// BenchmarkExplainer reads an explainer of some 700 words with every rule.
func BenchmarkExplainer(b *testing.B) {
	var texts []Passage
	words := 0
	for _, l := range readLabelled(b, "../check/testdata/labelled/heldout.txt") {
		if n := len(texts); n > 0 && len(texts[n-1].Text) < 400 {
			texts[n-1].Text += " " + l.passage.Text
		} else {
			texts = append(texts, Passage{Text: l.passage.Text})
		}
		if words += len(strings.Fields(l.passage.Text)); words >= 700 {
			break
		}
	}
	b.ReportAllocs()
	b.ReportMetric(float64(words), "words/op")
	for b.Loop() {
		a := NewAbbreviations(nil)
		for _, p := range texts {
			r := englishWords.Read(p)
			r.Dates(march, march.AddDate(1, 0, 0))
			r.Claims()
			a.Unexplained(r)
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
		r := englishWords.Read(Passage{Text: text})
		r.Dates(march, march.AddDate(1, 0, 0))
		r.Claims()
		NewAbbreviations(nil).Unexplained(r)
	}
	var many strings.Builder
	for i := range 40_000 {
		for ; i > 0; i /= 26 {
			many.WriteByte(byte('A' + i%26))
		}
		many.WriteString(" ")
	}
	NewAbbreviations(nil).Unexplained(englishWords.Read(Passage{Text: many.String()}))
}
