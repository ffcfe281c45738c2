package front

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"nutgraf/site/diag"
)

// maxMistakes is how many mistakes of one file are reported one by one; the rest is counted.
const maxMistakes = 100

// parser reads the YAML of one file.
type parser struct {
	file  string
	data  []byte
	shape *shape // of the whole file; nil where that is a list

	memory     *Memory // may be nil
	fenced     bool    // whether the YAML stands between --- lines
	start, end int     // the YAML in data
	text       []byte  // data[:end], clean
	lines      []int32 // where each line of the YAML begins; YAML's lines are counted from 1
	at         cursor
	turns      bool // a character in the YAML turns the direction of text
	nodes      *ordinary
	keys       []Text              // of the maps that are being read
	broken     map[int32]diag.Span // values that could not be read, by where their key ends
	last       struct {            // the scalar whose end was found last
		node *yaml.Node
		end  int
	}

	ds    []diag.Diagnostic
	more  int           // that are not shown
	worst diag.Severity // of those
}

// cursor is the place found last. Nodes are visited in their order, so that
// finding all of a long line's costs one walk over it.
type cursor struct{ line, column, offset int }

// place is s in the file: never behind its end, where a mistake may point that YAML sees there.
func (p *parser) place(s diag.Span) diag.Place {
	end := int32(len(p.data))
	return diag.Place{File: p.file, Span: diag.Span{Start: min(s.Start, end), End: min(s.End, end)}}
}

func (p *parser) add(d diag.Diagnostic) {
	if len(p.ds) >= maxMistakes {
		p.more++
		p.worst = max(p.worst, d.Severity)
		return
	}
	p.ds = append(p.ds, d)
}

func (p *parser) mistake(rule string, at diag.Span, message, why, hint string, fix ...diag.Edit) {
	p.add(diag.Diagnostic{Severity: diag.Error, Rule: rule, Message: message, Why: why, Hint: hint, Fix: fix,
		At: p.place(at)})
}

func (p *parser) warn(rule string, at diag.Span, message, why, hint string, fix ...diag.Edit) {
	p.add(diag.Diagnostic{Severity: diag.Warning, Rule: rule, Message: message, Why: why, Hint: hint, Fix: fix,
		At: p.place(at)})
}

// instead is the fix that writes a word in the place of a scalar's value.
func (p *parser) instead(t Text, word string) []diag.Edit {
	return diag.Replace(p.place(t.Span), t.Value, word)
}

// diagnostics returns all that was reported, sorted.
func (p *parser) diagnostics() []diag.Diagnostic {
	if p.more > 0 {
		p.ds = append(p.ds, diag.Diagnostic{Severity: p.worst, Rule: "too-many", At: p.place(diag.Span{}),
			Message: fmt.Sprintf("%d more mistakes in this file are not shown", p.more), Hint: "mend these first"})
	}
	return diag.Sort(p.ds)
}

// done gives memory back, when all nodes are read.
func (p *parser) done() {
	if p.memory != nil {
		p.memory.lines, p.memory.keys = p.lines, p.keys
	}
	if p.nodes != nil {
		p.nodes.release()
		p.nodes = nil
	}
}

// root parses the YAML and returns its one value, or nil where there is none.
func (p *parser) root() *yaml.Node {
	if size := p.end - p.start; size > maxYAML {
		p.tooLarge(fmt.Sprintf("%d bytes of YAML are more than a file may hold", size), maxYAML)
		return nil
	}
	if size := p.end - p.start; size > maxValues && separators(p.data[p.start:p.end]) > maxValues {
		p.tooLarge("this is more values than a file may hold", maxValues)
		return nil
	}
	p.text = p.clean()
	p.index()
	n := p.compose()
	if n == nil || len(n.Content) == 0 || isNull(n.Content[0]) {
		return nil
	}
	return n.Content[0]
}

// maxValues is the greatest number of commas, colons and line ends in YAML
// that is read: each may mean a value, which takes a hundred times its memory.
const maxValues = 250_000

func separators(text []byte) (n int) {
	for _, c := range []byte(",:\n") {
		n += bytes.Count(text, []byte{c})
	}
	return n
}

func (p *parser) tooLarge(message string, most int) {
	p.mistake("too-large", diag.Span{Start: int32(p.start), End: int32(min(p.start+1, p.end))}, message,
		fmt.Sprintf("at most %d are read", most), "move the text to the body, or the lists to files of their own")
}

// index finds the lines of the YAML, and ends it before a second document.
func (p *parser) index() {
	begun := false
	for r := p.start; r < p.end; {
		p.lines = append(p.lines, int32(r))
		if c := p.text[r]; begun && c != '-' && c != '.' { // it can't begin a document
			r = nextLine(p.text, r)
			continue
		}
		end, next := lineEnd(p.text, r)
		line := p.text[r:end]
		if !begun && len(line) > 0 && line[0] == '%' {
			p.mistake("yaml", diag.Span{Start: int32(r), End: int32(end)},
				"a line can't begin with %",
				"YAML keeps it for directives, which are not read here", "remove the line")
			p.blank(r, end)
		} else if marker := isMarker(line); marker && (begun || line[0] == '.' || p.fenced) {
			p.mistake("documents", diag.Span{Start: int32(r), End: int32(r + 3)}, "a second YAML document begins here",
				"a file holds one; what follows would be lost", "remove the line")
			p.end, p.text = r, p.text[:r]
			return
		} else if line = bytes.TrimSpace(line); marker || len(line) > 0 && line[0] != '#' {
			begun = true
		}
		r = next
	}
}

// blank takes what stands from start to end out of the YAML. Offsets stay.
func (p *parser) blank(start, end int) {
	p.text = bytes.Clone(p.text)
	for i := start; i < end; i++ {
		if c := p.text[i]; c != '\n' && c != '\r' {
			p.text[i] = ' '
		}
	}
	p.at = cursor{} // columns are characters, and may have moved
}

// isMarker reports whether a line begins or ends a YAML document.
func isMarker(line []byte) bool {
	return (bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("..."))) &&
		(len(line) == 3 || isBlank(line[3]))
}

// offset returns where in the file YAML's line and column are: its columns are
// characters, from 1.
func (p *parser) offset(line, column int) int {
	if line < 1 || len(p.lines) == 0 {
		return p.start
	}
	if line > len(p.lines) {
		return p.end
	}
	if c := &p.at; c.line != line || c.column > column {
		*c = cursor{line, 1, int(p.lines[line-1])}
	}
	c := &p.at
	for c.column < column && c.offset < p.end {
		size := 1
		if p.text[c.offset] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(p.text[c.offset:])
		}
		c.offset += size
		c.column++
	}
	return min(c.offset, p.end)
}

// lineOf returns the number of the line that holds off, from 1.
func (p *parser) lineOf(off int) int {
	n, found := slices.BinarySearch(p.lines, int32(off))
	if found {
		n++
	}
	return max(n, 1)
}

// span returns the place of a node, quotes and brackets included.
func (p *parser) span(n *yaml.Node) diag.Span {
	start := p.offset(n.Line, n.Column)
	return diag.Span{Start: int32(start), End: int32(max(start, p.nodeEnd(n)))}
}

// nodeEnd returns where a node ends: where its last child does, behind the bracket that follows.
func (p *parser) nodeEnd(n *yaml.Node) int {
	if len(n.Content) > 0 {
		end := p.nodeEnd(n.Content[len(n.Content)-1])
		if n.Style&yaml.FlowStyle != 0 {
			end = p.bracket(end)
		}
		return end
	}
	start := p.offset(n.Line, n.Column)
	switch {
	case n.Kind == yaml.AliasNode:
		return min(start+1+len(n.Value), p.end)
	case n.Kind == yaml.ScalarNode && (n.Anchor != "" || isTagged(n)):
		end, _ := lineEnd(p.text, start)
		return end
	case n.Kind == yaml.ScalarNode:
		return p.scalarEnd(n, start)
	case n.Style&yaml.FlowStyle != 0:
		return p.bracket(start + 1)
	}
	return start
}

func (p *parser) scalarEnd(n *yaml.Node, start int) int {
	if isNull(n) {
		return start
	}
	if n == p.last.node { // of which it is the end, too, of what it is the last of
		return p.last.end
	}
	end, known := p.nodes.endOf(n)
	if end += p.start; !known {
		end, _ = align(p.text, start, n.Value, len(n.Value))
	}
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 && end < len(p.text) {
		end++
	}
	p.last.node, p.last.end = n, end
	return end
}

// bracket returns the end of the next closing bracket, with only blanks, line
// ends, commas and comments before it.
func (p *parser) bracket(off int) int {
	for off < p.end {
		switch p.text[off] {
		case ']', '}':
			return off + 1
		case '#':
			off, _ = lineEnd(p.text, off)
			continue
		case ' ', '\t', '\r', '\n', ',', ':':
		default:
			return off
		}
		off++
	}
	return p.end
}

// isNull reports whether nothing at all stands where a value might.
func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&^yaml.TaggedStyle == 0 && n.Value == ""
}

func isTagged(n *yaml.Node) bool { return n.Style&yaml.TaggedStyle != 0 || n.Tag == "!" }
