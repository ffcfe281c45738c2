package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"html"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"nutgraf/site/diag"
	"nutgraf/site/internal/par"
	"nutgraf/site/pages"
)

// heaviest is how large the HTML of a page may be, in bytes.
const heaviest = 500_000

// page is one built page of HTML while it is read; of what it has, the faults
// and the links stay.
type page struct {
	*tour
	path   string // its site path
	layout string
	html   []byte

	ids      [][]byte
	level    int    // of the last heading
	headings bool   // there is one of the first level
	lang     bool   // it says its language
	link     string // the address of the link that is open, and whether it says anything
	open     bool
	says     bool

	faults []fault
	told   []diag.Diagnostic // by the templates
	pageLinks
}

// fault is what is wrong with a page; the same on many pages is told once.
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

// tour is what tour all pages shares.
type tour struct {
	*checker
	seed    maphash.Seed
	linked  []atomic.Bool // from another page
	base    string        // the path of base_url: what absolute links begin with
	buffers sync.Pool     // of *bytes.Buffer, for pages one after the other
}

// readPages reads every built page once, in parallel.
func (c *checker) readPages() error {
	r := &tour{checker: c, seed: maphash.MakeSeed(), linked: make([]atomic.Bool, c.book.Len()), base: "/", buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }}}
	if u, err := url.Parse(c.site.Config.BaseURL); err == nil && u.Path != "" {
		r.base = u.Path
	}
	faults := make([][]fault, c.book.Len())
	c.pages, c.told = make([]pageLinks, c.book.Len()), make([][]diag.Diagnostic, c.book.Len())
	err := par.Each(c.ctx, c.book.Len(), func(i int) error {
		i = c.book.Len() - 1 - i // long pages come last in a book
		p, err := r.read(i)
		if p != nil {
			faults[i], c.pages[i], c.told[i] = p.faults, p.pageLinks, p.told
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
			faults[i] = append(faults[i], fault{"orphan", "no page links to this one", "add it to navigation:, or link to it from a text"})
		}
	}
	c.tellFaults(faults)
	c.pages = nil
	return nil
}

// tellFaults tells each fault once, with the first of its pages.
func (c *checker) tellFaults(faults [][]fault) {
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
			c.tell(f.rule, c.book.At(i), f.message+", "+where, f.hint)
		}
	}
}

// read reads page i; nil is one that is no HTML, or leads elsewhere at once.
func (r *tour) read(i int) (*page, error) {
	if r.book.Layout(i) == "" {
		return nil, nil
	}
	leaf, err := r.book.Open(i)
	if err != nil {
		return nil, err
	}
	defer leaf.Close()
	buf := r.buffers.Get().(*bytes.Buffer)
	defer r.buffers.Put(buf)
	p := &page{tour: r, path: strings.TrimSuffix(leaf.Path, "index.html"), layout: leaf.Layout}
	if err := p.write(leaf, buf); err != nil {
		return nil, err
	}
	scan(p.html, p.markup)
	p.finish()
	return p, nil
}

// write makes the page's HTML, in the memory of buf.
func (p *page) write(leaf *pages.Leaf, buf *bytes.Buffer) error {
	buf.Reset()
	ds, err := leaf.Write(buf)
	p.html, p.told = buf.Bytes(), ds
	return err
}

func (p *page) fault(rule, hint, format string, args ...any) {
	p.faults = append(p.faults, fault{rule, fmt.Sprintf(format, args...), hint})
}

// markup takes in one tag or text.
func (p *page) markup(t *markup) {
	switch {
	case t.text != nil && t.name == "script":
		if kind, _ := t.attr("type"); kind == "application/ld+json" {
			p.structured(t.text)
		}
		return
	case t.text != nil:
		p.says = p.says || p.open && len(bytes.TrimSpace(t.text)) > 0 && t.name == ""
		return
	case t.closes:
		if t.name == "a" && p.open {
			p.endLink()
		}
		return
	}
	for _, a := range t.attrs {
		if a.name == "id" {
			p.ids = append(p.ids, a.value)
		}
	}
	switch t.name {
	case "html":
		lang, _ := t.attr("lang")
		p.lang = strings.TrimSpace(lang) != ""
	case "a":
		p.startLink(t)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		p.heading(int(t.name[1] - '0'))
	case "img", "script", "iframe", "source", "audio", "video":
		if src, ok := t.attr("src"); ok {
			p.follow(src)
		}
		alt, _ := t.attr("alt")
		p.says = p.says || p.open && alt != ""
	case "link":
		p.follow(first(t.attr("href")))
	}
}

func first(value string, _ bool) string { return value }

func (p *page) startLink(t *markup) {
	href, ok := t.attr("href")
	if !ok {
		return
	}
	label, _ := t.attr("aria-label")
	by, _ := t.attr("aria-labelledby")
	p.open, p.link, p.says = true, href, label != "" || by != ""
	p.follow(href)
}

func (p *page) endLink() {
	if !p.says {
		p.fault("empty-link", "put words between its tags, or give it an aria-label", "the link to “%s” says nothing", clip(p.link))
	}
	p.open = false
}

func (p *page) heading(level int) {
	if level > p.level+1 && p.level > 0 {
		p.fault("heading-order", fmt.Sprintf("make it a heading of level %d", p.level+1), "a heading of level %d follows one of level %d", level, p.level)
	}
	p.headings = p.headings || level == 1
	p.level = level
}

// follow looks where a link leads. Addresses of others are not its business.
func (p *page) follow(href string) {
	target, anchor, ours := p.resolve(href)
	if !ours {
		return
	}
	i := p.book.Find(target)
	if i < 0 {
		p.fault("broken-link", "mend the link, or make the page", "the link “%s” leads to /%s, and there is no such page", clip(href), clip(target))
		return
	}
	if i >= len(p.linked) { // of the search index, which no page is read of
		return
	}
	if target != p.path {
		p.linked[i].Store(true)
	}
	if anchor != "" && anchor != "top" && !strings.HasPrefix(anchor, ":~:") {
		p.to = append(p.to, anchorRef{int32(i), maphash.String(p.seed, anchor)})
	}
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
	slices.SortFunc(p.ids, bytes.Compare)
	p.pageLinks.ids = make([]uint64, 0, len(p.ids))
	for i, id := range p.ids {
		if i > 0 && bytes.Equal(id, p.ids[i-1]) {
			if i == 1 || !bytes.Equal(id, p.ids[i-2]) {
				p.fault("duplicate-id", "give one of them another id", "two elements have the id “%s”", clip(string(id)))
			}
			continue
		}
		p.pageLinks.ids = append(p.pageLinks.ids, p.hash(id))
	}
	slices.Sort(p.pageLinks.ids)
	p.to = slices.Clip(p.to)
	alone := p.layout == "redirect" || p.layout == "embed"
	if !p.lang {
		p.fault("page-lang", "write lang= in the template's <html>", "this page doesn't say its language")
	}
	if !p.headings && !alone {
		p.fault("heading-order", "give the template an <h1>", "this page has no heading of the first level")
	}
	if n := len(p.html); n > heaviest {
		p.fault("page-weight", "move long tables into files beside the explainer, or split it", "this page's HTML has %d kB; more than %d are slow on a slow line", n/1000, heaviest/1000)
	}
	p.html, p.ids = nil, nil
}

// hash is that of an id as links name it.
func (p *page) hash(id []byte) uint64 {
	if bytes.IndexByte(id, '&') < 0 {
		return maphash.Bytes(p.seed, id)
	}
	return maphash.String(p.seed, html.UnescapeString(string(id)))
}

// misses reports whether a link of page i leads to a place that is not there.
func (r *tour) misses(i int) bool {
	return slices.ContainsFunc(r.pages[i].to, r.lost)
}

// lost reports whether there is no such place. What is no HTML, and so has no
// ids that we know, has places of its own.
func (r *tour) lost(to anchorRef) bool {
	if int(to.page) >= len(r.pages) || r.pages[to.page].ids == nil {
		return false
	}
	ids := r.pages[to.page].ids
	_, ok := slices.BinarySearch(ids, to.anchor)
	return !ok
}

// lostAnchors reads page i once more, for the words of its links that lead to
// no place.
func (r *tour) lostAnchors(i int) ([]fault, error) {
	leaf, err := r.book.Open(i)
	if err != nil {
		return nil, err
	}
	defer leaf.Close()
	p := &page{tour: r, path: strings.TrimSuffix(leaf.Path, "index.html")}
	if err := p.write(leaf, new(bytes.Buffer)); err != nil {
		return nil, err
	}
	var out []fault
	seen := map[string]bool{}
	scan(p.html, func(t *markup) {
		href, ok := t.attr("href")
		if !ok || t.closes || t.text != nil || seen[href] {
			return
		}
		seen[href] = true
		target, anchor, ours := p.resolve(href)
		if j := r.book.Find(target); ours && anchor != "" && anchor != "top" && j >= 0 && r.lost(anchorRef{int32(j), maphash.String(r.seed, anchor)}) {
			out = append(out, fault{"broken-link", fmt.Sprintf("the link “%s” leads to “#%s”, and /%s has no such place", clip(href), clip(anchor), target), "mend the link"})
		}
	})
	return out, nil
}

// structured judges the page's structured data: JSON-LD, as search engines read it.
func (p *page) structured(data []byte) {
	var doc struct {
		Graph []map[string]json.RawMessage `json:"@graph"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		p.fault("structured-data", "let {{.Data.HTML}} write it", "this page's structured data can't be read as JSON")
		return
	}
	for _, node := range doc.Graph {
		for _, kind := range typesOf(node["@type"]) {
			for _, need := range required[kind] {
				if !given(node[need]) {
					p.fault("structured-data", lackHint(need), "this page's structured data is of type %s, and has no %s", kind, need)
				}
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

func typesOf(raw json.RawMessage) []string {
	var one string
	var many []string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	_ = json.Unmarshal(raw, &many) // of another shape it is no type we know
	return many
}

// given reports whether a property holds something.
func given(raw json.RawMessage) bool {
	s := strings.TrimFunc(string(raw), unicode.IsSpace)
	return s != "" && s != `""` && s != "[]" && s != "{}" && s != "null"
}
