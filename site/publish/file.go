package publish

import (
	"fmt"
	"hash/maphash"
	"os"
	"path"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/zeebo/xxh3"

	"nutgraf/site/document"
)

// fileBuffer is how much of a file is held in memory before the disk is asked, in bytes.
const fileBuffer = 64 << 10

// stagedFile is one file on its way into the staging folder. It is buffered and
// summed while it is written. It is not safe for concurrent use.
type stagedFile struct {
	folder *folder
	path   string // slash path
	buf    *[]byte
	out    *os.File     // opened when the buffer overflows or the file is closed
	hash   *xxh3.Hasher // of what is on the disk, nil while nothing is
	size   int64        // of what was written, whole once the file is closed
	sum    document.Sum // likewise
	err    error        // the first that writing met
}

// create begins the file at a slash path below the folder. The path is checked
// at once; the disk is asked when the buffer is full, or in Close. Each path
// may be created or reused once. It is safe for concurrent use.
func (f *folder) create(path string) (*stagedFile, error) {
	if err := checkPath(path); err != nil {
		return nil, err
	}
	if path == ManifestName {
		return nil, fmt.Errorf("%s is the name of nutgraf's own list of files", path)
	}
	if _, err := filepath.Localize(path); err != nil {
		return nil, fmt.Errorf("%q can't be the name of a file on this system", path)
	}
	buf, ok := f.buffers.Get().(*[]byte)
	if !ok {
		b := make([]byte, 0, fileBuffer)
		buf = &b
	}
	return &stagedFile{folder: f, path: path, buf: buf}, nil
}

// Write appends p to the file.
func (w *stagedFile) Write(p []byte) (int, error) {
	if w.buf == nil {
		return 0, fmt.Errorf("%s: %w", w.path, os.ErrClosed)
	}
	if len(*w.buf)+len(p) > cap(*w.buf) {
		w.flush(*w.buf)
		*w.buf = (*w.buf)[:0]
	}
	if len(p) > cap(*w.buf) {
		w.flush(p)
	} else {
		*w.buf = append(*w.buf, p...)
	}
	if w.err != nil {
		return 0, w.err
	}
	return len(p), nil
}

// flush sums b and writes it to the disk.
func (w *stagedFile) flush(b []byte) {
	if w.hash == nil {
		w.hash = xxh3.New()
	}
	w.hash.Write(b)
	w.size += int64(len(b))
	w.store(b)
}

// store writes b to the disk.
func (w *stagedFile) store(b []byte) {
	if w.out == nil && w.err == nil {
		w.out, w.err = w.folder.open(w.path)
	}
	if w.err == nil {
		_, w.err = w.out.Write(b)
	}
}

// Close finishes the file. Where its bytes are those that were published
// before, the published file is reused instead. Closing again does nothing.
func (w *stagedFile) Close() error {
	if w.buf == nil {
		return w.err
	}
	rest := *w.buf
	if w.size += int64(len(rest)); w.hash == nil {
		w.sum = xxh3.Hash128(rest).Bytes()
	} else {
		w.hash.Write(rest)
		w.sum = w.hash.Sum128().Bytes()
	}
	reused := w.err == nil && w.folder.reuseSame(w.path, w.sum, w.size)
	if !reused {
		w.store(rest)
	}
	*w.buf = rest[:0]
	w.folder.buffers.Put(w.buf)
	w.buf = nil
	w.finish(reused)
	return w.err
}

// finish closes what is on the disk, and takes it back where it is not needed.
func (w *stagedFile) finish(reused bool) {
	if w.out != nil {
		if err := w.out.Close(); w.err == nil {
			w.err = err
		}
		if reused && w.err == nil {
			w.err = os.Remove(w.out.Name())
		}
	}
	if !reused && w.err == nil {
		w.folder.written.Add(1)
	}
}

// open makes a file, and the folders above it, in the staging folder. Plain
// names are safe there: the folder is new and ours alone, so it holds no link
// that could lead out of it, and the path can't either.
func (f *folder) open(p string) (*os.File, error) {
	if err := f.mkdir(path.Dir(p)); err != nil {
		return nil, err
	}
	// Where it is asked not to block, the runtime does not ask four times.
	out, err := os.OpenFile(f.staged(p), os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NONBLOCK, 0o644)
	if err != nil {
		return nil, fmt.Errorf("%s can't be written: %w", p, err)
	}
	if f.chmod {
		if err := out.Chmod(0o644); err != nil {
			out.Close()
			return nil, fmt.Errorf("%s can't be written: %w", p, err)
		}
	}
	return out, nil
}

// dirSet are folders that were made: their hashes, because names that live on
// amid what pages throw away would keep the memory around them. Two folders of
// one hash, which a thousand million builds may see once, fail that build.
type dirSet struct {
	mu   sync.RWMutex
	seed maphash.Seed
	made map[uint64]struct{}
}

func newDirSet() *dirSet { return &dirSet{seed: maphash.MakeSeed(), made: map[uint64]struct{}{}} }

func (s *dirSet) has(dir string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, ok := s.made[maphash.String(s.seed, dir)]
	return ok
}

func (s *dirSet) add(dir string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made[maphash.String(s.seed, dir)] = struct{}{}
}

// mkdir makes a folder and those above it. One that is known to be there costs
// no system call.
func (f *folder) mkdir(dir string) error {
	if dir == "." || f.dirs.has(dir) {
		return nil
	}
	if err := f.mkdir(path.Dir(dir)); err != nil {
		return err
	}
	name := f.staged(dir)
	err := os.Mkdir(name, 0o755)
	if err != nil && !os.IsExist(err) {
		return fmt.Errorf("folder %s can't be made: %w", dir, err)
	}
	if f.chmod {
		if err := os.Chmod(name, 0o755); err != nil {
			return fmt.Errorf("folder %s can't be made: %w", dir, err)
		}
	}
	f.dirs.add(dir)
	return nil
}

func (f *folder) staged(p string) string { return filepath.Join(f.staging, filepath.FromSlash(p)) }
