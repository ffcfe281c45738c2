package markdown

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"nutgraf/site/diag"
)

// What is never closed takes all that follows along, questions too, and CommonMark
// has no warning for it.

// htmlBlockParser is goldmark's parser of blocks of HTML, which notes that there are any.
type htmlBlockParser struct{ counted }

func (p htmlBlockParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, st := p.counted.Open(parent, reader, pc)
	if n != nil {
		stateOf(pc).hasHTML = true
	}
	return n, st
}

// rawHTMLParser is goldmark's parser of HTML in a line; it also reports what
// begins there and is not closed in its paragraph: readers would see all of it.
type rawHTMLParser struct{ guarded }

var (
	openAside = regexp.MustCompile(`^<(?:!--|!\[CDATA\[|\?[A-Za-z])`)
	openTag   = regexp.MustCompile(`^</?[A-Za-z][A-Za-z0-9]*[ \t]+[A-Za-z-]+[ \t]*=[ \t]*["'“”‘’]`)
)

func (p rawHTMLParser) Parse(parent ast.Node, b text.Reader, pc parser.Context) ast.Node {
	line, at := b.PeekLine()
	n := p.guarded.Parse(parent, b, pc)
	s := stateOf(pc)
	if n != nil {
		s.hasHTML = true
		return n
	}
	head := line[:min(len(line), 200)]
	if begin := openAside.Find(head); begin != nil {
		what, end := "this comment", "-->"
		if begin[1] == '?' {
			what, end = "“"+clip(begin)+"…”", "?>"
		} else if len(begin) > len("<!--") {
			what, end = "“"+cdata+"”", "]]>"
		}
		s.report(diag.Error, "unclosed", at.Start, at.Start+len(begin),
			what+" is never closed in its paragraph", "readers would see all of it",
			fmt.Sprintf(`write %s where it ends; over empty lines it goes only `+
				`from the begin of a line on; \< shows the sign itself`, end))
	} else if openTag.Match(head) {
		s.report(diag.Warning, "raw-html", at.Start, at.Start+1,
			"this is no tag that can be read, and is shown as it is written",
			"its quotes do not match, or > is missing",
			`write it as <tag name="value">, or \< to show the sign itself`)
	}
	return nil
}

// leftOpen reports a block of HTML that nothing but the end of its text, quotation
// or list closes, and reports whether all of it is lost.
func (h *htmlReader) leftOpen(n *ast.HTMLBlock, text *joined) (lost bool) {
	end, what := "", ""
	switch n.HTMLBlockType {
	case ast.HTMLBlockType1:
		name, _, _ := bytes.Cut(bytes.ToLower(text.b), []byte(">"))
		name = TagName(bytes.TrimPrefix(bytes.TrimSpace(name), []byte("<")))
		end, what = "</"+string(name)+">", "<"+string(name)+">"
		if type1End.Match(text.b) {
			return false
		}
	case ast.HTMLBlockType2:
		end, what = "-->", "this comment"
	case ast.HTMLBlockType3:
		end, what = "?>", "“<?…”"
	case ast.HTMLBlockType4:
		end, what = ">", "“<!…”"
	case ast.HTMLBlockType5:
		end, what = "]]>", "“"+cdata+"”"
	default:
		return false
	}
	if bytes.Contains(text.b, []byte(end)) {
		return false
	}
	first, _, _ := bytes.Cut(text.b, []byte("\n"))
	from := text.at(0)
	h.report(diag.Error, "unclosed", from, from+len(bytes.TrimRight(first, "\r ")),
		what+" is never closed", "it takes all that follows along, questions too",
		"write "+end+` where it ends, or \< to show the sign itself`)
	return true
}

var type1End = regexp.MustCompile(`(?i)</(?:script|pre|style|textarea)>`)

var headingInComment = regexp.MustCompile(`(?m)^[ \t]{0,3}##[ \t]+\S.*`)

// checkComment reports what a comment takes along that nobody would hide so.
func (h *htmlReader) checkComment(part *joined) {
	inner, closed := bytes.CutSuffix(part.b, []byte("-->"))
	from := part.at(0)
	const opens = len("<!--")
	if !closed {
		if !bytes.HasSuffix(part.b, []byte("--!>")) {
			h.report(diag.Error, "unclosed", from, from+opens,
				"this comment is never closed in its block",
				"an empty line ends a block of HTML, and readers would see what stands behind it",
				"write --> before the next empty line, or begin the comment at the begin of a line")
		}
		return
	}
	if m := headingInComment.FindIndex(inner); m != nil {
		h.hides(part, m, "this comment holds a question: readers get none of it")
	} else if i := bytes.Index(inner[min(opens, len(inner)):], []byte("<!--")); i >= 0 {
		h.hides(part, []int{opens + i, opens + i + opens},
			"another comment begins in this comment: the first --> ends both")
	}
}

// hides reports what stands in a comment.
func (h *htmlReader) hides(part *joined, m []int, message string) {
	from := part.at(0)
	h.report(diag.Warning, "comment", from, from+len("<!--"), message,
		"a comment ends at its first -->, and a forgotten one takes along what follows",
		"close it before, or take out what you do not need any more")
	if len(h.diags) <= maxDiags {
		at := part.at(m[0])
		h.diags[len(h.diags)-1].Related = []diag.Related{{Message: "it stands here",
			At: diag.Place{File: h.in.File, Span: h.span(at, part.at(m[1]-1)+1)}}}
	}
}

// fenceParser is goldmark's parser of code between fences; it also reports a
// fence that is never closed.
type fenceParser struct{ counted }

func (f fenceParser) Continue(n ast.Node, reader text.Reader, pc parser.Context) parser.State {
	st := f.counted.Continue(n, reader, pc)
	if st == parser.Close {
		stateOf(pc).fenced = n
	}
	return st
}

func (f fenceParser) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	f.counted.Close(n, reader, pc)
	s := stateOf(pc)
	if s.fenced == n || s.over {
		return
	}
	at := max(n.Pos(), 0)
	line := s.src[at:]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	line = bytes.TrimRight(line, "\r ")
	fence := line[:len(line)-len(bytes.TrimLeft(line, string(line[:min(1, len(line))])))]
	why := "all that follows is code, questions too"
	hint := fmt.Sprintf("write %s on a line of its own where the code ends", fence)
	if n.Parent() != nil && n.Parent().Kind() != ast.KindDocument {
		why = "the list or quotation that it stands in ends first"
		hint += ", as far to the right as the first, and behind the same >"
	}
	s.report(diag.Error, "unclosed", at, at+len(line), "this block of code is never closed", why, hint)
}
