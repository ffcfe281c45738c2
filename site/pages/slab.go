package pages

import (
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// slab is memory for the parts of Views, used again by one page after the
// other: a site has millions of them.
type slab[T any] struct {
	piece []T
	used  int
}

// slabKept is how many values stay with a builder at most: its longest page
// must not.
const slabKept = 1024

// list returns an empty list with room for n, which belongs to the View until
// reset.
func (s *slab[T]) list(n int) []T {
	if n > len(s.piece)-s.used {
		s.piece, s.used = make([]T, max(n, 2*len(s.piece), 16)), 0
	}
	from := s.used
	s.used += n
	return s.piece[from:from:s.used]
}

// one returns the place of a single value.
func (s *slab[T]) one() *T { return &s.list(1)[:1][0] }

// reset takes everything back.
func (s *slab[T]) reset() {
	if len(s.piece) > slabKept {
		s.piece = nil
	}
	clear(s.piece[:min(s.used, len(s.piece))])
	s.used = 0
}

// slabs is the memory for what stands on pages in numbers.
type slabs struct {
	proses      slab[Prose]
	fills       slab[string]
	uses        slab[markdown.TermLink]
	links       slab[Link]
	questions   slab[Question]
	events      slab[Event]
	sources     slab[Source]
	sourceLinks slab[SourceLink]
	terms       slab[Term]
	cards       slab[Card]
	told        slab[Told]
	lists       slab[*Told]
	columns     slab[ChartColumn]
	stacks      slab[[mostParts]stack] // by the parts of a column
	marks       slab[Mark]
	entries     slab[Use]
	sentences   slab[Sentence]
	abouts      slab[document.SourceText]
	data        ldSlabs
}

// ldSlabs is the memory for structured data.
type ldSlabs struct {
	questions slab[ldQuestion]
	comments  slab[ldComment]
	events    slab[ldEvent]
	works     slab[ldWork]
	things    slab[ldThing]
	items     slab[ldItem]
}

func (s *ldSlabs) reset() {
	s.questions.reset()
	s.comments.reset()
	s.events.reset()
	s.works.reset()
	s.things.reset()
	s.items.reset()
}

func (s *slabs) reset() {
	s.proses.reset()
	s.fills.reset()
	s.uses.reset()
	s.links.reset()
	s.questions.reset()
	s.events.reset()
	s.sources.reset()
	s.sourceLinks.reset()
	s.terms.reset()
	s.cards.reset()
	s.told.reset()
	s.lists.reset()
	s.columns.reset()
	s.stacks.reset()
	s.marks.reset()
	s.entries.reset()
	s.sentences.reset()
	s.abouts.reset()
	s.data.reset()
}
