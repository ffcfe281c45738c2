package diag

// Edit is a change of a file: Text stands in the place of the bytes of At. Where At is empty, it
// is put in there, even at the beginning of the file; where Text is empty, the bytes go.
type Edit struct {
	At   Place
	Text string
}

// Write is a fix of one edit: text in the place of what stands at a place.
func Write(at Place, text string) []Edit { return []Edit{{at, text}} }

// edit is an edit with its place in lines and columns.
func (r *resolver) edit(e Edit) EditFact {
	f := EditFact{File: e.At.File, Text: e.Text}
	if src := r.file(e.At.File); src != nil {
		from, to := src.position(int(e.At.Start)), src.position(int(e.At.End))
		f.Line, f.Column, f.EndLine, f.EndColumn = from.Line, from.Column, to.Line, to.Column
	}
	return f
}

// EditFact is an Edit as it is printed. Line and Column are where it begins, EndLine and EndColumn
// the place right behind it, all from 1, columns in code points; 0 where the file can't be read.
type EditFact struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Text      string `json:"text"`
}
