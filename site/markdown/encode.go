package markdown

import (
	"encoding/binary"
	"errors"
	"slices"

	"nutgraf/site/diag"
)

// errCorrupt is what every damaged record gives.
var errCorrupt = errors.New("corrupt record of fragments")

// AppendFragments appends a record of fragments to b and returns it: varints,
// texts with their lengths before them, Spans from the end of the one before.
func AppendFragments(b []byte, fs []Fragment) []byte {
	b = slices.Grow(b, recordSize(fs))
	b = binary.AppendUvarint(b, uint64(len(fs)))
	for i := range fs {
		f := &fs[i]
		b = appendText(b, f.HTML)
		b = binary.AppendUvarint(b, uint64(len(f.Spans)))
		var last int32
		for _, s := range f.Spans {
			b = appendNumbers(b, s.Start-last, s.End-s.Start, s.Source)
			last = s.End
		}
		b = binary.AppendUvarint(b, uint64(len(f.Holes)))
		for j := range f.Holes {
			b = appendHole(b, &f.Holes[j])
		}
		b = binary.AppendUvarint(b, uint64(len(f.Anchors)))
		for _, a := range f.Anchors {
			b = appendText(appendNumbers(b, a.Start, a.End), a.ID)
		}
		b = appendPlaces(b, &f.Places)
	}
	return b
}

// AppendShown appends what the Fragment shows, so that Fragments that differ
// there differ here: all of it but where in the file it stands.
func (f *Fragment) AppendShown(b []byte) []byte {
	b = appendText(b, f.HTML)
	b = binary.AppendUvarint(b, uint64(len(f.Spans)))
	for _, s := range f.Spans {
		b = appendNumbers(b, s.Start, s.End)
	}
	for i := range f.Holes {
		h := &f.Holes[i]
		b = append(b, byte(h.Kind))
		b = appendNumbers(b, h.At)
		b = appendText(appendText(b, h.Target), h.Text)
		b = binary.AppendUvarint(b, uint64(len(h.Cites)))
		for _, c := range h.Cites {
			b = appendText(appendText(b, c.ID), c.Locator)
		}
	}
	return b
}

// recordSize guesses how long a record becomes, so that it is not copied as it grows.
func recordSize(fs []Fragment) int {
	n := 16
	for i := range fs {
		n += 16 + len(fs[i].HTML) + 8*len(fs[i].Spans) + 48*len(fs[i].Holes) + 6*len(fs[i].Places.Texts)
	}
	return n
}

func appendHole(b []byte, h *Hole) []byte {
	b = append(b, byte(h.Kind))
	b = appendNumbers(b, h.At, h.End, h.Source.Start, h.Source.End)
	b = appendText(b, h.Target)
	b = appendText(b, h.Text)
	b = binary.AppendUvarint(b, uint64(len(h.Cites)))
	for _, c := range h.Cites {
		b = appendText(appendText(b, c.ID), c.Locator)
		b = appendNumbers(b, c.Source.Start, c.Source.End)
	}
	return b
}

func appendText[T string | []byte](b []byte, s T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendNumbers(b []byte, ns ...int32) []byte {
	for _, n := range ns {
		b = binary.AppendVarint(b, int64(n))
	}
	return b
}

// DecodeFragments reads a record that AppendFragments made, into the memory of
// fs and of what it held, if they have room. Each HTML aliases b, which must
// stay as it is for as long as the Fragments are used; strings are copies. The
// only error is that the record is corrupt: what comes without one has all its
// places within the HTML and in order, and takes memory in proportion to b.
func DecodeFragments(b []byte, fs []Fragment) ([]Fragment, error) {
	d := decoder{b: b}
	fs = resize(fs, d.count(5))
	for i := range fs {
		f := &fs[i]
		f.HTML, f.Spans = d.text(), resize(f.Spans, d.count(3))
		var last int32
		for j := range f.Spans {
			start := last + d.number()
			f.Spans[j] = Span{Start: start, End: start + d.number(), Source: d.number()}
			last = f.Spans[j].End
		}
		f.Holes = resize(f.Holes, d.count(8))
		for j := range f.Holes {
			d.hole(&f.Holes[j])
		}
		f.Anchors = resize(f.Anchors, d.count(3))
		for j := range f.Anchors {
			f.Anchors[j] = Anchor{Start: d.number(), End: d.number(), ID: string(d.text())}
		}
		d.places(&f.Places)
		if d.bad || !f.sound() {
			return nil, errCorrupt
		}
	}
	if d.bad || len(d.b) > 0 {
		return nil, errCorrupt
	}
	return fs, nil
}

// resize returns n items in the memory of list, which may be as they were left.
func resize[T any](list []T, n int) []T {
	if list = list[:cap(list)]; n > len(list) {
		list = append(list, make([]T, n-len(list))...)
	}
	return list[:n]
}

// sound reports whether places lie within the HTML and in order.
func (f *Fragment) sound() bool {
	var last int32
	for _, s := range f.Spans {
		if s.Start < last || s.End < s.Start || int(s.End) > len(f.HTML) {
			return false
		}
		last = s.End
	}
	last = 0
	for i := range f.Holes {
		at, end := f.Holes[i].At, f.Holes[i].End
		if at < last || end < 0 || int(max(at, end)) > len(f.HTML) {
			return false
		}
		last = at
	}
	last = 0
	for _, a := range f.Anchors {
		if a.Start < last || a.End < a.Start || int(a.End) > len(f.HTML) {
			return false
		}
		last = a.End
	}
	return f.Places.sound(len(f.HTML))
}

// decoder reads from the front of b; after the first mistake all is zero.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) fail() { d.b, d.bad = nil, true }

// count reads how many items follow, each of at least size bytes.
func (d *decoder) count(size int) int {
	n, k := binary.Uvarint(d.b)
	if k <= 0 || n > uint64(len(d.b)-k)/uint64(size) {
		d.fail()
		return 0
	}
	d.b = d.b[k:]
	return int(n)
}

func (d *decoder) flag() bool {
	if len(d.b) == 0 || d.b[0] > 1 {
		d.fail()
		return false
	}
	is := d.b[0] == 1
	d.b = d.b[1:]
	return is
}

func (d *decoder) number() int32 {
	n, k := binary.Varint(d.b)
	if k <= 0 || n != int64(int32(n)) {
		d.fail()
		return 0
	}
	d.b = d.b[k:]
	return int32(n)
}

func (d *decoder) text() []byte {
	n := d.count(1)
	if n == 0 {
		return nil
	}
	s := d.b[:n:n]
	d.b = d.b[n:]
	return s
}

func (d *decoder) hole(h *Hole) {
	if len(d.b) == 0 {
		d.fail()
		return
	}
	h.Kind = HoleKind(d.b[0])
	d.b = d.b[1:]
	h.At, h.End, h.Source = d.number(), d.number(), diag.Span{Start: d.number(), End: d.number()}
	h.Target, h.Text = string(d.text()), string(d.text())
	h.Cites = resize(h.Cites, d.count(4))
	for i := range h.Cites {
		h.Cites[i] = Cite{ID: string(d.text()), Locator: string(d.text()),
			Source: diag.Span{Start: d.number(), End: d.number()}}
	}
}
