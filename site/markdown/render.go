package markdown

import (
	"fmt"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"nutgraf/site/diag"
)

// Options change how all of a site's Markdown is rendered.
type Options struct {
	// Typographer sets typographic quotes, dashes and ellipses.
	Typographer bool
	// Places records the Places of each Fragment.
	Places bool
	// AnyScheme keeps every link as it is written, whatever its scheme, and
	// makes no holes of links: for the CommonMark suite alone, never for a site.
	AnyScheme bool
}

// Renderer turns Markdown into Fragments. It is safe for concurrent use:
// what one parse knows is in that parse's own state.
type Renderer struct {
	options Options
	// parser knows all of this package's Markdown. quick knows no bare
	// addresses, for which goldmark must stop at every word.
	parser, quick parser.Parser
	goldmarkOnly  bool                           // nothing is ordinary: for tests
	lexers        func() map[string]chroma.Lexer // by name and alias, in lower case
	colors        colors
}

// New returns a Renderer. It is worth keeping: a Renderer builds its parser once.
func New(o Options) *Renderer {
	return &Renderer{options: o, parser: newParser(newBareLinkParser()), quick: newParser(),
		lexers: sync.OnceValue(lexersByName)}
}

// Input is one piece of Markdown and where it stands.
type Input struct {
	File string // as in diag.Place
	Src  []byte // UTF-8; it is not kept
	// At maps byte i of Src, 0 <= i <= len(Src), to its offset in File. Nil is the identity.
	At func(i int) int
	// Memory is used for the Fragment of a Value, Line or Document, as far as
	// the capacity of its parts goes.
	Memory Fragment
}

// newParser lists everything that this package's Markdown knows. The numbers
// are goldmark's priorities: the lower goes first.
func newParser(bareLinks ...parser.InlineParser) parser.Parser {
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(headingParser{counted{parser.NewSetextHeadingParser()}}, 100),
			util.Prioritized(counted{parser.NewThematicBreakParser()}, 200),
			util.Prioritized(container{counted{parser.NewListParser()}}, 300),
			util.Prioritized(container{counted{parser.NewListItemParser()}}, 400),
			util.Prioritized(counted{parser.NewCodeBlockParser()}, 500),
			util.Prioritized(headingParser{counted{parser.NewATXHeadingParser()}}, 600),
			util.Prioritized(fenceParser{counted{parser.NewFencedCodeBlockParser()}}, 700),
			util.Prioritized(container{counted{quoteParser{parser.NewBlockquoteParser()}}}, 800),
			util.Prioritized(container{counted{noteParser{}}}, 850),
			util.Prioritized(htmlBlockParser{counted{parser.NewHTMLBlockParser()}}, 900),
			util.Prioritized(counted{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(guarded{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(exclaimedParser{}, 105),
			util.Prioritized(citationParser{}, 110),
			util.Prioritized(noteRefParser{}, 120),
			util.Prioritized(linkParser{guarded{parser.NewLinkParser()}}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(rawHTMLParser{guarded{parser.NewRawHTMLParser()}}, 400),
			util.Prioritized(guarded{parser.NewEmphasisParser()}, 500),
			util.Prioritized(guarded{extension.NewStrikethroughParser()}, 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(calloutTransformer{}, 50),
			util.Prioritized(definitionTransformer{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tableTransformer{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
	for _, b := range bareLinks {
		p.AddOptions(parser.WithInlineParsers(util.Prioritized(b, 999)))
	}
	return p
}

// state is what one parse knows, from the first byte of its source to the last
// Fragment written. The parsers find it in goldmark's Context.
type state struct {
	meter
	r        *Renderer
	in       *Input
	src      []byte
	diags    []diag.Diagnostic
	callouts map[ast.Node]callout
	ids      map[ast.Node]headingID
	notes    []*note // in the order of the source
	noteOf   map[string]*note
	colored  int       // bytes of code highlighted so far
	bracket  bracketed // memory for the next
	display  shown     // memory for the next
	sought   int       // bytes looked at for signs of other tools
	boxes    int       // of other tools that are open
	lastList found     // of the signs of lists and tables
	defined  []*ast.LinkReferenceDefinition
	linked   map[string]bool // the labels of definitions that are used
	fenced   ast.Node        // the last block of code whose fence was closed

	hasHTML  bool                 // there is raw HTML
	html     map[ast.Node][]piece // what is written of each node of it
	hidden   map[ast.Node]bool    // Markdown in the place of what is no text
	warned   map[string]int       // warnings of raw HTML
	ordinary ordinary
}

var stateKey = parser.NewContextKey()

// noIDs stands where goldmark would keep the ids of headings, which are made
// here and by other rules.
type noIDs struct{}

func (noIDs) Generate([]byte, ast.NodeKind) []byte { return nil }
func (noIDs) Put([]byte)                           {}

var withoutIDs = parser.WithIDs(noIDs{})

// states are used by one parse after the other.
var states = sync.Pool{New: func() any { return new(state) }}

// release gives s to another parse.
func (s *state) release() {
	s.ordinary.release()
	*s = state{bracket: s.bracket, display: s.display, ordinary: s.ordinary}
	states.Put(s)
}

func stateOf(pc parser.Context) *state { return pc.Get(stateKey).(*state) }

// parse makes the one pass that a Markdown value gets: our own where it is ordinary, else
// goldmark's. The document is nil where a limit is exceeded, which is reported.
func (r *Renderer) parse(in *Input) (*state, ast.Node) {
	s := states.Get().(*state)
	s.r, s.in, s.src = r, in, in.Src
	if !s.checkSource() {
		return s, nil
	}
	p := r.parser
	if !hasBareLinks(in.Src) {
		p = r.quick
		if !r.goldmarkOnly {
			if doc := s.ordinary.read(s); doc != nil {
				return s, doc
			}
		}
	}
	pc := parser.NewContext(withoutIDs)
	pc.Set(stateKey, s)
	doc := p.Parse(text.NewReader(in.Src), parser.WithContext(pc))
	if s.over {
		return s, nil
	}
	return s, doc
}

// finish reports what only the end shows, and returns all diagnostics.
func (s *state) finish() []diag.Diagnostic {
	if !s.over {
		s.unusedNotes()
		s.unusedDefinitions()
	}
	return s.diags
}

// Value renders one Markdown value, such as an answer, to blocks.
func (r *Renderer) Value(in Input) (Fragment, []diag.Diagnostic) {
	s, doc := r.parse(&in)
	defer s.release()
	if doc == nil {
		return Fragment{}, s.diags
	}
	s.readHTML(doc, flow, false)
	w := newWriter(s)
	w.blocks(doc)
	f := w.fragment()
	return f, s.finish()
}

// Document renders the whole text of a document that has no questions, such as
// a plain page: ## headings are its own.
func (r *Renderer) Document(in Input) (Fragment, []diag.Diagnostic) {
	s, doc := r.parse(&in)
	defer s.release()
	if doc == nil {
		return Fragment{}, s.diags
	}
	s.readHTML(doc, flow, false)
	w := newWriter(s)
	w.topLevel = questionLevel
	w.blocks(doc)
	f := w.fragment()
	return f, s.finish()
}

// Line renders a value that is one paragraph, such as a standfirst, to its
// inline content, without <p>. Any other block is an error.
func (r *Renderer) Line(in Input) (Fragment, []diag.Diagnostic) {
	s, doc := r.parse(&in)
	defer s.release()
	if doc == nil {
		return Fragment{}, s.diags
	}
	s.readHTML(doc, phrasing, false)
	w := newWriter(s)
	w.line = true
	switch p := w.onlyParagraph(doc).(type) {
	case nil:
		w.blocks(doc)
	case *ast.HTMLBlock:
		w.htmlBlock(p)
	default:
		w.words(p)
	}
	f := w.fragment()
	return f, s.finish()
}

// onlyParagraph returns the one paragraph of doc, or nil when it has none or
// has other blocks, which are reported.
func (w *writer) onlyParagraph(doc ast.Node) ast.Node {
	var p ast.Node
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.LinkReferenceDefinition:
		case *ast.HTMLBlock, *ast.Paragraph:
			if n.Kind() == ast.KindHTMLBlock && !w.shown(n) {
				w.comments(n)
				continue
			}
			if p != nil {
				w.notALine(n, "a second paragraph begins here", "join the two, or leave one out")
				return nil
			}
			p = n
		default:
			w.notALine(n, blockName(n)+" can't stand here",
				"write one paragraph; a backslash before the first character makes it plain text")
			return nil
		}
	}
	return p
}

func (w *writer) notALine(n ast.Node, message, hint string) {
	at := max(n.Pos(), 0)
	w.report(diag.Error, "one-paragraph", at, at, message, "this is shown as one line of text", hint)
}

// blockName says what n is in a writer's words.
func blockName(n ast.Node) string {
	switch n.(type) {
	case *ast.Heading:
		return "a heading"
	case *ast.Blockquote:
		return "a block quote"
	case *ast.List:
		return "a list"
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return "a block of code"
	case *ast.ThematicBreak:
		return "a line across the page"
	case *note:
		return "a footnote"
	}
	return "a table"
}

// maxDiags bounds what is reported of one value: past it, one more says that there is more.
const maxDiags = 500

// report reports something between the bytes start and end of the source.
func (s *state) report(
	sev diag.Severity, rule string, start, end int, message, why, hint string, fix ...diag.Edit,
) {
	if len(s.diags) > maxDiags {
		rest := &s.diags[maxDiags] // weighs what the heaviest of them does
		rest.Severity = max(rest.Severity, sev)
		return
	}
	if len(s.diags) == maxDiags {
		rule, message = "too-many", fmt.Sprintf("there are more than %d mistakes here", maxDiags)
		why, hint, fix = "the rest is not listed", "mend the first ones, and build again", nil
	}
	s.diags = append(s.diags, diag.Diagnostic{Severity: sev, Rule: rule, Message: message, Why: why, Hint: hint,
		Fix: fix, At: s.place(start, end)})
}

// place is where the bytes start to end of the source stand.
func (s *state) place(start, end int) diag.Place {
	return diag.Place{File: s.in.File, Span: s.span(start, end)}
}

// instead is the fix that writes text in the place of the bytes start to end of the source, where
// the file has those as they are.
func (s *state) instead(start, end int, text string) []diag.Edit {
	return diag.Replace(s.place(start, end), string(s.src[start:end]), text)
}

// span maps the bytes start to end of the source to their place in the file.
func (s *state) span(start, end int) diag.Span {
	start, end = min(start, len(s.src)), min(end, len(s.src))
	from := s.offset(start)
	if end <= start {
		return diag.Span{Start: from, End: from}
	}
	// The end belongs to its last byte: what follows may stand on another line.
	return diag.Span{Start: from, End: max(from, s.offset(end-1)+1)}
}

func (s *state) offset(i int) int32 {
	i = min(max(i, 0), len(s.src))
	if s.in.At != nil {
		i = s.in.At(i)
	}
	return int32(i)
}

// within returns where part, a slice of the source, begins in it. A part that
// goldmark had to copy is found nowhere: then it is else.
func (s *state) within(part []byte, otherwise int) int {
	i := cap(s.src) - cap(part)
	if len(part) == 0 || i < 0 || i+len(part) > len(s.src) || &s.src[i] != &part[0] {
		return otherwise
	}
	return i
}
