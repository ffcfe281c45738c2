package publish

import (
	"context"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/internal/par"
	"nutgraf/site/pages"
)

// ToFolder publishes a book into a folder: every page whose key or bytes
// changed is written, all others are shared with what was published before,
// and then the whole is swapped in. With an Error among the diagnostics, or an
// error, the folder is exactly as it was. step, if not nil, is called after
// each page, from several goroutines.
func ToFolder(ctx context.Context, book *pages.Book, dir string, step func()) (Result, []diag.Diagnostic, error) {
	f, err := Open(dir)
	if err != nil {
		return Result{}, nil, err
	}
	entries := make([]Entry, book.Len())
	diags := make([][]diag.Diagnostic, book.Len())
	err = par.Each(ctx, book.Len(), func(i int) error {
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
	var all []diag.Diagnostic
	for _, ds := range diags {
		all = append(all, ds...)
	}
	all = diag.Sort(append(all, f.Notes()...))
	if err != nil || diag.Count(all, diag.Error) > 0 {
		if e := f.Abort(); err == nil {
			err = e
		}
		return Result{}, all, err
	}
	result, err := f.Commit(NewManifest(entries, book.Questions()))
	if err != nil {
		f.Abort()
	}
	return result, all, err
}

// publishPage keeps a page that is what it was, and writes any other. The Entry
// has no Path yet.
func publishPage(f *Folder, book *pages.Book, i int) (Entry, []diag.Diagnostic, error) {
	page, err := book.Open(i)
	if err != nil {
		return Entry{}, nil, err
	}
	defer page.Close()
	if old, ok := f.Previous().Lookup(page.Path); ok && page.Key != (site.Sum{}) && old.Key == page.Key {
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
