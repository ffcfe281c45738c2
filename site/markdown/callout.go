package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"nutgraf/site/diag"
)

// callout is what the first line of a block quote makes of it.
type callout struct {
	kind     string // note, tip, ..., short; lower case
	from, to int    // where the mark stands
}

// calloutKinds are the callouts. A short one is a section's short answer.
var calloutKinds = []string{"note", "tip", "important", "warning", "caution", "short"}

// calloutTransformer takes the mark [!NOTE] off the first line of a block
// quote, before its words are read.
type calloutTransformer struct{}

func (calloutTransformer) Transform(p *ast.Paragraph, _ text.Reader, pc parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != p || p.Lines().Len() == 0 {
		return
	}
	s := stateOf(pc)
	line := p.Lines().At(0)
	v := bytes.TrimLeft(s.src[line.Start:line.Stop], " \t")
	from := line.Stop - len(v)
	end := bytes.IndexByte(v[:min(len(v), 80)], ']')
	if !bytes.HasPrefix(v, []byte("[!")) || end < 3 || !isWord(v[2:end]) {
		return
	}
	if rest := v[end+1:]; len(rest) > 0 && (rest[0] == '(' || rest[0] == '[' || rest[0] == ':') {
		return // a link, after all
	}
	c := callout{kind: strings.ToLower(string(v[2:end])), from: from, to: from + end + 1}
	if !s.isCallout(c) {
		return
	}
	if s.callouts == nil {
		s.callouts = map[ast.Node]callout{}
	}
	s.callouts[quote] = c
	s.dropMark(p, c, v[end+1:])
}

// isCallout reports a mark that is unknown.
func (s *state) isCallout(c callout) bool {
	if slices.Contains(calloutKinds, c.kind) {
		return true
	}
	hint := "write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!CAUTION] or [!SHORT]"
	word := string(s.src[c.from+2 : c.to-1])
	if ours := calloutByWord()[plainWord(word)]; ours != "" {
		ours = "[!" + strings.ToUpper(ours) + "]"
		s.report(diag.Error, "callout", c.from, c.to, fmt.Sprintf("there is no callout “%s”", clip([]byte(word))),
			"a callout has one of six names, and readers see the word of their language", "write "+ours,
			s.instead(c.from, c.to, ours)...)
		return false
	}
	if near, ok := diag.Nearest(c.kind, calloutKinds); ok {
		hint = fmt.Sprintf("did you mean [!%s]?", strings.ToUpper(near))
	}
	s.report(diag.Error, "callout", c.from, c.to,
		fmt.Sprintf("there is no callout “%s”", clip(s.src[c.from+2:c.to-1])), "", hint,
		diag.ReplaceByNearest(s.place(c.from, c.to), string(s.src[c.from+2:c.to-1]), upper(calloutKinds))...)
	return false
}

// dropMark takes the mark off the first line, and the line where it has nothing else.
func (s *state) dropMark(p *ast.Paragraph, c callout, rest []byte) {
	lines := p.Lines()
	if len(bytes.TrimSpace(rest)) > 0 {
		s.report(diag.Warning, "callout", c.from, c.to,
			"the words behind this mark belong on the next line",
			"elsewhere this is shown as a plain quotation",
			"begin a new line with > behind the mark")
		first := lines.At(0)
		lines.Set(0, text.NewSegment(c.to, first.Stop))
		return
	}
	lines.SetSliced(1, lines.Len())
	if lines.Len() == 0 {
		p.Parent().RemoveChild(p.Parent(), p)
	}
}

func upper(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToUpper(w)
	}
	return out
}

// isWord reports whether b may be the name of a callout, in any language.
func isWord(b []byte) bool {
	for _, r := range string(b) {
		if !unicode.In(r, unicode.L, unicode.M, unicode.Cf) && r != ' ' && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

// callout writes a callout. A short answer is taken by its section before:
// one that is met here stands in the wrong place.
func (w *writer) callout(n *ast.Blockquote, c callout) {
	if c.kind == "short" {
		w.report(diag.Error, "callout", c.from, c.to, "a short answer can't stand here",
			"it is the first block below a ## heading, and of that section alone",
			"move it right below the ## heading, or write short: in the question")
		c.kind = "note" // it has a title
	}
	w.raw(`<aside class="callout callout-`, c.kind, `" role="note"><p class="callout-title">`)
	w.hole(Hole{Kind: Word, Target: c.kind})
	w.raw("</p>\n")
	w.blocks(n)
	w.raw("</aside>\n")
}
