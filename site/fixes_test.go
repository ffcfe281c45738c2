package site_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// TestFixesFollowed makes each fix of the mistakes in testdata/diag alone: the message is gone then,
// and no file has become one that can't be read.
func TestFixesFollowed(t *testing.T) {
	files, err := filepath.Glob("testdata/diag/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	made := 0
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		o, _ := unpack(ar)
		before := all(t, o)
		for _, d := range before {
			if len(d.Fix) == 0 {
				continue
			}
			name := d.Fix[0].At.File
			root, path, _ := strings.Cut(name, "/")
			m := map[string]fstest.MapFS{"content": o.Content.(fstest.MapFS), "templates": o.Templates.(fstest.MapFS),
				"static": o.Static.(fstest.MapFS)}[root]
			old := m[path].Data
			edits := diag.Located(d.Fix, old)
			if edits == nil {
				continue
			}
			made++
			m[path].Data = diag.Apply(old, edits)
			after := all(t, o)
			if count(after, d) >= count(before, d) || unreadable(after) > unreadable(before) {
				t.Errorf("%s: %s: %s (%s)\n%s\nbecame\n%s", file, name, d.Message, d.Hint, old, m[path].Data)
			}
			m[path].Data = old
		}
	}
	if made < 60 {
		t.Errorf("%d fixes were made: are they gone?", made)
	}
}

// all is what a build of these folders finds.
func all(t *testing.T, o site.Options) []diag.Diagnostic {
	t.Helper()
	s, ds, err := site.Load(t.Context(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	book, more, err := pages.New(t.Context(), s, pages.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	return diag.Sort(append(ds, more...))
}

// count counts what says the same of one file.
func count(ds []diag.Diagnostic, as diag.Diagnostic) (n int) {
	for _, d := range ds {
		if d.At.File == as.At.File && d.Rule == as.Rule && d.Message == as.Message {
			n++
		}
	}
	return n
}

// unreadable counts what keeps a file, or a part of it, from being read.
func unreadable(ds []diag.Diagnostic) (n int) {
	for _, d := range ds {
		switch d.Rule {
		case "yaml", "front-matter", "documents", "duplicate-key", "encoding":
			n++
		}
	}
	return n
}
