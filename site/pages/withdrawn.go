package pages

import (
	"fmt"
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// What is withdrawn keeps its address, and what others hold of it keeps theirs:
// the cards, what they embed, and the copy as Markdown. All of them say the
// editor's note, and nothing else.

// withdrawn makes the View of the page of an explainer that is withdrawn.
func (b *builder) withdrawn(e *site.Explainer) *Explainer {
	v := &Explainer{ID: e.ID, Label: b.word("explainer"), Status: e.Status.String(), EditorsNote: b.note(e)}
	v.Page = b.page(e.Title, b.noteWords(e))
	v.OGType, v.NoIndex = "article", true
	b.crumbs(&v.Page, Link{Title: b.word("explainers"), URL: b.link.to(explainersPath)}, Link{Title: e.Title, URL: b.link.explainer(e, "", ""), Current: true})
	return v
}

// withdrawnCard makes the View of one of its questions.
func (b *builder) withdrawnCard(e *site.Explainer, i int) *QuestionCard {
	v := &QuestionCard{Question: Question{Site: b.site, ID: e.Questions[i].ID, Text: b.word("withdrawn"), URL: b.link.explainer(e, "", ""), Answer: b.note(e)},
		Explainer: Link{URL: b.link.explainer(e, "", "")}}
	if v.Question.Answer == nil {
		v.Question.Short = b.word("withdrawn-note")
	}
	v.Page = b.page(v.Question.Text, b.noteWords(e))
	v.OGType, v.NoIndex = "article", true
	if base := b.book.site.Config.BaseURL; base != "" {
		v.Canonical = base + explainerPath(e)
	}
	return v
}

// withdrawnCopy is its copy as Markdown.
func (b *builder) withdrawnCopy(e *site.Explainer) any {
	return textDocument("# " + markdownText(b.word("withdrawn")) + "\n\n" + markdownText(b.noteWords(e)) + "\n")
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

// tellGone tells of an address that went with a withdrawn explainer, and takes down
// where its links lead now.
func (b *Book) tellGone(path, what string, at diag.Place) bool {
	instead, gone := b.gone(path)
	if !gone {
		return false
	}
	if what == "picture" {
		instead = ""
	}
	if b.instead == nil {
		b.instead = map[string]string{}
	}
	b.instead[path] = instead
	b.diags = append(b.diags, diag.Diagnostic{Severity: diag.Warning, Rule: "held-back", Message: fmt.Sprintf("there is no %s /%s any more: an explainer is withdrawn", what, path), At: at,
		Hint: "take it out, or name another"})
	return true
}

// gone says where a link to what went with a withdrawn explainer leads now: to the
// explainer's page, or to the list that its events or topics stood in.
func (b *Book) gone(path string) (instead string, ok bool) {
	for _, e := range b.site.Withdrawn {
		if strings.HasPrefix(path, explainerPath(e)) {
			return explainerPath(e), true
		}
		for _, t := range e.Topics {
			if strings.HasPrefix(path, topicPath(t)) {
				return topicsPath, true
			}
		}
		for _, ev := range e.Timeline {
			if strings.HasPrefix(path, yearPath(ev.Date.Year())) {
				return timelinePath, true
			}
		}
	}
	list, _, isPart := strings.Cut("/"+path, "/page/")
	return strings.TrimPrefix(list+"/", "/"), isPart && len(b.site.Withdrawn) > 0
}

// there is where a link to a path of the site leads; "" for a picture that is gone.
func (b *Book) there(path string) string {
	if len(b.instead) == 0 {
		return path
	}
	page, _, _ := strings.Cut(path, "#")
	if instead, gone := b.instead[page]; gone {
		return instead
	}
	return path
}
