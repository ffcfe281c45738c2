package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// TestOverflow makes more events than the system keeps while nobody reads them,
// and then a change.
func TestOverflow(t *testing.T) {
	text, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	if err != nil {
		t.Fatal(err)
	}
	most, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || most > 1<<20 {
		t.Skipf("a queue of %s events is too long to fill", text)
	}
	flood := make(chan func(), 1)
	p := start(t, small(), unswept, func(o *Options) {
		o.Told = func(*site.Site, []diag.Diagnostic, time.Duration) {
			select {
			case do := <-flood:
				do()
			default:
			}
		}
	})
	told := p.listen("/explainers/one/")
	done := make(chan struct{})
	flood <- func() {
		defer close(done)
		for i := range most + 10_000 { // some thousand are read already
			// Two files in turn, for the same event twice is one.
			if err := os.Chmod(filepath.Join(p.dir, "content/explainers", []string{"one.md", "two.md"}[i%2]), 0o644); err != nil {
				t.Error(err)
			}
		}
		p.write("content/explainers/one.md", explainer("After the flood?", "First."))
	}
	p.write("content/explainers/two.md", explainer("Before the flood?", "Second."))
	<-done
	for before := told().Key; told().Key == before; { // without a request
	}
	p.agrees("an overflow")
}

// TestFoldersGone renames and deletes folders that are watched, while others are
// about to be. The watcher fails then to let go of what is gone, and must be heard
// at once: it waits for that, and nothing can be watched before.
func TestFoldersGone(t *testing.T) {
	p := start(t, small(), func(o *Options) { o.Poll = time.Millisecond })
	for i := range 50 {
		dir := filepath.Join(p.dir, "content/explainers/folder")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		p.get("/")
		if err := os.Rename(dir, dir+"-moved"); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(dir + "-moved"); err != nil {
			t.Fatal(err)
		}
		p.write("content/explainers/one.md", explainer(fmt.Sprintf("Number %d?", i), "First."))
	}
	p.agrees("many folders gone")
}

// opening reports whether a file was opened since.
func opening(t *testing.T, name string) func() bool {
	t.Helper()
	return inotify(t, name, syscall.IN_OPEN|syscall.IN_ACCESS)
}
