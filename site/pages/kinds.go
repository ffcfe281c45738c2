package pages

import (
	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/theme"
)

// kind is a kind of page: what must be decided of one before it is published. A field
// that is left out is no decision: TestKindsAreDecided names it, and TestKindsAreTrue
// compares what is stated here with the pages of a site.
type kind struct {
	layout  string     // its template, without .html
	view    any        // an empty View, which the template is prepared for
	says    structured // what a page of it is in schema.org's words
	shared  string     // what it is in Open Graph's: article or website
	sitemap answer     // search engines know of it, unless its document says otherwise
	copy    answer     // index.md beside it is the same page as Markdown
	search  answer     // its text is found by the site's search
	grows   answer     // where it is long, it goes on behind page/
	sources answer     // the sources of its texts are listed on it
}

// answer is a decision.
type answer uint8

const (
	undecided answer = iota
	no
	yes
)

// kinds are all kinds of page: the one list of layouts.
var kinds = []kind{
	{layout: "explainer", view: &Explainer{}, says: saying((*Data).explainer), shared: "article",
		sitemap: yes, copy: yes, search: yes, grows: no, sources: yes},
	{layout: "card", view: &QuestionCard{}, says: saying((*Data).card), shared: "article",
		sitemap: no, copy: no, search: no, grows: no, sources: yes},
	{layout: "embed", view: &QuestionCard{}, says: saying((*Data).card), shared: "article",
		sitemap: no, copy: no, search: no, grows: no, sources: no},
	{layout: "timeline", view: &Timeline{}, says: saying((*Data).timeline), shared: "website",
		sitemap: yes, copy: no, search: no, grows: yes, sources: no},
	{layout: "home", view: &Home{}, says: saying((*Data).home), shared: "website",
		sitemap: yes, copy: no, search: no, grows: yes, sources: no},
	{layout: "list", view: &List{}, says: saying((*Data).list), shared: "website",
		sitemap: yes, copy: no, search: no, grows: yes, sources: no},
	{layout: "topics", view: &Topics{}, says: saying((*Data).topics), shared: "website",
		sitemap: yes, copy: no, search: no, grows: yes, sources: no},
	{layout: "topic", view: &Topic{}, says: saying((*Data).topic), shared: "website",
		sitemap: yes, copy: no, search: no, grows: yes, sources: no},
	{layout: "updates", view: &Updates{}, says: saying((*Data).collection), shared: "website",
		sitemap: yes, copy: no, search: no, grows: yes, sources: no},
	{layout: "sources", view: &Sources{}, says: saying((*Data).collection), shared: "website",
		sitemap: yes, copy: no, search: no, grows: yes, sources: no},
	{layout: "glossary", view: &Glossary{}, says: saying((*Data).glossary), shared: "website",
		sitemap: yes, copy: no, search: no, grows: yes, sources: no},
	{layout: "entry", view: &Entry{}, says: saying((*Data).entry), shared: "website",
		sitemap: yes, copy: no, search: yes, grows: yes, sources: yes},
	{layout: "search", view: &Search{}, says: saying((*Data).collection), shared: "website",
		sitemap: yes, copy: no, search: no, grows: yes, sources: no},
	{layout: "plain", view: &Plain{}, says: saying((*Data).plain), shared: "website",
		sitemap: yes, copy: no, search: yes, grows: no, sources: no},
	{layout: "404", view: &NotFound{}, says: silent, shared: "website",
		sitemap: no, copy: no, search: no, grows: no, sources: no},
	{layout: "redirect", view: &Redirect{}, says: silent, shared: "website",
		sitemap: no, copy: no, search: no, grows: no, sources: no},
}

// planPages lists every page but the files of the search index. This is the whole
// of what readers can be given: what is not added here does not exist.
func (b *Book) planPages() {
	most := 3*len(b.site.Explainers) + 256 // of most sites; it grows where there are more
	b.plan, b.paths = make([]planned, 0, most), make(map[string]int, most)
	b.calendars = map[string]bool{}
	b.planExplainers()
	b.planShares()
	b.planLists()
	b.planTimelines()
	b.planGlossary()
	b.planSearch(b.site.Config.Lang)
	b.planPlain()
	b.planRedirects()
	b.planFiles()
	b.planAssets()
	b.planOutputs()
}

// themeParts are what the pages of the built-in theme are made of. A file of another name
// is used only where called.
var themeParts = []string{"byline.html", "card-item.html", "changed.html", "chart.html",
	"credit.html", "crumbs.html", "date.html", "event.html", "figure.html", "follow.html", "foot-extra.html",
	"footer.html", "head-extra.html", "head.html", "header.html", "known.html", "lead.html",
	"page-menu.html", "pager.html", "parts.html", "question.html", "source.html", "term.html",
	"turn.html", "update.html"}

var kindsByLayout = func() map[string]*kind {
	by := map[string]*kind{}
	for i := range kinds {
		by[kinds[i].layout] = &kinds[i]
	}
	return by
}()

// kindOf is the kind of a page by its layout; of what is no page of a template, none of
// what is asked is answered.
func kindOf(layout string) *kind {
	if k := kindsByLayout[layout]; k != nil {
		return k
	}
	return noKind
}

var noKind = &kind{says: silent}

// layoutViews has the View of each layout: of pages, and of the parts that are executed
// by themselves.
func layoutViews() map[string]any {
	views := map[string]any{"credit": &Credit{}, "event": &Event{}, "figure": &Figure{}}
	for _, k := range kinds {
		views[k.layout] = k.view
	}
	return views
}

// parseTheme reads templates, for the Views that they are given here.
func parseTheme(files []site.File) (*theme.Theme, []diag.Diagnostic) {
	own := make([]theme.File, len(files))
	for i, f := range files {
		own[i] = theme.File{Path: f.Path, Sum: f.Sum, Data: f.Data}
	}
	return theme.Parse(own, layoutViews(), themeParts)
}
