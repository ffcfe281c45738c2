package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"nutgraf/site/diag"
)

// TestRewriteChanged leaves a file alone that somebody saved since it was read: with other bytes,
// or again with the same.
func TestRewriteChanged(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	edits := diag.Write(diag.Place{File: "a.md", Span: diag.Span{Start: 0, End: 1}}, "x")
	for _, c := range []struct {
		now     string
		started time.Time
		want    string
	}{
		{"abc", time.Now().Add(time.Hour), "xbc"},
		{"abcd", time.Now().Add(time.Hour), "abcd"},
		{"abc", time.Now().Add(-time.Hour), "abc"},
	} {
		if err := os.WriteFile(name, []byte(c.now), 0o644); err != nil {
			t.Fatal(err)
		}
		f := fixer{checkCmd: &checkCmd{siteFlags: siteFlags{Source: dir}}, started: c.started}
		err := f.rewrite("a.md", &fixedFile{data: []byte("abc"), edits: edits})
		got, _ := os.ReadFile(name)
		if string(got) != c.want || (err == nil) != (c.want == "xbc") {
			t.Errorf("%q, read as “abc” before %v: %q, %v", c.now, c.started, got, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v is left, %v", entries, err)
	}
}
