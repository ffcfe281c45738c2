package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"iter"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/net/html"

	"nutgraf/site/diag"
	"nutgraf/site/internal/par"
	"nutgraf/site/pages"
)

// heaviest is how large the HTML of a page may be, in bytes.
const heaviest = 500_000

// page is one built page of HTML while it is read; of what it has, the faults
// and the links stay.
type page struct {
	*pageReader
	index  int    // in the book
	path   string // its site path
	depth  int    // in how many folders it lies
	layout string
	html   []byte

	level    int    // of the last heading
	headings bool   // there is one of the first level
	lang     bool   // it says its language
	link     []byte // the address of the link that is open, and whether it has words
	open     bool
	labelled bool

	faults []fault
	diags  []diag.Diagnostic // of executing the templates
	needed pageLinks         // what other pages need of it, and it of them
	*scratch
}

// scratch is the memory in which pages are read, one after the other.
type scratch struct {
	pageLinks                  // while they are gathered
	buf       bytes.Buffer     // the page's HTML
	known     map[string]int32 // pages by what fromRoot returns
}

// fault is what is wrong with a page; the same on many pages is reported once.
type fault struct{ rule, message, hint string }

// pageLinks is what other pages need of a page, and it of them: ids and
// anchors as their hashes, as there may be millions.
type pageLinks struct {
	ids []uint64 // sorted
	to  []anchorRef
}

type anchorRef struct {
	page   int32
	anchor uint64
}

// pageReader reads pages; it is what they share.
type pageReader struct {
	*checker
	seed   maphash.Seed
	linked []atomic.Bool // from another page
	base   string        // the path of base_url: what absolute links begin with
	memory sync.Pool     // of *scratch
}

// readPages reads every built page once, in parallel.
func (c *checker) readPages() error {
	r := &pageReader{checker: c, seed: maphash.MakeSeed(),
		linked: make([]atomic.Bool, c.book.Len()), base: "/",
		memory: sync.Pool{New: func() any { return &scratch{known: map[string]int32{}} }}}
	if u, err := url.Parse(c.site.Config.BaseURL); err == nil && u.Path != "" {
		r.base = u.Path
	}
	faults := make([][]fault, c.book.Len())
	c.pages, c.pageDiags = make([]pageLinks, c.book.Len()), make([][]diag.Diagnostic, c.book.Len())
	err := par.Each(c.ctx, c.book.Len(), func(i int) error {
		i = c.book.Len() - 1 - i // long pages come last in a book
		p, err := r.read(i)
		if p != nil {
			faults[i], c.pages[i], c.pageDiags[i] = p.faults, p.needed, p.diags
		}
		return err
	})
	if err != nil {
		return err
	}
	for i := range c.pages {
		if r.misses(i) {
			lost, err := r.lostAnchors(i)
			if err != nil {
				return err
			}
			faults[i] = append(faults[i], lost...)
		}
		if c.book.Listed(i) && !r.linked[i].Load() && c.book.At(i).File != "" { // lists are the theme's own
			faults[i] = append(faults[i], fault{"orphan", "no page links to this one",
				"add it to navigation:, or link to it from a text"})
		}
	}
	c.reportFaults(faults)
	c.pages = nil
	return nil
}

// reportFaults reports each fault once, with the first of its pages.
func (c *checker) reportFaults(faults [][]fault) {
	count := map[fault]int{}
	for _, fs := range faults {
		for _, f := range fs {
			count[f]++
		}
	}
	for i, fs := range faults {
		for _, f := range fs {
			n := count[f]
			if delete(count, f); n == 0 || !c.on(f.rule) {
				continue
			}
			where := "on /" + strings.TrimSuffix(c.book.Path(i), "index.html")
			if n > 1 {
				where += " and on " + plural(n-1, "other page")
			}
			c.report(f.rule, c.book.At(i), f.message+", "+where, f.hint)
		}
	}
}

// read reads page i; nil is one that is no HTML, or leads elsewhere at once.
func (r *pageReader) read(i int) (*page, error) {
	if r.book.Layout(i) == "" {
		return nil, nil
	}
	leaf, err := r.book.Open(i)
	if err != nil {
		return nil, err
	}
	defer leaf.Close()
	m := r.memory.Get().(*scratch)
	defer r.memory.Put(m)
	p := r.page(i, leaf, m)
	if err := p.write(leaf); err != nil {
		return nil, err
	}
	p.scan()
	p.finish()
	return p, nil
}

// page is page i, of which nothing is read yet.
func (r *pageReader) page(i int, leaf *pages.Leaf, m *scratch) *page {
	m.ids, m.to = m.ids[:0], m.to[:0]
	p := &page{pageReader: r, index: i, path: strings.TrimSuffix(leaf.Path, "index.html"),
		layout: leaf.Layout, scratch: m}
	p.depth = strings.Count(p.path, "/")
	return p
}

// write makes the page's HTML.
func (p *page) write(leaf *pages.Leaf) error {
	p.buf.Reset()
	ds, err := leaf.Write(&p.buf)
	p.html, p.diags = p.buf.Bytes(), ds
	return err
}

func (p *page) fault(rule, hint, format string, args ...any) {
	p.faults = append(p.faults, fault{rule, fmt.Sprintf(format, args...), hint})
}

// scan reads the page's tags and texts.
func (p *page) scan() {
	z := html.NewTokenizer(bytes.NewReader(p.html))
	for {
		switch z.Next() {
		case html.ErrorToken: // its end
			return
		case html.TextToken:
			p.labelled = p.labelled || p.open && len(bytes.TrimSpace(z.Raw())) > 0
		case html.EndTagToken:
			if name, _ := z.TagName(); p.open && string(name) == "a" {
				p.endLink()
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			p.startTag(z)
		}
	}
}

// tagAttributes are the attributes of a tag that a rule reads.
type tagAttributes struct {
	href, src, alt, lang, kind []byte
	linked                     bool // href is there, empty or not
	named                      bool // an aria-label, or an aria-labelledby
}

// attributes reads the attributes of a tag, and adds its id to those of the page.
func (p *page) attributes(z *html.Tokenizer, more bool) (a tagAttributes) {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "id":
			p.ids = append(p.ids, maphash.Bytes(p.seed, value))
		case "href":
			a.href, a.linked = value, true
		case "src":
			a.src = value
		case "alt":
			a.alt = value
		case "lang":
			a.lang = value
		case "type":
			a.kind = value
		case "aria-label", "aria-labelledby":
			a.named = a.named || len(value) > 0
		}
	}
	return a
}

// startTag reads the start tag at which z stands, and what a script or style sheet holds.
func (p *page) startTag(z *html.Tokenizer) {
	name, more := z.TagName()
	a := p.attributes(z, more)
	switch string(name) {
	case "html":
		p.lang = len(bytes.TrimSpace(a.lang)) > 0
	case "a":
		if a.linked {
			p.startLink(a)
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		p.heading(int(name[1] - '0'))
	case "img", "script", "iframe", "source", "audio", "video":
		p.follow(a.src)
		p.labelled = p.labelled || p.open && len(a.alt) > 0
	case "link":
		p.follow(a.href)
	}
	switch string(name) {
	case "script", "style": // whose text is no words
		if z.Next() == html.TextToken && string(a.kind) == "application/ld+json" {
			p.structured(z.Raw())
		}
	}
}

func (p *page) startLink(a tagAttributes) {
	p.open, p.link, p.labelled = true, a.href, a.named
	p.follow(a.href)
}

func (p *page) endLink() {
	if !p.labelled {
		p.fault("empty-link", "put words between its tags, or give it an aria-label",
			"the link to “%s” says nothing", clip(string(p.link)))
	}
	p.open = false
}

func (p *page) heading(level int) {
	if level > p.level+1 && p.level > 0 {
		p.fault("heading-order", fmt.Sprintf("make it a heading of level %d", p.level+1),
			"a heading of level %d follows one of level %d", level, p.level)
	}
	p.headings = p.headings || level == 1
	p.level = level
}

// follow records where a link leads; one to another site is not looked at.
func (p *page) follow(href []byte) {
	href = bytes.TrimSpace(href)
	address, anchor, _ := bytes.Cut(href, []byte("#"))
	to := int32(p.index)
	if len(address) > 0 {
		from := fromRoot(address, p.depth)
		var known bool
		if to, known = p.known[string(from)]; !known {
			if to = p.find(string(href)); to < 0 {
				return
			}
			if from != nil {
				p.remember(from, to)
			}
		}
	}
	if int(to) != p.index {
		p.linked[to].Store(true)
	}
	if bytes.IndexByte(anchor, '%') >= 0 {
		anchor = []byte(unescaped(string(anchor)))
	}
	if len(anchor) > 0 && string(anchor) != "top" && !bytes.HasPrefix(anchor, []byte(":~:")) {
		p.to = append(p.to, anchorRef{to, maphash.Bytes(p.seed, anchor)})
	}
}

// fromRoot is what is left of a link on a page that lies so many folders deep
// without its way up to the site's root, nil where it leads elsewhere: then it
// means the same on every page.
func fromRoot(href []byte, depth int) []byte {
	for range depth {
		rest, ok := bytes.CutPrefix(href, []byte("../"))
		if !ok {
			return nil
		}
		href = rest
	}
	if len(href) == 0 || strings.IndexByte("/?#", href[0]) >= 0 || bytes.IndexByte(href, ':') >= 0 {
		return nil
	}
	return href
}

// remember keeps where a link leads.
func (m *scratch) remember(from []byte, to int32) {
	const most = 1 << 13
	if len(m.known) == most {
		clear(m.known)
	}
	m.known[string(from)] = to
}

// find returns the page that a link leads to, and -1 for what is none of this
// site's. Where there should be one and is none, that is a fault.
func (p *page) find(href string) int32 {
	path, _, ours := p.resolve(href)
	if !ours {
		return -1
	}
	i := p.book.Find(path)
	if i < 0 {
		p.fault("broken-link", "mend the link, or make the page",
			"the link “%s” leads to /%s, and there is no such page", clip(href), clip(path))
	}
	if i >= len(p.linked) { // of the search index, of which no page is read
		return -1
	}
	return int32(i)
}

// resolve returns the site path and the anchor that a link of the page means,
// and whether it is one of this site's (RFC 3986, 5.2).
func (p *page) resolve(href string) (target, anchor string, ours bool) {
	href = strings.TrimSpace(href)
	href, anchor, _ = strings.Cut(href, "#")
	href, _, _ = strings.Cut(href, "?")
	if i := strings.IndexAny(href, ":/"); strings.HasPrefix(href, "//") || i > 0 && href[i] == ':' {
		return "", "", false
	}
	anchor = unescaped(anchor)
	if href == "" {
		return p.path, anchor, true
	}
	href = unescaped(href)
	if rest, ok := strings.CutPrefix(href, "/"); ok {
		if based, ok := strings.CutPrefix(href, p.base); ok {
			rest = based
		}
		return rest, anchor, true
	}
	return joined(p.path[:strings.LastIndexByte(p.path, '/')+1], href), anchor, true
}

// joined is the site path that a relative address means in a folder, which ends
// with a slash or is the site's own.
func joined(dir, href string) string {
	for strings.HasPrefix(href, "../") {
		href = href[len("../"):]
		dir = dir[:strings.LastIndexByte(strings.TrimSuffix(dir, "/"), '/')+1]
	}
	if !strings.HasPrefix(href, ".") && !strings.Contains(href, "/.") && !strings.Contains(href, "//") {
		return dir + href
	}
	target := strings.TrimPrefix(path.Join("/", dir, href), "/")
	if last := href[strings.LastIndexByte(href, '/')+1:]; target != "" && (last == "" || last == "." || last == "..") {
		target += "/"
	}
	return target
}

func unescaped(s string) string {
	if strings.IndexByte(s, '%') >= 0 {
		if plain, err := url.PathUnescape(s); err == nil {
			return plain
		}
	}
	return s
}

// finish judges the page as a whole.
func (p *page) finish() {
	slices.Sort(p.ids)
	if distinct := slices.Compact(p.ids); len(distinct) < len(p.ids) {
		p.reportDuplicateIDs()
		p.ids = distinct
	}
	p.needed.ids = append(make([]uint64, 0, len(p.ids)), p.ids...)
	p.to = slices.DeleteFunc(p.to, func(to anchorRef) bool {
		_, here := slices.BinarySearch(p.ids, to.anchor)
		return here && int(to.page) == p.index
	})
	p.needed.to = slices.Clip(slices.Clone(p.to))
	alone := p.layout == "redirect" || p.layout == "embed"
	if !p.lang {
		p.fault("page-lang", "write lang= in the template's <html>", "this page doesn't say its language")
	}
	if !p.headings && !alone {
		p.fault("heading-order", "give the template an <h1>", "this page has no heading of the first level")
	}
	if n := len(p.html); n > heaviest {
		p.fault("page-weight", "move long tables into files beside the explainer, or split it",
			"this page's HTML has %d kB; more than %d are slow on a slow line", n/1000, heaviest/1000)
	}
	p.html, p.link, p.scratch = nil, nil, nil
}

// reportDuplicateIDs reads the page once more, for the ids that two of its elements have.
func (p *page) reportDuplicateIDs() {
	n := map[string]int{}
	for id := range valuesOf(p.html, "id") {
		n[id]++
	}
	for _, id := range slices.Sorted(maps.Keys(n)) {
		if n[id] > 1 {
			p.fault("duplicate-id", "give one of them another id", "two elements have the id “%s”", clip(id))
		}
	}
}

// valuesOf are the values that an attribute has in a page, tag by tag.
func valuesOf(page []byte, attribute string) iter.Seq[string] {
	return func(yield func(string) bool) {
		z := html.NewTokenizer(bytes.NewReader(page))
		for z.Next() != html.ErrorToken {
			for _, a := range z.Token().Attr {
				if a.Key == attribute && !yield(a.Val) {
					return
				}
			}
		}
	}
}

// misses reports whether a link of page i leads to a place that is not there.
func (r *pageReader) misses(i int) bool {
	return slices.ContainsFunc(r.pages[i].to, r.lost)
}

// lost reports whether there is no such place. What is no HTML, and so has no
// ids that we know, has places of its own.
func (r *pageReader) lost(to anchorRef) bool {
	if int(to.page) >= len(r.pages) || r.pages[to.page].ids == nil {
		return false
	}
	ids := r.pages[to.page].ids
	_, ok := slices.BinarySearch(ids, to.anchor)
	return !ok
}

// lostAnchors reads page i once more, for the words of its links that lead to
// no place.
func (r *pageReader) lostAnchors(i int) ([]fault, error) {
	leaf, err := r.book.Open(i)
	if err != nil {
		return nil, err
	}
	defer leaf.Close()
	p := r.page(i, leaf, new(scratch))
	if err := p.write(leaf); err != nil {
		return nil, err
	}
	var out []fault
	seen := map[string]bool{}
	for href := range valuesOf(p.html, "href") {
		if seen[href] {
			continue
		}
		seen[href] = true
		path, anchor, ours := p.resolve(href)
		if j := r.book.Find(path); ours && anchor != "" && anchor != "top" && j >= 0 &&
			r.lost(anchorRef{int32(j), maphash.String(r.seed, anchor)}) {
			out = append(out, fault{"broken-link",
				fmt.Sprintf("the link “%s” leads to “#%s”, and /%s has no such place", clip(href),
					clip(anchor), path), "mend the link"})
		}
	}
	return out, nil
}

// structured judges the page's structured data: JSON-LD, as search engines read it.
func (p *page) structured(data []byte) {
	var all struct {
		Graph []map[string]json.RawMessage `json:"@graph"`
	}
	if err := json.Unmarshal(data, &all); err != nil {
		p.fault("structured-data", "let {{.Data.HTML}} write it", "this page's structured data can't be read as JSON")
		return
	}
	for _, node := range all.Graph {
		p.node(node)
	}
}

// node judges one thing that structured data speaks of.
func (p *page) node(node map[string]json.RawMessage) {
	for _, kind := range typesOf(node["@type"]) {
		for _, need := range required[kind] {
			if !given(node[need]) {
				p.fault("structured-data", lackHint(need),
					"this page's structured data is of type %s, and has no %s", kind, need)
			}
		}
	}
}

// required is what search engines ask of schema.org's types that pages are of.
var required = map[string][]string{
	"NewsArticle":    {"headline", "datePublished", "author"},
	"FAQPage":        {"mainEntity"},
	"Question":       {"name"},
	"DefinedTerm":    {"name"},
	"BreadcrumbList": {"itemListElement"},
}

func lackHint(need string) string {
	switch need {
	case "author":
		return "add authors: to the explainer"
	case "datePublished":
		return "add published: to the explainer"
	}
	return "look at what the page is made of with nutgraf why"
}

// typesOf are the types that a node says it is of: one, or a list (JSON-LD 1.1, 4.1).
func typesOf(raw json.RawMessage) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var many []string
	if json.Unmarshal(raw, &many) != nil {
		return nil // of no type that we know
	}
	return many
}

// given reports whether a property is there and holds something.
func given(raw json.RawMessage) bool {
	switch string(raw) {
	case "", `""`, "[]", "{}", "null":
		return false
	}
	return true
}
