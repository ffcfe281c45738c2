package serve

import (
	"context"
	"io/fs"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// mostNamed is how many files are looked at by name; where more changed at once,
// all are walked.
const mostNamed = 16

// amend looks at the files that events named, and at nothing else, and brings
// what is shown up to date with them where only texts changed: a save is on the
// screen before the folders are walked. It reports whether what is shown is
// what those files say now.
func (o *owner) amend(ctx context.Context) bool {
	for range rounds {
		now := o.s.now.Load()
		if o.blind || o.tree == nil || len(o.named) > mostNamed || now == nil ||
			now.edition == nil || now.edition.Site() != o.last {
			return false
		}
		start := time.Now()
		changed, ok := o.changed(now.edition, start)
		if !ok {
			return false
		}
		if len(changed) == 0 {
			clear(o.named)
			return true
		}
		if !o.rewritten(ctx, now, changed, start) {
			return false
		}
	}
	return false // it is written faster than it can be read
}

// rewritten brings what is shown up to date with files that changed.
func (o *owner) rewritten(ctx context.Context, now *snapshot, changed map[string]file, start time.Time) bool {
	options, folders, err := o.s.o.Open()
	if err != nil {
		return false
	}
	folders.Close()
	now.interrupt()
	ds, ok, err := o.rewrite(ctx, now.edition, options.Now, slices.Sorted(maps.Keys(changed)))
	if err != nil {
		// What is shown is neither old nor new: all of it must be loaded.
		o.last, o.tree = nil, nil
		o.failed(err)
		return false
	}
	if !ok {
		return false
	}
	for name, f := range changed {
		if again, err := lookAgain(now.edition, name, f); err != nil || !again.same(f) {
			f = file{} // written meanwhile: nobody knows what was read
		}
		o.tree.files[name] = f
	}
	o.amended(now, ds, changed, time.Since(start))
	return true
}

func lookAgain(e *edition, name string, before file) (file, error) {
	root, p, _ := strings.Cut(name, "/")
	info, err := fs.Lstat(e.roots[root], p)
	if err != nil {
		return file{}, err
	}
	return look(e.roots[root], p, fs.FileInfoToDirEntry(info), before, time.Now()), nil
}

// changed are the files that events named, and that are not as they were. ok is
// false where one came or went, or is something else than a file.
func (o *owner) changed(e *edition, now time.Time) (changed map[string]file, ok bool) {
	changed = map[string]file{}
	for path := range o.named {
		name, fsys := o.inRoot(e, path)
		if name == "" {
			continue // beside the folders
		}
		before, there := o.tree.files[name]
		_, p, inside := strings.Cut(name, "/")
		if !inside || fsys == nil {
			return nil, false
		}
		info, err := fs.Lstat(fsys, p)
		switch {
		case err != nil && !there && !o.tree.dirs[name]:
			continue // it came and went
		case err != nil || !there || !info.Mode().IsRegular():
			return nil, false
		}
		if f := look(fsys, p, fs.FileInfoToDirEntry(info), before, now); !f.equal(before) {
			changed[name] = f
		}
	}
	return changed, !o.shared(changed)
}

// shared reports whether a file that changed has another name in the folders, of
// which no event reports: a link.
func (o *owner) shared(changed map[string]file) bool {
	inodes := map[uint64]bool{}
	for name := range changed {
		inodes[o.tree.files[name].inode] = true
	}
	delete(inodes, 0) // where the system has none
	if len(inodes) == 0 {
		return false
	}
	for name, f := range o.tree.files {
		if _, itself := changed[name]; !itself && inodes[f.inode] {
			return true
		}
	}
	return false
}

// inRoot is the name in the tree of a path on disk, "" where it lies beside the
// roots, and the root.
func (o *owner) inRoot(e *edition, path string) (name string, fsys fs.FS) {
	for root, dir := range o.s.o.Dirs {
		if path == dir {
			return root, nil
		}
		if rest, ok := strings.CutPrefix(path, dir+string(filepath.Separator)); ok {
			return root + "/" + filepath.ToSlash(rest), e.roots[root]
		}
	}
	return "", nil
}

// rewrite amends the site and its book while nobody reads them.
func (o *owner) rewrite(ctx context.Context, e *edition, now time.Time,
	changed []string) ([]diag.Diagnostic, bool, error) {
	e.reading.Lock()
	defer e.reading.Unlock()
	e.closePlain()
	c, ds, ok, err := o.last.Amend(ctx, now, changed)
	if !ok || err != nil {
		return nil, false, err
	}
	more, ok, err := e.Book.Amend(c)
	if err == nil && !ok {
		e.Book.Close()
		e.Book, more, err = pages.New(ctx, o.last, pages.Options{Lazy: true})
	}
	return diag.Sort(slices.Concat(ds, more)), true, err
}

// amended notifies of an edition that was amended.
func (o *owner) amended(before *snapshot, ds []diag.Diagnostic, changed map[string]file, elapsed time.Duration) {
	now := &snapshot{edition: before.edition, fails: diag.Count(ds, diag.Error) > 0, diags: ds, facts: before.facts}
	concerns := func(d diag.Diagnostic) bool { _, there := changed[d.At.File]; return there }
	if slices.ContainsFunc(ds, concerns) || !reflect.DeepEqual(ds, before.diags) {
		now.facts = (&diag.Printer{Read: o.last.FileData}).Facts(ds)
	}
	o.publish(now)
	if o.s.o.Loaded != nil {
		o.s.o.Loaded(o.last, ds, elapsed)
	}
}
