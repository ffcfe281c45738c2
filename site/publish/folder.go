// Package publish puts a book where readers get it: whole or not at all, and
// with work in proportion to the change.
package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/zeebo/xxh3"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// folder is a published folder and the staging folder beside it, in which its
// successor grows. create and reuse are safe for concurrent use; all else is
// for one goroutine.
//
// Beside a folder public, .public.lock shows a build at work,
// .public.new-<digits> is a staging folder or waste, never to be trusted, and
// .public.old-<digits> is the published folder, whole, while it is exchanged.
type folder struct {
	name    string // as the caller gave it, for messages
	dir     string // absolute, links resolved
	staging string
	lock    *lock
	notes   []diag.Diagnostic // such as that it was put back after a build died

	prev      *Manifest     // of what is published; empty, not nil, where nothing is
	published time.Time     // when prev was written
	reused    []atomic.Bool // which entries of prev are published again
	written   atomic.Int64  // files in the staging folder

	chmod   bool    // the umask takes bits away that we owe
	verify  bool    // published files are read, whatever their times say
	dirs    *dirSet // those made in the staging folder
	buffers sync.Pool
}

// errLocked says that another build holds the lock.
var errLocked = errors.New("locked by another build")

// Result is what publishing did.
type Result struct {
	Pages     int  // files that are published now, without the manifest
	Written   int  // of them, those with other bytes than before
	Unchanged int  // the others
	Removed   int  // files that were published before and are no more
	Swapped   bool // false: nothing changed, so nothing was touched
	// Strays are slash paths in the published folder that nutgraf didn't make;
	// of a folder that is none of ours, only its own path with a slash behind
	// it. Changed are those of files that would be replaced or removed, and are
	// not what was published. With any of them nothing is published.
	Strays, Changed []string
	// Standing is what the folder holds now; nil where something was reported that depends on
	// what it held before.
	Standing *Standing
}

// openFolder prepares a build into dir: it locks it, puts right what a build that
// died may have left, and makes the staging folder, beside dir and so on the
// same disk. dir must be missing, empty or published by nutgraf. Where dir is
// a symbolic link, the folder that it leads to is meant; the link stays. A
// folder must be ended by commit or abort.
func openFolder(dir string) (*folder, error) {
	f := &folder{name: dir, dirs: newDirSet()}
	var err error
	if f.dir, err = resolve(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(f.dir), 0o755); err != nil {
		return nil, fmt.Errorf("the folder that %s shall lie in can't be made: %w", dir, err)
	}
	f.lock, err = takeLock(f.beside("lock"))
	if errors.Is(err, errLocked) {
		return nil, fmt.Errorf("another build is writing to %s: wait until it is done, or end it", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("a build of %s is made beside it, and nothing can be written there: %w", dir, err)
	}
	if err := f.prepare(); err != nil {
		f.abort()
		return nil, err
	}
	return f, nil
}

// resolve returns the absolute path of the folder that dir means.
func resolve(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("%s: %w", dir, err)
	}
	info, err := os.Lstat(abs)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if abs, err = filepath.EvalSymlinks(abs); err != nil {
			return "", fmt.Errorf("%s is a link that leads nowhere: remove it, or name another folder with --out", dir)
		}
		info, err = os.Stat(abs)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s can't be looked at: %w", dir, err)
	}
	if err == nil && !info.IsDir() {
		return "", fmt.Errorf("%s is no folder: name another one with --out", dir)
	}
	if filepath.Dir(abs) == abs {
		return "", fmt.Errorf("%s is the top of a disk, which can't be exchanged: name a folder on it with --out", dir)
	}
	return abs, nil
}

// beside names what we put next to the folder.
func (f *folder) beside(what string) string {
	return filepath.Join(filepath.Dir(f.dir), "."+filepath.Base(f.dir)+"."+what)
}

// prepare is the part of openFolder that needs the lock.
func (f *folder) prepare() error {
	if err := f.recover(); err != nil {
		return err
	}
	if err := f.readPrevious(); err != nil {
		return err
	}
	if err := f.clean(); err != nil {
		return err
	}
	var err error
	if f.staging, err = os.MkdirTemp(filepath.Dir(f.dir), filepath.Base(f.beside("new-*"))); err != nil {
		return fmt.Errorf("no folder can be made beside %s to build in: %w", f.name, err)
	}
	// Whether the umask matters shows on a folder, made as all are.
	probe := filepath.Join(f.staging, "probe")
	if err := os.Mkdir(probe, 0o755); err != nil {
		return err
	}
	info, err := os.Lstat(probe)
	if err != nil {
		return err
	}
	f.chmod = info.Mode().Perm()&0o755 != 0o755
	return os.Remove(probe)
}

// leftovers returns the digits of the folders beside ours that a build left
// there: kind is "old" or "new".
func (f *folder) leftovers(kind string) ([]string, error) {
	list, err := os.ReadDir(filepath.Dir(f.dir))
	if err != nil {
		return nil, fmt.Errorf("the folder that %s lies in can't be read: %w", f.name, err)
	}
	var found []string
	for _, d := range list {
		digits, ok := strings.CutPrefix(d.Name(), filepath.Base(f.beside(kind+"-")))
		if ok && digits != "" && strings.Trim(digits, "0123456789") == "" && d.IsDir() {
			found = append(found, digits)
		}
	}
	return found, nil
}

// recover puts the folder back that a build was exchanging when it died.
func (f *folder) recover() error {
	olds, err := f.leftovers("old")
	if err != nil || len(olds) == 0 {
		return err
	}
	if len(olds) > 1 {
		return fmt.Errorf("%s was moved away more than once by builds that died: remove all but one of %s",
			f.name, f.beside("old-{"+strings.Join(olds, ",")+"}"))
	}
	if f.refuseOthers() != nil {
		return nil // the folder is there, and readPrevious judges it
	}
	old := f.beside("old-" + olds[0])
	err = os.RemoveAll(f.dir) // it was missing, or was made again and is empty
	if err == nil {
		err = os.Rename(old, f.dir)
	}
	if err != nil {
		return fmt.Errorf("%s is missing because a build died, and %s can't be put back in its "+
			"place: %w", f.name, old, err)
	}
	f.note("folder-recovered", f.name+" was put back as it was: the build before this one died "+
		"while it exchanged the folder", "")
	return nil
}

// clean removes what builds that died left behind. It runs when the folder is
// known to be there, so an old one is waste too. It is renamed before it is
// removed: what is called old is always whole.
func (f *folder) clean() error {
	olds, err := f.leftovers("old")
	if err != nil {
		return err
	}
	for _, digits := range olds {
		if err := os.Rename(f.beside("old-"+digits), f.beside("new-"+digits)); err != nil {
			return fmt.Errorf("what a build that died left beside %s can't be removed: %w", f.name, err)
		}
	}
	news, err := f.leftovers("new")
	for _, digits := range news {
		f.remove(f.beside("new-" + digits))
	}
	return err
}

// remove removes a waste folder. That it fails is worth a note, no more.
func (f *folder) remove(dir string) {
	if err := os.RemoveAll(dir); err != nil {
		f.note("left-behind", fmt.Sprintf("%s is no longer needed and could not be removed: %v",
			dir, err), "remove it by hand")
	}
}

func (f *folder) note(rule, message, hint string) {
	f.notes = append(f.notes, diag.Diagnostic{Severity: diag.Note, Rule: rule, Message: message, Hint: hint})
}

// readPrevious reads the manifest of what is published, or refuses a folder
// that is not ours.
func (f *folder) readPrevious() error {
	f.prev = newManifest(nil, nil)
	name := filepath.Join(f.dir, ManifestName)
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return f.refuseOthers()
	}
	if err != nil {
		return fmt.Errorf("%s can't be looked at: %w", name, err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no file, so nutgraf did not make %s: name another folder with --out", name, f.name)
	}
	in, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("%s can't be read: %w", name, err)
	}
	defer in.Close()
	m, err := ReadManifest(in)
	bad := (*ManifestError)(nil)
	if errors.As(err, &bad) && bad.Version > manifestVersion {
		return fmt.Errorf("%s %w: build with the newer nutgraf, or name another folder with --out", name, bad)
	}
	if errors.As(err, &bad) {
		return fmt.Errorf("%s %w: without it nutgraf can't tell its own files in there from yours; "+
			"name another folder with --out, or remove this one", name, bad)
	}
	if err != nil {
		return fmt.Errorf("%s can't be read: %w", name, err)
	}
	f.prev, f.published, f.reused = m, info.ModTime(), make([]atomic.Bool, len(m.entries))
	return nil
}

// refuseOthers refuses a folder without a manifest, unless it is empty.
func (f *folder) refuseOthers() error {
	list, err := os.ReadDir(f.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s can't be read: %w", f.name, err)
	}
	for _, d := range list {
		if !isLitter(d.Name()) {
			return fmt.Errorf("%s holds files that nutgraf did not make (first: %s): name "+
				"another folder with --out, or empty it", f.name, d.Name())
		}
	}
	return nil
}

// isLitter reports the files that file managers scatter by themselves, which
// are nobody's work.
func isLitter(name string) bool {
	return name == ".DS_Store" || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// reuse takes a file over from what is published: with commit it becomes a hard
// link, or a copy where links don't work. Until then nothing is done, so what
// changes nothing costs next to nothing. The error says why it can't be: it is
// not in the manifest, or it was changed since. Then it must be created.
func (f *folder) reuse(path string) error {
	i, ok := f.prev.find(path)
	if !ok {
		return fmt.Errorf("%s was not published before", path)
	}
	if err := f.untouched(&f.prev.entries[i]); err != nil {
		return err
	}
	f.reused[i].Store(true)
	return nil
}

// reuseSame reuses a file if it was published with these very bytes.
func (f *folder) reuseSame(path string, sum document.Sum, size int64) bool {
	e, ok := f.prev.lookup(path)
	return ok && e.Sum == sum && e.Size == size && f.reuse(path) == nil
}

// untouched returns an error unless a published file is what the manifest says.
// One with the right size that is no newer than the manifest is believed unread:
// the rare change that keeps both is found with verify. A copy of a published
// folder has new times, and is read.
func (f *folder) untouched(e *entry) error {
	local, err := filepath.Localize(e.Path)
	if err != nil {
		return fmt.Errorf("%q can't be the name of a file on this system", e.Path)
	}
	name := filepath.Join(f.dir, local)
	info, err := os.Lstat(name)
	if err != nil {
		return fmt.Errorf("%s can't be kept: %w", e.Path, err)
	}
	if !info.Mode().IsRegular() || info.Size() != e.Size {
		return fmt.Errorf("%s %w", e.Path, errChanged)
	}
	if !f.verify && !info.ModTime().After(f.published) {
		return nil
	}
	sum, err := sumFile(name)
	if err == nil && sum != e.Sum {
		err = errChanged
	}
	if err != nil {
		return fmt.Errorf("%s %w", e.Path, err)
	}
	return nil
}

// errChanged says of a published file that its bytes are not the manifest's.
var errChanged = errors.New("was changed by others after it was published")

// sumFile sums a file's bytes. Where it has become a pipe, nothing waits for it.
func sumFile(name string) (sum document.Sum, err error) {
	in, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return sum, err
	}
	defer in.Close()
	h := xxh3.New()
	_, err = io.Copy(h, in)
	return h.Sum128().Bytes(), err
}

// abort removes the staging folder and gives the lock back. The published
// folder stays as it is. After commit succeeded, or after abort, it does
// nothing.
func (f *folder) abort() error {
	if f.lock == nil {
		return nil
	}
	var err error
	if f.staging != "" {
		if err = os.RemoveAll(f.staging); err != nil {
			err = fmt.Errorf("the staging folder of %s can't be removed: %w", f.name, err)
		}
		f.staging = ""
	}
	if e := f.lock.release(); err == nil {
		err = e
	}
	f.lock = nil
	return err
}
