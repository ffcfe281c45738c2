package pages

import (
	"bytes"
	"cmp"
	"fmt"
	"hash/maphash"
	"html"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/edtf"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
	"nutgraf/site/picture"
)

// builder makes one View. It knows the page that it is for: links are relative
// to it, and citations are numbered through it.
type builder struct {
	book      *Book
	link      linker
	layout    string
	site      *Site          // the words that the page speaks in
	words     *lang.Language // its dates
	fragments map[*document.Record]*document.Fragments
	read      []*document.Fragments // all that were, also before forget
	spare     []*document.Fragments // for the next ones
	used      [][]byte              // what texts of sources alias
	buffers   [][]byte              // for the next ones
	cited     map[*document.Source]int
	citations []*document.Source // in the order of their numbers
	citing    place              // where the text stands that is being made
	marks     []wayBack          // where sources are cited on this page
	numbered  numbering          // of the explainer whose sources were numbered last
	sourceIDs map[*document.Source]string
	about     map[*document.Source]*document.SourceText // those that were read
	texts     map[*document.Record]document.SourceTexts
	taken     map[string]int // by what sourceIDs begin with, the number of the last; 1 has none
	dates     *rememberedDates
	days      *rememberedDates
	datesIn   *lang.Language // whose words dates and days are in
	keyTerms  bool           // the page lists its terms: link there
	byHand    []*site.Term   // linked on it by a writer's hand
	elsewhere string         // in feeds: the page that has the sources of a text
	scratch   []byte         // for texts while they are put together
	eventData []byte         // for the events of an explainer, likewise
	html      bytes.Buffer   // for one of them
	made      *arenas
	data      Data
	diags     []diag.Diagnostic
	reported  *site.Explainer // whose events' diagnostics are in diags
	err       error
}

// builder returns one that release may have taken back from another page.
func (b *Book) builder(p *planned) *builder {
	bu, _ := b.builders.Get().(*builder)
	if bu == nil {
		bu = &builder{book: b, fragments: map[*document.Record]*document.Fragments{},
			cited: map[*document.Source]int{}, sourceIDs: map[*document.Source]string{},
			about: map[*document.Source]*document.SourceText{},
			texts: map[*document.Record]document.SourceTexts{},
			taken: map[string]int{}, dates: &rememberedDates{}, days: &rememberedDates{}, made: &arenas{}}
	}
	bu.link = linker{from: p.path, disk: b.o.Disk}
	if p.path == "404.html" && !b.o.Disk {
		bu.link.prefix = basePath(b.site.Config.BaseURL)
	}
	bu.layout, bu.site, bu.words = p.layout, b.siteView(p.lang), p.lang
	return bu
}

// spareRecords is how many bytes a builder keeps for the records of its next
// pages: pages of many records would else leave their memory with it.
const spareRecords = 256 << 10

// forget makes way for another text: Fragments, and what was numbered in them.
func (b *builder) forget() {
	clear(b.fragments)
	clear(b.cited)
	clear(b.sourceIDs)
	clear(b.about)
	clear(b.texts)
	clear(b.taken)
	b.citations = nil
	clear(b.marks)
	b.marks, b.citing, b.numbered = b.marks[:0], place{}, numbering{}
}

// release gives the builder's memory to another page: nothing that it made can
// be used any more.
func (b *builder) release() {
	b.forget()
	size := 0
	for _, r := range b.used {
		if size += cap(r); size < spareRecords {
			b.buffers = append(b.buffers, r)
		}
	}
	for _, f := range b.read {
		if size += f.Size(); size < spareRecords {
			b.spare = append(b.spare, f)
		}
	}
	clear(b.read)
	b.made.reset()
	*b = builder{book: b.book, fragments: b.fragments, cited: b.cited, sourceIDs: b.sourceIDs,
		about: b.about, texts: b.texts, taken: b.taken, dates: b.dates, days: b.days,
		datesIn: b.datesIn, used: b.used[:0], marks: b.marks, buffers: b.buffers, read: b.read[:0],
		spare:   b.spare,
		scratch: b.scratch, eventData: b.eventData, html: b.html, made: b.made}
	b.book.builders.Put(b)
}

// absolute makes links that are right anywhere: in feeds.
func (b *builder) absolute() *builder {
	b.link.prefix = b.book.site.Config.BaseURL
	return b
}

// longTitle is how many characters a title may have in the largest type.
const longTitle = 90

// breadth is how many letters of the Latin script a title takes the room of.
func breadth(title string) int {
	n := 0
	for _, r := range title {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

// page makes what every View has.
func (b *builder) page(title, description string) Page {
	cfg := &b.book.site.Config
	p := Page{
		Site: b.site, Layout: b.layout, Title: title, Description: description, Lang: b.words.Tag,
		Dir: b.words.Dir, Locale: locale(b.words.Tag), Image: b.book.image,
		Root: strings.TrimSuffix(b.link.to(homePath), "index.html"), HomeURL: b.link.to(homePath),
		SearchURL: b.link.to(searchPath),
		CSS:       b.assetURL(styleAsset), JS: b.assetURL(scriptAsset), Icon: b.link.to(iconPath),
		Long: breadth(title) > longTitle, NoIndex: b.book.site.Drafts,
		OGType: kindOf(b.layout).shared, CSP: b.book.csp, Generator: "nutgraf",
	}
	if cfg.BaseURL != "" {
		p.Canonical = cfg.BaseURL + escapePath(b.link.from)
		p.ShareURL = p.Canonical
		p.Feeds = []Feed{
			{Title: cfg.Title, URL: b.link.to(feedPath), Type: atomType},
			{Title: cfg.Title, URL: b.link.to(jsonFeedPath), Type: "application/feed+json"},
		}
	}
	for _, r := range cfg.Styles {
		p.Styles = append(p.Styles, b.assetURL(r.Path))
	}
	p.Navigation = b.made.links.Room(len(b.book.navigation))
	for _, n := range b.book.navigation {
		l := Link{Title: n.Title, URL: b.href(n.URL)}
		l.Current = strings.HasPrefix(n.URL, "/") && n.URL != "/" && strings.HasPrefix("/"+b.link.from, n.URL)
		p.Navigation = append(p.Navigation, l)
	}
	p.Foot = b.made.links.Room(4 + len(cfg.Publisher.Policies) + len(b.book.foot))
	for _, f := range [4]struct{ key, path string }{{"all-explainers", explainersPath},
		{"topics", topicsPath}, {"updates", updatesPath}, {"sources", sourcesPath}} {
		p.Foot = append(p.Foot, Link{Title: b.word(f.key), URL: b.link.to(f.path)})
	}
	for _, l := range cfg.Publisher.Policies {
		p.Foot = append(p.Foot, Link{Title: b.policy(l.Title), URL: b.href(l.URL)})
	}
	for _, l := range b.book.foot {
		p.Foot = append(p.Foot, Link{Title: cmp.Or(l.Title, b.word("all-pages")), URL: b.link.to(l.URL)})
	}
	return p
}

// policy is the name of a policy: the theme's word for it, else its key.
func (b *builder) policy(key string) string {
	if w, ok := b.site.Words["policy-"+key]; ok {
		return w
	}
	first, n := utf8.DecodeRuneInString(key)
	return string(unicode.ToUpper(first)) + strings.NewReplacer("-", " ", "_", " ").Replace(key[n:])
}

// href is a link that site.yaml gives: an address, or a path of the site.
func (b *builder) href(u string) string {
	if p, ok := strings.CutPrefix(u, "/"); ok {
		return b.link.to(b.book.there(p))
	}
	return u
}

func (b *builder) crumbs(p *Page, links ...Link) {
	p.Breadcrumbs = append([]Link{{Title: b.word("home"), URL: p.HomeURL}}, links...)
}

func (b *builder) word(key string) string {
	w, err := b.site.Word(key)
	b.fail(err)
	return w
}

func (b *builder) say(key string, pairs ...any) string {
	w, err := b.site.Say(key, pairs...)
	b.fail(err)
	return w
}

func (b *builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// day is a date as readers see it.
func (b *builder) day(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	t = t.In(b.book.site.Config.Location)
	if t.Hour() == 0 && t.Minute() == 0 {
		return Date{Words: b.words.Date(t), Datetime: t.Format("2006-01-02")}
	}
	return Date{Words: b.words.DateTime(t), Datetime: t.Format(time.RFC3339)}
}

// wholeDay is the day of a moment, without its clock.
func (b *builder) wholeDay(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	t = t.In(b.book.site.Config.Location)
	return Date{Words: b.words.Date(t), Datetime: t.Format(time.DateOnly)}
}

// sameDay reports whether two moments are of one day in the site's time zone.
func (b *builder) sameDay(x, y time.Time) bool {
	return b.wholeDay(x) == b.wholeDay(y)
}

func (b *builder) uncertain(d edtf.Date) Date {
	if d.IsZero() {
		return Date{}
	}
	b.useWords()
	r := b.dates.place(d.String())
	if r.text != d.String() {
		r.text, r.date = d.String(), Date{Words: d.Words(b.words), Datetime: d.Datetime()}
	}
	return r.date
}

// useWords forgets the dates that it knows in other words than the page's.
func (b *builder) useWords() {
	if b.datesIn != b.words {
		*b.dates, *b.days = rememberedDates{}, rememberedDates{}
		b.datesIn = b.words
	}
}

// rememberedDates are dates in words, each in the place that its text gives: lists
// in the order of time show the same ones again and again.
type rememberedDates [512]rememberedDate

type rememberedDate struct {
	text string
	date Date
}

var dateSeed = maphash.MakeSeed()

func (r *rememberedDates) place(text string) *rememberedDate {
	return &r[maphash.String(dateSeed, text)%uint64(len(r))]
}

// edtfDay is a date that was checked when it was parsed.
func (b *builder) edtfDay(text string) Date {
	if text == "" {
		return Date{}
	}
	b.useWords()
	r := b.days.place(text)
	if r.text != text {
		r.text, r.date = strings.Clone(text), Date{}
		if t, _, err := edtf.ParseDay(text, b.book.site.Config.Location); err == nil {
			r.date = b.day(t)
		}
	}
	return r.date
}

// prose prepares a text: the fills of its holes and the links of its terms.
// scope is the id under which it stands on the page.
func (b *builder) prose(o site.Origin, pr document.Prose, scope string) *Prose {
	f := b.fragment(pr)
	if f == nil {
		return nil
	}
	p := b.made.proses.One()
	*p = Prose{Sum: pr.Sum(), fragment: f, Fills: b.made.fills.Room(len(f.Holes))}
	for i := range f.Holes {
		p.Fills = append(p.Fills, b.fill(o, &f.Holes[i], scope))
	}
	if o.Explainer != nil {
		uses := o.Explainer.Uses(pr.Index)
		p.Links = b.made.uses.Room(len(uses))
		for _, u := range uses {
			p.Links = append(p.Links, markdown.TermLink{Start: u.Start, End: u.End,
				Open: b.termOpen(b.book.site.Terms[u.Term])})
		}
	}
	return p
}

// fragment reads a text, nil where there is none.
func (b *builder) fragment(pr document.Prose) *markdown.Fragment {
	if !pr.Given() {
		return nil
	}
	fs := b.fragments[pr.Record]
	if fs == nil {
		if n := len(b.spare); n > 0 {
			fs, b.spare = b.spare[n-1], b.spare[:n-1]
		} else {
			fs = new(document.Fragments)
		}
		b.fail(b.book.site.ReadFragments(pr.Record, fs))
		b.read, b.fragments[pr.Record] = append(b.read, fs), fs
	}
	if int(pr.Index) >= len(fs.All) {
		return nil
	}
	return &fs.All[pr.Index]
}

// buffer is memory for a record.
func (b *builder) buffer() (buf []byte) {
	if n := len(b.buffers); n > 0 {
		buf, b.buffers = b.buffers[n-1], b.buffers[:n-1]
	}
	return buf
}

// termURL leads to the term where the reader is closest to it.
func (b *builder) termURL(t *site.Term) string {
	if b.keyTerms {
		return anchorOf("term-", t.ID)
	}
	return b.link.to(termPath(t))
}

// termOpen is the start tag of a link to a term.
func (b *builder) termOpen(t *site.Term) string {
	if b.keyTerms {
		return b.book.keyTerms[t.Index]
	}
	return openTerm(b.termURL(t))
}

func openTerm(url string) string { return `<a class="term" href="` + html.EscapeString(url) + `">` }

// fill makes what belongs into a hole.
func (b *builder) fill(o site.Origin, h *markdown.Hole, scope string) string {
	switch h.Kind {
	case markdown.Link:
		return b.linkAttributes(o, h)
	case markdown.Date:
		if d, err := edtf.Parse(h.Target); err == nil && d.Datetime() != "" {
			return `<time datetime="` + html.EscapeString(d.Datetime()) + `">`
		}
		return `<span class="date">` // HTML has no <time> for intervals and seasons
	case markdown.DateShown:
		d, err := edtf.Parse(h.Target)
		if err != nil {
			return "</span>"
		}
		end := "</time>"
		if d.Datetime() == "" {
			end = "</span>"
		}
		return end + ` <span class="date-shown">(` + html.EscapeString(d.Words(b.words)) + `)</span>`
	case markdown.AsOf:
		if d, err := edtf.Parse(h.Target); err == nil {
			return ` <span class="date-shown">(` +
				html.EscapeString(b.say("as-of", "date", d.WordsIn(b.words, "as-of"))) + `)</span>`
		}
	case markdown.Citation:
		return b.citation(o, h)
	case markdown.Image:
		return b.image(o, h)
	case markdown.Figure:
		return b.figureHTML(o, h)
	case markdown.Page:
		return html.EscapeString(b.elsewhere)
	case markdown.Scope:
		return html.EscapeString(scope)
	case markdown.Name:
		name := b.word(h.Target)
		if in := cmp.Or(h.Text, b.citing.name); in != "" {
			name = b.say("named", "what", name, "name", in)
		}
		return html.EscapeString(name)
	case markdown.Word:
		return html.EscapeString(b.word(h.Target))
	}
	return ""
}

func (b *builder) linkAttributes(o site.Origin, h *markdown.Hole) string {
	t := b.book.site.Resolve(o, h.Target)
	class, title := "", ""
	switch t.Kind {
	case site.ToTerm:
		class = ` class="term"`
	case site.ToNothing:
		return ""
	}
	url := html.EscapeString(b.targetURL(o, t))
	if h.Text == "" {
		return class + ` href="` + url + `"`
	}
	title = html.EscapeString(h.Text)
	return class + ` href="` + url + `" title="` + title + `"`
}

func (b *builder) targetURL(o site.Origin, t site.Target) string {
	anchor := ""
	if t.Anchor != "" {
		anchor = "#" + t.Anchor
	}
	switch t.Kind {
	case site.ToExplainer:
		if path := b.book.omittedAnchor(t.Explainer, t.Anchor); path != "" {
			return b.link.to(path)
		}
		return b.link.to(explainerPath(t.Explainer) + anchor)
	case site.ToEvent:
		return b.eventURL(t.Event)
	case site.ToTerm:
		if b.keyTerms {
			b.byHand = append(b.byHand, t.Term)
		}
		return b.termURL(t.Term)
	case site.ToPage:
		return b.link.to(plainPath(t.Page) + anchor)
	case site.ToAsset:
		return b.link.to(assetPath(t.Asset) + anchor)
	case site.ToPath:
		return b.link.to(b.book.there(t.Path + anchor))
	case site.ToHere:
		return b.link.to(b.book.originPath(o) + anchor)
	}
	return ""
}

// together keeps a short locator on one line.
func together(locator string) string {
	if utf8.RuneCountInString(locator) > 16 {
		return locator
	}
	return strings.ReplaceAll(locator, " ", "\u00a0")
}

// aboutSource is the text of a source's record.
func (b *builder) aboutSource(src *document.Source) *document.SourceText {
	a := b.about[src]
	if a == nil {
		var err error
		texts, read := b.texts[src.Record]
		if !read {
			texts, err = b.book.site.SourceTexts(src.Record, b.buffer())
			b.fail(err)
			b.used, b.texts[src.Record] = append(b.used, texts), texts
		}
		a = b.made.abouts.One()
		*a, err = texts.Of(src)
		b.fail(err)
		b.about[src] = a
	}
	return a
}

func sourceOf(o site.Origin, id string) *document.Source {
	switch {
	case o.Explainer != nil:
		return o.Explainer.Source(id)
	case o.Term != nil:
		return o.Term.Source(id)
	}
	return nil
}

// image is a picture within a line.
func (b *builder) image(o site.Origin, h *markdown.Hole) string {
	src := b.imageURL(o, h.Target)
	if src == "" {
		return ""
	}
	alt := h.Text
	if im := imageOf(o, h.Target); im != nil {
		alt = cmp.Or(alt, im.Alt)
	}
	var size string
	if s := b.pixels(o, h.Target); s.Width > 0 {
		size = fmt.Sprintf(` width="%d" height="%d"`, s.Width, s.Height)
	}
	return `<img src="` + html.EscapeString(src) + `" alt="` + html.EscapeString(alt) + `"` + size + ` loading="lazy">`
}

// pixels is the size of a picture: browsers keep its room before they have it.
func (b *builder) pixels(o site.Origin, src string) picture.Size {
	if p, ok := strings.CutPrefix(src, "/"); ok {
		if f := b.book.static(p); f != nil {
			return f.Pixels
		}
	} else if t := b.book.site.Resolve(o, src); t.Kind == site.ToAsset {
		return t.Asset.Pixels
	}
	return picture.Size{}
}

// imageURL is where a picture is, "" where it went with a withdrawn explainer.
func (b *builder) imageURL(o site.Origin, src string) string {
	if p, ok := strings.CutPrefix(src, "/"); ok {
		if p = b.book.there(p); p == "" {
			return ""
		}
		return b.link.to(p)
	}
	return b.targetURL(o, b.book.site.Resolve(o, src))
}

// imageOf finds what the explainer says of a picture.
func imageOf(o site.Origin, src string) *document.Image {
	if o.Explainer == nil {
		return nil
	}
	return o.Explainer.Image(src)
}

// figure is a picture with all its words: caption, credit, warning.
func (b *builder) figure(o site.Origin, src, alt string, im *document.Image) *Figure {
	size := b.pixels(o, src)
	f := &Figure{Site: b.site, URL: b.imageURL(o, src), Alt: alt, Width: size.Width, Height: size.Height}
	if im == nil {
		return f
	}
	f.Alt = cmp.Or(alt, im.Alt)
	f.Credit, f.Sensitive, f.Warning = im.Credit, im.Sensitive, im.Warning
	if f.Sensitive != "" {
		f.SensitiveWord = b.word("sensitive-" + f.Sensitive)
	}
	f.Caption = b.prose(o, im.Caption, "")
	f.Taken, f.Place = b.uncertain(im.Taken), im.Place
	return f
}

// figureHTML renders a figure that stands in a text.
func (b *builder) figureHTML(o site.Origin, h *markdown.Hole) string {
	im := imageOf(o, h.Target)
	f := b.figure(o, h.Target, h.Text, im)
	if f.URL == "" {
		return ""
	}
	page := b.elsewhere // in a feed, whose readers show what <details> hides
	if b.layout == "embed" && o.Explainer != nil {
		page = b.link.explainer(o.Explainer, "", "") // another site's readers chose nothing
	}
	if page != "" && f.Sensitive != "" {
		return `<p><a href="` + html.EscapeString(page) + `">` + html.EscapeString(f.Warning) + "</a></p>\n"
	}
	var s strings.Builder
	ds, err := b.book.theme.Execute(&s, "figure", b.link.from, f)
	b.diags = append(b.diags, ds...)
	b.fail(err)
	return s.String()
}
