package picture

import (
	"bytes"
	"io"
	"strings"

	"github.com/bep/imagemeta"
)

// readExif returns how Exif says that the picture is turned (Exif 3.0, tag 0x0112), from 1, not at all, to 8, and 0
// where it does not say; and whether it says where it was taken.
func readExif(exif []byte) (orientation uint16, where bool) {
	read(bytes.NewReader(exif), imagemeta.TIFF, imagemeta.EXIF, func(t imagemeta.TagInfo) {
		if n, ok := t.Value.(uint16); ok && t.Tag == "Orientation" && t.Namespace == "IFD0" && n <= 8 {
			orientation = n
		}
		where = where || isPlace(t)
	})
	return orientation, where
}

// HasLocation reports whether a file of size bytes says, in Exif or XMP, at which place on earth it
// was taken: coordinates, and not the name of a city that an agency wrote. JPEG, PNG, WebP, GIF,
// TIFF, AVIF and HEIF are read; what is none of them, or can't be read, does not.
func HasLocation(src io.ReaderAt, size int64) bool {
	c := &cleaner{src: src, size: size, look: true}
	c.clean()
	if format, ok := formatOf(c.bytes(0, 12)); ok && !c.where {
		read(io.NewSectionReader(src, 0, size), format, imagemeta.EXIF|imagemeta.XMP, func(t imagemeta.TagInfo) {
			c.where = c.where || isPlace(t)
		})
	}
	return c.where
}

func isPlace(t imagemeta.TagInfo) bool { return strings.HasSuffix(t.Tag, "GPSLatitude") }

// read goes through what a file says of itself. What is broken ends it.
func read(r io.ReadSeeker, f imagemeta.ImageFormat, sources imagemeta.Source, tag func(imagemeta.TagInfo)) {
	imagemeta.Decode(imagemeta.Options{R: r, ImageFormat: f, Sources: sources,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
		HandleTag:       func(t imagemeta.TagInfo) error { tag(t); return nil }})
}

// formatOf returns what a file is by its first twelve bytes.
func formatOf(head []byte) (f imagemeta.ImageFormat, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return imagemeta.JPEG, true
	case bytes.HasPrefix(head, []byte(pngSignature)):
		return imagemeta.PNG, true
	case bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		return imagemeta.TIFF, true
	case len(head) < 12:
	case string(head[:4]) == "RIFF" && string(head[8:]) == "WEBP":
		return imagemeta.WebP, true
	case string(head[4:11]) == "ftypavi":
		return imagemeta.AVIF, true
	case string(head[4:10]) == "ftyphe" || string(head[4:10]) == "ftypmi":
		return imagemeta.HEIF, true
	}
	return 0, false
}
