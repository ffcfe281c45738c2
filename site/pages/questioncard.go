package pages

import (
	"cmp"
	"fmt"
	"html"
	"strings"
	"time"

	"nutgraf/site"
	"nutgraf/site/document"
)

// questionCard makes the View of a question on a page of its own.
func (b *builder) questionCard(e *site.Explainer, i int) *QuestionCard {
	if e.Status == document.Withdrawn {
		return b.withdrawnCard(e, i)
	}
	o := site.Origin{Explainer: e}
	v := &QuestionCard{Question: b.question(e, i), Explainer: Link{Title: e.Title,
		URL: b.link.explainer(e, "", "")}, ExplainerDate: b.day(e.Published)}
	v.Page = b.page(v.Question.Text, cmp.Or(v.Question.Short, e.Summary))
	v.NoIndex = v.NoIndex || e.NoIndex
	if base := b.book.site.Config.BaseURL; base != "" {
		v.Canonical, v.ShareURL = base+escapePath(explainerPath(e)), base+escapePath(cardPath(e, v.Question.ID))
		v.EmbedCode = fmt.Sprintf(
			`<iframe src="%s" title="%s" width="100%%" height="320" loading="lazy"></iframe>`,
			base+escapePath(embedPath(e, v.Question.ID)), html.EscapeString(v.Question.Text))
	}
	if b.layout == "embed" {
		v.NoIndex = true
	}
	b.articleTags(&v.Page, e)
	b.shareCard(&v.Page, e, i)
	v.Sources = b.sourceList(o)
	a := &e.Answers[i]
	v.By, v.Syndication = b.byWords(a.Explainer), credit(a.Explainer)
	if u := corrected(a); u != nil {
		made := b.update(a.Explainer, u)
		v.Corrected = &made
	}
	day := answerDay(a)
	v.Question.AsOf, v.Unreviewed = b.day(day), b.wholeDay(b.book.site.Unreviewed(e))
	v.Menu = Menu{ReplyURL: v.Question.ReplyURL, ReplyFormURL: v.Question.ReplyFormURL,
		Cite: b.citeLine(&v.Page, v.Title+" – "+e.Title, day)}
	return v
}

// copiedDay is the day as of which copies say that a text of the explainer, which was
// last updated then, is true: as_of where it is written, else the newest.
func copiedDay(e *site.Explainer, updated time.Time) time.Time {
	if !e.AsOf.Equal(e.Published) {
		return e.AsOf
	}
	return later(updated, e.Published)
}

// answerDay is the day as of which copies say that an answer is true.
func answerDay(a *site.Answer) time.Time {
	if !a.AsOf.IsZero() {
		return a.AsOf
	}
	return copiedDay(a.Explainer, a.Updated)
}

// credit is the credit line of an explainer's text, nil where it needs none.
func credit(e *site.Explainer) *Syndication {
	s := e.Syndication
	if s == nil {
		return nil
	}
	return &Syndication{Originator: s.Originator, URL: s.URL, Via: s.Via, License: s.License,
		Adapted: s.Adapted}
}

// byWords says who wrote an explainer, "" where nobody is named.
func (b *builder) byWords(e *site.Explainer) string {
	names := make([]string, 0, len(e.Authors))
	for _, a := range e.Authors {
		names = append(names, a.Name)
	}
	if len(names) == 0 {
		return ""
	}
	return b.word("by") + " " + strings.Join(names, ", ")
}

// corrected is the newest correction or clarification of an answer, nil where there is none.
func corrected(a *site.Answer) *document.Update {
	for _, u := range a.Explainer.Updates { // the newest is the first
		if (u.Type == "correction" || u.Type == "clarification") && u.Concerns(a.Question()) {
			return u
		}
	}
	return nil
}

// citeLine is the line to cite a page with by a title, as of the day that its copies say.
func (b *builder) citeLine(v *Page, title string, day time.Time) string {
	if day.IsZero() {
		return ""
	}
	key := "cite-line"
	if len(v.AuthorNames) > 0 {
		key = "cite-line-by"
	}
	part := func(s string) string {
		if s == "" || b.words.Dir != "rtl" {
			return s
		}
		return "\u2068" + s + "\u2069" // keeps its own direction, in what is copied too
	}
	line := b.say(key, "title", part(title), "authors", part(strings.Join(v.AuthorNames, ", ")),
		"date", part(b.words.Date(day.In(b.book.site.Config.Location))),
		"site", part(b.site.Title), "publisher", part(cmp.Or(b.site.PublisherName, b.site.Title)),
		"url", part(v.ShareURL))
	return strings.TrimRight(line, " ,;:") // it may end in an address that there is not
}
