package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
)

// headingID is what {#id} at the end of a heading says.
type headingID struct {
	id       string
	from, to int // where the id stands, without its brackets
}

// headingParser is one of goldmark's parsers of headings, which takes {#id}
// off their end.
type headingParser struct{ counted }

var (
	headingEnd = regexp.MustCompile(`(?:^|[ \t\x{3000}]+|[^\x00-\x7F])\{#([^{}]*)\}[ \t]*$`)
	hyphens    = regexp.MustCompile(`--+`)
)

func (h headingParser) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	h.counted.Close(n, reader, pc)
	if n.Parent() != nil && n.Lines().Len() > 0 {
		stateOf(pc).headingID(n)
	}
}

// headingID takes {#id} off the end of a heading's words.
func (s *state) headingID(n ast.Node) {
	lines := n.Lines()
	last := lines.At(lines.Len() - 1)
	v := s.src[last.Start:last.Stop]
	if len(v) == 0 || v[len(v)-1] != '}' && !bytes.HasSuffix(bytes.TrimSpace(v), []byte("}")) {
		return
	}
	v = bytes.TrimRight(v, "\r\n")
	m := headingEnd.FindSubmatchIndex(v)
	if m == nil {
		return
	}
	id := headingID{id: string(v[m[2]:m[3]]), from: last.Start + m[2], to: last.Start + m[3]}
	s.takeID(n, id)
	end := last.Start + len(bytes.TrimRight(v[:m[2]-len("{#")], " \t\u3000"))
	lines.Set(lines.Len()-1, text.NewSegment(last.Start, end))
}

// takeID keeps the id of a heading, if it is one.
func (s *state) takeID(n ast.Node, id headingID) {
	id.id = norm.NFC.String(id.id)
	if !s.isHeadingID(id) {
		return
	}
	if s.ids == nil {
		s.ids = map[ast.Node]headingID{}
	}
	s.ids[n] = id
}

// isHeadingID reports what can't be the id of a heading.
func (s *state) isHeadingID(id headingID) bool {
	if !IsID(hyphens.ReplaceAllLiteralString(id.id, "-")) || len(id.id) >= maxID {
		hint := "write lower-case letters, digits and hyphens"
		var fix []diag.Edit
		if slug := Slug(id.id); slug != "" {
			hint, fix = "write {#"+slug+"}", diag.Replace(s.place(id.from, id.to), id.id, slug)
		}
		s.report(diag.Error, "heading-id", id.from, id.to,
			fmt.Sprintf("“%s” can't be the id of a heading", clip([]byte(id.id))),
			"an id is part of an address: lower-case letters, digits and hyphens, under 200 bytes", hint, fix...)
		return false
	}
	return true
}

// heading writes a sub-heading. Its anchor has the id of what it stands in
// before it, and so meets no other.
func (w *writer) heading(n *ast.Heading) {
	if n.Level < w.topLevel {
		from, to := w.headingWords(n)
		w.report(diag.Error, "heading-level", from, to, "a "+strings.Repeat("#", n.Level)+" heading can't stand here",
			"# is the title of the page and ## is a question; both stand in the body of an "+
				"explainer, at the left margin", "lower it to ###", w.lowered(n, from)...)
	}
	if w.line {
		w.inlines(n)
		return
	}
	tag := "h" + strconv.Itoa(n.Level)
	w.under = string(w.plain(nil, n))
	w.headingTag(tag, w.freeSlug(w.ids[n].id, w.under))
	w.silent++
	w.words(n)
	w.silent--
	w.endHeading(tag)
	w.raw("\n")
}

// lowered is the fix that makes a heading, whose words begin at a byte, one of the third level.
func (s *state) lowered(n *ast.Heading, words int) []diag.Edit {
	before := bytes.TrimRight(s.src[:words], " \t")
	if !bytes.HasSuffix(before, bytes.Repeat([]byte("#"), n.Level)) { // it has a line below instead
		return nil
	}
	return diag.Write(s.place(len(before), len(before)), strings.Repeat("#", 3-n.Level))
}

// headingTag writes the start tag of a sub-heading.
func (w *writer) headingTag(tag, slug string) {
	w.endRun()
	w.heads = append(w.heads, Anchor{Start: int32(len(w.html)), ID: slug})
	w.raw("<", tag, ` id="`)
	if w.topLevel == questionLevel+1 {
		w.hole(Hole{Kind: Scope})
		w.raw("--")
	}
	w.raw(slug, `">`)
}

// endHeading writes the end tag of a sub-heading.
func (w *writer) endHeading(tag string) {
	w.raw("</", tag, ">")
	w.heads[len(w.heads)-1].End = int32(len(w.html))
}

// headingWords returns where the words of a heading stand in the source, or
// its signs, where it has no words.
func (s *state) headingWords(n *ast.Heading) (from, to int) {
	if lines := n.Lines(); lines.Len() > 0 {
		return lines.At(0).Start, lines.At(lines.Len() - 1).Stop
	}
	// Behind a tab, goldmark counts the columns that it stands for.
	end := min(max(n.Pos(), 0)+n.Level, len(s.src))
	if i := bytes.LastIndex(s.src[:end], bytes.Repeat([]byte("#"), n.Level)); i >= 0 {
		return i, i + n.Level
	}
	return end, end
}

// freeSlug makes the anchor of a sub-heading: its own id, else its words, else,
// where they have no Latin letter, its number.
func (w *writer) freeSlug(id, words string) string {
	if w.slugs == nil {
		w.slugs = map[string]int{}
	}
	slug := id
	if slug == "" {
		slug = Slug(words)
	}
	if slug == "" {
		slug = "part"
	}
	free := slug
	for taken := w.slugs[slug]; w.slugs[free] > 0; taken++ {
		w.slugs[slug] = taken + 1
		free = slug + "-" + strconv.Itoa(taken+1)
	}
	w.slugs[free]++
	return free
}
