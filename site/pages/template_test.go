package pages

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
	"nutgraf/site/theme"
	"nutgraf/templates"
)

// readTheme reads the default theme, with some files replaced or added.
func readTheme(t *testing.T, changed map[string]string) (*theme.Theme, []diag.Diagnostic) {
	t.Helper()
	return parseTheme(changedTheme(t, changed))
}

func changedTheme(t *testing.T, changed map[string]string) []site.File {
	t.Helper()
	files := themeFiles(t)
	for _, name := range slices.Sorted(maps.Keys(changed)) {
		data := []byte(changed[name])
		f := site.File{Path: name, Sum: document.SumOf(data), Data: data}
		if i := slices.IndexFunc(files, func(f site.File) bool { return f.Path == name }); i >= 0 {
			files[i] = f
		} else {
			files = append(files, f)
		}
	}
	return files
}

func themeFiles(t testing.TB) (files []site.File) {
	t.Helper()
	names, err := fs.Glob(templates.FS, "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, site.File{Path: name, Sum: document.SumOf(data), Data: data})
	}
	return files
}

// trees parses the default theme without escaping, which rewrites trees.
func trees(t *testing.T) map[string]*parse.Tree {
	t.Helper()
	out := map[string]*parse.Tree{}
	for _, f := range themeFiles(t) {
		tree := parse.New(f.Path)
		tree.Mode = parse.SkipFuncCheck
		if _, err := tree.Parse(string(f.Data), "", "", out); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// walkNodes visits every node of a template.
func walkNodes(n parse.Node, visit func(parse.Node)) {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return
	}
	visit(n)
	branch := func(n *parse.BranchNode) {
		walkNodes(n.List, visit)
		walkNodes(n.ElseList, visit)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walkNodes(c, visit)
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
}

// mark stands where an action writes something.
const mark = "\x01"

// flat is a template's HTML with every branch in order and a mark for each value.
func flat(tree *parse.Tree) string {
	var b strings.Builder
	walkNodes(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TextNode:
			b.Write(n.Text)
		case *parse.ActionNode, *parse.TemplateNode:
			b.WriteString(mark)
		}
	})
	return b.String()
}

// outsideQuotes reports whether a mark stands in a tag but in no quoted value.
func outsideQuotes(tag string) bool {
	var quote rune
	for _, r := range tag {
		switch {
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case r == quote:
			quote = 0
		case quote == 0 && string(r) == mark:
			return true
		}
	}
	return false
}

// TestActionsStandInSafePlaces holds the theme to where escaping is easy to
// reason about: text, and quoted attributes that are no code.
func TestActionsStandInSafePlaces(t *testing.T) {
	for name, tree := range trees(t) {
		z := html.NewTokenizer(strings.NewReader(flat(tree)))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			raw := string(z.Raw())
			token := z.Token()
			if token.Type == html.StartTagToken || token.Type == html.SelfClosingTagToken {
				if slices.Contains([]string{"script", "style", "iframe", "object", "embed", "base", "svg", "math"}, token.Data) && !(name == "chart.html" && token.Data == "svg" || (name == "head.html" || name == "search.html") && token.Data == "script") {
					t.Errorf("%s has an element <%s>", name, token.Data)
				}
				if outsideQuotes(raw) {
					t.Errorf("%s: a value stands in a tag without quotes: %q", name, raw)
				}
			}
			for _, a := range token.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
					t.Errorf("%s: <%s> has an attribute %s", name, token.Data, a.Key)
				}
			}
		}
	}
}

// commands visits every command of a template, in whatever pipeline it stands.
func commands(tree *parse.Tree, visit func(*parse.CommandNode)) {
	var pipe func(p *parse.PipeNode)
	pipe = func(p *parse.PipeNode) {
		if p == nil {
			return
		}
		for _, c := range p.Cmds {
			visit(c)
			for _, a := range c.Args {
				if p, ok := a.(*parse.PipeNode); ok {
					pipe(p)
				}
			}
		}
	}
	walkNodes(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ActionNode:
			pipe(n.Pipe)
		case *parse.TemplateNode:
			pipe(n.Pipe)
		case *parse.IfNode:
			pipe(n.Pipe)
		case *parse.RangeNode:
			pipe(n.Pipe)
		case *parse.WithNode:
			pipe(n.Pipe)
		}
	})
}

func TestCalledTemplatesExist(t *testing.T) {
	all := trees(t)
	for name, tree := range all {
		walkNodes(tree.Root, func(n parse.Node) {
			if c, ok := n.(*parse.TemplateNode); ok && all[c.Name] == nil {
				t.Errorf("%s calls %s, which does not exist", name, c.Name)
			}
		})
	}
}

var verbs = regexp.MustCompile(`\{\w+\}`)

// TestWordsExist looks up every key that the theme asks for, and compares the
// {names} of its words with those that the template fills in.
func TestWordsExist(t *testing.T) {
	words := lang.For("en").Words
	// Keys that are values: what they can be is in the words too.
	variable := map[string][]string{"explainer.html .Status": {"draft", "review"}}
	asked := map[string]bool{}
	for name, tree := range trees(t) {
		commands(tree, func(c *parse.CommandNode) {
			called := c.Args[0].String()
			method := called[strings.LastIndexByte(called, '.')+1:]
			if !strings.HasSuffix(called, ".Site."+method) && called != "$site."+method || !slices.Contains([]string{"Word", "Form", "Say", "Count"}, method) {
				return
			}
			var keys []string
			if s, ok := c.Args[1].(*parse.StringNode); ok {
				keys = []string{s.Text}
			} else if keys = variable[name+" "+c.Args[1].String()]; keys == nil {
				t.Errorf("%s: %s takes its key from %s", name, called, c.Args[1])
			}
			filled := []string{}
			for i := 2; method == "Say" && i < len(c.Args); i += 2 {
				filled = append(filled, "{"+c.Args[i].(*parse.StringNode).Text+"}")
			}
			if method == "Count" {
				keys, filled = []string{keys[0] + "-one", keys[0] + "-other"}, []string{"{n}"}
			}
			slices.Sort(filled)
			for _, k := range keys {
				asked[k] = true
				w, ok := words[k]
				if !ok {
					t.Errorf("%s asks for the word %q, which does not exist", name, k)
					continue
				}
				found := append([]string{}, verbs.FindAllString(w, -1)...)
				slices.Sort(found)
				if diff := cmp.Diff(found, filled); diff != "" && method != "Form" {
					t.Errorf("%s: %q (%s) is filled in wrongly (-words +template):\n%s", name, k, w, diff)
				}
			}
		})
	}
	if len(asked) < 50 {
		t.Errorf("found only %d keys", len(asked))
	}
}

// Payloads of the hand-made Views: they close whatever they could stand in.
const (
	evilText = `'"></title></p></script><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}&amp;`
	evilURL  = `javascript:alert(1)//"><script>alert(1)</script>`
	niceURL  = `https://example.org/?a="><script>alert(1)</script>`
)

// filler makes Views in which everything is there.
type filler struct {
	n     int
	url   string // for every address
	words string // for every text
}

func (f *filler) next() string { f.n++; return fmt.Sprintf("id%d", f.n) }

// known are fields whose value is one of a few, by their names.
var known = map[string]string{"Lang": "en", "Dir": "ltr", "Status": "published", "Datetime": "2024-03-30", "Canonical": "https://example.org/", "CSS": "style.css", "Icon": "icon.svg", "JS": "", "OGType": "article", "CSP": "default-src 'none'", "Attribution": "unnamed", "Warning": "graphic"}

func (f *filler) fill(v reflect.Value, name string, depth int) {
	switch v.Interface().(type) {
	case *Prose:
		v.Set(reflect.ValueOf(&Prose{fragment: &markdown.Fragment{HTML: []byte("<em>prose</em>")}}))
		return
	case *ListedEvent:
		v.Set(reflect.ValueOf(listedEvent(`<li id="` + f.next() + `"><h3>An event</h3></li>`)))
		return
	case *Site:
		s := &Site{}
		f.fill(reflect.ValueOf(s).Elem(), name, depth)
		s.Words = lang.For("en").Words
		v.Set(reflect.ValueOf(s))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text(name))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(3)
	case reflect.Pointer:
		if depth < 12 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), name, depth+1)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 || depth >= 12 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			f.fill(v.Index(i), name, depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.fill(v.Field(i), v.Type().Field(i).Name, depth+1)
			}
		}
	}
}

// listedEvent is an event that was rendered already.
func listedEvent(html string) *ListedEvent {
	s, _, err := site.Load(context.Background(), site.Options{}, nil)
	if err != nil {
		panic(err)
	}
	cut := appendCut(nil, []byte(html), stopsOf(nil, []byte(html), "", "", ""))
	ref, err := s.Remember(cut)
	if err != nil {
		panic(err)
	}
	return &ListedEvent{book: &Book{site: s}, rendered: &renderedEvent{block: ref, html: int32(len(cut))}}
}

func (f *filler) text(name string) string {
	if k, ok := known[name]; ok {
		return k
	}
	switch {
	case name == "ID" || name == "Anchor" || name == "Aliases":
		return f.next()
	case strings.HasSuffix(name, "URL") || name == "To" || name == "SameAs":
		return f.url
	}
	return f.words
}

// full makes a View with everything in it, or with nothing but its title.
func full(layout string, everything bool) any {
	v := reflect.New(reflect.TypeOf(kindOf(layout).view).Elem()).Elem()
	view := v.Addr().Interface()
	f := &filler{url: niceURL, words: evilText}
	if everything {
		f.fill(v, "", 0)
	} else {
		f.fill(v.FieldByName("Site"), "Site", 0)
		for _, name := range []string{"Title", "Term", "Lang", "Dir", "Status"} {
			if s := v.FieldByName(name); s.IsValid() {
				s.SetString(f.text(name))
			}
		}
		if q, ok := view.(*QuestionCard); ok {
			q.Question.Text = evilText
		}
	}
	v.FieldByName("Layout").SetString(layout)
	return view
}

func TestEveryLayoutIsWellMade(t *testing.T) {
	set, ds := readTheme(t, nil)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	check := func(name, layout string, view any) {
		var b bytes.Buffer
		if ds, err := set.Execute(&b, layout, name, view); err != nil || len(ds) > 0 {
			t.Errorf("%s: %v", name, ds)
			return
		}
		for _, fault := range faults(t, b.Bytes()) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	for _, k := range kinds {
		check(k.layout+" (full)", k.layout, full(k.layout, true))
		check(k.layout+" (empty)", k.layout, full(k.layout, false))
	}
	for _, status := range []string{"draft", "review", "withdrawn"} {
		e := full("explainer", true).(*Explainer)
		e.Status, e.ShortAnswers = status, false
		check("explainer ("+status+")", "explainer", e)
	}
}

// pagesOf lists the templates that make whole pages.
func pagesOf(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, f := range themeFiles(t) {
		if bytes.Contains(f.Data, []byte("<html")) {
			out = append(out, strings.TrimSuffix(f.Path, ".html"))
		}
	}
	slices.Sort(out)
	return out
}

// faults says what is wrong with a page: its outline, its ids, its
// landmarks, and whatever could run.
func faults(t *testing.T, page []byte) (found []string) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	fault := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	ids, elements, names, level := map[string]bool{}, map[string]int{}, map[string]bool{}, 0
	var labels []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		elements[n.Data]++
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			if l := int(n.Data[1] - '0'); l > level+1 {
				fault("<h%d> follows <h%d>", l, level)
			}
			level = int(n.Data[1] - '0')
		}
		switch n.Data {
		case "style", "iframe", "object", "embed", "base", "math": // xss_test.go looks at scripts, forms and charts
			fault("<%s> is there", n.Data)
		case "ul", "ol", "dl", "p", "nav", "section", "dt", "dd", "h1", "h2", "h3", "figcaption":
			if n.FirstChild == nil && !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Val == "search_results" }) || n.FirstChild != nil && n.FirstChild.NextSibling == nil && strings.TrimSpace(n.FirstChild.Data) == "" {
				fault("<%s> is empty", n.Data)
			}
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				fault("<%s %s=%q>", n.Data, a.Key, a.Val)
			case a.Key == "id" && ids[a.Val]:
				fault("the id %q is there twice", a.Val)
			case a.Key == "id":
				ids[a.Val] = true
			case a.Key == "aria-labelledby":
				labels = append(labels, a.Val)
			}
			if n.Data == "nav" && strings.HasPrefix(a.Key, "aria-label") {
				if names[a.Val] {
					fault("two <nav> are called %q", a.Val)
				}
				names[a.Val] = true
			}
		}
	}
	for _, name := range []string{"h1", "main", "title"} {
		if elements[name] != 1 {
			fault("%d <%s>", elements[name], name)
		}
	}
	for _, l := range labels {
		if !ids[l] {
			fault("aria-labelledby=%q leads nowhere", l)
		}
	}
	return found
}
