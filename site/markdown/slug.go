package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A slug has at most maxSlug characters, and an id fewer than maxID bytes: each may be the name
// of a file.
const (
	maxSlug = 80
	maxID   = 200
)

// latin spells the Latin letters that no decomposition takes apart.
var latin = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h",
	'ı': "i", 'ł': "l", 'ŋ': "ng", 'ŧ': "t", 'ĸ': "k", 'ə': "e",
}

// IsID reports letters, marks and digits of any script, in NFC and in lower case where the script
// has case, with single hyphens between them, in fewer than 200 bytes.
func IsID(s string) bool {
	hyphen, plain := true, true // the one before, or the start
	for _, r := range s {
		switch {
		case r == '-' && !hyphen:
			hyphen = true
			continue
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		case r < utf8.RuneSelf || !inID(r) || unicode.ToLower(r) != r || hyphen && unicode.IsMark(r):
			return false
		default:
			plain = false
		}
		hyphen = false
	}
	return !hyphen && len(s) < maxID && (plain || norm.NFC.IsNormalString(s))
}

// inID reports the letters, marks and digits that can be seen.
func inID(r rune) bool {
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Nl) &&
		!unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// FoldID is what ids are alike by: two of one fold can't be told apart on every disk.
func FoldID(id string) string {
	for i := range len(id) {
		if id[i] >= utf8.RuneSelf {
			return norm.NFC.String(cases.Fold().String(norm.NFKD.String(id)))
		}
	}
	return id
}

// Slug returns the slug of a question or heading: lower-case letters with their marks, digits and
// single hyphens, neither first nor last; at most 80 characters and fewer than 200 bytes, cut at a
// word. Latin letters lose their marks; no script is transliterated. Where nothing remains it is "".
func Slug(s string) string {
	w := slugWriter{b: make([]byte, 0, maxSlug+72)}
	for s = norm.NFC.String(s); s != "" && len(w.b) <= 2*maxID; {
		r, size := utf8.DecodeRuneInString(s)
		parts := ""
		if r >= utf8.RuneSelf {
			parts = string(norm.NFKD.PropertiesString(s).Decomposition())
		}
		if parts != "" && (parts[0] < utf8.RuneSelf || unicode.Is(unicode.Latin, r)) { // é, ½, ｅ, ﬁ
			for _, part := range parts {
				w.write(part)
			}
		} else {
			w.write(r)
		}
		s = s[size:]
	}
	return cutSlug(norm.NFC.String(string(w.b)))
}

// slugWriter makes a slug.
type slugWriter struct {
	b      []byte
	gap    bool // a hyphen is due
	marked bool // the letter before keeps its marks
}

func (w *slugWriter) write(r rune) {
	r = unicode.ToLower(r)
	ascii := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	mark := r >= utf8.RuneSelf && unicode.IsMark(r)
	switch {
	case isApostrophe(r), mark && (!w.marked || !inID(r)), r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r):
		return
	case !ascii && (r < utf8.RuneSelf || !inID(r)):
		w.gap, w.marked = true, false
		return
	}
	if w.gap && len(w.b) > 0 {
		w.b = append(w.b, '-')
	}
	w.gap, w.marked = false, mark || !ascii && !unicode.Is(unicode.Latin, r)
	if spelled := latin[r]; spelled != "" {
		w.b = append(w.b, spelled...)
	} else {
		w.b = utf8.AppendRune(w.b, r)
	}
}

// isApostrophe reports whether r is within a word: the bank's, l’eau, Hawaiʻi, צה״ל.
func isApostrophe(r rune) bool { return strings.ContainsRune("'’ʼʻ׳״", r) }

// cutSlug shortens a slug at a hyphen, or within its first word if that alone is too long: before
// a letter, never before its marks.
func cutSlug(s string) string {
	end, n := len(s), 0
	for i, r := range s {
		if i >= maxID || n > maxSlug {
			break
		}
		if !unicode.IsMark(r) {
			end = i
		}
		n++
	}
	if n <= maxSlug && len(s) < maxID {
		return s
	}
	cut := s[:end]
	if s[end] != '-' {
		if i := strings.LastIndexByte(cut, '-'); i > 0 {
			cut = cut[:i]
		}
	}
	return strings.Trim(cut, "-")
}
