package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"nutgraf/site/internal/arena"
)

// ordinary reads the Markdown that nearly all values are, and makes the nodes that goldmark would
// make, in memory that is used again, at a fraction of the time. It has one idea: what can be read
// line by line without a doubt is ordinary, and at the first doubt goldmark reads the whole value.
// Mistakes in markup are never ordinary: only goldmark's path reports them.
//
//	what is read here                          what is left to goldmark
//	paragraphs                                 headings, quotations, tables, code blocks, HTML, rules
//	lists of one level, of one paragraph each  lists in lists, tasks, blocks in items, + as a marker
//	*one* and **two**, beside a space or sign  ***three***, within*a*word, _these_, ~~these~~
//	`code` on one line                         code between more backticks, or with blanks at its ends
//	[words](address)                           titles, <addresses>, [labels] and their definitions
//	[@citations]                               footnotes, pictures, callouts
//	any other characters                       tabs, returns, \ and <, blanks before or behind a line
//
// FuzzOrdinary, TestOrdinaryLines and TestOrdinaryCorpora hold it to goldmark's path, in all that is
// rendered and reported. Decision 13 has what it saves.
type ordinary struct {
	s     *state
	src   []byte
	at    int        // what is read next
	first int        // where the words of this block begin
	begin int        // where the words of this line begin
	open  []ast.Node // the block whose words are read, and the markup open in it

	doc        ast.Document
	lines      text.Segments
	paragraphs arena.Arena[ast.Paragraph]
	items      arena.Arena[ast.ListItem]
	textBlocks arena.Arena[ast.TextBlock]
	texts      arena.Arena[ast.Text]
	emphases   arena.Arena[ast.Emphasis]
	links      arena.Arena[ast.Link]
	citations  arena.Arena[citation]
}

// release gives the nodes' memory back: none may be used any more.
func (o *ordinary) release() {
	o.s, o.src, o.doc = nil, nil, ast.Document{}
	clear(o.open[:cap(o.open)])
	o.lines.SetSliced(0, 0)
	o.paragraphs.Reset()
	o.items.Reset()
	o.textBlocks.Reset()
	o.texts.Reset()
	o.emphases.Reset()
	o.links.Reset()
	o.citations.Reset()
}

// maxOrdinary is the longest source that is ordinary, in bytes. Each may count for one
// delimiter, so that no limit but that of work is in reach.
const maxOrdinary = maxDelims

// read returns the document that the source of s is, or nil if it is not ordinary.
func (o *ordinary) read(s *state) ast.Node {
	if len(s.src) > maxOrdinary {
		return nil
	}
	o.s, o.src, o.at = s, s.src, 0
	for o.at < len(o.src) {
		if !o.block(&o.doc) || s.work > maxWork || len(s.diags) > 0 {
			s.work, s.diags = 0, nil
			return nil
		}
	}
	return &o.doc
}

// block reads the block or the blank line that begins here.
func (o *ordinary) block(doc ast.Node) bool {
	switch o.begins(o.at) {
	case blankLine:
		o.at++
		return true
	case wordLine:
		return o.paragraph(doc)
	case itemLine:
		return o.list(doc)
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
func (o *ordinary) begins(i int) int {
	if i >= len(o.src) || o.src[i] == '\n' {
		return blankLine
	}
	switch c := o.src[i]; {
	case c == '-' || c == '*' || isDigit(c):
		if n := o.marker(i); n > 0 {
			return itemLine
		} else if n < 0 || c == '-' {
			return oddLine
		}
	case bytes.IndexByte([]byte(" #>|+=:"), c) >= 0, hasPrefix(o.src[i:], "```"):
		return oddLine
	}
	return wordLine
}

// marker returns how long the list marker at byte i of the source is, with the
// blank behind it: 0 where there is none, and -1 where that is not plain.
func (o *ordinary) marker(i int) int {
	end := i
	for end < len(o.src) && isDigit(o.src[end]) {
		end++
	}
	switch {
	case end-i > 9 || end == len(o.src):
		return -1
	case end == i && o.src[i] != '-' && o.src[i] != '*', end > i && o.src[end] != '.' && o.src[end] != ')':
		return 0
	case end+1 == len(o.src) || o.src[end+1] == '\n':
		return -1
	case o.src[end+1] != ' ':
		return 0
	}
	return end + 2 - i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// paragraph reads the paragraph that begins here.
func (o *ordinary) paragraph(doc ast.Node) bool {
	n := o.paragraphs.One()
	o.lines.Append(text.NewSegment(o.at, o.lineEnd()))
	lines := o.lines
	lines.SetSliced(lines.Len()-1, lines.Len())
	n.SetLines(&lines) // the first is where n stands; no more are asked for
	doc.AppendChild(doc, n)
	if !o.words(n, 0) {
		return false
	}
	// No list goes into a paragraph that does not begin with 1.
	return o.begins(o.at) != itemLine || !isDigit(o.src[o.at]) || o.src[o.at] == '1' && o.marker(o.at) == len("1. ")
}

// list reads a list whose items are one paragraph each.
func (o *ordinary) list(doc ast.Node) bool {
	sign := func(i int) byte { return o.src[i+o.marker(i)-2] }
	l := ast.NewList(sign(o.at))
	l.SetPos(o.at)
	for _, c := range o.src[o.at : o.at+o.marker(o.at)-2] {
		l.Start = l.Start*10 + int(c-'0')
	}
	doc.AppendChild(doc, l)
	for {
		n, width := o.items.One(), o.marker(o.at)
		l.AppendChild(l, n)
		o.at += width
		b := o.textBlocks.One()
		n.AppendChild(n, b)
		if o.begins(o.at) != wordLine || !o.words(b, width) {
			return false
		}
		next := o.at
		for next < len(o.src) && o.src[next] == '\n' {
			next++
		}
		if o.begins(next) != itemLine || sign(next) != l.Marker {
			break
		}
		l.IsTight = l.IsTight && next == o.at
		o.at = next
	}
	if !l.IsTight {
		o.loosen(l)
	}
	return o.begins(o.at) == blankLine
}

// loosen makes paragraphs of the items of a list with blank lines between them.
func (o *ordinary) loosen(l *ast.List) {
	for n := l.FirstChild(); n != nil; n = n.NextSibling() {
		b, par := n.FirstChild(), o.paragraphs.One()
		for b.HasChildren() {
			par.AppendChild(par, b.FirstChild())
		}
		n.ReplaceChild(n, b, par)
	}
}

// words reads the words of the block n, which begin here. Its other lines are indented by
// so many blanks.
func (o *ordinary) words(n ast.Node, indent int) bool {
	if o.src[o.at] == '[' && bytes.Contains(o.src[o.at:], []byte("]:")) {
		return false // it may define an address
	}
	o.first, o.open = o.at, append(o.open[:0], n)
	for more := true; more; {
		end := o.lineEnd()
		more = o.goesOn(end+1, indent)
		if !o.line(end, more) {
			return false
		}
		o.at = end + 1
		if more {
			o.at += indent
		}
	}
	return len(o.open) == 1
}

// goesOn reports whether the line at byte i of the source goes on with the words above it.
func (o *ordinary) goesOn(i, indent int) bool {
	for range indent {
		if i >= len(o.src) || o.src[i] != ' ' {
			return false
		}
		i++
	}
	return o.begins(i) == wordLine
}

// lineEnd returns where this line ends.
func (o *ordinary) lineEnd() int {
	if n := bytes.IndexByte(o.src[o.at:], '\n'); n >= 0 {
		return o.at + n
	}
	return len(o.src)
}

func hasPrefix(b []byte, s string) bool { return len(b) >= len(s) && string(b[:len(s)]) == s }
