package pages

import (
	"cmp"
	"sync"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/search"
)

// lazy is what a Book makes when a page first asks for it.
type lazy struct {
	tellings map[*site.Explainer]*telling
	search   *searching
}

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

// putOff leaves for later what gather makes.
func (b *Book) putOff() {
	b.told = make([]toldEvent, len(b.site.Events))
	b.lazy = &lazy{tellings: make(map[*site.Explainer]*telling, len(b.site.Explainers)), search: &searching{}}
	b.putOffEvents()
}

// putOffEvents leaves all events for later.
func (b *Book) putOffEvents() {
	for _, e := range b.site.Explainers {
		b.lazy.tellings[e] = &telling{}
	}
}

// tell makes the events that an explainer tells, if nobody has yet.
func (l *lazy) tell(b *Book, e *site.Explainer) ([]diag.Diagnostic, error) {
	t := l.tellings[e]
	t.once.Do(func() {
		bu := b.builder(&planned{lang: b.site.Config.Lang, layout: "event"})
		defer bu.release()
		t.diags, t.err = bu.makeEvents(e)
		t.diags, t.err = append(t.diags, bu.diags...), cmp.Or(t.err, bu.err)
	})
	return t.diags, t.err
}

// findSearch finds a file of the search index by its address, or returns -1.
// Where the index can't be made, its first file says so.
func (b *Book) findSearch(key string) int {
	s := b.lazy.search
	s.once.Do(func() {
		s.index, s.err = b.makeIndex(func(bu *builder, e *site.Explainer, batch *search.Batch) ([]diag.Diagnostic, error) {
			bu.addExplainer(batch, e)
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
