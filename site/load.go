package site

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
	"nutgraf/site/markdown"
)

// formatVersion is part of every document's sum: another version of nutgraf
// takes over nothing that this one parsed.
const formatVersion = "1"

// Options is everything that a Site depends on besides its folders.
type Options struct {
	// Content, Templates and Static are the writer's folders; a nil one is
	// empty. DefaultTemplates and DefaultStatic lie below the latter two.
	Content, Templates, Static      fs.FS
	DefaultTemplates, DefaultStatic fs.FS
	// Name is the site's title where site.yaml gives none.
	Name string
	// BaseURL, if not empty, stands for base_url in site.yaml.
	BaseURL string
	// Now decides what is published already and what is still to come.
	Now time.Time
	// Drafts takes in drafts and reviews, Future what is due later.
	Drafts, Future bool
	// Places records where each word of a text stands in its file, for package
	// check. No page shows it.
	Places bool
	// Instead is what a preview shows in place of files with errors; nil is nothing.
	Instead *Instead
	// Once says that no later load will be given this site as prev, so that what
	// only such a load would need can be forgotten.
	Once bool
	// MemoryLimit is how many bytes of rendered Fragments are kept in memory
	// before they go to a temporary file; 0 is 8 MiB.
	MemoryLimit int64
}

// Batch returns a context for a program that does one thing and ends: what runs
// with it collects garbage between its tasks, and not beside them. small is how
// many bytes may be in use before it saves memory. It sets the program's GOGC.
func Batch(ctx context.Context, small uint64) context.Context {
	return par.WithHeap(ctx, &par.Heap{Small: small})
}

// loader carries one load from step to step.
type loader struct {
	ctx  context.Context
	o    *Options
	site *Site
	prev *Site

	found     found
	docs      []*doc
	authors   map[string]*Author
	authorIDs []string
	shared    map[string]*Source
	sharedIDs []string
	// authors.yaml and sources.yaml have parts that can't be read.
	authorsLost, sharedLost bool

	held      []*Explainer
	heldPages []*PlainPage
	reached   map[*Term]bool // public ones that what is held back or withdrawn uses too
	matcher   *markdown.Matcher
	md        *markdown.Renderer // of documents
	options   string             // what md depends on
	memories  sync.Pool          // of *memory
	sentences *sentences         // while all explainers are looked through
	mu        sync.Mutex         // of diags, where steps run beside each other
	diags     []diag.Diagnostic
}

// Load reads, parses and links a site. Diagnostics are the writer's mistakes,
// sorted; with an Error among them the Site must not be published. error is
// I/O, cancellation or a bug. prev, which may be nil, only makes the load
// faster: it never changes the result.
func Load(ctx context.Context, o Options, prev *Site) (*Site, []diag.Diagnostic, error) {
	l := &loader{ctx: ctx, o: &o, prev: prev, site: &Site{Now: o.Now, Drafts: o.Drafts, files: o}}
	if o.Instead.covers("templates") {
		o.Templates = nil
	}
	if prev != nil {
		l.site.store = prev.store
	} else {
		limit := o.MemoryLimit
		if limit == 0 {
			limit = 8 << 20
		}
		l.site.store = memo.New(limit)
	}
	for _, step := range []func() error{l.readContent, l.readTheme, l.readData, l.parse, l.link} {
		if err := step(); err != nil {
			if prev == nil {
				l.site.store.Close()
			}
			return nil, nil, err
		}
	}
	l.holdBack()
	l.takeDown()
	ds := diag.Sort(l.diags)
	o.Instead, l.site.files.Instead = nil, nil // it would keep every site before it
	if o.Once {
		l.site.docs = nil
		for _, e := range l.everyExplainer() {
			e.authors, e.editors, e.topics = nil, nil, nil // links now
		}
	} else {
		l.site.diags, l.site.loader = ds, l
		l.prev, l.docs, l.found, l.held, l.heldPages = nil, nil, found{}, nil, nil
	}
	return l.site, ds, nil
}

// holdBack lets no mistake in a draft or a review stop a build that holds it back.
func (l *loader) holdBack() {
	held := map[string]bool{} // files and folders
	for _, e := range l.held {
		if e.Status < Published && l.site.byID[e.Key()] == nil {
			held[e.Path] = true
			held["content/"+e.Folder] = held["content/"+e.Folder] || e.Edition == ""
		}
	}
	for i := range l.diags {
		d := &l.diags[i]
		for at := d.At.File; at != "." && !d.Held; at = path.Dir(at) {
			d.Held = held[at]
		}
		if d.Held {
			d.Severity = min(d.Severity, diag.Warning)
		}
	}
}

// Close gives back what the site keeps outside the heap. No site that was
// loaded with it as prev may be used afterwards.
func (s *Site) Close() error { return s.store.Close() }

// Stored is how many bytes were kept outside the heap, of this site and of those
// before it.
func (s *Site) Stored() int64 { return s.store.Size() }

// Live is how many of them this site needs, but for what was remembered with
// Remember.
func (s *Site) Live() (n int64) {
	count := func(refs ...memo.Ref) {
		for _, r := range refs {
			n += int64(r.Len())
		}
	}
	for _, d := range s.docs {
		count(d.record().ref, d.record().about)
		if d.explainer != nil {
			count(d.explainer.text)
		}
	}
	for _, e := range slices.Concat(s.Explainers, s.Withdrawn) {
		for i := range e.uses {
			count(e.uses[i].sentence)
		}
	}
	for i := range s.Sources {
		count(s.Sources[i].ref)
	}
	return n
}

// Source returns the bytes of a file that a diagnostic names, nil where it is
// not to be had.
func (s *Site) Source(file string) []byte {
	root, p, _ := strings.Cut(file, "/")
	layers := map[string][]fs.FS{
		"content":   {s.files.Content},
		"templates": {s.files.Templates, s.files.DefaultTemplates},
		"static":    {s.files.Static, s.files.DefaultStatic},
	}
	for _, fsys := range layers[root] {
		if fsys == nil {
			continue
		}
		if data, err := read(fsys, p, maxDocument); err == nil {
			return data
		}
	}
	return nil
}

func (l *loader) readContent() error {
	if l.o.Content == nil {
		return nil
	}
	entries, ds, err := list(l.o.Content, "content")
	if err != nil {
		return fmt.Errorf("content: %w", err)
	}
	l.diags = append(l.diags, ds...)
	l.found, ds = discover(entries)
	l.diags = append(l.diags, ds...)
	return nil
}

// BuiltIn returns the built-in theme's templates.
func (s *Site) BuiltIn() ([]File, error) {
	l := &loader{o: &Options{DefaultTemplates: s.files.DefaultTemplates}, site: &Site{}}
	err := l.readTemplates()
	return l.site.Templates, err
}

func (l *loader) readTemplates() error {
	files, ds, err := overlay{l.o.Templates, l.o.DefaultTemplates, "templates"}.files()
	if err != nil {
		return fmt.Errorf("templates: %w", err)
	}
	l.diags = append(l.diags, ds...)
	for _, f := range files {
		if !strings.HasSuffix(f.path, ".html") {
			d := fileError("templates", f.path, "unread-file", "nothing reads this file: templates end in .html", "move it, or remove it")
			d.Severity = diag.Warning
			l.diags = append(l.diags, d)
			continue
		}
		data, err := read(f.fsys, f.path, maxDocument)
		if err != nil {
			l.unreadable("templates/"+f.path, err)
			data = nil
		}
		l.site.Templates = append(l.site.Templates, File{Path: f.path, Sum: SumOf(data), Size: int64(len(data)), Data: data})
	}
	if in := l.o.Instead; in.covers("templates") && in.Templates != nil {
		l.site.Templates = in.Templates
	}
	return nil
}

// readTheme reads templates, and sums what static/ holds.
func (l *loader) readTheme() error {
	if err := l.readTemplates(); err != nil {
		return err
	}
	files, ds, err := overlay{l.o.Static, l.o.DefaultStatic, "static"}.files()
	if err != nil {
		return fmt.Errorf("static: %w", err)
	}
	l.diags = append(l.diags, ds...)
	l.site.Static = make([]File, len(files))
	err = par.Each(l.ctx, len(files), func(i int) error {
		f := files[i]
		sum, err := sumFile(f.fsys, f.path)
		if err != nil {
			l.unreadable("static/"+f.path, err)
			return nil
		}
		l.site.Static[i] = File{Path: f.path, Sum: sum, Size: f.size, fsys: f.fsys, Pixels: pixels(f.fsys, f.path)}
		return nil
	})
	l.site.Static = slices.DeleteFunc(l.site.Static, func(f File) bool { return f.Path == "" })
	return cmp.Or(err, l.tellPlaces())
}

// unreadable tells of a file that can't be read.
func (l *loader) unreadable(file string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.diags = append(l.diags, Unreadable(file, err))
}

// Open opens a file that is only copied.
func (f *File) Open() (io.ReadCloser, error) { return f.fsys.Open(f.Path) }

// Read returns the bytes of a file that pages are made with.
func (f *File) Read() ([]byte, error) { return read(f.fsys, f.Path, sizeLimit(f.Path)) }

// OfTheme reports whether a file of static/ is the built-in theme's, or the same
// bytes.
func (s *Site) OfTheme(f *File) bool {
	if s.files.DefaultStatic == nil {
		return false
	}
	sum, err := sumFile(s.files.DefaultStatic, f.Path)
	return err == nil && sum == f.Sum
}

func sumFile(fsys fs.FS, p string) (Sum, error) {
	f, err := fsys.Open(p)
	if err != nil {
		return Sum{}, err
	}
	info, err := f.Stat()
	if err == nil {
		err = suits(info, p)
	}
	if err != nil {
		f.Close()
		return Sum{}, err
	}
	return sumOf(f)
}

// sumOf reads r to its end, and closes it.
func sumOf(r io.ReadCloser) (Sum, error) {
	defer r.Close()
	h := sha256.New()
	_, err := io.Copy(h, r)
	return Sum(h.Sum(nil)[:16]), err
}

// readData reads site.yaml, authors.yaml and sources.yaml.
func (l *loader) readData() error {
	p := l.dataParser("site.yaml")
	p.md = markdown.New(markdown.Options{})
	l.site.Config = p.config(l.o)
	if l.o.BaseURL != "" {
		l.site.Config.BaseURL = l.o.BaseURL
	}
	if before := l.o.Instead.before("content/site.yaml"); before != nil {
		l.site.Config = before.Config
	}
	p.md = markdown.New(markdown.Options{Typographer: l.site.Config.Typographer})
	l.diags = append(l.diags, p.diags...)

	l.authors = map[string]*Author{}
	p = l.dataParser("authors.yaml")
	l.authorsLost = p.unread
	if p.data != nil {
		l.readAuthors(p)
	}
	l.shared = map[string]*Source{}
	p = l.dataParser("sources.yaml")
	l.sharedLost = p.unread
	if p.data != nil {
		l.readShared(p)
	}
	var err error
	p.rec.about, err = l.site.store.Put(appendSources(nil, p.about))
	if before := l.o.Instead.before("content/authors.yaml"); before != nil {
		l.authors, l.authorIDs = before.loader.authors, before.loader.authorIDs
	}
	if before := l.o.Instead.before("content/sources.yaml"); before != nil {
		l.shared, l.sharedIDs = before.loader.shared, before.loader.sharedIDs
	}
	return err
}

func (l *loader) dataParser(name string) *parser {
	p := &parser{file: "content/" + name, strict: true, rec: &Record{}, memory: &memory{}}
	e, ok := l.found.data[name]
	if !ok {
		return p
	}
	data, err := read(l.o.Content, e.path, maxDocument)
	if err != nil {
		l.unreadable(p.file, err)
		p.unread = true
		return p
	}
	if data == nil {
		data = []byte{}
	}
	p.data = data
	return p
}

func (l *loader) readAuthors(p *parser) {
	list, ds := front.ParseAuthors(p.file, p.data)
	l.authorsLost = unreadable(ds, len(list) == 0)
	p.diags = append(p.diags, ds...)
	for _, a := range list {
		id := p.id(a.ID, "an author")
		if id == "" {
			continue
		}
		if !a.Name.Given() && !l.authorsLost {
			p.missing(a.ID.Span, "this author has no name", "add name:")
		}
		l.authors[id] = &Author{ID: id, Name: p.plainText(a.Name), Role: p.plainText(a.Role), URL: p.link(a.URL)}
		l.authorIDs = append(l.authorIDs, id)
	}
	l.diags = append(l.diags, p.diags...)
}

func (l *loader) readShared(p *parser) {
	list, ds := front.ParseSources(p.file, p.data)
	l.sharedLost = unreadable(ds, len(list) == 0)
	p.diags = append(p.diags, ds...)
	for _, s := range p.sources(list) {
		if s.Ref != nil {
			p.wrong("shared-source", s.Ref.At.Span, "sources.yaml holds sources, not ids of sources", "write the source: - id: …, title: …")
			continue
		}
		s.Shared = true
		l.shared[s.ID] = s
		l.sharedIDs = append(l.sharedIDs, s.ID)
	}
	l.diags = append(l.diags, p.diags...)
}

// parse parses every document, or takes it over from prev.
func (l *loader) parse() error {
	l.options = fmt.Sprint(formatVersion, l.site.Config.Typographer, l.site.Config.Markdown, l.o.Places, l.site.Config.Location)
	l.md = markdown.New(markdown.Options{Typographer: l.site.Config.Typographer, Places: l.o.Places})
	l.docs = make([]*doc, len(l.found.sources))
	err := par.Each(l.ctx, len(l.docs), func(i int) error {
		d, err := l.parseOne(l.found.sources[i], l.md, l.options)
		l.docs[i] = d
		return err
	})
	if err != nil {
		return fmt.Errorf("content: %w", err)
	}
	l.docs = l.o.Instead.documents(l.docs)
	l.site.docs = make(map[string]*doc, len(l.docs))
	for _, d := range l.docs {
		l.site.docs[d.source.main.path] = d
		l.diags = append(l.diags, d.diags...)
	}
	return nil
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

func (l *loader) parseOne(src source, md *markdown.Renderer, options string) (*doc, error) {
	m := l.memory()
	defer l.memories.Put(m)
	p := &parser{md: md, location: l.site.Config.Location, file: "content/" + src.main.path, rec: &take(m, &m.lots.records, 1)[0], memory: m, keepText: l.site.Config.Markdown}
	p.fragments, p.about = m.fragments[:0], m.about[:0]
	h := sha256.New()
	io.WriteString(h, options)
	took := func(name string, b []byte) {
		p.rec.Accepts = p.rec.Accepts || accepts(b)
		if l.prev != nil || !l.o.Once { // else nobody compares it
			fmt.Fprintf(h, "%d %s %d\n", len(name), name, len(b))
			h.Write(b)
		}
	}
	var unreadable []diag.Diagnostic
	data, err := readInto(m.data[:0], l.o.Content, src.main.path, maxDocument)
	if err != nil {
		unreadable, p.gone = append(unreadable, Unreadable(p.file, err)), ^lists(0)
	} else {
		m.data = data
	}
	p.data = data
	took(src.main.path, p.data)
	var sides []sideFile
	for _, key := range sideKeys {
		if e, ok := src.side[key]; ok {
			data, err := read(l.o.Content, e.path, maxDocument)
			if err != nil {
				unreadable = append(unreadable, Unreadable("content/"+e.path, err))
				p.gone |= 1 << slices.Index(sideKeys, key)
				continue
			}
			took(e.path, data)
			sides = append(sides, sideFile{key, "content/" + e.path, data})
		}
	}
	d := &doc{source: src, sum: Sum(h.Sum(nil)[:16])}
	if unreadable != nil {
		d.sum = Sum{} // nothing is taken over from it
	} else if l.prev != nil {
		if old := l.prev.docs[src.main.path]; old != nil && old.sum == d.sum {
			return old, nil
		}
	}
	if len(p.data) > maxDocument {
		p.wrong("too-large", diag.Span{}, fmt.Sprintf("this file is larger than %d MiB", maxDocument>>20), "split it")
		p.data, p.unread = nil, true
	}
	switch {
	case src.kind == explainerDoc:
		if l.o.Places {
			p.rec.Marks = &Marks{}
		}
		d.explainer = p.parseExplainer(src, sides)
	case src.kind == termDoc:
		d.term = p.parseTerm(src)
	case src.kind == pageDoc:
		d.page = p.parsePage(src)
	}
	d.headings, d.diags = p.headings, p.causes()
	if p.gone == ^lists(0) {
		d.diags = nil // of nothing but that it is empty
	}
	d.diags = append(d.diags, unreadable...)
	if p.copies != nil {
		if d.explainer.text, err = l.site.store.Put(packTexts(nil, p.copies...)); err != nil {
			return nil, err
		}
	}
	m.scratch = appendSources(m.scratch[:0], p.about)
	if p.rec.about, err = l.site.store.Put(m.scratch); err != nil {
		return nil, err
	}
	p.rec.Sums = takeCopy(m, &m.lots.sums, p.rec.Sums)
	m.fragments, m.about = p.fragments, p.about
	m.scratch = markdown.AppendFragments(m.scratch[:0], p.fragments)
	p.rec.ref, err = l.site.store.Put(m.scratch)
	return d, err
}

// ParseAgain parses a document of the site once more, with the places of its words
// (see Options.Places) and before anything is linked. An error is I/O.
func (s *Site) ParseAgain(ctx context.Context, o Origin) (Origin, error) {
	folder, file := o.folder()
	entries := []entry{{path: file}}
	for _, key := range sideKeys {
		side := path.Join(folder, key+".yaml")
		if _, err := fs.Stat(s.files.Content, side); err == nil {
			entries = append(entries, entry{path: side})
		}
	}
	again, _ := discover(entries)
	if len(again.sources) == 0 {
		return Origin{}, fmt.Errorf("%s: no document any more", file)
	}
	l := &loader{ctx: ctx, o: &s.files, site: s}
	md := markdown.New(markdown.Options{Typographer: s.Config.Typographer, Places: true})
	d, err := l.parseOne(again.sources[0], md, "")
	if err != nil {
		return Origin{}, fmt.Errorf("content: %w", err)
	}
	return Origin{Explainer: d.explainer, Term: d.term, Page: d.page}, nil
}

// memory is what a parser works in. What it makes must hold on to none of it.
func (l *loader) memory() *memory {
	m, _ := l.memories.Get().(*memory)
	if m == nil {
		m = &memory{once: l.o.Once, parts: markdown.Fragment{HTML: make([]byte, 0, 64<<10), Spans: make([]markdown.Span, 0, 512), Holes: make([]markdown.Hole, 0, 128)}}
	}
	m.questions, m.events = m.questions[:0], m.events[:0]
	m.parts = markdown.Fragment{HTML: m.parts.HTML[:0], Spans: m.parts.Spans[:0], Holes: m.parts.Holes[:0]}
	return m
}
