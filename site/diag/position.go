package diag

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Position is a place in a file as an editor counts it: Line from 1, Column
// from 1 in Unicode code points. A byte order mark takes no column, and a byte
// that is not UTF-8 takes one.
type Position struct{ Line, Column int }

// PositionOf returns the position of the byte at off. An offset outside data
// is moved to its nearest end, one inside a character to the character.
func PositionOf(data []byte, off int) Position {
	off = min(max(off, 0), len(data))
	return Position{1 + bytes.Count(data[:off], newline), column(data, bytes.LastIndexByte(data[:off], '\n')+1, off)}
}

var (
	newline = []byte{'\n'}
	bom     = []byte("\uFEFF")
)

// column counts the code points of data[start:off], start being where the line begins.
func column(data []byte, start, off int) int {
	line := data[start:]
	line = line[:runeStart(line, off-start)]
	if start == 0 {
		line = bytes.TrimPrefix(line, bom)
	}
	return 1 + utf8.RuneCount(line)
}

// runeStart moves i to its nearest end of b, and to where the character it is inside of begins.
func runeStart(b []byte, i int) int {
	i = min(max(i, 0), len(b))
	for back := 1; back < utf8.UTFMax && i < len(b) && i-back >= 0; back++ {
		if _, size := utf8.DecodeRune(b[i-back:]); size > back {
			return i - back
		}
	}
	return i
}

// lineIndex is a file with the offsets at which its lines begin, so that many
// diagnostics of one file cost one reading of it.
type lineIndex struct {
	data   []byte
	starts []int
}

func newLineIndex(data []byte) *lineIndex {
	s := &lineIndex{data: data, starts: []int{0}}
	for i := 0; ; {
		n := bytes.IndexByte(data[i:], '\n')
		if n < 0 {
			return s
		}
		i += n + 1
		s.starts = append(s.starts, i)
	}
}

// position is PositionOf, by the table of lines.
func (s *lineIndex) position(off int) Position {
	off = min(max(off, 0), len(s.data))
	n, found := slices.BinarySearch(s.starts, off)
	if found {
		n++
	}
	return Position{n, column(s.data, s.starts[n-1], off)}
}

// line returns the bounds of a line, counted from 1, without its line end.
func (s *lineIndex) line(n int) (start, end int) {
	start, end = s.starts[n-1], len(s.data)
	if n < len(s.starts) {
		end = s.starts[n] - 1
	}
	if end > start && s.data[end-1] == '\r' {
		end--
	}
	if start == 0 && bytes.HasPrefix(s.data, bom) {
		start = len(bom)
	}
	return start, max(start, end)
}
