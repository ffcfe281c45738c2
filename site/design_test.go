package site_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDesignHasTheArrows holds the table of site/doc/design.md to the table of arrows.
func TestDesignHasTheArrows(t *testing.T) {
	text, err := os.ReadFile("doc/design.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted := func(cell string) (names []string) {
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cell, -1) {
			names = append(names, m[1])
		}
		return names
	}
	documented := map[string][]string{}
	_, table, _ := strings.Cut(string(text), "\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	for row := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(row, "|") // the first and the last are empty
		if len(cells) != 5 {
			t.Fatalf("site/doc/design.md: this row of packages has no three cells: %s", row)
		}
		for _, pkg := range quoted(cells[1]) {
			documented[pkg] = quoted(cells[3])
		}
	}
	for pkg, to := range arrows {
		got, ok := documented[pkg]
		if !ok {
			t.Errorf("site/doc/design.md does not name %s", pkg)
		} else if !slices.Equal(got, to) {
			t.Errorf("site/doc/design.md: %s may import %q, by the table of arrows %q", pkg, got, to)
		}
		delete(documented, pkg)
	}
	for pkg := range documented {
		t.Errorf("site/doc/design.md names %s, and the table of arrows does not", pkg)
	}
}
