package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"nutgraf/site/diag"
)

// speaker is the last line of a block quote, when an em dash begins it.
type speaker struct{ ast.BaseBlock }

// dash begins a speaker.
const dash = "—"

var kindSpeaker = ast.NewNodeKind("Speaker")

func (*speaker) Kind() ast.NodeKind         { return kindSpeaker }
func (s *speaker) Dump(src []byte, lvl int) { ast.DumpHelper(s, src, lvl, nil, nil) }

// quoteParser is goldmark's parser of block quotes; when one ends, it parts
// the speaker from the words.
type quoteParser struct{ parser.BlockParser }

func (q quoteParser) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	q.BlockParser.Close(n, reader, pc)
	p, ok := n.LastChild().(*ast.Paragraph)
	if _, callout := stateOf(pc).callouts[n]; !ok || callout || p.Lines().Len() == 0 {
		return
	}
	lines := p.Lines()
	last := lines.Len() - 1
	line := lines.At(last)
	if last == 0 && p == n.FirstChild() {
		return
	}
	if !bytes.HasPrefix(line.Value(reader.Source()), []byte(dash)) {
		stateOf(pc).checkSpeaker(lines)
		return
	}
	by := &speaker{}
	by.SetPos(line.Start)
	by.Lines().Append(line)
	n.AppendChild(n, by)
	if last == 0 {
		n.RemoveChild(n, p)
		return
	}
	lines.SetSliced(0, last)
	end := lines.At(last - 1)
	lines.Set(last-1, end.TrimRightSpace(reader.Source()))
}

// checkSpeaker reports the last line of a quotation that a shorter dash begins, alone: where
// others have one, too, people speak by turns.
func (s *state) checkSpeaker(lines *text.Segments) {
	src := s.src
	line := lines.At(lines.Len() - 1)
	for i := range lines.Len() - 1 {
		if other := lines.At(i); bytes.HasPrefix(other.Value(src), []byte("–")) {
			return
		}
	}
	if name, ok := bytes.CutPrefix(line.Value(src), []byte("– ")); ok && len(bytes.TrimSpace(name)) > 0 {
		s.report(diag.Warning, "speaker", line.Start, line.Start+len("–"),
			"a speaker stands behind a longer dash", "readers can't tell this line from what is quoted",
			"write — in place of –", s.instead(line.Start, line.Start+len("–"), dash)...)
	}
}

// blockquote writes a quotation, in which no term is linked: they are
// somebody's own words.
func (w *writer) blockquote(n *ast.Blockquote) {
	if c, ok := w.callouts[n]; ok {
		w.callout(n, c)
		return
	}
	w.endRun()
	w.silent++
	by, ok := n.LastChild().(*speaker)
	if ok {
		w.raw(`<figure class="quote">`, "\n")
	}
	w.raw("<blockquote>\n")
	w.blocks(n)
	w.raw("</blockquote>\n")
	if ok {
		w.raw("<figcaption>")
		w.words(by)
		w.raw("</figcaption>\n</figure>\n")
	}
	w.silent--
}
