package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// marks are the bytes in a line of prose that are not always just themselves
// to goldmark. Those that begin nothing here begin something there.
var marks = func() (t [256]uint8) {
	for c := range ' ' {
		t[c] = 1
	}
	for _, c := range "*[]`!\\<_~" {
		t[c] = 1
	}
	return t
}()

// line reads the words up to end, where a line ends. The block goes on below it, or not.
func (p *prose) line(end int, more bool) bool {
	if p.src[end-1] == ' ' {
		return false // a line break, or two blanks too many
	}
	p.begin = p.at
	for i := p.at; ; {
		if i += unmarked(p.src[i:end], &marks); i == end {
			break
		}
		p.s.work += i - p.first // goldmark may look at all nodes that stand before
		if p.src[i] == '!' && (i+1 == end || p.src[i+1] != '[') {
			i++
			continue
		}
		p.text(p.at, i)
		if i = p.markup(i, end); i == 0 {
			return false
		}
		p.at = i
	}
	if p.at < end || more {
		p.text(p.at, end).SetSoftLineBreak(more)
	}
	return true
}

// text appends the text between two bytes of the source.
func (p *prose) text(from, to int) *ast.Text {
	t := p.texts.next()
	t.Segment = text.NewSegment(from, to)
	p.append(t)
	return t
}

// append appends a node to the innermost that is open.
func (p *prose) append(n ast.Node) {
	parent := p.open[len(p.open)-1]
	parent.AppendChild(parent, n)
}

// markup reads the markup at byte i of the source, and returns where it ends: 0
// where goldmark must judge.
func (p *prose) markup(i, end int) int {
	switch p.src[i] {
	case '*':
		return p.emphasis(i, end)
	case '`':
		return p.codeSpan(i, end)
	case '[':
		if i+1 < end && p.src[i+1] == '@' {
			return p.citation(i, end)
		}
		return p.openLink(i, end)
	case ']':
		return p.closeLink(i, end)
	}
	return 0
}

// emphasis reads asterisks that can only open, or only close what is open.
func (p *prose) emphasis(i, end int) int {
	next := i
	for next < end && p.src[next] == '*' {
		next++
	}
	before, after := ' ', ' '
	if i > p.begin {
		before, _ = utf8.DecodeLastRune(p.src[:i])
	}
	if next < end {
		after, _ = utf8.DecodeRune(p.src[next:])
	}
	opens, closes := leans(after, before), leans(before, after)
	level := next - i
	if level > 2 || opens == closes {
		return 0
	}
	if opens {
		e := p.emphases.next()
		e.Level = level
		e.SetPos(i)
		p.append(e)
		p.open = append(p.open, e)
		return next
	}
	e, ok := p.open[len(p.open)-1].(*ast.Emphasis)
	if !ok || e.Level != level {
		return 0
	}
	p.open = p.open[:len(p.open)-1]
	return next
}

// leans reports whether asterisks that stand between two characters belong to
// the one or the other: CommonMark's left-flanking, and right-flanking.
func leans(to, from rune) bool {
	return !util.IsSpaceRune(to) && (!util.IsPunctRune(to) || util.IsSpaceRune(from) || util.IsPunctRune(from))
}

// codeSpan reads code between single backticks.
func (p *prose) codeSpan(i, end int) int {
	from := i + 1
	n := bytes.IndexByte(p.src[from:end], '`')
	to := from + n
	if n < 1 || to+1 < end && p.src[to+1] == '`' || p.src[from] == ' ' || p.src[to-1] == ' ' {
		return 0
	}
	c := ast.NewCodeSpan()
	p.append(c)
	p.open = append(p.open, c)
	p.text(from, to).SetRaw(true)
	p.open = p.open[:len(p.open)-1]
	return to + 1
}

// citation reads [@id, locator; @id].
func (p *prose) citation(i, end int) int {
	to := i + 1 + bytes.IndexByte(p.src[i:end], ']')
	if to == i || to-i > maxCitation || bytes.IndexByte(p.src[i+1:to], '[') >= 0 {
		return 0
	}
	if rest := p.src[to:end]; hasPrefix(rest, "(") || hasPrefix(rest, "[") && !hasPrefix(rest, "[@") {
		return 0
	}
	b := bracketed{text: p.src[i:to], pos: p.s.bracket.pos[:0]}
	for j := i; j < to; j++ {
		b.pos = append(b.pos, j)
	}
	p.s.bracket.pos = b.pos
	n := p.citations.next()
	if p.s.readCitation(b, n) != "" {
		return 0
	}
	n.end = to
	n.SetPos(i)
	p.append(n)
	return to
}

// openLink reads the bracket that opens the words of a link.
func (p *prose) openLink(i, end int) int {
	label := p.src[i+1 : end]
	if len(label) == 0 || label[0] == '^' || label[0] == '!' || hasPrefix(label, " ]") || hasPrefix(label, "x]") || hasPrefix(label, "X]") {
		return 0 // it may be of a note, a callout or a task
	}
	for _, n := range p.open {
		if n.Kind() == ast.KindLink {
			return 0
		}
	}
	n := p.links.next()
	n.SetPos(i)
	p.append(n)
	p.open = append(p.open, n)
	return i + 1
}

// closeLink reads the bracket that closes the words of a link, and its address.
func (p *prose) closeLink(i, end int) int {
	n, ok := p.open[len(p.open)-1].(*ast.Link)
	if !ok || i+1 == end || p.src[i+1] != '(' {
		return 0
	}
	from := i + 2
	to := from
	for to < end && p.src[to] > ' ' && p.src[to] != '(' && p.src[to] != ')' && p.src[to] != '<' && p.src[to] != '\\' {
		to++
	}
	if to == from || to == end || p.src[to] != ')' {
		return 0
	}
	n.Destination = p.src[from:to]
	p.open = p.open[:len(p.open)-1]
	return to + 1
}
