//go:build unix

package site_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/static"
	"nutgraf/templates"
)

// TestHostileFiles loads a folder with everything that is no file, or leads
// elsewhere. A pipe that is opened would hang the load for ever.
func TestHostileFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const one = "---\ntitle: One?\nstandfirst: One.\npublished: 2024-05-01\n---\n## Is it?\n\nYes.\n"
	write("outside/secret.md", one)
	write("content/explainers/one.md", one)
	write("content/explainers/two/index.md", one)
	write("content/explainers/bell\a.md", one)
	write("content/explainers/right\u202eleft.md", one)
	write("content/explainers/bad\xff.md", one)
	write("content/glossary/new\nline/x.png", "x")
	link := func(target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(dir, "content", name)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	link("../../outside/secret.md", "explainers/out.md")
	link(filepath.Join(dir, "outside", "secret.md"), "explainers/absolute.md")
	link("nowhere.md", "explainers/dangling.md")
	link("loop.md", "explainers/loop.md")
	link("two", "explainers/folder")
	link("one.md", "explainers/inside.md") // the only one that is well
	if err := syscall.Mkfifo(filepath.Join(dir, "content", "explainers", "pipe.md"), 0o666); err != nil {
		t.Skip("no named pipes here:", err)
	}
	root, err := os.OpenRoot(filepath.Join(dir, "content"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	o := site.Options{Content: document.Folder(root), DefaultTemplates: templates.FS, DefaultStatic: static.FS, Name: "Site", Now: time.Date(2024, 6, 10, 0, 0, 0, 0, time.UTC)}
	s, ds, err := site.Load(t.Context(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n := len(s.Explainers); n != 3 {
		t.Errorf("%d explainers, want one, two and inside", n)
	}
	rules := map[string]string{}
	for _, d := range ds {
		name := strings.TrimPrefix(d.At.File, "content/")
		if rules[name] != "" {
			t.Errorf("%q is told twice", name)
		}
		rules[name] = d.Rule
	}
	want := map[string]string{
		"explainers/absolute.md": "link", "explainers/out.md": "link", "explainers/dangling.md": "link", "explainers/loop.md": "link",
		"explainers/folder": "link", "explainers/pipe.md": "not-a-file", "glossary/new\nline": "file-name",
		"explainers/bell\a.md": "file-name", "explainers/right\u202eleft.md": "file-name", "explainers/bad\xff.md": "file-name",
	}
	for name, rule := range want {
		if rules[name] != rule {
			t.Errorf("%q: rule %q, want %q", name, rules[name], rule)
		}
		delete(rules, name)
	}
	if len(rules) > 0 {
		t.Errorf("also told: %q", rules)
	}
}

// TestPipeMeanwhile holds that nothing waits for a pipe, a socket or a device that
// took the place of a file between listing and opening.
func TestPipeMeanwhile(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Skip("no named pipes here:", err)
	}
	l, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	fsys := document.Folder(root)
	for _, name := range []string{"pipe", "socket"} {
		if f, err := fsys.Open(name); err == nil {
			f.Close()
			t.Errorf("%s is opened", name)
		}
		if _, err := fs.ReadDir(fsys, name); err == nil {
			t.Errorf("%s is listed", name)
		}
		if _, err := fs.ReadFile(fsys, name); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	for _, name := range []string{"../pipe", "/pipe", ""} {
		if _, err := fsys.Open(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if err := os.Remove(pipe); err != nil {
		t.Fatal(err)
	}
	l.Close()
	for _, name := range []string{"a/b/one.md", "c.md"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := fstest.TestFS(fsys, "a/b/one.md", "c.md"); err != nil {
		t.Error(err)
	}
}
