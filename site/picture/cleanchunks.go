package picture

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// pngChunks are the chunks of PNG (W3C PNG, third edition) that a browser draws from.
var pngChunks = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI",
	"sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"}

// png reads chunks: a length, a type, so many bytes, and a sum.
func (c *cleaner) png() {
	c.keep(0, int64(len(pngSignature)))
	for off := int64(len(pngSignature)); ; {
		head := c.bytes(off, 8)
		if len(head) < 8 {
			return
		}
		n, kind := int64(binary.BigEndian.Uint32(head)), string(head[4:])
		end := off + 12 + n
		switch {
		case slices.Contains(pngChunks, kind):
			c.drawn = c.drawn || kind == "IDAT"
			c.keep(off, end)
		case kind == "eXIf":
			c.turns(off+8, off+8+n, pngExif)
		default:
			c.leave(off, end)
		}
		if kind == "IEND" {
			return
		}
		off = end
	}
}

func pngExif(tiff []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(tiff)))
	b = append(append(b, "eXIf"...), tiff...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// webp reads RIFF: chunks of a type, a length and so many bytes, to an even number. The length of all of them stands
// in front (RFC 9649).
func (c *cleaner) webp() {
	head := c.bytes(0, 12)
	end := min(c.size, 8+int64(binary.LittleEndian.Uint32(head[4:])))
	c.write([]byte("RIFF....WEBP"))
	flags := -1
	c.chunks(12, end, func(kind string, at, body, next int64) {
		switch kind {
		case "VP8X":
			if next-at == 18 {
				flags = len(c.parts)
				c.write(slices.Clone(c.bytes(at, 18)))
				c.parts[flags].made[8] &^= webpExif | webpXMP
			}
		case "VP8 ", "VP8L", "ALPH", "ANIM", "ICCP":
			c.drawn = c.drawn || kind == "VP8 " || kind == "VP8L"
			c.keep(at, next)
		case "ANMF":
			c.frame(at, next)
		case "EXIF":
			c.turns(body, next, func(tiff []byte) []byte {
				if flags >= 0 {
					c.parts[flags].made[8] |= webpExif
				}
				return append([]byte{'E', 'X', 'I', 'F', byte(len(tiff)), 0, 0, 0}, tiff...)
			})
		}
	})
	c.parts[0].made = append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(c.length(0)-8)), "WEBP"...)
}

// The bits of VP8X that say that there is a chunk of that name.
const (
	webpExif = 0x08
	webpXMP  = 0x04
)

// chunks goes through the chunks of a range.
func (c *cleaner) chunks(off, end int64, each func(kind string, at, body, next int64)) {
	for off+8 <= end {
		head := c.bytes(off, 8)
		if len(head) < 8 {
			return
		}
		n := int64(binary.LittleEndian.Uint32(head[4:]))
		next := min(off+8+n+n&1, end)
		each(string(head[:4]), off, off+8, next)
		off = next
	}
}

// frame keeps one picture of an animation: where it stands, and what it is drawn from.
func (c *cleaner) frame(at, end int64) {
	const place = 16 // bytes
	if end-at < 8+place {
		return
	}
	first := len(c.parts)
	c.write(slices.Clone(c.bytes(at, 8+place)))
	c.chunks(at+8+place, end, func(kind string, at, _, next int64) {
		if kind == "VP8 " || kind == "VP8L" || kind == "ALPH" {
			c.drawn = true
			c.keep(at, next)
		}
	})
	binary.LittleEndian.PutUint32(c.parts[first].made[4:], uint32(c.length(first)-8))
}

// gif reads GIF89a: blocks that begin with what they are, most of them rows of parts that begin with their length and
// end with an empty one.
func (c *cleaner) gif() {
	head := c.bytes(0, 13)
	if len(head) < 13 {
		return
	}
	off := 13 + colours(head[10])
	c.keep(0, off)
	for {
		head := c.bytes(off, 14)
		if len(head) < 2 {
			c.keep(off, off+1)
			return
		}
		switch head[0] {
		case 0x21: // an extension
			drawn := head[1] == 0xf9 || len(head) == 14 && slices.Contains(gifExtensions, string(head[1:]))
			end := c.rows(off + 2)
			if drawn {
				c.keep(off, end)
			} else {
				c.leave(off, end)
			}
			off = end
		case 0x2c: // a picture
			if len(head) < 10 {
				return
			}
			end := c.rows(off + 10 + colours(head[9]) + 1)
			c.drawn = true
			c.keep(off, end)
			off = end
		case 0x3b: // the end
			c.keep(off, off+1)
			return
		default:
			return
		}
	}
}

// gifExtensions are the extensions of programs that a browser draws from: how often an animation is shown, and colours.
var gifExtensions = []string{"\xff\x0bNETSCAPE2.0", "\xff\x0bANIMEXTS1.0", "\xff\x0bICCRGBG1012"}

// colours is how many bytes the table of colours takes that flags announce.
func colours(flags byte) int64 {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// rows returns where a row of parts ends.
func (c *cleaner) rows(off int64) int64 {
	for off < c.size {
		n := int64(c.bytes(off, 1)[0])
		off += 1 + n
		if n == 0 {
			return off
		}
	}
	return c.size
}
