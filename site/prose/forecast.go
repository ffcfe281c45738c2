package prose

import (
	"time"

	"nutgraf/site/lang"
)

// Forecast is an expression that says when, or by when, something is to come.
type Forecast struct {
	Extent
	Over   time.Time // the first day behind that time
	Quoted bool      // somebody else says it, who may not be made to say another thing
}

// Forecasts finds what a passage says is to come: will vote on 21 April, could
// attack within six months. Days without a year are the next ones after asOf. Who
// says so is whoever's words the verb is among: he said that it could fail “within
// six months” is the writer's.
func (r *Reading) Forecasts(asOf time.Time) []Forecast {
	var all []Forecast
	for _, s := range r.sentences {
		if asOf.IsZero() || r.asks(s) {
			continue
		}
		for p := range r.phrases(forecasting, s) {
			if n := r.amount(p); n > 0 && n < 1000 {
				if v, when := r.verbBefore(p.from, s); when == after || v >= 0 && r.tokens[v].word.is&unsure != 0 {
					all = append(all, Forecast{r.extent(p),
						later(asOf, p.relative.Unit, n).AddDate(0, 0, 1), r.tokens[v].Within(r.quotations)})
				}
			}
		}
		for k := s.from; k < s.to; k++ {
			over, n := r.dateAt(k, s, asOf)
			if n == 0 {
				continue
			}
			if v, when := r.verbBefore(k, s); when == after && over.After(asOf) {
				all = append(all, Forecast{Extent{r.tokens[k].Start, r.tokens[k+n-1].End}, over,
					r.tokens[v].Within(r.quotations)})
			}
			k += n - 1
		}
	}
	return all
}

// verbBefore is the nearest verb before token k, and its tense; -1 where there is none.
func (r *Reading) verbBefore(k int, s sentence) (int, tense) {
	for k--; k >= s.from; k-- {
		if when, ok := r.verb(k); ok {
			return k, when
		}
	}
	return -1, noTense
}

// later is the day that is n units after another.
func later(from time.Time, u lang.Unit, n int) time.Time {
	switch u {
	case lang.Day:
		return from.AddDate(0, 0, n)
	case lang.Week:
		return from.AddDate(0, 0, 7*n)
	case lang.Month:
		return from.AddDate(0, n, 0)
	}
	return from.AddDate(n, 0, 0)
}

// dateAt reads a day or a month with its year at token k, and returns when it is
// over and how many tokens it takes: 0 where there is none.
func (r *Reading) dateAt(k int, s sentence, asOf time.Time) (over time.Time, n int) {
	number := func(i int) int {
		if i < s.to && r.tokens[i].digits && r.tokens[i].number >= 1 && r.tokens[i].number <= 31 {
			return r.tokens[i].number
		}
		return 0
	}
	month := func(i int) time.Month {
		if i < s.to && r.tokens[i].capital {
			return time.Month(r.tokens[i].word.month)
		}
		return 0
	}
	year := func(i int) int {
		if i < s.to && r.tokens[i].year() {
			return r.tokens[i].number
		}
		return 0
	}
	day, m := number(k), month(k+1)
	if m == 0 {
		m, day = month(k), number(k+1)
	}
	switch {
	case m == 0:
		return over, 0
	case day == 0 && year(k+1) > 0:
		return time.Date(year(k+1), m+1, 1, 0, 0, 0, 0, asOf.Location()), 2
	case day == 0:
		return over, 0
	case year(k+2) > 0:
		return time.Date(year(k+2), m, day+1, 0, 0, 0, 0, asOf.Location()), 3
	}
	over = time.Date(asOf.Year(), m, day+1, 0, 0, 0, 0, asOf.Location())
	if !over.After(asOf) {
		over = over.AddDate(1, 0, 0)
	}
	return over, 2
}
