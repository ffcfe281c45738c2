package document

import (
	"reflect"
	"sync"

	"nutgraf/site/diag"
)

// The ones of all that have nothing more.
var (
	noExplainerMore ExplainerMore
	noQuestionMore  QuestionMore
	noEventMore     EventMore
	noSourceMore    SourceMore
)

// shareNothing lets what has nothing more share that nothing. What questions and events
// have more is moved out of the parser's memory.
func shareNothing(e *Explainer) {
	if reflect.ValueOf(e.ExplainerMore).Elem().IsZero() {
		e.ExplainerMore = &noExplainerMore
	}
	for _, q := range e.Questions {
		if reflect.ValueOf(q.QuestionMore).Elem().IsZero() {
			q.QuestionMore = &noQuestionMore
		} else {
			q.QuestionMore = new(*q.QuestionMore)
		}
	}
	for _, ev := range e.OwnEvents {
		if reflect.ValueOf(ev.EventMore).Elem().IsZero() {
			ev.EventMore = &noEventMore
		} else {
			ev.EventMore = new(*ev.EventMore)
		}
	}
	for _, src := range e.OwnSources {
		if reflect.ValueOf(src.SourceMore).Elem().IsZero() {
			src.SourceMore = &noSourceMore
		}
	}
}

// compact moves the texts of a parsed document into one piece of memory. Each was
// made on its own, amid all that parsing throws away, and would keep the memory
// around it from being used again.
func compact[T any](doc *T, m *memory) {
	v := reflect.ValueOf(doc).Elem()
	texts, size := m.texts[:0], 0
	walkerOf(v.Type())(v, func(text *string) {
		texts = append(texts, text)
		size += len(*text)
	})
	all := m.arenas.text(size)
	for _, text := range texts {
		start := all.Len()
		all.WriteString(*text)
		*text = all.String()[start:]
	}
	clear(texts)
	m.texts = texts
}

// walker visits every text that a value has for itself alone.
type walker func(v reflect.Value, visit func(text *string))

// shared are types of which many documents have one in common: a file's name,
// and what was compacted elsewhere.
var shared = map[reflect.Type]bool{reflect.TypeFor[diag.Place](): true, reflect.TypeFor[*Record](): true}

// nothing are the values that all of a type share which have nothing more.
var nothing = map[reflect.Type]uintptr{
	reflect.TypeFor[*ExplainerMore](): reflect.ValueOf(&noExplainerMore).Pointer(),
	reflect.TypeFor[*QuestionMore]():  reflect.ValueOf(&noQuestionMore).Pointer(),
	reflect.TypeFor[*EventMore]():     reflect.ValueOf(&noEventMore).Pointer(),
	reflect.TypeFor[*SourceMore]():    reflect.ValueOf(&noSourceMore).Pointer(),
}

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
		return func(reflect.Value, func(*string)) {}
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
	case t == reflect.TypeFor[string]():
		*w = func(v reflect.Value, visit func(*string)) {
			if v.Len() > 0 {
				visit(v.Addr().Interface().(*string))
			}
		}
	case t.Kind() == reflect.Pointer:
		if of := newWalker(t.Elem()); of != nil {
			none := nothing[t]
			*w = func(v reflect.Value, visit func(*string)) {
				if !v.IsNil() && v.Pointer() != none {
					(*of)(v.Elem(), visit)
				}
			}
		}
	case t.Kind() == reflect.Slice:
		if of := newWalker(t.Elem()); of != nil {
			*w = func(v reflect.Value, visit func(*string)) {
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
	return func(v reflect.Value, visit func(*string)) {
		for _, f := range fields {
			(*f.walk)(v.Field(f.index), visit)
		}
	}
}
