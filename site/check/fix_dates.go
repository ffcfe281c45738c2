package check

import (
	"slices"
	"strings"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/prose"
)

// pinning is what pins the dates of a text: the days that it may speak from, and whether
// its years may not be those of the calendar.
type pinning struct {
	file     []byte
	days     []time.Time // none where nothing can be pinned without a guess
	reckoned bool
}

// pinningOf says how the dates of a text are pinned.
func (d *docCheck) pinningOf(t *text) (p pinning) {
	if t.transcript() {
		return p
	}
	if p.days = d.daysOf(t); len(p.days) > 0 {
		p.file, p.reckoned = d.site.FileData(t.file), d.reckoned(t, p.days[0])
	}
	return p
}

// pinOf is the fix that pins a date of a passage, which means the same counted from each of the
// days; a year, unless it may be reckoned otherwise. nil is none.
func (d *docCheck) pinOf(p *pinning, t *text, b *block, date prose.Date) []diag.Edit {
	year := len(date.Means) == len("2024")
	if len(p.days) == 0 || !date.Certain || year && p.reckoned || !d.agreed(date, b, p.days) {
		return nil
	}
	at := b.Span(date.Start, date.End)
	e, ok := pin(date, p.file, b.Passage, d.inYAML(t.file, at))
	if !ok || d.inMarkup(t.file, at) {
		return nil
	}
	e.At.File = t.file
	return []diag.Edit{e}
}

// daysOf are the days that a text may speak from, none where that is not known: in an
// event’s text, which may count from its event or from the explainer, and in what was
// updated and does not say what day it speaks from. Behind an offset of its own, a
// day may be another than the site's.
func (d *docCheck) daysOf(t *text) []time.Time {
	e := d.explainer
	written, day := e.AsOfWritten(), d.asOf(t)
	switch {
	case t.part == event, day.IsZero():
		return nil
	case t.question >= 0 && e.Questions[t.question].AsOf != "":
		written = e.Questions[t.question].AsOf
	case t.question >= 0 && e.Answers[t.question].Updated.After(day):
		return nil
	case !e.Dated() && e.Updated.After(e.Published):
		return nil
	}
	own, err := time.Parse(time.DateOnly, written[:min(len(written), len(time.DateOnly))])
	if err != nil {
		return nil
	}
	return []time.Time{day, own}
}

// agreed reports whether a date means the same counted from each of days.
func (d *docCheck) agreed(date prose.Date, b *block, days []time.Time) bool {
	for _, day := range days {
		if day.Format(time.DateOnly) == days[0].Format(time.DateOnly) {
			continue
		}
		if !slices.ContainsFunc(b.reading.Dates(day, d.site.Now), func(other prose.Date) bool {
			return other.Extent == date.Extent && other.Certain && other.Means == date.Means
		}) {
			return false
		}
	}
	return true
}

// transcript reports a text in which people speak in turn: two passages or more begin
// with a name. What they say counts from the day on which they said it.
func (t *text) transcript() bool {
	speakers := 0
	for i := range t.blocks {
		if r := t.blocks[i].reading; r != nil && r.Speaks() {
			speakers++
		}
	}
	return speakers > 1
}

// reckoned reports a text whose years may not be those of the calendar: this year is the
// season's, or that of a survey made before it. At a year's begin, a text that names
// another may well speak from that.
func (d *docCheck) reckoned(t *text, day time.Time) bool {
	begun := day.Month() <= time.March
	for i := range t.blocks {
		r := t.blocks[i].reading
		if r != nil && (r.ReckonsYears() || begun && r.NamesOtherYear(day)) {
			return true
		}
	}
	head := d.explainer.Title
	if t.question >= 0 {
		head += "\n" + d.explainer.Questions[t.question].Text
	}
	r := d.reader.Read(d.words[d.lang.Tag], prose.Passage{Text: head})
	return r.ReckonsYears() || r.NamesOtherYear(day)
}

// inYAML reports whether a place is in front matter or in a file of its own, and not in
// a body.
func (d *docCheck) inYAML(file string, at diag.Span) bool {
	return !strings.HasSuffix(file, ".md") || at.Start < d.marks().Body.Start
}
