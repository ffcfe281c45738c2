package picture

import (
	"bytes"
	"testing"
)

func sizeOf(data []byte) Size { return SizeOf(bytes.NewReader(data), int64(len(data))) }

// TestSizeOf: a picture has the size in which browsers show it, also where Exif turns it.
func TestSizeOf(t *testing.T) {
	lying, standing := Size{40, 24}, Size{24, 40}
	for name, f := range kinds {
		for orientation := range byte(9) {
			want := lying
			switch {
			case name == "WebP":
				want = Size{1, 1}
			case name != "GIF" && orientation > 4:
				want = standing
			}
			data := f.with(t, exifWith(orientation))
			if got := sizeOf(data); got != want {
				t.Errorf("%s, turned by %d: %v, want %v", name, orientation, got, want)
			}
			if got, clean := sizeOf(data), sizeOf(cleaned(t, data)); got != clean {
				t.Errorf("%s, turned by %d: %v, cleaned %v", name, orientation, got, clean)
			}
		}
	}
}

func TestSizeOfSVG(t *testing.T) {
	for svg, want := range map[string]Size{
		`<svg width="300" height="150.4"/>`:                             {300, 150},
		`<?xml version="1.0"?><!-- x --><svg width='2in' height='1in'>`: {192, 96},
		`<svg width="100" viewBox="0 0 50 20"/>`:                        {100, 40},
		`<svg height="100px" viewBox="0,0,50,20"/>`:                     {250, 100},
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"/>`: {2400, 1200},
		`<svg width="100%" height="100%" viewBox="0 0 24 12"/>`:         {2400, 1200},
		`<svg width="100%" height="10em"/>`:                             {},
		`<svg width="-1" height="1e99"/>`:                               {},
		`<svg viewBox="0 0 0 12"/>`:                                     {},
		`<html width="10" height="10"/>`:                                {},
		`plain words`:                                                   {},
		``:                                                              {},
	} {
		if got := sizeOf([]byte(svg)); got != want {
			t.Errorf("%s: %v, want %v", svg, got, want)
		}
	}
}
