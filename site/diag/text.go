package diag

import (
	"bufio"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// gutter is how many cells stand before the text of an excerpt: "   12 | ".
const gutter = 8

// paint is a set of ANSI sequences; plain has none.
type paint struct{ bold, dim, off, err, warn, note, gone, come string }

var (
	plain   = paint{}
	colours = paint{bold: "\x1b[1m", dim: "\x1b[2m", off: "\x1b[0m", err: "\x1b[1;31m",
		warn: "\x1b[1;33m", note: "\x1b[1;36m", gone: "\x1b[31m", come: "\x1b[32m"}
)

func (p paint) severity(name string) string {
	switch name {
	case Error.String():
		return p.err
	case Warning.String():
		return p.warn
	}
	return p.note
}

func printText(w *bufio.Writer, color bool, f Fact) {
	p := plain
	if color {
		p = colours
	}
	if where := location(f); where != "" {
		fmt.Fprintf(w, "%s%s:%s ", p.bold, where, p.off)
	}
	fmt.Fprintf(w, "%s%s:%s %s%s%s", p.severity(f.Severity), f.Severity, p.off, p.bold, inline(f.Message), p.off)
	if f.Rule != "" {
		fmt.Fprintf(w, " %s[%s]%s", p.dim, inline(f.Rule), p.off)
	}
	w.WriteByte('\n')
	tail(w, p, f)
}

// tail writes all that follows the message.
func tail(w *bufio.Writer, p paint, f Fact) {
	printExcerpt(w, p, f, p.severity(f.Severity))
	printLabelled(w, p, "why", f.Why)
	printLabelled(w, p, "fix", f.Hint)
	for _, g := range f.Related {
		text := inline(g.Message)
		if where := location(g); where != "" {
			text = where + ": " + text
		}
		fmt.Fprintf(w, "   %ssee:%s %s\n", p.bold, p.off, text)
		printExcerpt(w, p, g, p.note)
	}
}

func location(f Fact) string {
	if f.Line == 0 {
		return inline(f.File)
	}
	return fmt.Sprintf("%s:%d:%d", inline(f.File), f.Line, f.Column)
}

func printExcerpt(w *bufio.Writer, p paint, f Fact, caret string) {
	if f.Line == 0 {
		return
	}
	number := fmt.Sprintf("%5d", f.Line)
	fmt.Fprintf(w, "%s%s |%s %s\n", p.dim, number, p.off, f.Excerpt)
	blank := f.Caret[:strings.IndexByte(f.Caret, '^')]
	fmt.Fprintf(w, "%s%*s |%s %s%s%s%s\n", p.dim, len(number), "", p.off, blank, caret, f.Caret[len(blank):], p.off)
}

// printLabelled writes "   why: text"; further lines of text stand below its first.
func printLabelled(w *bufio.Writer, p paint, label, text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		switch {
		case text == "":
		case label != "":
			fmt.Fprintf(w, "   %s%s:%s %s\n", p.bold, label, p.off, inline(line))
		default:
			fmt.Fprintf(w, "        %s\n", inline(line))
		}
		label = ""
	}
}

// excerpt returns line n of s and the caret line that marks the bytes from
// start up to end in it. The line is cut around start to at most room cells.
func (s *lineIndex) excerpt(n, start, end, room int) (text, caret string) {
	from, to := s.line(n)
	start = runeStart(s.data[from:to], start-from) + from
	end = max(start, runeStart(s.data[from:to], end-from)+from)
	left, right := from, to
	_, cutLeft := s.behind(from, to, room)
	cutRight := cutLeft
	if cutLeft { // too long for the room: what stands before gets a third of it
		room -= 2 // the ellipses
		left, cutLeft = s.before(from, start, room/3)
		right, cutRight = s.behind(left, to, room)
	}
	var t, c strings.Builder
	if cutLeft {
		t.WriteString("…")
		c.WriteByte(' ')
	}
	for i := left; i < right; {
		shown, cells, size := cell(s.data[i:right])
		t.WriteString(shown)
		switch {
		case i >= start && i < end && (shown != "\t" || i+size >= end):
			if shown == "\t" {
				cells = 1
			}
			c.WriteString(strings.Repeat("^", cells))
		case i < start && shown != "\t":
			c.WriteString(strings.Repeat(" ", cells))
		case i < end && shown == "\t":
			c.WriteByte('\t') // as wide as the one above, whatever that is
		}
		i += size
	}
	if cutRight {
		t.WriteString("…")
	}
	if caret = c.String(); !strings.Contains(caret, "^") {
		caret += "^"
	}
	return t.String(), caret
}

// before returns where to begin a line so that at most room cells stand before at.
func (s *lineIndex) before(from, at, room int) (left int, cut bool) {
	for left = at; left > from; {
		_, size := utf8.DecodeLastRune(s.data[from:left])
		_, cells, _ := cell(s.data[left-size : left])
		if room -= cells; room < 0 {
			return left, true
		}
		left -= size
	}
	return left, false
}

// behind returns where to end a line so that at most room cells stand from at on.
func (s *lineIndex) behind(at, to, room int) (right int, cut bool) {
	for right = at; right < to; {
		_, cells, size := cell(s.data[right:to])
		if room -= cells; room < 0 {
			return right, true
		}
		right += size
	}
	return right, false
}

// cell returns how the first character of b is shown, how many cells of a
// terminal that takes (a tab counts as eight), and how many bytes it is.
func cell(b []byte) (shown string, cells, size int) {
	r, size := utf8.DecodeRune(b)
	switch {
	case r == '\t':
		return "\t", 8, size
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf(`\x%02x`, b[0]), 4, size
	case drives(r):
		shown = escape(r)
		return shown, len(shown), size
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return string(r), 0, size
	}
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		return string(r), 2, size
	}
	return string(r), 1, size
}

// inline returns s with nothing in it that a terminal would obey.
func inline(s string) string {
	if !strings.ContainsFunc(s, drives) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		shown, _, size := cell([]byte(s[i:min(len(s), i+utf8.UTFMax)]))
		if shown == "\t" {
			shown = " "
		}
		b.WriteString(shown)
		i += size
	}
	return b.String()
}

func escape(r rune) string {
	switch {
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// drives reports whether r drives a terminal, turns the direction of text, ends
// a line or is not seen: none of that belongs in a message. What joins letters
// (U+200C, U+200D) does.
func drives(r rune) bool {
	switch {
	case r == '\t':
		return false
	case unicode.IsControl(r), unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Co):
		return true
	case r == 0x200B, r == 0x2060, r == 0xFEFF, r == 0x00AD, r >= 0xE0000 && r < 0xE0080:
		return true
	}
	return false
}
