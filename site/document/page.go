package document

import (
	"cmp"
	"strings"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// Page is a page such as /about/.
type Page struct {
	ID         string
	Path       string
	Title      string
	Standfirst Prose
	Summary    string
	Body       Prose
	NoIndex    bool
	Aliases    []Ref
	Published  time.Time // zero where the file gives none
	Record     *Record
	Headings   []string // anchors of its headings
}

// parsePage turns a plain page's file into its model.
func (p *parser) parsePage(src Files) *Page {
	fm, body, ds := front.ParsePage(p.file, p.data)
	p.addDiags(ds, fm.Keys)
	p.strict = true
	g := &Page{ID: src.ID, Path: p.file, Title: p.plainText(fm.Title),
		NoIndex: fm.Index.Given() && !fm.Index.Value, Record: p.rec}
	if g.Title == "" {
		p.lacking(fm.Keys, "title", fm.Title, "this page has no title",
			"add title: with the words at the top of the page")
		g.Title = g.ID
	}
	g.Standfirst = p.line(fm.Standfirst)
	g.Body = p.body(body)
	g.Headings = p.headings
	g.Summary = cmp.Or(p.plain(g.Standfirst), markdown.FirstSentence(p.plain(g.Body)))
	g.Published = Day(p.day(fm.Published), p.zone())
	g.Aliases = p.aliases(fm.Aliases)
	return g
}

// body renders the Markdown below front matter as one text.
func (p *parser) body(at diag.Span) Prose {
	src := p.data[at.Start:at.End]
	if strings.TrimSpace(string(src)) == "" {
		return Prose{}
	}
	f, ds := p.md.Document(markdown.Input{File: p.file, Src: src, At: func(i int) int { return int(at.Start) + i }})
	p.diags = append(p.diags, ds...)
	for _, a := range f.Anchors {
		p.headings = append(p.headings, a.ID)
	}
	p.imagesWithoutAlt(&f)
	return p.keep(f)
}
