// Package pages says what readers get of a site: every page with its address,
// its View and its bytes. HTML, feeds, data, redirects and copied files are all
// pages. New plans them as a Book; Book.Open makes a page's View and what it
// depends on, Leaf.Write its bytes. The other types are Views and their parts,
// which templates are given.
package pages

import (
	"context"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/par"
	"nutgraf/site/lang"
	"nutgraf/site/search"
	"nutgraf/site/theme"
)

// Options decide how a site is written, beyond what it is.
type Options struct {
	Disk bool // links name index.html, so that the site opens from disk
	// Lazy makes what many pages share when the first of them asks for it: events
	// as lists show them, and the search index. It is for a preview, in which few
	// pages are looked at. Diagnostics of event.html come with the pages then.
	Lazy bool
	// LateSearch makes the search index when somebody first looks for a file of
	// it, as Lazy does: no rule of check reads it.
	LateSearch bool
	// Templates are those that pages are made with, in place of the site's; nil for
	// the site's.
	Templates []site.File
}

// Book is everything that a site publishes, page by page, on demand. It is
// safe for concurrent use.
type Book struct {
	site      *site.Site
	o         Options
	theme     *theme.Theme
	templates []site.File // that theme is made of
	plan      []planned
	paths     map[string]int    // by addressKey: the place in plan
	ofTheme   []diag.Diagnostic // of the templates
	ofAnchors []diag.Diagnostic // of links to places
	diags     []diag.Diagnostic // of all else

	navigation []document.NavLink
	unpinned   []*site.Explainer
	byYear     []*site.TimelineEvent
	years      []yearEvents
	filters    []topicFilter // by which the timeline is filtered
	// in years: from there on they stand whole on the site's timeline
	wholeFrom  int
	omitted    map[*site.Explainer]map[*document.Event]string // omittedEvents
	siteViews  map[string]*Site                               // by language
	siteSums   map[*Site]document.Sum
	base       []byte // what every key begins with: all that each page shows besides its words
	redirects  []redirection
	guesses    int               // at what a wrong address means
	instead    map[string]string // by site path: where links to what is gone lead
	inherited  []redirection     // of derived pages that are no more
	publisher  *ldOrganization
	image      *Image          // that pages without one are shared with
	calendars  map[string]bool // by site path: those that have events
	rendered   []renderedEvent
	remembered atomic.Int64 // bytes that rendered needs
	csp        string       // for <meta>
	ctx        context.Context
	builders   sync.Pool // of *builder
	summers    sync.Pool // of *fingerprinter
	eventCache eventCache
	assets     map[string]asset         // by their names in static/
	shared     map[*site.Explainer]bool // those that have an image drawn
	lazyEvents lazyEvents               // nil unless Options.Lazy
	lateIndex  *lateIndex               // nil unless the search index is made late
	indexing   *search.Builder          // until there is index
	index      *search.Index
	entryPages []int              // by Index: of each term
	termPages  []int              // of the terms of each topic
	foot       []document.NavLink // plain pages, at the foot of each page
	keyTerms   []string           // by Index: the start tag of a link to a term that its page lists
}

// redirection leads from one site path to another, or to an address elsewhere.
type redirection struct{ from, to string }

// yearEvents is one year of the site's timeline.
type yearEvents struct {
	year   int
	events []*site.TimelineEvent
}

// planned is one page before it is made.
type planned struct {
	path   string // site path
	layout string // of templates; "" for what needs none
	// view makes the View: for templates, or one that encodes itself.
	view func(*builder) any
	// open gives the bytes of a file that is only copied, sum their sum.
	open     func() (io.ReadCloser, error)
	sum      document.Sum
	lang     *lang.Language
	at       diag.Place // the document that it comes from
	hidden   bool       // not in the sitemap, where its kind is
	modified time.Time  // zero where no date is the page's own
}

// encoder is a View that writes itself: a feed, a data file.
type encoder interface{ Encode(io.Writer) error }

// New plans a site's pages. Diagnostics are the writer's mistakes that only
// the plan can see: two pages for one address, links to no page, templates
// that can't be read. With an Error among them nothing must be published. The
// Book must be closed.
func New(ctx context.Context, s *site.Site, o Options) (*Book, []diag.Diagnostic, error) {
	b := &Book{ctx: ctx, site: s, o: o}
	b.templates = slices.Clone(s.Templates)
	if o.Templates != nil {
		b.templates = slices.Clone(o.Templates)
	}
	err := par.Each(ctx, 2, func(i int) error {
		if i == 0 {
			b.theme, b.ofTheme = parseTheme(b.templates)
			return nil
		}
		b.diags = append(b.makeAssets(), b.checkPolicy()...)
		b.prepare()
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if o.Lazy || o.LateSearch {
		b.lateIndex = &lateIndex{}
	}
	if o.Lazy {
		b.initLazyEvents()
	} else if err := b.gather(); err != nil {
		return nil, nil, err
	}
	if err := b.planAll(); err != nil {
		return nil, nil, err
	}
	b.checkPaths()
	b.introduce()
	if err := b.checkAnchors(); err != nil {
		return nil, nil, err
	}
	return b, b.diagnostics(), nil
}

// diagnostics are all that are reported of the book, sorted.
func (b *Book) diagnostics() []diag.Diagnostic {
	return diag.Sort(slices.Concat(b.ofTheme, b.diags, b.ofAnchors))
}

// Close gives back the temporary file of the search index. The Book can't be
// used any more.
func (b *Book) Close() error {
	if b.lateIndex != nil {
		return b.lateIndex.close()
	}
	return b.index.Close()
}

// Live is how many of the bytes that its site stored a Lazy book needs.
func (b *Book) Live() int64 { return b.remembered.Load() }

// Site returns the site that the book is made of.
func (b *Book) Site() *site.Site { return b.site }

// Templates returns the files that pages are made with: those of the site, unless
// they have an error that came with an Amend.
func (b *Book) Templates() []site.File { return b.templates }

// Len returns how many pages there are.
func (b *Book) Len() int { return len(b.plan) }

// Path returns the file that page i is written to: a slash path.
func (b *Book) Path(i int) string { return filePath(b.page(i).path) }

// Find returns the page that a site path or file path names, or -1.
func (b *Book) Find(p string) int {
	key := addressKey(strings.TrimPrefix(p, "/"))
	if i, ok := b.paths[key]; ok {
		return i
	}
	if b.lateIndex != nil && strings.HasPrefix(key, searchPath) {
		return b.findSearch(key)
	}
	return -1
}

// page is page i; those of a late search index come behind all others.
func (b *Book) page(i int) *planned {
	if n := i - len(b.plan); n >= 0 {
		return &b.lateIndex.files[n]
	}
	return &b.plan[i]
}

// Layout returns the template of page i, "" where none is used.
func (b *Book) Layout(i int) string { return b.page(i).layout }

// At returns the document that page i comes from; of a list, no place.
func (b *Book) At(i int) diag.Place { return b.page(i).at }

// Listed reports whether search engines know of page i.
func (b *Book) Listed(i int) bool { return b.page(i).listed() }

func (p *planned) listed() bool { return !p.hidden && kindOf(p.layout).sitemap == yes }

// Leaf is one page of a Book, ready to be written.
type Leaf struct {
	Path   string       // of its file
	Layout string       // the template; "" where none is used
	Key    document.Sum // of everything that the bytes depend on; zero where only the bytes show a change
	View   any

	book      *Book
	p         *planned
	builder   *builder
	sentences []*Sentence
	diags     []diag.Diagnostic // of pictures
}

// Open makes the View of page i and its key, and weaves nothing yet.
func (b *Book) Open(i int) (*Leaf, error) {
	p := b.page(i)
	page := &Leaf{Path: filePath(p.path), Layout: p.layout, book: b, p: p}
	if p.open != nil {
		page.Key = p.sum
		return page, nil
	}
	bu := b.builder(p)
	page.builder, page.View = bu, p.view(bu)
	bu.describe(page.View)
	if bu.err != nil {
		return nil, fmt.Errorf("%s: %w", page.Path, bu.err)
	}
	page.diags = bu.diags
	if v, ok := page.View.(interface{ key() document.Sum }); ok {
		page.Key = v.key()
	}
	if p.layout != "" {
		page.sum(bu.site)
	}
	return page, nil
}

// sum works out the key, and finds what is to be completed before the page is
// written.
func (p *Leaf) sum(s *Site) {
	f := p.book.fingerprinter(s)
	defer p.book.summers.Put(f)
	f.bytes(p.book.base)
	templates := p.book.theme.Sum(p.Layout)
	f.bytes(templates[:])
	f.value(reflect.ValueOf(p.View))
	p.Key, p.sentences = f.sum(), slices.Clone(f.sentences)
}

// Close gives back the memory of the page. Its View can't be used any more.
func (p *Leaf) Close() {
	if p.builder != nil {
		p.builder.release()
		p.builder = nil
	}
}

// Write writes the page. Diagnostics are what templates met.
func (p *Leaf) Write(w io.Writer) ([]diag.Diagnostic, error) {
	if p.p.open != nil {
		r, err := p.p.open()
		if err != nil {
			return []diag.Diagnostic{document.Unreadable(p.p.at.File, err)}, nil
		}
		defer r.Close()
		in := &source{r: r}
		if _, err = io.Copy(w, in); in.err != nil {
			return []diag.Diagnostic{document.Unreadable(p.p.at.File, in.err)}, nil
		}
		return nil, err
	}
	if e, ok := p.View.(encoder); ok && p.Layout == "" {
		return p.diags, e.Encode(w)
	}
	for _, s := range p.sentences {
		var err error
		if s.Before, s.Match, s.After, err = p.book.site.Text(s.sentence); err != nil {
			return nil, err
		}
	}
	ds, err := p.book.theme.Execute(w, p.Layout, p.p.path, p.View)
	return append(p.diags, ds...), err
}

// source is a file that is copied: what reading it met is the writer's to know.
type source struct {
	r   io.Reader
	err error
}

// Read reads from the file.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// prepare works out what many pages share.
func (b *Book) prepare() {
	s := b.site
	b.csp = contentPolicy(s.Config.CSPAllow, true)
	b.siteViews, b.siteSums = map[string]*Site{}, map[*Site]document.Sum{}
	b.addSiteView(s.Config.Lang)
	for _, e := range slices.Concat(s.Explainers, s.Withdrawn) {
		b.addSiteView(s.Language(e))
	}
	for _, e := range s.Explainers {
		if !slices.Contains(s.Pinned, e) {
			b.unpinned = append(b.unpinned, e)
		}
	}
	b.omitted = map[*site.Explainer]map[*document.Event]string{}
	for _, e := range s.Explainers {
		if omitted := omittedEvents(e); omitted != nil {
			b.omitted[e] = omitted
		}
	}
	b.byYear = byYear(s.Events)
	for start := 0; start < len(b.byYear); {
		end := start
		for end < len(b.byYear) && b.byYear[end].Date.Year() == b.byYear[start].Date.Year() {
			end++
		}
		b.years = append(b.years, yearEvents{b.byYear[start].Date.Year(), b.byYear[start:end]})
		start = end
	}
	b.wholeFrom, b.filters = firstWholeYear(b.years), b.topicFilters()
	b.keyTerms = make([]string, len(s.Terms))
	for i, t := range s.Terms {
		b.keyTerms[i] = openTerm(anchorOf("term-", t.ID))
	}
	b.navigation = s.Config.Navigation
	if b.navigation == nil {
		b.navigation = b.defaultNavigation()
	}
	b.foot = b.footPages()
}

// footPages are the plain pages that the foot of each page leads to: those that
// neither the navigation nor a policy names and that may be found. Where they are too
// many, the last one, without a title, leads to the list of them all.
func (b *Book) footPages() (out []document.NavLink) {
	named := map[string]bool{}
	for _, l := range slices.Concat(b.navigation, b.site.Config.Publisher.Policies) {
		p, _, _ := strings.Cut(l.URL, "#")
		named[strings.Trim(p, "/")] = true
	}
	for _, g := range b.site.Pages {
		if g.NoIndex || named[g.ID] {
			continue
		}
		if len(out) == footPages {
			return append(out, document.NavLink{URL: chunkPath(searchPath, chunks(b.titles(), searchListed), 0)})
		}
		out = append(out, document.NavLink{Title: g.Title, URL: plainPath(g)})
	}
	return out
}

// sumBase sums what every page shows.
func (b *Book) sumBase() {
	s := b.site
	b.base = fmt.Appendf(nil, "%s {%v} %q %q\n", ViewVersion, b.o.Disk, s.Config.BaseURL, b.csp)
	for _, n := range slices.Concat(b.navigation, s.Config.Publisher.Policies) {
		b.base = fmt.Appendf(b.base, "%q %q\n", n.Title, "/"+b.there(strings.TrimPrefix(n.URL, "/")))
	}
	b.base = fmt.Appendln(b.base, len(b.navigation))
	for _, l := range b.foot {
		b.base = fmt.Appendf(b.base, "%q %q\n", l.Title, l.URL)
	}
	for _, name := range slices.Sorted(maps.Keys(b.assets)) {
		b.base = fmt.Appendln(b.base, b.assets[name].path)
	}
	for _, r := range s.Config.Styles {
		b.base = fmt.Appendln(b.base, r.Path)
	}
}

func (b *Book) defaultNavigation() []document.NavLink {
	v := b.siteView(b.site.Config.Lang)
	nav := []document.NavLink{}
	add := func(key, path string, there bool) {
		if there {
			w, _ := v.Word(key)
			nav = append(nav, document.NavLink{Title: w, URL: "/" + path})
		}
	}
	add("explainers", explainersPath, true)
	add("timeline", timelinePath, len(b.site.Events) > 0)
	add("glossary", glossaryPath, len(b.site.Terms) > 0)
	return nav
}

// siteView returns what every page in a language shares.
func (b *Book) siteView(l *lang.Language) *Site { return b.siteViews[l.Tag] }

func (b *Book) addSiteView(l *lang.Language) {
	if b.siteViews[l.Tag] != nil {
		return
	}
	cfg := &b.site.Config
	v := &Site{Title: cfg.Title, Tagline: cfg.Tagline, Lang: l.Tag, Dir: l.Dir,
		PublisherName: cfg.Publisher.Name, PublisherURL: cfg.Publisher.URL,
		ReplyEmail: cfg.ReplyEmail, ReplyForm: cfg.ReplyForm, Type: cfg.Type, Params: cfg.Params,
		Thousands: l.Thousands, Together: l.Together, Words: map[string]string{}, Plurals: map[string]string{}}
	for k, w := range l.Words {
		v.Words[k] = w
		if key, ok := l.Counted(k); ok {
			v.Plurals[key] = l.Own
		}
	}
	for k, w := range cfg.Words {
		v.Words[k] = w
		if key, ok := l.Counted(k); ok {
			v.Plurals[key] = l.Tag
		}
	}
	if n := &cfg.Notice; !b.site.NoticeOver() {
		v.Notice.Text = n.Text
		if l.Tag != cfg.Lang.Tag {
			v.Notice.Lang = cfg.Lang.Tag
		}
	}
	b.siteViews[l.Tag] = v
	f := newFingerprinter()
	f.value(reflect.ValueOf(v).Elem())
	b.siteSums[v] = f.sum()
}

func (b *Book) originPath(o site.Origin) string {
	switch {
	case o.Explainer != nil:
		return explainerPath(o.Explainer)
	case o.Term != nil:
		return termPath(o.Term)
	case o.Page != nil:
		return plainPath(o.Page)
	}
	return homePath
}
