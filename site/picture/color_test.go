package picture

import (
	"image/color"
	"math"
	"testing"
)

func TestParseColor(t *testing.T) {
	for _, c := range []struct {
		text string
		want color.RGBA
	}{
		{"#1b3dbd", color.RGBA{0x1b, 0x3d, 0xbd, 0xff}},
		{"#1B3DBD", color.RGBA{0x1b, 0x3d, 0xbd, 0xff}},
		{"#fff", color.RGBA{0xff, 0xff, 0xff, 0xff}},
		{"#0a08", color.RGBA{0, 0x5b, 0, 0x88}}, // RGBA holds colours multiplied by their alpha
		{"#00000000", color.RGBA{}},
	} {
		if got, err := ParseColor(c.text); err != nil || got != c.want {
			t.Errorf("%s: got %v, %v, want %v", c.text, got, err, c.want)
		}
	}
	for _, text := range []string{"", "#", "fff", "1b3dbd", "#12", "#12345", "#1234567", "#123456789", "#ggg", "#+12345", "blue", "#é1", " #fff"} {
		if got, err := ParseColor(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000", "#fff", 21},
		{"#fff", "#000", 21},
		{"#123456", "#123456", 1},
		{"#777", "#fff", 4.48},
		{"#14171c", "#fcfcfb", 17.50},
		{"#454a54", "#fcfcfb", 8.67},
		{"#1b3dbd", "#fcfcfb", 8.35},
		{"#aabcff", "#101216", 10.13},
	} {
		if got := Contrast(rgb(t, c.a), rgb(t, c.b)); math.Abs(got-c.want) > 0.005 {
			t.Errorf("%s on %s: got %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestReadable(t *testing.T) {
	light, dark := rgb(t, "#fcfcfb"), rgb(t, "#101216")
	for _, c := range []struct {
		accent string
		paper  color.RGBA
		lo, hi float64 // of the contrast reached
	}{
		{"#1b3dbd", light, 8.35, 8.36}, // as it is
		{"#1b3dbd", dark, 7, 7.15},
		{"#c00", dark, 7, 7.15},
		{"#fc0", light, 7, 7.15},
		{"#888", light, 7, 7.15},
		{"#000", dark, 7, 7.15},
	} {
		got := Readable(rgb(t, c.accent), c.paper, 7)
		if ratio := Contrast(got, c.paper); ratio < c.lo || ratio > c.hi {
			t.Errorf("%s: %v has a contrast of %.2f, want %.2f to %.2f", c.accent, got, ratio, c.lo, c.hi)
		}
	}
	if got := Readable(rgb(t, "#1b3dbd"), rgb(t, "#808080"), 21); got != rgb(t, "#000") {
		t.Errorf("out of reach on grey: got %v, want black", got)
	}
	got := Readable(rgb(t, "#1b3dbd"), dark, 7)
	if !(got.R < got.G && got.G < got.B) {
		t.Errorf("%v is another hue than #1b3dbd", got)
	}
}

func rgb(t *testing.T, s string) color.RGBA {
	t.Helper()
	c, err := ParseColor(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
