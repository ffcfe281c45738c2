package pages

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/site/search"
)

// How much the lists within other pages show.
const (
	changedShown  = 5
	comingUpShown = 6
	stripShown    = 4 // of what is coming up, beside each other
	topicsShown   = 24
	termsOnTopic  = 24
	citingShown   = 12 // explainers that cite a source
	footPages     = 8
	eventsPerPage = 250
	usesPerPage   = 150
	namesPerPage  = 200 // of a list by name
	lettersShown  = 60  // in the index of a glossary: scripts without an alphabet have thousands
	searchListed  = 80  // titles on a page of the list for those without script
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
	v := &Home{Page: b.page(s.Config.Title, b.gist(s.Config.Tagline, s.Explainers)),
		Pager: b.pager(homePath, chunks, i)}
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
		b.homeEnd(v)
	}
	v.Newest = b.made.cards.Room(len(newest))
	for _, e := range newest {
		v.Newest = append(v.Newest, b.card(e))
	}
	return v
}

// homeEnd fills in the largest topics, and what can be followed.
func (b *builder) homeEnd(v *Home) {
	s := b.book.site
	topics := s.Topics
	if v.TopicCount = len(topics); len(topics) > topicsShown {
		topics = most(topics, topicsShown, func(t *site.Topic) int { return len(t.Explainers) })
		v.TopicsURL = b.link.to(topicsPath)
	}
	for _, t := range topics {
		v.Topics = append(v.Topics, b.topicEntry(t).Link)
	}
	v.Follow = slices.Concat(b.followSite(), b.followUpdates())
}

// followUpdates is the feed of updates and corrections.
func (b *builder) followUpdates() []Link {
	return b.follow(b.word("corrections-feed"), updatesFeed, "")
}

// followSite are the feed and the calendar of the site.
func (b *builder) followSite() []Link {
	return b.follow(b.book.site.Config.Title, feedPath, calendarPath)
}

// followTopic are those of a topic.
func (b *builder) followTopic(t *site.Topic) []Link {
	return b.follow(t.Title, topicFeedPath(t), topicCalendarPath(t))
}

// follow are a feed and a calendar, if there is anything in it.
func (b *builder) follow(title, feed, calendar string) (out []Link) {
	if b.book.site.Config.BaseURL != "" {
		out = append(out, Link{Title: b.say("feed-of", "title", title), URL: b.link.to(feed)})
	}
	if b.book.calendars[calendar] {
		out = append(out, Link{Title: b.say("calendar-of", "title", title), URL: b.link.to(calendar)})
	}
	return out
}

// most are the n things of a list that have the most of something, in their order.
func most[T any](list []T, n int, of func(T) int) []T {
	places := make([]int, len(list))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(x, y int) int { return of(list[y]) - of(list[x]) })
	places = places[:n]
	slices.Sort(places)
	out := make([]T, n)
	for i, place := range places {
		out[i] = list[place]
	}
	return out
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
	v := Coming{Date: b.uncertain(d), Title: ev.Title, URL: b.eventURL(ev),
		Explainer: titles(ev.Users, " · "), Flag: ev.Flag,
		Unsure: d.Open() || d.Approximate() || d.Uncertain() || d.Vague()}
	v.Date.Words = b.dateWords(ev, v.Date)
	return v
}

func (b *builder) list(chunks []chunk, i int) *List {
	s := b.book.site
	v := &List{Page: b.page(b.word("explainers"), b.word("explainers-text")), Pager: b.pager(explainersPath, chunks, i)}
	b.crumbs(&v.Page, Link{Title: b.word("explainers"), URL: b.link.to(explainersPath), Current: true})
	from, to := chunks[i].newestFirst(len(s.Explainers))
	v.Cards = b.made.cards.Room(to - from)
	for _, e := range s.Explainers[from:to] {
		v.Cards = append(v.Cards, b.card(e))
	}
	return v
}

// search is the search page, and a page of the list that stands on it: of all
// explainers, and of the plain pages behind them.
func (b *builder) search(chunks []chunk, i int) *Search {
	s := b.book.site
	v := &Search{Page: b.page(b.word("search"), b.word("search-text")),
		IndexURL: b.link.to(searchPath + search.Root), ScriptURL: b.assetURL(searchAsset),
		Pager: b.pager(searchPath, chunks, i)}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: v.SearchURL, Current: true})
	from, to := chunks[i].newestFirst(b.book.titles())
	v.List = b.made.cards.Room(to - from)
	n := len(s.Explainers)
	for _, e := range s.Explainers[min(from, n):min(to, n)] {
		v.List = append(v.List, Card{Site: b.site, Title: e.Title, URL: b.link.explainer(e, "", ""),
			Questions: b.questionLinks(e, len(e.Questions))})
	}
	for _, g := range s.Pages[max(from-n, 0):max(to-n, 0)] {
		v.List = append(v.List, Card{Site: b.site, Title: g.Title, URL: b.link.to(plainPath(g))})
	}
	return v
}

// titles is how many the list of the search page has.
func (b *Book) titles() int { return len(b.site.Explainers) + len(b.site.Pages) }

// topics makes the View of page i of the list of topics.
func (b *builder) topics(i int) *Topics {
	list := b.book.site.Topics
	v := &Topics{Page: b.page(b.word("topics"), b.word("topics-text")), Parts: b.parts(topicsPath, len(list), i)}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: b.link.to(topicsPath), Current: true})
	for _, t := range list[i*namesPerPage : min((i+1)*namesPerPage, len(list))] {
		v.Topics = append(v.Topics, b.topicEntry(t))
	}
	return v
}

func (b *builder) topicEntry(t *site.Topic) TopicEntry {
	return TopicEntry{Link{Title: t.Title, URL: b.link.to(topicPath(t)), Count: len(t.Explainers)}, t.Text}
}

// parts is how many pages a list by name has.
func parts(n int) int { return max(1, (n+namesPerPage-1)/namesPerPage) }

// parts leads through the pages of a list by name.
func (b *builder) parts(list string, n, i int) Parts {
	v := Parts{Number: i + 1, Pages: parts(n)}
	if i > 0 {
		v.PreviousURL = b.link.to(partPath(list, i-1))
	}
	if i+1 < v.Pages {
		v.NextURL = b.link.to(partPath(list, i+1))
	}
	return v
}

func (b *builder) topic(t *site.Topic, chunks []chunk, i int) *Topic {
	v := &Topic{Page: b.page(t.Title, b.gist(t.Text, t.Explainers)), Text: t.Text, Pager: b.pager(topicPath(t), chunks,
		i), EventCount: len(t.Events), Total: len(t.Explainers)}
	b.crumbs(&v.Page, Link{Title: b.word("topics"), URL: b.link.to(topicsPath)},
		Link{Title: t.Title, URL: b.link.to(topicPath(t)), Current: true})
	from, to := chunks[i].newestFirst(len(t.Explainers))
	v.Cards = b.made.cards.Room(to - from)
	for _, e := range t.Explainers[from:to] {
		v.Cards = append(v.Cards, b.card(e))
	}
	if len(t.Events) > 0 {
		v.TimelineURL = b.link.to(topicTimelinePath(t))
	}
	if i == len(chunks)-1 {
		v.Changed = b.changedIn(t.Explainers[from:to])
		b.topicTerms(v, t)
		v.Follow = b.followTopic(t)
	}
	if b.book.site.Config.BaseURL != "" {
		feed := Feed{Title: v.Site.Title + ": " + t.Title, URL: b.link.to(topicFeedPath(t)), Type: atomType}
		v.Feeds = slices.Insert(v.Feeds, 0, feed)
	}
	return v
}

// descriptionRoom is how many bytes a description may have before the last title that it names.
const descriptionRoom = 120

// gist says what a page of explainers, newest first, is about: in the writer's words, else by
// how many there are and what the newest are called.
func (b *builder) gist(text string, list []*site.Explainer) string {
	if text != "" || len(list) == 0 {
		return text
	}
	out, err := b.site.Count("explainers", len(list))
	b.fail(err)
	for _, e := range list {
		if len(out) > descriptionRoom {
			break
		}
		out += " · " + e.Title
	}
	return out
}

// topicTerms fills in the terms that most explainers of a topic use.
func (b *builder) topicTerms(v *Topic, t *site.Topic) {
	terms := b.book.termsOf(t)
	if v.TermCount = len(terms); len(terms) > termsOnTopic {
		uses := make([]int, len(b.book.site.Terms))
		for _, e := range t.Explainers {
			for _, term := range e.Terms {
				uses[term.Index]++
			}
		}
		terms = most(terms, termsOnTopic, func(t *site.Term) int { return uses[t.Index] })
		v.TermsURL = b.link.to(topicGlossaryPath(t))
	}
	for _, term := range terms {
		v.Terms = append(v.Terms, b.term(term))
	}
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

// termsOf are the terms that any explainer of a topic links, by name.
func (b *Book) termsOf(t *site.Topic) (out []*site.Term) {
	used := make([]bool, len(b.site.Terms))
	for _, e := range t.Explainers {
		for _, term := range e.Terms {
			used[term.Index] = true
		}
	}
	for i, term := range b.site.Terms {
		if used[i] {
			out = append(out, term)
		}
	}
	return out
}

// glossary makes the View of page i of A to Z.
func (b *builder) glossary(i int) *Glossary {
	v := &Glossary{Page: b.page(b.word("glossary"), b.word("glossary-text")),
		Text: b.word("glossary-text"), DataURL: b.link.to(glossaryDataPath)}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: b.link.to(glossaryPath), Current: true})
	b.showTerms(v, b.book.site.Terms, glossaryPath, i)
	return v
}

// topicGlossary makes the View of page i of the terms of a topic.
func (b *builder) topicGlossary(t *site.Topic, i int) *Glossary {
	v := &Glossary{Page: b.page(b.word("key-terms")+": "+t.Title, b.gist(t.Text, t.Explainers))}
	topic := Link{Title: t.Title, URL: b.link.to(topicPath(t))}
	b.crumbs(&v.Page, Link{Title: b.word("topics"), URL: b.link.to(topicsPath)}, topic,
		Link{Title: b.word("key-terms"), URL: b.link.to(topicGlossaryPath(t)), Current: true})
	b.showTerms(v, b.book.termsOf(t), topicGlossaryPath(t), i)
	return v
}

// showTerms fills in page i of a list of terms.
func (b *builder) showTerms(v *Glossary, terms []*site.Term, list string, i int) {
	v.Total, v.Parts = len(terms), b.parts(list, len(terms), i)
	if v.Pages > 1 {
		v.SearchURL = b.link.to(searchPath)
	}
	var here []Link // the letters of this page
	anchors, times := "", map[string]int{}
	for n, t := range terms {
		letter := firstLetter(t.Sort)
		if last := len(v.Index); last == 0 || v.Index[last-1].Title != letter {
			times[letter]++
			anchors = letterAnchor(letter, times[letter])
			v.Index = append(v.Index,
				Link{Title: letter, URL: b.link.to(partPath(list, n/namesPerPage) + "#" + anchors)})
		}
		if n/namesPerPage != i {
			continue
		}
		if last := len(v.Letters); last == 0 || v.Letters[last-1].Anchor != anchors {
			v.Letters = append(v.Letters, Letter{Letter: letter, Anchor: anchors})
			here = append(here, Link{Title: letter, URL: "#" + url.PathEscape(anchors)})
		}
		last, term := &v.Letters[len(v.Letters)-1], b.term(t)
		for _, other := range t.SeeAlso {
			term.SeeAlso = append(term.SeeAlso, Link{Title: other.Name, URL: b.link.to(termPath(other))})
		}
		last.Terms = append(last.Terms, term)
		v.Shown++
	}
	if len(v.Index) > lettersShown {
		v.Index = here
	}
}

// letterAnchor names a letter by itself, so that links to it last; n is more than 1
// where terms under other letters stand between.
func letterAnchor(letter string, n int) string {
	if letter == "#" {
		letter = "other"
	}
	if n > 1 {
		letter += strconv.Itoa(n)
	}
	return "letter_" + letter
}

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
	v := &Entry{Page: b.page(t.Name, t.Short), ID: t.ID, Term: t.Name, Kind: t.Kind,
		KindWord: b.word("kind-" + t.Kind), Short: t.Short, Forms: t.Forms, Formerly: t.Formerly,
		SameAs: t.SameAs, Role: t.Role, Updated: b.edtfDay(t.Updated), UseCount: len(t.Uses),
		Pager: b.pager(termPath(t), pages, i)}
	b.crumbs(&v.Page, Link{Title: b.word("glossary"), URL: b.link.to(glossaryPath)},
		Link{Title: t.Name, URL: b.link.to(termPath(t)), Current: true})
	b.citeIn(t.Name, "#main_content")
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
			v.Affiliation = &Link{Title: target.Term.Name, URL: b.link.to(termPath(target.Term))}
		}
	}
	age := len(pages) - 1 - i
	from, to := chunkOf(len(t.Uses), usesPerPage, age).newestFirst(len(t.Uses))
	v.Uses = b.made.entries.Room(to - from)
	for _, u := range t.Uses[from:to] {
		v.Uses = append(v.Uses, b.use(u))
	}
	events := chunkOf(len(t.Events), eventsPerPage, age)
	v.Events = b.listEvents(t.Events[events.From:events.To]...)
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
	v := Use{Explainer: Link{Title: e.Title}, Sentence: b.made.sentences.One()}
	*v.Sentence = Sentence{Sum: sentence.Sum, Start: sentence.Start, sentence: sentence}
	q, ev := u.Where()
	switch {
	case q != nil:
		v.Question.Title = q.Text
		v.Explainer.URL, v.Question.URL = b.link.part(e, "", q.ID)
	case ev != nil:
		v.Question.Title = ev.Title
		v.Explainer.URL, v.Question.URL = b.link.part(e, "event-", ev.ID)
		if path := b.book.omittedPath(e, ev); path != "" {
			v.Question.URL = b.link.to(path)
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
		v.Feeds = append(v.Feeds, Feed{Title: b.word("corrections-feed"), URL: b.link.to(updatesFeed), Type: atomType})
	}
	v.Follow = b.followUpdates()
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
	v.Sources = b.made.sources.Room(to - from)
	for i := range s.Sources[from:to] {
		c := &s.Sources[from+i]
		text, err := s.CitedText(c)
		b.fail(err)
		src := b.sourceView(c.Source, &text)
		by := c.By[:min(len(c.By), citingShown)]
		src.By, src.More = b.made.links.Room(len(by)), len(c.By)-len(by)
		if src.More > 0 {
			src.MoreURL = b.searchFor(src.Title)
		}
		for _, e := range by {
			src.By = append(src.By, Link{Title: e.Title, URL: b.link.explainer(e, "", "")})
		}
		v.Sources = append(v.Sources, src)
	}
	return v
}

// searchFor is a search for a phrase.
func (b *builder) searchFor(phrase string) string {
	q := url.QueryEscape(`"` + strings.ReplaceAll(phrase, `"`, " ") + `"`)
	return b.link.to(searchPath) + "?q=" + strings.ReplaceAll(q, "+", "%20")
}

func (b *builder) plain(g *document.Page) *Plain {
	o := site.Origin{Page: g}
	b.citeIn(g.Title, "#main_content")
	v := &Plain{Page: b.page(g.Title, g.Summary), Standfirst: b.prose(o, g.Standfirst, ""),
		Body: b.prose(o, g.Body, ""), Published: b.day(g.Published)}
	v.NoIndex = v.NoIndex || g.NoIndex
	return v
}

func (b *builder) notFound() *NotFound {
	v := &NotFound{Page: b.page(b.word("not-found-title"), "")}
	v.NoIndex, v.Canonical, v.ShareURL = true, "", ""
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
		v.Canonical = linker{prefix: base}.to(to)
	}
	v.NoIndex = true
	return v
}
