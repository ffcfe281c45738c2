package front

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// FuzzOrdinary holds that what is ordinary is read as the library reads it.
func FuzzOrdinary(f *testing.F) {
	seeds(f)
	for _, s := range ordinarySeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := &parser{file: "site.yaml", data: data, shape: &shape{}, start: leadingBOM(data), end: len(data)}
		if !p.encoding() || p.end-p.start > maxYAML || len(p.ds) > 0 {
			return
		}
		p.text = p.clean()
		p.index()
		checkOrdinary(t, p.text[p.start:])
		if i := bytes.Index(data, []byte("---\n")); i == 0 { // the front matter of a seed
			checkOrdinary(t, p.text[min(p.start+4, len(p.text)):])
		}
	})
}

// checkOrdinary reports whether text is ordinary.
func checkOrdinary(t interface {
	Helper()
	Fatalf(string, ...any)
}, text []byte) bool {
	t.Helper()
	o := ordinaries.Get().(*ordinary)
	defer o.release()
	got := o.read(text)
	if got == nil {
		return false
	}
	want, fault := load(text)
	if fault != nil {
		t.Fatalf("%q is read; the library says %v", text, fault)
	}
	p := &parser{data: text, text: text, end: len(text), fenced: true}
	p.index()
	for _, e := range o.ends {
		if end, _ := align(text, p.offset(e.node.Line, e.node.Column), e.node.Value, len(e.node.Value)); end != e.at {
			t.Fatalf("%q: %q ends at %d, not %d", text, e.node.Value, end, e.at)
		}
	}
	bare(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%q: the library's nodes (-) and ours (+):\n%s", text, diff)
	}
	return true
}

// TestOrdinaryLines puts lines together that may or may not fit each other.
func TestOrdinaryLines(t *testing.T) {
	line := rapid.Custom(func(r *rapid.T) string {
		blanks := rapid.SampledFrom([]string{"", "", "", "  ", "  ", "    ", "    ", " ", "   ", "      "}).Draw(r, "blanks")
		return blanks + rapid.SampledFrom([]string{"a: b", "c: d", "e:", "f:", "g: |", "h: |-", "i: |+", "- j", "- k: l", "- m:", "- |", "-  n: |-", "text", "text ", "text: more", "# o", "", "",
			"p: \"q\"", "r: 's' ", "t: [u, v]", "- [w]", "x: y # z", "- - a", "-", "a\tb", "\tc", "\t", "d: e\tf", "# g\th"}).Draw(r, "text")
	})
	rapid.Check(t, func(r *rapid.T) {
		lines := rapid.SliceOfN(line, 1, 10).Draw(r, "lines")
		checkOrdinary(r, []byte(strings.Join(lines, "\n")+"\n"))
	})
}

// bare takes away what nothing here looks at: tags that follow from values, and
// comments.
func bare(n *yaml.Node) {
	n.Tag, n.HeadComment, n.LineComment, n.FootComment = "", "", "", ""
	if n.Kind == yaml.DocumentNode {
		n.Line, n.Column = n.Content[0].Line, n.Content[0].Column
	}
	for _, c := range n.Content {
		bare(c)
	}
}

var ordinarySeeds = []string{
	"title: What is X?\nlabel: \"Explainer: é\"\ntopics: [climate, space-2, a/b]\n",
	"title: 'It is'\n\n# a comment\nquestions:\n  - question: \"Why?\"\n    answer: |\n      One.\n\n        Two.\n   \n      # no comment\n  # a comment\n  - question: Who?\n    id: who\n    answer: |-\n     Me.\n\n\n    sources:\n    - s1\n    - s2\nlang: en\n",
	"a:\n- b\n- c: d\n  e: |+\n    x\n\n\n- f: 2024-01-01\nd: été\nk: https://example.org/a#b?c=d:e\n",
	"- id: s1\n  title: x\n-  id: s2\n   title: y\n- word\n",
	"a: |\n  if x {\n  \ty\n\n  }\t\n# z\tz\nb: |-\n    c\n   \n    \t\nd: e\n",
	"map:\n    deep:\n        deeper:\n            - one\n            - |\n             two\n             three\n    back: 1\n",
}

// TestOrdinary holds that the seeds, and so what most writers write, are read
// without the library.
func TestOrdinary(t *testing.T) {
	for _, s := range ordinarySeeds {
		if !checkOrdinary(t, []byte(s)) {
			t.Errorf("not ordinary:\n%s", s)
		}
	}
	for _, s := range []string{"", "\n", "a: b", "a: b\n c\n", "a: |\n\n", "a: |\n   \n b\n", "a: |2\n  b\n", "a: >\n  b\n", "a: \"b\n  c\"\n", "a: \"\n", "a: 'it''s'\n", "a: \"\\n\"\n",
		"a:\n", "a: # c\n", "a: b # c\n", "a: b: c\n", "a: b:\n", "a: [b\n", "a: [b, c\n", "a: [b,c]\n", "a: [b]]\n", "a: *b\n", "a: &b c\n", "a: !b c\n", "a: - b\n", "- - a\n", "-\n",
		"a: b\n  c: d\n", " a: b\n", "a:\n  b: c\n d: e\n", "a:\n  - b\n - c\n", "? a\n", "a\n", "\"a\": b\n", "é: b\n", "a:\tb\n", "a: b\r\n", "a: |\n  \tb\n", "a: |\n  b\n \tc\n", "a: b\n\t\n", "\t# a\nb: c\n", "{a: b}\n", "a: {b: c}\n", "%a\n", "---\na: b\n",
		"a: b\n---\n", "- a\nb: c\n", "a: b\n- c\n", strings.Repeat("k", maxKey+1) + ": v\n"} {
		if checkOrdinary(t, []byte(s)) {
			t.Errorf("ordinary: %q", s)
		}
	}
	deep := ""
	for i := range maxDepth + 1 {
		deep += strings.Repeat(" ", i) + "a:\n"
	}
	if checkOrdinary(t, []byte(deep+strings.Repeat(" ", maxDepth+1)+"b: c\n")) {
		t.Error("too deep, and read")
	}
}

// TestManyKeys holds that a repeated key is reported in a long map too.
func TestManyKeys(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		b.WriteString("k" + strings.Repeat("x", i) + ": v\n")
	}
	_, ds := ParseSite("site.yaml", []byte("params:\n  "+strings.ReplaceAll(b.String(), "\n", "\n  ")+"kx: w\n  k"+strings.Repeat("x", 39)+": w\n"))
	if len(ds) != 2 || ds[0].Rule != "duplicate-key" || ds[1].Rule != "duplicate-key" {
		t.Errorf("%+v", ds)
	}
}
