package markdown

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"nutgraf/site/diag"
)

// Titles, short answers and the like are plain text: Markdown in them is not
// read, and reaches readers as it is written.

const plainRule = "plain-text"

// plainMarks are the bytes that the marks of Markdown and most signs of other tools
// begin with. Few titles have one.
var plainMarks = func() (t [256]bool) {
	for _, c := range []byte("*_`[<&~\\{^$\t") {
		t[c] = true
	}
	return t
}()

const (
	whatPlain = "“%s” is shown as it is: this is plain text"
	fixPlain  = "write “%s”"

	fixRemove = "remove it"
)

// plainSigns are the marks of Markdown, and then those of other tools.
var plainSigns = sync.OnceValue(func() *table {
	of := tableOf([]sign{
		{first: "[", find: anywhere(`\[(?:[^\[\]@]*[\s;])?-?@[A-Za-z0-9_][^\[\]]*\]`),
			severity: diag.Error,
			what:     "the citation “%s” can't stand here: this is plain text, and its source would be lost",
			fix:      "cite it in the answer or the text that this belongs to, or add the id to its sources:"},
		{first: "!", find: anywhere(`!\[([^\[\]\n]*)\]\([^()\n]*\)`), what: whatPlain,
			fix: "move the picture to the text, or to images:"},
		{first: "[", find: anywhere(`\[([^\[\]\n]+)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])`), what: whatPlain, fix: fixPlain},
		{first: "[", find: anywhere(`\[\^[^\s\[\]]+\]`), what: whatPlain, fix: "move the footnote to the text"},
		{first: "*", find: apart(`\*{1,3}([^\s*](?:[^*\n]*[^\s*])?)\*{1,3}`), what: whatPlain, fix: fixPlain},
		{first: "_", find: apart(`_{1,3}([^\s_](?:[^\n]*?[^\s_])?)_{1,3}`), what: whatPlain, fix: fixPlain},
		{first: "~", find: apart(`~~([^\s~](?:[^~\n]*[^\s~])?)~~`), what: whatPlain, fix: fixPlain},
		{first: "`", find: anywhere("``?([^`\n]+)``?"), what: whatPlain, fix: fixPlain},
		{first: "*~", find: strayRun, what: whatPlain, fix: fixRemove},
		{first: "<",
			find: anywhere(`(?i)</?(?:a|abbr|b|big|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|` +
				`img|ins|kbd|li|mark|nobr|ol|p|q|s|small|span|strike|strong|sub|sup|tt|u|ul|` +
				`wbr)(?:\s[^<>]*)?/?>`), what: whatPlain, fix: fixRemove},
		{first: "<", find: anywhere(`<!--[\s\S]*?-->`), what: whatPlain, fix: "move it to notes:, which no page shows"},
		{first: "&", find: characterReference, what: whatPlain, fix: "write %s",
			write: wordsOfReference},
		{first: `\`, find: anywhere(`\\([*_#<>{}\[\]~|$!&` + "`" + `])`), what: whatPlain, fix: fixPlain},
	})
	for c := range of {
		for k := range of[c] {
			of[c][k].rule = plainRule
			switch of[c][k].fix {
			case fixPlain:
				if c != '[' { // whose address would be lost
					of[c][k].write = innerOf
				}
			case fixRemove:
				of[c][k].write = func(string, string) string { return "" }
			}
		}
	}
	for c, list := range signs() {
		for _, s := range list {
			if s.what == whatBare {
				continue
			}
			s.fix, s.write = "write the words alone", nil
			of[c] = append(of[c], s)
		}
	}
	return of
})

// characterReference finds &amp; and its like. What stands within is what to write.
func characterReference(t []byte, i int) (from, to int, inner string) {
	words, n := decodeReference(t[i:])
	if n == 0 {
		return 0, 0, ""
	}
	switch r, _ := utf8.DecodeRune(words); {
	case unicode.IsSpace(r):
		inner = "a blank"
	case unicode.IsPrint(r):
		inner = "“" + string(words) + "”"
	default:
		inner = "nothing for it"
	}
	return i, i + n, inner
}

// wordsOfReference is the character that characterReference found.
func wordsOfReference(_, inner string) string {
	switch inner {
	case "a blank":
		return " "
	case "nothing for it":
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(inner, "“"), "”")
}

// Marks reports marks in a text that is shown as it is written.
func Marks(in Input) []diag.Diagnostic {
	s := &state{in: &in, src: in.Src}
	s.reportSigns(plainSigns(), &shown{text: in.Src, pieces: []joint{{}}},
		func(t []byte, i int) bool { return plainMarks[t[i]] || startsSign(t, i) })
	return s.diags
}

// MayHaveMarks reports whether Marks may report something in a text.
func MayHaveMarks(text string) bool {
	for i := range len(text) {
		if plainMarks[text[i]] {
			return true
		}
	}
	return false
}
