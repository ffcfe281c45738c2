package pages

import (
	"sync"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/search"
)

// lazy are the events that a Book makes when a page first asks for them.
type lazy map[*site.Explainer]*telling

// telling is the making of the events that one explainer tells.
type telling struct {
	once  sync.Once
	diags []diag.Diagnostic
	err   error
}

// searching is the making of the search index.
type searching struct {
	once  sync.Once
	index *search.Index
	files []planned
	err   error
}

// putOff leaves the events for later that gather makes.
func (b *Book) putOff() {
	b.told = make([]toldEvent, len(b.site.Events))
	b.lazy = make(lazy, len(b.site.Explainers))
	b.putOffEvents()
}

// putOffEvents leaves all events for later.
func (b *Book) putOffEvents() {
	for _, e := range b.site.Explainers {
		b.lazy[e] = &telling{}
	}
	clear(b.told)
	b.remembered.Store(0)
}

// putOffEventsOf leaves those of one explainer for later.
func (b *Book) putOffEventsOf(e *site.Explainer) {
	b.lazy[e] = &telling{}
	for _, ev := range e.Timeline {
		if ev.Explainer == e { // its others lie in the same record
			told := &b.told[ev.Index]
			b.remembered.Add(-int64(told.block.Len()))
			told.block = 0
			break
		}
	}
}

// tell makes the events that an explainer tells, if nobody has yet.
func (l lazy) tell(b *Book, e *site.Explainer) ([]diag.Diagnostic, error) {
	t := l[e]
	t.once.Do(func() { t.diags, t.err = b.tell(e) })
	return t.diags, t.err
}

// findSearch finds a file of the search index by its address, or returns -1.
// Where the index can't be made, its first file says so.
func (b *Book) findSearch(key string) int {
	s := b.late
	s.once.Do(func() {
		s.index, s.err = b.makeIndex(func(bu *builder, page searched, batch *search.Batch) ([]diag.Diagnostic, error) {
			bu.addSearched(batch, page)
			return nil, bu.err
		})
		if s.err != nil {
			s.files = []planned{{path: searchPath + search.Root, lang: b.site.Config.Lang, view: func(bu *builder) any { bu.fail(s.err); return nil }}}
			return
		}
		for _, f := range s.index.Files() {
			s.files = append(s.files, planned{path: searchPath + f.Name, lang: b.site.Config.Lang, view: func(*builder) any { return indexFile{f} }})
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
func (s *searching) close() error {
	if s.index == nil {
		return nil
	}
	return s.index.Close()
}
