package markdown

import (
	"fmt"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"

	"nutgraf/site/diag"
)

// onlyImage returns the picture that is all there is in a paragraph.
func onlyImage(p *ast.Paragraph) *ast.Image {
	if img, ok := p.FirstChild().(*ast.Image); ok && p.FirstChild() == p.LastChild() {
		return img
	}
	return nil
}

// figure writes a picture that stands alone: a block of its own.
func (w *writer) figure(n *ast.Image) {
	if h, ok := w.picture(n); ok {
		h.Kind = Figure
		w.hole(h)
		w.raw("\n")
		return
	}
	w.raw("<p>")
	w.html = appendEscaped(w.html, w.plain(nil, n))
	w.raw("</p>\n")
}

// image writes a picture within a line.
func (w *writer) image(n *ast.Image) {
	if h, ok := w.picture(n); ok {
		w.hole(h)
	} else {
		w.endRun()
		w.html = appendEscaped(w.html, w.plain(nil, n))
	}
	w.quotes.last = 'x'
}

// picture checks where a picture lies. One that can't be shown leaves its alt
// text, and a report.
func (w *writer) picture(n *ast.Image) (Hole, bool) {
	if len(n.Destination) > maxAddress {
		w.exceed(max(n.Pos(), 0), "this picture's address is too long",
			"put the picture into "+w.folder()+", under a short name")
		return Hole{}, false
	}
	from := w.within(n.Destination, max(n.Pos(), 0))
	to := from + max(len(n.Destination), 1)
	src := address(n.Destination)
	alt := strings.Join(strings.Fields(string(w.plain(nil, n))), " ")
	w.lostUnfit(alt, from, to)
	if holdsSign([]byte(alt)) {
		w.reportSignsIn(n)
	}
	h := Hole{Kind: Image, Target: src, Text: alt, Source: w.span(from, to)}
	if w.r.options.AnyScheme {
		return h, true
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.wordsAlone(c, "image-alt", "the words for a picture can't hold %s",
			"they are read aloud, or shown where the picture is not",
			"move it to the text, or to the caption in images:")
	}
	if len(n.Title) > 0 {
		w.report(diag.Warning, "image-title", from, to, "a picture's title is not shown",
			"readers on telephones never see it", "write it as the caption, in images:")
	}
	switch name, _ := scheme(src); name {
	case "":
		if src != "" {
			return h, true
		}
		w.report(diag.Error, "image-scheme", from, to, "this picture has no address", "",
			"write the picture's file name between the round brackets")
	case "http", "https", "//":
		w.report(diag.Error, "remote-image", from, to, "this picture lies on another server",
			"it may change or vanish there, and that server learns who your readers are",
			"download it to "+w.folder()+", and write "+baseOf(src))
	default:
		if isLocal(name, src) {
			return h, true // whoever knows the site's files says which is meant
		}
		w.report(diag.Error, "image-scheme", from, to,
			fmt.Sprintf("a picture's address can't begin with “%s:”", clip([]byte(name))), "",
			"put the picture into "+w.folder()+", and write the name of its file")
	}
	return Hole{}, false
}

// folder is where the pictures of the text lie.
func (s *state) folder() string {
	dir, name := path.Split(s.in.File)
	name = strings.TrimSuffix(name, path.Ext(name))
	name, _, _ = strings.Cut(name, ".")
	if dir == "" {
		return "the document's folder"
	}
	if name == "index" || path.Ext(s.in.File) == ".yaml" {
		return dir
	}
	return dir + name + "/"
}

// baseOf is the name of the file that an address leads to.
func baseOf(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	if base := path.Base(address); path.Ext(base) != "" && !strings.ContainsAny(base, " ()<>") {
		return base
	}
	return "picture.jpg"
}
