package pages

import (
	"nutgraf/site/document"
	"nutgraf/site/internal/arena"
	"nutgraf/site/markdown"
)

// arenas are the memory for what stands on pages in numbers, used again by one page after
// the other.
type arenas struct {
	proses      arena.Arena[Prose]
	fills       arena.Arena[string]
	uses        arena.Arena[markdown.TermLink]
	links       arena.Arena[Link]
	questions   arena.Arena[Question]
	events      arena.Arena[Event]
	sources     arena.Arena[Source]
	sourceLinks arena.Arena[SourceLink]
	terms       arena.Arena[Term]
	cards       arena.Arena[Card]
	listed      arena.Arena[ListedEvent]
	lists       arena.Arena[*ListedEvent]
	columns     arena.Arena[ChartColumn]
	stacks      arena.Arena[[mostParts]stack] // by the parts of a column
	marks       arena.Arena[Mark]
	entries     arena.Arena[Use]
	sentences   arena.Arena[Sentence]
	abouts      arena.Arena[document.SourceText]
	data        ldArenas
}

// ldArenas are the memory for structured data.
type ldArenas struct {
	questions arena.Arena[ldQuestion]
	comments  arena.Arena[ldComment]
	events    arena.Arena[ldEvent]
	works     arena.Arena[ldWork]
	things    arena.Arena[ldThing]
	items     arena.Arena[ldItem]
}

func (a *ldArenas) reset() {
	a.questions.Reset()
	a.comments.Reset()
	a.events.Reset()
	a.works.Reset()
	a.things.Reset()
	a.items.Reset()
}

func (a *arenas) reset() {
	a.proses.Reset()
	a.fills.Reset()
	a.uses.Reset()
	a.links.Reset()
	a.questions.Reset()
	a.events.Reset()
	a.sources.Reset()
	a.sourceLinks.Reset()
	a.terms.Reset()
	a.cards.Reset()
	a.listed.Reset()
	a.lists.Reset()
	a.columns.Reset()
	a.stacks.Reset()
	a.marks.Reset()
	a.entries.Reset()
	a.sentences.Reset()
	a.abouts.Reset()
	a.data.reset()
}
