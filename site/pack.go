package site

import (
	"reflect"
	"strings"

	"nutgraf/site/diag"
)

// pack moves the texts of a parsed document into one piece of memory. Each was
// made on its own, amid all that parsing throws away, and would keep the memory
// around it from being used again.
func pack[T any](doc *T) {
	var p packer
	p.walk(reflect.ValueOf(doc).Elem(), p.count)
	p.text.Grow(p.size)
	p.walk(reflect.ValueOf(doc).Elem(), p.move)
}

type packer struct {
	size int
	text strings.Builder
}

func (p *packer) count(v reflect.Value) { p.size += v.Len() }

// move copies one text. The Builder never grows again, so what it returned
// stays where it is.
func (p *packer) move(v reflect.Value) {
	start := p.text.Len()
	p.text.WriteString(v.String())
	v.SetString(p.text.String()[start:])
}

// shared are types of which many documents have one in common: a file's name,
// and what was packed elsewhere.
var shared = []reflect.Type{reflect.TypeFor[diag.Place](), reflect.TypeFor[*Record]()}

// walk visits every text that a document has for itself alone.
func (p *packer) walk(v reflect.Value, visit func(reflect.Value)) {
	for _, t := range shared {
		if v.Type() == t {
			return
		}
	}
	switch v.Kind() {
	case reflect.String:
		if v.Len() > 0 && v.CanSet() {
			visit(v)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			p.walk(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			p.walk(v.Index(i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			p.walk(v.Field(i), visit)
		}
	}
}
