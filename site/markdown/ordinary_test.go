package markdown

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"nutgraf/site/diag"
)

// isOrdinary reports whether src is read without goldmark.
func isOrdinary(src string) bool {
	in := Input{Src: []byte(src)}
	s := &state{r: New(Options{}), in: &in, src: in.Src}
	return s.checkSource() && !hasBareLinks(s.src) && s.ordinary.read(s) != nil
}

// rendered is all that may be made of one text.
type rendered struct {
	Value, Line, Document Fragment
	Body                  Body
	Diags                 [4][]diag.Diagnostic
}

func renderAll(r *Renderer, src string) (out rendered) {
	in := Input{File: "x.md", Src: []byte(src)}
	out.Value, out.Diags[0] = r.Value(in)
	out.Line, out.Diags[1] = r.Line(in)
	out.Document, out.Diags[2] = r.Document(in)
	out.Body, out.Diags[3] = r.Body(in)
	return out
}

// ordinaryRenderers are pairs that render the same: read without goldmark, and by goldmark alone.
var ordinaryRenderers = func() (pairs [][2]*Renderer) {
	for _, o := range []Options{{}, {Typographer: true}, {AnyScheme: true}} {
		alone := New(o)
		alone.goldmarkOnly = true
		pairs = append(pairs, [2]*Renderer{New(o), alone})
	}
	return pairs
}()

// checkOrdinary holds that src is rendered as goldmark reads it.
func checkOrdinary(t interface {
	Helper()
	Fatalf(string, ...any)
}, src string) {
	t.Helper()
	for _, pair := range ordinaryRenderers {
		ours, goldmarks := renderAll(pair[0], src), renderAll(pair[1], src)
		if !reflect.DeepEqual(ours, goldmarks) {
			t.Fatalf("%q is rendered otherwise as ordinary (goldmark's -, ours +):\n%s", src, cmp.Diff(goldmarks, ours))
		}
	}
}

// FuzzOrdinary holds that what is ordinary is read as goldmark reads it, and
// that what proves to be none is as if it had not been tried.
func FuzzOrdinary(f *testing.F) {
	for _, in := range valueCases {
		f.Add(in.src)
	}
	for _, src := range append(ordinarySeeds, notOrdinary...) {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) < 4000 {
			checkOrdinary(t, src)
		}
	})
}

// ordinarySeeds are read without goldmark.
var ordinarySeeds = []string{
	"",
	"\n\n",
	"The surge rose by 2.5 metres; 140 people live “here”.\nNobody was hurt!\n\n1986 was worse, & \"worse\" -- it's so.\n",
	"*Em*, **strong**, *an **inner** one*, **a *b* c**, (*d*) and “**e**”.\n*f\ng* h **i**\n",
	"[The report](https://x.org/a?b=c&d=e) of [*last* March](date:2023-03), [140](as-of:2024-03-30),\n[a\nsurge](term:surge) [الدولة](lang:ar)[x y](javascript:x)",
	"So it is [@s1]. And [@a, p. 3; @b]\n[@none] is so.[@c]",
	"Use `go < build` and `a*b [c]`\n`d`",
	"Text\n- one *two*\n- [three](four.md)\n  goes on\n- `five`\n\nMore\n\n1. a\n2. b\n10. c\n    d\n\n* x\n\n* y\n\n\n* z\n",
	"\u00a0a *\u00e9t\u00e9* **„x“** \ufeff— *a*—*b*",
}

// notOrdinary goldmark reads.
var notOrdinary = []string{
	"> Said.\n> More *said*.\n> — [Jo](term:jo), mayor [@a]\n\n> One\n>\n> Two\n>\n> — Bo\n\n> — said Jo\n> and Bo\n",
	"| One | *Two* | [three](four.md) | \u00e9 |\n| --- |:-:| ---: |:--|\n| 1 | `b` [@a] | “c” | d! |\n| --- | a - b | : | 2.5 |\n\n| A |\n|-|\n",
	"Code:\n```go\nif a {\n\tb <c> `d`\n\n    ~~~\n}\n```\n\n```\n```\nMore\n```\na\n ` `` \n```",
	"# Title\nIntro\n## What is “it”? {#what}\nAnswer\n### A *sub* [@a]\n> q\n\n## {x} `y`\n- a",
	"a ", "a  \nb", "a\tb", "a\r\nb", " a", "\x00", "a\\*", "a <b>", "2 < 3", "snake_case", "~~a~~", "<https://x.org>", "see https://x.org", "a@b.org",
	"*a", "a*", "a * b", "***a***", "*a **b* c**", "**a*", "a*b*c", "*a [b*](c)", "[a *b](c)*",
	"[a]", "[a][b]", "[a](b \"c\")", "[a](<b>)", "[a](b\\)c)", "[a](b c)", "[a]()", "[a](b(c))", "[a [b](c)](d)", "[a](b", "[a]\n(b)", "![a](b)", "[^a]", "[x](y)", "[@a](b)", "[@a][b]", "[@a b]", "[@a [b]]", "[@a\n; @b]", "[@a]: b", "[a]: b", "[a b](c) d [@e]: f",
	"``a``", "`a``", "`a``b`", "`a", "` a `", "`a\nb`", "```\na", "```\na\n````", "````\na\n````", "```\na\n ```", "```\na\n``` ", "``` go\na\n```", "```a`\nb\n```", "```\na\r\n```", "- ```\n  a\n  ```", "> ```\n> a\n> ```", "~~~\na\n~~~", "    a", "---", "a\n---", "a\n===", "* * *", "- - -", "+ a", "-", "- ", "1.", "1)\n", "-  a", "- - a", "- a\n  - b", "- a\n\n  b", "- a\nb", "- a\n* b", "- a\n# b",
	"1. a\n  b", "a\n2. b", "1234567890. a", "- [ ] a", "- [x] a", "|a|\n|-|", "| a |", "| a |\n| b |", "a\n| a |\n| - |", "| a |\n| - | - |", "| a |\n| - |\n| b | c |", "| a |\n| - |\n| |", "| a | b |\n| - | - |\n| c |", "| a |\n| - |\nb", "| a |\n| - |\n# b", "| a |\n| - |\n| b | ", "| a\\| |\n| - |", "| `a|b` |\n| - |", "| *a | b* |\n| - | - |", "| a |\n| : |", "| a |\n| - \n", "- | a |\n  | - |", "> | a |\n> | - |", "| [ ] |\n|-|", "a\n:-", ">a", ">", "> ", "> a\nb", "> a\n> - b", "> > a", "> [!NOTE]\n> a", "> a\n> — b\n> c", "> a\n> — b\n> — c", "> a\n>b",
	"#a", "#", "# a #", "#  a", "####### a", "# a ", "## {#x}", "## a {#B}", "<!-- a -->", "a\n<div>", "[^a]: b", "{#a}\n=",
}

// TestOrdinary holds that the seeds, and so what most writers write, are read
// without goldmark, and as goldmark reads them.
func TestOrdinary(t *testing.T) {
	for _, src := range ordinarySeeds {
		if !isOrdinary(src) {
			t.Errorf("not ordinary:\n%s", src)
		}
		checkOrdinary(t, src)
	}
	for _, src := range notOrdinary {
		if isOrdinary(src) {
			t.Errorf("ordinary: %q", src)
		}
		checkOrdinary(t, src)
	}
}

// TestOrdinaryLimits holds that what exceeds a limit is not ordinary.
func TestOrdinaryLimits(t *testing.T) {
	ours, alone := ordinaryRenderers[0][0], ordinaryRenderers[0][1]
	for _, part := range []string{"*a* ", "!", "[aa](b) ", "`a` ", "[@a] ", "a\n\n", "- a\n", "> a\n\n", "| *a* |\n|-|\n\n", "```\na\n```\n"} {
		for size := 5000; size <= maxOrdinary+5000; size += 5000 {
			in := Input{Src: []byte(strings.Repeat(part, size/len(part)) + ".")}
			got, gotDiags := ours.Value(in)
			want, wantDiags := alone.Value(in)
			if !bytes.Equal(got.HTML, want.HTML) || len(got.Spans) != len(want.Spans) || len(gotDiags) != len(wantDiags) {
				t.Errorf("%d bytes of %q: %v, want %v", size, part, gotDiags, wantDiags)
			}
		}
	}
}

// TestOrdinaryLines puts together what may or may not fit each other.
func TestOrdinaryLines(t *testing.T) {
	begins := []string{"", "", "", "", "> ", "> ", ">", "- ", "- ", "* ", "1. ", "2. ", "10) ", "  ", "   ", "# ", "## ", "> — ", "—", "    ", "-", "[!NOTE]", "[@a]: ", "|", "|-", ":-", "1234567890. ", "[ ] ", "| ", "| ", "| - | - |", "|:-|", "```", "```", "```go", " ```"}
	inner := []string{"a", "b c", " ", " ", "é", "“", "”", "\"", "'", "!", ".", ", ", "(", ")", "*", "*", "**", "**", "***", "[", "[", "](b)", "](b)", "](<b>)", "](term:x)", "]", "[@a]", "[@a, p. 3]", "[@none]", "`", "`a`", "``", "<", "#", "\\", "1", "-", "—", "&amp;", "[x](y)", "{#a}", "\n", " | ", " | ", " |\n", " |\n| - |\n| ", " |\n|:-:| -: |\n| ", "\n```\n", "```", "\t"}
	text := rapid.Custom(func(r *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(1, 6).Draw(r, "lines") {
			b.WriteString(rapid.SampledFrom(begins).Draw(r, "begin"))
			for range rapid.IntRange(0, 6).Draw(r, "length") {
				b.WriteString(rapid.SampledFrom(inner).Draw(r, "inner"))
			}
			b.WriteString("\n")
		}
		return b.String()
	})
	rapid.Check(t, func(r *rapid.T) {
		for _, src := range rapid.SliceOfN(text, 50, 50).Draw(r, "texts") {
			if isOrdinary(src) {
				checkOrdinary(r, src)
			}
		}
	})
}

// TestOrdinaryCorpora renders the demo site, CommonMark's examples and other
// writers' posts both ways.
func TestOrdinaryCorpora(t *testing.T) {
	checkFolder(t, "../../content")
	var examples []struct{ Markdown string }
	if err := json.Unmarshal(corpus(t, "commonmark/spec-0.31-examples.json"), &examples); err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		checkOrdinary(t, e.Markdown)
	}
	checkFolder(t, corpusPath("realistic"))
}

// checkFolder checks the texts of a folder, whole and in parts.
func checkFolder(t *testing.T, dir string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		src := string(data)
		if _, body, ok := strings.Cut(src, "\n---\n"); ok {
			src = body
		}
		checkOrdinary(t, src)
		for part := range strings.SplitSeq(src, "\n\n") {
			checkOrdinary(t, part)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
