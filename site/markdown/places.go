package markdown

import (
	"bytes"
	"encoding/binary"

	"nutgraf/site/diag"
)

// keepText records that the HTML from byte from on is text as it stands at byte
// at of the source. Where the way from the source to the file has a leap in it,
// as that of a folded text has, the text is kept in parts.
func (w *writer) keepText(from, at int) {
	if !w.r.options.Places {
		return
	}
	n := len(w.html) - from
	start, end := w.offset(at), w.offset(at+n)
	if n > 1 && int(end-start) != n {
		half := n / 2
		w.keepPiece(from, from+half, at)
		w.keepPiece(from+half, from+n, at+half)
		return
	}
	w.keepSpan(from, len(w.html), start)
}

// keepPiece is keepText of a part of what was written.
func (w *writer) keepPiece(from, to, at int) {
	html := w.html
	w.html = html[:to]
	w.keepText(from, at)
	w.html = html
}

// keepSign records that the HTML from byte from on is one character, which
// stands at byte at of the source, maybe in another form.
func (w *writer) keepSign(from, at int) {
	if w.r.options.Places && len(w.html) > from {
		w.keepSpan(from, len(w.html), w.offset(at))
	}
}

// keepSpan adds a piece, to the last one where it goes on there.
func (w *writer) keepSpan(from, to int, source int32) {
	s := Span{Start: int32(from), End: int32(to), Source: source}
	if n := len(w.places.Texts); n > 0 {
		last := &w.places.Texts[n-1]
		if last.End == s.Start && last.Source+last.End-last.Start == source {
			last.End = s.End
			return
		}
	}
	w.places.Texts = append(w.places.Texts, s)
}

// cutTexts takes back what was recorded of blanks that were taken back.
func (w *writer) cutTexts() {
	for n := len(w.places.Texts) - 1; n >= 0 && int(w.places.Texts[n].End) > len(w.html); n-- {
		last := &w.places.Texts[n]
		if last.End = int32(len(w.html)); last.End <= last.Start {
			w.places.Texts = w.places.Texts[:n]
		}
	}
}

// keepComment records the comment that raw is, which stands at byte at of the
// source, without its end.
func (w *writer) keepComment(raw []byte, at int, block bool) {
	if w.r.options.Places {
		text := bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("<!--")))
		w.places.Comments = append(w.places.Comments,
			Comment{At: int32(len(w.html)), Block: block, Text: string(text),
				Source: w.span(at, at+len(raw)+len("-->"))})
	}
}

// keepRaw records that the HTML from byte from on stands in a block of HTML.
func (w *writer) keepRaw(from int) {
	if w.r.options.Places && len(w.html) > from {
		w.places.Raw = append(w.places.Raw, Extent{int32(from), int32(len(w.html))})
	}
}

// keepEnding records the words that end here, of a link or of another language.
func (w *writer) keepEnding(e ending) {
	switch {
	case e.foreign > 0:
		w.places.Foreign[e.foreign-1].End = int32(len(w.html))
	case e.within || e.words.Dated:
		w.keepLink(e.words)
	}
}

// keepLink records the words of a link that end here.
func (w *writer) keepLink(words LinkWords) {
	if w.r.options.Places {
		words.End = int32(len(w.html))
		w.places.Links = append(w.places.Links, words)
	}
}

// keepForeign records that words of another language begin here, and returns their number, from 1.
func (w *writer) keepForeign() int {
	if !w.r.options.Places {
		return 0
	}
	w.places.Foreign = append(w.places.Foreign, Extent{Start: int32(len(w.html))})
	return len(w.places.Foreign)
}

// keepAside records that the HTML from byte from on is no words of the writer's.
func (w *writer) keepAside(from int) {
	if w.r.options.Places {
		w.places.Asides = append(w.places.Asides, Extent{int32(from), int32(len(w.html))})
	}
}

// appendPlaces appends the record of a Fragment's Places: most have none, which takes one byte.
func appendPlaces(b []byte, p *Places) []byte {
	if len(p.Texts)+len(p.Raw)+len(p.Comments)+len(p.Links)+len(p.Foreign)+len(p.Asides) == 0 {
		return append(b, 0)
	}
	b = append(b, 1)
	b = binary.AppendUvarint(b, uint64(len(p.Texts)))
	var last Span
	for _, s := range p.Texts {
		b = appendNumbers(b, s.Start-last.End, s.End-s.Start, s.Source-last.Source)
		last = s
	}
	b = binary.AppendUvarint(b, uint64(len(p.Comments)))
	for _, c := range p.Comments {
		b = appendNumbers(b, c.At, oneIf(c.Block), c.Source.Start, c.Source.End)
		b = appendText(b, c.Text)
	}
	b = binary.AppendUvarint(b, uint64(len(p.Links)))
	for _, l := range p.Links {
		b = appendNumbers(b, l.Start, l.End, oneIf(l.Dated))
		b = appendText(b, l.URL)
	}
	for _, extents := range [...][]Extent{p.Raw, p.Foreign, p.Asides} {
		b = binary.AppendUvarint(b, uint64(len(extents)))
		for _, e := range extents {
			b = appendNumbers(b, e.Start, e.End)
		}
	}
	return b
}

func oneIf(is bool) int32 {
	if is {
		return 1
	}
	return 0
}

func (d *decoder) places(p *Places) {
	if !d.flag() {
		*p = Places{Texts: p.Texts[:0], Raw: p.Raw[:0], Comments: p.Comments[:0], Links: p.Links[:0],
			Foreign: p.Foreign[:0], Asides: p.Asides[:0]}
		return
	}
	p.Texts = resize(p.Texts, d.count(3))
	var last Span
	for i := range p.Texts {
		s := Span{Start: last.End + d.number()}
		s.End, s.Source = s.Start+d.number(), last.Source+d.number()
		p.Texts[i], last = s, s
	}
	p.Comments = resize(p.Comments, d.count(5))
	for i := range p.Comments {
		p.Comments[i] = Comment{At: d.number(), Block: d.number() == 1,
			Source: diag.Span{Start: d.number(), End: d.number()}, Text: string(d.text())}
	}
	p.Links = resize(p.Links, d.count(4))
	for i := range p.Links {
		p.Links[i] = LinkWords{Extent: d.extent(), Dated: d.number() == 1, URL: string(d.text())}
	}
	for _, extents := range [...]*[]Extent{&p.Raw, &p.Foreign, &p.Asides} {
		*extents = resize(*extents, d.count(2))
		for i := range *extents {
			(*extents)[i] = d.extent()
		}
	}
}

func (d *decoder) extent() Extent { return Extent{Start: d.number(), End: d.number()} }

// sound reports whether all places lie within the HTML, which is size long.
func (p *Places) sound(size int) bool {
	last := int32(0)
	for _, s := range p.Texts {
		if s.Start < last || s.End < s.Start || int(s.End) > size {
			return false
		}
		last = s.End
	}
	for _, c := range p.Comments {
		if c.At < 0 || int(c.At) > size {
			return false
		}
	}
	last = 0
	for _, l := range p.Links {
		if l.Start < 0 || l.End < max(l.Start, last) || int(l.End) > size {
			return false
		}
		last = l.End
	}
	last = 0
	for _, e := range p.Foreign { // one may stand in another
		if e.Start < last || e.End < e.Start || int(e.End) > size {
			return false
		}
		last = e.Start
	}
	return inOrder(p.Raw, size) && inOrder(p.Asides, size)
}

// inOrder reports whether extents stand one behind the other in what is size long.
func inOrder(extents []Extent, size int) bool {
	last := int32(0)
	for _, e := range extents {
		if e.Start < last || e.End < e.Start || int(e.End) > size {
			return false
		}
		last = e.End
	}
	return true
}
