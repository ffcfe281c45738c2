package kept

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"path"
	"sync"
	"time"

	"nutgraf/site/document"
	"nutgraf/site/internal/par"
)

// source is one file or folder as a build found it.
type source struct {
	look
	opened bool         // else nobody read it
	sum    document.Sum // of its bytes; zero where they were not read whole
}

// look is what the system says of a file without reading it.
type look struct {
	mode     fs.FileMode
	size     int64
	modified int64  // nanoseconds since 1970
	changed  int64  // likewise, be it its bytes or its rights; 0 where the system doesn't say
	inode    uint64 // 0 where there is none
}

// lookOf returns how a listed entry looks. Of a folder it is only that it is one; of a link, how
// what it leads to looks, as far as that is a file.
func lookOf(fsys fs.FS, name string, d fs.DirEntry) (look, fs.FileInfo, error) {
	if d.IsDir() {
		return look{mode: fs.ModeDir}, nil, nil
	}
	info, err := d.Info()
	if err != nil {
		return look{}, nil, err
	}
	l := look{mode: info.Mode()}
	if d.Type()&fs.ModeSymlink != 0 {
		to, err := fs.Stat(fsys, name)
		if err != nil {
			return l, info, nil
		}
		l.fill(to)
		l.mode = to.Mode() | fs.ModeSymlink
		return l, info, nil
	}
	l.fill(info)
	return l, info, nil
}

func (l *look) fill(info fs.FileInfo) {
	l.size, l.modified = info.Size(), info.ModTime().UnixNano()
	l.changed, l.inode = ofSystem(info)
}

// grain is how coarse the times of files may be: those of FAT are of two seconds.
const grain = 2 * time.Second

// settled reports whether a change after a moment would show in the times.
func (l *look) settled(began time.Time) bool {
	at := began.Add(-grain).UnixNano()
	return l.modified < at && l.changed < at
}

// errOther says that something is not as it was.
var errOther = errors.New("not as it was")

// compare returns errOther unless a folder holds what it held for a build that began then. Where
// the looks can't tell, bytes are: read is set, and the looks are those of now.
func (r *root) compare(ctx context.Context, fsys fs.FS, began time.Time, read *bool) error {
	if r.given != (fsys != nil) {
		return errOther
	}
	if fsys == nil {
		return nil
	}
	type doubt struct {
		name string
		now  look
		was  *source
	}
	var doubts []doubt
	seen := 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		if document.Ignored(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		was := r.files[name]
		if was == nil {
			return errOther
		}
		seen++
		now, _, err := lookOf(fsys, name, d)
		switch {
		case err != nil:
			return err
		case now.mode.Type() != was.mode.Type() || now.size != was.size:
			return errOther
		case d.IsDir() || !was.opened || now == was.look && was.settled(began):
			return nil
		case was.sum == document.Sum{}:
			return errOther
		}
		doubts = append(doubts, doubt{name, now, was})
		return nil
	})
	if err != nil || seen != len(r.files) {
		return errOther
	}
	*read = len(doubts) > 0
	var buffers sync.Pool // of *[]byte
	return par.Each(ctx, len(doubts), func(i int) error {
		d := doubts[i]
		buf, _ := buffers.Get().(*[]byte)
		if buf == nil {
			b := make([]byte, 64<<10)
			buf = &b
		}
		defer buffers.Put(buf)
		if sum, err := sumFile(fsys, d.name, *buf); err != nil || sum != d.was.sum {
			return errOther
		}
		d.was.look = d.now
		return nil
	})
}

// sumFile sums a file's bytes, by way of a buffer.
func sumFile(fsys fs.FS, name string, buf []byte) (document.Sum, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return document.Sum{}, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.CopyBuffer(h, struct{ io.Reader }{f}, buf)
	return sumOf(h), err
}

func sumOf(h hash.Hash) document.Sum { return document.Sum(h.Sum(nil)[:16]) }

// recorder is a folder that records what is listed and read of it. It is safe for concurrent use.
type recorder struct {
	fs.FS
	mu    sync.Mutex
	files map[string]*source
	torn  bool // something was not the same twice, or can't be recorded
}

func newRecorder(fsys fs.FS) *recorder { return &recorder{FS: fsys, files: map[string]*source{}} }

// result is all that was recorded. whole is false where that is not all that was read.
func (r *recorder) result() (files map[string]*source, whole bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.files, !r.torn
}

// Stat is that of the folder.
func (r *recorder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(r.FS, name) }

// ReadDir lists a folder and looks at each file, which whoever lists it does anyway.
func (r *recorder) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(r.FS, name)
	found := map[string]*source{}
	for i, d := range list {
		if document.Ignored(d.Name()) {
			continue
		}
		p := path.Join(name, d.Name())
		l, info, lost := lookOf(r.FS, p, d)
		if lost != nil {
			r.tear() // whoever asks for it is told
			continue
		}
		found[p] = &source{look: l}
		list[i] = entry{d, info}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.torn = r.torn || err != nil
	for p, s := range found {
		if before := r.files[p]; before == nil {
			r.files[p] = s
		} else {
			r.torn = r.torn || before.look != s.look
		}
	}
	return list, err
}

func (r *recorder) tear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.torn = true
}

// entry is one of a list, with what is known of it.
type entry struct {
	fs.DirEntry
	info fs.FileInfo
}

// Info returns what was seen when the folder was listed.
func (e entry) Info() (fs.FileInfo, error) {
	if e.info == nil { // a folder
		return e.DirEntry.Info()
	}
	return e.info, nil
}

// Open opens a file, whose bytes are summed while they are read, or a folder.
func (r *recorder) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.files[name]
	if err != nil || s == nil { // a file that no list has, or one that went
		r.torn = r.torn || err == nil && name != "." || s != nil
		return f, err
	}
	s.opened = true
	if s.sum != (document.Sum{}) || s.mode.IsDir() {
		return f, nil
	}
	info, err := f.Stat()
	if err != nil {
		r.torn = true
		return f, nil
	}
	return &file{File: f, of: r, name: name, size: info.Size(), hash: sha256.New()}, nil
}

// file is summed while it is read.
type file struct {
	fs.File
	of   *recorder
	name string
	size int64
	read int64
	hash hash.Hash
}

// Read reads from the file.
func (f *file) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.hash.Write(p[:n])
	f.read += int64(n)
	return n, err
}

// Close closes the file, and records its sum if it was read whole.
func (f *file) Close() error {
	if f.read == f.size {
		f.of.record(f.name, sumOf(f.hash), f.size)
	}
	return f.File.Close()
}

func (r *recorder) record(name string, sum document.Sum, size int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.files[name]
	if s.sum == (document.Sum{}) {
		s.sum = sum
	}
	r.torn = r.torn || s.sum != sum
}
