package markdown

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"

	"nutgraf/site/diag"
)

// run is adjacent plain text that is being written.
type run struct {
	open   bool
	start  int // in the HTML
	source int // in the source
}

// text writes plain text as goldmark found it: b, which stands at byte at of
// the source, still with its backslashes and character references. Texts that
// follow one another without markup between them are one run.
func (w *writer) text(b []byte, at int) {
	w.signs = w.signs || len(b) > 0 && startsSign(b, 0)
	w.textOf(b, at, decodeOne)
}

// textOf is text whose characters decode reads.
func (w *writer) textOf(b []byte, at int, decode func([]byte) ([]byte, int)) {
	for i := 0; i < len(b); {
		from := len(w.html)
		if n := unmarked(b[i:], &special); n > 0 {
			w.openRun(at + i)
			w.html = append(w.html, b[i:i+n]...)
			w.keepText(from, at+i)
			i += n
			continue
		}
		if special[b[i]] == maybeSign {
			w.signs = w.signs || startsSign(b, i)
		}
		if n := w.typeset(b[i:], at+i); n > 0 {
			w.keepSign(from, at+i)
			i += n
			continue
		}
		words, n := decode(b[i:])
		r, size := utf8.DecodeRune(words)
		if b[i] == '&' && (r == utf8.RuneError || diag.Unfit(r)) {
			words, r = w.unfit(r, words, at+i, at+i+n), utf8.RuneError
		}
		typed := b[i] != '\\' && (b[i] != '&' || r >= utf8.RuneSelf) // \" and &quot; mean just that
		if typed && size == len(words) && isQuote(r) {
			w.quoteIn(b, i, i+n, r, at)
		} else {
			w.openRun(at + i)
			w.html = appendEscaped(w.html, words)
		}
		if b[i] == '\\' && n > 1 {
			w.keepSign(from, at+i+1)
		} else {
			w.keepSign(from, at+i)
		}
		i += n
	}
	if len(b) > 0 {
		w.quotes.last, _ = utf8.DecodeLastRune(b)
	}
}

// quoteIn writes the quotation mark r, which the bytes from up to to of the text b stand for. b stands
// at byte at of the source.
func (w *writer) quoteIn(b []byte, from, to int, r rune, at int) {
	prev, next := w.quotes.last, rune(0)
	if from > 0 {
		prev, _ = utf8.DecodeLastRune(b[:from])
	}
	if to < len(b) {
		next, _ = utf8.DecodeRune(b[to:])
	}
	w.quote(r, prev, next, at+from)
}

// unfit reports a reference to a character that no page may have, and returns what
// is shown in its place. An isolate may stand there, if it is closed in its block.
func (w *writer) unfit(r rune, words []byte, from, to int) []byte {
	switch {
	case !diag.Isolates(r):
		w.reportUnfit(from, to)
		return []byte("\ufffd")
	case r != diag.EndIsolate:
		w.isolates = append(w.isolates, from)
	case len(w.isolates) > 0:
		w.isolates = w.isolates[:len(w.isolates)-1]
	default:
		w.report(diag.Error, "encoding", from, to,
			"no isolate is open here ("+diag.CharacterName(r)+")", "", "delete it")
	}
	return words
}

// endIsolates reports isolates that are still open at the end of a block.
func (w *writer) endIsolates() {
	for _, at := range w.isolates {
		w.report(diag.Error, "encoding", at, at+1, "an isolate is never closed in its paragraph",
			"what follows may be shown in another order",
			"write &#x2069; behind the words that it is for, or delete it")
	}
	w.isolates = w.isolates[:0]
}

func (s *state) reportUnfit(from, to int) {
	s.report(diag.Warning, "encoding", from, to, "a reference stands here to a character that no page may have",
		"readers would see nothing of it, or other words than stand here",
		`delete it, or write \& to show the reference itself`)
}

// lostUnfit reports such references in what is kept as words alone.
func (s *state) lostUnfit(words string, from, to int) {
	if strings.ContainsRune(words, utf8.RuneError) {
		s.reportUnfit(from, to)
	}
}

// openRun begins a run of text that stands at byte at of the source, unless
// one is open, or terms are not linked here.
func (w *writer) openRun(at int) {
	if !w.run.open && w.silent == 0 {
		w.run = run{open: true, start: len(w.html), source: at}
	}
}

// endRun keeps the open run. One without a word in it is not worth keeping.
func (w *writer) endRun() {
	if !w.run.open {
		return
	}
	w.run.open = false
	if !hasWord(w.html[w.run.start:]) {
		return
	}
	s := Span{Start: int32(w.run.start), End: int32(len(w.html)), Source: w.offset(w.run.source)}
	if len(w.quotes.open) > 0 {
		w.quotes.held = append(w.quotes.held, held{s, w.quotes.inDouble()})
		return
	}
	w.spans = append(w.spans, s)
}

func hasWord(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}

// signBytes are those that a sign of another tool may begin with within a line: the last two are the
// first of wide signs.
const signBytes = "{[@$^*_~=|\t`:%+<'\\\xE3\xEF"

// special are the bytes that are not always written as they are: the first of
// whatever is escaped, decoded, or part of a quotation mark or a dash, or begins a
// sign of another tool; those are maybeSign.
var special = func() (t [256]uint8) {
	for _, c := range []byte("\x00\\&<>\"'-.\xC2\xE2") {
		t[c] = 1
	}
	for _, c := range []byte(signBytes) {
		t[c] = maybeSign
	}
	return t
}()

const maybeSign = 2

// unmarked returns how many bytes at the begin of b have nothing in marks, which
// has nothing for the letters and digits of ASCII, and blanks.
func unmarked(b []byte, marks *[256]uint8) int {
	for i := 0; ; {
		for i+8 <= len(b) && areWordsAndBlanks(binary.LittleEndian.Uint64(b[i:])) {
			i += 8
		}
		for end := min(i+8, len(b)); i < end; i++ {
			if marks[b[i]] != 0 {
				return i
			}
		}
		if i == len(b) {
			return i
		}
	}
}

func areWordsAndBlanks(x uint64) bool { return asciiWords(x)|blanksIn(x) == highBits }

// decodeOne returns the first character of b with its backslash or reference
// resolved, and how many bytes of b it takes.
func decodeOne(b []byte) (words []byte, size int) {
	switch {
	case b[0] == '\\' && len(b) > 1 && util.IsPunct(b[1]):
		return b[1:2], 2
	case b[0] == '&':
		if words, size = decodeReference(b); size > 0 {
			return words, size
		}
	case b[0] == 0:
		return []byte("\ufffd"), 1
	}
	_, size = utf8.DecodeRune(b)
	return b[:size], size
}

// decodeReference resolves a character reference at the begin of b; size is
// zero where there is none.
func decodeReference(b []byte) (words []byte, size int) {
	end := bytes.IndexByte(b[:min(len(b), 40)], ';')
	if end < 2 {
		return nil, 0
	}
	name := string(b[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return e.Characters, end + 1
		}
		return nil, 0
	}
	digits, base, limit := name[1:], 10, 7
	if digits != "" && digits[0]|0x20 == 'x' {
		digits, base, limit = digits[1:], 16, 6
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > limit {
		return nil, 0
	}
	if r := rune(n); n == 0 || n > unicode.MaxRune || !utf8.ValidRune(r) || diag.Unfit(r) && !diag.Isolates(r) {
		n = utf8.RuneError
	}
	return utf8.AppendRune(nil, rune(n)), end + 1
}

// appendDecoded appends b with its backslashes and references resolved.
func appendDecoded(dst, b []byte) []byte {
	for i := 0; i < len(b); {
		if c := b[i]; c != '\\' && c != '&' && c != 0 {
			dst = append(dst, c)
			i++
			continue
		}
		words, n := decodeOne(b[i:])
		dst = append(dst, words...)
		i += n
	}
	return dst
}

// appendEscaped appends s as HTML text that may also stand in an attribute.
func appendEscaped[T string | []byte](dst []byte, s T) []byte {
	last := 0
	for i := range len(s) {
		var ref string
		switch s[i] {
		case '&':
			ref = "&amp;"
		case '<':
			ref = "&lt;"
		case '>':
			ref = "&gt;"
		case '"':
			ref = "&quot;"
		case 0:
			ref = "\ufffd"
		case '\r':
			if i+1 == len(s) || s[i+1] != '\n' {
				continue
			}
		default:
			continue
		}
		dst = append(append(dst, s[last:i]...), ref...)
		last = i + 1
	}
	return append(dst, s[last:]...)
}
