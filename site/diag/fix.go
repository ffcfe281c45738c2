package diag

import "bytes"

// Edit is a change of a file: Text stands in the place of Old within the bytes of At, or of all
// of them where Old is empty. Where At is empty, Text is put in there, even at the beginning of
// the file; where Text is empty, the bytes go.
type Edit struct {
	At Place
	// Old is what is to go. It lets whoever knows a value, and not how its file quotes it, say
	// what changes: what does not stand in At exactly once, as it is, is never changed.
	Old  string
	Text string
}

// Write is a fix of one edit: text in the place of all that stands at a place.
func Write(at Place, text string) []Edit { return []Edit{{At: at, Text: text}} }

// Replace is a fix of one edit: text in the place of the word old at a place.
func Replace(at Place, old, text string) []Edit {
	if old == "" || old == text {
		return nil
	}
	return []Edit{{at, old, text}}
}

// ReplaceByNearest is Replace by the known word that is nearer to old than all others, nil where
// there is none.
func ReplaceByNearest(at Place, old string, known []string) []Edit {
	if near, alone := nearest(old, known); alone {
		return Replace(at, old, near)
	}
	return nil
}

// In returns the bytes of a file that the edit puts Text in the place of, and whether it can be
// made there.
func (e *Edit) In(data []byte) (at Span, ok bool) {
	at = e.At.Span
	if at.Start < 0 || at.End < at.Start || int(at.End) > len(data) {
		return Span{}, false
	}
	if e.Old == "" {
		return at, true
	}
	within, old := data[at.Start:at.End], []byte(e.Old)
	i := bytes.Index(within, old)
	if i < 0 || i != bytes.LastIndex(within, old) {
		return Span{}, false
	}
	start := at.Start + int32(i)
	return Span{start, start + int32(len(old))}, true
}

// EditFact is an Edit as it is printed. Line and Column are where it begins, EndLine and EndColumn
// the place right behind it, all from 1, columns in code points.
type EditFact struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Text      string `json:"text"`
}

// fix are the edits of a diagnostic as they are printed, nil where one can't be made.
func (r *resolver) fix(d *Diagnostic) (facts []EditFact) {
	for i := range d.Fix {
		e := &d.Fix[i]
		src := r.file(e.At.File)
		if src == nil {
			return nil
		}
		at, ok := e.In(src.data)
		if !ok {
			return nil
		}
		from, to := src.position(int(at.Start)), src.position(int(at.End))
		facts = append(facts, EditFact{e.At.File, from.Line, from.Column, to.Line, to.Column, e.Text})
	}
	return facts
}
