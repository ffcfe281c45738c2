package document

import (
	"strings"

	"nutgraf/site/internal/arena"
)

// arenas are memory for what lives as long as its document, kind by kind.
type arenas struct {
	explainers    arena.Arena[Explainer]
	records       arena.Arena[Record]
	sums          arena.Arena[Sum]
	questions     arena.Arena[Question]
	questionLists arena.Arena[*Question]
	events        arena.Arena[Event]
	eventLists    arena.Arena[*Event]
	sources       arena.Arena[Source]
	sourceLists   arena.Arena[*Source]
	texts         *strings.Builder
}

// textSize is how many bytes of text a piece has room for at most, if none is longer.
const textSize = 64 << 10

// text returns a Builder with room for size bytes, which stay where they are.
func (a *arenas) text(size int) *strings.Builder {
	last := a.texts
	if last != nil && size <= last.Cap()-last.Len() {
		return last
	}
	a.texts = new(strings.Builder)
	if last != nil {
		size = max(size, min(2*last.Cap(), textSize))
	}
	a.texts.Grow(size)
	return a.texts
}
