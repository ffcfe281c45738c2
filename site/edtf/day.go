package edtf

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseDay reads a date or a date-time such as published has. A bare date
// counts from its first minute in loc, and so does a time without a zone. The
// error is an *Error.
func ParseDay(s string, loc *time.Location) (t time.Time, hasClock bool, err error) {
	d, err := ParseIn(s, loc)
	if err != nil {
		return time.Time{}, false, noDay(s, err)
	}
	switch {
	case !d.isDay():
		return time.Time{}, false, &Error{Len: len(s), Msg: fmt.Sprintf("“%s” is no day", s), Hint: dayHint}
	case d.flags&(isApproximate|isUncertain) != 0:
		return time.Time{}, false, &Error{At: len(s) - 1, Len: 1,
			Msg: "this day can't be uncertain", Hint: "write " + s[:len(s)-1]}
	case d.prec == Day:
		offset, _ := localOffset(d.lo, loc) // without a midnight, it begins when the clocks go forward
		return time.Unix(d.lo-offset, 0).In(loc), false, nil
	}
	return time.Unix(d.lo, 0).In(loc), true, nil
}

// noDay says what is wrong with what is no date at all where a day is needed.
func noDay(s string, err error) error {
	var e *Error
	if !errors.As(err, &e) || e.years {
		return &Error{Len: len(s), Msg: fmt.Sprintf("“%s” is no day", s), Hint: dayHint}
	}
	var days []string
	for _, r := range e.readings {
		r = strings.TrimRight(r, "~?%")
		if d, _ := Parse(r); d.isDay() {
			days = append(days, r)
		}
	}
	if e.Hint == dateHint || len(days) < len(e.readings) {
		e.Hint, e.Why = dayHint, ""
	} else {
		e.offer(days...)
	}
	return e
}

// Guessed reports whether an error of this package says which date was meant.
func Guessed(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Hint != dateHint && e.Hint != dayHint
}

// What may be written, where nobody can guess what was meant.
const (
	dateHint = "write it as 2024-03-22, 2024-03 or 2024; 2018~ is about 2018, 2019-06? is " +
		"uncertain, 2022/2024 lasted, 2024-spring, 2014-q4 or 2024-h1 is some day within"
	dayHint = "a day is needed here: 2024-03-22, or 2024-03-22T20:00"
)

func (d Date) isDay() bool {
	return !d.Interval() && d.prec >= Day && !strings.Contains(d.text, "X")
}

// Span is a length of calendar time.
type Span struct{ Years, Months, Days int }

// ParseDuration reads 90d, 6w, 3m or 1y.
func ParseDuration(s string) (Span, bool) {
	if len(s) < 2 || len(s) > 6 {
		return Span{}, false
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	if err != nil || n < 1 || s[0] == '+' {
		return Span{}, false
	}
	switch s[len(s)-1] {
	case 'd':
		return Span{Days: n}, true
	case 'w':
		return Span{Days: 7 * n}, true
	case 'm':
		return Span{Months: n}, true
	case 'y':
		return Span{Years: n}, true
	}
	return Span{}, false
}

// After returns the time that lies the span after t.
func (s Span) After(t time.Time) time.Time { return t.AddDate(s.Years, s.Months, s.Days) }
