package diag

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// PrintFix writes what a diagnostic says, and the lines that its fix changes in the bytes of the
// file, before and after. edits are those of the fix, located. The error is the writer's.
func (p *Printer) PrintFix(w io.Writer, d *Diagnostic, data []byte, edits []Edit) error {
	b := bufio.NewWriter(w)
	c := plain
	if p.Color {
		c = colours
	}
	src := newLineIndex(data)
	first := src.position(int(edits[0].At.Start)).Line
	fmt.Fprintf(b, "%s%s:%d:%s %s %s[%s]%s\n", c.bold, inline(edits[0].At.File), first, c.off,
		inline(d.Message), c.dim, inline(d.Rule), c.off)
	printLabelled(b, c, "why", d.Why)
	printLabelled(b, c, "fix", d.Hint)
	r := resolver{printer: p}
	for len(edits) > 0 {
		n := 1
		for n < len(edits) && src.position(int(edits[n].At.Start)).Line <=
			src.position(int(edits[n-1].At.End)).Line {
			n++
		}
		r.printDifference(b, c, src, edits[:n])
		edits = edits[n:]
	}
	return b.Flush()
}

// printDifference writes the lines that edits change, which stand on lines one behind the other.
func (r *resolver) printDifference(w *bufio.Writer, c paint, src *lineIndex, edits []Edit) {
	line := src.position(int(edits[0].At.Start)).Line
	start := src.starts[line-1]
	_, end := src.line(src.position(int(edits[len(edits)-1].At.End)).Line)
	moved := make([]Edit, len(edits))
	for i, e := range edits {
		e.At.Start, e.At.End = e.At.Start-int32(start), e.At.End-int32(start)
		moved[i] = e
	}
	end = max(end, int(edits[len(edits)-1].At.End))
	before := bytes.Split(src.data[start:end], newline)
	after := bytes.Split(Apply(src.data[start:end], moved), newline)
	for len(before) > 0 && len(after) > 0 && bytes.Equal(before[0], after[0]) {
		before, after, line = before[1:], after[1:], line+1
	}
	for n, m := len(before)-1, len(after)-1; n >= 0 && m >= 0 && bytes.Equal(before[n], after[m]); n, m = n-1, m-1 {
		before, after = before[:n], after[:m]
	}
	for i, text := range before {
		r.printChanged(w, line+i, "-", c.gone, c.off, text, other(after, i))
	}
	for i, text := range after {
		r.printChanged(w, line+i, "+", c.come, c.off, text, other(before, i))
	}
}

// other is the i-th line, or nothing.
func other(lines [][]byte, i int) []byte {
	if i < len(lines) {
		return lines[i]
	}
	return nil
}

// printChanged writes a line, cut around where it begins to differ from the other one.
func (r *resolver) printChanged(w *bufio.Writer, n int, sign, paint, off string, text, other []byte) {
	from := 0
	for from < len(text) && from < len(other) && text[from] == other[from] {
		from++
	}
	shown, _ := newLineIndex(text).excerpt(1, from, from, r.width())
	fmt.Fprintf(w, "%s%5d %s %s%s\n", paint, n, sign, shown, off)
}
