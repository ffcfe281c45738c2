package prose

import (
	"strings"
	"testing"
)

// TestQuestionTravelsAlone: what one passage of a question explains is clear in the
// next, what is told is told once, and a term of the glossary needs nothing.
func TestQuestionTravelsAlone(t *testing.T) {
	for _, c := range []struct {
		forms    []string
		passages []string
		want     string
	}{
		{nil, []string{"The National Water Authority (NWA) runs it.", "The NWA sells it."}, ""},
		{nil, []string{"The National Water Authority runs it.", "The NWA sells it."}, ""},
		{nil, []string{"The NWA sells it.", "The National Water Authority (NWA) runs it. The NWA's gates are shut."}, "NWA"},
		{nil, []string{"NGOs left.", "The last NGO left."}, "NGO"},
		{[]string{"NWA"}, []string{"The NWA's gates are shut, and NGOs left."}, "NGO"},
		{nil, []string{"“The NWA sells it to whoever asks.”", "The NWA does."}, "NWA"},
		{nil, []string{"EDITORS NOTE: it is shut.", "THIS IS NEWS to the NWA.", "Olga LINDQVIST did NOT come, nor did the UNSMIL."}, "NWA UNSMIL"},
		{nil, []string{"The US-led ITN-wide ban."}, "ITN"},
	} {
		forms := map[string]bool{}
		for _, f := range c.forms {
			forms[f] = true
		}
		a := NewAbbreviations(forms)
		var got []string
		for _, text := range c.passages {
			for _, found := range a.Unexplained(englishWords.Read(Passage{Text: text})) {
				got = append(got, found.Letters)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q, want %q", c.passages, got, c.want)
		}
	}
}
