package pages

import (
	"sync"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/search"
)

// lazyEvents are the events that a Book renders when a page first asks for them.
type lazyEvents map[*site.Explainer]*rendering

// rendering is the state of one explainer's events: they are rendered once.
type rendering struct {
	once  sync.Once
	diags []diag.Diagnostic
	err   error
}

// lateIndex is the search index of a Book that makes it when it is first asked for.
type lateIndex struct {
	once  sync.Once
	index *search.Index
	files []planned
	err   error
}

// initLazyEvents prepares for events that are rendered when a page first asks for them.
func (b *Book) initLazyEvents() {
	b.rendered = make([]renderedEvent, len(b.site.Events))
	b.lazyEvents = make(lazyEvents, len(b.site.Explainers))
	b.forgetEvents()
}

// forgetEvents forgets all rendered events, so that they are rendered anew when asked for.
func (b *Book) forgetEvents() {
	for _, e := range b.site.Explainers {
		b.lazyEvents[e] = &rendering{}
	}
	clear(b.rendered)
	b.remembered.Store(0)
}

// forgetEventsOf forgets those of one explainer.
func (b *Book) forgetEventsOf(e *site.Explainer) {
	b.lazyEvents[e] = &rendering{}
	for _, ev := range e.Timeline {
		if ev.Explainer == e { // its others lie in the same record
			rendered := &b.rendered[ev.Index]
			b.remembered.Add(-int64(rendered.block.Len()))
			rendered.block = 0
			break
		}
	}
}

// render renders the events of an explainer, unless that was done before.
func (l lazyEvents) render(b *Book, e *site.Explainer) ([]diag.Diagnostic, error) {
	t := l[e]
	t.once.Do(func() { t.diags, t.err = b.renderEvents(e) })
	return t.diags, t.err
}

// findSearch finds a file of the search index by its address, or returns -1.
// Where the index can't be made, its first file says so.
func (b *Book) findSearch(key string) int {
	s := b.lateIndex
	s.once.Do(func() {
		s.index, s.err = b.makeIndex(func(bu *builder, page searched, batch *search.Batch) ([]diag.Diagnostic, error) {
			bu.addSearched(batch, page)
			return nil, bu.err
		})
		if s.err != nil {
			s.files = []planned{{path: searchPath + search.Root, lang: b.site.Config.Lang,
				view: func(bu *builder) any { bu.fail(s.err); return nil }}}
			return
		}
		for _, f := range s.index.Files() {
			s.files = append(s.files, planned{path: searchPath + f.Name, lang: b.site.Config.Lang,
				view: func(*builder) any { return indexFile{f} }})
		}
	})
	for i := range s.files {
		if addressKey(s.files[i].path) == key {
			return len(b.plan) + i
		}
	}
	return -1
}

// close gives back the index's temporary file.
func (s *lateIndex) close() error {
	if s.index == nil {
		return nil
	}
	return s.index.Close()
}
