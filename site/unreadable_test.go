package site_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/static"
	"nutgraf/templates"
)

// shifting is a folder in which something happens right before a file is opened,
// as when its writer renames it while the site is read.
type shifting struct {
	fs.FS
	mu   sync.Mutex
	then map[string]func() error
}

// Open opens what is there then.
func (s *shifting) Open(name string) (fs.File, error) {
	s.mu.Lock()
	happens := s.then[name]
	delete(s.then, name)
	s.mu.Unlock()
	if happens != nil {
		if err := happens(); err != nil {
			return nil, err
		}
	}
	return s.FS.Open(name)
}

// TestUnreadable has files and folders vanish or change while a site is read:
// each is told at its place, and so is every other mistake.
func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	const one = "---\ntitle: One?\nstandfirst: One.\npublished: 2024-05-01\nauthors: [ada]\nsources: [book]\n---\n## Is it?\n\nYes, [@book], [as here](two.md#why) and in [this](one/a.pdf) and ![x](one/b.png).\n"
	for name, text := range map[string]string{
		"content/explainers/one.md": one, "content/explainers/one/a.pdf": "a", "content/explainers/one/timeline.yaml": "- {date: 2024, title: A}\n",
		"content/explainers/two.md": one, "content/explainers/three.md": strings.Replace(one, "title", "titel", 1), "content/glossary/term.md": "---\nterm: T\nshort: T.\n---\n",
		"content/pages/about.md": "---\ntitle: About\n---\nUs.\n", "content/explainers/sub/index.md": one, "content/site.yaml": "title: T\n",
		"content/authors.yaml": "ada: {name: Ada}\n", "content/sources.yaml": "- {id: book, title: Book}\n", "templates/plain.html": "{{.Title}}", "static/style.css": "a{}", "static/x.txt": "x",
	} {
		if err := os.MkdirAll(filepath.Dir(in(name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(in(name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	gone := func(name string) func() error { return func() error { return os.RemoveAll(in(name)) } }
	folder := func(name string) func() error {
		return func() error {
			if err := os.Remove(in(name)); err != nil {
				return err
			}
			return os.Mkdir(in(name), 0o777)
		}
	}
	denied := func() error { return &fs.PathError{Op: "open", Path: "x", Err: fs.ErrPermission} }
	open := func(root string, then map[string]func() error) fs.FS {
		return &shifting{FS: os.DirFS(in(root)), then: then}
	}
	o := site.Options{Now: time.Date(2024, 6, 10, 0, 0, 0, 0, time.UTC), DefaultTemplates: templates.FS, DefaultStatic: static.FS,
		Content: open("content", map[string]func() error{
			"explainers/one/a.pdf": gone("content/explainers/one/a.pdf"), "explainers/one/timeline.yaml": denied, "explainers/two.md": gone("content/explainers/two.md"),
			"glossary/term.md": folder("content/glossary/term.md"), "pages/about.md": denied, "explainers/sub": gone("content/explainers/sub"),
			"site.yaml": gone("content/site.yaml"), "authors.yaml": denied, "sources.yaml": folder("content/sources.yaml"),
		}),
		Templates: open("templates", map[string]func() error{"plain.html": denied}),
		Static:    open("static", map[string]func() error{"style.css": gone("static/style.css")}),
	}
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
	var told []string
	for _, d := range append(ds, more...) {
		if d.Severity == diag.Error {
			told = append(told, d.At.File+": "+d.Message)
		}
		if d.Rule == "unreadable" && d.Hint == "" {
			t.Errorf("no fix for %+v", d)
		}
	}
	const want = `content/authors.yaml: this file can't be read: you have no permission to
content/explainers/one.md: there is no file “one/b.png”
content/explainers/one/a.pdf: this file was here a moment ago, and is gone
content/explainers/one/timeline.yaml: this file can't be read: you have no permission to
content/explainers/sub: this folder was here a moment ago, and is gone
content/explainers/three.md: unknown key “titel”
content/explainers/three.md: there is no file “one/b.png”
content/explainers/two.md: this file was here a moment ago, and is gone
content/glossary/term.md: this is no longer a file, but a folder, pipe, socket or device
content/pages/about.md: this file can't be read: you have no permission to
content/site.yaml: this file was here a moment ago, and is gone
content/sources.yaml: this is no longer a file, but a folder, pipe, socket or device
static/style.css: this file was here a moment ago, and is gone
templates/plain.html: this file can't be read: you have no permission to`
	if got := strings.Join(told, "\n"); got != want {
		t.Errorf("told\n%s\nwant\n%s", got, want)
	}

	if err := os.Remove(in("static/x.txt")); err != nil {
		t.Fatal(err)
	}
	leaf, err := book.Open(book.Find("x.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer leaf.Close()
	ds, err = leaf.Write(&bytes.Buffer{})
	if err != nil || len(ds) != 1 || ds[0].At.File != "static/x.txt" || ds[0].Rule != "unreadable" {
		t.Errorf("of a file that is copied: %v, %v", ds, err)
	}
}

// TestHugeFiles holds that what pages are made with is not read where it is
// huge, and that folders have an end.
func TestHugeFiles(t *testing.T) {
	dir := t.TempDir()
	var want []string
	for _, name := range []string{"_headers", "_redirects", "fonts.css", "fonts/a.woff2", "search.js", "site.js", "style.css"} {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Truncate(1 << 30); err != nil { // it takes no room on the disk
			t.Skip("no file with holes here:", err)
		}
		f.Close()
		want = append(want, "static/"+name+" too-large")
	}
	deep := "deep"
	for range 100 {
		deep += "/a"
	}
	if err := os.MkdirAll(filepath.Join(dir, deep), 0o777); err != nil {
		t.Skip("no path as long here:", err)
	}
	want = append(want, "static/deep"+strings.Repeat("/a", 32)+" too-deep")
	read := &counting{FS: os.DirFS(dir)}
	s, ds, err := site.Load(t.Context(), site.Options{Static: read}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var told []string
	for _, d := range ds {
		told = append(told, d.At.File+" "+d.Rule)
	}
	slices.Sort(told)
	slices.Sort(want)
	if !slices.Equal(told, want) {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	if n := read.bytes; n > 0 {
		t.Errorf("%d bytes were read", n)
	}
}

// counting counts what is read of files.
type counting struct {
	fs.FS
	mu    sync.Mutex
	bytes int
}

// Open opens a file whose bytes are counted.
func (c *counting) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if _, folder := f.(fs.ReadDirFile); folder {
		if info, e := f.Stat(); e == nil && info.IsDir() {
			return f, err
		}
	}
	return &countingFile{f, c}, err
}

type countingFile struct {
	fs.File
	of *counting
}

// Read counts.
func (f *countingFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.of.mu.Lock()
	defer f.of.mu.Unlock()
	f.of.bytes += n
	return n, err
}
