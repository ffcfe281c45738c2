package pages

import (
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// What is withdrawn keeps its address, and what others hold of it keeps theirs:
// the cards, what they embed, and the copy as Markdown. All of them say the
// editor's note, and nothing else.

// withdrawn makes the View of the page of an explainer that is withdrawn.
func (b *builder) withdrawn(e *site.Explainer) *Explainer {
	v := &Explainer{ID: e.ID, Label: b.word("explainer"), Status: e.Status.String()}
	v.EditorsNote = b.note(e)
	v.Page = b.page(e.Title, b.noteWords(e))
	v.NoIndex = true
	b.crumbs(&v.Page, Link{Title: b.word("explainers"), URL: b.link.to(explainersPath)},
		Link{Title: e.Title, URL: b.link.explainer(e, "", ""), Current: true})
	return v
}

// withdrawnCard makes the View of one of its questions.
func (b *builder) withdrawnCard(e *site.Explainer, i int) *QuestionCard {
	page := b.link.explainer(e, "", "")
	v := &QuestionCard{Explainer: Link{URL: page}}
	v.Question = Question{Site: b.site, ID: e.Questions[i].ID, Text: b.word("withdrawn"), URL: page}
	if v.Question.Answer = b.note(e); v.Question.Answer == nil {
		v.Question.Short = b.word("withdrawn-note")
	}
	v.Page = b.page(v.Question.Text, b.noteWords(e))
	v.NoIndex = true
	if base := b.book.site.Config.BaseURL; base != "" {
		v.Canonical = base + escapePath(explainerPath(e))
	}
	return v
}

// withdrawnCopy is its copy as Markdown.
func (b *builder) withdrawnCopy(e *site.Explainer) any {
	title, note := markdownText(b.word("withdrawn")), markdownText(b.noteWords(e))
	return textDocument("# " + title + "\n\n" + note + "\n")
}

// note is the editor's note, nil where there is none.
func (b *builder) note(e *site.Explainer) *Prose {
	if note := e.Note(); note != nil {
		return b.prose(site.Origin{Explainer: e}, note.Text, "")
	}
	return nil
}

// noteWords is what the note says, without markup.
func (b *builder) noteWords(e *site.Explainer) string {
	if note := e.Note(); note != nil {
		return note.Plain
	}
	return b.word("withdrawn-note")
}

// forgive makes a warning of a report of an address that may have gone with a
// withdrawn explainer: that stops no build. It records where its links lead now:
// to the explainer's page, or to the list that its events or topics stood in.
func (b *Book) forgive(d diag.Diagnostic, path string, picture bool) diag.Diagnostic {
	instead, gone := b.gone(path)
	slug, _, _ := strings.Cut(strings.TrimPrefix(path, topicsPath), "/")
	waits := strings.HasPrefix(path, topicsPath) && b.site.TopicWaits(slug)
	if !gone && !waits {
		return d
	}
	why := ": it may have gone with an explainer that is withdrawn"
	d.Hint = "take it out, or write /" + instead
	if waits {
		instead, why = topicsPath, " yet: all that is filed there is held back"
		d.Hint = "nothing need be done: it leads there as soon as that is published"
	}
	if picture {
		instead, d.Hint = "", "take it out, or name another"
	}
	b.lead(path, instead)
	d.Severity, d.Rule = diag.Warning, "held-back"
	d.Message += why
	return d
}

// lead records where links lead to a path that is no page.
func (b *Book) lead(path, instead string) {
	if b.instead == nil {
		b.instead = map[string]string{}
	}
	b.instead[path] = instead
}

// gone returns where links lead to a page that a withdrawn explainer may have had: its file may no
// longer hold its events and topics.
func (b *Book) gone(path string) (instead string, ok bool) {
	if len(b.site.Withdrawn) == 0 {
		return "", false
	}
	for _, e := range b.site.Withdrawn {
		if strings.HasPrefix(path, explainerPath(e)) {
			return explainerPath(e), true
		}
	}
	for _, list := range []string{topicsPath, timelinePath} {
		if strings.HasPrefix(path, list) {
			return list, true
		}
	}
	list, _, part := strings.Cut("/"+path, "/page/")
	return strings.TrimPrefix(list+"/", "/"), part
}

// there is where a link to a path of the site leads; "" for a picture that is gone.
func (b *Book) there(path string) string {
	if len(b.instead) == 0 {
		return path
	}
	page, anchor, _ := strings.Cut(path, "#")
	if instead, gone := b.instead[page]; gone {
		if anchor != "" && strings.HasPrefix(instead, timelinePath+"#") {
			return timelinePath + "#" + anchor // its events have the anchors that they had
		}
		return instead
	}
	return path
}
