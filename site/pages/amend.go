package pages

import (
	"bytes"
	"io"
	"maps"
	"slices"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// Amend brings a Lazy book up to date with its site, which was amended: it
// becomes what New would make of it. The Diagnostics are all that are reported
// of it then. With an Error among them, which only templates can bring, the book
// shows its pages as they were. ok is false where it must be made anew. An error
// is I/O. Nobody may be reading the book.
func (b *Book) Amend(c *site.Change) (ds []diag.Diagnostic, ok bool, err error) {
	if c.Templates {
		b.amendTheme()
	}
	if !b.amendStatic(c.Static) {
		return nil, false, err
	}
	if len(c.Explainers) > 0 || c.Terms {
		if err := b.amendTexts(c.Explainers); err != nil {
			return nil, false, err
		}
	}
	if err := b.checkAnchors(); err != nil {
		return nil, false, err
	}
	return b.diagnostics(), true, nil
}

// amendTheme reads the templates again, and keeps those that it has while they
// have an error.
func (b *Book) amendTheme() {
	t, ds := parseTheme(b.site.Templates)
	b.ofTheme = ds
	if !t.Bad() {
		b.theme, b.templates = t, slices.Clone(b.site.Templates)
		b.forgetEvents()
	}
}

// amendTexts forgets what was made of the texts that changed.
func (b *Book) amendTexts(changed []*site.Explainer) error {
	for _, e := range changed {
		if b.lazyEvents[e] != nil { // no withdrawn one
			b.forgetEventsOf(e)
		}
	}
	for _, e := range b.site.Explainers {
		if borrows(e, changed) { // which counts among what numbers its sources
			b.forgetEventsOf(e)
		}
	}
	err := b.lateIndex.close()
	b.lateIndex = &lateIndex{}
	if b.stale(changed) {
		b.diags, b.redirects, b.instead = nil, nil, nil
		b.planPages()
		b.checkPaths()
	}
	return err
}

// borrows reports whether an explainer shows an answer or an event of another one.
func borrows(e *site.Explainer, others []*site.Explainer) bool {
	other := func(x *site.Explainer) bool { return x != e && slices.Contains(others, x) }
	return slices.ContainsFunc(e.Answers, func(a site.Answer) bool { return other(a.Explainer) }) ||
		slices.ContainsFunc(e.Timeline, func(ev *site.TimelineEvent) bool { return other(ev.Explainer) })
}

// stale reports whether the plan has changed: an entry or a topic's terms have more
// pages or fewer, or what was reported when it was made is about a text that is another one now.
func (b *Book) stale(changed []*site.Explainer) bool {
	for i, t := range b.site.Terms {
		if entryPages(t) != b.entryPages[i] {
			return true
		}
	}
	for i, t := range b.site.Topics {
		filed := func(e *site.Explainer) bool { return slices.Contains(t.Explainers, e) }
		if slices.ContainsFunc(changed, filed) && b.termPagesOf(t) != b.termPages[i] {
			return true
		}
	}
	for _, e := range changed {
		if slices.ContainsFunc(b.diags, func(d diag.Diagnostic) bool { return d.At.File == e.Path }) {
			return true
		}
		if b.shared == nil {
			continue
		}
		if _, ok := b.shareOf(e).CanDraw(); ok != b.shared[e] {
			return true
		}
		for i, q := range e.Questions {
			_, ok := b.shareOfCard(e, i).CanDraw()
			if b.hasCard(e, i) && ok != (b.Find(cardSharePath(e, q.ID)) >= 0) {
				return true
			}
		}
	}
	return false
}

// amendStatic takes over files of static/ with other bytes.
func (b *Book) amendStatic(changed []*site.File) bool {
	if len(changed) == 0 {
		return true
	}
	before := b.assets
	if ds := b.makeAssets(); len(ds) > 0 {
		return false
	}
	if !slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(b.assets))) {
		return false
	}
	for name, a := range b.assets {
		if a.path != before[name].path && !b.moveAsset(before[name].path, a) {
			return false
		}
	}
	for _, f := range changed {
		if i := b.Find(f.Path); i >= 0 && b.page(i).at.File == "static/"+f.Path {
			b.page(i).sum = f.Sum
		}
	}
	b.introduce()
	return true
}

// moveAsset gives an asset its new name in the plan.
func (b *Book) moveAsset(from string, a asset) bool {
	i, there := b.paths[addressKey(from)] // not where another file was the same
	to := addressKey(a.path)
	if _, taken := b.paths[to]; taken || !there {
		return false
	}
	delete(b.paths, addressKey(from))
	b.paths[to] = i
	b.plan[i] = planAsset(a)
	return true
}

func planAsset(a asset) planned {
	return planned{path: a.path, sum: document.SumOf(a.data), open: func() (io.ReadCloser,
		error) {
		return io.NopCloser(bytes.NewReader(a.data)), nil
	}}
}
