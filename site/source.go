package site

import (
	"encoding/binary"
	"errors"

	"nutgraf/site/edtf"
)

// SourceTexts is what is said of a record's sources, as the store keeps it: a
// site may have a million sources, and a page shows a few.
type SourceTexts []byte

// appendSources appends the texts of sources: each with its length before it.
func appendSources(b []byte, list []SourceText) []byte {
	var scratch []byte
	for _, a := range list {
		scratch = packTexts(scratch[:0], a.Title, a.Type, a.Publisher, a.Issued.String(), a.Accessed, a.URL, a.ArchiveURL, a.Archived, a.Attribution, a.UnnamedReason)
		scratch = packTexts(scratch, a.Author...)
		b = append(binary.AppendUvarint(b, uint64(len(scratch))), scratch...)
	}
	return b
}

// SourceTexts reads what is said of a record's sources, into the memory of buf
// if it has room. An error is I/O.
func (s *Site) SourceTexts(r *Record, buf []byte) (SourceTexts, error) {
	b, err := s.store.Get(buf[:0], r.about)
	return b, err
}

var errSources = errors.New("corrupt record of sources")

// Of returns what is said of a source of the record. An item that only names
// another source has nothing of its own.
func (t SourceTexts) Of(src *Source) (SourceText, error) {
	if src.Record == nil {
		return SourceText{}, nil
	}
	for i := int32(0); ; i++ {
		n, k := binary.Uvarint(t)
		if k <= 0 || n > uint64(len(t)-k) {
			return SourceText{}, errSources
		}
		if i == src.index {
			return decodeSource(t[k : k+int(n)])
		}
		t = t[k+int(n):]
	}
}

func decodeSource(b []byte) (SourceText, error) {
	t, err := unpackTexts(b)
	if err != nil || len(t) < 10 {
		return SourceText{}, errSources
	}
	a := SourceText{Title: t[0], Type: t[1], Publisher: t[2], Accessed: t[4], URL: t[5], ArchiveURL: t[6], Archived: t[7], Attribution: t[8], UnnamedReason: t[9]}
	if len(t) > 10 {
		a.Author = t[10:]
	}
	if t[3] != "" {
		a.Issued, err = edtf.Parse(t[3])
	}
	return a, err
}
