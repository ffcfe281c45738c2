package document

import (
	"fmt"

	"nutgraf/site/diag"
	"nutgraf/site/markdown"
)

// placedImages finds out which images stand in the text, whether they say the
// same there, and whether readers who can't see them are told what they show.
func (p *parser) placedImages(e *Explainer) {
	told := map[*Image]bool{} // in the text
	for i := range p.fragments {
		for j := range p.fragments[i].Holes {
			h := &p.fragments[i].Holes[j]
			if h.Kind != markdown.Image && h.Kind != markdown.Figure {
				continue
			}
			at := p.rec.Place(p.file, int32(i), h.Source)
			im := e.Image(h.Target)
			if im == nil && e.Lost.Has(imageList) {
				continue
			}
			if im == nil {
				p.noAlt(h, at, "write it between the square brackets, or list the picture in images: with decorative: true")
				continue
			}
			im.Placed = true
			told[im] = told[im] || h.Text != ""
			p.placedImage(im, h, at)
		}
	}
	lead := false
	for _, im := range e.Images {
		if im.Alt == "" && !im.Decorative && !told[im] {
			p.missingAt(im.At, "this image has no alt", "add alt: with what the picture shows, or decorative: true")
		}
		if !im.Placed && lead && im.Src != "" {
			p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Warning, Rule: "unplaced-image", Message: fmt.Sprintf("“%s” stands nowhere in the text", Clip(im.Src)),
				Why: "the first image that is not in the text leads the page; this one readers see nowhere", Hint: "put ![](" + im.Src + ") where it belongs", At: im.At})
		}
		lead = lead || !im.Placed
	}
}

// placedImage checks a picture in the text against its entry in images.
func (p *parser) placedImage(im *Image, h *markdown.Hole, at diag.Place) {
	other := []diag.Related{{Message: "the entry in images:", At: im.At}}
	tell := func(rule, message, why, hint string) {
		p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: rule, Message: message, Why: why, Hint: hint, At: at, Related: other})
	}
	switch {
	case h.Text != "" && im.Decorative:
		tell("contradiction", "this picture has an alternative text here, but images: calls it decorative", "", "keep one of the two")
	case h.Text != "" && im.Alt != "" && h.Text != im.Alt:
		tell("two-alts", "this picture has two different alternative texts", "", "keep the one in images:, and leave this one empty: ![]("+h.Target+")")
	}
	if h.Kind == markdown.Image && im.Sensitive != "" {
		tell("sensitive-inline", "a sensitive picture can't stand within a line", "it stays behind the reader's own click, and in a line there is no room for its warning", "give it a paragraph of its own")
	}
}

// imagesWithoutAlt checks the pictures of a text that has no list of images.
func (p *parser) imagesWithoutAlt(f *markdown.Fragment) {
	for i := range f.Holes {
		if h := &f.Holes[i]; h.Kind == markdown.Image || h.Kind == markdown.Figure {
			p.noAlt(h, p.place(h.Source), "write it between the square brackets")
		}
	}
}

func (p *parser) noAlt(h *markdown.Hole, at diag.Place, hint string) {
	if h.Text == "" {
		p.missingAt(at, "this picture has no alternative text: what does it show?", hint)
	}
}
