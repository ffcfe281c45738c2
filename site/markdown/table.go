package markdown

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// tableStart begins a table.
const tableStart = `<section class="table" tabindex="0">` + "\n<table>"

// table writes a table in a section of its own, which scrolls where the screen
// is narrow, and which the keyboard reaches. Without a name it is no landmark:
// a page may have many.
func (w *writer) table(n *east.Table) {
	w.raw(tableStart, "\n")
	inBody := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if row.Kind() == east.KindTableHeader {
			w.raw("<thead>\n")
			w.row(row, "th")
			w.raw("</thead>\n")
			continue
		}
		if !inBody {
			inBody = true
			w.raw("<tbody>\n")
		}
		w.row(row, "td")
	}
	if inBody {
		w.raw("</tbody>\n")
	}
	w.raw("</table>\n</section>\n")
}

func (w *writer) row(row ast.Node, tag string) {
	w.raw("<tr>\n")
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		w.raw("<", tag)
		if cell, ok := c.(*east.TableCell); ok {
			switch cell.Alignment {
			case east.AlignRight, east.AlignCenter: // what is aligned left is so anyway
				w.raw(` class="align-`, cell.Alignment.String(), `"`)
			}
		}
		w.raw(">")
		w.words(c)
		w.raw("</", tag, ">\n")
	}
	w.raw("</tr>\n")
}
