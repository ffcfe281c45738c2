package edtf

import (
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
		return time.Time{}, false, err
	}
	switch {
	case d.Interval() || d.prec < Day || strings.Contains(s, "X"):
		return time.Time{}, false, &Error{Len: len(s), Msg: fmt.Sprintf("“%s” is no day", s), Hint: "a day is needed here: 2024-03-22, or 2024-03-22T20:00"}
	case d.flags&(isApproximate|isUncertain) != 0:
		return time.Time{}, false, &Error{At: len(s) - 1, Len: 1, Msg: "this day can't be uncertain", Hint: "write " + s[:len(s)-1]}
	case d.prec == Day:
		w := time.Unix(d.lo, 0).UTC()
		return time.Date(w.Year(), w.Month(), w.Day(), 0, 0, 0, 0, loc), false, nil
	}
	return time.Unix(d.lo, 0).In(loc), true, nil
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
	return len(f) == 3 && len(f[0]) <= 2 && f[0] != "" && f[0] != ".." || len(f) == 3 && len(f[0]) == 4 && len(f[1]) <= 2 && f[1] != ""
}

// shapeError guesses what a writer meant who wrote no EDTF at all.
func shapeError(s string) *Error {
	e := &Error{Len: len(s), Msg: fmt.Sprintf("“%s” is no date that can be read", s), Hint: "write it as 2024-03-22, 2024-03 or 2024; 2018~ is about 2018, 2019-06? is uncertain, 2022/2024 lasted"}
	if g := guess(s); isDate(g) {
		e.Hint = "write " + g
	}
	return e
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
	lower := strings.ToLower(s)
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
		if name := strings.ToLower(m.String()); w == name || len(w) >= 3 && w == name[:3] || w == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}
