package site_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// TestUnlisted holds where a question stands whose heading is none of the list:
// behind the section before it, else before the first that is listed, else last.
func TestUnlisted(t *testing.T) {
	const listed = "questions: [{question: One?, answer: A.}, {question: Two?, short: In short.}, {question: Three?}]\n"
	for _, c := range []struct{ head, body, want string }{
		{"", "## One?\n\nA.\n\n## Why?\n\nB.\n\n## Why?\n\nC.\n", "one why why-2"},
		{listed, "## Two?\n\nA.\n\n## Three?\n\nB.\n", "one two three"},
		{listed, "## Two?\n\nA.\n\n## Else?\n\nB.\n\n## More?\n\nC.\n\n## Three?\n\nD.\n", "one two else more three"},
		{listed, "## Three?\n\nA.\n\n## Last? {#end}\n\nB.\n\n## Two?\n\nC.\n\n## Mid?\n\nD.\n", "one two mid three end"},
		{listed, "## Before?\n\nA.\n\n## Two?\n\nB.\n\n## Three?\n\nC.\n", "one before two three"},
		{"questions: [{question: One?, answer: A.}]\n", "## After?\n\nA.\n\n## After? {#after}\n\nB.\n", "one after-2 after"},
	} {
		text := "---\ntitle: T?\nstandfirst: S.\npublished: 2026-01-02\n" + c.head + "---\n" + c.body
		content := fstest.MapFS{"explainers/e.md": {Data: []byte(text)}}
		s, ds, err := site.Load(t.Context(), site.Options{Content: content, Places: true, Now: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}, nil)
		if err != nil || diag.Count(ds, diag.Error) > 0 {
			t.Fatalf("%v, %v", ds, err)
		}
		defer s.Close()
		e := s.Explainers[0]
		var ids []string
		for i, q := range e.Questions {
			ids = append(ids, q.ID)
			if marks := (site.Origin{Explainer: e}).Record().Marks; len(marks.Shorts) > i && marks.Shorts[i].IsZero() != (q.Short == "") {
				t.Errorf("%s: the short answer of %s lies at %v", c.want, q.ID, marks.Shorts[i])
			}
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("the questions are %s, want %s", got, c.want)
		}
		for _, p := range s.Config.Parts(e.Explainer, s.FileData) {
			if p.Anchor != "" && p.Anchor != "one" && !strings.Contains(string(s.FileData(e.Path)[p.Places[len(p.Places)-1].Start:]), "?") {
				t.Errorf("%s: %s is written at %v", c.want, p.Anchor, p.Places)
			}
		}
	}
}

// TestManyWarnings holds that no number of warnings makes an error, and that an
// error behind many warnings is one.
func TestManyWarnings(t *testing.T) {
	head := "---\ntitle: T?\nstandfirst: S.\npublished: 2026-01-02\n"
	items := "updates:\n" + strings.Repeat("  - {date: 2026-01-03, text: A., was: }\n", 300)
	titles := strings.Repeat("![a](/b.png \"t\")\n", 600)
	for name, c := range map[string]struct {
		text   string
		errors int
	}{
		"in a text":             {head + "---\n## Why?\n\n" + titles, 0},
		"in front matter":       {head + items + "---\n## Why?\n\nA.\n", 0},
		"before an error":       {head + "---\n## Why?\n\n" + titles + "[x](ftp://example.org)\n", 1},
		"before an unknown key": {head + items + "bogus: 1\n---\n## Why?\n\nA.\n", 1},
	} {
		content := fstest.MapFS{"explainers/e.md": {Data: []byte(c.text)}}
		s, ds, err := site.Load(t.Context(), site.Options{Content: content, Now: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if n := diag.Count(ds, diag.Error); n != c.errors {
			t.Errorf("%s: %d errors, want %d: %v", name, n, c.errors, ds[len(ds)-1])
		}
		if !slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Rule == "too-many" }) {
			t.Errorf("%s: %d warnings are not too many: this test looks at too little", name, len(ds))
		}
	}
}
