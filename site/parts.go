package site

import (
	"path"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// Part is a part of an explainer that its writer works on.
type Part struct {
	Anchor string // on its page; "" for what stands at several places there
	Title  string // the question, or what happened; "" for all that is neither
	Text   string // what readers get of it, as plain text
	// Places are where it is written, each from its first byte to behind its
	// last: an item of a list, a section of the body, or one of each. A zero
	// Span is the whole file.
	Places []diag.Place
}

// Parts reads an explainer's files once more and returns its parts: all that is
// neither question nor event, the questions, and the events that it tells itself.
// read gives the bytes of a file that diagnostics name, nil where there is none;
// Source is one. What can't be read is left out: a load tells it.
func (s *Site) Parts(e *Explainer, read func(file string) []byte) []Part {
	p := &parser{md: markdown.New(markdown.Options{Typographer: s.Config.Typographer}), file: e.Path, data: read(e.Path), rec: &Record{}, memory: &memory{}}
	if p.data == nil {
		return nil
	}
	var sides []sideFile
	for _, file := range e.sideFiles() {
		if data := read(file); data != nil {
			sides = append(sides, sideFile{strings.TrimSuffix(path.Base(file), ".yaml"), file, data})
		}
	}
	found := p.parseExplainer(source{id: e.ID, edition: e.Edition, folder: e.Folder}, sides)
	return slices.Concat([]Part{p.restPart(found, sides)}, p.questionParts(found, sides), p.eventParts(found, sides))
}

func (p *parser) restPart(e *Explainer, sides []sideFile) Part {
	texts := []string{e.Title, p.plain(e.Standfirst), p.plain(e.Intro)}
	for _, pr := range slices.Concat(e.Knowns, e.Unknowns) {
		texts = append(texts, p.plain(pr))
	}
	for _, u := range e.Updates {
		texts = append(texts, p.plain(u.Text))
	}
	part := Part{Text: strings.Join(append(texts, p.plain(e.Method)), " "), Places: []diag.Place{{File: p.file}}}
	for _, s := range sides {
		part.Places = append(part.Places, diag.Place{File: s.file})
	}
	return part
}

// sideFiles are the files that its lists may have for themselves.
func (e *Explainer) sideFiles() (files []string) {
	for _, key := range sideKeys {
		if e.Edition == "" {
			files = append(files, "content/"+e.Folder+"/"+key+".yaml")
		}
	}
	return files
}

func (p *parser) questionParts(e *Explainer, sides []sideFile) []Part {
	parts := make([]Part, len(e.Questions))
	for i, q := range e.Questions {
		parts[i] = Part{Anchor: q.ID, Title: q.Text, Text: strings.TrimSpace(q.Short + " " + p.plain(q.Answer)), Places: []diag.Place{q.At}}
	}
	fm, body, _ := front.ParseExplainer(p.file, p.data)
	b, _ := p.md.Body(markdown.Input{File: p.file, Src: p.data[body.Start:body.End], At: func(i int) int { return int(body.Start) + i }})
	_, listed := fm.Keys["questions"]
	listed = listed && !e.lost.has(questionList) || slices.ContainsFunc(sides, func(s sideFile) bool { return s.key == "questions" })
	for i, s := range b.Sections {
		n := i // without a list each is a question
		if listed {
			n = slices.Index(e.Questions, sectionQuestion(e.Questions, s.Heading))
		}
		end := body.End
		if i+1 < len(b.Sections) {
			end = b.Sections[i+1].Heading.At.Start
		}
		if n >= 0 {
			parts[n].Places = append(parts[n].Places, p.place(diag.Span{Start: s.Heading.At.Start, End: end}))
		}
	}
	return parts
}

func (p *parser) eventParts(e *Explainer, sides []sideFile) (parts []Part) {
	file := p.file
	fm, _, _ := front.ParseExplainer(p.file, p.data)
	list := fm.Timeline
	for _, s := range sides {
		if s.key == "timeline" && list == nil {
			file = s.file
			list, _ = front.ParseTimeline(s.file, s.data)
		}
	}
	for i, ev := range e.OwnEvents {
		if ev.Use == nil && i < len(list) {
			parts = append(parts, Part{Anchor: "event-" + ev.ID, Title: ev.Title, Text: p.plain(ev.Text), Places: []diag.Place{{File: file, Span: list[i].Span}}})
		}
	}
	return parts
}

// Document returns the Markdown file of the document that a file is part of:
// itself, or that of the explainer whose list it is. It is "" for all else.
func (s *Site) Document(file string) string {
	key := documentKey(file)
	if e := s.byID[key]; e != nil && (e.Path == file || slices.Contains(e.sideFiles(), file)) {
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
func (s *Site) PageAt(file string) *PlainPage {
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
	return strings.TrimSuffix(parts[2], ".md") + edition
}

// Where returns where something that a page shows is written. document is the
// page's Markdown file, anchor the id of the part of the page, and text what
// the paragraph says, or how it begins. Another explainer's answer or event
// stands in that one's file, a term in its own. It reports false where document
// is none of the site's.
func (s *Site) Where(document, anchor, text string) (diag.Place, bool) {
	if rest, ok := strings.CutPrefix(anchor, "event-"); ok {
		if key, id, other := strings.Cut(rest, "--"); other && s.byID[key] != nil {
			document, anchor = s.byID[key].Path, "event-"+id
		}
	}
	if id, ok := strings.CutPrefix(anchor, "term-"); ok && s.termByID[id] != nil {
		document = s.termByID[id].Path
	}
	if s.Document(document) != document || document == "" {
		return diag.Place{}, false
	}
	e := s.ExplainerAt(document)
	if e == nil {
		return s.nearest([]diag.Place{{File: document}}, text), true
	}
	if i := slices.IndexFunc(e.Questions, func(q *Question) bool { return q.ID == anchor || slices.Contains(q.Aliases, anchor) }); i >= 0 {
		e, anchor = e.Answers[i].Explainer, e.Answers[i].Question.ID
	}
	parts := s.Parts(e, s.Source)
	i := slices.IndexFunc(parts, func(p Part) bool { return p.Anchor == anchor })
	if len(parts) == 0 {
		return diag.Place{File: document}, true // it is gone meanwhile
	}
	return s.nearest(parts[max(i, 0)].Places, text), true
}

// nearest returns where, in any of the places, most words of text stand in a
// row; of equally many it is the first, and for want of them the first place.
func (s *Site) nearest(places []diag.Place, text string) diag.Place {
	best, most := places[0], 0
	for _, at := range places {
		src := s.Source(at.File)
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
