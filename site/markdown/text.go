package markdown

import (
	"bytes"
	"html"
	"strings"
)

// breaking reports the elements whose edges separate words.
func breaking(tag string) bool {
	switch tag {
	case "p", "li", "ul", "ol", "td", "th", "tr", "table", "br", "div", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
		"aside", "figure", "figcaption", "section", "hr", "dt", "dd", "dl", "thead", "tbody":
		return true
	}
	return false
}

// eachText calls f for each run of text in HTML that this package made, with
// whether a block's edge stands before it.
func eachText(src []byte, f func(text []byte, edge bool)) {
	edge := false
	for len(src) > 0 {
		open := bytes.IndexByte(src, '<')
		if open < 0 {
			open = len(src)
		}
		if open > 0 {
			f(src[:open], edge)
			edge = false
		}
		shut := bytes.IndexByte(src[open:], '>')
		if shut < 0 {
			return
		}
		edge = edge || breaking(tagName(src[open+1:open+shut]))
		src = src[open+shut+1:]
	}
}

// tagName is the name in the inside of a tag: "/p" and "p class" are p.
func tagName(tag []byte) string {
	tag = bytes.TrimPrefix(tag, []byte("/"))
	if i := bytes.IndexAny(tag, " /\t\n"); i >= 0 {
		tag = tag[:i]
	}
	return string(tag)
}

// PlainText returns the text content of HTML that this package made: without
// tags, with references decoded and white space folded.
func PlainText(src []byte) string {
	var b strings.Builder
	b.Grow(len(src))
	eachText(src, func(text []byte, edge bool) {
		if edge {
			b.WriteByte(' ')
		}
		b.Write(text)
	})
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}

// WordCount counts the words of HTML that this package made.
func WordCount(src []byte) int {
	n := 0
	inWord := false
	eachText(src, func(text []byte, edge bool) {
		if edge {
			inWord = false
		}
		for _, c := range text {
			space := c == ' ' || c == '\n' || c == '\t' || c == '\r'
			if !space && !inWord {
				n++
			}
			inWord = !space
		}
	})
	return n
}

// FirstSentence returns the first sentence of a plain text.
func FirstSentence(text string) string {
	_, end := sentenceBounds(text, 0, 0)
	return text[:end]
}
