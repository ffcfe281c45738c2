package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
)

// citation is [@id, locator; @id]: its items as they stand in the source.
type citation struct {
	ast.BaseInline
	cites []Cite
	none  bool // [@none]
	end   int  // in the source, behind the closing bracket
}

var kindCitation = ast.NewNodeKind("Citation")

func (*citation) Kind() ast.NodeKind         { return kindCitation }
func (c *citation) Dump(src []byte, lvl int) { ast.DumpHelper(c, src, lvl, nil, nil) }

// citationParser reads citations. A bracket that begins with an @ and is
// neither a link nor a citation is an error: a source must not get lost.
type citationParser struct{}

func (citationParser) Trigger() []byte { return []byte{'['} }

const (
	maxCitation = 2000 // bytes of the longest citation
	maxLink     = 1000 // and of the longest label of a link, as in CommonMark
)

func (citationParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if len(line) < 2 || line[1] != '@' || stateOf(pc).over {
		return nil
	}
	s := stateOf(pc)
	b := bracket(block, &s.bracket)
	if b.text == nil || b.next == '(' || b.next == '[' && s.isLabel(b, pc) {
		return nil
	}
	if s.countDelimiter(at.Start); s.over {
		return nil
	}
	c := &citation{}
	if problem := s.readCitation(b, c); problem != "" {
		hint, fix := "write [@id], [@id, p. 3] or [@id; @other]; \\[@ where no source is "+
			"meant", []diag.Edit(nil)
		end := b.pos[len(b.pos)-1] + 1
		if meant := s.meantCitation(b); meant != "" {
			hint, fix = "write "+meant, s.instead(at.Start, end, meant)
		}
		s.report(diag.Error, "citation", at.Start, end, "this citation can't be read: "+problem,
			"a source that is cited must be found", hint, fix...)
		return nil
	}
	c.end = b.pos[len(b.pos)-1] + 1
	for range b.lines {
		block.AdvanceLine()
	}
	_, at = block.Position()
	block.Advance(c.end - at.Start)
	return c
}

// isLabel reports whether the bracket behind b names the address of a link whose
// words b holds. [@a][@b] are two citations, and [@a][^1] a citation and a note.
func (s *state) isLabel(b bracketed, pc parser.Context) bool {
	label := b.text
	if rest := s.src[b.pos[len(b.pos)-1]+1:]; !hasPrefix(rest, "[]") {
		label = rest[:1+max(bytes.IndexByte(rest[:min(len(rest), maxLink)], ']'), 0)]
	}
	_, ok := pc.Reference(util.ToLinkReference(bytes.Trim(label, "[]")))
	return ok
}

// bracketed is the text from an opening bracket to its closing one.
type bracketed struct {
	text  []byte // line ends are spaces; nil where nothing closes the bracket
	pos   []int  // where each byte of text stands in the source
	lines int    // how many line ends are in it
	next  byte   // what follows
}

// bracket looks at the bracket that opens where block stands. What it returns
// lies in the memory of last, which is that of the bracket before.
func bracket(block text.Reader, last *bracketed) bracketed {
	b := bracketed{text: last.text[:0], pos: last.pos[:0]}
	defer func() { last.text, last.pos = b.text, b.pos }()
	line, seg := block.PeekLine()
	savedLine, saved := block.Position()
	defer block.SetPosition(savedLine, saved)
	for line != nil {
		for i, c := range line {
			if len(b.pos) == maxCitation || c == '[' && len(b.pos) > 0 {
				return bracketed{}
			}
			if c == '\n' || c == '\r' {
				c = ' '
			}
			b.text = append(b.text, c)
			b.pos = append(b.pos, seg.Start+i)
			if c == ']' {
				if i+1 < len(line) {
					b.next = line[i+1]
				}
				return b
			}
		}
		b.lines++
		block.AdvanceLine()
		line, seg = block.PeekLine()
	}
	return bracketed{}
}

// readCitation reads the items of b into c, or says what is wrong with them.
func (s *state) readCitation(b bracketed, c *citation) (problem string) {
	inner := b.text[1 : len(b.text)-1]
	for start := 0; start <= len(inner); {
		end := itemEnd(inner, start)
		item := inner[start:end]
		id, locator := readItem(item)
		if id == nil {
			return itemProblem(item)
		}
		at := 1 + start + bytes.IndexByte(item, '@') + 1
		cite := Cite{ID: norm.NFC.String(string(id)), Source: s.span(b.pos[at], b.pos[at+len(id)-1]+1)}
		if locator != nil {
			cite.Locator = string(appendDecoded(nil, locator))
		}
		c.none = c.none || cite.ID == "none"
		c.cites = append(c.cites, cite)
		start = end + 1
	}
	if c.none {
		if len(c.cites) > 1 || c.cites[0].Locator != "" {
			return "@none stands alone"
		}
		c.cites = nil
	}
	return ""
}

// otherSigns are what stands between the parts of a citation elsewhere, and around an id.
var otherSigns = strings.NewReplacer("、", ", ", "，", ", ", "،", ", ", "；", "; ", "؛", "; ",
	"＠", "@", "\u3000", " ",
	"「", "", "」", "", "“", "", "”", "", "„", "", "«", "", "»", "")

// placeBehind is an id with the place behind it, and no comma between them.
var placeBehind = regexp.MustCompile(`^(@[^\s,;@]*[^\s,;@:.])[:.]?[ \t]+([^@;]*\pN[^@;]*)$`)

// meantCitation is a citation that can't be read as it was probably meant, or "".
func (s *state) meantCitation(b bracketed) string {
	items := strings.Split(otherSigns.Replace(string(b.text[1:len(b.text)-1])), ";")
	for i, item := range items {
		items[i] = strings.Join(strings.Fields(item), " ")
		if !strings.Contains(item, ",") {
			items[i] = placeBehind.ReplaceAllString(items[i], "$1, $2")
		}
	}
	meant := bracketed{text: []byte("[" + strings.Join(items, "; ") + "]")}
	meant.pos = make([]int, len(meant.text))
	if s.readCitation(meant, &citation{}) != "" {
		return ""
	}
	return string(meant.text)
}

// readItem reads one item, without the semicolon behind it; where it is none,
// the id is nil.
func readItem(item []byte) (id, locator []byte) {
	const blanks = " \t\n\f\r"
	rest, ok := bytes.CutPrefix(bytes.Trim(item, blanks), []byte("@"))
	n := idLength(rest)
	if !ok || n == 0 {
		return nil, nil
	}
	id, rest = rest[:n], bytes.TrimLeft(rest[n:], blanks)
	if len(rest) == 0 {
		return id, nil
	}
	locator = bytes.TrimLeft(rest[1:], blanks)
	if rest[0] != ',' || len(locator) == 0 || locator[0] == '@' {
		return nil, nil
	}
	return id, locator
}

// idLength returns how many bytes at the begin of b are the id of a source.
func idLength(b []byte) int {
	for i := 0; i < len(b); {
		c, size := rune(b[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRune(b[i:])
		}
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c >= utf8.RuneSelf && inID(c) ||
			i > 0 && (c == '_' || c == ':' || c == '.' || c == '-')) {
			return i
		}
		i += size
	}
	return len(b)
}

var reference = regexp.MustCompile(`^&#?[A-Za-z0-9]+;`)

// itemEnd finds the semicolon that ends an item: not that of &nbsp;.
func itemEnd(b []byte, i int) int {
	for ; i < len(b) && b[i] != ';'; i++ {
		if b[i] == '&' {
			i += max(len(reference.Find(b[i:]))-1, 0)
		}
	}
	return i
}

// commaForSemicolon finds a second source where the place in the first one is
// meant to stand.
var commaForSemicolon = regexp.MustCompile(`^@[^,]+,\s*@`)

func itemProblem(item []byte) string {
	item = bytes.TrimSpace(item)
	switch {
	case len(item) == 0:
		return "an id is missing"
	case item[0] != '@':
		return "“" + clip(item) + "” has no @ before it"
	case bytes.ContainsAny(item, " \t") && !bytes.Contains(item, []byte(",")):
		return "a comma is missing between the id and the place in “" + clip(item) + "”"
	case bytes.HasSuffix(item, []byte(",")):
		return "nothing follows the comma"
	case commaForSemicolon.Match(item):
		return "a semicolon, not a comma, stands between sources"
	}
	return "“" + clip(item) + "” is not the id of a source"
}

func (w *writer) citation(n *citation) {
	if w.inLink {
		w.report(diag.Error, "citation", n.Pos(), n.end, "a citation can't stand within a link",
			"a link within a link leads nowhere", "put it behind the link")
		return
	}
	w.dropSpace()
	if w.joined(n) {
		return
	}
	w.reportRepeated(nil, n)
	h := Hole{Kind: Citation, Cites: n.cites, Source: w.span(n.Pos(), n.end)}
	if n.none {
		h.Target = "none"
	} else {
		w.apart()
		w.high = len(w.html)
	}
	w.hole(h)
	w.quotes.last = 'x'
}

// joined reports whether n became part of the citation right before it, so that
// [@a][@b] is shown as [@a; @b] is.
func (w *writer) joined(n *citation) bool {
	if n.none || len(w.holes) == 0 {
		return false
	}
	last := &w.holes[len(w.holes)-1]
	if last.Kind != Citation || last.Target == "none" || int(last.At) != len(w.html) {
		return false
	}
	w.reportRepeated(last.Cites, n)
	last.Cites = slices.Concat(last.Cites, n.cites)
	last.Source.End = w.span(n.Pos(), n.end).End
	return true
}

// reportRepeated reports what a citation says twice, or what stands right before it.
func (w *writer) reportRepeated(before []Cite, n *citation) {
	for i, c := range n.cites {
		same := func(d Cite) bool { return d.ID == c.ID && d.Locator == c.Locator }
		if slices.ContainsFunc(before, same) || slices.ContainsFunc(n.cites[:i], same) {
			w.report(diag.Warning, "citation", n.Pos(), n.end,
				"this citation names “@"+c.ID+"” twice", "readers get its number once",
				"name it once, or say two places in it: [@"+c.ID+", p. 3; @"+c.ID+", p. 5]")
			return
		}
	}
}

// dropSpace takes back the space before a citation, which stands high behind
// the word it is for.
func (w *writer) dropSpace() {
	n := len(w.html) - 1
	if n < 0 || w.html[n] != ' ' || len(w.holes) > 0 && int(w.holes[len(w.holes)-1].At) > n {
		return
	}
	w.endRun()
	w.html = w.html[:n]
	if k := len(w.spans) - 1; k >= 0 && int(w.spans[k].End) > n {
		w.spans[k].End = int32(n)
	}
	for i := range w.quotes.held {
		if h := &w.quotes.held[i]; int(h.End) > n {
			h.End = int32(n)
		}
	}
	w.cutTexts()
}
