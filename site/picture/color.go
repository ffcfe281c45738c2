package picture

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"
)

// ParseColor reads a colour as CSS writes it in hex: #rgb, #rgba, #rrggbb or #rrggbbaa.
func ParseColor(s string) (color.RGBA, error) {
	hex, ok := strings.CutPrefix(s, "#")
	if len(hex) == 3 || len(hex) == 4 {
		var long strings.Builder
		for i := range len(hex) {
			long.WriteString(hex[i:i+1] + hex[i:i+1])
		}
		hex = long.String()
	}
	if len(hex) == 6 {
		hex += "ff"
	}
	v, err := strconv.ParseUint(hex, 16, 32)
	if !ok || len(hex) != 8 || err != nil {
		return color.RGBA{}, fmt.Errorf("%q is no colour: write it in hex, like #1b3dbd", s)
	}
	c := color.NRGBA{R: uint8(v >> 24), G: uint8(v >> 16), B: uint8(v >> 8), A: uint8(v)}
	return color.RGBAModel.Convert(c).(color.RGBA), nil
}

// Hex is a colour as CSS writes it: #1b3dbd. It is taken as opaque.
func Hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// LightPaper and DarkPaper are the grounds of the theme's pages.
var (
	LightPaper = color.RGBA{0xfc, 0xfc, 0xfb, 0xff}
	DarkPaper  = color.RGBA{0x10, 0x12, 0x16, 0xff}
)

// Tint returns the paper with up to an eighth of the accent in it, on which the accent still has
// the ratio; the paper itself where it never does.
func Tint(accent, paper color.RGBA, ratio float64) color.RGBA {
	const steps = 256
	for i := steps / 8; i > 0; i-- {
		if tint := mix(paper, accent, i, steps); Contrast(accent, tint) >= ratio {
			return tint
		}
	}
	return paper
}

// Contrast is the ratio of the two colours' luminances as WCAG 2.2 defines it, from 1 to 21. Both are taken as opaque.
func Contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// Readable returns the tone of the accent, lighter or darker and of the same hue, that is nearest to it among those
// that reach the ratio on the paper. If none does, it returns black or white, whichever the paper shows better.
func Readable(accent, paper color.RGBA, ratio float64) color.RGBA {
	const steps = 256 // more tones than eight bits tell apart
	black, white := color.RGBA{A: 255}, color.RGBA{255, 255, 255, 255}
	for i := range steps + 1 {
		lighter, darker := mix(accent, white, i, steps), mix(accent, black, i, steps)
		switch l, d := Contrast(lighter, paper), Contrast(darker, paper); {
		case l >= ratio && l >= d:
			return lighter
		case d >= ratio:
			return darker
		}
	}
	if Contrast(white, paper) > Contrast(black, paper) {
		return white
	}
	return black
}

// luminance is WCAG's relative luminance: 0 for black, 1 for white.
func luminance(c color.RGBA) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// mix goes i of n steps from a to b, and is opaque.
func mix(a, b color.RGBA, i, n int) color.RGBA {
	at := func(a, b uint8) uint8 { return uint8((int(a)*(n-i) + int(b)*i + n/2) / n) }
	return color.RGBA{at(a.R, b.R), at(a.G, b.G), at(a.B, b.B), 255}
}
