package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"

	"nutgraf/site/diag"
)

// ownEvents lists the events of all explainers, each where it is told.
func (c *checker) ownEvents() []eventText {
	fold := cases.Fold()
	var all []eventText
	for i := range c.docs {
		d := &c.docs[i]
		if d.explainer == nil {
			continue
		}
		for j, ev := range d.explainer.OwnEvents {
			if ev.Use == nil && !ev.Date.IsZero() {
				all = append(all, eventText{doc: d, index: j, title: ev.Title, words: shapeOf(fold.String(ev.Title)), date: ev.Date})
			}
		}
	}
	return all
}

// shapeOf is a title's words with # for each number.
func shapeOf(title string) string {
	words := strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			words[i] = "#"
		}
	}
	return strings.Join(words, " ")
}

// month is how far apart, in seconds, two dates of one event may be: what
// happens again after more than that is another event.
const month = 31 * 24 * 60 * 60

// eventDates tells of an event that two explainers tell with different dates,
// or with different figures.
func eventDates(c *checker) error {
	all := c.ownEvents()
	slices.SortStableFunc(all, func(a, b eventText) int {
		af, _ := a.date.Bounds()
		bf, _ := b.date.Bounds()
		return cmp.Or(strings.Compare(a.words, b.words), cmp.Compare(af, bf))
	})
	for i := 1; i < len(all); i++ {
		a, b := &all[i-1], &all[i]
		if a.words != b.words || strings.Count(a.words, " ") < 2 || a.doc == b.doc || a.doc.explainer.Edition != b.doc.explainer.Edition {
			continue
		}
		_, aLast := a.date.Bounds()
		bFirst, _ := b.date.Bounds()
		other := diag.Related{Message: "the other explainer", At: a.at()}
		hint := fmt.Sprintf("find out which is right; then tell it once, and here say use: %s#%s", a.doc.explainer.ID, a.doc.explainer.OwnEvents[a.index].ID)
		switch {
		case bFirst > aLast && bFirst-aLast < month:
			c.tell("event-dates", b.at(), fmt.Sprintf("“%s” happened on %s here, and on %s in “%s”", clip(b.title), b.date.Words(english), a.date.Words(english), clip(a.doc.explainer.Title)), hint, other)
		case a.date == b.date && !strings.EqualFold(a.title, b.title):
			c.tell("event-dates", b.at(), fmt.Sprintf("“%s” here is “%s” in “%s”", clip(b.title), clip(a.title), clip(a.doc.explainer.Title)), hint, other)
		}
	}
	return nil
}

// sameDay is how many events of one day are compared with each other, at most.
const sameDay = 200

// duplicateEvent tells of events of one day that seem to be one.
func duplicateEvent(c *checker) error {
	of := map[string][]eventText{}
	var days []string
	for _, ev := range c.ownEvents() {
		day := ev.date.String()
		if of[day] == nil {
			days = append(days, day)
		}
		of[day] = append(of[day], ev)
	}
	for _, day := range days {
		evs := of[day][:min(sameDay, len(of[day]))]
		for i := range evs {
			for j := range i {
				a, b := &evs[j], &evs[i]
				if a.doc == b.doc || a.doc.explainer.Edition != b.doc.explainer.Edition || likeness(a.words, b.words) < 0.5 {
					continue
				}
				c.tell("duplicate-event", b.at(), fmt.Sprintf("“%s” may be the event that “%s” tells as “%s”", clip(b.title), clip(a.doc.explainer.Title), clip(a.title)),
					fmt.Sprintf("if it is, tell it once, and here say use: %s#%s", a.doc.explainer.ID, a.doc.explainer.OwnEvents[a.index].ID), diag.Related{Message: "the other one", At: a.at()})
				break
			}
		}
	}
	return nil
}

// likeness is the share of words that two titles have in common (Jaccard).
func likeness(a, b string) float64 {
	in := map[string]bool{}
	for w := range strings.FieldsSeq(a) {
		in[w] = true
	}
	n, both := len(in), 0
	seen := map[string]bool{}
	for w := range strings.FieldsSeq(b) {
		if seen[w] {
			continue
		}
		seen[w] = true
		if in[w] {
			both++
		} else {
			n++
		}
	}
	return float64(both) / float64(max(n, 1))
}
