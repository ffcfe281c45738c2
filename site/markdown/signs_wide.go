package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// East Asian keyboards write brackets, signs and blanks as wide as the letters of their script.
// Markdown has marks of ASCII alone, and so readers would get these as they stand.

const (
	fixWide  = "write %s"
	whatWide = "“%s” is written with wide signs, which mark nothing here"
	whatBare = "“%s” is no link: a letter or a wide sign stands right before it"
)

// wideSigns are marks of Markdown in wide signs. What to write is what they are meant for.
var wideSigns = []sign{
	{first: "〔〈《「", find: wide(`[〔〈《「][@＠][^\s〔〕〈〉《》「」]+[〕〉》」]`),
		what: whatWide, fix: fixWide, write: asSource},
	{first: "[［【", find: wide(`[\[［【][@＠][^\[\]［］【】\n]+[\]］】]`),
		what: whatWide, fix: fixWide, write: asSource},
	{first: "［【[", find: wide(`[\[［【][!！][\pL ]+[\]］】]`),
		what: whatWide, fix: fixWide, write: asSource},
	{first: "［【[", find: wide(`[\[［【][\^＾][^\s\[\]［］【】]+[\]］】]`),
		what: whatWide, fix: fixWide, write: asSource},
	{first: "［【[", find: wide(`[\[［【][^\[\]［］【】\n]+[\]］】] ?[(（](?:` + addressInside + `)[)）]`),
		what: whatWide, fix: fixWide, write: asSource},
	{first: "]", find: where(wide(`\] ?[(（](?:`+addressInside+`)[)）]`),
		func(t []byte, i, _ int) bool { return !openerEscaped(t, i) }),
		what: whatWide, fix: fixWide, write: asSource},
	{first: "＃", find: atLine(`＃{1,6}[ \t\x{3000}]*([^\s＃][^\n]*)`),
		what: "“%s” " + NoHeading + " its ＃ is a wide sign", fix: "write ## %s, or ### %s below " +
			"a question"},
	{first: "#", find: atLine(`#{2,6}\x{3000}+([^\n]*)`),
		what: "“%s” " + NoHeading + " the blank behind its # is a wide one", fix: "write a " +
			"blank of the space bar there",
		write: func(sign, inner string) string {
			return sign[:strings.LastIndexByte(sign[:len(sign)-len(inner)], '#')+1] + " " + inner
		}},
	{first: "｛{", find: where(wide(`[{｛][#＃][^{}｛｝\s]+[}｝]`), endsLine),
		what: whatWide, fix: fixWide, write: asSource},
	{first: "＊", find: wide(`＊＊[^＊\n]+＊＊`),
		what: whatWide, fix: fixWide, write: asSource},
	{first: "＞", find: atLine(`＞[ \x{3000}]?[^\n]*`), what: "“%s” is no quotation: its ＞ is a " +
		"wide sign", fix: "write > and a blank"},
	{first: "｜", find: atLine(`｜[^｜\n]+｜[^\n]*`), list: true,
		what: "these rows are no table: their ｜ are wide signs",
		fix:  "write | in their place, and | --- | --- | below the first row"},
	{first: "！", find: atLine(`！` + standLink), what: "this is a link, and no picture: its ！ is " +
		"a wide sign", fix: "write ! in its place"},
	{first: "｀", find: wide("｀{1,3}[^｀\n]+｀{1,3}"),
		what: whatWide, fix: fixWide, write: asSource},
	{first: "｀", find: atLine("｀{3}[^\n]*"), what: "“%s” begins no code: its ｀ are wide signs",
		fix: "write three backticks"},
	{first: "＊－＋", find: list(`[＊－＋][ \x{3000}]`, `[＊－＋][ \x{3000}]`), list: true,
		what: whatList, fix: fixList},
	{first: "１", find: list(`[１-９][．.、）)]`, `[１-９][．.、）)]`), list: true, what: whatList,
		fix: "write 1. and a blank before the first item, 2. before the next, and leave the " +
			"line above the first one empty"},
	{first: ":", find: bareAddress, what: whatBare, fix: "write <%s>",
		write: func(_, inner string) string { return "<" + inner + ">" }},
}

// addressInside is an address as links have it, and none of the remarks that stand in brackets; a
// link that a program made of it is its stand-in.
const addressInside = standAddress + `|https?[:：]//[^\s()（）\[\]]+|www\.[^\s()（）]+|` +
	`mailto[:：][^\s()（）]+|\.{0,2}/[^\s()（）]+|` +
	`#[^\s()（）]+|(?:term|q|event|date|as-of|lang)[:：][^\s()（）]+|[\pL\pN._/-]+\.(?:md|html?|pdf|` +
	`png|jpe?g|gif|svg|webp)(?:#[^\s()（）]+)?`

// wide finds what has a wide sign in it. What stands within is what to write.
func wide(expr string) finder {
	find := anywhere("(" + expr + ")")
	return func(t []byte, i int) (from, to int, inner string) {
		from, to, _ = find(t, i)
		found := string(t[from:to])
		if from == to || !strings.ContainsAny(found, "［］【】〔〕〈〉《》「」（）＠！＾｛｝＃＊｀：") {
			return 0, 0, ""
		}
		if strings.Contains(found, standAddress) {
			found = strings.ReplaceAll(found, standAddress, "…")
		}
		return from, to, asASCII(found)
	}
}

// asASCII is a mark with the signs of ASCII that it is meant to have.
func asASCII(s string) string {
	return strings.TrimRight(norm.NFC.String(narrowSigns.Replace(s)), " ")
}

// endsLine reports whether a line ends at byte to.
func endsLine(t []byte, _, to int) bool { return to == lineEnd(t, to) }

// asSource is a mark as it stands in the source, in the signs of ASCII.
func asSource(sign, _ string) string { return asASCII(sign) }

var narrowSigns = strings.NewReplacer("【", "[", "】", "]", "〔@", "[@", "〕", "]", "〈@", "[@",
	"〉", "]", "《@", "[@", "》", "]", "「@", "[@", "」", "]", "［", "[", "］", "]", "（", "(", "）",
	")", "＠", "@", "！", "!",
	"＾", "^", "｛", "{", "｝", "}", "＃", "#", "＊", "*", "｀", "`", "：", ":", "、", ", ", "，", ", ",
	"；", "; ")

var schemeBehind = regexp.MustCompile(`(?i)https?$`)
var addressBehind = regexp.MustCompile(`^://[\w.-]+(?:[/?#:][\w./?#=&%~+:@!$;-]*)?`)

// bareAddress finds an address that is not a link, since no blank stands before it.
func bareAddress(t []byte, i int) (from, to int, inner string) {
	scheme := schemeBehind.Find(t[max(0, i-5):i])
	rest := addressBehind.Find(t[i:min(len(t), i+maxSign)])
	from = i - len(scheme)
	if scheme == nil || rest == nil || from == 0 ||
		bytes.IndexByte([]byte(standLink+standTag+`"'=(<`), t[from-1]) >= 0 {
		return 0, 0, ""
	}
	if open := bytes.Count(t[:from], []byte(standLink)); open%2 == 1 { // the words of a link
		return 0, 0, ""
	}
	to = i + len(bytes.TrimRight(rest, ".,:;!?"))
	return from, to, string(t[from:to])
}
