package prose

import (
	"testing"

	"nutgraf/site/lang"
)

// TestLeans holds which answers begin with what only the text above names.
func TestLeans(t *testing.T) {
	words := lang.For("en-GB").Answers()
	for text, want := range map[string]int{
		"It was built in 2021.": 2, "They left.": 4, "This is why.": 4, "Its gate is blue.": 3, "That was the end.": 4, "It’s a gate.": 2,
		"This gate is blue.": 0, "These gates are blue.": 0, "It depends.": 0, "It is not known.": 0, "It would be very difficult to say.": 0, "It's unsatisfying to wait.": 0, "It is a hard stone.": 2, "It’s our experience that gates leak.": 0, "It’s natural to wait.": 0, "It was fun for us to sail.": 0, "It is the natural choice.": 2, "It was their first experience.": 2, "It is the best gate.": 2, "It’s easy to say.": 0, "Italy is a country.": 0, "The gate is blue.": 0, "": 0, "2021.": 0,
	} {
		if got := Leans(text, words); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
	if lang.For("fr").Answers() != nil {
		t.Error("nobody has written down how French answers lean")
	}
}
