package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// writer writes one Fragment: a value, or one section of a body.
type writer struct {
	*state
	html   []byte
	spans  []Span
	holes  []Hole
	heads  []Anchor
	places Places

	line bool // inline content alone: no footnotes, no figures
	// topLevel is the highest heading that may stand here: below a question
	// ###, and its anchor begins with the question's id; in a document of its
	// own ##, and its anchor is its slug.
	topLevel int
	inLink   bool
	endings  []ending // of the links in HTML that are open
	silent   int      // > 0: no terms are linked here
	signs    bool     // what is being written may show a sign of another tool
	verbatim int      // > 0: nothing is typeset here
	run      run
	quotes   quotes
	isolates []int // that references opened, and where
	high     int   // behind the last mark of a note or a source

	under   string         // the words of the last sub-heading
	slugs   map[string]int // sub-headings: how often each slug was wanted
	refs    []*noteRefs    // footnotes in the order of their numbers
	refOf   map[*note]*noteRefs
	ending  *noteRefs // the footnote being written, whose last paragraph is lastPar
	lastPar ast.Node
}

// questionLevel is the level of the headings that are questions.
const questionLevel = 2

func newWriter(s *state) *writer {
	m := &s.in.Memory
	html := m.HTML[:0]
	if room := len(s.src) + len(s.src)/4; cap(html) < room {
		html = make([]byte, 0, room)
	}
	return &writer{state: s, topLevel: questionLevel + 1, html: html, spans: m.Spans[:0], holes: m.Holes[:0]}
}

// fragment ends the writing.
func (w *writer) fragment() Fragment {
	w.footnotes()
	w.endRun()
	if w.over {
		return Fragment{}
	}
	return Fragment{HTML: w.html, Spans: w.spans, Holes: w.holes, Anchors: w.heads, Places: w.places}
}

// raw writes markup, which no run of text goes across.
func (w *writer) raw(parts ...string) {
	w.endRun()
	for _, p := range parts {
		w.html = append(w.html, p...)
	}
}

// hole opens a place to fill.
func (w *writer) hole(h Hole) {
	w.endRun()
	h.At = int32(len(w.html))
	w.holes = append(w.holes, h)
}

// blocks writes the blocks within n.
func (w *writer) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c)
	}
}

func (w *writer) block(n ast.Node) {
	if w.full(n) {
		return
	}
	switch n := n.(type) {
	case *ast.Paragraph:
		w.paragraph(n)
	case *ast.TextBlock:
		w.words(n)
		if n.NextSibling() != nil && n.HasChildren() {
			w.raw("\n")
		}
	case *ast.Heading:
		w.heading(n)
	case *ast.Blockquote:
		w.blockquote(n)
	case *ast.List:
		w.list(n)
	case *ast.CodeBlock:
		w.code(n, nil)
	case *ast.FencedCodeBlock:
		w.code(n, n.Language(w.src))
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.ThematicBreak:
		w.raw("<hr>\n")
	case *east.Table:
		w.table(n)
	case *note, *ast.LinkReferenceDefinition:
		// A note is written at the end, a definition where it is used.
	}
}

// full reports whether so much is written that only a trick can be the cause:
// a note or an address that is used a thousand times.
func (w *writer) full(n ast.Node) bool {
	if len(w.html) > maxHTML {
		w.exceed(max(n.Pos(), 0), "this text becomes too large a page", "use long notes and long addresses less often")
	}
	return w.over
}

func (w *writer) paragraph(n *ast.Paragraph) {
	if img := onlyImage(n); img != nil && !w.line {
		w.figure(img)
		return
	}
	w.raw("<p>")
	w.words(n)
	if n == w.lastPar {
		w.backlinks()
	}
	w.raw("</p>\n")
}

func (w *writer) list(n *ast.List) {
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	w.raw("<", tag)
	if n.IsOrdered() && n.Start != 1 {
		w.raw(` start="`, strconv.Itoa(n.Start), `"`)
	}
	w.raw(">\n")
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		w.raw("<li>")
		if first := item.FirstChild(); first != nil && first.Kind() != ast.KindTextBlock {
			w.raw("\n")
		}
		w.blocks(item)
		w.raw("</li>\n")
	}
	w.raw("</", tag, ">\n")
}

// words writes the inline content of one block: a text of its own, in which
// quotation marks and isolates that open must close.
func (w *writer) words(n ast.Node) {
	w.quotes.begin()
	w.signs = false
	w.inlines(n)
	w.endText()
	if w.signs {
		w.reportSignsIn(n)
	}
}

func (w *writer) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if w.hidden == nil || !w.hidden[c] {
			w.inline(c)
		}
	}
}

func (w *writer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n.Segment.Value(w.src), n.Segment.Start)
		w.lineBreak(n)
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Emphasis:
		tag := "em"
		if n.Level == 2 {
			tag = "strong"
		}
		w.element(tag, n)
	case *east.Strikethrough:
		w.singleTilde(n)
		w.element("del", n)
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n)
	case *ast.RawHTML:
		w.rawHTML(n)
	case *east.TaskCheckBox:
		w.task(n)
	case *citation:
		w.citation(n)
	case *noteRef:
		w.noteRef(n)
	}
}

// lineBreak ends a line where n does. goldmark may leave spaces before it.
func (w *writer) lineBreak(n *ast.Text) {
	if !n.HardLineBreak() && !n.SoftLineBreak() {
		return
	}
	w.dropBlanks(0)
	w.quotes.last = '\n'
	if n.HardLineBreak() {
		w.raw("<br>\n")
	} else {
		w.html = append(w.html, '\n')
	}
}

// dropBlanks takes back the blanks that were written last, behind byte from.
func (w *writer) dropBlanks(from int) {
	for len(w.html) > max(from, w.fixed()) && util.IsSpace(w.html[len(w.html)-1]) {
		w.html = w.html[:len(w.html)-1]
	}
	w.cutTexts()
}

// fixed is how much of the HTML has something pointing at it.
func (w *writer) fixed() int {
	if w.run.open {
		return w.run.start
	}
	at := int32(0)
	if n := len(w.spans); n > 0 {
		at = w.spans[n-1].End
	}
	if n := len(w.quotes.held); n > 0 {
		at = max(at, w.quotes.held[n-1].End)
	}
	if n := len(w.holes); n > 0 {
		at = max(at, w.holes[n-1].At)
	}
	return int(at)
}

func (w *writer) element(tag string, n ast.Node) {
	w.raw("<", tag, ">")
	w.inlines(n)
	w.raw("</", tag, ">")
}

func (w *writer) codeSpan(n *ast.CodeSpan) {
	w.raw("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		v := t.Segment.Value(w.src)
		if k := len(v); k > 0 && v[k-1] == '\n' {
			w.html = append(appendEscaped(w.html, trimEOL(v)), ' ')
		} else {
			w.html = appendEscaped(w.html, v)
		}
	}
	w.html = append(w.html, "</code>"...)
	w.quotes.last = 'x'
}

// task writes the box of a task list's item. The sign is for the eye; the
// words are for those who listen, and for copies.
func (w *writer) task(n *east.TaskCheckBox) {
	sign, word := "☐", "not-done"
	if n.IsChecked {
		sign, word = "☑", "done"
	}
	w.endRun()
	from := len(w.html)
	w.raw(`<span class="task" aria-hidden="true">`, sign, `</span>`)
	w.keepAside(from)
	w.raw(`<span class="visually-hidden">`)
	w.hole(Hole{Kind: Word, Target: word})
	w.raw(`</span> `)
}

// plain appends the words of n, without any markup: of a heading, a picture's
// alt text, a short answer.
func (s *state) plain(dst []byte, n ast.Node) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if s.hidden == nil || !s.hidden[c] {
			dst = s.plainOf(dst, c)
		}
	}
	return dst
}

// plainOf appends the words of one node.
func (s *state) plainOf(dst []byte, n ast.Node) []byte {
	switch n := n.(type) {
	case *ast.Text:
		if v := n.Segment.Value(s.src); n.IsRaw() {
			dst = append(dst, trimEOL(v)...)
		} else {
			dst = appendDecoded(dst, v)
		}
		if n.SoftLineBreak() || n.HardLineBreak() {
			dst = append(dst, ' ')
		}
		return dst
	case *ast.AutoLink:
		return append(dst, n.Label(s.src)...)
	case *ast.RawHTML:
		return s.plainHTML(dst, n)
	}
	return s.plain(dst, n)
}

func trimEOL(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == '\n' || b[len(b)-1] == '\r') {
		b = b[:len(b)-1]
	}
	return b
}
