package theme

import (
	"fmt"
	"html/template"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
)

// words stands for what Views have methods for.
type words struct{ in map[string]string }

func (w *words) Word(key string) (string, error) {
	if v, ok := w.in[key]; ok {
		return v, nil
	}
	return "", fmt.Errorf("no word %s", key)
}

func (w *words) Count(key string, n int) (string, error) { return fmt.Sprintf("%d %s", n, key), nil }

func (w *words) Say(key string, pairs ...any) (string, error) {
	return key + fmt.Sprint(pairs...), nil
}

type text struct{ html template.HTML }

func (t *text) HTML() template.HTML {
	if t == nil {
		return ""
	}
	return t.html
}

func (t *text) AppendHTML(buf []byte) ([]byte, error) { return append(buf, t.HTML()...), nil }

type base struct {
	Words *words
	Title string
}

type view struct {
	base
	Name, URL string
	N         int
	Yes       bool
	Text      *text
	Inner     *view
	List      []view
	Texts     []string
	Any       any
	Params    map[string]any
	Byte      int8
	Made      template.HTML
}

func some(s string, deep bool) *view {
	v := &view{base: base{&words{map[string]string{"in-short": s}}, s}, Name: s, URL: s, N: len(s), Yes: len(s)%2 == 0,
		Text: &text{template.HTML(s)}, Texts: []string{s, "", "b"}, Any: s, Params: params(s), Made: template.HTML(s)}
	if deep {
		v.Inner = some("in "+s, false)
		v.List = []view{*some("one", false), {}, *some(s, false)}
	}
	return v
}

// params are free data, as a writer may give it.
func params(s string) map[string]any {
	return map[string]any{"text": s, "n": 3, "x": 2.5, "nan": math.NaN(), "yes": true, "none": nil, "list": []any{s, 1, nil, map[string]any{"text": s}}, "empty": []any{},
		"map": map[string]any{"text": s, "b": "c", "deep": map[string]any{"er": s}}, "a-key": s, "url": s}
}

// parts are templates that others call.
const parts = `{{define "part"}}<i>{{.Name}}{{with .Inner}}{{template "part" .}}{{end}}</i>{{end}}{{define "date"}}<time datetime="{{.}}">{{.}}</time>{{end}}`

// both runs a template both ways.
func both(t *testing.T, src string, data any) (compiled, want string, compileErr, err, wantErr error) {
	t.Helper()
	set, parseErr := template.New("x").Option("missingkey=error").Parse(src + parts)
	if parseErr != nil {
		t.Fatal(parseErr)
	}
	set.Execute(io.Discard, nil)
	var b strings.Builder
	wantErr = set.Execute(&b, data)
	p, compileErr := compile(set, "x", reflect.TypeOf(data))
	if compileErr != nil {
		return "", b.String(), compileErr, nil, wantErr
	}
	out, err := p.run([]byte("kept "), data)
	return strings.TrimPrefix(string(out), "kept "), b.String(), nil, err, wantErr
}

// compiles are templates that must be compiled, and then write what
// html/template writes.
var compiles = []string{
	`<p>{{.Name}}</p><title>{{.Title}}</title><p title="{{.Name}}" class='{{.Name}}'>{{.N}}{{len .List}} {{len .Name}}</p>`,
	`<a href="{{.URL}}" title="{{.Name}}">{{.Name}}</a><img src="{{.URL}}" alt="{{.Name}}"><a href="#{{.Name}}">x</a>`,
	`{{.Text.HTML}}{{with .Text.HTML}}{{.}}{{end}}{{.Made}}{{if .Text}}t{{end}}{{with .Text}}{{.HTML}}{{else}}none{{end}}`,
	`{{.Words.Word "in-short"}} {{.Words.Count "events" .N}} {{.Words.Count "events" (len .Texts)}} {{.Words.Say "a" "n" .N "t" .Title}} {{.Words.Say "a"}}`,
	`{{$w := .Words}}{{range .Texts}}{{$w.Word "in-short"}}{{.}}{{else}}empty{{end}}{{range $i, $t := .Texts}}{{if $i}}, {{end}}{{$t}}{{$.Name}}{{end}}`,
	`{{range .List}}<li id="e-{{.Name}}">{{.Title}}{{with .URL}} {{.}}{{end}}</li>{{end}}{{range $e := .List}}{{$e.N}}{{end}}`,
	`{{if eq .Name "a" "b"}}ab{{else if ne .Name "c"}}not c{{else}}c{{end}}{{if and .Name .Yes (not .N)}}1{{end}}{{if or .N .Yes}}2{{end}}{{if not (eq .Name .Title)}}3{{end}}`,
	`{{template "part" .}}{{with .Inner}}{{template "part" .}}{{.Name}}{{end}}{{template "date" .Name}}`,
	`{{with $x := .Inner}}{{$x.Name}}{{.Title}}{{end}}{{if $n := .N}}{{$n}}{{end}}`,
	`{{range .List}}{{range .Texts}}{{.}}{{end}}{{with .Inner}}{{.Inner.Name}}{{end}}{{end}}`,
	`{{if .Byte}}b{{end}}{{if .Inner.Inner}}deep{{end}}`,
	`{{.Any}}<title>{{.Any}}</title><p title="{{.Any}}" class='{{.Any}}'><a href="{{.Any}}#{{.Any}}">x</a><a href="#{{.Any}}">{{.Yes}}`,
	`{{.Params.text}}<title>{{.Params.text}}</title><p title="{{.Params.text}}"><a href="{{.Params.url}}">{{.Params.n}} {{.Params.x}} {{.Params.nan}} {{.Params.yes}} {{.Params.none}} {{.Params.list}} {{.Params.map}}`,
	`<title>{{.Params.none}}{{.Params.n}}{{.Params.list}}</title><p title="{{.Params.none}}{{.Params.x}}{{.Params.map}}"><a href="{{.Params.none}}"><a href="{{.Params.n}}"><a href="#{{.Params.n}}">`,
	`{{.Params.map.text}}{{.Params.map.deep.er}}{{with .Params.map}}{{.text}}{{.deep.er}}{{$.Name}}{{end}}{{with .Params.none}}no{{else}}none{{end}}{{$p := .Params}}{{$p.text}}`,
	`{{if .Params.text}}text{{end}}{{if .Params.none}}no{{end}}{{if .Params.empty}}no{{end}}{{if .Params.yes}}yes{{end}}{{if not .Params.n}}no{{end}}{{if .Params}}some{{end}}{{if and .Params.text .Name}}both{{end}}`,
	`{{if eq .Params.text "a"}}a{{end}}{{if ne .Params.text .Params.map.text}}b{{end}}{{if eq .Name .Params.text}}c{{end}}`,
	`{{range .Params.list}}{{.}},{{else}}none{{end}}{{range $i, $x := .Params.list}}{{$i}}{{$x}}{{if $i}}+{{end}}{{end}}{{range .Params.empty}}no{{else}}empty{{end}}{{range .Params.none}}no{{else}}none{{end}}`,
	`{{range $k, $v := .Params.map}}{{$k}}={{$v}} {{end}}{{range .Params.map}}{{.}}{{end}}{{range $k, $v := .Params}}<p title="{{$k}}">{{$v}}</p>{{end}}{{range $x := .Params.list}}{{$x}}{{end}}`,
	`{{index .Params "a-key"}}{{index .Params "nothing"}}{{index .Params "map" "deep" "er"}}{{with index .Params "a-key"}}{{.}}{{end}}{{if index .Params .Name}}named{{end}}`,
	`{{template "date" .Params.text}}{{template "date" .Any}}{{.Words.Say "a" "n" .Params.n}}`,
}

// leftAlone are beyond this package: html/template must do them.
var leftAlone = []string{
	`{{printf "%s" .Name}}`, `{{index .Texts 0}}`, `{{.Inner}}`, `<p {{.Name}}>`, `<script>var x = {{.Name}}</script>`, `<style>a{color:{{.Name}}}</style>`,
	`{{.Name | html}}`, `<a href={{.URL}}>`, `<p title="{{.Made}}">`, `{{lt .N 3}}`, `{{if lt .N 3}}{{end}}`, `{{range .N}}{{end}}`, `<title>{{.Made}}</title>`,
	`<a onclick="{{.Name}}">`, `<img srcset="{{.URL}}">`, `<a title="{{template "date" .Name}}">`, `{{$x := 1}}{{$x = 2}}`, `{{range .Texts}}{{break}}{{end}}`, `{{if eq .N 1}}{{end}}`,
	`<script>var x = {{.Any}}</script>`, `{{.Byte}}`, `{{len .Params}}`, `<meta http-equiv="refresh" content="0; url={{.URL}}">`,
}

func TestCompiledWritesTheSame(t *testing.T) {
	for _, src := range compiles {
		for _, value := range []string{"plain", "", "a", "b", `<&"'+>`, "javascript:alert(1)", "https://example.org/a?b=c&d=e#f", "\x00\xff\u00ad✓", "a b%20c%zz"} {
			out, want, compileErr, err, wantErr := both(t, src, some(value, true))
			fails := wantErr != nil || strings.Contains(want, filtered)
			if compileErr != nil || (err != nil) != fails || err == nil && out != want {
				t.Errorf("%s with %q\nwrote %q (%v, %v)\n want %q (%v)", src, value, out, compileErr, err, want, wantErr)
			}
		}
	}
}

func TestWhatIsLeftToTemplate(t *testing.T) {
	for _, src := range leftAlone {
		if out, _, compileErr, _, _ := both(t, src, some("a", true)); compileErr == nil {
			t.Errorf("%s was compiled and wrote %q", src, out)
		}
	}
}

// TestErrorsLeaveNothing holds that after an error no half page is there.
func TestErrorsLeaveNothing(t *testing.T) {
	for _, src := range []string{`a{{.Inner.Inner.Inner.Name}}`, `a{{.Words.Word "none"}}`, `{{.Words.Word .Name}}`, `a{{.Params.nope}}`, `a{{.Params.text.nope}}`, `a{{.Any.nope}}`,
		`a{{.Params.none.nope}}`, `a{{range .Params.text}}{{end}}`, `a{{index .Params.text "b"}}`, `a{{template "part" .Any}}`, `a{{if eq .Params.n .Name}}{{end}}`} {
		out, _, compileErr, err, wantErr := both(t, src, some("b", true))
		if compileErr != nil || err == nil || wantErr == nil || out != "" {
			t.Errorf("%s wrote %q: %v, %v; html/template says %v", src, out, compileErr, err, wantErr)
		}
	}
	set := template.Must(template.New("x").Parse("{{.Name}}"))
	set.Execute(io.Discard, nil)
	p, err := compile(set, "x", reflect.TypeFor[*view]())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.run(nil, view{}); err == nil {
		t.Error("data of another type was taken")
	}
}

// TestUnescapedIsNotCompiled holds that a template which html/template has not
// yet escaped never runs.
func TestUnescapedIsNotCompiled(t *testing.T) {
	set := template.Must(template.New("x").Parse("<p>{{.Name}}</p>"))
	if _, err := compile(set, "x", reflect.TypeFor[*view]()); err == nil {
		t.Error("it was compiled")
	}
}

// TestEscapesOfEachByte has each byte stand at each place of the eight that are
// looked at together.
func TestEscapesOfEachByte(t *testing.T) {
	set := template.Must(template.New("x").Parse("<p>{{.Name}}</p>"))
	set.Execute(io.Discard, nil)
	p, err := compile(set, "x", reflect.TypeFor[*view]())
	if err != nil {
		t.Fatal(err)
	}
	for c := range 256 {
		for at := range 10 {
			v := &view{Name: strings.Repeat("x", at) + string([]byte{byte(c)}) + strings.Repeat("y", 9-at)}
			var want strings.Builder
			if err := set.Execute(&want, v); err != nil {
				t.Fatal(err)
			}
			if got, err := p.run(nil, v); err != nil || string(got) != want.String() {
				t.Errorf("wrote %q (%v)\n want %q", got, err, want.String())
			}
		}
	}
}

// FuzzEscapes compares what is written with what html/template writes, in
// every place that is compiled. What it filters is left to it.
func FuzzEscapes(f *testing.F) {
	for _, s := range []string{"", "plain", `<script>"'&+`, "java\nscript:x", "HTTPS://x", "https://a/b?c=d&e", "mailto:a@b", "a%2Gb", "#ZgotmplZ", "//host", "\ufdd0\x00"} {
		f.Add(s)
	}
	const src = `<p>{{.Name}}</p><title>{{.Name}}</title><a href="{{.Name}}" title="{{.Name}}" class='{{.Name}}'></a><a href="#{{.Name}}"><img src='{{.Name}}'>`
	set := template.Must(template.New("x").Parse(src))
	set.Execute(io.Discard, nil)
	p, err := compile(set, "x", reflect.TypeFor[*view]())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := &view{Name: s}
		var want strings.Builder
		if err := set.Execute(&want, v); err != nil {
			t.Fatal(err)
		}
		got, err := p.run(nil, v)
		if err != nil && strings.Contains(want.String(), filtered) {
			return
		}
		if err != nil || string(got) != want.String() || !strings.Contains(s, filtered) && strings.Contains(string(got), filtered) {
			t.Errorf("wrote %q (%v)\n want %q", got, err, want.String())
		}
	})
}
