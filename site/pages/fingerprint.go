package pages

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
	"math"
	"reflect"
	"slices"

	"nutgraf/site"
)

// fingerprinter sums a View: everything that a template can see of it. On its
// way it gathers what is still to be read, so that a page's key is known before
// any of that work is done.
type fingerprinter struct {
	h         hash.Hash
	buf       []byte
	fields    map[reflect.Type][]int // which of each type's are summed
	site      *Site                  // whose sum is known
	siteSum   site.Sum
	sentences []*Sentence
}

var (
	sentenceType = reflect.TypeFor[*Sentence]()
	siteType     = reflect.TypeFor[*Site]()
)

func newFingerprinter() *fingerprinter {
	return &fingerprinter{h: sha256.New(), buf: make([]byte, 0, 2*sumBlock), fields: map[reflect.Type][]int{}}
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
const sumBlock = 1024

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
func (f *fingerprinter) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		f.text(v.String())
	case reflect.Bool:
		var n uint64
		if v.Bool() {
			n = 1
		}
		f.number(n)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		f.buf = binary.AppendVarint(f.buf, v.Int())
	case reflect.Uint8, reflect.Uint64, reflect.Uint:
		f.number(v.Uint())
	case reflect.Float64:
		f.number(math.Float64bits(v.Float()))
	case reflect.Array: // a Sum; Views are behind pointers
		f.bytes(v.Bytes())
	case reflect.Slice:
		f.number(uint64(v.Len()))
		for i := range v.Len() {
			f.value(v.Index(i))
		}
	case reflect.Map:
		f.mapping(v)
	case reflect.Interface:
		f.text(fmt.Sprint(v.IsNil()))
		if !v.IsNil() {
			f.text(v.Elem().Type().String())
			f.value(v.Elem())
		}
	case reflect.Pointer:
		f.pointer(v)
	case reflect.Struct:
		f.structure(v)
	default:
		panic("a View holds what is no plain data: " + v.Type().String())
	}
}

func (f *fingerprinter) pointer(v reflect.Value) {
	if v.IsNil() {
		f.number(0)
		return
	}
	f.number(1)
	switch v.Type() {
	case siteType:
		if v.Interface().(*Site) == f.site {
			f.bytes(f.siteSum[:])
			return
		}
	case sentenceType:
		f.sentences = append(f.sentences, v.Interface().(*Sentence))
	}
	f.value(v.Elem())
}

func (f *fingerprinter) structure(v reflect.Value) {
	t := v.Type()
	fields, ok := f.fields[t]
	if !ok {
		fields = summedFields(t)
		f.fields[t] = fields
	}
	for _, i := range fields {
		f.value(v.Field(i))
	}
}

// summedFields leaves out what rendering fills in from what is summed already;
// templates can't see it, or it says so.
func summedFields(t reflect.Type) []int {
	var fields []int
	for i := range t.NumField() {
		field := t.Field(i)
		if (field.PkgPath == "" || field.Anonymous) && field.Tag.Get("fingerprint") != "-" {
			fields = append(fields, i)
		}
	}
	return fields
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

func (f *fingerprinter) sum() site.Sum {
	f.flush()
	return site.Sum(f.h.Sum(nil)[:16])
}
