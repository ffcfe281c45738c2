package document

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/internal/memo"
	"nutgraf/site/markdown"
)

// formatVersion is part of every document's sum: another version of nutgraf
// takes over nothing that this one parsed.
const formatVersion = "1"

// Document is one document parsed. It depends on the document's own files and on
// how Markdown is rendered, and on nothing else, so a later load may take it
// over as it is.
type Document struct {
	Files     Files
	Sum       Sum // of the files, and of what parses them
	Explainer *Explainer
	Term      *Term
	Page      *Page
	Diags     []diag.Diagnostic
}

// Record is what the store has of the document's texts.
func (d *Document) Record() *Record {
	switch {
	case d.Explainer != nil:
		return d.Explainer.Record
	case d.Term != nil:
		return d.Term.Record
	}
	return d.Page.Record
}

// Reader reads the documents of a site. What it makes of each depends on that one's
// files and on the Settings alone. It is safe for concurrent use.
type Reader struct {
	Settings
	md       *markdown.Renderer
	options  string    // what a document depends on besides its files
	memories sync.Pool // of *memory
}

// Settings are what every document of a site is read with.
type Settings struct {
	Content fs.FS
	Store   *memo.Store // of their Fragments and of what is said of their sources
	Config  *Config
	// Places records where each word of a text stands in its file.
	Places bool
	// Once says that no document will be compared with what is read later, and that
	// all of them live equally long.
	Once bool
}

// NewReader returns a Reader of a site whose site.yaml has been read.
func NewReader(s Settings) *Reader {
	c := s.Config
	return &Reader{
		Settings: s,
		md:       markdown.New(markdown.Options{Typographer: c.Typographer, Places: s.Places}),
		options:  fmt.Sprint(formatVersion, c.Typographer, c.Markdown, s.Places, c.Location),
	}
}

// Read reads a document. It returns before, which may be nil, where that was made of
// the same bytes. What is wrong with the files is in the document; an error is of the
// store.
func (r *Reader) Read(src Files, before *Document) (*Document, error) {
	m := r.memory()
	defer r.memories.Put(m)
	p := &parser{
		md: r.md, location: r.Config.Location, file: "content/" + src.Main.Path, memory: m,
		rec: m.arenas.records.One(), keepText: r.Config.Markdown,
		fragments: m.fragments[:0], about: m.about[:0],
	}
	sides, sum, unreadable := p.files(r, src, before != nil || !r.Once)
	if before != nil && before.Sum == sum && unreadable == nil {
		return before, nil
	}
	d := &Document{Files: src, Sum: sum}
	if unreadable != nil {
		d.Sum = Sum{} // nothing is taken over from it
	}
	if len(p.data) > MaxDocument {
		p.wrong("too-large", diag.Span{}, fmt.Sprintf("this file is larger than %d MiB", MaxDocument>>20), "split it")
		p.data, p.unread = nil, true
	}
	p.asGitLeft()
	switch src.kind {
	case explainerDoc:
		if r.Places {
			p.rec.Marks = &Marks{}
		}
		d.Explainer = p.parseExplainer(src, sides)
	case termDoc:
		d.Term = p.parseTerm(src)
	case pageDoc:
		d.Page = p.parsePage(src)
	}
	d.Diags = p.causes()
	if p.gone == ^Lists(0) {
		d.Diags = nil // of nothing but that it is empty
	}
	d.Diags = append(d.Diags, unreadable...)
	return d, p.store(r.Store, d)
}

// asGitLeft reports what git left in the place of the text, and what is none: then nothing else is
// told of it. Of two versions the first is read.
func (p *parser) asGitLeft() {
	switch head := p.data[:min(len(p.data), 8000)]; {
	case bytes.HasPrefix(head, []byte(LFSPointer)):
		p.report(diag.Error, "lfs", diag.Span{}, LFSMessage, LFSWhy, LFSHint)
		p.data, p.unread = nil, true
	case bytes.Count(head, []byte{0})*16 > len(head) && head[0] != 0xFE && head[0] != 0xFF ||
		bytes.HasPrefix(head, []byte("\x00GIT")):
		p.report(diag.Error, "encoding", diag.Span{}, "this is no text", "a document is "+
			"Markdown, in UTF-8; a program "+
			"that encrypts or packs files may have left this", "put the text itself here, or "+
			"move the file out of content/")
		p.data, p.unread = nil, true
	}
	text, marks := front.Merged(p.data)
	for _, at := range marks {
		p.report(diag.Error, "merge", at, front.MergeMessage, front.MergeWhy, front.MergeHint)
	}
	p.data = text
}

// What is said of a pointer of Git LFS, which begins with LFSPointer.
const (
	LFSPointer = "version https://git-lfs.github.com/"
	LFSMessage = "this is a pointer of Git LFS, and not the file itself"
	LFSWhy     = "the file was never fetched"
	LFSHint    = "run “git lfs pull”; in CI, check out with LFS (in GitHub's checkout action, " +
		"lfs: true)"
)

// files reads a document's files: the text into the parser, its lists as sides. sum is
// of all bytes, where it is wanted.
func (p *parser) files(r *Reader, src Files, wantSum bool) (sides []sideFile, sum Sum, ds []diag.Diagnostic) {
	h := sha256.New()
	io.WriteString(h, r.options)
	add := func(name string, b []byte) {
		p.rec.Accepts = p.rec.Accepts || accepts(b)
		if wantSum {
			fmt.Fprintf(h, "%d %s %d\n", len(name), name, len(b))
			h.Write(b)
		}
	}
	m := p.memory
	data, err := readInto(m.data[:0], r.Content, src.Main.Path, MaxDocument)
	if err != nil {
		ds, p.gone = append(ds, Unreadable(p.file, err)), ^Lists(0)
	} else {
		m.data = data
	}
	p.data = data
	add(src.Main.Path, p.data)
	for i, key := range sideKeys {
		e, ok := src.Side[key]
		if !ok {
			continue
		}
		data, err := Read(r.Content, e.Path, MaxDocument)
		if err != nil {
			ds = append(ds, Unreadable("content/"+e.Path, err))
			p.gone |= 1 << i
			continue
		}
		add(e.Path, data)
		sides = append(sides, sideFile{key, "content/" + e.Path, data})
	}
	return sides, Sum(h.Sum(nil)[:16]), ds
}

// store puts what pages alone read into the store.
func (p *parser) store(store *memo.Store, d *Document) (err error) {
	m := p.memory
	if p.copies != nil {
		if d.Explainer.Markdown, err = store.Put(memo.AppendTexts(nil, p.copies...)); err != nil {
			return err
		}
	}
	m.scratch = appendSources(m.scratch[:0], p.about)
	if p.rec.Sources, err = store.Put(m.scratch); err != nil {
		return err
	}
	p.rec.Sums = m.arenas.sums.Copy(p.rec.Sums)
	m.fragments, m.about = p.fragments, p.about
	m.scratch = markdown.AppendFragments(m.scratch[:0], p.fragments)
	p.rec.Fragments, err = store.Put(m.scratch)
	return err
}

// accepts reports whether a file holds the word with which a comment accepts what
// check finds. Colons are rarer than letters.
func accepts(b []byte) bool {
	for {
		before, after, found := bytes.Cut(b, []byte(":"))
		if !found || bytes.HasSuffix(before, []byte("accept")) {
			return found
		}
		b = after
	}
}

// memory is what a parser works in. What it makes must hold on to none of it.
func (r *Reader) memory() *memory {
	m, _ := r.memories.Get().(*memory)
	if m == nil {
		m = &memory{parts: markdown.Fragment{
			HTML: make([]byte, 0, 64<<10), Spans: make([]markdown.Span, 0, 512), Holes: make([]markdown.Hole, 0, 128),
		}}
	}
	if !r.Once {
		m.arenas = arenas{} // one document is replaced, and another one stays
	}
	m.questions, m.events = m.questions[:0], m.events[:0]
	m.parts = markdown.Fragment{HTML: m.parts.HTML[:0], Spans: m.parts.Spans[:0], Holes: m.parts.Holes[:0]}
	return m
}
