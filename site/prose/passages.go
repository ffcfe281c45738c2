package prose

import (
	"bytes"
	"html"
	"slices"
	"unicode"
	"unicode/utf8"

	"nutgraf/site/markdown"
)

// Reader makes passages of Fragments, one after the other, each in the order of
// its HTML, and readings of passages. What it made is good until it is reset.
type Reader struct {
	f        *markdown.Fragment
	passages []Passage // of all Fragments

	hole, piece int // the next hole, and the piece of text that was read last
	raw         int // the next part that stands in a block of HTML
	link        int // the next link to end
	foreign     int // the next words of another language
	aside       int // the next part that is no words of the writer's
	within      int // how many block quotes are open

	text   []byte
	source []int32 // of text; all blocks' lie one behind the other
	at     []int32 // of each byte of text: where it stands in the HTML
	first  int     // in source: where this block's begin
	p      Passage

	row, inRow int // where the row of a table begins that was opened last, and its first passage

	// Of all readings, each one's behind the other's.
	readings  []Reading
	tokens    []token
	sentences []sentence
}

// placeless is the source of what stands nowhere in the file.
const placeless = -1

// Reset gives the memory of all passages and readings back.
func (r *Reader) Reset() {
	r.passages, r.source, r.first = r.passages[:0], r.source[:0], 0
	r.readings, r.tokens, r.sentences = r.readings[:0], r.tokens[:0], r.sentences[:0]
}

// Passages returns the passages of a Fragment: headings and blocks of code are none.
func (r *Reader) Passages(f *markdown.Fragment) []Passage {
	r.f, r.hole, r.piece, r.raw, r.link, r.foreign, r.aside, r.within = f, 0, 0, 0, 0, 0, 0, 0
	from := len(r.passages)
	for at := 0; at < len(f.HTML); {
		r.holes(at)
		r.links(at)
		if asides := f.Places.Asides; r.aside < len(asides) && int(asides[r.aside].Start) == at {
			at = int(asides[r.aside].End)
			r.aside++
			continue
		}
		if f.HTML[at] == '<' {
			at = r.tag(at)
			continue
		}
		end := len(f.HTML)
		if n := bytes.IndexByte(f.HTML[at:], '<'); n >= 0 {
			end = at + n
		}
		if r.hole < len(f.Holes) {
			end = min(end, int(f.Holes[r.hole].At))
		}
		r.words(at, end)
		at = end
	}
	r.holes(len(f.HTML))
	r.links(len(f.HTML))
	r.flush(len(f.HTML))
	return slices.Clip(r.passages[from:])
}

// tag reads the tag at a byte of the HTML, and returns where to go on.
func (r *Reader) tag(at int) int {
	end := at + bytes.IndexByte(r.f.HTML[at:], '>') + 1
	if end <= at {
		return len(r.f.HTML)
	}
	tag := r.f.HTML[at+1 : end-1]
	name := markdown.TagName(tag)
	if tag[0] != '/' && unread(name) {
		closer := "</" + string(name) + ">"
		if n := bytes.Index(r.f.HTML[end:], []byte(closer)); n >= 0 {
			end += n + len(closer)
			r.skip(at, end)
		}
	}
	switch {
	case string(name) == "code":
		r.put('\uFFFC', at) // a place of its own in the HTML, none in the file
	case string(name) == "br":
		r.put(' ', at)
	case markdown.Bounding(name):
		r.flush(at)
		if string(name) == "blockquote" && tag[0] == '/' {
			r.within--
		} else if string(name) == "blockquote" {
			r.within++
		} else if string(name) == "tr" && tag[0] != '/' {
			r.row, r.inRow = at, len(r.passages)
		} else if string(name) == "tr" {
			for i := r.inRow; i < len(r.passages); i++ {
				r.passages[i].Row = Extent{r.row, end}
			}
		}
	}
	return end
}

// unread reports the elements whose content is no part of a passage.
func unread(name []byte) bool {
	switch string(name) {
	case "pre", "code", "h1", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

// skip passes over what is recorded of a part of the HTML whose text isn't read.
func (r *Reader) skip(from, to int) {
	inside := func(e markdown.Extent) bool { return int(e.Start) > from && int(e.End) <= to }
	p := &r.f.Places
	for r.link < len(p.Links) && inside(p.Links[r.link].Extent) {
		r.link++
	}
	for r.foreign < len(p.Foreign) && inside(p.Foreign[r.foreign]) {
		r.foreign++
	}
	for r.aside < len(p.Asides) && inside(p.Asides[r.aside]) {
		r.aside++
	}
}

// holes reads the holes up to a byte of the HTML.
func (r *Reader) holes(at int) {
	for ; r.hole < len(r.f.Holes) && int(r.f.Holes[r.hole].At) <= at; r.hole++ {
		if r.f.Holes[r.hole].Kind == markdown.Citation {
			r.p.Cites = append(r.p.Cites, len(r.text))
		}
	}
}

// links reads the links that end up to a byte of the HTML.
func (r *Reader) links(at int) {
	all := r.f.Places.Links
	for ; r.link < len(all) && int(all[r.link].End) <= at; r.link++ {
		words := r.extent(all[r.link].Extent)
		r.p.Linked = append(r.p.Linked, words)
		if all[r.link].Dated {
			r.p.Pinned = append(r.p.Pinned, words)
		}
	}
}

// extent is the part of the text, as far as it is read, that a part of the HTML is.
func (r *Reader) extent(e markdown.Extent) Extent {
	start, _ := slices.BinarySearch(r.at, e.Start)
	end, _ := slices.BinarySearch(r.at, e.End)
	return Extent{start, end}
}

// words reads text of the HTML that has no markup in it.
func (r *Reader) words(from, to int) {
	for at := from; at < to; {
		if c := r.f.HTML[at]; c > ' ' && c < utf8.RuneSelf && c != '&' { // as nearly all are
			r.text, r.at, r.source = append(r.text, c), append(r.at, int32(at)), append(r.source, r.place(at))
			at++
			continue
		}
		c, size := utf8.DecodeRune(r.f.HTML[at:to])
		if c == '&' {
			if n := bytes.IndexByte(r.f.HTML[at:to], ';'); n > 0 {
				size = n + 1
				c, _ = utf8.DecodeRuneInString(html.UnescapeString(string(r.f.HTML[at : at+size])))
			}
		}
		if unicode.IsSpace(c) && c < utf8.RuneSelf {
			c = ' '
		}
		r.put(c, at)
		at += size
	}
}

// put adds a character that stands at a byte of the HTML. Of blanks that follow
// one another, the first is seen.
func (r *Reader) put(c rune, at int) {
	n := len(r.text)
	if c == ' ' && (n == 0 || r.text[n-1] == ' ') {
		return
	}
	r.text = utf8.AppendRune(r.text, c)
	source := r.place(at)
	for k := range int32(len(r.text) - n) {
		r.at = append(r.at, int32(at))
		if source == placeless {
			k = 0
		}
		r.source = append(r.source, source+k)
	}
}

// place is where the text at a byte of the HTML stands in the file.
func (r *Reader) place(at int) int32 {
	texts := r.f.Places.Texts
	for r.piece < len(texts) && int(texts[r.piece].End) <= at {
		r.piece++
	}
	if r.piece == len(texts) || int(texts[r.piece].Start) > at {
		return placeless
	}
	return texts[r.piece].Source + int32(at) - texts[r.piece].Start
}

// isRaw reports whether a byte of the HTML stands in a block of HTML in the file.
func (r *Reader) isRaw(at int32) bool {
	raw := r.f.Places.Raw
	for r.raw < len(raw) && raw[r.raw].End <= at {
		r.raw++
	}
	return r.raw < len(raw) && raw[r.raw].Start <= at
}

// flush ends a block at a byte of the HTML.
func (r *Reader) flush(end int) {
	n := len(bytes.TrimRight(r.text, " "))
	if n > 0 {
		p := r.p
		p.Text, p.Source = string(r.text[:n]), r.source[r.first:r.first+n:r.first+n]
		if r.within > 0 {
			p.Quoted = []Extent{{0, n}}
		}
		for i := range p.Linked { // maybe to the blanks at the end
			p.Linked[i].End = min(p.Linked[i].End, n)
		}
		for i := range p.Pinned {
			p.Pinned[i].End = min(p.Pinned[i].End, n)
		}
		for i := range p.Cites {
			p.Cites[i] = min(p.Cites[i], n)
		}
		for all := r.f.Places.Foreign; r.foreign < len(all) && int(all[r.foreign].Start) < end; r.foreign++ {
			p.Foreign = append(p.Foreign, r.extent(all[r.foreign]))
		}
		p.InQuotes, p.HTML = append(slices.Clone(p.Quoted), quotations(p.Text)...), Extent{int(r.at[0]), end}
		p.Raw = r.isRaw(r.at[0])
		r.passages = append(r.passages, p)
		r.first = len(r.source)
	}
	r.skip(-1, end)
	r.source = r.source[:r.first]
	r.text, r.at, r.p = r.text[:0], r.at[:0], Passage{}
}
