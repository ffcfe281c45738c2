package check

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"nutgraf/site/prose"
)

// markupExtents returns where a file of Markdown has markup that leaves no room for a mark of
// ours, in order: brackets, which are those of a link or of another mark, and elements
// of HTML, in which Markdown may not be read. What is never closed goes on up to the end
// of its paragraph.
func markupExtents(file []byte) []prose.Extent {
	s := scanner{file: file, open: map[string]int{}}
	for i := 0; i < len(file); {
		i = s.next(i)
	}
	for len(s.elements) > 0 {
		s.leave()
	}
	s.endBrackets(len(file))
	slices.SortFunc(s.found, func(a, b prose.Extent) int { return cmp.Compare(a.Start, b.Start) })
	apart := s.found[:0]
	for _, e := range s.found {
		if n := len(apart); n > 0 && e.Start < apart[n-1].End {
			apart[n-1].End = max(apart[n-1].End, e.End)
			continue
		}
		apart = append(apart, e)
	}
	return apart
}

// scanner reads a file for its markup.
type scanner struct {
	file      []byte
	paragraph prose.Extent // the one that was looked at last
	brackets  []int        // where those stand that are open in it
	elements  []element    // whose end tag was not seen yet
	open      map[string]int
	found     []prose.Extent
	commented bool // no comment ends any more
}

// element is a start tag.
type element struct {
	name  string
	start int
}

// next reads what stands at byte i, and returns where to go on.
func (s *scanner) next(i int) int {
	if i >= s.paragraph.End {
		s.endBrackets(i)
		s.paragraph = prose.Extent{Start: i, End: paragraphEnd(s.file, i)}
	}
	rest := s.file[i:]
	switch {
	case rest[0] == '\\':
		return i + 2
	case rest[0] == '[':
		s.brackets = append(s.brackets, i)
	case rest[0] == ']' && len(s.brackets) > 0:
		last := len(s.brackets) - 1
		s.found = append(s.found, prose.Extent{Start: s.brackets[last], End: i + 1})
		s.brackets = s.brackets[:last]
	case rest[0] == '`', bytes.HasPrefix(rest, []byte("~~~")):
		return i + s.code(i)
	case !s.commented && bytes.HasPrefix(rest, []byte("<!--")):
		if n := bytes.Index(rest, []byte("-->")); n >= 0 {
			return i + n
		}
		s.commented = true
	case rest[0] == '<':
		return i + s.tag(i)
	}
	if n := bytes.IndexAny(s.file[i+1:max(i+1, s.paragraph.End)], "\\`~<[]"); n >= 0 {
		return i + 1 + n
	}
	return max(i+1, s.paragraph.End)
}

// endBrackets ends those that are open at the end of their paragraph.
func (s *scanner) endBrackets(end int) {
	if len(s.brackets) > 0 {
		s.found = append(s.found, prose.Extent{Start: s.brackets[0], End: min(end, s.paragraph.End)})
		s.brackets = s.brackets[:0]
	}
}

// code returns how long the code is that begins at byte i: a fence, or a span.
func (s *scanner) code(i int) int {
	rest := s.file[i:]
	ticks := len(rest) - len(bytes.TrimLeft(rest, string(rest[0])))
	switch {
	case ticks >= 3 && s.beginsLine(i):
		return fenceLen(rest, ticks)
	case rest[0] == '~':
		return ticks
	}
	return codeSpan(s.file[i:max(i+ticks, s.paragraph.End)], ticks)
}

// beginsLine reports that nothing but blanks stands before byte i in its line.
func (s *scanner) beginsLine(i int) bool {
	for i > 0 && (s.file[i-1] == ' ' || s.file[i-1] == '\t') {
		i--
	}
	return i == 0 || s.file[i-1] == '\n'
}

// fenceLen returns how long the code is whose fence src begins with; where no other one
// closes it, all that follows is code.
func fenceLen(src []byte, size int) int {
	at := size
	for line := range bytes.Lines(src[size:]) {
		at += len(line)
		if bytes.HasPrefix(bytes.TrimLeft(line, " \t"), src[:size]) {
			return at
		}
	}
	return len(src)
}

// codeSpan returns how long the span is that src begins with, of so many backticks; where
// it is none, how long these are.
func codeSpan(src []byte, ticks int) int {
	for i := ticks; i < len(src); {
		n := bytes.IndexByte(src[i:], '`')
		if n < 0 {
			break
		}
		i += n
		if n = len(src[i:]) - len(bytes.TrimLeft(src[i:], "`")); n == ticks {
			return i + n
		}
		i += n
	}
	return ticks
}

// paragraphEnd returns where the paragraph at byte i ends.
func paragraphEnd(file []byte, i int) int {
	for i < len(file) {
		n := bytes.IndexByte(file[i:], '\n')
		if n < 0 {
			break
		}
		if blank := len(bytes.TrimSpace(file[i:i+n])) == 0; blank {
			return i + n + 1
		}
		i += n + 1
	}
	return len(file)
}

// tag reads the tag at byte i, if there is one, and returns how many bytes to pass over.
func (s *scanner) tag(i int) int {
	rest := s.file[i+1 : max(i+1, s.paragraph.End)]
	name, closes := bytes.CutPrefix(rest, []byte("/"))
	n := nameLen(name)
	if n == 0 || n == len(name) || bytes.IndexByte([]byte(" \t\r\n/>"), name[n]) < 0 {
		return 1
	}
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		return 1
	}
	e := element{string(bytes.ToLower(name[:n])), i}
	switch {
	case closes:
		s.close(e.name, i+end+2)
	case rest[end-1] != '/' && !slices.Contains(voidElements, e.name):
		s.elements = append(s.elements, e)
		s.open[e.name]++
	}
	return end + 2
}

// nameLen returns how long the name of an element is that src begins with.
func nameLen(src []byte) int {
	for i, c := range src {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return i
		}
	}
	return len(src)
}

// voidElements have no end tag (HTML, 13.1.2).
var voidElements = strings.Fields("area base br col embed hr img input link meta source track wbr")

// close ends the innermost element of a name, if any is open.
func (s *scanner) close(name string, end int) {
	for s.open[name] > 0 {
		last := s.elements[len(s.elements)-1]
		s.leave()
		if last.name == name {
			s.found[len(s.found)-1].End = end
			return
		}
	}
}

// leave takes an element from those that are open, as one that is never closed.
func (s *scanner) leave() {
	last := len(s.elements) - 1
	e := s.elements[last]
	end := s.paragraph.End
	if e.start < s.paragraph.Start {
		end = paragraphEnd(s.file, e.start)
	}
	s.found = append(s.found, prose.Extent{Start: e.start, End: end})
	s.open[e.name]--
	s.elements = s.elements[:last]
}
