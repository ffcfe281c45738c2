package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// What is written of raw HTML is made here, byte by byte: no tag of a text is copied.

// rawHTML writes what stays of a node of raw HTML.
func (w *writer) rawHTML(n ast.Node) {
	from := len(w.html)
	for i := range w.state.html[n] {
		switch p := &w.state.html[n][i]; p.kind {
		case textPiece:
			w.htmlText(&p.text)
		case startPiece:
			w.startTag(p.n)
		case endPiece:
			w.endTag(p.n)
		case commentPiece:
			w.comment(n, p)
		case blankPiece:
			w.blank()
		case paragraphStart:
			w.raw("<p>")
		case paragraphEnd:
			w.dropBlanks(from)
			w.endText()
			w.raw("</p>\n")
		}
	}
}

// htmlBlock writes what stays of a block of HTML.
func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	from := len(w.html)
	w.signs = false
	w.rawHTML(n)
	if w.signs {
		w.reportSignsInHTML(n)
	}
	if w.line {
		w.dropBlanks(from)
		w.endRun()
		w.dropBlanks(from)
	}
	w.endText()
	if len(w.html) > from && w.html[len(w.html)-1] != '\n' && !w.line {
		w.html = append(w.html, '\n')
	}
	w.keepRaw(from)
}

// comments keeps the comments of a node of raw HTML.
func (w *writer) comments(n ast.Node) {
	for i := range w.state.html[n] {
		if p := &w.state.html[n][i]; p.kind == commentPiece {
			w.comment(n, p)
		}
	}
}

func (w *writer) comment(n ast.Node, p *piece) {
	w.keepComment(bytes.TrimSuffix(p.text.b, []byte("-->")), p.text.at(0), n.Type() == ast.TypeBlock)
}

// endText ends a text of its own, in which quotation marks and isolates that open must close.
func (w *writer) endText() {
	w.endRun()
	w.endQuotes()
	if len(w.isolates) > 0 {
		w.endIsolates()
	}
}

// blank writes a blank between two words.
func (w *writer) blank() {
	if n := len(w.html); n > 0 && !htmlSpace(w.html[n-1]) {
		w.raw(" ")
		w.quotes.last = ' '
	}
}

func (w *writer) htmlText(text *joined) {
	text.each(func(b []byte, at int) { w.textOf(b, at, decodeHTML) })
}

// decodeHTML is decodeOne where Markdown's backslashes are none, and where, as in
// HTML, some references need no semicolon.
func decodeHTML(b []byte) (words []byte, size int) {
	switch b[0] {
	case '\\':
		return b[:1], 1
	case '&':
		n := 1
		for n < len(b) && n < 40 && (b[n] == '#' || asciiWord(b[n])) {
			n++
		}
		if n < len(b) && b[n] == ';' {
			n++
		}
		whole := html.UnescapeString(string(b[:n]))
		for n > 1 && html.UnescapeString(string(b[:n-1]))+string(b[n-1]) == whole {
			n--
			whole = whole[:len(whole)-1]
		}
		if n > 1 {
			return []byte(whole), n
		}
		return b[:1], 1
	}
	return decodeOne(b)
}

// appendReferences appends b with its references resolved.
func appendReferences(dst, b []byte) []byte {
	return append(dst, html.UnescapeString(string(b))...)
}

// verbatim reports the elements whose text is never typeset.
func verbatim(name string) bool {
	switch name {
	case "code", "kbd", "samp", "var", "pre":
		return true
	}
	return false
}

func (w *writer) startTag(n *htmlNode) {
	if n.known.is != phrasing {
		w.endText()
	}
	switch n.name {
	case "a":
		w.endings = append(w.endings, w.openAnchor(n))
	case "span":
		w.raw(n.startTag())
		e := ending{tag: "</span>"}
		if n.attribute("lang") != "" {
			e.foreign = w.keepForeign()
		}
		w.endings = append(w.endings, e)
	case "h3", "h4", "h5", "h6":
		w.under = string(n.words(nil, w.state))
		w.headingTag(n.name, w.freeSlug(w.ownID(n), w.under))
	case "table":
		w.tableStart(n.caption(w.state))
	case "pre":
		w.codeStart()
		w.raw(">")
	default:
		w.raw(n.startTag())
	}
	if n.name == "br" {
		w.quotes.last = '\n'
	}
	if n.quiet() {
		w.silent++
	}
	if verbatim(n.name) {
		w.verbatim++
	}
}

func (w *writer) endTag(n *htmlNode) {
	w.endRun()
	if n.known.is != phrasing {
		w.endText()
	}
	switch n.name {
	case "a", "span":
		last := len(w.endings) - 1
		w.closeLink(w.endings[last])
		w.endings = w.endings[:last]
	case "table":
		w.raw(tableEnd)
	case "pre":
		w.codeEnd()
	case "h3", "h4", "h5", "h6":
		w.endHeading(n.name)
	default:
		w.raw("</", n.name, ">")
	}
	if n.quiet() {
		w.silent--
	}
	if verbatim(n.name) {
		w.verbatim--
	}
}

// caption is the words of a table's caption.
func (n *htmlNode) caption(s *state) string {
	for _, c := range n.children {
		if c.name == "caption" && c.why == stays {
			return oneLine(c.words(nil, s))
		}
	}
	return ""
}

// quiet reports whether no terms are linked in an element.
func (n *htmlNode) quiet() bool {
	return n.known.quiet || n.name == "span" && n.attribute("lang") != ""
}

// attribute returns an attribute as it is written. Of two of one name, HTML takes
// the first.
func (n *htmlNode) attribute(key string) string {
	for _, a := range n.attrs {
		if a.Key == key {
			value, ok := n.known.attribute(a.Key, a.Val)
			if !ok {
				return ""
			}
			return value
		}
	}
	return ""
}

// startTag is the start tag as it is written.
func (n *htmlNode) startTag() string {
	b := append([]byte{'<'}, n.name...)
	for key := range strings.FieldsSeq(n.known.attributes) {
		if value := n.attribute(key); value != "" {
			b = append(append(append(b, ' '), key...), `="`...)
			b = append(appendEscaped(b, value), '"')
		}
	}
	return string(append(b, '>'))
}

// ownID is the id that a heading in HTML has of its own, checked as {#id} is.
func (w *writer) ownID(n *htmlNode) string {
	id := n.attribute("id")
	if id == "" {
		return ""
	}
	from, to := n.valueAt(id)
	if !w.isHeadingID(headingID{id, from, to}) {
		return ""
	}
	return id
}

// valueAt is where the value of an attribute stands in the source: within its tag,
// if it is not found there.
func (n *htmlNode) valueAt(value string) (from, to int) {
	if i := bytes.Index(n.opens.text.b, []byte(value)); i >= 0 && value != "" {
		return n.opens.text.at(i), n.opens.text.at(i+len(value)-1) + 1
	}
	return n.opens.at(), n.opens.end()
}

// openAnchor opens a link that is written as HTML.
func (w *writer) openAnchor(n *htmlNode) ending {
	href := n.attribute("href")
	from, to := n.valueAt(href)
	if len(href) > maxAddress {
		w.longAddress(from)
		return ending{}
	}
	return w.openLink(destination{target: visible(href), raw: []byte(href), from: from, to: to})
}

// blockSpan is where a block of HTML stands in the source.
func blockSpan(n *ast.HTMLBlock) (from, to int) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return 0, 0
	}
	from, to = lines.At(0).Start, lines.At(lines.Len()-1).Stop
	if n.HasClosure() {
		to = max(to, n.ClosureLine.Stop)
	}
	return from, to
}

// markdownTag is what a copy has of a tag in a line. Where one is gone beside a
// sign, an empty element stands in: without it, the sign may mean something else.
func (s *state) markdownTag(n ast.Node, from, to int) []byte {
	out := s.appendPieces(nil, n)
	if len(bytes.TrimSpace(out)) > 0 || plainBeside(s.src[:from], s.src[to:]) {
		return out
	}
	return slices.Concat([]byte("<span>"), out, []byte("</span>"))
}

// plainBeside reports whether nothing between before and after can't change what
// they mean.
func plainBeside(before, after []byte) bool {
	plain := func(c byte) bool { return c >= 0x80 || asciiWord(c) || strings.IndexByte(" .,;:?", c) >= 0 }
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	word := func(r rune) bool { return unicode.IsLetter(r) }
	if !bytes.ContainsFunc(line, word) || !plain(line[len(line)-1]) {
		return false // it may be the begin of a list
	}
	if len(after) == 0 || after[0] == '\n' {
		return !bytes.HasSuffix(before, []byte("  ")) // a line break
	}
	return plain(after[0])
}

// markdownBlock is what a copy has of a block of HTML: lines that begin as they
// did, and none empty, which would end the block.
func (s *state) markdownBlock(n *ast.HTMLBlock, from int) []byte {
	out := s.appendPieces(nil, n)
	if len(bytes.TrimSpace(out)) == 0 {
		if n.PreviousSibling() == nil && n.Parent().Kind() == ast.KindListItem {
			return []byte("<span></span>\n") // an empty item is none below a paragraph
		}
		if before := s.src[:from]; len(before) > 0 && !bytes.HasSuffix(before, []byte("\n\n")) {
			return []byte("\n") // it parted what stands around it
		}
		return nil
	}
	prefix := []byte{}
	if n.Lines().Len() > 1 {
		second := n.Lines().At(1).Start
		prefix = s.src[bytes.LastIndexByte(s.src[:second], '\n')+1 : second]
	}
	whole := bytes.HasPrefix(bytes.TrimSpace(out), []byte("<pre"))
	var b []byte
	for line := range bytes.Lines(out) {
		if !whole && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if len(b) > 0 {
			b = append(b, prefix...)
		}
		b = append(b, line...)
	}
	if b[len(b)-1] != '\n' {
		b = append(b, '\n')
	}
	if n.HTMLBlockType < ast.HTMLBlockType6 && !whole { // what follows ended it without an empty line
		b = append(append(b, bytes.TrimRight(prefix, " ")...), '\n')
	}
	return b
}

// appendPieces appends what stays of a node of raw HTML, as HTML.
func (s *state) appendPieces(dst []byte, n ast.Node) []byte {
	for i := range s.html[n] {
		switch p := &s.html[n][i]; p.kind {
		case textPiece:
			dst = appendEscaped(dst, appendReferences(nil, p.text.b))
		case startPiece:
			tag := p.n.startTag()
			if href := p.n.attribute("href"); href != "" {
				written := string(appendEscaped(nil, href))
				tag = strings.Replace(tag, written, leftOpen(visible(href), written), 1)
			}
			dst = append(dst, tag...)
		case endPiece:
			dst = append(append(append(dst, "</"...), p.n.name...), '>')
		case blankPiece:
			dst = append(dst, ' ')
		case paragraphStart:
			dst = append(dst, "<p>"...)
		case paragraphEnd:
			dst = append(bytes.TrimRight(dst, htmlSpaces), "</p>\n"...)
		}
	}
	return dst
}
