package site

import (
	"reflect"
	"sync"

	"nutgraf/site/diag"
)

// pack moves the texts of a parsed document into one piece of memory. Each was
// made on its own, amid all that parsing throws away, and would keep the memory
// around it from being used again.
func pack[T any](doc *T, m *memory) {
	v := reflect.ValueOf(doc).Elem()
	walk := walkerOf(v.Type())
	size := 0
	walk(v, func(text reflect.Value) { size += text.Len() })
	all := m.takeText(size)
	walk(v, func(text reflect.Value) {
		start := all.Len()
		all.WriteString(text.String())
		text.SetString(all.String()[start:])
	})
}

// walker visits every text that a value has for itself alone.
type walker func(v reflect.Value, visit func(text reflect.Value))

// shared are types of which many documents have one in common: a file's name,
// and what was packed elsewhere.
var shared = map[reflect.Type]bool{reflect.TypeFor[diag.Place](): true, reflect.TypeFor[*Record](): true}

// walkers are worked out once for each type: most of what a document is made of
// has no text. None is nil.
var (
	walkers = map[reflect.Type]*walker{}
	walking sync.Mutex
)

func walkerOf(t reflect.Type) walker {
	walking.Lock()
	defer walking.Unlock()
	w := newWalker(t)
	if w == nil {
		return func(reflect.Value, func(reflect.Value)) {}
	}
	return *w
}

// newWalker returns nil where the type has no texts. What is being worked out
// further up, as a type may hold itself, is taken to have some.
func newWalker(t reflect.Type) *walker {
	if w, known := walkers[t]; known {
		return w
	}
	w := new(walker)
	walkers[t] = w
	switch {
	case shared[t]:
	case t.Kind() == reflect.String:
		*w = func(v reflect.Value, visit func(reflect.Value)) {
			if v.Len() > 0 {
				visit(v)
			}
		}
	case t.Kind() == reflect.Pointer:
		if of := newWalker(t.Elem()); of != nil {
			*w = func(v reflect.Value, visit func(reflect.Value)) {
				if !v.IsNil() {
					(*of)(v.Elem(), visit)
				}
			}
		}
	case t.Kind() == reflect.Slice:
		if of := newWalker(t.Elem()); of != nil {
			*w = func(v reflect.Value, visit func(reflect.Value)) {
				for i := range v.Len() {
					(*of)(v.Index(i), visit)
				}
			}
		}
	case t.Kind() == reflect.Struct:
		*w = structWalker(t)
	}
	if *w == nil {
		walkers[t] = nil
	}
	return walkers[t]
}

func structWalker(t reflect.Type) walker {
	type field struct {
		index int
		walk  *walker
	}
	var fields []field
	for i := range t.NumField() {
		if w := newWalker(t.Field(i).Type); w != nil && t.Field(i).IsExported() {
			fields = append(fields, field{i, w})
		}
	}
	if fields == nil {
		return nil
	}
	return func(v reflect.Value, visit func(reflect.Value)) {
		for _, f := range fields {
			(*f.walk)(v.Field(f.index), visit)
		}
	}
}
