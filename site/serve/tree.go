package serve

import (
	"crypto/sha256"
	"io"
	"io/fs"
	"path"
	"time"

	"nutgraf/site/document"
)

// young is how long after its last change a file is compared by content: a
// file system's clock is coarse, and a second change may leave no trace in it.
const young = 2 * time.Second

// tree is what the writer's folders held when they were walked: by root and
// path, "content/explainers/x.md".
type tree struct {
	files map[string]file
	dirs  map[string]bool
}

// file is what distinguishes one state of a file from another.
type file struct {
	size       int64
	mode       fs.FileMode
	mtime      time.Time
	inode      uint64
	ctime      int64 // nanoseconds; 0 where the system has none
	young      bool  // when it was looked at
	sum        document.Sum
	summed     bool
	unreadable bool
}

// same reports whether nothing in a file's state but its age has changed.
func (f file) same(g file) bool {
	return f.size == g.size && f.mode == g.mode && f.mtime.Equal(g.mtime) && f.inode == g.inode &&
		f.ctime == g.ctime && f.unreadable == g.unreadable
}

// walk looks at every file of the folders. A file that looks as it did in before
// is not opened, unless it was young then.
func walk(roots map[string]fs.FS, before *tree, now time.Time) *tree {
	t := &tree{files: map[string]file{}, dirs: map[string]bool{}}
	for root, fsys := range roots {
		if fsys == nil {
			continue
		}
		// What can't be listed or read is reported by the load; here it is a state like any other.
		fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
			name := path.Join(root, p)
			if err != nil {
				t.files[name] = file{unreadable: true}
				return fs.SkipDir
			}
			if p != "." && document.Ignored(d.Name()) {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.IsDir() {
				t.dirs[name] = true
				return nil
			}
			t.files[name] = look(fsys, p, d, before.files[name], now)
			return nil
		})
	}
	return t
}

func look(fsys fs.FS, p string, d fs.DirEntry, before file, now time.Time) file {
	info, err := d.Info()
	if err == nil && d.Type()&fs.ModeSymlink != 0 {
		info, err = fs.Stat(fsys, p)
	}
	if err != nil {
		return file{unreadable: true}
	}
	f := file{size: info.Size(), mode: info.Mode(), mtime: info.ModTime()}
	f.inode, f.ctime = identity(info)
	age := now.Sub(f.mtime)
	if f.ctime != 0 {
		age = min(age, now.Sub(time.Unix(0, f.ctime)))
	}
	f.young = age < young
	if f.same(before) && !before.young {
		f.sum, f.summed = before.sum, before.summed
		return f
	}
	if f.mode.IsRegular() && (f.young || before.summed) {
		f.sum, f.summed = sumOf(fsys, p)
	}
	return f
}

func sumOf(fsys fs.FS, p string) (document.Sum, bool) {
	in, err := fsys.Open(p)
	if err != nil {
		return document.Sum{}, false
	}
	defer in.Close()
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return document.Sum{}, false
	}
	return document.Sum(h.Sum(nil)[:16]), true
}

// equal reports whether two trees have the same files with the same bytes, as
// far as can be seen without reading all of them.
func (t *tree) equal(u *tree) bool {
	if len(t.files) != len(u.files) {
		return false
	}
	for name, f := range t.files {
		g, ok := u.files[name]
		if !ok {
			return false
		}
		if !f.equal(g) {
			return false
		}
	}
	return true
}

// equal reports whether two states of a file have the same bytes.
func (f file) equal(g file) bool {
	if f.summed && g.summed {
		return f.sum == g.sum && f.mode == g.mode
	}
	return f.same(g)
}

// still reports whether nothing was touched between two walks, not even to be
// what it had been: a load in between may have read something else.
func (t *tree) still(u *tree) bool {
	for name, f := range t.files {
		if g, ok := u.files[name]; !ok || !f.same(g) {
			return false
		}
	}
	return t.equal(u)
}
