package main

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"nutgraf/site/diag"
)

// movedFolder is content/ as it will be once a move is made.
type movedFolder struct {
	fs.FS
	renames [][2]string       // from, to
	data    map[string][]byte // of files that change, by the name that they have so far
}

// after is content/ once the move is made.
func (m *move) after() fs.FS {
	f := movedFolder{FS: m.roots.options.Content, data: map[string][]byte{}}
	for _, r := range m.renames() {
		f.renames = append(f.renames, [2]string{inContent(r[0]), inContent(r[1])})
	}
	for file, edits := range m.plan.Edits {
		f.data[inContent(file)] = diag.Apply(m.site.FileData(file), edits)
	}
	return f
}

// before is what a file is called so far.
func (f movedFolder) before(op, name string) (string, error) {
	for _, r := range f.renames {
		if rest, ok := strings.CutPrefix(name, r[1]); ok && (rest == "" || rest[0] == '/') {
			return r[0] + rest, nil
		}
		if rest, ok := strings.CutPrefix(name, r[0]); ok && (rest == "" || rest[0] == '/') {
			return "", &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
		}
	}
	return name, nil
}

// Open opens a file or a folder by the name that it will have.
func (f movedFolder) Open(name string) (fs.File, error) {
	before, err := f.before("open", name)
	if err != nil {
		return nil, err
	}
	file, err := f.FS.Open(before)
	data, changed := f.data[before]
	if err != nil || !changed {
		return file, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return &changedFile{bytes.NewReader(data), f.changed(info, before, path.Base(name))}, nil
}

// Stat is that of the file by the name that it will have.
func (f movedFolder) Stat(name string) (fs.FileInfo, error) {
	before, err := f.before("stat", name)
	if err != nil {
		return nil, err
	}
	info, err := fs.Stat(f.FS, before)
	if err != nil {
		return nil, err
	}
	return f.changed(info, before, path.Base(name)), nil
}

// ReadDir lists a folder, by the names that there will be.
func (f movedFolder) ReadDir(name string) ([]fs.DirEntry, error) {
	before, err := f.before("open", name)
	if err != nil {
		return nil, err
	}
	list, err := fs.ReadDir(f.FS, before)
	for i, e := range list {
		was := path.Join(before, e.Name())
		is := e.Name()
		for _, r := range f.renames {
			if r[0] == was {
				is = path.Base(r[1])
			}
		}
		list[i] = changedEntry{e, f, was, is}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}

// changed is what is said of a file that lies at before, and is called name afterwards.
func (f movedFolder) changed(info fs.FileInfo, before, name string) fs.FileInfo {
	size := info.Size()
	if data, ok := f.data[before]; ok {
		size = int64(len(data))
	}
	return changedInfo{info, name, size}
}

// changedFile is a file with other bytes.
type changedFile struct {
	io.Reader
	info fs.FileInfo
}

func (f *changedFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *changedFile) Close() error               { return nil }

// changedInfo is what is said of a file with another name, or other bytes.
type changedInfo struct {
	fs.FileInfo
	name string
	size int64
}

func (i changedInfo) Name() string { return i.name }
func (i changedInfo) Size() int64  { return i.size }

// changedEntry is an entry of a folder with another name, or other bytes.
type changedEntry struct {
	fs.DirEntry
	folder movedFolder
	was    string
	name   string
}

func (e changedEntry) Name() string { return e.name }

func (e changedEntry) Info() (fs.FileInfo, error) {
	info, err := e.DirEntry.Info()
	if err != nil {
		return nil, err
	}
	return e.folder.changed(info, e.was, e.name), nil
}
