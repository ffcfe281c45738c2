package search

import (
	"unicode"
	"unicode/utf8"
)

// A chain is words joined by hyphens, apostrophes or, before three digits, a comma
// or point: e-mail, O'Brien, 1,500. Besides its words it makes one of them all, so
// that it meets what is written without.

// eachChain calls f with each chain of a text that has a joint, or seems to, at joints.
func eachChain(text []byte, joints []int, f func(chain []byte)) {
	done := 0
	for _, i := range joints {
		size := joint(text, i)
		if size == 0 || i < done {
			continue
		}
		from, end := startOf(text, i), i
		for ; size > 0 && from < i; size = joint(text, end) {
			next := endOf(text, end+size)
			if next == end+size {
				break
			}
			end = next
		}
		if end > i {
			f(text[from:end])
			done = end
		}
	}
}

// join appends the word that a chain makes: without the s of "Brazil's", and none
// where that leaves one word or what is made is no word alone.
func (t *tokenizer) join(b, chain []byte) []byte {
	t.joined = t.joined[:0]
	parts := 0
	for i := 0; i < len(chain); {
		size := 0
		if i > 0 {
			size = joint(chain, i)
		}
		end := endOf(chain, i+size)
		part := chain[i+size : end]
		possessive := size > 0 && isApostrophe(chain[i:]) && len(part) == 1 && part[0]|0x20 == 's'
		if !possessive || end < len(chain) {
			t.joined = append(t.joined, part...)
			parts++
		}
		i = end
	}
	at := len(b)
	if parts > 1 {
		b = t.each(b, t.joined)
	}
	if at < len(b) && at+1+int(b[at]) == len(b) {
		return b
	}
	return b[:at]
}

// joins are the bytes that a joint begins with.
var joins = [256]byte{'-': 0xFF, '\'': 0xFF, ',': 0xFF, '.': 0xFF, 0xE2: 0xFF}

// joint is how many bytes of text at i join words, if words are there.
func joint(text []byte, i int) int {
	switch rest := text[i:]; {
	case len(rest) == 0:
	case rest[0] == '-', rest[0] == '\'':
		return 1
	case rest[0] == ',', rest[0] == '.':
		if len(rest) > 3 && isDigit(rest[1]) && isDigit(rest[2]) && isDigit(rest[3]) &&
			endOf(rest, 4) == 4 {
			return 1
		}
	case len(rest) > 2 && rest[0] == 0xE2 && rest[1] == 0x80:
		if rest[2] == 0x90 || rest[2] == 0x91 || rest[2] == 0x99 { // ‐ ‑ ’
			return 3
		}
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isApostrophe reports whether a joint is one.
func isApostrophe(joint []byte) bool {
	return joint[0] == '\'' || joint[0] == 0xE2 && joint[2] == 0x99
}

// endOf is where the word ends that begins at i; i itself where none does.
func endOf(text []byte, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRune(text[i:])
		if !isCharacter(r) {
			break
		}
		i += size
	}
	return i
}

// startOf is where the word begins that ends at i; i itself where none does.
func startOf(text []byte, i int) int {
	for i > 0 {
		r, size := utf8.DecodeLastRune(text[:i])
		if !isCharacter(r) {
			break
		}
		i -= size
	}
	return i
}

// isCharacter reports whether a character belongs to words.
func isCharacter(r rune) bool {
	if r < utf8.RuneSelf {
		return ascii[r] != 0
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M)
}
