package pages

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/internal/par"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
	"nutgraf/site/search"
)

// makeSearch makes the index that the search page reads: every question with
// its answer, every term and every event, each where it is told first.
func (b *Book) makeSearch() error {
	index := search.New(b.site.Config.Lang.Tag)
	if err := b.addEntries(index); err != nil {
		index.Close()
		return err
	}
	var err error
	b.index, err = index.Finish()
	return err
}

func (b *Book) addEntries(index *search.Builder) error {
	for _, t := range b.site.Terms {
		names := strings.Join(slices.Concat(t.Forms, t.Formerly), " ")
		if err := index.Add(search.Entry{Kind: search.Term, Title: t.Term, Text: t.Short, Body: []byte(names), URL: termPath(t)}); err != nil {
			return err
		}
	}
	for _, e := range b.site.Explainers {
		if err := b.addExplainer(index, e); err != nil {
			return err
		}
		par.Pause(b.ctx)
	}
	return nil
}

// addExplainer adds what an explainer says itself.
func (b *Book) addExplainer(index *search.Builder, e *site.Explainer) error {
	bu := b.builder(&planned{lang: b.site.Config.Lang, layout: "search"})
	defer bu.release()
	path := explainerPath(e)
	intro := search.Entry{Kind: search.Explainer, Title: e.Title, Text: e.Summary, Body: bu.plainText(e.Intro), URL: path}
	if err := index.Add(intro); err != nil {
		return err
	}
	for i, q := range e.Questions {
		a := e.Answers[i]
		if a.Explainer != e {
			continue
		}
		entry := search.Entry{Kind: search.Question, Title: cmp.Or(q.Text, a.Question.Text), Text: cmp.Or(q.Short, a.Question.Short),
			Body: bu.plainText(a.Question.Answer), Of: e.Title, URL: path + "#" + q.ID}
		if err := index.Add(entry); err != nil {
			return err
		}
	}
	for _, ev := range e.Timeline {
		if ev.Explainer != e {
			continue
		}
		entry := search.Entry{Kind: search.Event, Title: ev.Title, Of: cmp.Or(ev.DateText, bu.uncertain(ev.Date).Words), URL: b.eventPath(ev)}
		if err := index.Add(entry); err != nil {
			return err
		}
	}
	return bu.err
}

// plainText is a text without markup, until the next one is asked for.
func (b *builder) plainText(p site.Prose) []byte {
	f := b.fragment(p)
	if f == nil {
		return nil
	}
	b.scratch = markdown.AppendPlainText(b.scratch[:0], f.HTML)
	return b.scratch
}

// planSearch adds the search page, and the files of its index.
func (b *Book) planSearch(l *lang.Language) {
	b.chunked(searchPath, "search", l, diag.Place{}, len(b.site.Explainers), searchListed, func(bu *builder, cs []chunk, i int) any { return bu.search(cs, i) })
	for _, f := range b.index.Files() {
		b.data(searchPath+f.Name, func(*builder) any { return indexFile{f} })
	}
}

// indexFile is a file of the search index.
type indexFile struct{ search.File }

// Encode writes it.
func (f indexFile) Encode(w io.Writer) error {
	_, err := f.WriteTo(w)
	return err
}
