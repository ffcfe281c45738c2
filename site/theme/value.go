package theme

import (
	"fmt"
	"html/template"
	"reflect"
	"text/template/parse"
)

// expression is what an action, or an argument of it, stands for.
type expression struct {
	t     reflect.Type
	value func(*state, reflect.Value) reflect.Value
	text  func(*state, reflect.Value) string // of strings: without a reflect.Value for each
	whole func(*state, reflect.Value) int64  // of integers
	put   step                               // of HTML that writes itself
}

var (
	stringType = reflect.TypeFor[string]()
	htmlType   = reflect.TypeFor[template.HTML]()
)

// complete derives what an expression lacks.
func (e expression) complete() expression {
	switch {
	case e.t.Kind() == reflect.String && e.text == nil:
		value := e.value
		e.text = func(s *state, dot reflect.Value) string { return value(s, dot).String() }
	case e.value == nil && e.text != nil:
		text, t := e.text, e.t
		e.value = func(s *state, dot reflect.Value) reflect.Value { return reflect.ValueOf(text(s, dot)).Convert(t) }
	case e.value == nil && e.whole != nil:
		whole, t := e.whole, e.t
		e.value = func(s *state, dot reflect.Value) reflect.Value { return reflect.ValueOf(whole(s, dot)).Convert(t) }
	}
	if e.t.Kind() >= reflect.Int && e.t.Kind() <= reflect.Int64 && e.whole == nil {
		value := e.value
		e.whole = func(s *state, dot reflect.Value) int64 { return value(s, dot).Int() }
	}
	return e
}

// plainPipe is a pipe without a chain of commands.
func (sc *scope) plainPipe(p *parse.PipeNode) (expression, error) {
	if len(p.Cmds) != 1 {
		return expression{}, fmt.Errorf("%s is not compiled", p)
	}
	return sc.command(p.Cmds[0])
}

func (sc *scope) command(c *parse.CommandNode) (expression, error) {
	switch n := c.Args[0].(type) {
	case *parse.FieldNode:
		return sc.chain(sc.dotExpression(), n.Ident, c.Args[1:])
	case *parse.VariableNode:
		return sc.variable(n, c.Args[1:])
	case *parse.IdentifierNode:
		switch {
		case n.Ident == "len" && len(c.Args) == 2:
			return sc.length(c.Args[1])
		case n.Ident == "index" && len(c.Args) > 2:
			return sc.index(c.Args[1:])
		}
	}
	if len(c.Args) == 1 {
		return sc.operand(c.Args[0])
	}
	return expression{}, fmt.Errorf("%s is not compiled", c)
}

// operand is one argument.
func (sc *scope) operand(n parse.Node) (expression, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return sc.dotExpression(), nil
	case *parse.FieldNode:
		return sc.chain(sc.dotExpression(), n.Ident, nil)
	case *parse.VariableNode:
		return sc.variable(n, nil)
	case *parse.PipeNode:
		return sc.plainPipe(n)
	case *parse.StringNode:
		text := n.Text
		return expression{t: stringType, text: func(*state, reflect.Value) string { return text }}.complete(), nil
	}
	return expression{}, fmt.Errorf("%s is not compiled", n)
}

func (sc *scope) dotExpression() expression {
	return expression{t: sc.dot, value: func(_ *state, dot reflect.Value) reflect.Value { return dot }}.complete()
}

func (sc *scope) variable(n *parse.VariableNode, args []parse.Node) (expression, error) {
	for i := len(sc.vars) - 1; i >= 0; i-- {
		if v := sc.vars[i]; v.name == n.Ident[0] {
			e := expression{t: v.t, value: func(s *state, _ reflect.Value) reflect.Value {
				return s.vars[s.base+v.slot]
			}}.complete()
			return sc.chain(e, n.Ident[1:], args)
		}
	}
	return expression{}, fmt.Errorf("there is no variable %s", n)
}

func (sc *scope) length(n parse.Node) (expression, error) {
	e, err := sc.operand(n)
	if err == nil && e.t.Kind() != reflect.Slice && e.t.Kind() != reflect.String {
		err = fmt.Errorf("len of %s is not compiled", e.t)
	}
	return expression{t: reflect.TypeFor[int](),
		whole: func(s *state, dot reflect.Value) int64 { return int64(e.value(s, dot).Len()) }}.complete(), err
}

// chain follows names from a value: .Explainer.Title. Arguments belong to the last.
func (sc *scope) chain(e expression, names []string, args []parse.Node) (expression, error) {
	var err error
	for i, name := range names {
		var given []parse.Node
		if i == len(names)-1 {
			given = args
		}
		if e, err = sc.member(e, name, given); err != nil {
			return e, err
		}
	}
	if len(names) == 0 && len(args) > 0 {
		return e, fmt.Errorf("arguments of what is no method are not compiled")
	}
	return e, nil
}

// member is a field or a method of a value.
func (sc *scope) member(e expression, name string, args []parse.Node) (expression, error) {
	receiver := e.t
	if receiver.Kind() == reflect.Struct {
		receiver = reflect.PointerTo(receiver) // text/template takes the address where it can
	}
	if _, ok := receiver.MethodByName(name); ok {
		if e.t.Kind() != reflect.Pointer {
			return e, fmt.Errorf("the method %s of %s is not compiled", name, e.t)
		}
		return sc.method(e, name, args)
	}
	st, pointer := e.t, e.t.Kind() == reflect.Pointer
	if pointer {
		st = st.Elem()
	}
	if st.Kind() != reflect.Struct && !pointer && len(args) == 0 {
		return e.entry(name)
	}
	if st.Kind() != reflect.Struct || len(args) > 0 {
		return e, fmt.Errorf("%s of %s is not compiled", name, e.t)
	}
	f, ok := st.FieldByName(name)
	if !ok || !f.IsExported() {
		return e, fmt.Errorf("%s has no field %s", e.t, name)
	}
	for i := range f.Index {
		if i > 0 && st.FieldByIndex(f.Index[:i]).Type.Kind() != reflect.Struct {
			return e, fmt.Errorf("%s is reached through a pointer", name)
		}
	}
	return field(e, f, pointer), nil
}

func field(e expression, f reflect.StructField, pointer bool) expression {
	of, index := e.value, f.Index
	return expression{t: f.Type, value: func(s *state, dot reflect.Value) reflect.Value {
		v := of(s, dot)
		if pointer {
			if v.IsNil() {
				fail("nil pointer evaluating .%s", f.Name)
			}
			v = v.Elem()
		}
		for _, i := range index {
			v = v.Field(i)
		}
		return v
	}}.complete()
}

// The methods that Views have are called without reflection; for others a call
// is put together. HTML must write what AppendHTML writes, where there is one:
// then a page takes it in without another copy.
type (
	htmler interface {
		AppendHTML([]byte) ([]byte, error)
	}
	worder  interface{ Word(string) (string, error) }
	counter interface {
		Count(string, int) (string, error)
	}
	sayer interface {
		Say(string, ...any) (string, error)
	}
)

func (sc *scope) method(e expression, name string, nodes []parse.Node) (expression, error) {
	args := make([]expression, len(nodes))
	for i, n := range nodes {
		var err error
		if args[i], err = sc.operand(n); err != nil {
			return e, err
		}
	}
	of := e.value
	switch {
	case name == "HTML" && e.t.Implements(reflect.TypeFor[htmler]()) && len(args) == 0:
		html := func(s *state, dot reflect.Value, buf []byte) []byte {
			out, err := of(s, dot).Interface().(htmler).AppendHTML(buf)
			if err != nil {
				panic(failure{err})
			}
			return out
		}
		return expression{t: htmlType, put: func(s *state, dot reflect.Value) { s.buf = html(s, dot, s.buf) },
			text: func(s *state, dot reflect.Value) string { return string(html(s, dot, nil)) }}.complete(), nil
	case name == "Word" && e.t.Implements(reflect.TypeFor[worder]()) && len(args) == 1 && args[0].t == stringType:
		return expression{t: stringType, text: func(s *state, dot reflect.Value) string {
			return must(of(s, dot).Interface().(worder).Word(args[0].text(s, dot)))
		}}.complete(), nil
	case name == "Count" && e.t.Implements(reflect.TypeFor[counter]()) && len(args) == 2 &&
		args[0].t == stringType && args[1].t.Kind() == reflect.Int:
		return expression{t: stringType, text: func(s *state, dot reflect.Value) string {
			return must(of(s, dot).Interface().(counter).Count(args[0].text(s, dot), int(args[1].whole(s, dot))))
		}}.complete(), nil
	case name == "Say" && e.t.Implements(reflect.TypeFor[sayer]()) && len(args) > 0 && args[0].t == stringType:
		return expression{t: stringType, text: func(s *state, dot reflect.Value) string {
			pairs := make([]any, len(args)-1)
			for i := range pairs {
				pairs[i] = args[i+1].value(s, dot).Interface()
			}
			return must(of(s, dot).Interface().(sayer).Say(args[0].text(s, dot), pairs...))
		}}.complete(), nil
	}
	return reflected(e, name, args)
}

func must(text string, err error) string {
	if err != nil {
		panic(failure{err})
	}
	return text
}

// reflected calls any method that gives a string, perhaps with an error, and
// takes what it is given as it is.
func reflected(e expression, name string, args []expression) (expression, error) {
	m, _ := e.t.MethodByName(name)
	t := m.Func.Type()
	if t.NumOut() == 0 || t.NumOut() > 2 || t.Out(0).Kind() != reflect.String {
		return e, fmt.Errorf("the method %s is not compiled", name)
	}
	for i, a := range args {
		want := t.NumIn() - 1 // the receiver is the first
		switch {
		case i+1 < want || !t.IsVariadic() && i+1 == want:
			if a.t != t.In(i+1) {
				return e, fmt.Errorf("argument %d of %s is not compiled", i+1, name)
			}
		case !t.IsVariadic() || !a.t.AssignableTo(t.In(want).Elem()):
			return e, fmt.Errorf("argument %d of %s is not compiled", i+1, name)
		}
	}
	if n := t.NumIn() - 1; len(args) < n && !(t.IsVariadic() && len(args) == n-1) {
		return e, fmt.Errorf("%s lacks arguments", name)
	}
	of, index := e.value, m.Index
	return expression{t: t.Out(0), text: func(s *state, dot reflect.Value) string {
		in := make([]reflect.Value, len(args))
		for i, a := range args {
			in[i] = a.value(s, dot)
		}
		out := of(s, dot).Method(index).Call(in)
		if len(out) == 2 && !out[1].IsNil() {
			panic(failure{out[1].Interface().(error)})
		}
		return out[0].String()
	}}.complete(), nil
}

// truth says whether a value counts as true, as template.IsTrue does.
func (e expression) truth() (func(reflect.Value) bool, error) {
	switch e.t.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool, nil
	case reflect.String, reflect.Slice, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) bool { return v.Int() != 0 }, nil
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }, nil
	case reflect.Struct:
		return func(reflect.Value) bool { return true }, nil
	case reflect.Interface:
		return func(v reflect.Value) bool {
			truth, _ := template.IsTrue(held(v))
			return truth
		}, nil
	}
	return nil, fmt.Errorf("the truth of %s is not compiled", e.t)
}

// condition is what stands after {{if}}.
func (sc *scope) condition(p *parse.PipeNode) (func(*state, reflect.Value) bool, error) {
	if len(p.Cmds) != 1 || len(p.Decl) > 0 {
		return nil, fmt.Errorf("%s is not compiled", p)
	}
	args := p.Cmds[0].Args
	if id, ok := args[0].(*parse.IdentifierNode); ok && id.Ident != "len" && id.Ident != "index" {
		return sc.logic(id.Ident, args[1:])
	}
	e, err := sc.command(p.Cmds[0])
	if err != nil {
		return nil, err
	}
	return e.condition()
}

func (e expression) condition() (func(*state, reflect.Value) bool, error) {
	is, err := e.truth()
	if e.t.Kind() == reflect.String {
		return func(s *state, dot reflect.Value) bool { return e.text(s, dot) != "" }, nil
	}
	return func(s *state, dot reflect.Value) bool { return is(e.value(s, dot)) }, err
}

// logic is and, or, not, eq or ne within a condition.
func (sc *scope) logic(name string, nodes []parse.Node) (func(*state, reflect.Value) bool, error) {
	if name == "eq" || name == "ne" {
		return sc.compare(name, nodes)
	}
	var parts []func(*state, reflect.Value) bool
	for _, n := range nodes {
		part, err := sc.part(n)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	switch {
	case name == "not" && len(parts) == 1:
		return func(s *state, dot reflect.Value) bool { return !parts[0](s, dot) }, nil
	case (name == "and" || name == "or") && len(parts) > 0:
		stop := name == "or"
		return func(s *state, dot reflect.Value) bool {
			for _, is := range parts {
				if is(s, dot) == stop {
					return stop
				}
			}
			return !stop
		}, nil
	}
	return nil, fmt.Errorf("%s is not compiled", name)
}

func (sc *scope) part(n parse.Node) (func(*state, reflect.Value) bool, error) {
	if p, ok := n.(*parse.PipeNode); ok {
		return sc.condition(p)
	}
	e, err := sc.operand(n)
	if err != nil {
		return nil, err
	}
	return e.condition()
}

// compare compares strings: the first with each of the others.
func (sc *scope) compare(name string, nodes []parse.Node) (func(*state, reflect.Value) bool, error) {
	args := make([]expression, len(nodes))
	for i, n := range nodes {
		var err error
		if args[i], err = sc.operand(n); err != nil {
			return nil, err
		}
		if args[i].t == anyType {
			value := args[i].value
			args[i].text = func(s *state, dot reflect.Value) string { return anyText(value(s, dot)) }
		} else if args[i].t != stringType {
			return nil, fmt.Errorf("%s of %s is not compiled", name, args[i].t)
		}
	}
	if len(args) < 2 || name == "ne" && len(args) > 2 {
		return nil, fmt.Errorf("%s of %d values is not compiled", name, len(args))
	}
	return func(s *state, dot reflect.Value) bool {
		first := args[0].text(s, dot)
		for _, a := range args[1:] {
			if a.text(s, dot) == first {
				return name == "eq"
			}
		}
		return name == "ne"
	}, nil
}
