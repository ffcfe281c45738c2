package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
)

// Clean returns what src, of size bytes, holds without what a camera, a phone or an editor wrote into it beside the
// picture: Exif, XMP, IPTC, comments, maker notes, thumbnails, and whatever lies behind the
// picture's end. Of JPEG, PNG, WebP and GIF, known by their bytes, only those parts stay that a
// browser draws from: no pixel, colour profile or animation changes, and a picture that Exif turns
// is still turned. All else is returned as it is. What is cut off or broken is returned as far as
// it can be read. An error is one of src.
func Clean(src io.ReaderAt, size int64) (cleaned io.Reader, found Found, err error) {
	c := &cleaner{src: src, size: size}
	switch {
	case !c.clean():
		found.Size = c.otherSize()
	case c.drawn:
		found = Found{Picture, c.measured()}
	default:
		found.Kind = Broken
	}
	parts := make([]io.Reader, len(c.parts))
	for i, p := range c.parts {
		if parts[i] = bytes.NewReader(p.made); p.made == nil {
			parts[i] = io.NewSectionReader(src, p.from, p.to-p.from)
		}
	}
	return io.MultiReader(parts...), found, c.err
}

// Found is what Clean found a file to be.
type Found struct {
	Kind Kind
	Size Size
}

// Kind is the format of a file.
type Kind uint8

// The kinds of files.
const (
	Other   Kind = iota // none of those that can be cleaned
	Picture             // one of them
	Broken              // one of them, of which nothing can be seen
)

// cleaner goes through a picture and lists what stays of it.
type cleaner struct {
	src    io.ReaderAt
	size   int64
	parts  []part
	turned bool // the turn has been read: of two, the first counts
	turn   uint16
	drawn  bool // something stayed that is seen
	look   bool // what is left out is looked through for a place
	where  bool // it names one
	buf    []byte
	at     int64 // where buf stands in the source
	err    error // the first of src
}

// clean reports whether it knows how.
func (c *cleaner) clean() bool {
	head := string(c.bytes(0, 12))
	switch {
	case strings.HasPrefix(head, "\xff\xd8\xff"):
		c.jpeg()
	case strings.HasPrefix(head, pngSignature):
		c.png()
	case strings.HasPrefix(head, "GIF87a"), strings.HasPrefix(head, "GIF89a"):
		c.gif()
	case len(head) == 12 && head[:4] == "RIFF" && head[8:] == "WEBP":
		c.webp()
	default:
		c.keep(0, c.size)
		return false
	}
	return true
}

// part is a range of the source, or bytes that stand for one.
type part struct {
	from, to int64
	made     []byte
}

// keep takes over a range of the source, as far as there is one.
func (c *cleaner) keep(from, to int64) {
	to = min(to, c.size)
	if from >= to {
		return
	}
	if n := len(c.parts); n > 0 && c.parts[n-1].made == nil && c.parts[n-1].to == from {
		c.parts[n-1].to = to
		return
	}
	c.parts = append(c.parts, part{from: from, to: to})
}

func (c *cleaner) write(b []byte) { c.parts = append(c.parts, part{made: b}) }

// length is how many bytes stay since the part numbered first.
func (c *cleaner) length(first int) (n int64) {
	for _, p := range c.parts[first:] {
		n += p.to - p.from + int64(len(p.made))
	}
	return n
}

// bytes returns a range of the source; less where it ends. It holds until the next call.
func (c *cleaner) bytes(from, n int64) []byte {
	from = min(from, c.size)
	n = max(0, min(n, c.size-from))
	if from < c.at || from+n > c.at+int64(len(c.buf)) {
		c.fill(from, n)
	}
	at := from - c.at
	return c.buf[min(at, int64(len(c.buf))):min(at+n, int64(len(c.buf)))]
}

// ahead is what is read at once of a source.
const ahead = 32 << 10

func (c *cleaner) fill(from, n int64) {
	n = min(max(n, ahead), c.size-from)
	c.at, c.buf = from, slices.Grow(c.buf[:0], int(n))[:n]
	got, err := c.src.ReadAt(c.buf, from)
	if err != nil && !errors.Is(err, io.EOF) && c.err == nil {
		c.err = err
	}
	c.buf = c.buf[:got]
}

// leave leaves a range out. XMP is text, in which a place is easily seen.
func (c *cleaner) leave(from, to int64) {
	c.where = c.where || c.look && bytes.Contains(c.bytes(from, min(to-from, mostMeta)), []byte("GPSLatitude"))
}

// turns writes, in place of a range of Exif, how the picture is turned and nothing else; wrap puts around it what the
// format does.
func (c *cleaner) turns(from, to int64, wrap func(tiff []byte) []byte) {
	exif := bytes.TrimPrefix(c.bytes(from, min(to-from, mostMeta)), []byte("Exif\x00\x00"))
	o, where := readExif(exif)
	c.where = c.where || where
	if o > 1 && !c.turned {
		c.turn = o
		c.write(wrap([]byte{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0,
			byte(o), 0, 0, 0, 0, 0, 0}))
	}
	c.turned = true
}

// mostMeta is how many bytes of a chunk are read that is left out.
const mostMeta = 1 << 20

// jpeg reads ITU-T T.81: segments that begin with a marker, and behind a start of scan the picture's data, in which a
// marker is none if a zero follows.
func (c *cleaner) jpeg() {
	c.keep(0, 2)
	for off, scan := int64(2), false; ; {
		at, marker := c.marker(off)
		if scan {
			c.keep(off, at)
		}
		head := c.bytes(at+2, 2)
		switch {
		case marker == 0: // cut off
			return
		case marker == 0xd9:
			c.keep(at, at+2)
			return
		case marker == 0xd8 || marker == 0x01:
			off, scan = at+2, false
			continue
		case len(head) < 2:
			return
		}
		end := at + 2 + int64(binary.BigEndian.Uint16(head))
		if end < at+4 || end > c.size {
			return
		}
		c.segment(marker, at, end)
		off, scan = end, marker == 0xda
	}
}

// marker finds the next marker from off on, 0 where there is none before the end.
func (c *cleaner) marker(off int64) (at int64, marker byte) {
	for {
		pair := c.bytes(off, 2)
		if len(pair) < 2 {
			return c.size, 0
		}
		if m := pair[1]; pair[0] == 0xff && m != 0 && m != 0xff && (m < 0xd0 || m > 0xd7) {
			return off, m
		}
		if next := bytes.IndexByte(c.buf[off+1-c.at:], 0xff); next >= 0 {
			off += 1 + int64(next)
		} else {
			off = c.at + int64(len(c.buf))
		}
	}
}

// segment keeps what the picture is drawn from, and of the segments of programs the colours and the turn.
func (c *cleaner) segment(marker byte, at, end int64) {
	switch {
	case marker >= 0xc0 && marker <= 0xdf:
		c.drawn = c.drawn || marker == 0xda
		c.keep(at, end)
		return
	case marker < 0xe0 || marker > 0xef:
		return
	}
	const head = 4 // the marker, and the length
	body := c.bytes(at+head, end-at-head)
	named := func(app byte, name string) bool {
		return marker == 0xe0|app && bytes.HasPrefix(body, []byte(name))
	}
	switch {
	case named(0, "JFIF\x00") && len(body) >= 14: // less the thumbnail, which may show what was cut away
		c.write(append([]byte{0xff, 0xe0, 0, 16}, append(slices.Clone(body[:12]), 0, 0)...))
	case named(1, "Exif\x00"):
		c.turns(at+head, end, func(tiff []byte) []byte {
			return append([]byte{0xff, 0xe1, 0, byte(8 + len(tiff)), 'E', 'x', 'i', 'f', 0, 0}, tiff...)
		})
	case named(2, "ICC_PROFILE\x00"):
		c.keep(at, end)
	case named(14, "Adobe") && len(body) >= 12: // which says how colours are written
		c.write(append([]byte{0xff, 0xee, 0, 14}, body[:12]...))
	default:
		c.leave(at, end)
	}
}
