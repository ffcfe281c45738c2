package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// Event is one dated event as an explainer gives it.
type Event struct {
	ID         string
	Date       edtf.Date
	Title      string `read:"pages"`
	Text       Prose
	Importance int
	*EventMore
}

// EventMore is what few events have.
type EventMore struct {
	Status   string // as given: "" for confirmed, or scheduled after as_of
	Flag     string
	DateText string
	Place    *Ref // nil where none is named
	Tags     []string
	Question *Ref // likewise
	Sources  []Ref
	Use      *Ref // <explainer>#<event>; all else is empty then
}

// events reads a timeline.
func (p *parser) events(list []front.Event) []*Event {
	mark(p, func(m *Marks) *[]diag.Place { return &m.Events }, list,
		func(f *front.Event) diag.Span { return givenOr(f.Date.Span, f.Span) })
	m := p.memory
	out, all := m.arenas.eventLists.List(len(list)), m.arenas.events.List(len(list))
	taken := claims{}
	for i, f := range list {
		ev := &all[i]
		out[i] = ev
		ev.EventMore = oneMore(&p.memory.events)
		ev.Use = p.ref(f.Use)
		if f.Use.Given() {
			p.onlyUse(&f)
			continue
		}
		p.event(ev, &f)
		idAt := p.place(givenOr(f.ID.Span, givenOr(f.Date.Span, f.Span)))
		hint := ""
		if !f.ID.Given() {
			words := strings.SplitN(markdown.Slug(ev.Title), "-", 4)
			words = words[:min(len(words), 3)]
			hint = "a second event of one date needs an id, a word or two: add id: " +
				cmp.Or(strings.Join(words, "-"), taken.free(ev.ID))
		}
		if ev.ID != "" {
			p.claim(taken, "events", ev.ID, idAt, hint)
		}
	}
	return out
}

// onlyUse reports what stands beside use: and would be ignored.
func (p *parser) onlyUse(f *front.Event) {
	beside := []front.Text{f.Date, f.Title, f.ID, f.Text, f.Status, f.Flag, f.DateText, f.Place,
		f.Question, {Span: f.Importance.Span}}
	for _, t := range slices.Concat(beside, f.Tags, f.Sources) {
		if t.Given() {
			p.wrong("two-events", t.Span,
				"this event is taken from another explainer by use:, and is told there",
				"remove everything here but use:")
			return
		}
	}
}

func (p *parser) event(ev *Event, f *front.Event) {
	ev.Date, ev.Title = p.date(f.Date), p.plainText(f.Title)
	if !f.Date.Given() {
		p.missing(f.Span, "this event has no date",
			"add date:, as exactly as it is known: 2024-03-22, 2024-03, 2014, 2018~")
	}
	if ev.Title == "" {
		p.missing(f.Span, "this event has no title", "add title: with what happened")
	}
	if ev.ID = p.id(f.ID, "an event"); ev.ID == "" {
		ev.ID = dateID(f.Date.Value)
	}
	ev.Text = p.value(f.Text)
	ev.Status = f.Status.Value
	ev.Flag = p.plainText(f.Flag)
	if n := len(strings.Fields(ev.Flag)); n > 6 {
		p.wrong("too-long", f.Flag.Span,
			fmt.Sprintf("the flag has %d words; at most 6 fit beside the date", n),
			"shorten it, or say it in text:")
	}
	ev.DateText = p.plainText(f.DateText)
	ev.Importance = 2
	if f.Importance.Given() {
		ev.Importance = int(f.Importance.Value)
		if float64(ev.Importance) != f.Importance.Value || ev.Importance < 1 || ev.Importance > 9 {
			p.wrong("importance", f.Importance.Span,
				"importance is a whole number from 1, the highest, to 9", "write 1, 2 or 3")
		}
	}
	p.plainText(f.Place) // an id or words
	ev.Place, ev.Question, ev.Sources = p.ref(f.Place), p.ref(f.Question), p.refs(f.Sources)
	for _, r := range p.slugs(f.Tags, "a tag") {
		ev.Tags = append(ev.Tags, r.ID)
	}
}

// givenOr is at, or other where at is no place.
func givenOr(at, other diag.Span) diag.Span {
	if at.IsZero() {
		return other
	}
	return at
}

// dateID makes an event's default id of its date.
func dateID(date string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, date), "-")
}
