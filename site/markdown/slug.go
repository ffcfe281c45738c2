package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSlug is the longest slug, in bytes.
const maxSlug = 80

// latin spells the Latin letters that no decomposition takes apart.
var latin = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h",
	'ı': "i", 'ł': "l", 'ŋ': "ng", 'ŧ': "t", 'ĸ': "k", 'ə': "e",
}

// Slug returns the slug of a question or heading: lower-case ASCII letters,
// digits and single hyphens, neither first nor last; at most 80 bytes, cut at
// a word. Latin letters lose their marks; other scripts are left out, not
// transliterated. Where nothing remains it is "".
func Slug(s string) string {
	b := make([]byte, 0, maxSlug+72)
	gap := false
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToLower(r)
		plain := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		if !plain && (r < utf8.RuneSelf || latin[r] == "") {
			gap = gap || !isApostrophe(r) && (r < utf8.RuneSelf || !unicode.Is(unicode.Mn, r))
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, '-')
		}
		gap = false
		if plain {
			b = append(b, byte(r))
		} else {
			b = append(b, latin[r]...)
		}
		if len(b) > maxSlug+64 {
			break
		}
	}
	return cutSlug(string(b))
}

// isApostrophe reports whether r is within a word: the bank's, l’eau.
func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// cutSlug shortens a slug at a hyphen, or within its first word if that alone is too long.
func cutSlug(s string) string {
	if len(s) <= maxSlug {
		return s
	}
	cut := s[:maxSlug]
	if s[maxSlug] != '-' {
		if i := strings.LastIndexByte(cut, '-'); i > 0 {
			cut = cut[:i]
		}
	}
	return strings.Trim(cut, "-")
}
