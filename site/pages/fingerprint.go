package pages

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"sync"

	"github.com/zeebo/xxh3"

	"nutgraf/site/document"
)

// fingerprinter sums a View: everything that a template can see of it. On its
// way it gathers what is still to be read, so that a page's key is known before
// any of that work is done.
type fingerprinter struct {
	h         *xxh3.Hasher
	buf       []byte
	site      *Site // whose sum is known
	siteSum   document.Sum
	sentences []*Sentence
}

var (
	sentenceType = reflect.TypeFor[*Sentence]()
	siteType     = reflect.TypeFor[*Site]()
)

func newFingerprinter() *fingerprinter {
	return &fingerprinter{h: xxh3.New(), buf: make([]byte, 0, 2*sumBlock)}
}

// fingerprinter returns one for a page whose Site is known; it goes back to
// b.summers.
func (b *Book) fingerprinter(s *Site) *fingerprinter {
	f, _ := b.summers.Get().(*fingerprinter)
	if f == nil {
		f = newFingerprinter()
	}
	f.h.Reset()
	f.site, f.siteSum, f.buf = s, b.siteSums[s], f.buf[:0]
	clear(f.sentences)
	f.sentences = f.sentences[:0]
	return f
}

// sumBlock is how many bytes are summed at a time.
const sumBlock = 16 << 10

func (f *fingerprinter) flush() {
	f.h.Write(f.buf)
	f.buf = f.buf[:0]
}

func (f *fingerprinter) bytes(b []byte) {
	f.buf = append(f.buf, b...)
	if len(f.buf) > sumBlock {
		f.flush()
	}
}

func (f *fingerprinter) number(n uint64) { f.buf = binary.AppendUvarint(f.buf, n) }

func (f *fingerprinter) text(s string) {
	f.number(uint64(len(s)))
	if len(f.buf)+len(s) > cap(f.buf) {
		f.flush()
		if len(s) > cap(f.buf) {
			io.WriteString(f.h, s)
			return
		}
	}
	f.buf = append(f.buf, s...)
}

// value writes v so that different values never write the same bytes.
func (f *fingerprinter) value(v reflect.Value) { summerOf(v.Type())(f, v) }

// summer writes a value of one type: what that takes is worked out once.
type summer func(f *fingerprinter, v reflect.Value)

var summers sync.Map // of summer, by reflect.Type

func summerOf(t reflect.Type) summer {
	if s, ok := summers.Load(t); ok {
		return s.(summer)
	}
	s := newSummer(t)
	summers.Store(t, s)
	return s
}

func newSummer(t reflect.Type) summer {
	switch t.Kind() {
	case reflect.String:
		return func(f *fingerprinter, v reflect.Value) { f.text(v.String()) }
	case reflect.Bool:
		return func(f *fingerprinter, v reflect.Value) {
			var n uint64
			if v.Bool() {
				n = 1
			}
			f.number(n)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(f *fingerprinter, v reflect.Value) { f.buf = binary.AppendVarint(f.buf, v.Int()) }
	case reflect.Uint8, reflect.Uint64, reflect.Uint:
		return func(f *fingerprinter, v reflect.Value) { f.number(v.Uint()) }
	case reflect.Float64:
		return func(f *fingerprinter, v reflect.Value) { f.number(math.Float64bits(v.Float())) }
	case reflect.Array: // a Sum; Views are behind pointers
		return func(f *fingerprinter, v reflect.Value) { f.bytes(v.Bytes()) }
	case reflect.Slice:
		element := sync.OnceValue(func() summer { return summerOf(t.Elem()) })
		return func(f *fingerprinter, v reflect.Value) {
			n := v.Len()
			f.number(uint64(n))
			if n == 0 {
				return
			}
			sum := element()
			for i := range n {
				sum(f, v.Index(i))
			}
		}
	case reflect.Map:
		return (*fingerprinter).mapping
	case reflect.Interface:
		return (*fingerprinter).dynamic
	case reflect.Pointer:
		return pointerSummer(t)
	case reflect.Struct:
		return structSummer(t)
	}
	panic("a View holds what is no plain data: " + t.String())
}

func (f *fingerprinter) dynamic(v reflect.Value) {
	f.text(fmt.Sprint(v.IsNil()))
	if !v.IsNil() {
		f.text(v.Elem().Type().String())
		f.value(v.Elem())
	}
}

func pointerSummer(t reflect.Type) summer {
	element := sync.OnceValue(func() summer { return summerOf(t.Elem()) })
	return func(f *fingerprinter, v reflect.Value) {
		if v.IsNil() {
			f.number(0)
			return
		}
		f.number(1)
		switch t {
		case siteType:
			if v.Interface().(*Site) == f.site {
				f.bytes(f.siteSum[:])
				return
			}
		case sentenceType:
			f.sentences = append(f.sentences, v.Interface().(*Sentence))
		}
		element()(f, v.Elem())
	}
}

// structSummer leaves out what rendering fills in from what is summed already;
// templates can't see it, or it says so.
func structSummer(t reflect.Type) summer {
	type part struct {
		index int
		sum   summer
	}
	var parts []part
	for i := range t.NumField() {
		field := t.Field(i)
		if (field.PkgPath == "" || field.Anonymous) && field.Tag.Get("fingerprint") != "-" {
			parts = append(parts, part{i, summerOf(field.Type)})
		}
	}
	return func(f *fingerprinter, v reflect.Value) {
		for _, p := range parts {
			p.sum(f, v.Field(p.index))
		}
	}
}

func (f *fingerprinter) mapping(v reflect.Value) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		if a.String() < b.String() {
			return -1
		}
		return 1
	})
	f.number(uint64(len(keys)))
	for _, k := range keys {
		f.value(k)
		f.value(v.MapIndex(k))
	}
}

func (f *fingerprinter) sum() document.Sum {
	f.flush()
	return f.h.Sum128().Bytes()
}
