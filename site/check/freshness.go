package check

import (
	"fmt"
	"slices"
	"time"

	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/site/edtf"
)

// reviewDue reports explainers and answers whose review is overdue.
func reviewDue(d *docCheck) error {
	for _, r := range overdue(d.site, d.explainer) {
		if r.Question == "" {
			d.report(d.inFile(d.marks().ReviewBy),
				fmt.Sprintf("this explainer was to be reviewed by %s", d.day(r.By)),
				"read it through, mend it, and add an entry of type review to updates; or set review_by anew")
			continue
		}
		q := d.explainer.Questions[slices.IndexFunc(d.explainer.Questions,
			func(q *document.Question) bool { return q.ID == r.Question })]
		d.report(q.At, fmt.Sprintf("the answer to “%s” was to be reviewed by %s", clip(q.Text),
			d.day(r.By)), "read it through, mend it, and add an entry of type review to updates "+
			"that names it; or set review_by anew")
	}
	return nil
}

// reviewOf is the day that a question's review_by means; zero where it has none.
func reviewOf(s *site.Site, e *site.Explainer, q *document.Question) time.Time {
	day := func(text string) (t time.Time) {
		if text != "" {
			t, _, _ = edtf.ParseDay(text, s.Config.Location) // an error is reported by the load
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
	if u := e.Reviewed(q); u != nil && u.When.After(from) {
		from = u.When
	}
	if from.IsZero() {
		return from
	}
	return span.After(from)
}

// silentUpdate reports an explainer that was updated and does not say how.
func silentUpdate(d *docCheck) error {
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
	d.reportOrCount(d.inFile(d.marks().Updated), func() (string, string) {
		return fmt.Sprintf("this was updated on %s, and no entry of updates says what changed", d.day(e.Updated)),
			"add an entry to updates, with its date and what changed"
	})
	return nil
}

// pastEvent reports scheduled events whose time has passed.
func pastEvent(d *docCheck) error {
	for _, i := range pastEvents(d.explainer) {
		ev := d.explainer.OwnEvents[i]
		d.reportOrCount(d.eventAt(i), func() (string, string) {
			return fmt.Sprintf("“%s” was scheduled for %s, and that has passed", clip(ev.Title),
					ev.Date.WordsIn(english, "was-planned")),
				"say in the title what happened, and set status to confirmed or to what it is"
		})
	}
	return nil
}

// pastEvents are the explainer's own events, by their places, that are scheduled
// for a day that has passed.
func pastEvents(e *site.Explainer) []int {
	var out []int
	for _, ev := range e.Timeline {
		if ev.Status == "planned" && ev.Explainer == e {
			out = append(out, slices.Index(e.OwnEvents, ev.Event))
		}
	}
	return out
}

// overdue are the reviews of an explainer and its answers whose day has passed, and
// which its log has no entry of since.
func overdue(s *site.Site, e *site.Explainer) (out []Review) {
	add := func(question string, by time.Time, reviewed *document.Update) {
		done := reviewed != nil && !reviewed.When.Before(by)
		if !by.IsZero() && s.Reached(by.Add(1)) && !done {
			out = append(out, Review{e.Path, e.Title, question, by.In(s.Config.Location)})
		}
	}
	add("", e.ReviewBy, e.Reviewed(nil))
	for _, q := range e.Questions {
		add(q.ID, reviewOf(s, e, q), e.Reviewed(q))
	}
	return out
}
