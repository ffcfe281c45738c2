package markdown

import (
	"bytes"
	"sort"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"golang.org/x/net/html/atom"
)

// shown is what a block shows as text, as it stands in the source: backslashes
// and character references among it, markup replaced by stand-ins.
type shown struct {
	text   []byte
	pieces []joint
	code   int // > 0: within HTML that shows code
}

// Stand-ins for markup. That of a link and of emphasis stands on both sides of
// their words.
const (
	standCode     = "\x01"
	standLink     = "\x02"
	standEmphasis = "\x03"
	standAddress  = "\x04" // an address that is its own words
	standTag      = "\x05" // of HTML
	standBreak    = "\x06" // before a line end that readers get
	standOther    = "\x07" // a picture, a citation, a footnote's number
)

// add appends text that stands at a byte of the source.
func (sh *shown) add(text []byte, source int) {
	if sh.code > 0 {
		sh.stand(standCode)
		return
	}
	sh.pieces = append(sh.pieces, joint{len(sh.text), source})
	sh.text = append(sh.text, text...)
}

// stand appends a stand-in.
func (sh *shown) stand(s string) { sh.text = append(sh.text, s...) }

// source returns where byte i of the text stands in the source, or what stands
// for it.
func (sh *shown) source(i int) int {
	n := sort.Search(len(sh.pieces), func(n int) bool { return sh.pieces[n].in > i }) - 1
	if n < 0 {
		return sh.pieces[0].src
	}
	at := sh.pieces[n].src + i - sh.pieces[n].in
	if n+1 < len(sh.pieces) {
		at = min(at, sh.pieces[n+1].src)
	}
	return at
}

// end returns where the text before byte i ends in the source.
func (sh *shown) end(i int) int {
	for i--; i > 0 && sh.text[i] <= standOther[0]; i-- {
	}
	return sh.source(i) + 1
}

// begin empties it for the next block.
func (sh *shown) begin() { sh.text, sh.pieces, sh.code = sh.text[:0], sh.pieces[:0], 0 }

// reportSignsIn reports the signs of other tools in the words of a block.
func (s *state) reportSignsIn(n ast.Node) {
	sh := &s.display
	sh.begin()
	s.show(sh, n)
	if len(sh.pieces) > 0 {
		s.reportSigns(signs(), sh, startsSign)
	}
}

// reportSignsInHTML reports them in the words of a block of HTML. Of Markdown's own
// marks there, unread reports.
func (s *state) reportSignsInHTML(n ast.Node) {
	sh := &s.display
	sh.begin()
	for i := range s.html[n] {
		switch p := &s.html[n][i]; p.kind {
		case textPiece:
			p.text.each(func(text []byte, at int) { sh.add(text, at) })
		case startPiece, endPiece:
			sh.stand(standTag)
			if verbatim(p.n.name) && p.kind == startPiece {
				sh.code++
			} else if verbatim(p.n.name) {
				sh.code--
			}
		}
	}
	if len(sh.pieces) > 0 {
		s.reportSigns(signs(), sh, func(t []byte, i int) bool {
			return bytes.IndexByte([]byte("*_`~]|"), t[i]) < 0 && startsSign(t, i)
		})
	}
}

// show appends what the nodes within n show.
func (s *state) show(sh *shown, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			sh.add(c.Segment.Value(s.src), c.Segment.Start)
			if c.HardLineBreak() {
				sh.stand(standBreak)
			}
			if c.HardLineBreak() || c.SoftLineBreak() {
				sh.stand("\n")
			}
		case *ast.Link:
			s.showWithin(sh, c, standLink)
		case *ast.Emphasis, *east.Strikethrough:
			s.showWithin(sh, c, standEmphasis)
		case *ast.CodeSpan:
			sh.stand(standCode)
		case *ast.AutoLink:
			sh.stand(standAddress)
		case *ast.RawHTML:
			sh.stand(standTag)
			if c.Segments.Len() > 0 {
				first := c.Segments.At(0)
				sh.tag(first.Value(s.src))
			}
		default:
			sh.stand(standOther)
		}
	}
}

func (s *state) showWithin(sh *shown, n ast.Node, stand string) {
	sh.stand(stand)
	s.show(sh, n)
	sh.stand(stand)
}

// tag counts the tags around code.
func (sh *shown) tag(raw []byte) {
	name, closes := bytes.CutPrefix(bytes.Trim(raw, "<>"), []byte("/"))
	switch atom.Lookup(TagName(name)) {
	case atom.Code, atom.Kbd, atom.Samp, atom.Var, atom.Pre:
		if closes {
			sh.code = max(sh.code-1, 0)
		} else {
			sh.code++
		}
	}
}

// startsSign reports whether a sign of another tool may begin at byte i of what a
// block shows, or of a part of it.
func startsSign(b []byte, i int) bool {
	next := byte(0)
	if i+1 < len(b) {
		next = b[i+1]
	}
	switch b[i] {
	case '{', '[', '@', '$', '^', '*', '_', '~', '=', '|', '\t', '`', standCode[0]:
		return true
	case ':':
		return next > ' ' || beginsLine(b, i)
	case '%', '\'':
		return next == b[i]
	case '+':
		return next == '+' || beginsLine(b, i)
	case '<':
		return next == '%' || next == '<'
	case '\\':
		return 'a' <= next|0x20 && next|0x20 <= 'z' || next == '(' || next == '['
	case '!':
		return next == '[' || beginsLine(b, i)
	case ']':
		return next == '(' || next == ' ' || next == 0xEF
	case 0xE3: // 【, and other brackets before an @
		if next == 0x80 && (hasPrefix(b[i:], "【") || len(b) > i+3 && b[i+3] == '@') {
			return true
		}
	case 0xEF: // ［ ｛ ＊ ｀
		if hasPrefix(b[i:], "［") || hasPrefix(b[i:], "｛") || hasPrefix(b[i:], "＊") || hasPrefix(b[i:], "｀") {
			return true
		}
	case ')':
		return next == '['
	}
	return beginsLine(b, i) && startsLine(b[i:], next)
}

// startsLine reports whether a sign may begin with the first bytes of a line.
func startsLine(b []byte, next byte) bool {
	switch b[0] {
	case '?', '#', '(':
		return true
	case '.':
		return next == '.'
	case '-':
		return next > ' '
	case '1':
		return next == '.' || next == ')'
	case 'o':
		return next == '\t'
	case 0xC2: // ·
		return next == 0xB7
	case 0xE2: // • and its like, and dashes
		return next != 0x80 || len(b) > 2 && (b[2] == 0x93 || b[2] == 0x94 || b[2] == 0xA2 || b[2] == 0xA3)
	case 0xE3: // ・
		return next == 0x83 && len(b) > 2 && b[2] == 0xBB
	case 0xEF: // bullets of Word's own fonts, and wide signs
		return next == 0x82 || next == 0xBC || next == 0xBD
	}
	return false
}

// holdsSign reports whether a sign of another tool may stand in a text.
func holdsSign(b []byte) bool {
	for i, c := range b {
		if (special[c] == maybeSign || i == 0) && startsSign(b, i) {
			return true
		}
	}
	return false
}
