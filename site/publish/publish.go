package publish

import (
	"context"
	"fmt"
	"slices"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/par"
	"nutgraf/site/pages"
)

// Options say how a book is published.
type Options struct {
	// Live is what readers have, where that is not what the folder holds.
	Live *pages.Live
	// Refused publishes nothing, for what was told before: what is live is compared
	// all the same. Strict does so with a Warning among the diagnostics.
	Refused, Strict bool
	// Verify reads every published file: else one whose size and time are right is
	// taken for what it was.
	Verify bool
	// Step, if not nil, is called after each page, from several goroutines.
	Step func()
}

// fails reports whether diagnostics keep a book from being published.
func (o *Options) fails(ds []diag.Diagnostic) bool {
	return o.Refused || diag.Count(ds, diag.Error) > 0 || o.Strict && diag.Count(ds, diag.Warning) > 0
}

// ToFolder publishes a book into a folder, as the successor of what is live:
// every page whose key or bytes changed is written, all others are shared with
// what was published before, and then the whole is swapped in. With diagnostics
// that fail, or an error, the folder is exactly as it was.
func ToFolder(ctx context.Context, book *pages.Book, dir string, o Options) (Result, []diag.Diagnostic, error) {
	f, err := Open(dir)
	if err != nil {
		return Result{}, nil, err
	}
	f.verify = o.Verify
	diags := f.succeed(book, o.Live)
	var result Result
	if !o.fails(diags) {
		var m *Manifest
		var more []diag.Diagnostic
		m, more, err = stageAll(ctx, f, book, o.Step)
		if diags = append(diags, more...); err == nil && !o.fails(diags) {
			result, err = f.Commit(m)
		}
	}
	if e := f.Abort(); err == nil {
		err = e
	}
	return result, diag.Sort(append(diags, f.Notes()...)), err
}

// succeed tells the book what readers have: live, or what the folder holds.
func (f *Folder) succeed(book *pages.Book, live *pages.Live) []diag.Diagnostic {
	if live == nil {
		var err error
		if live, err = f.prev.Live(); err != nil && !book.Site().Drafts {
			f.note("preview", fmt.Sprintf("%s %v: which addresses would go can't be seen from it", f.name, err),
				"--against compares with what is live")
		}
	}
	if live == nil {
		return nil
	}
	return book.Succeed(live)
}

// stageAll makes every page that is not what it was, and the manifest of all.
func stageAll(ctx context.Context, f *Folder, book *pages.Book, step func()) (*Manifest, []diag.Diagnostic, error) {
	entries := make([]Entry, book.Len())
	diags := make([][]diag.Diagnostic, book.Len())
	err := par.Each(ctx, book.Len(), func(i int) error {
		i = book.Len() - 1 - i // long data files come last, and must not be waited for
		if step != nil {
			defer step()
		}
		var err error
		entries[i], diags[i], err = publishPage(f, book, i)
		return err
	})
	for i := range entries { // not before: names that live on amid what pages throw away keep the memory around them
		entries[i].Path = book.Path(i)
	}
	m := NewManifest(entries, book.Questions())
	m.redirects, m.preview = slices.Compact(slices.Sorted(slices.Values(book.Redirects()))), book.Site().Drafts
	return m, slices.Concat(diags...), err
}

// publishPage keeps a page that is what it was, and writes any other. The Entry
// has no Path yet.
func publishPage(f *Folder, book *pages.Book, i int) (Entry, []diag.Diagnostic, error) {
	page, err := book.Open(i)
	if err != nil {
		return Entry{}, nil, err
	}
	defer page.Close()
	if old, ok := f.Previous().Lookup(page.Path); ok && page.Key != (document.Sum{}) && old.Key == page.Key {
		if f.Keep(page.Path) == nil {
			return old, nil, nil
		}
	}
	w, err := f.Create(page.Path)
	if err != nil {
		return Entry{}, nil, err
	}
	ds, err := page.Write(w)
	if e := w.Close(); err == nil {
		err = e
	}
	return Entry{Sum: w.Sum(), Key: page.Key, Size: w.Size()}, ds, err
}
