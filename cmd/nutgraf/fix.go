package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"nutgraf/site"
	"nutgraf/site/check"
	"nutgraf/site/document"
)

// fix pins stale dates in the writer's files.
func (c *checkCmd) fix(ctx context.Context, a *app, roots *roots) error {
	s, _, err := site.Load(ctx, roots.options, nil)
	if err != nil {
		return err
	}
	defer s.Close()
	report, err := check.Site(ctx, s, nil, check.Options{Pin: true})
	if err != nil {
		return err
	}
	for _, p := range report.Pins {
		if !c.names(p.File) {
			continue
		}
		if err := rewrite(filepath.Join(c.Source, filepath.FromSlash(p.File)), p.Old, p.New); err != nil {
			return err
		}
		fmt.Fprintf(a.stderr, "%s: %s pinned\n", p.File, plural(p.Dates, "date"))
	}
	return nil
}

// rewrite puts other bytes in the place of a file's, whole or not at all, unless
// somebody changed it meanwhile. Its mode stays; where it is a link, the file
// that it leads to is meant.
func rewrite(name string, old, data []byte) error {
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	folder, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer folder.Close()
	now, err := fs.ReadFile(document.Folder(folder), filepath.Base(name))
	if err != nil {
		return err
	}
	if !bytes.Equal(now, old) {
		return fmt.Errorf("%s was changed while it was checked: run it again", name)
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+path.Base(filepath.ToSlash(name))+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // once it is renamed there is nothing to remove
	_, err = io.Copy(f, bytes.NewReader(data))
	if e := f.Chmod(info.Mode().Perm()); err == nil {
		err = e
	}
	if e := f.Sync(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
