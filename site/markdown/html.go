package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"

	"nutgraf/site/diag"
)

// Raw HTML is dropped, and that is said. A comment is just a comment: it is kept for
// those who judge the text, and shown nowhere.

func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	from, to := blockSpan(n)
	if from == to {
		return
	}
	block := bytes.TrimSpace(w.src[from:to])
	if n.HTMLBlockType == ast.HTMLBlockType2 {
		comment, after, closed := bytes.Cut(block, []byte("-->"))
		w.keepComment(comment, w.within(block, from), true)
		if after = bytes.TrimSpace(after); closed && len(after) > 0 {
			at := w.within(after, from)
			w.report(diag.Warning, "raw-html", at, at+len(after), "what stands behind a comment, on its line, is left out", "a comment at the begin of a line takes the whole line", "begin a new line behind the comment")
		}
		return
	}
	w.dropped(block, w.within(block, from))
}

func (w *writer) rawHTML(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	from, to := n.Segments.At(0).Start, n.Segments.At(n.Segments.Len()-1).Stop
	raw := w.src[from:to]
	if !bytes.HasPrefix(raw, []byte("<!--")) {
		w.dropped(raw, from)
		return
	}
	w.keepComment(bytes.TrimSuffix(raw, []byte("-->")), from, false)
}

// dropped reports the raw HTML at byte at of the source.
func (w *writer) dropped(raw []byte, at int) {
	line, _, _ := bytes.Cut(raw, []byte("\n"))
	w.report(diag.Warning, "raw-html", at, at+len(bytes.TrimRight(line, "\r ")), fmt.Sprintf("HTML is left out: %s", clip(line)),
		"text is written in Markdown; HTML would change what readers' browsers do", `write it in Markdown, or \< to show the sign itself`)
}

// blockSpan is where a block of HTML stands in the source.
func blockSpan(n *ast.HTMLBlock) (from, to int) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return 0, 0
	}
	from, to = lines.At(0).Start, lines.At(lines.Len()-1).Stop
	if n.HasClosure() {
		to = max(to, n.ClosureLine.Stop)
	}
	return from, to
}

// Uncommented returns Markdown without its comments: those in code are code.
func (r *Renderer) Uncommented(src string) string {
	if !strings.Contains(src, "<!--") {
		return src
	}
	in := Input{Src: []byte(src)}
	s, doc := r.parse(&in)
	defer s.release()
	if doc == nil {
		return "" // nothing of it is published
	}
	var out []byte
	at := 0
	cut := func(from, to int) {
		if from >= at && bytes.HasPrefix(bytes.TrimLeft(in.Src[from:to], " "), []byte("<!--")) {
			out, at = append(out, in.Src[at:from]...), to
		}
	}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.HTMLBlock:
			if entering {
				cut(blockSpan(n))
			}
		case *ast.RawHTML:
			if k := n.Segments.Len(); entering && k > 0 {
				cut(n.Segments.At(0).Start, n.Segments.At(k-1).Stop)
			}
		}
		return ast.WalkContinue, nil
	})
	return string(append(out, in.Src[at:]...))
}
