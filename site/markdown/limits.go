package markdown

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"nutgraf/site/diag"
)

// goldmark is neither linear nor bounded, and its input is hostile. The size
// of a text is checked before goldmark sees it. The other limits are held by
// the parsers below, which wrap goldmark's own: only a parser knows that
// 20,000 asterisks are code. Past a limit they find nothing more, which ends
// goldmark's work soon; what it found is thrown away.
const (
	maxSource  = 1 << 20  // bytes of one Markdown value
	maxMarkers = 32       // quotes, items and notes open in one another
	maxDelims  = 20_000   // brackets, emphasis, code and tag delimiters
	maxCells   = 20_000   // table cells
	maxBlocks  = 50_000   // blocks of any kind
	maxHeads   = 2_000    // headings: each is an address, found by search, too
	maxSteps   = 1 << 20  // containers continued, summed over the lines
	maxWork    = 24 << 20 // bytes and nodes looked at in vain, or more than once
	maxHTML    = 32 << 20 // bytes written
	maxAddress = 4096     // bytes of a link's address, or its title
)

// meter counts what a parse has cost.
type meter struct {
	over                                      bool // a limit is passed, and reported
	delims, cells, blocks, heads, steps, work int
}

// exceed reports that a limit is passed at byte at of the source.
func (s *state) exceed(at int, message, hint string) {
	if s.over {
		return
	}
	s.over = true
	s.report(diag.Error, "markdown-limit", at, at, message, "such a text would take too long to build", hint)
}

// checkSource reports whether goldmark may see the source.
func (s *state) checkSource() bool {
	if len(s.src) > maxSource {
		s.exceed(maxSource, fmt.Sprintf("this text has %d bytes: more than %d are too many",
			len(s.src), maxSource), "split it into several explainers")
		return false
	}
	if !utf8.Valid(s.src) {
		at := 0
		for r, n := utf8.DecodeRune(s.src); r != utf8.RuneError || n != 1; r, n = utf8.DecodeRune(s.src[at:]) {
			at += n
		}
		s.report(diag.Error, "utf-8", at, at+1, "this byte is not UTF-8", "", "save the file as UTF-8")
		return false
	}
	return true
}

// spend adds to the work done.
func (s *state) spend(work, at int) {
	if s.work += work; s.work > maxWork {
		s.exceed(at, "this text has too much markup in one piece",
			"split its longest paragraph; or look for brackets, quotes, backticks or asterisks that are never closed")
	}
}

// counted bounds a parser of blocks. Past a limit no block is found any more,
// and that ends goldmark's work.
type counted struct{ parser.BlockParser }

func (c counted) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	s := stateOf(pc)
	if s.over {
		return nil, parser.NoChildren
	}
	_, at := reader.Position()
	n, st := c.BlockParser.Open(parent, reader, pc)
	if n == nil {
		return n, st
	}
	if s.blocks++; s.blocks > maxBlocks {
		s.exceed(at.Start,
			fmt.Sprintf("this text has more than %d paragraphs, headings, items and other blocks",
				maxBlocks), "split it into several explainers")
	}
	if n.Kind() != ast.KindHeading {
		return n, st
	}
	if s.heads++; s.heads > maxHeads {
		s.exceed(at.Start, fmt.Sprintf("this text has more than %d headings", maxHeads),
			"split it into several explainers")
	}
	return n, st
}

func (s *state) countDelimiter(at int) {
	if s.delims++; s.delims > maxDelims {
		s.exceed(at,
			fmt.Sprintf("this text has more than %d brackets, asterisks and other delimiters",
				maxDelims), "split it into several explainers")
	}
}

// container bounds a parser of blocks that hold blocks: they are asked at each line.
type container struct{ counted }

func (c container) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, at := reader.Position()
	n, st := c.counted.Open(parent, reader, pc)
	if n == nil || n.Kind() == ast.KindList { // its marker is its item's
		return n, st
	}
	markers := 1
	for _, b := range pc.OpenedBlocks() {
		if _, ok := b.Parser.(container); ok && b.Node.Kind() != ast.KindList {
			markers++
		}
	}
	if markers > maxMarkers {
		stateOf(pc).exceed(at.Start,
			fmt.Sprintf("lists and quotes are nested more than %d deep here", maxMarkers),
			"keep them to a few levels")
	}
	return n, st
}

func (c container) Continue(n ast.Node, reader text.Reader, pc parser.Context) parser.State {
	s := stateOf(pc)
	if s.over {
		return parser.Close
	}
	if s.steps++; s.steps > maxSteps {
		_, at := reader.Position()
		s.exceed(at.Start, "this text has too many lines in nested lists or quotes", "split it into several explainers")
	}
	return c.BlockParser.Continue(n, reader, pc)
}

// guarded bounds an inline parser. What it looked at in vain costs the rest
// of the block, for it may have read all of it; and each delimiter costs the
// nodes that stand before it, for it may be compared with all of them.
type guarded struct{ parser.InlineParser }

func (g guarded) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := stateOf(pc)
	if s.over {
		return nil
	}
	line, at := block.PeekLine()
	if s.countDelimiter(at.Start); s.over {
		return nil
	}
	c, next := line[0], byte(0)
	if len(line) > 1 {
		next = line[1]
	}
	n := g.InlineParser.Parse(parent, block, pc)
	s.spend(parent.ChildCount(), at.Start)
	if (c == '`' || c == '<' || c == ']' && (next == '(' || next == '[')) && failed(n) {
		s.spend(parent.Lines().At(parent.Lines().Len()-1).Stop-at.Start, at.Start)
	}
	return n
}

// failed reports whether a parser found nothing: it returns nothing, or the
// opener as text.
func failed(n ast.Node) bool {
	_, text := n.(*ast.Text)
	return n == nil || text
}

// CloseBlock lets a parser that keeps a stack clear it.
func (g guarded) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := g.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// tableTransformer bounds the tables: a row has as many cells as the head,
// however few are written.
type tableTransformer struct{ parser.ParagraphTransformer }

func (t tableTransformer) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	s := stateOf(pc)
	lines := p.Lines()
	if s.over || lines.Len() < 2 {
		return
	}
	columns, escaped := 0, 0
	for i := range lines.Len() {
		line := lines.At(i)
		v := line.Value(s.src)
		if i > 0 && isDelimiterRow(v) {
			columns = max(columns, bytes.Count(v, []byte("|"))+1)
		}
		escaped += bytes.Count(v, []byte(`\|`))
	}
	if columns == 0 {
		return
	}
	at := lines.At(0).Start
	s.spend(escaped*escaped, at) // goldmark compares each with each
	if s.cells += columns * lines.Len(); s.cells > maxCells {
		s.exceed(at, fmt.Sprintf("this text has more than %d table cells", maxCells),
			"publish the table as a file beside the text, and link to it")
	}
	if s.over {
		return
	}
	all := *lines
	t.ParagraphTransformer.Transform(p, reader, pc)
	s.lostCells(&all, all.Len()-lines.Len())
}

// isDelimiterRow reports whether a line may part a table's head from its body.
func isDelimiterRow(line []byte) bool {
	return bytes.IndexByte(line, '-') >= 0 && len(bytes.Trim(line, "-:| \t\r\n\v\f")) == 0
}

// definitionTransformer bounds the link definitions of one paragraph: goldmark
// moves all that follow, for each.
type definitionTransformer struct{ parser.ParagraphTransformer }

func (d definitionTransformer) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	s := stateOf(pc)
	lines, n := p.Lines(), 0
	for i := range lines.Len() {
		if line := lines.At(i); bytes.HasPrefix(bytes.TrimLeft(s.src[line.Start:line.Stop], " "), []byte("[")) {
			n++
		} else if i == 0 {
			return
		}
	}
	s.spend(n*n/4, lines.At(0).Start)
	if s.over {
		return
	}
	parent, before := p.Parent(), p.PreviousSibling()
	d.ParagraphTransformer.Transform(p, reader, pc)
	s.keepDefinitions(parent, before)
}
