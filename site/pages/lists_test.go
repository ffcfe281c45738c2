package pages

import (
	"regexp"
	"slices"
	"strconv"
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

// TestPlurals counts in a language with more forms than two, of which the site has
// some.
func TestPlurals(t *testing.T) {
	in := map[string]string{"site.yaml": "lang: ar\nwords: {terms-two: TWO, terms-few: \"{n} FEW\", terms-other: \"{n} MANY\"}\n"}
	for i, want := range []string{"1 term", "TWO", "3 FEW", "4 FEW"} {
		in["glossary/t"+strconv.Itoa(i)+".md"] = "---\nterm: T" + strconv.Itoa(i) + "\nshort: Known.\n---\n"
		out, _ := outputs(t, false, in)
		got := inOrder(out["glossary/index.html"], `<div class="meta">\s*<p>([^<]+)<`)
		if !slices.Equal(got, []string{want}) {
			t.Errorf("%d terms: %q, want %q", i+1, got, want)
		}
	}
}

// TestPagerWords follows a list from its newest page to its oldest.
func TestPagerWords(t *testing.T) {
	in := map[string]string{"site.yaml": "per_page: 1\n"}
	for _, id := range []string{"a", "b", "c"} {
		in["explainers/"+id+".md"] = "---\ntitle: " + id + "\nstandfirst: S.\npublished: 2024-01-0" + string(id[0]-'a'+'1') + "\n---\n## Is it?\n\nYes.\n"
	}
	out, _ := outputs(t, false, in)
	for page, want := range map[string][]string{
		"explainers/index.html":        {"The newest page", "Older"},
		"explainers/page/2/index.html": {"Newer", "Page 2, counted from the oldest", "Older"},
		"explainers/page/1/index.html": {"Newer", "The oldest page"},
	} {
		_, pager, _ := strings.Cut(out[page], `<nav class="pager"`)
		pager, _, _ = strings.Cut(pager, "</nav>")
		if got := inOrder(pager, `<(?:a|span)[^>]*>([^<]+)<`); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}

// TestCoordinates are told as what they are, in the language of the site.
func TestCoordinates(t *testing.T) {
	for lang, want := range map[string]string{"en": "Coordinates 33.8688° S, 151.2093° E", "de": "Koordinaten 33,8688° S, 151,2093° O",
		"fr": "Coordonnées 33,8688° S, 151,2093° E"} {
		out, _ := outputs(t, false, map[string]string{"site.yaml": "lang: " + lang + "\n",
			"glossary/sydney.md": "---\nterm: Sydney\nshort: A city.\nkind: place\nlat: -33.8688\nlon: 151.2093\n---\n"})
		if !strings.Contains(out["glossary/sydney/index.html"], "<p>"+want+"</p>") {
			t.Errorf("%s: not %q", lang, want)
		}
	}
}
