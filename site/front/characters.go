package front

import (
	"bytes"
	"encoding/binary"
	"fmt"
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
// file a byte of it stands. A control character is but warned of: old archives are full
// of them, and they change nobody's reading. An isolate ends with its paragraph at the latest. What
// only joins and parts letters, or says their direction (U+200B to U+200F), is fit:
// Persian, Arabic, Hebrew, Thai and Khmer are written with it, and so are emoji.
func (p *parser) unfit(text []byte, at func(i int) int) {
	var isolates []int // that are open
	span := func(i int) diag.Span {
		if len(p.ds) >= maxMistakes {
			return diag.Span{} // it is only counted, and each place costs a walk over the text
		}
		_, size := utf8.DecodeRune(text[i:])
		from := at(i)
		return diag.Span{Start: int32(from), End: int32(max(at(i+size), from+1))}
	}
	end := func() {
		for _, i := range isolates {
			r, _ := utf8.DecodeRune(text[i:])
			p.mistake("encoding", span(i), "an isolate is never closed in its paragraph ("+diag.CharacterName(r)+")", whyTurned,
				"write U+2069 behind the words that it is for, or delete it")
		}
		isolates = isolates[:0]
	}
	for i := 0; i < len(text); {
		for i+8 <= len(text) && arePrintable(binary.LittleEndian.Uint64(text[i:])) {
			i += 8
		}
		if i == len(text) {
			break
		}
		if c := text[i]; c >= ' ' && c < 0x7F || c == '\n' && len(isolates) == 0 {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r == '\n' && isBlankLine(text[i+1:]):
			end()
		case r == 0xFEFF && i > 0:
			p.warn("encoding", span(i), "an invisible character stands here ("+diag.CharacterName(r)+")",
				"it came with pasted text; search does not find a word with it, nor is a term in it linked", "delete it")
		case !diag.Unfit(r):
		case diag.Embeds(r):
			p.mistake("encoding", span(i), "a character that turns the direction of text stands here ("+diag.CharacterName(r)+")", whyTurned,
				"delete it: letters have their direction, and [words](lang:ar) says where others begin and end")
		case r == diag.EndIsolate && len(isolates) == 0:
			p.mistake("encoding", span(i), "no isolate is open here ("+diag.CharacterName(r)+")", "", "delete it")
		case r == diag.EndIsolate:
			isolates = isolates[:len(isolates)-1]
		case diag.Isolates(r):
			isolates = append(isolates, i)
		default:
			p.warn("encoding", span(i), fmt.Sprintf("a control character stands here (%s)", diag.CharacterName(r)),
				"it came with pasted text; readers see nothing of it, and feeds leave it out", "delete it")
		}
		i += size
	}
	end()
}

const whyTurned = "readers may see other words than stand here, and in another order"

// isBlankLine reports whether a text begins with a line of nothing but blanks.
func isBlankLine(text []byte) bool {
	rest := bytes.TrimLeft(text, " \t\r")
	return len(rest) == 0 || rest[0] == '\n'
}
