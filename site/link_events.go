package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/edtf"
)

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
		t, ok := ev.Date.Earliest()
		if ok && (e.AsOf.IsZero() && !l.site.Reached(t) || !e.AsOf.IsZero() && t.After(e.AsOf)) {
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
	if owner == e && e.Edition != "" && s.byID[e.ID] != nil { // of the original
		owner, p = s.byID[e.ID], nil
	}
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
