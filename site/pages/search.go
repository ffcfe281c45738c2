package pages

import (
	"cmp"
	"io"

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
		if err := index.Add(search.Entry{Kind: search.Term, Title: t.Term, Text: t.Short, URL: termPath(t)}); err != nil {
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
	if err := index.Add(search.Entry{Kind: search.Explainer, Title: e.Title, Text: e.Summary, URL: path}); err != nil {
		return err
	}
	for i, q := range e.Questions {
		a := e.Answers[i]
		if a.Explainer != e {
			continue
		}
		entry := search.Entry{Kind: search.Question, Title: cmp.Or(q.Text, a.Question.Text), Text: cmp.Or(q.Short, a.Question.Short), Of: e.Title, URL: path + "#" + q.ID}
		if f := bu.fragment(a.Question.Answer); f != nil {
			bu.scratch = markdown.AppendPlainText(bu.scratch[:0], f.HTML)
			entry.Body = bu.scratch
		}
		if err := index.Add(entry); err != nil {
			return err
		}
	}
	for _, ev := range e.Timeline {
		if ev.Explainer != e {
			continue
		}
		entry := search.Entry{Kind: search.Event, Title: ev.Title, Of: cmp.Or(ev.DateText, bu.uncertain(ev.Date).Words), URL: path + "#event-" + ev.ID}
		if err := index.Add(entry); err != nil {
			return err
		}
	}
	return bu.err
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
