package edtf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// eras are what is added to a year of an era to make it one of the Gregorian calendar, whose months
// and days these calendars share.
var eras = map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867,
	"r": 2018, "h": 1988, "s": 1925, "民國": 1911, "民国": 1911, "พ.ศ.": -543, "พศ": -543, "พ.ศ": -543}

var (
	eraYear  = regexp.MustCompile(`(令和|平成|昭和|大正|明治|民國|民国|พ\.ศ\.?|พศ) ?(元|\d{1,4})`)
	eraShort = regexp.MustCompile(`^([rhs])(\d{1,2})([./-]\d{1,2}[./-]\d{1,2})$`)
	thaiYear = regexp.MustCompile(`^(\d{1,2} [\p{Thai}.]+ )(2[45]\d\d)$`)

	// iranianDay is a day with the number of its month, iranianName one with the month's name.
	iranianDay  = regexp.MustCompile(`^(1[34]\d\d)[-/.](\d{1,2})[-/.](\d{1,2})$`)
	iranianName = regexp.MustCompile(`^(\d{1,2})(?:ام|م)? (\S+)(?: ماه)?,? (1[34]\d\d)$`)
)

// iranianMonths are the months of the Iranian calendar, as they are written in Persian and elsewhere.
var iranianMonths = strings.Fields(`فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند`)

// elsewhere reads a day of another calendar, where there is a sure way to ours, and reports
// whether it did.
func (g *guess) elsewhere(s string) bool {
	if m := eraShort.FindStringSubmatch(s); m != nil {
		return g.ofEra(s, m[1], m[2], m[3])
	}
	if m := eraYear.FindStringSubmatchIndex(s); m != nil {
		return g.ofEra(s, s[m[2]:m[3]], s[m[4]:m[5]], s[:m[0]]+"\x00"+s[m[1]:])
	}
	if m := thaiYear.FindStringSubmatch(s); m != nil {
		return g.ofEra(s, "พศ", m[2], m[1]+"\x00")
	}
	if m := iranianName.FindStringSubmatch(s); m != nil {
		for i, name := range iranianMonths {
			if name == m[2] {
				return g.iranian(m[3], strconv.Itoa(i+1), m[1], false)
			}
		}
	}
	if m := iranianDay.FindStringSubmatch(s); m != nil && m[1] < "1430" {
		return g.iranian(m[1], m[2], m[3], !theirDigit.MatchString(g.s))
	}
	return false
}

// OtherYear is the calendar that a day of our time must be of, by its year, and the day in ours where
// the way there is sure. It is "" where the year may be one of ours.
func OtherYear(t time.Time) (calendar, ours string) {
	y, m, d := t.Date()
	switch {
	case y >= 1340 && y < 1430 && d <= iranianDays(y, int(m)):
		return "the Iranian calendar", iranianDate(y, int(m), d).Format(time.DateOnly)
	case y >= 1430 && y < 1500:
		return "the Islamic calendar", ""
	case y >= 2450 && y < 2650:
		return "the Buddhist era, as in Thailand", t.AddDate(-543, 0, 0).Format(time.DateOnly)
	case y > 0 && y < 100:
		return "another century", t.AddDate(2000, 0, 0).Format(time.DateOnly)
	case y < 1500 || y > 2450:
		return "another age", ""
	}
	return "", ""
}

// ofEra reads a text with the year of an era, whose place in the text is NUL, or else before it.
func (g *guess) ofEra(s, era, year, rest string) bool {
	n, err := strconv.Atoi(year)
	if year == "元" {
		n, err = 1, nil
	}
	y := strconv.Itoa(n + eras[era])
	if !strings.Contains(rest, "\x00") {
		rest = "\x00" + rest
	}
	days := g.days(strings.Replace(rest, "\x00", y, 1))
	if err != nil || len(days) != 1 {
		return false
	}
	g.readings = days
	g.why = fmt.Sprintf("dates are read in the Gregorian calendar, in which this year is %s", y)
	return true
}

// iranian reads a day of the Iranian calendar, which may be one of the Middle Ages where ours says so.
func (g *guess) iranian(year, month, day string, ours bool) bool {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if y < 1250 || m < 1 || m > 12 || d < 1 || d > iranianDays(y, m) {
		return false
	}
	g.readings = []string{iranianDate(y, m, d).Format(time.DateOnly)}
	if ours {
		g.readings = append(g.readings, valid(fmt.Sprintf("%s-%02d-%02d", year, m, d), true)...)
	}
	g.why = "dates are read in the Gregorian calendar; of the Iranian one this is " + g.readings[0]
	return true
}

// iranianDays is how many days a month of the Iranian calendar has, by the cycle of 33 years that
// gives the years of 366 days from 1178 to 1633 (1799 to 2254).
func iranianDays(year, month int) int {
	switch {
	case month <= 6:
		return 31
	case month < 12 || (25*year+11)%33 < 8:
		return 30
	}
	return 29
}

// iranianDate is the Gregorian day of one in the Iranian calendar.
func iranianDate(year, month, day int) time.Time {
	days := day - 1
	for m := 1; m < month; m++ {
		days += iranianDays(year, m)
	}
	for y := year; y < 1400; y++ {
		days -= 336 + iranianDays(y, 12)
	}
	for y := 1400; y < year; y++ {
		days += 336 + iranianDays(y, 12)
	}
	return time.Date(2021, 3, 21+days, 0, 0, 0, 0, time.UTC)
}

// How East Asian and Vietnamese dates are written that have more than numbers before 年, 月 and 日.
var (
	aboutBehind = regexp.MustCompile(`^(.*\d.*?) ?(?:頃|ごろ|左右|前后|前後|경|무렵|civarı|dolaylarında)$`)
	openBehind  = regexp.MustCompile(`^(.*\d.*?) ?(?:(以前|まで|之前|이전|까지)|(?:以降|以後|以后|之后|から|起|이후|` +
		`부터))$`)
	hanNumber     = regexp.MustCompile(`[〇零一二三四五六七八九十]+`)
	vietnameseDay = regexp.MustCompile(`^(?:ngày )?(?:(\d{1,2})[ /])?tháng (\d{1,2})(?:,? năm |` +
		`/|,? )(\d{4})$`)
	eastQuarter = regexp.MustCompile(`^(\d{4})(?:年|년) ?第?([1-4])(?:季度|四半期|분기)$`)
	eastHalf    = regexp.MustCompile(`^(\d{4})(?:年|년)? ?(?:(上半年|上半期|상반기)|(?:下半年|下半期|하반기))$`)
	eastClock   = regexp.MustCompile(`(오전|午前|上午|오후|午後|下午)? ?(\d{1,2})(?:(?::|시 ?|時|时|点|` +
		`點)(\d{2})?분?分?)$`)
)

var (
	weekdayBehind = regexp.MustCompile(` ?\(?(?:[日月火水木金土]曜日?|星期[一二三四五六日天]|[월화수목금토일]요일)\)?|` +
		` ?\([日月火水木金土一二三四五六월화수목금토일]\)`)
	ordinalColon = regexp.MustCompile(`\b(\d{1,2}):[ae]\b`) // Swedish
	waveDash     = regexp.MustCompile(`[〜~](\d)`)
	dottedClock  = regexp.MustCompile(`\b(\d{1,2})\.(\d\d) ?uhr$`)
	hourSign     = regexp.MustCompile(`(\d:\d\d) ?(?:h|hrs?|uhr|ч\.?|год\.?|godz\.?)\.?$`)
)

// todayWords are words for the day on which a text is written.
var todayWords = strings.Fields(`today now yesterday tomorrow heute gestern morgen
	jetzt aujourd'hui hier demain hoy ayer mañana hoje ontem oggi ieri domani
	vandaag gisteren dzis dzisiaj wczoraj bugun dun сегодня вчера
	сьогодні вчора σημερα اليوم امروز היום आज 今天 今日 오늘 hom-nay hari-ini kemarin besok i-dag idag dnes`)

// spelledOut is a text in lower case with what East Asian and Vietnamese dates spell out in digits.
func spelledOut(s string) string {
	if m := vietnameseDay.FindStringSubmatch(s); m != nil {
		return strings.TrimSuffix(m[3]+"-"+twoDigits(m[2])+"-"+twoDigits(m[1]), "-")
	}
	s = weekdayBehind.ReplaceAllString(s, "")
	s = dottedClock.ReplaceAllString(s, "$1:$2")
	s = hourSign.ReplaceAllString(s, "$1")
	s = ordinalColon.ReplaceAllString(s, "$1")
	s = waveDash.ReplaceAllString(s, "-$1")
	if strings.ContainsAny(s, "年世") {
		s = hanNumber.ReplaceAllStringFunc(s, hanDigits)
	}
	if m := eastQuarter.FindStringSubmatch(s); m != nil {
		return m[1] + "-q" + m[2]
	}
	if m := eastHalf.FindStringSubmatch(s); m != nil {
		return m[1] + map[bool]string{true: "-h1", false: "-h2"}[m[2] != ""]
	}
	if m := eastClock.FindStringSubmatchIndex(s); m != nil && m[0] > 0 &&
		strings.ContainsAny(s, "오午시時时点點") {
		minute, half := "00", ""
		if m[6] >= 0 {
			minute = s[m[6]:m[7]]
		}
		if m[2] >= 0 {
			half = map[bool]string{true: " pm", false: " am"}[strings.Contains("오후午後下午",
				s[m[2]:m[3]])]
		}
		return strings.TrimSpace(s[:m[0]]) + " " + s[m[4]:m[5]] + ":" + minute + half
	}
	return s
}

// hanDigits is a number of Chinese numerals below a hundred, or of digits one by one, in digits.
func hanDigits(s string) string {
	digit := func(r string) int { return strings.Index("〇一二三四五六七八九", r) / 3 }
	s = strings.ReplaceAll(s, "零", "〇")
	tens, ones, ok := strings.Cut(s, "十")
	if !ok {
		out := ""
		for _, r := range s {
			out += strconv.Itoa(digit(string(r)))
		}
		return out
	}
	n := 10
	if tens != "" {
		n *= digit(tens)
	}
	if ones != "" {
		n += digit(ones)
	}
	return strconv.Itoa(n)
}
