package site

import (
	"cmp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestCompareNames compares the quick way with the plain one.
func TestCompareNames(t *testing.T) {
	name := rapid.StringOfN(rapid.SampledFrom([]rune("aAbBzZ eéÉ\u0301\u0327ßſKİ-ö中")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		if got, want := compareNames(a, b), strings.Compare(foldName(a), foldName(b)); cmp.Compare(got, 0) != want {
			t.Fatalf("%q and %q: %d, want %d", a, b, got, want)
		}
	})
}
