package check

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/prose"
)

// Pins are what pins the stale dates of one file.
type Pins struct {
	File     string // as diagnostics name it
	Dates    int    // how many are pinned
	Old, New []byte // all of the file, as it was read and as it is to be
}

// markedFile is a file whose dates are to be pinned.
type markedFile struct {
	data  []byte
	edits []edit
}

// gatherPins gathers what can be pinned without a guess; nothing in a language of
// which no words are known.
func (d *docCheck) gatherPins() {
	if d.words[d.lang.Tag] == nil {
		return
	}
	files := map[string]*markedFile{}
	for i := range d.texts {
		t := &d.texts[i]
		days := d.daysOf(t)
		if len(days) == 0 || t.transcript() {
			continue
		}
		reckoned := d.reckoned(t, days[0])
		f := files[t.file]
		if f == nil {
			f = &markedFile{data: d.site.FileData(t.file)}
			files[t.file] = f
		}
		for j := range t.blocks {
			if t.blocks[j].reading != nil {
				d.pinBlock(t, &t.blocks[j], f, days, reckoned)
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if f := files[file]; len(f.edits) > 0 {
			d.pins = append(d.pins, Pins{file, len(f.edits), f.data, apply(f.data, f.edits)})
		}
	}
}

// pinBlock gathers the pins of a passage, which mean the same counted from each of days;
// years, unless they may be reckoned otherwise.
func (d *docCheck) pinBlock(t *text, b *block, f *markedFile, days []time.Time, reckoned bool) {
	for _, date := range d.datesOf(t, b) {
		at := b.Span(date.Start, date.End)
		finding := diag.Diagnostic{Rule: staleDateRule, At: diag.Place{File: t.file, Span: at}}
		switch year := len(date.Means) == len("2024"); {
		case !date.Certain, year && reckoned, !d.agreed(date, b, days), d.acceptedAt(finding):
			continue
		}
		if edit, ok := pin(date, f.data, b.Passage, d.inYAML(t.file, at)); ok && !d.inMarkup(t.file, at) {
			f.edits = append(f.edits, edit)
		}
	}
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

// acceptedAt reports whether the writer accepted a finding of the document.
func (d *docCheck) acceptedAt(found diag.Diagnostic) bool {
	return slices.ContainsFunc(d.accepts, func(a accept) bool { return a.covers(&found) })
}

// inYAML reports whether a place is in front matter or in a file of its own, and not in
// a body.
func (d *docCheck) inYAML(file string, at diag.Span) bool {
	return !strings.HasSuffix(file, ".md") || at.Start < d.marks().Body.Start
}

// pinsOf gathers the pins of documents by the names of their files.
func pinsOf(docs []docCheck) []Pins {
	var all []Pins
	for i := range docs {
		all = append(all, docs[i].pins...)
	}
	slices.SortFunc(all, func(a, b Pins) int { return cmp.Compare(a.File, b.File) })
	return all
}
