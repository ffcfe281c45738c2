package pages

import (
	"cmp"
	"fmt"
	"image/color"
	"io"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/picture"
)

// shareVersion changes whenever site/picture draws another image of the same
// words.
const shareVersion = 1

// shareImage is the picture that an explainer is shared with, drawn when it is
// written: 1200 × 630, PNG.
type shareImage struct{ picture.Share }

// Encode writes it.
func (s shareImage) Encode(w io.Writer) error { return s.PNG(w) }

// key stands for the bytes, so that only an image whose words changed is drawn.
func (s shareImage) key() site.Sum {
	return site.SumOf(fmt.Appendf(nil, "share %d %q %q %q %q %v %t", shareVersion, s.Wordmark, s.Label, s.Title, s.Date, s.Accent, s.RTL))
}

// shareOf is what the image of an explainer says.
func (b *Book) shareOf(e *site.Explainer) picture.Share {
	l := b.site.Language(e)
	words := b.siteView(l).Words
	s := picture.Share{Wordmark: b.site.Config.Title, Label: cmp.Or(e.Label, words["explainer"]), Title: e.Title, RTL: l.Dir == "rtl"}
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

// planShares adds the images to share explainers with. Where the theme's type
// lacks a character, the site's one image stands in, and the writer is told.
func (b *Book) planShares() {
	if !b.site.Config.ShareImages {
		return
	}
	b.shared = map[*site.Explainer]bool{}
	for _, e := range b.site.Explainers {
		s, at := b.shareOf(e), diag.Place{File: e.Path}
		if r, ok := s.CanDraw(); !ok {
			b.diags = append(b.diags, diag.Diagnostic{Severity: diag.Warning, Rule: "share-image", At: at, Message: fmt.Sprintf("no image to share this explainer with is drawn: the theme's type has no “%c”", r),
				Why: "it has Latin letters; scripts that join or reorder theirs need more than drawing one after the other", Hint: "the image: of site.yaml stands in; nothing need be done"})
			continue
		}
		b.shared[e] = true
		b.add(planned{path: sharePath(e), lang: b.site.Language(e), at: at, view: func(*builder) any { return shareImage{b.shareOf(e)} }})
	}
}

// darkTint is what an accent is hardest to read on where pages are dark.
var darkTint = color.RGBA{0x1d, 0x27, 0x45, 0xff}

// accentCSS is the site's own accent, and its tone for dark pages.
func (b *Book) accentCSS() string {
	accent, err := picture.ParseColor(b.site.Config.Accent)
	if err != nil {
		return "" // there is none
	}
	return fmt.Sprintf(":root{--accent:%s;--accent-dark:%s}\n", hexColor(accent), hexColor(picture.Readable(accent, darkTint, 7)))
}

func hexColor(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
