package picture

import (
	_ "embed" // the fonts
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

//go:embed fonts/newsreader-display.ttf
var newsreader []byte

//go:embed fonts/libre-franklin.ttf
var libreFranklin []byte

var (
	display = sync.OnceValue(func() *typeface { return newTypeface(newsreader, -22) })
	sans    = sync.OnceValue(func() *typeface { return newTypeface(libreFranklin, 0) })
)

// typeface is a font with the space between its letters. It can be used by several goroutines at once.
type typeface struct {
	font     *sfnt.Font
	upem     int
	tracking int // in units of the font, added to every advance
}

// newTypeface parses an embedded font; tracking is in thousandths of an em.
func newTypeface(data []byte, tracking int) *typeface {
	f, err := sfnt.Parse(data)
	if err != nil {
		panic(err) // our own file is broken
	}
	upem := int(f.UnitsPerEm())
	return &typeface{font: f, upem: upem, tracking: upem * tracking / 1000}
}

// index finds the glyph of a rune; 0 is none.
func (t *typeface) index(b *sfnt.Buffer, r rune) sfnt.GlyphIndex {
	i, err := t.font.GlyphIndex(b, r)
	if err != nil {
		return 0
	}
	return i
}

// missing returns the first rune of a tidied text that the typeface cannot draw.
func (t *typeface) missing(b *sfnt.Buffer, s string) (rune, bool) {
	for _, r := range s {
		if r != ' ' && t.index(b, r) == 0 {
			return r, true
		}
	}
	return 0, false
}

// glyph is a glyph of a text with the way to the next one, kerning and tracking included, in units of the font.
type glyph struct {
	rune    rune
	index   sfnt.GlyphIndex
	advance int
}

// shape lays out a tidied text in one line of no particular size: nothing is hinted, so every size is proportional.
func (t *typeface) shape(b *sfnt.Buffer, s string) []glyph {
	ppem := fixed.Int26_6(t.upem) // makes the numbers that come back units
	glyphs := make([]glyph, 0, len(s))
	for _, r := range s {
		g := glyph{rune: r, index: t.index(b, r)}
		advance, err := t.font.GlyphAdvance(b, g.index, ppem, font.HintingNone)
		if err != nil {
			panic(err) // our own file is broken
		}
		g.advance = int(advance) + t.tracking
		if n := len(glyphs); n > 0 {
			if kern, err := t.font.Kern(b, glyphs[n-1].index, g.index, ppem, font.HintingNone); err == nil {
				glyphs[n-1].advance += int(kern)
			}
		}
		glyphs = append(glyphs, g)
	}
	return glyphs
}

// width is the length of a line, without the tracking after its last glyph.
func (t *typeface) width(line []glyph) int {
	w := -t.tracking
	for _, g := range line {
		w += g.advance
	}
	return max(w, 0)
}

// cut shortens a line that is wider than limit, at a word if that leaves half of it, and ends it with an ellipsis.
func (t *typeface) cut(b *sfnt.Buffer, line []glyph, limit int) []glyph {
	if t.width(line) <= limit {
		return line
	}
	ellipsis := t.shape(b, "…")
	n := len(line)
	for n > 0 && t.width(line[:n])+t.tracking+t.width(ellipsis) > limit {
		n--
	}
	for word := n; word > n/2; word-- {
		if line[word].rune == ' ' {
			n = word
			break
		}
	}
	for n > 0 && strings.ContainsRune(" ,;:–—-", line[n-1].rune) {
		n--
	}
	return append(line[:n:n], ellipsis...)
}

// lines breaks a text into lines no wider than limit, each as full as it gets. A word that is wider is broken if force
// says so; else there is no answer.
func (t *typeface) lines(text []glyph, limit int, force bool) (lines [][]glyph, ok bool) {
	for len(text) > 0 {
		fits, end := t.fit(text, limit)
		if fits == len(text) {
			end = fits
		} else if end == 0 {
			if !force {
				return nil, false
			}
			end = max(fits, 1)
		}
		lines = append(lines, trim(text[:end]))
		for end < len(text) && text[end].rune == ' ' {
			end++
		}
		text = text[end:]
	}
	return lines, true
}

// fit returns how many glyphs of a text fit into one line, and after how many of them it may be broken; 0 is nowhere.
func (t *typeface) fit(text []glyph, limit int) (fits, end int) {
	w := -t.tracking
	for i, g := range text {
		w += g.advance
		if g.rune == ' ' {
			end = i
			continue // a space may hang over the end
		}
		if w > limit {
			return i, end
		}
		if i > 0 && text[i-1].rune != ' ' && strings.ContainsRune("-–—/", g.rune) {
			end = i + 1
		}
	}
	return len(text), end
}

func trim(line []glyph) []glyph {
	for len(line) > 0 && line[len(line)-1].rune == ' ' {
		line = line[:len(line)-1]
	}
	return line
}

// balance breaks a text into as few lines as lines does, but of lengths as even as they get: the narrowest limit that
// needs no further line.
func (t *typeface) balance(text []glyph, limit int, force bool) ([][]glyph, bool) {
	best, ok := t.lines(text, limit, force)
	for low, high := t.width(text)/max(len(best), 1), limit; ok && high-low > t.upem/20; {
		mid := (low + high) / 2
		if tried, ok := t.lines(text, mid, force); ok && len(tried) == len(best) {
			best, high = tried, mid
		} else {
			low = mid
		}
	}
	return best, ok
}

// tidy makes of a text what can be laid out rune by rune: composed, in one line, with plain spaces, without what no one
// sees.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || r == '\u202f' || r == '\u2007':
			return '\u00a0'
		case r == '\u2011':
			return '\u2010' // looks the same; lines never break there
		case unicode.IsSpace(r):
			return ' '
		case r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r >= '\u2060' && r <= '\u2064' || r == '\ufeff':
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return strings.Join(strings.Fields(s), " ")
}
