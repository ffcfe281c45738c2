package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
)

// What a page may take of its templates. It is counted, not timed, so that the
// same site fails on every machine or on none; no page needs a tenth of it.
const (
	maxSteps = 10_000_000 // turns of ranges and calls of templates
	maxPage  = 32 << 20   // bytes of the page
	maxText  = 64 << 20   // bytes of the texts that functions make for it
	maxDepth = 1000       // of templates that call each other: no stack overflows before

	callSteps = 20 // a call of a template is so many turns of a range
)

// Limit is what a page took too much of.
type Limit uint8

// The limits.
const (
	Depth Limit = iota // templates that call each other
	Steps              // turns of ranges and calls of templates
	Page               // its bytes
	Text               // bytes that functions make
)

// LimitError says that a page would take more of its templates than there is.
type LimitError struct {
	Limit    Limit
	Template string // "" where html/template names it
	At       int    // the byte of its file, 0 where only the template is known
}

// Error says which limit it is.
func (e LimitError) Error() string {
	switch e.Limit {
	case Depth:
		return e.Template + " is called within itself without end"
	case Steps:
		return fmt.Sprintf("%s takes more than %d steps", e.Template, maxSteps)
	}
	return fmt.Sprintf("%s makes too many bytes", e.Template)
}

// budget is what one run has taken.
type budget struct {
	steps, depth int
}

// enter counts a call of a template, which ends with b.depth--.
func (b *budget) enter(name string) error {
	if b.depth++; b.depth > maxDepth {
		return LimitError{Depth, original(name), 0}
	}
	return b.turn(name, 0, 1, callSteps)
}

// turn counts the turns of a range before they are made: with {{break}}, too
// many.
func (b *budget) turn(name string, at, turns, weight int) error {
	if turns > maxSteps || turns*weight > maxSteps-b.steps {
		return LimitError{Steps, original(name), at}
	}
	b.steps += turns * weight
	return nil
}

// original is the name of the template of which html/template made an escaped
// copy for a place of its own.
func original(name string) string {
	name, _, _ = strings.Cut(name, "$htmltemplate_")
	return name
}

// Size is how large a template is.
type Size struct {
	Nodes  int // of its tree
	Ranges int // deepest within each other: html/template reads what stands in one twice
	Action int // the most commands, names or parentheses of one {{…}}
}

// Measure measures a template.
func Measure(root parse.Node) Size {
	var m measure
	m.walk(root)
	return m.size
}

// weights says how many steps one turn of each range is: one, and more where
// its body is long.
func weights(root parse.Node) map[*parse.RangeNode]int {
	m := measure{weights: map[*parse.RangeNode]int{}}
	m.walk(root)
	return m.weights
}

// measure is a walk through a tree.
type measure struct {
	size          Size
	ranges, pipes int                      // that n stands in
	weights       map[*parse.RangeNode]int // unless nil
}

func (m *measure) walk(n parse.Node) {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return
	}
	m.size.Nodes++
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			m.walk(c)
		}
	case *parse.RangeNode:
		before := m.size.Nodes
		m.ranges++
		m.size.Ranges = max(m.size.Ranges, m.ranges)
		m.branch(&n.BranchNode)
		m.ranges--
		if m.weights != nil {
			m.weights[n] = 1 + (m.size.Nodes-before)/stepSize
		}
	case *parse.IfNode:
		m.branch(&n.BranchNode)
	case *parse.WithNode:
		m.branch(&n.BranchNode)
	case *parse.ActionNode:
		m.walk(n.Pipe)
	case *parse.TemplateNode:
		m.walk(n.Pipe)
	case *parse.PipeNode:
		m.pipes++
		m.size.Action = max(m.size.Action, m.pipes, len(n.Cmds))
		for _, c := range n.Cmds {
			m.walk(c)
		}
		m.pipes--
	case *parse.CommandNode:
		for _, a := range n.Args {
			m.walk(a)
		}
	case *parse.FieldNode:
		m.size.Action = max(m.size.Action, len(n.Ident))
	case *parse.VariableNode:
		m.size.Action = max(m.size.Action, len(n.Ident))
	case *parse.ChainNode:
		m.size.Action = max(m.size.Action, len(n.Field))
		m.walk(n.Node)
	}
}

func (m *measure) branch(n *parse.BranchNode) {
	m.walk(n.Pipe)
	m.walk(n.List)
	m.walk(n.ElseList)
}

// stepSize is how many nodes of a tree one step may visit.
const stepSize = 100

// Interpreter has html/template execute templates, within the limits of a
// Program. It serves one page at a time.
type Interpreter struct {
	set      *template.Template
	counters template.FuncMap
	out      []byte
	names    []string // of the templates that run
	budget   budget
	made     int // bytes of text that functions made
}

// NewInterpreter makes an Interpreter of the templates that parse adds to a set.
func NewInterpreter(parse func(*template.Template) error) (*Interpreter, error) {
	in := &Interpreter{set: template.New("").Option("missingkey=error")}
	in.counters = template.FuncMap{enterName: in.enter, leaveName: in.leave}
	in.set.Funcs(in.functions())
	if err := parse(in.set); err != nil {
		return nil, err
	}
	for _, t := range in.set.Templates() {
		if t.Tree != nil && t.Tree.Root != nil {
			in.count(t)
		}
	}
	in.set.Funcs(in.counters)
	return in, nil
}

// Append executes a template and appends what it writes to buf.
func (in *Interpreter) Append(buf []byte, name string, data any) ([]byte, error) {
	in.out, in.budget, in.made, in.names = buf, budget{}, 0, in.names[:0]
	err := in.set.ExecuteTemplate(in, name, data)
	out := in.out
	in.out = nil
	return out, err
}

// Write takes what a template writes.
func (in *Interpreter) Write(p []byte) (int, error) {
	if len(in.out)+len(p) > maxPage {
		name := ""
		if n := len(in.names); n > 0 {
			name = in.names[n-1]
		}
		return 0, LimitError{Page, original(name), 0}
	}
	if len(in.out)+len(p) > cap(in.out) { // append would grow it by a quarter, many times
		in.out = slices.Grow(in.out, max(len(in.out), len(p)))
	}
	in.out = append(in.out, p...)
	return len(p), nil
}

// Escape has html/template escape a template, which it does for what is about to
// be executed: there it is stopped.
func Escape(set *template.Template, name string) error {
	t := set.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		return nil
	}
	root := t.Tree.Root
	set.Funcs(template.FuncMap{stopName: func() (bool, error) { return false, errStopped }})
	root.Nodes = append([]parse.Node{action("$_nutgraf := " + stopName)}, root.Nodes...)
	defer func() { root.Nodes = root.Nodes[1:] }()
	if err := set.ExecuteTemplate(io.Discard, name, nil); !errors.Is(err, errStopped) {
		return err
	}
	return nil
}

var errStopped = errors.New("only to be escaped")

// The functions that count, by names that no template can call: those that
// writers give are parsed without them first.
const (
	enterName = "_nutgraf_enter"
	leaveName = "_nutgraf_leave"
	rangeName = "_nutgraf_range"
	stopName  = "_nutgraf_stop"
)

func (in *Interpreter) enter(name string) (bool, error) {
	in.names = append(in.names, name)
	return true, in.budget.enter(name)
}

func (in *Interpreter) leave() bool {
	in.names = in.names[:len(in.names)-1]
	in.budget.depth--
	return true
}

// turns is how often a range over a value turns.
func turns(list any) int {
	v := reflect.ValueOf(list)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map:
		return v.Len()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return int(max(0, v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return int(min(v.Uint(), maxSteps+1))
	}
	return 0
}

// count puts functions that count into a template: where it begins and ends, and
// last in the pipes of its ranges. They stand where html/template has nothing to
// escape, so that what is written stays the same.
func (in *Interpreter) count(t *template.Template) {
	name, root := t.Name(), t.Tree.Root
	for n, weight := range weights(root) {
		// Its place is the range's own: html/template names it where there is nothing to range over.
		at := n.Pipe.Position()
		f := parse.NewIdentifier(rangeName + strconv.Itoa(len(in.counters))).SetPos(at).SetTree(t.Tree)
		in.counters[f.Ident] = func(list any) (any, error) {
			return list, in.budget.turn(name, int(at), turns(list), weight)
		}
		n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: at, Args: []parse.Node{f}})
	}
	begin := action(fmt.Sprintf("$_nutgraf := %s %q", enterName, name))
	end := action("$_nutgraf := " + leaveName)
	root.Nodes = append(append([]parse.Node{begin}, root.Nodes...), end)
}

// action parses what stands in {{}}.
func action(text string) parse.Node {
	tree := parse.New("count")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse("{{"+text+"}}", "", "", map[string]*parse.Tree{}); err != nil {
		panic(err) // it is our own text
	}
	return tree.Root.Nodes[0]
}

// functions are those of text/template that make longer texts of what they are
// given. They say the same, but only up to a length.
func (in *Interpreter) functions() template.FuncMap {
	escaper := func(escape func(...any) string, factor int) any {
		return func(args ...any) (string, error) { return in.make(sizes(args)*factor, escape, args) }
	}
	return template.FuncMap{
		"print":    func(args ...any) (string, error) { return in.make(sizes(args), sprint, args) },
		"println":  func(args ...any) (string, error) { return in.make(sizes(args), fmt.Sprintln, args) },
		"html":     escaper(template.HTMLEscaper, 5),
		"js":       escaper(template.JSEscaper, 6),
		"urlquery": escaper(template.URLQueryEscaper, 3),
		"printf": func(format string, args ...any) (string, error) {
			return in.make(formatted(format, args), func(args ...any) string { return fmt.Sprintf(format, args...) }, args)
		},
	}
}

// sprint is fmt.Sprint, which takes several times the memory to join long texts.
func sprint(args ...any) string {
	texts := make([]string, len(args))
	for i, a := range args {
		s, is := a.(string)
		if !is {
			return fmt.Sprint(args...)
		}
		texts[i] = s
	}
	return strings.Join(texts, "")
}

// make makes a text of at most most bytes.
func (in *Interpreter) make(most int, f func(...any) string, args []any) (string, error) {
	if most > maxText-in.made {
		return "", LimitError{Limit: Text}
	}
	s := f(args...)
	in.made += len(s)
	return s, nil
}

// sizes is how long the texts among values are. All else can't grow.
func sizes(args []any) int {
	n := 0
	for _, a := range args {
		n += size(a)
	}
	return n
}

func size(a any) int {
	v := reflect.ValueOf(a)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() == reflect.String {
		return v.Len()
	}
	return 0
}

// formatted is how long what fmt.Sprintf makes can be at most: each verb may be
// given the longest value, write up to ten bytes for one of them, and fill it up
// to a width, of which fmt takes up to a million.
func formatted(format string, args []any) int {
	longest, n := 64, len(format)
	for _, a := range args {
		longest = max(longest, size(a))
	}
	for rest := format; ; {
		_, verb, found := strings.Cut(rest, "%")
		if !found {
			return n
		}
		rest = strings.TrimLeft(verb, "+-# 0123456789.*[]")
		if flags := verb[:len(verb)-len(rest)]; strings.ContainsAny(flags, "123456789*") {
			n += 2_000_000
		}
		if n += 10 * longest; n > maxText {
			return n
		}
	}
}
