package markdown

import (
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestPlaces holds what is recorded of a text: pieces and comments.
func TestPlaces(t *testing.T) {
	const src = "One \\* *two* R&amp;D & “said [she](x.md)” `c`.\n<!-- accept: a b -->\n\n> Said\n> so.\n\n<!-- note -->\n"
	f, ds := New(Options{Places: true}).Value(Input{File: "x.md", Src: []byte(src)})
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	var pieces []string
	for _, s := range f.Places.Texts {
		pieces = append(pieces, string(f.HTML[s.Start:s.End])+"|"+src[s.Source:][:1])
	}
	want := "One |O,* |*,two|t, R&amp;D &amp;| , “said | ,she|s,” |\xe2,.|.,Said|S,so.|s"
	if got := strings.Join(pieces, ","); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	in, block := f.Places.Comments[0], f.Places.Comments[1]
	if in.Text != "accept: a b" || !in.Block || src[in.Source.Start:in.Source.End] != "<!-- accept: a b -->" || block.Text != "note" || !block.Block {
		t.Errorf("comments: %+v", f.Places.Comments)
	}
}

// TestPlacesOfMarkup holds what is recorded of links, other languages and what no writer wrote, in
// Markdown and in HTML, and where links and sub-headings end in any Fragment.
func TestPlacesOfMarkup(t *testing.T) {
	const src = "[a *b*](x.md) [c](https://x.org/?a&b) <https://y.org> [d](date:2024) [e](as-of:2024) [f](lang:ar)[^n]\n\n" +
		"<span lang=\"fr\">g</span> <span>h</span> <a href=\"y.md\">i</a> [j](term:none)\n\n### K [l](z.md)\n\n- [x] m\n\n[^n]: n\n"
	f, ds := New(Options{Places: true}).Value(Input{File: "x.md", Src: []byte(src)})
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	var got []string
	add := func(what string, start, end int32, more string) {
		got = append(got, what+" "+string(f.HTML[start:end])+more)
	}
	for _, l := range f.Places.Links {
		what := "link"
		if l.Dated {
			what = "dated"
		}
		add(what, l.Start, l.End, " "+l.URL)
	}
	for _, e := range f.Places.Foreign {
		add("foreign", e.Start, e.End, "")
	}
	for _, e := range f.Places.Asides {
		add("aside", e.Start, e.End, "")
	}
	for i := range f.Holes {
		if h := &f.Holes[i]; h.Kind == Link {
			add("words", h.At+1, h.End, " "+h.Target)
		}
	}
	for _, a := range f.Anchors {
		add("anchor", a.Start, a.End, " "+a.ID)
	}
	want := []string{"link a <em>b</em> ", "link c https://x.org/?a&b", "link https://y.org https://y.org", "dated d ", "dated e ", "link i ", "link l ",
		"foreign f", "foreign g",
		`aside <sup class="fn"><a href="#fn--1" id="fnref--1" role="doc-noteref">a</a></sup>`, `aside <span class="task" aria-hidden="true">☑</span>`,
		`aside <a href="#fnref--1" role="doc-backlink" aria-label="">↩︎</a>`,
		"words a <em>b</em> x.md", "words i y.md", "words l z.md", `anchor <h3 id="--k-l">K <a>l</a></h3> k-l`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestPlacesOfAny holds that each recorded byte is the source's, or a sign that
// stands for what is there, and that recording changes nothing else.
func TestPlacesOfAny(t *testing.T) {
	for _, typographer := range []bool{false, true} {
		with, without := New(Options{Places: true, Typographer: typographer}), New(Options{Typographer: typographer})
		rapid.Check(t, func(t *rapid.T) {
			src := strings.Join(rapid.SliceOf(rapid.SampledFrom(placesParts)).Draw(t, "parts"), "")
			f, _ := with.Value(Input{File: "x.md", Src: []byte(src)})
			g, _ := without.Value(Input{File: "x.md", Src: []byte(src)})
			if string(f.HTML) != string(g.HTML) || len(f.Spans) != len(g.Spans) {
				t.Fatalf("%q: recording changes it", src)
			}
			for _, s := range f.Places.Texts {
				for i := s.Start; i < s.End; i++ {
					checkPlace(t, src, f.HTML[i:s.End], int(s.Source+i-s.Start))
					if f.HTML[i] == '&' {
						break // one sign
					}
				}
			}
		})
	}
}

// placesParts are what texts are put together of.
var placesParts = []string{"word ", "é", "two\n", "\n\n", "> ", "- ", "*", "**", "`c`", "[a](b.md)", "[@s]", "&amp;", "&eacute;", "\\*", "\\\\", "&", "<", "--", "...", "'", "\"", "“", "”", "<!-- c -->", " ", "    ", "[^n]", "[^n]: note\n", "### h\n", "| a | b |\n|---|---|\n| c | d |\n", "https://a.org/?b&c ", "\t", "\r\n"}

// checkPlace compares the character that begins text with what stands at byte
// at of the source.
func checkPlace(t *rapid.T, src string, text []byte, at int) {
	switch c := text[0]; {
	case at < 0 || at >= len(src):
		if c < 0x80 {
			t.Fatalf("%q: %q stands at %d", src, text, at)
		}
	case c == src[at], c >= 0x80 && strings.IndexByte("-.'\"&", src[at]) >= 0:
	case c >= 0x80 && c < 0xc0: // within a sign that stands for others
	case c == '&':
		if sign := html.UnescapeString(string(text)); sign[0] != src[at] {
			t.Fatalf("%q: %q stands for %q", src, sign, src[at:])
		}
	case c == ' ' || c == '\n' || src[at] == '&':
	default:
		t.Fatalf("%q: %q stands at %q", src, text, src[at:])
	}
}

// TestPublished holds that comments go, those of code stay, and nothing else
// changes.
func TestPublished(t *testing.T) {
	r := New(Options{})
	for src, want := range map[string]string{
		"a b":                              "a b",
		"a <!-- c --> b":                   "a  b",
		"<!-- c\nd -->\n\nb <i>\n":         "\nb \n",
		"- a\n\n  <!-- c -->\n- b":         "- a\n\n  \n- b",
		"`<!-- c -->`\n\n    <!-- c -->\n": "`<!-- c -->`\n\n    <!-- c -->\n",
		"```\n<!-- c -->\n```\n<!-- c -->": "```\n<!-- c -->\n```\n\n",
		"## Q <!-- c -->\n\na\\<!-- b -->": "## Q \n\na\\<!-- b -->",
	} {
		if got := copied(r, src); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

// TestPublishedSaysTheSame holds that a copy has the words that the page has.
func TestPublishedSaysTheSame(t *testing.T) {
	r := New(Options{})
	parts := []string{"word ", "x", "*", "_", "**", "<b>", "</b>", "<font>", "</font>", "<p>", "</p>", "1. ", "\n", "\n", "\n\n", "\n\n", "> ", "- ", "<div>", "</div>",
		"<!-- c -->", "`", "[a](b)", "<br>", "&amp;", "\\*", "<u>", "</u>", "<li>", "<center>", "</center>", "|", "---", "<ul>", "</ul>", "<pre>", "</pre>"}
	words := func(f Fragment) string { return strings.Join(strings.Fields(PlainText(f.HTML)), "") }
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 14).Draw(t, "parts"), "")
		page, _ := r.Value(Input{Src: []byte(src)})
		again, _ := r.Value(Input{Src: []byte(copied(r, src))})
		if words(page) != words(again) {
			t.Fatalf("%q is %q on the page, and its copy %q is %q", src, page.HTML, copied(r, src), again.HTML)
		}
	})
}

// copied is a copy whose links lead where they are written to.
func copied(r *Renderer, src string) string {
	return LinkCopy(r.Published(src, nil), func(target string) string { return target })
}

// TestLinkCopy holds that each link of a copy that leads within the site is asked for, once, and
// that nothing else changes.
func TestLinkCopy(t *testing.T) {
	r := New(Options{})
	to := func(target string) string { return "<" + target + ">" }
	for src, want := range map[string]string{
		"[a](b.md#c) [d](#e 'f') [g](https://h.example/i) <mailto:j@k.example>": "[a](%3Cb.md#c%3E) [d](%3C#e%3E 'f') [g](https://h.example/i) <mailto:j@k.example>",
		"[*a* `b`](term:c) [d](term:none) [e](date:2020) [f](lang:fr)":          "[*a* `b`](%3Cterm:c%3E) [d](term:none) [e](date:2020) [f](lang:fr)",
		"[a][b] ![c](d.jpg)\n\n[b]: <e f.md> \"g\"":                             "[a][b] ![c](d.jpg)\n\n[b]: <%3Ce%20f.md%3E> \"g\"",
		"[a <br> b](/c/) `[d](e)`\n\n    [f](g)\n":                              "[a <br> b](%3C/c/%3E) `[d](e)`\n\n    [f](g)\n",
		`a <a href="b.md">c</a> <a href="https://d.example/">e</a>`:             `a <a href="%3Cb.md%3E">c</a> <a href="https://d.example/">e</a>`,
		"See [a] and [b](#c).\n\n[a]: d.md\n":                                   "See [a] and [b](%3C#c%3E).\n\n[a]: %3Cd.md%3E\n",
		"> [a](q:b#c)\n> - [d](event:e)":                                        "> [a](%3Cq:b#c%3E)\n> - [d](%3Cevent:e%3E)",
	} {
		if got := LinkCopy(r.Published(src, nil), to); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}
