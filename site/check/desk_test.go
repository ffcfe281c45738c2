package check

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"nutgraf/site"
)

// deskCase is a sentence with what an editor says of it: the row of a table whose
// columns are rule, as_of, sentence and expected. Of the rule fix, expected are the
// dates that pins in it may have, with None where there may be none; of stale-date,
// whether the sentence goes stale.
type deskCase struct {
	line                 int
	rule, asOf, sentence string
	expected             []string
}

// readDeskCases reads a table of them.
func readDeskCases(t *testing.T, file string) (all []deskCase) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if n == 1 || f[0] == "" || f[0][0] == '#' {
			continue
		}
		if len(f) < 4 {
			t.Fatalf("%s:%d: %d columns", file, n, len(f))
		}
		all = append(all, deskCase{n, f[0], f[1], f[2], strings.Split(f[3], "|")})
	}
	return all
}

// TestDesk holds --fix and stale-date to what an editor says of sentences, each of
// which is the only answer of an explainer: no pin is wrong, and what is certain is
// pinned.
func TestDesk(t *testing.T) {
	testDesk(t, filepath.Join("testdata", "desk.tsv"))
}

// TestDeskCases holds them to the sentences that lie beside the repository.
func TestDeskCases(t *testing.T) {
	file := filepath.Join("..", "..", "..", "shared", "corpora", "desk-cases.tsv")
	if _, err := os.Stat(file); err != nil && os.Getenv("NUTGRAF_REQUIRE_CORPORA") != "1" {
		t.Skip("the shared corpora are not beside the repository: ", err)
	}
	testDesk(t, file)
}

// pinnedDate is the date of a pin.
var pinnedDate = regexp.MustCompile(`\]\(date:([^)]*)\)`)

func testDesk(t *testing.T, file string) {
	cases := readDeskCases(t, file)
	content := map[string]string{}
	for _, c := range cases {
		content[fmt.Sprintf("explainers/c%d.md", c.line)] = "---\ntitle: What is it?\nstandfirst: It.\npublished: " +
			c.asOf + "\nauthors: [Desk]\n---\n\n## What is it? {#it}\n\n" + c.sentence + "\n"
	}
	s, _, err := tryLoad(t, content, site.Options{Now: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Site(t.Context(), s, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	pins, stale := map[string]string{}, map[string]bool{}
	for _, p := range pinsOf(t, s) {
		pins[p.File] = string(p.New)
	}
	for _, d := range r.Findings {
		if d.Rule == staleDateRule || d.Rule == "quoted-date" {
			stale[d.At.File] = true
		}
	}
	var found, due, invented, fine int
	for _, c := range cases {
		name := fmt.Sprintf("content/explainers/c%d.md", c.line)
		if c.rule == staleDateRule {
			switch got := stale[name]; {
			case c.expected[0] == "stale":
				if due++; got {
					found++
				} else {
					t.Logf("missed: %s", c.sentence)
				}
			default:
				if fine++; got {
					invented++
					t.Logf("false: %s", c.sentence)
				}
			}
			continue
		}
		all := pinnedDate.FindAllStringSubmatch(pins[name], -1)
		for _, m := range all {
			if !slices.Contains(c.expected, m[1]) {
				t.Errorf("line %d, %s: %q is pinned to %s, want %s", c.line, c.asOf, c.sentence, m[1], c.expected)
			}
		}
		if len(all) == 0 && !slices.Contains(c.expected, "None") {
			t.Errorf("line %d, %s: nothing in %q is pinned, want %s", c.line, c.asOf, c.sentence, c.expected)
		}
	}
	if found*100 < due*90 || invented*100 > fine*10 {
		t.Errorf("stale-date: of %d sentences %d are found, and of %d fine ones %d; "+
			"nine tenths and one tenth are the limits", due, found, fine, invented)
	}
}

// TestFixElsewhere: a text in a language of which no words are known is left alone,
// and stops nobody.
func TestFixElsewhere(t *testing.T) {
	s, _ := load(t, map[string]string{
		"explainers/fr.md": "---\ntitle: Quoi ?\nlang: fr\nstandfirst: S.\npublished: 2024-05-25\n---\n## Quoi ? {#quoi}\n\nEn mars dernier.\n",
		"explainers/en.md": "---\ntitle: What?\nstandfirst: S.\npublished: 2024-05-25\nauthors: [Ann Lee]\n---\n## What? {#what}\n\nThe gate closed last month.\n",
	})
	if pins := pinsOf(t, s); len(pins) != 1 {
		t.Errorf("%d files are pinned", len(pins))
	}
}
