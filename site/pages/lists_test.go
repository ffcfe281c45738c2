package pages

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inOrder is what a pattern's first group matches, one behind the other.
func inOrder(html, pattern string) []string {
	var out []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(html, -1) {
		out = append(out, strings.TrimSpace(m[1]))
	}
	return out
}

// TestPeopleByLastName looks people up where a list of names has them.
func TestPeopleByLastName(t *testing.T) {
	in := map[string]string{}
	for _, p := range [...]struct{ id, term, more string }{
		{"scott", "C. P. Scott", "kind: person"},
		{"guin", "Ursula K. Le Guin", "kind: person\nsort: Le Guin, Ursula K."},
		{"kim", "Kim Jong-un", "kind: person\nsort: Kim Jong-un"},
		{"zoe", "Zoé", "kind: person"},
		{"orsted", "Hans Christian Ørsted", "kind: person"},
		{"trust", "Scott Trust", "kind: organisation"},
		{"center", "Soufan Center", ""},
	} {
		in["glossary/"+p.id+".md"] = "---\nterm: " + p.term + "\nshort: Known.\n" + p.more + "\n---\n"
	}
	out, _ := outputs(t, false, in)
	got := inOrder(out["glossary/index.html"], `<(?:h2 id="letter_\d+_title"|dt><a href="[^"]+")>([^<]+)<`)
	want := []string{"K", "Kim Jong-un", "L", "Ursula K. Le Guin", "S", "Scott Trust", "C. P. Scott",
		"Soufan Center", "Z", "Zoé", "Ø", "Hans Christian Ørsted"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the glossary (-want +got):\n%s", d)
	}
	if letters := inOrder(out["glossary/index.html"], `<li><a href="#letter_\d+">(.)</a>`); !slices.Equal(letters, []string{"K", "L", "S", "Z", "Ø"}) {
		t.Errorf("letters %q", letters)
	}
}
