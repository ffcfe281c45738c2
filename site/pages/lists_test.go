package pages

import (
	"fmt"
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
		{"net", "'“.NET” framework'", ""},
		{"sign", "'%'", ""},
	} {
		in["glossary/"+p.id+".md"] = "---\nterm: " + p.term + "\nshort: Known.\n" + p.more + "\n---\n"
	}
	out, _ := outputs(t, false, in)
	got := inOrder(out["glossary/index.html"], `<(?:section class="grp" id="letter_[^"]+">\n<h2|dt><a href="[^"]+")>([^<]+)<`)
	want := []string{"#", "%", "K", "Kim Jong-un", "L", "Ursula K. Le Guin", "N", "“.NET” framework", "S", "Scott Trust", "C. P. Scott",
		"Soufan Center", "Z", "Zoé", "Ø", "Hans Christian Ørsted"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the glossary (-want +got):\n%s", d)
	}
	if letters := inOrder(out["glossary/index.html"], `<li><a href="#letter_[^"]+">(.)</a>`); !slices.Equal(letters, []string{"#", "K", "L", "N", "S", "Z", "Ø"}) {
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

// TestCoordinates are shown as what they are, in the language of the site.
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

// dated is an explainer by its days.
func dated(id, published, updated, more string) string {
	return "---\ntitle: " + id + "\nstandfirst: S.\npublished: " + published + "\nupdated: " + updated + "\n" + more + "---\n## Is it?\n\nYes.\n"
}

// TestDatesOfLists has lists show the day that they are ordered by.
func TestDatesOfLists(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"explainers/a.md": dated("A", "2024-01-01", "2024-03-01", ""),
		"explainers/b.md": dated("B", "2024-01-02", "2024-01-02", ""), "explainers/c.md": dated("C", "2024-01-03", "2024-02-01", "")})
	got := inOrder(regexp.MustCompile(`</?time[^>]*>|</?strong>`).ReplaceAllString(out["explainers/index.html"], ""), `<p class="note">([^<]+)</p>`)
	want := []string{"Published 3 January 2024, updated 1 February 2024, 1 question", "Published 2 January 2024, 1 question",
		"Published 1 January 2024, updated 1 March 2024, 1 question"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("dates (-want +got):\n%s", d)
	}
}

// TestSourcesByTitle has the list of sources begin each with what it is ordered by.
func TestSourcesByTitle(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"explainers/a.md": dated("A", "2024-01-01", "2024-01-01",
		"sources:\n- {id: x, title: Time, author: [Zoe Adams, Bo Derek], publisher: P}\n- {id: y, title: Clocks, author: Ann Zed, url: 'https://y.example/'}\n- {id: z, title: Noon}\n")})
	got := inOrder(regexp.MustCompile(`</?(a|cite)\b[^>]*>`).ReplaceAllString(out["sources/index.html"], ""), `<li id="source-[^"]+"><span>([^<]+)</span>`)
	if want := []string{"Clocks, Ann Zed", "Noon", "Time, Zoe Adams, Bo Derek"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if !strings.Contains(out["explainers/a/index.html"], "Zoe Adams, Bo Derek: <cite>Time</cite>") {
		t.Error("the explainer does not name its authors first")
	}
}

// TestQuestionsWithoutShortAnswers has nothing promised that is not there.
func TestQuestionsWithoutShortAnswers(t *testing.T) {
	one := dated("A", "2024-01-01", "2024-01-01", "")
	for in, want := range map[string]string{one: "Questions", one + "\n## And this?\n\n> [!SHORT]\n> Yes.\n\nIt is.\n": "In short"} {
		out, _ := outputs(t, false, map[string]string{"explainers/a.md": in})
		if got := inOrder(out["index.html"], `id="in_short">([^<]+)<`); !slices.Equal(got, []string{want}) {
			t.Errorf("the home page says %q, want %q", got, want)
		}
	}
}

// TestThousands: counts are written as the language of the page writes them, years never.
func TestThousands(t *testing.T) {
	var events strings.Builder
	for n := range 1002 {
		fmt.Fprintf(&events, "  - {date: %d, id: e%d, title: E, tags: [%s]}\n", 1900+n/100, n, []string{"a", "b"}[min(n, 1)])
	}
	for tag, want := range map[string]string{"en": "1,002 events", "de": "1.002 Ereignisse", "fr": "1\u202f002 événements", "es": "1002 acontecimientos"} {
		out, _ := outputs(t, false, map[string]string{
			"site.yaml":         "title: T\nlang: " + tag + "\n",
			"explainers/one.md": "---\ntitle: One?\nstandfirst: s.\npublished: 2024-01-10\ntimeline:\n" + events.String() + "---\n## Why?\n\nSo.\n"})
		n, _, _ := strings.Cut(want, " ")
		for _, file := range []string{"timeline/index.html", "explainers/one/timeline/index.html"} {
			if !strings.Contains(out[file], "<p>"+want) {
				t.Errorf("%s: %s does not say %q", tag, file, want)
			}
			if !strings.Contains(out[file], ">1910<") {
				t.Errorf("%s: %s does not say 1910", tag, file)
			}
		}
		if page := out["explainers/one/timeline/index.html"]; !strings.Contains(page, "<small>"+n+"</small>") {
			t.Errorf("%s: a filter does not say %s", tag, n)
		}
	}
}
