package pages

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site/picture"
	"nutgraf/static"
)

var setProperty = regexp.MustCompile(`[{;\s](--[a-z0-9-]+)\s*:`)

// TestProperties holds the table to the theme's style sheet: each property that it
// sets anywhere is documented, and each that is documented is set and used.
func TestProperties(t *testing.T) {
	data, err := fs.ReadFile(static.FS, styleAsset)
	if err != nil {
		t.Fatal(err)
	}
	css, set := string(data), map[string]bool{}
	for _, m := range setProperty.FindAllStringSubmatch(cssComment.ReplaceAllString(css, ""), -1) {
		set[m[1]] = true
	}
	if paper := "--paper:light-dark(" + picture.Hex(picture.LightPaper) + "," + picture.Hex(picture.DarkPaper) + ")"; !strings.Contains(css, paper) {
		t.Errorf("accents are measured on %s, which is not the theme's", paper)
	}
	var documented []string
	for _, p := range Properties {
		documented = append(documented, p.Name)
		if !strings.Contains(css, "var("+p.Name+")") {
			t.Errorf("%s is used nowhere", p.Name)
		}
	}
	if d := cmp.Diff(slices.Sorted(maps.Keys(set)), slices.Sorted(slices.Values(documented))); d != "" {
		t.Errorf("style.css has other properties than properties.go (-css +table):\n%s", d)
	}
	if d := cmp.Diff(slices.Sorted(maps.Keys(Defaults(css))), slices.Sorted(slices.Values(documented))); d != "" {
		t.Errorf("properties without a value in the first :root (-css +table):\n%s", d)
	}
}

// TestLookManual holds the manual's page to the table and the style sheet; -update
// writes it.
func TestLookManual(t *testing.T) {
	const file = "../doc/look.md"
	css, err := fs.ReadFile(static.FS, styleAsset)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- made of site/pages/properties.go -->\n", "<!-- end -->\n"
	head, rest, ok := strings.Cut(string(got), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", file)
	}
	want := head + begin + lookTable(Defaults(string(css))) + end + tail
	if *update {
		err = os.WriteFile(file, []byte(want), 0o644)
	} else if d := cmp.Diff(want, string(got)); d != "" {
		t.Errorf("the table says something else; -update writes it: %s", d)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func lookTable(values map[string]string) string {
	var b strings.Builder
	b.WriteString("| property | what it is for | on light pages | on dark pages |\n|---|---|---|---|\n")
	for _, p := range Properties {
		light, dark := tones(values[p.Name])
		if light == dark {
			dark = "the same"
		} else {
			dark = "`" + dark + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s: %s | `%s` | %s |\n", p.Name, p.Kind, p.What, light, dark)
	}
	return b.String()
}

var twoTones = regexp.MustCompile(`^light-dark\((#[^,]*|var\([^)]*\)),(.*)\)$`)

// tones are a value on light and on dark pages.
func tones(value string) (light, dark string) {
	if m := twoTones.FindStringSubmatch(value); m != nil {
		return m[1], m[2]
	}
	return value, value
}
