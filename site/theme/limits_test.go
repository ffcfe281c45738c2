package theme

import (
	"errors"
	"html/template"
	"reflect"
	"strings"
	"testing"
)

// interpreted prepares a template for html/template, within the limits.
func interpreted(t *testing.T, src string) *Interpreter {
	t.Helper()
	in, err := NewInterpreter(func(set *template.Template) error {
		_, err := set.New("x").Parse(src + parts)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestInterpreterWritesTheSame holds that what counts changes no byte, wherever
// it stands.
func TestInterpreterWritesTheSame(t *testing.T) {
	more := []string{
		`{{range $i := 3}}{{$i}}{{end}}{{range 0}}no{{else}}none{{end}}{{range .N}}{{.}}{{end}}`, `<title>{{template "part" .}}</title><p title="{{template "date" .Name}}">`,
		`<script>var x = [{{range .Texts}}{{.}},{{end}}{{template "date" .Name}}]</script>`, `<p {{range .Texts}}class="a"{{break}}{{end}}>`,
		`{{print .Name 1 2 .Title}}{{println .Name .N}}{{printf "%s %5d %q" .Name .N .Title}}{{html .Name}}{{js .Name}}{{urlquery .Name .N}}{{.Name | html}}`,
		`{{range $k, $v := .Params}}{{$k}}{{$v}}{{end}}{{range .Params.none}}no{{else}}none{{end}}{{range .Texts}}{{if .}}{{continue}}{{end}}{{.}}{{end}}`,
	}
	for _, src := range append(append(more, compiles...), leftAlone...) {
		if src == `{{.Inner}}` { // it has addresses
			continue
		}
		for _, value := range []string{"a", `<&"'+>`, ""} {
			_, want, _, _, wantErr := both(t, src, some(value, true))
			got, err := interpreted(t, src).Append([]byte("kept "), "x", some(value, true))
			if (err != nil) != (wantErr != nil) || err == nil && string(got) != "kept "+want {
				t.Errorf("%s with %q\nwrote %q (%v)\n want %q (%v)", src, value, got, err, want, wantErr)
			}
		}
	}
}

// TestLimits runs what would never end, or make more than there is memory for.
// It is held both by what is compiled and by what html/template executes.
func TestLimits(t *testing.T) {
	long := some("a", true)
	long.List = make([]view, 300)
	for i := range long.List {
		long.List[i].List = make([]view, 300)
		for j := range long.List[i].List {
			long.List[i].List[j].List = make([]view, 300)
		}
	}
	long.Made = template.HTML(strings.Repeat("a", 1<<20))
	double := func(call string) string { return `{{$s := "<"}}{{range 34}}{{$s = ` + call + `}}{{end}}` }
	for _, c := range []struct {
		src, at  string
		limit    Limit
		compiled bool
	}{
		{`{{range .List}}{{range .List}}{{range .List}}{{end}}{{end}}{{end}}`, ".List", Steps, true},
		{`<title>{{range .List}}{{range .List}}{{range .List}}{{end}}{{end}}{{end}}</title>`, ".List", Steps, true},
		{`{{range 1000000000}}{{end}}`, "1000000000", Steps, false},
		{`{{range 100000}}{{range 100000}}{{end}}{{end}}`, "100000", Steps, false},
		{`{{range 9999999}}` + strings.Repeat("{{if $.Yes}}{{end}}", 200) + `{{end}}`, "9999999", Steps, false},
		{`{{template "endless" .}}`, "", Depth, true},
		{`{{template "endless" .}}{{printf ""}}`, "", Depth, false},
		{`<title>{{template "endless" .}}</title>`, "", Depth, false},
		{`{{range .List}}{{$.Made}}{{end}}`, "", Page, true},
		{`{{range .List}}{{$.Made}}{{end}}{{printf ""}}`, "", Page, false},
		{double(`print $s $s`), "", Text, false},
		{double(`print $s $s 1`), "", Text, false},
		{double(`println $s $s`), "", Text, false},
		{double(`printf "%s%s" $s $s`), "", Text, false},
		{double(`printf "%[1]q%[1]q" $s`), "", Text, false},
		{double(`html $s $s`), "", Text, false},
		{double(`js $s`), "", Text, false},
		{double(`urlquery $s $s`), "", Text, false},
		{`{{printf "` + strings.Repeat("%999999d", 100) + `" 1}}`, "", Text, false},
	} {
		src := c.src + `{{define "endless"}}{{template "endless" .}}{{end}}`
		var limit LimitError
		out, err := interpreted(t, src).Append(nil, "x", long)
		if !errors.As(err, &limit) || limit.Limit != c.limit || c.at != "" && !strings.HasPrefix(src[limit.At:], c.at) {
			t.Errorf("%s wrote %d bytes: %v", c.src, len(out), err)
		}
		if c.limit == Text && !strings.HasPrefix(err.Error(), "template: x:1:") {
			t.Errorf("%s: no place in %v", c.src, err)
		}
		set := template.Must(template.New("x").Parse(src + parts))
		if err := Escape(set, "x"); err != nil {
			t.Fatal(err)
		}
		p, compileErr := Compile(set, "x", reflect.TypeOf(long))
		if (compileErr == nil) != c.compiled {
			t.Errorf("%s: %v", c.src, compileErr)
		}
		if p == nil {
			continue
		}
		out, err = p.Append(nil, long)
		if limit = (LimitError{}); !errors.As(err, &limit) || limit.Limit != c.limit || c.at != "" && !strings.HasPrefix(src[limit.At:], c.at) {
			t.Errorf("%s, compiled, wrote %d bytes: %v", c.src, len(out), err)
		}
	}
}

// TestWithinLimits runs what is large, and no more.
func TestWithinLimits(t *testing.T) {
	for _, src := range []string{`{{range 1000000}}{{end}}`, `{{$s := "a"}}{{range 24}}{{$s = print $s $s}}{{end}}{{len $s}}`, `{{range 100}}{{range 100}}{{range 100}}{{end}}{{end}}{{end}}`,
		`{{printf "%s %d" .Name .N}}{{range 1000}}{{template "part" $}}{{end}}`, `{{printf "%999999d" 1 | len}}`} {
		if _, err := interpreted(t, src).Append(nil, "x", some("a", true)); err != nil {
			t.Errorf("%s: %v", src, err)
		}
	}
}
