package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site/internal/par"
)

// files are what a build makes: slash path to text.
type files map[string]string

// Scratch is a folder for hundreds of builds: in memory, where the system has
// such a place, since each build waits for its disk.
func Scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "nutgraf")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func open(t testing.TB, dir string) *folder {
	t.Helper()
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.abort() })
	return f
}

// create writes one file, in two parts.
func create(t testing.TB, f *folder, path, text string) entry {
	t.Helper()
	w, err := f.create(path)
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(text[:len(text)/2]))
	w.Write([]byte(text[len(text)/2:]))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return entry{Path: path, Sum: w.sum, Key: w.sum, Size: w.size}
}

// stage creates all files and returns their manifest.
func stage(t testing.TB, f *folder, all files) *Manifest {
	t.Helper()
	var entries []entry
	for path, text := range all {
		entries = append(entries, create(t, f, path, text))
	}
	return newManifest(entries, nil)
}

// build publishes files into dir.
func build(t testing.TB, dir string, all files) Result {
	t.Helper()
	f := open(t, dir)
	r, err := f.commit(stage(t, f, all))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tree reads a folder whole; a folder without files is listed with a slash,
// what is neither file nor folder with its type.
func tree(t testing.TB, dir string) files {
	t.Helper()
	got := files{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			list, err := os.ReadDir(filepath.Join(dir, p))
			if len(list) == 0 {
				got[p+"/"] = ""
			}
			return err
		}
		if !d.Type().IsRegular() {
			got[p] = d.Type().String()
			return nil
		}
		b, err := os.ReadFile(filepath.Join(dir, p))
		got[p] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// checkTree wants dir to hold all and the manifest of it, and nothing beside it.
func checkTree(t testing.TB, dir string, all files) {
	t.Helper()
	got := tree(t, dir)
	if _, err := ReadManifest(strings.NewReader(got[ManifestName])); err != nil {
		t.Errorf("the manifest %v", err)
	}
	delete(got, ManifestName)
	if d := cmp.Diff(all, got); d != "" {
		t.Errorf("published folder (-want +got):\n%s", d)
	}
	checkBeside(t, dir)
}

func checkBeside(t testing.TB, dir string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(list) != 1 || list[0].Name() != filepath.Base(dir) {
		t.Errorf("beside the folder: %v, %v", list, err)
	}
}

func stat(t testing.TB, name string) fs.FileInfo {
	t.Helper()
	info, err := os.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func TestCommit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	first := files{"index.html": "home", "a/index.html": "a", "a/b/c/index.html": "c", "big": strings.Repeat("0123456789", 50_000), "empty": "", ".nojekyll": ""}
	if d := cmp.Diff(Result{Pages: 6, Written: 6, Swapped: true}, build(t, dir, first)); d != "" {
		t.Error(d)
	}
	checkTree(t, dir, first)
	for name := range first {
		if mode := stat(t, filepath.Join(dir, name)).Mode().Perm(); mode&0o600 != 0o600 {
			t.Errorf("%s has mode %o", name, mode)
		}
	}

	second := maps.Clone(first)
	delete(second, "a/b/c/index.html")
	second["index.html"] = "house"
	second["new/index.html"] = "new"
	before := stat(t, filepath.Join(dir, "big"))
	if d := cmp.Diff(Result{Pages: 6, Written: 2, Unchanged: 4, Removed: 1, Swapped: true}, build(t, dir, second)); d != "" {
		t.Error(d)
	}
	checkTree(t, dir, second)
	if !os.SameFile(before, stat(t, filepath.Join(dir, "big"))) {
		t.Error("a file with the same bytes is not shared with the tree before")
	}

	folder, manifest := stat(t, dir), stat(t, filepath.Join(dir, ManifestName))
	if d := cmp.Diff(Result{Pages: 6, Unchanged: 6}, build(t, dir, second)); d != "" {
		t.Error(d)
	}
	if !os.SameFile(folder, stat(t, dir)) || !os.SameFile(manifest, stat(t, filepath.Join(dir, ManifestName))) {
		t.Error("nothing changed, and yet the folder was touched")
	}
	checkTree(t, dir, second)

	if d := cmp.Diff(Result{Removed: 6, Swapped: true}, build(t, dir, nil)); d != "" {
		t.Error(d)
	}
	checkTree(t, dir, files{})
}

func TestReuse(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "public")
	all := files{"a/b/index.html": "kept", "index.html": "changed", "gone": "gone", "emptied": "empty", "touched": "touched"}
	build(t, dir, all)
	os.Remove(filepath.Join(dir, "gone"))
	os.Truncate(filepath.Join(dir, "emptied"), 0)
	later := time.Now().Add(time.Hour)
	os.Chtimes(filepath.Join(dir, "touched"), later, later)

	f := open(t, dir)
	for _, name := range []string{"gone", "emptied", "never", "../public/index.html", ManifestName} {
		if f.reuse(name) == nil {
			t.Errorf("%s was kept", name)
		}
	}
	before := stat(t, filepath.Join(dir, "a/b/index.html"))
	var entries []entry
	for _, name := range []string{"a/b/index.html", "touched"} { // the bytes of both are what they were
		if err := f.reuse(name); err != nil {
			t.Fatal(err)
		}
		reused, _ := f.prev.lookup(name)
		entries = append(entries, reused)
	}
	for _, name := range []string{"index.html", "gone", "emptied"} {
		entries = append(entries, create(t, f, name, all[name]))
	}
	// What is gone, or was cut short, is written again although its bytes are known.
	r, err := f.commit(newManifest(entries, map[string][]string{"a/b/": {"q"}}))
	if d := cmp.Diff(Result{Pages: 5, Written: 2, Unchanged: 3, Swapped: true}, r); d != "" || err != nil {
		t.Error(err, d)
	}
	checkTree(t, dir, all)
	if !os.SameFile(before, stat(t, filepath.Join(dir, "a/b/index.html"))) {
		t.Error("a kept file is not shared")
	}
	if d := cmp.Diff(map[string][]string{"a/b/": {"q"}}, open(t, dir).prev.questions); d != "" {
		t.Error(d)
	}
}

// TestChanged: what others changed is neither replaced nor removed, and reported; a
// change that keeps size and time is found where every file is read.
func TestChanged(t *testing.T) {
	const name = "a/index.html"
	all := files{name: "one", "b/index.html": "two"}
	for _, c := range []struct {
		what, text string
		later      time.Duration
		verify     bool
		want       []string
	}{
		{"another size", "longer", 0, false, []string{name}},
		{"a later time", "eno", time.Hour, false, []string{name}},
		{"neither", "eno", 0, false, nil},
		{"neither, and every file is read", "eno", 0, true, []string{name}},
		{"a later time alone", "one", time.Hour, false, nil},
		{"cut to nothing", "", time.Hour, true, nil},
	} {
		for how, next := range map[string]files{
			"replaced": {name: "1", "b/index.html": "two"},
			"removed":  {"b/index.html": "two"},
		} {
			t.Run(c.what+", "+how, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "public")
				build(t, dir, all)
				file := filepath.Join(dir, filepath.FromSlash(name))
				at := stat(t, file).ModTime().Add(c.later)
				os.WriteFile(file, []byte(c.text), 0o644)
				os.Chtimes(file, at, at)
				want := next
				if c.want != nil {
					want = tree(t, dir)
					delete(want, ManifestName)
				}
				f := open(t, dir)
				f.verify = c.verify
				r, err := f.commit(stage(t, f, next))
				f.abort()
				if d := cmp.Diff(c.want, r.Changed); d != "" || (err != nil) != (c.want != nil) {
					t.Errorf("got %v: %s", err, d)
				}
				if err != nil && !strings.Contains(err.Error(), "would lose that: a/index.html; write the change into content/") {
					t.Error(err)
				}
				checkTree(t, dir, want)
			})
		}
	}
}

// TestVerify looks for strange files, too, although nothing is to be done.
func TestVerify(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	all := files{"a": "one"}
	build(t, dir, all)
	os.WriteFile(filepath.Join(dir, "mine"), nil, 0o644)
	for _, verify := range []bool{false, true} {
		f := open(t, dir)
		f.verify = verify
		if r, err := f.commit(stage(t, f, all)); (err != nil) != verify || len(r.Strays) > 0 != verify {
			t.Errorf("verify %v: %v, %v", verify, r, err)
		}
		f.abort()
	}
}

// TestCopied builds over a copy of a published folder, whose files have times of
// their own: nothing is written again, and nothing is reported.
func TestCopied(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	all := files{"a/index.html": "one", "b/index.html": "two"}
	build(t, dir, all)
	if err := os.Rename(dir, dir+"-was"); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(dir+"-was")); err != nil {
		t.Fatal(err)
	}
	os.RemoveAll(dir + "-was")
	old := time.Now().Add(-time.Hour) // the manifest was copied first
	os.Chtimes(filepath.Join(dir, ManifestName), old, old)
	all["b/index.html"] = "2"
	if d := cmp.Diff(Result{Pages: 2, Written: 1, Unchanged: 1, Swapped: true}, build(t, dir, all)); d != "" {
		t.Error(d)
	}
	checkTree(t, dir, all)
}

func TestReuseByCopy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	build(t, dir, files{"a/index.html": "text"})
	f := open(t, dir)
	e := f.prev.entries[0]
	from := filepath.Join(dir, "a", "index.html")
	if err := f.copy(from, &e); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(f.staged(e.Path)); string(b) != "text" || err != nil {
		t.Errorf("copied %q, %v", b, err)
	}
	if !stat(t, from).ModTime().Equal(stat(t, f.staged(e.Path)).ModTime()) {
		t.Error("the copy has another time")
	}
	e.Path, e.Sum = "b/index.html", sumOf(1)
	if f.copy(from, &e) == nil {
		t.Error("a file with another sum was copied")
	}
}

func TestManyAtOnce(t *testing.T) {
	dir := filepath.Join(Scratch(t), "public")
	const n = 2000
	for round, want := range []Result{{Pages: n, Written: n, Swapped: true}, {Pages: n, Written: n / 2, Unchanged: n / 2, Swapped: true}} {
		f := open(t, dir)
		entries := make([]entry, n)
		err := par.Each(context.Background(), n, func(i int) error {
			entries[i] = create(t, f, fmt.Sprintf("e/%d/%d/index.html", i%7, i), fmt.Sprint(i, i%2*round))
			return nil
		})
		r, e := f.commit(newManifest(entries, nil))
		if d := cmp.Diff(want, r); d != "" || err != nil || e != nil {
			t.Fatal(err, e, d)
		}
	}
	if got := len(tree(t, dir)); got != n+1 {
		t.Errorf("%d files", got)
	}
}

func TestHostilePaths(t *testing.T) {
	parent := t.TempDir()
	f := open(t, filepath.Join(parent, "public"))
	for _, p := range []string{"", ".", "..", "../x", "../../../../x", "a/../../x", "/x", "//x", "a/", "a//b", "./a", "a\x00b", `..\x`, `a\b`, "\xff", ManifestName} {
		if w, err := f.create(p); err == nil {
			t.Errorf("%q can be created as %v", p, w.path)
		}
		if f.reuse(p) == nil {
			t.Errorf("%q can be kept", p)
		}
	}
	create(t, f, "a", "a file")
	w, err := f.create("a/b")
	if err != nil {
		t.Fatal(err)
	}
	if w.Close() == nil {
		t.Error("a file below a file")
	}
	if w, _ = f.create("a"); w.Close() == nil {
		t.Error("one file twice")
	}
	if err := f.abort(); err != nil {
		t.Error(err)
	}
	if d := cmp.Diff(files{"./": ""}, tree(t, parent)); d != "" {
		t.Error(d)
	}
}

func TestOpenRefuses(t *testing.T) {
	old := func(dir, text string) {
		os.Mkdir(dir, 0o755)
		os.WriteFile(filepath.Join(dir, ManifestName), []byte(text), 0o644)
	}
	for _, c := range []struct {
		name, want string
		make       func(dir string)
	}{
		{"a folder of others", "holds files that nutgraf did not make (first: a): name another folder with --out, or empty it", func(dir string) { os.MkdirAll(filepath.Join(dir, "a"), 0o755) }},
		{"a file", "is no folder", func(dir string) { os.WriteFile(dir, nil, 0o644) }},
		{"a link to nowhere", "is a link that leads nowhere", func(dir string) { os.Symlink("nowhere", dir) }},
		{"a damaged manifest", "is damaged", func(dir string) { old(dir, `{"version":1,`) }},
		{"a newer manifest", "is of version 3", func(dir string) { old(dir, `{"version":3}`) }},
		{"a manifest elsewhere", "did not make", func(dir string) {
			os.Mkdir(dir, 0o755)
			os.Symlink("../elsewhere", filepath.Join(dir, ManifestName))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			c.make(dir)
			before := tree(t, filepath.Dir(dir))
			if _, err := openFolder(dir); err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), dir) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if d := cmp.Diff(before, tree(t, filepath.Dir(dir))); d != "" {
				t.Errorf("something was touched:\n%s", d)
			}
		})
	}
	if _, err := openFolder(string(filepath.Separator)); err == nil {
		t.Error("the top of the disk")
	}
	empty := filepath.Join(t.TempDir(), "public")
	os.Mkdir(empty, 0o700)
	os.WriteFile(filepath.Join(empty, ".DS_Store"), nil, 0o644)
	build(t, empty, files{"a": "a"})
	checkTree(t, empty, files{"a": "a"})
}

func TestStrays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	build(t, dir, files{"a/index.html": "a", "c/d/index.html": "d"})
	elsewhere := t.TempDir()
	os.WriteFile(filepath.Join(elsewhere, "index.html"), []byte("d"), 0o644)
	os.RemoveAll(filepath.Join(dir, "c", "d"))
	os.Symlink(elsewhere, filepath.Join(dir, "c", "d"))
	os.MkdirAll(filepath.Join(dir, ".git", "objects"), 0o755)
	for i := range 4 {
		os.WriteFile(filepath.Join(dir, "a", fmt.Sprint("notes", i)), nil, 0o644)
	}
	os.WriteFile(filepath.Join(dir, "a", "Thumbs.db"), nil, 0o644)
	before := tree(t, dir)

	f := open(t, dir)
	r, err := f.commit(stage(t, f, files{"a/index.html": "a2"}))
	if err == nil || !strings.Contains(err.Error(), ".git/, a/notes0, a/notes1, a/notes2, a/notes3 and 1 more") {
		t.Errorf("got %v", err)
	}
	if d := cmp.Diff([]string{".git/", "a/notes0", "a/notes1", "a/notes2", "a/notes3", "c/d"}, r.Strays); d != "" {
		t.Error(d)
	}
	if err := f.abort(); err != nil {
		t.Error(err)
	}
	if d := cmp.Diff(before, tree(t, dir)); d != "" {
		t.Errorf("a build that failed changed something:\n%s", d)
	}
	checkBeside(t, dir)
}

// TestFailedBuilds fails builds in each way there is; all leave what was.
func TestFailedBuilds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	old := files{"a/index.html": "a", "b/index.html": "b"}
	build(t, dir, old)
	for _, c := range []struct {
		name string
		fail func(f *folder) error
	}{
		{"aborted", func(f *folder) error {
			stage(t, f, files{"c": "c"})
			return errors.New("aborted")
		}},
		{"a file too many", func(f *folder) error {
			m := stage(t, f, files{"c": "c"})
			create(t, f, "d", "d")
			_, err := f.commit(m)
			return err
		}},
		{"a file too few", func(f *folder) error {
			m := stage(t, f, files{"c": "c"})
			_, err := f.commit(newManifest(append(slices.Clone(m.entries), entry{Path: "d", Sum: sumOf(1)}), nil))
			return err
		}},
		{"kept and not listed", func(f *folder) error {
			f.reuse("a/index.html")
			_, err := f.commit(newManifest([]entry{{Path: "d", Sum: sumOf(1)}}, nil))
			return err
		}},
		{"kept and created", func(f *folder) error {
			f.reuse("a/index.html")
			m := stage(t, f, files{"a/index.html": "a2"})
			_, err := f.commit(m)
			return err
		}},
		{"a page that can't be listed", func(f *folder) error {
			_, err := f.commit(newManifest(stage(t, f, files{"c": "c"}).entries, map[string][]string{"../": nil}))
			return err
		}},
		{"the disk loses the staging folder", func(f *folder) error {
			m := stage(t, f, files{"c": "c"})
			os.RemoveAll(f.staging)
			_, err := f.commit(m)
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := open(t, dir)
			if err := c.fail(f); err == nil {
				t.Error("it succeeded")
			}
			if err := errors.Join(f.abort(), f.abort()); err != nil {
				t.Error(err)
			}
			if _, err := f.commit(newManifest(nil, nil)); err == nil {
				t.Error("a build that is over can be committed")
			}
			checkTree(t, dir, old)
		})
	}
	t.Run("a kept file that vanishes", func(t *testing.T) {
		f := open(t, dir)
		f.reuse("a/index.html")
		reused, _ := f.prev.lookup("a/index.html")
		os.Remove(filepath.Join(dir, "a", "index.html"))
		if _, err := f.commit(newManifest([]entry{reused, create(t, f, "c", "c")}, nil)); err == nil {
			t.Error("it succeeded")
		}
		f.abort()
		checkTree(t, dir, files{"a/": "", "b/index.html": "b"})
	})
}

func TestTwoBuildsDoNotMix(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	f := open(t, dir)
	if _, err := openFolder(dir); err == nil || !strings.Contains(err.Error(), "another build is writing to "+dir) {
		t.Errorf("got %v", err)
	}
	if _, err := f.commit(stage(t, f, files{"a": "a"})); err != nil {
		t.Error(err)
	}
	build(t, dir, files{"a": "b"})
	checkTree(t, dir, files{"a": "b"})
}

func TestLinkedFolder(t *testing.T) {
	parent := t.TempDir()
	link := filepath.Join(t.TempDir(), "public")
	if err := os.Symlink(filepath.Join(parent, "www"), link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	os.Mkdir(filepath.Join(parent, "www"), 0o755)
	build(t, link, files{"a": "a"})
	build(t, link, files{"a": "b"})
	if stat(t, link).Mode()&fs.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	checkTree(t, filepath.Join(parent, "www"), files{"a": "b"})
}

// TestRename is the exchange where the system can't do it in one step.
func TestRename(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	build(t, dir, files{"a": "old"})
	commitByRename(t, dir, files{"a": "new"})
	checkTree(t, dir, files{"a": "new"})
	os.RemoveAll(dir)
	commitByRename(t, dir, files{"a": "new"})
	checkTree(t, dir, files{"a": "new"})

	f := open(t, dir)
	os.RemoveAll(f.staging)
	if f.rename() == nil {
		t.Error("nothing to rename, and no error")
	}
	f.abort()
	checkTree(t, dir, files{"a": "new"})
}

// commitByRename is commit without exchange.
func commitByRename(t testing.TB, dir string, all files) {
	f := open(t, dir)
	m := stage(t, f, all)
	for _, step := range []func() error{
		f.linkReused,
		func() error { return f.writeManifest(m) },
		func() error { return os.Chmod(f.staging, 0o755) },
		f.rename,
		f.abort,
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRecovery stops a build at every point between its renames.
func TestRecovery(t *testing.T) {
	for _, c := range []struct {
		name  string
		stop  func(dir string)
		want  string
		notes int
	}{
		{"while it wrote", func(dir string) { os.Rename(dir+"-b", beside(dir, "new-7")) }, "a", 0},
		{"after the first rename", func(dir string) {
			os.Rename(dir+"-b", beside(dir, "new-7"))
			os.Rename(dir, beside(dir, "old-7"))
		}, "a", 1},
		{"then the folder was made again", func(dir string) {
			os.Rename(dir+"-b", beside(dir, "new-7"))
			os.Rename(dir, beside(dir, "old-7"))
			os.Mkdir(dir, 0o755)
		}, "a", 1},
		{"after the second rename", func(dir string) {
			os.Rename(dir, beside(dir, "old-7"))
			os.Rename(dir+"-b", dir)
		}, "b", 0},
		{"after the third rename", func(dir string) {
			os.Rename(dir, beside(dir, "new-7"))
			os.Rename(dir+"-b", dir)
			os.Remove(filepath.Join(beside(dir, "new-7"), ManifestName))
		}, "b", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			build(t, dir, files{"text": "a"})
			build(t, dir+"-b", files{"text": "b"})
			os.WriteFile(beside(dir, "lock"), nil, 0o644)
			c.stop(dir)
			f := open(t, dir)
			if len(f.notes) != c.notes {
				t.Error(f.notes)
			}
			f.abort()
			checkTree(t, dir, files{"text": c.want})
		})
	}
	t.Run("what is not ours stays", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "public")
		mine := []string{".public.new-notes", ".public.new-", ".public.older", ".publicnew-7"}
		for _, name := range mine {
			os.Mkdir(filepath.Join(filepath.Dir(dir), name), 0o755)
		}
		build(t, dir, files{"a": "a"})
		list, _ := os.ReadDir(filepath.Dir(dir))
		if len(list) != len(mine)+1 {
			t.Error(list)
		}
	})
	t.Run("two old folders", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "public")
		os.Mkdir(beside(dir, "old-1"), 0o755)
		os.Mkdir(beside(dir, "old-2"), 0o755)
		if _, err := openFolder(dir); err == nil {
			t.Error("it guessed")
		}
	})
}

func beside(dir, what string) string {
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+"."+what)
}
