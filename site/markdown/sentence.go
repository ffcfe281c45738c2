package markdown

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraf/site/lang"
)

// maxSentence is how many characters of a sentence are shown.
const maxSentence = 300

// sentenceWindow is how many bytes of HTML are read on either side of a use:
// enough for maxSentence, whatever the length of the block.
const sentenceWindow = 16 * maxSentence

// Sentence returns the sentence in which a use stands, as plain text: what is
// before the words, the words, and what is after them. It ends at the edges of
// its block at the latest. A long one is cut between words, with an ellipsis,
// to some 300 characters. Holes add nothing to it.
func Sentence(f *Fragment, u TermUse) (before, match, after string) {
	left, cutLeft := clearBefore(f.HTML, int(u.Start)), false
	if left == nil {
		left, cutLeft = blockBefore(f.HTML[:u.Start])
	}
	right, cutRight := clearAfter(f.HTML, int(u.End)), false
	if right == nil {
		right, cutRight = blockAfter(f.HTML[u.End:])
	}
	text, from, to := threeTexts(left, f.HTML[u.Start:u.End], right)
	start, end := sentenceBounds(text, from, to)
	before, match, after = strings.TrimLeft(text[start:from], " "), text[from:to], strings.TrimRight(text[to:end], " ")
	cutLeft, cutRight = cutLeft && start == 0, cutRight && end == len(text)

	room := max(maxSentence-utf8.RuneCountInString(match), 0)
	b, a := utf8.RuneCountInString(before), utf8.RuneCountInString(after)
	forBefore := max(room/2, room-a)
	forAfter := max(room/2, room-b)
	if b > forBefore || cutLeft {
		before = lastWords(before, forBefore)
	}
	if a > forAfter || cutRight {
		after = firstWords(after, forAfter)
	}
	return before, match, after
}

// clearBefore returns what stands before byte at of src in its sentence, where no
// markup does and it is clear which full stop ended the one before; else nil. Most
// sentences are short, and their blocks are long.
func clearBefore(src []byte, at int) []byte {
	for i := at - 1; i >= max(at-sentenceWindow, 0); i-- {
		switch src[i] {
		case '<', '>':
			return nil
		case '.':
			if clearEnd(src, i) {
				return src[i+1 : at]
			}
		}
	}
	return nil
}

// clearAfter returns likewise what stands from byte at on.
func clearAfter(src []byte, at int) []byte {
	for i := at; i < min(at+sentenceWindow, len(src)); i++ {
		switch src[i] {
		case '<', '>':
			return nil
		case '.':
			if clearEnd(src, i) {
				return src[at : i+1]
			}
		}
	}
	return nil
}

// clearEnd reports whether the full stop at byte i of src stands between a word of
// ASCII that is not shortened, and a capital letter: sentenceEnd stops there, too.
func clearEnd(src []byte, i int) bool {
	next := i + 1
	for next < len(src) && src[next] == ' ' {
		next++
	}
	if next == i+1 || next == len(src) || src[next] < 'A' || src[next] > 'Z' {
		return false
	}
	word := i
	for word > 0 && asciiWord(src[word-1]) {
		word--
	}
	return i-word > 1 && word > 0 && src[word-1] == ' ' && !lang.Shortens(string(src[word:i]), false)
}

// threeTexts returns the plain text of left, match and right, one behind the
// other, and where that of match begins and ends.
func threeTexts(left, match, right []byte) (text string, from, to int) {
	left, match, right = raisedUse(left, match, right)
	scratch := plains.Get().(*[]byte)
	defer plains.Put(scratch)
	b := AppendPlainText((*scratch)[:0], left)
	from = len(b)
	b = append(b, bytes.Trim(AppendPlainText(b, match)[from:], " ")...)
	to = len(b)
	*scratch = AppendPlainText(b, right)
	return string(*scratch), from, to
}

// raisedUse writes what stands high or low with a use in it as the signs that do
// so by themselves, as PlainText writes it: a use of 2 in 10<sup>-2</sup> is ².
func raisedUse(left, match, right []byte) (l, m, r []byte) {
	shut := bytes.LastIndexByte(left, '>')
	open := bytes.LastIndexByte(left, '<')
	end := bytes.IndexByte(right, '<')
	if open < 0 || shut < open || end < 0 {
		return left, match, right
	}
	tag, before, after := left[open+1:shut], left[shut+1:], right[:end]
	if _, all := raised(tag, slices.Concat(before, match, right[:end+1])); all != len(before)+len(match)+len(after) {
		return left, match, right
	}
	signs := func(part []byte) []byte {
		s, _ := raised(tag, slices.Concat(part, []byte("<")))
		return s
	}
	return slices.Concat(left[:shut+1], signs(before)), signs(match), slices.Concat(signs(after), right[end:])
}

// firstWords cuts s, which may end within a word, to n characters at most:
// between words, unless that would cost more than half of it.
func firstWords(s string, n int) string {
	i := 0
	for n -= 2; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	if space := strings.LastIndexByte(s[:i], ' '); space > i/2 {
		return s[:space] + " …"
	}
	return s[:uncut(s, i)] + "…"
}

// lastWords cuts s, which may begin within a word, to its last n characters.
func lastWords(s string, n int) string {
	i := len(s)
	for n--; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	if space := strings.IndexByte(s[i:], ' '); space >= 0 && space < (len(s)-i)/2 {
		return "…" + s[i+space:]
	}
	return "…" + s[uncut(s, i):]
}

// uncut moves i back to where a cut parts no mark from its letter.
func uncut(s string, i int) int {
	for i > 0 && i < len(s) {
		r, _ := utf8.DecodeRuneInString(s[i:])
		if !extends(r) {
			break
		}
		_, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
	}
	return i
}

// blockBefore returns what belongs to the block that src ends in, or the last
// of it, and whether that is cut.
func blockBefore(src []byte) (html []byte, cut bool) {
	from := max(len(src)-sentenceWindow, 0)
	if cut = from > 0; cut {
		from += partial(src[from:])
	}
	for i := len(src); ; {
		open := bytes.LastIndexByte(src[from:i], '<')
		if open < 0 {
			break
		}
		i = from + open
		shut := i + bytes.IndexByte(src[i:], '>')
		if shut < i {
			break
		}
		if Bounding(TagName(src[i+1 : shut])) {
			from, cut = shut+1, false
			break
		}
	}
	return src[from:], cut
}

// partial returns how much of src is the rest of a tag, or of a character.
func partial(src []byte) int {
	if i := bytes.IndexAny(src, "<>"); i >= 0 && src[i] == '>' {
		return i + 1
	}
	i := 0
	for i < len(src) && !utf8.RuneStart(src[i]) {
		i++
	}
	return i
}

// blockAfter returns what belongs to the block that src begins in, or the first
// of it, and whether that is cut.
func blockAfter(src []byte) (html []byte, cut bool) {
	to := min(len(src), sentenceWindow)
	cut = to < len(src)
	for i := 0; i < to; {
		open := bytes.IndexByte(src[i:to], '<')
		if open < 0 {
			break
		}
		open += i
		shut := bytes.IndexByte(src[open:to], '>')
		if shut < 0 {
			to = open
			break
		}
		if Bounding(TagName(src[open+1 : open+shut])) {
			to, cut = open, false
			break
		}
		i = open + shut + 1
	}
	for cut && to > 0 && !utf8.RuneStart(src[to]) {
		to--
	}
	return src[:to], cut
}

// Sentences yields where each sentence of a plain text begins and ends, in
// bytes. The space between two belongs to the second.
func Sentences(text string) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		for i := 0; i < len(text); {
			end := sentenceEnd(text, i)
			if !yield(i, end) {
				return
			}
			i = end
		}
	}
}

// sentenceBounds finds the sentence of text that holds [start, end), whatever
// seems to end within that.
func sentenceBounds(text string, start, end int) (from, to int) {
	for _, stop := range Sentences(text) {
		if stop > start && stop >= end {
			return from, stop
		}
		if stop <= start {
			from = stop
		}
	}
	return from, len(text)
}

// sentenceEnd returns where the sentence that goes on at i ends, behind its
// mark and any closing quotes; at the latest, where text does.
func sentenceEnd(text string, i int) int {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf && c != '.' && c != '!' && c != '?' {
			i++
			continue
		}
		mark, n := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune(".!?…。！？｡؟۔।॥։።။។", mark) {
			i += n
			continue
		}
		word := text[:i]
		i += n
		for i < len(text) {
			r, n := utf8.DecodeRuneInString(text[i:])
			if !strings.ContainsRune(".!?…。！？\"'”’»›)]」』）", r) {
				break
			}
			i += n
		}
		if strings.ContainsRune("。！？｡", mark) || endsBefore(text[i:], mark, word) {
			return i
		}
	}
	return len(text)
}

// endsBefore reports whether a sentence whose last word is before a mark ends
// there, given what follows.
func endsBefore(rest string, mark rune, word string) bool {
	if rest == "" {
		return true
	}
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if len(next) == len(rest) {
		return false // 3.5, example.org
	}
	next = strings.TrimLeft(next, "\"'“„‘‚«‹([—–-¿¡「『（ ")
	first, _ := utf8.DecodeRuneInString(next)
	if unicode.IsLower(first) {
		return false
	}
	return mark != '.' || !abbreviated(word, unicode.IsDigit(first))
}

// abbreviated reports whether the full stop behind text shortens its last word
// and ends no sentence. number says that a number follows.
func abbreviated(text string, number bool) bool {
	word := text[strings.LastIndexFunc(text, unicode.IsSpace)+1:]
	if i := strings.LastIndexAny(word, "\"'“„‘‚«‹([—–/"); i >= 0 {
		_, n := utf8.DecodeRuneInString(word[i:])
		word = word[i+n:]
	}
	return initials(word) || lang.Shortens(word, number)
}

// initials reports single letters with full stops between them: J, U.S, e.g;
// one alone must not be a small letter.
func initials(word string) bool {
	letters := 0
	for word != "" {
		r, n := utf8.DecodeRuneInString(word)
		if !unicode.IsLetter(r) || unspaced(r) {
			return false
		}
		letters++
		rest, dotted := strings.CutPrefix(word[n:], ".")
		if rest != "" && !dotted {
			return false
		}
		if letters == 1 && rest == "" && unicode.IsLower(r) {
			return false
		}
		word = rest
	}
	return letters > 0
}
