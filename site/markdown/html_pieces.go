package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
)

// piece is what is written of a node of raw HTML.
type piece struct {
	kind pieceKind
	n    *htmlNode
	text joined // of a text, without what begins the lines of a quotation or list
}

type pieceKind uint8

const (
	textPiece pieceKind = iota
	startPiece
	endPiece
	commentPiece
	blankPiece // where a tag went between two words
	paragraphStart
	paragraphEnd
)

// emitter makes pieces of a tree. What stands loose beside blocks gets a
// paragraph of its own, as Markdown gives it one.
type emitter struct {
	*htmlReader
	paragraph ast.Node // in which one is open; else nil
}

func (e *emitter) emit(at ast.Node, p piece) { e.html[at] = append(e.html[at], p) }

// nodes emits the children of n, which stand in holder: n itself, or where its
// tags went, what holds it.
func (e *emitter) nodes(n, holder *htmlNode, depth int, link bool) {
	if holder == nil {
		holder = n
	}
	for _, c := range n.children {
		switch {
		case e.over:
			return
		case c.md != nil:
			e.endParagraph()
			e.state.children(c.md, holdsOf(c.md), false, depth, link || c.md.Kind() == ast.KindLink)
		case c.name == "" && c.opens.node != nil && c.comment:
			e.emit(c.opens.node, piece{kind: commentPiece, n: c, text: c.opens.text})
		case c.name == "":
			e.words(c, holder)
		case c.why != stays:
			e.tagless(c, holder, depth, link)
		default:
			e.element(c, holder, depth+1, link || c.name == "a")
		}
	}
}

// holdsOf says what raw HTML may be among the children of a node of Markdown.
func holdsOf(n ast.Node) content {
	switch n.Kind() {
	case ast.KindBlockquote, ast.KindList, ast.KindListItem, kindNote:
		return flow
	}
	return phrasing
}

// loose reports whether what stands at a node of raw HTML stands beside blocks.
func (e *emitter) loose(holder *htmlNode, at ast.Node) bool {
	return holder.known.holds&block != 0 && (holder.name == "" || holder.opens.node != at)
}

// words emits a text, and the paragraph that it begins.
func (e *emitter) words(c, holder *htmlNode) {
	at, text := c.opens.node, c.opens.text
	if e.loose(holder, at) && e.paragraph != at {
		begin := len(text.b) - len(bytes.TrimLeft(text.b, htmlSpaces))
		if all := e.html[at]; begin > 0 && len(all) > 0 && (all[len(all)-1].kind == startPiece ||
			all[len(all)-1].kind == endPiece) {
			e.emit(at, piece{kind: textPiece, text: text.slice(0, begin)})
		}
		if c.is == 0 {
			return
		}
		text = text.slice(begin, len(text.b))
		e.beginParagraph(at)
	}
	e.emit(at, piece{kind: textPiece, text: text})
}

const htmlSpaces = " \t\n\f\r"

func (e *emitter) beginParagraph(at ast.Node) {
	if e.paragraph != at {
		e.endParagraph()
		e.emit(at, piece{kind: paragraphStart})
		e.paragraph = at
	}
}

func (e *emitter) endParagraph() {
	if e.paragraph != nil {
		e.emit(e.paragraph, piece{kind: paragraphEnd})
		e.paragraph = nil
	}
}

// tagless emits what an element holds whose tags go.
func (e *emitter) tagless(c, holder *htmlNode, depth int, link bool) {
	e.explain(c, holder)
	if mute(c.name) {
		for _, d := range c.children {
			if d.md != nil {
				if e.hidden == nil {
					e.hidden = map[ast.Node]bool{}
				}
				e.hidden[d.md] = true
			}
		}
		return
	}
	e.gap(c, holder, c.opens.node)
	if c.why == shows {
		e.within++
		defer func() { e.within-- }()
	}
	e.nodes(c, holder, depth, link)
	if c.closes.node != nil {
		e.gap(c, holder, c.closes.node)
	}
}

// gap keeps words apart that a tag parted which is gone.
func (e *emitter) gap(c, holder *htmlNode, at ast.Node) {
	switch {
	case !separates(c.name):
	case e.loose(holder, at) && c.name != "br":
		e.endParagraph()
	default:
		e.emit(at, piece{kind: blankPiece})
	}
}

// element emits an element that stays.
func (e *emitter) element(c, holder *htmlNode, depth int, link bool) {
	e.explainAttributes(c)
	at := c.opens.node
	if c.known.is != phrasing {
		e.endParagraph()
	} else if e.loose(holder, at) {
		e.beginParagraph(at)
	}
	e.emit(at, piece{kind: startPiece, n: c})
	if c.known.holds == 0 {
		return
	}
	e.nodes(c, nil, depth, link)
	if c.known.is != phrasing {
		e.endParagraph()
	}
	e.emit(c.closes.node, piece{kind: endPiece, n: c})
}

// shown reports whether readers get anything of a node of raw HTML.
func (s *state) shown(n ast.Node) bool {
	for i := range s.html[n] {
		switch p := &s.html[n][i]; p.kind {
		case startPiece:
			return true
		case textPiece:
			if len(bytes.TrimSpace(p.text.b)) > 0 {
				return true
			}
		}
	}
	return false
}

// plainHTML appends the words that a node of raw HTML stands for.
func (s *state) plainHTML(dst []byte, n ast.Node) []byte {
	for i := range s.html[n] {
		switch p := &s.html[n][i]; {
		case p.kind == textPiece:
			dst = appendReferences(dst, p.text.b)
		case p.kind == blankPiece, p.kind == startPiece && p.n.name == "br":
			dst = append(dst, ' ')
		}
	}
	return dst
}

// words are the words of a tree, as plain text.
func (n *htmlNode) words(dst []byte, s *state) []byte {
	for _, c := range n.children {
		switch {
		case c.md != nil:
			dst = s.plainOf(dst, c.md)
		case c.name == "" && !c.comment && len(c.opens.text.b) > 0 && c.is != 0:
			dst = appendReferences(dst, c.opens.text.b)
		case c.name == "br", c.name == "":
			dst = append(dst, ' ')
		case !mute(c.name):
			dst = c.words(dst, s)
		}
	}
	return dst
}
