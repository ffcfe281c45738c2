package diag

import (
	"bytes"
	"cmp"
	"slices"
)

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

// ReplaceByNearest is Replace by the known word that was surely meant by old, nil where that is
// not sure.
func ReplaceByNearest(at Place, old string, known []string) []Edit {
	if near, sure := surely(old, known); sure {
		return Replace(at, old, near)
	}
	return nil
}

// Located is the edit with what it changes as its place, and whether it can be made in the bytes
// of its file.
func (e Edit) Located(data []byte) (Edit, bool) {
	if e.At.Start < 0 || e.At.End < e.At.Start || int(e.At.End) > len(data) {
		return e, false
	}
	if e.Old == "" {
		return e, true
	}
	within, old := data[e.At.Start:e.At.End], []byte(e.Old)
	i := bytes.Index(within, old)
	if i < 0 || i != bytes.LastIndex(within, old) {
		return e, false
	}
	e.At.Start += int32(i)
	e.At.End, e.Old = e.At.Start+int32(len(old)), ""
	return e, true
}

// Located are the edits of a fix with what they change as their places, in order; nil where one of
// them can't be made in the bytes of the file, or two are in each other's way.
func Located(fix []Edit, data []byte) []Edit {
	out := make([]Edit, len(fix))
	for i, e := range fix {
		var ok bool
		if out[i], ok = e.Located(data); !ok {
			return nil
		}
	}
	slices.SortStableFunc(out, func(a, b Edit) int { return cmp.Compare(a.At.Start, b.At.Start) })
	for i := 1; i < len(out); i++ {
		if Overlap(out[:i], out[i:i+1]) {
			return nil
		}
	}
	return out
}

// Overlap reports whether two fixes of one file, whose edits are located, are in each other's way.
func Overlap(a, b []Edit) bool {
	for i := range a {
		for j := range b {
			x, y := a[i].At.Span, b[j].At.Span
			if x.Start == y.Start || x.Start < y.End && y.Start < x.End {
				return true
			}
		}
	}
	return false
}

// Apply makes located edits, none in another's way, in the bytes of a file.
func Apply(data []byte, edits []Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b Edit) int { return cmp.Compare(a.At.Start, b.At.Start) })
	var out []byte
	at := int32(0)
	for _, e := range edits {
		out = append(append(out, data[at:e.At.Start]...), e.Text...)
		at = e.At.End
	}
	return append(out, data[at:]...)
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

// fix are the edits of a diagnostic as they are printed, nil where they can't be made.
func (r *resolver) fix(d *Diagnostic) (facts []EditFact) {
	if len(d.Fix) == 0 {
		return nil
	}
	file := d.Fix[0].At.File
	src := r.file(file)
	if src == nil {
		return nil
	}
	for _, e := range Located(d.Fix, src.data) {
		from, to := src.position(int(e.At.Start)), src.position(int(e.At.End))
		facts = append(facts, EditFact{file, from.Line, from.Column, to.Line, to.Column, e.Text})
	}
	return facts
}
