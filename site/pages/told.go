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
)

// Told is an event as every list of events shows it: {{.HTML}}. An event
// stands in the lists of its year, its topics, its places and its explainers, so
// event.html makes it once, as a Fragment whose only holes are the way to the
// site's root, and each page weaves in its own.
type Told struct {
	Sum  site.Sum // of the event's View and the templates that show it
	Root string   // of the page: "../../"

	index int32
	html  template.HTML
}

// HTML returns the event as event.html shows it.
func (t *Told) HTML() template.HTML { return t.html }

// rootMark stands in an address for the way to the site's root. The quotation
// mark before it can't come from a text: html/template escapes it there.
const (
	rootMark   = "~root~/"
	markedRoot = `"` + rootMark
)

// toldEvent is what the Book remembers of an event.
type toldEvent struct {
	sum  site.Sum
	html atomic.Pointer[memo.Ref] // nil until a page needs it
}

// sumEvents works out each event's Sum: what a list's key is made of.
func (b *Book) sumEvents() error {
	b.told = make([]toldEvent, len(b.site.Events))
	closure := b.templates.closure("event")
	return par.Each(b.ctx, len(b.told), func(i int) error {
		bu := b.eventBuilder()
		v := bu.event(b.site.Events[i], nil)
		f := b.newFingerprinter(bu.site)
		f.bytes(b.base)
		f.bytes(closure[:])
		f.value(reflect.ValueOf(&v))
		b.told[i].sum = f.sum()
		return bu.err
	})
}

// eventBuilder makes Views of events whose links lead from the root mark.
func (b *Book) eventBuilder() *builder {
	bu := b.builder(&planned{lang: b.site.Config.Lang, layout: "event"})
	bu.link.prefix = rootMark
	return bu
}

// tell lists an event on a page.
func (b *builder) tell(ev *site.TimelineEvent) *Told {
	return &Told{Sum: b.book.told[ev.Index].sum, Root: strings.Repeat("../", strings.Count(b.link.from, "/")), index: ev.Index}
}

// appendTold appends an event's HTML, made now if no page needed it before,
// with the way to the root filled in.
func (b *Book) appendTold(buf []byte, t *Told) ([]byte, []diag.Diagnostic, error) {
	slot := &b.told[t.index]
	var html []byte
	var ds []diag.Diagnostic
	var err error
	if ref := slot.html.Load(); ref != nil {
		html, err = b.site.Recall(*ref)
	} else {
		html, ds, err = b.makeEvent(slot, t.index)
	}
	for err == nil {
		i := bytes.Index(html, []byte(markedRoot))
		if i < 0 {
			break
		}
		buf = append(append(buf, html[:i+1]...), t.Root...)
		html = html[i+len(markedRoot):]
	}
	return append(buf, html...), ds, err
}

func (b *Book) makeEvent(slot *toldEvent, index int32) ([]byte, []diag.Diagnostic, error) {
	bu := b.eventBuilder()
	v := bu.event(b.site.Events[index], nil)
	v.Text.weave()
	var html bytes.Buffer
	ds := b.templates.execute(&html, "event", explainerPath(b.site.Events[index].Explainer), &v)
	ref, err := b.site.Remember(html.Bytes())
	slot.html.Store(&ref)
	return html.Bytes(), append(bu.diags, ds...), err
}
