package site

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/par"
	"nutgraf/site/picture"
)

// Asset is a picture or document beside an explainer, copied next to its page.
type Asset struct {
	Path   string // in content: explainers/isis-k/map.png
	Sum    document.Sum
	Size   int64
	Pixels picture.Size // of a picture
}

// sumAssets reads the assets that are referred to, as readers get them. A place
// that can't be taken out of one is reported.
func (l *loader) sumAssets() error {
	s := l.site
	slices.SortFunc(s.Assets, func(a, b *Asset) int { return strings.Compare(a.Path, b.Path) })
	return par.Each(l.ctx, len(s.Assets), func(i int) error {
		a := *s.Assets[i]
		var err error
		if a.Sum, err = l.sumAsset(&a); err != nil {
			l.unreadable("content/"+a.Path, err)
		}
		*s.Assets[i] = a
		return nil
	})
}

func (l *loader) sumAsset(a *Asset) (document.Sum, error) {
	f, size, err := openAt(l.o.Content, a.Path)
	if err != nil {
		return document.Sum{}, err
	}
	defer f.Close()
	r, found, err := picture.Clean(f, size)
	if err != nil {
		return document.Sum{}, err
	}
	a.Pixels = found.Size
	if found.Kind == picture.Broken {
		l.report(document.FileError("content", a.Path, "broken-picture",
			"this picture is cut off or broken before anything of it can be seen",
			"export it again, and look at it in a browser"))
	}
	if found.Kind == picture.Other {
		l.checkContent(a, f)
	}
	if ext := path.Ext(a.Path); found.Kind == picture.Other && isPicture(a.Path) && !onWeb(ext) {
		name := path.Base(a.Path)
		d := document.FileError("content", a.Path, "unshown-picture", "few browsers show a "+ext+" picture",
			"export it as a JPEG, and write "+strings.TrimSuffix(name, ext)+".jpg where "+name+" stands")
		l.report(d)
	}
	if found.Kind == picture.Other && picture.HasLocation(f, size) {
		d := document.FileError("content", a.Path, publishedPlace,
			"this file says where it was taken, and nothing can be taken out of a file of its kind",
			"export it as a JPEG: of that, readers get the picture alone")
		d.Why = "whoever has the file could find the place"
		l.report(d)
	}
	return sumOf(readCloser{r, f})
}

// checkContent reports a file that git left in the place of the true one, or changed.
func (l *loader) checkContent(a *Asset, f io.ReaderAt) {
	head := make([]byte, 64)
	n, _ := f.ReadAt(head, 0)
	head = head[:n]
	d := document.FileError("content", a.Path, "broken-picture", "", "")
	switch {
	case bytes.HasPrefix(head, []byte(document.LFSPointer)):
		d.Rule, d.Message = "lfs", document.LFSMessage
		d.Why, d.Hint = document.LFSWhy, document.LFSHint
	case bytes.HasPrefix(head, []byte("\x89PNG\n")), bytes.HasPrefix(head, []byte("\x89PNG\r\r\n")):
		d.Message = "git changed the line ends in this picture, so nothing of it can be seen"
		d.Why = "it was taken for a text: see .gitattributes, and core.autocrlf"
		d.Hint = "write *.png binary into .gitattributes, and commit the picture again"
	default:
		return
	}
	l.report(d)
}

// reportPlaces reports pictures in static/ that say where they were taken, since
// static/ is copied as it is.
func (l *loader) reportPlaces() error {
	located := make([]bool, len(l.site.Static))
	err := par.Each(l.ctx, len(located), func(i int) error {
		var err error
		f := &l.site.Static[i]
		if located[i], err = saysWhere(f.fsys, f.Path); err != nil {
			l.unreadable("static/"+f.Path, err)
		}
		return nil
	})
	for i, yes := range located {
		if yes {
			d := document.FileError("static", l.site.Static[i].Path, publishedPlace,
				"this picture says where it was taken, and static/ is published as it is",
				"put it beside the text that shows it, where readers get the picture alone, or take its place out")
			d.Severity, d.Why = diag.Warning, "whoever has the file can find the place"
			l.diags = append(l.diags, d)
		}
	}
	return err
}

const publishedPlace = "published-place"

// reported reports whether a rule found something in a file at the last load.
func (s *Site) reported(rule, file string) bool {
	return slices.ContainsFunc(s.diags, func(d diag.Diagnostic) bool { return d.Rule == rule && d.At.File == file })
}

func saysWhere(fsys fs.FS, p string) (bool, error) {
	f, size, err := openAt(fsys, p)
	if err != nil {
		return false, err
	}
	defer f.Close()
	return picture.HasLocation(f, size), nil
}

// pixels is the size of a picture; zero where it is none.
func pixels(fsys fs.FS, p string) picture.Size {
	f, size, err := openAt(fsys, p)
	if err != nil {
		return picture.Size{} // whoever reads it whole reports it
	}
	defer f.Close()
	return picture.SizeOf(f, size)
}

// SayWhere lists the files of content/ that say where they were taken: those that
// no text names, too. Readers get pictures without that; whoever gets the folder
// does not. The load reports what can't be read. An error is cancellation.
func (s *Site) SayWhere(ctx context.Context) ([]diag.Place, error) {
	if s.files.Content == nil {
		return nil, nil
	}
	entries, _, err := document.List(s.files.Content, "content")
	if err != nil {
		return nil, err
	}
	found := make([]bool, len(entries))
	err = par.Each(ctx, len(found), func(i int) error {
		if ext := path.Ext(entries[i].Path); ext != ".md" && ext != ".yaml" {
			found[i], _ = saysWhere(s.files.Content, entries[i].Path)
		}
		return nil
	})
	var places []diag.Place
	for i, yes := range found {
		if yes {
			places = append(places, diag.Place{File: "content/" + entries[i].Path})
		}
	}
	return places, err
}

// OpenAsset opens a picture or document that lies beside an explainer, as readers
// get it: a picture without what its camera wrote into it (see picture.Clean).
func (s *Site) OpenAsset(a *Asset) (io.ReadCloser, error) {
	f, size, err := openAt(s.files.Content, a.Path)
	if err != nil {
		return nil, err
	}
	r, _, err := picture.Clean(f, size)
	return readCloser{r, f}, err
}

// readCloser reads one thing and closes another.
type readCloser struct {
	io.Reader
	io.Closer
}

// fileAt is a file any part of which can be read.
type fileAt interface {
	io.ReaderAt
	io.Closer
}

// openAt opens a file, and says how many bytes it has. The files of some file
// systems are read one after the other only: those are read whole.
func openAt(fsys fs.FS, p string) (fileAt, int64, error) {
	f, err := fsys.Open(p)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil {
		err = document.Suits(info, p)
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	if at, ok := f.(fileAt); ok {
		return at, info.Size(), nil
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	return wholeFile{bytes.NewReader(data)}, int64(len(data)), err
}

type wholeFile struct{ *bytes.Reader }

// Close does nothing.
func (wholeFile) Close() error { return nil }
