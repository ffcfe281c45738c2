package prose

import (
	"strings"
	"testing"
)

// TestCitations says which statements of a passage want a source and have none; ^ is
// a citation.
func TestCitations(t *testing.T) {
	for text, want := range map[string]string{
		"It killed 12 people^.":                                  "",
		"It killed 12 people.^":                                  "",
		"It killed 12 people. ^ It went on.":                     "",
		"It killed 12 people. ^It went on for 3 days.":           "It went on for 3 days.",
		"It killed 12 people. It went on for 3 days.^":           "It killed 12 people.",
		"^It killed 12 people. It went on for 3 days.":           "It went on for 3 days.",
		"“It rose. It fell. Nobody knew,” said the keeper. ^ So": "",
		"“It rose. It fell. Nobody knew,” said the keeper.":      "“It rose. It fell. Nobody knew,” said the keeper.",
		"Why did it kill 12 people? It had 3 wheels.":            "It had 3 wheels.",
		"":  "",
		"^": "",
	} {
		var l labelled
		l.read(text)
		r := englishWords.Read(l.passage)
		var got []string
		for _, c := range r.Claims() {
			if !c.Cited {
				got = append(got, r.Text[c.Start:c.End])
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
