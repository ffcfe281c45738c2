package pages

import (
	"bytes"
	"cmp"
	"html/template"
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
	"nutgraf/site/search"
)

// Told is an event as every list of events shows it: {{.HTML}}. An event
// stands in the lists of its year, its topics, its places and its explainers, so
// event.html makes it once, as a Fragment whose only holes are the way to the
// site's root, and each page weaves in its own.
type Told struct {
	Sum  site.Sum // of the Fragment, and of what structured data says of the event
	Root string   // of the page: "../../"

	book  *Book
	html  memo.Ref
	event *site.TimelineEvent
}

// HTML returns the event as event.html shows it. An error is I/O.
func (t *Told) HTML() (template.HTML, error) {
	b, err := t.AppendHTML(nil)
	return template.HTML(b), err
}

// AppendHTML appends what HTML returns to buf.
func (t *Told) AppendHTML(buf []byte) ([]byte, error) {
	fragment, _ := t.book.scratch.Get().(*[]byte)
	if fragment == nil {
		fragment = new([]byte)
	}
	defer t.book.scratch.Put(fragment)
	var err error
	if *fragment, err = t.book.site.Recall(t.html, *fragment); err != nil {
		return buf, err
	}
	return appendRooted(buf, *fragment, t.Root), nil
}

// rootMark stands in an address for the way to the site's root. The quotation
// mark before it can't come from a text: html/template escapes it there.
const (
	rootMark   = "~root~/"
	markedRoot = `"` + rootMark
)

// appendRooted appends an event's HTML with the way to the root filled in.
func appendRooted(buf, html []byte, root string) []byte {
	for {
		i := bytes.Index(html, []byte(markedRoot))
		if i < 0 {
			return append(buf, html...)
		}
		buf = append(append(buf, html[:i+1]...), root...)
		html = html[i+len(markedRoot):]
	}
}

// toldEvent is what the Book remembers of an event.
type toldEvent struct {
	sum        site.Sum
	html, text memo.Ref // text without markup
}

// gather makes every event for the lists, those of one explainer together,
// because their texts lie in one record, and the search index, which takes the
// explainers in their order: while it takes those of one block, the next is read.
func (b *Book) gather() error {
	b.told = make([]toldEvent, len(b.site.Events))
	var err error
	b.index, err = b.makeIndex((*builder).gatherOf)
	return err
}

// makeIndex makes the search index. read reads an explainer for it.
func (b *Book) makeIndex(read reader) (*search.Index, error) {
	index := search.New(b.site.Config.Lang.Tag)
	if err := b.readInto(index, read); err != nil {
		index.Close()
		return nil, err
	}
	return index.Finish()
}

// reader adds an explainer to a batch of what can be searched.
type reader func(*builder, *site.Explainer, *search.Batch) ([]diag.Diagnostic, error)

// block is how many explainers are read before they are indexed.
const block = 32

func (b *Book) readInto(index *search.Builder, reader reader) error {
	read, next := make([]search.Batch, 1, block), make([]search.Batch, block)
	b.addTerms(&read[0])
	var diags [block][]diag.Diagnostic
	for rest := b.site.Explainers; len(read) > 0; {
		now := rest[:min(block, len(rest))]
		rest = rest[len(now):]
		err := par.Each(b.ctx, 1+len(now), func(i int) (err error) {
			if i == 0 {
				return addBatches(index, read)
			}
			bu := b.builder(&planned{lang: b.site.Config.Lang, layout: "event"})
			defer bu.release()
			next[i-1].Reset()
			diags[i-1], err = reader(bu, now[i-1], &next[i-1])
			return err
		})
		for _, ds := range diags[:len(now)] {
			b.diags = append(b.diags, ds...)
		}
		if err != nil {
			return err
		}
		read, next = next[:len(now)], read[:block]
	}
	return nil
}

// gatherOf makes the events that an explainer tells, and reads it for search.
func (b *builder) gatherOf(e *site.Explainer, batch *search.Batch) ([]diag.Diagnostic, error) {
	ds, err := b.makeEvents(e)
	b.addExplainer(batch, e)
	return append(ds, b.diags...), cmp.Or(err, b.err)
}

// makeEvents makes the events that an explainer tells. Their links lead from
// the root mark.
func (b *builder) makeEvents(e *site.Explainer) ([]diag.Diagnostic, error) {
	b.link.prefix = rootMark
	var html bytes.Buffer
	var diags []diag.Diagnostic
	var v Event
	for _, ev := range e.Timeline {
		if ev.Explainer != e {
			continue
		}
		html.Reset()
		v = b.event(ev, nil)
		ds, err := b.book.templates.execute(&html, "event", explainerPath(e), &v)
		diags = append(diags, ds...)
		told := &b.book.told[ev.Index]
		if err == nil {
			told.html, err = b.book.site.Remember(html.Bytes())
		}
		for _, fact := range [...]string{ev.Title, ev.Date.String(), ev.Status, placeOf(ev), b.book.eventPath(ev)} {
			html.WriteString("\x00" + fact)
		}
		if ev.Spot != nil {
			html.WriteString("\x00" + ev.Spot.ID)
		}
		told.sum = site.SumOf(html.Bytes())
		if text := b.plainText(ev.Text); len(text) > 0 && err == nil {
			told.text, err = b.book.site.Remember(bytes.Trim(text, " "))
		}
		if b.fail(err); b.err != nil {
			return diags, b.err
		}
	}
	return diags, nil
}

// tell lists events on a page.
func (b *builder) tell(events ...*site.TimelineEvent) []*Told {
	root := ascend(strings.Count(b.link.from, "/"))
	list := b.made.lists.list(len(events))
	for _, ev := range events {
		told, t := b.toldOf(ev), b.made.told.one()
		*t = Told{Sum: told.sum, Root: root, book: b.book, html: told.html, event: ev}
		list = append(list, t)
	}
	return list
}

// toldOf is what is remembered of an event. A lazy Book makes it now.
func (b *builder) toldOf(ev *site.TimelineEvent) *toldEvent {
	if b.book.lazy != nil {
		ds, err := b.book.lazy.tell(b.book, ev.Explainer)
		b.fail(err)
		if len(ds) > 0 && b.heard != ev.Explainer {
			b.heard, b.diags = ev.Explainer, append(b.diags, ds...)
		}
	}
	return &b.book.told[ev.Index]
}

// eventText is an event's text without markup.
func (b *builder) eventText(ev *site.TimelineEvent) string {
	text, err := b.book.site.Recall(b.toldOf(ev).text, nil)
	b.fail(err)
	return string(text)
}
