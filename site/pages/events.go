package pages

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
	"nutgraf/site/search"
	"nutgraf/site/theme"
)

// ListedEvent is an event as every list of events shows it: {{.HTML}}. An event
// stands in the lists of its year, its topics, its places and its explainers, so
// event.html renders it once, as a Fragment whose only holes are the way to the
// site's root, and each page weaves in its own.
type ListedEvent struct {
	Sum    document.Sum // of the Fragment
	Root   string       // of the page: "../../"
	InYear bool         // it stands under its year, which its date need not show again
	Same   bool         // the event before it is of the same explainer alone, which it need not show again
	Keyed  bool         // it has the keys by which readers choose on this page
	Tagged bool         // tags among them, not only topics

	book     *Book
	rendered *renderedEvent
	event    *site.TimelineEvent
	entry    *site.Term // whose page it is on, which no term links to
}

// HTML returns the event as event.html shows it. An error is I/O.
func (t *ListedEvent) HTML() (theme.HTML, error) {
	b, err := t.AppendHTML(nil)
	return theme.HTML(b), err
}

// AppendHTML appends what HTML returns to buf.
func (t *ListedEvent) AppendHTML(buf []byte) ([]byte, error) {
	err := t.book.eventCache.read(t.book.site, t.rendered.htmlRef(), func(cut []byte) {
		from := len(buf)
		if buf = t.appendWoven(buf, cut); t.entry != nil {
			open := openTerm(linker{prefix: t.Root, disk: t.book.o.Disk}.to(termPath(t.entry)))
			buf = append(buf[:from], unlinked(buf[from:], strings.TrimSuffix(open, ">"))...)
		}
	})
	return buf, err
}

// unlinked is HTML without the links that begin with open; a title may follow there. They are
// looked for, because event.html may be the writer's own, and do what it likes with a text;
// nothing links within a link.
func unlinked(html []byte, open string) []byte {
	var out []byte
	for {
		before, rest, found := bytes.Cut(html, []byte(open))
		if !found {
			return append(out, html...)
		}
		_, rest, _ = bytes.Cut(rest, []byte(">"))
		text, after, _ := bytes.Cut(rest, []byte("</a>"))
		out, html = append(append(out, before...), text...), after
	}
}

// rootMark stands in an address for the way to the site's root. The quotation
// mark before it can't come from a text: html/template escapes it there.
const rootMark = "~root~/"

// ownLink begins what names the explainer that tells an event, as event.html has it.
const ownLink = `<span class="own"`

// keysAttr begins the keys of an event, as event.html has them.
const keysAttr = ` data-k="`

// stop is a place in an event's HTML where each list has its own way.
type stop struct {
	at   int
	kind uint64
}

// What a list does at a stop.
const (
	atEnd   = iota
	atRoot  // the way to the site's root
	atYear  // under its year, readers need not see it again
	endYear // up to here
	atOwn   // behind the explainer that is named already, it isn't shown
	atKeys  // where nobody chooses, there are no keys
	atTags  // where readers choose by topics alone, these end here
	endKeys // up to here
	stops   // how many kinds there are
)

// stopsOf finds the stops in an event's HTML. year is what says the year in the words of
// its date. They are looked for, once for each event: event.html may be the writer's own, and say
// the date in an attribute or the keys nowhere. A mark in what it is given would be shown there;
// what isn't found as the theme has it is shown whole by every list (decision 46).
func stopsOf(found []stop, html []byte, before, year, after string) []stop {
	if year != "" {
		words := theme.AppendText([]byte(">"), before)
		day := len(words)
		words = theme.AppendText(append(words, year...), after)
		i := bytes.Index(html, words)
		if end := i + len(words); i >= 0 && end < len(html) && (html[end] == '<' || html[end] == ' ') {
			found = append(found, stop{i + day, atYear}, stop{i + day + len(year), endYear})
		}
	}
	if i := bytes.Index(html, []byte(ownLink)); i >= 0 {
		found = append(found, stop{i + len(ownLink), atOwn})
	}
	tag, _, _ := bytes.Cut(html, []byte(">"))
	if i := bytes.Index(tag, []byte(keysAttr)); i >= 0 {
		if n := bytes.IndexByte(tag[i+len(keysAttr):], '"'); n >= 0 {
			keys := i + len(keysAttr)
			found = append(found, stop{i, atKeys},
				stop{keys + tagsIn(tag[keys:keys+n]), atTags}, stop{keys + n + len(`"`), endKeys})
		}
	}
	for from := 0; ; from++ {
		i := bytes.IndexByte(html[from:], rootMark[0])
		if i < 0 {
			break
		}
		if from += i; bytes.HasSuffix(html[:from], []byte(`"`)) && bytes.HasPrefix(html[from:], []byte(rootMark)) {
			found = append(found, stop{from, atRoot})
		}
	}
	slices.SortFunc(found, func(x, y stop) int { return x.at - y.at })
	return found
}

// tagsIn is where tags begin among the keys of an event, behind those of topics.
func tagsIn(keys []byte) int {
	at := 0
	for at < len(keys) && keys[at] == topicSign {
		if next := bytes.IndexByte(keys[at:], ' '); next >= 0 {
			at += next + 1
			continue
		}
		return len(keys)
	}
	return max(0, at-1)
}

// appendCut appends an event's HTML, cut at its stops: each piece with its length and
// the kind of the stop behind it before it.
func appendCut(buf, html []byte, found []stop) []byte {
	from := 0
	for _, s := range append(found, stop{len(html), atEnd}) {
		buf = binary.AppendUvarint(buf, uint64(s.at-from)*stops+s.kind)
		buf = append(buf, html[from:s.at]...)
		if from = s.at; s.kind == atRoot {
			from += len(rootMark)
		}
	}
	return buf
}

// appendWoven appends what appendCut cut as the page of t shows it.
func (t *ListedEvent) appendWoven(buf, cut []byte) []byte {
	for {
		n, size := binary.Uvarint(cut)
		end := size + int(n/stops)
		buf = append(buf, cut[size:end]...)
		cut = cut[end:]
		switch n % stops {
		case atEnd:
			return buf
		case atRoot:
			buf = append(buf, t.Root...)
		case atYear:
			switch {
			case t.InYear && yearAlone(buf, cut):
				buf = append(buf, `<span class="vh alone">`...)
			case t.InYear:
				buf = append(buf, `<span class="vh">`...)
			}
		case endYear:
			if t.InYear {
				buf = append(buf, `</span>`...)
			}
		case atOwn:
			if t.Same {
				buf = append(buf, ` hidden`...)
			}
		case atKeys:
			if !t.Keyed {
				cut = behind(behind(cut))
			}
		case atTags:
			if !t.Tagged {
				buf, cut = append(buf, '"'), behind(cut)
			}
		}
	}
}

// behind is what follows the first piece of what appendCut cut.
func behind(cut []byte) []byte {
	n, size := binary.Uvarint(cut)
	return cut[size+int(n/stops):]
}

// yearAlone reports whether a year that is cut is all that stands in its element, so
// that nothing of it is left to be seen.
func yearAlone(before, cut []byte) bool {
	rest := behind(cut)
	_, size := binary.Uvarint(rest)
	return bytes.HasSuffix(before, []byte(">")) && bytes.HasPrefix(rest[size:], []byte("<"))
}

// renderedEvent is what the Book remembers of an event: where its HTML, cut, and its text
// without markup lie, one behind the other, in the record of its explainer.
type renderedEvent struct {
	sum              document.Sum
	block            memo.Ref
	from, html, text int32 // the first byte, and how many
}

// htmlRef is where the HTML lies, textRef where the text does; zero where there is none.
func (t *renderedEvent) htmlRef() memo.Ref { return t.part(t.from, t.html) }

func (t *renderedEvent) textRef() memo.Ref { return t.part(t.from+t.html, t.text) }

func (t *renderedEvent) part(from, n int32) memo.Ref {
	if t.block == 0 || n == 0 {
		return 0
	}
	return t.block.Cut(int(from), int(n))
}

// gather renders every event for the lists, those of one explainer together,
// because their texts lie in one record, and begins the search index, which takes
// the pages in its own order: while it takes those of one block, the next is read.
func (b *Book) gather() error {
	b.rendered = make([]renderedEvent, len(b.site.Events))
	if b.lateIndex != nil {
		return b.renderAllEvents()
	}
	var err error
	b.indexing, err = b.readIndex((*builder).gatherOf)
	return err
}

// renderAllEvents renders every event, and makes no search index.
func (b *Book) renderAllEvents() error {
	diags := make([][]diag.Diagnostic, len(b.site.Explainers))
	err := par.Each(b.ctx, len(diags), func(i int) (err error) {
		diags[i], err = b.renderEvents(b.site.Explainers[i])
		return err
	})
	b.diags = append(b.diags, slices.Concat(diags...)...)
	return err
}

// renderEvents renders the events that an explainer tells.
func (b *Book) renderEvents(e *site.Explainer) ([]diag.Diagnostic, error) {
	bu := b.builder(&planned{lang: b.site.Config.Lang, layout: "event"})
	defer bu.release()
	ds, err := bu.renderEvents(e)
	return append(ds, bu.diags...), cmp.Or(err, bu.err)
}

// makeIndex makes the search index. read reads an explainer for it.
func (b *Book) makeIndex(read reader) (*search.Index, error) {
	index, err := b.readIndex(read)
	if err != nil {
		return nil, err
	}
	return index.Finish(b.ctx)
}

// readIndex begins the search index.
func (b *Book) readIndex(read reader) (*search.Builder, error) {
	index := search.New(b.site.Config.Lang)
	if err := b.readInto(index, read); err != nil {
		index.Close()
		return nil, err
	}
	return index, nil
}

// reader adds a page to a batch of what can be searched.
type reader func(*builder, searched, *search.Batch) ([]diag.Diagnostic, error)

// block is how many pages are read before they are indexed.
const block = 32

func (b *Book) readInto(index *search.Builder, reader reader) error {
	read, next := make([]search.Batch, 0, block), make([]search.Batch, block)
	var diags [block][]diag.Diagnostic
	for rest := b.searchedPages(); len(read)+len(rest) > 0; {
		now := rest[:min(block, len(rest))]
		rest = rest[len(now):]
		for i := range now {
			next[i].Reset(index)
		}
		err := par.Each(b.ctx, 1+len(now), func(i int) (err error) {
			if i == 0 {
				return addBatches(index, read)
			}
			bu := b.builder(&planned{lang: b.site.Config.Lang, layout: "event"})
			defer bu.release()
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

// gatherOf renders the events that an explainer tells, and reads a page for search.
func (b *builder) gatherOf(s searched, batch *search.Batch) (ds []diag.Diagnostic, err error) {
	if s.explainer != nil {
		ds, err = b.renderEvents(s.explainer)
	}
	b.addSearched(batch, s)
	return append(ds, b.diags...), cmp.Or(err, b.err)
}

// renderEvents renders the events that an explainer tells. Their links lead from
// the root mark.
func (b *builder) renderEvents(e *site.Explainer) ([]diag.Diagnostic, error) {
	b.link.prefix = rootMark
	block, path, html := b.eventData[:0], explainerPath(e), &b.html
	var diags []diag.Diagnostic
	var v Event
	var found []stop
	for _, ev := range e.Timeline {
		if ev.Explainer != e {
			continue
		}
		html.Reset()
		v = b.event(ev, nil)
		ds, err := b.book.theme.Execute(html, "event", path, &v)
		diags = append(diags, ds...)
		rendered := &b.book.rendered[ev.Index]
		rendered.from = int32(len(block))
		before, year, after := b.yearWords(ev)
		found = stopsOf(found[:0], html.Bytes(), before, year, after)
		block = appendCut(block, html.Bytes(), found)
		rendered.html = int32(len(block)) - rendered.from
		text := bytes.Trim(b.plainText(ev.Text), " ")
		rendered.text = int32(len(text))
		block = append(block, text...)
		rendered.sum = document.QuickSumOf(html.Bytes())
		if b.fail(err); b.err != nil {
			return diags, b.err
		}
	}
	b.eventData = block
	ref, err := b.book.site.Remember(block)
	b.book.remembered.Add(int64(ref.Len()))
	for _, ev := range e.Timeline {
		if ev.Explainer == e {
			b.book.rendered[ev.Index].block = ref
		}
	}
	return diags, err
}

// yearWords are the words of an event's date, with those apart that say its year; year is
// "" where a list that stands under the year shows them all the same.
func (b *builder) yearWords(ev *site.TimelineEvent) (before, year, after string) {
	if ev.DateText != "" {
		return "", "", ""
	}
	words := b.uncertain(ev.Date).Words
	from, to, ok := ev.Date.CutYear(words, b.words)
	if !ok {
		return "", "", ""
	}
	return words[:from], words[from:to], words[to:]
}

// listEvents returns events as the lists of a page show them.
func (b *builder) listEvents(events ...*site.TimelineEvent) []*ListedEvent {
	root := ascend(strings.Count(b.link.from, "/"))
	list := b.made.lists.Room(len(events))
	for _, ev := range events {
		rendered, t := b.renderedOf(ev), b.made.listed.One()
		*t = ListedEvent{Sum: rendered.sum, Root: root, book: b.book, rendered: rendered, event: ev}
		if n := len(list); n > 0 {
			t.Same = slices.Equal(list[n-1].event.Users, ev.Users)
		}
		list = append(list, t)
	}
	return list
}

// renderedOf is what is remembered of an event. A lazy Book renders it now.
func (b *builder) renderedOf(ev *site.TimelineEvent) *renderedEvent {
	if b.book.lazyEvents != nil {
		ds, err := b.book.lazyEvents.render(b.book, ev.Explainer)
		b.fail(err)
		if len(ds) > 0 && b.reported != ev.Explainer {
			b.reported, b.diags = ev.Explainer, append(b.diags, ds...)
		}
	}
	return &b.book.rendered[ev.Index]
}

// eventText is an event's text without markup.
func (b *builder) eventText(ev *site.TimelineEvent) (text string) {
	ref := b.renderedOf(ev).textRef()
	b.fail(b.book.eventCache.read(b.book.site, ref, func(t []byte) { text = string(t) }))
	return text
}

// eventCache holds the events that were read last: pages are made in the order of time, and the
// lists of a year and of topics have the same ones. Each set holds some; what has been
// there the longest is replaced.
type eventCache [1024]struct {
	mu   sync.Mutex
	next int // to be replaced
	set  [6]struct {
		ref    memo.Ref
		record []byte
	}
}

// largestCached is how many bytes an event may have that the cache holds.
const largestCached = 2 << 10

// read calls use with a part of a record, which stays as it is until use returns.
func (t *eventCache) read(s *site.Site, ref memo.Ref, use func([]byte)) (err error) {
	if ref == 0 {
		return nil
	}
	if ref.Len() > largestCached {
		record, err := s.Recall(ref, nil)
		if err == nil {
			use(record)
		}
		return err
	}
	at := &t[uint64(ref)*0x9e3779b97f4a7c15>>(64-10)] // by the golden ratio, all bits count
	at.mu.Lock()
	defer at.mu.Unlock()
	for i := range at.set {
		if at.set[i].ref == ref {
			use(at.set[i].record)
			return nil
		}
	}
	found := &at.set[at.next]
	at.next = (at.next + 1) % len(at.set)
	found.ref = 0
	if found.record, err = s.Recall(ref, found.record); err == nil {
		found.ref = ref
		use(found.record)
	}
	return err
}
