package serve

import (
	"context"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/internal/par"
	"nutgraf/site/pages"
)

//go:noinline
func guilty() { panic("oops") }

// TestPanicOfARequest holds that a bug which one page meets is reported with the
// function that has it, and that all other pages are served on.
func TestPanicOfARequest(t *testing.T) {
	lines := make(chan string, 100)
	p := start(t, map[string]string{"content/pages/a.md": "---\ntitle: A\npublished: 2024-01-01\n---\nA.\n"}, func(o *Options) {
		o.Log = func(line string) { lines <- line }
		o.Findings = func(context.Context, *pages.Book) ([]diag.Diagnostic, error) {
			guilty()
			return nil, nil
		}
	})
	if body := p.raw(deskPath); !strings.Contains(body, "nutgraf made a mistake of its own here") {
		t.Errorf("shown: %s", body)
	}
	for line := ""; !strings.Contains(line, "serve.guilty("); {
		select {
		case line = <-lines:
		case <-time.After(deadline):
			t.Fatal("nothing was reported")
		}
	}
	if body := p.raw("/a/"); !strings.Contains(body, "<h1") {
		t.Errorf("shown then: %s", body)
	}
}

// TestPanicOfTheOwner holds that a bug in what watches and loads ends Run with
// that panic, where the caller can report it.
func TestPanicOfTheOwner(t *testing.T) {
	p := &preview{t: t, dir: t.TempDir()}
	p.write("content/pages/a.md", "---\ntitle: A\n---\nA.\n")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	loads := 0
	o := Options{Open: p.open, Dirs: map[string]string{"content": filepath.Join(p.dir, "content")}, Poll: 10 * time.Millisecond}
	o.Loaded = func(*site.Site, []diag.Diagnostic, time.Duration) {
		if loads++; loads > 1 {
			guilty()
		}
		p.write("content/pages/b.md", "---\ntitle: B\n---\nB.\n")
	}
	ctx, stop := context.WithTimeout(t.Context(), deadline)
	defer stop()
	died := par.Catch(func() { New(o).Run(ctx, l) })
	if died == nil || died.Value != "oops" || !strings.Contains(string(died.Stack), "serve.guilty(") {
		t.Error(died)
	}
}
