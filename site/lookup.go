package site

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// Document returns the Markdown file of the document that a file is part of:
// itself, or that of the explainer whose list it is. It is "" for all else.
func (s *Site) Document(file string) string {
	key := documentKey(file)
	if e := s.byID[key]; e != nil && (e.Path == file || slices.Contains(e.SideFiles(), file)) {
		return e.Path
	}
	if s.TermAt(file) != nil || s.PageAt(file) != nil {
		return file
	}
	return ""
}

// ExplainerAt returns the explainer whose Markdown file that is, or nil.
func (s *Site) ExplainerAt(file string) *Explainer {
	if e := s.byID[documentKey(file)]; e != nil && e.Path == file {
		return e
	}
	return nil
}

// TermAt returns the glossary entry whose file that is, or nil.
func (s *Site) TermAt(file string) *Term {
	if t := s.termByID[documentKey(file)]; t != nil && t.Path == file {
		return t
	}
	return nil
}

// PageAt returns the plain page whose file that is, or nil.
func (s *Site) PageAt(file string) *document.Page {
	if g := s.pageByID[documentKey(file)]; g != nil && g.Path == file {
		return g
	}
	return nil
}

// documentKey is the id in the path of a document's file, with the edition's
// language: isis-k.fr of content/explainers/isis-k.fr.md.
func documentKey(file string) string {
	parts := strings.Split(file, "/")
	if len(parts) < 3 {
		return ""
	}
	edition := ""
	if len(parts) == 4 {
		edition, _ = strings.CutPrefix(strings.TrimSuffix(parts[3], ".md"), "index")
	}
	if strings.HasSuffix(file, ".yaml") {
		edition = ""
	}
	return norm.NFC.String(strings.TrimSuffix(parts[2], ".md")) + edition
}

// Where returns where something that a page shows is written. file is the
// page's Markdown file, anchor the id of the part of the page, and text what
// the paragraph says, or how it begins. Another explainer's answer or event
// stands in that one's file, a term in its own. It reports false where file
// is none of the site's.
func (s *Site) Where(file, anchor, text string) (diag.Place, bool) {
	if rest, ok := strings.CutPrefix(anchor, "event-"); ok {
		if key, id, other := strings.Cut(rest, "--"); other && s.byID[key] != nil {
			file, anchor = s.byID[key].Path, "event-"+id
		}
	}
	if id, ok := strings.CutPrefix(anchor, "term-"); ok && s.termByID[id] != nil {
		file = s.termByID[id].Path
	}
	if s.Document(file) != file || file == "" {
		return diag.Place{}, false
	}
	e := s.ExplainerAt(file)
	if e == nil {
		return s.nearest([]diag.Place{{File: file}}, text), true
	}
	if i := slices.IndexFunc(e.Questions, func(q *document.Question) bool { return q.Called(anchor) }); i >= 0 {
		e, anchor = e.Answers[i].Explainer, e.Answers[i].Question().ID
	}
	parts := s.Config.Parts(e.Explainer, s.FileData)
	i := slices.IndexFunc(parts, func(p document.Part) bool { return p.Anchor == anchor })
	if len(parts) == 0 {
		return diag.Place{File: file}, true // it is gone meanwhile
	}
	return s.nearest(parts[max(i, 0)].Places, text), true
}

// nearest returns where, in any of the places, most words of text stand in a
// row; of equally many it is the first, and for want of them the first place.
func (s *Site) nearest(places []diag.Place, text string) diag.Place {
	best, most := places[0], 0
	for _, at := range places {
		src := s.FileData(at.File)
		if !at.Span.IsZero() {
			src = src[min(int(at.Start), len(src)):min(int(at.End), len(src))]
		}
		if off, n := markdown.LongestRun(src, text); n > most {
			off += int(at.Start)
			best, most = diag.Place{File: at.File, Span: diag.Span{Start: int32(off), End: int32(off)}}, n
		}
	}
	return best
}
