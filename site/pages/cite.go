package pages

import (
	"cmp"
	"html"
	"slices"
	"strconv"

	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// place is where a text stands that may cite. Without a name, nothing leads back.
type place struct {
	name string // as the way back to it says
	url  string // of the whole of it
	away bool   // it stands on another page than its sources
	from int    // its first mark
}

// wayBack is one way back from a source.
type wayBack struct {
	of        *document.Source
	name, url string // of the place
}

const citeAnchor = "cite_" // and the number of the mark

// citation writes the numbers of sources, each a link to its source, and each once: the
// places in it follow its number.
func (b *builder) citation(o site.Origin, h *markdown.Hole) string {
	const open = `<sup class="cite">`
	if o.Explainer != nil && o.Explainer.Status == document.Withdrawn {
		return "" // its sources are gone
	}
	between := ",\u00a0"
	if slices.ContainsFunc(h.Cites, func(c markdown.Cite) bool { return c.Locator != "" }) {
		between = "; " // a comma is within the items
	}
	s := append(b.scratch[:0], open...)
	for i, c := range h.Cites {
		src := sourceOf(o, c.ID)
		again := func(d markdown.Cite) bool { return d.ID == c.ID }
		if src == nil || slices.ContainsFunc(h.Cites[:i], again) {
			continue
		}
		if len(s) > len(open) {
			s = append(s, between...)
		}
		n := strconv.Itoa(b.number(o, src))
		label := ` aria-label="` + html.EscapeString(b.say("source-n", "n", n, "title", b.aboutSource(src).Title)) + `"`
		s = append(append(append(s, "<a"...), b.mark(o, src)...), ` href="`...)
		s = append(append(s, html.EscapeString(b.sourceURL(o, src))...), '"')
		s = append(append(append(s, label...), '>'), n...)
		s = append(s, "</a>"...)
		s = appendLocators(s, h.Cites[i:], c.ID)
	}
	b.scratch = s
	if len(s) == len(open) {
		return ""
	}
	b.scratch = append(s, "</sup>"...)
	return string(b.scratch)
}

// appendLocators appends the places in one source that a citation names.
func appendLocators(s []byte, cites []markdown.Cite, id string) []byte {
	for i, c := range cites {
		same := func(d markdown.Cite) bool { return d.ID == id && d.Locator == c.Locator }
		if c.ID != id || c.Locator == "" || slices.ContainsFunc(cites[:i], same) {
			continue
		}
		s = append(s, `<span class="locator">, `...)
		s = append(append(s, html.EscapeString(together(c.Locator))...), "</span>"...)
	}
	return s
}

// number is the number of a source in the list that its marks lead to.
func (b *builder) number(o site.Origin, src *document.Source) int {
	if b.elsewhere != "" || b.listsSources(o) {
		return b.cite(src)
	}
	if b.numbered.of != o.Explainer {
		n := &numbering{builder: b, of: o.Explainer, numbers: map[*document.Source]int{}}
		n.page()
		b.numbered = *n
	}
	return b.numbered.numbers[src]
}

// numbering gives the sources of an explainer the numbers that its page gives them,
// without making it: it takes the page's texts in the order of builder.explainer.
type numbering struct {
	*builder
	of      *site.Explainer
	numbers map[*document.Source]int
}

func (n *numbering) page() {
	e, o := n.of, site.Origin{Explainer: n.of}
	if note := e.Note(); note != nil {
		n.text(o, note.Text)
	}
	n.text(o, e.Standfirst)
	if i := slices.IndexFunc(e.Images, func(im *document.Image) bool { return !im.Placed }); i >= 0 {
		n.text(o, e.Images[i].Caption)
	}
	n.text(o, e.Intro)
	for i := range e.Answers {
		n.answer(&e.Answers[i])
	}
	for _, text := range slices.Concat(e.Knowns, e.Unknowns) {
		n.text(o, text)
	}
	for _, ev := range e.Timeline {
		from := site.Origin{Explainer: ev.Explainer}
		n.text(from, ev.Text)
		n.named(from, ev.Sources)
	}
	for _, u := range e.Updates {
		n.text(o, u.Text)
	}
	n.text(o, e.Method)
	for _, src := range e.Sources {
		n.add(src)
	}
}

func (n *numbering) answer(a *site.Answer) {
	o := site.Origin{Explainer: a.Explainer}
	for _, u := range a.Explainer.Updates {
		if u.Concerns(a.Question()) && u.Type != "review" {
			n.text(o, u.Text)
		}
	}
	n.text(o, a.Question().Answer)
	n.named(o, a.Question().Sources)
}

func (n *numbering) text(o site.Origin, text document.Prose) {
	f := n.fragment(text)
	if f == nil {
		return
	}
	for i := range f.Holes {
		h := &f.Holes[i]
		if im := imageOf(o, h.Target); im != nil && h.Kind == markdown.Figure {
			n.text(o, im.Caption)
		}
		for _, c := range h.Cites {
			n.add(sourceOf(o, c.ID))
		}
	}
}

func (n *numbering) named(o site.Origin, list []document.Ref) {
	for _, r := range list {
		n.add(sourceOf(o, r.ID))
	}
}

func (n *numbering) add(src *document.Source) {
	if src != nil && n.numbers[src] == 0 {
		n.numbers[src] = len(n.numbers) + 1
	}
}

// cite gives a source its number: in the order of first citation.
func (b *builder) cite(src *document.Source) int {
	n, ok := b.cited[src]
	if !ok {
		b.citations = append(b.citations, src)
		n = len(b.citations)
		b.cited[src] = n
	}
	return n
}

// sourceID is the id of a source on this page, without the “source-” before it. Answers
// that are used here bring their own sources, which may have ids that are taken.
func (b *builder) sourceID(src *document.Source) string {
	if id, ok := b.sourceIDs[src]; ok {
		return id
	}
	id, n := src.ID, b.taken[src.ID]+1
	for ; n > 1; n++ {
		if id = src.ID + "--" + strconv.Itoa(n); b.taken[id] == 0 {
			break
		}
	}
	b.sourceIDs[src], b.taken[id] = id, 1
	b.taken[src.ID] = n // those before it are taken, too
	return id
}

// citeIn says where the texts stand that are made next.
func (b *builder) citeIn(name, url string) {
	b.citing = place{name: name, url: url, from: len(b.marks)}
}

// mark notes that a text cites a source, and gives the attribute by which the
// source leads back: nothing where the source is on another page.
func (b *builder) mark(o site.Origin, src *document.Source) string {
	switch {
	case b.citing.name == "" || !b.listsSources(o):
		return ""
	case b.citing.away:
		b.mention(o, src)
		return ""
	}
	id := citeAnchor + strconv.Itoa(len(b.marks)+1)
	b.marks = append(b.marks, wayBack{src, b.citing.name, "#" + id})
	return ` id="` + id + `"`
}

// mention notes that a source is named for a place as a whole, where no mark
// leads there.
func (b *builder) mention(o site.Origin, src *document.Source) {
	at := &b.citing
	led := func(m wayBack) bool { return m.of == src }
	if at.name != "" && b.listsSources(o) && !slices.ContainsFunc(b.marks[at.from:], led) {
		b.marks = append(b.marks, wayBack{src, at.name, at.url})
	}
}

// sourceList makes the list of the sources that the page cites, each with the
// ways back from it.
func (b *builder) sourceList(o site.Origin) []Source {
	number := func(m, n wayBack) int { return cmp.Compare(b.cited[m.of], b.cited[n.of]) }
	slices.SortStableFunc(b.marks, number)
	marks, list := b.marks, b.made.sources.Room(len(b.citations))
	for i, src := range b.citations {
		v, n := b.source(o, src, i+1), 0
		for n < len(marks) && marks[n].of == src {
			n++
		}
		v.Back = b.made.links.Room(n)
		for i, m := range marks[:n] {
			v.Back = append(v.Back, Link{b.say("back-to-citation", "n", i+1, "place", m.name), m.url, false, i + 1})
		}
		marks, list = marks[n:], append(list, v)
	}
	return list
}

// listsSources reports whether this page lists the sources of a text.
func (b *builder) listsSources(o site.Origin) bool {
	return b.elsewhere == "" && (o.Explainer == nil || kindOf(b.layout).sources == yes)
}

// sourceURL leads to a source: on this page, or on its explainer's where this
// page is none that lists sources.
func (b *builder) sourceURL(o site.Origin, src *document.Source) string {
	if b.elsewhere != "" {
		return b.elsewhere + anchorOf("source-", b.sourceID(src)) // as on that page, which cites in the same order
	}
	if b.listsSources(o) {
		return anchorOf("source-", b.sourceID(src))
	}
	return b.link.explainer(o.Explainer, "source-", src.ID)
}
