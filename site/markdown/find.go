package markdown

import (
	"cmp"
	"unicode"
	"unicode/utf8"
)

// soughtWords is how many words of a text are looked for at most: by so many
// a paragraph is known.
const soughtWords = 40

// LongestRun finds in src, Markdown or YAML, what a page shows as text. It
// returns the offset at which the longest run of words begins that the first
// words of text hold, too, and how many words it has; of equally long runs it is
// the first. Words are letters and digits; what stands between them, as links
// and emphasis do in src, does not matter. It takes time in proportion to src.
func LongestRun(src []byte, text string) (at, most int) {
	var want []string
	for w := range lettersAndDigits([]byte(text)) {
		if want = append(want, string(w)); len(want) == soughtWords {
			break
		}
	}
	type run struct{ words, from int }
	before, now := make([]run, len(want)), make([]run, len(want))
	for w, off := range lettersAndDigits(src) {
		for i := range want {
			now[i] = run{}
			if want[i] != string(w) {
				continue
			}
			now[i] = run{1, off}
			if i > 0 && before[i-1].words > 0 {
				now[i] = run{before[i-1].words + 1, before[i-1].from}
			}
			if now[i].words > most {
				at, most = now[i].from, now[i].words
			}
		}
		before, now = now, before
	}
	return at, most
}

// lettersAndDigits yields each run of them with its offset.
func lettersAndDigits(src []byte) func(yield func(word []byte, off int) bool) {
	return func(yield func([]byte, int) bool) {
		start := -1
		for i := 0; i <= len(src); {
			r, size := utf8.DecodeRune(src[i:])
			in := size > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r))
			switch {
			case in && start < 0:
				start = i
			case !in && start >= 0:
				if !yield(src[start:i], start) {
					return
				}
				start = -1
			}
			i += cmp.Or(size, 1)
		}
	}
}
