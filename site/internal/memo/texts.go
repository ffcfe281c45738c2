package memo

import (
	"encoding/binary"
	"errors"
)

// AppendTexts appends a record of texts.
func AppendTexts(b []byte, parts ...string) []byte {
	for _, s := range parts {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return b
}

// Texts returns the texts of a record, which alias it: at least one, if only "" where it
// is broken.
func Texts(b string) (parts []string, err error) {
	for len(b) > 0 {
		var text string
		if text, b, err = CutText(b); err != nil {
			return []string{""}, err
		}
		parts = append(parts, text)
	}
	return parts, nil
}

// CutText cuts the first text off a record of texts.
func CutText[T ~string | ~[]byte](b T) (text, rest T, err error) {
	n, k := uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return text, rest, errors.New("corrupt record of texts")
	}
	return b[k : k+int(n)], b[k+int(n):], nil
}

// uvarint is binary.Uvarint for both kinds of bytes.
func uvarint[T ~string | ~[]byte](b T) (uint64, int) {
	if len(b) > 0 && b[0] < 0x80 { // nearly all are short
		return uint64(b[0]), 1
	}
	var head [binary.MaxVarintLen64]byte
	return binary.Uvarint(head[:copy(head[:], b)])
}
