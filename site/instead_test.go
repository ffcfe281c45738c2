package site_test

import (
	"bytes"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// shown loads what a preview shows of folders with mistakes, where it showed
// before until then, and makes every page of it.
func shown(t *testing.T, o site.Options, before *site.Instead) (*site.Instead, map[string]string) {
	t.Helper()
	plan := func(o site.Options, prev *site.Site) (*site.Site, *pages.Book, []diag.Diagnostic) {
		s, ds, err := site.Load(t.Context(), o, prev)
		if err != nil {
			t.Fatal(err)
		}
		book, more, err := pages.New(t.Context(), s, pages.Options{Lazy: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { book.Close() })
		return s, book, slices.Concat(ds, more)
	}
	s, _, ds := plan(o, before.Site)
	o.Instead = &site.Instead{Files: map[string]bool{}, Site: before.Site, Templates: before.Templates}
	for _, d := range ds {
		if d.Severity == diag.Error {
			o.Instead.Files[d.At.File] = true
		}
	}
	s, book, _ := plan(o, s)
	made := map[string]string{}
	for i := range book.Len() {
		leaf, err := book.Open(i)
		if err != nil {
			t.Fatalf("%s: %v", book.Path(i), err)
		}
		var b bytes.Buffer
		if ds, err := leaf.Write(&b); err != nil || diag.Count(ds, diag.Error) > 0 {
			t.Errorf("%s: %v %v", book.Path(i), ds, err)
		}
		leaf.Close()
		made[book.Path(i)] = b.String()
	}
	return &site.Instead{Site: s, Templates: book.Templates()}, made
}

// TestInstead holds that with every mistake of testdata/diag, at the start and
// later, there is a site of which every page can be made.
func TestInstead(t *testing.T) {
	files, err := filepath.Glob("testdata/diag/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			o, _ := unpack(ar)
			o.Drafts, o.Future = true, true
			first, cold := shown(t, o, &site.Instead{})
			defer first.Site.Close()
			if _, warm := shown(t, o, first); !maps.Equal(cold, warm) {
				t.Error("what is shown differs when it is loaded again")
			}
		})
	}
}
