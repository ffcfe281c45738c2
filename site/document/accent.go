package document

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"nutgraf/site/diag"
	"nutgraf/site/front"
)

// LeastContrast is what an accent must have on the page, and GoodContrast what it should have
// (WCAG 2.2, 1.4.3 and 1.4.6).
const (
	LeastContrast = 4.5
	GoodContrast  = 7.0
)

// How CSS writes colours, beside their names.
var (
	inHex = regexp.MustCompile(`^#?([0-9a-f]{3}|[0-9a-f]{6})([0-9a-f]{0,2})$`)
	inRGB = regexp.MustCompile(`^rgba?\( *(\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3}) *(?:[,/] *([\d.]+%?) *)?\)$`)
	inHSL = regexp.MustCompile(`^hsla?\( *(\d{1,3})(?:deg)?[ ,]+(\d{1,3})%?[ ,]+(\d{1,3})%? *` +
		`(?:[,/] *([\d.]+%?) *)?\)$`)
)

// readColour is a colour as CSS writes it (a name, #rgb, #rrggbb, rgb() or hsl()), as #rrggbb, and
// whether it is opaque; "" where it is none.
func readColour(s string) (hex string, opaque bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if c, ok := colornames.Map[strings.ReplaceAll(s, " ", "")]; ok {
		return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B), true
	}
	if m := inHex.FindStringSubmatch(s); m != nil && (m[2] == "" || len(m[2]) == len(m[1])/3) {
		hex := m[1]
		if len(hex) == 3 {
			hex = strings.Repeat(hex[:1], 2) + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:], 2)
		}
		return "#" + hex, strings.Trim(m[2], "f") == ""
	}
	read, m := rgbOf, inRGB.FindStringSubmatch(s)
	if m == nil {
		read, m = rgbOfHSL, inHSL.FindStringSubmatch(s)
	}
	if m == nil {
		return "", false
	}
	var parts [3]float64
	for i := range parts {
		parts[i], _ = strconv.ParseFloat(m[i+1], 64) // three digits at most
	}
	rgb := read(parts)
	if slices.Max(rgb[:]) > 255 {
		return "", false
	}
	return fmt.Sprintf("#%02x%02x%02x", int(rgb[0]), int(rgb[1]), int(rgb[2])),
		slices.Contains([]string{"", "1", "1.0", "100%"}, m[4])
}

func rgbOf(rgb [3]float64) [3]float64 { return rgb }

// rgbOfHSL is a hue in degrees, a saturation and a lightness in percent as red, green and blue up
// to 255 (CSS Color 4, 7.1).
func rgbOfHSL(hsl [3]float64) (rgb [3]float64) {
	saturation, light := min(hsl[1], 100)/100, min(hsl[2], 100)/100
	for i, n := range []float64{0, 8, 4} {
		k := math.Mod(n+hsl[0]/30, 12)
		part := light - saturation*min(light, 1-light)*max(-1, min(k-3, 9-k, 1))
		rgb[i] = math.Round(part * 255)
	}
	return rgb
}

func (p *parser) accent(t front.Text) string {
	colour, opaque := readColour(t.Value)
	switch {
	case !t.Given():
	case colour == "":
		p.wrong("accent", t.Span, fmt.Sprintf("“%s” is no colour", Clip(t.Value)),
			"write its six digits in quotes, as \"#1f3a93\" is a dark blue")
	case !opaque:
		hex := strconv.Quote(colour)
		p.wrong("accent", t.Span, fmt.Sprintf("“%s” is see-through: how well it can be read depends on "+
			"what lies behind it", Clip(t.Value)), "write "+hex, diag.Write(p.place(t.Span), hex)...)
		return ""
	}
	return colour
}
