package document

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/front"
)

// Days are an explainer's days as its file gives them, "" where it gives none.
type Days struct{ Published, Updated, AsOf, ReviewBy string }

// Never, as review_by, says that a text need not be read again: the desk is not
// reminded of it, and its page does not say how old it is.
const Never = "never"

// Dated reports whether the writer gives the day that the text's relative dates are
// relative to.
func (e *Explainer) Dated() bool { return e.Written.AsOf != "" }

// AsOfWritten is as_of, else published, as the writer gave it: behind an offset it may
// be another day than that of AsOf, which is the site's.
func (e *Explainer) AsOfWritten() string { return cmp.Or(e.Written.AsOf, e.Written.Published) }

// zone is that of times that give none.
func (p *parser) zone() *time.Location { return cmp.Or(p.location, time.UTC) }

// date reads an EDTF value.
func (p *parser) date(t front.Text) edtf.Date {
	if !t.Given() {
		return edtf.Date{}
	}
	d, err := edtf.ParseIn(t.Value, p.zone())
	if err != nil {
		p.badDateIn(err, t)
	}
	return d
}

// day checks a date or date-time; it is read again when the time zone is known.
func (p *parser) day(t front.Text) string {
	if t.Given() {
		day, _, err := edtf.ParseDay(t.Value, p.zone())
		if err != nil {
			p.badDateIn(err, t)
			return ""
		}
		if calendar, ours := edtf.OtherYear(day); calendar != "" {
			p.otherYear(t, calendar, ours)
			return ""
		}
	}
	return t.Value
}

// otherYear reports a day of the web in a year that only another calendar can mean.
func (p *parser) otherYear(t front.Text, calendar, ours string) {
	hint, fix := "write that day in the Gregorian calendar, such as 2024-03-22", []diag.Edit(nil)
	if ours != "" {
		hint, fix = "write "+ours, p.instead(t, ours)
	}
	p.report(diag.Error, "date", t.Span, fmt.Sprintf("the year of “%s” is one of %s",
		Clip(t.Value), calendar),
		"days are read in the Gregorian calendar, as ISO 8601 counts them, and nothing was "+
			"published then", hint, fix...)
}

// Day reads a date that was checked, in a time zone. It is zero where there is none,
// or none that can be read.
func Day(text string, zone *time.Location) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, _, err := edtf.ParseDay(text, zone)
	if err != nil {
		return time.Time{} // reported where it was checked
	}
	return t
}

func dayAfter(text string, from time.Time, zone *time.Location) time.Time {
	if d, ok := edtf.ParseDuration(text); ok && !from.IsZero() {
		return d.After(from)
	}
	return Day(text, zone)
}

// date works out an explainer's days, and puts its updates in order.
func (e *Explainer) date(zone *time.Location) {
	w := &e.Written
	e.Published, e.Updated, e.AsOf = Day(w.Published, zone), Day(w.Updated, zone), Day(w.AsOf, zone)
	slices.SortStableFunc(e.Updates, func(a, b *Update) int { return b.When.Compare(a.When) })
	if w.Updated == "" {
		e.Updated = e.Published
		for _, u := range e.Updates {
			if u.Substantive && u.When.After(e.Updated) {
				e.Updated = u.When
			}
		}
	}
	if w.AsOf == "" {
		e.AsOf = e.Published
	}
	e.ReviewBy = dayAfter(w.ReviewBy, e.AsOf, zone)
	if u := e.Reviewed(nil); u != nil && u.When.After(e.AsOf) {
		e.ReviewBy = dayAfter(w.ReviewBy, u.When, zone)
	}
}

// yearFirst is what begins as a date does, or has a date's slashes.
var yearFirst = regexp.MustCompile(`^\d{4}(-|$)|/`)

// durations are the forms that a duration has.
const durations = "90d, 12w, 6m or 1y"

// reviewBy checks review_by: a date, a duration or never.
func (p *parser) reviewBy(t front.Text) string {
	if t.Given() {
		if _, ok := edtf.ParseDuration(t.Value); ok || t.Value == Never {
			return t.Value
		}
		if front.Translated(t.Value, []string{Never}) != "" {
			p.wrong("date", t.Span, fmt.Sprintf("“%s” is neither a date nor a duration", Clip(t.Value)),
				"write never", p.instead(t, Never)...)
			return ""
		}
		if short := front.Duration(t.Value); short != "" {
			p.wrong("date", t.Span, fmt.Sprintf("“%s” is no duration as it is written here", Clip(t.Value)),
				"write "+short, p.instead(t, short)...)
			return ""
		}
		if _, _, err := edtf.ParseDay(t.Value, p.zone()); err != nil &&
			!edtf.Guessed(err) && !yearFirst.MatchString(t.Value) {
			p.wrong("date", t.Span, fmt.Sprintf("“%s” is neither a date nor a duration", Clip(t.Value)),
				"write a date; a duration from as_of or the newest review, as "+durations+"; or never")
			return ""
		}
	}
	return p.day(t)
}

func (p *parser) badDateIn(err error, t front.Text) {
	at := t.Span
	var e *edtf.Error
	if errors.As(err, &e) && e.Len > 0 {
		at = diag.Span{Start: int32(t.Offset(p.data, e.At)), End: int32(t.Offset(p.data, e.At+e.Len))}
	}
	p.badDate(err, at, "date", t)
}

// badDate reports a date that can't be read; t is all of it.
func (p *parser) badDate(err error, at diag.Span, rule string, t front.Text) {
	var e *edtf.Error
	if errors.As(err, &e) {
		var fix []diag.Edit
		if meant := e.Meant(t.Value); meant != "" {
			fix = p.instead(t, meant)
		}
		p.report(diag.Error, rule, at, e.Msg, e.Why, e.Hint, fix...)
		return
	}
	p.wrong(rule, at, err.Error(), "write a date as 2024-03-22, 2024-03 or 2024")
}
