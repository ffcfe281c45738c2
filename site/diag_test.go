package site_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/static"
	"nutgraf/templates"
)

var update = flag.Bool("update", false, "rewrite what testdata/diag expects")

// TestDiagnostics holds what a writer is told, to the letter. Each archive in
// testdata/diag is a folder in which mistakes were made, and the file want.
// Its comment may hold a line “options: drafts future”.
func TestDiagnostics(t *testing.T) {
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
			o, want := unpack(ar)
			got := told(t, o)
			if *update {
				rewrite(t, file, ar, got)
				return
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("the writer is told something else (-want +got); -update rewrites it:\n%s", d)
			}
		})
	}
}

// unpack lays out an archive as the folders of a site.
func unpack(ar *txtar.Archive) (o site.Options, want string) {
	roots := map[string]fstest.MapFS{"content": {}, "templates": {}, "static": {}}
	for _, f := range ar.Files {
		root, path, _ := strings.Cut(f.Name, "/")
		if f.Name == "want" {
			want = string(f.Data)
		} else if m := roots[root]; m != nil {
			m[path] = &fstest.MapFile{Data: f.Data}
		}
	}
	_, options, _ := strings.Cut(string(ar.Comment), "options: ")
	options, _, _ = strings.Cut(options, "\n")
	words := strings.Fields(options)
	return site.Options{
		Content: roots["content"], Templates: roots["templates"], Static: roots["static"],
		DefaultTemplates: templates.FS, DefaultStatic: static.FS,
		Name: "Site", Now: time.Date(2024, 6, 10, 0, 0, 0, 0, time.UTC),
		Drafts: slices.Contains(words, "drafts"), Future: slices.Contains(words, "future"),
	}, want
}

// told is what a build of these folders prints.
func told(t *testing.T, o site.Options) string {
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
	ds = diag.Sort(append(ds, more...))
	checkPlaces(t, s, ds)
	var b bytes.Buffer
	p := diag.Printer{Read: s.FileData, Width: 200}
	if err := p.Print(&b, ds); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkPlaces makes sure that each diagnostic names a place that is there, and
// says both what is wrong and what to do.
func checkPlaces(t *testing.T, s *site.Site, ds []diag.Diagnostic) {
	t.Helper()
	for _, d := range ds {
		if n := len(s.FileData(d.At.File)); int(d.At.Start) > n || int(d.At.End) > n || d.At.Start > d.At.End {
			t.Errorf("%s: bytes %d to %d of %d: %s", d.At.File, d.At.Start, d.At.End, n, d.Message)
		}
		if d.At.File == "" || d.Rule == "" || d.Message == "" || d.Hint+d.Why == "" || strings.HasSuffix(d.Message, ".") {
			t.Errorf("incomplete: %+v", d)
		}
	}
}

// TestLineEnds makes sure that places are the same in files that Windows has
// written: with a byte order mark, and lines that end in CR LF.
func TestLineEnds(t *testing.T) {
	for _, name := range []string{"references", "markdown", "questions", "sides", "keys"} {
		t.Run(name, func(t *testing.T) {
			ar, err := txtar.ParseFile("testdata/diag/" + name + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range ar.Files {
				if strings.HasPrefix(f.Name, "content/") {
					ar.Files[i].Data = append([]byte("\ufeff"), bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n"))...)
				}
			}
			o, want := unpack(ar)
			if d := cmp.Diff(want, told(t, o)); d != "" {
				t.Errorf("with CR LF the writer is told something else (-LF +CRLF):\n%s", d)
			}
		})
	}
}

func rewrite(t *testing.T, file string, ar *txtar.Archive, got string) {
	t.Helper()
	ar.Files = slices.DeleteFunc(ar.Files, func(f txtar.File) bool { return f.Name == "want" })
	ar.Files = append(ar.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
		t.Fatal(err)
	}
}
