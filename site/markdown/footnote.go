package markdown

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"nutgraf/site/diag"
)

// Footnotes are our own and not goldmark's: they are numbered and printed
// section by section, each kept in the tree where it was written, and found
// by a map.

// note is a footnote: [^label]: and what follows, indented.
type note struct {
	ast.BaseBlock
	label    string
	from, to int  // [^label]
	used     bool // in any section
}

var kindNote = ast.NewNodeKind("Note")

func (*note) Kind() ast.NodeKind         { return kindNote }
func (n *note) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

// noteRef is [^label] in the text.
type noteRef struct {
	ast.BaseInline
	note *note
	end  int // in the source
}

var kindNoteRef = ast.NewNodeKind("NoteRef")

func (*noteRef) Kind() ast.NodeKind         { return kindNoteRef }
func (n *noteRef) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

// maxLabel is the longest label of a footnote, in bytes.
const maxLabel = 100

// noteLabel reads [^label] at the begin of line; end is behind the bracket, or 0.
func noteLabel(line []byte) (label string, end int) {
	if !bytes.HasPrefix(line, []byte("[^")) {
		return "", 0
	}
	i := bytes.IndexAny(line[2:min(len(line), maxLabel+3)], "[] \t\r\n")
	if i < 1 || line[2+i] != ']' {
		return "", 0
	}
	return util.ToLinkReference(line[2 : 2+i]), i + 3
}

// noteParser reads footnotes.
type noteParser struct{}

func (noteParser) Trigger() []byte             { return []byte{'['} }
func (noteParser) CanInterruptParagraph() bool { return true }
func (noteParser) CanAcceptIndentedLine() bool { return false }

func (noteParser) Close(ast.Node, text.Reader, parser.Context) {}

func (noteParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	label, end := noteLabel(line[pos:])
	if end == 0 || pos+end >= len(line) || line[pos+end] != ':' {
		return nil, parser.NoChildren
	}
	from := seg.Start + pos - seg.Padding
	n := &note{label: label, from: from, to: from + end}
	stateOf(pc).addNote(n)
	reader.Advance(pos + end + 1)
	return n, parser.HasChildren
}

func (noteParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	pos, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if pos < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(pos, padding)
	return parser.Continue | parser.HasChildren
}

func (s *state) addNote(n *note) {
	if s.noteOf == nil {
		s.noteOf = map[string]*note{}
	}
	s.notes = append(s.notes, n)
	if first, ok := s.noteOf[n.label]; ok {
		s.report(diag.Error, "footnote", n.from, n.to,
			fmt.Sprintf("two footnotes are called “%s”", clip(s.src[n.from+2:n.to-1])), "",
			"give one of them another name")
		if len(s.diags) <= maxDiags {
			s.diags[len(s.diags)-1].Related = []diag.Related{{Message: "the first one",
				At: diag.Place{File: s.in.File, Span: s.span(first.from, first.to)}}}
		}
		n.used = true
		return
	}
	s.noteOf[n.label] = n
}

// exclaimedParser reads a citation or a reference to a footnote behind an
// exclamation mark, where a picture seems to begin: Stop![@law] Never![^1]
type exclaimedParser struct{}

func (exclaimedParser) Trigger() []byte { return []byte{'!'} }

func (exclaimedParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if !hasPrefix(line[1:], "[@") && !hasPrefix(line[1:], "[^") {
		return nil
	}
	if _, end := noteLabel(line[1:]); end > 0 && hasPrefix(line[1+end:], "(") {
		return nil // a picture
	}
	savedLine, saved := block.Position()
	block.Advance(1)
	for _, p := range []parser.InlineParser{citationParser{}, noteRefParser{}} {
		if n := p.Parse(parent, block, pc); n != nil {
			ast.MergeOrAppendTextSegment(parent, at.WithStop(at.Start+1))
			return n
		}
	}
	block.SetPosition(savedLine, saved)
	return nil
}

// noteRefParser reads references to footnotes. All footnotes are known by
// then, for goldmark reads blocks first.
type noteRefParser struct{}

func (noteRefParser) Trigger() []byte { return []byte{'['} }

func (noteRefParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	label, end := noteLabel(line)
	s := stateOf(pc)
	if end == 0 || s.over {
		return nil
	}
	n := s.noteOf[label]
	if plain := diag.Digits(label); n == nil && s.noteOf[plain] != nil {
		s.noteOf[plain].used = true
		s.report(diag.Warning, "footnote", at.Start, at.Start+end, fmt.Sprintf("the footnote is "+
			"called “%s” below, "+
			"in other digits", plain), "so this is shown as it is written", "write [^"+plain+"]",
			s.instead(at.Start, at.Start+end, "[^"+plain+"]")...)
		return nil
	}
	if n == nil {
		name, wide := string(line[:end]), "："
		if hasPrefix(line[end:], wide) && (at.Start == 0 || s.src[at.Start-1] == '\n') {
			s.report(diag.Warning, "footnote", at.Start, at.Start+end+len(wide),
				fmt.Sprintf("“%s%s” begins no footnote: its colon is a wide sign", name, wide),
				"so this is shown as it is written", "write "+name+": and a blank",
				s.instead(at.Start, at.Start+end+len(wide), name+": ")...)
			return nil
		}
		if bytes.Contains(s.src, []byte("\n"+name+wide)) { // which is reported there
			return nil
		}
		if _, ok := pc.Reference("^" + label); !ok && (end == len(line) || line[end] != '(') {
			s.report(diag.Warning, "footnote", at.Start, at.Start+end,
				fmt.Sprintf("there is no footnote “%s”", clip(line[2:end-1])),
				"so this is shown as it is written",
				fmt.Sprintf("add a line “[^%s]: …”, or write \\[^", clip(line[2:end-1])))
		}
		return nil
	}
	s.countDelimiter(at.Start)
	n.used = true
	block.Advance(end)
	return &noteRef{note: n, end: at.Start + end}
}

// unusedNotes reports the footnotes that nothing refers to.
func (s *state) unusedNotes() {
	for _, n := range s.notes {
		if !n.used {
			s.report(diag.Warning, "footnote", n.from, n.to,
				fmt.Sprintf("nothing refers to the footnote “%s”, so it is not shown",
					clip(s.src[n.from+2:n.to-1])), "",
				fmt.Sprintf("write [^%s] where it belongs, or remove it",
					clip(s.src[n.from+2:n.to-1])))
		}
	}
}

// noteRefs is a footnote as one section prints it.
type noteRefs struct {
	note   *note
	number int // from 1, in the order of the first references
	refs   int // how many references are written
}

// noteRef writes the number of a footnote.
func (w *writer) noteRef(n *noteRef) {
	if w.line || w.inLink {
		w.report(diag.Error, "footnote", n.Pos(), n.end, "a footnote can't stand here",
			"in a line of its own there is no place for its text, and a link within a link "+
				"leads nowhere", "put what it says in brackets, or in the text")
		return
	}
	r := w.refOf[n.note]
	if r == nil {
		if w.refOf == nil {
			w.refOf = map[*note]*noteRefs{}
		}
		r = &noteRefs{note: n.note, number: len(w.refs) + 1}
		w.refs = append(w.refs, r)
		w.refOf[n.note] = r
	}
	r.refs++
	number := strconv.Itoa(r.number)
	w.apart()
	w.endRun()
	from := len(w.html)
	w.raw("<", noteTag, `><a href="`)
	w.hole(Hole{Kind: Page})
	w.raw(`#fn-`)
	w.hole(Hole{Kind: Scope})
	w.raw("-", number, `" id="fnref-`)
	w.hole(Hole{Kind: Scope})
	w.raw("-", number, again(r.refs), `" role="doc-noteref">`, letters(r.number), `</a></sup>`)
	w.keepAside(from)
	w.high = len(w.html)
	w.quotes.last = 'x'
}

// What is no part of the text that it stands in: a footnote's number, and the arrow back to it.
const (
	noteTag  = `sup class="fn"`
	backRole = ` role="doc-backlink"`
)

// apart keeps two marks that stand high beside each other from being read as one.
func (w *writer) apart() {
	if w.high > 0 && w.high == len(w.html) {
		w.raw("<", noteTag, `>, </sup>`)
		w.keepAside(w.high)
	}
}

// letters is what a footnote is called: a to z, then aa. Numbers are for sources.
func letters(n int) string {
	if n--; n < 26 {
		return string(rune('a' + n))
	}
	return letters(n/26) + string(rune('a'+n%26))
}

// again distinguishes the references to one footnote.
func again(n int) string {
	if n < 2 {
		return ""
	}
	return "-" + strconv.Itoa(n)
}

// footnotes writes the footnotes of a section. One may refer to another,
// which then joins the list.
func (w *writer) footnotes() {
	if len(w.refs) == 0 {
		return
	}
	w.raw(`<div class="footnotes">`, "\n<ol type=\"a\">\n")
	for i := 0; i < len(w.refs); i++ {
		w.ending = w.refs[i]
		n := w.ending.note
		w.lastPar = nil
		if p, ok := n.LastChild().(*ast.Paragraph); ok && onlyImage(p) == nil {
			w.lastPar = p
		}
		w.raw(`<li id="fn-`)
		w.hole(Hole{Kind: Scope})
		w.raw("-", strconv.Itoa(w.ending.number), "\">\n")
		w.blocks(n)
		if w.lastPar == nil {
			w.raw("<p>")
			w.backlinks()
			w.raw("</p>\n")
		}
		w.raw("</li>\n")
	}
	w.raw("</ol>\n</div>\n")
}

// backlinks writes the ways back to a footnote's references. Those within
// later footnotes are not known yet; they have the reader's Back button.
func (w *writer) backlinks() {
	for i := 1; i <= w.ending.refs; i++ {
		w.raw(" ")
		from := len(w.html)
		w.raw(`<a href="`)
		w.hole(Hole{Kind: Page})
		w.raw(`#fnref-`)
		w.hole(Hole{Kind: Scope})
		w.raw("-", strconv.Itoa(w.ending.number), again(i), `"`, backRole, ` aria-label="`)
		w.hole(Hole{Kind: Word, Target: "back-to-text"})
		if w.ending.refs > 1 {
			w.raw(", ", strconv.Itoa(i))
		}
		w.raw(`">↩︎</a>`)
		w.keepAside(from)
	}
}
