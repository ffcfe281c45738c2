package markdown

import (
	"cmp"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// tableStart begins a table, which stands in an element of its own and scrolls where the
// screen is narrow.
func (w *writer) tableStart(caption string) {
	w.raw(`<section class="table"`)
	w.scrolls("table", caption)
	w.raw(">\n<table>")
}

const tableEnd = "</table>\n</section>"

// scrolls writes the attributes of what scrolls by itself: the keyboard reaches it, and
// it has a name. It is a group and no landmark: a page may have many. A table stands in a
// <section>, which the keyboard may reach as it may a <pre>.
func (w *writer) scrolls(what, caption string) {
	w.raw(` tabindex="0" role="group" aria-label="`)
	w.hole(Hole{Kind: Name, Target: what, Text: cmp.Or(caption, w.under)})
	w.raw(`"`)
}

func (w *writer) table(n *east.Table) {
	w.tableStart("")
	w.raw("\n")
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
	w.raw(tableEnd, "\n")
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
