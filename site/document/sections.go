package document

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// underlined reports a text that is a heading because of a --- below it. A line
// of hyphens about as long as one line of text is meant.
func (p *parser) underlined(h markdown.Heading) {
	words, below, _ := bytes.Cut(p.data[h.At.Start:], []byte("\n"))
	start := p.data[p.lineStart(int(h.At.Start)):min(int(h.At.Start)+1, len(p.data))]
	line, _, _ := bytes.Cut(below, []byte("\n"))
	line = bytes.TrimSpace(line)
	meant := len(bytes.Trim(line, "-")) == 0 && string(line) != "---" && 2*len(line) >= len(words)
	if meant || len(words) <= len("---") || bytes.IndexByte(start, '#') >= 0 {
		return
	}
	p.report(diag.Warning, "underlined", h.At, "the hyphens below make this text a question",
		"it is seldom meant: most write ## before a question",
		"write ## before it; or leave a line free above the hyphens, to have a line across the page")
}

func sectionQuestion(qs []*Question, h markdown.Heading) *Question {
	for _, q := range qs {
		if h.ID != "" && q.ID == h.ID {
			return q
		}
	}
	if h.ID != "" {
		return nil
	}
	for _, q := range qs {
		if q.Text == h.Text || q.ID == markdown.Slug(h.Text) {
			return q
		}
	}
	return nil
}

// mistaken reports a heading that was to be that of a listed question: it has
// its words and another id, or is almost the one that has no answer. The section
// is its answer then, so that it is not missed as well.
func (p *parser) mistaken(listed, found []*Question, s *markdown.Section) bool {
	texts := make([]string, 0, len(listed))
	for _, q := range listed {
		texts = append(texts, q.Text)
	}
	near, ok := diag.Nearest(s.Heading.Text, texts)
	if !ok {
		return false
	}
	q := listed[slices.Index(texts, near)]
	answered := q.Answer.Given() || q.Use != nil || slices.Contains(found, q)
	switch {
	case near == s.Heading.Text:
		hint := "the id of “%s” is %s: write {#%[2]s}, or give the question this one with id:"
		p.wrong("unlisted-question", s.Heading.At,
			fmt.Sprintf("no listed question has the id “%s”", Clip(s.Heading.ID)), fmt.Sprintf(hint, Clip(near), q.ID))
	case answered:
		return false
	default:
		sev := diag.Warning
		if p.strict {
			sev = diag.Error
		}
		message := "“%s” is none of the listed questions, and “%s” has no answer"
		p.report(sev, "unlisted-question", s.Heading.At, fmt.Sprintf(message, Clip(s.Heading.Text), Clip(near)), "",
			fmt.Sprintf("did you mean “%s”? Else add it to questions, or lower it to ###", near))
	}
	if !answered {
		p.takeSection(q, s)
	}
	return true
}

// takeSection makes a section the answer of its question.
func (p *parser) takeSection(q *Question, s *markdown.Section) {
	if q.Text == "" {
		q.Text = s.Heading.Text
	}
	if s.Short != "" {
		if q.Short != "" {
			p.wrong("two-shorts", s.ShortAt, "this question has a short answer already", "keep one of the two")
		}
		q.Short = s.Short
		p.words(diag.Warning, front.Text{Value: s.Short, Span: s.ShortAt}, 50, "the short answer")
	}
	q.Answer = p.keep(s.Fragment)
	if p.keepText {
		p.section[q] = s
	}
	p.anchors(q.ID, &s.Fragment)
}

// sectionsAreQuestions makes each section a question where none are listed.
func (p *parser) sectionsAreQuestions(e *Explainer, b *markdown.Body) {
	taken := p.idsTaken(nil, b)
	for i := range b.Sections {
		p.underlined(b.Sections[i].Heading)
		e.Questions = append(e.Questions, p.ownQuestion(&b.Sections[i], taken))
	}
}

// idsTaken are the ids that writers gave: none that is made of words may be one.
func (p *parser) idsTaken(listed []*Question, b *markdown.Body) map[string]bool {
	taken := map[string]bool{}
	for _, q := range listed {
		taken[markdown.FoldID(q.ID)] = true
	}
	for i := range b.Sections {
		if id := b.Sections[i].Heading.ID; id != "" {
			taken[markdown.FoldID(id)] = true
		}
	}
	return taken
}

// ownQuestion makes a section a question of its own.
func (p *parser) ownQuestion(s *markdown.Section, taken map[string]bool) *Question {
	h := &s.Heading
	q := &Question{ID: h.ID, Text: h.Text, At: p.place(h.At), QuestionMore: oneMore(&p.memory.questions)}
	if q.ID != "" {
		q.idAt = p.place(s.Heading.IDAt)
	} else {
		slug := markdown.Slug(q.Text)
		q.ID = cmp.Or(slug, "question")
		for n := 2; taken[markdown.FoldID(q.ID)]; n++ {
			q.ID = fmt.Sprintf("%s-%d", cmp.Or(slug, "question"), n)
		}
		taken[markdown.FoldID(q.ID)] = true
		if q.ID != slug {
			message := fmt.Sprintf("another question has the address “%s” already: this one gets “%s”", slug, q.ID)
			if slug == "" {
				message = fmt.Sprintf("no address can be made of “%s”: this question gets “%s”", Clip(q.Text), q.ID)
			}
			p.report(diag.Warning, "same-slug", s.Heading.At, message,
				"the address changes when the questions change places",
				"give it an id of its own: ## "+Clip(q.Text)+" {#"+q.ID+"}",
				q.WithID(p.data)...)
		}
	}
	p.takeSection(q, s)
	return q
}
