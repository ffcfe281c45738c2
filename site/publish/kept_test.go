package publish_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site"
	"nutgraf/site/check"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/kept"
	"nutgraf/site/pages"
	"nutgraf/site/publish"
)

// desk is a world whose folders lie on the disk, where builds keep their State.
type desk struct {
	*world
	t       *testing.T
	dir     string
	now     time.Time
	written map[string][]byte // what lies there
	old     [][]byte          // States of earlier builds
	builds  int
	until   time.Time // of the site that was built last
	step    func()    // called between the steps of a build; or nil
}

func newDesk(t *testing.T, w *world) *desk {
	d := &desk{world: w, t: t, dir: publish.Scratch(t), now: now, written: map[string][]byte{}}
	for _, root := range []string{"content", "templates", "static", "cache"} {
		d.must(os.MkdirAll(filepath.Join(d.dir, root), 0o755))
	}
	d.save()
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) out() string { return filepath.Join(d.dir, "public") }

func (d *desk) state() string {
	name, err := publish.Beside(d.out(), "kept")
	d.must(err)
	return name
}

// save brings the folders to what the world says: no other file is touched.
func (d *desk) save() {
	all := map[string][]byte{}
	for root, files := range map[string]fstest.MapFS{
		"content": d.content, "templates": d.templates, "static": d.static,
	} {
		for name, f := range files {
			all[filepath.Join(d.dir, root, name)] = f.Data
		}
	}
	for name := range d.written {
		if _, still := all[name]; !still {
			d.must(os.Remove(name))
		}
	}
	for name, data := range all {
		if before, there := d.written[name]; !there || !bytes.Equal(before, data) {
			d.must(os.MkdirAll(filepath.Dir(name), 0o755))
			d.must(os.WriteFile(name, data, 0o644))
		}
	}
	d.written = all
}

// name picks one of the files that lie there.
func (d *desk) name(n byte) string {
	names := slices.Sorted(maps.Keys(d.written))
	return names[int(n)%len(names)]
}

// published picks one of the files that readers get.
func (d *desk) published(n byte) string {
	files := liveIn(d.t, d.out()).Files
	return filepath.Join(d.out(), filepath.FromSlash(files[int(n)*7%len(files)]))
}

// happenings are what may come to pass between two builds that is no edit.
var happenings = []func(d *desk, n byte){
	func(d *desk, n byte) {},
	func(d *desk, n byte) { // as a fresh clone has it
		d.must(os.Chtimes(d.name(n), time.Time{}, time.Now().Add(-time.Duration(n)*time.Hour)))
	},
	func(d *desk, n byte) { // another inode
		data, err := os.ReadFile(d.name(n))
		d.must(err)
		d.must(os.Remove(d.name(n)))
		d.must(os.WriteFile(d.name(n), data, 0o600))
	},
	func(d *desk, n byte) { // an edit that keeps size and time
		name := d.pick("explainers/", n)
		if name == "" {
			return
		}
		file := filepath.Join(d.dir, "content", name)
		info, err := os.Stat(file)
		d.must(err)
		d.replace(name, "Introduction", "introduction")
		d.replace(name, "Because", "because")
		d.save()
		d.must(os.Chtimes(file, time.Time{}, info.ModTime()))
	},
	func(d *desk, n byte) { d.now = d.now.Add(time.Duration(n) * time.Hour) },
	func(d *desk, n byte) { d.now = d.now.AddDate(0, int(n%14), 0) },
	func(d *desk, n byte) { d.now = d.now.Add(-time.Duration(n) * time.Hour) },
	func(d *desk, n byte) { // the State is damaged
		data, err := os.ReadFile(d.state())
		if err != nil {
			return
		}
		at := int(n) * len(data) / 256
		switch n % 3 {
		case 0:
			data[at] ^= 1 << (n % 8)
		case 1:
			data = data[:at]
		case 2:
			data = slices.Insert(data, at, n)
		}
		d.must(os.WriteFile(d.state(), data, 0o644))
		d.mustSee("a damaged State")
	},
	func(d *desk, n byte) { // it is that of another build
		if len(d.old) > 0 {
			d.must(os.WriteFile(d.state(), d.old[int(n)%len(d.old)], 0o644))
		}
	},
	func(d *desk, n byte) { os.Remove(d.state()) },
	func(d *desk, n byte) { d.must(os.Remove(d.published(n))) },
	func(d *desk, n byte) { // one is changed, which a build refuses to lose, and changed back
		name := d.published(n)
		data, err := os.ReadFile(name)
		d.must(err)
		d.must(os.WriteFile(name, append(slices.Clone(data), 'x'), 0o644))
		d.mustSee("a changed page")
		d.must(os.WriteFile(name, data, 0o644))
	},
	func(d *desk, n byte) { // a file that nobody reads
		name := filepath.Join(d.dir, "content/explainers/e1/unused.bin")
		if os.MkdirAll(filepath.Dir(name), 0o755); n%2 == 0 {
			d.must(os.WriteFile(name, []byte{n}, 0o644))
		} else {
			os.Remove(name)
		}
	},
	func(d *desk, n byte) {
		d.must(os.MkdirAll(filepath.Join(d.dir, "content/explainers", fmt.Sprint("empty", n%2)), 0o755))
	},
	func(d *desk, n byte) { os.Remove(filepath.Join(d.dir, "static")) }, // where it is empty
}

// mustSee holds that a build sees that it can't do nothing.
func (d *desk) mustSee(what string) {
	d.t.Helper()
	if last, err := d.keeper().Same(context.Background(), "", d.now, d.out()); last != nil || err != nil {
		d.t.Fatalf("%s is not seen: %v", what, err)
	}
}

// keeper is that of a build an hour later than the last, so that times of files are believed.
func (d *desk) keeper() *kept.Keeper {
	d.must(os.MkdirAll(filepath.Join(d.dir, "static"), 0o755))
	d.builds++
	var roots []fs.FS
	for _, name := range []string{"content", "templates", "static"} {
		root, err := os.OpenRoot(filepath.Join(d.dir, name))
		d.must(err)
		d.t.Cleanup(func() { root.Close() })
		roots = append(roots, document.Folder(root))
	}
	return kept.Keep(d.state(), time.Now().Add(time.Duration(d.builds)*time.Hour), roots...)
}

// build builds what lies on the disk into a folder, as the successor of what is live there, and
// says what was told.
func (d *desk) build(k *kept.Keeper, out string, live *pages.Live) (told string, failed bool) {
	d.t.Helper()
	ctx := context.Background()
	o := d.options()
	o.Content, o.Templates, o.Static, o.Now, o.Once = k.Root(0), k.Root(1), k.Root(2), d.now, true
	s, ds, err := site.Load(ctx, o, nil)
	d.must(err)
	defer s.Close()
	b, more, err := pages.New(ctx, s, pages.Options{})
	d.must(err)
	defer b.Close()
	r, lost, err := publish.ToFolder(ctx, b, out, publish.Options{Live: live,
		Refused: diag.Count(append(ds, more...), diag.Error) > 0})
	d.must(err)
	counts, err := check.SiteCounts(ctx, s)
	d.must(err)
	if d.step != nil {
		d.step()
	}
	d.until = s.Until()
	all, err := json.Marshal([]any{diag.Sort(slices.Concat(ds, more, lost)), s.Held, s.Waiting, counts})
	d.must(err)
	if r.Standing != nil {
		d.must(k.Keep(&kept.State{From: s.Now, Until: s.Until(), Said: all, Standing: r.Standing}))
	}
	return string(all), diag.Count(slices.Concat(ds, more, lost), diag.Error) > 0
}

// checkKept lets things happen one by one. After each, a build that may do nothing because of
// what the last one kept must leave what a build leaves that knows of none, and say the same.
// Each build has nothing but what lies on the disk.
func checkKept(t *testing.T, script []byte) (same int) {
	d := newDesk(t, newWorld())
	d.build(d.keeper(), d.out(), nil)
	for i := 0; i+1 < len(script) && i < 24; i += 2 {
		if n := int(script[i]) % (len(edits) + len(happenings)); n < len(edits) {
			edits[n](d.world, script[i+1])
			d.save()
		} else {
			happenings[n-len(edits)](d, script[i+1])
		}
		live := liveIn(t, d.out())
		fresh := filepath.Join(d.dir, fmt.Sprint("clean", i))
		k := d.keeper()
		state, err := os.ReadFile(d.state())
		last, e := k.Same(context.Background(), "", d.now, d.out())
		d.must(e)
		var told string
		failed := false
		if last != nil {
			told = string(last.Said)
			same++
			if err == nil {
				d.old = append(d.old, state)
			}
		} else {
			told, failed = d.build(k, d.out(), nil)
		}
		if failed {
			continue
		}
		clean := d.keeper()
		kept, _ := os.ReadFile(d.state())
		want, _ := d.build(clean, fresh, live)
		d.restore(kept)
		if diff := cmp.Diff(want, told); diff != "" {
			t.Fatalf("after %d what is said differs (-clean +kept):\n%s", i/2, diff)
		}
		compareTrees(t, tree(t, fresh), tree(t, d.out()), i/2)
		os.RemoveAll(fresh)
	}
	return same
}

func (d *desk) restore(state []byte) {
	if state == nil {
		os.Remove(d.state())
		return
	}
	d.must(os.WriteFile(d.state(), state, 0o600))
}

// TestKeptIsUsed: what changes nothing is known to, by looks or by bytes.
func TestKeptIsUsed(t *testing.T) {
	at := func(i int) byte { return byte(len(edits) + i) }
	for i, n := range []int{0, 1, 2, 4, 11, 12, 13} {
		want := []int{1, 1, 1, 1, 1, 0, 0}[i]
		if got := checkKept(t, []byte{at(n), 2}); got != want {
			t.Errorf("after happening %d %d builds did nothing, want %d", n, got, want)
		}
	}
	for _, n := range []int{3, 7, 9, 10} {
		if got := checkKept(t, []byte{at(n), 2, at(0), 0, at(0), 0}); got != 2 {
			t.Errorf("after happening %d, and then nothing, %d builds did nothing", n, got)
		}
	}
}

// FuzzKept holds the promise across processes: what a build keeps saves work and never changes
// a byte, whatever happens to it.
func FuzzKept(f *testing.F) {
	first := byte(len(edits))
	for i := range happenings {
		n := first + byte(i)
		f.Add([]byte{0, 1, n, 5, n, 2, first + 8, 0, byte(i), 1, n, 40, first + 8, 1})
	}
	for i := 0; i < len(edits); i += 4 {
		f.Add([]byte{byte(i), 1, byte(i + 1), 3, first, 0, byte(i + 2), 2, byte(i + 3), 1, first + 1, 9})
	}
	f.Add([]byte{embargo, 1, first + 5, 7, first, 0, first + 6, 200, pageAhead, 0, first + 4, 30, first + 4, 30})
	f.Fuzz(func(t *testing.T, script []byte) { checkKept(t, script) })
}
