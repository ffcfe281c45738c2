package edtf

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
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
	meant, err := Parse(strings.TrimPrefix(e.Hint, "write "))
	if e.Hint == dateHint || err == nil && !meant.isDay() {
		e.Hint = dayHint
	}
	return e
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

// looksSlashed reports dates such as 22/03/2024.
func looksSlashed(s string) bool {
	f := strings.Split(s, "/")
	return len(f) == 3 && len(f[0]) <= 2 && f[0] != "" && f[0] != ".." ||
		len(f) == 3 && len(f[0]) == 4 && len(f[1]) <= 2 && f[1] != ""
}

// shapeError guesses what a writer meant who wrote no EDTF at all.
func shapeError(s string) *Error {
	e := &Error{Len: len(s), Msg: fmt.Sprintf("“%s” is no date that can be read", s), Hint: dateHint}
	if m := shortYears.FindStringSubmatch(s); m != nil {
		y, _ := strconv.ParseInt(m[1], 10, 64)
		n, _ := strconv.Atoi(m[2])
		switch years, isMonth := yearsTo(y, n), n >= 1 && n <= 12; {
		case years != "" && isMonth:
			e.years = true
			e.Hint = fmt.Sprintf("write %s for two years, or %s-%s for the month", years, m[1], m[2])
		case years != "":
			e.years, e.Hint = true, "write "+years
		case isMonth:
			e.Hint = "write " + m[1] + "-" + m[2]
		}
		return e
	}
	if budgetYear.MatchString(s) {
		e.Why = "budget years begin in other months from place to place"
		e.Hint = "write the months that it lasts, such as 2019-10/2020-09; an event's date_text: may call it " + s
		return e
	}
	if g := guess(s); isDate(g) {
		e.Hint = "write " + g
	}
	return e
}

// shortYears is a year with two digits of another one, budgetYear a year that is
// called by its budget.
var (
	shortYears = regexp.MustCompile(`^(?:FY ?)?(\d{4})[-/–—](\d\d)$`)
	budgetYear = regexp.MustCompile(`^(?i)FY[ -]?(\d{2}|\d{4})$`)
)

// yearsTo is an interval of years, of which the second has two digits; "" where
// that would be the earlier one.
func yearsTo(y int64, short int) string {
	last := y - y%100 + int64(short)
	if last = max(last, y+1); y < 0 || last%100 != int64(short) {
		return ""
	}
	return fmt.Sprintf("%04d/%04d", y, last)
}

// partsOfYears are ways to write a season, a quarter or a half: behind its year
// or before it.
var partsOfYears = regexp.MustCompile(
	`^(?:(\d{4})[-/ ]*(` + partNames + `)|(?:the )?(` + partNames +
		`|(?:first|second|third|fourth) quarter|(?:first|second) half)(?:[-/, ]| of )*(\d{4}))$`)

const partNames = `q[1-4]|[1-4]q|h[12]|[12]h|spring|summer|autumn|fall|winter`

// guessPart puts a season, a quarter or a half behind its year, "" where it is none.
func guessPart(lower string) string {
	m := partsOfYears.FindStringSubmatch(lower)
	if m == nil {
		return ""
	}
	year, name := m[1]+m[4], m[2]+m[3]
	if ordinal, kind, ok := strings.Cut(name, " "); ok {
		n := 1 + slices.Index([]string{"first", "second", "third", "fourth"}, ordinal)
		name = kind[:1] + strconv.Itoa(n) // of quarter and half
	} else if name[0] <= '4' {
		name = name[1:] + name[:1]
	}
	return year + "-" + name
}

// isDate reports whether a guess is a date, or an interval of two.
func isDate(g string) bool {
	for half := range strings.SplitSeq(g, "/") {
		p := part{s: half, loc: time.UTC, guessed: true}
		if half == "" || p.parse() != nil {
			return false
		}
	}
	return true
}

// guess turns common ways to write a date into EDTF, "" where none fits.
func guess(s string) string {
	s = strings.TrimSpace(s)
	if from, to, ok := cutDash(s); ok && isDate(from) && isDate(to) {
		return from + "/" + to
	}
	lower := strings.ToLower(s)
	if g := guessPart(lower); g != "" {
		return g
	}
	for _, about := range []string{"c. ", "ca. ", "circa ", "about ", "around ", "c."} {
		if rest, ok := strings.CutPrefix(lower, about); ok {
			return strings.TrimSpace(rest) + "~"
		}
	}
	if len(lower) == 5 && lower[4] == 's' && lower[3] == '0' {
		return lower[:3] + "X"
	}
	if strings.Contains(lower, "x") {
		return strings.ToUpper(s)
	}
	if rest, ok := strings.CutSuffix(s, " ?"); ok {
		return rest + "?"
	}
	if len(s) == 9 && s[4] == '-' && isMask(s[:4]) && isMask(s[5:]) {
		return s[:4] + "/" + s[5:]
	}
	if day, clock, ok := strings.Cut(s, " "); ok && strings.Contains(clock, ":") && strings.Count(day, "-") == 2 {
		return day + "T" + strings.ReplaceAll(clock, " ", "")
	}
	return guessFields(strings.FieldsFunc(lower, func(r rune) bool { return strings.ContainsRune(" -/.,", r) }))
}

// cutDash cuts at a dash that is longer than a hyphen.
func cutDash(s string) (from, to string, ok bool) {
	i := strings.IndexAny(s, "–—")
	if i < 0 {
		return "", "", false
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len("–"):]), true
}

// guessFields puts day, month and year in order.
func guessFields(f []string) string {
	var year, month, day string
	for _, w := range f {
		w = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(w, "th"), "st"), "nd"), "rd")
		if m := monthNumber(w); m > 0 && month == "" {
			month = fmt.Sprintf("%02d", m)
			continue
		}
		n, err := strconv.Atoi(w)
		switch {
		case err != nil || n < 0:
			return ""
		case len(w) == 4 && year == "":
			year = w
		case day == "":
			day = fmt.Sprintf("%02d", n)
		case month == "": // a second small number
			month = fmt.Sprintf("%02d", n)
		default:
			return ""
		}
	}
	if year != "" && len(f) > 0 && f[0] == year && month != "" && day != "" && monthNumber(f[1]) == 0 {
		day, month = month, day // 2024-3-22
	}
	switch {
	case year == "":
		return ""
	case month == "" && day == "":
		return year
	case month == "":
		return year + "-" + day
	case day == "":
		return year + "-" + month
	}
	if m, _ := strconv.Atoi(month); m > 12 {
		day, month = month, day
	}
	return year + "-" + month + "-" + day
}

func monthNumber(w string) int {
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); w == name || len(w) >= 3 && w == name[:3] ||
			w == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}
