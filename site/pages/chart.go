package pages

import (
	"strconv"

	"nutgraf/site"
)

// How a chart of years is drawn, in units of its SVG.
const (
	square        = 10 // a square with the space around it
	tallest       = 12 // squares in a column, at most
	quartersUntil = 16 // years: so many have four columns of squares each
	mostYears     = 60
	mostColumns   = 100
	fewestNamed   = 16 // columns: with more, not each is named
)

// chart counts events by year, or by ten, a hundred or a thousand years where
// there are too many of them. at returns the address of event i. The events
// are sorted. It is nil where all are of one year.
func (b *builder) chart(events []*site.TimelineEvent, at func(i int) string) *Chart {
	if len(events) == 0 {
		return nil
	}
	first, last := events[0].Date.Year(), events[0].Date.Year()
	for _, ev := range events {
		first, last = min(first, ev.Date.Year()), max(last, ev.Date.Year())
	}
	if first == last {
		return nil
	}
	step := 1
	for most := mostYears; span(first, last, step) > most; most = mostColumns {
		step *= 10
	}
	n := span(first, last, step)
	c := &Chart{Site: b.site, Columns: b.made.columns.list(n)[:n], Width: square}
	if len(c.Columns) <= quartersUntil && step == 1 {
		c.Width = 4 * square
	}
	c.Narrow = len(c.Columns) > fewestNamed
	for i := range c.Columns {
		year := (floorDiv(first, step) + i) * step
		c.Columns[i].Title = yearTitle(year)
		if step > 1 {
			c.Columns[i].To = "–" + yearTitle(year+step-1)
		}
		c.Columns[i].Labelled = !c.Narrow || i%3 == 0 && i < len(c.Columns)-1
	}
	b.fillChart(c, events, at, floorDiv(first, step), step)
	return c
}

// fillChart stacks the squares.
func (b *builder) fillChart(c *Chart, events []*site.TimelineEvent, at func(i int) string, first, step int) {
	n := len(c.Columns)
	stacks := b.made.stacks.list(n)[:n]
	stackOf := func(ev *site.TimelineEvent) (k, q int) {
		if c.Width > square {
			q = quarter(ev)
		}
		return floorDiv(ev.Date.Year(), step) - first, q
	}
	most := 0
	for i, ev := range events {
		k, q := stackOf(ev)
		if c.Columns[k].Count++; c.Columns[k].URL == "" {
			c.Columns[k].URL = at(i)
		}
		stacks[k][q].events++
		most = max(most, stacks[k][q].events)
	}
	per := max(1, (most+tallest-1)/tallest)
	if per > 1 {
		c.PerSquare = per
	}
	c.Height = max(5, (most+per-1)/per) * square
	for k := range stacks {
		marks := 0
		for q := range stacks[k] {
			stacks[k][q].mark = marks
			marks += (stacks[k][q].events + per - 1) / per
		}
		c.Columns[k].Marks = b.made.marks.list(marks)[:marks]
	}
	for _, ev := range events {
		k, q := stackOf(ev)
		s := &stacks[k][q]
		if s.seen%per == 0 {
			n := s.seen / per
			c.Columns[k].Marks[s.mark+n] = Mark{X: q*square + 1, Y: c.Height - (n+1)*square + 1, Class: markClass[markOf(ev)]}
		}
		s.seen++
	}
}

// stack is a column of squares while it is made: how many events it has, how
// many of them were seen, and the place of its first mark.
type stack struct{ events, seen, mark int }

// span is how many steps the years from first to last touch.
func span(first, last, step int) int { return floorDiv(last, step) - floorDiv(first, step) + 1 }

func floorDiv(n, by int) int {
	d := n / by
	if n%by < 0 {
		d--
	}
	return d
}

// quarter is that of the year in which an event may have begun first.
func quarter(ev *site.TimelineEvent) int {
	if t, ok := ev.Date.Earliest(); ok {
		return (int(t.Month()) - 1) / 3
	}
	return 3 // only its end is known
}

// What is known of a date, as the line of its square says it.
const (
	sure = iota
	unsure
	toCome
	toComeUnsure
)

var markClass = [...]string{sure: "", unsure: "u", toCome: "n", toComeUnsure: "n u"}

func markOf(ev *site.TimelineEvent) byte {
	d := ev.Date
	vague := d.Open() || d.Approximate() || d.Uncertain() || d.Vague()
	switch {
	case ev.Status == "scheduled" && vague:
		return toComeUnsure
	case ev.Status == "scheduled":
		return toCome
	case vague || ev.Status != "confirmed":
		return unsure
	}
	return sure
}

// yearAnchor is the id of a year in a list of events; years before our era have
// no sign there.
func yearAnchor(y int) string {
	if y < 0 {
		return "year_bc" + strconv.Itoa(-y)
	}
	return "year_" + strconv.Itoa(y)
}
