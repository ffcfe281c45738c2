package prose

import (
	"slices"
	"strings"
	"unicode"

	"nutgraf/site/lang"
)

// Leans returns how long the pronoun is that a text begins with, 0 where it says
// itself what it speaks of.
func Leans(text string, words *lang.Answers) int {
	n := firstWord(text)
	first, rest := strings.ToLower(text[:n]), strings.TrimLeft(strings.ReplaceAll(text[n:], "’", "'"), " ")
	switch {
	case slices.Contains(words.Pronouns, first):
		if slices.ContainsFunc(words.Impersonal,
			func(w string) bool { return strings.HasPrefix(rest, w) }) || judges(rest, words) {
			return 0
		}
		return n
	case slices.Contains(words.Pointing, first) && slices.Contains(words.Verbs, rest[:firstWord(rest)]):
		return n
	}
	return 0
}

// judges reports whether what follows "it" soon says how something is, and of no thing:
// it would be very hard to say.
func judges(rest string, words *lang.Answers) bool {
	const soon = 4
	for i, w := range strings.Fields(rest) {
		if i == soon || slices.Contains(words.Articles, w) {
			break
		}
		if slices.Contains(words.Judging, w) {
			return true
		}
	}
	return false
}

// firstWord is how long the first word of a text is.
func firstWord(text string) int {
	n := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if n < 0 {
		return len(text)
	}
	return n
}
