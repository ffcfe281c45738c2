package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Nearest returns the known word that a writer probably meant by word, and
// whether there is one. Case, hyphen, underscore and blank are one and the
// same to it; further it allows a missing or superfluous plural s, a word
// broken off, and about one slip (a letter too many, too few, other, or two
// swapped) in three letters. The nearest wins; of several equally near ones the
// first in alphabetical order, whatever the order of known.
func Nearest(word string, known []string) (string, bool) {
	best, _, _ := nearest(word, known)
	return best, best != ""
}

// surely returns the known word that a writer meant by word, if that is beyond doubt: one or two
// slips away and no other as near, and no part of it a figure or a letter that is another there:
// 2024-03-21 is another day, and source-b another source.
func surely(word string, known []string) (string, bool) {
	best, distance, alone := nearest(word, known)
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }
	a, b := strings.FieldsFunc(fold(word), apart), strings.FieldsFunc(fold(best), apart)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] && (strings.ContainsAny(a[i]+b[i], "0123456789") || len(a) == len(b) &&
			max(utf8.RuneCountInString(a[i]), utf8.RuneCountInString(b[i])) < 3) {
			return "", false
		}
	}
	return best, alone && distance <= 2
}

// nearest is Nearest with the distance; alone says that no other word is as near.
func nearest(word string, known []string) (best string, least int, alone bool) {
	w := fold(word)
	least = far
	for _, k := range known {
		d := distance(w, fold(k), min(least, longest))
		switch {
		case d < least:
			best, least, alone = k, d, true
		case d == least && best != "" && k != best:
			best, alone = min(best, k), false
		}
	}
	return best, least, alone
}

// longest is the greatest distance that counts as near, however long the word.
const longest = 8

// longestWord is the greatest length, in bytes, that is compared by letters.
const longestWord = 256

// fold takes away the differences that never matter.
func fold(s string) string {
	s = strings.ToLower(strings.TrimSpace(norm.NFKC.String(s)))
	return strings.Map(func(r rune) rune {
		if r == '_' || r == ' ' {
			return '-'
		}
		return r
	}, s)
}

// far is the distance of words that have nothing to do with each other.
const far = 1 << 30

// distance says how far apart two folded words are, or far; a distance above
// limit need not be exact.
func distance(a, b string, limit int) int {
	switch {
	case a == "" || b == "":
		return far
	case a == b:
		return 0
	case strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s"),
		strings.TrimSuffix(a, "es") == strings.TrimSuffix(b, "es"),
		strings.ReplaceAll(a, "-", "") == strings.ReplaceAll(b, "-", ""):
		return 1
	}
	if len(a) > longestWord || len(b) > longestWord {
		return far
	}
	d := slips(a, b, limit)
	if allowed := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) / 3; d > min(allowed, longest) {
		d = far
	}
	if short, long := min(len(a), len(b)), max(len(a), len(b)); short >= 3 && short*3 >= long &&
		a[:short] == b[:short] {
		d = min(d, 3) // a word broken off is less near than two slips
	}
	return d
}

// slips counts the letters to insert, delete, replace or swap with their
// neighbour to turn a into b (optimal string alignment), or far above limit.
func slips(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if abs(len(s)-len(t)) > limit {
		return far
	}
	before, above, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range above {
		above[j] = j
	}
	for i := range s {
		row[0] = i + 1
		least := row[0]
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			least = min(least, row[j+1])
		}
		if least > limit {
			return far
		}
		before, above, row = above, row, before
	}
	return above[len(t)]
}

func abs(n int) int { return max(n, -n) }

// NearestHint is "did you mean …?", or the ids there are and the way to one
// more, "" where there can be no more.
func NearestHint(id string, known []string, way string) string {
	if near, ok := Nearest(id, known); ok {
		return "did you mean " + near + "?"
	}
	if len(known) == 0 {
		return way
	}
	if way != "" {
		way = "; or " + way
	}
	if len(known) > 8 {
		return fmt.Sprintf("there are %d: %s …%s", len(known), strings.Join(known[:8], ", "), way)
	}
	return "there are: " + strings.Join(known, ", ") + way
}
