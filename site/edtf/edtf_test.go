package edtf

import (
	"errors"
	"slices"
	"testing"
	"time"

	"nutgraf/site/lang"
)

func TestDates(t *testing.T) {
	en := lang.For("en")
	for _, c := range []struct {
		in, earliest, latest, words, datetime string
		year                                  int
	}{
		{"2024-03-22", "2024-03-22T00:00:00Z", "2024-03-22T23:59:59Z", "22 March 2024", "2024-03-22", 2024},
		{"2024-03", "2024-03-01T00:00:00Z", "2024-03-31T23:59:59Z", "March 2024", "2024-03", 2024},
		{"2014", "2014-01-01T00:00:00Z", "2014-12-31T23:59:59Z", "2014", "2014", 2014},
		{"2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z", "February 2024", "2024-02", 2024},
		{"2018~", "2018-01-01T00:00:00Z", "2018-12-31T23:59:59Z", "about 2018", "2018", 2018},
		{"2019-06?", "2019-06-01T00:00:00Z", "2019-06-30T23:59:59Z", "June 2019 (uncertain)", "2019-06", 2019},
		{"199X", "1990-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "the 1990s", "", 1990},
		{"2024-03-22T20:00+03:00", "2024-03-22T17:00:00Z", "2024-03-22T17:00:59Z", "22 March 2024, 20:00 (UTC+3)", "2024-03-22T20:00+03:00", 2024},
		{"2024-21", "2024-03-01T00:00:00Z", "2024-05-31T23:59:59Z", "spring 2024", "", 2024},
		{"2020-22", "2020-06-01T00:00:00Z", "2020-08-31T23:59:59Z", "summer 2020", "", 2020},
		{"2011-12", "2011-12-01T00:00:00Z", "2011-12-31T23:59:59Z", "December 2011", "2011-12", 2011},
		{"2024-24", "2024-12-01T00:00:00Z", "2025-02-28T23:59:59Z", "winter 2024", "", 2024},
		{"2014-36", "2014-10-01T00:00:00Z", "2014-12-31T23:59:59Z", "fourth quarter of 2014", "", 2014},
		{"2014-41", "2014-07-01T00:00:00Z", "2014-12-31T23:59:59Z", "second half of 2014", "", 2014},
		{"2024-spring", "2024-03-01T00:00:00Z", "2024-05-31T23:59:59Z", "spring 2024", "", 2024},
		{"2020-Fall", "2020-09-01T00:00:00Z", "2020-11-30T23:59:59Z", "autumn 2020", "", 2020},
		{"2023-winter~", "2023-12-01T00:00:00Z", "2024-02-29T23:59:59Z", "about winter 2023", "", 2023},
		{"2014-q4", "2014-10-01T00:00:00Z", "2014-12-31T23:59:59Z", "fourth quarter of 2014", "", 2014},
		{"2014-Q1?", "2014-01-01T00:00:00Z", "2014-03-31T23:59:59Z", "first quarter of 2014 (uncertain)", "", 2014},
		{"2024-h1", "2024-01-01T00:00:00Z", "2024-06-30T23:59:59Z", "first half of 2024", "", 2024},
		{"2024-01-02/2024-01-02", "2024-01-02T00:00:00Z", "2024-01-02T23:59:59Z", "2 January 2024", "", 2024},
		{"2020-summer/2021-q1", "2020-06-01T00:00:00Z", "2021-03-31T23:59:59Z", "from summer 2020 to the first quarter of 2021", "", 2020},
		{"2022-12-14/2022-12-19", "2022-12-14T00:00:00Z", "2022-12-19T23:59:59Z", "from 14 to 19 December 2022", "", 2022},
		{"2022/..", "2022-01-01T00:00:00Z", "", "since 2022", "", 2022},
		{"../2022", "", "2022-12-31T23:59:59Z", "until 2022", "", 2022},
		{"-0043", "-0043-01-01T00:00:00Z", "-0043-12-31T23:59:59Z", "44 BC", "", -43},
		{"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", "2017-01-01T00:00:00Z", "31 December 2016, 23:59:60 (UTC)", "2016-12-31", 2016},
	} {
		d, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		bound := func(at time.Time, ok bool) string {
			if !ok {
				return ""
			}
			return at.Format(time.RFC3339)
		}
		if got := bound(d.Earliest()); got != c.earliest {
			t.Errorf("%s begins %s, want %s", c.in, got, c.earliest)
		}
		if got := bound(d.Latest()); got != c.latest {
			t.Errorf("%s ends %s, want %s", c.in, got, c.latest)
		}
		if got := d.Words(en); got != c.words {
			t.Errorf("%s reads %q, want %q", c.in, got, c.words)
		}
		if got := d.Datetime(); got != c.datetime {
			t.Errorf("%s has the datetime %q, want %q", c.in, got, c.datetime)
		}
		if d.Year() != c.year {
			t.Errorf("%s is of %d, want %d", c.in, d.Year(), c.year)
		}
	}
}

func TestMistakes(t *testing.T) {
	for in, hint := range map[string]string{
		"2024-04-31":    "April 2024 has 30 days",
		"2023-02-29":    "February 2023 has 28 days",
		"2024-22-03":    "write 2024-03-22",
		"22/03/2024":    "write 2024-03-22",
		"22-03-2024":    "write 2024-03-22",
		"March 2024":    "write 2024-03",
		"2024-3-22":     "write 2024-03-22",
		"2018-2019":     "write 2018/2019",
		"199x":          "write 199X",
		"1990s":         "write 199X",
		"c. 2018":       "write 2018~",
		"2018 ?":        "write 2018?",
		"2022/2020":     "write 2020/2022",
		"2024-03-22T25": "write 20:00, 20:00Z or 20:00+03:00",

		"2020-21":         "write 2020/2021 for what lasted from one year to the other, or 2020-spring",
		"2023-24?":        "write 2023/2024 for what lasted from one year to the other, or 2023-winter",
		"1924-25":         "write 1924/1925 for what lasted from one year to the other, or 1924-spring",
		"2028-29":         "write 2028/2029 for what lasted from one year to the other, or 2028-09/2028-11",
		"2029-30":         "write 2029/2030 for what lasted from one year to the other, or 2029-12/2030-02",
		"2040-41":         "write 2040/2041 for what lasted from one year to the other, or 2040-h2",
		"2019-20":         "write 2019/2020 for what lasted until that year; months run from 01 to 12",
		"1999-00":         "write 1999/2000 for what lasted until that year; months run from 01 to 12",
		"2014-13":         "months run from 01 to 12",
		"2020–21":         "write 2020/2021",
		"2020/21":         "write 2020/2021",
		"2020–2021":       "write 2020/2021",
		"2008/09":         "write 2008/2009 for two years, or 2008-09 for the month",
		"2024/03":         "write 2024-03",
		"FY2020-21":       "write 2020/2021",
		"FY2020":          "write the months that it lasts, such as 2019-10/2020-09; an event's date_text: may call it FY2020",
		"2020-21/2022-23": "between two dates write a year, a month or a season: 2020, 2020-03 or 2020-spring",
		"Q4 2014":         "write 2014-q4",
		"2014Q4":          "write 2014-q4",
		"spring 2024":     "write 2024-spring",
		"2nd half 2024":   "write 2024-h2",

		"the fourth quarter of 2014": "write 2014-q4",
		"Frühjahr 2020":              "write 2020-spring",
		"3. Quartal 2019":            "write 2019-q3",
		"1er semestre 2020":          "write 2020-h1",

		"2017-07-06T04:03:44.000Z":      "write 2017-07-06T04:03:44Z",
		"2015-09-27 13:44:54 +0200":     "write 2015-09-27T13:44:54+02:00",
		"Thu, 05 Mar 2020 12:00:00 GMT": "write 2020-03-05T12:00:00Z",
		"March 5, 2020 at 3:30 pm":      "write 2020-03-05T15:30",
		"2024-03-22T24:00":              "write 2024-03-23T00:00",
		"2020-12-25T10:00 CST":          "write how far it is from UTC instead, such as 2020-12-25T10:00+01:00",
		"1583340000":                    "write 2020-03-04T16:40:00Z",
		"43895":                         "write 2020-03-05 for 5 March 2020 or Y43895 for the year 43895",
		"2024-W12":                      "write 2024-03-18/2024-03-24",
		"2024-082":                      "write 2024-03-22",
		"20200305":                      "write 2020-03-05",

		"11/8/2016":  "write 2016-11-08 for 8 November 2016 or 2016-08-11 for 11 August 2016",
		"5.3.2020":   "write 2020-05-03 for 3 May 2020 or 2020-03-05 for 5 March 2020",
		"5/5/2020":   "write 2020-05-05",
		"27.9.2015":  "write 2015-09-27",
		"2020/03/05": "write 2020-03-05",
		"31.12.99":   "write 1999-12-31",
		"31.12.20":   "write 2020-12-31 for 31 December 2020 or 2031-12-20 for 20 December 2031",
		"05-Mar-20":  "write 2020-03-05 for 5 March 2020 or 1920-03-05 for 5 March 1920",

		"March 5th, 2020":         "write 2020-03-05",
		"5. März 2020":            "write 2020-03-05",
		"le 1er août 2020":        "write 2020-08-01",
		"12 de octubre de 1492":   "write 1492-10-12",
		"5 марта 2020 г.":         "write 2020-03-05",
		"٥ آذار ٢٠٢٠":             "write 2020-03-05",
		"2020年3月5日":               "write 2020-03-05",
		"２０２０－０３－０５":              "write 2020-03-05",
		"2020\u201103\u201105":    "write 2020-03-05",
		"31 February 2020":        "February 2020 has 29 days",
		"5 March":                 "write the year, too, such as 2024-03-05",
		"14-19 December 2022":     "write 2022-12-14/2022-12-19",
		"March 5–7, 2020":         "write 2020-03-05/2020-03-07",
		"5 March – 7 April 2020":  "write 2020-03-05/2020-04-07",
		"from 1914 to 1918":       "write 1914/1918",
		"2019 or 2020":            "write 2019/2020; an event's date_text: may say “2019 or 2020”",
		"2020-3-5/2020-4-1":       "write 2020-03-05/2020-04-01",
		"2020-present":            "write 2020/..",
		"vor 1950":                "write ../1950",
		"early 2020":              "write 2020; an event's date_text: may say “early 2020”",
		"um 1900":                 "write 1900~",
		"1900s":                   "write 190X for the 1900s or 19XX for between 1900 and 1999",
		"XIXe siècle":             "write 18XX",
		"44 BC":                   "write -0043",
		"15 March 44 BC":          "write -0043-03-15",
		"44 v. Chr.":              "write -0043",
		"79 CE":                   "write 0079",
		"0":                       "write 0000 for 1 BC or 0001 for the year 1",
		"-44":                     "write -0043 for 44 BC or -0044 for 45 BC",
		"2020-05-00":              "write 2020-05",
		"15 Ramadan 1441":         "write that day in the Gregorian calendar, such as 2024-03-22; an event's date_text: may say “15 Ramadan 1441”",
		"۱۵ فروردین ۱۳۹۹":         "write 2020-04-03",
		"2022-12-14 – 2022-12-19": "write 2022-12-14/2022-12-19",
	} {
		_, err := Parse(in)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v, want an *Error", in, err)
			continue
		}
		if e.Hint != hint {
			t.Errorf("%s: hint %q, want %q (message %q)", in, e.Hint, hint, e.Msg)
		}
		if e.At < 0 || e.At+e.Len > len(in) {
			t.Errorf("%s: the place %d+%d lies outside", in, e.At, e.Len)
		}
	}
}

// TestParts holds that parts of a year, spelled or counted, are one to machines,
// uncertain to readers, and said in each language that has words.
func TestParts(t *testing.T) {
	for _, c := range [][6]string{
		{"2024-spring", "2024-21", "spring 2024", "Frühling 2024", "primavera de 2024", "printemps 2024"},
		{"2024-winter?", "2024-24?", "winter 2024 (uncertain)", "Winter 2024 (unsicher)", "invierno de 2024 (incierto)", "hiver 2024 (incertain)"},
		{"2014-q4", "2014-36", "fourth quarter of 2014", "viertes Quartal 2014", "cuarto trimestre de 2014", "quatrième trimestre 2014"},
		{"2024-H1", "2024-40", "first half of 2024", "erste Hälfte 2024", "primer semestre de 2024", "premier semestre 2024"},
		{"-0043-summer", "-0043-22", "summer 44 BC", "Sommer 44 v. Chr.", "verano de 44 a. C.", "été 44 av. J.-C."},
	} {
		spelled, err := Parse(c[0])
		if err != nil {
			t.Errorf("%s: %v", c[0], err)
			continue
		}
		counted, err := Parse(c[1])
		if err != nil || spelled.EDTF() != c[1] || counted.EDTF() != c[1] || !spelled.Vague() || spelled.lo != counted.lo || spelled.hi != counted.hi {
			t.Errorf("%s is %s, want %s: %v", c[0], spelled.EDTF(), c[1], err)
		}
		for i, tag := range []string{"en", "de", "es", "fr"} {
			for _, d := range []Date{spelled, counted} {
				if got := d.Words(lang.For(tag)); got != c[2+i] {
					t.Errorf("%s reads %q in %s, want %q", d, got, tag, c[2+i])
				}
			}
		}
	}
	if d, err := Parse("2020-q1/2021-spring"); err != nil || d.EDTF() != "2020-33/2021-21" || d.Vague() || !d.Interval() {
		t.Errorf("an interval is %s: %v", d.EDTF(), err)
	}
}

func TestOrder(t *testing.T) {
	want := []string{"-0043", "../1980", "1990", "199X", "2014-h2", "2014-36", "2022-12-14", "2022-12-14/2022-12-19", "2024", "2024/.."}
	var dates []Date
	for _, s := range want {
		d, err := Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		dates = append(dates, d)
	}
	slices.Reverse(dates)
	slices.SortFunc(dates, Compare)
	for i, d := range dates {
		if d.String() != want[i] {
			t.Errorf("place %d is %s, want %s", i, d, want[i])
		}
	}
}

func TestParseDay(t *testing.T) {
	loc := time.FixedZone("there", 2*3600)
	day, clock, err := ParseDay("2024-03-22", loc)
	if err != nil || clock || !day.Equal(time.Date(2024, 3, 21, 22, 0, 0, 0, time.UTC)) {
		t.Error(day, clock, err)
	}
	day, clock, err = ParseDay("2024-03-22T20:00", loc)
	if err != nil || !clock || !day.Equal(time.Date(2024, 3, 22, 18, 0, 0, 0, time.UTC)) {
		t.Error(day, clock, err)
	}
	for _, s := range []string{"44 BC", "circa 1900", "March 2020", "2020-21", "2019-20", "2018-2019", "2020-spring", "some day"} {
		var e *Error
		if _, _, err := ParseDay(s, loc); !errors.As(err, &e) || e.Hint != dayHint {
			t.Errorf("%s: %v, want it told that a day is needed", s, err)
		}
	}
	for _, s := range []string{"2024-03", "2024-03-22~", "2024-03-XX", "2024-03-22/2024-03-23"} {
		if _, _, err := ParseDay(s, loc); err == nil {
			t.Errorf("%s is taken for a day", s)
		}
	}
}

// TestLocalTimes holds times without a zone: of two the first, of none a mistake,
// and a day without midnight begins when there is a time again.
func TestLocalTimes(t *testing.T) {
	for _, c := range []struct{ zone, in, want string }{
		{"Europe/Berlin", "2024-03-22T20:00", "2024-03-22T19:00:00Z"},
		{"Europe/Berlin", "2024-03-31T01:59", "2024-03-31T00:59:00Z"},
		{"Europe/Berlin", "2024-03-31T02:30", ""},
		{"Europe/Berlin", "2024-03-31T02:30+01:00", "2024-03-31T01:30:00Z"},
		{"Europe/Berlin", "2024-03-31T03:00", "2024-03-31T01:00:00Z"},
		{"Europe/Berlin", "2024-10-27T02:30", "2024-10-27T00:30:00Z"},
		{"America/New_York", "2024-03-10T02:00", ""},
		{"America/New_York", "2024-11-03T01:30", "2024-11-03T05:30:00Z"},
		{"Pacific/Auckland", "2024-04-07T02:30", "2024-04-06T13:30:00Z"},
		{"Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z"},
		{"Asia/Beirut", "2024-03-31T00:30", ""},
		{"Asia/Beirut", "2024-10-27", "2024-10-26T22:00:00Z"},
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
		{"UTC", "2024-03-31T02:30", "2024-03-31T02:30:00Z"},
	} {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		day, _, err := ParseDay(c.in, loc)
		if got := day.UTC().Format(time.RFC3339); err == nil && got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s in %s is %s, want %s: %v", c.in, c.zone, got, c.want, err)
		}
		if d, err := ParseIn(c.in, loc); err == nil && d.Precision() == Minute {
			if from, _ := d.Earliest(); from.Format(time.RFC3339) != c.want {
				t.Errorf("%s in %s begins %v, want %s", c.in, c.zone, from, c.want)
			}
		}
	}
}

// FuzzParse: what parses has ordered bounds, reads back as itself, sorts
// consistently, and, where it is a plain day, says the day in words.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"2024-03-22", "2018~", "2024-24", "199X", "2022/..", "../2022", "2024-03-22T20:00+03:00", "Y-20000", "-0001-12-31", "2024", "2024-03", "2024-XX-XX", "2004-06-XX/2004-07-03", "22/03/2024", "2014-q4", "2020-Spring/..", "2020-21", "FY 2020–21"} {
		f.Add(s, "2024")
	}
	en := lang.For("en")
	f.Fuzz(func(t *testing.T, a, b string) {
		d, err := Parse(a)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.At < 0 || e.Len < 0 || e.At+e.Len > len(a) || e.Msg == "" {
				t.Fatalf("%q: %#v", a, err)
			}
			return
		}
		lo, hasLo := d.Earliest()
		hi, hasHi := d.Latest()
		if hasLo && hasHi && hi.Before(lo) {
			t.Fatalf("%q ends before it begins", a)
		}
		if again, err := Parse(d.String()); err != nil || again != d {
			t.Fatalf("%q does not read back: %v", a, err)
		}
		if d.Words(en) == "" {
			t.Fatalf("%q has no words", a)
		}
		if w := d.plainWords(en); w != "" && (d.Interval() || w != partWords(a, en, false)) {
			t.Fatalf("%q has the words %q in short, and %q", a, w, partWords(a, en, false))
		}
		if d.Precision() == Day && !d.Interval() && d.Year() > 0 && d.Year() < 10000 && !d.Approximate() && !d.Uncertain() && !d.Vague() {
			if back, err := time.Parse("2 January 2006", padYear(d.Words(en))); err != nil || !back.Equal(lo) {
				t.Fatalf("%q reads %q, which is %v, %v", a, d.Words(en), back, err)
			}
		}
		o, err := Parse(b)
		if err != nil {
			return
		}
		if Compare(d, o) != -Compare(o, d) || (Compare(d, o) == 0) != (d == o) {
			t.Fatalf("%q and %q compare %d and %d", a, b, Compare(d, o), Compare(o, d))
		}
	})
}

// padYear gives a year four digits, as time.Parse wants it.
func padYear(words string) string {
	i := len(words)
	for i > 0 && words[i-1] != ' ' {
		i--
	}
	return words[:i] + "0000"[:max(0, 4-(len(words)-i))] + words[i:]
}

// TestCutYear cuts the year out of a date's words where that leaves them whole.
func TestCutYear(t *testing.T) {
	for _, c := range []struct{ lang, date, before, year, after string }{
		{"en", "2024-03-22", "22 March", " 2024", ""},
		{"en", "2024-03", "March", " 2024", ""},
		{"en", "2024-q4", "fourth quarter", " of 2024", ""},
		{"en", "2024-03-22T20:00+03:00", "22 March", " 2024", ", 20:00 (UTC+3)"},
		{"en", "2024-03-22?", "22 March", " 2024", " (uncertain)"},
		{"en", "2024-03-22/2024-03-25", "from 22 to 25 March", " 2024", ""},
		{"en", "-0043-03-15", "15 March", " 44 BC", ""},
		{"es", "2024-03-22", "22 de marzo", " de 2024", ""},
		{"de", "2024-03-22", "22. März", " 2024", ""},
		{"fr", "2024-03-01", "1er mars", " 2024", ""},
		{"en", "2024", "", "2024", ""},
		{"en", "202X", "", "", ""},
		{"en", "2024~", "", "", ""},
		{"en", "2024-12-30/2025-01-02", "", "", ""},
		{"en", "2024-03-22/..", "", "", ""},
		{"en", "2024/2024-05", "", "", ""},
	} {
		d, err := Parse(c.date)
		if err != nil {
			t.Fatal(err)
		}
		l := lang.For(c.lang)
		w := d.Words(l)
		from, to, ok := d.CutYear(w, l)
		if !ok && c.year != "" || ok && (w[:from] != c.before || w[from:to] != c.year || w[to:] != c.after) {
			t.Errorf("%s, %s: %q is cut into %q, %q, %q", c.lang, c.date, w, w[:from], w[from:to], w[to:])
		}
		if ok && c.year == "" {
			t.Errorf("%s: %q loses %q", c.date, w, w[from:to])
		}
	}
}

// TestWordsIn: within a sentence a part of a year has its article, in each language.
func TestWordsIn(t *testing.T) {
	for _, c := range []struct{ tag, date, key, want string }{
		{"en", "2024-h2", "was-planned", "the second half of 2024"}, {"en", "2024-h2", "", "second half of 2024"},
		{"en", "2024-q1~", "was-planned", "about the first quarter of 2024"}, {"en", "2024-39?", "was-planned", "the last third of 2024 (uncertain)"},
		{"en", "2024-spring", "was-planned", "spring 2024"}, {"en", "203X", "was-planned", "the 2030s"},
		{"en", "20XX", "as-of", "some time between 2000 and 2099"}, {"en", "2024-05-XX", "was-planned", "some day in May 2024"},
		{"en", "2024-05-03", "was-planned", "3 May 2024"}, {"en", "2024-q1/..", "", "since the first quarter of 2024"},
		{"en", "2024-h1/2025-h2", "", "from the first half of 2024 to the second half of 2025"},
		{"de", "2024-h2", "was-planned", "zweite Hälfte 2024"}, {"de", "2024-q1/..", "", "seit dem ersten Quartal 2024"},
		{"de", "199X/..", "", "seit den 1990er-Jahren"}, {"de", "2024-summer~", "", "etwa Sommer 2024"}, {"de", "2024-05-XX/..", "", "seit einem Tag im Mai 2024"},
		{"fr", "2024-summer~", "", "vers l’été 2024"}, {"fr", "2024-h2", "was-planned", "second semestre 2024"},
		{"es", "2024-q1~", "", "hacia el primer trimestre de 2024"}, {"es", "2024-h1/..", "", "desde el primer semestre de 2024"},
		{"es", "../2024-spring", "", "hasta la primavera de 2024"}, {"es", "2024", "was-planned", "2024"},
	} {
		d, err := Parse(c.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.WordsIn(lang.For(c.tag), c.key); got != c.want {
			t.Errorf("%s in %s for %q is %q, not %q", c.date, c.tag, c.key, got, c.want)
		}
	}
}
