package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// fixer makes the fixes of diagnostics, file by file.
type fixer struct {
	*checkCmd
	a       *app
	site    *site.Site
	started time.Time // before the site was read
	answers *bufio.Reader
	all     bool // nobody is asked any more
	files   map[string]*fixedFile
}

// fixedFile is a file and what was decided to change in it.
type fixedFile struct {
	data  []byte
	fixes int
	edits []diag.Edit
}

// fix shows each change that a program can make for what was found, asks where there is
// somebody to ask, and writes those that are wanted: of each file all at once, or none. done says
// what was written.
func (c *checkCmd) fix(a *app, found *findings, started time.Time) (done string, err error) {
	f := fixer{checkCmd: c, a: a, site: found.site, started: started, all: c.Yes || !a.asks,
		files: map[string]*fixedFile{}}
	if !f.all {
		f.answers = bufio.NewReader(os.Stdin)
		signal.Reset(os.Interrupt, syscall.SIGTERM) // while nothing is written yet, Ctrl+C ends the program at once
	}
	for i := range found.diags {
		more, err := f.offer(&found.diags[i])
		if err != nil {
			return "", err
		}
		if !more {
			break
		}
	}
	return f.write(), nil
}

// offer shows a fix and takes it down, if there is one and it is wanted. more is false where no
// other one is to be offered.
func (f *fixer) offer(d *diag.Diagnostic) (more bool, err error) {
	if len(d.Fix) == 0 || !f.names(d.Fix[0].At.File) {
		return true, nil
	}
	name := d.Fix[0].At.File
	file := f.files[name]
	if file == nil {
		file = &fixedFile{data: f.site.FileData(name)}
		f.files[name] = file
	}
	edits := diag.Located(d.Fix, file.data)
	switch {
	case edits == nil || contains(file.edits, edits):
		return true, nil // it can't be made, or is
	case diag.Overlap(file.edits, edits):
		fmt.Fprintf(f.a.stderr, "%s: another fix changes the same place; for this one, run it again: %s\n",
			name, d.Message)
		return true, nil
	}
	p := f.printer(f.a, f.site.FileData)
	if err := p.PrintFix(f.a.stderr, d, file.data, edits); err != nil {
		return false, err
	}
	wanted, more := true, true
	if !f.all {
		if wanted, more, err = f.ask(); err != nil {
			return false, err
		}
	}
	if wanted {
		file.edits = append(file.edits, edits...)
		file.fixes++
	}
	return more, nil
}

// contains reports whether all of some edits are among others.
func contains(all, some []diag.Edit) bool {
	return !slices.ContainsFunc(some, func(e diag.Edit) bool { return !slices.Contains(all, e) })
}

// ask asks whether a fix is wanted, and whether others are to be offered.
func (f *fixer) ask() (wanted, more bool, err error) {
	for {
		fmt.Fprint(f.a.stderr, "Write this? y(es), n(o), a(ll), q(uit): ")
		line, err := f.answers.ReadString('\n')
		switch strings.ToLower(strings.TrimSpace(line)) {
		case "y", "yes":
			return true, true, nil
		case "n", "no":
			return false, true, nil
		case "a", "all":
			f.all = true
			return true, true, nil
		case "q", "quit":
			return false, false, nil
		}
		if err == io.EOF {
			fmt.Fprintln(f.a.stderr)
			return false, false, nil
		}
		if err != nil {
			return false, false, err
		}
	}
}

// write writes the files, and says what it wrote.
func (f *fixer) write() string {
	fixes, files := 0, 0
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		file := f.files[name]
		if len(file.edits) == 0 {
			continue
		}
		if err := f.rewrite(name, file); err != nil {
			fmt.Fprintf(f.a.stderr, "%s is left as it is: %v\n", name, err)
			continue
		}
		fixes, files = fixes+file.fixes, files+1
	}
	if fixes == 0 {
		return "nothing was changed"
	}
	return fmt.Sprintf("%s in %s", plural(fixes, "fix"), plural(files, "file"))
}

// left says what is still to be done once fixes were made.
func (c *checkCmd) left(f *findings) string {
	fixes, others := 0, 0
	for _, d := range c.chosen(f.diags) {
		if len(d.Fix) > 0 && diag.Located(d.Fix, f.site.FileData(d.Fix[0].At.File)) != nil {
			fixes++
		} else {
			others++
		}
	}
	text := fmt.Sprintf("; %d messages need you", others)
	switch others {
	case 0:
		text = "; no other message is left"
	case 1:
		text = "; 1 message needs you"
	}
	if fixes > 0 {
		text = fmt.Sprintf("; %s can be made", plural(fixes, "more fix")) + text
	}
	return text
}

// rewrite changes a file, whole or not at all, unless somebody else changed it meanwhile. Its
// mode and, where the system lets us, its owner stay; where it is a link, what it leads to is
// changed: none is read that leads out of its folder.
func (f *fixer) rewrite(name string, file *fixedFile) error {
	real, info, err := f.writable(name)
	if err != nil {
		return err
	}
	folder, err := os.OpenRoot(filepath.Dir(real))
	if err != nil {
		return rootCause(err)
	}
	defer folder.Close()
	now, err := fs.ReadFile(document.Folder(folder), filepath.Base(real))
	if err != nil {
		return rootCause(err)
	}
	if info.ModTime().After(f.started) || !bytes.Equal(now, file.data) {
		return errors.New("it was changed meanwhile; run it again")
	}
	return replaceFile(real, info, diag.Apply(file.data, file.edits))
}

// writable is the file that a name leads to, if that may be written.
func (f *fixer) writable(name string) (real string, info fs.FileInfo, err error) {
	if real, err = filepath.EvalSymlinks(filepath.Join(f.Source, filepath.FromSlash(name))); err != nil {
		return "", nil, rootCause(err)
	}
	if info, err = os.Stat(real); err != nil {
		return "", nil, rootCause(err)
	}
	w, err := os.OpenFile(real, os.O_WRONLY, 0)
	if err == nil {
		err = w.Close()
	}
	if err != nil || info.Mode().Perm()&0o222 == 0 { // which stops no administrator
		return "", nil, errors.New("it is read-only")
	}
	return real, info, nil
}

// replaceFile puts a file with other bytes in the place of one.
func replaceFile(name string, info fs.FileInfo, data []byte) error {
	t, err := os.CreateTemp(filepath.Dir(name), "."+path.Base(filepath.ToSlash(name))+".*")
	if err != nil {
		return rootCause(err)
	}
	defer os.Remove(t.Name()) // once it is renamed there is nothing to remove
	keepOwner(t, info)
	_, err = t.Write(data)
	for _, step := range []func() error{
		func() error { return t.Chmod(info.Mode().Perm()) }, t.Sync, t.Close,
	} {
		if e := step(); err == nil {
			err = e
		}
	}
	if err == nil {
		err = os.Rename(t.Name(), name)
	}
	return err
}
