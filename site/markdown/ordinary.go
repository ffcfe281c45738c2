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
//	paragraphs                                 any other block: headings, lists, quotations, tables, …
//	*one* and **two**, beside a space or sign  ***three***, within*a*word, _these_, ~~these~~
//	`code` on one line                         code between more backticks, or with blanks at its ends
//	[words](address)                           titles, <addresses>, [labels] and their definitions
//	[@citations]                               footnotes, pictures, tasks
//	any other characters                       tabs, returns, \ and <, blanks before or behind a line
//
// FuzzOrdinary, TestOrdinaryLines and TestOrdinaryCorpora hold it to goldmark's path, in all that is
// rendered and reported. Decision 13 has what it saves.
type ordinary struct {
	s     *state
	src   []byte
	at    int        // what is read next
	first int        // where this paragraph begins
	begin int        // where this line begins
	open  []ast.Node // the paragraph, and the markup open in it

	doc        ast.Document
	lines      text.Segments
	paragraphs arena.Arena[ast.Paragraph]
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
		if o.src[o.at] == '\n' {
			o.at++
			continue
		}
		if !o.paragraph() || s.work > maxWork || len(s.diags) > 0 {
			s.work, s.diags = 0, nil
			return nil
		}
	}
	return &o.doc
}

// paragraph reads the paragraph that begins here.
func (o *ordinary) paragraph() bool {
	if o.src[o.at] == '[' && bytes.Contains(o.src[o.at:], []byte("]:")) {
		return false // it may define an address
	}
	n := o.paragraphs.One()
	o.lines.Append(text.NewSegment(o.at, o.lineEnd()))
	lines := o.lines
	lines.SetSliced(lines.Len()-1, lines.Len())
	n.SetLines(&lines) // the first is where n stands; no more are asked for
	o.doc.AppendChild(&o.doc, n)
	o.first, o.open = o.at, append(o.open[:0], n)
	for more := true; more; {
		end := o.lineEnd()
		more = end+1 < len(o.src) && o.src[end+1] != '\n'
		if !o.beginsWords() || !o.line(end, more) {
			return false
		}
		o.at = end + 1
	}
	return len(o.open) == 1
}

// beginsWords reports whether this line can begin nothing but words.
func (o *ordinary) beginsWords() bool {
	rest := o.src[o.at:]
	switch c := rest[0]; {
	case c == '*':
		return !endsMarker(rest[1:])
	case isDigit(c):
		rest = bytes.TrimLeft(rest, "0123456789")
		return !hasPrefix(rest, ".") && !hasPrefix(rest, ")") || !endsMarker(rest[1:])
	}
	return bytes.IndexByte([]byte(" #>|-+=:"), rest[0]) < 0 && !hasPrefix(rest, "```")
}

// endsMarker reports whether what stands before rest may mark an item of a list.
func endsMarker(rest []byte) bool { return len(rest) == 0 || rest[0] == ' ' || rest[0] == '\n' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// lineEnd returns where this line ends.
func (o *ordinary) lineEnd() int {
	if n := bytes.IndexByte(o.src[o.at:], '\n'); n >= 0 {
		return o.at + n
	}
	return len(o.src)
}

func hasPrefix(b []byte, s string) bool { return len(b) >= len(s) && string(b[:len(s)]) == s }
