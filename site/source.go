package site

import (
	"encoding/binary"

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

// Of returns what is said of a source of the record. An item that only names
// another source has nothing of its own.
func (t SourceTexts) Of(src *Source) (SourceText, error) {
	one, err := sourceText(t, src)
	if err != nil {
		return SourceText{}, err
	}
	return decodeSource(one)
}

// sourceText is what is said of a source, as it is stored among the texts of its
// record.
func sourceText[T string | SourceTexts](texts T, src *Source) (one T, err error) {
	if src.Record == nil {
		return one, nil
	}
	for i := int32(0); ; i++ {
		if one, texts, err = cutText(texts); err != nil || i == src.index {
			return one, err
		}
	}
}

// CitedText returns what is said of a source in the site's list, fast where those
// beside it are asked for as well. An error is I/O.
func (s *Site) CitedText(c *CitedSource) (about SourceText, err error) {
	err = s.near(c.ref, func(b []byte) (err error) {
		about, err = decodeSource(b)
		return err
	})
	return about, err
}

func decodeSource(b []byte) (a SourceText, err error) {
	if len(b) == 0 {
		return a, nil
	}
	var issued string
	all := string(b) // what is said of one source is kept or forgotten together
	for _, part := range [...]*string{&a.Title, &a.Type, &a.Publisher, &issued, &a.Accessed, &a.URL, &a.ArchiveURL, &a.Archived, &a.Attribution, &a.UnnamedReason} {
		if *part, all, err = cutText(all); err != nil {
			return a, err
		}
	}
	if a.Author, err = unpackTexts(all); err == nil && issued != "" {
		a.Issued, err = edtf.Parse(issued)
	}
	return a, err
}

// titleAndURL reads only these two of what is said of a source.
func titleAndURL(said string) (title, url string, err error) {
	if said == "" {
		return "", "", nil
	}
	if title, said, err = cutText(said); err != nil {
		return "", "", err
	}
	for range 5 {
		if url, said, err = cutText(said); err != nil {
			return "", "", err
		}
	}
	return title, url, nil
}
