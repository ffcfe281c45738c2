package front

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"nutgraf/site/diag"
)

// unfitBody reports the characters in a body that no page may have.
func (p *parser) unfitBody(body diag.Span) {
	p.unfit(p.data[body.Start:body.End], func(i int) int { return int(body.Start) + i })
}

// unfitText does so in a text of the YAML: of those that an escape stands for, too.
// clean reported all others but those that turn the direction of text.
func (p *parser) unfitText(n *yaml.Node, t Text) {
	escapes := n.Style&yaml.DoubleQuotedStyle != 0 && bytes.IndexByte(p.text[t.Start:t.End], '\\') >= 0
	if p.turns || escapes {
		p.unfit([]byte(t.Value), func(i int) int { return t.Offset(p.text, i) })
	}
}

// unfit reports the characters in a text that no page should have; at says where in the
// file a byte of it stands.
func (p *parser) unfit(text []byte, at func(i int) int) {
	c := characters{parser: p, text: text, at: at}
	for i := 0; i < len(text); {
		for i+8 <= len(text) && arePrintable(binary.LittleEndian.Uint64(text[i:])) {
			i += 8
		}
		if i == len(text) {
			break
		}
		if b := text[i]; b >= ' ' && b < 0x7F || b == '\n' && len(c.isolates) == 0 {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == '\n' && isBlankLine(text[i+1:]) {
			c.endIsolates()
		} else {
			c.judge(i, r)
		}
		i += size
	}
	c.endIsolates()
}

// characters are those of a text that are judged one by one.
type characters struct {
	*parser
	text     []byte
	at       func(i int) int
	isolates []int // that are open in this paragraph
}

// judge reports the character at byte i where no page should have it. A control character is only
// warned of, because old archives are full of them and they change nobody's reading. What joins
// and parts letters, or says their direction (U+200B to U+200F), is fit: Persian, Arabic, Hebrew,
// Thai, Khmer and emoji are written with it.
func (c *characters) judge(i int, r rune) {
	mark := r == 0xFEFF && i > 0 // of the order of bytes: at the begin of a text it is fit
	if !mark && !diag.Unfit(r) {
		return
	}
	name := " (" + diag.CharacterName(r) + ")"
	switch {
	case mark:
		c.warn("encoding", c.span(i), "an invisible character stands here"+name,
			"it came with pasted text; search does not find a word with it, nor is a term in it linked",
			"delete it", c.without(i)...)
	case diag.Embeds(r):
		c.mistake("encoding", c.span(i), "a character that turns the direction of text stands here"+name, whyTurned,
			"delete it: letters have their direction, and [words](lang:ar) says where others begin and end",
			c.without(i)...)
	case r == diag.EndIsolate && len(c.isolates) == 0:
		c.mistake("encoding", c.span(i), "no isolate is open here"+name, "", "delete it", c.without(i)...)
	case r == diag.EndIsolate:
		c.isolates = c.isolates[:len(c.isolates)-1]
	case diag.Isolates(r):
		c.isolates = append(c.isolates, i)
	default:
		c.warn("encoding", c.span(i), "a control character stands here"+name,
			"it came with pasted text; readers see nothing of it, and feeds leave it out", "delete it",
			c.without(i)...)
	}
}

// endIsolates ends a paragraph, in which isolates that open must close.
func (c *characters) endIsolates() {
	for _, i := range c.isolates {
		r, _ := utf8.DecodeRune(c.text[i:])
		c.mistake("encoding", c.span(i), "an isolate is never closed in its paragraph ("+diag.CharacterName(r)+")",
			whyTurned, "write U+2069 behind the words that it is for, or delete it")
	}
	c.isolates = c.isolates[:0]
}

// span is where the character at byte i stands in the file. Behind the last mistake that is shown it
// is nowhere: the rest is only counted, and each place costs a walk over the text.
func (c *characters) span(i int) diag.Span {
	if len(c.ds) >= maxMistakes {
		return diag.Span{}
	}
	_, size := utf8.DecodeRune(c.text[i:])
	from := c.at(i)
	return diag.Span{Start: int32(from), End: int32(max(c.at(i+size), from+1))}
}

// without is the fix that deletes the character at byte i.
func (c *characters) without(i int) []diag.Edit { return diag.Write(c.place(c.span(i)), "") }

const whyTurned = "readers may see other words than stand here, and in another order"

// isBlankLine reports whether a text begins with a line of nothing but blanks.
func isBlankLine(text []byte) bool {
	rest := bytes.TrimLeft(text, " \t\r")
	return len(rest) == 0 || rest[0] == '\n'
}
