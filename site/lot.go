package site

import (
	"reflect"
	"strings"
)

// lots is memory for what lives as long as its site, kind by kind in pieces of
// its own: amid what parsing throws away it would keep the memory around it from
// being used again.
type lots struct {
	explainers    lot[Explainer]
	records       lot[Record]
	sums          lot[Sum]
	questions     lot[Question]
	questionLists lot[*Question]
	events        lot[Event]
	eventLists    lot[*Event]
	sources       lot[Source]
	sourceLists   lot[*Source]
	uses          lot[termUse]
	texts         *strings.Builder
}

type lot[T any] struct{ rest []T }

// lotSize is how many bytes a piece has at least: so many are nobody else's.
const lotSize = 64 << 10

// take returns n zero values. A piece lives as long as any part of it, so it is
// for sites that are loaded once only.
func take[T any](m *memory, l *lot[T], n int) []T {
	if !m.once {
		return make([]T, n)
	}
	if n > len(l.rest) {
		l.rest = make([]T, max(n, lotSize/int(reflect.TypeFor[T]().Size())))
	}
	out := l.rest[:n:n]
	l.rest = l.rest[n:]
	return out
}

// takeCopy returns a copy of list.
func takeCopy[T any](m *memory, l *lot[T], list []T) []T {
	out := take(m, l, len(list))
	copy(out, list)
	return out
}

// takeText returns a Builder with room for size bytes, which stay where they are.
func (m *memory) takeText(size int) *strings.Builder {
	if b := m.lots.texts; b != nil && size <= b.Cap()-b.Len() {
		return b
	}
	b := new(strings.Builder)
	if !m.once || size >= lotSize {
		b.Grow(size)
		return b
	}
	b.Grow(lotSize)
	m.lots.texts = b
	return b
}
