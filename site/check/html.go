package check

import (
	"bytes"
	"html"
	"strings"
)

// htmlPart is a tag or a text of a page's HTML. It is good until the next one.
type htmlPart struct {
	text   []byte // of a text, or the content of a script; nil for a tag
	name   []byte // of a tag, in small letters
	closes bool   // it is an end tag
	attrs  []attribute
}

type attribute struct {
	name  []byte // in small letters
	value []byte // as it is written, with its character references
}

// attr returns the value of an attribute, and whether the tag has it.
func (t *htmlPart) attr(name string) ([]byte, bool) {
	for i := range t.attrs {
		if a := &t.attrs[i]; string(a.name) == name {
			return unescapedHTML(a.value), true
		}
	}
	return nil, false
}

// unescapedHTML is a value without character references.
func unescapedHTML(value []byte) []byte {
	if bytes.IndexByte(value, '&') < 0 {
		return value
	}
	return []byte(html.UnescapeString(string(value)))
}

// scan calls f for each tag and text of a page. It reads HTML as templates write it: it mends
// nothing as browsers do (WHATWG HTML, 13.2.5), but it takes nothing in a comment, a script or a
// style for a tag. It is our own because a check reads every page: with the tokenizer of
// golang.org/x/net/html, to which TestScan holds it, a check took 1.4 times as long.
func scan(src []byte, f func(*htmlPart)) {
	var t, text htmlPart
	for len(src) > 0 {
		open := bytes.IndexByte(src, '<')
		if open != 0 {
			if open < 0 {
				open = len(src)
			}
			text = htmlPart{text: src[:open]}
			f(&text)
			src = src[open:]
			continue
		}
		n := t.read(src)
		src = src[n:]
		if len(t.name) == 0 {
			continue
		}
		f(&t)
		if !t.closes && (string(t.name) == "script" || string(t.name) == "style") { // whose content is no markup
			if end := bytes.Index(src, append([]byte("</"), t.name...)); end >= 0 {
				if end > 0 {
					text = htmlPart{text: src[:end], name: t.name, attrs: t.attrs}
					f(&text)
				}
				src = src[end:]
			}
		}
	}
}

// read reads the tag that begins src, and returns how long it is. What is no
// tag has no name.
func (t *htmlPart) read(src []byte) int {
	*t = htmlPart{attrs: t.attrs[:0]}
	if bytes.HasPrefix(src, []byte("<!--")) {
		if end := bytes.Index(src, []byte("-->")); end >= 0 {
			return end + len("-->")
		}
		return len(src)
	}
	i := 1
	if i < len(src) && src[i] == '/' {
		t.closes = true
		i++
	}
	start := i
	for i < len(src) && nameByte(src[i]) {
		i++
	}
	t.name = lowered(src[start:i])
	if len(t.name) == 0 && (i == len(src) || strings.IndexByte("!?/", src[1]) < 0) {
		return 1 // a sign of its own
	}
	for i < len(src) && src[i] != '>' {
		i += t.attribute(src[i:])
	}
	return min(i+1, len(src))
}

// attribute reads what stands at the begin of src within a tag: an attribute,
// or a byte of none.
func (t *htmlPart) attribute(src []byte) int {
	i := 0
	for i < len(src) && nameByte(src[i]) {
		i++
	}
	if i == 0 {
		return 1
	}
	a := attribute{name: lowered(src[:i])}
	if i < len(src) && src[i] == '=' {
		i++
		start := i
		if i < len(src) && (src[i] == '"' || src[i] == '\'') {
			end := bytes.IndexByte(src[i+1:], src[i])
			if end < 0 {
				return len(src)
			}
			start, i = i+1, i+1+end
			a.value = src[start:i]
			i++
		} else {
			for i < len(src) && src[i] != '>' && src[i] > ' ' {
				i++
			}
			a.value = src[start:i]
		}
	}
	t.attrs = append(t.attrs, a)
	return i
}

func nameByte(c byte) bool { return nameBytes[c] }

var nameBytes = func() (all [256]bool) {
	for c := range all {
		all[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' ||
			c == ':' || c == '_'
	}
	return all
}()

// lowered returns a name in small letters, which nearly all are.
func lowered(name []byte) []byte {
	for _, c := range name {
		if 'A' <= c && c <= 'Z' {
			return bytes.ToLower(name)
		}
	}
	return name
}
