package edtf

import (
	"strconv"
	"strings"
	"time"

	"nutgraf/site/lang"
)

// Words says the date as a reader would.
func (d Date) Words(l *lang.Language) string { return d.words(l, false) }

// WordsIn says the date as the words of a key want it: within a sentence, or by itself.
func (d Date) WordsIn(l *lang.Language, key string) string { return d.words(l, l.PutsWithin(key)) }

func (d Date) words(l *lang.Language, within bool) string {
	if d.IsZero() {
		return ""
	}
	if d.Interval() {
		return d.intervalWords(l, within)
	}
	if w := d.plainWords(l); w != "" {
		return w
	}
	return partWords(d.text, l, within)
}

// CutYear returns where in Words, which are given, the part is that says the year:
// [from, to). A list that stands under the year need not show it at each date. ok is
// false where the date leaves its year, or would say nothing without it.
func (d Date) CutYear(words string, l *lang.Language) (from, to int, ok bool) {
	a, b, interval := strings.Cut(d.text, "/")
	year := strings.IndexByte(a[min(1, len(a)):], '-') + 1 // behind the sign of years BC
	switch {
	case d.prec == Year && d.text == strconv.Itoa(int(d.year)): // nothing but its year
		return 0, len(d.text), true
	case d.prec <= Year || year == 0:
		return 0, 0, false
	case interval && (d.Open() || !strings.HasPrefix(b, a[:year+1])):
		return 0, 0, false
	}
	yearText := yearWords(int64(d.year), l)
	from = strings.LastIndex(words, " "+yearText)
	if from <= 0 {
		return 0, 0, false
	}
	to = from + 1 + len(yearText)
	if before, link := strings.CutSuffix(words[:from], " "+l.YearLink); link && l.YearLink != "" {
		from = len(before)
	}
	return from, to, true
}

// plainWords says what most dates are: a day with or without a time, a month or a
// year in digits; "" where it is anything else.
func (d Date) plainWords(l *lang.Language) string {
	s, clock, timed := strings.Cut(d.text, "T")
	if s[0] == '0' || !isPlain(s) || s[0] == '-' || d.flags&(isApproximate|isUncertain) != 0 {
		return ""
	}
	switch {
	case timed && len(s) == len("2006-01-02"):
		return withClock(l.Day(number(s[8:]), number(s[5:7]), s[:4]), clock)
	case len(s) == len("2006"):
		return s
	case len(s) == len("2006-01") && d.prec == Month:
		return l.Month(number(s[5:]), s[:4])
	case len(s) == len("2006-01-02") && d.prec == Day:
		return l.Day(number(s[8:]), number(s[5:7]), s[:4])
	}
	return ""
}

// number reads two digits.
func number(s string) int { return 10*int(s[0]-'0') + int(s[1]-'0') }

func (d Date) intervalWords(l *lang.Language, within bool) string {
	a, b, _ := strings.Cut(d.text, "/")
	in := func(key, s string) string { return partWords(s, l, l.PutsWithin(key)) }
	switch {
	case d.flags&hasEnd == 0:
		return l.Say("date-since", "date", in("date-since", a))
	case d.flags&hasStart == 0:
		return l.Say("date-until", "date", in("date-until", b))
	case a == b:
		return partWords(a, l, within)
	}
	from, to := in("date-from-to", a), in("date-from-to", b)
	// What both ends share is written once: from 14 to 19 December 2022.
	if short, ok := strings.CutSuffix(from, shared(from, to)); ok && short != "" && isPlain(a) &&
		isPlain(b) && len(a) == len(b) {
		from = strings.TrimSpace(short)
	}
	return l.Say("date-from-to", "from", from, "to", to)
}

func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// shared is the longest run of whole words at the end of both.
func shared(a, b string) string {
	x, y := strings.Fields(a), strings.Fields(b)
	n := 0
	for n < len(x)-1 && n < len(y)-1 && x[len(x)-1-n] == y[len(y)-1-n] {
		n++
	}
	if n == 0 {
		return ""
	}
	return " " + strings.Join(x[len(x)-n:], " ")
}

// partWords says one date.
func partWords(s string, l *lang.Language, within bool) string {
	p := part{s: s, loc: time.UTC}
	if p.parse() != nil {
		return s
	}
	bare := strings.TrimRight(s, "~?%")
	key := ""
	switch {
	case p.flags&isApproximate != 0 && p.flags&isUncertain != 0:
		key = "date-about-uncertain"
	case p.flags&isApproximate != 0:
		key = "date-about"
	case p.flags&isUncertain != 0:
		return l.Say("date-uncertain", "date", bareWords(&p, bare, l, within))
	default:
		return bareWords(&p, bare, l, within)
	}
	return l.Say(key, "date", bareWords(&p, bare, l, l.PutsWithin(key)))
}

func bareWords(p *part, s string, l *lang.Language, within bool) string {
	year := yearWords(p.loYear, l)
	lo := time.Unix(p.lo, 0).UTC()
	switch p.prec {
	case Century:
		return l.SayDate(within, "date-century", "from", yearWords(p.loYear, l), "to", yearWords(p.hiYear, l))
	case Decade:
		return l.SayDate(within, "date-decade", "year", year)
	case Year:
		return year
	case Half, Quadrimester, Quarter, Season:
		return l.SayDate(within, "date-"+strconv.Itoa(p.grouping), "year", year)
	case Month:
		w := l.Month(int(lo.Month()), year)
		if strings.HasSuffix(s, "-XX") {
			return l.SayDate(within, "date-some-day", "date", w)
		}
		return w
	case Day:
		return l.Day(lo.Day(), int(lo.Month()), year)
	}
	return clockWords(s, l)
}

// clockWords says a time in its own zone.
func clockWords(s string, l *lang.Language) string {
	day, clock, _ := strings.Cut(s, "T")
	p := part{s: day, loc: time.UTC}
	if p.parse() != nil {
		return s
	}
	lo := time.Unix(p.lo, 0).UTC()
	return withClock(l.Day(lo.Day(), int(lo.Month()), yearWords(p.loYear, l)), clock)
}

// withClock adds a time in its own zone to the words of a day.
func withClock(w, clock string) string {
	zone := ""
	if i := strings.IndexAny(clock, "Z+-"); i >= 0 {
		clock, zone = clock[:i], clock[i:]
	}
	w += ", " + clock
	switch {
	case zone == "Z" || zone == "+00:00":
		w += " (UTC)"
	case zone != "":
		w += " (UTC" + strings.TrimSuffix(strings.Replace(zone, "0", "", boolInt(zone[1] == '0')), ":00") + ")"
	}
	return w
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func yearWords(y int64, l *lang.Language) string {
	if y <= 0 {
		return l.Say("date-bc", "year", strconv.FormatInt(1-y, 10))
	}
	return strconv.FormatInt(y, 10)
}

// EDTF returns the date as machines read it: parts of a year by their numbers.
func (d Date) EDTF() string {
	if d.Interval() {
		a, b, _ := strings.Cut(d.text, "/")
		return numbered(a) + "/" + numbered(b)
	}
	return numbered(d.text)
}

func numbered(s string) string {
	i := strings.LastIndexByte(s, '-')
	if last := s[i+1:]; last == "" || last[0] <= '9' {
		return s // no word stands there
	}
	bare := strings.TrimRight(s, "~?%")
	if n, ok := spelled[strings.ToLower(bare[i+1:])]; ok && i > 0 {
		return bare[:i+1] + strconv.Itoa(n) + s[len(bare):]
	}
	return s
}

// Datetime returns the value of an HTML <time datetime> attribute, "" where
// HTML has no form for the date.
func (d Date) Datetime() string {
	if d.Interval() || d.Vague() || d.year < 1 || d.year > 9999 {
		return ""
	}
	s := strings.TrimRight(d.text, "~?%")
	if strings.HasSuffix(s, ":60") || strings.Contains(s, ":60Z") {
		return s[:strings.IndexByte(s, 'T')]
	}
	return s
}
