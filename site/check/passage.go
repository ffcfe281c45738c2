// Package check says what an editor would say of a site: dates that go stale,
// claims without a source, abbreviations that nobody explains.
package check

// passage is the text of one block (paragraph, list item, cell) as a reader sees it.
type passage struct {
	text   string   // plain text; links' words are in it, code is not (a code span is one U+FFFC)
	source []int32  // of each byte of text: where it stands in the file; -1 where it stands nowhere (typographic changes keep the place of what they stand for)
	quoted []extent // of a quotation: a block quote's all, or words within quotation marks
	pinned []extent // the words of [words](date:…) and [words](as-of:…)
	linked []extent // the words of any link, pins among them
	cites  []int    // where in text a citation stands
}

// extent is a part of a text, in bytes: from start up to end.
type extent struct{ start, end int }
