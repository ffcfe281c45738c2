package publish

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"

	"github.com/zeebo/xxh3"

	"nutgraf/site/document"
	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
)

// Standing is what a build left in its folder, by which it is known later whether all of it
// stands there still.
type Standing struct {
	manifest document.Sum // of the bytes of the manifest's file
	entries  []entry      // without keys
}

// standing is that of a folder in which m was published.
func (m *Manifest) standing() *Standing {
	h := xxh3.New()
	m.writeTo(h) // a sum can't fail
	return &Standing{h.Sum128().Bytes(), m.entries}
}

// Append appends s to b, for ParseStanding.
func (s *Standing) Append(b []byte) []byte {
	b = append(b, s.manifest[:]...)
	b = binary.AppendUvarint(b, uint64(len(s.entries)))
	for i := range s.entries {
		e := &s.entries[i]
		b = memo.AppendTexts(b, e.Path)
		b = append(b, e.Sum[:]...)
		b = binary.AppendUvarint(b, uint64(e.Size))
	}
	return b
}

// errStanding says that bytes are not what Append wrote.
var errStanding = errors.New("this is no record of a published folder")

// ParseStanding reads what Append wrote, and nothing else.
func ParseStanding(b []byte) (*Standing, error) {
	s := &Standing{}
	number := func() (n uint64) {
		n, k := binary.Uvarint(b)
		b = b[max(k, 0):]
		return n
	}
	if len(b) < len(s.manifest) {
		return nil, errStanding
	}
	b = b[copy(s.manifest[:], b):]
	n := number()
	if n > uint64(len(b)) { // each takes more than a byte
		return nil, errStanding
	}
	s.entries = make([]entry, n)
	for i := range s.entries {
		e := &s.entries[i]
		path, rest, err := memo.CutText(b)
		if err != nil || checkPath(string(path)) != nil || len(rest) < len(e.Sum) {
			return nil, errStanding
		}
		e.Path, b = string(path), rest[copy(e.Sum[:], rest):]
		e.Size = int64(number())
	}
	if len(b) > 0 {
		return nil, errStanding
	}
	return s, nil
}

// Stands reports whether a folder holds just what a build left there, as far as a build would
// look at it that changes nothing, and nothing beside it that a build left when it died.
func (s *Standing) Stands(ctx context.Context, dir string) bool {
	f := &folder{name: dir}
	var err error
	if f.dir, err = resolve(dir); err != nil {
		return false
	}
	if f.lock, err = takeLock(f.beside("lock")); err != nil {
		return false // whoever builds now changes it
	}
	defer f.lock.release()
	for _, kind := range []string{"old", "new"} {
		if left, err := f.leftovers(kind); err != nil || len(left) > 0 {
			return false
		}
	}
	name := filepath.Join(f.dir, ManifestName)
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if sum, err := sumFile(name); err != nil || sum != s.manifest {
		return false
	}
	f.published = info.ModTime()
	err = par.Each(ctx, len(s.entries), func(i int) error { return f.untouched(&s.entries[i]) })
	return err == nil
}

// Beside returns the path of a file beside a published folder, on the same disk, that no build
// takes for its own. An error says that there can't be a published folder.
func Beside(dir, what string) (string, error) {
	dir, err := resolve(dir)
	return (&folder{dir: dir}).beside(what), err
}
