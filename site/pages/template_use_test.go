package pages

import (
	"bytes"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site/diag"
)

// TestUnsafeAddresses puts javascript: into every address.
func TestUnsafeAddresses(t *testing.T) {
	set, ds := readTheme(t, nil)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	bad := &filler{url: evilURL, words: evilText}
	e := &Explainer{}
	bad.fill(reflect.ValueOf(e).Elem(), "", 0)
	var b bytes.Buffer
	ds, _ = set.Execute(&b, "explainer", "explainers/x/index.html", e)
	if len(ds) != 1 || ds[0].Rule != "unsafe-value" || b.Len() > 0 {
		t.Fatalf("reported %v, wrote %d bytes", ds, b.Len())
	}

	card := full("home", true).(*Home) // whose addresses stand in a part
	card.Newest[0].URL = evilURL
	ds, _ = set.Execute(&b, "home", "index.html", card)
	if len(ds) != 1 || ds[0].At.File != "templates/card-item.html" {
		t.Errorf("reported %+v", ds)
	}

	n := full("404", true).(*NotFound)
	n.Newest[1].URL = evilURL
	ds, _ = set.Execute(&b, "404", "404.html", n)
	if len(ds) != 1 || !strings.Contains(ds[0].Message, "/404.html") || !strings.Contains(ds[0].Message, "href") || !strings.Contains(ds[0].Hint, ".Newest[1].URL") {
		t.Errorf("reported %+v", ds)
	}
}

// TestTemplateMistakes makes the mistakes of template authors.
func TestTemplateMistakes(t *testing.T) {
	for _, c := range []struct {
		name, src        string
		message, at      string // at: the bytes that are pointed at
		line             int
		hint, why        string
		whenOnlyExecuted bool
	}{
		{name: "unknown field", src: "<h1>\n{{.Titel}}\n</h1>", message: "there is no field .Titel in Plain", at: ".Titel", line: 2, hint: "did you mean .Title?", why: "/about/", whenOnlyExecuted: true},
		{name: "unknown field of a part", src: "{{range .Navigation}}{{.URI}}{{end}}", message: "there is no field .URI in Link", at: ".URI", line: 1, hint: "did you mean .URL?", why: "/about/", whenOnlyExecuted: true},
		{name: "unclosed block", src: "<p>\n{{if .Title}}\n<b>", message: "a block is not closed", at: "{{if .Title}}", line: 2, hint: "add the {{end}}"},
		{name: "one end too many", src: "<p>\n{{.Title}}{{end}}", message: "there is an {{end}} too many", at: "{{.Title}}{{end}}", line: 2, hint: "remove it"},
		{name: "unclosed action", src: "<p>{{.Title</p>\n", message: "", line: 1},
		{name: "missing template", src: "<p>\n\n{{template \"haed.html\" .}}", message: "there is no template haed.html", line: 3, hint: "did you mean head.html?"},
		{name: "wrong function", src: "\n{{upper .Title}}", message: "there is no function upper", at: "{{upper .Title}}", line: 2, hint: "there are: and, call"},
		{name: "another program's function", src: "{{partial \"head.html\" .}}", message: "there is no function partial", line: 1, hint: "write {{template \"head.html\" .}}"},
		{name: "open quotation mark", src: "\n{{printf \"abc}}", message: "a quotation mark is not closed", line: 2, hint: "write the second one"},
		{name: "curly quotation mark", src: "\n{{printf “%s” .Title}}", message: "“ is no quotation mark here", line: 2, hint: "write straight ones"},
		{name: "one brace", src: "\n{{.Title}</p>", message: "an action is closed by one }", line: 2, hint: "write }}"},
		{name: "wrong kind", src: "{{len 3}}", message: "len can't be asked of this value", line: 1, hint: "look at what the value is", whenOnlyExecuted: true},
		{name: "nil pointer", src: "a\n{{.Site.Title}} {{(index .Breadcrumbs 0).Title}}{{.Body.Sum}}", message: "Sum is asked of something that is not there", at: ".Body.Sum", line: 2, hint: "{{with", why: "/about/", whenOnlyExecuted: true},
		{name: "open attribute", src: "<a href=\"{{.HomeURL}}>", message: "the HTML around this is not complete", hint: "close it"},
		{name: "open attribute of a part", src: "{{define \"box\"}}<a href=\"{{.HomeURL}}>{{end}}{{template \"box\" .}}", message: "the HTML around this is not complete", hint: "close it"},
		{name: "unknown word", src: "\n{{.Site.Word \"in-shrt\"}}", message: "the theme has no word “in-shrt”", line: 2, why: "/about/", whenOnlyExecuted: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, ds := readTheme(t, map[string]string{"plain.html": c.src})
			if c.whenOnlyExecuted {
				if len(ds) > 0 {
					t.Fatalf("reported too early: %+v", ds)
				}
				view := full("plain", true).(*Plain)
				view.Body = nil
				ds, _ = set.Execute(&bytes.Buffer{}, "plain", "about/", view)
			}
			if len(ds) == 0 {
				t.Fatal("nothing was reported")
			}
			d := ds[0]
			if !strings.Contains(d.Message, c.message) || !strings.Contains(d.Hint, c.hint) || !strings.Contains(d.Why, c.why) || d.At.File != "templates/plain.html" || d.Severity != diag.Error {
				t.Errorf("reported %+v", d)
			}
			s := d.At.Span
			if c.line > 0 && 1+strings.Count(c.src[:s.Start], "\n") != c.line {
				t.Errorf("points at line %d, not at line %d: %+v", 1+strings.Count(c.src[:s.Start], "\n"), c.line, d)
			}
			if c.at != "" && c.src[s.Start:s.End] != c.at {
				t.Errorf("points at %q, not at %q", c.src[s.Start:s.End], c.at)
			}
		})
	}
}

// TestTemplateLimits runs templates without end, and holds that it is reported once
// where they stand, compiled and not.
func TestTemplateLimits(t *testing.T) {
	const uncompiled = "{{printf \"\"}}"
	rep := strings.Repeat
	for _, c := range []struct{ src, message, at string }{
		{"\n{{range 1000000000}}a{{end}}", "one page takes more than 10 million steps here", "1000000000"},
		{"{{$s := `a`}}\n{{range 34}}{{$s = print $s $s}}{{end}}", "the functions of one page make more than 64 MB of text here", "print $s $s"},
		{"{{range 1000000}}" + rep("a", 100) + "{{end}}", "one page gets longer than 32 MB here", ""},
		{`{{template "head-extra.html" .}}`, "head-extra.html is filled in within itself, without end", ""},
		{`{{template "head-extra.html" .}}` + uncompiled, "head-extra.html is filled in within itself, without end", ""},
	} {
		set, ds := readTheme(t, map[string]string{"head-extra.html": c.src})
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		for _, layout := range []string{"plain", "home", "plain"} {
			reported, err := set.Execute(&bytes.Buffer{}, layout, layout+"/", full(layout, true))
			if err != nil {
				t.Fatal(err)
			}
			ds = append(ds, reported...)
		}
		if ds = diag.Sort(ds); len(ds) != 1 {
			t.Fatalf("%s: reported %+v", c.src, ds)
		}
		d := ds[0]
		if d.Message != c.message || d.At.File != "templates/head-extra.html" || !strings.Contains(d.Why, "/plain/") || d.Hint == "" || c.at != "" && c.src[d.At.Start:d.At.End] != c.at {
			t.Errorf("reported %+v", d)
		}
	}
	set, _ := readTheme(t, map[string]string{"plain.html": "{{range 1000000000}}{{end}}"}) // nothing is executed before there is a page
	if ds, _ := set.Execute(&bytes.Buffer{}, "plain", "plain/", full("plain", true)); len(ds) != 1 {
		t.Errorf("reported %+v", ds)
	}
	for _, c := range []struct{ src, message string }{
		{rep("a", 1<<20+1), "this template is larger than 1 MiB"},
		{rep("{{range .}}", 13) + rep("{{end}}", 13), "more than 12 {{range}}s stand within each other here"},
		{"{{.Title" + rep("|print", 100) + "}}", "one {{…}} has more than 100 commands, names or parentheses here"},
		{"{{.Title" + rep(".Title", 100) + "}}", "one {{…}} has more than 100 commands, names or parentheses here"},
		{"{{$x := " + rep("(", 101) + "1" + rep(")", 101) + "}}", "one {{…}} has more than 100 commands, names or parentheses here"},
		{rep("{{.Title}}", 60_000), "the templates have more than 100000 parts, and this one has the most"},
	} {
		_, ds := readTheme(t, map[string]string{"head-extra.html": c.src})
		if len(ds) != 1 || ds[0].Message != c.message || ds[0].At.File != "templates/head-extra.html" || ds[0].Hint == "" {
			t.Errorf("%.60s: reported %+v", c.src, ds)
		}
	}
}

// TestWordsGrowNoFurther fills in words with what was made of them.
func TestWordsGrowNoFurther(t *testing.T) {
	s := &Site{Words: map[string]string{"more": "{a}{a}"}}
	text, err := "a", error(nil)
	for n := 0; err == nil; n++ {
		if n > 30 {
			t.Fatalf("%d bytes", len(text))
		}
		text, err = s.Say("more", "a", text)
	}
	if text, err = s.Say("more", "a", "a long text"); err != nil || text != "a long texta long text" {
		t.Error(text, err)
	}
}

// TestParamsAreCompiled holds that free data leaves a layout compiled, and that
// what isn't is named.
func TestParamsAreCompiled(t *testing.T) {
	set, ds := readTheme(t, map[string]string{"head-extra.html": `{{.Site.Params.x}}{{with .Site.Params}}{{range .list}}{{.}}{{end}}{{end}}{{if eq .Site.Params.x "a"}}a{{end}}{{index .Site.Params "a-b"}}`})
	if err := set.Slow("explainer"); len(ds) > 0 || err != nil {
		t.Errorf("%v, %v", ds, err)
	}
	set, _ = readTheme(t, map[string]string{"head-extra.html": `{{printf "%d" 3}}`})
	if err := set.Slow("explainer"); err == nil || !strings.HasSuffix(err.Error(), `head-extra.html: printf "%d" 3 is not compiled`) {
		t.Error(err)
	}
}

// themeLayouts are the files of the theme that make whole pages.
func themeLayouts() (names []string) {
	for _, k := range kinds {
		names = append(names, k.layout+".html")
	}
	slices.Sort(names)
	return names
}

// TestThemeIsListed compares the theme's files with those that the code names.
func TestThemeIsListed(t *testing.T) {
	var files, pages []string
	for _, f := range themeFiles(t) {
		files = append(files, f.Path)
	}
	for _, name := range pagesOf(t) {
		pages = append(pages, name+".html")
	}
	if diff := cmp.Diff(files, slices.Sorted(slices.Values(slices.Concat(themeLayouts(), themeParts)))); diff != "" {
		t.Errorf("-files +layouts and parts:\n%s", diff)
	}
	if diff := cmp.Diff(pages, themeLayouts()); diff != "" {
		t.Errorf("a template of a whole page has no row in kinds, or the other way round (-templates +kinds):\n%s", diff)
	}
}

// TestFilesBesideTheTheme adds files that the theme does not have.
func TestFilesBesideTheTheme(t *testing.T) {
	for _, c := range []struct {
		name    string
		files   map[string]string
		rule    string // "" where all is well
		message string
		hint    string
		at      string
	}{
		{name: "called", files: map[string]string{"map.html": "<p>{{.}}</p>", "plain.html": `{{template "map.html" .Title}}`}},
		{name: "called within a tag", files: map[string]string{"open.html": `<p class="`, "plain.html": `{{template "open.html"}}a">{{.Title}}</p>`}},
		{name: "our part no longer called", files: map[string]string{"explainer.html": "{{.Title}}"}},
		{name: "misspelt", files: map[string]string{"haeder.html": "<p>{{.Title}}</p>"}, rule: "unused-template", message: "no page uses", hint: "header.html"},
		{name: "for nothing", files: map[string]string{"zzzzzzzzz.html": "<p>{{.Title}}</p>"}, rule: "unused-template", hint: "call it"},
		{name: "a file and a definition", files: map[string]string{"plain.html": `{{define "head.html"}}{{end}}a`}, rule: "template", message: "templates/head.html too", at: `"head.html"`},
		{name: "two definitions", files: map[string]string{"list.html": `{{define "m"}}1{{end}}a`, "plain.html": `{{define "m"}}2{{end}}a`}, rule: "template", message: "templates/list.html too", at: `"m"`},
		{name: "two definitions in one file", files: map[string]string{"plain.html": `{{define "m"}}1{{end}}{{define "m"}}2{{end}}a`}, rule: "template", message: "two templates of one name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ds := readTheme(t, c.files)
			if c.rule == "" {
				if len(ds) > 0 {
					t.Fatalf("reported %+v", ds)
				}
				return
			}
			if len(ds) != 1 || ds[0].Rule != c.rule || !strings.Contains(ds[0].Message, c.message) || !strings.Contains(ds[0].Hint, c.hint) {
				t.Fatalf("reported %+v", ds)
			}
			src := c.files[strings.TrimPrefix(ds[0].At.File, "templates/")]
			if s := ds[0].At.Span; c.at != "" && src[s.Start:s.End] != c.at {
				t.Errorf("points at %q", src[s.Start:s.End])
			}
		})
	}
}

// TestSumOfTemplates changes a template and expects other keys for the layouts that
// come to it, and for them alone.
func TestSumOfTemplates(t *testing.T) {
	base := map[string]string{"more.html": `{{define "box"}}<b>{{.}}</b>{{end}}`, "plain.html": `{{template "box" .Title}}`, "head-extra.html": `{{if false}}{{template "more.html"}}{{end}}`, "card.html": "{{.Title}}"}
	for _, c := range []struct {
		changed, src string
		yes, no      []string
	}{
		{"more.html", `{{define "box"}}<i>{{.}}</i>{{end}}`, []string{"plain", "home"}, []string{"card"}},
		{"footer.html", "<footer></footer>", []string{"home", "explainer"}, []string{"plain", "card", "event"}},
		{"figure.html", "<img alt='' src='{{.URL}}'>", []string{"plain", "explainer", "event"}, nil},
		{"event.html", "<p>{{.Title}}</p>", []string{"explainer", "event"}, []string{"home", "plain"}},
	} {
		before, ds := readTheme(t, base)
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		files := maps.Clone(base)
		files[c.changed] = c.src
		after, ds := readTheme(t, files)
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		for _, layout := range c.yes {
			if before.Sum(layout) == after.Sum(layout) {
				t.Errorf("%s changed, the key of %s did not", c.changed, layout)
			}
		}
		for _, layout := range c.no {
			if before.Sum(layout) != after.Sum(layout) {
				t.Errorf("%s changed, and with it the key of %s", c.changed, layout)
			}
		}
	}
}

// TestLayoutsAreCompiled holds that the theme's layouts run compiled, and that they then
// write what html/template writes: it executes each of them where {{printf}} stands in it.
func TestLayoutsAreCompiled(t *testing.T) {
	set, ds := readTheme(t, nil)
	slowed := map[string]string{}
	for _, f := range themeFiles(t) {
		slowed[f.Path] = string(f.Data) + `{{printf ""}}`
	}
	slow, more := readTheme(t, slowed)
	if len(ds)+len(more) > 0 {
		t.Fatal(ds, more)
	}
	for layout, view := range layoutViews() {
		if slow.Slow(layout) == nil {
			t.Fatalf("%s is compiled with {{printf}} in it: this test compares nothing", layout)
		}
		// <meta http-equiv="refresh"> is left to html/template
		if err := set.Slow(layout); err != nil && layout != "redirect" {
			t.Errorf("%s is not compiled: %v", layout, err)
		}
		for _, fill := range []*filler{nil, {url: "../a/", words: "plain words"}, {url: evilURL, words: "evil"}, {url: "../a/", words: evilText}, {url: "https://example.org/?a=b&c=d e", words: "it's <b>\"5+5\"</b> & more"}} {
			v := reflect.New(reflect.TypeOf(view).Elem())
			if fill != nil {
				fill.fill(v.Elem(), "", 0)
			}
			var got, want bytes.Buffer
			ds, err := set.Execute(&got, layout, "x/", v.Interface())
			wantDs, wantErr := slow.Execute(&want, layout, "x/", v.Interface())
			if err != nil || wantErr != nil || len(ds) != len(wantDs) || got.String() != want.String() {
				t.Errorf("%s: %v, html/template: %v\n%s", layout, ds, wantDs, cmp.Diff(want.String(), got.String()))
			}
		}
	}
}

// TestExecuteAtOnce executes one layout from many goroutines. Run with -race.
func TestExecuteAtOnce(t *testing.T) {
	set, ds := readTheme(t, nil)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	view := full("explainer", true)
	var want bytes.Buffer
	if ds, err := set.Execute(&want, "explainer", "x/", view); err != nil || len(ds) > 0 {
		t.Fatal(ds)
	}
	t.Run("group", func(t *testing.T) {
		for range 8 {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				var b bytes.Buffer
				if ds, err := set.Execute(&b, "explainer", "x/", view); err != nil || len(ds) > 0 || !bytes.Equal(b.Bytes(), want.Bytes()) {
					t.Error("another page came out", ds)
				}
			})
		}
	})
}

// BenchmarkExplainer executes the layout for eight questions and eight events.
func BenchmarkExplainer(b *testing.B) {
	set, _ := parseTheme(themeFiles(b))
	view := &Explainer{}
	f := &filler{url: "../another-explainer/", words: "Twelve words such as a question or an answer in short has"}
	f.fill(reflect.ValueOf(view).Elem(), "", 0)
	view.Questions = slices.Repeat(view.Questions, 4)
	view.Timeline = slices.Repeat(view.Timeline, 4)
	b.ReportAllocs()
	for b.Loop() {
		if ds, err := set.Execute(io.Discard, "explainer", "x/", view); err != nil || len(ds) > 0 {
			b.Fatal(ds)
		}
	}
}

// TestSay holds that names are filled in once: what a writer wrote is none of the theme's words.
func TestSay(t *testing.T) {
	s := &Site{Words: map[string]string{"of": "{what} of {who}, {other} {"}}
	got, err := s.Say("of", "what", "{who}", "who", "{what}")
	if want := "{who} of {what}, {other} {"; err != nil || got != want {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}
