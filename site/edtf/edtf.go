// Package edtf reads dates that are known only as well as they are known:
// EDTF, the Extended Date/Time Format of ISO 8601-2:2019, levels 0 and 1, with
// the groupings of a year (21 to 41) of level 2. Seasons, quarters and halves may
// be written in words as well: 2024-spring, 2014-q4, 2024-h1.
package edtf

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a date, a time, a span of time, or something that is known only to
// lie within one. The zero Date is none. Dates can be compared with ==.
type Date struct {
	text   string
	lo, hi int64 // first and last second since 1970, UTC
	year   int32 // of the earliest bound, in its own zone; an open start: of the end
	flags  flags
	prec   Precision
	coarse Precision // that of an interval's coarser end
}

type flags uint8

const (
	hasStart flags = 1 << iota
	hasEnd
	isInterval
	isApproximate
	isUncertain
	isMasked // 198X
)

// Precision says how finely a date is known.
type Precision uint8

// The precisions, from the coarsest to the finest.
const (
	Century Precision = iota + 1
	Decade
	Year
	Half
	Quadrimester
	Quarter
	Season
	Month
	Day
	Minute
	Second
)

// Error says what is wrong with a date, in a writer's words.
type Error struct {
	At, Len        int // bytes of the text that it is about
	Msg, Why, Hint string

	years    bool     // it may be meant for two years
	readings []string // what it may be meant for, as EDTF
}

// Error returns the message and the hint.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Msg
	}
	return e.Msg + ": " + e.Hint
}

// Meant is the date that whoever wrote s surely meant, as Hint says to write it, or "" where that
// leaves a choice.
func (e *Error) Meant(s string) string {
	text, ok := strings.CutPrefix(e.Hint, "write ")
	if !ok || e.At+e.Len > len(s) {
		return ""
	}
	if !strings.HasPrefix(s, text) { // it stands for the part that is wrong
		text = s[:e.At] + text + s[e.At+e.Len:]
	}
	if _, err := Parse(text); err != nil {
		return ""
	}
	return text
}

// Parse reads an EDTF date. Times without a zone are in UTC. The error is an
// *Error.
func Parse(s string) (Date, error) { return ParseIn(s, time.UTC) }

// ParseIn is Parse with the zone of times that give none.
func ParseIn(s string, loc *time.Location) (Date, error) {
	if s == "" {
		return Date{}, &Error{Msg: "the date is empty",
			Hint: "write it as exactly as it is known: 2024-03-22, 2024-03 or 2024"}
	}
	if a, b, ok := strings.Cut(s, "/"); ok {
		return parseInterval(s, a, b, loc)
	}
	p := part{s: s, loc: loc}
	if err := p.parse(); err != nil {
		return Date{}, err
	}
	if strings.Contains(s, "X") {
		p.flags |= isMasked
	}
	return Date{text: strings.Clone(s), lo: p.lo, hi: p.hi, year: int32(p.loYear),
		flags: hasStart | hasEnd | p.flags, prec: p.prec, coarse: p.prec}, nil
}

func parseInterval(s, a, b string, loc *time.Location) (Date, error) {
	if strings.Contains(b, "/") && !looksSlashed(s) {
		return Date{}, &Error{Len: len(s), Msg: "an interval has one slash",
			Hint: "write from/to: 2022-12-14/2022-12-19"}
	}
	if looksSlashed(s) || shortYears.MatchString(s) {
		return Date{}, shapeError(s)
	}
	d := Date{text: strings.Clone(s), flags: isInterval}
	from, to := part{s: a, loc: loc}, part{s: b, loc: loc}
	if a != "" && a != ".." {
		if err := from.parse(); err != nil {
			return Date{}, err.within(s)
		}
		d.lo, d.year, d.prec, d.coarse = from.lo, int32(from.loYear), from.prec, from.prec
		d.flags |= hasStart | from.flags
	}
	if b != "" && b != ".." {
		if err := to.parse(); err != nil {
			err.At += len(a) + 1
			return Date{}, err.within(s)
		}
		d.hi, d.prec = to.hi, to.prec
		if d.coarse == 0 || to.prec < d.coarse {
			d.coarse = to.prec
		}
		d.flags |= hasEnd | to.flags
	}
	switch d.flags & (hasStart | hasEnd) {
	case 0:
		return Date{}, &Error{Len: len(s), Msg: "an interval needs a start or an end", Hint: "write 2022/.. or ../2022"}
	case hasEnd:
		d.year = int32(to.hiYear)
	case hasStart | hasEnd:
		if d.hi < d.lo {
			return Date{}, &Error{Len: len(s), Msg: "the interval ends before it begins", Hint: "write " + b + "/" + a}
		}
	}
	return d, nil
}

// part is one date while it is read.
type part struct {
	s              string
	loc            *time.Location
	lo, hi         int64
	loYear, hiYear int64
	flags          flags
	prec           Precision
	grouping       int  // of a year, 0 where it is none
	guessed        bool // s is our own guess: make no other of it
}

// misshapen reports a text that has not the form of a date.
func (p *part) misshapen() *Error {
	if p.guessed {
		return &Error{Len: len(p.s), Msg: "no date"}
	}
	return shapeError(p.s)
}

// misread is a date with one thing wrong in it, for which another is surely meant.
func (p *part) misread(msg, why, meant string) *Error {
	e := &Error{Len: len(p.s), Msg: msg, Why: why}
	e.offer(meant)
	return e
}

func (p *part) fail(at, n int, msg, hint string) *Error {
	return &Error{At: at, Len: n, Msg: msg, Hint: hint}
}

func (p *part) parse() *Error {
	s := p.s
	switch s[len(s)-1] {
	case '~':
		p.flags = isApproximate
	case '?':
		p.flags = isUncertain
	case '%':
		p.flags = isApproximate | isUncertain
	}
	if p.flags != 0 {
		s = s[:len(s)-1]
	}
	if long, ok := strings.CutPrefix(s, "Y"); ok {
		return p.longYear(long)
	}
	n := 0
	if strings.HasPrefix(s, "-") {
		n = 1
	}
	if len(s) < n+4 || !isMask(s[n:n+4]) || len(s) > n+4 && s[n+4] != '-' {
		return p.misshapen()
	}
	if err := p.yearOf(s[n:n+4], n == 1); err != nil {
		return err
	}
	rest := s[n+4:]
	if rest == "" {
		return nil
	}
	if p.prec != Year {
		return p.misshapen()
	}
	return p.afterYear(rest[1:], n+5)
}

// isMask reports digits, of which the last may be X.
func isMask(s string) bool {
	x := false
	for i := range len(s) {
		switch {
		case s[i] == 'X':
			x = true
		case s[i] < '0' || s[i] > '9' || x:
			return false
		}
	}
	return true
}

func (p *part) yearOf(s string, negative bool) *Error {
	lo, hi := strings.ReplaceAll(s, "X", "0"), strings.ReplaceAll(s, "X", "9")
	a, _ := strconv.ParseInt(lo, 10, 64)
	b, _ := strconv.ParseInt(hi, 10, 64)
	if negative {
		a, b = -b, -a
	}
	switch strings.Count(s, "X") {
	case 0:
		p.prec = Year
	case 1:
		p.prec = Decade
	case 2:
		p.prec = Century
	default:
		return p.fail(0, len(p.s), "a date of which only the millennium is known can't be placed",
			"write at least the century: 19XX")
	}
	p.between(a, 1, 1, b, 12, 31)
	return nil
}

func (p *part) longYear(s string) *Error {
	y, err := strconv.ParseInt(s, 10, 64)
	if err != nil || len(strings.TrimPrefix(s, "-")) < 5 || y > 2e9 || y < -2e9 {
		return p.fail(0, len(p.s), "Y begins a year of more than four digits", "write Y-12000")
	}
	p.prec = Year
	p.between(y, 1, 1, y, 12, 31)
	return nil
}

// between sets the bounds to whole days.
func (p *part) between(y1 int64, m1, d1 int, y2 int64, m2, d2 int) {
	p.lo, p.hi = days(y1, m1, d1)*86400, days(y2, m2, d2)*86400+86399
	p.loYear, p.hiYear = y1, y2
}

// days counts the days since 1 January 1970 in the proleptic Gregorian
// calendar (ISO 8601).
func days(y int64, m, d int) int64 {
	if m <= 2 {
		y--
	}
	era := y
	if y < 0 {
		era = y - 399
	}
	era /= 400
	yoe := y - era*400
	doy := int64((153*((m+9)%12)+2)/5 + d - 1)
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

func monthDays(y int64, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// groupings are the parts of a year of ISO 8601-2, 4.8, by number: first and
// last month. Winter of the northern hemisphere ends in the year after.
var groupings = map[int]struct {
	first, last int
	prec        Precision
}{
	21: {3, 5, Season}, 22: {6, 8, Season}, 23: {9, 11, Season}, 24: {12, 14, Season},
	25: {3, 5, Season}, 26: {6, 8, Season}, 27: {9, 11, Season}, 28: {12, 14, Season},
	29: {9, 11, Season}, 30: {12, 14, Season}, 31: {3, 5, Season}, 32: {6, 8, Season},
	33: {1, 3, Quarter}, 34: {4, 6, Quarter}, 35: {7, 9, Quarter}, 36: {10, 12, Quarter},
	37: {1, 4, Quadrimester}, 38: {5, 8, Quadrimester}, 39: {9, 12, Quadrimester},
	40: {1, 6, Half}, 41: {7, 12, Half},
}

// spelled are the groupings as a writer remembers them.
var spelled = map[string]int{
	"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24,
	"q1": 33, "q2": 34, "q3": 35, "q4": 36, "h1": 40, "h2": 41,
}

// spelling is how a writer should write a grouping, "" where no word is known.
func spelling(grouping int) string {
	if grouping >= 25 && grouping <= 28 { // the northern seasons, which have the same months
		grouping -= 4
	}
	for name, n := range spelled {
		if n == grouping && name != "fall" {
			return name
		}
	}
	return ""
}

// within is the mistake where the date is one end of the interval s.
func (e *Error) within(s string) *Error {
	if err := shapeError(s); len(err.readings) == 1 {
		return err
	}
	if e.years {
		e.Hint = "between two dates write a year, a month or a season: 2020, 2020-03 or 2020-spring"
	}
	return e
}

// within sets the bounds to those of a grouping of the year.
func (p *part) within(grouping int) {
	g, y := groupings[grouping], p.loYear
	p.prec, p.grouping = g.prec, grouping
	lastYear, last := y+int64((g.last-1)/12), (g.last-1)%12+1
	p.between(y, g.first, 1, lastYear, last, monthDays(lastYear, last))
}

// twoYears reports 2020-21: EDTF reads it as a season, and most people as a
// budget year.
func (p *part) twoYears(y int64, grouping int) *Error {
	years := fmt.Sprintf("%04d/%04d", y, y+1)
	within := fmt.Sprintf("%04d-%s", y, spelling(grouping))
	if spelling(grouping) == "" {
		g := groupings[grouping]
		last := y + int64((g.last-1)/12)
		within = fmt.Sprintf("%04d-%02d/%04d-%02d", y, g.first, last, (g.last-1)%12+1)
	}
	err := p.fail(0, len(p.s), fmt.Sprintf("“%s” can be read in two ways", p.s),
		fmt.Sprintf("write %s for what lasted from one year to the other, or %s", years, within))
	err.years = true
	err.Why = fmt.Sprintf("EDTF counts the parts of a year from 21 on; elsewhere %d is the year after", grouping)
	return err
}

// afterYear reads MM, MM-DD, MM-DDThh:mm and what stands for a part of the year;
// at is where rest begins.
func (p *part) afterYear(rest string, at int) *Error {
	y := p.loYear
	if rest != "" && rest[0] > '9' {
		if g, ok := spelled[strings.ToLower(rest)]; ok {
			p.within(g)
			return nil
		}
	}
	if len(rest) < 2 || len(rest) > 2 && rest[2] != '-' {
		return p.misshapen()
	}
	mm, day := rest[:2], ""
	if len(rest) > 3 {
		day = rest[3:]
	} else if len(rest) == 3 {
		return p.misshapen()
	}
	if mm == "XX" {
		if day != "" && day != "XX" {
			return p.fail(at, len(rest), "a day without its month can't be placed",
				"write the year alone, or the month")
		}
		p.prec = Year
		return nil
	}
	m, err := strconv.Atoi(mm)
	if err != nil {
		return p.misshapen()
	}
	if _, ok := groupings[m]; ok && day == "" {
		if y >= 0 && int64(m) == (y+1)%100 {
			return p.twoYears(y, m)
		}
		p.within(m)
		return nil
	}
	if m < 1 || m > 12 {
		if m == 0 && (day == "00" || day == "" && yearsTo(y, m) == "") {
			return p.misread("there is no month 00", "the month seems not to be known", p.s[:at-1])
		}
		hint := "months run from 01 to 12"
		if years := yearsTo(y, m); day == "" && years != "" {
			hint = fmt.Sprintf("write %s for what lasted until that year; %s", years, hint)
		}
		if d, err := strconv.Atoi(day); err == nil && d >= 1 && d <= 12 && m <= 31 {
			return p.misread("there is no month "+mm, "the month comes second", p.s[:at]+day+"-"+mm)
		}
		err := p.fail(at, 2, fmt.Sprintf("there is no month %s", mm), hint)
		err.years = day == ""
		return err
	}
	return p.afterMonth(y, m, day, at+3)
}

func (p *part) afterMonth(y int64, m int, day string, at int) *Error {
	last := monthDays(y, m)
	if day == "" || day == "XX" {
		p.prec = Month
		p.between(y, m, 1, y, m, last)
		return nil
	}
	dd, clock, hasClock := strings.Cut(day, "T")
	d, err := strconv.Atoi(dd)
	if err != nil || len(dd) != 2 {
		return p.misshapen()
	}
	if d == 0 && !hasClock {
		return p.misread("there is no day 00", "the day seems not to be known", p.s[:at-1])
	}
	if d < 1 || d > last {
		name := time.Month(m).String()
		return p.fail(at, 2, fmt.Sprintf("%d %s does not exist", d, name),
			fmt.Sprintf("%s %d has %d days", name, y, last))
	}
	p.prec = Day
	p.between(y, m, d, y, m, d)
	if !hasClock {
		return nil
	}
	return p.clock(clock, at+3)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.text == "" }

// String returns the date as it was written, which is what Parse reads.
func (d Date) String() string { return d.text }

// Earliest returns the first instant that the date may mean; !ok where its
// start is open or unknown.
func (d Date) Earliest() (t time.Time, ok bool) {
	return time.Unix(d.lo, 0).UTC(), d.flags&hasStart != 0
}

// Latest returns the last second that the date may mean; !ok where its end is
// open or unknown.
func (d Date) Latest() (t time.Time, ok bool) {
	return time.Unix(d.hi, 0).UTC(), d.flags&hasEnd != 0
}

// Year returns the year of the earliest bound, where the start is open that of
// the end. The year 0 is 1 BC.
func (d Date) Year() int { return int(d.year) }

// Compare orders dates by earliest bound, then latest, then text. An open
// start sorts by its end, an open end after every known one.
func Compare(a, b Date) int {
	aFirst, aLast := a.Bounds()
	bFirst, bLast := b.Bounds()
	if c := cmp.Compare(aFirst, bFirst); c != 0 {
		return c
	}
	if c := cmp.Compare(aLast, bLast); c != 0 {
		return c
	}
	return strings.Compare(a.text, b.text)
}

// Bounds returns what Compare looks at first: seconds since 1970, UTC. An open
// start counts as the end, and an open end as never.
func (d Date) Bounds() (first, last int64) {
	first, last = d.lo, d.hi
	if d.flags&hasStart == 0 {
		first = d.hi
	}
	if d.flags&hasEnd == 0 {
		last = 1<<63 - 1
	}
	return first, last
}

// Interval reports a date that lasted: from one date to another.
func (d Date) Interval() bool { return d.flags&isInterval != 0 }

// Open reports an interval of which the start or the end is open or unknown.
func (d Date) Open() bool {
	return d.Interval() && d.flags&(hasStart|hasEnd) != hasStart|hasEnd
}

// Approximate reports a date that is about right: ~ or %.
func (d Date) Approximate() bool { return d.flags&isApproximate != 0 }

// Uncertain reports a date that may be wrong: ? or %.
func (d Date) Uncertain() bool { return d.flags&isUncertain != 0 }

// Vague reports something known only to lie within a season, a quarter, a half
// or a masked time.
func (d Date) Vague() bool {
	return !d.Interval() && (d.prec <= Decade || d.prec >= Half && d.prec <= Season || d.flags&isMasked != 0)
}

// Precision says how finely the date is known; of an interval, its end.
func (d Date) Precision() Precision { return d.prec }

// Coarsest is Precision, but of an interval that of its coarser end.
func (d Date) Coarsest() Precision { return d.coarse }

// Opening returns the date with which an interval begins whose end is open or unknown;
// !ok of anything else. loc is the zone of a time that gives none.
func (d Date) Opening(loc *time.Location) (start Date, ok bool) {
	if d.flags&(isInterval|hasStart|hasEnd) != isInterval|hasStart {
		return Date{}, false
	}
	from, _, _ := strings.Cut(d.text, "/")
	start, err := ParseIn(from, loc)
	return start, err == nil
}
