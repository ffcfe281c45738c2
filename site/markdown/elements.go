package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/language"
)

// content is what a part of a text is to what holds it: HTML's content model, as
// far as the elements that we read need it.
type content uint16

const (
	phrasing content = 1 << iota
	block
	heading
	listItem
	definition // dt, dd
	caption
	rowGroup
	row
	cell
	summary
	figcaption

	flow = phrasing | block | heading
)

// element is what the program knows of an element that it reads.
type element struct {
	is, holds  content // without anything that it may hold, it has no end tag
	attributes string  // that are kept
	quiet      bool    // no terms are linked in it
}

// elements are those that are read for what they mean, and all that is kept of
// them. Every other tag goes, and its words stay.
var elements = map[string]element{
	"sub": {is: phrasing, holds: phrasing}, "sup": {is: phrasing, holds: phrasing},
	"b": {is: phrasing, holds: phrasing}, "strong": {is: phrasing, holds: phrasing},
	"i": {is: phrasing, holds: phrasing}, "em": {is: phrasing, holds: phrasing},
	"s": {is: phrasing, holds: phrasing}, "del": {is: phrasing, holds: phrasing},
	"ins":  {is: phrasing, holds: phrasing},
	"mark": {is: phrasing, holds: phrasing}, "small": {is: phrasing, holds: phrasing},
	"q": {is: phrasing, holds: phrasing, quiet: true}, "cite": {is: phrasing, holds: phrasing, quiet: true},
	"code": {is: phrasing, holds: phrasing, quiet: true}, "kbd": {is: phrasing, holds: phrasing, quiet: true},
	"samp": {is: phrasing, holds: phrasing, quiet: true}, "var": {is: phrasing, holds: phrasing, quiet: true},
	"dfn": {is: phrasing, holds: phrasing, quiet: true}, "abbr": {is: phrasing, holds: phrasing, attributes: "title"},
	"span": {is: phrasing, holds: phrasing, attributes: "lang dir"}, "bdi": {is: phrasing, holds: phrasing},
	"a":  {is: phrasing, holds: phrasing, attributes: "href", quiet: true},
	"br": {is: phrasing}, "wbr": {is: phrasing}, "hr": {is: block},
	"p": {is: block, holds: phrasing}, "pre": {is: block, holds: phrasing, quiet: true},
	"h3":  {is: heading, holds: phrasing, attributes: "id", quiet: true},
	"h4":  {is: heading, holds: phrasing, attributes: "id", quiet: true},
	"h5":  {is: heading, holds: phrasing, attributes: "id", quiet: true},
	"h6":  {is: heading, holds: phrasing, attributes: "id", quiet: true},
	"div": {is: block, holds: flow}, "blockquote": {is: block, holds: flow, quiet: true},
	"ul": {is: block, holds: listItem}, "ol": {is: block, holds: listItem, attributes: "start"},
	"li": {is: listItem, holds: flow},
	"dl": {is: block, holds: definition}, "dt": {is: definition, holds: phrasing}, "dd": {is: definition, holds: flow},
	"details": {is: block, holds: flow | summary}, "summary": {is: summary, holds: phrasing | heading, quiet: true},
	"figure": {is: block, holds: flow | figcaption}, "figcaption": {is: figcaption, holds: flow, quiet: true},
	"table": {is: block, holds: caption | rowGroup | row}, "caption": {is: caption, holds: phrasing, quiet: true},
	"thead": {is: rowGroup, holds: row}, "tbody": {is: rowGroup, holds: row}, "tr": {is: row, holds: cell},
	"th": {is: cell, holds: phrasing | block, attributes: "scope colspan rowspan"},
	"td": {is: cell, holds: flow, attributes: "colspan rowspan"},
}

// belongs says where a part of something else may stand.
func (c content) belongs() string {
	switch c {
	case listItem:
		return "in <ul> or <ol>"
	case definition:
		return "in <dl>"
	case caption:
		return "first in <table>"
	case rowGroup, row, cell:
		return "in a <table>, a cell in its <tr>"
	case summary:
		return "first in <details>"
	case figcaption:
		return "first or last in <figure>"
	}
	return "in a block of its own, with empty lines around it; leave it out where a text is one line"
}

// separates reports the tags between which words stand apart where the tag itself goes.
func separates(name string) bool {
	switch name {
	case "br", "details", "summary", "address", "article", "center", "dialog", "dir", "fieldset",
		"footer", "form", "header", "hgroup", "legend", "main", "menu", "nav",
		"noscript", "optgroup", "option", "rt", "search", "select", "textarea", "tfoot", "title",
		"body", "html", "head", "iframe", "video", "audio", "object", "canvas", "svg":
		return true
	}
	return Bounding([]byte(name))
}

// mute reports the elements whose text is no words.
func mute(name string) bool { return name == "script" || name == "style" }

// attribute returns the value of an attribute as it is written, and whether the
// element keeps it.
func (e element) attribute(key, value string) (string, bool) {
	if !slices.Contains(strings.Fields(e.attributes), key) {
		return "", false
	}
	n, err := strconv.Atoi(strings.TrimSpace(value))
	lower := strings.ToLower(strings.TrimSpace(value))
	switch key {
	case "start":
		return strconv.Itoa(n), err == nil
	case "colspan":
		return strconv.Itoa(n), err == nil && 1 <= n && n <= 1000
	case "rowspan":
		return strconv.Itoa(n), err == nil && 0 <= n && n <= 65534
	case "scope":
		return lower, slices.Contains([]string{"row", "col", "rowgroup", "colgroup"}, lower)
	case "dir":
		return lower, slices.Contains([]string{"ltr", "rtl", "auto"}, lower)
	case "lang":
		tag, err := language.Raw.Parse(lower)
		return tag.String(), err == nil && tag != language.Und
	}
	return value, true
}

// instead says what to write in the place of a tag that shows or does something by
// itself, and why; of every other tag it says nothing.
func instead(name string, attrs []html.Attribute, folder string) (why, hint string) {
	get := func(key string) string {
		for _, a := range attrs {
			if a.Key == key {
				return strings.Join(strings.Fields(a.Val), " ")
			}
		}
		return ""
	}
	switch name {
	case "img", "image", "picture":
		return "a picture needs its words, its credit and a size for each screen",
			insteadOfPicture(get("src"), get("alt"), folder)
	case "iframe", "frame", "embed", "video", "audio", "object", "applet", "bgsound", "portal":
		why := "what another site shows here could watch your readers, change or vanish"
		src := get("src") + get("data")
		switch name, _ := scheme(src); {
		case name == "//":
			return why, "write its address on a line of its own: https:" + src
		case name == "https" || name == "http":
			return why, "write its address on a line of its own: " + src
		case src != "":
			return why,
				fmt.Sprintf("link to the file: [what it shows](%s); what lies elsewhere by its "+
					"address on a line of its own, https://…", src)
		}
		return why, "write its address on a line of its own: https://…"
	case "svg":
		return "a drawing may hold script",
			"save it as " + folder + "drawing.svg, and write ![what it shows](drawing.svg)"
	case "math":
		return "its signs alone would mean something else",
			"write it with <sup>, <sub> and signs such as ×, or as a picture: ![the formula in words](formula.svg)"
	case "script", "canvas", "base", "meta", "link", "noframes", "frameset", "template", "slot":
		return "a text has nothing that runs or loads",
			`leave it out; what all pages need goes into templates/head-extra.html; \< shows the sign itself`
	case "style":
		return "the look of all pages is the theme's", "leave it out; your own rules go into static/style.css"
	case "form", "input", "button", "select", "textarea", "keygen", "datalist", "output", "progress", "meter":
		return "a page has nobody who would take what a reader enters",
			"leave it out, or link to the page that has it: [answer the questions](https://…)"
	}
	return "", ""
}

func insteadOfPicture(src, alt, folder string) string {
	alt = strings.Trim(strings.NewReplacer("[", "", "]", "").Replace(alt), " ")
	if alt == "" {
		alt = "what it shows"
	}
	name, _ := scheme(src)
	file := src
	if name != "" || strings.HasPrefix(src, "/") || strings.ContainsAny(src, " {}()<>") {
		file, _, _ = strings.Cut(src, "?")
		file = file[strings.LastIndexByte(file, '/')+1:]
	}
	if file == "" || name == "data" || strings.ContainsAny(file, " {}()<>") {
		file = "picture.jpg"
	}
	verb := "put the picture into " + folder + ", and write"
	switch {
	case name == "http" || name == "https" || name == "//":
		verb = "download the picture to " + folder + ", and write"
	case file == src:
		verb = "write"
	}
	return fmt.Sprintf("%s ![%s](%s)", verb, alt, file)
}

// inMarkdown says how to write what a tag means that is left out.
func inMarkdown(name string) string {
	switch name {
	case "h1", "h2":
		return "write ## before the words of a question, ### before those of a sub-heading"
	case "u", "big":
		return "there is none here, and readers take underlined words for a link: write *words* or **words**"
	case "font", "basefont", "center", "marquee", "blink", "nobr":
		return "leave it out: how words look is the theme's; *words* and **words** set some apart"
	case "acronym":
		return "write <abbr title=\"what it stands for\">words</abbr>"
	case "section", "article", "main", "header", "footer", "aside", "hgroup", "nav", "address", "body", "html":
		return "leave it out: ### before a line of its own begins a part of the text"
	case "ruby", "rt", "rp", "rb":
		return "there is none here: write how it is read in brackets, 漢字 (kanji)"
	case "noscript":
		return "leave it out: every page is complete without script"
	case "label", "legend", "fieldset":
		return "leave it out: a page has no forms"
	case "tt":
		return "write `words`"
	case "strike":
		return "write ~~words~~"
	case "time":
		return "leave it out, or write [words](date:2024-03-22)"
	case "tfoot", "colgroup", "col":
		return "leave it out: the rows stand in <table> or <tbody>"
	}
	return `leave the tag out, or write \< to show the sign itself`
}
