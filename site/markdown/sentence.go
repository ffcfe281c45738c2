package markdown

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSentence is how many bytes of a sentence are shown on either side of a use.
const maxSentence = 160

// Sentence returns the sentence in which a use stands, as plain text: what is
// before the words, the words, and what is after them. It ends at the edges of
// its block, and is cut between words where it is long.
func Sentence(f *Fragment, u TermUse) (before, match, after string) {
	from, to := blockAround(f.HTML, int(u.Start), int(u.End))
	left, right := rawText(f.HTML[from:u.Start]), rawText(f.HTML[u.End:to])
	match = fold(rawText(f.HTML[u.Start:u.End]))
	text := left + match + right
	start, end := sentenceBounds(text, len(left), len(left)+len(match))
	before, after = text[start:len(left)], text[len(left)+len(match):end]
	before, after = foldKeep(before), foldKeep(after)
	if len(before) > maxSentence {
		i := len(before) - maxSentence
		if sp := strings.IndexByte(before[i:], ' '); sp >= 0 {
			before = "…" + before[i+sp:]
		}
	}
	if len(after) > maxSentence {
		if sp := strings.LastIndexByte(after[:maxSentence], ' '); sp >= 0 {
			after = after[:sp] + " …"
		}
	}
	return strings.TrimLeft(before, " "), match, strings.TrimRight(after, " ")
}

// blockAround finds the edges of the block that holds [start, end).
func blockAround(src []byte, start, end int) (from, to int) {
	for i := start; i > 0; {
		open := bytes.LastIndexByte(src[:i], '<')
		if open < 0 {
			break
		}
		shut := bytes.IndexByte(src[open:], '>')
		if shut >= 0 && breaking(tagName(src[open+1:open+shut])) {
			from = open + shut + 1
			break
		}
		i = open
	}
	to = len(src)
	for i := end; i < len(src); {
		open := bytes.IndexByte(src[i:], '<')
		if open < 0 {
			break
		}
		open += i
		shut := bytes.IndexByte(src[open:], '>')
		if shut < 0 {
			break
		}
		if breaking(tagName(src[open+1 : open+shut])) {
			to = open
			break
		}
		i = open + shut + 1
	}
	return from, to
}

// rawText is text content with its white space as it is.
func rawText(src []byte) string {
	var b strings.Builder
	eachText(src, func(text []byte, _ bool) { b.Write(text) })
	return html.UnescapeString(b.String())
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// foldKeep folds white space but keeps a space at either end.
func foldKeep(s string) string {
	f := fold(s)
	if f == "" {
		if s != "" {
			return " "
		}
		return ""
	}
	if r, _ := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
		f = " " + f
	}
	if r, _ := utf8.DecodeLastRuneInString(s); unicode.IsSpace(r) {
		f += " "
	}
	return f
}

// sentenceBounds finds the sentence of text that holds [start, end).
func sentenceBounds(text string, start, end int) (int, int) {
	from := 0
	for i := 0; i < len(text); {
		stop := sentenceEnd(text, i)
		if stop < 0 {
			break
		}
		if stop > start && stop >= end {
			return from, stop
		}
		if stop <= start {
			from = stop
		}
		i = stop
	}
	return from, len(text)
}

// sentenceEnd returns where the sentence that goes on at i ends, behind its
// mark and any closing quotes, or -1.
func sentenceEnd(text string, i int) int {
	for ; i < len(text); i++ {
		c := text[i]
		full := c == '.' || c == '!' || c == '?'
		if !full {
			if strings.HasPrefix(text[i:], "…") || strings.HasPrefix(text[i:], "。") {
				i += len("…") - 1
			} else {
				continue
			}
		}
		j := i + 1
		for j < len(text) {
			r, n := utf8.DecodeRuneInString(text[j:])
			if !strings.ContainsRune(`.!?"'”’»)]…`, r) {
				break
			}
			j += n
		}
		if j == len(text) {
			return j
		}
		next, n := utf8.DecodeRuneInString(text[j:])
		if !unicode.IsSpace(next) {
			i = j - 1
			continue
		}
		rest := strings.TrimLeftFunc(text[j+n:], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'“‘«(", r) })
		first, _ := utf8.DecodeRuneInString(rest)
		if c == '.' && (abbreviated(text[:i]) || unicode.IsLower(first)) {
			i = j - 1
			continue
		}
		return j
	}
	return -1
}

// abbreviated reports whether a full stop behind s ends a word, not a sentence.
func abbreviated(s string) bool {
	i := strings.LastIndexFunc(s, unicode.IsSpace)
	word := strings.TrimLeft(s[i+1:], `"'“‘«(`)
	if utf8.RuneCountInString(word) == 1 {
		r, _ := utf8.DecodeRuneInString(word)
		return unicode.IsUpper(r)
	}
	switch strings.ToLower(word) {
	case "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "sen", "rep", "gov", "st", "no", "vs", "e.g", "i.e", "cf", "art", "para", "p", "pp", "u.s", "u.k", "u.n", "jr", "sr", "vol", "fig", "ca", "c", "approx":
		return true
	}
	return false
}
