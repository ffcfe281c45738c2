package markdown

import (
	"bytes"

	"nutgraf/site/diag"
)

// Fragment is one piece of Markdown rendered once: everything that depends on
// its source alone. What only the whole site knows is left open: Holes, to be
// filled, and Spans, in which terms may be linked. Weave completes it.
type Fragment struct {
	// HTML is safe to publish but for its holes, which take no bytes in it.
	HTML []byte
	// Spans are the runs of adjacent plain text in which a term may be
	// linked, in order. Headings, links, code, quotations and captions
	// are in none of them.
	Spans []Span
	// Holes are the places to fill, in order of At.
	Holes []Hole
	// Anchors are the sub-headings, in order.
	Anchors []Anchor
	// Places are recorded with Options.Places alone.
	Places Places
}

// FirstParagraph is the HTML up to the end of the first paragraph; all of it where there is none.
// Its end is looked for: what is recorded of each Fragment is stored, and few are asked for it.
func (f *Fragment) FirstParagraph() []byte {
	first, _, _ := bytes.Cut(f.HTML, []byte("</p>"))
	return first
}

// Anchor is a sub-heading that can be linked to: HTML[Start:End] is its whole element.
type Anchor struct {
	Start, End int32
	ID         string // without that of the section, which a Scope puts before it
}

// Places say where the text of a Fragment stands in its file, for those who
// judge the text and not only show it.
type Places struct {
	// Texts are pieces of text in order, those of quotations, links and headings
	// among them: HTML[Start:End] has no tags, and each byte of it stands in the
	// file as far from Source as in the HTML from Start. A character reference in
	// the HTML is one character, which begins at Source; so is a typographic sign.
	Texts []Span
	// Raw are the parts of the HTML that stand in blocks of HTML in the file: no
	// Markdown is read there.
	Raw []Extent
	// Comments are the HTML comments, which no page shows.
	Comments []Comment
	// Links are the links, in the order of their ends.
	Links []LinkWords
	// Foreign are words of another language, in order.
	Foreign []Extent
	// Asides are no words of the writer's, in order: the numbers of footnotes, the ways back from
	// them, and the boxes of tasks.
	Asides []Extent
}

// LinkWords are the words of a link, or of what is written like one: HTML[Start:End], which may have
// tags within.
type LinkWords struct {
	Extent
	URL   string // of a link to another site; else ""
	Dated bool   // the words of [words](date:…) or [words](as-of:…)
}

// Extent is a part of Fragment.HTML.
type Extent struct{ Start, End int32 }

// Comment is an HTML comment: what stands between <!-- and -->.
type Comment struct {
	At     int32 // in Fragment.HTML: what it stands before
	Block  bool  // it is a block of its own, not a part of a line
	Text   string
	Source diag.Span
}

// Span is one run of adjacent plain text: HTML[Start:End] has no tags, but
// may have the character references &amp; &lt; &gt; &quot; and line ends.
type Span struct {
	Start, End int32 // in Fragment.HTML
	Source     int32 // where the run begins in the file
}

// HoleKind says what belongs into a Hole.
type HoleKind uint8

// The kinds of holes, with what stands around each in the HTML.
const (
	// Link: `<a·>words</a>`. Target is the destination as written (decoded,
	// without control characters), Text the link's title. Fill: attributes,
	// each with a leading space. Targets: term:ID, event:ID, q:EXPLAINER#ID, a
	// relative path, an absolute path, #fragment. Links with an allowed scheme
	// of their own (http, https, mailto, tel) need nobody's help and are no holes.
	Link HoleKind = iota + 1
	// Date stands before the words of [words](date:DATE). Target is the EDTF
	// text. Fill: a tag, <time datetime="…"> where HTML has a form for the date.
	Date
	// DateShown stands behind the words of a Date, with its Target. Fill: the
	// tag that closes the Date's, and the date in words, as HTML.
	DateShown
	// AsOf stands behind the words of [words](as-of:DATE), which are
	// themselves in <span class="as-of">. Fill: HTML.
	AsOf
	// Citation stands for [@a; @b, p. 3]. Cites are its items. Fill: HTML.
	Citation
	// Image is a picture within a line; Target is its src, Text its alt. Fill: HTML.
	Image
	// Figure is a picture alone in its paragraph; Target and Text as in Image. Fill: HTML.
	Figure
	// Scope is the id under which the Fragment stands on its page, without
	// decoration: id="·--slug", href="#fn-·-1". Fill: text, escaped.
	Scope
	// Page stands before the # of what leads to a place of the same page: href="·#fn-·-1". Fill:
	// the address of that page, escaped, where the Fragment stands elsewhere.
	Page
	// Word is one of the theme's own words; Target is its key. Fill: text, escaped.
	Word
	// Name is the name of what scrolls by itself, for those who don't see it: Target is
	// what it is, "table" or "code", Text its caption or the sub-heading above it, "" where
	// there is none. Fill: text, escaped.
	Name
	// Code stands on either side of a block of code, for those who read words and not lines.
	// Fill: nothing.
	Code
)

// Hole is one place to fill.
type Hole struct {
	Kind   HoleKind
	At     int32 // in Fragment.HTML
	End    int32 // of a Link: where its words end in Fragment.HTML
	Target string
	Text   string
	Cites  []Cite
	Source diag.Span // in the file
}

// Cite is one item of a citation: [@ID, Locator].
type Cite struct {
	ID      string
	Locator string
	Source  diag.Span
}

// TermUse is a use of a glossary term in a Fragment.
type TermUse struct {
	Start, End int32 // in Fragment.HTML, within one Span
	Term       int32 // index of the term, as given to NewMatcher
}
