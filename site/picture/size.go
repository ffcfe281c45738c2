package picture

import (
	"encoding/xml"
	"image"
	_ "image/gif"  // for its size
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/bep/imagemeta"
	_ "golang.org/x/image/webp" // likewise
)

// Size is how many pixels a picture is wide and high; zero where that can't be known.
type Size struct{ Width, Height int }

// SizeOf returns the size of a picture of so many bytes as browsers show it: turned, where it says so.
// JPEG, PNG, WebP, AVIF, GIF and SVG are read.
func SizeOf(src io.ReaderAt, size int64) Size {
	_, found, _ := Clean(src, size)
	return found.Size
}

// measured is the size of a picture that can be cleaned.
func (c *cleaner) measured() Size {
	cfg, _, err := image.DecodeConfig(io.NewSectionReader(c.src, 0, c.size))
	if err != nil {
		return Size{}
	}
	if c.turn > 4 { // by a quarter
		return Size{cfg.Height, cfg.Width}
	}
	return Size{cfg.Width, cfg.Height}
}

// otherSize is the size of any other file.
func (c *cleaner) otherSize() Size {
	if format, _ := formatOf(c.bytes(0, 12)); format != imagemeta.AVIF {
		return svgSize(io.NewSectionReader(c.src, 0, min(c.size, mostMeta)))
	}
	found, err := imagemeta.Decode(imagemeta.Options{R: io.NewSectionReader(c.src, 0, c.size),
		ImageFormat: imagemeta.AVIF, Sources: imagemeta.CONFIG})
	if err != nil {
		return Size{}
	}
	return Size(found.ImageConfig)
}

// anyWidth is how wide a drawing is that fills what room there is.
const anyWidth = 2400

// svgSize reads the first tag of a drawing. One that says only which part of the plane it
// shows has no size, but a shape.
func svgSize(r io.Reader) Size {
	d := xml.NewDecoder(r)
	for {
		t, err := d.RawToken()
		if err != nil {
			return Size{}
		}
		if e, ok := t.(xml.StartElement); ok {
			if e.Name.Local != "svg" {
				return Size{}
			}
			return svgElement(e)
		}
	}
}

func svgElement(e xml.StartElement) Size {
	attrs := map[string]string{}
	for _, a := range e.Attr {
		attrs[a.Name.Local] = a.Value
	}
	width, height := pixels(attrs["width"]), pixels(attrs["height"])
	box := strings.FieldsFunc(attrs["viewBox"], func(r rune) bool { return r == ',' || r <= ' ' })
	if (width == 0 || height == 0) && len(box) == 4 {
		if w, h := pixels(box[2]), pixels(box[3]); w > 0 && h > 0 {
			switch {
			case width > 0:
				height = width * h / w
			case height > 0:
				width = height * w / h
			default:
				width, height = anyWidth, anyWidth*h/w
			}
		}
	}
	if width < 1 || height < 1 {
		return Size{}
	}
	return Size{int(math.Round(width)), int(math.Round(height))}
}

// units are the lengths of CSS that are the same everywhere, in pixels.
var units = map[string]float64{"": 1, "px": 1, "pt": 96. / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}

// pixels reads a length, 0 where it depends on what is around it.
func pixels(s string) float64 {
	s = strings.TrimSpace(s)
	number := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz%")
	n, err := strconv.ParseFloat(number, 64)
	if n *= units[s[len(number):]]; err != nil || !(n > 0 && n < math.MaxInt32) {
		return 0
	}
	return n
}
