package check

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// altText reports alternative texts that say nothing: the caption again, or
// the name of the file.
func altText(d *docCheck) error {
	for _, im := range d.explainer.Images {
		d.judgeAlt(im.At, im.Src, im.Alt, d.caption(im))
	}
	for i := range d.texts {
		t := &d.texts[i]
		for _, h := range t.f.Holes {
			if h.Kind != markdown.Image && h.Kind != markdown.Figure {
				continue
			}
			caption := ""
			if im := d.explainer.Image(h.Target); im != nil {
				caption = d.caption(im)
			}
			d.judgeAlt(diag.Place{File: t.file, Span: h.Source}, h.Target, h.Text, caption)
		}
	}
	return nil
}

func (d *docCheck) judgeAlt(at diag.Place, src, alt, caption string) {
	name := path.Base(src)
	stem := strings.TrimSuffix(name, path.Ext(name))
	words := func(s string) string { return strings.ToLower(strings.NewReplacer("-", " ", "_", " ").Replace(s)) }
	const hint = "write what somebody would miss who can't see the picture"
	switch {
	case alt == "":
	case words(alt) == words(name) || words(alt) == words(stem) && strings.ContainsAny(stem, "-_0123456789"):
		d.report(at, fmt.Sprintf("the alternative text “%s” is the name of the file", clip(alt)), hint)
	case strings.EqualFold(alt, caption):
		d.report(at, fmt.Sprintf("the alternative text “%s” is the caption again: whoever "+
			"listens hears it twice", clip(alt)), hint+", or decorative: true where the caption says it all")
	}
}

// caption is the caption of an image as plain text.
func (d *docCheck) caption(im *document.Image) string {
	if !im.Caption.Given() {
		return ""
	}
	return strings.TrimSpace(markdown.PlainText(d.texts[im.Caption.Index].f.HTML))
}

// pictureCredit reports pictures that don't say whose they are.
func pictureCredit(d *docCheck) error {
	const hint = "add credit: with the photographer and the agency, or credit: none and credit_reason:"
	for _, im := range d.explainer.Images {
		if im.Credit == "" && im.CreditReason == "" && !im.Decorative {
			d.report(im.At, fmt.Sprintf("the picture “%s” doesn't say whose it is", clip(path.Base(im.Src))), hint)
		}
	}
	for i := range d.texts {
		t := &d.texts[i]
		for _, h := range t.f.Holes {
			if h.Kind == markdown.Figure && d.explainer.Image(h.Target) == nil {
				d.report(diag.Place{File: t.file, Span: h.Source},
					fmt.Sprintf("the picture “%s” doesn't say whose it is",
						clip(path.Base(h.Target))), "list it in images:, with a credit")
			}
		}
	}
	return nil
}

// widest is how many pixels of a picture any screen shows.
const widest = 4000

// pictureSize reports pictures that are larger than any screen.
func pictureSize(c *checker) error {
	for _, a := range c.site.Assets {
		if size := a.Pixels; size.Width > widest {
			c.report("picture-size", diag.Place{File: "content/" + a.Path},
				fmt.Sprintf("this picture is %d pixels wide and %d high, %d kB: no screen shows "+
					"more than %d", size.Width, size.Height, a.Size/1000, widest),
				fmt.Sprintf("make it %d pixels wide or less", widest))
		}
	}
	return nil
}

// picturePlace reports files that say where they were taken.
func picturePlace(c *checker) error {
	places, err := c.site.SayWhere(c.ctx)
	for _, at := range places {
		c.report("picture-place", at, "this file says where it was taken, to whoever gets this folder",
			"export it without its location, and think of what the repository remembers")
	}
	return err
}

// accentContrast asks for an accent that nearly everybody can read.
func accentContrast(c *checker) error {
	if contrast, better, ok := c.site.AccentContrast(document.GoodContrast); ok && better != "" {
		c.report("accent-contrast", c.site.Config.AccentAt,
			fmt.Sprintf("the contrast of this colour on the page is %.1f:1, below %.0f:1", contrast,
				document.GoodContrast),
			fmt.Sprintf("write %q, the nearest colour that has it", better))
		c.found[len(c.found)-1].Fix = diag.Write(c.site.Config.AccentAt, strconv.Quote(better))
	}
	return nil
}
