// Package theme runs templates that html/template has escaped, compiled for the
// one type of data that they are given. html/template decides where each value
// stands and which escapers it needs; the trees that it leaves are walked here
// once, when they are compiled, and not for every page. What is not known to
// give the very same bytes is not compiled: the caller then asks html/template.
package theme

import (
	"fmt"
	"html/template"
	"reflect"
	"sync"
	"text/template/parse"
)

// program is a template compiled for one type of data. It is safe for
// concurrent use.
type program struct {
	body *body
	data reflect.Type
}

// body is a template as it is called with one type. It is filled in after it is
// entered into the table, so that templates may call themselves.
type body struct {
	name  string
	run   step
	slots int // how many variables it has
}

// step writes one node of a template. dot is what {{.}} stands for.
type step func(s *state, dot reflect.Value)

// state is one run of a program.
type state struct {
	buf   []byte
	most  int // bytes in buf
	vars  []reflect.Value
	base  int // where the variables of the template that runs begin
	spent budget
}

var states = sync.Pool{New: func() any { return &state{} }}

// failure is what a run panics with when it meets what only html/template can
// explain; nothing but run sees it.
type failure struct{ error }

// compile prepares a template of set for data of type t. The template must be
// escaped: executed at least once. An error says what is beyond this package,
// and that the template must be executed by html/template.
func compile(set *template.Template, name string, t reflect.Type) (*program, error) {
	c := compiler{set: set, bodies: map[bodyKey]*body{}, weights: map[string]map[*parse.RangeNode]int{}}
	b, err := c.template(name, t)
	if err != nil {
		return nil, err
	}
	return &program{body: b, data: t}, nil
}

// run executes the program and appends what it writes to buf. After an error
// the same template, executed by html/template, shows what is wrong.
func (p *program) run(buf []byte, data any) (out []byte, err error) {
	if t := reflect.TypeOf(data); t != p.data {
		return buf, fmt.Errorf("compiled for %s, given %s", p.data, t)
	}
	s := states.Get().(*state)
	s.buf, s.most = buf, len(buf)+maxPage
	defer func() {
		clear(s.vars[:cap(s.vars)])
		*s = state{vars: s.vars[:0]}
		states.Put(s)
	}()
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			out, err = buf, r.error
		default:
			panic(r)
		}
	}()
	p.body.call(s, reflect.ValueOf(data))
	return s.buf, nil
}

func (b *body) call(s *state, data reflect.Value) {
	if err := s.spent.enter(b.name); err != nil {
		panic(failure{err})
	}
	base := s.base
	s.base = len(s.vars)
	for range b.slots {
		s.vars = append(s.vars, reflect.Value{})
	}
	s.vars[s.base] = data // $
	b.run(s, data)
	s.vars, s.base = s.vars[:s.base], base
	s.spent.depth--
}

func fail(format string, args ...any) {
	panic(failure{fmt.Errorf(format, args...)})
}

type bodyKey struct {
	name string
	t    reflect.Type
}

type compiler struct {
	set     *template.Template
	bodies  map[bodyKey]*body
	weights map[string]map[*parse.RangeNode]int // by template
}

// template compiles a template for one type of data, once.
func (c *compiler) template(name string, t reflect.Type) (*body, error) {
	key := bodyKey{name, t}
	if b, ok := c.bodies[key]; ok {
		return b, nil
	}
	set := c.set.Lookup(name)
	if set == nil || set.Tree == nil || set.Tree.Root == nil {
		return nil, fmt.Errorf("the template %s is out of reach", name)
	}
	b := &body{name: name}
	c.bodies[key] = b
	if c.weights[name] == nil {
		c.weights[name] = measured(set.Tree.Root).weights
	}
	sc := &scope{compiler: c, dot: t, body: b}
	sc.declare("$", t)
	run, err := sc.list(set.Tree.Root)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b.run = run
	return b, nil
}

// scope is what a node of a template can see.
type scope struct {
	*compiler
	dot  reflect.Type
	vars []variable
	body *body
}

type variable struct {
	name string
	slot int
	t    reflect.Type
}

func (sc *scope) declare(name string, t reflect.Type) int {
	slot := sc.body.slots
	sc.body.slots++
	sc.vars = append(sc.vars, variable{name, slot, t})
	return slot
}

// inner is a scope within sc: what it declares is not seen outside.
func (sc *scope) inner(dot reflect.Type) *scope {
	return &scope{compiler: sc.compiler, dot: dot, vars: sc.vars[:len(sc.vars):len(sc.vars)], body: sc.body}
}

// piece is a text, and what is written after it.
type piece struct {
	text []byte
	then step
	at   int // in the template's file
}

func nothing(*state, reflect.Value) {}

func (sc *scope) list(l *parse.ListNode) (step, error) {
	if l == nil {
		return nothing, nil
	}
	var pieces []piece
	var text []byte
	name := original(sc.body.name)
	for _, n := range l.Nodes {
		if n, ok := n.(*parse.TextNode); ok {
			text = append(text, n.Text...)
			continue
		}
		then, err := sc.node(n)
		if err != nil {
			return nil, err
		}
		pieces, text = append(pieces, piece{text, then, int(n.Position())}), nil
	}
	return func(s *state, dot reflect.Value) {
		for i := range pieces {
			p := &pieces[i]
			s.buf = append(s.buf, p.text...)
			p.then(s, dot)
			if len(s.buf) > s.most {
				panic(failure{limitError{pageLimit, name, p.at}})
			}
		}
		s.buf = append(s.buf, text...)
	}, nil
}

func (sc *scope) node(n parse.Node) (step, error) {
	switch n := n.(type) {
	case *parse.ActionNode:
		return sc.action(n)
	case *parse.IfNode:
		return sc.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return sc.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return sc.loop(n)
	case *parse.TemplateNode:
		return sc.call(n)
	}
	return nil, fmt.Errorf("%s is not compiled", n)
}

// call runs another template.
func (sc *scope) call(n *parse.TemplateNode) (step, error) {
	if n.Pipe == nil {
		return nil, fmt.Errorf("%s has no data", n)
	}
	arg, err := sc.plainPipe(n.Pipe)
	if err != nil {
		return nil, err
	}
	b, err := sc.template(n.Name, arg.t)
	if err != nil {
		return nil, err
	}
	return func(s *state, dot reflect.Value) { b.call(s, arg.value(s, dot)) }, nil
}

// branch is {{if}} or {{with}}.
func (sc *scope) branch(n *parse.BranchNode, with bool) (step, error) {
	in := sc.inner(sc.dot)
	if !with && len(n.Pipe.Decl) == 0 {
		is, err := in.condition(n.Pipe)
		if err != nil {
			return nil, err
		}
		yes, no, err := in.both(n, in.dot, in.dot)
		return func(s *state, dot reflect.Value) {
			if is(s, dot) {
				yes(s, dot)
			} else {
				no(s, dot)
			}
		}, err
	}
	e, err := in.plainPipe(n.Pipe)
	if err != nil {
		return nil, err
	}
	is, err := e.truth()
	if err != nil {
		return nil, err
	}
	slot := -1
	if len(n.Pipe.Decl) > 0 {
		slot = in.declare(n.Pipe.Decl[0].Ident[0], e.t)
	}
	dotType := in.dot
	if with {
		dotType = e.t
	}
	yes, no, err := in.both(n, dotType, in.dot)
	return func(s *state, dot reflect.Value) {
		v := e.value(s, dot)
		if slot >= 0 {
			s.vars[s.base+slot] = v
		}
		switch {
		case !is(v):
			no(s, dot)
		case with:
			yes(s, v)
		default:
			yes(s, dot)
		}
	}, err
}

func (sc *scope) both(n *parse.BranchNode, yesDot, noDot reflect.Type) (yes, no step, err error) {
	if yes, err = sc.inner(yesDot).list(n.List); err != nil {
		return nil, nil, err
	}
	no, err = sc.inner(noDot).list(n.ElseList)
	return yes, no, err
}

// loop is {{range}} over a list.
func (sc *scope) loop(n *parse.RangeNode) (step, error) {
	in := sc.inner(sc.dot)
	e, err := in.plainPipe(n.Pipe)
	if err != nil {
		return nil, err
	}
	if e.t == anyType || e.t == reflect.TypeFor[map[string]any]() {
		return sc.loopAny(n, in, e)
	}
	if e.t.Kind() != reflect.Slice {
		return nil, fmt.Errorf("%s ranges over %s", n.Pipe, e.t)
	}
	index, element := -1, -1
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		element = in.declare(d[0].Ident[0], e.t.Elem())
	case 2:
		index = in.declare(d[0].Ident[0], reflect.TypeFor[int]())
		element = in.declare(d[1].Ident[0], e.t.Elem())
	}
	each, none, err := in.both(&n.BranchNode, e.t.Elem(), sc.dot)
	turns := sc.turns(n)
	return func(s *state, dot reflect.Value) {
		list := e.value(s, dot)
		if turns(s, list.Len()); list.Len() == 0 {
			none(s, dot)
		}
		for i := range list.Len() {
			v := list.Index(i)
			if index >= 0 {
				s.vars[s.base+index] = reflect.ValueOf(i)
			}
			if element >= 0 {
				s.vars[s.base+element] = v
			}
			each(s, v)
		}
	}, err
}

// turns counts the turns of a loop.
func (sc *scope) turns(n *parse.RangeNode) func(s *state, turns int) {
	name, at, weight := sc.body.name, int(n.Pipe.Position()), sc.weights[sc.body.name][n]
	return func(s *state, turns int) {
		if err := s.spent.turn(name, at, turns, weight); err != nil {
			panic(failure{err})
		}
	}
}

// action writes a value, or keeps it in a variable.
func (sc *scope) action(n *parse.ActionNode) (step, error) {
	if len(n.Pipe.Decl) > 0 {
		e, err := sc.plainPipe(n.Pipe)
		if err != nil || n.Pipe.IsAssign {
			return nil, fmt.Errorf("%s is not compiled (%v)", n, err)
		}
		slot := sc.declare(n.Pipe.Decl[0].Ident[0], e.t)
		return func(s *state, dot reflect.Value) { s.vars[s.base+slot] = e.value(s, dot) }, nil
	}
	e, err := sc.command(n.Pipe.Cmds[0])
	if err != nil {
		return nil, err
	}
	chain := ""
	for _, c := range n.Pipe.Cmds[1:] {
		chain += c.String() + " "
	}
	return e.written(chain)
}
