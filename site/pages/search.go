package pages

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
	"nutgraf/site/search"
)

// addTerms adds the glossary to what search finds.
func (b *Book) addTerms(batch *search.Batch) {
	for _, t := range b.site.Terms {
		names := strings.Join(slices.Concat(t.Forms, t.Formerly), " ")
		batch.Add(search.Entry{Kind: search.Term, Title: t.Term, Text: t.Short, Body: []byte(names), URL: termPath(t)})
	}
}

func addBatches(index *search.Builder, batches []search.Batch) error {
	for i := range batches {
		if err := index.AddBatch(&batches[i]); err != nil {
			return err
		}
	}
	return nil
}

// addExplainer adds what an explainer says itself: every question with its
// answer, and every event.
func (b *builder) addExplainer(batch *search.Batch, e *site.Explainer) {
	path := explainerPath(e)
	batch.Add(search.Entry{Kind: search.Explainer, Title: e.Title, Text: e.Summary, Body: b.plainText(e.Intro), URL: path})
	for i, q := range e.Questions {
		a := e.Answers[i]
		if a.Explainer != e {
			continue
		}
		batch.Add(search.Entry{Kind: search.Question, Title: cmp.Or(q.Text, a.Question.Text), Text: cmp.Or(q.Short, a.Question.Short),
			Body: b.plainText(a.Question.Answer), Of: e.Title, URL: path + "#" + q.ID})
	}
	for _, ev := range e.Timeline {
		if ev.Explainer == e {
			batch.Add(search.Entry{Kind: search.Event, Title: ev.Title, Of: cmp.Or(ev.DateText, b.uncertain(ev.Date).Words), URL: b.book.eventPath(ev)})
		}
	}
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

// planSearch adds the search page.
func (b *Book) planSearch(l *lang.Language) {
	b.chunked(searchPath, "search", l, diag.Place{}, b.titles(), searchListed, func(bu *builder, cs []chunk, i int) any { return bu.search(cs, i) })
}

// planIndex adds the files of the search index.
func (b *Book) planIndex() {
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
