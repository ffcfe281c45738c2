package markdown

// TermLink is a term to link: HTML[Start:End] is wrapped in Open … </a>.
type TermLink struct {
	Start, End int32
	Open       string // the whole opening tag
}

// Weave appends the Fragment's HTML to dst with every hole filled and every
// term linked, and returns it. fills has a text for each hole, in their order;
// links are in order, do not overlap, and lie within one Span each. Where a
// hole and a link begin at the same place, the hole comes first.
func (f *Fragment) Weave(dst []byte, fills []string, links []TermLink) []byte {
	var at int32
	hole := 0
	upTo := func(end int32, inclusive bool) {
		for hole < len(f.Holes) && (f.Holes[hole].At < end || inclusive && f.Holes[hole].At == end) {
			dst = append(dst, f.HTML[at:f.Holes[hole].At]...)
			at = f.Holes[hole].At
			if hole < len(fills) {
				dst = append(dst, fills[hole]...)
			}
			hole++
		}
		dst = append(dst, f.HTML[at:end]...)
		at = end
	}
	for _, l := range links {
		upTo(l.Start, true)
		dst = append(dst, l.Open...)
		upTo(l.End, false)
		dst = append(dst, "</a>"...)
	}
	upTo(int32(len(f.HTML)), true)
	return dst
}
