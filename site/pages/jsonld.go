package pages

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/markdown"
	"nutgraf/site/theme"
)

// Data is a page's structured data, JSON-LD in the words of schema.org:
// {{.Data.HTML}} is one <script> element that no browser runs, or nothing. It
// is worked out of the page's View when the page is written, so that what is
// summed of the View, of the page's address and of the Book stands for it.
type Data struct {
	book *Book
	page *Page
	view any
	made *ldArenas
	url  string // of the page; "" without base_url
}

// paged is every View: each embeds Page.
type paged interface{ itself() *Page }

func (p *Page) itself() *Page { return p }

// describe gives a View its structured data.
func (b *builder) describe(view any) {
	if v, ok := view.(paged); ok {
		p := v.itself()
		b.data = Data{book: b.book, page: p, view: view, made: &b.made.data}
		p.Data = &b.data
		if base := b.book.site.Config.BaseURL; base != "" {
			b.data.url = base + escapePath(b.link.from)
		}
	}
}

// HTML returns the element. An error is our bug.
func (d *Data) HTML() (theme.HTML, error) {
	b, err := d.AppendHTML(nil)
	return theme.HTML(b), err
}

// AppendHTML appends what HTML returns to buf.
func (d *Data) AppendHTML(buf []byte) ([]byte, error) {
	if d == nil || d.book == nil {
		return buf, nil
	}
	nodes := d.nodes()
	if len(nodes) == 0 {
		return buf, nil
	}
	w := ldWriters.Get().(*ldWriter)
	defer ldWriters.Put(w)
	w.out.Reset()
	if err := w.json.Encode(ldGraph{"https://schema.org", nodes}); err != nil {
		return buf, err
	}
	buf = append(buf, `<script type="application/ld+json">`...)
	buf = append(buf, composed(bytes.TrimSuffix(w.out.Bytes(), []byte("\n")))...)
	return append(buf, "</script>\n"...), nil
}

// ldWriter writes JSON in which <, > and & are escaped: no text ends the
// element that it stands in.
type ldWriter struct {
	out  bytes.Buffer
	json *json.Encoder
}

var ldWriters = sync.Pool{New: func() any {
	w := &ldWriter{}
	w.json = json.NewEncoder(&w.out)
	return w
}}

var jsonString = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// composed brings JSON's strings to NFC, which most are in already.
func composed(b []byte) []byte {
	if norm.NFC.IsNormal(b) {
		return b
	}
	return jsonString.ReplaceAllFunc(b, func(quoted []byte) []byte {
		var s string
		if json.Unmarshal(quoted, &s) == nil {
			if out, err := json.Marshal(norm.NFC.String(s)); err == nil {
				return out
			}
		}
		return quoted
	})
}

// structured is what the View of a kind of page says in schema.org's words: nil is nothing.
type structured func(d *Data, view any) []any

// saying is what pages of one type of View say. Of one that search engines are to leave
// alone, and of what is withdrawn, that is its name. Without base_url there are no
// addresses, and only what needs none is stated.
func saying[V any](nodes func(*Data, V) []any) structured {
	return func(d *Data, view any) []any {
		if !d.page.NoIndex {
			return nodes(d, view.(V))
		}
		name := &ldPage{Type: "WebPage", URL: d.url, Name: d.page.Title, InLanguage: d.page.Lang}
		return d.placed(name)
	}
}

// silent is a kind of page that says nothing.
func silent(*Data, any) []any { return nil }

// nodes are what the page says of itself, and where it stands.
func (d *Data) nodes() []any {
	out := kindOf(d.page.Layout).says(d, d.view)
	if len(out) > 0 && d.url != "" && len(d.page.Breadcrumbs) > 1 {
		out = append(out, d.breadcrumbs())
	}
	return out
}

// placed is a page that says nothing where it has no address.
func (d *Data) placed(p *ldPage) []any {
	if d.url == "" {
		return nil
	}
	return []any{p}
}

// collection is a page that leads to others, or that has nothing more to say.
func (d *Data) collection(any) []any { return d.placed(d.webPage("CollectionPage")) }

// leading is a collection with what it leads to.
func (d *Data) leading(to any) []any {
	p := d.webPage("CollectionPage")
	p.MainEntity = to
	return d.placed(p)
}

func (d *Data) list(v *List) []any { return d.leading(d.cards(nil, v.Cards)) }

func (d *Data) topic(v *Topic) []any { return d.leading(d.cards(nil, v.Cards)) }

func (d *Data) topics(v *Topics) []any {
	var items ldItems
	for _, t := range v.Topics {
		items.add(t.Title, d.link(t.URL))
	}
	return d.leading(items.list())
}

// timeline says nothing: its words say all there is.
func (d *Data) timeline(*Timeline) []any { return nil }

func (d *Data) plain(v *Plain) []any {
	p := d.webPage("WebPage")
	p.DatePublished = v.Published.Datetime
	return d.placed(p)
}

func (d *Data) webPage(kind string) *ldPage {
	return &ldPage{Type: kind, URL: d.url, Name: d.page.Title, Description: d.page.Description, InLanguage: d.page.Lang}
}

// home is the site itself, with what is newest on it; or an older page of that.
func (d *Data) home(v *Home) (out []any) {
	switch {
	case v.Pager.Number != v.Pager.Total:
		return d.leading(d.cards(nil, v.Newest))
	case d.url == "":
		return nil
	}
	s := &ldSite{Type: "WebSite", ID: d.url + "#website", URL: d.url, Name: v.Title,
		Description: v.Description, InLanguage: v.Lang, Publisher: d.book.publisher}
	s.PotentialAction = &ldSearch{"SearchAction", ldEntry{"EntryPoint", d.url + searchPath +
		"?q={search_term_string}"}, "required name=search_term_string"}
	out = append(out, s)
	if list := d.cards(v.Lead, v.Pinned, v.Newest); list != nil {
		out = append(out, list)
	}
	return out
}

// ldItems become an ItemList.
type ldItems []ldItem

func (l *ldItems) add(name, url string) {
	*l = append(*l, ldItem{Type: "ListItem", Position: len(*l) + 1, Name: name, URL: url})
}

// list is nil where there is no item: then nothing is stated.
func (l ldItems) list() any {
	if len(l) == 0 {
		return nil
	}
	return &ldItemList{"ItemList", l}
}

func (d *Data) cards(lead *Card, lists ...[]Card) any {
	n := 1
	for _, cards := range lists {
		n += len(cards)
	}
	items := ldItems(d.made.items.Room(n))
	if lead != nil {
		items.add(lead.Title, d.link(lead.URL))
	}
	for _, cards := range lists {
		for i := range cards {
			items.add(cards[i].Title, d.link(cards[i].URL))
		}
	}
	return items.list()
}

// newEvent is an event as schema.org means it: "happening at a certain time and
// location". It is nil for what is only claimed or reported, for days that are
// not exactly known, and where no place is named.
func newEvent(title, date, status string, place *ldNamed, url string) *ldEvent {
	from, to, interval := strings.Cut(date, "/")
	start, end := isoDate(from), isoDate(to)
	if status != "confirmed" && status != "scheduled" || place == nil ||
		len(start) < len("2006-01-02") || interval && len(end) < len("2006-01-02") {
		return nil
	}
	e := &ldEvent{Type: "Event", Name: title, URL: url, StartDate: start, EndDate: end, Location: place}
	if status == "scheduled" {
		e.EventStatus = "https://schema.org/EventScheduled"
	}
	return e
}

// isoDate is an EDTF date where ISO 8601-1 means the same by it, "" elsewhere:
// nothing that is uncertain, about, open or a season. A leap second, which few
// readers know, becomes its day.
func isoDate(s string) string {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && strings.IndexByte("-:+TZ", c) < 0 {
			return ""
		}
	}
	switch {
	case len(s) < 4 || s[0] == '-' || len(s) > 4 && s[4] != '-' || len(s) > 6 && s[5:7] > "12":
		return ""
	case strings.Contains(s, ":60"):
		return s[:len("2006-01-02")]
	}
	return s
}

// glossary is the set that each entry says it is in: the terms are not listed twice.
func (d *Data) glossary(v *Glossary) []any {
	return d.leading(&ldTermSet{Type: "DefinedTermSet", ID: d.url, Name: v.Title, InLanguage: v.Lang,
		Publisher: d.book.publisher})
}

func (d *Data) breadcrumbs() any {
	items := ldItems(d.made.items.Room(len(d.page.Breadcrumbs)))
	for i, c := range d.page.Breadcrumbs {
		items = append(items, ldItem{Type: "ListItem", Position: i + 1, Name: c.Title, Item: d.link(c.URL)})
	}
	return &ldItemList{"BreadcrumbList", items}
}

// link makes a link of the View absolute; "" is what has no public address.
func (d *Data) link(u string) string {
	switch {
	case web(u) != "":
		return u
	case d.url == "" || u == "":
		return ""
	case u[0] == '#':
		return d.url + u
	}
	if d.book.o.Disk {
		page, anchor, _ := strings.Cut(u, "#")
		u = strings.TrimSuffix(page, "index.html")
		if anchor != "" {
			u += "#" + anchor
		}
	}
	dir := d.url[:strings.LastIndexByte(d.url, '/')+1]
	for strings.HasPrefix(u, "../") {
		u, dir = u[3:], dir[:strings.LastIndexByte(dir[:len(dir)-1], '/')+1]
	}
	return dir + strings.TrimPrefix(u, "./")
}

// web is an address elsewhere, "" where it is none that can be followed.
func web(u string) string {
	if strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://") {
		return u
	}
	return ""
}

// entry is a page of the glossary: the term, and whom or what it names. An older page of
// its uses has nothing more to say.
func (d *Data) entry(v *Entry) []any {
	p := d.webPage("WebPage")
	if v.Pager.Number != v.Pager.Total {
		return d.placed(p)
	}
	t := &ldTerm{Type: "DefinedTerm", Name: v.Term, URL: d.url, Description: v.Short}
	if d.url != "" {
		t.InSet = d.book.site.Config.BaseURL + glossaryPath
	}
	p.Description, p.DateModified, p.MainEntity = "", v.Updated.Datetime, t
	var names []string
	names = append(append(names, v.Forms...), v.Formerly...)
	var same []string
	for _, u := range v.SameAs {
		if u = web(u); u != "" {
			same = append(same, u)
		}
	}
	switch v.Kind {
	case "person":
		who := &ldPerson{Type: "Person", Name: v.Term, AlternateName: names, Description: v.Short,
			JobTitle: v.Role, SameAs: same}
		if a := v.Affiliation; a != nil {
			who.Affiliation = &ldThing{"Organization", a.Title, d.link(a.URL)}
		}
		p.About = who
	case "organisation":
		p.About = &ldNamed{Type: "Organization", Name: v.Term, AlternateName: names, Description: v.Short, SameAs: same}
	case "law":
		p.About = &ldNamed{Type: "Legislation", Name: v.Term, AlternateName: names, Description: v.Short, SameAs: same}
	case "place":
		where := &ldNamed{Type: "Place", Name: v.Term, AlternateName: names, Description: v.Short, SameAs: same}
		if v.Lat != "" {
			where.Geo = &ldGeo{"GeoCoordinates", json.Number(v.Lat), json.Number(v.Lon)}
		}
		p.About = where
	default:
		t.AlternateName, t.SameAs = names, same
	}
	return []any{p}
}

// card is a page of one question.
func (d *Data) card(v *QuestionCard) []any {
	p := d.webPage("WebPage")
	p.Description = ""
	q := d.question(&v.Question)
	p.MainEntity = &q
	article := d.link(v.Explainer.URL)
	p.IsPartOf = &ldArticle{Type: articleTypes, ID: idOf(article, "article"), URL: article,
		Headline: v.Explainer.Title, DatePublished: v.ExplainerDate.Datetime}
	return []any{p}
}

// idOf names a part of a page, where the page has an address.
func idOf(page, part string) string {
	if page == "" {
		return ""
	}
	return page + "#" + part
}

// question is a question with its short answer, or the beginning of the answer.
func (d *Data) question(v *Question) ldQuestion {
	q := ldQuestion{Type: "Question", URL: d.link(v.URL), Name: v.Text, DateModified: v.Updated.Datetime}
	if text := cmp.Or(v.Short, v.Answer.beginning()); text != "" {
		q.AcceptedAnswer = d.made.comments.One()
		*q.AcceptedAnswer = ldComment{Type: "Answer", Text: text}
		if v.From != nil {
			q.AcceptedAnswer.URL = d.link(v.From.URL)
		}
	}
	return q
}

// plain is the text without its markup and the numbers of its sources.
func (p *Prose) plain() string {
	if p == nil {
		return ""
	}
	return markdown.PlainText(p.fragment.HTML)
}

// beginningLength is how many bytes stand for an answer that has no short one.
const beginningLength = 300

// beginning is as many sentences of the first paragraph as fit, "" where not
// even one does.
func (p *Prose) beginning() string {
	if p == nil {
		return ""
	}
	first := p.fragment.FirstParagraph()
	cut := len(first) > 2*beginningLength // then the last sentence may not be whole
	if cut {
		first = first[:bytes.LastIndexByte(first[:2*beginningLength], ' ')+1]
	}
	text := markdown.PlainText(first)
	n := 0
	for n < len(text) {
		end := n + len(markdown.FirstSentence(text[n:]))
		if end > beginningLength || end == n || cut && end == len(text) {
			break
		}
		for n = end; n < len(text) && text[n] == ' '; {
			n++
		}
	}
	return strings.TrimSpace(text[:n])
}
