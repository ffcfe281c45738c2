package markdown

import (
	"bytes"
	"encoding/binary"
	"html"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// The words of a Fragment are read from its HTML, by the package that writes it. Where they stand
// is recorded for check alone (Places): to record it in each build costs 4 % of the processor's time
// and 8 % of the peak of memory.

// Bounding reports the elements whose edges end a text: no sentence and no
// word goes on beyond them.
func Bounding(tag []byte) bool {
	switch string(tag) {
	case "p", "li", "ul", "ol", "td", "th", "tr", "table", "thead", "tbody", "caption", "div",
		"blockquote", "pre", "hr",
		"h1", "h2", "h3", "h4", "h5", "h6", "aside", "figure", "figcaption", "section", "dt", "dd",
		"dl", "details", "summary":
		return true
	}
	return false
}

// breaking reports the elements whose edges separate words.
func breaking(tag []byte) bool { return string(tag) == "br" || Bounding(tag) }

// TagName is the name in the inside of a tag: "/p" and "p class" are p.
func TagName(tag []byte) []byte {
	tag = bytes.TrimPrefix(tag, []byte("/"))
	for i, c := range tag {
		if c == ' ' || c == '/' || c == '\t' || c == '\n' {
			return tag[:i]
		}
	}
	return tag
}

// aside returns the end tag of an element that is no part of the text it
// stands in: a footnote's number, and the arrow back to it.
func aside(tag []byte) string {
	switch {
	case bytes.HasPrefix(tag, []byte(noteTag)):
		return "</sup>"
	case bytes.HasPrefix(tag, []byte("a ")) && bytes.Contains(tag, []byte(backRole)):
		return "</a>"
	}
	return ""
}

// raised returns what stands high or low behind a tag, as the signs that do so by
// themselves, and how much of src they take: without, 10<sup>6</sup> would be 106.
// Where there is no such sign, as in 19<sup>th</sup>, the size is 0.
func raised(tag, src []byte) (signs []byte, size int) {
	var to []rune
	switch string(tag) {
	case "sup":
		to = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
	case "sub":
		to = []rune("₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙᵢ")
	default:
		return nil, 0
	}
	size = max(bytes.IndexByte(src, '<'), 0)
	for _, r := range string(src[:size]) {
		i := slices.Index([]rune("0123456789+-−=()ni"), r)
		if i < 0 {
			return nil, 0
		}
		signs = utf8.AppendRune(signs, to[i])
	}
	return signs, size
}

// eachText calls f for each run of text in HTML that this package made, with
// whether a block's edge or a line break stands before it, and returns whether
// one stands at the end. In such HTML, < and > are the edges of tags and
// nothing else.
func eachText(src []byte, f func(text []byte, edge bool)) (edge bool) {
	for len(src) > 0 {
		open := bytes.IndexByte(src, '<')
		if open < 0 {
			open = len(src)
		}
		if open > 0 {
			f(src[:open], edge)
			edge = false
		}
		shut := bytes.IndexByte(src[open:], '>')
		if shut < 0 {
			break
		}
		tag := src[open+1 : open+shut]
		edge = edge || breaking(TagName(tag))
		src = src[open+shut+1:]
		if len(tag) == 0 || tag[0] != 's' && tag[0] != 'a' {
			continue // it raises nothing, and stands aside of nothing
		}
		if signs, size := raised(tag, src); size > 0 {
			f(signs, edge)
			edge, src = false, src[size:]
		} else if end := aside(tag); end != "" {
			if i := bytes.Index(src, []byte(end)); i >= 0 {
				src = src[i+len(end):]
			}
		}
	}
	return edge
}

// PlainText returns the text content of HTML that this package made: without
// tags and the numbers of footnotes, with references decoded and white space
// folded. A block's edge and a line break are a space. No-break spaces stay.
func PlainText(src []byte) string {
	return strings.Trim(plain(src), " ")
}

// plain is PlainText that keeps a space at either end.
func plain(src []byte) string {
	scratch := plains.Get().(*[]byte)
	defer plains.Put(scratch)
	*scratch = AppendPlainText((*scratch)[:0], src)
	return string(*scratch)
}

// AppendPlainText appends the text content of HTML that this package made to b,
// like PlainText, with a space at either end where a block's edge is there.
func AppendPlainText(b, src []byte) []byte {
	from := len(b)
	behind := byte(0) // 1 behind a space, else 0
	if eachText(src, func(text []byte, edge bool) {
		if edge && behind == 0 {
			b, behind = append(b, ' '), 1
		}
		b = slices.Grow(b, len(text))
		for len(text) > 0 {
			n := foldedAlready(text, behind)
			if n > 0 {
				b = append(b, text[:n]...)
				behind = spaces[text[n-1]]
			}
			rest := text[n:min(n+8, len(text))]
			text = text[n+len(rest):]
			// Without a branch at each letter: where words end can't be foretold.
			to, n := b[len(b):][:len(rest)], 0
			for _, c := range rest {
				space := spaces[c]
				to[n] = c ^ (c^' ')&-space
				n += int(1 - space&behind)
				behind = space
			}
			b = b[:len(b)+n]
		}
	}) && behind == 0 {
		b = append(b, ' ')
	}
	if bytes.IndexByte(b[from:], '&') >= 0 {
		b = append(b[:from], html.UnescapeString(string(b[from:]))...)
	}
	return b
}

// foldedAlready returns how many bytes of text, in eights, have single blanks for
// their only white space. behind is 1 where a space stands before them, else 0.
func foldedAlready(text []byte, behind byte) int {
	i := 0
	for last := uint64(behind) << 7; i+8 <= len(text); i += 8 {
		x := binary.LittleEndian.Uint64(text[i:])
		space := spacesIn(x)
		if space != blanksIn(x) || space&(space<<8|last) != 0 {
			break
		}
		last = space >> 56
	}
	return i
}

// plains are what texts are put together in.
var plains = sync.Pool{New: func() any { return new([]byte) }}

// htmlSpace reports the white space that browsers fold.
func htmlSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' && c != '\v' }

// WordCount counts the words of HTML that this package made: what stands
// between white space.
func WordCount(src []byte) int {
	n := 0
	behind := uint64(0x80) // that behind white space, else 0
	eachText(src, func(text []byte, edge bool) {
		if edge {
			behind = 0x80
		}
		for ; len(text) >= 8; text = text[8:] {
			space := spacesIn(binary.LittleEndian.Uint64(text))
			n += bits.OnesCount64((space<<8 | behind) &^ space)
			behind = space >> 56
		}
		for _, c := range text {
			space := uint64(spaces[c]) << 7
			n += int(behind &^ space >> 7)
			behind = space
		}
	})
	return n
}

// spacesIn has the high bit of each of the eight bytes of x that htmlSpace reports.
func spacesIn(x uint64) uint64 {
	low := x &^ highBits
	control := (low + (0x80-'\t')*lowBits) &^ (low + (0x7F-'\r')*lowBits)
	return blanksIn(x) | control&((low^'\v'*lowBits)+0x7F*lowBits)&^x&highBits
}

// blanksIn has the high bit of each of the eight bytes of x that is a blank.
func blanksIn(x uint64) uint64 {
	return ^((x&^highBits ^ ' '*lowBits) + 0x7F*lowBits) &^ x & highBits
}

// spaces is 1 where htmlSpace is true.
var spaces = func() (t [256]byte) {
	for c := range t {
		if htmlSpace(byte(c)) {
			t[c] = 1
		}
	}
	return t
}()

// FirstSentence returns the first sentence of a plain text.
func FirstSentence(text string) string {
	_, end := sentenceBounds(text, 0, 0)
	return text[:end]
}
