package front

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Offset maps byte i of t.Value to its offset in data, the bytes of the file
// that t was read from. It is exact but where a line end stands for a blank, or
// an escape for a character: there it is the beginning of what stands for it.
// It costs one walk over the scalar, and is always within t.Span.
func (t Text) Offset(data []byte, i int) int {
	end := min(max(int(t.End), 0), len(data))
	start := min(max(int(t.Start), 0), end)
	off, _ := align(data[:end], start, t.Value, min(max(i, 0), len(t.Value)))
	return min(off, end)
}

// Offsets returns Offset as a function that remembers how far it came: for many
// bytes of one text, best in their order.
func (t Text) Offsets(data []byte) func(i int) int {
	var l literal
	return func(i int) int {
		if int(t.Start) >= len(data) || t.Start < 0 || data[t.Start] != '|' {
			return t.Offset(data, i)
		}
		i = min(max(i, 0), len(t.Value))
		end := min(int(t.End), len(data))
		if l.raw == nil || i < l.done {
			l = newLiteral(data[:end], int(t.Start), t.Value)
		}
		return min(l.offset(i), end)
	}
}

// align walks the scalar at raw[start:] and its value in step, up to byte i of
// the value, and returns where in raw that is. It reports false, and how far it
// came, when value is not what the scalar means.
func align(raw []byte, start int, value string, i int) (int, bool) {
	if start >= len(raw) {
		return len(raw), i == 0
	}
	switch c := raw[start]; c {
	case '|':
		return alignLiteral(raw, start, value, i)
	case '>':
		return alignFolded(raw, start, value, i)
	case '\'', '"':
		return alignFlow(raw, start+1, value, i, c)
	}
	return alignFlow(raw, start, value, i, 0)
}

// alignFlow aligns plain and quoted scalars: a run of blanks with a line end in
// it stands for one blank, with more line ends for one less.
func alignFlow(raw []byte, r int, value string, i int, quote byte) (int, bool) {
	if isVerbatim(raw[min(r, len(raw)):], value[:i], quote) {
		return r + i, true
	}
	for j := 0; j < i; {
		if r >= len(raw) {
			return len(raw), false
		}
		c := raw[r]
		switch {
		case isSpace(c):
			end, breaks := spaceRun(raw, r)
			long := end - r
			if breaks > 0 {
				long = max(breaks-1, 1)
			}
			if i-j < long {
				if breaks > 0 {
					return r, true
				}
				return r + i - j, true
			}
			r, j = end, j+long
		case quote == '\'' && c == '\'':
			r, j = r+2, j+1
		case quote == '"' && c == '\\':
			raws, values := escapeLen(raw[r:], value[j:])
			if j+values > i {
				return r, true
			}
			r, j = r+raws, j+values
		case c == value[j]:
			r, j = r+1, j+1
		default:
			return r, false
		}
	}
	return min(r, len(raw)), true
}

// isVerbatim reports whether raw begins with value, and nothing there stands for
// anything but itself. A blank at its end may be the first of a run with a line
// end in it, which stands for one blank as a whole.
func isVerbatim(raw []byte, value string, quote byte) bool {
	if quote == '"' {
		quote = '\\'
	}
	n := len(value)
	if n > len(raw) || string(raw[:n]) != value || n > 0 && n < len(raw) && isSpace(value[n-1]) && isSpace(raw[n]) {
		return false
	}
	return strings.IndexByte(value, '\n') < 0 && (quote == 0 || strings.IndexByte(value, quote) < 0)
}

// escapeLen returns how many bytes an escape takes in raw, and how many what
// it stands for takes in value.
func escapeLen(raw []byte, value string) (raws, values int) {
	if len(raw) < 2 {
		return len(raw), 0
	}
	_, values = utf8.DecodeRuneInString(value)
	switch raw[1] {
	case 'x':
		return min(4, len(raw)), values
	case 'u':
		return min(6, len(raw)), values
	case 'U':
		return min(10, len(raw)), values
	case '\r', '\n': // joins two lines; empty lines that follow are kept
		if end, breaks := spaceRun(raw, 1); breaks > 0 {
			return end, breaks - 1
		} // else a lone \r, which is refused and read as a blank
	}
	return 2, values
}

// spaceRun returns the end of the blanks and line ends at r, and how many line ends they hold.
func spaceRun(raw []byte, r int) (end, breaks int) {
	for end = r; end < len(raw) && isSpace(raw[end]); end++ {
		if raw[end] == '\n' {
			breaks++
		}
	}
	return end, breaks
}

func isSpace(c byte) bool { return isBlank(c) || c == '\n' || c == '\r' }
func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func alignLiteral(raw []byte, start int, value string, i int) (int, bool) {
	l := newLiteral(raw, start, value)
	return l.offset(i), true
}

// literal aligns a block scalar that keeps its lines: each line of value is a
// line of raw behind its indentation.
type literal struct {
	raw       []byte
	value     string
	indent    int
	done, r   int // where in value and in raw the line begins that was looked at last
	stop      int // where it ends in value, without its \n
	end, next int // where it ends in raw, and where the next one begins
}

func newLiteral(raw []byte, start int, value string) literal {
	r := nextLine(raw, start)
	l := literal{raw: raw, value: value, indent: blockIndent(raw[r:], value)}
	l.line(0, r)
	return l
}

// line goes to the line that begins at these places.
func (l *literal) line(done, r int) {
	l.done, l.r, l.stop = done, r, len(l.value)
	if n := strings.IndexByte(l.value[done:], '\n'); n >= 0 {
		l.stop = done + n
	}
	l.end, l.next = lineEnd(l.raw, r)
}

// offset returns where byte i of the value stands; i is never less than before.
func (l *literal) offset(i int) int {
	for i > l.stop {
		l.line(l.stop+1, l.next)
	}
	switch {
	case l.done == len(l.value):
		return l.r
	case i == l.stop && i < len(l.value):
		return max(l.next-1, l.end) // the line end itself, not the \r before it; the file may end without one
	}
	return min(l.r+l.indent+i-l.done, l.end)
}

// alignFolded aligns a block scalar whose line ends stand for blanks: one for
// one blank, more for one less, those around indented lines for themselves.
func alignFolded(raw []byte, start int, value string, i int) (int, bool) {
	r := nextLine(raw, start)
	indent := blockIndent(raw[r:], value)
	for j := 0; r < len(raw); {
		end, next := lineEnd(raw, r)
		at := min(r+indent, end)
		n := end - at
		if i-j < n {
			return at + i - j, true
		}
		j += n
		if j == i && n > 0 {
			return end, true
		}
		if j == len(value) || j == i && value[i] == '\n' {
			return r, true
		}
		if c := value[j]; c == '\n' || c == ' ' && n > 0 {
			if j++; j == len(value) {
				return next, true
			}
		}
		r = next
	}
	return len(raw), true
}

// nextLine returns where the line behind that of r begins.
func nextLine(raw []byte, r int) int {
	if n := bytes.IndexByte(raw[r:], '\n'); n >= 0 {
		return r + n + 1
	}
	return len(raw)
}

// lineEnd returns where the line at r ends, and where the next one begins.
func lineEnd(raw []byte, r int) (end, next int) {
	next = nextLine(raw, r)
	end = next
	if end > r && raw[end-1] == '\n' {
		end--
	}
	if end > r && raw[end-1] == '\r' {
		end--
	}
	return end, next
}

// blockIndent returns how many bytes of indentation the lines of a block
// scalar have that are no part of its value: those that the first line with
// anything in it has more than the value's. The empty ones before it stand for
// themselves.
func blockIndent(raw []byte, value string) int {
	empty := leading(value, "\n")
	r := 0
	for range empty {
		r = nextLine(raw, r)
	}
	spaces := 0
	for r+spaces < len(raw) && raw[r+spaces] == ' ' {
		spaces++
	}
	return max(spaces-leading(value[empty:], " "), 0)
}

// leading returns how many bytes at the beginning of s are in set.
func leading(s, set string) int { return len(s) - len(strings.TrimLeft(s, set)) }
