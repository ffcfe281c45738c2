package front

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"nutgraf/site/diag"
)

// TestSchemaHasEveryKey compares each schema with the tags of the structs, and
// the table of descriptions with both.
func TestSchemaHasEveryKey(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range roots {
		s := SchemaOf(r.name)
		switch {
		case r.list:
			s = s.Items
		case r.ids:
			s = s.Others.(*Schema)
		}
		sameKeys(t, r.kind, s, seen)
	}
	for name := range described {
		if !seen[name] {
			t.Errorf("%s is described, but no struct has it", name)
		}
	}
	for name, keys := range required {
		for _, key := range keys {
			if !seen[name+"."+key] {
				t.Errorf("%s.%s is required, but no struct has it", name, key)
			}
		}
	}
}

func sameKeys(t *testing.T, kind reflect.Type, s *Schema, seen map[string]bool) {
	t.Helper()
	if s.AnyOf != nil && s.Properties == nil {
		s = s.AnyOf[0] // a source, or the id of one
	}
	byKey := map[string]*Schema{}
	for _, p := range s.Properties {
		byKey[p.Key] = p.Schema
	}
	for i := range kind.NumField() {
		f := kind.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("front"), ",")
		if key == "-" || key == "" {
			continue
		}
		name := kind.Name() + "." + key
		value := byKey[key]
		delete(byKey, key)
		if value == nil {
			t.Errorf("the schema lacks %s", name)
			continue
		}
		if value.Description == "" {
			t.Errorf("described lacks %s", name)
		}
		seen[name] = true
		inner := f.Type
		if inner.Kind() == reflect.Slice {
			inner = inner.Elem()
			value = value.inside()
		}
		if shapes[inner] != nil {
			sameKeys(t, inner, value, seen)
		}
	}
	for key := range byKey {
		t.Errorf("the schema has %s.%s, which is no key", kind.Name(), key)
	}
}

// inside is the schema of the items of a list, or of the values of a map.
func (s *Schema) inside() *Schema {
	if s.Items != nil {
		return s.Items
	}
	if of, ok := s.Others.(*Schema); ok {
		return of
	}
	return s
}

// TestDecoderTakesWhatTheSchemaOffers decodes one file of each sort that has
// every key of its schema and every word of its enumerations.
func TestDecoderTakesWhatTheSchemaOffers(t *testing.T) {
	for _, r := range roots {
		for _, sample := range samples(SchemaOf(r.name)) {
			data, err := json.Marshal(sample) // which is YAML too
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range decode(r.name, string(data)) {
				t.Errorf("%s: %s\n%s", r.name, d.Message, data)
			}
			if err := validate(t, r.name, string(data)); err != nil {
				t.Errorf("%s: the schema refuses its own sample: %v\n%s", r.name, err, data)
			}
		}
	}
}

// samples are values that a schema allows, which together have all that it names.
func samples(s *Schema) (out []any) {
	switch {
	case s.Enum != nil:
		for _, w := range s.Enum {
			out = append(out, w)
		}
	case s.AnyOf != nil && s.Properties == nil:
		for _, one := range s.AnyOf {
			out = append(out, samples(one)...)
		}
	case s.Items != nil:
		for _, v := range samples(s.Items) {
			out = append(out, []any{v})
		}
	case s.Properties != nil:
		most := 1
		of := map[string][]any{}
		for _, p := range s.Properties {
			of[p.Key] = samples(p.Schema)
			most = max(most, len(of[p.Key]))
		}
		for i := range most {
			o := map[string]any{}
			for key, values := range of {
				o[key] = values[i%len(values)]
			}
			out = append(out, o)
		}
	case slices.Equal(s.Type, []string{"object"}):
		value := any("some text")
		if of, ok := s.Others.(*Schema); ok {
			for _, v := range samples(of) {
				out = append(out, map[string]any{"key": v})
			}
			return out
		}
		out = append(out, map[string]any{"key": value})
	default:
		for _, kind := range s.Type {
			out = append(out, map[string]any{"string": "some text", "number": 7, "boolean": true}[kind])
		}
	}
	return out
}

// TestSchemaAgreesWithDecoder holds both to the same verdict on texts that are
// right and on mistakes.
func TestSchemaAgreesWithDecoder(t *testing.T) {
	for _, c := range []struct {
		name, text string
		ok         bool
	}{
		{"explainer", "title: What is it?\npublished: 2024-03-22", true},
		{"explainer", "title: 1984", true},
		{"explainer", "title: no", true},
		{"explainer", "titel: What is it?", false},
		{"explainer", "title: [a]", false},
		{"explainer", "title: {a: b}", false},
		{"explainer", "status: draft", true},
		{"explainer", "status: drafty", false},
		{"explainer", "index: false", true},
		{"explainer", "index: no", false},
		{"explainer", "authors: [ann-lee, Somebody Else]", true},
		{"explainer", "authors: ann-lee", false},
		{"explainer", "editor: ann-lee", true},
		{"explainer", "editor: [ann-lee]", true},
		{"explainer", "questions: [{question: Why?, short: Because.}]", true},
		{"explainer", "questions: [{question: Why?, shrot: Because.}]", false},
		{"explainer", "questions: Why?", false},
		{"explainer", "sources: [act, {id: bull, title: A bull, type: document, author: Gregory}]", true},
		{"explainer", "sources: {id: bull}", false},
		{"explainer", "params: {a: [1, {b: c}]}", true},
		{"explainer", "params: 1", false},
		{"explainer", "glossary: {skip: [a]}", true},
		{"explainer", "glossary: {skip: a}", false},
		{"term", "term: X\nshort: It.\nkind: person", true},
		{"term", "term: X\nshort: It.\nlat: 11.25\nlon: -22", true},
		{"term", "term: X\nshort: It.\nlat: north", false},
		{"term", "term: X\nshort: It.\nkind: animal", false},
		{"page", "title: About\nindex: true", true},
		{"page", "title: About\nstatus: draft", false},
		{"questions", "- question: Why?", true},
		{"questions", "question: Why?", false},
		{"timeline", "- {date: 2014, title: It began, importance: 1}", true},
		{"timeline", "- use: leap-second#utc-1972", true},
		{"timeline", "- {date: 2014, title: It began, status: sure}", false},
		{"sources", "- {title: A book, attribution: named}", true},
		{"sources", "- {title: A book, attribution: nobody}", false},
		{"images", "- {src: a.png, sensitive: graphic}", true},
		{"images", "- {src: a.png, decorative: maybe}", false},
		{"updates", "- {date: 2024-03-22, type: correction, text: A name.}", true},
		{"updates", "- {date: 2024-03-22, type: fix, text: A name.}", false},
		{"authors", "ann-lee: {name: Ann Lee, role: Editor}", true},
		{"authors", "ann-lee: {name: Ann Lee, mail: a@example.org}", false},
		{"authors", "[Ann Lee]", false},
		{"site", "title: T\ntopics: {sea: {title: Sea}}\noutputs: [cards]", true},
		{"site", "outputs: [card]", false},
		{"site", "csp_allow: {script-src: a.example.org, img-src: [b.example.org]}", true},
		{"site", "words: {in-short: Briefly}\ncheck: {orphan: off}", true},
		{"site", "per_page: many", false},
		{"site", "navigation: [{title: About, url: /about/}]", true},
	} {
		ds := decode(c.name, c.text)
		if ok := len(ds) == 0; ok != c.ok {
			t.Errorf("%s %q: the decoder says %v: %v", c.name, c.text, ok, ds)
		}
		if err := validate(t, c.name, c.text); (err == nil) != c.ok {
			t.Errorf("%s %q: the schema says %v: %v", c.name, c.text, err == nil, err)
		}
	}
}

// TestSchemaRefusesWhatIsMissing is about keys that the site asks for, not the decoder.
func TestSchemaRefusesWhatIsMissing(t *testing.T) {
	for name, text := range map[string]string{
		"term": "term: X", "page": "index: true", "timeline": "- date: 2014", "sources": "- id: a", "images": "- alt: A", "updates": "- date: 2014", "authors": "a: {role: Editor}",
	} {
		if validate(t, name, text) == nil {
			t.Errorf("%s %q lacks a key, and the schema takes it", name, text)
		}
	}
}

// decode reads text as the file or front matter of that name.
func decode(name, text string) (ds []diag.Diagnostic) {
	front, file := []byte("---\n"+text+"\n---\n"), []byte(text)
	switch name {
	case "explainer":
		_, _, ds = ParseExplainer("x.md", front)
	case "term":
		_, _, ds = ParseTerm("x.md", front)
	case "page":
		_, _, ds = ParsePage("x.md", front)
	case "questions":
		_, ds = ParseQuestions("x.yaml", file)
	case "timeline":
		_, ds = ParseTimeline("x.yaml", file)
	case "sources":
		_, ds = ParseSources("x.yaml", file)
	case "images":
		_, ds = ParseImages("x.yaml", file)
	case "updates":
		_, ds = ParseUpdates("x.yaml", file)
	case "authors":
		_, ds = ParseAuthors("x.yaml", file)
	case "site":
		_, ds = ParseSite("x.yaml", file)
	}
	return ds
}

// validate asks the schema of that name about a text, read as an editor reads
// it: by the core schema of YAML 1.2.
func validate(t *testing.T, name, text string) error {
	t.Helper()
	var value any
	if ds := parseYAML("x.yaml", []byte(text), &shape{}, func(p *parser, n *yaml.Node) { value = p.plain(n, 1) }); len(ds) > 0 {
		t.Fatalf("%s: %v", text, ds)
	}
	return compiled(t, name).Validate(value)
}

func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	data, err := SchemaOf(name).JSON()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json") // checks it against draft-07's own schema
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
