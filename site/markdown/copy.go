package markdown

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Published returns Markdown as pages show it, for copies: without comments, with
// the HTML that stays, and the words alone of what does not. hidden, which may be
// nil, says what stands in the place of a picture that no copy shows, given its
// address: plain text, or "" for all other pictures. LinkCopy completes it.
func (r *Renderer) Published(src string, hidden func(address string) string) string {
	if !strings.ContainsAny(src, "<[") && hidden == nil {
		return src
	}
	in := Input{Src: []byte(src)}
	s, doc := r.parse(&in)
	defer s.release()
	if doc == nil {
		return "" // nothing of it is published
	}
	s.readHTML(doc, flow, false)
	c := copier{state: s, hidden: hidden}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && !entering {
			c.link(link, link.Destination) // it stands behind the words
		} else if entering {
			c.node(n)
		}
		return ast.WalkContinue, nil
	})
	return string(c.written())
}

// copier writes a copy of a source.
type copier struct {
	*state
	hidden func(address string) string
	edits  []edit
}

type edit struct {
	from, to int
	text     []byte
}

// put writes text in the place of a range of the source.
func (c *copier) put(from, to int, text []byte) {
	c.edits = append(c.edits, edit{from, to, text})
}

// written is the source with what was put, in its order: goldmark has the definitions
// of a paragraph before its words. Of two that overlap the first to begin stands.
func (c *copier) written() []byte {
	slices.SortStableFunc(c.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out []byte
	at := 0
	for _, e := range c.edits {
		if e.from >= at {
			out, at = append(append(out, c.src[at:e.from]...), e.text...), e.to
		}
	}
	return append(out, c.src[at:]...)
}

func (c *copier) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		from, to := blockSpan(n)
		c.put(from, to, c.markdownBlock(n, from))
	case *ast.RawHTML:
		if k := n.Segments.Len(); k > 0 {
			from, to := n.Segments.At(0).Start, n.Segments.At(k-1).Stop
			c.put(from, to, c.markdownTag(n, from, to))
		}
	case *ast.Paragraph:
		if im := onlyImage(n); im != nil {
			c.hide(n, im.Destination)
		}
	case *ast.LinkReferenceDefinition: // which another part of the copy may use
		c.hide(n, n.Destination)
		c.link(n, n.Destination)
	}
}

// What stands around the target of a link in a copy that LinkCopy completes; a source has
// hardly ever such characters, and those it has are left alone.
const targetStart, targetEnd = "\x02", "\x03"

// link leaves it open where a link leads that only the whole site can tell.
func (c *copier) link(n ast.Node, destination []byte) {
	if from := c.within(destination, -1); from >= 0 {
		c.put(from, from+len(destination), []byte(leftOpen(address(destination), string(destination))))
	}
}

// leftOpen is a target for LinkCopy to complete; of one that needs no completion, how it is written.
func leftOpen(target, written string) string {
	switch name, rest := scheme(target); {
	case target == "" || strings.TrimSpace(rest) == "none":
		return written
	case name == "", name == "q", name == "event", name == "term":
		return targetStart + target + targetEnd
	}
	return written
}

// LinkCopy completes a copy that Published made: to says where a target leads.
func LinkCopy(copy string, to func(target string) string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(copy, targetStart)
		out.WriteString(before)
		target, after, closed := strings.Cut(rest, targetEnd)
		if !found {
			return out.String()
		}
		if !closed { // a source's own character, which is reported
			out.WriteString(targetStart)
			copy = rest
			continue
		}
		out.WriteString(destinationEscaper.Replace(to(target)))
		copy = after
	}
}

// destinationEscaper makes an address one that can stand between the brackets of a link.
var destinationEscaper = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `"`, "%22",
	`\`, "%5C", "\n", "%0A")

// hide writes what stands in the place of a block that shows a picture.
func (c *copier) hide(n ast.Node, destination []byte) {
	if c.hidden == nil || n.Lines().Len() == 0 {
		return
	}
	words := c.hidden(address(destination))
	if words == "" {
		return
	}
	from, to := n.Lines().At(0).Start, n.Lines().At(n.Lines().Len()-1).Stop
	if n.Kind() == ast.KindLinkReferenceDefinition {
		words = ""
	}
	c.put(from, from+len(bytes.TrimRight(c.src[from:to], "\r\n")), []byte(Escape(words)))
}

// blockStart is what would begin a list, a quotation, a heading or a rule.
var blockStart = regexp.MustCompile(`^(\s*)([0-9]*)([-+>=.)])`)

var escaper = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`,
	"<", `\<`, "#", `\#`, "&", `\&`, "~", `\~`, "{", `\{`, "|", `\|`, "\n", " ")

// Escape makes a plain text safe within Markdown, also where it begins a line.
func Escape(s string) string {
	return blockStart.ReplaceAllString(escaper.Replace(s), `$1$2\$3`)
}
