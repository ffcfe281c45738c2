package check

import (
	"fmt"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/edtf"
)

// reviewDue tells of explainers and answers whose review is overdue.
func reviewDue(d *document) error {
	now := d.site.Now
	if r := d.explainer.ReviewBy; !r.IsZero() && r.Before(now) {
		d.tell(d.key("review_by"), fmt.Sprintf("this explainer was to be reviewed by %s", d.day(r)), "read it through, mend it, and set as_of and review_by anew")
	}
	for _, q := range d.explainer.Questions {
		if r := reviewOf(d.site, d.explainer, q); !r.IsZero() && r.Before(now) {
			d.tell(q.At, fmt.Sprintf("the answer to “%s” was to be reviewed by %s", clip(q.Text), d.day(r)), "read it through, mend it, and set the question's as_of and review_by anew")
		}
	}
	return nil
}

// reviewOf is the day that a question's review_by means; zero where it has none.
func reviewOf(s *site.Site, e *site.Explainer, q *site.Question) time.Time {
	day := func(text string) time.Time {
		t, _, err := edtf.ParseDay(text, s.Config.Location)
		if err != nil {
			return time.Time{} // it is empty, or told by the load
		}
		return t
	}
	span, ok := edtf.ParseDuration(q.ReviewBy)
	if !ok {
		return day(q.ReviewBy)
	}
	from := day(q.AsOf)
	if from.IsZero() {
		from = e.AsOf
	}
	if from.IsZero() {
		return from
	}
	return span.After(from)
}

// silentUpdate tells of an explainer that was updated and does not say how.
func silentUpdate(d *document) error {
	e := d.explainer
	if !e.Updated.After(e.Published) {
		return nil
	}
	sameDay := func(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }
	for _, u := range e.Updates {
		if !u.When.Before(e.Updated) || sameDay(u.When, e.Updated) {
			return nil
		}
	}
	d.tell(d.key("updated"), fmt.Sprintf("this was updated on %s, and no entry of updates says what changed", d.day(e.Updated)), "add an entry to updates, with its date and what changed")
	return nil
}

// pastEvent tells of scheduled events whose time has passed.
func pastEvent(d *document) error {
	for i, own := range d.explainer.OwnEvents {
		for _, ev := range d.explainer.Timeline {
			if ev.Event != own || ev.Status != "scheduled" {
				continue
			}
			if last, ok := ev.Date.Latest(); ok && last.Before(d.site.Now) {
				d.tell(d.eventAt(i), fmt.Sprintf("“%s” was scheduled for %s, and that has passed", clip(ev.Title), ev.Date.Words(english)),
					"say in the title what happened, and set status to confirmed or to what it is")
			}
		}
	}
	return nil
}

// eventText is an event as it is compared with others.
type eventText struct {
	doc   *document
	index int // of OwnEvents
	title string
	words string // of the title, folded, with # for numbers
	date  edtf.Date
}

func (e *eventText) at() diag.Place { return e.doc.eventAt(e.index) }
