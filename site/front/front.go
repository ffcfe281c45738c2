package front

import (
	"reflect"

	"go.yaml.in/yaml/v4"

	"nutgraf/site/diag"
)

// The functions here read one file each, named by the slash path that its
// writer knows. They return all that could be read, never nil for a struct,
// and all that is wrong, sorted: with an error among it the value is not to be
// published, but good enough to go on and find what else is wrong. Values
// don't hold on to data.

// ParseExplainer reads content/explainers/<id>.md. The Span is its body.
func ParseExplainer(file string, data []byte) (*Explainer, diag.Span, []diag.Diagnostic) {
	return new(Memory).ParseExplainer(file, data)
}

// Memory is what explainers are read in, one after the other. The zero Memory is
// ready.
type Memory struct {
	explainer Explainer
	free      map[reflect.Type]reflect.Value // lists of structs
	taken     []reflect.Value
	lines     []int32
	keys      []Text
}

// ParseExplainer is the function ParseExplainer. What it returned before can't be
// used any more, but for texts.
func (m *Memory) ParseExplainer(file string, data []byte) (*Explainer, diag.Span, []diag.Diagnostic) {
	if m.free == nil {
		m.explainer.Keys, m.free = map[string]diag.Span{}, map[reflect.Type]reflect.Value{}
	}
	clear(m.explainer.Keys)
	m.explainer = Explainer{Keys: m.explainer.Keys}
	for _, list := range m.taken {
		m.free[list.Type()] = list
	}
	m.taken = m.taken[:0]
	body, ds := parseMarkdown(file, data, &m.explainer, m)
	return &m.explainer, body, ds
}

// list makes a list of n structs. No memory is given away twice for one file.
func (m *Memory) list(t reflect.Type, n int) reflect.Value {
	if m == nil {
		return reflect.MakeSlice(t, n, n)
	}
	list := m.free[t]
	delete(m.free, t)
	if !list.IsValid() || list.Cap() < n {
		list = reflect.MakeSlice(t, n, n)
	} else {
		list = list.Slice(0, n)
		list.Clear()
	}
	m.taken = append(m.taken, list)
	return list
}

// ParseTerm reads content/glossary/<id>.md. The Span is its body.
func ParseTerm(file string, data []byte) (*Term, diag.Span, []diag.Diagnostic) {
	t := &Term{Keys: map[string]diag.Span{}}
	body, ds := parseMarkdown(file, data, t, nil)
	return t, body, ds
}

// ParsePage reads content/pages/<id>.md. The Span is its body.
func ParsePage(file string, data []byte) (*Page, diag.Span, []diag.Diagnostic) {
	g := &Page{Keys: map[string]diag.Span{}}
	body, ds := parseMarkdown(file, data, g, nil)
	return g, body, ds
}

// ParseSite reads content/site.yaml.
func ParseSite(file string, data []byte) (*Site, []diag.Diagnostic) {
	s := &Site{Keys: map[string]diag.Span{}}
	v := reflect.ValueOf(s).Elem()
	return s, parseYAML(file, data, shapes[v.Type()], func(p *parser, n *yaml.Node) { p.object(n, v, "this file") })
}

// ParseAuthors reads content/authors.yaml, a map of ids, in its order.
func ParseAuthors(file string, data []byte) (list []Author, ds []diag.Diagnostic) {
	ds = parseYAML(file, data, &shape{}, func(p *parser, n *yaml.Node) { list = p.authors(n) })
	return list, ds
}

// ParseQuestions reads explainers/<id>/questions.yaml.
func ParseQuestions(file string, data []byte) ([]Question, []diag.Diagnostic) {
	return parseList[Question](file, data)
}

// ParseTimeline reads explainers/<id>/timeline.yaml.
func ParseTimeline(file string, data []byte) ([]Event, []diag.Diagnostic) {
	return parseList[Event](file, data)
}

// ParseSources reads content/sources.yaml or explainers/<id>/sources.yaml.
func ParseSources(file string, data []byte) ([]Source, []diag.Diagnostic) {
	return parseList[Source](file, data)
}

// ParseImages reads explainers/<id>/images.yaml.
func ParseImages(file string, data []byte) ([]Image, []diag.Diagnostic) {
	return parseList[Image](file, data)
}

// ParseUpdates reads explainers/<id>/updates.yaml.
func ParseUpdates(file string, data []byte) ([]Update, []diag.Diagnostic) {
	return parseList[Update](file, data)
}

// parseMarkdown reads the front matter of a Markdown file into dst, a pointer to a struct.
func parseMarkdown(file string, data []byte, dst any, m *Memory) (diag.Span, []diag.Diagnostic) {
	v := reflect.ValueOf(dst).Elem()
	p := &parser{file: file, data: data, memory: m, shape: shapes[v.Type()]}
	if m != nil {
		p.lines, p.keys = m.lines[:0], m.keys[:0]
	}
	defer p.done()
	body := p.split()
	p.unfitBody(body)
	if n := p.root(); n != nil && p.plainNode(n) {
		p.object(n, v, "the front matter")
	}
	return body, p.diagnostics()
}

// parseYAML reads a data file; s is the shape of the whole, nil for a list.
func parseYAML(file string, data []byte, s *shape, read func(*parser, *yaml.Node)) []diag.Diagnostic {
	p := &parser{file: file, data: data, shape: s, start: leadingBOM(data), end: len(data)}
	defer p.done()
	if p.encoding() {
		if n := p.root(); n != nil && p.plainNode(n) {
			read(p, n)
		}
	}
	return p.diagnostics()
}

func parseList[T any](file string, data []byte) (list []T, ds []diag.Diagnostic) {
	ds = parseYAML(file, data, nil, func(p *parser, n *yaml.Node) {
		p.items(n, reflect.ValueOf(&list).Elem(), "this file")
	})
	return list, ds
}
