package pages

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"nutgraf/site"
	"nutgraf/site/document"
)

// Explainer is the View of explainer.html.
type Explainer struct {
	Page
	ID           string
	Label        string
	Standfirst   *Prose
	Status       string // published, draft, review or withdrawn
	EditorsNote  *Prose // the newest one; on a withdrawn page all there is to say
	Authors      []Author
	Editors      []Author
	Published    Date
	Updated      Date     // only where later than Published
	Corrected    Date     // the newest correction
	Changes      []Change // what was done last: updated, corrected, reviewed
	Unreviewed   Date     // since when nobody has looked at it, once the site's age has passed
	AsOf         Date     // only where it differs from Published
	Words        int      // of introduction and answers
	Minutes      int      // to read
	Topics       []Link
	Lead         *Figure
	Intro        *Prose
	Questions    []Question
	ShortAnswers bool // at least one question has a short answer
	Knowns       []*Prose
	Unknowns     []*Prose
	Timeline     []Event
	Every        int    // events there are, where only the page of its own has them all; else 0
	TimelineURL  string // of the page of its own; "" without events
	Terms        []Term // linked on this page; anchors #term-ID
	Sources      []Source
	Updates      []Update
	Method       *Prose
	Syndication  *Syndication
	Related      []Card
	Menu
}

// wordsPerMinute is how fast most adults read non-fiction in English (Brysbaert 2019).
const wordsPerMinute = 238

// explainer makes the View of an explainer's page. The order of the steps is
// that of the page, so that citations are numbered as readers meet them.
func (b *builder) explainer(e *site.Explainer) *Explainer {
	if e.Status == document.Withdrawn {
		return b.withdrawn(e)
	}
	o := site.Origin{Explainer: e}
	b.keyTerms, b.byHand = true, nil
	v := &Explainer{ID: e.ID, Label: cmp.Or(e.Label, b.word("explainer")), Status: e.Status.String()}
	v.Page = b.page(e.Title, e.Summary)
	v.Params = e.Params
	v.NoIndex = v.NoIndex || e.NoIndex || e.Status != document.Published
	if isFromElsewhere(e) {
		v.Canonical = e.Syndication.URL
	}
	b.crumbs(&v.Page, Link{Title: b.word("explainers"), URL: b.link.to(explainersPath)},
		Link{Title: e.Title, URL: b.link.explainer(e, "", ""), Current: true})
	v.Authors, v.Editors = b.authors(e.Authors), b.authors(e.Editors)
	v.Published = b.day(e.Published)
	if e.Updated.After(e.Published) {
		v.Updated = b.day(e.Updated)
	}
	b.citeIn(e.Title, "#main_content")
	if note := e.Note(); note != nil {
		v.EditorsNote = b.prose(o, note.Text, "")
	}
	b.articleTags(&v.Page, e)
	b.explainerBody(v, e, o)
	b.explainerEnd(v, e, o)
	return v
}

func (b *builder) explainerBody(v *Explainer, e *site.Explainer, o site.Origin) {
	if !e.AsOf.Equal(e.Published) {
		v.AsOf = b.day(e.AsOf)
	}
	v.Words = int(e.Words)
	v.Minutes = minutes(e)
	v.Topics = b.topicLinks(e.Topics)
	v.Standfirst = b.prose(o, e.Standfirst, "")
	for _, im := range e.Images {
		if !im.Placed {
			if lead := b.figure(o, im.Src, im.Alt, im); lead.URL != "" {
				v.Lead, lead.Lead = lead, true
			}
			break
		}
	}
	b.citeIn(b.word("introduction"), "#main_content")
	v.Intro = b.prose(o, e.Intro, document.IntroScope)
	v.Questions = b.made.questions.Room(len(e.Questions))
	for i := range e.Questions {
		q := b.question(e, i)
		v.ShortAnswers = v.ShortAnswers || q.Short != ""
		v.Questions = append(v.Questions, q)
	}
	b.citeIn(b.word("what-we-know"), "#known_things")
	for _, k := range e.Knowns {
		v.Knowns = append(v.Knowns, b.prose(o, k, ""))
	}
	b.citeIn(b.word("what-we-dont-know"), "#known_things")
	for _, k := range e.Unknowns {
		v.Unknowns = append(v.Unknowns, b.prose(o, k, ""))
	}
	omitted := b.book.omitted[e]
	if len(omitted) > 0 {
		v.Every = len(e.Timeline)
	}
	v.Timeline = b.made.events.Room(len(e.Timeline) - len(omitted))
	open := openEvents(e)
	folded := 0 // the last so many
	for _, ev := range e.Timeline {
		made := b.event(ev, e) // those that stand elsewhere too: this page has their sources
		if omitted[ev.Event] != "" {
			continue
		}
		if open != nil && !slices.Contains(open, ev) {
			folded++
		} else {
			where := "between"
			if folded == len(v.Timeline) {
				where = "earlier"
			}
			foldUp(v.Timeline, folded, where)
			folded = 0
		}
		v.Timeline = append(v.Timeline, made)
	}
	foldUp(v.Timeline, folded, "later")
	if hasTimelinePage(e) {
		v.TimelineURL = b.link.to(explainerTimelinePath(e))
	}
}

func (b *builder) explainerEnd(v *Explainer, e *site.Explainer, o site.Origin) {
	b.citeIn(b.word("corrections"), "#all_updates")
	for _, u := range e.Updates {
		if u.Type == "correction" && v.Corrected.Words == "" {
			v.Corrected = b.day(u.When)
		}
		v.Updates = append(v.Updates, b.update(e, u))
	}
	b.citeIn(b.word("how-reported"), "#how_reported")
	v.Unreviewed = b.wholeDay(b.book.site.Unreviewed(e))
	b.changes(v, e)
	v.Method = b.prose(o, e.Method, "how_reported")
	terms := slices.Concat(e.Terms, b.byHand)
	slices.SortFunc(terms, func(x, y *site.Term) int { return cmp.Compare(x.Index, y.Index) })
	terms = slices.Compact(terms)
	v.Terms = b.made.terms.Room(len(terms))
	for _, t := range terms {
		v.Terms = append(v.Terms, b.term(t))
	}
	for _, src := range e.Sources {
		b.cite(src) // those that no text cites come last
	}
	v.Sources = b.sourceList(o)
	v.Syndication = credit(e)
	v.Related = b.made.cards.Room(len(e.Related))
	for _, r := range e.Related {
		v.Related = append(v.Related, b.card(r))
	}
	if b.book.site.Config.Markdown {
		v.MarkdownURL = b.link.to(markdownPath(e))
	}
	v.ReplyURL, v.ReplyFormURL = b.replyURLs(e, e.Title, "")
	v.Cite = b.citeLine(&v.Page, v.Title, copiedDay(e, e.Updated))
	for _, t := range e.Topics {
		v.Follow = append(v.Follow, b.followTopic(t)...)
	}
	if len(e.Topics) == 0 {
		v.Follow = b.followSite()
	}
}

// changes fills in what was done last. What was only corrected is not called updated
// as well, and what is called old not reviewed.
func (b *builder) changes(v *Explainer, e *site.Explainer) {
	changed := func(u *document.Update) bool { return u.Substantive && u.Type != "correction" }
	corrected := func(u *document.Update) bool { return u.Type == "correction" }
	reviewed := func(u *document.Update) bool { return u.Type == "review" }
	newest := func(is func(*document.Update) bool) (day time.Time) {
		if i := slices.IndexFunc(e.Updates, is); i >= 0 {
			day = e.Updates[i].When
		}
		return day
	}
	if e.Updated.After(e.Published) {
		c, found := b.change(v, e, "updated", e.Updated, changed)
		if found || !b.sameDay(e.Updated, newest(corrected)) {
			v.Changes = append(v.Changes, c)
		}
	}
	if c, found := b.change(v, e, "corrected", newest(corrected), corrected); found {
		v.Changes = append(v.Changes, c)
	}
	c, found := b.change(v, e, "last-reviewed", newest(reviewed), reviewed)
	if found && v.Unreviewed.Words == "" {
		v.Changes = append(v.Changes, c)
	}
}

// change is what the log has of one kind on a day, each answer once; found reports
// whether it has anything.
func (b *builder) change(v *Explainer, e *site.Explainer, word string, day time.Time,
	is func(*document.Update) bool) (c Change, found bool) {
	c = Change{Word: b.word(word), Date: b.day(day)}
	for i, u := range e.Updates {
		if !is(u) || !b.sameDay(u.When, day) {
			continue
		}
		found = true
		for _, q := range v.Updates[i].Questions {
			if !slices.Contains(c.Answers, q) {
				c.Answers = append(c.Answers, q)
			}
		}
	}
	if found && c.Answers == nil {
		c.URL = "#all_updates"
	}
	return c, found
}

func (b *builder) authors(list []*document.Author) []Author {
	var out []Author
	for _, a := range list {
		out = append(out, Author{Name: a.Name, Role: a.Role, URL: b.href(a.URL)})
	}
	return out
}

func (b *builder) topicLinks(list []*site.Topic) []Link {
	out := b.made.links.Room(len(list))
	for _, t := range list {
		out = append(out, Link{Title: t.Title, URL: b.link.to(topicPath(t))})
	}
	return out
}

// question makes one section: the explainer's own, or one that it uses.
func (b *builder) question(e *site.Explainer, i int) Question {
	q, a := e.Questions[i], e.Answers[i]
	o := site.Origin{Explainer: a.Explainer}
	v := Question{Site: b.site, Number: i + 1, ID: q.ID, Text: cmp.Or(q.Text, a.Question().Text),
		Short: cmp.Or(q.Short, a.Question().Short), Aliases: q.Aliases}
	v.URL = b.link.explainer(e, "", q.ID)
	b.citeIn(v.Text, anchorOf("", q.ID))
	if b.layout != "card" {
		b.answerChanges(&v, &a) // they stand above the answer
	}
	outer := b.keyTerms
	if a.Explainer != e {
		b.keyTerms = false // this page's key terms are of its own texts
		v.From = &Link{Title: a.Explainer.Title, URL: b.link.explainer(a.Explainer, "", a.Question().ID)}
	}
	v.Answer = b.prose(o, a.Question().Answer, q.ID)
	b.keyTerms = outer
	if b.layout == "card" {
		b.citing = place{} // it shows the answer alone
		b.answerChanges(&v, &a)
	}
	if !a.AsOf.IsZero() {
		v.AsOf = b.day(a.AsOf)
	}
	v.Sources = b.sourcesOf(o, a.Question(), v.Answer)
	if b.book.site.Config.Cards && a.Explainer == e {
		v.CardURL = b.link.to(cardPath(e, q.ID))
	}
	v.ReplyURL, v.ReplyFormURL = b.replyURLs(e, v.Text, q.ID)
	return v
}

// answerChanges fills in when an answer was changed, and what.
func (b *builder) answerChanges(v *Question, a *site.Answer) {
	if a.Updated.After(a.Explainer.Published) {
		v.Updated = b.day(a.Updated)
	}
	v.Newer = v.Updated.Words != ""
	for _, u := range a.Explainer.Updates {
		if u.Concerns(a.Question()) && u.Type != "review" {
			v.Changes = append(v.Changes, b.update(a.Explainer, u))
			v.Newer = v.Newer && u.When.Before(a.Updated) && b.day(u.When) != v.Updated
		}
	}
}

// sourcesOf lists the sources of an answer: those that are named for it, and
// those that it cites, in the order of their numbers.
func (b *builder) sourcesOf(o site.Origin, q *document.Question, answer *Prose) []SourceLink {
	var list []*document.Source
	add := func(id string) {
		if src := sourceOf(o, id); src != nil && !slices.Contains(list, src) {
			list = append(list, src)
		}
	}
	for _, r := range q.Sources {
		add(r.ID)
	}
	named := len(list)
	if answer != nil {
		for i := range answer.fragment.Holes {
			for _, c := range answer.fragment.Holes[i].Cites {
				add(c.ID)
			}
		}
	}
	out := b.made.sourceLinks.Room(len(list))
	for i, src := range list {
		out = append(out, b.sourceLink(o, src))
		if i < named {
			b.mention(o, src)
		}
	}
	slices.SortStableFunc(out, func(x, y SourceLink) int { return x.Number - y.Number })
	return out
}

func (b *builder) sourceLink(o site.Origin, src *document.Source) SourceLink {
	a := b.aboutSource(src)
	return SourceLink{Number: b.cite(src), Title: a.Title, Publisher: a.Publisher, URL: b.sourceURL(o, src)}
}

// source makes an entry of a list of sources.
func (b *builder) source(o site.Origin, src *document.Source, n int) Source {
	v := b.sourceView(src, b.aboutSource(src))
	v.Number = n
	if src.Via != nil {
		if via := sourceOf(o, src.Via.ID); via != nil && b.cited[via] > 0 {
			l := b.sourceLink(o, via)
			v.Via = &l
		}
	}
	return v
}

// sourceView is a source with the text of its record, without a number.
func (b *builder) sourceView(src *document.Source, a *document.SourceText) Source {
	v := Source{Site: b.site, ID: b.sourceID(src), Title: a.Title, Type: a.Type, Authors: a.Author,
		Publisher: a.Publisher,
		Issued:    b.uncertain(a.Issued), IssuedEDTF: a.Issued.EDTF(), Accessed: b.edtfDay(a.Accessed),
		URL: a.URL, ArchiveURL: a.ArchiveURL,
		Archived: b.edtfDay(a.Archived), Attribution: a.Attribution, UnnamedReason: a.UnnamedReason}
	if a.Attribution != "" {
		v.AttributionWord = b.word("attribution-" + a.Attribution)
	}
	return v
}

func (b *builder) update(e *site.Explainer, u *document.Update) Update {
	v := Update{Site: b.site, Type: u.Type, TypeWord: b.word("update-" + u.Type),
		Date: b.day(u.When), Was: u.Was, Text: b.prose(site.Origin{Explainer: e}, u.Text, ""),
		Explainer: Link{Title: e.Title, URL: b.link.explainer(e, "", "")},
		Anchor:    updateAnchor(e, u)}
	if b.layout != "explainer" {
		v.In = &Link{Title: v.Explainer.Title, URL: v.Explainer.URL}
	}
	for _, r := range u.Questions {
		for i, q := range e.Questions {
			if q.Called(r.ID) {
				v.Questions = append(v.Questions,
					Link{Title: cmp.Or(q.Text, e.Answers[i].Question().Text),
						URL: b.link.explainer(e, "", q.ID)})
			}
		}
	}
	return v
}

// updateAnchor is where an update stands on the page of its explainer. No id has a low line.
func updateAnchor(e *site.Explainer, u *document.Update) string {
	if e.Status == document.Withdrawn {
		return "editors_note"
	}
	anchor, n := u.When.UTC().Format("update_20060102"), 1
	for _, other := range slices.Backward(e.Updates) { // the oldest of a day is the first for ever
		if other == u {
			break
		}
		if other.When.UTC().Format("update_20060102") == anchor {
			n++
		}
	}
	if n > 1 {
		anchor += fmt.Sprintf("_%d", n)
	}
	return anchor
}

// card is an explainer in a list.
func (b *builder) card(e *site.Explainer) Card {
	c := Card{Site: b.site, Title: e.Title, URL: b.link.explainer(e, "", ""),
		Label: cmp.Or(e.Label, b.word("explainer")), Standfirst: e.Summary,
		Published: b.wholeDay(e.Published), Topics: b.topicLinks(e.Topics), QuestionCount: len(e.Questions)}
	if e.Updated.After(e.Published) {
		if day := b.wholeDay(e.Updated); day != c.Published {
			c.Updated = day
		}
	}
	if l := b.book.site.Language(e); l.Tag != b.words.Tag {
		c.Lang = l.Tag
	}
	return c
}

// shortShown is how many answers the home page's lead has.
const shortShown = 3

// lead is the card of the explainer that leads the home page, with its first
// answers.
func (b *builder) lead(e *site.Explainer) *Card {
	c := b.card(e)
	c.Minutes = minutes(e)
	c.Questions = b.questionLinks(e, shortShown)
	c.ShortAnswers = slices.ContainsFunc(c.Questions, func(q QuestionLink) bool { return q.Short != "" })
	c.Some, c.Long = len(e.Questions) > shortShown, breadth(e.Title) > longTitle
	if c.EventCount = len(e.Timeline); c.EventCount > 0 {
		c.TimelineURL = b.link.to(timelineOf(e))
	}
	return &c
}

// questionLinks are the first questions of an explainer, at most most.
func (b *builder) questionLinks(e *site.Explainer, most int) (out []QuestionLink) {
	out = make([]QuestionLink, 0, min(most, len(e.Questions)))
	for i, q := range e.Questions[:cap(out)] {
		a := e.Answers[i].Question()
		out = append(out, QuestionLink{Text: cmp.Or(q.Text, a.Text),
			Short: cmp.Or(q.Short, a.Short), URL: b.link.explainer(e, "", q.ID)})
	}
	return out
}

func minutes(e *site.Explainer) int {
	return max(1, (int(e.Words)+wordsPerMinute/2)/wordsPerMinute)
}

func (b *builder) term(t *site.Term) Term {
	return Term{ID: t.ID, Term: t.Name, Short: t.Short, Kind: t.Kind, URL: b.link.to(termPath(t)),
		Forms: t.Forms, Count: len(t.Uses), Site: b.site}
}

// event makes one event as the page of e, which may be nil, shows it.
func (b *builder) event(ev *site.TimelineEvent, e *site.Explainer) Event {
	o := site.Origin{Explainer: ev.Explainer}
	d := ev.Date
	v := Event{Site: b.site, ID: ev.ID, Anchor: "event-" + ev.ID, Date: b.uncertain(d),
		EDTF: d.EDTF(), Year: d.Year(), Title: ev.Title, Status: ev.Status,
		StatusWord: b.word("status-" + ev.Status),
		Flag:       ev.Flag, Importance: ev.Importance, Tags: ev.Tags,
		Lasted: d.Interval(), Open: d.Open(), Approximate: d.Approximate(), Uncertain: d.Uncertain(), Vague: d.Vague()}
	v.Flags = flags(&v)
	v.Unsure = v.Open || v.Approximate || v.Uncertain || v.Vague
	if e == nil || ev.Explainer != e {
		v.Anchor = "event-" + ev.Explainer.Key() + "--" + ev.ID
	}
	if e == nil {
		v.Keys, v.URL = filterKeys(ev), anchorOf("", v.Anchor)
	}
	b.citeIn(ev.Title, anchorOf("", v.Anchor))
	if path := b.book.omittedPath(e, ev.Event); path != "" {
		b.citing.url, b.citing.away = b.link.to(path), true
	}
	v.Date.Words = b.wordsOf(ev, v.Date)
	outer := b.keyTerms
	b.keyTerms = outer && ev.Explainer == e
	v.Text = b.prose(o, ev.Text, v.Anchor)
	b.keyTerms = outer
	if ev.Place != nil {
		v.Place = &Link{Title: ev.Place.ID}
		if ev.Spot != nil {
			v.Place = &Link{Title: ev.Spot.Name, URL: b.link.to(termPath(ev.Spot))}
		}
	}
	b.eventLinks(&v, ev, e)
	return v
}

// flags are what stands beside an event's date, nothing twice: “responsibility
// claimed” says that it is claimed, and a date itself that it was planned.
func flags(v *Event) (out []string) {
	words := strings.FieldsFunc(strings.ToLower(v.Flag), func(r rune) bool { return !unicode.IsLetter(r) })
	if v.Status != "confirmed" && v.Status != "planned" && !slices.Contains(words, strings.ToLower(v.StatusWord)) {
		out = append(out, v.StatusWord)
	}
	if v.Flag != "" {
		out = append(out, v.Flag)
	}
	return out
}

func (b *builder) eventLinks(v *Event, ev *site.TimelineEvent, e *site.Explainer) {
	o := site.Origin{Explainer: ev.Explainer}
	for i, q := range ev.Explainer.Questions {
		if ev.Question != nil && q.ID == ev.Question.ID {
			v.Question = &Link{Title: cmp.Or(q.Text, ev.Explainer.Answers[i].Question().Text),
				URL: b.link.explainer(ev.Explainer, "", q.ID)}
			if ev.Explainer == e {
				v.Question.Count = i + 1
			}
		}
	}
	if e != nil { // elsewhere the explainer's own page lists them
		for _, r := range ev.Sources {
			if src := ev.Explainer.Source(r.ID); src != nil && !v.Text.cites(r.ID) {
				v.Sources = append(v.Sources, b.sourceLink(o, src))
				b.mention(o, src)
			}
		}
	}
	v.Own = len(ev.Users) == 1
	for _, user := range ev.Users {
		if user == e {
			continue
		}
		l := Link{Title: user.Title, URL: b.link.explainer(user, "", ""), Current: user == ev.Explainer}
		if l.Current && e != nil { // to the event itself, which a list has already
			l.URL = b.eventURL(ev)
		}
		v.Explainers = append(v.Explainers, l)
	}
}
