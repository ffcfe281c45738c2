package markdown

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"

	"nutgraf/site/diag"
)

// HTML in a text is read before anything is written. What stands between two
// nodes of Markdown under one parent is tokens; those that open and close there
// make a tree, together with the nodes between them. An element stays if it is
// one of elements, stands where HTML lets it stand, and holds what HTML lets it
// hold. Of all others the tags go and the words stay. What remains is nested as
// HTML wants it, whatever was written.

// htmlNode is an element, a text, a comment, or a node of Markdown.
type htmlNode struct {
	name     string // of an element; else ""
	attrs    []html.Attribute
	known    element // zero for a name that is none of elements
	opens    place   // its start tag, the text or the comment
	closes   place   // its end tag
	children []*htmlNode
	why      reason // why the tags go

	md      ast.Node // of Markdown; nil for all else
	is      content  // of a text and of a node of Markdown; 0 shows nothing
	comment bool
}

// place is where something stands in the source.
type place struct {
	node ast.Node // of raw HTML
	text joined
}

func (p *place) at() int { return p.text.at(0) }
func (p *place) end() int {
	n := len(p.text.b)
	return p.text.at(max(n-1, 0)) + min(n, 1)
}

// reason is why the tags of an element go.
type reason uint8

const (
	stays      reason = iota
	unknown           // it is not on the list
	shows             // it would show or do something by itself
	open              // it is not closed where it opens
	stray             // it closes nothing
	misplaced         // it can't stand there
	unfit             // it holds what it can't hold
	leadless          // a link without an address
	summonless        // details without a summary
)

// joined is text of several pieces of the source.
type joined struct {
	b     []byte
	parts []joint // in order
}

type joint struct{ in, src int } // b[in:] begins at byte src of the source

func (j *joined) add(b []byte, src int) {
	j.parts = append(j.parts, joint{len(j.b), src})
	j.b = append(j.b, b...)
}

// each hands f each piece, and where it stands in the source.
func (j *joined) each(f func(b []byte, at int)) {
	for i, part := range j.parts {
		end := len(j.b)
		if i+1 < len(j.parts) {
			end = j.parts[i+1].in
		}
		f(j.b[part.in:end], part.src)
	}
}

// at returns where byte i of the text stands in the source.
func (j *joined) at(i int) int {
	k, found := slices.BinarySearchFunc(j.parts, i, func(p joint, i int) int { return p.in - i })
	if !found {
		k--
	}
	if k < 0 {
		return 0
	}
	return j.parts[k].src + i - j.parts[k].in
}

// slice returns the part of the text from one byte to another.
func (j *joined) slice(from, to int) joined {
	out := joined{b: j.b[from:to:to]}
	first, _ := slices.BinarySearchFunc(j.parts, from, func(p joint, at int) int { return p.in - at })
	if first == len(j.parts) || j.parts[first].in > from {
		out.parts = append(out.parts, joint{0, j.at(from)})
	}
	for ; first < len(j.parts) && (j.parts[first].in < to || len(out.parts) == 0); first++ {
		out.parts = append(out.parts, joint{j.parts[first].in - from, j.parts[first].src})
	}
	return out
}

// htmlReader reads the HTML among the children of one node of Markdown.
type htmlReader struct {
	*state
	open  []*htmlNode    // the root, and the elements that are open, innermost last
	names map[string]int // how often a name is open
	node  ast.Node       // of raw HTML, that is read
	depth int            // of elements around
	link  bool           // within a link

	within int // > 0: within what would show something by itself
}

// readHTML reads all raw HTML of a document. top is what may stand at its top;
// with sections, its # and ## headings part it.
func (s *state) readHTML(doc ast.Node, top content, sections bool) {
	if !s.hasHTML || doc == nil {
		return
	}
	s.html = map[ast.Node][]piece{}
	s.children(doc, top, sections, 0, false)
}

// children reads the HTML among the children of n, and then of each.
func (s *state) children(n ast.Node, holds content, sections bool, depth int, link bool) {
	c := n.FirstChild()
	for c != nil && !s.over {
		h := &htmlReader{state: s, open: []*htmlNode{{known: element{holds: holds}}},
			names: map[string]int{}, depth: depth, link: link}
		for ; c != nil && !s.over; c = c.NextSibling() {
			if top, ok := c.(*ast.Heading); ok && sections && top.Level <= questionLevel {
				h.finish()
				s.children(c, phrasing, false, depth, link)
				h = nil
				c = c.NextSibling()
				break
			}
			h.child(c)
		}
		if h != nil {
			h.finish()
		}
	}
}

// child reads one child of the parent.
func (h *htmlReader) child(n ast.Node) {
	h.node = n
	switch n := n.(type) {
	case *ast.RawHTML:
		var text joined
		for i := range n.Segments.Len() {
			seg := n.Segments.At(i)
			text.add(h.src[seg.Start:seg.Stop], seg.Start)
		}
		if len(text.b) > 0 {
			h.tokens(text, false)
		}
	case *ast.HTMLBlock:
		h.endBlock()
		text := h.blockText(n)
		if len(text.b) > 0 && !h.leftOpen(n, &text) {
			h.tokens(text, true)
			h.unread(text)
		}
	default:
		h.add(&htmlNode{md: n, is: contentOf(n)})
	}
}

// contentOf says what a node of Markdown is to what holds it.
func contentOf(n ast.Node) content {
	switch n.Type() {
	case ast.TypeInline:
		return phrasing
	case ast.TypeBlock:
		switch n.Kind() {
		case ast.KindHeading:
			return heading
		case kindNote, ast.KindLinkReferenceDefinition:
			return 0
		}
	}
	return block
}

// blockText is the text of a block of HTML, without what begins the lines of the
// quotations and lists that it stands in.
func (h *htmlReader) blockText(n *ast.HTMLBlock) (text joined) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		text.add(h.src[line.Start:line.Stop], line.Start)
	}
	if n.HasClosure() {
		text.add(h.src[n.ClosureLine.Start:n.ClosureLine.Stop], n.ClosureLine.Start)
	}
	return text
}

// endBlock ends what may not go beyond one block of HTML: all that holds words alone.
func (h *htmlReader) endBlock() {
	for i, n := range h.open {
		if i > 0 && n.known.holds&block == 0 && n.known.holds&phrasing != 0 {
			h.unwind(i)
			return
		}
	}
}

func (h *htmlReader) add(n *htmlNode) {
	top := h.open[len(h.open)-1]
	top.children = append(top.children, n)
}

// unwind takes the elements from the i-th on for unclosed: what they hold belongs
// to what they stand in.
func (h *htmlReader) unwind(i int) {
	holder := h.open[i-1]
	for _, n := range h.open[i:] {
		holder.children = append(holder.children, n.children...)
		n.children = nil
		h.names[n.name]--
		if n.why == stays {
			n.why = open
		}
	}
	h.open = h.open[:i]
}

// tokens reads the tags and texts of raw HTML: of a block of it, or one in a line.
func (h *htmlReader) tokens(text joined, ofBlock bool) {
	// HTML knows no instructions.
	if instruction, _, ok := bytes.Cut(text.b, []byte("?>")); ok &&
		bytes.HasPrefix(bytes.TrimLeft(text.b, " "), []byte("<?")) {
		end := len(instruction) + len("?>")
		h.aside(text.slice(len(text.b)-len(bytes.TrimLeft(text.b, " ")), end))
		text = text.slice(end, len(text.b))
	}
	z := html.NewTokenizer(bytes.NewReader(text.b))
	z.AllowCDATA(true)
	from, silent := 0, false
	for kind := z.Next(); !h.over; kind = z.Next() {
		part := text.slice(from, from+len(z.Raw()))
		from += len(part.b)
		if kind == html.ErrorToken {
			if part = text.slice(from-len(part.b), len(text.b)); len(part.b) > 0 {
				h.report(diag.Error, "unclosed", part.at(0), part.at(0)+1,
					"this tag has no > at its end", "it takes the text behind it along",
					`write > behind it, or \< to show the sign itself`)
				h.text(part)
			}
			return
		}
		switch kind {
		case html.TextToken:
			if !silent {
				h.text(part)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if silent = ofBlock && mute(t.Data); !silent {
				z.NextIsNotRawText()
			}
			h.startTag(t, part)
			continue
		case html.EndTagToken:
			h.endTag(z.Token().Data, part)
		default:
			h.aside(part)
		}
		silent = false
	}
}

const cdata = "<![CDATA["

// text adds text as it stands in HTML.
func (h *htmlReader) text(part joined) {
	if bytes.HasPrefix(part.b, []byte(cdata)) {
		h.warn(part.at(0), part.at(0)+len(cdata),
			"the signs "+cdata+" are left out: their text is kept",
			"browsers show nothing of such a text", "leave the signs out")
		end := len(bytes.TrimSuffix(part.b, []byte("]]>")))
		part = part.slice(min(len(cdata), end), end)
	}
	n := &htmlNode{opens: place{h.node, part}, is: phrasing}
	if len(bytes.TrimSpace(part.b)) == 0 {
		n.is = 0
	}
	h.add(n)
}

// aside adds what is neither tag nor text: a comment, or what browsers take for one.
func (h *htmlReader) aside(part joined) {
	n := &htmlNode{opens: place{h.node, part}, comment: true}
	if bytes.HasPrefix(part.b, []byte("<!--")) {
		h.checkComment(&part)
		h.add(n)
		return
	}
	h.warn(part.at(0), n.opens.end(), fmt.Sprintf("“%s” is left out", clip(part.b)),
		"it is meant for programs, and no words",
		`leave it out, or write \< to show the sign itself`)
}

// startTag opens an element. Its depth is bounded: browsers bound it too.
func (h *htmlReader) startTag(t html.Token, part joined) {
	n := &htmlNode{name: t.Data, attrs: t.Attr, opens: place{h.node, part}}
	var ok bool
	if n.known, ok = elements[n.name]; !ok {
		n.why = unknown
		if why, _ := instead(n.name, nil, ""); why != "" {
			n.why = shows
		}
	}
	h.add(n)
	h.countDelimiter(part.at(0))
	if ok && n.known.holds == 0 || !ok && isVoid(n.name) {
		return
	}
	h.open = append(h.open, n)
	h.names[n.name]++
}

// isVoid reports the elements without an end tag that are none of elements.
func isVoid(name string) bool {
	switch name {
	case "area", "base", "basefont", "bgsound", "col", "embed", "frame", "image", "img", "input",
		"keygen", "link", "meta", "param", "source", "track":
		return true
	}
	return false
}

// endTag closes the element of that name, and ends those that cross its end.
func (h *htmlReader) endTag(name string, part joined) {
	h.countDelimiter(part.at(0))
	if name == "br" { // as browsers read it
		h.add(&htmlNode{name: name, known: elements[name], opens: place{h.node, part}})
		return
	}
	if h.names[name] == 0 {
		n := &htmlNode{name: name, opens: place{h.node, part}, why: stray}
		if _, ok := elements[name]; !ok {
			n.why = unknown
			if why, _ := instead(name, nil, ""); why != "" {
				n.why = shows
			}
		}
		h.add(n)
		return
	}
	i := len(h.open) - 1
	for h.open[i].name != name {
		i--
	}
	if i+1 < len(h.open) {
		h.unwind(i + 1)
	}
	h.open[i].closes = place{h.node, part}
	h.open = h.open[:i]
	h.names[name]--
}

// finish decides what stays, and hands it to the writer.
func (h *htmlReader) finish() {
	if len(h.open) > 1 {
		h.unwind(1)
	}
	root := h.open[0]
	if len(root.children) == 0 || h.over {
		return
	}
	h.settle(root, h.depth, h.link)
	if h.over {
		return
	}
	apply(root, root.children)
	e := emitter{htmlReader: h}
	e.nodes(root, nil, h.depth, h.link)
	e.endParagraph()
}

// settle decides of each element, from the inside, whether it stays.
func (h *htmlReader) settle(n *htmlNode, depth int, link bool) {
	if depth > maxMarkers {
		h.exceed(n.opens.at(), fmt.Sprintf("HTML elements are nested more than %d deep here",
			maxMarkers), "keep them to a few levels")
		return
	}
	if n.name == "a" && n.why == stays {
		switch {
		case link:
			n.why = misplaced
		case !slices.ContainsFunc(n.attrs, func(a html.Attribute) bool { return a.Key == "href" }):
			n.why = leadless
		}
	}
	link = link || n.name == "a" && n.why == stays
	for _, c := range n.children {
		if c.name != "" && !h.over {
			h.settle(c, depth+1, link)
		}
	}
	if h.over || n.why != stays || n.name == "" || n.known.holds == 0 {
		return
	}
	switch {
	case n.name == "details" && !startsWithSummary(n):
		n.why = summonless
	case !fits(n, n.children):
		n.why = unfit
	default:
		apply(n, n.children)
	}
}

// takes reports whether parent may hold its child c as it is.
func takes(parent, c *htmlNode) bool {
	if c.name == "" {
		return c.is == 0 || c.is&parent.known.holds != 0
	}
	if c.known.is&parent.known.holds == 0 {
		return false
	}
	switch c.known.is {
	case summary, caption:
		return c == edge(parent.children)
	case figcaption:
		return c == edge(parent.children) || c == lastEdge(parent.children)
	}
	return true
}

// edge is the first of nodes that shows something.
func edge(nodes []*htmlNode) *htmlNode {
	for _, n := range nodes {
		if n.name != "" || n.is != 0 {
			return n
		}
	}
	return nil
}

func lastEdge(nodes []*htmlNode) *htmlNode {
	for _, n := range slices.Backward(nodes) {
		if n.name != "" || n.is != 0 {
			return n
		}
	}
	return nil
}

func startsWithSummary(n *htmlNode) bool {
	first := edge(n.children)
	return first != nil && first.name == "summary" && first.why == stays
}

// fits reports whether parent may hold nodes, once the tags that it can't hold are gone.
func fits(parent *htmlNode, nodes []*htmlNode) bool {
	for _, c := range nodes {
		switch {
		case c.name == "":
			if !takes(parent, c) {
				return false
			}
		case c.why == stays && takes(parent, c), mute(c.name):
		case !fits(parent, c.children):
			return false
		}
	}
	return true
}

// apply takes the tags out that parent can't hold.
func apply(parent *htmlNode, nodes []*htmlNode) {
	for _, c := range nodes {
		if c.name == "" || mute(c.name) {
			continue
		}
		if c.why == stays && !takes(parent, c) {
			c.why = misplaced
		}
		if c.why != stays {
			apply(parent, c.children)
		}
	}
}
