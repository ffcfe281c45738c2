package pages

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	tt "text/template"
	"text/template/parse"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/exec"
)

// templateSet is the theme: every template of templates/ by its file's name.
type templateSet struct {
	read    []site.File // what it is made of
	set     *template.Template
	sources map[string][]byte
	sums    map[string]document.Sum
	files   map[string]string   // which file each template stands in: {{define}} makes more of them
	calls   map[string][]string // which templates each one calls
	nodes   map[string]int      // parts of {{…}}, by file
	bad     bool
	// programs are the layouts that need no html/template to be executed.
	programs map[string]*exec.Program
	slow     map[string]error        // by layout: why it is no program
	closures map[string]document.Sum // by layout: see closure
	buffers  sync.Pool               // of *[]byte: pages before they are known to be good

	mu   sync.Mutex                 // of idle and over
	idle []*exec.Interpreter        // that no page needs now
	over map[string]diag.Diagnostic // by layout: the limit that a page of it went over
}

// parseTemplates reads the theme. A template that can't be read is told with
// its place, and then nothing can be executed.
func parseTemplates(files []site.File) (*templateSet, []diag.Diagnostic) {
	t := &templateSet{read: slices.Clone(files), set: template.New("").Option("missingkey=error"), sources: map[string][]byte{}, sums: map[string]document.Sum{}, files: map[string]string{}, nodes: map[string]int{}, calls: map[string][]string{}, closures: map[string]document.Sum{}}
	var ds []diag.Diagnostic
	for _, f := range files {
		t.sources[f.Path], t.sums[f.Path], t.files[f.Path] = f.Data, f.Sum, f.Path
	}
	for _, f := range files {
		ds = append(ds, t.add(f)...)
	}
	if len(ds) == 0 {
		ds = t.tooLong()
	}
	if len(ds) == 0 {
		ds = t.settle()
	}
	t.bad = diag.Count(ds, diag.Error) > 0
	if !t.bad {
		t.compile()
	}
	return t, diag.Sort(ds)
}

// compile prepares all layouts for their Views. What can't be compiled is
// executed by html/template, which is slower and gives the same bytes.
func (t *templateSet) compile() {
	t.programs, t.slow, t.over = map[string]*exec.Program{}, map[string]error{}, map[string]diag.Diagnostic{}
	for layout, view := range layoutViews {
		t.closures[layout] = t.closure(layout)
		exec.Escape(t.set, layout+".html") // settle tells what it says
		p, err := exec.Compile(t.set, layout+".html", reflect.TypeOf(view))
		if err != nil {
			t.slow[layout] = err
			continue
		}
		t.programs[layout] = p
	}
}

// Limits on templates, since html/template takes a multiple of their size. The
// theme has a tenth of each.
const (
	maxTemplate  = 1 << 20 // bytes of a file
	maxNodes     = 100_000 // parts of all {{…}}
	eachTemplate = 100     // of them that a file or a {{define}} counts for
	maxRanges    = 12      // within each other
	maxAction    = 100     // commands, names or parentheses in one {{…}}
)

func tooMuch(file, message, hint string) []diag.Diagnostic {
	return []diag.Diagnostic{{Severity: diag.Error, Rule: "template", Message: message, Hint: hint, At: diag.Place{File: "templates/" + file}}}
}

// tooLong tells of the largest file where all templates together are too large.
func (t *templateSet) tooLong() []diag.Diagnostic {
	all, largest := 0, ""
	for _, name := range slices.Sorted(maps.Keys(t.nodes)) {
		if all += t.nodes[name]; t.nodes[name] > t.nodes[largest] {
			largest = name
		}
	}
	if all <= maxNodes {
		return nil
	}
	return tooMuch(largest, fmt.Sprintf("the templates have more than %d parts, and this one has the most", maxNodes), "write less in {{…}}, and what comes often into a template of its own")
}

// add reads one file, and notes which templates it defines and calls. Of two
// templates of one name the last would win, depending on the files' order.
func (t *templateSet) add(f site.File) (ds []diag.Diagnostic) {
	if len(f.Data) > maxTemplate {
		return tooMuch(f.Path, "this template is larger than 1 MiB", "put what it holds into a file in static/, and link to that")
	}
	trees, tree := map[string]*parse.Tree{}, parse.New(f.Path)
	tree.Mode = parse.SkipFuncCheck // the set knows the functions
	if _, err := tree.Parse(string(f.Data), "", "", trees); err != nil {
		return t.diagnose(err, "")
	}
	for _, tree := range trees {
		size := exec.Measure(tree.Root)
		switch t.nodes[f.Path] += eachTemplate + size.Nodes; {
		case size.Ranges > maxRanges:
			return tooMuch(f.Path, fmt.Sprintf("more than %d {{range}}s stand within each other here", maxRanges), "put the innermost into a template of its own, and call that")
		case size.Action > maxAction:
			return tooMuch(f.Path, fmt.Sprintf("one {{…}} has more than %d commands, names or parentheses here", maxAction), "write it as several, with a variable for what they hand on")
		}
	}
	if _, err := t.set.New(f.Path).Parse(string(f.Data)); err != nil {
		return t.diagnose(err, "")
	}
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		if first, ok := t.files[name]; ok && first != f.Path {
			at := diag.Place{File: "templates/" + f.Path}
			if i := bytes.Index(f.Data, []byte(strconv.Quote(name))); i >= 0 {
				at.Span = diag.Span{Start: int32(i), End: int32(i + len(strconv.Quote(name)))}
			}
			ds = append(ds, diag.Diagnostic{Severity: diag.Error, Rule: "template", At: at, Message: "there is a template " + name + " in templates/" + first + " too",
				Why: "pages could show only one of the two", Hint: "give this one another name"})
			continue
		}
		t.files[name] = f.Path
		walkNodes(trees[name].Root, func(n parse.Node) {
			if c, ok := n.(*parse.TemplateNode); ok {
				t.calls[name] = append(t.calls[name], c.Name)
			}
		})
	}
	return ds
}

// layoutViews has the View that each layout is given, and those of the parts
// that are made by themselves.
var layoutViews = map[string]any{
	"404": &NotFound{}, "card": &QuestionCard{}, "embed": &QuestionCard{}, "search": &Search{}, "entry": &Entry{}, "explainer": &Explainer{}, "glossary": &Glossary{}, "home": &Home{}, "list": &List{}, "plain": &Plain{},
	"redirect": &Redirect{}, "sources": &Sources{}, "timeline": &Timeline{}, "topic": &Topic{}, "topics": &Topics{}, "updates": &Updates{}, "event": &Event{}, "figure": &Figure{},
}

// themeLayouts and themeParts are the templates of the built-in theme: whole pages, and
// what pages are made of. A file of another name is used only where called.
var (
	themeLayouts = []string{"404.html", "card.html", "embed.html", "entry.html", "explainer.html", "glossary.html", "home.html", "list.html", "plain.html", "redirect.html", "search.html",
		"sources.html", "timeline.html", "topic.html", "topics.html", "updates.html"}
	themeParts = []string{"byline.html", "card-item.html", "changed.html", "chart.html", "crumbs.html", "date.html", "event.html", "figure.html", "follow.html", "foot-extra.html", "footer.html", "head-extra.html",
		"head.html", "header.html", "known.html", "lead.html", "page-menu.html", "pager.html", "parts.html", "question.html", "source.html", "term.html", "turn.html", "update.html"}
)

// settle has html/template escape whatever no other template calls, which it
// would else do when the first page is made, and tells of what nothing uses. A
// part that is called is escaped as it stands in its caller.
func (t *templateSet) settle() (ds []diag.Diagnostic) {
	called := map[string]bool{}
	for _, names := range t.calls {
		for _, name := range names {
			called[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.sources)) {
		if called[name] {
			continue
		}
		err := exec.Escape(t.set, name)
		if e := (*template.Error)(nil); errors.As(err, &e) {
			ds = append(ds, t.diagnose(err, "")...)
		}
		if theme := slices.Concat(themeLayouts, themeParts); !slices.Contains(theme, name) {
			d := diag.Diagnostic{Severity: diag.Warning, Rule: "unused-template", At: diag.Place{File: "templates/" + name}, Message: "no page uses this template",
				Why: "it has the name of no built-in template, and no other template calls it", Hint: "call it, or remove it"}
			if near, ok := diag.Nearest(name, theme); ok {
				d.Hint = "did you mean " + near + "?"
			}
			ds = append(ds, d)
		}
	}
	return ds
}

// walkNodes visits every node of a template.
func walkNodes(n parse.Node, visit func(parse.Node)) {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return
	}
	visit(n)
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walkNodes(c, visit)
		}
	case *parse.IfNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, visit)
	}
}

func walkBranch(n *parse.BranchNode, visit func(parse.Node)) {
	walkNodes(n.List, visit)
	walkNodes(n.ElseList, visit)
}

// reach lists the templates that a layout calls, itself first. Pictures within
// texts are made by figure.html, which is therefore always among them.
func (t *templateSet) reach(layout string) []string {
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

// closure sums the sources of all that a layout calls.
func (t *templateSet) closure(layout string) document.Sum {
	h := sha256.New()
	for _, name := range t.reach(layout) {
		fmt.Fprintf(h, "%s %x\n", name, t.sums[t.files[name]])
	}
	return document.Sum(h.Sum(nil)[:16])
}

// execute writes a View with the template of its layout. page is the site path
// that messages name. An error is that of w.
func (t *templateSet) execute(w io.Writer, layout, page string, view any) ([]diag.Diagnostic, error) {
	if t.bad {
		return nil, nil // told by parseTemplates
	}
	if d, over := t.wentOver(layout); over {
		return []diag.Diagnostic{d}, nil
	}
	b, _ := t.buffers.Get().(*[]byte)
	if b == nil {
		b = new([]byte)
	}
	defer t.buffers.Put(b)
	var compiled bool
	var err error
	if *b, compiled, err = t.appendPage((*b)[:0], layout, view); err != nil {
		if limit := (exec.LimitError{}); errors.As(err, &limit) {
			*b = nil // it may be huge
			return []diag.Diagnostic{t.goOver(limit, err, page)}, nil
		}
		return t.diagnose(err, page), nil
	}
	if !compiled {
		if i := filtered(*b); i >= 0 {
			return []diag.Diagnostic{t.unsafe(*b, i, layout, page, view)}, nil
		}
	}
	*b = keepWhole(*b)
	_, err = w.Write(*b)
	return nil, err
}

// filtered returns where html/template put exec.Filtered in the place of a value, or
// -1. It does so within tags and styles only; in a text it is somebody's word.
func filtered(html []byte) int {
	for from := 0; ; {
		i := bytes.Index(html[from:], []byte(exec.Filtered))
		if i < 0 {
			return -1
		}
		i += from
		before := html[:i]
		if bytes.LastIndexByte(before, '<') > bytes.LastIndexByte(before, '>') || bytes.LastIndex(before, []byte("<style")) > bytes.LastIndex(before, []byte("</style")) {
			return i
		}
		from = i + 1
	}
}

// appendPage appends the View as its layout shows it. compiled says that no value was
// filtered on the way.
func (t *templateSet) appendPage(buf []byte, layout string, view any) (out []byte, compiled bool, err error) {
	if p := t.programs[layout]; p != nil {
		out, err := p.Append(buf, view)
		if limit := (exec.LimitError{}); err == nil || errors.As(err, &limit) {
			return out, true, err
		}
		// html/template knows the words for what went wrong.
	}
	in, err := t.interpreter()
	if err != nil {
		return buf, false, err
	}
	out, err = in.Append(buf, layout+".html", view)
	t.mu.Lock()
	t.idle = append(t.idle, in)
	t.mu.Unlock()
	return out, false, err
}

// interpreter is one that no other page uses now.
func (t *templateSet) interpreter() (*exec.Interpreter, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.idle); n > 0 {
		in := t.idle[n-1]
		t.idle = t.idle[:n-1]
		return in, nil
	}
	return exec.NewInterpreter(func(set *template.Template) error {
		for _, name := range slices.Sorted(maps.Keys(t.sources)) {
			if _, err := set.New(name).Parse(string(t.sources[name])); err != nil {
				return err
			}
		}
		return nil
	})
}

// wentOver is what was told of the first page that took too much of a template
// which this layout reaches, too.
func (t *templateSet) wentOver(layout string) (d diag.Diagnostic, over bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.over) == 0 {
		return d, false
	}
	for _, name := range t.reach(layout) {
		if d, over = t.over[t.files[name]]; over {
			break
		}
	}
	return d, over
}

// goOver tells of a page that took more of its templates than there is. It is
// told once: other pages with that template are not tried any more.
func (t *templateSet) goOver(limit exec.LimitError, err error, page string) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Rule: "template", Why: "the page that met it is /" + page}
	if m := errorPlace.FindStringSubmatch(err.Error()); m != nil {
		d.At = t.place(m[1], m[2], m[3], m[4])
	}
	if limit.Template != "" {
		file := t.files[limit.Template]
		d.At = diag.Place{File: "templates/" + file}
		if limit.At > 0 {
			end := bytes.IndexByte(t.sources[file][limit.At:], '}')
			d.At.Span = diag.Span{Start: int32(limit.At), End: int32(limit.At + max(1, end))}
		}
	}
	switch limit.Limit {
	case exec.Depth:
		d.Message, d.Hint = limit.Template+" is filled in within itself, without end", endless
	case exec.Steps:
		d.Message = "one page takes more than 10 million steps here"
		d.Why = "each turn of a {{range}} and each {{template}} is one, and no page needs so many; " + d.Why
		d.Hint = "range over the page’s own lists, and not over a list within a list within a list"
	case exec.Page:
		d.Message = "one page gets longer than 32 MB here"
		d.Why = "no reader’s browser could show it; " + d.Why
		d.Hint = "write less in each turn of a {{range}}, and no list within a list"
	case exec.Text:
		d.Message = "the functions of one page make more than 64 MB of text here"
		d.Hint = "join no text to itself, again and again"
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	file := strings.TrimPrefix(d.At.File, "templates/")
	if first, told := t.over[file]; told {
		return first
	}
	t.over[file] = d
	return d
}

// unsafe tells of a value that html/template would not put where it stands.
func (t *templateSet) unsafe(out []byte, i int, layout, page string, view any) diag.Diagnostic {
	line := out[bytes.LastIndexByte(out[:i], '\n')+1:]
	if j := bytes.IndexByte(line, '\n'); j >= 0 {
		line = line[:j]
	}
	attr := "a value"
	if m := regexp.MustCompile(`([a-z-]+)\s*=\s*["']?[^"'<>]*$`).FindSubmatch(out[max(0, i-200):i]); m != nil {
		attr = "the attribute " + string(m[1])
	}
	d := diag.Diagnostic{Severity: diag.Error, Rule: "unsafe-value", At: diag.Place{File: "templates/" + layout + ".html"},
		Message: fmt.Sprintf("on /%s %s holds what is not safe there", page, attr),
		Why:     "html/template wrote #ZgotmplZ in its place: " + clipLine(string(line)),
		Hint:    "look at where the value comes from: an address needs http, https, mailto or tel"}
	if field := unsafeField(reflect.ValueOf(view), "", 0); field != "" {
		d.Hint = "the field is probably ." + field + ": " + d.Hint
	}
	return d
}

func clipLine(s string) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > 160 {
		return string(r[:157]) + "…"
	}
	return s
}

var foreignScheme = regexp.MustCompile(`^\s*[a-zA-Z][a-zA-Z0-9+.-]*:`)

// unsafeField finds a field named like an address whose value has a scheme
// that html/template does not take.
func unsafeField(v reflect.Value, path string, depth int) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if depth < 8 && !v.IsNil() {
			return unsafeField(v.Elem(), path, depth+1)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if f := unsafeField(v.Index(i), path+"["+strconv.Itoa(i)+"]", depth+1); f != "" {
				return f
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.PkgPath != "" && !f.Anonymous {
				continue
			}
			name := strings.TrimPrefix(path+"."+f.Name, ".")
			if s := v.Field(i); s.Kind() == reflect.String && (strings.HasSuffix(f.Name, "URL") || f.Name == "Canonical" || f.Name == "To") {
				u := s.String()
				low := strings.ToLower(u)
				if foreignScheme.MatchString(u) && !strings.HasPrefix(low, "http:") && !strings.HasPrefix(low, "https:") && !strings.HasPrefix(low, "mailto:") {
					return name
				}
			}
			if found := unsafeField(v.Field(i), name, depth+1); found != "" {
				return found
			}
		}
	}
	return ""
}

// errorPlace reads the place that template errors begin with:
// "html/template:x.html:3:7: …" or "template: x.html:3: …".
// html/template does not always know a line.
var errorPlace = regexp.MustCompile(`^(?:html/template|template): ?([^:]+\.html):(?:(\d+):)?(?:(\d+):)? (.*)$`)

// diagnose puts a template error into a template author's words.
func (t *templateSet) diagnose(err error, page string) []diag.Diagnostic {
	text := err.Error()
	d := diag.Diagnostic{Severity: diag.Error, Rule: "template", Message: text}
	if m := errorPlace.FindStringSubmatch(text); m != nil {
		d.At = t.place(m[1], m[2], m[3], m[4])
		d.Message = m[4]
	}
	d.Message, d.Hint = translate(d.Message)
	if page != "" || errorsAsExec(err) {
		d.Why = fmt.Sprintf("the page that met it is /%s; Go says: %s", page, text)
	} else {
		d.Why = "Go says: " + text
	}
	return []diag.Diagnostic{d}
}

// endless is the fix for templates that call themselves.
const endless = "let it call itself in an {{if}} only, or with less: {{template}} names the file to fill in"

func errorsAsExec(err error) bool {
	var e tt.ExecError
	return errors.As(err, &e)
}

// place finds the bytes that a template error speaks of.
func (t *templateSet) place(file, line, col, message string) diag.Place {
	src := t.sources[file]
	at := diag.Place{File: "templates/" + file}
	n, err := strconv.Atoi(line)
	if err != nil {
		return at
	}
	start := 0
	for ; n > 1; n-- {
		i := bytes.IndexByte(src[start:], '\n')
		if i < 0 {
			return at
		}
		start += i + 1
	}
	end := len(src)
	if i := bytes.IndexByte(src[start:], '\n'); i >= 0 {
		end = start + i
	}
	column, _ := strconv.Atoi(col)
	column = min(column, end-start)
	if m := quotedAction.FindStringSubmatch(message); m != nil {
		// The column may be that of any part of the action: .Title of .Site.Title.
		action := []byte(m[1])
		i := bytes.LastIndex(src[start:min(start+column+len(action), end)], action)
		if i < 0 {
			i = bytes.Index(src[start:end], action)
		}
		if i >= 0 {
			at.Span = diag.Span{Start: int32(start + i), End: int32(start + i + len(action))}
			return at
		}
	}
	at.Span = diag.Span{Start: int32(start + column), End: int32(end)}
	return at
}

var (
	quotedAction = regexp.MustCompile(`<([^<>]+)>`)
	noField      = regexp.MustCompile(`can't evaluate field (\w+) in type (\S+)`)
	noFunction   = regexp.MustCompile(`function "(\w+)" not defined`)
	noTemplate   = regexp.MustCompile(`(?:no such template|template) "([^"]+)"(?: not defined)?`)
	noRange      = regexp.MustCompile(`range can't (?:iterate over|use)`)
	nilPointer   = regexp.MustCompile(`nil pointer evaluating \S*\.(\w+)`)
)

// viewTypes are the Views by the names that errors give them.
var viewTypes = []any{Home{}, List{}, Explainer{}, Timeline{}, Topics{}, Topic{}, Glossary{}, Entry{}, Updates{}, Sources{}, Plain{}, QuestionCard{}, Search{}, Chart{}, Coming{}, EventGroup{}, NotFound{}, Redirect{},
	Question{}, Event{}, Figure{}, Term{}, Source{}, Update{}, Card{}, Link{}, Pager{}, Parts{}, Site{}, Notice{}, Date{}, Author{}, Use{}, Letter{}, Syndication{}, Prose{}, SourceLink{}}

// translate says what a message of text/template or html/template means.
func translate(message string) (text, hint string) {
	switch {
	case noField.MatchString(message):
		m := noField.FindStringSubmatch(message)
		name := strings.TrimPrefix(m[2], "*")
		hint = "the fields are listed in site/pages/views.go"
		if near, ok := diag.Nearest(m[1], fieldsOf(name)); ok {
			hint = "did you mean ." + near + "?"
		}
		return fmt.Sprintf("there is no field .%s in %s", m[1], strings.TrimPrefix(name, "pages.")), hint
	case noFunction.MatchString(message):
		return fmt.Sprintf("there is no function %s", noFunction.FindStringSubmatch(message)[1]), "templates have the functions of Go's html/template, and the methods of the View's fields"
	case noRange.MatchString(message):
		return "this can’t be gone through by {{range}}", "range over a list, a map or a whole number"
	case nilPointer.MatchString(message):
		return fmt.Sprintf("%s is asked of something that is not there on this page", nilPointer.FindStringSubmatch(message)[1]), "put {{with …}} or {{if …}} around it"
	case strings.Contains(message, "exceeded maximum template depth"):
		return "templates are filled in within each other, without end", endless
	case strings.Contains(message, "multiple definition of template"):
		return "this file has two templates of one name", "give one of them another name"
	case strings.Contains(message, "template") && noTemplate.MatchString(message):
		return fmt.Sprintf("there is no template %s", noTemplate.FindStringSubmatch(message)[1]), "templates are called by their file's name: {{template \"figure.html\" .}}"
	case strings.Contains(message, "unexpected EOF") || strings.Contains(message, "unexpected \"EOF\""):
		return "a block is not closed", "add the {{end}} that is missing"
	case strings.Contains(message, "unexpected {{end}}"):
		return "there is an {{end}} too many", "remove it, or add the {{if}}, {{range}} or {{with}} that it closes"
	case strings.Contains(message, "unclosed action") || strings.Contains(message, "unterminated"):
		return "an action is not closed", "add the }} that is missing"
	case strings.Contains(message, "ends in a non-text context"), strings.Contains(message, "end in different contexts"):
		return "the HTML around this is not complete: a tag or an attribute is left open", "close it in the same branch that opens it"
	}
	return message, ""
}

func fieldsOf(typeName string) []string {
	var out []string
	for _, v := range viewTypes {
		t := reflect.TypeOf(v)
		if t.String() != typeName {
			continue
		}
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() && !f.Anonymous {
				out = append(out, f.Name)
			}
		}
	}
	return out
}
