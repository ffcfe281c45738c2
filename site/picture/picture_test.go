package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

const (
	medium = "What is the Northern Grid Pact, and why is it being voted on again?"
	long   = "Who pays when a country’s electricity grid fails in winter, why the five governments disagree about the price, and what the vote on the Northern Grid Pact in April 2026 will change"
)

func example(title string) Share {
	return Share{Wordmark: "Plain Terms", Label: "Explainer", Title: title, Date: "Updated 14 March 2026"}
}

func render(t testing.TB, s Share) (*image.Paletted, []byte) {
	t.Helper()
	var out bytes.Buffer
	if err := s.PNG(&out); err != nil {
		t.Fatalf("%+v: %v", s, err)
	}
	img, err := png.Decode(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return img.(*image.Paletted), out.Bytes()
}

// inked is the smallest box that holds all that is painted.
func inked(img *image.Paletted) (box image.Rectangle) {
	for y := range Height {
		row := img.Pix[y*img.Stride : y*img.Stride+Width]
		if right := bytes.TrimRight(row, "\x00"); len(right) > 0 {
			left := Width - len(bytes.TrimLeft(row, "\x00"))
			box = box.Union(image.Rect(left, y, len(right), y+1))
		}
	}
	return box
}

// inside holds what is painted to half the margin.
func inside(t *testing.T, s Share, img *image.Paletted) {
	t.Helper()
	if all := inked(img); !all.In(img.Rect.Inset(Margin / 2)) {
		t.Errorf("%+v: painted at %v", s, all)
	}
}

func TestShare(t *testing.T) {
	img, data := render(t, example(medium))
	if img.Rect != image.Rect(0, 0, 1200, 630) {
		t.Errorf("the image is %v", img.Rect)
	}
	if len(data) > 40_000 {
		t.Errorf("the image has %d bytes", len(data))
	}
	if got := color.RGBAModel.Convert(img.At(0, 0)); got != paper {
		t.Errorf("the paper is %v", got)
	}
	if got := color.RGBAModel.Convert(img.At(Margin, titleTop)); got != DefaultAccent {
		t.Errorf("the bracket is %v", got)
	}
	if got := inked(img); got.Min.X != Margin || got.Max.Y != Height-Margin {
		t.Errorf("painted at %v: the brackets are not at the margin", got)
	}
	s := example(medium)
	s.Accent = color.RGBA{0xa0, 0, 0x20, 0xff}
	if img, _ := render(t, s); img.At(Margin, titleTop) != color.Color(s.Accent) {
		t.Errorf("a site's accent is drawn as %v", img.At(Margin, titleTop))
	}
	if img, _ := render(t, Share{}); !inked(img).Empty() {
		t.Error("an image of nothing shows something")
	}
}

func TestInsideMargins(t *testing.T) {
	for _, title := range []string{
		"Why?", "What is inflation?", medium, long, strings.Repeat(long, 3), strings.Repeat("W", 500), strings.Repeat("fjord ", 90),
		"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft: Wer war das?",
		"Dlaczego źródła energii w Łodzi drożeją?", "İstanbul’da ışıklar neden söndü, şimdi ne olacak?",
		"Vì sao ĐỒNG BẰNG SÔNG CỬU LONG đang chìm dần, và những ai phải trả giá?", "f", "j", "Ỗ", "ď",
	} {
		s := example(title)
		img, _ := render(t, s)
		inside(t, s, img)
		s.RTL = true
		img, _ = render(t, s)
		inside(t, s, img)
		if img.ColorIndexAt(Width-Margin-1, titleTop) != accent {
			t.Errorf("%q: no bracket at the right", title)
		}
		inside(t, Share{title, title, title, title, DefaultAccent, false}, img)
	}
}

// TestWidest sets the longest title of each wide rune that the font has.
func TestWidest(t *testing.T) {
	c := newCanvas().(*canvas)
	face, tried := display(), 0
	for r := rune('!'); r < 0xffff; r++ {
		if face.index(&c.buf, r) == 0 || face.width(c.shaped(face, string(r))) < face.upem {
			continue
		}
		tried++
		if lines, size := setTitle(face, c.shaped(face, strings.Repeat(string(r), LongestTitle))); len(lines)*leading(size) > titleRoom {
			t.Errorf("%q: %d lines at %d px", r, len(lines), size)
		}
	}
	if tried == 0 {
		t.Error("no rune is wide")
	}
}

func TestTitleLength(t *testing.T) {
	if n := utf8.RuneCountInString(long); n != LongestTitle {
		t.Fatalf("the long title has %d characters", n)
	}
	for _, c := range []struct{ title, want string }{
		{long, long},
		{medium, medium},
		{long + " then", strings.TrimSuffix(long, " change") + "…"},
		{strings.Repeat("word, ", 40), strings.Repeat("word, ", 29) + "word…"},
		{strings.Repeat("é", 200), strings.Repeat("é", 179) + "…"},
	} {
		if got := shorten(tidy(c.title)); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.title, got, c.want)
		}
	}
}

func set(t *testing.T, title string) (lines []string, size int) {
	t.Helper()
	c := newCanvas().(*canvas)
	set, size := setTitle(display(), c.shaped(display(), title))
	for _, line := range set {
		if w := display().pixels(line, size); w > measure {
			t.Errorf("%q: a line of %d px", title, w)
		}
		var text strings.Builder
		for _, g := range line {
			text.WriteRune(g.rune)
		}
		lines = append(lines, text.String())
	}
	return lines, size
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		title string
		want  []string
	}{
		{medium, []string{"What is the Northern", "Grid Pact, and why is it", "being voted on again?"}},
		{"Why?", []string{"Why?"}},
		{"Is the north-south interconnector-and-storage plan a good one?", []string{"Is the north-south", "interconnector-and-", "storage plan a good one?"}},
	} {
		if got, _ := set(t, c.title); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: got %q, want %q", c.title, got, c.want)
		}
	}
	if lines, size := set(t, long); size < smallest || strings.Join(lines, " ") != long {
		t.Errorf("the longest title: %q at %d px", lines, size)
	}
	word := strings.Repeat("Rechtsschutz", 10)
	if lines, size := set(t, word); size < smallest || len(lines) < 2 || strings.Join(lines, "") != word {
		t.Errorf("a long word: %q at %d px", lines, size)
	}
}

func TestKerning(t *testing.T) {
	c := newCanvas().(*canvas)
	for _, face := range []*typeface{display(), sans()} {
		if together, apart := face.width(c.shaped(face, "To")), face.width(c.shaped(face, "T"))+face.width(c.shaped(face, "o")); together >= apart+face.tracking {
			t.Errorf("To is %d units, T and o are %d", together, apart)
		}
	}
}

func TestCanDraw(t *testing.T) {
	for _, c := range []struct {
		share Share
		want  rune
	}{
		{example(medium), 0},
		{example("Zażółć gęślą jaźń, pijamalı hasta yağız şoföre, Đồng bằng sông Cửu Long"), 0},
		{example("Zaz\u0307o\u0301l\u0301c\u0301"), 0}, // composed first
		{example("a\u200b soft\u00adhyphen\u00a0and\tspaces"), 0},
		{example("Τι είναι;"), 'Τ'},
		{example("Что это?"), 'Ч'},
		{example("ما هذا؟"), 'م'},
		{example("מה זה?"), 'מ'},
		{example("यह क्या है?"), 'य'},
		{example("これは何ですか"), 'こ'},
		{example("Who won 🏆?"), '🏆'},
		{example("a mark alone: q\u0301"), '\u0301'},
		{example("broken \xff text"), utf8.RuneError},
		{Share{Title: "Latin", Label: "解説"}, '解'},
		{Share{Title: "Latin", Date: "2026年"}, '年'},
		{Share{Title: "Latin", Wordmark: "Газета"}, 'Г'},
	} {
		got, ok := c.share.CanDraw()
		if got != c.want || ok != (c.want == 0) {
			t.Errorf("%+v: got %q, %v, want %q", c.share, got, ok, c.want)
		}
		var out bytes.Buffer
		var lacks *RuneError
		switch err := c.share.PNG(&out); {
		case c.want == 0 && err != nil:
			t.Errorf("%+v: %v", c.share, err)
		case c.want != 0 && (!errors.As(err, &lacks) || lacks.Rune != c.want || out.Len() != 0):
			t.Errorf("%+v: error %v and %d bytes, want that %q is missing and none", c.share, err, out.Len(), c.want)
		}
	}
}

func TestAtTheSameTime(t *testing.T) {
	titles := []string{medium, long, "Why?"}
	var want [3][]byte
	for i, title := range titles {
		_, want[i] = render(t, example(title))
	}
	var group sync.WaitGroup
	for n := range 12 {
		group.Go(func() {
			var out bytes.Buffer
			if err := example(titles[n%3]).PNG(&out); err != nil || !bytes.Equal(out.Bytes(), want[n%3]) {
				t.Errorf("%s: other bytes than before, error %v", titles[n%3], err)
			}
		})
	}
	group.Wait()
}

// FuzzShare draws what comes: nothing panics, and nothing is painted outside.
func FuzzShare(f *testing.F) {
	f.Add("Plain Terms", "Explainer", medium, "Updated 14 March 2026", false)
	f.Add("Ỗ", "fffff", long, strings.Repeat("very long ", 20), true)
	f.Add("", "-", "a-b—c/d – e…", "\u00a0", false)
	f.Fuzz(func(t *testing.T, wordmark, label, title, date string, rtl bool) {
		s := Share{Wordmark: wordmark, Label: label, Title: title, Date: date, RTL: rtl}
		if r, ok := s.CanDraw(); !ok {
			t.Logf("no %q", r)
			return
		}
		c := canvases.Get().(*canvas)
		defer canvases.Put(c)
		c.clear(s)
		c.draw(s)
		inside(t, s, c.img)
	})
}

func BenchmarkPNG(b *testing.B) {
	for _, c := range []struct{ name, title string }{{"short", "What is inflation?"}, {"medium", medium}, {"longest", long}} {
		b.Run(c.name, func(b *testing.B) {
			_, data := render(b, example(c.title))
			var out bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				if err := example(c.title).PNG(&out); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(data)), "bytes/image")
		})
	}
}
