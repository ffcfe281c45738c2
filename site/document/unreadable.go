package document

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"nutgraf/site/diag"
)

// sizeError is about a file that is larger than what is made of it can be.
type sizeError struct{ size, limit int64 }

func (e sizeError) Error() string { return fmt.Sprintf("%d bytes, of at most %d", e.size, e.limit) }

// errNotRegular is about a pipe, a socket or a folder in the place of a file.
var errNotRegular = errors.New("no longer a regular file")

// fontLimit is how large a font may be: those of Chinese take 20 MB.
const fontLimit = 32 << 20

// SizeLimit is how large a file may be. What pages are made with is held in
// memory; all else is only copied.
func SizeLimit(p string) int64 {
	switch p {
	case "style.css", "fonts.css", "site.js", "search.js", "_headers", "_redirects":
		return MaxDocument
	}
	if strings.HasPrefix(p, "fonts/") {
		return fontLimit
	}
	return maxAsset
}

// Suits says whether what was opened is still a file that can be published.
func Suits(info fs.FileInfo, p string) error {
	if !info.Mode().IsRegular() {
		return errNotRegular
	}
	if limit := SizeLimit(p); info.Size() > limit {
		return sizeError{info.Size(), limit}
	}
	return nil
}

// Unreadable reports a file or folder that was listed and can't be read: with
// the others' mistakes, and not in their place.
func Unreadable(file string, err error) diag.Diagnostic { return unreadableOf("file", file, err) }

func unreadableOf(kind, file string, err error) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Rule: "unreadable", At: diag.Place{File: file}}
	size, of := sizeError{}, (*fs.PathError)(nil)
	switch {
	case errors.As(err, &size):
		d.Rule = "too-large"
		d.Message = fmt.Sprintf("this file has %d bytes; at most %d can be read", size.size, size.limit)
		d.Hint = "make it smaller: is it the right file?"
	case errors.Is(err, fs.ErrNotExist):
		d.Message = "this " + kind + " was here a moment ago, and is gone"
		d.Why = "it was renamed, moved or removed while the site was read"
		d.Hint = "run the command again"
	case errors.Is(err, fs.ErrPermission):
		d.Message = "this " + kind + " can't be read: you have no permission to"
		d.Hint = "give it to yourself: chmod u+rX " + file
	case errors.Is(err, errNotRegular):
		d.Message = "this is no longer a file, but a folder, pipe, socket or device"
		d.Hint = "put the file back, or remove what stands there"
	default:
		if what, mend := diag.Trouble(err); what != "" {
			d.Message = fmt.Sprintf("this %s can't be read: %s", kind, what)
			d.Hint = mend + ", then run the command again"
			return d
		}
		reason := err
		if errors.As(err, &of) {
			reason = of.Err
		}
		d.Message = fmt.Sprintf("this %s can't be read: %v", kind, reason)
		d.Hint = "look at the disk that it lies on, then run the command again"
	}
	return d
}
