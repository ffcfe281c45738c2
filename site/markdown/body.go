package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"nutgraf/site/diag"
)

// Body is the body of a document, parsed once, and split at its top-level ##
// headings. Link definitions serve all of it.
type Body struct {
	// Title is the first top-level # heading, or nil.
	Title *Heading
	// Titles are all top-level # headings: more than one is the caller's to report.
	Titles []Heading
	// Intro is what stands before the first ##; its Heading is zero.
	Intro Section
	// Sections are the ## headings, each with what follows.
	Sections []Section
}

// Section is a part of a Body with its own Fragment: footnotes are numbered
// and printed by section.
type Section struct {
	Heading  Heading
	Fragment Fragment
	// Short is the plain text of a first block > [!SHORT], which is no part of the Fragment.
	Short string
	// ShortAt is where the words of Short stand.
	ShortAt diag.Span
	// Empty says that nothing is shown: no text, no picture, no citation.
	Empty bool
}

// Heading is a # or ## heading.
type Heading struct {
	Text string    // plain text
	ID   string    // from {#id}, else ""
	IDAt diag.Span // the id, without its brackets
	At   diag.Span // the heading's words, or its # signs where it has none
}

// Body renders the body of a document.
func (r *Renderer) Body(in Input) (Body, []diag.Diagnostic) {
	nothing := Body{Intro: Section{Empty: true}}
	if len(bytes.TrimSpace(in.Src)) == 0 {
		return nothing, nil
	}
	s, doc := r.parse(&in)
	defer s.release()
	if doc == nil {
		return nothing, s.diags
	}
	s.readHTML(doc, flow, true)
	b := s.body(doc)
	if s.over {
		b = nothing
	}
	return b, s.finish()
}

// body writes the blocks of a document, split at its ## headings.
func (s *state) body(doc ast.Node) (b Body) {
	w, section := newWriter(s), &b.Intro
	first := false // the block comes right after a ##
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		h, _ := n.(*ast.Heading)
		quote, _ := n.(*ast.Blockquote)
		switch {
		case h != nil && h.Level == 1:
			b.Titles = append(b.Titles, s.topHeading(h))
		case h != nil && h.Level == 2:
			section.end(w)
			b.Sections = append(b.Sections, Section{Heading: s.topHeading(h)})
			w, section, first = newSectionWriter(s), &b.Sections[len(b.Sections)-1], true
			continue
		case first && quote != nil && s.callouts[quote].kind == "short":
			section.Short, section.ShortAt = s.short(quote)
		default:
			w.block(n)
		}
		first = first && s.isSilent(n)
	}
	section.end(w)
	if len(b.Titles) > 0 {
		b.Title = &b.Titles[0]
	}
	return b
}

// end gives the section what was written of it.
func (section *Section) end(w *writer) {
	section.Fragment = w.fragment()
	section.Empty = len(section.Fragment.HTML) == 0 && len(section.Fragment.Holes) == 0
}

// newSectionWriter returns a writer for a part of the source, however small.
func newSectionWriter(s *state) *writer { return &writer{state: s, topLevel: questionLevel + 1} }

// isSilent reports whether readers see nothing of a block where it stands.
func (s *state) isSilent(n ast.Node) bool {
	switch n := n.(type) {
	case *note, *ast.LinkReferenceDefinition:
		return true
	case *ast.HTMLBlock:
		return !s.shown(n)
	}
	return false
}

// topHeading reads a heading that is no part of a Fragment: its words alone
// count.
func (s *state) topHeading(h *ast.Heading) Heading {
	from, to := s.headingWords(h)
	if holdsSign(s.src[from:to]) {
		s.reportSignsIn(h)
	}
	out := Heading{Text: oneLine(s.plain(nil, h)), At: s.span(from, to)}
	if id, ok := s.ids[h]; ok {
		out.ID, out.IDAt = id.id, s.span(id.from, id.to)
	}
	s.lostUnfit(out.Text, from, to)
	s.wordsAlone(h, "heading-markup", "a heading can't hold %s",
		"it is also shown in lists, in search and in feeds, as words alone",
		"move it to the text below")
	return out
}

// short reads a short answer.
func (s *state) short(quote *ast.Blockquote) (string, diag.Span) {
	var words []byte
	from, to := s.callouts[quote].from, s.callouts[quote].to
	for n := quote.FirstChild(); n != nil; n = n.NextSibling() {
		if !ast.IsParagraph(n) {
			s.report(diag.Error, "short", max(n.Pos(), from), max(n.Pos(), from),
				"a short answer is plain text: "+blockName(n)+" can't stand in it", "",
				"move it below the short answer")
			continue
		}
		s.reportSignsIn(n)
		words = append(s.plain(words, n), ' ')
		if lines := n.Lines(); lines.Len() > 0 {
			if n == quote.FirstChild() {
				from = lines.At(0).Start
			}
			to = lines.At(lines.Len() - 1).Stop
		}
	}
	s.wordsAlone(quote, "short", "a short answer can't hold %s",
		"it is also shown on cards, in previews and in search, as words alone",
		"move it to the text below")
	text := oneLine(words)
	s.lostUnfit(text, from, to)
	if text == "" {
		s.report(diag.Error, "short", from, to, "this short answer is empty", "",
			"write it on the lines below, each after a >")
	}
	return text, s.span(from, to)
}

// wordsAlone reports what is lost when only the words of n are kept.
func (s *state) wordsAlone(n ast.Node, rule, message, why, hint string) {
	lost := func(c ast.Node, what string) {
		at := max(c.Pos(), 0)
		s.report(diag.Error, rule, at, at, strings.Replace(message, "%s", what, 1), why, hint)
	}
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *citation:
			lost(c, "a citation")
		case *noteRef:
			lost(c, "a footnote")
		case *ast.Image:
			lost(c, "a picture")
		case *ast.Link:
			if target := address(c.Destination); !strings.HasPrefix(target, "term:none") {
				lost(c, "a link")
			}
		case *ast.RawHTML:
			for i := range s.html[c] {
				if p := &s.html[c][i]; p.kind == startPiece && meansMore[p.n.name] != "" {
					lost(c, meansMore[p.n.name])
				}
			}
		}
		return ast.WalkContinue, nil
	})
}

// meansMore are the elements whose words alone would mean something else.
var meansMore = map[string]string{"a": "a link", "sub": "<sub>: write it with a sign such as ₂",
	"sup": "<sup>: write it with a sign such as ²",
	"s":   "<s>", "del": "<del>"}

func oneLine(b []byte) string { return strings.Join(strings.Fields(string(b)), " ") }
