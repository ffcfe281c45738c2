package pages

import (
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestContentHasEveryTemplate holds what template authors read to the theme: each layout
// with its View, and each part.
func TestContentHasEveryTemplate(t *testing.T) {
	text, err := os.ReadFile("../doc/content.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Concat(themeLayouts(), themeParts) {
		if !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("site/doc/content.md does not name %s", name)
		}
	}
	for _, k := range kinds {
		name, view, has := k.layout+".html", reflect.TypeOf(k.view).Elem().Name(), false
		for line := range strings.Lines(string(text)) {
			_, behind, named := strings.Cut(line, "`"+name+"`")
			has = has || named && strings.Contains(behind, "| "+view+" |")
		}
		if !has {
			t.Errorf("site/doc/content.md does not say that %s is given %s", name, view)
		}
	}
}

// TestChangesNameTheVersion holds the newest heading of site/doc/changes.md to the version
// of the Views, and the order of all of them.
func TestChangesNameTheVersion(t *testing.T) {
	text, err := os.ReadFile("../doc/changes.md")
	if err != nil {
		t.Fatal(err)
	}
	var headings []string
	for line := range strings.Lines(string(text)) {
		if version, ok := strings.CutPrefix(line, "## Version "); ok {
			headings = append(headings, strings.TrimSpace(version))
		}
	}
	newest, err := strconv.Atoi(ViewVersion)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for version := newest; version > 0; version-- {
		want = append(want, strconv.Itoa(version))
	}
	if !slices.Equal(headings, want) {
		t.Errorf("site/doc/changes.md has the versions %q, want %q: say what version %s changes for templates", headings, want, ViewVersion)
	}
}
