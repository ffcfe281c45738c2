package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"nutgraf/site/diag"
)

// What Markdown itself swallows, or changes, where few writers mean it.

// cells are the cells of a table's row, as they stand in it.
func cells(row []byte) [][]byte {
	row = bytes.TrimSpace(row)
	row = bytes.TrimPrefix(row, []byte("|"))
	var out [][]byte
	start := 0
	for i, c := range row {
		if c == '|' && (i == 0 || row[i-1] != '\\') {
			out, start = append(out, row[start:i]), i+1
		}
	}
	if start < len(row) {
		out = append(out, row[start:])
	}
	return out
}

// lostCells reports cells beyond the columns of a table, which is what the last
// n of these lines became: its head, its dashes and its rows.
func (s *state) lostCells(lines *text.Segments, n int) {
	if n < 2 {
		return
	}
	first := lines.Len() - n
	dashes := lines.At(first + 1)
	columns := len(cells(dashes.Value(s.src)))
	for i := first + 2; i < lines.Len(); i++ {
		line := lines.At(i)
		row := cells(line.Value(s.src))
		if len(row) <= columns {
			continue
		}
		lost := bytes.Join(row[columns:], []byte(" "))
		if len(bytes.TrimSpace(lost)) == 0 {
			continue
		}
		from := s.within(bytes.TrimLeft(row[columns], " \t"), line.Start)
		to := s.within(row[len(row)-1], line.Start) + len(bytes.TrimRight(row[len(row)-1], " \t"))
		s.report(diag.Warning, ForeignRule, from, to,
			fmt.Sprintf("“%s” is lost: this row has %d cells, and the table %d columns",
				clip(s.src[from:to]), len(row), columns),
			"Markdown leaves out what has no column",
			`add a column to the head and to the row of dashes; \| is a | within a cell`)
	}
}

// keepDefinitions notes the definitions of links that were found in a paragraph:
// they stand in parent behind a node, nil where at its beginning.
func (s *state) keepDefinitions(parent, before ast.Node) {
	n := parent.FirstChild()
	if before != nil {
		n = before.NextSibling()
	}
	for ; n != nil; n = n.NextSibling() {
		if d, ok := n.(*ast.LinkReferenceDefinition); ok {
			s.defined = append(s.defined, d)
		}
	}
}

// useDefinition notes that a link or a picture uses a definition.
func (s *state) useDefinition(n ast.Node) {
	var r *ast.ReferenceLink
	switch n := n.(type) {
	case *ast.Link:
		r = n.Reference
	case *ast.Image:
		r = n.Reference
	}
	if r == nil {
		return
	}
	if s.linked == nil {
		s.linked = map[string]bool{}
	}
	s.linked[util.ToLinkReference(r.Value)] = true
}

// unusedDefinitions reports definitions that nothing uses. [//]: # (words) is a
// comment, as many write it.
func (s *state) unusedDefinitions() {
	first := map[string]*ast.LinkReferenceDefinition{}
	for _, d := range s.defined {
		label := util.ToLinkReference(d.Label)
		above := first[label]
		if above == nil {
			first[label] = d
		}
		again := above != nil && !bytes.Equal(above.Destination, d.Destination)
		if len(d.Destination) == 0 || string(d.Destination) == "#" || s.linked[label] && !again {
			continue
		}
		from, to := d.Pos(), d.Lines().At(d.Lines().Len()-1).Stop
		name := clip(d.Label)
		what := fmt.Sprintf("“%s” is read as the address of links called “%s”, and there are "+
			"none, so readers don't get it", clip(s.src[from:to]), name)
		fix := fmt.Sprintf("write [words][%s] where the link belongs, or remove this line; \\[ "+
			"before “%s” makes it text", name, name)
		if again {
			what = fmt.Sprintf("“%s” has an address above already, so this one is left out", name)
			fix = "give one of the two another name, or remove it"
		}
		s.report(diag.Warning, ForeignRule, from, to, what,
			"Markdown shows no line that begins with [name]: and an address", fix)
	}
}

// singleTilde reports words that are struck out by one tilde on each side: other
// tools set them low, and in a range it stands for “to”.
func (w *writer) singleTilde(n *east.Strikethrough) {
	first, ok := n.FirstChild().(*ast.Text)
	last, okLast := n.LastChild().(*ast.Text)
	if !ok || !okLast {
		return
	}
	from, to := first.Segment.Start-1, last.Segment.Stop+1
	if from < 0 || to > len(w.src) || from > 0 && w.src[from-1] == '~' {
		return
	}
	words := clip(first.Segment.Value(w.src))
	w.report(diag.Warning, ForeignRule, from, to,
		fmt.Sprintf("“%s” is struck out: one ~ on each side does that, as two do",
			clip(w.src[from:to])),
		"other tools set such words low, or read the sign as “to”",
		fmt.Sprintf(`write <sub>%s</sub>, or \~ for the sign itself, or ~~%s~~ to strike it out`, words, words))
}
