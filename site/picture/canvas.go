package picture

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The palette has 16 colours, which makes four bits a pixel: the paper, then what leads from it to the ink, then the
// accent. A lighter ink is one of the ink's tones, and so its edges are too.
const (
	ink    = 14
	soft   = 11
	accent = 15
)

// canvas is a picture and what is needed to draw on it, pooled to be used again.
type canvas struct {
	img    *image.Paletted
	mask   image.Alpha
	raster vector.Rasterizer
	buf    sfnt.Buffer
	rtl    bool // x is counted from the right
}

func newCanvas() any {
	return &canvas{img: image.NewPaletted(image.Rect(0, 0, Width, Height), make(color.Palette, accent+1))}
}

// clear makes it a blank sheet.
func (c *canvas) clear(s Share) {
	clear(c.img.Pix)
	c.rtl = s.RTL
	for i := range ink + 1 {
		c.img.Palette[i] = mix(paper, black, i, ink)
	}
	c.img.Palette[soft] = grey
	c.img.Palette[accent] = s.Accent
}

// fill paints a box of w by h in the accent; its edge is x from the start of the lines.
func (c *canvas) fill(x, y, w, h int) {
	if c.rtl {
		x = Width - x - w
	}
	box := image.Rect(x, y, x+w, y+h).Intersect(c.img.Rect)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		row := c.img.Pix[c.img.PixOffset(box.Min.X, y):c.img.PixOffset(box.Max.X, y)]
		for i := range row {
			row[i] = accent
		}
	}
}

// bracket paints a square bracket of w by h in the accent, open towards the end of the lines or,
// closing, to their start.
func (c *canvas) bracket(x, y, w, h, stroke int, closing bool) {
	c.fill(x, y, w, stroke)
	c.fill(x, y+h-stroke, w, stroke)
	if closing {
		x += w - stroke
	}
	c.fill(x, y, stroke, h)
}

// text paints a line whose box begins x from the start of the lines, on a baseline.
func (c *canvas) text(t *typeface, line []glyph, size, x, baseline, full int) {
	w := t.pixels(line, size)
	if c.rtl {
		x = Width - x - w
	}
	// Letters may lean out of the box by less than half an em, and the tallest accents rise 1.2 em.
	box := image.Rect(x-size/2, baseline-size*5/4, x+w+size/2, baseline+size/2).Intersect(c.img.Rect)
	c.raster.Reset(box.Dx(), box.Dy())
	units := 0
	for _, g := range line {
		left := float32(x-box.Min.X) + float32(units*size)/float32(t.upem)
		c.outline(t, g.index, size, left, float32(baseline-box.Min.Y))
		units += g.advance
	}
	c.print(box, full)
}

// outline adds a glyph to the raster.
func (c *canvas) outline(t *typeface, g sfnt.GlyphIndex, size int, x, y float32) {
	segments, err := t.font.LoadGlyph(&c.buf, g, fixed.I(size), nil)
	if err != nil {
		panic(err) // our own file is broken
	}
	at := func(p fixed.Point26_6) (float32, float32) { return x + float32(p.X)/64, y + float32(p.Y)/64 }
	for _, s := range segments {
		ax, ay := at(s.Args[0])
		bx, by := at(s.Args[1])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			c.raster.ClosePath()
			c.raster.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			c.raster.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			c.raster.QuadTo(ax, ay, bx, by)
		}
	}
	c.raster.ClosePath()
}

// print turns what the raster covers of the box into tones of the ink, up to full.
func (c *canvas) print(box image.Rectangle, full int) {
	w, h := box.Dx(), box.Dy()
	if n := w * h; cap(c.mask.Pix) < n {
		c.mask.Pix = make([]uint8, n)
	}
	c.mask = image.Alpha{Pix: c.mask.Pix[:w*h], Stride: w, Rect: image.Rect(0, 0, w, h)}
	c.raster.DrawOp = draw.Src
	c.raster.Draw(&c.mask, c.mask.Rect, image.Opaque, image.Point{})
	for y := range h {
		row := c.img.Pix[c.img.PixOffset(box.Min.X, box.Min.Y+y):]
		for x, a := range c.mask.Pix[y*w : (y+1)*w] {
			if tone := (int(a)*full + 127) / 255; tone > 0 {
				row[x] = uint8(tone)
			}
		}
	}
}

// pixels is the width of a line at a size, rounded up.
func (t *typeface) pixels(line []glyph, size int) int {
	return (t.width(line)*size + t.upem - 1) / t.upem
}

// units is how much of a line at a size fits into so many pixels.
func (t *typeface) units(pixels, size int) int { return pixels * t.upem / size }

// shaped is the text, tidied and laid out.
func (c *canvas) shaped(t *typeface, s string) []glyph { return t.shape(&c.buf, tidy(s)) }
