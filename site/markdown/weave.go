package markdown

import "slices"

// TermLink is a term to link: HTML[Start:End] is wrapped in Open … </a>.
type TermLink struct {
	Start, End int32  // in Fragment.HTML, as in a TermUse
	Open       string // the whole opening tag
}

const closeLink = "</a>"

// Weave appends the Fragment's HTML to dst with its holes filled and the terms
// linked, and returns it. fills[i] belongs into Holes[i]; a hole without one
// stays empty. links are in order and do not overlap. At equal offsets, holes
// come in their order, before a link that begins and behind one that ends there.
func (f *Fragment) Weave(dst []byte, fills []string, links []TermLink) []byte {
	dst = slices.Grow(dst, f.wovenSize(fills, links))
	at, hole := int32(0), 0
	copyTo := func(end int32) {
		dst = append(dst, f.HTML[at:end]...)
		at = end
	}
	fillTo := func(end int32) { // with the holes before end
		for ; hole < len(f.Holes) && f.Holes[hole].At < end; hole++ {
			copyTo(f.Holes[hole].At)
			if hole < len(fills) {
				dst = append(dst, fills[hole]...)
			}
		}
	}
	for _, l := range links {
		fillTo(l.Start + 1)
		copyTo(l.Start)
		dst = append(dst, l.Open...)
		fillTo(l.End)
		copyTo(l.End)
		dst = append(dst, closeLink...)
	}
	fillTo(int32(len(f.HTML)) + 1)
	copyTo(int32(len(f.HTML)))
	return dst
}

// wovenSize is how many bytes Weave appends.
func (f *Fragment) wovenSize(fills []string, links []TermLink) int {
	n := len(f.HTML)
	for _, s := range fills {
		n += len(s)
	}
	for _, l := range links {
		n += len(l.Open) + len(closeLink)
	}
	return n
}
