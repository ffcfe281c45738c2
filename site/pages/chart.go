package pages

import (
	"slices"
	"strconv"
	"time"

	"nutgraf/site"
)

// How a chart of years is drawn, in units of its SVG.
const (
	square      = 10   // a square with the space around it
	tallest     = 12   // squares in a column, at most
	partsUntil  = 16   // columns: so many have parts, where squares stand at their time
	mostWide    = 40   // columns that have 24 px each in a wide window
	mostNarrow  = 11   // likewise on a phone
	mostSquares = 120  // events: more are columns, each as high as its events are many
	mostParts   = 10   // of a column
	columnHigh  = 84   // px, where squares are scaled to it
	columnWide  = 1200 // where what lasted is drawn, and today: a column
	lane        = 6    // likewise, a bar with the space around it
	mostLanes   = 5
)

// charts draws when events were: a column a year, or ten, a hundred or a thousand years
// where there are too many of them. Where a phone has no room for it, a second chart has
// fewer columns. at returns the address of event i. The events are in the order of their
// years. There is none where all are of one year.
func (b *builder) charts(events []*site.TimelineEvent, at func(i int) string) []*Chart {
	if len(events) == 0 || events[0].Date.Year() == events[len(events)-1].Date.Year() {
		return nil
	}
	wide := b.chart(events, at, mostWide, 10)
	if len(wide.Columns) <= mostNarrow {
		return []*Chart{wide}
	}
	narrow := b.chart(events, at, mostNarrow, 5, 2)
	wide.Windows, narrow.Windows = "wide", "narrow"
	return []*Chart{wide, narrow}
}

// chart draws one of them, with most columns at most: their years grow by each of grow
// in turn until they are so few.
func (b *builder) chart(events []*site.TimelineEvent, at func(i int) string,
	most int, grow ...int) *Chart {
	first, last, step := events[0].Date.Year(), events[len(events)-1].Date.Year(), 1
	for i := 0; column(last, step)-column(first, step) >= most; i++ {
		step *= grow[i%len(grow)]
	}
	from := column(first, step)
	n := column(last, step) - from + 1
	c := &Chart{Site: b.site, Columns: b.made.columns.List(n), Width: square, Tall: columnHigh}
	begin, _ := yearsOf(from, step)
	_, end := yearsOf(from+n-1, step)
	year, month := b.book.site.Month(begin, end)
	now := column(year, step) - from
	longest := 0
	for i := range c.Columns {
		first, last := yearsOf(from+i, step)
		if c.Columns[i].Title = yearTitle(first); first != last {
			c.Columns[i].To = "–" + yearTitle(last)
		}
		c.Columns[i].Now = i == now
		c.Now = c.Now || i == now
		longest = max(longest, len(c.Columns[i].Title))
	}
	if c.BarsWidth = n * columnWide; c.Now { // the same all month, so that the page is, too
		c.Today = momentAt(time.Date(year, month, 15, 0, 0, 0, 0, time.UTC), from, step)
	}
	c.label(longest)
	columnOf := func(ev *site.TimelineEvent) int { return column(ev.Date.Year(), step) - from }
	for i, ev := range events {
		col := &c.Columns[columnOf(ev)]
		if col.Count++; col.URL == "" {
			col.URL = at(i)
		}
	}
	if len(events) > mostSquares {
		b.fillColumns(c, events, columnOf)
	} else {
		c.Spread = n <= partsUntil
		b.fillSquares(c, events, columnOf, step)
	}
	c.drawBars(events, from, step)
	return c
}

// label names the columns as far as there is room: the longest name has so many signs.
func (c *Chart) label(longest int) {
	every, n := 1, len(c.Columns)
	if c.Sparse = n > partsUntil || longest > len("2000"); c.Sparse {
		const sign = 9 // px
		width := 280   // of the narrowest phone's chart
		if n > mostNarrow {
			width = mostWide * 24
		}
		every = (longest*sign*n + width - 1) / width
	}
	for i := range c.Columns {
		c.Columns[i].Labelled = i%every == 0 && (i == 0 || every == 1 || i < len(c.Columns)-1)
	}
}

// column is that of a year among columns of so many years each: with more than one,
// those before our era are counted from its beginning, and 0 has the years up to step.
func column(year, step int) int {
	switch {
	case step == 1:
		return year
	case year > 0:
		return year / step
	}
	return -1 - -year/step
}

// yearsOf are the first and the last year of a column.
func yearsOf(column, step int) (first, last int) {
	switch {
	case step == 1:
		return column, column
	case column < 0:
		return column*step + 1, (column + 1) * step
	}
	return max(1, column*step), column*step + step - 1
}

// fillColumns draws each column as high as its events are many, with those that are
// uncertain or to come on top.
func (b *builder) fillColumns(c *Chart, events []*site.TimelineEvent,
	columnOf func(*site.TimelineEvent) int) {
	counts := make([][len(markClass)]int, len(c.Columns))
	most := 0
	for _, ev := range events {
		k := columnOf(ev)
		counts[k][markOf(ev)]++
		most = max(most, c.Columns[k].Count)
	}
	c.Solid, c.Width, c.Height = true, square, tallest*square
	for k, kinds := range counts {
		c.Columns[k].Marks = b.made.marks.Room(len(kinds))
		y := c.Height
		for kind, n := range kinds {
			if n > 0 {
				h := max(3, n*(c.Height-3*len(kinds))/most)
				y -= h
				c.Columns[k].Marks = append(c.Columns[k].Marks,
					Mark{X: 1, Y: y, Width: square - 2, Height: h - 1, Class: markClass[kind]})
			}
		}
	}
}

// fillSquares stacks the squares.
func (b *builder) fillSquares(c *Chart, events []*site.TimelineEvent,
	columnOf func(*site.TimelineEvent) int, step int) {
	n, parts := len(c.Columns), partsOf(step)
	stacks := b.made.stacks.List(n)
	stackOf := func(ev *site.TimelineEvent) (k, q int) {
		if k = columnOf(ev); c.Spread {
			q = part(ev, step, parts)
		}
		return k, q
	}
	most := 0
	for _, ev := range events {
		k, q := stackOf(ev)
		stacks[k][q].events++
		most = max(most, stacks[k][q].events)
	}
	per := max(1, (most+tallest-1)/tallest)
	if per > 1 {
		c.PerSquare = per
	}
	c.Height = max(5, (most+per-1)/per) * square
	if c.Spread {
		c.Tall, c.Fine = c.Height, parts == mostParts
	}
	for k := range stacks {
		marks := 0
		for q := range stacks[k] {
			stacks[k][q].mark = marks
			marks += (stacks[k][q].events + per - 1) / per
		}
		c.Columns[k].Marks = b.made.marks.List(marks)
	}
	for _, ev := range events {
		k, q := stackOf(ev)
		s := &stacks[k][q]
		if s.seen%per == 0 {
			n := s.seen / per
			m := Mark{X: 1, Y: c.Height - (n+1)*square + 1,
				Width: square - 2, Height: square - 2, Class: markClass[markOf(ev)]}
			if c.Spread {
				m.X = q * 100 / parts
			}
			c.Columns[k].Marks[s.mark+n] = m
		}
		s.seen++
	}
}

// stack is a column of squares while it is made: how many events it has, how
// many of them were seen, and the place of its first mark.
type stack struct{ events, seen, mark int }

// drawBars draws how long events lasted, those that overlap below each other. Of more
// than there is room for, the longest are drawn, and none that is no column long where
// columns stand for many events.
func (c *Chart) drawBars(events []*site.TimelineEvent, from, step int) {
	var bars []Mark
	for _, ev := range events {
		if !ev.Date.Interval() {
			continue
		}
		first, last := 0, len(c.Columns)*columnWide
		if t, ok := ev.Date.Earliest(); ok {
			first = max(first, momentAt(t, from, step))
		}
		if t, ok := ev.Date.Latest(); ok {
			last = min(last, momentAt(t.Add(time.Second), from, step))
		}
		if len(events) <= mostSquares || last-first >= columnWide {
			bars = append(bars, Mark{X: first, Width: max(last-first, 1),
				Height: lane - 2, Class: markClass[markOf(ev)]})
		}
	}
	slices.SortStableFunc(bars, func(x, y Mark) int { return y.Width - x.Width })
	var lanes [mostLanes][]Mark
	apart := c.BarsWidth / 200
	for _, bar := range bars {
		meets := func(other Mark) bool {
			return bar.X < other.X+other.Width+apart && other.X < bar.X+bar.Width+apart
		}
		for i := range lanes {
			if !slices.ContainsFunc(lanes[i], meets) {
				bar.Y = i*lane + 1
				lanes[i] = append(lanes[i], bar)
				c.Lanes = max(c.Lanes, i+1)
				break
			}
		}
	}
	c.Bars = slices.Concat(lanes[:]...)
	c.BarsHeight = c.Lanes * lane
}

// momentAt is where a moment lies among the columns where bars are drawn.
func momentAt(t time.Time, from, step int) int {
	k := column(t.Year(), step)
	first, _ := yearsOf(k, step)
	return (k-from)*columnWide + ((t.Year()-first)*366+t.YearDay()-1)*columnWide/(366*step)
}

// partsOf is how many parts a column of so many years has: quarters of a year, or years as
// far as there is room for them.
func partsOf(step int) int {
	if step == 1 {
		return 4
	}
	return min(step, mostParts)
}

// part is that part of a column in which an event may have begun first.
func part(ev *site.TimelineEvent, step, parts int) int {
	if step > 1 {
		first, _ := yearsOf(column(ev.Date.Year(), step), step)
		return (ev.Date.Year() - first) * parts / step
	}
	if t, ok := ev.Date.Earliest(); ok {
		return (int(t.Month()) - 1) * parts / 12
	}
	return parts - 1 // only its end is known
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
