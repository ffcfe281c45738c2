package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// table reads a table whose rows have a bar at either end, blanks around each cell,
// and as many cells as the head.
func (p *prose) table(doc ast.Node) bool {
	t, head := east.NewTable(), &east.TableHeader{}
	t.SetPos(p.at)
	head.SetPos(p.at)
	doc.AppendChild(doc, t)
	t.AppendChild(t, head)
	if t.Alignments = p.alignments(p.lineEnd() + 1); t.Alignments == nil || !p.row(head, t.Alignments) {
		return false
	}
	for p.at = p.lineEnd() + 1; p.follows("|"); {
		row := east.NewTableRow(t.Alignments)
		row.SetPos(p.at)
		t.AppendChild(t, row)
		if !p.row(row, t.Alignments) {
			return false
		}
	}
	return p.begins(p.at) == blankLine
}

// alignments reads the line of dashes at byte i of the source.
func (p *prose) alignments(i int) (columns []east.Alignment) {
	line, _, _ := bytes.Cut(p.src[min(i, len(p.src)):], []byte("\n"))
	if len(line) < 2 || line[0] != '|' || line[len(line)-1] != '|' {
		return nil
	}
	for cell := range strings.SplitSeq(string(line[1:len(line)-1]), "|") {
		dashes, left := strings.CutPrefix(strings.Trim(cell, " "), ":")
		dashes, right := strings.CutSuffix(dashes, ":")
		if strings.Trim(dashes, "-") != "" || dashes == "" {
			return nil
		}
		switch {
		case left && right:
			columns = append(columns, east.AlignCenter)
		case left:
			columns = append(columns, east.AlignLeft)
		case right:
			columns = append(columns, east.AlignRight)
		default:
			columns = append(columns, east.AlignNone)
		}
	}
	return columns
}

// row reads the cells of the line that begins here.
func (p *prose) row(row ast.Node, columns []east.Alignment) bool {
	end := p.lineEnd()
	for _, alignment := range columns {
		from := p.at + len("|")
		to := from + bytes.IndexByte(p.src[from:end], '|')
		if to <= from || p.src[from] != ' ' || p.src[to-1] != ' ' {
			return false
		}
		words := bytes.Trim(p.src[from:to], " ")
		if len(words) == 0 {
			return false
		}
		cell := p.cells.One()
		cell.Alignment = alignment
		cell.SetPos(from)
		row.AppendChild(row, cell)
		p.at = cap(p.src) - cap(words)
		p.first, p.open = p.at, append(p.open[:0], cell)
		if !p.line(p.at+len(words), false) || len(p.open) != 1 {
			return false
		}
		p.at = to
	}
	whole := p.at+len("|") == end
	p.at = end + 1
	return whole
}

// fence begins and ends a block of code.
const fence = "```"

// code reads a block of code between fences, of which the first may name its language.
func (p *prose) code(doc ast.Node) bool {
	from, end := p.at+len(fence), p.lineEnd()
	var language *ast.Text
	if from < end {
		language = ast.NewTextSegment(text.NewSegment(from, end))
	}
	for _, c := range p.src[from:end] {
		if !asciiWord(c) {
			return false
		}
	}
	n := ast.NewFencedCodeBlock(language)
	n.SetPos(p.at)
	doc.AppendChild(doc, n)
	for p.at = end + 1; p.at < len(p.src); p.at = end + 1 {
		end = p.lineEnd()
		line := p.src[p.at:end]
		if string(line) == fence {
			p.at = end + 1
			return true
		}
		if hasPrefix(bytes.TrimLeft(line, " \t"), fence) || bytes.IndexByte(line, '\r') >= 0 {
			return false
		}
		s := text.NewSegment(p.at, min(end+1, len(p.src)))
		s.ForceNewline = true
		n.Lines().Append(s)
	}
	return false
}
