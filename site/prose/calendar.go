package prose

import (
	"fmt"
	"time"

	"nutgraf/site/lang"
)

// resolve says what an expression in a sentence means on a day, as far as that
// is certain.
func (r *Reading) resolve(p found, s sentence, asOf time.Time) Date {
	rel := p.relative
	f := Date{Extent: r.extent(p), Present: rel.Sense == lang.Present || rel.Sense == lang.Moment}
	f.Quoted = f.Within(r.quotations)
	y, m, d := asOf.Date()
	if y < 1000 || y > 9000 { // the zero time, and what no calendar of ours reaches
		return f
	}
	from := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	var dates []string
	switch rel.Sense {
	case lang.Counted:
		dates = counted(from, rel.Unit, rel.By)
	case lang.Ago:
		dates = away(from, rel.Unit, -r.amount(p))
	case lang.Ahead:
		dates = away(from, rel.Unit, r.amount(p))
	case lang.Last, lang.This, lang.Next:
		if w := r.weekday(p); w > 0 {
			dates = namedDay(from, rel.Sense, w)
		} else {
			dates = namedMonth(from, rel.Sense, r.month(p))
		}
	case lang.Nearest:
		when := noTense
		switch rel.By {
		case -1:
			when = before
		case +1:
			when = after
		default:
			when = r.tense(p, s)
		}
		dates = nearest(from, r.weekday(p), when)
	}
	if len(dates) == 1 {
		f.Means = dates[0]
	} else {
		f.Either = dates
	}
	return f
}

// month returns the month of a phrase.
func (r *Reading) month(p found) time.Month {
	for _, t := range r.tokens[p.from:p.to] {
		if t.word.month > 0 {
			return time.Month(t.word.month)
		}
	}
	return 0
}

// counted returns the day, week, month, year, decade or century that is by
// units away from that of a day. Weeks begin on Monday (ISO 8601) for some and
// on Sunday for others: on a Sunday, either may be meant.
func counted(from time.Time, u lang.Unit, by int) []string {
	y, m, _ := from.Date()
	switch u {
	case lang.Day:
		return []string{iso(from.AddDate(0, 0, by))}
	case lang.Week:
		monday := from.AddDate(0, 0, 1-weekdayOf(from)+7*by)
		weeks := []string{week(monday)}
		if from.Weekday() == time.Sunday {
			weeks = append(weeks, week(monday.AddDate(0, 0, 6)))
		}
		return weeks
	case lang.Month:
		return []string{isoMonth(y, int(m)+by)}
	case lang.Year:
		return []string{fmt.Sprintf("%04d", y+by)}
	case lang.Decade:
		return []string{fmt.Sprintf("%03dX", y/10+by)}
	}
	return []string{fmt.Sprintf("%02dXX", (y-1)/100+by)}
}

// away returns what is n units from a day. Only days are counted exactly:
// people who say two years mean about two years, which EDTF writes 2022~.
func away(from time.Time, u lang.Unit, n int) []string {
	y, m, _ := from.Date()
	switch u {
	case lang.Day:
		return []string{iso(from.AddDate(0, 0, n))}
	case lang.Week:
		return []string{iso(from.AddDate(0, 0, 7*n)) + "~"}
	case lang.Month:
		return []string{isoMonth(y, int(m)+n) + "~"}
	case lang.Year:
		y += n
	case lang.Decade:
		y += 10 * n
	case lang.Century:
		y += 100 * n
	}
	return []string{fmt.Sprintf("%04d~", y)}
}

// namedDay returns what last, this or next Thursday may mean. Where it is the
// nearest one and also that of the week before or after, that is certain. A
// Sunday ends the week for some and begins it for others.
func namedDay(from time.Time, s lang.Sense, weekday int) []string {
	ahead := weekday - weekdayOf(from)
	inWeek := from.AddDate(0, 0, ahead)
	back, on := inWeek.AddDate(0, 0, -7), inWeek.AddDate(0, 0, 7)
	certain := from.Weekday() != time.Sunday
	switch s {
	case lang.Last:
		if ahead >= 0 {
			return []string{iso(back)}
		}
		return []string{iso(back), iso(inWeek)}
	case lang.Next:
		if ahead <= 0 && certain {
			return []string{iso(on)}
		}
		return []string{iso(inWeek), iso(on)}
	}
	if ahead >= 0 && certain {
		return []string{iso(inWeek)}
	}
	return []string{iso(inWeek), iso(on)}
}

// namedMonth returns what last, this or next March may mean. Said in March, or
// with a March of the same year just past, last March may be that of the year
// before; next March said in January may be that of this year.
func namedMonth(from time.Time, s lang.Sense, m time.Month) []string {
	y := from.Year()
	ahead := int(m - from.Month())
	last, this, next := isoMonth(y-1, int(m)), isoMonth(y, int(m)), isoMonth(y+1, int(m))
	switch s {
	case lang.Last:
		switch {
		case ahead > 0:
			return []string{last}
		case ahead < -1:
			return []string{this}
		}
		return []string{last, this}
	case lang.Next:
		if ahead <= 0 {
			return []string{next}
		}
		return []string{this, next}
	}
	return []string{this}
}

// nearest returns what a weekday alone may mean. On that weekday itself it is
// uncertain whether it is today.
func nearest(from time.Time, weekday int, when tense) []string {
	ahead := (weekday - weekdayOf(from) + 7) % 7
	back, on := from.AddDate(0, 0, ahead-7), from.AddDate(0, 0, ahead)
	dates := []string{iso(back), iso(on)}
	if ahead == 0 && when != before {
		dates = append(dates, iso(on.AddDate(0, 0, 7)))
	}
	switch {
	case when == before && ahead > 0:
		return dates[:1]
	case when == after:
		return dates[1:]
	}
	return dates
}

// weekdayOf counts from 1 for Monday to 7 for Sunday (ISO 8601).
func weekdayOf(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

func iso(t time.Time) string { return t.Format(time.DateOnly) }

// isoMonth is a month in ISO 8601; m may run over the ends of its year.
func isoMonth(y, m int) string {
	return time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// week is the seven days from one on, as an interval of EDTF.
func week(from time.Time) string { return iso(from) + "/" + iso(from.AddDate(0, 0, 6)) }
