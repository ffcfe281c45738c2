package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// marks are the bytes in a line that are not always just themselves to goldmark. Those that begin
// nothing here begin something there.
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
func (o *ordinary) line(end int, more bool) bool {
	if o.src[end-1] == ' ' {
		return false // a line break, or two blanks too many
	}
	o.begin = o.at
	for i := o.at; ; {
		if i += unmarked(o.src[i:end], &marks); i == end {
			break
		}
		o.s.work += i - o.first // goldmark may look at all nodes that stand before
		if o.src[i] == '!' && (i+1 == end || o.src[i+1] != '[') {
			i++
			continue
		}
		o.text(o.at, i)
		if i = o.markup(i, end); i == 0 {
			return false
		}
		o.at = i
	}
	if o.at < end || more {
		o.text(o.at, end).SetSoftLineBreak(more)
	}
	return true
}

// text appends the text between two bytes of the source.
func (o *ordinary) text(from, to int) *ast.Text {
	t := o.texts.One()
	t.Segment = text.NewSegment(from, to)
	o.append(t)
	return t
}

// append appends a node to the innermost that is open.
func (o *ordinary) append(n ast.Node) {
	parent := o.open[len(o.open)-1]
	parent.AppendChild(parent, n)
}

// markup reads the markup at byte i of the source, and returns where it ends: 0
// where goldmark must judge.
func (o *ordinary) markup(i, end int) int {
	switch o.src[i] {
	case '*':
		return o.emphasis(i, end)
	case '`':
		return o.codeSpan(i, end)
	case '[':
		if i+1 < end && o.src[i+1] == '@' {
			return o.citation(i, end)
		}
		return o.openLink(i, end)
	case ']':
		return o.closeLink(i, end)
	}
	return 0
}

// emphasis reads asterisks that can only open, or only close what is open.
func (o *ordinary) emphasis(i, end int) int {
	next := i
	for next < end && o.src[next] == '*' {
		next++
	}
	before, after := ' ', ' '
	if i > o.begin {
		before, _ = utf8.DecodeLastRune(o.src[:i])
	}
	if next < end {
		after, _ = utf8.DecodeRune(o.src[next:])
	}
	opens, closes := leans(after, before), leans(before, after)
	level := next - i
	if level > 2 || opens == closes {
		return 0
	}
	if opens {
		e := o.emphases.One()
		e.Level = level
		e.SetPos(i)
		o.append(e)
		o.open = append(o.open, e)
		return next
	}
	e, ok := o.open[len(o.open)-1].(*ast.Emphasis)
	if !ok || e.Level != level {
		return 0
	}
	o.open = o.open[:len(o.open)-1]
	return next
}

// leans reports whether asterisks that stand between two characters belong to
// the one or the other: CommonMark's left-flanking, and right-flanking.
func leans(to, from rune) bool {
	return !util.IsSpaceRune(to) && (!util.IsPunctRune(to) || util.IsSpaceRune(from) || util.IsPunctRune(from))
}

// codeSpan reads code between single backticks.
func (o *ordinary) codeSpan(i, end int) int {
	from := i + 1
	n := bytes.IndexByte(o.src[from:end], '`')
	to := from + n
	if n < 1 || to+1 < end && o.src[to+1] == '`' || o.src[from] == ' ' || o.src[to-1] == ' ' {
		return 0
	}
	c := ast.NewCodeSpan()
	o.append(c)
	o.open = append(o.open, c)
	o.text(from, to).SetRaw(true)
	o.open = o.open[:len(o.open)-1]
	return to + 1
}

// citation reads [@id, locator; @id].
func (o *ordinary) citation(i, end int) int {
	to := i + 1 + bytes.IndexByte(o.src[i:end], ']')
	if to == i || to-i > maxCitation || bytes.IndexByte(o.src[i+1:to], '[') >= 0 {
		return 0
	}
	if rest := o.src[to:end]; hasPrefix(rest, "(") || hasPrefix(rest, "[") && !hasPrefix(rest, "[@") {
		return 0
	}
	b := bracketed{text: o.src[i:to], pos: o.s.bracket.pos[:0]}
	for j := i; j < to; j++ {
		b.pos = append(b.pos, j)
	}
	o.s.bracket.pos = b.pos
	n := o.citations.One()
	if o.s.readCitation(b, n) != "" {
		return 0
	}
	n.end = to
	n.SetPos(i)
	o.append(n)
	return to
}

// openLink reads the bracket that opens the words of a link.
func (o *ordinary) openLink(i, end int) int {
	label := o.src[i+1 : end]
	if len(label) == 0 || label[0] == '^' || label[0] == '!' || hasPrefix(label, " ]") ||
		hasPrefix(label, "x]") || hasPrefix(label, "X]") {
		return 0 // it may be of a note, a callout or a task
	}
	for _, n := range o.open {
		if n.Kind() == ast.KindLink {
			return 0
		}
	}
	n := o.links.One()
	n.SetPos(i)
	o.append(n)
	o.open = append(o.open, n)
	return i + 1
}

// closeLink reads the bracket that closes the words of a link, and its address.
func (o *ordinary) closeLink(i, end int) int {
	n, ok := o.open[len(o.open)-1].(*ast.Link)
	if !ok || i+1 == end || o.src[i+1] != '(' {
		return 0
	}
	from := i + 2
	to := from
	for to < end && o.src[to] > ' ' && o.src[to] != '(' && o.src[to] != ')' && o.src[to] != '<' && o.src[to] != '\\' {
		to++
	}
	if to == from || to == end || o.src[to] != ')' {
		return 0
	}
	n.Destination = o.src[from:to]
	o.open = o.open[:len(o.open)-1]
	return to + 1
}
