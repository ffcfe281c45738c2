package theme

import (
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"slices"
	"text/template/parse"
)

// Free data, such as a site's params, is strings, numbers, lists and maps of any:
// what a value of it is shows when the template runs. What it is not, as a field
// of a list, html/template reports.

var anyType = reflect.TypeFor[any]()

// entry is a member of a map, or of what may be one.
func (e expression) entry(name string) (expression, error) {
	if e.t != anyType && (e.t.Kind() != reflect.Map || e.t.Key() != stringType) {
		return e, fmt.Errorf("%s of %s is not compiled", name, e.t)
	}
	of, t, key := e.value, anyType, reflect.ValueOf(name)
	if e.t != anyType {
		t = e.t.Elem()
	}
	return expression{t: t, value: func(s *state, dot reflect.Value) reflect.Value {
		v := within(of(s, dot))
		if v.Kind() != reflect.Map || v.Type().Key() != stringType {
			fail("no map has the entry %s", name)
		}
		if v = v.MapIndex(key); !v.IsValid() {
			fail("map has no entry for key %q", name)
		}
		return v
	}}.complete(), nil
}

// within is the value that an any holds; not valid, if none.
func within(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// held is within for what takes values of every kind.
func held(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	return v.Interface()
}

// anyText is a string that an any holds.
func anyText(v reflect.Value) string {
	if v = within(v); v.Kind() != reflect.String {
		fail("it is no text")
	}
	return v.String()
}

// index is {{index .Params "a-key"}}, which is nothing where there is no entry.
func (sc *scope) index(nodes []parse.Node) (expression, error) {
	e, err := sc.operand(nodes[0])
	if err != nil {
		return e, err
	}
	for _, n := range nodes[1:] {
		key, err := sc.operand(n)
		if err != nil {
			return e, err
		}
		if e.t != anyType && e.t != reflect.TypeFor[map[string]any]() || key.t != stringType {
			return e, fmt.Errorf("index of %s by %s is not compiled", e.t, key.t)
		}
		of := e.value
		e = expression{t: anyType, value: func(s *state, dot reflect.Value) reflect.Value {
			m, is := held(of(s, dot)).(map[string]any)
			if !is {
				fail("it is no map")
			}
			var v any = m[key.text(s, dot)]
			return reflect.ValueOf(&v).Elem()
		}}.complete()
	}
	return e, nil
}

// loopAny is a range over a map, or over what may be a list or a map.
func (sc *scope) loopAny(n *parse.RangeNode, in *scope, e expression) (step, error) {
	index, element, of := -1, -1, anyType
	if e.t != anyType {
		of = e.t.Elem()
	}
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		element = in.declare(d[0].Ident[0], of)
	case 2:
		index = in.declare(d[0].Ident[0], anyType)
		element = in.declare(d[1].Ident[0], of)
	}
	each, none, err := in.both(&n.BranchNode, of, sc.dot)
	turns := sc.turns(n)
	return func(s *state, dot reflect.Value) {
		list := within(e.value(s, dot))
		var keys []string
		size := 0
		switch m := held(list).(type) {
		case nil:
		case []any:
			size = len(m)
		case map[string]any:
			keys = slices.Sorted(maps.Keys(m))
			size = len(m)
		default:
			fail("only html/template ranges over %s", list.Type())
		}
		if turns(s, size); size == 0 {
			none(s, dot)
		}
		for i := range size {
			var key any = i
			var v reflect.Value
			if keys != nil {
				key = keys[i]
				v = list.MapIndex(reflect.ValueOf(keys[i]))
			} else {
				v = list.Index(i)
			}
			if index >= 0 {
				s.vars[s.base+index] = reflect.ValueOf(&key).Elem()
			}
			if element >= 0 {
				s.vars[s.base+element] = v
			}
			each(s, v)
		}
	}, err
}

// places are templates of one action that stands where a chain of escapers
// belongs: html/template itself writes what is not known to be plain.
var places = map[string]corset{
	inText:   {template.Must(template.New("").Parse(`{{.}}`)), "", ""},
	inRCDATA: {template.Must(template.New("").Parse(`<title>{{.}}</title>`)), "<title>", "</title>"},
	inAttr:   {template.Must(template.New("").Parse(`<a title="{{.}}">`)), `<a title="`, `">`},
	inURL:    address, inFragment: fragment,
}

// writtenAny writes a value that may be of any kind.
func (e expression) writtenAny(chain string) (step, error) {
	place, ok := places[chain]
	if !ok {
		return nil, fmt.Errorf("%s through %s is not compiled", e.t, chain)
	}
	return func(s *state, dot reflect.Value) {
		v := within(e.value(s, dot))
		if v.Kind() != reflect.String || v.Type() != stringType {
			s.buf = place.append(s.buf, held(v))
			return
		}
		switch text := v.String(); chain {
		case inURL:
			s.buf = appendURL(s.buf, text)
		case inFragment:
			s.buf = appendFragment(s.buf, text)
		default:
			s.buf = AppendText(s.buf, text)
		}
	}, nil
}
