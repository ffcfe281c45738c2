package theme

import (
	"bytes"
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

// interpreter has html/template execute templates, within the limits of a
// program. It serves one page at a time.
type interpreter struct {
	set      *template.Template
	counters template.FuncMap
	out      []byte
	names    []string // of the templates that run
	budget   budget
	made     int           // bytes of text that functions made
	suspects []unsafeError // where filtered was written
}

// unsafeError says where html/template put filtered in the place of a value.
type unsafeError struct {
	at       int    // in the page
	template string // which wrote it
}

// Error names the template.
func (e unsafeError) Error() string { return e.template + " writes a value that is not safe there" }

// newInterpreter makes an interpreter of the templates that parse adds to a set.
func newInterpreter(parse func(*template.Template) error) (*interpreter, error) {
	in := &interpreter{set: template.New("").Option("missingkey=error")}
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

// run executes a template and appends what it writes to buf.
func (in *interpreter) run(buf []byte, name string, data any) ([]byte, error) {
	in.out, in.budget, in.made, in.names, in.suspects = buf, budget{}, 0, in.names[:0], nil
	err := in.set.ExecuteTemplate(in, name, data)
	out := in.out
	in.out = nil
	if err != nil {
		return out, err
	}
	if i := filteredAt(out); i >= 0 {
		e := unsafeError{at: i}
		for _, s := range in.suspects {
			if s.at <= i {
				e.template = s.template
			}
		}
		return out, e
	}
	return out, nil
}

// filteredAt returns where html/template put filtered in the place of a value, or -1. It
// does so within tags and styles only; in a text it is somebody's word.
func filteredAt(html []byte) int {
	opens := func(before []byte, start, end string) bool {
		return bytes.LastIndex(before, []byte(start)) > bytes.LastIndex(before, []byte(end))
	}
	for from := 0; ; {
		i := bytes.Index(html[from:], []byte(filtered))
		if i < 0 {
			return -1
		}
		i += from
		if before := html[:i]; opens(before, "<", ">") || opens(before, "<style", "</style") {
			return i
		}
		from = i + 1
	}
}

// running is the template that runs, "" before the first.
func (in *interpreter) running() string {
	if n := len(in.names); n > 0 {
		return original(in.names[n-1])
	}
	return ""
}

// Write takes what a template writes.
func (in *interpreter) Write(p []byte) (int, error) {
	if len(in.out)+len(p) > maxPage {
		return 0, limitError{pageLimit, in.running(), 0}
	}
	if bytes.Contains(p, []byte(filtered)) {
		in.suspects = append(in.suspects, unsafeError{len(in.out), in.running()})
	}
	if len(in.out)+len(p) > cap(in.out) { // append would grow it by a quarter, many times
		in.out = slices.Grow(in.out, max(len(in.out), len(p)))
	}
	in.out = append(in.out, p...)
	return len(p), nil
}

// escape has html/template escape a template, which it does for what is about to
// be executed: there it is stopped.
func escape(set *template.Template, name string) error {
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

func (in *interpreter) enter(name string) (bool, error) {
	in.names = append(in.names, name)
	return true, in.budget.enter(name)
}

func (in *interpreter) leave() bool {
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
func (in *interpreter) count(t *template.Template) {
	name, root := t.Name(), t.Tree.Root
	for n, weight := range measured(root).weights {
		// Its place is the range's own: html/template names it where there is nothing to range over.
		at := n.Pipe.Position()
		f := parse.NewIdentifier(rangeName + strconv.Itoa(len(in.counters))).SetPos(at).SetTree(t.Tree)
		in.counters[f.Ident] = func(list any) (any, error) {
			return list, in.budget.turn(name, int(at), turns(list), weight)
		}
		n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: at,
			Args: []parse.Node{f}})
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
func (in *interpreter) functions() template.FuncMap {
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
			return in.make(formatted(format, args),
				func(args ...any) string { return fmt.Sprintf(format, args...) }, args)
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
func (in *interpreter) make(most int, f func(...any) string, args []any) (string, error) {
	if most > maxText-in.made {
		return "", limitError{limit: textLimit}
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
