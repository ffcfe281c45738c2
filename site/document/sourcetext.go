package document

import (
	"encoding/binary"

	"nutgraf/site/edtf"
	"nutgraf/site/internal/memo"
)

// SourceTexts is what is said of a record's sources, as the store keeps it: a
// site may have a million sources, and a page shows a few.
type SourceTexts []byte

// appendSources appends the texts of sources: each with its length before it.
func appendSources(b []byte, list []SourceText) []byte {
	var scratch []byte
	for _, a := range list {
		scratch = memo.AppendTexts(scratch[:0], a.Title, a.Type, a.Publisher, a.Issued.String(),
			a.Accessed, a.URL, a.ArchiveURL, a.Archived, a.Attribution, a.UnnamedReason)
		scratch = memo.AppendTexts(scratch, a.Author...)
		b = append(binary.AppendUvarint(b, uint64(len(scratch))), scratch...)
	}
	return b
}

// Of returns what is said of a source of the record. An item that only names
// another source has nothing of its own.
func (t SourceTexts) Of(src *Source) (SourceText, error) {
	one, err := CutSource(t, src)
	if err != nil {
		return SourceText{}, err
	}
	return DecodeSource(one)
}

// CutSource is what is said of a source, as it is stored among the texts of its
// record.
func CutSource[T string | SourceTexts](texts T, src *Source) (one T, err error) {
	if src.Record == nil {
		return one, nil
	}
	for i := int32(0); ; i++ {
		if one, texts, err = memo.CutText(texts); err != nil || i == src.index {
			return one, err
		}
	}
}

// DecodeSource reads what is said of one source, as CutSource returns it.
func DecodeSource(b []byte) (a SourceText, err error) {
	if len(b) == 0 {
		return a, nil
	}
	var issued string
	all := string(b) // what is said of one source is kept or forgotten together
	for _, part := range [...]*string{&a.Title, &a.Type, &a.Publisher, &issued, &a.Accessed, &a.URL,
		&a.ArchiveURL, &a.Archived, &a.Attribution, &a.UnnamedReason} {
		if *part, all, err = memo.CutText(all); err != nil {
			return a, err
		}
	}
	if a.Author, err = memo.Texts(all); err == nil && issued != "" {
		a.Issued, err = edtf.Parse(issued)
	}
	return a, err
}

// TitleAndURL reads only these two of what is said of a source.
func TitleAndURL(said string) (title, url string, err error) {
	if said == "" {
		return "", "", nil
	}
	if title, said, err = memo.CutText(said); err != nil {
		return "", "", err
	}
	for range 5 {
		if url, said, err = memo.CutText(said); err != nil {
			return "", "", err
		}
	}
	return title, url, nil
}
