package lang

import (
	"fmt"
	"testing"
)

// TestPlural asks for the forms of CLDR 48.
func TestPlural(t *testing.T) {
	for tag, want := range map[string]string{
		"en":      "other one other other other other other",
		"en-GB":   "other one other other other other other",
		"de":      "other one other other other other other",
		"fr":      "one one other other other other other",
		"ar":      "zero one two few many many other",
		"pl":      "many one few few many many many",
		"ja":      "other other other other other other other",
		"no tag!": "other one other other other other other",
	} {
		got := ""
		for _, n := range []int{0, 1, 2, 3, 11, 21, 100} {
			got += " " + Plural(tag, n)
		}
		if got[1:] != want {
			t.Errorf("%s: %s, want %s", tag, got[1:], want)
		}
	}
}

func TestCounted(t *testing.T) {
	for key, want := range map[string]string{"events-one": "events true", "events-few": "events true", "uses-other": "uses true",
		"events-some": " false", "in-short": " false", "and": " false", "part-other": "part false"} {
		if k, ok := For("ar").Counted(key); fmt.Sprint(k, " ", ok) != want {
			t.Errorf("%s: %s %v, want %s", key, k, ok, want)
		}
	}
}
