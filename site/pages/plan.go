package pages

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/par"
	"nutgraf/site/lang"
)

// planAll lists every page of the site while the search index, which knows the
// last of them, is worked out.
func (b *Book) planAll() error {
	err := par.Each(b.ctx, 2, func(i int) (err error) {
		switch {
		case i == 0:
			b.planPages()
		case b.indexing != nil:
			b.index, err = b.indexing.Finish(b.ctx)
		}
		return err
	})
	if err != nil {
		if b.indexing != nil {
			b.indexing.Close()
		}
		return err
	}
	b.indexing = nil
	if b.lateIndex == nil { // else findSearch knows them
		b.planIndex()
	}
	return nil
}

// html adds a page that a template makes.
func (b *Book) html(path, layout string, l *lang.Language, at diag.Place, view func(*builder) any) {
	b.add(planned{path: path, layout: layout, lang: l, at: at, view: view})
}

// data adds a page that encodes itself.
func (b *Book) data(path string, view func(*builder) any) {
	b.add(planned{path: path, lang: b.site.Config.Lang, view: view})
}

func (b *Book) add(p planned) {
	if p.layout != "" && kindOf(p.layout) == noKind {
		panic("site/pages/kinds.go has no kind of page with the layout " + p.layout)
	}
	if b.replaced(p) {
		return
	}
	key := addressKey(p.path)
	if first, ok := b.paths[key]; ok {
		b.collision(p, b.plan[first])
		return
	}
	b.paths[key] = len(b.plan)
	b.plan = append(b.plan, p)
}

// addressKey is equal for what is one address: of a folder's index.html, that is
// the folder's own, which costs no memory of its own.
func addressKey(p string) string {
	return sitePath(fold(p))
}

// fold makes paths comparable as the least careful host compares them: after
// NFC and case folding, without dots and spaces at the end of a segment.
func fold(p string) string {
	for i := range len(p) {
		if c := p[i]; c >= 0x80 || c >= 'A' && c <= 'Z' || c == ' ' || c == '.' && (i+1 == len(p) || p[i+1] == '/') {
			p = cases.Fold().String(norm.NFC.String(p))
			parts := strings.Split(p, "/")
			for i := range parts {
				parts[i] = strings.TrimRight(parts[i], ". ")
			}
			return strings.Join(parts, "/")
		}
	}
	return p
}

func (b *Book) collision(p, first planned) {
	d := diag.Diagnostic{Severity: diag.Error, Rule: "same-address",
		Message: fmt.Sprintf("two pages have the address /%s", p.path),
		Hint:    "rename one of them", At: p.at}
	switch {
	case p.layout == "card" && first.layout == "timeline":
		d.Message = fmt.Sprintf("the address /%s is kept for the explainer's timeline", p.path)
		d.Hint = otherName(&p)
	case p.at.File == "" || first.at.File == "":
		d.Message = fmt.Sprintf("the address /%s is taken: every site has a page of its own there", p.path)
		d.Hint = "choose another name"
		if p.path == "index.html" {
			d.Hint = "the home page is made by templates/home.html: put what it should say there"
		}
	case strings.HasPrefix(fold(p.path), fold(first.path)+"/"):
		d.Message = fmt.Sprintf("/%s is a file, and /%s wants a folder there", first.path, p.path)
	case filePath(p.path) != filePath(first.path):
		d.Message = fmt.Sprintf("/%s and /%s are one address", first.path, p.path)
		d.Why = "addresses that differ only in case, in how an accent is stored, or in dots and " +
			"spaces at the end, are one on many hosts"
	}
	if d.At.File == "" {
		d.At = first.at
	} else if first.at.File != "" {
		d.Related = []diag.Related{{Message: "the other page", At: first.at}}
	}
	b.diags = append(b.diags, d)
}

// replaceable are the files of ours that a file of that name in static/ replaces.
var replaceable = map[string]bool{feedPath: true, jsonFeedPath: true, sitemapPath: true,
	newsSitemapPath: true, siteSharePath: true, "robots.txt": true,
	"llms.txt": true, "404.html": true, ".nojekyll": true}

func (b *Book) replaced(p planned) bool {
	if !replaceable[p.path] || p.open != nil {
		return false
	}
	for _, f := range b.site.Static {
		if f.Path == p.path {
			return true
		}
	}
	return false
}

func (b *Book) planExplainers() {
	s := b.site
	for _, e := range s.Explainers {
		l, at := s.Language(e), diag.Place{File: e.Path}
		b.add(planned{path: explainerPath(e), layout: "explainer", lang: l, at: at,
			modified: later(e.Updated, e.Published),
			hidden:   e.NoIndex || e.Status != document.Published || isFromElsewhere(e),
			view:     func(bu *builder) any { return bu.explainer(e) }})
		b.planTimelineOf(e, l, at)
		b.planCopies(e)
	}
	for _, e := range s.Withdrawn {
		b.add(planned{path: explainerPath(e), layout: "explainer", lang: s.Language(e),
			at: diag.Place{File: e.Path}, hidden: true,
			view: func(bu *builder) any { return bu.explainer(e) }})
		b.planCopies(e)
	}
}

// isFromElsewhere reports an explainer that search engines are to find at its originator's.
func isFromElsewhere(e *site.Explainer) bool { return e.Syndication != nil && e.Syndication.Canonical }

// hasCard reports a question that has a page of its own.
func (b *Book) hasCard(e *site.Explainer, i int) bool {
	return b.site.Config.Cards && e.Answers[i].Explainer == e
}

// planCopies adds what others may hold of an explainer.
func (b *Book) planCopies(e *site.Explainer) {
	l := b.site.Language(e)
	for i, q := range e.Questions {
		if b.hasCard(e, i) {
			view := func(bu *builder) any { return bu.questionCard(e, i) }
			b.add(planned{path: cardPath(e, q.ID), layout: "card", lang: l, at: q.At, view: view})
			b.add(planned{path: embedPath(e, q.ID), layout: "embed", lang: l, at: q.At, view: view})
		}
	}
	if b.site.Config.Markdown {
		b.data(markdownPath(e), func(bu *builder) any { return bu.markdownCopy(e) })
	}
}

func (b *Book) planTimelineOf(e *site.Explainer, l *lang.Language, at diag.Place) {
	if !hasTimelinePage(e) {
		b.checkTimelineAddress(e, at)
		return
	}
	first := len(b.plan)
	b.chunkedAs(yearChunks(byYear(e.Timeline)), explainerTimelinePath(e), "timeline", l, at,
		func(bu *builder, cs []chunk, i int) any { return bu.explainerTimeline(e, "", cs, i) })
	for _, tag := range tagsOf(e) {
		b.chunkedAs(yearChunks(byYear(tagged(e, tag))), tagPath(e, tag), "timeline", l, at,
			func(bu *builder, cs []chunk, i int) any { return bu.explainerTimeline(e, tag, cs, i) })
	}
	for i := first; e.NoIndex && i < len(b.plan); i++ {
		b.plan[i].hidden = true
	}
}

// checkTimelineAddress reports a card that has the address of an explainer's timeline, which
// there is as soon as its events are many.
func (b *Book) checkTimelineAddress(e *site.Explainer, at diag.Place) {
	p := explainerTimelinePath(e)
	for _, q := range e.Questions {
		if b.site.Config.Cards && len(e.Timeline) > 0 && cardPath(e, q.ID) == p {
			b.collision(planned{path: p, at: q.At, layout: "card"}, planned{path: p, at: at, layout: "timeline"})
		}
	}
}

// chunked adds all pages of a list.
func (b *Book) chunked(list, layout string, l *lang.Language, at diag.Place, n, per int,
	view func(*builder, []chunk, int) any) {
	b.chunkedAs(chunks(n, per), list, layout, l, at, view)
}

// chunkedAs adds all pages of a list that is cut already.
func (b *Book) chunkedAs(cs []chunk, list, layout string, l *lang.Language, at diag.Place,
	view func(*builder, []chunk, int) any) {
	for i := range cs {
		b.html(chunkPath(list, cs, i), layout, l, at, func(bu *builder) any { return view(bu, cs, i) })
	}
}

// byName adds so many pages of a list by name.
func (b *Book) byName(list, layout string, n int, view func(bu *builder, i int) any) {
	for i := range n {
		b.html(partPath(list, i), layout, b.site.Config.Lang, diag.Place{},
			func(bu *builder) any { return view(bu, i) })
	}
}

func (b *Book) planLists() {
	s, l, none := b.site, b.site.Config.Lang, diag.Place{}
	per := s.Config.PerPage
	b.chunked(homePath, "home", l, none, len(b.unpinned), per, func(bu *builder, cs []chunk,
		i int) any {
		return bu.home(cs, i)
	})
	b.chunked(explainersPath, "list", l, none, len(s.Explainers), per, func(bu *builder, cs []chunk,
		i int) any {
		return bu.list(cs, i)
	})
	b.byName(topicsPath, "topics", parts(len(s.Topics)), func(bu *builder, i int) any { return bu.topics(i) })
	for _, t := range s.Topics {
		b.chunked(topicPath(t), "topic", l, none, len(t.Explainers), per,
			func(bu *builder, cs []chunk, i int) any { return bu.topic(t, cs, i) })
		b.planCalendar(topicCalendarPath(t), t.Title, t.Events)
	}
	b.chunked(updatesPath, "updates", l, none, len(s.Updates), per, func(bu *builder, cs []chunk,
		i int) any {
		return bu.updates(cs, i)
	})
	b.chunked(sourcesPath, "sources", l, none, len(s.Sources), 10*per, func(bu *builder, cs []chunk,
		i int) any {
		return bu.sources(cs, i)
	})
}

func (b *Book) planTimelines() {
	l, none := b.site.Config.Lang, diag.Place{}
	b.html(timelinePath, "timeline", l, none, func(bu *builder) any { return bu.siteTimeline() })
	b.planEvents()
	b.data(timelineDataPath, (*builder).timelineData)
	b.planCalendar(calendarPath, b.site.Config.Title, b.site.Events)
	b.data(timelinePath+"timeline.csv", (*builder).timelineCSV)
}

// planCalendar adds the calendar of some events. Where none of them belongs there it stays,
// for those who have subscribed to it, but no page leads to it.
func (b *Book) planCalendar(path, name string, events []*site.TimelineEvent) {
	b.data(path, func(bu *builder) any { return bu.calendar(name, events) })
	if slices.ContainsFunc(events, inCalendar) {
		b.calendars[path] = true
	}
}

// planEvents adds the timelines of years and topics, page by page in the order of time:
// what stands on several is read while it is at hand.
func (b *Book) planEvents() {
	var pages []eventPage
	list := func(path string, events []*site.TimelineEvent, view func(*builder, []chunk, int) any) {
		cs := chunks(len(events), eventsPerPage)
		for i, c := range cs {
			view := func(bu *builder) any { return view(bu, cs, i) }
			pages = append(pages, eventPage{events[c.From].Index, chunkPath(path, cs, i), view})
		}
	}
	for y := range b.years[:b.wholeFrom] {
		list(yearPath(b.years[y].year), b.years[y].events, func(bu *builder, cs []chunk,
			i int) any {
			return bu.yearTimeline(y, cs, i)
		})
	}
	for _, t := range b.site.Topics {
		if events := byYear(t.Events); len(events) > 0 {
			list(topicTimelinePath(t), events, func(bu *builder, cs []chunk,
				i int) any {
				return bu.topicTimeline(t, events, cs, i)
			})
		}
	}
	slices.SortStableFunc(pages, func(x, y eventPage) int { return cmp.Compare(x.first, y.first) })
	for _, p := range pages {
		b.html(p.path, "timeline", b.site.Config.Lang, diag.Place{}, p.view)
	}
}

// eventPage is a page of a list of events while it is planned: where the first of them
// stands among all, and what the plan says of it.
type eventPage struct {
	first int32
	path  string
	view  func(*builder) any
}

func (b *Book) planGlossary() {
	s, l := b.site, b.site.Config.Lang
	b.byName(glossaryPath, "glossary", parts(len(s.Terms)), func(bu *builder, i int) any { return bu.glossary(i) })
	b.termPages = make([]int, len(s.Topics))
	for i, t := range s.Topics {
		b.termPages[i] = b.termPagesOf(t)
		b.byName(topicGlossaryPath(t), "glossary", b.termPages[i],
			func(bu *builder, i int) any { return bu.topicGlossary(t, i) })
	}
	b.data(glossaryDataPath, (*builder).glossaryData)
	b.entryPages = make([]int, len(s.Terms))
	for i, t := range s.Terms {
		pages := entryPages(t)
		b.entryPages[i] = pages
		b.chunked(termPath(t), "entry", l, diag.Place{File: t.Path}, pages, 1,
			func(bu *builder, cs []chunk, i int) any { return bu.entry(t, cs, i) })
	}
}

// termPagesOf is how many pages the list of a topic's terms takes: none where the
// topic's own page has them all.
func (b *Book) termPagesOf(t *site.Topic) int {
	n := len(b.termsOf(t))
	if n <= termsOnTopic {
		return 0
	}
	return parts(n)
}

// entryPages is how many pages a term's uses and events take.
func entryPages(t *site.Term) int {
	return max(len(chunks(len(t.Uses), usesPerPage)), len(chunks(len(t.Events), eventsPerPage)))
}

func (b *Book) planPlain() {
	for _, g := range b.site.Pages {
		b.add(planned{path: plainPath(g), layout: "plain", lang: b.site.Config.Lang,
			at: diag.Place{File: g.Path}, modified: g.Published, hidden: g.NoIndex,
			view: func(bu *builder) any { return bu.plain(g) }})
	}
	b.add(planned{path: "404.html", layout: "404", lang: b.site.Config.Lang,
		view: func(bu *builder) any { return bu.notFound() }})
}

// planRedirects keeps old addresses alive.
func (b *Book) planRedirects() {
	s := b.site
	move := func(from, to string, name func() string, at diag.Place) {
		from = redirectPath(from)
		b.redirects = append(b.redirects, redirection{from, to})
		b.add(planned{path: from, layout: "redirect", lang: s.Config.Lang, at: at,
			view: func(bu *builder) any { return bu.redirect(to, name()) }})
	}
	for _, e := range slices.Concat(s.Explainers, s.Withdrawn) {
		called := func(name func() string) func() string {
			if e.Status == document.Withdrawn {
				return func() string { return "" } // its page alone says more
			}
			return name
		}
		for _, r := range e.Aliases {
			move(r.ID, explainerPath(e), called(func() string { return e.Title }), r.At)
		}
		for _, q := range e.Questions {
			for _, old := range q.Aliases {
				if s.Config.Cards {
					move(cardPath(e, old), cardPath(e, q.ID), called(func() string { return q.Text }), q.At)
				}
			}
		}
	}
	for _, t := range s.Terms {
		for _, r := range t.Aliases {
			move(r.ID, termPath(t), func() string { return t.Name }, r.At)
		}
	}
	for _, g := range s.Pages {
		for _, r := range g.Aliases {
			move(r.ID, plainPath(g), func() string { return g.Title }, r.At)
		}
	}
	for _, r := range s.Config.Redirects {
		move(r.From, strings.TrimPrefix(r.To, "/"), func() string { return "" }, r.FromAt)
	}
}

// planFiles copies static files, and what documents refer to.
func (b *Book) planFiles() {
	for i := range b.site.Static {
		f := &b.site.Static[i]
		if f.Path == "_headers" || f.Path == "_redirects" {
			continue // added to ours
		}
		if b.isAsset(f.Path) {
			continue
		}
		b.add(planned{path: f.Path, sum: f.Sum, at: diag.Place{File: "static/" + f.Path}, open: f.Open})
	}
	for _, a := range b.site.Assets {
		b.add(planned{path: assetPath(a), sum: a.Sum, at: diag.Place{File: "content/" + a.Path},
			open: func() (io.ReadCloser, error) { return b.site.OpenAsset(a) }})
	}
}

// checkPaths checks links to paths, now that all of them are known.
func (b *Book) checkPaths() {
	for _, r := range b.site.Paths {
		if r.Picture {
			b.checkPicture(r)
		} else {
			b.checkPath(r.Path, r.At)
		}
	}
	for _, r := range b.site.Config.Pictures {
		b.checkPicture(r)
	}
	for _, n := range b.site.Config.Navigation {
		b.checkLink(n.URL, n.At)
	}
	for _, n := range b.site.Config.Publisher.Policies {
		b.checkLink(n.URL, n.At)
	}
	for _, r := range b.site.Config.Redirects {
		b.checkLink(r.To, r.At)
	}
	b.checkReservedNames()
	b.checkRedirectCircles()
	b.checkStatics()
	b.checkScheduled()
	for i := range b.plan {
		path := fold(b.plan[i].path)
		if path == ManifestPath || strings.HasPrefix(path, ManifestPath+"/") {
			b.collision(b.plan[i], planned{path: ManifestPath})
		}
		for end := range len(path) {
			if path[end] == '/' { // what has its address is a file and not a folder, which ends with the slash
				if file, ok := b.paths[path[:end]]; ok {
					b.collision(b.plan[i], planned{path: path[:end], at: b.plan[file].at})
				}
			}
		}
	}
}

// checkScheduled reports old addresses of what is to go live that are taken: on
// that day nobody may be there to mend it.
func (b *Book) checkScheduled() {
	for _, r := range b.site.ScheduledAliases() {
		p := redirectPath(r.ID)
		if i, taken := b.paths[addressKey(p)]; taken {
			b.collision(planned{path: p, at: r.At}, b.plan[i])
		}
	}
}

func (b *Book) checkLink(u string, at diag.Place) {
	if p, ok := strings.CutPrefix(u, "/"); ok {
		p, _, _ = strings.Cut(p, "#")
		b.checkPath(p, at)
	}
}

// checkPicture reports a picture that isn't there. Pages are no pictures.
func (b *Book) checkPicture(r document.PathRef) {
	if i := b.Find(r.Path); i >= 0 && b.page(i).path == r.Path {
		return
	}
	d := diag.Diagnostic{Severity: diag.Error, Rule: "broken-reference",
		Message: fmt.Sprintf("there is no picture /%s", r.Path), At: r.At,
		Hint: "put it into the document's folder, and write " + path.Base(r.Path)}
	switch meant := b.site.Meant(r.At.File, "/"+r.Path); {
	case meant != "":
		b.write(&d, "/"+r.Path, meant)
	case r.At.File == "content/site.yaml":
		d.Hint = "put it at static/" + strings.TrimPrefix(r.Path, "static/")
	}
	b.diags = append(b.diags, b.forgive(d, r.Path, true))
}

// mostGuesses is for how many addresses that are wrong the nearest right one is
// looked for among all there are.
const mostGuesses = 200

// write says what to write in the place of an address.
func (b *Book) write(d *diag.Diagnostic, address, meant string) {
	d.Hint = "write " + meant
	if strings.ContainsAny(meant, " ()") {
		d.Hint = "write <" + meant + ">, with the angle brackets"
		return
	}
	d.Fix = diag.Replace(d.At, address, meant)
}

func (b *Book) checkPath(p string, at diag.Place) {
	if i := b.Find(p); i >= 0 && b.page(i).path == p {
		return
	}
	parent, _ := parentOf(p)
	if to, ok := b.merged(p, b.explainerAt(parent)); ok {
		b.lead(p, to)
		return
	}
	d := diag.Diagnostic{Severity: diag.Error, Rule: "broken-reference",
		Message: fmt.Sprintf("there is no page /%s", p), At: at,
		Hint: "look at the address in the preview, or link to the document's file"}
	if i := b.Find(p + "/"); i >= 0 {
		b.write(&d, "/"+p, "/"+b.page(i).path)
	} else if meant := b.site.Meant(at.File, "/"+p); meant != "" {
		b.write(&d, "/"+p, meant)
	} else if b.guesses++; b.guesses <= mostGuesses {
		known := make([]string, 0, len(b.plan))
		for _, q := range b.plan {
			known = append(known, q.path)
		}
		if near, ok := diag.Nearest(p, known); ok {
			d.Hint, d.Fix = "did you mean /"+near+"?", diag.ReplaceByNearest(at, p, known)
		}
	}
	b.diags = append(b.diags, b.forgive(d, p, false))
}
