package pages

import (
	"bytes"
	"html/template"
	"reflect"
	"strings"
	"sync/atomic"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
	"nutgraf/site/markdown"
)

// Told is an event as every list of events shows it: {{.HTML}}. An event
// stands in the lists of its year, its topics, its places and its explainers, so
// event.html makes it once, as a Fragment whose only holes are the way to the
// site's root, and each page weaves in its own.
type Told struct {
	Sum  site.Sum // of the event's View and the templates that show it
	Root string   // of the page: "../../"

	index int32
	page  *Leaf
}

// HTML returns the event as event.html shows it. An error is I/O.
func (t *Told) HTML() (template.HTML, error) {
	b, err := t.AppendHTML(nil)
	return template.HTML(b), err
}

// AppendHTML appends what HTML returns to buf.
func (t *Told) AppendHTML(buf []byte) ([]byte, error) {
	html, ds, err := t.page.book.event(t.index, t.page.scratch)
	t.page.diags = append(t.page.diags, ds...)
	if err != nil {
		return buf, err
	}
	t.page.scratch = html
	return appendRooted(buf, html, t.Root), nil
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
	sum    site.Sum
	teller int32 // whose it is: Book.tellers
	at     int32 // its place among those
}

// teller is an explainer with events of its own. They are made together, when
// a page needs the first of them, because their texts lie in one record.
type teller struct {
	events []*site.TimelineEvent
	html   atomic.Pointer[[]memo.Ref] // nil until a page needs them
	texts  atomic.Pointer[[]memo.Ref] // likewise, without markup
}

// sumEvents works out each event's Sum: what a list's key is made of.
func (b *Book) sumEvents() error {
	b.told = make([]toldEvent, len(b.site.Events))
	b.tellers = make([]teller, len(b.site.Explainers))
	for i, e := range b.site.Explainers {
		for _, ev := range e.Timeline {
			if ev.Explainer == e {
				b.told[ev.Index].teller, b.told[ev.Index].at = int32(i), int32(len(b.tellers[i].events))
				b.tellers[i].events = append(b.tellers[i].events, ev)
			}
		}
	}
	closure := b.templates.closures["event"]
	return par.Each(b.ctx, len(b.tellers), func(i int) error {
		return b.withEvents(&b.tellers[i], func(bu *builder, ev *site.TimelineEvent) error {
			v := bu.event(ev, nil)
			f := b.fingerprinter(bu.site)
			f.bytes(b.base)
			f.bytes(closure[:])
			f.value(reflect.ValueOf(&v))
			b.told[ev.Index].sum = f.sum()
			b.summers.Put(f)
			return nil
		})
	})
}

// withEvents calls f for each event of a teller, with one builder whose links
// lead from the root mark.
func (b *Book) withEvents(t *teller, f func(*builder, *site.TimelineEvent) error) error {
	bu := b.builder(&planned{lang: b.site.Config.Lang, layout: "event"})
	defer bu.release()
	bu.link.prefix = rootMark
	for _, ev := range t.events {
		if err := f(bu, ev); err != nil {
			return err
		}
		if bu.err != nil {
			return bu.err
		}
	}
	return nil
}

// tell lists an event on a page.
func (b *builder) tell(ev *site.TimelineEvent) *Told {
	return &Told{Sum: b.book.told[ev.Index].sum, Root: strings.Repeat("../", strings.Count(b.link.from, "/")), index: ev.Index}
}

// event returns an event's HTML in the memory of buf, if it has room.
// Diagnostics are of templates, told once, to the page that met them first.
func (b *Book) event(index int32, buf []byte) ([]byte, []diag.Diagnostic, error) {
	told := b.told[index]
	t := &b.tellers[told.teller]
	var ds []diag.Diagnostic
	refs := t.html.Load()
	if refs == nil {
		var err error
		if refs, ds, err = b.makeEvents(t); err != nil {
			return nil, ds, err
		}
		t.html.Store(refs)
	}
	html, err := b.site.Recall((*refs)[told.at], buf)
	return html, ds, err
}

func (b *Book) makeEvents(t *teller) (*[]memo.Ref, []diag.Diagnostic, error) {
	refs := make([]memo.Ref, 0, len(t.events))
	var ds []diag.Diagnostic
	var html bytes.Buffer
	err := b.withEvents(t, func(bu *builder, ev *site.TimelineEvent) error {
		v := bu.event(ev, nil)
		html.Reset()
		told, err := b.templates.execute(&html, "event", explainerPath(ev.Explainer), &v)
		if err != nil {
			return err
		}
		ds = append(append(ds, told...), bu.diags...)
		bu.diags = nil
		ref, err := b.site.Remember(html.Bytes())
		refs = append(refs, ref)
		return err
	})
	return &refs, ds, err
}

// eventText is an event's text without markup.
func (b *Book) eventText(index int32) (string, error) {
	told := b.told[index]
	t := &b.tellers[told.teller]
	refs := t.texts.Load()
	if refs == nil {
		made := make([]memo.Ref, len(t.events))
		err := b.withEvents(t, func(bu *builder, ev *site.TimelineEvent) error {
			f := bu.fragment(ev.Text)
			if f == nil {
				return nil
			}
			var err error
			made[b.told[ev.Index].at], err = b.site.Remember([]byte(markdown.PlainText(f.HTML)))
			return err
		})
		if err != nil {
			return "", err
		}
		refs = &made
		t.texts.Store(refs)
	}
	text, err := b.site.Recall((*refs)[told.at], nil)
	return string(text), err
}
