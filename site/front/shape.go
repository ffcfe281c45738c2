package front

import (
	"reflect"
	"strings"

	"nutgraf/site/diag"
)

// shape is what the decoder knows of a struct: its keys, from the tags.
type shape struct {
	name   string
	fields []field
	byKey  map[string]int // index in fields
	keys   []string
	span   int // index of the struct's field for its own place, or -1
	given  int // index of Keys, or -1
}

// field is one key of a struct. Its tag is the key, and behind a comma either
// "one", where a single value makes a list of one, or the words allowed.
type field struct {
	key    string
	quoted string // the key as messages write it
	index  int
	typ    reflect.Type
	one    bool
	words  []string
}

// shapes holds the shape of every struct that a file is read into.
var shapes = shapesOf(reflect.TypeFor[Explainer](), reflect.TypeFor[Term](),
	reflect.TypeFor[Page](), reflect.TypeFor[Site](), reflect.TypeFor[Author]())

// keyNames holds every key of the shapes.
var keyNames = namesOf(shapes)

func namesOf(shapes map[reflect.Type]*shape) map[string]string {
	names := map[string]string{}
	for _, s := range shapes {
		for _, key := range s.keys {
			names[key] = key
		}
	}
	return names
}

func shapesOf(roots ...reflect.Type) map[reflect.Type]*shape {
	all := map[reflect.Type]*shape{}
	for _, t := range roots {
		addShape(all, t)
	}
	return all
}

func addShape(all map[reflect.Type]*shape, t reflect.Type) {
	s := &shape{name: t.Name(), byKey: map[string]int{}, span: -1, given: -1}
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("front")
		switch {
		case !tagged:
		case f.Type == reflect.TypeFor[diag.Span]():
			s.span = i
		case f.Name == "Keys":
			s.given = i
		case tag != "-":
			s.add(tag, i, f.Type)
			addNested(all, f.Type)
		}
	}
	if len(s.keys) > 0 {
		all[t] = s
	}
}

// addNested adds the struct that a field of type t holds, or a list of them.
func addNested(all map[reflect.Type]*shape, t reflect.Type) {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct && all[t] == nil {
		addShape(all, t)
	}
}

func (s *shape) add(tag string, index int, t reflect.Type) {
	key, option, _ := strings.Cut(tag, ",")
	f := field{key: key, quoted: "`" + key + "`", index: index, typ: t, one: option == "one"}
	if option != "" && !f.one {
		f.words = strings.Split(option, "|")
	}
	s.byKey[key] = len(s.fields)
	s.keys = append(s.keys, key)
	s.fields = append(s.fields, f)
}

// missed are the keys whose want is reported by who reads the struct, and weighs
// what it weighs there: an empty one is not reported here as well. At the top of a
// file its place is left in the Text.
var missed = map[string]bool{
	"Explainer.title": true, "Explainer.standfirst": true, "Explainer.questions": true,
	"Page.title": true, "Term.term": true, "Term.short": true,
	"Question.question": true, "Event.date": true, "Event.title": true, "Source.title": true,
	"Image.src": true, "Image.alt": true,
	"Update.date": true, "Update.text": true, "Author.name": true, "Syndication.originator": true,
	"Link.title": true, "Link.url": true,
}
