// Package prose reads texts as an editor would: which words go stale, which
// sentences want a source, which abbreviations nobody explains. It knows
// languages by what site/lang says of them, and nothing of sites and documents.
package prose

import "nutgraf/site/diag"

// Passage is the text of one block (paragraph, list item, cell) as a reader sees it.
type Passage struct {
	Text string // plain text; links' words are in it, code is not (a code span is one U+FFFC)
	// Source says of each byte of Text where it stands in the file, -1 where it stands nowhere;
	// typographic changes have the place of what they stand for.
	Source   []int32
	Quoted   []Extent // of a quotation: a block quote's all
	Pinned   []Extent // the words of [words](date:…) and [words](as-of:…)
	Linked   []Extent // the words of any link, pins among them
	Cites    []int    // where in Text a citation stands
	InQuotes []Extent // quotations: Quoted, and what stands in quotation marks
	Foreign  []Extent // words of another language
	HTML     Extent   // of the Fragment that it is read from
	Row      Extent   // the row of a table in the HTML that it is a cell of
	Raw      bool     // it stands in a block of HTML, where no Markdown is read
}

// Extent is a part of a text, in bytes: from Start up to End.
type Extent struct{ Start, End int }

// Span is where the words from byte start up to end of the passage stand in the
// file, the zero Span where that is unknown.
func (p *Passage) Span(start, end int) diag.Span {
	for start < end && p.Source[start] == placeless {
		start++
	}
	for end > start && p.Source[end-1] == placeless {
		end--
	}
	if start == end {
		return diag.Span{}
	}
	return diag.Span{Start: p.Source[start], End: max(p.Source[start], p.Source[end-1]) + 1}
}
