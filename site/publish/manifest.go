package publish

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nutgraf/site/document"
	"nutgraf/site/pages"
)

// ManifestName is the file, at the top of the published folder, that says
// what nutgraf put there.
const ManifestName = pages.ManifestPath

// manifestVersion is the version that is written. Version 1, which has no
// redirects, is read as well.
const manifestVersion = 2

// maxManifest is how many bytes of a manifest are read: those of half a million
// files. A longer one is refused at once where its length is known.
const maxManifest = 64 << 20

// entry is one published file.
type entry struct {
	Path string       // slash path below the published folder
	Sum  document.Sum // of its bytes (XXH3)
	Key  document.Sum // of everything that its bytes depend on; zero where only the bytes show it
	Size int64        // in bytes
}

// Manifest says which files are published, the ids of the questions on each
// page, and which addresses lead on. It doesn't list itself. It is immutable.
type Manifest struct {
	entries   []entry             // by path; a slice, for there may be 300,000
	questions map[string][]string // ids, by site path
	redirects []string            // site paths, sorted
	preview   bool                // made with what readers don't have yet
}

// newManifest makes the manifest of entries, which it sorts in place, and of
// questions: from a page's site path, such as "explainers/isis-k/", to the ids
// of its questions in their order.
func newManifest(entries []entry, questions map[string][]string) *Manifest {
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.Path, b.Path) })
	return &Manifest{entries: entries, questions: questions}
}

// errPreview says that a manifest is of a preview: no reader has what it lists.
var errPreview = errors.New("is of a preview, which was built with --drafts")

// Live returns what readers have, for a book to be compared with; of a preview
// the error is errPreview.
func (m *Manifest) Live() (*pages.Live, error) {
	if m.preview {
		return nil, errPreview
	}
	live := &pages.Live{Files: make([]string, len(m.entries)), Redirects: m.redirects, Questions: m.questions}
	for i := range m.entries {
		live.Files[i] = m.entries[i].Path
	}
	return live, nil
}

// lookup returns the entry of a file, and whether there is one.
func (m *Manifest) lookup(path string) (entry, bool) {
	i, ok := m.find(path)
	if !ok {
		return entry{}, false
	}
	return m.entries[i], true
}

// find returns where path stands in the list, or would stand.
func (m *Manifest) find(path string) (int, bool) {
	return slices.BinarySearchFunc(m.entries, path, func(e entry, p string) int { return strings.Compare(e.Path, p) })
}

// holdsBelow reports whether a published file lies below the folder dir.
func (m *Manifest) holdsBelow(dir string) bool {
	i, _ := m.find(dir + "/")
	return i < len(m.entries) && strings.HasPrefix(m.entries[i].Path, dir+"/")
}

func (m *Manifest) equal(o *Manifest) bool {
	return slices.Equal(m.entries, o.entries) && maps.EqualFunc(m.questions, o.questions, slices.Equal) &&
		slices.Equal(m.redirects, o.redirects) && m.preview == o.preview
}

// check returns what keeps m from being written, or from being believed.
func (m *Manifest) check() error {
	for i, e := range m.entries {
		switch {
		case e.Path == ManifestName || checkPath(e.Path) != nil:
			return fmt.Errorf("%q can't be the path of a published file", e.Path)
		case i > 0 && m.entries[i-1].Path >= e.Path:
			return fmt.Errorf("%q is listed twice or out of order", e.Path)
		case e.Sum == (document.Sum{}) || e.Size < 0:
			return fmt.Errorf("%q has no sum or an impossible size", e.Path)
		}
	}
	for i, r := range m.redirects {
		if checkPath(strings.TrimSuffix(r, "/")) != nil {
			return fmt.Errorf("%q can't be an address", r)
		}
		if i > 0 && m.redirects[i-1] >= r {
			return fmt.Errorf("%q is listed twice or out of order", r)
		}
	}
	for page, ids := range m.questions {
		if checkPath(strings.TrimSuffix(page, "/")) != nil {
			return fmt.Errorf("%q can't be the address of a page", page)
		}
		for _, id := range ids {
			if !utf8.ValidString(id) {
				return fmt.Errorf("%q of %q is not valid UTF-8", id, page)
			}
		}
	}
	return nil
}

// checkPath lets only those paths pass that stay below the folder that they
// are joined to, on every system: a backslash parts folders on some.
func checkPath(p string) error {
	if p == "." || !fs.ValidPath(p) || strings.ContainsAny(p, "\\\x00") {
		return fmt.Errorf("%q is not a path below the published folder", p)
	}
	return nil
}

// ManifestError says why a manifest can't be used. Whoever reads it may go on
// as if there were none.
type ManifestError struct {
	Version int   // what it says of itself, where that is not ours; else 0
	Err     error // what is damaged, where Version is 0
}

// Error says it in a writer's words, to be read after the manifest's name.
func (e *ManifestError) Error() string {
	if e.Version > manifestVersion {
		return fmt.Sprintf("is of version %d, made by a newer nutgraf than this one, which "+
			"knows version %d", e.Version, manifestVersion)
	}
	if e.Version != 0 {
		return fmt.Sprintf("is of version %d, made by another nutgraf; this one knows version %d",
			e.Version, manifestVersion)
	}
	return fmt.Sprintf("is damaged (%v)", e.Err)
}

// Unwrap returns what is damaged.
func (e *ManifestError) Unwrap() error { return e.Err }

// errTooLong says that a manifest is longer than any site's.
var errTooLong = fmt.Errorf("it has more than %d MB", maxManifest>>20)

// ReadManifest reads what writeTo wrote: JSON (RFC 8259) of exactly that
// structure, with any white space. The error is a *ManifestError unless r
// itself fails.
func ReadManifest(r io.Reader) (*Manifest, error) {
	if f, ok := r.(fs.File); ok {
		if info, err := f.Stat(); err == nil && info.Size() > maxManifest {
			return nil, &ManifestError{Err: errTooLong}
		}
	}
	source := &failing{r: r}
	d := manifestReader{json.NewDecoder(bufio.NewReaderSize(source, 64<<10))}
	m, err := d.read()
	if err == nil {
		err = m.check()
	}
	if source.err != nil {
		return nil, source.err
	}
	if typed := (*ManifestError)(nil); err != nil && !errors.As(err, &typed) {
		err = &ManifestError{Err: err}
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}

// failing remembers how reading failed, to distinguish that from damage, and reads no
// more than a manifest has.
type failing struct {
	r   io.Reader
	n   int
	err error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if f.n += n; f.n > maxManifest {
		return 0, errTooLong
	}
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

type manifestReader struct{ *json.Decoder }

func (d manifestReader) read() (*Manifest, error) {
	d.DisallowUnknownFields()
	m := &Manifest{questions: map[string][]string{}}
	var version int
	if err := d.expect(json.Delim('{')); err != nil {
		return nil, err
	}
	if err := d.value("version", &version); err != nil {
		return nil, err
	}
	if version != 1 && version != manifestVersion {
		return nil, &ManifestError{Version: version, Err: errors.New("version 0")}
	}
	if err := d.expect("files"); err != nil {
		return nil, err
	}
	if err := d.each(func(path string) (err error) {
		m.entries = append(m.entries, entry{Path: path})
		return d.entry(&m.entries[len(m.entries)-1])
	}); err != nil {
		return nil, err
	}
	if err := d.expect("questions"); err != nil {
		return nil, err
	}
	if err := d.each(func(page string) error {
		if _, twice := m.questions[page]; twice {
			return fmt.Errorf("%q is listed twice", page)
		}
		ids := []string{}
		err := d.Decode(&ids)
		m.questions[page] = ids
		return err
	}); err != nil {
		return nil, err
	}
	if version > 1 {
		if err := d.value("redirects", &m.redirects); err != nil {
			return nil, err
		}
		if err := d.value("preview", &m.preview); err != nil {
			return nil, err
		}
	}
	return m, d.expect(json.Delim('}'), nil)
}

// expect reads tokens that must be these; nil is the end.
func (d manifestReader) expect(want ...json.Token) error {
	for _, w := range want {
		got, err := d.Token()
		if err == io.EOF {
			if w == nil {
				return nil
			}
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		if got != w {
			return fmt.Errorf("%v where %v belongs", got, w)
		}
	}
	return nil
}

// each calls f with each key of an object; f reads the value.
func (d manifestReader) each(f func(key string) error) error {
	if err := d.expect(json.Delim('{')); err != nil {
		return err
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string) // a decoder lets nothing else be a key
		if err := f(key); err != nil {
			return err
		}
	}
	return d.expect(json.Delim('}'))
}

// value reads the key that must come next, and its value into v.
func (d manifestReader) value(key string, v any) error {
	if err := d.expect(key); err != nil {
		return err
	}
	return d.Decode(v)
}

func (d manifestReader) entry(e *entry) error {
	var v struct {
		Sum  hexSum `json:"sum"`
		Key  hexSum `json:"key"`
		Size int64  `json:"size"`
	}
	v.Size = -1 // what check refuses, where it is missing
	err := d.Decode(&v)
	e.Sum, e.Key, e.Size = document.Sum(v.Sum), document.Sum(v.Key), v.Size
	return err
}

// hexSum is a site.Sum that is read from 32 hexadecimal digits.
type hexSum document.Sum

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *hexSum) UnmarshalText(text []byte) error {
	if len(text) != 2*len(s) {
		return fmt.Errorf("%q is no sum", text)
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// writeTo writes m as JSON, sorted, one file, page or redirect a line, so that a
// difference of manifests is a difference of lines. A zero Key is left out.
func (m *Manifest) writeTo(w io.Writer) (int64, error) {
	out := &counting{w: w}
	b := bufio.NewWriterSize(out, 64<<10)
	fmt.Fprintf(b, "{\"version\":%d,\"files\":{", manifestVersion)
	line := make([]byte, 0, 256)
	for i := range m.entries {
		e := &m.entries[i]
		line = append(appendKey(line[:0], i, e.Path), `{"sum":"`...)
		line = hex.AppendEncode(line, e.Sum[:])
		if e.Key != (document.Sum{}) {
			line = append(line, `","key":"`...)
			line = hex.AppendEncode(line, e.Key[:])
		}
		line = append(line, `","size":`...)
		line = append(strconv.AppendInt(line, e.Size, 10), '}')
		b.Write(line)
	}
	b.WriteString("\n},\"questions\":{")
	for i, page := range slices.Sorted(maps.Keys(m.questions)) {
		line = append(appendKey(line[:0], i, page), '[')
		for j, id := range m.questions[page] {
			if j > 0 {
				line = append(line, ',')
			}
			line = appendString(line, id)
		}
		b.Write(append(line, ']'))
	}
	b.WriteString("\n},\"redirects\":[")
	for i, r := range m.redirects {
		if line = append(line[:0], '\n'); i > 0 {
			line = append(line[:0], ",\n"...)
		}
		b.Write(appendString(line, r))
	}
	fmt.Fprintf(b, "\n],\"preview\":%t}\n", m.preview)
	err := b.Flush() // it remembers the first error
	return out.n, err
}

// appendKey begins the line of the i-th key.
func appendKey(line []byte, i int, key string) []byte {
	if i > 0 {
		line = append(line, ',')
	}
	return append(appendString(append(line, '\n'), key), ':')
}

// appendString appends s as JSON. Nearly all are paths and ids that are their own.
func appendString(line []byte, s string) []byte {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) {
		return append(append(append(line, '"'), s...), '"')
	}
	b := bytes.NewBuffer(line)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.Encode(s) // a string can't fail, nor a Buffer
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// counting counts what is written through it.
type counting struct {
	w io.Writer
	n int64
}

func (c *counting) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
