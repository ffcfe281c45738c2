package site_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site"
	"nutgraf/site/document"
)

// tiff is Exif that names a place: 52 degrees north.
const tiff = "II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\x04\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00" +
	"\x01\x00\x02\x00\x05\x00\x03\x00\x00\x00\x2c\x00\x00\x00\x00\x00\x00\x00" +
	"\x34\x00\x00\x00\x01\x00\x00\x00\x1e\x00\x00\x00\x01\x00\x00\x00\x3b\x00\x00\x00\x01\x00\x00\x00"

// photo is a JPEG as a phone makes it.
func photo(t *testing.T) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00" + tiff
	return slices.Concat([]byte("\xff\xd8\xff\xe1\x00"), []byte{byte(2 + len(exif))}, []byte(exif), b.Bytes()[2:])
}

// TestPlaces: readers get a photograph without the place where it was taken; where
// that can't be, the writer is told before anything is published.
func TestPlaces(t *testing.T) {
	text := "---\ntitle: One?\nstandfirst: S.\npublished: 2024-01-01\n---\n## Why? {#why}\n\n" +
		"![A gate](gate.jpg)\n\n[The map](map.tif)\n\n![Cut](cut.jpg)\n"
	content := fstest.MapFS{
		"explainers/one.md":         {Data: []byte(text)},
		"explainers/one/gate.jpg":   {Data: photo(t)},
		"explainers/one/unused.JPG": {Data: photo(t)},
		"explainers/one/map.tif":    {Data: []byte(tiff)},
		"explainers/one/cut.jpg":    {Data: photo(t)[:40]},
	}
	static := fstest.MapFS{"own.jpeg": {Data: photo(t)}, "no-name": {Data: photo(t)}, "own.css": {Data: []byte("p {}")}}
	s, ds, err := site.Load(t.Context(), site.Options{Content: content, Static: static, Now: time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var told []string
	for _, d := range ds {
		if d.Rule == "published-place" || d.Rule == "broken-picture" {
			told = append(told, d.Severity.String()+" "+d.At.File)
		}
	}
	if want := []string{"error content/explainers/one/cut.jpg", "error content/explainers/one/map.tif", "warning static/no-name", "warning static/own.jpeg"}; !slices.Equal(told, want) {
		t.Errorf("told of %q, want %q", told, want)
	}
	for _, a := range s.Assets {
		if a.Path != "explainers/one/gate.jpg" {
			continue
		}
		f, err := s.OpenAsset(a)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil || bytes.Contains(data, []byte("Exif")) || a.Sum != document.SumOf(data) {
			t.Errorf("%d bytes with sum %x, listed as %x; %v", len(data), document.SumOf(data), a.Sum, err)
		}
	}
	places, err := s.SayWhere(t.Context())
	if err != nil || len(places) != 3 {
		t.Errorf("%v, %v", places, err)
	}
}
