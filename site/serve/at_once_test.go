package serve

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// TestAtOnce asks for a page in the moment in which it was saved.
func TestAtOnce(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("events are not in order on every system, so that a request may come before them")
	}
	p := start(t, small())
	one := filepath.Join(p.dir, "content/explainers/one.md")
	for i := range times(100, 20) {
		title := fmt.Sprintf("Number %d?", i)
		if err := os.WriteFile(one, []byte(explainer(title, "First.")), 0o644); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(p.get("/explainers/one/"), title) {
			t.Fatalf("%s was saved, and the page before it was served", title)
		}
	}
}

// TestAtOnceElsewhere saves a text that has two more names, and asks for the pages
// of those in that moment.
func TestAtOnceElsewhere(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("events are not in order on every system, so that a request may come before them")
	}
	w := &writer{preview: start(t, small())}
	w.must(os.Symlink("one.md", w.path("content/explainers/soft.md")))
	for i := range times(30, 5) {
		w.remove("content/explainers/hard.md")
		w.must(os.Link(w.path(one), w.path("content/explainers/hard.md")))
		w.agrees("a link")
		title := fmt.Sprintf("Number %d?", i)
		w.write(one, explainer(title, "First."))
		for _, path := range []string{"/explainers/soft/", "/explainers/hard/", "/explainers/one/"} {
			if !strings.Contains(w.get(path), title) {
				t.Fatalf("%s was saved, and the page before it was served at %s", title, path)
			}
		}
	}
}

// TestRetired holds that a request which is late for an edition does not read it half closed.
func TestRetired(t *testing.T) {
	p := start(t, small())
	old := p.server.now.Load().edition
	p.write("content/explainers/three.md", explainer("Another?", "First.")) // no text alone: the site is loaded
	p.agrees("a new file")
	if old.hold() {
		old.reading.RUnlock()
		t.Error("an edition that has given back its folders can still be read")
	}
	now := p.server.hold()
	now.edition.reading.RUnlock()
	if now.edition == old || now.edition.Find("explainers/one/") < 0 {
		t.Error("what is held is not what is shown")
	}
}

// TestTemporaryFile holds that what is stored outside the heap stays under twice
// what is of use, and a little, however often files are saved, by whatever way.
func TestTemporaryFile(t *testing.T) {
	p := start(t, small(), unswept)
	long := strings.Repeat(strings.Repeat("A tide gate stands there, and a word of **another** kind. ", 20)+"\n\n", 300)
	stored := func() (all, bound int64) {
		now := p.server.hold()
		defer now.edition.reading.RUnlock()
		return now.edition.Site().Stored(), little + 2*(now.edition.Site().Live()+now.edition.Live())
	}
	most := int64(0)
	for i := range times(120, 60) {
		name := "content/explainers/one.md"
		if i%10 == 9 {
			name = fmt.Sprintf("content/explainers/new-%d.md", i%3) // no text alone: the site is loaded
		}
		p.write(name, fmt.Sprintf("---\ntitle: Number %d?\nstandfirst: S.\npublished: 2026-01-02\n---\n## Is it? {#is-it}\n\n%d %s", i, i, long))
		if got := p.get("/" + strings.TrimSuffix(strings.TrimPrefix(name, "content/"), ".md") + "/"); !strings.Contains(got, fmt.Sprint(i, " A ")) {
			t.Fatalf("save %d is not served", i)
		}
		p.get("/timeline/") // and so what is stored is known
		all, bound := stored()
		if most = max(most, all); all > bound {
			t.Fatalf("after save %d %d bytes are stored, and %d are not too many", i, all, bound)
		}
	}
	if most < little {
		t.Errorf("only %d bytes were ever stored", most)
	}
	p.agrees("all of it")
}

// TestIdle holds that nothing is loaded where nothing changes, however often the
// folders are looked through, nor when something changes that is no content.
func TestIdle(t *testing.T) {
	var looks, loads atomic.Int64
	p := start(t, small(), func(o *Options) {
		o.Poll = time.Millisecond
		open := o.Open
		o.Open = func() (site.Options, io.Closer, error) {
			looks.Add(1)
			return open()
		}
		o.Loaded = func(*site.Site, []diag.Diagnostic, time.Duration) { loads.Add(1) }
	})
	idle := func(what string) {
		t.Helper()
		before, from := loads.Load(), looks.Load()
		p.wait("many looks", func() bool { return looks.Load() > from+50 })
		if n := loads.Load() - before; n != 0 {
			t.Errorf("%s: %d loads", what, n)
		}
	}
	idle("at rest")
	for i := range 20 {
		p.write(fmt.Sprintf("public/explainers/e%d/index.html", i), "<!doctype html>")
		p.write("content/explainers/.one.md.swp", fmt.Sprint(i))
		p.write("content/explainers/one.md~", fmt.Sprint(i))
		p.write("README.md", fmt.Sprint(i))
	}
	idle("what is no content")
	p.write("content/explainers/one.md", explainer("One?", "First.")) // as it was
	p.get("/")
	idle("a save that changes nothing")
}
