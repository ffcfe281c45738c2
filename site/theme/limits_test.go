package theme

import (
	"errors"
	"html/template"
	"reflect"
	"strings"
	"testing"
)

// interpreted prepares a template for html/template, within the limits.
func interpreted(t *testing.T, src string) *interpreter {
	t.Helper()
	in, err := newInterpreter(func(set *template.Template) error {
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
			got, err := interpreted(t, src).run([]byte("kept "), "x", some(value, true))
			if unsafe := (unsafeError{}); errors.As(err, &unsafe) {
				if unsafe.template != "x" || filteredAt([]byte(want)) != unsafe.at-len("kept ") {
					t.Errorf("%s with %q: %v", src, value, err)
				}
				err = nil
			}
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
		limit    limit
		compiled bool
	}{
		{`{{range .List}}{{range .List}}{{range .List}}{{end}}{{end}}{{end}}`, ".List", stepsLimit, true},
		{`<title>{{range .List}}{{range .List}}{{range .List}}{{end}}{{end}}{{end}}</title>`, ".List", stepsLimit, true},
		{`{{range 1000000000}}{{end}}`, "1000000000", stepsLimit, false},
		{`{{range 100000}}{{range 100000}}{{end}}{{end}}`, "100000", stepsLimit, false},
		{`{{range 9999999}}` + strings.Repeat("{{if $.Yes}}{{end}}", 200) + `{{end}}`, "9999999", stepsLimit, false},
		{`{{template "endless" .}}`, "", depthLimit, true},
		{`{{template "endless" .}}{{printf ""}}`, "", depthLimit, false},
		{`<title>{{template "endless" .}}</title>`, "", depthLimit, false},
		{`{{range .List}}{{$.Made}}{{end}}`, "", pageLimit, true},
		{`{{range .List}}{{$.Made}}{{end}}{{printf ""}}`, "", pageLimit, false},
		{double(`print $s $s`), "", textLimit, false},
		{double(`print $s $s 1`), "", textLimit, false},
		{double(`println $s $s`), "", textLimit, false},
		{double(`printf "%s%s" $s $s`), "", textLimit, false},
		{double(`printf "%[1]q%[1]q" $s`), "", textLimit, false},
		{double(`html $s $s`), "", textLimit, false},
		{double(`js $s`), "", textLimit, false},
		{double(`urlquery $s $s`), "", textLimit, false},
		{`{{printf "` + strings.Repeat("%999999d", 100) + `" 1}}`, "", textLimit, false},
	} {
		src := c.src + `{{define "endless"}}{{template "endless" .}}{{end}}`
		var limit limitError
		out, err := interpreted(t, src).run(nil, "x", long)
		if !errors.As(err, &limit) || limit.limit != c.limit || c.at != "" && !strings.HasPrefix(src[limit.at:], c.at) {
			t.Errorf("%s wrote %d bytes: %v", c.src, len(out), err)
		}
		if c.limit == textLimit && !strings.HasPrefix(err.Error(), "template: x:1:") {
			t.Errorf("%s: no place in %v", c.src, err)
		}
		set := template.Must(template.New("x").Parse(src + parts))
		if err := escape(set, "x"); err != nil {
			t.Fatal(err)
		}
		p, compileErr := compile(set, "x", reflect.TypeOf(long))
		if (compileErr == nil) != c.compiled {
			t.Errorf("%s: %v", c.src, compileErr)
		}
		if p == nil {
			continue
		}
		out, err = p.run(nil, long)
		if limit = (limitError{}); !errors.As(err, &limit) || limit.limit != c.limit || c.at != "" && !strings.HasPrefix(src[limit.at:], c.at) {
			t.Errorf("%s, compiled, wrote %d bytes: %v", c.src, len(out), err)
		}
	}
}

// TestWithinLimits runs what is large, and no more.
func TestWithinLimits(t *testing.T) {
	for _, src := range []string{`{{range 1000000}}{{end}}`, `{{$s := "a"}}{{range 24}}{{$s = print $s $s}}{{end}}{{len $s}}`, `{{range 100}}{{range 100}}{{range 100}}{{end}}{{end}}{{end}}`,
		`{{printf "%s %d" .Name .N}}{{range 1000}}{{template "part" $}}{{end}}`, `{{printf "%999999d" 1 | len}}`} {
		if _, err := interpreted(t, src).run(nil, "x", some("a", true)); err != nil {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func TestFiltered(t *testing.T) {
	for html, want := range map[string]int{
		"": -1, "<p>ZgotmplZ</p>": -1, "<p>a</p>ZgotmplZ": -1, "<style>a{}</style>ZgotmplZ": -1,
		`<a href="#ZgotmplZ">`: 10, `<p>ZgotmplZ</p><b ZgotmplZ>`: 18, "<style>a{color:ZgotmplZ}": 15,
	} {
		if got := filteredAt([]byte(html)); got != want {
			t.Errorf("%s: %d, not %d", html, got, want)
		}
	}
}
