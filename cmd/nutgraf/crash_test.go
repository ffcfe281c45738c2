package main

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"nutgraf/site"
)

// TestCrash holds that a bug, on whatever goroutine, ends the program with exit
// code 3, the name of the function, and what to do.
func TestCrash(t *testing.T) {
	for name, guilty := range map[string]func(){
		"here":        guiltyHere,
		"in a worker": guiltyWorker,
	} {
		var printed strings.Builder
		code := exitClean
		func() {
			defer func() {
				if p := recover(); p != nil {
					code = crash(&printed, p)
				}
			}()
			guilty()
		}()
		for _, want := range []string{"nutgraf’s own", "Please report it", "nutgraf devel (go", "oops", "nutgraf.guiltyHere"} {
			if code != exitInternal || !strings.Contains(printed.String(), want) {
				t.Errorf("%s: exit %d, no %q in\n%s", name, code, want, printed.String())
			}
		}
	}
}

//go:noinline
func guiltyHere() { panic("oops") }

// guiltyWorker loads a site whose documents can't be opened.
func guiltyWorker() {
	page := &fstest.MapFile{Data: []byte("---\ntitle: One\n---\n")}
	site.Load(context.Background(), site.Options{Content: guiltyFS{fstest.MapFS{"pages/a.md": page, "pages/b.md": page}}}, nil)
}

type guiltyFS struct{ fstest.MapFS }

// Open is where the documents are opened.
func (g guiltyFS) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".md") {
		guiltyHere()
	}
	return g.MapFS.Open(name)
}
