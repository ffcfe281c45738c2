package pages

import (
	"cmp"
	"fmt"
	"image/color"
	"io"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/picture"
)

// shareVersion changes whenever site/picture draws another image of the same
// words.
const shareVersion = 1

// shareImage is the picture that a page is shared with, drawn when it is
// written: 1200 × 630, PNG.
type shareImage struct{ picture.Share }

// Encode writes it.
func (s shareImage) Encode(w io.Writer) error { return s.PNG(w) }

// key stands for the bytes, so that only an image whose words changed is drawn.
func (s shareImage) key() document.Sum {
	return document.SumOf(fmt.Appendf(nil, "share %d %q %q %q %q %v %t", shareVersion, s.Wordmark,
		s.Label, s.Title, s.Date, s.Accent, s.RTL))
}

// shareOf is what the image of an explainer says.
func (b *Book) shareOf(e *site.Explainer) picture.Share {
	l := b.site.Language(e)
	words := b.siteView(l).Words
	s := picture.Share{Wordmark: b.site.Config.Title, Label: cmp.Or(e.Label, words["explainer"]),
		Title: e.Title, RTL: l.Dir == "rtl"}
	if c, err := picture.ParseColor(b.site.Config.Accent); err == nil {
		s.Accent = c
	}
	zone := b.site.Config.Location
	switch {
	case e.Updated.After(e.Published):
		s.Date = words["updated"] + " " + l.Date(e.Updated.In(zone))
	case !e.Published.IsZero():
		s.Date = words["published"] + " " + l.Date(e.Published.In(zone))
	}
	return s
}

// planSiteShare adds the one image of the pages without their own, unless the writer has one. A
// title that can't be drawn is told of each explainer, whose image has it too.
func (b *Book) planSiteShare() {
	cfg := &b.site.Config
	s := picture.Share{Wordmark: cfg.Title, Title: cmp.Or(cfg.Tagline, cfg.Title), RTL: cfg.Lang.Dir == "rtl"}
	if c, err := picture.ParseColor(cfg.Accent); err == nil {
		s.Accent = c
	}
	if _, ok := s.CanDraw(); ok && cfg.Image == "" {
		b.data(siteSharePath, func(*builder) any { return shareImage{s} })
	}
}

// planShares adds the images to share explainers with. Where the theme's type
// lacks a character, the site's one image stands in, which is reported.
func (b *Book) planShares() {
	if !b.site.Config.ShareImages {
		return
	}
	b.planSiteShare()
	b.shared = map[*site.Explainer]bool{}
	for _, e := range b.site.Explainers {
		s, at := b.shareOf(e), diag.Place{File: e.Path}
		if r, ok := s.CanDraw(); !ok {
			b.diags = append(b.diags, diag.Diagnostic{Severity: diag.Warning, Rule: "share-image",
				At: at, Message: fmt.Sprintf("no image to share this explainer with is drawn: the "+
					"theme's type has no “%c”", r),
				Why: "it has Latin letters; scripts that join or reorder theirs need more than " +
					"drawing one after the other",
				Hint: "the image: of site.yaml stands in; nothing need be done"})
			continue
		}
		b.shared[e] = true
		b.add(planned{path: sharePath(e), lang: b.site.Language(e), at: at,
			view: func(*builder) any { return shareImage{b.shareOf(e)} }})
		for i, q := range e.Questions {
			if _, ok := b.shareOfCard(e, i).CanDraw(); ok && b.hasCard(e, i) {
				b.add(planned{path: cardSharePath(e, q.ID), lang: b.site.Language(e), at: q.At,
					view: func(*builder) any { return shareImage{b.shareOfCard(e, i)} }})
			}
		}
	}
}

// shareOfCard is what the image of a question's card says.
func (b *Book) shareOfCard(e *site.Explainer, i int) picture.Share {
	s := b.shareOf(e)
	s.Title = cmp.Or(e.Questions[i].Text, e.Answers[i].Question().Text)
	return s
}

// shareCard has a card shared with its own image, if one is drawn: else it is the
// explainer's.
func (b *builder) shareCard(p *Page, e *site.Explainer, i int) {
	path := cardSharePath(e, e.Questions[i].ID)
	if base := b.book.site.Config.BaseURL; base != "" && b.book.Find(path) >= 0 {
		p.Image = &Image{URL: base + escapePath(path), Alt: p.Title, Width: picture.Width, Height: picture.Height}
	}
}

// accentCSS is the site's own accent, its tone for dark pages, and the tints of both.
func (b *Book) accentCSS() string {
	accent, err := picture.ParseColor(b.site.Config.Accent)
	if err != nil {
		return "" // there is none
	}
	dark := picture.Readable(accent, picture.DarkPaper, document.GoodContrast)
	tint := func(accent, paper color.RGBA) string {
		return picture.Hex(picture.Tint(accent, paper, document.LeastContrast))
	}
	return fmt.Sprintf(":root{--accent:%s;--accent-dark:%s;--tint:light-dark(%s,%s)}\n", picture.Hex(accent),
		picture.Hex(dark), tint(accent, picture.LightPaper), tint(dark, picture.DarkPaper))
}
