package document

import (
	"cmp"
	"fmt"
	"slices"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// Source is where a statement comes from: what others refer to. What is said
// of it lies in its document's record: Site.SourceTexts.
type Source struct {
	ID     string
	Record *Record
	index  int32 // among the record's
	*SourceMore
}

// SourceMore is what few sources have.
type SourceMore struct {
	Via    *Ref
	Shared bool // from sources.yaml
	Ref    *Ref // an item that only names a shared source
}

// SourceText is what is said of a Source.
type SourceText struct {
	Title         string
	Type          string // of CSL 1.0.2
	Author        []string
	Publisher     string
	Issued        edtf.Date
	Accessed      string // a date
	URL           string
	ArchiveURL    string
	Archived      string // a date
	Attribution   string
	UnnamedReason string
}

// sources reads a list of sources.
func (p *parser) sources(list []front.Source) []*Source {
	if p.file != "content/sources.yaml" { // which may be a library
		list = atMost(p, "sources", list, 2000,
			func(f *front.Source) diag.Span {
				return givenOr(f.ID.Span,
					givenOr(f.Ref.Span, f.Span))
			})
	}
	mark(p, func(m *Marks) *[]diag.Place { return &m.Sources }, list, func(f *front.Source) diag.Span {
		return givenOr(f.ID.Span, givenOr(f.Ref.Span, givenOr(f.Title.Span, f.Span)))
	})
	m := p.memory
	out, all := m.arenas.sourceLists.List(len(list)), m.arenas.sources.List(len(list))
	taken := claims{}
	for i, f := range list {
		s := &all[i]
		*s = Source{SourceMore: &SourceMore{Ref: p.ref(f.Ref)}}
		if f.Ref.Given() {
			s.ID = f.Ref.Value
		} else {
			p.source(s, &f)
		}
		idAt := p.place(givenOr(f.ID.Span, f.Span))
		if s.ID != "" {
			p.claim(taken, "sources", s.ID, idAt, "")
		}
		out[i] = s
	}
	return out
}

func (p *parser) source(s *Source, f *front.Source) {
	a := SourceText{Title: p.plainText(f.Title)}
	if a.Title == "" {
		p.missing(f.Span, "this source has no title", "add title:")
	}
	if s.ID = p.id(f.ID, "a source"); s.ID == "" {
		s.ID = cmp.Or(markdown.Slug(f.ID.Value), markdown.Slug(a.Title))
	}
	if f.Type.Given() && !slices.Contains(front.SourceTypes, f.Type.Value) {
		hint := "use one of CSL's types: article-newspaper, report, webpage, interview …"
		fix := p.nearest(f.Type, front.SourceTypes)
		if ours := front.Translated(f.Type.Value, front.SourceTypes); ours != "" {
			hint, fix = "write "+ours, p.instead(f.Type, ours)
		} else if near, ok := diag.Nearest(f.Type.Value, front.SourceTypes); ok {
			hint = "did you mean " + near + "?"
		}
		p.wrong("source-type", f.Type.Span, fmt.Sprintf("“%s” is no type of source", Clip(f.Type.Value)), hint, fix...)
	}
	a.Type, a.Author, a.Publisher = f.Type.Value, p.plainTexts(f.Author), p.plainText(f.Publisher)
	a.Issued = p.date(f.Issued)
	a.Accessed, a.Archived = p.day(f.Accessed), p.day(f.Archived)
	a.URL, a.ArchiveURL = p.url(f.URL), p.url(f.ArchiveURL)
	a.Attribution, a.UnnamedReason = f.Attribution.Value, p.plainText(f.UnnamedReason)
	if a.Attribution == "unnamed" && a.UnnamedReason == "" {
		p.missing(f.Attribution.Span, "this source is unnamed, but it does not say why", "add unnamed_reason:")
	}
	if f.Attribution.Given() && a.Attribution != "unnamed" && a.UnnamedReason != "" {
		p.wrong("contradiction", f.UnnamedReason.Span, "this says why a source is unnamed that is not unnamed",
			"write attribution: unnamed, or remove this line")
	}
	s.Via = p.ref(f.Via)
	s.Record, s.index = p.rec, int32(len(p.about))
	p.about = append(p.about, a)
}
