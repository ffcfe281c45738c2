package serve

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

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
		o.Loaded = func(*site.Site, []diag.Diagnostic, time.Duration) {
			select {
			case do := <-flood:
				do()
			default:
			}
		}
	})
	notified := p.listen("/explainers/one/")
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
	for before := notified().Key; notified().Key == before; { // without a request
	}
	p.agrees("an overflow")
}

// TestFoldersGone renames and deletes folders that are watched, while others are
// about to be. The watcher fails then to let go of what is gone, and must be heard
// at once: it waits for that, and nothing can be watched before.
func TestFoldersGone(t *testing.T) {
	p := start(t, small(), func(o *Options) { o.Poll = time.Millisecond })
	for i := range times(50, 10) {
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

// TestFoldersSwapped swaps folders that are watched, with others in them, and
// edits, while they are looked through all the time: no watch gets lost, nor does
// the watcher lose its mind over names.
func TestFoldersSwapped(t *testing.T) {
	w := &writer{preview: start(t, small(), func(o *Options) { o.Poll = time.Millisecond })}
	for i := range times(30, 6) {
		for _, name := range []string{"static/a/x", "static/b/x"} {
			w.write(name+"/file.txt", w.text())
		}
		w.get("/")
		w.must(unix.Renameat2(unix.AT_FDCWD, w.path("static/a"), unix.AT_FDCWD, w.path("static/b"), unix.RENAME_EXCHANGE))
		w.write("static/a/x/file.txt", w.text())
		w.swap("static/a/x", "static/b/x")
		w.write("static/b/x/file.txt", w.text())
		if i%5 == 0 {
			w.agrees("a swap")
		}
		w.remove("static/a")
		w.rename("static/b", "static/a")
		w.remove("static/a")
	}
	w.agrees("many swaps")
}

// TestWatched holds that all folders of the site are watched and no other one,
// new ones and those of an old name among them.
func TestWatched(t *testing.T) {
	p := start(t, small(), unswept)
	folder := func(name string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(p.dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	check := func(watched ...string) {
		t.Helper()
		p.get("/")
		info, err := os.Stat(p.dir)
		if err != nil {
			t.Fatal(err)
		}
		root, _ := identity(info)
		got := watches(t, root)
		filepath.WalkDir(p.dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err != nil {
				t.Fatal(err)
			}
			inode, _ := identity(info)
			rel, _ := filepath.Rel(p.dir, name)
			if want := slices.Contains(watched, rel); got[inode] != want {
				t.Errorf("%s: watched is %v", rel, got[inode])
			}
			return nil
		})
	}
	first := []string{".", "content", "content/explainers", "content/glossary", "static"}
	check(first...)
	for _, name := range []string{"public/explainers/one", ".cache/nutgraf", "content/.obsidian/plugins", "node_modules/x", "static/.git/objects"} {
		folder(name)
	}
	check(first...)
	folder("content/explainers/new/pictures/small")
	folder("templates")
	check(append(first, "templates", "content/explainers/new", "content/explainers/new/pictures", "content/explainers/new/pictures/small")...)
	if err := os.Rename(filepath.Join(p.dir, "content/explainers/new"), filepath.Join(p.dir, "kept")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(p.dir, "content/glossary")); err != nil {
		t.Fatal(err)
	}
	folder("content/glossary")
	folder("content/explainers/new/pictures")
	check(append(first, "templates", "content/explainers/new", "content/explainers/new/pictures")...)
}

// watches are the inodes that this process watches, on the file system of one of
// them (proc(5), fdinfo).
func watches(t *testing.T, one uint64) map[uint64]bool {
	t.Helper()
	files, err := filepath.Glob("/proc/self/fdinfo/*")
	if err != nil {
		t.Fatal(err)
	}
	systems := map[uint64]map[uint64]bool{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // the list of files was one of them
		}
		for line := range strings.Lines(string(text)) {
			var wd, inode, system uint64
			if n, _ := fmt.Sscanf(line, "inotify wd:%x ino:%x sdev:%x", &wd, &inode, &system); n == 3 {
				if systems[system] == nil {
					systems[system] = map[uint64]bool{}
				}
				systems[system][inode] = true
			}
		}
	}
	for _, inodes := range systems {
		if inodes[one] {
			return inodes
		}
	}
	return nil
}

// opening reports whether a file was opened since.
func opening(t *testing.T, name string) func() bool {
	t.Helper()
	return inotify(t, name, syscall.IN_OPEN|syscall.IN_ACCESS)
}
