package diag

import (
	"fmt"
	"strings"
	"unicode"
)

// Unfit reports the characters that no page may have: control characters but for tabs
// and line ends, which programs refuse in a feed, and those that turn the direction
// of text, so that readers see something else than stands there. An isolate (U+2066 to
// U+2069) is fit where it is closed.
func Unfit(r rune) bool {
	return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' || Embeds(r) || Isolates(r)
}

// Embeds reports the characters that turn the direction of text and that Unicode
// advises against: isolates do better what they did.
func Embeds(r rune) bool { return 0x202A <= r && r <= 0x202E }

// Isolates reports the characters that begin and end an isolate.
func Isolates(r rune) bool { return 0x2066 <= r && r <= EndIsolate }

// EndIsolate ends an isolate of any kind.
const EndIsolate = 0x2069

// CharacterName is the number of a character that is not seen, and its name.
func CharacterName(r rune) string {
	name := names[r]
	switch {
	case name != "":
	case unicode.Is(unicode.Cyrillic, r):
		name = "a Cyrillic letter"
	case unicode.Is(unicode.Greek, r):
		name = "a Greek letter"
	case r == 'ı':
		name = "an i without its dot"
	}
	if name != "" {
		return fmt.Sprintf("U+%04X, %s", r, name)
	}
	return fmt.Sprintf("U+%04X", r)
}

// names are Unicode's, of what keyboards and programs leave in texts.
var names = map[rune]string{0x00: "null", 0x07: "bell", 0x08: "backspace", 0x0B: "line tabulation",
	0x0C: "form feed", 0x1B: "escape",
	0x7F: "delete", 0x85: "next line", 0xFEFF: "byte order mark",
	0xA0: "no-break space", 0xAD: "soft hyphen", 0x2002: "en space", 0x2003: "em space", 0x2007: "figure space",
	0x2009: "thin space", 0x200B: "zero width space", 0x200C: "zero width non-joiner", 0x200D: "zero width joiner",
	0x200E: "left-to-right mark", 0x200F: "right-to-left mark", 0x202F: "narrow no-break space",
	0x2060: "word joiner", 0x3000: "ideographic space", 0xFF1A: "fullwidth colon",
	0x2018: "left single quotation mark", 0x2019: "right single quotation mark",
	0x201C: "left double quotation mark", 0x201D: "right double quotation mark",
	0x202A: "left-to-right embedding", 0x202B: "right-to-left embedding", 0x202C: "pop directional formatting",
	0x202D: "left-to-right override", 0x202E: "right-to-left override", 0x2066: "left-to-right isolate",
	0x2067: "right-to-left isolate", 0x2068: "first strong isolate", EndIsolate: "pop directional isolate"}

// unseen reports a character that nobody sees, or that looks like a blank and is none.
func unseen(r rune) bool {
	return r > 0x7F && unicode.In(r, unicode.Zs, unicode.Cf)
}

// Unseen is where the first character is in s that nobody sees, or takes for a blank, and its number
// and name; -1 where there is none.
func Unseen(s string) (i int, name string) {
	for i, r := range s {
		if unseen(r) {
			return i, CharacterName(r)
		}
	}
	return -1, ""
}

// Seen is s without what nobody sees.
func Seen(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, s))
}

// Latin is s with Latin letters for those of other scripts that look like them, and the first of
// these; 0 where there is none.
func Latin(s string) (latin string, first rune) {
	latin = strings.Map(func(r rune) rune {
		l, ok := lookalikes[r]
		if !ok {
			return r
		}
		if first == 0 {
			first = r
		}
		return l
	}, s)
	return latin, first
}

// lookalikes are Latin letters for those of Cyrillic and Greek that look like them.
var lookalikes = map[rune]rune{'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i',
	'ј': 'j', 'ѕ': 's', 'һ': 'h', 'ԁ': 'd', 'ԛ': 'q', 'ԝ': 'w', 'м': 'm', 'т': 't', 'к': 'k', 'в': 'b', 'н': 'h',
	'ο': 'o', 'α': 'a', 'ν': 'v', 'ι': 'i', 'κ': 'k', 'ρ': 'p', 'υ': 'u', 'χ': 'x', 'ı': 'i', 'ɡ': 'g'}

// Digits is s with the digits 0 to 9 for those of other scripts.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= '9' || !unicode.IsDigit(r) {
			return r
		}
		n := rune(0)
		for unicode.IsDigit(r - n - 1) {
			n++
		}
		return '0' + n%10
	}, s)
}
