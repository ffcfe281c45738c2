package document

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
// neither question nor event, the questions, and the events that are its own.
// read gives the bytes of a file that diagnostics name, nil where there is none.
// What can't be read is left out: Read reports it.
func (c *Config) Parts(e *Explainer, read func(file string) []byte) []Part {
	p := &parser{
		md:   markdown.New(markdown.Options{Typographer: c.Typographer}),
		file: e.Path, data: read(e.Path), rec: &Record{}, memory: &memory{},
	}
	if p.data == nil {
		return nil
	}
	var sides []sideFile
	for _, file := range e.SideFiles() {
		if data := read(file); data != nil {
			sides = append(sides, sideFile{strings.TrimSuffix(path.Base(file), ".yaml"), file, data})
		}
	}
	found := p.parseExplainer(Files{ID: e.ID, Edition: e.Edition, Folder: e.Folder}, sides)
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

// SideFiles are the files that its lists may have for themselves.
func (e *Explainer) SideFiles() (files []string) {
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
		parts[i] = Part{Anchor: q.ID, Title: q.Text,
			Text: strings.TrimSpace(q.Short + " " + p.plain(q.Answer)), Places: []diag.Place{q.At}}
	}
	fm, body, _ := front.ParseExplainer(p.file, p.data)
	b, _ := p.md.Body(markdown.Input{File: p.file, Src: p.data[body.Start:body.End],
		At: func(i int) int { return int(body.Start) + i }})
	_, listed := fm.Keys["questions"]
	listed = listed && !e.Lost.Has(QuestionList) ||
		slices.ContainsFunc(sides, func(s sideFile) bool { return s.key == "questions" })
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
			parts = append(parts, Part{Anchor: "event-" + ev.ID, Title: ev.Title,
				Text: p.plain(ev.Text), Places: []diag.Place{{File: file, Span: list[i].Span}}})
		}
	}
	return parts
}
