package front

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v4"

	"nutgraf/site/diag"
)

// seeds adds every file of testdata, and some shapes of scalars.
func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, in := range a.Files {
			if in.Name != "says" {
				f.Add(unquote(in.Data))
			}
		}
	}
	for _, s := range scalars {
		f.Add([]byte("---\nmethod: " + s + "\nlang: en\n---\nText.\n"))
	}
	f.Add([]byte("|\n  ends in a return\r"))
	f.Add([]byte("|\n\t"))
	f.Add([]byte("|+\n "))
	f.Add([]byte("---\nmethod: \"refused \\\r  return\"\n---\n"))
}

// scalars are the ways to write one.
var scalars = []string{
	"plain", "plain over\n  two\n\n  lines", "'single ''quoted'' text'", "'over\n\n  lines '", `"double \"\x41\u00e9\U0001f600\n\t quoted"`,
	"\"over \\\n  lines\n\n  and \\\n\n  more\"", "|\n  literal\n    text\n\n  more\n", "|-\n  stripped", "|+\n  kept\n\n\n", "|2\n    indented\n  text\n",
	"|2-\n\n     \n    x\n", ">\n  folded\n  text\n\n  more\n    indented\n  less\n\n\n  end\n", ">-\n  a\n\n\n  b", ">+\n  a\n\n", ">2\n    a\n   b\n  c\n",
	"|\r\n  with\r\n  returns\r\n", ">\r\n  with\r\n  returns\r\n\r\n  too\r\n", "plain\r\n  over\r\n\r\n  lines", "| # comment\n  x # y\n", "é ü 日本", "'é\n  ü'", "\"日\\\n  本\"", "\"\"", "''", "|\n", ">\n",
	"|\n  \ttab\n  x\n", ">\n  \ttab\n  x\n", ">\n  a\n  \n  b\n", "a\tb", "blank \n  before", `"separators \P and \u2028"`, "\"a\t\n\t b\"", "'it''s \n  quoted'",
	"|+\n   \n", "|+\n \n\n", "|\n  \t\n", "|\n  \n  \t x\n  y\n", "|2\n   \n    \t\n", "|2\n     ", ">2\n\n    \n   x\n  y",
}

// FuzzExplainer holds ParseExplainer to what everything after it relies on, and
// to reading the same in memory that another explainer has filled.
func FuzzExplainer(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		e, body, ds := ParseExplainer("explainer.md", data)
		checkFile(t, data, reflect.ValueOf(e).Elem(), body, ds)
		var m Memory
		m.ParseExplainer("other.md", []byte(otherExplainer))
		again, bodyAgain, dsAgain := m.ParseExplainer("explainer.md", data)
		if !reflect.DeepEqual(e, again) || body != bodyAgain || !reflect.DeepEqual(ds, dsAgain) {
			t.Errorf("in used memory %+v became %+v", e, again)
		}
	})
}

// otherExplainer has each list of structs, with more than most inputs.
const otherExplainer = `---
title: x
index: false
questions:
- {question: a, id: a, short: a, answer: a, sources: [a], aliases: [a]}
- {question: b, id: b, use: b}
- {as_of: c, updated: c, review_by: c}
timeline:
- {date: a, title: a, id: a, text: a, importance: 1, place: a, tags: [a], sources: [a]}
- {status: b, flag: b, date_text: b, question: b, use: b}
- {date: c}
sources:
- a
- {id: b, title: b, author: [b], publisher: b, issued: b, accessed: b, url: b, via: b}
- {archive_url: c, archived: c, attribution: named, unnamed_reason: c}
images:
- {src: a, alt: a, decorative: true, caption: a, credit: a, taken: a}
- {credit_reason: b, place: b, sensitive: b, warning: b}
updates:
- {date: a, type: a, text: a, questions: [a], was: a, now: a}
- {date: b}
---
`

// FuzzSources does the same for a list in a file of its own.
func FuzzSources(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		list, ds := ParseSources("sources.yaml", data)
		checkFile(t, data, reflect.ValueOf(list), diag.Span{Start: int32(len(data)), End: int32(len(data))}, ds)
		site, ds := ParseSite("site.yaml", data)
		checkFile(t, data, reflect.ValueOf(site).Elem(), diag.Span{Start: int32(len(data)), End: int32(len(data))}, ds)
	})
}

func checkFile(t *testing.T, data []byte, v reflect.Value, body diag.Span, ds []diag.Diagnostic) {
	t.Helper()
	inside := func(what string, s diag.Span) {
		t.Helper()
		if s.Start < 0 || s.Start > s.End || int(s.End) > len(data) {
			t.Fatalf("%s: %v lies outside of %d bytes", what, s, len(data))
		}
	}
	if inside("body", body); int(body.End) != len(data) {
		t.Fatalf("the body ends at %d, not at %d", body.End, len(data))
	}
	whole := true // every scalar stands in data as YAML has read it
	for _, d := range ds {
		inside(d.Message, d.At.Span)
		for _, r := range d.Related {
			inside(r.Message, r.At.Span)
		}
		whole = whole && d.Rule != "yaml" && d.Rule != "encoding"
	}
	printSome(t, ds[:min(len(ds), 1)], data)
	walk(v, "", func(path string, v reflect.Value) {
		switch x := v.Interface().(type) {
		case diag.Span:
			inside(path, x)
		case Text:
			inside(path, x.Span)
			checkText(t, data, x, whole)
		}
	})
}

func printSome(t *testing.T, ds []diag.Diagnostic, data []byte) {
	p := diag.Printer{Read: func(string) []byte { return data }}
	if err := p.Print(discard{}, ds); err != nil {
		t.Fatal(err)
	}
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

// walk visits the Texts and Spans that v holds.
func walk(v reflect.Value, path string, visit func(string, reflect.Value)) {
	switch {
	case v.Type() == reflect.TypeFor[Text]() || v.Type() == reflect.TypeFor[diag.Span]():
		visit(path, v)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case v.Kind() == reflect.Map && v.Type().Elem() == reflect.TypeFor[diag.Span]():
		for _, k := range v.MapKeys() {
			walk(v.MapIndex(k), path+"["+k.String()+"]", visit)
		}
	}
}

func checkText(t *testing.T, data []byte, x Text, whole bool) {
	t.Helper()
	if !x.Given() {
		if x.Value != "" {
			t.Fatalf("%q stands nowhere", x.Value)
		}
		return
	}
	raw := string(data[x.Start:x.End])
	exact := whole && x.Value != "" && !strings.HasPrefix(raw, ">") && !(strings.HasPrefix(raw, `"`) && strings.Contains(raw, `\`))
	last := int(x.Start)
	offset := x.Offsets(data)
	for i := range len(x.Value) + 1 {
		off := x.Offset(data, i)
		if again := offset(i); again != off {
			t.Fatalf("%q: byte %d of %q is said to stand at %d and at %d", raw, i, x.Value, off, again)
		}
		if off < last || off > int(x.End) {
			t.Fatalf("%q: byte %d of %q is said to stand at %d of %v, after %d", raw, i, x.Value, off, x.Span, last)
		}
		last = off
		if i == len(x.Value) || !exact && (!whole || isSpace(x.Value[i]) || strings.HasPrefix(raw, `"`)) {
			continue
		}
		if off == len(data) { // a last line end that nothing stands for
			if i+1 < len(x.Value) || x.Value[i] != '\n' {
				t.Fatalf("%q: byte %d of %q is said to stand behind the file", raw, i, x.Value)
			}
			continue
		}
		if c := x.Value[i]; data[off] != c && !(isSpace(c) && isSpace(data[off]) && !strings.HasPrefix(raw, "|")) {
			t.Fatalf("%q: byte %d of %q is said to stand at %d of %v, where %q stands", raw, i, x.Value, off, x.Span, data[off])
		}
	}
	if whole && len(x.Value) < 1000 {
		checkAgain(t, x.Value)
	}
}

// checkAgain writes a value as YAML and reads that. What only an escape can
// bring into a text is written as one again.
func checkAgain(t *testing.T, value string) {
	t.Helper()
	encoded, err := yaml.Marshal(map[string]string{"title": value})
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsFunc(value, func(r rune) bool { return isRefused(r, utf8.RuneLen(r)) }) {
		encoded = []byte("title: " + strconv.QuoteToASCII(value) + "\n")
	}
	again, _, ds := ParseExplainer("explainer.md", []byte("---\n"+string(encoded)+"---\n"))
	if again.Title.Value != value {
		t.Fatalf("%q, written as %s, is read as %q: %v", value, encoded, again.Title.Value, ds)
	}
}

func TestScalars(t *testing.T) {
	for _, s := range scalars {
		for _, indent := range []string{"", "  "} {
			data := "---\nlabel: é\nmethod: " + s + "\n" + "lang: en\n---\nText.\n"
			if indent != "" {
				data = "---\nquestions:\n- question: é\n  answer: " + strings.ReplaceAll(s, "\n", "\n  ") + "\n  as_of: en\n---\nText.\n"
			}
			var want struct {
				Method    string
				Questions []struct{ Answer string }
			}
			yamlOnly := strings.TrimSuffix(strings.TrimPrefix(data, "---\n"), "---\nText.\n")
			if err := yaml.Unmarshal([]byte(yamlOnly), &want); err != nil {
				t.Fatalf("%q: %v", data, err)
			}
			e, body, ds := ParseExplainer("explainer.md", []byte(data))
			got, wanted := e.Method, want.Method
			if indent != "" {
				got, wanted = e.Questions[0].Answer, want.Questions[0].Answer
			}
			if got.Value != wanted || len(ds) > 0 || data[body.Start:body.End] != "Text.\n" {
				t.Errorf("%q is read as %q, want %q (%v)", data, got.Value, wanted, ds)
			}
			checkFile(t, []byte(data), reflect.ValueOf(e).Elem(), body, ds)
			if after := data[got.End:]; strings.Trim(after[:strings.IndexAny(after, "la")], " \r\n") != "" && !strings.HasPrefix(s, "| #") {
				t.Errorf("%q: the span of %q ends at %d, before %q", data, got.Value, got.End, after)
			}
		}
	}
}

// corpus returns a file of the test inputs that lie beside the repository.
func corpus(t testing.TB, pattern string) []string {
	t.Helper()
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if _, gone := os.Stat(filepath.Join(dir, "go.mod")); gone == nil || dir == filepath.Dir(dir) {
			break
		}
	}
	files, _ := filepath.Glob(filepath.Join(dir, "..", "shared", "corpora", filepath.FromSlash(pattern)))
	if len(files) == 0 {
		if os.Getenv("NUTGRAF_REQUIRE_CORPORA") == "1" {
			t.Fatalf("no %s beside the repository", pattern)
		}
		t.Skipf("the test inputs are not beside the repository: no %s", pattern)
	}
	return files
}
