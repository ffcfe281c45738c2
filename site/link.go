package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/edtf"
	"nutgraf/site/internal/arena"
	"nutgraf/site/internal/par"
)

// link makes one site of the parsed documents. Each step reads what those
// before it made; none looks at a document's text but matchAndCheck.
func (l *loader) link() error {
	l.linkDocuments()
	l.linkAssets()
	if err := l.linkTerms(); err != nil {
		return err
	}
	err := par.Each(l.ctx, 2, func(i int) error {
		if i == 0 {
			l.linkTimelines()
			l.linkTopics()
			return nil
		}
		return l.linkExplainers()
	})
	if err != nil {
		return err
	}
	l.dropAnswers()
	named := l.checkAddresses()
	if err := l.matchAndCheck(named, l.linkCited, l.linkEvents, l.linkRelated); err != nil {
		return err
	}
	l.linkLists()
	l.linkWaiting()
	return l.sumAssets()
}

// linkExplainers finds what explainers name, but for events and topics.
func (l *loader) linkExplainers() error {
	l.carriers(l.sharedSources())
	for _, e := range l.everyExplainer() {
		if err := l.linkDays(e); err != nil {
			return err
		}
		l.linkPeople(e)
		l.linkSources(e)
		for _, r := range slices.Concat(e.Skip, e.Only) {
			if _, p := l.site.resolveTerm(r.ID); p != nil {
				l.broken(r.At, p)
			}
		}
		l.linkAnswers(e)
	}
	return nil
}

// sharedSources are those of sources.yaml, in its order.
func (l *loader) sharedSources() []*document.Source {
	out := make([]*document.Source, len(l.data.SharedIDs))
	for i, id := range l.data.SharedIDs {
		out[i] = l.data.Shared[id]
	}
	return out
}

// report takes down a mistake. It is safe for concurrent use.
func (l *loader) reportAt(
	sev diag.Severity, rule string, at diag.Place, message, hint string, fix ...diag.Edit,
) {
	l.report(diag.Diagnostic{Severity: sev, Rule: rule, Message: message, Hint: hint, Fix: fix, At: at})
}

func (l *loader) report(d diag.Diagnostic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.diags = append(l.diags, d)
}

// broken reports a reference that leads nowhere.
func (l *loader) broken(at diag.Place, p *problem) {
	l.report(*p.diagnostic(at))
}

// linkDocuments decides what is public and puts it in order.
func (l *loader) linkDocuments() {
	s := l.site
	s.byID, s.heldByID = map[string]*Explainer{}, map[string]*Explainer{}
	s.termByID = map[string]*Term{}
	s.pageByID, s.heldPages = map[string]*document.Page{}, map[string]*document.Page{}
	var explainers arena.Arena[Explainer]
	for _, d := range l.docs {
		switch {
		case d.Explainer != nil:
			e := explainers.One()
			e.Explainer = d.Explainer
			l.linkExplainer(e)
		case d.Term != nil:
			t := &Term{Term: d.Term}
			s.Terms = append(s.Terms, t)
			s.termByID[t.ID] = t
		case d.Page != nil:
			l.linkPage(d.Page)
		}
	}
	newestFirst(s.Explainers)
	newestFirst(s.Withdrawn)
	s.takenDown = takenDown(s.Withdrawn, s.Explainers)
	slices.SortFunc(s.Terms, func(a, b *Term) int {
		return cmp.Or(compareNames(a.Sort, b.Sort), strings.Compare(a.ID, b.ID))
	})
	for i, t := range s.Terms {
		t.Index = int32(i)
	}
}

func newestFirst(es []*Explainer) { slices.SortFunc(es, byNewest) }

func byNewest(a, b *Explainer) int {
	if n := b.Published.Compare(a.Published); n != 0 {
		return n
	}
	return strings.Compare(a.Key(), b.Key())
}

// linkExplainer decides whether an explainer is public.
func (l *loader) linkExplainer(e *Explainer) {
	s := l.site
	held := Held{Path: e.Path, Title: e.Title, Why: e.Status}
	switch {
	case e.Status < document.Published && !s.Drafts:
	// a withdrawn one, too: nobody has seen it yet
	case e.Status >= document.Published && e.Published.After(s.Now) && !l.o.Future:
		held.Until = e.Published
		l.checkEra(e)
	case e.Status == document.Withdrawn:
		s.Withdrawn = append(s.Withdrawn, e)
		s.byID[e.Key()] = e
		return
	default:
		s.Explainers = append(s.Explainers, e)
		s.byID[e.Key()] = e
		return
	}
	s.Held = append(s.Held, held)
	l.held = append(l.held, e)
	s.heldByID[e.Key()] = e
}

// checkEra reports a day of publication so far ahead that it is one of another calendar.
func (l *loader) checkEra(e *Explainer) {
	ahead := e.Published.Year() - l.site.Now.Year()
	if ahead < 100 {
		return
	}
	hint := "write the year as ISO 8601 counts it"
	if ahead > 530 && ahead < 550 {
		hint = fmt.Sprintf("write %s if this year is one of the Buddhist era, as in Thailand",
			e.Published.AddDate(-543, 0, 0).Format(time.DateOnly))
	}
	l.reportAt(diag.Error, "date", diag.Place{File: e.Path},
		fmt.Sprintf("published: lies %d years ahead", ahead), hint)
}

// linkPage decides whether a plain page is public.
func (l *loader) linkPage(g *document.Page) {
	s := l.site
	if g.Published.After(s.Now) && !l.o.Future {
		s.Held = append(s.Held, Held{Path: g.Path, Title: g.Title, Why: document.Published, Until: g.Published})
		l.heldPages = append(l.heldPages, g)
		s.heldPages[g.ID] = g
		return
	}
	s.Pages = append(s.Pages, g)
	s.pageByID[g.ID] = g
}

// everyExplainer is what is public, withdrawn or held back, in this order.
func (l *loader) everyExplainer() []*Explainer {
	return slices.Concat(l.site.Explainers, l.site.Withdrawn, l.held)
}

// day is a date that an explainer's file gives, in the site's time zone.
func (l *loader) day(text string) time.Time { return document.Day(text, l.site.Config.Location) }

// linkAssets lists what may be referred to. Only what is referred to is
// published: a draft's pictures stay where they are.
func (l *loader) linkAssets() {
	l.site.assets = map[string]*Asset{}
	for _, list := range l.found.Assets {
		for _, e := range list {
			key := norm.NFC.String(e.Path)
			if first := l.site.assets[key]; first != nil {
				d := document.FileError("content", e.Path, "same-address",
					"two files have this name, and differ only in how its accents are stored", "remove one of them")
				d.Related = []diag.Related{{Message: "the other file", At: diag.Place{File: "content/" + first.Path}}}
				l.diags = append(l.diags, d)
				continue
			}
			l.site.assets[key] = &Asset{Path: e.Path, Size: e.Size}
		}
	}
}

// linkPeople finds authors and editors. Whatever looks like an id must be one.
func (l *loader) linkPeople(e *Explainer) {
	people := func(refs []document.Ref) []*document.Author {
		var out []*document.Author
		for _, r := range refs {
			a := l.data.Authors[r.ID]
			if a == nil && document.LooksLikeID(r.ID) {
				if l.data.AuthorsLost {
					continue
				}
				l.reportAt(diag.Error, "broken-reference", r.At,
					fmt.Sprintf("authors.yaml has no “%s”", document.Clip(r.ID)),
					diag.NearestHint(r.ID, l.data.AuthorIDs,
						"add it to content/authors.yaml, or write the name as readers see it, with capitals"),
					diag.ReplaceByNearest(r.At, r.ID, l.data.AuthorIDs)...)
				continue
			}
			if a == nil {
				a = &document.Author{Name: r.ID}
			}
			out = append(out, a)
		}
		return out
	}
	e.Authors, e.Editors = people(e.AuthorRefs), people(e.EditorRefs)
}

// linkAnswers follows use: to the explainer that has the answer.
func (l *loader) linkAnswers(e *Explainer) {
	e.Answers = make([]Answer, len(e.Questions))
	for i, q := range e.Questions {
		e.Answers[i] = l.answer(e, q)
	}
}

// answer is what stands under a question: nothing where it was withdrawn with the
// explainer that has it.
func (l *loader) answer(e *Explainer, q *document.Question) Answer {
	owner, question := e, q
	var way []*document.Ref
	for question.Use != nil {
		use := question.Use
		if i := slices.Index(way, use); i >= 0 {
			l.useCircle(way[i:], q.Use, "answer")
			break
		}
		way = append(way, use)
		target, problem := l.site.resolveQuestion(Origin{Explainer: owner}, use.ID)
		switch {
		case problem == nil && target.Explainer.Status == document.Withdrawn:
			l.withdrawnUse(e, q.Use.At)
			return Answer{}
		case problem == nil && target.Anchor == "":
			problem = &badUse
		}
		if problem != nil {
			l.broken(q.Use.At, problem)
			break
		}
		next := target.Explainer.Question(target.Anchor)
		if next == nil { // in a list that can't be read
			break
		}
		owner, question = target.Explainer, next
	}
	index := slices.Index(owner.Questions, question)
	return Answer{Explainer: owner, AnswerDates: l.answerDates(owner, question), index: int32(index)}
}

func (l *loader) answerDates(e *Explainer, q *document.Question) *AnswerDates {
	d := AnswerDates{AsOf: l.day(q.AsOf), Updated: l.day(q.Updated)}
	for _, u := range e.Updates {
		if u.Substantive && u.When.After(d.Updated) && u.Concerns(q) {
			d.Updated = u.When
		}
	}
	if d == noAnswerDates {
		return &noAnswerDates
	}
	return new(d)
}

var badUse = problem{
	message: "use: names an explainer, but not which of its questions",
	hint:    "write explainer#question",
}

// linkTimelines puts every event into its explainers' timelines.
func (l *loader) linkTimelines() {
	n := 0
	for _, e := range l.everyExplainer() {
		n += len(e.OwnEvents)
	}
	all, lists := make([]TimelineEvent, n), make([]*TimelineEvent, n) // in one piece, as few lists are long
	for _, e := range l.everyExplainer() {
		only := []*Explainer{e}
		e.Timeline, lists = lists[:0:len(e.OwnEvents)], lists[len(e.OwnEvents):]
		for _, ev := range e.OwnEvents {
			if ev.Use == nil {
				all[0] = l.timelineEvent(e, ev, only)
				e.Timeline, all = append(e.Timeline, &all[0]), all[1:]
			}
		}
	}
	for _, e := range l.everyExplainer() {
		for _, ev := range e.OwnEvents {
			if ev.Use != nil {
				l.useEvent(e, ev)
			}
		}
	}
	for _, e := range l.everyExplainer() {
		sortEvents(e.Timeline)
	}
}

// linkEvents puts every event, once, into the site's timeline and those of its topics.
func (l *loader) linkEvents() error {
	for _, e := range l.site.Explainers {
		for _, ev := range e.Timeline {
			if ev.Explainer == e {
				l.site.Events = append(l.site.Events, ev)
			}
		}
	}
	l.site.Events = slices.Clip(l.site.Events)
	sortEvents(l.site.Events)
	for i, ev := range l.site.Events {
		ev.Index = int32(i)
		for _, e := range ev.Users {
			for _, t := range e.Topics {
				if n := len(t.Events); n == 0 || t.Events[n-1] != ev {
					t.Events = append(t.Events, ev)
				}
			}
		}
	}
	return nil
}

func (l *loader) timelineEvent(e *Explainer, ev *document.Event, users []*Explainer) TimelineEvent {
	te := TimelineEvent{Event: ev, Explainer: e, Users: users, Status: ev.Status}
	if ev.Place != nil {
		te.Spot = l.site.termByID[ev.Place.ID]
	}
	if te.Status == "" {
		te.Status = "confirmed"
		asOf := e.AsOf
		if asOf.IsZero() {
			asOf = l.site.Now
		}
		if t, ok := ev.Date.Earliest(); ok && t.After(asOf) {
			te.Status = "scheduled"
		}
	}
	if te.Status == "scheduled" && l.site.over(ev.Date) {
		te.Status = "planned"
	}
	if te.Spot == nil && ev.Place != nil && document.LooksLikeID(ev.Place.ID) && strings.Contains(ev.Place.ID, "-") {
		l.reportAt(diag.Error, "broken-reference", ev.Place.At,
			fmt.Sprintf("the glossary has no entry “%s”", document.Clip(ev.Place.ID)),
			diag.NearestHint(ev.Place.ID, keys(l.site.termByID),
				document.ToAdd("glossary", ev.Place.ID)+", or write the place as readers see it"),
			diag.ReplaceByNearest(ev.Place.At, ev.Place.ID, keys(l.site.termByID))...)
	}
	return te
}

// useEvent lists another explainer's event here: the one that use: leads to in the end,
// as the other may take it from a third. What is wrong on the way is reported there.
func (l *loader) useEvent(e *Explainer, ev *document.Event) {
	owner, event := e, ev
	var way []*document.Ref
	for event.Use != nil {
		use := event.Use
		if i := slices.Index(way, use); i >= 0 {
			l.useCircle(way[i:], ev.Use, "event")
			return
		}
		way = append(way, use)
		var p *problem
		owner, event, p = l.site.takenFrom(owner, use)
		switch {
		case p == nil && event != nil:
			continue
		case p == nil && owner.Status == document.Withdrawn:
			l.withdrawnUse(e, ev.Use.At)
		case p != nil && use == ev.Use:
			l.broken(use.At, p)
		}
		return
	}
	for _, te := range owner.Timeline {
		if te.Event != event {
			continue
		}
		if slices.Contains(e.Timeline, te) {
			l.reportAt(diag.Error, "twice", ev.Use.At, "this event is on the timeline already", "remove it here")
			return
		}
		e.Timeline = append(e.Timeline, te)
		if !slices.Contains(te.Users, e) && l.site.byID[e.Key()] == e && e.Status != document.Withdrawn {
			te.Users = append(te.Users, e)
		}
		return
	}
}

// takenFrom finds the explainer that use: names, and which of its events: none where
// that is withdrawn or has a list that can't be read.
func (s *Site) takenFrom(e *Explainer, use *document.Ref) (*Explainer, *document.Event, *problem) {
	id, event, ok := strings.Cut(use.ID, "#")
	if !ok {
		return nil, nil, nowhere("use: names an explainer, but not which of its events", "write explainer#event")
	}
	owner, p := s.explainer(Origin{Explainer: e}, id)
	if p != nil || owner.Status == document.Withdrawn {
		return owner, nil, p
	}
	var ids []string
	var used *document.Event
	for _, ev := range owner.OwnEvents {
		name := ev.ID
		if ev.Use != nil {
			_, name, _ = strings.Cut(ev.Use.ID, "#")
		}
		switch {
		case name != event:
			ids = append(ids, name)
		case ev.Use == nil:
			return owner, ev, nil
		case used == nil:
			used = ev
		}
	}
	if used != nil || owner.Lost.Has(document.EventList) {
		return owner, used, nil
	}
	return owner, nil, nowhere(fmt.Sprintf("“%s” tells no event “%s”", id, document.Clip(event)),
		diag.NearestHint(event, ids, "list it there under timeline:, with id: "+
			document.Clip(event))).oneOf(event, ids)
}

// useCircle reports, at the first of them, those that take an answer or an event from each
// other, all round. Use is the one that was followed, which may but lead there.
func (l *loader) useCircle(round []*document.Ref, use *document.Ref, what string) {
	first := slices.MinFunc(round, func(a, b *document.Ref) int {
		return cmp.Or(strings.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Span.Start, b.At.Span.Start))
	})
	if use != first {
		return
	}
	d := diag.Diagnostic{Severity: diag.Error, Rule: "circle", At: use.At,
		Message: "this " + what + " is taken from itself",
		Hint:    "write the " + what + " here, in place of use:"}
	for _, next := range round[1:] {
		d.Message = "these take the " + what + " from each other, and none of them has it"
		d.Hint = "write the " + what + " in one of them, in place of use:"
		d.Related = append(d.Related, diag.Related{Message: "and from here on to “" + next.ID + "”", At: next.At})
	}
	l.report(d)
}

// sortEvents orders by earliest bound, then latest, then id. The bounds are
// gathered first: many events lie all over the memory.
func sortEvents(evs []*TimelineEvent) {
	type dated struct {
		first, last int64
		*TimelineEvent
	}
	all := make([]dated, len(evs))
	for i, ev := range evs {
		first, last := ev.Date.Bounds()
		all[i] = dated{first, last, ev}
	}
	slices.SortFunc(all, func(a, b dated) int {
		switch {
		case a.first != b.first:
			return cmp.Compare(a.first, b.first)
		case a.last != b.last:
			return cmp.Compare(a.last, b.last)
		}
		return cmp.Or(edtf.Compare(a.Date, b.Date), strings.Compare(a.ID, b.ID),
			strings.Compare(a.Explainer.Key(), b.Explainer.Key()))
	})
	for i := range all {
		evs[i] = all[i].TimelineEvent
	}
}

// linkTopics files explainers under topics.
func (l *loader) linkTopics() {
	s := l.site
	known := map[string]*Topic{}
	var slugs []string
	for _, t := range s.Config.Topics {
		known[t.Slug] = &Topic{Topic: t}
		slugs = append(slugs, t.Slug)
	}
	for _, e := range l.everyExplainer() {
		public := s.byID[e.Key()] == e && e.Status != document.Withdrawn
		for _, r := range e.TopicRefs {
			t := known[r.ID]
			if t == nil && s.Config.Topics != nil {
				l.reportAt(diag.Error, "broken-reference", r.At,
					fmt.Sprintf("site.yaml lists no topic “%s”", document.Clip(r.ID)),
					diag.NearestHint(r.ID, slugs, "add it to topics: in content/site.yaml"),
					diag.ReplaceByNearest(r.At, r.ID, slugs)...)
				continue
			}
			if t == nil {
				t = &Topic{Topic: document.Topic{Slug: r.ID, Title: document.TitleOf(r.ID)}}
				known[r.ID] = t
			}
			e.Topics = append(e.Topics, t)
			if public {
				t.Explainers = append(t.Explainers, e)
			}
		}
	}
	for _, t := range known {
		if len(t.Explainers) > 0 {
			s.Topics = append(s.Topics, t)
		}
	}
	slices.SortFunc(s.Topics, func(a, b *Topic) int {
		return cmp.Or(compareNames(a.Title, b.Title), strings.Compare(a.Slug, b.Slug))
	})
}

// linkLists makes what the whole site lists: pinned, sources, updates, terms'
// uses and events.
func (l *loader) linkLists() {
	s := l.site
	for _, r := range s.Config.PinnedRefs {
		e, p := s.explainer(Origin{}, r.ID)
		switch {
		case e != nil && e.Status != document.Withdrawn:
			s.Pinned = append(s.Pinned, e)
		case e != nil:
			l.reportAt(diag.Warning, "held-back", r.At,
				fmt.Sprintf("“%s” is withdrawn, so it is not pinned", r.ID),
				"take it out of pinned")
		case s.heldByID[r.ID] != nil:
			l.reportAt(diag.Warning, "held-back", r.At, p.message, "it is pinned as soon as it is published")
		case p != nil:
			l.broken(r.At, p)
		}
	}
	for _, e := range s.Withdrawn {
		if note := e.Note(); note != nil {
			alone := *note
			alone.Questions, alone.Was = nil, ""
			s.Updates = append(s.Updates, LoggedUpdate{&alone, e})
		}
	}
	for _, e := range s.Explainers {
		for _, u := range e.Updates {
			if u.Type != "review" || u.Substantive {
				s.Updates = append(s.Updates, LoggedUpdate{u, e})
			}
		}
	}
	slices.SortStableFunc(s.Updates, func(a, b LoggedUpdate) int { return b.When.Compare(a.When) })
	l.linkUses()
}

// checkAddresses looks at the addresses on this site that site.yaml gives: it
// checks their anchors, leaves out what leads to what is held back, and returns
// the entries that they name. Whether there is such a page at all shows when every
// page is known.
func (l *loader) checkAddresses() (entries []*Term) {
	var placed named
	check := func(u *string, at diag.Place) (held bool) {
		if !strings.HasPrefix(*u, "/") {
			return false
		}
		page, anchor, _ := strings.Cut(*u, "#")
		t, lost := l.site.resolve(Origin{}, page)
		switch {
		case lost != nil && lost.held:
			l.reportAt(diag.Warning, "held-back", at, lost.message,
				"nothing need be done: it leads there as soon as that is published")
			return true
		case lost != nil: // reported with the plan of pages
		case t.Term != nil:
			entries = append(entries, t.Term)
		case t.Explainer != nil && t.Explainer.Status == document.Withdrawn:
			*u = page // which has no places
		}
		if anchor != "" && lost == nil {
			t, p := l.site.resolve(Origin{}, *u)
			if p = placed.place(Origin{}, t, p, at); p != nil {
				l.broken(at, p)
			}
		}
		return false
	}
	links := func(list []document.NavLink) []document.NavLink {
		free := list[:0]
		for _, n := range list {
			if !check(&n.URL, n.At) {
				free = append(free, n)
			}
		}
		return free
	}
	c := &l.site.Config
	c.Navigation, c.Publisher.Policies = links(c.Navigation), links(c.Publisher.Policies)
	redirects := c.Redirects
	c.Redirects = c.Redirects[:0]
	for _, r := range redirects {
		if !check(&r.To, r.At) {
			c.Redirects = append(c.Redirects, r)
		}
	}
	l.site.Places = placed.places
	return entries
}
