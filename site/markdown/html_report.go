package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"

	"nutgraf/site/diag"
)

// Marks of Markdown that are sure to be meant as such: \x00 stands for a tag.
var markdownMarks = regexp.MustCompile(`(?m)\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*|` +
	`\[[^\]\n]+\]\([^()\s]+\)|` + "`[^`\n]+`" + `|\[[@^][A-Za-z0-9][^\]\n]*\]|~~[^\s~][^~\n]*~~|` +
	`(?:^|[\s(\x00])(?:\*[^\s*][^*\n]*[^\s*]\*|_[^\s_][^_\n]*[^\s_]_)(?:$|[\s.,;:!?)\x00])|` +
	`^[ \t]*(?:#{1,6}[ \t]+\S|[-*+][ \t]+\S|1[.)][ \t]+\S|>[ \t]|` + "```" + `|~~~|\|?[ \t]*:?-{3,}:?[ \t]*(?:\||$))`)

// unread reports marks of Markdown in a block of HTML, which are just text there.
func (h *htmlReader) unread(text joined) {
	words := bytes.Repeat([]byte{0}, len(text.b))
	z := html.NewTokenizer(bytes.NewReader(text.b))
	from, code := 0, 0
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		raw := z.Raw()
		if kind == html.TextToken && code == 0 {
			copy(words[from:], raw)
		}
		from += len(raw)
		if kind == html.StartTagToken || kind == html.EndTagToken {
			switch name, _ := z.TagName(); string(name) {
			case "pre", "code", "kbd", "samp", "script", "style":
				if code++; kind == html.EndTagToken {
					code = max(code-2, 0)
				}
			}
		}
	}
	m := markdownMarks.FindIndex(words)
	if m == nil {
		return
	}
	mark := bytes.Trim(words[m[0]:m[1]], " \t\n\r\x00")
	line, _, _ := bytes.Cut(text.b, []byte("\n"))
	at := text.at(0)
	h.report(diag.Warning, "unread-markdown", at, at+len(bytes.TrimRight(line, "\r ")),
		fmt.Sprintf("“%s” is no Markdown here: HTML takes all lines up to the next empty one along",
			clip(mark)),
		"readers see the signs as they are", "put an empty line between the HTML and the Markdown, or write it as HTML")
	if len(h.diags) <= maxDiags {
		from := text.at(m[0] + bytes.Index(words[m[0]:m[1]], mark))
		h.diags[len(h.diags)-1].Related = []diag.Related{{Message: "the Markdown",
			At: diag.Place{File: h.in.File, Span: h.span(from, from+len(mark))}}}
	}
}

// warn reports once what is left out; the fix is for all places.
func (s *state) warn(from, to int, message, why, hint string, fix ...diag.Edit) {
	i, warned := s.warned[message]
	switch {
	case warned && i < len(s.diags):
		s.diags[i].Fix = append(s.diags[i].Fix, fix...)
	case !warned:
		if s.warned == nil {
			s.warned = map[string]int{}
		}
		s.warned[message] = len(s.diags)
		s.report(diag.Warning, "raw-html", from, to, message, why, hint, fix...)
	}
}

// asMarkdown is the fix that writes an element's tags as the marks of Markdown that mean the same,
// nil where they would mean something else there.
func (h *htmlReader) asMarkdown(n *htmlNode) []diag.Edit {
	mark := map[string]string{"tt": "`", "strike": "~~"}[n.name]
	if mark == "" || len(n.attrs) > 0 || len(n.closes.text.b) == 0 || n.opens.node.Type() == ast.TypeBlock {
		return nil
	}
	from, to := n.opens.at(), n.closes.end()
	words := h.src[n.opens.end():n.closes.at()]
	first, _ := utf8.DecodeRune(words)
	last, _ := utf8.DecodeLastRune(words)
	plain := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	if !plain(first) || !plain(last) || bytes.ContainsAny(words, "`~*_<&\\\n") ||
		from > 0 && bytes.IndexByte([]byte("`~\\"), h.src[from-1]) >= 0 ||
		to < len(h.src) && bytes.IndexByte([]byte("`~"), h.src[to]) >= 0 {
		return nil
	}
	return append(h.instead(from, n.opens.end(), mark), h.instead(n.closes.at(), to, mark)...)
}

// withoutAttribute is the fix that leaves an attribute of a tag out.
func (h *htmlReader) withoutAttribute(n *htmlNode, key string) []diag.Edit {
	form := `(?i)\s+` + regexp.QuoteMeta(key) + `(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?(?:[\s/>])`
	found := regexp.MustCompile(form).FindAll(n.opens.text.b, 2)
	if len(found) != 1 {
		return nil
	}
	attribute := found[0][:len(found[0])-1]
	return diag.Replace(h.place(n.opens.at(), n.opens.end()), string(attribute), "")
}

// wordsForAttributes reports whether a tag holds words alone, as in a<b and c>d.
func wordsForAttributes(attrs []html.Attribute) bool {
	return len(attrs) > 0 && !slices.ContainsFunc(attrs, func(a html.Attribute) bool { return a.Val != "" })
}

// notClosed is what is wrong with a tag that is not closed where it opens.
func notClosed(tag string) string {
	return tag + " is not closed where it opens: it is left out, its words are kept"
}

// explain reports why the tags of an element go.
func (h *htmlReader) explain(n *htmlNode, parent *htmlNode) {
	tag := "<" + clip([]byte(n.name)) + ">"
	from, to := n.opens.at(), n.opens.end()
	holder := "here"
	if parent.name != "" {
		holder = "in <" + parent.name + ">"
	}
	if n.why != shows && h.within == 0 && wordsForAttributes(n.attrs) {
		h.warn(from, to, fmt.Sprintf("“%s” is read as a tag: readers get none of its words", clip(n.opens.text.b)),
			"a < right before a letter begins a tag", `write \< where it is the sign itself`)
		return
	}
	switch n.why {
	case unknown:
		if h.within > 0 {
			return // a part of what was reported
		}
		h.warn(from, to, tag+" is left out: its words are kept",
			"HTML is read for what it means, and the program does not read this tag",
			inMarkdown(n.name), h.asMarkdown(n)...)
	case shows:
		if bytes.HasPrefix(n.opens.text.b, []byte("</")) || h.within > 0 {
			return // its start tag was reported, or there was none; or what it is a part of was
		}
		shown := n
		for _, part := range n.children {
			if n.name == "picture" && part.name == "img" {
				shown = part
			}
		}
		why, hint := instead(shown.name, shown.attrs, h.folder())
		h.report(diag.Error, "raw-html", from, to, tag+" can't stand in a text", why, hint)
	case open:
		hint := "write </" + n.name + "> where it ends, and close first what opens last"
		switch n.name {
		case "b", "strong":
			hint += "; or write **words** in each paragraph"
		case "i", "em":
			hint += "; or write *words* in each paragraph"
		}
		h.warn(from, to, notClosed(tag),
			"an element opens and closes within one paragraph, cell or item, or around whole blocks", hint)
	case stray:
		if i, told := h.warned[notClosed(tag)]; told && i < len(h.diags) {
			if d := &h.diags[i]; d.Related == nil { // it is one mistake
				d.Related = []diag.Related{{Message: "</" + n.name + "> stands here", At: h.place(from, to)}}
			}
			return
		}
		h.warn(from, to, "</"+clip([]byte(n.name))+"> closes nothing here: it is left out",
			"an element opens and closes within one paragraph, cell or item, or around whole blocks",
			"leave it out, or write <"+n.name+"> where it begins")
	case misplaced:
		if n.name == "a" {
			h.warn(from, to, "<a> can't stand within a link: it is left out, its words are kept",
				"a link within a link leads nowhere", "end the first link before the second")
			return
		}
		h.warn(from, to, tag+" can't stand "+holder+": it is left out, its words are kept", "",
			"it belongs "+n.known.is.belongs())
	case unfit:
		h.warn(from, to, tag+" holds what can't stand in it: it is left out, its words are kept",
			"", n.known.fix(n.name))
	case leadless:
		h.warn(from, to, "<a> has no href and leads nowhere: it is left out, its words are kept",
			"", "leave it out; a place to link to is a heading with an id: ### Words {#id}")
	case summonless:
		h.warn(from, to,
			"<details> does not begin with a <summary>: it is left out, its words are kept",
			"readers open it by its summary",
			"write <summary>its words</summary> right behind <details>")
	}
}

// fix says how to mend an element that holds what it can't.
func (e element) fix(name string) string {
	switch {
	case e.holds == listItem:
		return "put all of it into <li>…</li>"
	case e.holds == definition:
		return "put all of it into <dt>…</dt> and <dd>…</dd>"
	case e.holds&(rowGroup|row|cell) != 0:
		return "put all of it into cells, <tr><td>…</td></tr>, without empty lines between the tags"
	}
	return "write it within one paragraph, <" + name + ">…</" + name + ">"
}

// explainAttributes reports which attributes go.
func (h *htmlReader) explainAttributes(n *htmlNode) {
	for _, a := range n.attrs {
		if _, ok := n.known.attribute(a.Key, a.Val); ok {
			continue
		}
		if a.Key == "lang" && n.name == "span" {
			h.notALanguage(a.Val, n.opens.at(), n.opens.end())
			continue
		}
		what := clip([]byte(a.Key))
		hint, fix := "leave it out", h.withoutAttribute(n, a.Key)
		if slices.Contains(strings.Fields(n.known.attributes), a.Key) {
			what = fmt.Sprintf("%s=%q", what, clip([]byte(a.Val)))
			hint, fix = "correct its value, or leave it out", nil
		} else if a.Key == "id" || a.Key == "name" {
			hint, fix = "leave it out; a place to link to is a heading with an id: ### Words {#id}", nil
		}
		h.warn(n.opens.at(), n.opens.end(), "the attribute "+what+" is left out",
			"HTML is read for what it means: how it looks and what it does is the theme's", hint, fix...)
	}
}
