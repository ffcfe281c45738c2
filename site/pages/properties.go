package pages

import (
	"regexp"
	"strings"
)

// Property is a custom property of the theme's style sheet, which a site may set
// in style sheets of its own.
type Property struct {
	Name string
	Kind PropertyKind
	What string // it is used for
}

// PropertyKind says what a property holds.
type PropertyKind string

// The kinds of properties.
const (
	Colour PropertyKind = "colour"
	Face   PropertyKind = "typeface"
	Size   PropertyKind = "size of type"
	Length PropertyKind = "length"
)

// Properties are all of them: site/doc/look.md is made of this table.
var Properties = []Property{
	{"--paper", Colour, "the ground of every page, card and sheet"},
	{"--wash", Colour, "the ground of code and of the question being read"},
	{"--tint", Colour, "the ground of what was linked to, of marked words and of the notice"},
	{"--ink", Colour, "text, and all that is reported: lines, dots, squares"},
	{"--ink2", Colour, "text beside the text: standfirsts, dates, captions, notes"},
	{"--accent", Colour, "the editors' layer on light pages; accent in site.yaml sets it, and looks to its contrast"},
	{"--accent-dark", Colour, "the same on dark pages; made of accent where that is given"},
	{"--blue", Colour, "the editors' layer: brackets, numbers, underlines, focus. One of the two above"},
	{"--rule", Colour, "hairlines between what stands in a list"},
	{"--edge", Colour, "the edges of buttons, fields, boxes and flags"},
	{"--serif", Face, "running text"},
	{"--display", Face, "headlines, short answers, the name of the site"},
	{"--sans", Face, "all that stands round the text: dates, notes, buttons, tables"},
	{"--t-1", Size, "what is set in the sans"},
	{"--t0", Size, "running text"},
	{"--t1", Size, "standfirsts, short answers in their sections, small headings"},
	{"--t2", Size, "questions and other headings of sections"},
	{"--t4", Size, "the headline"},
	{"--s1", Length, "the least space: within buttons and lists"},
	{"--s2", Length, "space between a heading and its text"},
	{"--s3", Length, "space between lines of a list, and within boxes"},
	{"--s4", Length, "space between groups, and between the columns of a list"},
	{"--s5", Length, "space between the parts of a section"},
	{"--s6", Length, "space above and below the parts of a page"},
	{"--s7", Length, "space between sections"},
	{"--pad", Length, "space between the page and the edge of the window"},
	{"--measure", Length, "how long a line of running text may be"},
	{"--tick", Length, "how far the arms of a bracket reach"},
}

var (
	rootBlock  = regexp.MustCompile(`(?s):root\{(.*?)\n\}`)
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

// Defaults are the values that a style sheet gives custom properties, by name: in
// its first rule for :root.
func Defaults(css string) map[string]string {
	values := map[string]string{}
	m := rootBlock.FindStringSubmatch(css)
	if m == nil {
		return values
	}
	for d := range strings.SplitSeq(cssComment.ReplaceAllString(m[1], ""), ";") {
		if name, value, ok := strings.Cut(strings.TrimSpace(d), ":"); ok && strings.HasPrefix(name, "--") {
			values[name] = strings.TrimSpace(value)
		}
	}
	return values
}
