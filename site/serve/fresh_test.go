package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestAtOnce asks for a page in the moment in which it was saved.
func TestAtOnce(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("events are not in order on every system, so that a request may come before them")
	}
	p := start(t, small())
	one := filepath.Join(p.dir, "content/explainers/one.md")
	for i := range 100 {
		title := fmt.Sprintf("Number %d?", i)
		if err := os.WriteFile(one, []byte(explainer(title, "First.")), 0o644); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(p.get("/explainers/one/"), title) {
			t.Fatalf("%s was saved, and the page before it was served", title)
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
