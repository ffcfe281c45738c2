package check

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/prose"
)

// eventText is an event as it is compared with others.
type eventText struct {
	doc     *docCheck
	index   int    // of OwnEvents
	words   string // of the title in small letters, with # for figures
	date    edtf.Date
	figures []prose.Figure // of the text, where texts are read
}

func (e *eventText) title() string { return e.doc.explainer.OwnEvents[e.index].Title }

func (e *eventText) at() diag.Place { return e.doc.eventAt(e.index) }

// first is when the event begins at the earliest, in seconds.
func (e *eventText) first() int64 {
	first, _ := e.date.Bounds()
	return first
}

// use says how another explainer shows the event without writing it again.
func (e *eventText) use() string {
	return fmt.Sprintf("here say use: %s#%s", e.doc.explainer.ID, e.doc.explainer.OwnEvents[e.index].ID)
}

// gatherEvents gathers the events that the explainer has of its own.
func gatherEvents(d *docCheck) error {
	if d.events != nil {
		return nil // for another rule
	}
	d.events = make([]eventText, 0, len(d.explainer.OwnEvents))
	w := d.words[d.lang.Tag]
	for i, ev := range d.explainer.OwnEvents {
		if ev.Use != nil || ev.Date.IsZero() {
			continue
		}
		e := eventText{doc: d, index: i, words: w.Shape(ev.Title), date: ev.Date}
		if ev.Text.Given() && d.texts != nil {
			for _, b := range d.texts[ev.Text.Index].blocks {
				if b.reading != nil {
					e.figures = append(e.figures, b.reading.Figures()...)
				}
			}
		}
		d.events = append(d.events, e)
	}
	return nil
}

// month is how far apart, in seconds, two dates of one event may be: what
// happens again after more than that is another event.
const month = 31 * 24 * 60 * 60

// eventDates reports an event that two explainers have with different dates,
// or with different figures.
func eventDates(c *checker) error {
	for group := range c.alike(func(e *eventText) string { return e.words }) {
		if strings.Count(group[0].words, " ") < 2 {
			continue
		}
		slices.SortStableFunc(group, func(a, b *eventText) int { return cmp.Compare(a.first(), b.first()) })
		for i, b := range group[1:] {
			if a := group[i]; a.comparable(b) {
				c.compare(a, b)
			}
		}
	}
	for group := range c.alike((*eventText).hinge) {
		for i, b := range group {
			if j := slices.IndexFunc(group[:i], func(a *eventText) bool {
				return a.comparable(b) && a.words != b.words && prose.Likeness(a.words, b.words) >= 0.7
			}); j >= 0 {
				c.compare(group[j], b)
			}
		}
	}
	return nil
}

// comparable reports whether two events are of two explainers, in one language.
func (e *eventText) comparable(other *eventText) bool {
	return e.doc != other.doc && e.doc.explainer.Edition == other.doc.explainer.Edition
}

// hinge is what two events of one day share whose titles are almost the same: the
// longest word. It is "" where there is no figure to compare.
func (e *eventText) hinge() string {
	longest, figures := "", len(e.figures) > 0
	for word := range strings.FieldsSeq(e.words) {
		figures = figures || word == "#"
		if len(word) > len(longest) {
			longest = word
		}
	}
	if !figures || e.date.Precision() < edtf.Day {
		return ""
	}
	return e.date.String() + " " + longest
}

// alike yields the events of all explainers that have something in common, but "",
// in groups of two and more.
func (c *checker) alike(what func(*eventText) string) iter.Seq[[]*eventText] {
	of := map[string]*eventText{} // the first of each
	more := map[string][]*eventText{}
	var order []string
	for i := range c.docs {
		for j := range c.docs[i].events {
			e := &c.docs[i].events[j]
			key := what(e)
			switch first := of[key]; {
			case key == "":
			case first == nil:
				of[key] = e
			case more[key] == nil:
				more[key] = []*eventText{first, e}
				order = append(order, key)
			default:
				more[key] = append(more[key], e)
			}
		}
	}
	return func(yield func([]*eventText) bool) {
		for _, key := range order {
			if !yield(more[key]) {
				return
			}
		}
	}
}

// compare reports where two explainers contradict each other about what is plainly
// one event.
func (c *checker) compare(a, b *eventText) {
	other := clip(a.doc.explainer.Title)
	report := func(message string) {
		c.report("event-dates", b.at(), message,
			"find out which is right; then tell it once, and "+a.use(),
			diag.Related{Message: "the other explainer", At: a.at()})
	}
	if a.date != b.date {
		_, last := a.date.Bounds()
		if b.first() > last && b.first()-last < month && strings.EqualFold(a.title(), b.title()) {
			report(fmt.Sprintf("“%s” happened on %s here, and on %s in “%s”", clip(b.title()),
				b.date.Words(english), a.date.Words(english), other))
		}
		return
	}
	_, _, differ := prose.Contradict(c.titleFigures(a), c.titleFigures(b))
	if differ || a.words == b.words && !strings.EqualFold(a.title(), b.title()) {
		report(fmt.Sprintf("“%s” here is “%s” in “%s”", clip(b.title()), clip(a.title()), other))
	} else if x, y, differ := prose.Contradict(a.figures, b.figures); differ {
		report(fmt.Sprintf("the text of “%s” says “%s” here, and “%s” in “%s”", clip(b.title()),
			y.Words, x.Words, other))
	}
}

// titleFigures are the figures of an event's title.
func (c *checker) titleFigures(e *eventText) []prose.Figure {
	if w := c.words[e.doc.lang.Tag]; w != nil && strings.Contains(e.words, "#") {
		return w.Read(prose.Passage{Text: e.title()}).Figures()
	}
	return nil
}

// sameDay is how many events of one day are compared with each other, at most.
const sameDay = 200

// duplicateEvent reports events of one day that seem to be one.
func duplicateEvent(c *checker) error {
	for group := range c.alike(func(e *eventText) string { return e.date.String() }) {
		group = group[:min(sameDay, len(group))]
		for i, b := range group {
			j := slices.IndexFunc(group[:i], func(a *eventText) bool {
				return a.comparable(b) && prose.Likeness(a.words, b.words) >= 0.5
			})
			if j < 0 {
				continue
			}
			a := group[j]
			c.report("duplicate-event", b.at(),
				fmt.Sprintf("“%s” may be the event that “%s” tells as “%s”", clip(b.title()),
					clip(a.doc.explainer.Title), clip(a.title())),
				"if it is, tell it once, and "+a.use(), diag.Related{Message: "the other one", At: a.at()})
		}
	}
	return nil
}
