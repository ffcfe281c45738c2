// Package theme holds the templates that pages are made with: the writer's, over the
// built-in ones. html/template parses them and decides where each value stands and which
// escapers it needs. The trees that it leaves are compiled once for the one type of View
// that each layout is given, and not walked for every page; what is not known to give the
// very same bytes is not compiled, and html/template executes it. A mistake is placed in
// the file that has it.
package theme

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"text/template/parse"

	"nutgraf/site/diag"
)

// HTML is what a View hands to a template as HTML that needs no escaping.
type HTML = template.HTML

// File is a file of templates/.
type File struct {
	Path string // its name
	Sum  [16]byte
	Data []byte
}

// Theme is every template by its file's name, and each layout ready to be executed. It is
// safe for concurrent use.
type Theme struct {
	set     *template.Template
	files   map[string]File
	in      map[string]string   // which file each template stands in: {{define}} makes more of them
	calls   map[string][]string // which templates each one calls
	nodes   map[string]int      // parts of {{…}}, by file
	layouts map[string]*layout
	bad     bool
	buffers sync.Pool // of *[]byte: pages before they are known to be good

	mu   sync.Mutex                 // of idle and over
	idle []*interpreter             // that no page needs now
	over map[string]diag.Diagnostic // by file: the limit that a page of it went over
}

// layout is a template that is executed by itself.
type layout struct {
	view    reflect.Type // that it is given
	reach   []string     // the templates that it calls, itself first
	sum     [16]byte     // of the sources of these
	program *program     // nil where html/template must execute it
	slow    error        // why it must
}

// Parse reads templates. views has an empty View of each layout, by its name without
// .html; a View is a pointer to a struct. parts are the other files of the built-in theme.
// A template that can't be read is reported with its place, and then nothing is executed.
func Parse(files []File, views map[string]any, parts []string) (*Theme, []diag.Diagnostic) {
	t := &Theme{set: template.New("").Option("missingkey=error"), files: map[string]File{},
		in: map[string]string{}, calls: map[string][]string{}, nodes: map[string]int{},
		layouts: map[string]*layout{}, over: map[string]diag.Diagnostic{}}
	known := slices.Clone(parts)
	for name, view := range views {
		t.layouts[name] = &layout{view: reflect.TypeOf(view)}
		known = append(known, name+".html")
	}
	for _, f := range files {
		t.files[f.Path], t.in[f.Path] = f, f.Path
	}
	var ds []diag.Diagnostic
	for _, f := range files {
		ds = append(ds, t.add(f)...)
	}
	if len(ds) == 0 {
		ds = t.tooLong()
	}
	if len(ds) == 0 {
		ds = t.settle(known)
	}
	t.bad = diag.Count(ds, diag.Error) > 0
	t.compile()
	return t, diag.Sort(ds)
}

// compile prepares all layouts for their Views. What can't be compiled is
// executed by html/template, which is slower and gives the same bytes.
func (t *Theme) compile() {
	for name, l := range t.layouts {
		l.reach = t.reach(name)
		l.sum = t.sumOf(l.reach)
		if t.bad {
			continue
		}
		escape(t.set, name+".html") // settle reports what it says
		l.program, l.slow = compile(t.set, name+".html", l.view)
	}
}

// Bad reports whether a template can't be read: then nothing is executed.
func (t *Theme) Bad() bool { return t.bad }

// Reach lists the templates that a layout calls, itself first.
func (t *Theme) Reach(layout string) []string { return t.layouts[layout].reach }

// Sum is that of the sources of all that a layout calls.
func (t *Theme) Sum(layout string) [16]byte { return t.layouts[layout].sum }

// Slow says why html/template must execute a layout, nil where it need not.
func (t *Theme) Slow(layout string) error { return t.layouts[layout].slow }

// tooLong reports the largest file where all templates together are too large.
func (t *Theme) tooLong() []diag.Diagnostic {
	all, largest := 0, ""
	for _, name := range slices.Sorted(maps.Keys(t.nodes)) {
		if all += t.nodes[name]; t.nodes[name] > t.nodes[largest] {
			largest = name
		}
	}
	if all <= maxNodes {
		return nil
	}
	return tooMuch(largest,
		fmt.Sprintf("the templates have more than %d parts, and this one has the most", maxNodes),
		"write less in {{…}}, and what comes often into a template of its own")
}

// add reads one file, and notes which templates it defines and calls. Of two
// templates of one name the last would win, depending on the files' order.
func (t *Theme) add(f File) (ds []diag.Diagnostic) {
	if len(f.Data) > maxTemplate {
		return tooMuch(f.Path, "this template is larger than 1 MiB",
			"put what it holds into a file in static/, and link to that")
	}
	trees, tree := map[string]*parse.Tree{}, parse.New(f.Path)
	tree.Mode = parse.SkipFuncCheck // the set knows the functions
	if _, err := tree.Parse(string(f.Data), "", "", trees); err != nil {
		return t.diagnose(err, "")
	}
	for _, tree := range trees {
		m := measured(tree.Root)
		switch t.nodes[f.Path] += eachTemplate + m.nodes; {
		case m.ranges > maxRanges:
			return tooMuch(f.Path,
				fmt.Sprintf("more than %d {{range}}s stand within each other here", maxRanges),
				"put the innermost into a template of its own, and call that")
		case m.action > maxAction:
			return tooMuch(f.Path,
				fmt.Sprintf("one {{…}} has more than %d commands, names or parentheses here", maxAction),
				"write it as several, with a variable for what they hand on")
		}
	}
	if _, err := t.set.New(f.Path).Parse(string(f.Data)); err != nil {
		return t.diagnose(err, "")
	}
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		if first, ok := t.in[name]; ok && first != f.Path {
			ds = append(ds, definedTwice(name, f, first))
			continue
		}
		t.in[name], t.calls[name] = f.Path, measured(trees[name].Root).calls
	}
	return ds
}

// settle has html/template escape whatever no other template calls, which it
// would else do when the first page is made, and reports what nothing uses. A
// part that is called is escaped as it stands in its caller.
func (t *Theme) settle(known []string) (ds []diag.Diagnostic) {
	called := map[string]bool{}
	for _, names := range t.calls {
		for _, name := range names {
			called[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if called[name] {
			continue
		}
		err := escape(t.set, name)
		if e := (*template.Error)(nil); errors.As(err, &e) {
			ds = append(ds, t.diagnose(err, "")...)
		}
		if !slices.Contains(known, name) {
			ds = append(ds, unused(name, known))
		}
	}
	return ds
}

// reach lists the templates that a layout calls, itself first. Pictures within
// texts are made by figure.html, which is therefore always among them.
func (t *Theme) reach(layout string) []string {
	names := []string{layout + ".html", "figure.html"}
	for i := 0; i < len(names); i++ {
		for _, c := range t.calls[names[i]] {
			if !slices.Contains(names, c) {
				names = append(names, c)
			}
		}
	}
	return names
}

// sumOf sums the files that templates stand in.
func (t *Theme) sumOf(names []string) [16]byte {
	h := sha256.New()
	for _, name := range names {
		fmt.Fprintf(h, "%s %x\n", name, t.files[t.in[name]].Sum)
	}
	return [16]byte(h.Sum(nil))
}

// Execute writes a View with the template of its layout. page is the site path
// that messages name. An error is that of w.
func (t *Theme) Execute(w io.Writer, layout, page string, view any) ([]diag.Diagnostic, error) {
	if t.bad {
		return nil, nil // reported by Parse
	}
	if d, over := t.wentOver(layout); over {
		return []diag.Diagnostic{d}, nil
	}
	b := t.buffer()
	defer t.buffers.Put(b)
	var err error
	if *b, err = t.render((*b)[:0], layout, view); err != nil {
		var limit limitError
		var unsafe unsafeError
		switch {
		case errors.As(err, &limit):
			*b = nil // it may be huge
			return []diag.Diagnostic{t.goOver(limit, err, page)}, nil
		case errors.As(err, &unsafe):
			return []diag.Diagnostic{t.unsafeValue(*b, unsafe, page, view)}, nil
		}
		return t.diagnose(err, page), nil
	}
	*b = keepWhole(*b)
	_, err = w.Write(*b)
	return nil, err
}

// buffer is one that no other page uses now.
func (t *Theme) buffer() *[]byte {
	if b, _ := t.buffers.Get().(*[]byte); b != nil {
		return b
	}
	return new([]byte)
}

// render appends the View as its layout shows it.
func (t *Theme) render(buf []byte, layout string, view any) ([]byte, error) {
	if p := t.layouts[layout].program; p != nil {
		out, err := p.run(buf, view)
		if limit := (limitError{}); err == nil || errors.As(err, &limit) {
			return out, err
		}
		// html/template knows the words for what went wrong.
	}
	in, err := t.interpreter()
	if err != nil {
		return buf, err
	}
	buf, err = in.run(buf, layout+".html", view)
	t.mu.Lock()
	t.idle = append(t.idle, in)
	t.mu.Unlock()
	return buf, err
}

// interpreter is one that no other page uses now.
func (t *Theme) interpreter() (*interpreter, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.idle); n > 0 {
		in := t.idle[n-1]
		t.idle = t.idle[:n-1]
		return in, nil
	}
	return newInterpreter(func(set *template.Template) error {
		for _, name := range slices.Sorted(maps.Keys(t.files)) {
			if _, err := set.New(name).Parse(string(t.files[name].Data)); err != nil {
				return err
			}
		}
		return nil
	})
}

// wentOver is what was reported of the first page that used too much of a template
// which this layout reaches, too.
func (t *Theme) wentOver(layout string) (d diag.Diagnostic, over bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.over) == 0 {
		return d, false
	}
	for _, name := range t.layouts[layout].reach {
		if d, over = t.over[t.in[name]]; over {
			break
		}
	}
	return d, over
}

// unused reports a template that nothing uses.
func unused(name string, known []string) diag.Diagnostic {
	d := fault(name, "no page uses this template", "call it, or remove it")
	d.Severity, d.Rule = diag.Warning, "unused-template"
	d.Why = "it has the name of no built-in template, and no other template calls it"
	if near, ok := diag.Nearest(name, known); ok {
		d.Hint = "did you mean " + near + "?"
	}
	return d
}

// definedTwice reports a template that another file has, too.
func definedTwice(name string, f File, first string) diag.Diagnostic {
	d := fault(f.Path, "there is a template "+name+" in templates/"+first+" too", "give this one another name")
	d.Why = "pages could show only one of the two"
	if i := bytes.Index(f.Data, []byte(strconv.Quote(name))); i >= 0 {
		d.At.Span = diag.Span{Start: int32(i), End: int32(i + len(strconv.Quote(name)))}
	}
	return d
}

// tooMuch reports a file that is larger than its limits.
func tooMuch(file, message, hint string) []diag.Diagnostic {
	return []diag.Diagnostic{fault(file, message, hint)}
}
