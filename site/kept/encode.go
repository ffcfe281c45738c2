package kept

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"time"

	"github.com/zeebo/xxh3"

	"nutgraf/site/document"
	"nutgraf/site/internal/memo"
	"nutgraf/site/publish"
)

// magic begins a State's file. Its bytes are of no use to another program, whose sum is among
// them, so that the form needs no number.
const magic = "nutgraf kept\n"

// maxState is how many bytes of a State's file are read: those of four million files.
const maxState = 1 << 30

// errDamaged says that a file is none that encode made.
var errDamaged = errors.New("damaged")

// encode returns the bytes of a State's file: in front the sum of all else (XXH3).
func (s *State) encode() []byte {
	b := make([]byte, len(magic)+len(document.Sum{}), 4<<20)
	b = append(b, s.program[:]...)
	b = memo.AppendTexts(b, s.Depends, string(s.Said))
	for _, t := range []time.Time{s.From, s.Until, s.began} {
		text, _ := t.MarshalBinary() // no error: zones are whole seconds
		b = memo.AppendTexts(b, string(text))
	}
	b = binary.AppendUvarint(b, uint64(len(s.roots)))
	for _, r := range s.roots {
		b = r.append(b)
	}
	b = s.Standing.Append(b)
	sum := xxh3.Hash128(b[len(magic)+len(document.Sum{}):]).Bytes()
	copy(b[copy(b, magic):], sum[:])
	return b
}

func (r *root) append(b []byte) []byte {
	b = binary.AppendUvarint(b, flag(r.given))
	b = binary.AppendUvarint(b, uint64(len(r.files)))
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		f := r.files[name]
		b = memo.AppendTexts(b, name)
		b = binary.AppendUvarint(b, uint64(f.mode))
		b = binary.AppendUvarint(b, uint64(f.size))
		b = binary.AppendVarint(b, f.modified)
		b = binary.AppendVarint(b, f.changed)
		b = binary.AppendUvarint(b, f.inode)
		b = binary.AppendUvarint(b, flag(f.opened))
		b = append(b, f.sum[:]...)
	}
	return b
}

func flag(f bool) uint64 {
	if f {
		return 1
	}
	return 0
}

// decode reads what encode made, and nothing else.
func decode(data []byte) (*State, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(rest) < len(document.Sum{}) {
		return nil, errDamaged
	}
	sum := xxh3.Hash128(rest[len(document.Sum{}):]).Bytes()
	if !bytes.HasPrefix(rest, sum[:]) {
		return nil, errDamaged
	}
	d := &decoder{rest: rest[len(sum):]}
	s := &State{program: d.sum(), Depends: d.text(), Said: []byte(d.text())}
	for _, t := range []*time.Time{&s.From, &s.Until, &s.began} {
		d.fail(t.UnmarshalBinary([]byte(d.text())))
	}
	for n := d.count(); len(s.roots) < n; {
		s.roots = append(s.roots, d.root())
	}
	if d.err != nil {
		return nil, d.err
	}
	var err error
	s.Standing, err = publish.ParseStanding(d.rest)
	return s, err
}

// decoder reads values one after the other; err is the first thing that was wrong.
type decoder struct {
	rest []byte
	err  error
}

func (d *decoder) fail(err error) {
	if d.err == nil && err != nil {
		d.err, d.rest = err, nil
	}
}

func (d *decoder) text() string {
	text, rest, err := memo.CutText(d.rest)
	d.rest = rest
	d.fail(err)
	return string(text)
}

func (d *decoder) number() uint64 {
	n, k := binary.Uvarint(d.rest)
	if k <= 0 {
		d.fail(errDamaged)
		return 0
	}
	d.rest = d.rest[k:]
	return n
}

func (d *decoder) signed() int64 {
	n, k := binary.Varint(d.rest)
	if k <= 0 {
		d.fail(errDamaged)
		return 0
	}
	d.rest = d.rest[k:]
	return n
}

// count is how many values follow, each of a byte at least.
func (d *decoder) count() int {
	n := d.number()
	if n > uint64(len(d.rest)) {
		d.fail(errDamaged)
		return 0
	}
	return int(n)
}

func (d *decoder) sum() (sum document.Sum) {
	if len(d.rest) < len(sum) {
		d.fail(errDamaged)
		return sum
	}
	d.rest = d.rest[copy(sum[:], d.rest):]
	return sum
}

func (d *decoder) root() *root {
	r := &root{given: d.number() == 1}
	n := d.count()
	r.files = make(map[string]*source, n)
	all := make([]source, n)
	for i := range all {
		f := &all[i]
		r.files[d.text()] = f
		f.mode, f.size = fs.FileMode(d.number()), int64(d.number())
		f.modified, f.changed, f.inode = d.signed(), d.signed(), d.number()
		f.opened, f.sum = d.number() == 1, d.sum()
	}
	return r
}
