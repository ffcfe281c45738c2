// Package lang holds what differs between languages as data: months, the forms
// of dates, the theme's own words, and what an editor looks for in prose.
package lang

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Language is how a site speaks.
type Language struct {
	Tag    string // BCP 47, as it was asked for
	Own    string // the language of its words: en where it has none of its own
	Dir    string // ltr or rtl, of HTML's dir
	Months [12]string
	// DayForm and MonthForm are patterns of {day}, {month} and {year}.
	DayForm, MonthForm string
	FirstDay           string // what the first of a month is called; "" for 1
	Decimal            string // the sign before decimals; "" for a full stop
	// Thousands is the sign between thousands, and Together how many digits at most stand
	// without one; 0 for three.
	Thousands string
	Together  int
	// YearLink may stand between a part of a year and the year: "of"; "" where nothing does.
	YearLink string
	// Within are the words of dates, by their keys, that are others within a sentence, where
	// they want an article: the second half of 2024. Sentences are the words that put a date there.
	Within    map[string]string
	Sentences []string
	// Words are the theme's own words by key. Some have {names} to fill in.
	Words map[string]string
	// Shortened are words whose full stop ends no sentence, Numbered those of which
	// that is true before a number; with spaces between them.
	Shortened, Numbered string
	Usage               *Usage // nil where nobody has written it down yet
}

// For returns the language nearest to a tag: itself, its base language, or
// English, without what is said of English prose. Tag and Dir are always those of the tag that was asked for.
func For(tag string) *Language {
	l := english
	l.Usage, l.Own = nil, english.Tag
	t, err := language.Parse(tag)
	if err != nil {
		return &l
	}
	base, _ := t.Base()
	for _, known := range languages {
		if known.Tag == base.String() {
			l, l.Own = known, known.Tag
		}
	}
	if l.Own != base.String() {
		l.Thousands = thousands(t)
	}
	l.Tag, l.Dir = tag, "ltr"
	script, _ := t.Script()
	if slices.Contains(rightToLeft, script.String()) {
		l.Dir = "rtl"
	}
	return &l
}

// rightToLeft are the scripts that run from right to left (Unicode, ISO 15924).
var rightToLeft = []string{"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"}

// WordFor is the key of the theme's word that says this, in this language or in English; "" where none
// or several do.
func (l *Language) WordFor(said string) (key string) {
	for _, words := range []map[string]string{l.Words, english.Words} {
		for k, word := range words {
			if !strings.EqualFold(word, strings.TrimSpace(said)) || k == key {
				continue
			}
			if key != "" {
				return ""
			}
			key = k
		}
	}
	return key
}

// Valid reports whether a tag is well formed and known (BCP 47).
func Valid(tag string) bool {
	_, err := language.Parse(tag)
	return err == nil && tag != "" && !strings.Contains(tag, "_")
}

// Date says a day: 30 March 2024.
func (l *Language) Date(t time.Time) string {
	return l.Day(t.Day(), int(t.Month()), strconv.Itoa(t.Year()))
}

// DateTime says a day and its time: 22 March 2024, 20:00.
func (l *Language) DateTime(t time.Time) string {
	var clock [len("15:04")]byte
	return l.Date(t) + ", " + string(t.AppendFormat(clock[:0], "15:04"))
}

// Day says a day of a year that is in words already.
func (l *Language) Day(day, month int, year string) string {
	d := strconv.Itoa(day)
	if day == 1 && l.FirstDay != "" {
		d = l.FirstDay
	}
	return fill(l.DayForm, "day", d, "month", l.Months[month-1], "year", year)
}

// Month says a month: March 2024.
func (l *Language) Month(month int, year string) string {
	return fill(l.MonthForm, "month", l.Months[month-1], "year", year)
}

// Number says a number: 51.05.
func (l *Language) Number(n float64) string {
	s := strconv.FormatFloat(n, 'f', -1, 64)
	if l.Decimal != "" {
		s = strings.Replace(s, ".", l.Decimal, 1)
	}
	return s
}

// Grouped is a whole number with a sign between its thousands, unless no more than so
// many digits stand together without.
func Grouped(n int, sign string, together int) string {
	s := strconv.Itoa(n)
	if len(s) <= max(together, 3) || n < 0 {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sign + s[i:]
	}
	return s
}

// thousands is the sign that a language has between thousands in our digits (CLDR).
func thousands(t language.Tag) string {
	if latin, err := t.SetTypeForKey("nu", "latn"); err == nil {
		t = latin
	}
	s := message.NewPrinter(t).Sprint(number.Decimal(1_234_567))
	_, s, _ = strings.Cut(s, "1")
	sign, _, _ := strings.Cut(s, "2")
	return sign
}

// PutsWithin reports whether the words of a key put a date into a sentence.
func (l *Language) PutsWithin(key string) bool { return slices.Contains(l.Sentences, key) }

// SayDate returns the words of a date, within a sentence or by itself.
func (l *Language) SayDate(within bool, key string, pairs ...string) string {
	if w, ok := l.Within[key]; ok && within {
		return fill(w, pairs...)
	}
	return l.Say(key, pairs...)
}

// Say returns the words of a key with its {names} filled in. A key that the
// language lacks gives the key itself.
func (l *Language) Say(key string, pairs ...string) string {
	w, ok := l.Words[key]
	if !ok {
		return key
	}
	return fill(w, pairs...)
}

// fill puts values in the place of {names}; pairs are names and values in turn.
func fill(s string, pairs ...string) string {
	var b strings.Builder
	b.Grow(len(s)) // names are about as long as what they stand for
	for {
		start := strings.IndexByte(s, '{')
		end := start + 1 + strings.IndexByte(s[start+1:], '}')
		if start < 0 || end <= start {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:start])
		b.WriteString(value(s[start:end+1], pairs))
		s = s[end+1:]
	}
}

// value is what stands for a {name}: itself where it is none of the pairs'.
func value(name string, pairs []string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if name[1:len(name)-1] == pairs[i] {
			return pairs[i+1]
		}
	}
	return name
}

// Keys returns the keys of the theme's words, in order.
func Keys() []string { return slices.Sorted(maps.Keys(english.Words)) }

// languages are those with words of their own.
var languages = []Language{english, french, german, spanish}

// Shortens reports whether a full stop behind word shortens it and ends no
// sentence; number says that a number follows. The words of all languages
// count: names and quotations keep those of theirs.
func Shortens(word string, number bool) bool {
	numbered, known := shortened[word]
	return known && (number || !numbered)
}

// shortened are the shortened words of all languages, with whether they are
// such only before a number.
var shortened = func() map[string]bool {
	all := map[string]bool{}
	for _, l := range languages {
		for word := range strings.FieldsSeq(l.Numbered) {
			all[word] = true
		}
		for word := range strings.FieldsSeq(l.Shortened) {
			all[word] = false
		}
	}
	return all
}()

func months(list string) [12]string {
	m := strings.Fields(list)
	if len(m) != 12 {
		panic(fmt.Sprintf("%d months", len(m)))
	}
	return [12]string(m)
}
