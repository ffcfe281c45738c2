package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"golang.org/x/image/webp"
)

// secret stands in every place of a picture from which nothing may go out.
const secret = "SECRET"

// drawn is a small picture with some colours.
func drawn() image.Image {
	im := image.NewPaletted(image.Rect(0, 0, 40, 24), color.Palette{color.White, color.Black, color.RGBA{200, 30, 30, 255}})
	for i := range im.Pix {
		im.Pix[i] = uint8(i * i / 7 % 3)
	}
	return im
}

// exifWith is Exif with an orientation, a maker note, and a place.
func exifWith(orientation byte) []byte {
	note := secret + strings.Repeat("!", 8)
	b := []byte{'I', 'I', 42, 0, 8, 0, 0, 0, 3, 0,
		0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0,
		0x31, 0x01, 2, 0, byte(len(note)), 0, 0, 0, 50, 0, 0, 0,
		0x25, 0x88, 4, 0, 1, 0, 0, 0, 64, 0, 0, 0,
		0, 0, 0, 0}
	b = append(b, note...)
	b = append(b, 2, 0, // GPS: the latitude and its side
		1, 0, 2, 0, 2, 0, 0, 0, 'N', 0, 0, 0,
		2, 0, 5, 0, 3, 0, 0, 0, 94, 0, 0, 0,
		0, 0, 0, 0)
	for _, n := range []uint32{52, 1, 30, 1, 59, 1} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

func segment(marker byte, body string) string {
	return string([]byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}) + body
}

// jpegWith is a JPEG with all that programs write into one.
func jpegWith(t testing.TB, exif []byte) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawn(), nil); err != nil {
		t.Fatal(err)
	}
	body := b.String()[2:]
	scan := strings.Index(body, "\xff\xda")
	return []byte("\xff\xd8" +
		segment(0xe0, "JFIF\x00\x01\x02\x01\x00\x48\x00\x48\x01\x01"+secret[:3]) + // a thumbnail of a pixel
		segment(0xe0, "JFXX\x00\x10"+secret) +
		segment(0xe1, "Exif\x00\x00"+string(exif)) +
		segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secret) +
		segment(0xe1, "Exif\x00\x00"+string(exifWith(3))) + // a second one counts for nothing
		segment(0xe2, "ICC_PROFILE\x00\x01\x01colours") +
		segment(0xe2, "MPF\x00"+secret) +
		segment(0xeb, "JP"+secret) +
		segment(0xed, "Photoshop 3.0\x008BIM"+secret) +
		"\xff\xff" + segment(0xfe, secret) +
		body[:scan] + segment(0xfe, secret+" before the scan") + body[scan:] +
		"\x00\x00\x00\x18ftypmp42" + secret) // a film behind the picture
}

func pngChunk(kind, body string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(b, kind+body...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

func pngWith(t testing.TB, exif []byte) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, drawn()); err != nil {
		t.Fatal(err)
	}
	const ihdr = 8 + 25
	s := b.String()
	return []byte(s[:ihdr] + pngChunk("gAMA", "\x00\x00\xb1\x8f") + pngChunk("tEXt", "Comment\x00"+secret) + pngChunk("zTXt", "a\x00\x00"+secret) +
		pngChunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+secret) + pngChunk("tIME", secret+"!") + pngChunk("eXIf", string(exif)) +
		pngChunk("prVt", secret) + s[ihdr:] + secret)
}

func gifWith(t testing.TB, _ []byte) []byte {
	var b bytes.Buffer
	one := drawn().(*image.Paletted)
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{one, one}, Delay: []int{10, 20}}); err != nil {
		t.Fatal(err)
	}
	s := b.String()
	app := func(name, data string) string {
		return "\x21\xff\x0b" + name + string([]byte{byte(len(data))}) + data + "\x00"
	}
	at := 13 + int(colours(s[10]))
	return []byte(s[:at] + "\x21\xfe\x06" + secret + "\x00" + app("XMP DataXMP", secret) + app("MGK8BIM0000", secret) + s[at:] + secret)
}

// webpLossless is a picture of one pixel; webpWith adds what programs add.
const webpLossless = "VP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

func webpWith(_ testing.TB, exif []byte) []byte {
	chunk := func(kind, body string) string {
		s := kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
		return s + strings.Repeat("\x00", len(body)&1)
	}
	s := "WEBP" + chunk("VP8X", "\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00") + webpLossless + chunk("EXIF", string(exif)) + chunk("XMP ", secret) + chunk("none", secret)
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(s)))) + s + secret)
}

func cleaned(t testing.TB, data []byte) []byte {
	t.Helper()
	r, _, err := Clean(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func where(data []byte) bool { return HasLocation(bytes.NewReader(data), int64(len(data))) }

var kinds = map[string]struct {
	with   func(testing.TB, []byte) []byte
	decode func(io.Reader) (image.Image, error)
	turned string // what says so, where the format can
}{
	"JPEG": {jpegWith, jpeg.Decode, "Exif\x00\x00MM\x00*"},
	"PNG":  {pngWith, png.Decode, "eXIfMM\x00*"},
	"GIF":  {gifWith, gif.Decode, ""},
	"WebP": {webpWith, webp.Decode, "EXIF\x1a\x00\x00\x00MM\x00*"},
}

func TestClean(t *testing.T) {
	for name, kind := range kinds {
		for _, turn := range []byte{1, 6, 200} {
			before := kind.with(t, exifWith(turn))
			if _, err := kind.decode(bytes.NewReader(before)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if kind.turned != "" && !where(before) {
				t.Errorf("%s: no place is found before", name)
			}
			after := cleaned(t, before)
			if bytes.Contains(after, []byte(secret[:3])) {
				t.Errorf("%s: something private is left: %q", name, after)
			}
			if where(after) {
				t.Errorf("%s: a place is left", name)
			}
			if got := bytes.Contains(after, []byte(kind.turned)); kind.turned != "" && got != (turn == 6) {
				t.Errorf("%s: turned by %d: %t afterwards", name, turn, got)
			}
			if !same(t, name, before, after) {
				t.Errorf("%s: the pixels changed", name)
			}
			if again := cleaned(t, after); !bytes.Equal(again, after) {
				t.Errorf("%s: cleaned twice, it is another file", name)
			}
		}
	}
	for name, want := range map[string]string{"JPEG": "ICC_PROFILE\x00\x01\x01colours", "PNG": "gAMA", "GIF": "NETSCAPE2.0"} {
		if out := cleaned(t, kinds[name].with(t, exifWith(1))); !bytes.Contains(out, []byte(want)) {
			t.Errorf("%s: %q is gone", name, want)
		}
	}
	if pdf := []byte("%PDF-1.7 of " + secret); !bytes.Equal(cleaned(t, pdf), pdf) {
		t.Error("what is no picture was changed")
	}
}

// same reports whether two files decode to the same pixels, all of them.
func same(t testing.TB, name string, before, after []byte) bool {
	if name == "GIF" {
		a, errA := gif.DecodeAll(bytes.NewReader(before))
		b, errB := gif.DecodeAll(bytes.NewReader(after))
		if errA != nil || errB != nil {
			return errA != nil && errB != nil
		}
		return len(a.Image) == len(b.Image) && bytes.Equal(a.Image[len(a.Image)-1].Pix, b.Image[len(b.Image)-1].Pix)
	}
	a, errA := kinds[name].decode(bytes.NewReader(before))
	b, errB := kinds[name].decode(bytes.NewReader(after))
	if errA != nil || errB != nil {
		return errA != nil && errB != nil
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return a.Bounds() == b.Bounds()
}

// FuzzClean: whatever the bytes, what is cleaned is no longer than they are but
// for the turn, cleaning it again changes nothing, and pixels that could be seen
// are the same.
func FuzzClean(f *testing.F) {
	for _, kind := range kinds {
		whole := kind.with(f, exifWith(6))
		f.Add(whole)
		f.Add(whole[:len(whole)/2])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		after := cleaned(t, data)
		if len(after) > len(data)+64 {
			t.Errorf("%d bytes became %d", len(data), len(after))
		}
		if again := cleaned(t, after); !bytes.Equal(again, after) {
			t.Errorf("cleaned twice, it is another file")
		}
		cfg, name, err := image.DecodeConfig(bytes.NewReader(data))
		if err == nil && cfg.Width*cfg.Height < 1<<16 && name == "png" && !same(t, "PNG", data, after) {
			t.Error("the pixels changed")
		}
	})
}
