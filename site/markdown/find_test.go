package markdown

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLongestRun(t *testing.T) {
	for _, c := range []struct{ src, text, at string }{
		{"a: b\nThe [storm surge](term:storm-surge) tests *failed* twice.", "storm surge tests failed", "storm-surge) tests"},
		{"one two three\ntwo three four", "two three four", "two three four"},
		{"It is here. It is here.", "It is here.", "It is here. It"},
		{"“Élan” rose", "Élan rose", "Élan"},
	} {
		if at, n := LongestRun([]byte(c.src), c.text); n == 0 || !strings.HasPrefix(c.src[at:], c.at) {
			t.Errorf("%q in %q: %d words at %q", c.text, c.src, n, c.src[at:])
		}
	}
	if _, n := LongestRun([]byte("nothing of it"), "else"); n != 0 {
		t.Errorf("found %d words that are not there", n)
	}
}

// TestLongestRunFinds holds that what stands there as it is shown is found at
// the first of the places where it stands.
func TestLongestRunFinds(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab é\n*[]-")), 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		want := "x" + text.Draw(t, "text") + "x"
		src := text.Draw(t, "before") + " " + want + " " + text.Draw(t, "behind")
		at, n := LongestRun([]byte(src), want)
		words := 0
		for range lettersAndDigits([]byte(want)) {
			words++
		}
		if n != words || at != strings.Index(src, want) {
			t.Fatalf("%q in %q: %d of %d words at %d", want, src, n, words, at)
		}
	})
}
