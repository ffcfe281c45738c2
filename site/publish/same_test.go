package publish_test

import (
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/site/publish"
	"nutgraf/static"
	"nutgraf/templates"
)

// backwards lists its folders in reverse, as a file system may.
type backwards struct{ fs.FS }

func (b backwards) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(b.FS, name)
	slices.Reverse(list)
	return list, err
}

// TestSameBytes builds one site under different circumstances, none of which
// may change a byte: the number of processors, the machine's time zone, the
// order of directories.
func TestSameBytes(t *testing.T) {
	w := newWorld()
	for i, e := range edits {
		if i%3 == 0 && i < 26 { // those behind break and mend things
			e(w, byte(i))
		}
	}
	build := func(content fs.FS) map[string][]byte {
		s, ds, err := site.Load(t.Context(), site.Options{Content: content, Templates: w.templates, Static: w.static, DefaultTemplates: templates.FS,
			DefaultStatic: static.FS, Now: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC), Name: "world", Once: true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		book, more, err := pages.New(t.Context(), s, pages.Options{})
		if err != nil || diag.Count(append(ds, more...), diag.Error) > 0 {
			t.Fatal(err, ds, more)
		}
		defer book.Close()
		dir := filepath.Join(publish.Scratch(t), "out")
		publishTo(t, book, dir)
		return tree(t, dir)
	}
	want := build(w.content)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	compareTrees(t, want, build(w.content), 1)
	runtime.GOMAXPROCS(8)
	compareTrees(t, want, build(w.content), 2)

	local := time.Local
	defer func() { time.Local = local }()
	time.Local = time.FixedZone("far", 14*3600)
	compareTrees(t, want, build(backwards{w.content}), 3)
}
