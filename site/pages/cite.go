package pages

import (
	"cmp"
	"html"
	"slices"
	"strconv"

	"nutgraf/site"
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
	of        *site.Source
	name, url string // of the place
}

const citeAnchor = "cite_" // and the number of the mark

// citation writes the numbers of sources, each a link to its source.
func (b *builder) citation(o site.Origin, h *markdown.Hole) string {
	const open = `<sup class="cite">`
	if o.Explainer != nil && o.Explainer.Status == site.Withdrawn {
		return "" // its sources are gone
	}
	between := ",\u00a0"
	if slices.ContainsFunc(h.Cites, func(c markdown.Cite) bool { return c.Locator != "" }) {
		between = "; " // a comma is within the items
	}
	s := append(b.scratch[:0], open...)
	for _, c := range h.Cites {
		src := sourceOf(o, c.ID)
		if src == nil {
			continue
		}
		if len(s) > len(open) {
			s = append(s, between...)
		}
		n, label := b.word("kind-source"), ""       // leads to a page that says which
		if b.elsewhere != "" || b.listsSources(o) { // else a number would be none of its list
			n = strconv.Itoa(b.cite(src))
			label = ` aria-label="` + html.EscapeString(b.say("source-n", "n", n, "title", b.aboutSource(src).Title)) + `"`
		}
		s = append(append(append(s, "<a"...), b.mark(o, src)...), ` href="`...)
		s = append(append(s, html.EscapeString(b.sourceURL(o, src))...), '"')
		s = append(append(append(s, label...), '>'), n...)
		s = append(s, "</a>"...)
		if c.Locator != "" {
			s = append(s, `<span class="locator">, `...)
			s = append(append(s, html.EscapeString(together(c.Locator))...), "</span>"...)
		}
	}
	b.scratch = s
	if len(s) == len(open) {
		return ""
	}
	b.scratch = append(s, "</sup>"...)
	return string(b.scratch)
}

// citeIn says where the texts stand that are made next.
func (b *builder) citeIn(name, url string) {
	b.citing = place{name: name, url: url, from: len(b.marks)}
}

// mark notes that a text cites a source, and gives the attribute by which the
// source leads back: nothing where the source is on another page.
func (b *builder) mark(o site.Origin, src *site.Source) string {
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
func (b *builder) mention(o site.Origin, src *site.Source) {
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
	marks, list := b.marks, b.made.sources.list(len(b.citations))
	for i, src := range b.citations {
		v, n := b.source(o, src, i+1), 0
		for n < len(marks) && marks[n].of == src {
			n++
		}
		v.Back = b.made.links.list(n)
		for i, m := range marks[:n] {
			v.Back = append(v.Back, Link{b.say("back-to-citation", "n", i+1, "place", m.name), m.url, false, i + 1})
		}
		marks, list = marks[n:], append(list, v)
	}
	return list
}

// listsSources reports whether this page lists the sources of a text.
func (b *builder) listsSources(o site.Origin) bool {
	listing := b.layout == "explainer" || b.layout == "card" || b.layout == "entry"
	return b.elsewhere == "" && (listing || o.Explainer == nil)
}

// sourceURL leads to a source: on this page, or on its explainer's where this
// page is none that lists sources.
func (b *builder) sourceURL(o site.Origin, src *site.Source) string {
	if b.elsewhere != "" {
		return b.elsewhere + "#source-" + b.sourceID(src) // as on that page, which cites in the same order
	}
	if b.listsSources(o) {
		return "#source-" + b.sourceID(src)
	}
	return b.link.explainer(o.Explainer, "source-", src.ID)
}
