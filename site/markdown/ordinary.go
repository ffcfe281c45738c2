package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// prose reads the Markdown that nearly all values are: paragraphs and lists of one level, with
// emphasis, links, citations and code in their lines. It makes the nodes that goldmark would
// make, in memory that is used again, at a fraction of the time. Of anything else, mistakes in
// markup among it, it makes nothing, and goldmark reads all of it.
type prose struct {
	s     *state
	src   []byte
	at    int        // what is read next
	first int        // where the words of this block begin
	begin int        // where the words of this line begin
	open  []ast.Node // the block whose words are read, and the markup open in it

	doc        ast.Document
	lines      text.Segments
	paragraphs slab[ast.Paragraph]
	items      slab[ast.ListItem]
	textBlocks slab[ast.TextBlock]
	texts      slab[ast.Text]
	emphases   slab[ast.Emphasis]
	links      slab[ast.Link]
	citations  slab[citation]
}

// release gives the nodes' memory back: none may be used any more.
func (p *prose) release() {
	p.s, p.src, p.doc = nil, nil, ast.Document{}
	clear(p.open[:cap(p.open)])
	p.lines.SetSliced(0, 0)
	p.paragraphs.release()
	p.items.release()
	p.textBlocks.release()
	p.texts.release()
	p.emphases.release()
	p.links.release()
	p.citations.release()
}

// maxProse is the longest source of prose, in bytes. Each may count for one
// delimiter, so that no limit but that of work is in reach.
const maxProse = maxDelims

// read returns the document that the source of s is, or nil if it is not prose.
func (p *prose) read(s *state) ast.Node {
	if len(s.src) > maxProse {
		return nil
	}
	p.s, p.src, p.at = s, s.src, 0
	for p.at < len(p.src) {
		if !p.block(&p.doc) || s.work > maxWork || len(s.diags) > 0 {
			s.work, s.diags = 0, nil
			return nil
		}
	}
	return &p.doc
}

// block reads the block or the blank line that begins here.
func (p *prose) block(doc ast.Node) bool {
	switch p.begins(p.at) {
	case blankLine:
		p.at++
		return true
	case wordLine:
		return p.paragraph(doc)
	case itemLine:
		return p.list(doc)
	}
	return false
}

// What the first bytes of a line begin.
const (
	oddLine = iota // goldmark must judge
	blankLine
	wordLine
	itemLine
)

// begins says what the line begins that begins at byte i of the source.
func (p *prose) begins(i int) int {
	if i >= len(p.src) || p.src[i] == '\n' {
		return blankLine
	}
	switch c := p.src[i]; {
	case c == '-' || c == '*' || isDigit(c):
		if n := p.marker(i); n > 0 {
			return itemLine
		} else if n < 0 || c == '-' {
			return oddLine
		}
	case bytes.IndexByte([]byte(" #>|+=:"), c) >= 0, hasPrefix(p.src[i:], "```"):
		return oddLine
	}
	return wordLine
}

// marker returns how long the list marker at byte i of the source is, with the
// blank behind it: 0 where there is none, and -1 where that is not plain.
func (p *prose) marker(i int) int {
	end := i
	for end < len(p.src) && isDigit(p.src[end]) {
		end++
	}
	switch {
	case end-i > 9 || end == len(p.src):
		return -1
	case end == i && p.src[i] != '-' && p.src[i] != '*', end > i && p.src[end] != '.' && p.src[end] != ')':
		return 0
	case end+1 == len(p.src) || p.src[end+1] == '\n':
		return -1
	case p.src[end+1] != ' ':
		return 0
	}
	return end + 2 - i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// paragraph reads the paragraph that begins here.
func (p *prose) paragraph(doc ast.Node) bool {
	n := p.paragraphs.next()
	p.lines.Append(text.NewSegment(p.at, p.lineEnd()))
	lines := p.lines
	lines.SetSliced(lines.Len()-1, lines.Len())
	n.SetLines(&lines) // the first is where n stands; no more are asked for
	doc.AppendChild(doc, n)
	if !p.words(n, 0) {
		return false
	}
	// No list goes into a paragraph that does not begin with 1.
	return p.begins(p.at) != itemLine || !isDigit(p.src[p.at]) || p.src[p.at] == '1' && p.marker(p.at) == len("1. ")
}

// list reads a list whose items are one paragraph each.
func (p *prose) list(doc ast.Node) bool {
	sign := func(i int) byte { return p.src[i+p.marker(i)-2] }
	l := ast.NewList(sign(p.at))
	l.SetPos(p.at)
	for _, c := range p.src[p.at : p.at+p.marker(p.at)-2] {
		l.Start = l.Start*10 + int(c-'0')
	}
	doc.AppendChild(doc, l)
	for {
		n, width := p.items.next(), p.marker(p.at)
		l.AppendChild(l, n)
		p.at += width
		b := p.textBlocks.next()
		n.AppendChild(n, b)
		if p.begins(p.at) != wordLine || !p.words(b, width) {
			return false
		}
		next := p.at
		for next < len(p.src) && p.src[next] == '\n' {
			next++
		}
		if p.begins(next) != itemLine || sign(next) != l.Marker {
			break
		}
		l.IsTight = l.IsTight && next == p.at
		p.at = next
	}
	if !l.IsTight {
		p.loosen(l)
	}
	return p.begins(p.at) == blankLine
}

// loosen makes paragraphs of the items of a list with blank lines between them.
func (p *prose) loosen(l *ast.List) {
	for n := l.FirstChild(); n != nil; n = n.NextSibling() {
		b, par := n.FirstChild(), p.paragraphs.next()
		for b.HasChildren() {
			par.AppendChild(par, b.FirstChild())
		}
		n.ReplaceChild(n, b, par)
	}
}

// words reads the words of the block n, which begin here. Its other lines are indented by
// so many blanks.
func (p *prose) words(n ast.Node, indent int) bool {
	if p.src[p.at] == '[' && bytes.Contains(p.src[p.at:], []byte("]:")) {
		return false // it may define an address
	}
	p.first, p.open = p.at, append(p.open[:0], n)
	for more := true; more; {
		end := p.lineEnd()
		more = p.goesOn(end+1, indent)
		if !p.line(end, more) {
			return false
		}
		p.at = end + 1
		if more {
			p.at += indent
		}
	}
	return len(p.open) == 1
}

// goesOn reports whether the line at byte i of the source goes on with the words above it.
func (p *prose) goesOn(i, indent int) bool {
	for range indent {
		if i >= len(p.src) || p.src[i] != ' ' {
			return false
		}
		i++
	}
	return p.begins(i) == wordLine
}

// lineEnd returns where this line ends.
func (p *prose) lineEnd() int {
	if n := bytes.IndexByte(p.src[p.at:], '\n'); n >= 0 {
		return p.at + n
	}
	return len(p.src)
}

func hasPrefix(b []byte, s string) bool { return len(b) >= len(s) && string(b[:len(s)]) == s }
