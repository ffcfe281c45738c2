package markdown

import (
	"html"
	"strings"
)

// breaking are the elements whose edges separate words.
var breaking = map[string]bool{"p": true, "li": true, "ul": true, "ol": true, "td": true, "th": true, "tr": true, "table": true, "br": true, "div": true,
	"blockquote": true, "pre": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "aside": true, "figure": true,
	"figcaption": true, "section": true, "hr": true, "dt": true, "dd": true, "dl": true, "thead": true, "tbody": true}

// PlainText returns the text content of HTML that this package made: without
// tags, with references decoded and white space folded.
func PlainText(src []byte) string {
	var b strings.Builder
	for len(src) > 0 {
		i := strings.IndexByte(string(src), '<')
		if i < 0 {
			b.Write(src)
			break
		}
		b.Write(src[:i])
		end := strings.IndexByte(string(src[i:]), '>')
		if end < 0 {
			break
		}
		if breaking[tagName(src[i+1:i+end])] {
			b.WriteByte(' ')
		}
		src = src[i+end+1:]
	}
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}

// tagName is the name in the inside of a tag: "/p" and "p class" are p.
func tagName(tag []byte) string {
	s := strings.TrimPrefix(string(tag), "/")
	if i := strings.IndexAny(s, " /\t\n"); i >= 0 {
		s = s[:i]
	}
	return s
}

// FirstSentence returns the first sentence of a plain text.
func FirstSentence(text string) string {
	if _, end := sentenceBounds(text, 0, 0); end > 0 {
		return text[:end]
	}
	return text
}
