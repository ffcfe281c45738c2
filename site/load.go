package site

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/arena"
	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
	"nutgraf/site/markdown"
	"nutgraf/site/picture"
)

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
	ctx = par.WithHeap(ctx, &par.Heap{Small: small})
	par.UseLargePages(small)
	return ctx
}

// loader carries one load from step to step.
type loader struct {
	ctx  context.Context
	o    *Options
	site *Site
	prev *Site

	found     document.Found
	data      *document.Data
	reader    *document.Reader
	docs      []*document.Document
	held      []*Explainer
	heldPages []*document.Page
	reached   map[*Term]bool // public ones that what is held back or withdrawn uses too
	matcher   *markdown.Matcher
	scratches sync.Pool  // of *scratch
	sentences *sentences // while all explainers are looked through
	mu        sync.Mutex // of diags, where steps run beside each other
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
	for _, step := range []func() error{l.readContent, l.readTheme, l.readData, l.readDocuments, l.link} {
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
	} else {
		l.site.diags, l.site.loader = ds, l
		l.prev, l.docs, l.found, l.held, l.heldPages = nil, nil, document.Found{}, nil, nil
	}
	return l.site, ds, nil
}

// holdBack lets no mistake in a draft or a review stop a build that holds it back.
func (l *loader) holdBack() {
	held := map[string]bool{} // files and folders
	for _, e := range l.held {
		if e.Status < document.Published && l.site.byID[e.Key()] == nil {
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
		count(d.Record().Fragments, d.Record().Sources)
		if d.Explainer != nil {
			count(d.Explainer.Markdown)
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

// FileData returns the bytes of a file that a diagnostic names, nil where it is
// not to be had.
func (s *Site) FileData(file string) []byte { return s.files.FileData(file) }

// FileData is that of the Site that is loaded with these options.
func (o *Options) FileData(file string) []byte {
	root, p, _ := strings.Cut(file, "/")
	layers := map[string][]fs.FS{
		"content":   {o.Content},
		"templates": {o.Templates, o.DefaultTemplates},
		"static":    {o.Static, o.DefaultStatic},
	}
	for _, fsys := range layers[root] {
		if fsys == nil {
			continue
		}
		if data, err := document.Read(fsys, p, document.MaxDocument); err == nil {
			return data
		}
	}
	return nil
}

func (l *loader) readContent() error {
	if l.o.Content == nil {
		return nil
	}
	entries, ds, err := document.List(l.o.Content, "content")
	if err != nil {
		return fmt.Errorf("content: %w", err)
	}
	l.diags = append(l.diags, ds...)
	l.found, ds = document.Discover(entries)
	l.site.misnamed = l.found.Misnamed
	l.diags = append(l.diags, ds...)
	if len(l.found.Files) == 0 && len(ds) == 0 && len(entries) == len(l.found.Data) {
		d := document.FileError("content", "", "empty", "this folder holds no explainer, no term and no page",
			"put an explainer into content/explainers/; in CI, check out submodules and all folders")
		d.Severity, d.Why = diag.Warning, "git leaves the folder of a submodule empty until it is checked out"
		l.diags = append(l.diags, d)
	}
	return nil
}

// BuiltIn returns the built-in theme's templates.
func (s *Site) BuiltIn() ([]File, error) {
	l := &loader{o: &Options{DefaultTemplates: s.files.DefaultTemplates}, site: &Site{}}
	err := l.readTemplates()
	return l.site.Templates, err
}

// OwnTemplate reports whether a template is the writer's, and not the built-in theme's.
func (s *Site) OwnTemplate(path string) bool {
	if s.files.Templates == nil {
		return false
	}
	_, err := fs.Stat(s.files.Templates, path)
	return err == nil
}

func (l *loader) readTemplates() error {
	files, ds, err := overlay{l.o.Templates, l.o.DefaultTemplates, "templates"}.files()
	if err != nil {
		return fmt.Errorf("templates: %w", err)
	}
	l.diags = append(l.diags, ds...)
	for _, f := range files {
		if !strings.HasSuffix(f.Path, ".html") {
			d := document.FileError("templates", f.Path, "unread-file",
				"nothing reads this file: templates end in .html", "move it, or remove it")
			d.Severity = diag.Warning
			l.diags = append(l.diags, d)
			continue
		}
		data, err := document.Read(f.fsys, f.Path, document.MaxDocument)
		if err != nil {
			l.unreadable("templates/"+f.Path, err)
			data = nil
		}
		l.site.Templates = append(l.site.Templates,
			File{Path: f.Path, Sum: document.SumOf(data), Size: int64(len(data)), Data: data})
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
		sum, err := sumFile(f.fsys, f.Path)
		if err != nil {
			l.unreadable("static/"+f.Path, err)
			return nil
		}
		if f.Size < 200 && isPointer(f.fsys, f.Path) {
			d := document.FileError("static", f.Path, "lfs", document.LFSMessage, document.LFSHint)
			d.Why = document.LFSWhy
			l.report(d)
		}
		l.site.Static[i] = File{Path: f.Path, Sum: sum, Size: f.Size, fsys: f.fsys, Pixels: pixels(f.fsys, f.Path)}
		return nil
	})
	l.site.Static = slices.DeleteFunc(l.site.Static, func(f File) bool { return f.Path == "" })
	return cmp.Or(err, l.reportPlaces())
}

// isPointer reports a small file that Git LFS left in the place of the true one.
func isPointer(fsys fs.FS, name string) bool {
	data, err := document.Read(fsys, name, 200)
	return err == nil && bytes.HasPrefix(data, []byte(document.LFSPointer))
}

// unreadable reports a file that can't be read.
func (l *loader) unreadable(file string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.diags = append(l.diags, document.Unreadable(file, err))
}

// Open opens a file that is only copied.
func (f *File) Open() (io.ReadCloser, error) { return f.fsys.Open(f.Path) }

// Read returns the bytes of a file that pages are made with.
func (f *File) Read() ([]byte, error) {
	return document.Read(f.fsys, f.Path, document.SizeLimit(f.Path))
}

// OfTheme reports whether a file of static/ is the built-in theme's, or the same
// bytes.
func (s *Site) OfTheme(f *File) bool {
	if s.files.DefaultStatic == nil {
		return false
	}
	sum, err := sumFile(s.files.DefaultStatic, f.Path)
	return err == nil && sum == f.Sum
}

func sumFile(fsys fs.FS, p string) (document.Sum, error) {
	f, err := fsys.Open(p)
	if err != nil {
		return document.Sum{}, err
	}
	info, err := f.Stat()
	if err == nil {
		err = document.Suits(info, p)
	}
	if err != nil {
		f.Close()
		return document.Sum{}, err
	}
	return sumOf(f)
}

// sumOf reads r to its end, and closes it.
func sumOf(r io.ReadCloser) (document.Sum, error) {
	defer r.Close()
	h := sha256.New()
	_, err := io.Copy(h, r)
	return document.Sum(h.Sum(nil)[:16]), err
}

// readData reads the data files, and what options and an earlier load say instead.
func (l *loader) readData() error {
	data, ds, err := document.ReadData(l.o.Content, l.found.Data, l.o.Name, l.site.store)
	if err != nil {
		return fmt.Errorf("content: %w", err)
	}
	l.data, l.diags = data, append(l.diags, ds...)
	c := &l.site.Config
	*c = data.Config
	if l.o.BaseURL != "" {
		c.BaseURL = l.o.BaseURL
	}
	l.checkAccent()
	if before := l.o.Instead.before("content/site.yaml"); before != nil {
		*c = before.Config
	}
	if before := l.o.Instead.before("content/authors.yaml"); before != nil {
		data.Authors, data.AuthorIDs = before.loader.data.Authors, before.loader.data.AuthorIDs
	}
	if before := l.o.Instead.before("content/sources.yaml"); before != nil {
		data.Shared, data.SharedIDs = before.loader.data.Shared, before.loader.data.SharedIDs
	}
	return nil
}

// checkAccent does without a colour that links could not be read in.
func (l *loader) checkAccent() {
	c := &l.site.Config
	if contrast, better, ok := l.site.AccentContrast(document.LeastContrast); ok && better != "" {
		l.report(diag.Diagnostic{Severity: diag.Error, Rule: "contrast", At: c.AccentAt,
			Message: fmt.Sprintf("this colour is too light to read: its contrast on the page is %.1f:1, "+
				"and %.1f:1 is the least", contrast, document.LeastContrast),
			Why:  "it is the colour of links, which everybody must be able to read (WCAG 2.2, 1.4.3)",
			Hint: fmt.Sprintf("write %q, the nearest colour that has it", better),
			Fix:  diag.Write(c.AccentAt, strconv.Quote(better))})
		c.Accent = ""
	}
}

// AccentContrast is the contrast of the site's accent on the theme's light pages (WCAG 2.2,
// rounded down to a tenth), and the nearest colour that reaches least, "" where the accent
// does. It reports false where site.yaml has no accent.
func (s *Site) AccentContrast(least float64) (contrast float64, better string, ok bool) {
	accent, err := picture.ParseColor(s.Config.Accent)
	if err != nil {
		return 0, "", false
	}
	if contrast = picture.Contrast(accent, picture.LightPaper); contrast < least {
		better = picture.Hex(picture.Readable(accent, picture.LightPaper, least))
	}
	return math.Floor(contrast*10) / 10, better, true
}

// readDocuments reads every document, or takes it over from prev.
func (l *loader) readDocuments() error {
	l.reader = document.NewReader(document.Settings{
		Content: l.o.Content, Store: l.site.store, Config: &l.site.Config, Places: l.o.Places, Once: l.o.Once,
	})
	l.docs = make([]*document.Document, len(l.found.Files))
	err := par.Each(l.ctx, len(l.docs), func(i int) (err error) {
		src := l.found.Files[i]
		var before *document.Document
		if l.prev != nil {
			before = l.prev.docs[src.Main.Path]
		}
		l.docs[i], err = l.reader.Read(src, before)
		return err
	})
	if err != nil {
		return fmt.Errorf("content: %w", err)
	}
	l.docs = l.o.Instead.documents(l.docs)
	l.site.docs = make(map[string]*document.Document, len(l.docs))
	for _, d := range l.docs {
		l.site.docs[d.Files.Main.Path] = d
		l.diags = append(l.diags, d.Diags...)
	}
	return nil
}

// ParseAgain parses a document of the site once more, with the places of its words
// (see Options.Places) and before anything is linked. An error is I/O.
func (s *Site) ParseAgain(o Origin) (Origin, error) {
	folder, file := o.folder()
	files, found := document.FilesOf(s.files.Content, folder, file)
	if !found {
		return Origin{}, fmt.Errorf("%s: no document any more", file)
	}
	r := document.NewReader(document.Settings{
		Content: s.files.Content, Store: s.store, Config: &s.Config, Places: true,
	})
	d, err := r.Read(files, nil)
	if err != nil {
		return Origin{}, fmt.Errorf("content: %w", err)
	}
	switch {
	case d.Explainer != nil:
		return Origin{Explainer: &Explainer{Explainer: d.Explainer}}, nil
	case d.Term != nil:
		return Origin{Term: &Term{Term: d.Term}}, nil
	}
	return Origin{Page: d.Page}, nil
}

// scratch is what one task looks through documents in.
type scratch struct {
	read document.Fragments
	text []byte
	uses arena.Arena[termUse] // of a site that is loaded once: all live as long as it
}

func (l *loader) scratch() *scratch {
	m, _ := l.scratches.Get().(*scratch)
	if m == nil {
		m = new(scratch)
	}
	if !l.o.Once {
		m.uses = arena.Arena[termUse]{}
	}
	return m
}
