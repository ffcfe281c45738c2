package markdown

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nutgraf/site/diag"
)

// allowed are all that a Fragment may have, with their attributes. Whatever
// else appears in one came from outside.
var allowed = map[string]string{
	"a": "class href title id role aria-label", "abbr": "title", "aside": "class role", "b": "", "bdi": "", "blockquote": "", "br": "", "caption": "", "cite": "",
	"code": "class", "dd": "", "del": "", "details": "", "dfn": "", "div": "class tabindex role aria-label", "section": "class tabindex role aria-label", "dl": "", "dt": "", "em": "", "figcaption": "",
	"figure": "class", "h1": "id", "h2": "id", "h3": "id", "h4": "id", "h5": "id", "h6": "id", "hr": "", "i": "", "ins": "", "kbd": "", "li": "id", "mark": "",
	"ol": "start type", "p": "class", "pre": "aria-label class role tabindex", "q": "", "s": "", "samp": "", "small": "",
	"span": "class lang dir aria-hidden", "strong": "", "sub": "", "summary": "", "sup": "class", "table": "", "tbody": "", "td": "class colspan rowspan",
	"th": "class scope colspan rowspan", "thead": "", "time": "", "tr": "", "ul": "", "var": "", "wbr": "",
}

// unsafe says what in a Fragment's HTML did not come from this package: ""
// if nothing, and the tags close in order.
func unsafe(src string) string {
	var open []string
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		kind := z.Next()
		token := z.Token()
		switch kind {
		case html.ErrorToken:
			if len(open) > 0 {
				return fmt.Sprintf("not closed: %v", open)
			}
			return ""
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			return fmt.Sprintf("%v %q", kind, token.Data)
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				return fmt.Sprintf("</%s> closes %v", token.Data, open)
			}
			open = open[:len(open)-1]
		case html.StartTagToken:
			if problem := unsafeTag(token); problem != "" {
				return problem
			}
			if token.Data != "br" && token.Data != "hr" && token.Data != "wbr" {
				open = append(open, token.Data)
			}
		}
	}
}

func unsafeTag(t html.Token) string {
	attributes, ok := allowed[t.Data]
	if !ok {
		return "<" + t.Data + ">"
	}
	for _, a := range t.Attr {
		if !slices.Contains(strings.Fields(attributes), a.Key) {
			return fmt.Sprintf("<%s %s>", t.Data, a.Key)
		}
		if a.Key != "href" {
			continue
		}
		ok := false
		// Schemes in any case: RFC 3986, 3.1; CommonMark keeps what was written.
		address := strings.ToLower(a.Val)
		for _, scheme := range []string{"http:", "https:", "mailto:", "tel:", "#"} {
			ok = ok || strings.HasPrefix(address, scheme)
		}
		if !ok {
			return fmt.Sprintf("href=%q", a.Val)
		}
	}
	return ""
}

// TestXSS renders payloads that tried to run script somewhere, as they are
// and in the places where Markdown takes an address.
func TestXSS(t *testing.T) {
	if testing.Short() {
		t.Skip("short: thousands of payloads")
	}
	r := New(Options{})
	for _, p := range payloads(t) {
		for _, form := range []string{"%s", "[x](%s)", "[x](<%s>)", "![x](%s)", "<%s>", "[x](term:%s)", "[x](lang:%s)", "[x](date:%s \"%[1]s\")", "```%s\n%[1]s\n```", "## x {#%s}", "[@%s]", "[^%s]\n\n[^%[1]s]: %[1]s", "> [!%s]", "|%s|\n|-|\n|%[1]s|"} {
			src := fmt.Sprintf(form, p)
			f, _ := r.Value(Input{Src: []byte(src)})
			checkFragment(t, src, f)
			if t.Failed() {
				return
			}
		}
	}
}

// payloads are what tried to run script somewhere.
func payloads(t *testing.T) (all []string) {
	lines := bufio.NewScanner(bytes.NewReader(corpus(t, "xss/payloads.jsonl")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p struct{ Payload string }
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p.Payload)
	}
	if len(all) < 6000 {
		t.Fatalf("%d payloads", len(all))
	}
	return all
}

// TestXSSInHTML puts the payloads into each element that is read, in a line and in
// a block, and into each of its attributes, in quotes and without.
func TestXSSInHTML(t *testing.T) {
	if testing.Short() {
		t.Skip("short: thousands of payloads in each element")
	}
	var forms []string
	for _, name := range slices.Sorted(maps.Keys(elements)) {
		e := elements[name]
		forms = append(forms, "x <"+name+">§</"+name+"> y", "<"+name+">\n§\n</"+name+">", "x <"+name+" §>y</"+name+">")
		for key := range strings.FieldsSeq(e.attributes) {
			for _, quote := range []string{`"`, "'", ""} {
				forms = append(forms, "x <"+name+" "+key+"="+quote+"§"+quote+">y</"+name+">", "<"+name+" "+key+"="+quote+"§"+quote+">y</"+name+">")
			}
		}
	}
	forms = append(forms, "<table><caption>§</caption><tr><th scope='§'>§</th><td colspan=\"§\">§</td></tr></table>", "<details><summary>§</summary>\n\n§\n\n</details>",
		"<dl><dt>§</dt><dd>§</dd></dl>", "<ol start='§'><li>§</li></ol>", "<!-- § -->", "<font §>§</font>", "<svg><p>§</p></svg>", "<style>§</style>", "<script>§</script>")
	r, all := New(Options{}), payloads(t)
	step := 25 // each form takes some, all of them together all
	if os.Getenv("NUTGRAF_ROUNDS") != "" {
		step = 1
	}
	for k, form := range forms {
		for i := k % step; i < len(all) && !t.Failed(); i += step {
			src := strings.ReplaceAll(form, "§", all[i])
			f, _ := r.Value(Input{Src: []byte(src)})
			checkFragment(t, src, f)
			again, _ := r.Value(Input{Src: []byte(copied(r, src))})
			if problem := unsafe(filled(again, func(Hole) string { return "" })); problem != "" {
				t.Errorf("the copy of %q renders %s", src, problem)
			}
		}
	}
}

// checkFragment checks what every Fragment promises.
func checkFragment(t *testing.T, src string, f Fragment) {
	t.Helper()
	page := filled(f, func(Hole) string { return "" })
	if problem := unsafe(page); problem != "" {
		t.Errorf("%q renders %s\n%s", src, problem, page)
	}
	nodes, err := html.ParseFragment(strings.NewReader(page), &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"})
	if err != nil {
		t.Errorf("%q: %v", src, err)
	}
	var again strings.Builder
	for _, n := range nodes {
		if err := html.Render(&again, n); err != nil {
			t.Errorf("%q: %v", src, err)
		}
	}
	if got, want := sketch(again.String()), sketch(page); got != want {
		t.Errorf("%q renders HTML that browsers read otherwise:\n%s\n%s", src, want, got)
	}
	checkSpans(t, src, f)
	checkHoles(t, src, f)
}

// sketch is the tags of HTML in order, without those that browsers add.
func sketch(src string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(src))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		name, _ := z.TagName()
		if kind == html.SelfClosingTagToken {
			kind = html.StartTagToken // <br/>
		}
		if kind != html.TextToken && string(name) != "tbody" {
			fmt.Fprintf(&b, "%v %s ", kind, name)
		}
	}
	return b.String()
}

func checkSpans(t *testing.T, src string, f Fragment) {
	t.Helper()
	if !utf8.Valid(f.HTML) {
		t.Errorf("%q: the HTML is not UTF-8", src)
	}
	end := int32(0)
	for _, s := range f.Spans {
		if s.Start < end || s.End <= s.Start || int(s.End) > len(f.HTML) {
			t.Fatalf("%q: span %v after %d, in %d bytes", src, s, end, len(f.HTML))
		}
		end = s.End
		if words := f.HTML[s.Start:s.End]; bytes.ContainsAny(words, "<>") || !utf8.Valid(words) {
			t.Errorf("%q: span %q", src, words)
		}
		if s.Source < 0 || int(s.Source) >= len(src) {
			t.Errorf("%q: span from %d", src, s.Source)
		}
		for _, h := range f.Holes {
			if h.At > s.Start && h.At < s.End {
				t.Errorf("%q: a hole within the span %v", src, s)
			}
		}
	}
}

func checkHoles(t *testing.T, src string, f Fragment) {
	t.Helper()
	inside := func(s diag.Span) bool { return s.Start >= 0 && s.Start <= s.End && int(s.End) <= len(src) }
	at := int32(0)
	for _, h := range f.Holes {
		if h.Kind < Link || h.Kind > Code || h.At < at || int(h.At) > len(f.HTML) || !inside(h.Source) {
			t.Errorf("%q: hole %+v after %d", src, h, at)
		}
		at = h.At
		for _, c := range h.Cites {
			if !inside(c.Source) || src[c.Source.Start:c.Source.End] != c.ID {
				t.Errorf("%q: citation %+v", src, c)
			}
		}
	}
}

// FuzzValue holds what a Fragment promises, of any text, however it is rendered.
func FuzzValue(f *testing.F) {
	for _, in := range valueCases {
		f.Add(in.src, false)
		f.Add(in.src, true)
	}
	plain, typographer, careful := New(Options{}), New(Options{Typographer: true}), New(Options{})
	careful.quick, careful.goldmarkOnly = careful.parser, true
	f.Fuzz(func(t *testing.T, src string, typeset bool) {
		r := plain
		if typeset {
			r = typographer
		}
		in := Input{File: "x.md", Src: []byte(src)}
		check := func(fragment Fragment, ds []diag.Diagnostic) {
			checkFragment(t, src, fragment)
			for _, d := range ds {
				if d.At.Start < 0 || d.At.End < d.At.Start || int(d.At.End) > len(src) || d.Message == "" || d.Rule == "" {
					t.Errorf("%q: %+v", src, d)
				}
			}
		}
		check(r.Value(in))
		if quick, _ := plain.Value(in); len(src) < 1000 {
			if slow, _ := careful.Value(in); !bytes.Equal(quick.HTML, slow.HTML) {
				t.Errorf("%q renders otherwise where goldmark does not look for bare addresses:\n%s\n%s", src, quick.HTML, slow.HTML)
			}
		}
		check(r.Line(in))
		b, ds := r.Body(in)
		check(b.Intro.Fragment, ds)
		for _, s := range b.Sections {
			check(s.Fragment, nil)
		}
	})
}

// FuzzHTMLWords holds that no word of a block of HTML is lost, or made, but those
// of comments, scripts and style sheets: as x/net/html reads it as a tree.
func FuzzHTMLWords(f *testing.F) {
	for _, s := range []string{"a<b>c<i>d</b>e</i>", "<table><tr><td>a<td>b</table>c", "<p>a<p>b<div>c</p>", "<ul>a<li>b</ul><li>c", "a<script>b</script><style>c</style><!-- d -->e",
		"<a href=x>a<a href=y>b</a></a>", "&copy &amp;amp; &notit; &#x41 a", "<details>a<summary>b</summary></details>", "<foo bar='<b>'>a</foo><h3 id=x>b</h3>", "a</br>b<hr>c<br>d", "&#1"} {
		f.Add(s)
	}
	r := New(Options{})
	f.Fuzz(func(t *testing.T, s string) {
		lower := strings.ToLower(s)
		for _, other := range []string{"\x00", "\r", "\n", "[cdata[", "<svg", "<math", "<sel", "<opt", "<text", "<tit", "<xmp", "<nos", "<nof", "<noe", "<ifr", "<pla", "<tem", "<fra", "<html", "<body", "<head"} {
			if strings.Contains(lower, other) {
				return // a tree has other words there
			}
		}
		src := "<div>" + s + "</div>"
		got, ds := r.Value(Input{Src: []byte(src)})
		checkFragment(t, src, got)
		if !utf8.ValidString(s) || slices.ContainsFunc(ds, func(d diag.Diagnostic) bool {
			return d.Rule == "unclosed" || d.Rule == "markdown-limit" || d.Rule == "link-scheme" ||
				d.Rule == "encoding" // another character is shown for one that no page may have
		}) {
			return
		}
		want := lettersOf(src)
		if got := lettersOf(filled(got, func(Hole) string { return "" })); want != got {
			t.Errorf("%q has the words %q, want %q", src, got, want)
		}
		again, _ := r.Value(Input{Src: []byte(copied(r, src))})
		if got := lettersOf(filled(again, func(Hole) string { return "" })); want != got {
			t.Errorf("the copy of %q has the words %q, want %q", src, got, want)
		}
	})
}

// lettersOf are the signs of HTML's words, in one order: a tree moves what a table can't hold.
func lettersOf(src string) string {
	nodes, err := html.ParseFragment(strings.NewReader(src), &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"})
	if err != nil {
		panic(err)
	}
	var all []string
	var read func(n *html.Node)
	read = func(n *html.Node) {
		if n.Type == html.TextNode {
			all = append(all, strings.Split(strings.Join(strings.Fields(n.Data), ""), "")...)
		}
		for c := n.FirstChild; c != nil && n.Data != "script" && n.Data != "style"; c = c.NextSibling {
			read(c)
		}
	}
	for _, n := range nodes {
		read(n)
	}
	slices.Sort(all)
	return strings.Join(all, "")
}

// FuzzSlug holds the grammar of slugs: and the slug of a slug is itself.
func FuzzSlug(f *testing.F) {
	for _, s := range []string{"Why did the harbour flood?", "L’été, où?", "  --a--  ", "الدولة", "ทำไมน้ำท่วม", "हिन्दी", "각", "ǅ İ", "Straße 7", "ﬁne", strings.Repeat("word ", 40), strings.Repeat("x", 200)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		slug := Slug(s)
		if slug == "" {
			return
		}
		if utf8.RuneCountInString(slug) > maxSlug || !IsID(slug) {
			t.Errorf("Slug(%q) = %q", s, slug)
		}
		if again := Slug(slug); again != slug {
			t.Errorf("Slug(%q) = %q", slug, again)
		}
	})
}
