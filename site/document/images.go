package document

import (
	"fmt"
	"path"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// Image is a picture and everything that its entry gives.
type Image struct {
	Src          string
	Alt          string `read:"pages"`
	Decorative   bool
	Caption      Prose
	Credit       string `read:"pages"` // "" and CreditReason where none is due
	CreditReason string `read:"pages"`
	Taken        edtf.Date
	Place        string
	Sensitive    string
	Warning      string `read:"pages"`
	Placed       bool   // stands in the text
	At           diag.Place
}

// images reads a list of pictures.
func (p *parser) images(list []front.Image) []*Image {
	var out []*Image
	first := map[string]diag.Place{}
	for _, f := range list {
		im := &Image{Src: f.Src.Value, Alt: p.plainText(f.Alt), Decorative: f.Decorative.Value,
			At: p.place(givenOr(f.Src.Span, f.Span))}
		im.Caption, im.Credit, im.CreditReason = p.line(f.Caption), p.plainText(f.Credit), p.plainText(f.CreditReason)
		im.Taken, im.Place = p.date(f.Taken), p.plainText(f.Place)
		im.Sensitive, im.Warning = f.Sensitive.Value, p.plainText(f.Warning)
		p.image(im, &f)
		key := path.Clean(im.Src)
		if at, ok := first[key]; ok && im.Src != "" {
			p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: "same-image",
				Message: "this picture stands here twice",
				Hint:    "keep one of the two", At: im.At, Related: []diag.Related{{Message: "the first one", At: at}}})
		}
		first[key] = im.At
		out = append(out, im)
	}
	return out
}

func (p *parser) image(im *Image, f *front.Image) {
	if im.Src == "" {
		p.missing(f.Span, "this image has no src", "add src: with the name of the picture's file")
	}
	if front.Translated(im.Credit, []string{"none"}) != "" {
		p.wrong("credit", f.Credit.Span, fmt.Sprintf("“%s” would be printed as the credit",
			Clip(im.Credit)),
			"write none, and why in credit_reason:")
	}
	if im.Alt != "" && im.Decorative {
		p.wrong("contradiction", f.Decorative.Span, "this image is decorative and has an alt", "keep one of the two")
	}
	if im.Credit == "none" {
		im.Credit = ""
		if im.CreditReason == "" {
			p.missing(f.Credit.Span, "credit: none needs a reason", "add credit_reason:")
		}
	}
	if im.Sensitive != "" && im.Warning == "" {
		p.missing(f.Sensitive.Span, "a sensitive image needs a warning", "add warning: with what readers will see")
	}
	if im.Warning != "" && !f.Sensitive.Given() {
		p.report(diag.Error, "contradiction", f.Warning.Span, "this image has a warning and is not sensitive",
			"readers would see the picture at once, and never the warning",
			"add sensitive: graphic or sensitive: distressing, or remove the warning")
	}
}

// sameImage compares two ways to write the place of a picture: beside the
// document, or in the document's own folder.
func sameImage(e *Explainer, a, b string) bool {
	return path.Join(e.Folder, trimOwn(e, a)) == path.Join(e.Folder, trimOwn(e, b))
}

func trimOwn(e *Explainer, src string) string {
	return strings.TrimPrefix(path.Clean(src), path.Base(e.Folder)+"/")
}

// placedImages finds out which images stand in the text, whether they say the
// same there, and whether readers who can't see them learn what they show.
func (p *parser) placedImages(e *Explainer) {
	described := map[*Image]bool{} // in the text
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
				p.noAlt(h, at,
					"write it between the square brackets, or list the picture in images: with decorative: true")
				continue
			}
			im.Placed = true
			described[im] = described[im] || h.Text != ""
			p.placedImage(im, h, at)
		}
	}
	lead := false
	for _, im := range e.Images {
		if im.Alt == "" && !im.Decorative && !described[im] {
			p.missingAt(im.At, "this image has no alt", "add alt: with what the picture shows, or decorative: true")
		}
		if !im.Placed && lead && im.Src != "" {
			p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Warning,
				Rule: "unplaced-image", Message: fmt.Sprintf("“%s” stands nowhere in the text",
					Clip(im.Src)),
				Why: "the first image that is not in the text leads the page; this one readers " +
					"see nowhere", Hint: "put ![](" + im.Src + ") where it belongs", At: im.At})
		}
		lead = lead || !im.Placed
	}
}

// placedImage checks a picture in the text against its entry in images.
func (p *parser) placedImage(im *Image, h *markdown.Hole, at diag.Place) {
	other := []diag.Related{{Message: "the entry in images:", At: im.At}}
	report := func(rule, message, why, hint string) {
		p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: rule,
			Message: message, Why: why, Hint: hint, At: at, Related: other})
	}
	switch {
	case h.Text != "" && im.Decorative:
		report("contradiction",
			"this picture has an alternative text here, but images: calls it decorative", "",
			"keep one of the two")
	case h.Text != "" && im.Alt != "" && h.Text != im.Alt:
		report("two-alts", "this picture has two different alternative texts", "",
			"keep the one in images:, and leave this one empty: ![]("+h.Target+")")
	}
	if h.Kind == markdown.Image && im.Sensitive != "" {
		report("sensitive-inline", "a sensitive picture can't stand within a line",
			"it stays behind the reader's own click, and in a line there is no room for its warning",
			"give it a paragraph of its own")
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
