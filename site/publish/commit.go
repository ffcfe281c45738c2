package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/zeebo/xxh3"

	"nutgraf/site/internal/par"
)

// commit publishes all that was created and reused, which must be exactly what m
// lists. Where that equals what is published, nothing is touched. On an error
// the published folder is as it was, and abort is still to be called.
//
// Nothing that was not made by nutgraf is lost: with a file in the published
// folder that is not in its manifest, or that would be replaced or removed and
// is no longer what was published, commit fails.
//
// The new files are on the disk before the exchange, and the folder that holds
// both trees after it: neither a build that dies nor a power failure can leave
// half a site. Where the system can't flush a whole tree at once, only the
// manifest is: flushing each file would take longer than the build. There, a
// file that a power failure emptied is mended by the next build.
func (f *folder) commit(m *Manifest) (Result, error) {
	if f.lock == nil {
		return Result{}, fmt.Errorf("%s: the build is over: %w", f.name, os.ErrClosed)
	}
	r, err := f.tally(m)
	if err != nil {
		return r, err
	}
	same := !f.published.IsZero() && r.Written == 0 && m.equal(f.prev)
	if same && !f.verify {
		return r, f.abort()
	}
	if r.Strays, err = f.strays(); err != nil {
		return r, err
	}
	if r.Changed, err = f.changed(); err != nil {
		return r, err
	}
	if err := f.lossError(&r); err != nil || same {
		return r, cmp.Or(err, f.abort())
	}
	if err := f.linkReused(); err != nil {
		return r, err
	}
	if err := f.writeManifest(m); err != nil {
		return r, err
	}
	if err := flush(f.staging); err != nil {
		return r, fmt.Errorf("what was built for %s can't be brought to the disk: %w", f.name, err)
	}
	if err := f.swap(); err != nil {
		return r, err
	}
	r.Swapped = true
	f.remove(f.staging)
	f.staging = ""
	return r, f.abort()
}

// tally counts what a manifest publishes and makes sure that the staging
// folder will hold just that.
func (f *folder) tally(m *Manifest) (Result, error) {
	if err := m.check(); err != nil {
		return Result{}, fmt.Errorf("%s can't be published: %w", f.name, err)
	}
	r := Result{Pages: len(m.entries), Written: int(f.written.Load())}
	for i := range f.prev.entries {
		_, goesOn := m.lookup(f.prev.entries[i].Path)
		switch {
		case f.reused[i].Load() && !goesOn:
			return r, fmt.Errorf("%s was kept, but is not to be published", f.prev.entries[i].Path)
		case f.reused[i].Load():
			r.Unchanged++
		case !goesOn:
			r.Removed++
		}
	}
	if r.Unchanged+r.Written != r.Pages {
		return r, fmt.Errorf("%s can't be published: %d files were made and %d are listed", f.name,
			r.Unchanged+r.Written, r.Pages)
	}
	return r, nil
}

// strays lists what lies in the published folder and is not in its manifest.
// No link is followed, and none is ever ours.
func (f *folder) strays() ([]string, error) {
	var found []string
	err := filepath.WalkDir(f.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(f.dir, name)
		if err != nil || rel == "." {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if f.prev.holdsBelow(rel) {
				return nil
			}
			found = append(found, rel+"/")
			return fs.SkipDir
		}
		_, ours := f.prev.lookup(rel)
		if !d.Type().IsRegular() || !ours && rel != ManifestName && !isLitter(d.Name()) {
			found = append(found, rel)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) && f.published.IsZero() {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", f.name, err)
	}
	return found, nil
}

// changed lists published files that don't go on and are not what was published.
// An empty one holds nothing that could be lost: a power failure leaves such.
func (f *folder) changed() ([]string, error) {
	differs := make([]bool, len(f.reused))
	err := par.Each(context.Background(), len(f.reused), func(i int) error {
		if f.reused[i].Load() {
			return nil
		}
		e := &f.prev.entries[i]
		err := f.untouched(e)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
			return nil // removed, or among the strays
		}
		if differs[i] = errors.Is(err, errChanged); !differs[i] {
			return err
		}
		info, err := os.Lstat(filepath.Join(f.dir, filepath.FromSlash(e.Path)))
		differs[i] = err == nil && info.Mode().IsRegular() && info.Size() > 0
		return nil
	})
	var found []string
	for i, d := range differs {
		if d {
			found = append(found, f.prev.entries[i].Path)
		}
	}
	return found, err
}

// lossError says what a build would lose, nil where that is nothing.
func (f *folder) lossError(r *Result) error {
	var strays, changed error
	if len(r.Strays) > 0 {
		strays = fmt.Errorf("%s holds what nutgraf did not put there, and a build would lose it: %s; "+
			"move it to static/, where it is published with the site, or remove it", f.name, firstOf(r.Strays))
	}
	if len(r.Changed) > 0 {
		changed = fmt.Errorf("in %s files were changed by others after they were published, and "+
			"a build would lose that: %s; "+
			"write the change into content/, templates/ or static/, then remove them, or all of "+
			"%s, and build again", f.name, firstOf(r.Changed), f.name)
	}
	return errors.Join(strays, changed)
}

// firstOf names the first of many paths.
func firstOf(paths []string) string {
	const most = 5
	named := strings.Join(paths[:min(most, len(paths))], ", ")
	if more := len(paths) - most; more > 0 {
		named += fmt.Sprintf(" and %d more", more)
	}
	return named
}

// linkReused brings the reused files into the staging folder.
func (f *folder) linkReused() error {
	return par.Each(context.Background(), len(f.reused), func(i int) error {
		if !f.reused[i].Load() {
			return nil
		}
		return f.link(&f.prev.entries[i])
	})
}

// link shares a published file, or copies it where that doesn't work. Plain
// names are safe: strays has seen that no link lies on the way.
func (f *folder) link(e *entry) error {
	if err := f.untouched(e); err != nil {
		return fmt.Errorf("%w: build again", err)
	}
	if err := f.mkdir(path.Dir(e.Path)); err != nil {
		return err
	}
	from := filepath.Join(f.dir, filepath.FromSlash(e.Path))
	if os.Link(from, f.staged(e.Path)) == nil {
		return nil
	}
	if err := f.copy(from, e); err != nil {
		return fmt.Errorf("%s can't be kept: %w", e.Path, err)
	}
	return nil
}

// copy copies a published file, its time included, and checks its sum.
func (f *folder) copy(from string, e *entry) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := f.open(e.Path)
	if err != nil {
		return err
	}
	h := xxh3.New()
	_, err = io.Copy(io.MultiWriter(out, h), in)
	if e := out.Close(); err == nil {
		err = e
	}
	if err == nil && h.Sum128().Bytes() != e.Sum {
		err = fmt.Errorf("it %w: remove it and build again", errChanged)
	}
	if err == nil {
		err = os.Chtimes(out.Name(), info.ModTime(), info.ModTime())
	}
	return err
}

// writeManifest comes last, so that a file that is newer was changed later.
func (f *folder) writeManifest(m *Manifest) error {
	out, err := f.open(ManifestName)
	if err != nil {
		return err
	}
	_, err = m.writeTo(out)
	if e := out.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("%s can't be written: %w", ManifestName, err)
	}
	return nil
}

// flushManifest is flush where a whole folder can't be flushed.
func flushManifest(dir string) error {
	out, err := os.OpenFile(filepath.Join(dir, ManifestName), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = out.Sync()
	return cmp.Or(err, out.Close())
}

// swap puts the staging folder in the place of the published one, which takes
// the name of the staging folder. It is one step where the system has it.
func (f *folder) swap() error {
	err := os.Chmod(f.staging, 0o755)
	if err == nil && exchange(f.staging, f.dir) != nil {
		err = f.rename()
	}
	if errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.EXDEV) {
		return fmt.Errorf("%s is a disk or a volume of its own, and no build can take its place: "+
			"name a folder within it with --out", f.name)
	}
	if err != nil {
		return fmt.Errorf("the new build can't take the place of %s: %w", f.name, err)
	}
	// The swap is done; that not every system can flush a folder is no fault.
	if parent, err := os.Open(filepath.Dir(f.dir)); err == nil {
		parent.Sync()
		parent.Close()
	}
	return nil
}

// rename is swap in three steps. If this program dies between the first two,
// the next openFolder puts the folder back.
func (f *folder) rename() error {
	old := f.beside("old-" + strings.TrimPrefix(f.staging, f.beside("new-")))
	err := os.Rename(f.dir, old)
	if errors.Is(err, fs.ErrNotExist) {
		return os.Rename(f.staging, f.dir)
	}
	if err != nil {
		return err
	}
	if err := os.Rename(f.staging, f.dir); err != nil {
		if back := os.Rename(old, f.dir); back != nil {
			return fmt.Errorf("%w; it now lies in %s, and the next build puts it back", err, old)
		}
		return err
	}
	if err := os.Rename(old, f.staging); err != nil {
		f.note("left-behind", fmt.Sprintf("%s is no longer needed and could not be removed: %v",
			old, err), "the next build removes it")
	}
	return nil
}
