package pages

import (
	"slices"
	"testing"
)

func TestFlags(t *testing.T) {
	for _, c := range []struct {
		status, word, flag string
		want               []string
	}{
		{"confirmed", "confirmed", "", nil},
		{"confirmed", "confirmed", "day not recorded", []string{"day not recorded"}},
		{"claimed", "claimed", "", []string{"claimed"}},
		{"claimed", "claimed", "Responsibility claimed", []string{"Responsibility claimed"}},
		{"claimed", "claimed", "unclaimed until May", []string{"claimed", "unclaimed until May"}},
		{"planned", "planned", "as of May", []string{"as of May"}},
		{"scheduled", "scheduled", "Scheduled", []string{"Scheduled"}},
		{"disputed", "contesté", "l’année est contestée", []string{"contesté", "l’année est contestée"}},
		{"disputed", "umstritten", "Jahr umstritten", []string{"Jahr umstritten"}},
	} {
		v := &Event{Status: c.status, StatusWord: c.word, Flag: c.flag}
		if got := flags(v); !slices.Equal(got, c.want) {
			t.Errorf("%s, %q: %q, want %q", c.status, c.flag, got, c.want)
		}
	}
}
