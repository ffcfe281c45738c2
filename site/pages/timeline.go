package pages

import (
	"cmp"
	"slices"
	"strconv"

	"nutgraf/site"
)

// years counts events by year, oldest first.
func (b *builder) years(events []*site.TimelineEvent, current int) []Link {
	var out []Link
	var last int
	for _, ev := range events {
		y := ev.Date.Year()
		if len(out) == 0 || y != last {
			out = append(out, Link{Title: yearTitle(y), URL: b.link.to(yearPath(y)), Current: y == current})
			last = y
		}
		out[len(out)-1].Count++
	}
	return out
}

func yearTitle(y int) string {
	if y <= 0 {
		return strconv.Itoa(1-y) + " BC"
	}
	return strconv.Itoa(y)
}

// siteTimeline is the overview: the years, and what is coming up.
func (b *builder) siteTimeline() *Timeline {
	s := b.book.site
	v := &Timeline{Page: b.page(b.word("timeline"), b.word("timeline-text")), Scope: "site", Total: len(s.Events)}
	b.crumbs(&v.Page, Link{Title: v.Title, URL: b.link.to(timelinePath), Current: true})
	v.Years = b.years(b.book.byYear, noYear)
	v.ComingUp = b.tell(b.comingUp(s.Events, comingUpShown)...)
	v.Span = spanOf(b.book.byYear)
	v.Chart = b.chart(b.book.byYear, func(i int) string { return b.link.to(yearPath(b.book.byYear[i].Date.Year())) })
	v.Downloads = []Link{{Title: "JSON", URL: b.link.to(timelineDataPath)}, {Title: "ICS", URL: b.link.to(calendarPath)}, {Title: "CSV", URL: b.link.to(timelinePath + "timeline.csv")}}
	v.Pager = Pager{Number: 1, Total: 1}
	return v
}

// noYear is no year that an event can have.
const noYear = -1 << 62

// yearTimeline is one year of the site's timeline.
func (b *builder) yearTimeline(i int, chunks []chunk, c int) *Timeline {
	y := b.book.years[i]
	v := &Timeline{Page: b.page(b.word("timeline")+" "+yearTitle(y.year), b.word("timeline-text")), Scope: "year", Year: yearTitle(y.year), Total: len(y.events)}
	b.crumbs(&v.Page, Link{Title: b.word("timeline"), URL: b.link.to(timelinePath)}, Link{Title: v.Year, URL: b.link.to(yearPath(y.year)), Current: true})
	b.showEvents(v, y.events, yearPath(y.year), chunks, c)
	if i > 0 {
		p := b.book.years[i-1]
		v.Previous = &Link{Title: yearTitle(p.year), URL: b.link.to(yearPath(p.year)), Count: len(p.events)}
	}
	if i+1 < len(b.book.years) {
		n := b.book.years[i+1]
		v.Next = &Link{Title: yearTitle(n.year), URL: b.link.to(yearPath(n.year)), Count: len(n.events)}
	}
	return v
}

// showEvents fills in a page of a list of events, which are in the order of their years.
func (b *builder) showEvents(v *Timeline, events []*site.TimelineEvent, list string, chunks []chunk, c int) {
	shown := events[chunks[c].From:chunks[c].To]
	v.Pager, v.Shown, v.Complete = b.pager(list, chunks, c), len(shown), len(chunks) == 1
	for len(shown) > 0 {
		y, n := shown[0].Date.Year(), 0
		for n < len(shown) && shown[n].Date.Year() == y {
			n++
		}
		v.Groups = append(v.Groups, EventGroup{Title: yearTitle(y), Anchor: yearAnchor(y), Events: b.tell(shown[:n]...)})
		shown = shown[n:]
	}
	if c == len(chunks)-1 { // older pages never change again
		v.Span = spanOf(events)
		v.Chart = b.chart(events, func(i int) string {
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
	v := &Timeline{Page: b.page(b.word("timeline")+": "+t.Title, t.Text), Scope: "topic", Of: &Link{Title: t.Title, URL: b.link.to(topicPath(t))}, Total: len(events)}
	b.crumbs(&v.Page, Link{Title: b.word("topics"), URL: b.link.to(topicsPath)}, *v.Of, Link{Title: b.word("timeline"), URL: b.link.to(topicTimelinePath(t)), Current: true})
	b.showEvents(v, events, topicTimelinePath(t), chunks, c)
	return v
}

// explainerTimeline is an explainer's events, or those with one tag.
func (b *builder) explainerTimeline(e *site.Explainer, tag string, chunks []chunk, c int) *Timeline {
	list, events := explainerTimelinePath(e), e.Timeline
	v := &Timeline{Page: b.page(b.word("timeline")+": "+e.Title, e.Summary), Scope: "explainer", Of: &Link{Title: e.Title, URL: b.link.explainer(e, "", "")}}
	v.NoIndex = v.NoIndex || e.NoIndex
	b.crumbs(&v.Page, Link{Title: b.word("explainers"), URL: b.link.to(explainersPath)}, *v.Of, Link{Title: b.word("timeline"), URL: b.link.to(list), Current: tag == ""})
	for _, t := range tagsOf(e) {
		v.Tags = append(v.Tags, Link{Title: t, URL: b.link.to(tagPath(e, t)), Current: t == tag, Count: len(tagged(e, t))})
	}
	if tag != "" {
		list, events = tagPath(e, tag), tagged(e, tag)
		v.Scope, v.Title = "tag", v.Title+" – "+tag
		v.Breadcrumbs = append(v.Breadcrumbs, Link{Title: tag, URL: b.link.to(list), Current: true})
	}
	v.EveryURL, v.Every = b.link.to(explainerTimelinePath(e)), len(e.Timeline)
	v.Total = len(events)
	b.showEvents(v, byYear(events), list, chunks, c)
	v.Complete = v.Complete && tag == ""
	return v
}

// eventsOnPage is how many events an explainer's own page has room for.
const eventsOnPage = 24

// farEvents finds the events that stand on an explainer's timeline alone, and
// where: its own page keeps the most important, and of those the nearest to the
// day that it speaks of.
func farEvents(e *site.Explainer) map[*site.Event]string {
	if len(e.Timeline) <= eventsOnPage {
		return nil
	}
	away := func(ev *site.TimelineEvent) int64 {
		day, ok := ev.Date.Earliest()
		if !ok {
			day, _ = ev.Date.Latest()
		}
		return max(day.Unix()-e.AsOf.Unix(), e.AsOf.Unix()-day.Unix())
	}
	events := byYear(e.Timeline)
	ranked := slices.SortedStableFunc(slices.Values(events), func(x, y *site.TimelineEvent) int {
		return cmp.Or(cmp.Compare(x.Importance, y.Importance), cmp.Compare(away(x), away(y)))
	})
	near := ranked[:eventsOnPage]
	far := map[*site.Event]string{}
	cs := chunks(len(events), eventsPerPage)
	for k, c := range cs {
		for _, ev := range events[c.From:c.To] {
			if !slices.Contains(near, ev) {
				far[ev.Event] = chunkPath(explainerTimelinePath(e), cs, k) + "#event-" + ev.Explainer.Key() + "--" + ev.ID
			}
		}
	}
	return far
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
