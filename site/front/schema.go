package front

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"

	"nutgraf/site/lang"
)

// Schema is a JSON Schema of draft-07, the one that editors of YAML read. It is
// made of the same structs that files are decoded into.
type Schema struct {
	Draft       string     `json:"$schema,omitempty"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Type        Types      `json:"type,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	AnyOf       []*Schema  `json:"anyOf,omitempty"`
	Items       *Schema    `json:"items,omitempty"`
	Properties  Properties `json:"properties,omitempty"`
	Required    []string   `json:"required,omitempty"`
	// Others is what keys may hold that are not among Properties: a Schema, or false.
	Others any `json:"additionalProperties,omitempty"`
}

// Types are the types that a value may have.
type Types []string

// Properties are the keys of an object, in the order in which they are documented.
type Properties []Property

// Property is one key with what it may hold.
type Property struct {
	Key    string
	Schema *Schema
}

// root is a file, or front matter, that has a schema of its own.
type root struct {
	name, title string
	kind        reflect.Type
	list, ids   bool // a list of kind; a map of ids to kind
}

var roots = []root{
	{name: "explainer", title: "Front matter of an explainer: content/explainers/<id>.md",
		kind: reflect.TypeFor[Explainer]()},
	{name: "term", title: "Front matter of a glossary entry: content/glossary/<id>.md", kind: reflect.TypeFor[Term]()},
	{name: "page", title: "Front matter of a plain page: content/pages/<id>.md", kind: reflect.TypeFor[Page]()},
	{name: "questions",
		title: "The questions of an explainer: content/explainers/<id>/questions.yaml",
		kind:  reflect.TypeFor[Question](), list: true},
	{name: "timeline", title: "The events of an explainer: content/explainers/<id>/timeline.yaml",
		kind: reflect.TypeFor[Event](), list: true},
	{name: "sources",
		title: "Sources: content/sources.yaml, or content/explainers/<id>/sources.yaml",
		kind:  reflect.TypeFor[Source](), list: true},
	{name: "images", title: "The pictures of an explainer: content/explainers/<id>/images.yaml",
		kind: reflect.TypeFor[Image](), list: true},
	{name: "updates",
		title: "What was changed in an explainer: content/explainers/<id>/updates.yaml",
		kind:  reflect.TypeFor[Update](), list: true},
	{name: "authors", title: "The staff, by their ids: content/authors.yaml",
		kind: reflect.TypeFor[Author](), ids: true},
	{name: "site", title: "What the whole site shares: content/site.yaml", kind: reflect.TypeFor[Site]()},
}

// SchemaNames are the names of all schemas: explainer, term, page, questions
// and so on.
func SchemaNames() []string {
	var names []string
	for _, r := range roots {
		names = append(names, r.name)
	}
	return names
}

// SchemaOf returns the schema of that name, or nil where there is none.
func SchemaOf(name string) *Schema {
	i := slices.IndexFunc(roots, func(r root) bool { return r.name == name })
	if i < 0 {
		return nil
	}
	r := roots[i]
	s := objectSchema(r.kind)
	switch {
	case r.list && r.kind == reflect.TypeFor[Source]():
		s = listOf(sourceSchema())
	case r.list:
		s = listOf(s)
	case r.ids:
		s = mapOf(s)
	}
	s.Draft, s.Title = "http://json-schema.org/draft-07/schema#", r.title
	return s
}

// required are the keys that each item of a struct must have. Those that may
// stand in the body instead, a title and a question, are not among them.
var required = map[string][]string{
	"Term": {"term", "short"}, "Page": {"title"}, "Source": {"title"}, "Image": {"src"}, "Update": {"date"},
	"Author": {"name"}, "Syndication": {"originator"}, "Link": {"title", "url"},
}

// choices are the words for keys whose tag has none: package site checks them.
var choices = map[string][]string{"Source.type": SourceTypes}

// objectSchema is the schema of a struct.
func objectSchema(t reflect.Type) *Schema {
	s := shapes[t]
	o := &Schema{Type: Types{"object"}, Required: required[s.name], Others: false}
	for i := range s.fields {
		f := &s.fields[i]
		name := s.name + "." + f.key
		v := valueSchema(t.Field(f.index).Type, name, f)
		v.Description = described[name]
		o.Properties = append(o.Properties, Property{f.key, v})
	}
	switch t {
	case reflect.TypeFor[Update](): // a review needs no text
		isReview := Properties{{"type", &Schema{Enum: []string{"review"}}}}
		o.AnyOf = []*Schema{{Required: []string{"text"}}, {Required: []string{"type"}, Properties: isReview}}
	case reflect.TypeFor[Event]():
		o.AnyOf = []*Schema{{Required: []string{"date", "title"}}, {Required: []string{"use"}}}
	}
	return o
}

// valueSchema is the schema of what a field holds: the cases are those of
// parser.value.
func valueSchema(t reflect.Type, name string, f *field) *Schema {
	words := f.words
	if words == nil {
		words = choices[name]
	}
	switch t {
	case reflect.TypeFor[Text]():
		return textSchema(words)
	case reflect.TypeFor[Bool]():
		return &Schema{Type: Types{"boolean"}}
	case reflect.TypeFor[Number]():
		return &Schema{Type: Types{"number"}}
	case reflect.TypeFor[[]Text]():
		if f.one {
			return &Schema{AnyOf: []*Schema{textSchema(words), listOf(textSchema(words))}}
		}
		return listOf(textSchema(words))
	case reflect.TypeFor[[]Entry]():
		return entriesSchema(name)
	case reflect.TypeFor[[]Topic]():
		return mapOf(objectSchema(reflect.TypeFor[Topic]()))
	case reflect.TypeFor[[]Allow]():
		return keysOf(CSPDirectives, func(string) *Schema {
			return &Schema{AnyOf: []*Schema{textSchema(nil), listOf(textSchema(nil))}}
		})
	case reflect.TypeFor[map[string]any]():
		return &Schema{Type: Types{"object"}}
	case reflect.TypeFor[[]Source]():
		return listOf(sourceSchema())
	}
	if t.Kind() == reflect.Slice {
		return listOf(objectSchema(t.Elem()))
	}
	return objectSchema(t)
}

// textSchema is that of a text. Unquoted, 2024 is a number to other readers of
// YAML. So is true no text to them, but then editors would offer it everywhere.
func textSchema(words []string) *Schema {
	if words != nil {
		return &Schema{Enum: words}
	}
	return &Schema{Type: Types{"string", "number"}}
}

// sourceSchema is that of an item of sources: a source, or the id of one in
// sources.yaml.
func sourceSchema() *Schema {
	id := textSchema(nil)
	id.Description = "The id of a source in content/sources.yaml."
	return &Schema{AnyOf: []*Schema{objectSchema(reflect.TypeFor[Source]()), id}}
}

// entriesSchema is that of a map whose keys the writer chooses.
func entriesSchema(name string) *Schema {
	switch name {
	case "Site.words":
		english := lang.For("en")
		return keysOf(lang.Keys(), func(key string) *Schema {
			s := textSchema(nil)
			s.Description = "In English: " + english.Words[key]
			return s
		})
	case "Site.check":
		return keysOf(CheckRules, func(string) *Schema { return textSchema(CheckLevels) })
	}
	return mapOf(textSchema(nil))
}

func listOf(item *Schema) *Schema { return &Schema{Type: Types{"array"}, Items: item} }

func mapOf(value *Schema) *Schema { return &Schema{Type: Types{"object"}, Others: value} }

// keysOf is a map of certain keys to values of one kind.
func keysOf(keys []string, value func(key string) *Schema) *Schema {
	o := &Schema{Type: Types{"object"}, Others: false}
	for _, k := range keys {
		o.Properties = append(o.Properties, Property{k, value(k)})
	}
	return o
}

// JSON writes the schema as a file.
func (s *Schema) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(s)
	return b.Bytes(), err
}

// MarshalJSON writes one type alone as most schemas do.
func (t Types) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return json.Marshal(t[0])
	}
	return json.Marshal([]string(t))
}

// MarshalJSON keeps the keys in their order.
func (p Properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, property := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(property.Key)
		if err != nil {
			return nil, err
		}
		value, err := property.Schema.JSON()
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
