package edtf

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/lang"
)

// looksSlashed reports dates such as 22/03/2024.
func looksSlashed(s string) bool {
	f := strings.Split(plain(s), "/")
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
			e.offer(m[1] + "-" + m[2])
		}
		return e
	}
	if budgetYear.MatchString(s) {
		e.Why = "budget years begin in other months from place to place"
		e.Hint = "write the months that it lasts, such as 2019-10/2020-09; an event's date_text: may call it " + s
		return e
	}
	g := guess{s: s}
	g.whole()
	if g.mistake != nil {
		return g.mistake
	}
	e.Why = g.why
	e.offer(g.readings...)
	if g.vague && len(e.readings) > 0 {
		e.Hint += fmt.Sprintf("; an event's date_text: may say “%s”", s)
	}
	if g.hint != "" {
		e.Hint = g.hint
	}
	return e
}

// offer makes the hint of the texts that a date may be meant for: which of several is never guessed.
func (e *Error) offer(readings ...string) {
	e.readings = readings
	switch len(readings) {
	case 0:
		return
	case 1:
		e.Hint = "write " + readings[0]
		return
	}
	if text, ok := strings.CutSuffix(e.Msg, "is no date that can be read"); ok {
		e.Msg = text + "can be read in more than one way"
	}
	var each []string
	for _, r := range readings {
		d, _ := Parse(r)
		switch words := d.Words(lang.For("en")); {
		case strings.Trim(words, "0123456789") == "" && words != r:
			r += " for the year " + words
		case words != r:
			r += " for " + words
		}
		each = append(each, r)
	}
	last := len(each) - 1
	e.Hint = "write " + strings.Join(each[:last], ", ") + " or " + each[last]
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

// guess is a text on its way to the dates that it may be meant for.
type guess struct {
	s         string
	readings  []string // EDTF, each another date
	vague     bool     // it says more than a date can
	why, hint string   // in place of those that readings make
	mistake   *Error   // of the one reading that there is: a day that does not exist
}

// whole reads all of the text.
func (g *guess) whole() {
	s := plain(g.s)
	upper := strings.ToUpper(s)
	s = spelledOut(strings.ToLower(s))
	if g.elsewhere(s) {
		return
	}
	switch {
	case otherCalendar.MatchString(s), s != g.s && theirYear.MatchString(s) && theirDigit.MatchString(g.s):
		g.why = "dates are read in the Gregorian calendar, as ISO 8601 counts days"
		g.hint = fmt.Sprintf("write that day in the Gregorian calendar, such as 2024-03-22; "+
			"an event's date_text: may say “%s”", g.s)
	case slices.Contains(todayWords, fold(s)):
		g.why = "the page is read on other days, too"
		g.hint = "write the day itself, such as 2024-03-22"
	case isDate(upper):
		g.readings, g.why = []string{upper}, strange(g.s)
	case !g.number(s):
		g.readings = g.read(s)
	}
}

// read is the readings of a text in lower case.
func (g *guess) read(s string) []string {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutSuffix(s, "?"); ok {
		return marked(g.read(rest), "?")
	}
	if m := aboutBehind.FindStringSubmatch(s); m != nil {
		return marked(g.read(m[1]), "~")
	}
	if rest, ok := cutWord(s, aboutWords); ok {
		return marked(g.read(rest), "~")
	}
	if rest, ok := cutWord(s, partlyWords); ok {
		g.vague = true
		return g.read(rest)
	}
	if m := openBehind.FindStringSubmatch(s); m != nil {
		if m[2] != "" {
			return formatted("../%s", g.read(m[1]))
		}
		return formatted("%s/..", g.read(m[1]))
	}
	for _, open := range []struct{ words, format string }{{untilWords, "../%s"}, {sinceWords, "%s/.."}} {
		if rest, ok := cutWord(s, open.words); ok {
			r := g.read(rest)
			if len(r) == 1 && strings.Contains(r[0], "/") { // from 1914 to 1918
				return r
			}
			return formatted(open.format, r)
		}
	}
	if rest, ok := cutWord(s, betweenWords); ok {
		g.vague = true
		return g.interval(rest)
	}
	if m := openEnd.FindStringSubmatch(s); m != nil {
		return formatted("%s/..", g.read(m[1]))
	}
	if r := g.single(s); len(r) > 0 || g.mistake != nil {
		return r
	}
	return g.interval(s)
}

// single is the readings of a text that is one date.
func (g *guess) single(s string) []string {
	if up := strings.ToUpper(s); isDate(s) {
		return []string{s}
	} else if isDate(up) {
		return []string{up}
	}
	if part := guessPart(s); part != "" && isDate(part) {
		return []string{part}
	}
	if m := decade.FindStringSubmatch(s); m != nil {
		if strings.HasSuffix(m[1], "00") {
			return []string{m[1][:3] + "X", m[1][:2] + "XX"}
		}
		return []string{m[1][:3] + "X"}
	}
	if m := shortDecade.FindStringSubmatch(s); m != nil {
		return []string{"19" + (m[1] + m[2])[:1] + "X"}
	}
	if m := century.FindStringSubmatch(s); m != nil {
		if n := ordinal(m[1] + m[2]); n > 0 && n <= 99 {
			return []string{fmt.Sprintf("%02dXX", n-1)}
		}
	}
	if m := weekDate.FindStringSubmatch(s); m != nil {
		return weekOf(m[1], m[2], m[3])
	}
	if m := dayOfYear.FindStringSubmatch(s); m != nil {
		t, err := time.Parse("2006-002", m[1]+"-"+m[2])
		return valid(t.Format(time.DateOnly), err == nil)
	}
	clock, rest, known := cutClock(s)
	if !known {
		g.why = "letters such as CST mean several time zones"
		if days := g.days(rest); len(days) == 1 {
			g.hint = "write how far it is from UTC instead, such as " + days[0] + clock + "+01:00"
		}
		return nil
	}
	if clock == "" && (strings.Contains(rest, ":") || monthTwice.MatchString(rest)) {
		return nil
	}
	var all []string
	for _, day := range g.days(rest) {
		if clock != "" && len(strings.TrimPrefix(day, "-")) < len("2006-01-02") {
			continue
		}
		if t, err := time.Parse(time.DateOnly, day); err == nil && strings.HasPrefix(clock, "T24:00") {
			day, clock = t.AddDate(0, 0, 1).Format(time.DateOnly), strings.Replace(clock, "24", "00", 1)
		}
		if r := day + clock; !slices.Contains(all, r) && isDate(r) {
			all = append(all, r)
		}
	}
	return all
}

// interval is the readings of two dates with a dash or a word between them. What they share may
// stand with one of them: 14-19 December 2022.
func (g *guess) interval(s string) []string {
	for _, cut := range between.FindAllStringIndex(s, 4) {
		from, to := strings.TrimSpace(s[:cut[0]]), strings.TrimSpace(s[cut[1]:])
		for _, pair := range shares(from, to) {
			a, b := g.single(pair[0]), g.single(pair[1])
			if len(a) != 1 || len(b) != 1 || strings.Contains(a[0]+b[0], "/") {
				continue
			}
			if _, err := parseInterval(a[0]+"/"+b[0], a[0], b[0], time.UTC); err == nil {
				g.mistake = nil
				g.vague = g.vague || strings.Contains(orWords, "|"+strings.TrimSpace(s[cut[0]:cut[1]])+"|")
				return []string{a[0] + "/" + b[0]}
			}
		}
	}
	return nil
}

// shares is from and to, and as either would be with the words of the other that it lacks.
func shares(from, to string) [][2]string {
	var pairs [][2]string
	if f := strings.Fields(from); len(f) == 2 && !isDate(to) { // March 5–7, 2020
		if _, year, ok := strings.Cut(to, " "); ok {
			pairs = append(pairs, [2]string{from + " " + year, f[0] + " " + to})
		}
	}
	if f := strings.Fields(to); !isDate(from) {
		for i := 1; i < len(f); i++ {
			pairs = append(pairs, [2]string{from + " " + strings.Join(f[i:], " "), to})
		}
	}
	if year := yearInFront.FindStringSubmatch(from); year != nil &&
		!isDate(to) { // 2018年4月-5月, 3日-5日
		if !strings.ContainsAny(to, "月월") {
			year[1] += year[2]
		}
		pairs = append(pairs, [2]string{from, year[1] + to})
	}
	return append(pairs, [2]string{from, to})
}

// monthTwice is what has two months, and so is no one day.
var monthTwice = regexp.MustCompile(`[月월].*[月월]|[日일].*[日일]`)

// yearInFront is a date whose year, and perhaps month, stand before the rest.
var yearInFront = regexp.MustCompile(`^(\d{4}[年년] ?)(\d{1,2}[月월] ?)?`)

// number reads what is nothing but digits: a day without hyphens, seconds since 1970, a day as
// spreadsheets count them, or a year of too few digits. It reports whether that was all.
func (g *guess) number(s string) bool {
	bare := strings.TrimLeft(s, "'-")
	n, err := strconv.ParseInt(bare, 10, 64)
	if err != nil {
		return false
	}
	day := func(unix int64, layout string) string { return time.Unix(unix, 0).UTC().Format(layout) }
	switch {
	case s[0] == '-' && len(bare) <= 4 && n > 0:
		g.why = "EDTF counts a year 0, which is 1 BC"
		g.readings = []string{fmt.Sprintf("-%04d", n-1), fmt.Sprintf("-%04d", n)}
		if n == 1 {
			g.readings[0] = "0000"
		}
	case n == 0 && len(s) <= 4:
		g.why = "there was no year 0; EDTF writes 0000 for 1 BC"
		g.readings = []string{"0000", "0001"}
	case len(bare) <= 2:
		g.why = "a year has four digits"
		g.readings = []string{fmt.Sprintf("19%02d", n), fmt.Sprintf("20%02d", n), fmt.Sprintf("%04d", n)}
	case s[0] == '-' || s[0] == '\'':
	case len(bare) == 3:
		g.why = "a year has four digits"
		g.readings = []string{fmt.Sprintf("%04d", n)}
	case len(bare) == 5:
		g.why = "a spreadsheet may have written it: it counts days from 1900 on"
		g.readings = []string{day((n-25569)*86400, time.DateOnly), "Y" + bare}
	case len(bare) == 8:
		g.readings = valid(bare[:4]+"-"+bare[4:6]+"-"+bare[6:], true)
	case len(bare) == 10, len(bare) == 13:
		if len(bare) == 13 {
			n /= 1000
		}
		g.why = "a program may have written it: it counts seconds from 1970 on"
		g.readings = []string{day(n, "2006-01-02T15:04:05Z")}
	}
	return true
}

// days is the readings of a text without a time of day, whatever order its day, month and year
// have; where those of two can be exchanged it is both.
func (g *guess) days(s string) []string {
	bc := false
	if m := beforeChrist.FindStringIndex(s); m != nil {
		bc, s = true, s[:m[0]]+s[m[1]:]
	}
	rest := afterChrist.ReplaceAllString(s, " ")
	f := fields{era: bc || rest != s}
	if !f.of(rest) {
		return nil
	}
	if f.named && len(f.numbers) == 1 && len(f.numbers[0]) <= 2 && !f.era {
		g.hint = fmt.Sprintf("write the year, too, such as 2024-%s-%s", f.month, twoDigits(f.numbers[0]))
	}
	var all []string
	var first *Error
	for _, d := range f.orders() {
		year := d[0]
		if bc {
			n, _ := strconv.Atoi(year)
			if year = fmt.Sprintf("-%04d", n-1); n == 1 {
				year = "0000"
			}
			g.why = "EDTF counts a year 0, which is 1 BC"
		}
		r := strings.TrimRight(year+"-"+d[1]+"-"+d[2], "-")
		p := part{s: r, loc: time.UTC, guessed: true}
		if err := p.parse(); err != nil {
			err.At, err.Len = 0, len(g.s)
			if first == nil && f.named {
				first = err
			}
			continue
		}
		if !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	if len(all) == 0 && first != nil && first.Msg != "no date" && !strings.ContainsAny(g.s, "–—") {
		g.mistake = first
	}
	return all
}

// fields are the words of a date.
type fields struct {
	numbers []string
	month   string
	named   bool // the month is a word
	era     bool // a word says of which era the year is
}

// of reads words; it is false where one of them belongs to no date.
func (f *fields) of(s string) bool {
	for _, w := range strings.FieldsFunc(monthPairs.Replace(s), func(r rune) bool {
		return strings.ContainsRune(" -/.,_،、年月日년월일", r)
	}) {
		if m := monthNumber(w); m > 0 && !f.named {
			f.month, f.named = fmt.Sprintf("%02d", m), true
			continue
		}
		if n := ordinalDigits.FindStringSubmatch(w); n != nil {
			f.numbers = append(f.numbers, n[1])
		} else if !slices.Contains(fillers, fold(w)) {
			return false
		}
	}
	return len(f.numbers) > 0 && len(f.numbers) <= 3
}

// orders is each way to read the fields: year, month and day, of which the last may be empty.
func (f *fields) orders() (all [][3]string) {
	add := func(y, m, d string) {
		for _, year := range f.years(y) {
			all = append(all, [3]string{year, twoDigits(m), twoDigits(d)})
		}
	}
	n := f.numbers
	switch {
	case f.named && len(n) == 1 && (len(n[0]) > 2 || f.era):
		add(n[0], f.month, "")
	case f.named && len(n) == 2 && len(n[0]) > 2:
		add(n[0], f.month, n[1])
	case f.named && len(n) == 2:
		add(n[1], f.month, n[0])
	case f.named:
	case len(n) == 1 && (len(n[0]) > 2 || f.era):
		all = append(all, [3]string{fmt.Sprintf("%04s", n[0])})
	case len(n) == 2 && len(n[0]) == 4:
		add(n[0], n[1], "")
	case len(n) == 2 && len(n[1]) == 4:
		add(n[1], n[0], "")
	case len(n) == 3 && len(n[0]) > 2:
		add(n[0], n[1], n[2])
		if m, _ := strconv.Atoi(n[1]); m > 12 {
			add(n[0], n[2], n[1])
		}
	case len(n) == 3:
		add(n[2], n[0], n[1])
		add(n[2], n[1], n[0])
		if len(n[2]) <= 2 {
			add(n[0], n[1], n[2])
		}
	}
	return all
}

// years is a year of four digits, or those that one of two may be meant for.
func (f *fields) years(y string) []string {
	short, _ := strconv.Atoi(y)
	switch {
	case len(y) > 2 || f.era:
		return []string{fmt.Sprintf("%04d", short)}
	case short > 40:
		return []string{fmt.Sprintf("19%02d", short)}
	case f.named:
		return []string{fmt.Sprintf("20%02d", short), fmt.Sprintf("19%02d", short)}
	}
	return []string{fmt.Sprintf("20%02d", short)}
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// cutClock takes a time of day out of a text, and returns it as EDTF has it; "" where there is none.
// Where its zone is not known, it comes without.
func cutClock(s string) (clock, rest string, known bool) {
	m := timeOfDay.FindStringSubmatchIndex(s)
	if m == nil {
		return "", s, true
	}
	at := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return s[m[2*i]:m[2*i+1]]
	}
	hour, _ := strconv.Atoi(at(1))
	minute, half := at(2), at(4)
	switch {
	case minute == "" && half == "":
		return "", s, true
	case strings.HasPrefix(half, "p") && hour < 12:
		hour += 12
	case strings.HasPrefix(half, "a") && hour == 12:
		hour = 0
	}
	if minute == "" {
		minute = "00"
	}
	clock = fmt.Sprintf("T%02d:%s", hour, minute)
	if at(3) != "" {
		clock += ":" + at(3)
	}
	zone, known := zoneOf(at(5))
	return clock + zone, s[:m[0]] + " " + s[m[1]:], known
}

// zoneOf is a zone as EDTF has it. Letters that mean several zones are not known.
func zoneOf(s string) (zone string, known bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", true
	}
	if s[0] == '+' || s[0] == '-' {
		digits := strings.ReplaceAll(s[1:], ":", "")
		if len(digits) == 2 {
			digits += "00"
		}
		return s[:1] + digits[:2] + ":" + digits[2:], true
	}
	zone, known = zones[s]
	return zone, known
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

// valid is s as the one reading, or none.
func valid(s string, ok bool) []string {
	if ok && isDate(s) {
		return []string{s}
	}
	return nil
}

// weekOf is the days of a week of ISO 8601, or one of them.
func weekOf(year, week, day string) []string {
	y, _ := strconv.Atoi(year)
	n, _ := strconv.Atoi(week)
	fourth := time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC) // is always of the first week
	monday := fourth.AddDate(0, 0, 7*(n-1)-(int(fourth.Weekday())+6)%7)
	if d, err := strconv.Atoi(day); err == nil {
		return valid(monday.AddDate(0, 0, d-1).Format(time.DateOnly), true)
	}
	return valid(monday.Format(time.DateOnly)+"/"+monday.AddDate(0, 0, 6).Format(time.DateOnly), true)
}

func marked(dates []string, mark string) []string { return formatted("%s"+mark, dates) }

func formatted(format string, dates []string) (all []string) {
	for _, d := range dates {
		if !strings.ContainsAny(d, "/~?") {
			all = append(all, fmt.Sprintf(format, d))
		}
	}
	return all
}

// plain is a text in ASCII's digits, hyphens and blanks, as far as its letters let it.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Pd, r), r == '−', r == 'ー':
			return '-'
		case r == '\u2044', r == '\u2215':
			return '/'
		}
		return r
	}, diag.Digits(norm.NFKC.String(s)))), " ")
}

// strange names the first character in a date that is not of those that dates are made of.
func strange(s string) string {
	for _, r := range s {
		if r >= 0x7F {
			return fmt.Sprintf("dates are written with the digits 0 to 9 and the hyphen-minus; “%c” is U+%04X", r, r)
		}
	}
	return ""
}

// fold is a word without accents, as months are compared.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}
