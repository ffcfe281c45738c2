package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"nutgraf/site/diag"
)

// What other tools read as markup and Markdown does not is only text here:
// readers would get it as it stands. Here are its signs, and what to write
// instead; what finds them is in signs_find.go. They are looked for in what a
// block shows as text, so that code and the addresses of links have none.

// ForeignRule is the rule of what another tool would read as markup, and of what
// Markdown swallows.
const ForeignRule = "foreign"

// NoHeading stands in what is said of a line that is meant for a heading, and is none.
const NoHeading = "is no heading:"

// sign is a mark of another tool.
type sign struct {
	first string // the bytes that it may begin with
	find  finder
	what  string                          // is wrong; %s is what was found
	fix   string                          // %s is what stands within the sign
	write func(sign, inner string) string // the very text that fix says to write; nil where it leaves a choice
	pair  int                             // 1 opens a box, -1 closes one and is reported only where none is open

	severity diag.Severity // else a warning
	rule     string        // else foreign
	list     bool          // reported once where several follow one another
}

// What to do about several signs.
const (
	fixTemplate   = "write the words that it stands for; \\{ shows the sign itself, and backticks stand around code"
	fixContents   = "remove it: a page lists its questions by itself"
	fixAttributes = "remove it; \\{ shows the sign itself"
	fixCallout    = "write a callout: the line > [!NOTE], and below it each line of the text after a >"
	fixMaths      = "write it in words or with <sub> and <sup>, put it between backticks, or show " +
		"a picture of it; \\$ is the sign itself"
	fixList = "begin each item with - and a blank, and leave the line above the first one empty"
	fixMark = "put it right at the words, without a blank between, and close it; a " +
		"backslash before each sign shows it as it is"
)

const (
	whatTemplate   = "“%s” is a template of another tool, which is not filled in here"
	whatAttributes = "“%s” are attributes of another tool: here only a heading has one, its {#id}"
	whatContents   = "“%s” is a table of contents in another tool, and only words here"
	whatMaths      = "“%s” is a formula in another tool, and maths is not set here"
	whatList       = "this is a list in another tool, and one paragraph here"
)

// signs are all that are known. Of those that begin at one place, the first counts.
var signs = sync.OnceValue(func() *table {
	return tableOf(slices.Concat(wideSigns, []sign{
		// Templates.
		{first: "]", find: slugged(unescaped(`\]\([^(){\n]*\{[{%][<%]?\s*(?:rel)?(?:ref|link|post_url)\s+["']?` +
			`([^\s"'{}%]+)["']?[\s\S]*?[}%]\}[^()\n]*\)`)),
			what: "the address here is a template of another tool, so this is no link",
			fix:  "write the address itself: [words](../explainers/%s.md)"},
		{first: "]", find: unescaped(`\]\([^(){\n]*\{[{%][\s\S]*?[}%]\}[^()\n]*\)`),
			what: "the address here is a template of another tool, so this is no link",
			fix:  "write the address itself: [words](../explainers/its-file.md)"},
		{first: "{", find: anywhere(`\{\{[<%` + standTag + `][\s\S]*?\}\}`),
			what: "“%s” is a shortcode of Hugo, which shows nothing here",
			fix:  "write what it would have shown: a link, a picture, a quotation; \\{ shows the sign itself"},
		{first: "{", find: anywhere(`(?i)\{\{toc\}\}|\{:toc\}|\$\{toc\}`), what: whatContents, fix: fixContents},
		{first: "{", find: anywhere(`\{\{(?:[\s\S]*?\}\}+)?`), what: whatTemplate, fix: fixTemplate},
		{first: "{", find: anywhere(`\{%[\s\S]*?%\}`),
			what: "“%s” is a tag of Liquid or Jinja, which does nothing here",
			fix:  "write what it would have shown, or remove it; \\{ shows the sign itself"},
		{first: "{", find: anywhere(`\{#[\s\S]*?#\}`),
			what: "“%s” is a comment of Jinja, which readers see here", fix: "write <!-- … -->"},
		{first: "<", find: anywhere(`<%[\s\S]*?%>`), what: whatTemplate,
			fix: "write the words that it stands for; backticks stand around code"},
		{first: "<", find: atLine(`<{7}[ \t]+\S[^\n]*`),
			what: "“%s” is where git left two versions, and readers see both",
			fix:  "keep one of them, and remove the lines that begin with <, = and >"},
		{first: "<", find: atLine(`<<<[ \t]+[@./]\S*`),
			what: "“%s” includes a file in VitePress, and nothing here",
			fix:  "write its text here, or link to it"},

		// Attributes and roles.
		{first: "{", find: anywhere(`\{:[^{}\n]*\}`), what: whatAttributes, fix: fixAttributes},
		{first: "{", find: anywhere(`\{[a-z][\w:+.-]*\}` + standCode),
			what: "“%s” is a role of MyST, which means nothing here",
			fix:  "write the words themselves, or a link: [words](address)"},
		{first: "{", find: anywhere(`\{\s*[#.][\w:-]*\pL[^{}\n]*\}|\{-\}`), what: whatAttributes, fix: fixAttributes},
		{first: "{", find: behindMarkup(`\{[\w-]+=[^{}\n]*\}|\{=[a-z]\w*\}`), what: whatAttributes, fix: fixAttributes},
		{first: "{",
			find: anywhere(`\{(?:\+\+[\s\S]+?\+\+|--[\s\S]+?--|>>[\s\S]+?<<|==[\s\S]+?==)\}`),
			what: "“%s” is an editor's mark of CriticMarkup, which readers see here",
			fix:  "accept the change or reject it"},
		{first: "{", find: anywhere(`\{(?:code|noformat|panel|quote|color)(?::[^{}\n]*)?\}`),
			what: "“%s” is markup of Jira, which means nothing here",
			fix:  "write a quotation with >, or code between lines of three backticks"},

		// Links of wikis, tables of contents, shortcodes in square brackets.
		{first: "[", find: anywhere(`(?i)\[\[_?toc_?\]\]`), what: whatContents, fix: fixContents},
		{first: "[", find: wholeLine(`(?i)@?\[toc\]`), what: whatContents, fix: fixContents},
		{first: "!", find: anywhere(`!\[\[[^\[\]\n]+\]\]`),
			what: "“%s” embeds something in Obsidian, and nothing here",
			fix:  "write ![what it shows](its-name.jpg) for a picture, and a link for anything else"},
		{first: "[", find: slugged(anywhere(`\[\[([^\[\]\n|#]+)[^\[\]\n]*\](?:\[[^\[\]\n]+\])?\]`)),
			what: "“%s” is a link in a wiki, and only words here",
			fix: `write [words](../explainers/%s.md), or [words](term:%s) for a term of the glossary; ` +
				`\[ shows the sign itself`},
		{first: "[", find: anywhere(`\[\[[^\[\]\n]+\](?:\[[^\[\]\n]+\])?\]`),
			what: "“%s” is a link in a wiki, and only words here",
			fix: `write [words](../explainers/its-file.md), or [words](term:its-id) for a term of the glossary; ` +
				`\[ shows the sign itself`},
		{first: "[",
			find: anywhere(`\[/[a-zA-Z][\w-]*\]|\[[a-z][\w-]*(?:[ =][\w-]*=?(?:"[^"\n]*"|“[^”\n]*”|` +
				`'[^'\n]*'|` + standAddress + `))+ ?/?\]`),
			what: "“%s” is a shortcode of WordPress or a tag of BBCode, which means nothing here",
			fix:  `write it in Markdown, or remove it; \[ shows the sign itself`},

		// Citations and notes.
		{first: "[", find: unescaped(`\[(@\pL[\w:.-]*[^\s\[\],;:.])[^\[\]]*(?:\z|\[)`),
			what: "“%s” opens a citation that nothing closes, so its source is lost",
			fix:  "write [%s]; \\[ shows the sign itself", severity: diag.Error, rule: "citation"},
		{first: "[", find: bracketedCitation,
			what: "“%s” is a citation in Pandoc, and only words here",
			fix:  `write “%s”; \[ shows the sign itself`, write: innerOf},
		{first: "@",
			find: apart(`(@[A-Za-z0-9_][\w:.-]*) \[(?:pp?|ch|chap|secs?|vol|§|\d)[^\[\]\n]*\]`),
			what: "“%s” is a citation in Pandoc, and only words here",
			fix:  "write the name, and then [%s, p. 3]"},
		{first: "@", find: apart(`(@(?:fig|tbl|sec|eq|lst)-[\w-]+)`),
			what: "“%s” refers to a numbered part in Quarto, and to nothing here",
			fix:  "write a link to the part, [words](#its-heading), or its name"},
		{first: "^", find: anywhere(`\^\[([^\[\]\n]+)\]`),
			what: "“%s” is a footnote in Pandoc, and only words here",
			fix:  "write [^name] here, and a line [^name]: %s below the paragraph"},
		{first: "*", find: atLine(`\*\[([^\[\]\n]+)\]:[^\n]*`),
			what: "“%s” explains an abbreviation in another tool, and is a paragraph here",
			fix:  "explain “%s” in content/glossary/, and remove the line"},
		{first: "(", find: atLine(`\(@[\w-]*\)[ \t]`),
			what: "“%s” numbers an example in Pandoc, and nothing here",
			fix:  "write 1. for the first item of a list, and 2. for the next"},

		// Maths and TeX.
		{first: "$", find: dollars, what: whatMaths, fix: fixMaths},
		{first: `\`, find: texBrackets, what: whatMaths, fix: fixMaths},
		{first: `\`, find: anywhere(`\\[a-zA-Z]+\*?(?:\[[^\[\]\n]*\])?\{[^{}\n]*\}`),
			what: "“%s” is a command of TeX, which does nothing here",
			fix: "write the words themselves; a citation is [@id], and a footnote [^name] with a " +
				"line [^name]: … below"},
		{first: `\`, find: wholeLine(`\\[a-z]{4,}`),
			what: "“%s” is a command of TeX, which does nothing here", fix: "remove it"},

		// Marks within a line.
		{first: "=", find: apart(`==[^\s=](?:[^=\n]*[^\s=])?==`),
			what: "“%s” is marked text in another tool, and has its signs here",
			fix:  `write <mark>…</mark> or **…**; \= shows the sign itself`},
		{first: "%", find: apart(`%%[^%\s](?:[^%\n]*[^%\s])?%%|%%[ \t][^%\n]*[ \t]%%`),
			what: "“%s” is a comment in Obsidian, which readers see here",
			fix:  `write <!-- … -->; \% shows the sign itself`},
		{first: "+", find: apart(`\+\+[^\s+](?:[^+\n]*[^\s+])?\+\+`),
			what: "“%s” is new text or a key in another tool, and has its signs here",
			fix:  `write <ins>…</ins> or <kbd>…</kbd>; \+ shows the sign itself`},
		{first: "|", find: apart(`\|\|[^\s|](?:[^|\n]*[^\s|])?\|\|`),
			what: "“%s” is hidden text in another tool, which readers see here",
			fix:  `remove the signs; \| shows the sign itself`},
		{first: "^", find: behindWord(`\^([^\s^]*[\pL\pN+−-][^\s^]*)\^`),
			what: "“%s” stands high in another tool, and has its signs here",
			fix:  `write <sup>%s</sup>; \^ shows the sign itself`},
		{first: "^", find: lastInBlock(`\^[A-Za-z0-9][A-Za-z0-9-]{4,}`),
			what: "“%s” names a block in Obsidian, and readers see it here",
			fix:  "remove it: links lead to headings"},
		{first: ":", find: anywhere(`:[a-z][\w:+.-]*:` + standCode),
			what: "“%s” is a role of reStructuredText, which means nothing here",
			fix:  "write the words themselves, or a link: [words](address)"},
		{first: ":", find: emoji, what: "“%s” is an emoji in another tool, and only its name here",
			fix: `write the emoji itself, or a word; \: shows the sign itself`},
		{first: standCode, find: apart(standCode + `__?`),
			what: "this is a link in reStructuredText, and code here",
			fix:  "write [words](address)"},
		{first: "'", find: apart(`'''([^'\n]+)'''`),
			what: "“%s” is bold in a wiki, and has its signs here", fix: "write **%s**",
			write: func(_, inner string) string { return "**" + inner + "**" }},
		{first: "*", find: strayRun,
			what: "“%s” reaches readers as it is: it opens nothing, or closes nothing",
			fix:  fixMark},
		{first: "_~", find: strayPair,
			what: "“%s” reaches readers as it is: it opens nothing, or closes nothing",
			fix:  fixMark},
		{first: "`", find: openBacktick,
			what: "“%s” begins code that never ends, so it reaches readers as it is",
			fix: "write the second backtick where the code ends; ‘ and ’ are quotation marks, and " +
				"\\` shows the sign itself"},

		// Links that went wrong.
		{first: "]", find: where(unescaped(`\]\(([^\s()]+)[ \t]+=\d*%?x\d*%?\)`), inPicture),
			what: "“%s” gives a picture a size, so this is no picture: each has the sizes that screens need",
			fix:  "write ](%s)"},
		{first: "]", find: where(blankInAddress, inPicture),
			what: "the name “%s” has blanks in it, so this is no picture",
			fix:  "put it between < and >: ](<%s>)"},
		{first: "]", find: blankInAddress,
			what: "the address “%s” has blanks in it, so this is no link",
			fix:  "put it between < and >: ](<%s>)"},
		{first: "]", find: looseTitle,
			what: "the title behind this address has no straight quotation marks, so this " +
				"is no link", fix: `write "…" around the title, or leave it out`},
		{first: "]", find: innerLink,
			what: "“%s” reaches readers as it is: no link can stand within another",
			fix:  "put one link behind the other"},
		{first: "]", find: openAddress, what: "this address is never closed, so this is no link",
			fix: "write ) behind the address"},
		{first: "]", find: unescaped(`\] \((?:` + standAddress +
			`|\.{0,2}/[^\s()]+|#[\w-]+|[\w./-]+\.(?:md|html?|pdf|png|jpe?g|gif|svg|webp))\)`),
			what: "a blank stands between the words and the address, so this is no link",
			fix:  "remove the blank"},
		{first: ")", find: anywhere(`\)\[(?:` + standAddress +
			`|https?://[^\s\[\]]+|\.{0,2}/[^\s\[\]]+)\]`),
			what: "the brackets are the wrong way round, so this is no link",
			fix:  "write [words](address)"},

		// What begins a line or a block.
		{first: ":", find: atLine(`:::+[ \t]*[\w{][^\n]*`),
			what: "“%s” begins a box in another tool, and only a paragraph here",
			fix:  fixCallout + "; remove the ::: at its end, too", pair: 1},
		{first: ":", find: wholeLine(`:::+`),
			what: "“%s” ends a box in another tool, and readers see it here", fix: "remove it",
			pair: -1},
		{first: "!", find: atLine(`!!![ \t]+[A-Za-z][^\n]*`),
			what: "“%s” begins a box in MkDocs, and only a paragraph here", fix: fixCallout},
		{first: "?", find: atLine(`\?\?\?\+?[ \t]+[A-Za-z][^\n]*`),
			what: "“%s” begins a box in MkDocs, and only a paragraph here", fix: fixCallout},
		{first: "=", find: atLine(`===[!+]?[ \t]+["“][^\n]*`),
			what: "“%s” begins a tab in MkDocs, and only a paragraph here",
			fix:  "write a heading, ###, and the text below it without blanks before it"},
		{first: "=", find: wholeLine(`={2,6}[ \t]*([^\s=][^=\n]*?)[ \t]*={2,6}`),
			what: "“%s” is a heading in a wiki, and a paragraph here", fix: "write ### %s",
			write: func(_, inner string) string { return "### " + inner }},
		{first: "#", find: atLine(`#{2,6}([^\s#][^\n]*)`),
			what:  "“%s” " + NoHeading + " a blank is missing behind the last #",
			fix:   "write the blank",
			write: func(sign, inner string) string { return strings.TrimSuffix(sign, inner) + " " + inner }},
		{first: ":", find: atLine(`:[ \t]+\S[^\n]*`),
			what: "“%s” is a definition in another tool, and only a line with a colon here",
			fix:  "write a list: - **the term**: what it means"},
		{first: ".", find: atLine(`\.\.[ \t]+(?:[\w:-]+::|_[^:\n]+:|\[)[^\n]*`),
			what: "“%s” is a directive of reStructuredText, and only words here",
			fix:  "write it in Markdown, or remove it"},
		{first: ":", find: asciiDocMacro, what: "“%s” is a macro of AsciiDoc, and only words here",
			fix: "write ![what it shows](its-name.jpg) for a picture, and [words](address) for a link"},

		// Lists and tables.
		{first: "•‣▪▫●○◦■□◆◇·∙⁃➢・\uf0b7\uf0a7",
			find: list(`[•‣▪▫●○◦■□◆◇·∙⁃➢・\x{f0b7}\x{f0a7}][ \t\x{a0}]*[^\s•‣▪▫●○◦■□◆◇·∙⁃➢・]`, ""),
			list: true, what: whatList, fix: fixList},
		{first: "o", find: list(`o\t`, ""), list: true, what: whatList, fix: fixList},
		{first: "–—", find: list(`[–—][ \t\x{a0}]+\S`, `[–—][ \t\x{a0}]+\S`),
			list: true, what: whatList, fix: fixList},
		{first: "-", find: list(`-\pL`, `-\pL`), list: true, what: whatList,
			fix: "write a blank behind each -, and leave the line above the first one empty"},
		{first: "1", find: list(`1[.)]\pL`, `2[.)]\pL`), list: true, what: whatList,
			fix: "write a blank behind each number, and leave the line above the first one empty"},
		{first: "(", find: list(`\([1a]\)[ \t]`, `\([2b]\)[ \t]`), list: true, what: whatList,
			fix: "write 1. for the first item, 2. for the next, and leave the line above the first one empty"},
		{first: "#", find: list(`#\.[ \t]`, ""), list: true, what: whatList,
			fix: "write 1. for the first item, 2. for the next"},
		{first: "+", find: toEnd(`\+[-=]{2,}[-=+]*\+`),
			what: "this is a table in another tool, and one paragraph here",
			fix:  "begin with a row | one | two |, then a row | --- | --- |, then the others"},
		{first: "|", find: toEnd(`\|={3,}`),
			what: "this is a table of AsciiDoc, and one paragraph here",
			fix:  "begin with a row | one | two |, then a row | --- | --- |, then the others"},
		{first: "|", find: tableRows, list: true,
			what: "these rows are no table: a row of dashes, with as many columns as the head " +
				"above it, makes one", fix: "write “%s” below the first row"},
		{first: "|", find: verse, list: true,
			what: "these lines are verse in Pandoc, and run into one here",
			fix:  "remove the | before each line, and write a backslash at its end"},
		{first: "\t", find: tabRows, list: true,
			what: "tabs make no table: readers get these lines as one paragraph",
			fix:  "begin with a row | one | two |, then a row | --- | --- |, then the others"},
	}))
})

// table has signs by their first bytes.
type table [256][]sign

// tableOf sorts signs by their first bytes.
func tableOf(list []sign) *table {
	var of table
	for _, s := range list {
		seen := [256]bool{}
		for _, r := range s.first {
			if c := string(r)[0]; !seen[c] {
				seen[c] = true
				of[c] = append(of[c], s)
			}
		}
	}
	return &of
}

// found is a sign that was found, and where in the source it ends.
type found struct {
	sign string
	end  int
}

// reportSigns reports the signs in what a block shows. One begins only where may says so.
func (s *state) reportSigns(of *table, sh *shown, may func(t []byte, i int) bool) {
	t := sh.text
	for i := 0; i < len(t); {
		next := i + 1
		if escapes(t, i) {
			next++
		}
		if len(of[t[i]]) > 0 && may(t, i) {
			if s.soughtAll(min(maxSign, len(t)-i), sh.source(i)) {
				return
			}
			for k := range of[t[i]] {
				if from, to, inner := of[t[i]][k].find(t, i); from < to {
					s.reportSign(&of[t[i]][k], sh.source(from), sh.end(to), inner)
					next = max(to, i+1)
					break
				}
			}
		}
		i = next
	}
}

// soughtAll counts the bytes that are looked at for signs, and reports whether
// that is all that a text may take.
func (s *state) soughtAll(n, at int) bool {
	before := s.sought
	s.sought += n
	if before <= maxSought && s.sought > maxSought {
		s.report(diag.Note, ForeignRule, at, at,
			"from here on this text is not looked through for signs of other tools: it has too many", "",
			"split it into several explainers")
	}
	return s.sought > maxSought
}

// reportSign reports a sign between two bytes of the source.
func (s *state) reportSign(sg *sign, from, to int, inner string) {
	if s.boxes += sg.pair; sg.pair < 0 && s.boxes >= 0 {
		return // its opener is reported
	}
	s.boxes = max(s.boxes, 0)
	if sg.list {
		last := s.lastList
		s.lastList = found{sg.first, to}
		if last.sign == sg.first && last.end < from && len(bytes.TrimSpace(s.src[last.end:from])) == 0 {
			return // the item above is reported
		}
	}
	what, fix := sg.what, sg.fix
	if strings.Contains(what, "%s") {
		what = fmt.Sprintf(what, clip(s.src[from:to]))
	}
	if what == fmt.Sprintf(whatWide, clip(s.src[from:to])) { // with the address that a stand-in stands for
		inner = asASCII(clip(s.src[from:to]))
	}
	fix = strings.ReplaceAll(fix, "%s", inner)
	s.report(cmp.Or(sg.severity, diag.Warning), cmp.Or(sg.rule, ForeignRule), from, to, what, "", fix,
		s.fixOfSign(sg, from, to, inner)...)
}

func innerOf(_, inner string) string { return inner }

// fixOfSign is the fix of a sign, nil where there is none. A value of YAML may not hold every text
// as it is: a fix for the others is the writer's.
func (s *state) fixOfSign(sg *sign, from, to int, inner string) []diag.Edit {
	if sg.write == nil {
		return nil
	}
	text := sg.write(string(s.src[from:to]), inner)
	if sg.rule == plainRule && strings.ContainsAny(text, "\"'\\:#\n") {
		return nil
	}
	return s.instead(from, to, text)
}

// signOfCode reports a block of code that another tool makes something else of,
// by the name behind its backticks.
func (s *state) signOfCode(name string, from, to int) bool {
	what, fix := "“%s” is drawn by another tool, and only its source is shown here",
		"publish the drawing as a picture: ![what it shows](its-name.svg)"
	switch {
	case strings.HasPrefix(name, "{"):
		what, fix = "“%s” is a directive of MyST or Quarto, and shown as code here",
			fixCallout+"; behind the backticks of code stands the name of its language alone"
		if inner := strings.Trim(name, "{}"); s.r.lexers()[inner] != nil {
			what, fix = "“%s” runs code in another tool, and shows it here", "write "+inner+" behind the backticks"
		}
	case name == "math":
		what, fix = "a formula is shown as code here: maths is not set", fixMaths
	case !slices.Contains([]string{"mermaid", "plantuml", "graphviz", "dot", "vega-lite", "abc"}, name):
		return false
	}
	s.report(diag.Warning, ForeignRule, from, to, strings.Replace(what, "%s", name, 1), "", fix)
	return true
}
