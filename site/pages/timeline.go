package pages

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"nutgraf/site"
	"nutgraf/site/document"
)

// eventsOnTimeline is how many events the site's timeline shows: all there are, or else
// those of the newest years.
const eventsOnTimeline = 150

// firstWholeYear returns the first of the years that stand whole on the site's timeline.
// The others have a page each.
func firstWholeYear(years []yearEvents) int {
	first, shown := len(years), 0
	for first > 0 && shown+len(years[first-1].events) <= eventsOnTimeline {
		first--
		shown += len(years[first].events)
	}
	return first
}

// yearAt is the site path of where the i-th year stands.
func (b *Book) yearAt(i int) string {
	if i < b.wholeFrom {
		return yearPath(b.years[i].year)
	}
	return timelinePath + "#" + yearAnchor(b.years[i].year)
}

// yearOf finds the year in which an event of the site's timeline stands.
func (b *Book) yearOf(ev *site.TimelineEvent) int {
	i, _ := slices.BinarySearchFunc(b.years, ev.Date.Year(),
		func(y yearEvents, year int) int { return y.year - year })
	return i
}

// yearChunks cuts the events of an explainer, which are in the order of their years, into
// pages of whole years, none longer than the site's timeline. A year that is longer goes
// over several. The oldest come first, and those that are full never change again.
func yearChunks(events []*site.TimelineEvent) (out []chunk) {
	const least = eventsOnTimeline / 2
	n, from := len(events), 0
	end := func(to int) {
		if to > from {
			out = append(out, chunk{len(out) + 1, from, to})
			from = to
		}
	}
	for start, stop := 0, 0; n > eventsOnTimeline && start < n; start = stop {
		for stop < n && events[stop].Date.Year() == events[start].Date.Year() {
			stop++
		}
		if stop-from > eventsOnTimeline {
			end(start)
		}
		for stop-from > eventsOnTimeline {
			end(from + least)
		}
		if stop-from >= least && n-stop >= least {
			end(stop)
		}
	}
	return append(out, chunk{len(out) + 1, from, n})
}

// earlierYears are links to the years of an explainer's timeline that do not stand on the
// newest page. One that goes over several pages has a part there.
func (b *builder) earlierYears(events []*site.TimelineEvent, list string, chunks []chunk) []YearGroup {
	var years []yearEvents
	var at []int // the page on which each begins
	here := events[chunks[len(chunks)-1].From].Date.Year()
	for k, c := range chunks[:len(chunks)-1] {
		for i := c.From; i < c.To; i++ {
			y := events[i].Date.Year()
			if y == here {
				break
			}
			if len(years) == 0 || years[len(years)-1].year != y {
				years, at = append(years, yearEvents{year: y}), append(at, k)
			}
			last := &years[len(years)-1]
			last.events = append(last.events, events[i])
		}
	}
	return yearGroups(years, func(i int) Link {
		y := years[i]
		return Link{Title: yearTitle(y.year), Count: len(y.events),
			URL: b.link.to(chunkPath(list, chunks, at[i]) + "#" + yearAnchor(y.year))}
	})
}

// yearGroups are links to years that stand elsewhere, more than a few of them by decades
// or centuries.
func yearGroups(years []yearEvents, link func(i int) Link) (groups []YearGroup) {
	const few, mostDecades = 12, 30
	n := len(years)
	step := 0
	switch {
	case n == 0:
		return nil
	case n > few && years[n-1].year-years[0].year < 10*mostDecades:
		step = 10
	case n > few:
		step = 100
	}
	last := 0
	for i, y := range years {
		k := 0
		if step > 0 {
			k = column(y.year, step)
		}
		if i == 0 || k != last {
			groups, last = append(groups, YearGroup{}), k
			if step > 0 {
				from, to := yearsOf(k, step)
				groups[len(groups)-1].Title = yearTitle(from) + "–" + yearTitle(to)
			}
		}
		g := &groups[len(groups)-1]
		g.Years = append(g.Years, YearLink{link(i), yearAnchor(y.year)})
		g.Count += len(y.events)
	}
	return groups
}

// yearLink leads to the i-th year.
func (b *builder) yearLink(i int) Link {
	y := b.book.years[i]
	return Link{Title: yearTitle(y.year), URL: b.link.to(b.book.yearAt(i)), Count: len(y.events)}
}

// hasTimelinePage reports whether an explainer's events have a page of their own: where
// its own page does not show them all, or they can be chosen by their tags.
func hasTimelinePage(e *site.Explainer) bool {
	tagged := func(ev *site.TimelineEvent) bool { return len(ev.Tags) > 0 }
	return len(e.Timeline) > eventsOnPage || slices.ContainsFunc(e.Timeline, tagged)
}

// timelineOf is the site path of where all of an explainer's events stand.
func timelineOf(e *site.Explainer) string {
	if hasTimelinePage(e) {
		return explainerTimelinePath(e)
	}
	return explainerPath(e) + "#time_line"
}

// merged says where the events stand that a page of their own would have, of a year or of
// e, which may be nil, had the site more of them: on the page that has room for all.
func (b *Book) merged(p string, e *site.Explainer) (at string, ok bool) {
	if e != nil {
		return timelineOf(e), p == explainerTimelinePath(e) && len(e.Timeline) > 0 && !hasTimelinePage(e)
	}
	for i := range b.years[b.wholeFrom:] {
		if !strings.HasPrefix(p, timelinePath) {
			break
		}
		if at := b.wholeFrom + i; p == yearPath(b.years[at].year) {
			return b.yearAt(at), true
		}
	}
	return "", false
}

// explainerAt is the explainer whose page has that site path, or nil.
func (b *Book) explainerAt(p string) *site.Explainer {
	if i := b.Find(p); i >= 0 && b.page(i).layout == "explainer" {
		return b.site.ExplainerAt(b.page(i).at.File)
	}
	return nil
}

func yearTitle(y int) string {
	if y <= 0 {
		return strconv.Itoa(1-y) + " BC"
	}
	return strconv.Itoa(y)
}

// siteTimeline has all events, or those of the newest years and a link to each other year.
func (b *builder) siteTimeline() *Timeline {
	all, years, whole := b.book.byYear, b.book.years, b.book.wholeFrom
	v := &Timeline{Page: b.page(b.word("timeline"), b.word("timeline-text")), Scope: "site", Total: len(all)}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: b.link.to(timelinePath), Current: true})
	shown := all
	for i := range whole {
		shown = shown[len(years[i].events):]
	}
	before := whole - 1
	if whole > 0 && whole == len(years) { // not even the newest year has room
		shown = all[len(all)-eventsOnTimeline:]
		newest := b.yearLink(before)
		v.Rest = &newest
		before--
	}
	v.Years = yearGroups(years[:before+1], b.yearLink)
	if before >= 0 {
		previous := b.yearLink(before)
		v.Previous = &previous
	}
	v.Shown, v.Complete, v.Groups = len(shown), len(shown) == len(all), b.groups(shown)
	v.Span = spanOf(all)
	v.Charts = b.charts(all, func(i int) string {
		return b.link.to(b.book.yearAt(b.book.yearOf(all[i])))
	})
	v.setFilters(b.topicFilters(nil))
	setKeys(v)
	for _, d := range []struct{ title, path string }{{"JSON", timelineDataPath},
		{"ICS", calendarPath}, {"CSV", timelinePath + "timeline.csv"}} {
		if d.path != calendarPath || b.book.calendars[d.path] {
			v.Downloads = append(v.Downloads, Link{Title: d.title, URL: b.link.to(d.path)})
		}
	}
	v.Pager = Pager{Number: 1, Total: 1}
	return v
}

// yearTimeline is one year of the site's timeline.
func (b *builder) yearTimeline(i int, chunks []chunk, c int) *Timeline {
	y := b.book.years[i]
	v := &Timeline{Page: b.page(b.word("timeline")+" "+yearTitle(y.year), b.word("timeline-text")),
		Scope: "year", Year: yearTitle(y.year), Total: len(y.events)}
	b.crumbs(&v.Page, Link{Title: b.word("timeline"), URL: b.link.to(timelinePath)},
		Link{Title: v.Year, URL: b.link.to(yearPath(y.year)), Current: true})
	b.showEvents(v, y.events, yearPath(y.year), chunks, c)
	if i > 0 {
		previous := b.yearLink(i - 1)
		v.Previous = &previous
	}
	if i+1 < len(b.book.years) {
		next := b.yearLink(i + 1)
		v.Next = &next
	}
	return v
}

// mostFilters is how many topics a timeline can be filtered by.
const mostFilters = 30

// topicFilter is a topic by which a timeline is filtered, as all timelines show it.
type topicFilter struct {
	topic            *site.Topic
	path, key, title string
}

// topicFilters are those of the site's topics, in the words of its language.
func (b *Book) topicFilters() (out []topicFilter) {
	timeline, _ := b.siteView(b.site.Config.Lang).Word("timeline")
	for _, t := range filterTopics(b.site) {
		out = append(out, topicFilter{t, topicTimelinePath(t), topicKey(t), timeline + ": " + t.Title})
	}
	return out
}

// filterTopics are the topics by which a timeline is filtered, in their order: those with
// events, of very many those with the most. There are none where none would leave one out.
func filterTopics(s *site.Site) (topics []*site.Topic) {
	chooses := false
	for _, t := range s.Topics {
		if n := len(t.Events); n > 0 {
			topics, chooses = append(topics, t), chooses || n < len(s.Events)
		}
	}
	if !chooses {
		return nil
	}
	if len(topics) > mostFilters {
		most := slices.SortedStableFunc(slices.Values(topics),
			func(x, y *site.Topic) int { return len(y.Events) - len(x.Events) })[:mostFilters]
		topics = slices.DeleteFunc(topics, func(t *site.Topic) bool { return !slices.Contains(most, t) })
	}
	return topics
}

// topicFilters lead to the timelines of topics, of being the current one.
func (b *builder) topicFilters(of *site.Topic) []Filter {
	if len(b.book.filters) == 0 {
		return nil
	}
	every := Link{Title: b.word("everything"), URL: b.link.to(timelinePath),
		Current: of == nil, Count: len(b.book.site.Events)}
	filters := make([]Filter, 0, 1+len(b.book.filters))
	filters = append(filters, Filter{every, "", b.word("timeline")})
	for _, f := range b.book.filters {
		t := f.topic
		l := Link{Title: t.Title, URL: b.link.to(f.path), Current: of == t, Count: len(t.Events)}
		filters = append(filters, Filter{l, f.key, f.title})
	}
	return filters
}

// topicKey is the key of a topic's events; the slash sets it apart from a tag.
func topicKey(t *site.Topic) string { return string(topicSign) + t.Slug }

const topicSign = '/' // no tag begins with it

// filterKeys are the keys by which an event is chosen, with blanks between them.
func filterKeys(ev *site.TimelineEvent) string {
	var few [8]*site.Topic
	seen, keys := few[:0], make([]byte, 0, 128)
	for _, e := range ev.Users {
		for _, t := range e.Topics {
			if !slices.Contains(seen, t) {
				seen, keys = append(seen, t), append(append(keys, ' '), topicKey(t)...)
			}
		}
	}
	for _, tag := range ev.Tags {
		keys = append(append(keys, ' '), tag...)
	}
	return string(bytes.TrimPrefix(keys, []byte(" ")))
}

// tagTitle is a tag in words.
func tagTitle(tag string) string { return strings.ReplaceAll(tag, "-", " ") }

// groups are events, which are in the order of their years, each year under its name.
func (b *builder) groups(events []*site.TimelineEvent) (groups []EventGroup) {
	listed := b.listEvents(events...)
	for len(events) > 0 {
		y, n := events[0].Date.Year(), 0
		for n < len(events) && events[n].Date.Year() == y {
			listed[n].InYear = true
			n++
		}
		groups = append(groups, EventGroup{Title: yearTitle(y), Anchor: yearAnchor(y), Events: listed[:n]})
		events, listed = events[n:], listed[n:]
	}
	return groups
}

// showEvents fills in a page of a list of events, which are in the order of their years.
func (b *builder) showEvents(v *Timeline, events []*site.TimelineEvent, list string, chunks []chunk, c int) {
	shown := events[chunks[c].From:chunks[c].To]
	v.Pager, v.Shown, v.Complete = b.pager(list, chunks, c), len(shown), len(chunks) == 1
	v.Groups = b.groups(shown)
	if c == len(chunks)-1 { // older pages never change again
		v.Span = spanOf(events)
		v.Charts = b.charts(events, func(i int) string {
			k := 0
			for chunks[k].To <= i {
				k++
			}
			return b.link.to(chunkPath(list, chunks, k) + "#" + yearAnchor(events[i].Date.Year()))
		})
	}
}

// byYear is events in the order of their years: without a known start an event
// comes first, and belongs to the year of its end.
func byYear(events []*site.TimelineEvent) []*site.TimelineEvent {
	order := func(x, y *site.TimelineEvent) int { return x.Date.Year() - y.Date.Year() }
	if slices.IsSortedFunc(events, order) {
		return events
	}
	events = slices.Clone(events)
	slices.SortStableFunc(events, order)
	return events
}

// spanOf says from which year to which events reach, "" where it is but one.
func spanOf(events []*site.TimelineEvent) string {
	if len(events) == 0 || events[0].Date.Year() == events[len(events)-1].Date.Year() {
		return ""
	}
	return yearTitle(events[0].Date.Year()) + "–" + yearTitle(events[len(events)-1].Date.Year())
}

func (b *builder) topicTimeline(t *site.Topic, events []*site.TimelineEvent, chunks []chunk, c int) *Timeline {
	v := &Timeline{Page: b.page(b.word("timeline")+": "+t.Title, b.gist(t.Text, t.Explainers)), Scope: "topic",
		Of: &Link{Title: t.Title, URL: b.link.to(topicPath(t))}, Total: len(events)}
	b.crumbs(&v.Page, Link{Title: b.word("topics"), URL: b.link.to(topicsPath)}, *v.Of,
		Link{Title: b.word("timeline"), URL: b.link.to(topicTimelinePath(t)), Current: true})
	b.showEvents(v, events, topicTimelinePath(t), chunks, c)
	v.setFilters(b.topicFilters(t))
	v.Complete = false // the others' events are elsewhere
	return v
}

// explainerTimeline is an explainer's events, or those with one tag.
func (b *builder) explainerTimeline(e *site.Explainer, tag string, chunks []chunk, c int) *Timeline {
	list, events := explainerTimelinePath(e), e.Timeline
	v := &Timeline{Page: b.page(b.word("timeline")+": "+e.Title, e.Summary), Scope: "explainer",
		Of: &Link{Title: e.Title, URL: b.link.explainer(e, "", "")}}
	v.NoIndex = v.NoIndex || e.NoIndex
	b.crumbs(&v.Page, Link{Title: b.word("explainers"), URL: b.link.to(explainersPath)}, *v.Of,
		Link{Title: b.word("timeline"), URL: b.link.to(list), Current: tag == ""})
	title := v.Title
	if tag != "" {
		list, events = tagPath(e, tag), tagged(e, tag)
		v.Scope, v.Title = "tag", title+" – "+tagTitle(tag)
		v.Breadcrumbs = append(v.Breadcrumbs, Link{Title: tagTitle(tag), URL: b.link.to(list), Current: true})
	}
	if tags := tagsOf(e); len(tags) > 0 {
		every := Link{Title: b.word("everything"), URL: b.link.to(explainerTimelinePath(e)),
			Current: tag == "", Count: len(e.Timeline)}
		filters := []Filter{{every, "", title}}
		for _, t := range tags {
			l := Link{Title: tagTitle(t), URL: b.link.to(tagPath(e, t)), Current: t == tag, Count: len(tagged(e, t))}
			filters = append(filters, Filter{l, t, title + " – " + l.Title})
		}
		v.setFilters(filters)
	}
	events = byYear(events)
	v.Total = len(events)
	b.showEvents(v, events, list, chunks, c)
	if c == len(chunks)-1 {
		v.Years = b.earlierYears(events, list, chunks)
	}
	v.Complete = v.Complete && tag == ""
	setKeys(v)
	for _, g := range v.Groups {
		for _, ev := range g.Events {
			ev.Same = true // as the page's title says
		}
	}
	return v
}

// setFilters gives a timeline its filters. Many would push the events off a phone.
func (v *Timeline) setFilters(filters []Filter) {
	const few = 8
	v.Filters, v.Folded = filters, len(filters) > few+1 // one is for all events
}

// setKeys gives events their keys where readers choose among them on the page itself.
func setKeys(v *Timeline) {
	for _, g := range v.Groups {
		for _, ev := range g.Events {
			ev.Keyed = v.Complete && len(v.Filters) > 0
			ev.Tagged = v.Scope == "explainer" || v.Scope == "tag"
		}
	}
}

// eventsOnPage is how many events an explainer's own page has room for.
const eventsOnPage = 24

// omittedEvents finds the events that stand on an explainer's timeline alone, and
// where: its own page keeps the most important, and of those the nearest to the
// day that it speaks of.
func omittedEvents(e *site.Explainer) map[*document.Event]string {
	if len(e.Timeline) <= eventsOnPage {
		return nil
	}
	events := byYear(e.Timeline)
	shown := ranked(e)[:eventsOnPage]
	omitted := map[*document.Event]string{}
	cs := yearChunks(events)
	for k, c := range cs {
		for _, ev := range events[c.From:c.To] {
			if !slices.Contains(shown, ev) {
				omitted[ev.Event] = chunkPath(explainerTimelinePath(e), cs, k) + "#event-" +
					ev.Explainer.Key() + "--" + ev.ID
			}
		}
	}
	return omitted
}

// ranked are an explainer's events, the most important first, and of those the nearest
// to the day that it speaks of.
func ranked(e *site.Explainer) []*site.TimelineEvent {
	away := func(ev *site.TimelineEvent) int64 {
		day, ok := ev.Date.Earliest()
		if !ok {
			day, _ = ev.Date.Latest()
		}
		return max(day.Unix()-e.AsOf.Unix(), e.AsOf.Unix()-day.Unix())
	}
	return slices.SortedStableFunc(slices.Values(byYear(e.Timeline)), func(x, y *site.TimelineEvent) int {
		return cmp.Or(cmp.Compare(x.Importance, y.Importance), cmp.Compare(away(x), away(y)))
	})
}

// How many of an explainer's events are seen at once on its own page.
const (
	eventsUnfolded = 10 // all, where there are no more
	eventsOpen     = 7  // else, and more where more are of the highest importance
)

// openEvents are those that an explainer's page shows at once; nil for all.
func openEvents(e *site.Explainer) []*site.TimelineEvent {
	if len(e.Timeline) <= eventsUnfolded {
		return nil
	}
	open := ranked(e)[:eventsUnfolded]
	for len(open) > eventsOpen && open[len(open)-1].Importance > 1 {
		open = open[:len(open)-1]
	}
	return open
}

// foldUp folds up the last n events. One alone takes no more room than what stands for it.
func foldUp(events []Event, n int, where string) {
	if n > 1 {
		first := &events[len(events)-n]
		first.Fold, first.Folded, events[len(events)-1].FoldEnd = n, where, true
	}
}

func tagsOf(e *site.Explainer) []string {
	var tags []string
	for _, ev := range e.Timeline {
		tags = append(tags, ev.Tags...)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

func tagged(e *site.Explainer, tag string) []*site.TimelineEvent {
	var out []*site.TimelineEvent
	for _, ev := range e.Timeline {
		if slices.Contains(ev.Tags, tag) {
			out = append(out, ev)
		}
	}
	return out
}
