package pages

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site"
	"nutgraf/site/search"
)

// How much the lists within other pages show.
const (
	changedShown  = 5
	comingUpShown = 6
	stripShown    = 4 // of what is coming up, beside each other
	eventsPerPage = 200
	usesPerPage   = 100
	termsPerPage  = 200
	searchListed  = 100 // explainers on a page of the list for those without script
)

// pager leads through the pages of a list.
func (b *builder) pager(list string, chunks []chunk, i int) Pager {
	p := Pager{Number: chunks[i].Number, Total: len(chunks)}
	if i > 0 {
		p.OlderURL = b.link.to(pagePath(list, chunks[i-1].Number))
	}
	if i+1 < len(chunks) {
		p.NewerURL = b.link.to(chunkPath(list, chunks, i+1))
	}
	return p
}

// chunkPath is where the i-th page of a list stands: the newest at the list's
// own address.
func chunkPath(list string, chunks []chunk, i int) string {
	if i == len(chunks)-1 {
		return list
	}
	return pagePath(list, chunks[i].Number)
}

// home makes the View of the i-th page of the home page's list.
func (b *builder) home(chunks []chunk, i int) *Home {
	s := b.book.site
	v := &Home{Page: b.page(s.Config.Title, s.Config.Tagline), Pager: b.pager(homePath, chunks, i)}
	from, to := chunks[i].newestFirst(len(b.book.unpinned))
	newest := b.book.unpinned[from:to]
	if i == len(chunks)-1 {
		pinned := s.Pinned
		switch {
		case len(pinned) > 0:
			v.Lead, pinned = b.lead(pinned[0]), pinned[1:]
		case len(newest) > 0:
			v.Lead, newest = b.lead(newest[0]), newest[1:]
		}
		for _, e := range pinned {
			v.Pinned = append(v.Pinned, b.card(e))
		}
		v.Changed = b.changed(s.Updates)
		for _, ev := range b.comingUp(s.Events, stripShown) {
			v.ComingUp = append(v.ComingUp, b.coming(ev))
		}
		for _, t := range s.Topics {
			v.Topics = append(v.Topics, Link{Title: t.Title, URL: b.link.to(topicPath(t)), Count: len(t.Explainers)})
		}
	}
	v.Newest = b.made.cards.list(len(newest))
	for _, e := range newest {
		v.Newest = append(v.Newest, b.card(e))
	}
	return v
}

// changed lists answers that were changed, newest first.
func (b *builder) changed(updates []site.LoggedUpdate) []Update {
	var out []Update
	for _, u := range updates {
		if len(out) == changedShown {
			break
		}
		if u.Substantive && len(u.Questions) > 0 {
			out = append(out, b.update(u.Explainer, u.Update))
		}
	}
	return out
}

// comingUp lists scheduled events that are still to come, soonest first, at most most.
func (b *builder) comingUp(events []*site.TimelineEvent, most int) []*site.TimelineEvent {
	var out []*site.TimelineEvent
	for _, ev := range events {
		if len(out) == most {
			break
		}
		if ev.Status == "scheduled" {
			out = append(out, ev)
		}
	}
	return out
}

// coming is an event that is still to come, in few words.
func (b *builder) coming(ev *site.TimelineEvent) Coming {
	d := ev.Date
	v := Coming{Date: b.uncertain(d), Title: ev.Title, URL: b.eventURL(ev), Flag: ev.Flag,
		Unsure: d.Open() || d.Approximate() || d.Uncertain() || d.Vague()}
	v.Date.Words = cmp.Or(ev.DateText, v.Date.Words)
	return v
}

func (b *builder) list(chunks []chunk, i int) *List {
	s := b.book.site
	v := &List{Page: b.page(b.word("explainers"), b.word("explainers-text")), Pager: b.pager(explainersPath, chunks, i)}
	b.crumbs(&v.Page, Link{Title: b.word("explainers"), URL: b.link.to(explainersPath), Current: true})
	from, to := chunks[i].newestFirst(len(s.Explainers))
	v.Cards = b.made.cards.list(to - from)
	for _, e := range s.Explainers[from:to] {
		v.Cards = append(v.Cards, b.card(e))
	}
	return v
}

// search is the search page, and a page of the list that stands on it.
func (b *builder) search(chunks []chunk, i int) *Search {
	s := b.book.site
	v := &Search{Page: b.page(b.word("search"), b.word("search-text")), SearchURL: b.link.to(searchPath), IndexURL: b.link.to(searchPath + search.Root), ScriptURL: b.assetURL(searchAsset), Pager: b.pager(searchPath, chunks, i)}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: v.SearchURL, Current: true})
	from, to := chunks[i].newestFirst(len(s.Explainers))
	v.List = b.made.cards.list(to - from)
	for _, e := range s.Explainers[from:to] {
		v.List = append(v.List, Card{Site: b.site, Title: e.Title, URL: b.link.explainer(e, "", ""), Questions: b.questionLinks(e, len(e.Questions))})
	}
	return v
}

func (b *builder) topics() *Topics {
	v := &Topics{Page: b.page(b.word("topics"), b.word("topics-text"))}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: b.link.to(topicsPath), Current: true})
	for _, t := range b.book.site.Topics {
		v.Topics = append(v.Topics, TopicEntry{Link{Title: t.Title, URL: b.link.to(topicPath(t)), Count: len(t.Explainers)}, t.Text})
	}
	return v
}

func (b *builder) topic(t *site.Topic, chunks []chunk, i int) *Topic {
	v := &Topic{Page: b.page(t.Title, t.Text), Text: t.Text, Pager: b.pager(topicPath(t), chunks, i), EventCount: len(t.Events), Total: len(t.Explainers)}
	b.crumbs(&v.Page, Link{Title: b.word("topics"), URL: b.link.to(topicsPath)}, Link{Title: t.Title, URL: b.link.to(topicPath(t)), Current: true})
	from, to := chunks[i].newestFirst(len(t.Explainers))
	v.Cards = b.made.cards.list(to - from)
	for _, e := range t.Explainers[from:to] {
		v.Cards = append(v.Cards, b.card(e))
	}
	if len(t.Events) > 0 {
		v.TimelineURL = b.link.to(topicTimelinePath(t))
	}
	if i == len(chunks)-1 {
		v.Changed = b.changedIn(t.Explainers[from:to])
		v.Terms = b.termsOf(t.Explainers[from:to])
	}
	return v
}

func (b *builder) changedIn(list []*site.Explainer) []Update {
	var all []site.LoggedUpdate
	for _, e := range list {
		for _, u := range e.Updates {
			all = append(all, site.LoggedUpdate{Update: u, Explainer: e})
		}
	}
	slices.SortStableFunc(all, func(x, y site.LoggedUpdate) int { return y.When.Compare(x.When) })
	return b.changed(all)
}

// termsOf are the terms that any of the explainers links, by name.
func (b *builder) termsOf(es []*site.Explainer) []Term {
	var list []*site.Term
	for _, e := range es {
		list = append(list, e.Terms...)
	}
	slices.SortFunc(list, func(x, y *site.Term) int { return cmp.Compare(x.Index, y.Index) })
	list = slices.Compact(list)
	var out []Term
	for _, t := range list {
		out = append(out, b.term(t))
	}
	return out
}

// glossaryPages is how many pages the glossary has.
func (b *Book) glossaryPages() int { return max(1, (len(b.site.Terms)+termsPerPage-1)/termsPerPage) }

// glossaryPart is the address of page i of the glossary, which begins with A at
// its own address: pages by name do not grow at one end, as lists by time do.
func glossaryPart(i int) string {
	if i == 0 {
		return glossaryPath
	}
	return pagePath(glossaryPath, i+1)
}

// glossary makes the View of page i of A to Z.
func (b *builder) glossary(i int) *Glossary {
	s := b.book.site
	v := &Glossary{Page: b.page(b.word("glossary"), b.word("glossary-text")), Total: len(s.Terms), DataURL: b.link.to(glossaryDataPath), Number: i + 1, Pages: b.book.glossaryPages()}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: b.link.to(glossaryPath), Current: true})
	if v.Pages > 1 {
		v.SearchURL = b.link.to(searchPath)
	}
	if i > 0 {
		v.PreviousURL = b.link.to(glossaryPart(i - 1))
	}
	if i+1 < v.Pages {
		v.NextURL = b.link.to(glossaryPart(i + 1))
	}
	for n, t := range s.Terms {
		letter := firstLetter(t.Sort)
		if last := len(v.Index); last == 0 || v.Index[last-1].Title != letter {
			v.Index = append(v.Index, Link{Title: letter, URL: b.link.to(glossaryPart(n/termsPerPage) + "#" + letterAnchor(last+1))})
		}
		if n/termsPerPage != i {
			continue
		}
		if last := len(v.Letters); last == 0 || v.Letters[last-1].Letter != letter {
			v.Letters = append(v.Letters, Letter{Letter: letter, Anchor: letterAnchor(len(v.Index))})
		}
		last, term := &v.Letters[len(v.Letters)-1], b.term(t)
		for _, other := range t.SeeAlso {
			term.SeeAlso = append(term.SeeAlso, Link{Title: other.Term, URL: b.link.to(termPath(other))})
		}
		last.Terms = append(last.Terms, term)
		v.Shown++
	}
	return v
}

func letterAnchor(n int) string { return "letter_" + strconv.Itoa(n) }

// firstLetter is what a term is filed under: its first letter without accent,
// or # for anything else.
func firstLetter(s string) string {
	if r, _ := utf8.DecodeRuneInString(norm.NFD.String(s)); unicode.IsLetter(r) {
		return string(unicode.ToUpper(r))
	}
	return "#"
}

// entry makes the i-th page of a glossary entry: the newest has the newest uses
// and the newest events, the one before it those before.
func (b *builder) entry(t *site.Term, pages []chunk, i int) *Entry {
	o := site.Origin{Term: t}
	v := &Entry{Page: b.page(t.Term, t.Short), ID: t.ID, Term: t.Term, Kind: t.Kind, KindWord: b.word("kind-" + t.Kind), Short: t.Short, Forms: t.Forms, Formerly: t.Formerly,
		SameAs: t.SameAs, Role: t.Role, Updated: b.edtfDay(t.Updated), UseCount: len(t.Uses), Pager: b.pager(termPath(t), pages, i)}
	b.crumbs(&v.Page, Link{Title: b.word("glossary"), URL: b.link.to(glossaryPath)}, Link{Title: t.Term, URL: b.link.to(termPath(t)), Current: true})
	b.citeIn(t.Term, "#main_content")
	v.Body = b.prose(o, t.Body, "")
	for _, other := range t.SeeAlso {
		v.SeeAlso = append(v.SeeAlso, b.term(other))
	}
	for _, src := range t.Sources {
		b.cite(src)
	}
	v.Sources = b.sourceList(o)
	if t.HasPoint {
		v.Lat, v.Lon = strconv.FormatFloat(t.Lat, 'f', -1, 64), strconv.FormatFloat(t.Lon, 'f', -1, 64)
		v.Point = b.degrees(t.Lat, "north", "south") + ", " + b.degrees(t.Lon, "east", "west")
	}
	if r := t.Affiliation; r != nil {
		v.Affiliation = &Link{Title: r.ID}
		if target := b.book.site.Resolve(o, "term:"+r.ID); target.Term != nil {
			v.Affiliation = &Link{Title: target.Term.Term, URL: b.link.to(termPath(target.Term))}
		}
	}
	age := len(pages) - 1 - i
	from, to := chunkOf(len(t.Uses), usesPerPage, age).newestFirst(len(t.Uses))
	v.Uses = b.made.entries.list(to - from)
	for _, u := range t.Uses[from:to] {
		v.Uses = append(v.Uses, b.use(u))
	}
	events := chunkOf(len(t.Events), eventsPerPage, age)
	v.Events = b.tell(t.Events[events.From:events.To]...)
	for _, ev := range v.Events {
		ev.entry = t
	}
	return v
}

// degrees says how far a place lies to one side, or to the other where it is negative.
func (b *builder) degrees(n float64, side, other string) string {
	if n < 0 {
		side = other
	}
	return b.say(side, "n", b.words.Number(math.Abs(n)))
}

// chunkOf is the page of a list that is age pages older than the newest, empty
// where the list has none so old.
func chunkOf(n, per, age int) chunk {
	all := chunks(n, per)
	if age >= len(all) {
		return chunk{}
	}
	return all[len(all)-1-age]
}

func (b *builder) use(u site.Use) Use {
	e, sentence := u.Explainer, u.Sentence()
	v := Use{Explainer: Link{Title: e.Title}, Sentence: b.made.sentences.one()}
	*v.Sentence = Sentence{Sum: sentence.Sum, Start: sentence.Start, sentence: sentence}
	q, ev := u.Where()
	switch {
	case q != nil:
		v.Question.Title = q.Text
		v.Explainer.URL, v.Question.URL = b.link.part(e, "", q.ID)
	case ev != nil:
		v.Question.Title = ev.Title
		v.Explainer.URL, v.Question.URL = b.link.part(e, "event-", ev.ID)
		if far := b.book.far[e][ev]; far != "" {
			v.Question.URL = b.link.to(far)
		}
	default:
		v.Explainer.URL = b.link.explainer(e, "", "")
	}
	return v
}

func (b *builder) updates(chunks []chunk, i int) *Updates {
	s := b.book.site
	v := &Updates{Page: b.page(b.word("updates"), b.word("updates-text")), Pager: b.pager(updatesPath, chunks, i)}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: b.link.to(updatesPath), Current: true})
	if s.Config.BaseURL != "" {
		v.Feeds = append(v.Feeds, Feed{Title: v.Title, URL: b.link.to(updatesFeed), Type: "application/atom+xml"})
	}
	from, to := chunks[i].newestFirst(len(s.Updates))
	for _, u := range s.Updates[from:to] {
		v.Updates = append(v.Updates, b.update(u.Explainer, u.Update))
	}
	return v
}

func (b *builder) sources(chunks []chunk, i int) *Sources {
	s := b.book.site
	v := &Sources{Page: b.page(b.word("sources"), b.word("sources-text")), Pager: b.pager(sourcesPath, chunks, i)}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: b.link.to(sourcesPath), Current: true})
	from, to := chunks[i].newestFirst(len(s.Sources))
	v.Sources = b.made.sources.list(to - from)
	for i := range s.Sources[from:to] {
		c := &s.Sources[from+i]
		b.know(c)
		src := b.source(site.Origin{Explainer: c.By[0]}, c.Source, 0)
		src.ID = strings.TrimPrefix(b.sourceAnchor(c.Source), "source-")
		src.By = b.made.links.list(len(c.By))
		for _, e := range c.By {
			src.By = append(src.By, Link{Title: e.Title, URL: b.link.explainer(e, "", "")})
		}
		v.Sources = append(v.Sources, src)
	}
	return v
}

func (b *builder) plain(g *site.PlainPage) *Plain {
	o := site.Origin{Page: g}
	v := &Plain{Page: b.page(g.Title, g.Summary), Standfirst: b.prose(o, g.Standfirst, ""), Body: b.prose(o, g.Body, ""), Published: b.day(g.Published)}
	v.NoIndex = v.NoIndex || g.NoIndex
	return v
}

func (b *builder) notFound() *NotFound {
	v := &NotFound{Page: b.page(b.word("not-found-title"), "")}
	v.NoIndex, v.Canonical = true, ""
	s := b.book.site
	place := func(key, path, count string, n int) {
		if n > 0 {
			words, err := b.site.Count(count, n)
			b.fail(err)
			v.Places = append(v.Places, TopicEntry{Link{Title: b.word(key), URL: b.link.to(path)}, words})
		}
	}
	place("all-explainers", explainersPath, "explainers", len(s.Explainers))
	place("glossary", glossaryPath, "terms", len(s.Terms))
	place("timeline", timelinePath, "events", len(s.Events))
	for _, e := range s.Explainers[:min(4, len(s.Explainers))] {
		v.Newest = append(v.Newest, Link{Title: e.Title, URL: b.link.explainer(e, "", "")})
	}
	return v
}

func (b *builder) redirect(to, name string) *Redirect {
	to = b.book.there(to)
	v := &Redirect{Page: b.page(b.word("moved"), ""), To: b.href("/" + to), Name: cmp.Or(name, to)}
	if strings.Contains(to, "://") {
		v.To, v.Canonical = to, to
	} else if base := b.book.site.Config.BaseURL; base != "" {
		v.Canonical = base + to
	}
	v.NoIndex = true
	return v
}
