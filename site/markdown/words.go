package markdown

import (
	"bytes"
	"encoding/binary"
	"html"
	"math/bits"
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// passage is a text in the form in which terms are compared: in NFC, with
// references decoded, with one kind of apostrophe and of hyphen, and without
// the format characters that nobody sees.
type passage struct {
	text []byte
	base int // what offsets in the raw text count from

	shifts   []shift
	raw, buf []byte // kept to be used again
}

// shift says that text[at:] was raw[raw:] before, up to the next shift.
type shift struct{ at, raw int }

// readSpan reads a Span of HTML together with what its first and last words
// are joined to beyond markup: the f of <em>f</em>act.
func (p *passage) readSpan(src []byte, s Span) {
	raw, before, after := src[s.Start:s.End], runBefore(src[:s.Start]), runAfter(src[s.End:])
	if len(before)+len(after) > 0 {
		p.raw = append(append(append(p.raw[:0], before...), raw...), after...)
		raw = p.raw
	}
	p.base = int(s.Start) - len(before)
	p.read(raw, true)
}

// read reads raw, in which character references may stand.
func (p *passage) read(raw []byte, references bool) {
	p.text, p.shifts = raw, p.shifts[:0]
	wide := asciiRun(raw, false) < len(raw)
	references = references && bytes.IndexByte(raw, '&') >= 0
	if !wide && !references {
		return
	}
	// A mark may even combine with a reference.
	composed := !wide || !references && norm.NFC.IsNormal(raw)
	if composed && !references && !hasVariants(raw) {
		return
	}
	p.buf = slices.Grow(p.buf[:0], len(raw))
	for i := 0; i < len(raw); {
		n := asciiRun(raw[i:], references)
		if !composed && i+n < len(raw) && n > 0 {
			n-- // what follows may combine with it
		}
		p.buf = append(p.buf, raw[i:i+n]...)
		if i += n; i == len(raw) {
			break
		}
		begin, at := i, len(p.buf)
		i = p.readOne(raw, i, references, composed)
		if i-begin != len(p.buf)-at {
			p.shifts = append(p.shifts, shift{len(p.buf), i})
		}
	}
	p.text = p.buf
}

// asciiRun returns the length of the ASCII text that text begins with, up to
// the first reference where such may stand.
func asciiRun(text []byte, references bool) int {
	i := 0
	for !references && i+8 <= len(text) && binary.LittleEndian.Uint64(text[i:])&highBits == 0 {
		i += 8
	}
	for ; i < len(text); i++ {
		if c := text[i]; c >= utf8.RuneSelf || c == '&' && references {
			return i
		}
	}
	return len(text)
}

// readOne reads the character at raw[i:] with all that combines with it, and
// returns where it ends.
func (p *passage) readOne(raw []byte, i int, references, composed bool) int {
	r, n := utf8.DecodeRune(raw[i:])
	if references && r == '&' {
		r, n = refRune(raw[i:])
	}
	i += n
	if composed {
		p.add(r)
		return i
	}
	n = norm.NFC.FirstBoundary(raw[i:])
	if n < 0 {
		n = len(raw) - i
	}
	for _, r := range norm.NFC.String(string(r) + string(raw[i:i+n])) {
		p.add(r)
	}
	return i + n
}

// add adds r to the text.
func (p *passage) add(r rune) {
	switch {
	case r == '’' || r == 'ʼ':
		r = '\''
	case r == '‐' || r == '‑':
		r = '-'
	case invisible(r):
		return
	}
	p.buf = utf8.AppendRune(p.buf, r)
}

// varies reports what add changes, and what is no character.
func varies(r rune) bool {
	switch r {
	case '’', 'ʼ', '‐', '‑', utf8.RuneError:
		return true
	}
	return invisible(r)
}

// hasVariants reports whether any character of text varies. None does within ASCII.
func hasVariants(text []byte) bool {
	for i := asciiRun(text, false); i < len(text); i += asciiRun(text[i:], false) {
		r, n := utf8.DecodeRune(text[i:])
		if varies(r) {
			return true
		}
		i += n
	}
	return false
}

// refRune decodes the character reference that text begins with; one that
// is none is its first character.
func refRune(text []byte) (r rune, size int) {
	n := bytes.IndexByte(text[:min(len(text), 12)], ';') + 1
	switch string(text[:n]) {
	case "&amp;":
		return '&', n
	case "&lt;":
		return '<', n
	case "&gt;":
		return '>', n
	case "&quot;":
		return '"', n
	}
	s := html.UnescapeString(string(text[:n]))
	if r, size := utf8.DecodeRuneInString(s); n > 0 && size == len(s) {
		return r, n
	}
	return '&', 1
}

// place returns where in the HTML text[start:end] stands.
func (p *passage) place(start, end int) (int, int) {
	return p.base + p.rawAt(start), p.base + p.rawAt(end)
}

func (p *passage) rawAt(i int) int {
	n := sort.Search(len(p.shifts), func(k int) bool { return p.shifts[k].at > i })
	if n == 0 {
		return i
	}
	return p.shifts[n-1].raw + i - p.shifts[n-1].at
}

// maxJoined is how many bytes of a word are read beyond a Span.
const maxJoined = 24

// runBefore returns the text without space that src ends with, be it within
// or behind inline markup.
func runBefore(src []byte) []byte {
	for len(src) > 0 && src[len(src)-1] == '>' {
		open := bytes.LastIndexByte(src, '<')
		if open < 0 {
			return nil
		}
		if name := TagName(src[open+1 : len(src)-1]); breaking(name) || string(name) == "sup" {
			return nil
		}
		src = src[:open]
	}
	i := len(src)
	for i > 0 && len(src)-i < maxJoined && !htmlSpace(src[i-1]) && src[i-1] != '>' {
		i--
	}
	for i < len(src) && !utf8.RuneStart(src[i]) {
		i++
	}
	return src[i:]
}

// runAfter returns the text without space that src begins with, be it within
// or behind inline markup.
func runAfter(src []byte) []byte {
	for len(src) > 0 && src[0] == '<' {
		shut := bytes.IndexByte(src, '>')
		if shut < 0 || breaking(TagName(src[1:shut])) {
			return nil
		}
		if aside(src[1:shut]) != "" {
			return nil
		}
		src = src[shut+1:]
	}
	i := 0
	for i < len(src) && i < maxJoined && !htmlSpace(src[i]) && src[i] != '<' {
		i++
	}
	for i > 0 && i < len(src) && !utf8.RuneStart(src[i]) {
		i--
	}
	return src[:i]
}

// token returns where the token at text[i:] ends, and its length in characters:
// a run of word characters, or one character of any other kind or of a script
// without spaces.
func token(text []byte, i int) (end, length int) {
	for end = i; end < len(text); length++ {
		if c := text[end]; c < utf8.RuneSelf {
			if !asciiWord(c) {
				break
			}
			end++
			continue
		}
		r, n := utf8.DecodeRune(text[end:])
		if !wordRune(r) || unspaced(r) {
			break
		}
		end += n
	}
	if length == 0 {
		_, n := utf8.DecodeRune(text[i:])
		return i + n, 1
	}
	return end, length
}

// asciiBits is how many kinds of ASCII tokens are distinguished, at most.
const asciiBits = 1 << 15

// asciiToken returns where the token at text[i:] ends, and its kind: that of its
// first eight characters without case, which are looked at all at once. It is -1
// where the token is not of ASCII alone: token knows that one.
func asciiToken(text []byte, i int) (end, kind int) {
	var x uint64
	if i+8 <= len(text) {
		x = binary.LittleEndian.Uint64(text[i:])
	} else {
		var last [8]byte
		copy(last[:], text[i:])
		x = binary.LittleEndian.Uint64(last[:])
	}
	n := bits.TrailingZeros64(^asciiWords(x)&highBits) / 8
	end = i + n
	if n == 8 {
		for end < len(text) && asciiWord(text[end]) {
			end++
		}
	}
	if end < len(text) && text[end] >= utf8.RuneSelf {
		return end, -1
	}
	if n == 0 {
		n, end = 1, i+1
	}
	x = (x | ' '*lowBits) << (64 - 8*n) // letters become small, digits stay as they are
	return end, int(x * 0x9E3779B97F4A7C15 >> 49)
}

// highBits and lowBits are the highest and the lowest bit of each of eight bytes.
const (
	lowBits  = 0x0101010101010101
	highBits = 0x80 * lowBits
)

// asciiWords has the high bit of each of the eight bytes of x that asciiWord reports.
func asciiWords(x uint64) uint64 {
	letter, digit := (x|' '*lowBits)&^highBits, x&^highBits
	is := (letter+(0x80-'a')*lowBits)&^(letter+(0x7F-'z')*lowBits) |
		(digit+(0x80-'0')*lowBits)&^(digit+(0x7F-'9')*lowBits)
	return is &^ x & highBits
}

// mayBegin reports whether a whole word may begin at text[i:].
func mayBegin(text []byte, i int) bool {
	if i == 0 {
		return true
	}
	a, n := utf8.DecodeLastRune(text[:i])
	before, _ := utf8.DecodeLastRune(text[:i-n])
	b, n := utf8.DecodeRune(text[i:])
	after, _ := utf8.DecodeRune(text[i+n:])
	switch {
	case extends(b):
		return unicode.IsSpace(a)
	case wordRune(a) && wordRune(b):
		return unspaced(a) || unspaced(b)
	case a == '-' && wordRune(before), joins(a, b, after):
		return false
	case joins(before, a, b):
		return a == '\'' && elided(text[:i-1])
	}
	return true
}

// mayEnd reports whether a whole word may end at text[:i].
func mayEnd(text []byte, i int) bool {
	if i == len(text) {
		return true
	}
	a, n := utf8.DecodeLastRune(text[:i])
	before, _ := utf8.DecodeLastRune(text[:i-n])
	b, n := utf8.DecodeRune(text[i:])
	after, _ := utf8.DecodeRune(text[i+n:])
	switch {
	case extends(b):
		return false
	case wordRune(a) && wordRune(b):
		return unspaced(a) || unspaced(b)
	case b == '-' && wordRune(after), joins(before, a, b):
		return false
	case joins(a, b, after):
		return b == '\'' && possessive(text[i+1:])
	}
	return true
}

// joins reports whether j makes one word of what is before and after it, as
// in UAX #29, word boundaries. Hyphens are the callers' affair.
func joins(before, j, after rune) bool {
	switch j {
	case '\'', '.', ':', '·', '_':
		return wordRune(before) && wordRune(after) && !unspaced(before) && !unspaced(after)
	case ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

// possessive reports whether text, which follows an apostrophe, is just an s.
func possessive(text []byte) bool {
	if text[0] != 's' && text[0] != 'S' {
		return false
	}
	next, _ := utf8.DecodeRune(text[1:])
	return !wordRune(next)
}

// elided reports whether text ends in a word that loses its vowel before the
// next one, as in l'ONU and dell'ONU: UAX #29 leaves it to us to cut there.
func elided(text []byte) bool {
	i := len(text)
	for i > 0 && len(text)-i < 8 && asciiWord(text[i-1]) {
		i--
	}
	if r, _ := utf8.DecodeLastRune(text[:i]); wordRune(r) {
		return false
	}
	switch string(bytes.ToLower(text[i:])) {
	case "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", // French, Catalan
		"un", "all", "dall", "dell", "nell", "sull", "coll", "quell", "quest", "gl", "sant": // Italian
		return true
	}
	return false
}

func asciiWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

// wordRune reports what words consist of: letters, marks, numbers, and the
// joiners that are part of their spelling.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return asciiWord(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || joiner(r)
}

// joiner reports the zero-width joiner and non-joiner.
func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// invisible reports format characters, which no comparison sees.
func invisible(r rune) bool { return r >= '\u00ad' && unicode.Is(unicode.Cf, r) && !joiner(r) }

// extends reports what belongs to the character before it.
func extends(r rune) bool {
	return r >= utf8.RuneSelf && (unicode.IsMark(r) || joiner(r) || lengthens(r))
}

// lengthens reports the marks of kana that are letters by name only.
func lengthens(r rune) bool { return r == 'ー' || r == 'ｰ' || r == '\uff9e' || r == '\uff9f' }

// unspacedScripts are written without spaces between words.
var unspacedScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

func unspaced(r rune) bool {
	const first = 0x0e00 // Thai
	return r >= first && (unicode.In(r, unspacedScripts...) || lengthens(r))
}

// foldASCII is an ASCII character without case.
func foldASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// foldRune is r without case: the least of all that simple case folding of
// the Unicode standard takes as equal, and the small one in ASCII.
func foldRune(r rune) rune {
	if r >= utf8.RuneSelf {
		r = leastCase(r)
	}
	if r < utf8.RuneSelf {
		return rune(foldASCII(byte(r)))
	}
	return r
}

func leastCase(r rune) rune {
	least := r
	if unspaced(r) {
		return r
	}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}

// appendFolded appends text without case.
func appendFolded(dst, text []byte) []byte {
	dst = slices.Grow(dst, len(text))
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			dst = append(dst, foldASCII(c))
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		dst = utf8.AppendRune(dst, foldRune(r))
		i += n
	}
	return dst
}
