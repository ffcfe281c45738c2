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
	// Refused publishes nothing, because of what was reported before: what is live is
	// compared all the same. Strict does so with a Warning among the diagnostics.
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
	f, err := openFolder(dir)
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
		once := len(diags) // the next build won't say that again
		if diags = append(diags, more...); err == nil && !o.fails(diags) {
			result, err = f.commit(m)
			if err == nil && once+len(f.notes) == 0 {
				result.Standing = m.standing()
			}
		}
	}
	if e := f.abort(); err == nil {
		err = e
	}
	return result, diag.Sort(append(diags, f.notes...)), err
}

// succeed compares the book with what readers have: live, or what the folder holds.
func (f *folder) succeed(book *pages.Book, live *pages.Live) []diag.Diagnostic {
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
func stageAll(ctx context.Context, f *folder, book *pages.Book, step func()) (*Manifest, []diag.Diagnostic, error) {
	entries := make([]entry, book.Len())
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
	if err != nil {
		return nil, slices.Concat(diags...), err
	}
	m, err := manifestOf(ctx, book, entries)
	return m, slices.Concat(diags...), err
}

// manifestOf makes the manifest of a book from its entries, which have no Path yet: names
// that live on amid what pages throw away would keep the memory around them.
func manifestOf(ctx context.Context, book *pages.Book, entries []entry) (*Manifest, error) {
	var m *Manifest
	var questions map[string][]string
	var redirects []string
	err := par.Each(ctx, 2, func(i int) error {
		if i == 0 {
			for i := range entries {
				entries[i].Path = book.Path(i)
			}
			m = newManifest(entries, nil)
			return nil
		}
		questions = book.Questions()
		redirects = slices.Compact(slices.Sorted(slices.Values(book.Redirects())))
		return nil
	})
	if err != nil {
		return nil, err
	}
	m.questions, m.redirects, m.preview = questions, redirects, book.Site().Drafts
	return m, nil
}

// publishPage reuses a page that is what it was, and writes any other. The entry
// has no Path yet.
func publishPage(f *folder, book *pages.Book, i int) (entry, []diag.Diagnostic, error) {
	page, err := book.Open(i)
	if err != nil {
		return entry{}, nil, err
	}
	defer page.Close()
	if old, ok := f.prev.lookup(page.Path); ok && page.Key != (document.Sum{}) && old.Key == page.Key {
		if f.reuse(page.Path) == nil {
			return old, nil, nil
		}
	}
	w, err := f.create(page.Path)
	if err != nil {
		return entry{}, nil, err
	}
	ds, err := page.Write(w)
	if e := w.Close(); err == nil {
		err = e
	}
	return entry{Sum: w.sum, Key: page.Key, Size: w.size}, ds, err
}
