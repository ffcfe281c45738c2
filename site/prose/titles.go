package prose

import (
	"strings"
	"unicode"
)

// Shape is a title's words with # for each figure.
func (w *Words) Shape(title string) string {
	b := make([]byte, 0, len(title))
	for word := range strings.FieldsFuncSeq(strings.ToLower(title),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		if strings.ContainsAny(word, "0123456789") || w != nil && w.entries[word] != nil && w.entries[word].number > 1 {
			word = "#"
		}
		b = append(b, word...)
	}
	return string(b)
}

// Likeness is the share of words that two titles have in common (Jaccard).
func Likeness(a, b string) float64 {
	in := map[string]bool{}
	for w := range strings.FieldsSeq(a) {
		in[w] = true
	}
	n, both := len(in), 0
	seen := map[string]bool{}
	for w := range strings.FieldsSeq(b) {
		if seen[w] {
			continue
		}
		seen[w] = true
		if in[w] {
			both++
		} else {
			n++
		}
	}
	return float64(both) / float64(max(n, 1))
}
