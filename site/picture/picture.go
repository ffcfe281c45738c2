// Package picture draws the share images of explainers: the pictures that social networks and messengers show beside a
// link. It brings its own fonts, for what is written in Latin letters.
package picture

import (
	"fmt"
	"image/color"
	"image/png"
	"io"
	"strings"
	"sync"
)

// The size of a share image in pixels, and the room between its edges and its lines. An accent may rise into that room,
// and a letter lean into it, but never by half.
const (
	Width  = 1200
	Height = 630
	Margin = 64
)

// LongestTitle is how many characters of a title are shown.
const LongestTitle = 180

// DefaultAccent is the blue of the house.
var DefaultAccent = color.RGBA{0x1b, 0x3d, 0xbd, 0xff}

var (
	paper = color.RGBA{0xfc, 0xfc, 0xfb, 0xff}
	black = color.RGBA{0x14, 0x17, 0x1c, 0xff}
	grey  = color.RGBA{0x45, 0x4a, 0x54, 0xff}
)

// Share says what stands in a share image. Every text may be empty. The zero Accent is DefaultAccent.
type Share struct {
	Wordmark, Label, Title, Date string
	Accent                       color.RGBA
	RTL                          bool // lines start at the right
}

// RuneError says that a text holds a character that the fonts lack, or of a script that needs more than one glyph after
// the other.
type RuneError struct{ Rune rune }

// Error names the character.
func (e *RuneError) Error() string {
	return fmt.Sprintf("the share image's fonts have no %q (%U)", e.Rune, e.Rune)
}

// CanDraw reports whether the fonts have every character, and if not, which is the first that they lack.
func (s Share) CanDraw() (rune, bool) {
	c := canvases.Get().(*canvas)
	defer canvases.Put(c)
	for _, text := range []struct {
		face *typeface
		text string
	}{{display(), s.Title}, {sans(), s.Label}, {sans(), s.Date}, {display(), s.Wordmark}} {
		if r, missing := text.face.missing(&c.buf, tidy(text.text)); missing {
			return r, false
		}
	}
	return 0, true
}

// PNG writes the image. The same Share makes the same bytes. If CanDraw says no, it writes nothing, and the error is a
// *RuneError.
func (s Share) PNG(w io.Writer) error {
	if r, ok := s.CanDraw(); !ok {
		return &RuneError{r}
	}
	if s.Accent == (color.RGBA{}) {
		s.Accent = DefaultAccent
	}
	c := canvases.Get().(*canvas)
	defer canvases.Put(c)
	c.clear(s)
	c.draw(s)
	return encoder.Encode(w, c.img)
}

var canvases = sync.Pool{New: newCanvas}

var encoder = png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &buffers{}}

// buffers keeps what the encoder works with.
type buffers struct{ pool sync.Pool }

// Get returns a buffer that was put back, or nil.
func (b *buffers) Get() *png.EncoderBuffer {
	buffer, _ := b.pool.Get().(*png.EncoderBuffer)
	return buffer
}

// Put takes a buffer back.
func (b *buffers) Put(buffer *png.EncoderBuffer) { b.pool.Put(buffer) }

// Where things stand: all text but the wordmark's on one left edge, the bracket beside the title in the margin, and
// under it, on the bracket's edge, the wordmark.
const (
	gap       = 40 // from the title's bracket to its text
	inner     = Margin + gap
	measure   = Width - inner - Margin - 12 // the last letter may lean over its end
	labelSize = 32
	labelLine = Margin + 26
	titleTop  = 132
	titleRoom = 320
	markSize  = 44
	markLine  = Height - Margin - 26
	dateSize  = 30
)

// sizes are those of the title, largest first. At the last one LongestTitle of the widest letters fit.
var sizes = []int{124, 112, 104, 96, 88, 80, 74, 68, 62, 56, 52, 48, 44, 40, 36, 32, 28, 24}

// A word that is too long for its line at the size smallest is broken, at the size broken or below.
const (
	smallest = 48
	broken   = 74
)

func (c *canvas) draw(s Share) {
	c.label(s.Label)
	c.title(s.Title)
	end := c.wordmark(s.Wordmark)
	c.date(s.Date, end)
}

func (c *canvas) label(s string) {
	face := sans()
	line := face.cut(&c.buf, c.shaped(face, s), face.units(measure, labelSize))
	c.text(face, line, labelSize, inner, labelLine, ink)
}

func (c *canvas) title(s string) {
	if s = shorten(tidy(s)); s == "" {
		return
	}
	face := display()
	lines, size := setTitle(face, face.shape(&c.buf, s))
	first, step := titleTop+size*4/5, leading(size)
	for i, line := range lines {
		c.text(face, line, size, inner, first+i*step, ink)
	}
	c.bracket(Margin, titleTop, gap/2, len(lines)*step+size/12, 6, false)
}

// shorten ends what is longer than LongestTitle with an ellipsis, at a word.
func shorten(s string) string {
	runes := []rune(s)
	if len(runes) <= LongestTitle {
		return s
	}
	short := string(runes[:LongestTitle-1])
	if word := strings.LastIndexByte(short, ' '); runes[LongestTitle-1] != ' ' && word > len(short)/2 {
		short = short[:word]
	}
	return strings.TrimRight(short, " ,;:.–—-") + "…"
}

// setTitle breaks a title into lines at the largest size that leaves room for them.
func setTitle(face *typeface, text []glyph) (lines [][]glyph, size int) {
	for _, force := range []bool{false, true} {
		for _, size = range sizes {
			if !force && size < smallest || force && size > broken {
				continue
			}
			lines, ok := face.balance(text, face.units(measure, size), force)
			if ok && len(lines)*leading(size) <= titleRoom {
				return lines, size
			}
		}
	}
	panic("a title of LongestTitle letters fits at the last size")
}

// leading is the way from line to line.
func leading(size int) int { return size * 21 / 20 }

// wordmark sets the site's name between its brackets and says where they end.
func (c *canvas) wordmark(s string) (end int) {
	face := display()
	line := c.shaped(face, s)
	if len(line) == 0 {
		return Margin
	}
	const pad, tick, height = 26, 12, 76
	line = face.cut(&c.buf, line, face.units(measure*3/5, markSize))
	w := face.pixels(line, markSize)
	top := Height - Margin - height
	c.text(face, line, markSize, Margin+pad, markLine, ink)
	c.bracket(Margin, top, tick, height, 3, false)
	c.bracket(Margin+2*pad+w-tick, top, tick, height, 3, true)
	return Margin + 2*pad + w
}

// date stands at the end of the wordmark's line.
func (c *canvas) date(s string, after int) {
	face := sans()
	line := c.shaped(face, s)
	room := Width - Margin - after - gap
	line = face.cut(&c.buf, line, face.units(room, dateSize))
	c.text(face, line, dateSize, Width-Margin-face.pixels(line, dateSize), markLine, soft)
}
