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
	if p.told {
		return
	}
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
	case e.Status >= document.Published && !s.Reached(e.Published) && !l.o.Future:
		held.Until = e.Published
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

// linkPage decides whether a plain page is public.
func (l *loader) linkPage(g *document.Page) {
	s := l.site
	if !s.Reached(g.Published) && !l.o.Future {
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
