package search

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longest is how many code points a word has at most. What is longer is several
// words.
const longest = 32

// tokenizer cuts text into words as static/search.js does: letters, digits and
// marks in a row, after folding. In scripts that are written without spaces it
// makes overlapping pairs of characters, and one of the last alone, so that each
// character begins a word. Arabic words are without their article.
type tokenizer struct {
	query  bool  // no last character alone: pairs distinguish more
	joints []int // where words may be joined
	folded []byte
	joined []byte
	lower  []rune
	run    []rune
}

// ascii gives for each byte the folded letter or digit; 0 between words, and
// beyond for what is not ASCII.
var ascii = func() (t [256]byte) {
	for c := range t {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z':
			t[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case c >= utf8.RuneSelf:
			t[c] = beyond
		}
	}
	return t
}()

const beyond = 0xFF

// cut appends the words of text to b, each behind its length, those that joined
// ones make, and a 0.
func (t *tokenizer) cut(b, text []byte) []byte {
	t.joints = t.joints[:0]
	b = t.each(b, text)
	if !t.query {
		eachChain(text, t.joints, func(chain []byte) { b = t.join(b, chain) })
	}
	return append(b, 0)
}

// each appends the words of text to b, each behind its length, and notes where some may
// be joined. Where letters are it learns for 64 bytes at once: to look at one after the
// other would take longer than all else.
func (t *tokenizer) each(b, text []byte) []byte {
	for i := 0; i < len(text); {
		from, end := i, min(i+64, len(text))
		for letters := lettersOf(text[from:end]); i < end; {
			n := min(bits.TrailingZeros64(^(letters >> ((i - from) & 63))), longest)
			if i+n == end && i > from && end < len(text) {
				break // the word may go on
			}
			at, start := len(b), i
			b = appendWord(b, text[i:i+n])
			i += n
			switch {
			case i == len(text) || n == longest:
			case text[i] < utf8.RuneSelf:
				i = t.step(text, i, 1)
			case quoteOrDash(text[i:]):
				i = t.step(text, i, 3)
			default:
				for i < len(text) && text[i] > ' ' {
					i = t.step(text, i, 1)
				}
				b = t.other(b[:at], text[start:i])
			}
		}
	}
	return b
}

// appendWord appends a word of ASCII behind its length, and nothing for an empty one. It
// has no branch for that: which words are empty can't be predicted.
func appendWord(b, word []byte) []byte {
	end := len(b) + len(word) + min(len(word), 1)
	b = binary.LittleEndian.AppendUint64(append(b, byte(len(word))), eight(word)|' '*ones)
	for i := 8; i < len(word); i += 8 {
		b = binary.LittleEndian.AppendUint64(b, eight(word[i:])|' '*ones)
	}
	return b[:end]
}

// step returns what follows the n bytes of text at i, and notes them where they may
// join words.
func (t *tokenizer) step(text []byte, i, n int) int {
	if end := i + n; end < len(text) && joins[text[i]]&ascii[text[end]] != 0 {
		t.joints = append(t.joints, i)
	}
	return i + n
}

// eight returns the first eight bytes of a text. What follows it in memory may be among
// them.
func eight(text []byte) (x uint64) {
	if cap(text) >= 8 {
		return binary.LittleEndian.Uint64(text[:8])
	}
	for i, c := range text {
		x |= uint64(c) << (8 * i)
	}
	return x
}

// Eight bytes, each of them 1; the highest bit of each; and what brings the lowest ones
// together in the highest byte, where it is multiplied with them.
const ones, high, together = 0x0101010101010101, 0x8080808080808080, 0x0102040810204080

// lettersOf has a bit for each of 64 bytes of ASCII at most, which is 1 for letters and
// digits.
func lettersOf(text []byte) (letters uint64) {
	for i := 0; i < len(text); i += 8 {
		// Each byte's highest bit says of a sum what it is: none carries over.
		x := eight(text[i:])
		low := x &^ high
		folded := low | ' '*ones
		letter := (folded + (0x80-'a')*ones) &^ (folded + (0x7F-'z')*ones)
		digit := (low + (0x80-'0')*ones) &^ (low + (0x7F-'9')*ones)
		bit := ((letter | digit) &^ x & high) >> 7
		letters |= bit * together >> 56 << i
	}
	return letters &^ (^uint64(0) << len(text))
}

// quoteOrDash reports whether text begins with one of “ ” ‘ ’ – —, which are
// common and fold to themselves.
func quoteOrDash(text []byte) bool {
	if len(text) < 3 || text[0] != 0xE2 || text[1] != 0x80 {
		return false
	}
	switch text[2] {
	case 0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D:
		return true
	}
	return false
}

// other appends the words of text that is not ASCII, each behind its length.
func (t *tokenizer) other(b, text []byte) []byte {
	t.fold(text)
	emit := func(word []rune) {
		at := len(b)
		b = appendRunes(append(b, 0), withoutArticle(word))
		b[at] = byte(len(b) - at - 1)
	}
	run, dense := t.run[:0], false
	flush := func() {
		switch {
		case len(run) == 0:
		case !dense:
			emit(run)
		default:
			for i := range run {
				if i == 0 || i+1 < len(run) || !t.query {
					emit(run[i:min(i+2, len(run))])
				}
			}
		}
		run = run[:0]
	}
	for at := 0; at < len(t.folded); {
		r, size := utf8.DecodeRune(t.folded[at:])
		at += size
		if !isCharacter(r) {
			flush()
			continue
		}
		if d := isDense(r); d != dense || !d && len(run) == longest {
			flush()
			dense = d
		}
		run = append(run, r)
	}
	flush()
	t.run = run[:0]
	return b
}

// fold makes equal what readers take for one letter: compatibility
// decomposition, lower case, no accents, hiragana for katakana, and composed again
// (UAX 15). The result is in t.folded.
func (t *tokenizer) fold(text []byte) {
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\uFFFD")) // norm leaves alone what is near invalid bytes
	}
	t.folded = norm.NFKD.Append(t.folded[:0], text...)
	t.lower = t.lower[:0]
	for at := 0; at < len(t.folded); {
		r, size := utf8.DecodeRune(t.folded[at:])
		at += size
		if r = unicode.ToLower(r); isAccent(r) {
			continue
		}
		if r >= 'ァ' && r <= 'ヶ' {
			r -= 'ァ' - 'ぁ' // katakana
		}
		if s, ok := letters[r]; ok {
			for _, r := range s {
				t.lower = append(t.lower, r)
			}
			continue
		}
		t.lower = append(t.lower, r)
	}
	decomposed := appendRunes(t.folded[:0], t.lower)
	t.folded = norm.NFC.Append(decomposed[len(decomposed):], decomposed...)
}

// letters are those that have no decomposition, and what they are taken for.
var letters = map[rune]string{'ß': "ss", 'ø': "o", 'æ': "ae", 'œ': "oe", 'ł': "l", 'đ': "d",
	'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ς': "σ"}

// isAccent reports whether a mark is left out: accents, the vowel signs of
// Hebrew and Arabic, and Arabic's stretching of words. The marks of other
// scripts make another word.
func isAccent(r rune) bool {
	return r >= 0x300 && r <= 0x36F || r >= 0x591 && r <= 0x5C7 || r >= 0x64B && r <= 0x65F || r == 0x670 || r == 0x640
}

// isDense reports whether a character belongs to a script without spaces: Thai,
// Lao, Burmese, Khmer, kana and Han, by blocks.
func isDense(r rune) bool {
	return r >= 0xE00 && (r <= 0xEFF || r >= 0x1000 && r <= 0x109F || r >= 0x1780 && r <= 0x17FF ||
		r >= 0x3005 && r <= 0x3007 ||
		r >= 0x3040 && r <= 0x30FF || r >= 0x3400 && r <= 0x4DBF || r >= 0x4E00 && r <= 0x9FFF ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF)
}

func appendRunes(b []byte, rs []rune) []byte {
	for _, r := range rs {
		b = utf8.AppendRune(b, r)
	}
	return b
}

// withoutArticle is an Arabic word without its article and what is written in one
// with that, as long as three letters are left.
func withoutArticle(word []rune) []rune {
	for {
		rest := word
		switch {
		case len(rest) == 0:
			return word
		case rest[0] == 'و' || rest[0] == 'ف' || rest[0] == 'ب' || rest[0] == 'ك':
			rest = rest[1:]
		}
		if len(rest) < 5 || rest[0] != 'ا' || rest[1] != 'ل' {
			return word
		}
		word = rest[2:]
	}
}
