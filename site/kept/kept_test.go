package kept

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site/document"
	"nutgraf/site/publish"
)

var began = time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC)

func folder() fstest.MapFS {
	old := began.Add(-time.Hour)
	return fstest.MapFS{
		"a/one.md":  {Data: []byte("one"), ModTime: old},
		"a/two.md":  {Data: []byte("two"), ModTime: old},
		"new.md":    {Data: []byte("new"), ModTime: began.Add(-time.Second)},
		"half.png":  {Data: make([]byte, 4<<10), ModTime: old},
		"unread":    {Data: []byte("unread"), ModTime: began},
		".hidden":   {Data: []byte("hidden"), ModTime: began},
		"empty/.no": {Data: nil, ModTime: began},
	}
}

// recorded is a folder as a build records it that lists it and reads most of it.
func recorded(t *testing.T, fsys fs.FS) *root {
	t.Helper()
	r := newRecorder(fsys)
	if _, _, err := document.List(r, "content"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a/one.md", "a/two.md", "new.md"} {
		if _, err := document.Read(r, name, 99); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := document.Read(r, "half.png", 2); err != nil {
		t.Fatal(err)
	}
	files, whole := r.result()
	if !whole {
		t.Fatal("not all was recorded")
	}
	return &root{true, files}
}

// TestCompare says what is seen of a folder: that it is as it was, by looks or by bytes, or not.
func TestCompare(t *testing.T) {
	later := began.Add(time.Hour)
	for _, c := range []struct {
		name       string
		change     func(f fstest.MapFS)
		same, read bool
	}{
		{"a file that a grain of time could hide a change of", func(fstest.MapFS) {}, true, true},
		{"its bytes", func(f fstest.MapFS) { f["new.md"].Data = []byte("NEW") }, false, true},
		{"a time", func(f fstest.MapFS) { f["a/one.md"].ModTime = later }, true, true},
		{"a time and bytes", func(f fstest.MapFS) {
			*f["a/one.md"] = fstest.MapFile{Data: []byte("ONE"), ModTime: later}
		}, false, true},
		{"rights", func(f fstest.MapFS) { f["a/two.md"].Mode = 0o444 }, true, true},
		{"a size", func(f fstest.MapFS) { f["a/two.md"].Data = []byte("twos") }, false, false},
		{"a file more", func(f fstest.MapFS) { f["a/three.md"] = &fstest.MapFile{} }, false, false},
		{"a folder more", func(f fstest.MapFS) { f["b"] = &fstest.MapFile{Mode: fs.ModeDir} }, false, false},
		{"a file less", func(f fstest.MapFS) { delete(f, "a/two.md") }, false, false},
		{"an unread file", func(f fstest.MapFS) { delete(f, "unread") }, false, false},
		{"its bytes", func(f fstest.MapFS) { f["unread"].Data = []byte("UNREAD") }, true, true},
		{"what is half read", func(f fstest.MapFS) { f["half.png"].ModTime = later }, false, false},
		{"what is never content", func(f fstest.MapFS) {
			delete(f, ".hidden")
			f["a/x.md~"] = &fstest.MapFile{}
		}, true, true},
		{"a file that is a folder now", func(f fstest.MapFS) {
			f["unread"] = &fstest.MapFile{Mode: fs.ModeDir}
		}, false, false},
	} {
		f := folder()
		r := recorded(t, f)
		c.change(f)
		read := false
		err := r.compare(t.Context(), f, began, &read)
		if same := err == nil; same != c.same || same && read != c.read {
			t.Errorf("%s: same is %v (%v), read %v", c.name, same, err, read)
		}
	}
	f := folder()
	r, read := recorded(t, f), false
	if err := r.compare(t.Context(), f, began.Add(time.Hour), &read); err != nil || read {
		t.Errorf("with a build that is older than any change, %v, read %v", err, read)
	}
	if r.compare(t.Context(), nil, began, &read) == nil ||
		(&root{}).compare(t.Context(), f, began, &read) == nil {
		t.Error("a folder that is there and one that isn't are the same")
	}
}

// TestTorn: what was not the same twice while it was read is not kept.
func TestTorn(t *testing.T) {
	f := folder()
	r := newRecorder(f)
	if list, err := r.ReadDir("a"); err != nil || len(list) != 2 {
		t.Fatal(err, list)
	}
	one, err := r.Open("a/one.md")
	if err != nil {
		t.Fatal(err)
	}
	two, err := r.Open("a/one.md")
	if err != nil {
		t.Fatal(err)
	}
	readAll(t, one)
	f["a/one.md"].Data = []byte("ONE")
	if readAll(t, two); !r.torn {
		t.Error("a file with other bytes the second time")
	}

	f = folder()
	r = newRecorder(f)
	r.ReadDir("a")
	f["a/one.md"].ModTime = began
	if r.ReadDir("a"); !r.torn {
		t.Error("a file with another time the second time")
	}

	r = newRecorder(f)
	if document.Read(r, "a/one.md", 99); !r.torn {
		t.Error("a file that nobody listed")
	}
	r = newRecorder(f)
	r.ReadDir("a")
	delete(f, "a/one.md")
	if document.Read(r, "a/one.md", 99); !r.torn {
		t.Error("a file that went before it was read")
	}
}

func readAll(t *testing.T, f fs.File) {
	t.Helper()
	if _, err := f.Read(make([]byte, 99)); err != nil {
		t.Fatal(err)
	}
	f.Close()
}

// TestDecode: what is written is read, and nothing that any damage to it makes.
func TestDecode(t *testing.T) {
	standing, err := publish.ParseStanding(make([]byte, 17))
	if err != nil {
		t.Fatal(err)
	}
	s := &State{Depends: "this", From: began, Until: began.Add(time.Hour), Said: []byte("that"),
		Standing: standing, program: document.Sum{1}, began: began,
		roots: []*root{recorded(t, folder()), {files: map[string]*source{}}}}
	data := s.encode()
	if got, err := decode(data); err != nil || !reflect.DeepEqual(got, s) {
		t.Fatalf("%v\n%+v\n%+v", err, got, s)
	}
	for i := range data {
		if _, err := decode(data[:i]); err == nil {
			t.Errorf("cut at %d it is read", i)
		}
		flipped := slices.Clone(data)
		flipped[i] ^= 4
		if _, err := decode(flipped); err == nil {
			t.Errorf("with another byte at %d it is read", i)
		}
	}
	if _, err := decode(append(data, 0)); err == nil {
		t.Error("with a byte more it is read")
	}
}

// TestKeepWhole: a State is there whole or not at all, and nothing else is left beside it.
func TestKeepWhole(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "state")
	if err := os.WriteFile(name+".new", []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	k := Keep(name, began, folder(), nil)
	if k.Root(1) != nil {
		t.Error("there is a folder where none was given")
	}
	if _, _, err := document.List(k.Root(0), "content"); err != nil {
		t.Fatal(err)
	}
	if err := k.Keep(&State{Standing: &publish.Standing{}}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := decode(data)
	if err != nil || s.roots[0].files["a/one.md"] == nil || s.roots[1].given {
		t.Errorf("%v %+v", err, s)
	}
	if list, _ := os.ReadDir(dir); len(list) != 1 {
		t.Errorf("beside it lies %v", list)
	}
	if _, err := read(name); err != nil {
		t.Error(err)
	}
	if _, err := read(dir); err == nil {
		t.Error("a folder is read as a State")
	}
	k = Keep(name, began, folder(), nil)
	k.records[0].tear()
	if err := k.Keep(&State{Standing: &publish.Standing{}}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(name); err == nil {
		t.Error("what was there before is left where nothing can be kept")
	}
}
