package prose

import (
	"slices"
	"sort"
	"strings"
	"time"

	"nutgraf/site/lang"
)

// ground is what a sentence gives an expression to stand on: all that may make it
// count from another day than that of the text. A wrong date is worse than none, so
// what is not understood speaks against it.
type ground struct {
	*Reading
	sentence
	expressions []found // that count from a day, in order
	verbs       []verb  // in order
	elsewhen    bool    // it is of another year, of what might be, of another's day or of none
	dated       bool    // it names a month, or a day of one
	told        int     // the first token that is before the past: had closed; else to
	unreal      int     // the first one of what was to come, or never came; else to
	past        int     // the first verb in the past; else to
	reports     int     // the first word that says or foretells something; else to
	timely      bool    // every verb is in the past
}

// verb is where a verb stands, and its tense.
type verb struct {
	at   int
	when tense
}

// ground looks at a sentence once for all its expressions.
func (r *Reading) ground(s sentence, expressions []found) *ground {
	g := &ground{Reading: r, sentence: s, expressions: expressions, told: s.to, unreal: s.to, past: s.to, reports: s.to, timely: true}
	for range r.phrases(elsewhen, s) {
		g.elsewhen = true
		break
	}
	g.elsewhen = g.elsewhen || strings.ContainsRune(r.Text[s.Start:s.End], '\uFFFC') // code, maybe with a date
	var all marks
	within := expressions
	for k := s.from; k < s.to; k++ {
		t := &r.tokens[k]
		for len(within) > 0 && within[0].to <= k {
			within = within[1:]
		}
		all |= t.word.is
		g.elsewhen = g.elsewhen || r.ofYear(t) || t.Within(r.Foreign)
		if len(within) == 0 || k < within[0].from {
			g.dated = g.dated || r.ofMonth(k, s)
			g.read(k)
		}
	}
	g.elsewhen = g.elsewhen || all&record != 0 && all&relating != 0 || all&whichever != 0 && g.past == g.to || r.orders(s) || r.asks(s)
	return g
}

// read takes note of token k where it is a verb, or part of one.
func (g *ground) read(k int) {
	is := g.tokens[k].word.is
	if g.told == g.to && is&perfect != 0 && !g.owns(k) {
		g.told = k
	}
	if g.unreal == g.to && is&unreal != 0 {
		g.unreal = k
	}
	if g.reports == g.to && is&(relating|foretelling) != 0 {
		g.reports = k
	}
	when, ok := g.tenseAt(k, g.from)
	if !ok {
		return
	}
	g.verbs = append(g.verbs, verb{k, when})
	g.timely = g.timely && when == before
	if when == before {
		g.past = min(g.past, k)
	}
}

// manner reports a token that ends as most adverbs do.
func (r *Reading) manner(k int) bool {
	ending := r.words.usage.AdverbEnding
	return ending != "" && strings.HasSuffix(r.Text[r.tokens[k].Start:r.tokens[k].End], ending)
}

// owns reports that token k, had, is the verb itself: they had a gate.
func (g *ground) owns(k int) bool {
	return k+1 < g.to && (g.tokens[k+1].word.is&determining != 0 || g.tokens[k+1].number >= 0)
}

// ofYear reports a year, or part of a word as one: 2019, mid-2019, 1990s, ’90s.
func (r *Reading) ofYear(t *token) bool {
	text := r.Text[t.Start:t.End]
	for i := 0; i < len(text); i++ {
		n := i
		for n < len(text) && '0' <= text[n] && text[n] <= '9' {
			n++
		}
		behind := text[n:]
		switch n - i {
		case 2:
			if strings.HasPrefix(behind, "s") {
				return true
			}
		case 4:
			if grouped := i > 0 && text[i-1] == ',' || strings.HasPrefix(behind, ","); !grouped && '1' <= text[i] && text[i] <= '2' {
				return true
			}
		}
		i = n
	}
	return false
}

// ofMonth reports at token k a month, a day of one (the 7th) or one in figures (2/4).
func (r *Reading) ofMonth(k int, s sentence) bool {
	t := &r.tokens[k]
	text := r.Text[t.Start:t.End]
	if behind := strings.TrimLeft(text, "0123456789"); len(behind) < len(text) && behind != "" {
		for ending := range strings.FieldsSeq(r.words.usage.Ordinals) {
			if strings.HasPrefix(behind, ending) {
				return true
			}
		}
	}
	return t.word.month > 0 && (t.capital || !t.word.proper) || t.digits && k+1 < s.to && r.tokens[k+1].digits && r.Text[t.End:r.tokens[k+1].Start] == "/"
}

// retorts reports a passage that begins with the dash of somebody who speaks.
func (r *Reading) retorts() bool {
	return strings.HasPrefix(r.Text, "—") || strings.HasPrefix(r.Text, "–")
}

// Speaks reports a passage that begins as one of a transcript does, with the name of
// who speaks: Ana Beridze: It closed last week.
func (r *Reading) Speaks() bool {
	const most = 6 // words of a name
	for k := range min(most, len(r.tokens)) {
		t := &r.tokens[k]
		if strings.HasPrefix(strings.TrimLeft(r.Text[t.End:], ".)"), ":") {
			return true
		}
		if !t.capital && t.word.is&small == 0 {
			return false
		}
	}
	return false
}

// NamesOtherYear reports a passage that is of another year than that of a day.
func (r *Reading) NamesOtherYear(day time.Time) bool {
	return slices.ContainsFunc(r.sentences, func(s sentence) bool { return r.namesOtherYear(s, day) })
}

func (r *Reading) namesOtherYear(s sentence, day time.Time) bool {
	return slices.ContainsFunc(r.tokens[s.from:s.to], func(t token) bool {
		return r.ofYear(&t) && !(t.year() && t.number == day.Year())
	})
}

// ReckonsYears reports a passage of a survey, a season or whatever else has years of its
// own, which begin and end on other days than those of the calendar.
func (r *Reading) ReckonsYears() bool {
	return slices.ContainsFunc(r.tokens, func(t token) bool { return t.word.is&reckoned != 0 })
}

// opposesDays reports a passage that sets days against each other, as figures of speech
// do: today it is a village, tomorrow it will be a town.
func (r *Reading) opposesDays() bool {
	var first *entry
	for i := range r.tokens {
		if w := r.tokens[i].word; w.is&dayName != 0 {
			if first != nil && first != w {
				return true
			}
			first = w
		}
	}
	return false
}

// certain reports whether nothing in the sentence speaks against what an expression
// means when it is counted from a day.
func (g *ground) certain(i int, means string, from time.Time) bool {
	p := g.expressions[i]
	switch {
	case g.elsewhen, g.dated && !g.besideMonth(p), p.relative.Unit > lang.Year, g.besideAnother(i), g.inName(p), g.counted(p):
		return false
	case p.to-p.from == g.to-g.from: // words without a sentence
		return false
	case i > 0 && g.reports < p.from: // last year he said that it closes next month
		return false
	}
	switch p.relative.Sense {
	case lang.Counted:
		if g.later(p) {
			return g.toCome(p)
		}
		return g.wasSo(p) && !g.reviews(p)
	case lang.Ago:
		return len(g.expressions) == 1 && g.fewAgo(p) && g.wasSo(p) && g.verbOf(p).when == before
	case lang.Last:
		// Of a month of the same year, some say last and some say this.
		return g.wasSo(p) && (g.weekday(p) > 0 || means[:4] < from.Format("2006"))
	case lang.Next:
		return g.toCome(p)
	case lang.This:
		day := from.Format("2006-01-02")[:len(means)]
		switch {
		case means > day:
			return g.toCome(p)
		case means < day:
			return g.wasSo(p) && g.verbOf(p).when == before
		}
		return g.wasSo(p) && g.weekday(p) == 0
	case lang.Nearest:
		return len(g.expressions) == 1 && g.nearest(p)
	}
	return false
}

// later reports an expression of what is to come.
func (g *ground) later(p found) bool {
	return p.relative.By > 0 || p.relative.By == 0 && g.tokens[p.from].word.is&onward != 0
}

// reviews reports a time that is looked back on before it is over, as one that began on
// another day than the calendar's: this year was a good one.
func (g *ground) reviews(p found) bool {
	if p.relative.By != 0 || p.relative.Unit == lang.Day || p.to == g.to || g.tokens[p.to].apart {
		return false
	}
	when, ok := g.tenseAt(p.to, g.from)
	return ok && when == before
}

// verbOf returns the verb that an expression belongs to: the nearest before it, else
// the nearest after it; at is -1 where there is none.
func (g *ground) verbOf(p found) verb {
	n := sort.Search(len(g.verbs), func(n int) bool { return g.verbs[n].at >= p.from })
	switch {
	case n > 0:
		return g.verbs[n-1]
	case n < len(g.verbs):
		return g.verbs[n]
	}
	return verb{at: -1}
}

// wasSo reports that nothing speaks against the past: neither had closed, which is
// before another one, nor would close.
func (g *ground) wasSo(p found) bool {
	if v := g.verbOf(p); v.at > p.from {
		return g.told == g.to && g.unreal == g.to
	}
	return g.told > p.from && g.unreal > p.from
}

// toCome reports that nothing speaks against the future.
func (g *ground) toCome(p found) bool {
	v := g.verbOf(p)
	switch {
	case !g.wasSo(p):
		return false
	case v.at < 0:
		return true
	case v.when == untold: // may open
		return g.past > p.from
	}
	return v.when != before
}

// besideMonth reports a year with its month before it: in June last year.
func (g *ground) besideMonth(p found) bool {
	return p.relative.Unit == lang.Year && p.relative.Sense == lang.Counted && p.from > g.from && g.tokens[p.from-1].word.month > 0
}

// besideAnother reports an expression with another one beside it, which may be part of
// it: two years ago last month, on Tuesday of last week.
func (g *ground) besideAnother(i int) bool {
	near := func(a, b found) bool { return b.from-a.to <= 1 }
	return i > 0 && near(g.expressions[i-1], g.expressions[i]) || i+1 < len(g.expressions) && near(g.expressions[i], g.expressions[i+1])
}

// inName reports an expression that may be part of a name or of a saying: Yesterday’s
// Bread, this May Day, tomorrow is another day.
func (g *ground) inName(p found) bool {
	if p.to == g.to || g.tokens[p.to].apart {
		return false
	}
	last, next := &g.tokens[p.to-1], &g.tokens[p.to]
	alone, owns := p.to-p.from == 1, last.base < last.End
	if next.capital && (alone || owns || last.word.weekday > 0 || last.word.month > 0) {
		return true
	}
	if !alone || p.relative.Unit != lang.Day {
		return false
	}
	_, verb := g.tenseAt(p.to, g.from)
	return verb || owns && next.word.is&occasion == 0
}

// counted reports an expression that something counts on from, or that is one of many:
// a week on Tuesday, last year but one, the second last week.
func (g *ground) counted(p found) bool {
	if p.to < g.to && !g.tokens[p.to].apart {
		behind := g.tokens[p.to].word.is
		if behind&extending != 0 || p.to+1 < g.to && behind&linking != 0 && g.tokens[p.to+1].word == g.tokens[p.to-1].word {
			return true
		}
	}
	if p.from == g.from || g.tokens[p.from].apart {
		return false
	}
	before := &g.tokens[p.from-1]
	is := before.word.is
	if is&extending != 0 && is&linking == 0 || before.number >= 0 || is&determining != 0 {
		return true
	}
	return is&(linking|onDay|small|following) != 0 && p.from-2 >= g.from && g.tokens[p.from-2].word.is&extending != 0
}

// fewAgo reports a number of units that nobody says roughly.
func (g *ground) fewAgo(p found) bool {
	if p.from > g.from && g.tokens[p.from-1].word.is&(hedging|either) != 0 || strings.ContainsAny(g.Text[g.tokens[p.from].Start:g.tokens[p.from].End], ".,") {
		return false
	}
	n := g.amount(p)
	switch p.relative.Unit {
	case lang.Day:
		return n <= 31
	case lang.Week:
		return n <= 8
	case lang.Month:
		return n <= 18
	}
	return n <= 12
}

// nearest reports a weekday, alone in its sentence, whose verb says when it is.
func (g *ground) nearest(p found) bool {
	last := &g.tokens[p.to-1]
	if last.base < last.End || g.told < g.to || g.unreal < g.to || p.to < g.to && !g.tokens[p.to].apart && !g.follows(p.to) {
		return false
	}
	switch {
	case p.relative.By < 0:
		return g.wasSo(p)
	case p.relative.By > 0:
		return g.toCome(p)
	}
	v := g.verbOf(p)
	if v.at < 0 || g.occasion(p.from-1) {
		return false
	}
	if v.when == after {
		return v.at < p.from && g.past == g.to && g.tokens[p.from].word.is&foretelling == 0
	}
	on := g.tokens[p.from].word.is&onDay != 0
	is := g.tokens[v.at].word.is
	switch {
	case v.when != before, is&(foretelling|invariable) != 0, !on && !g.happens(v.at, p):
		return false
	case is&relating != 0 && v.at == p.from-1: // said on Thursday that it will
		return true
	case v.at > p.from:
		return g.timely && p.from == g.from
	}
	return g.timely && !g.aims(v.at+1, p.from)
}

// follows reports a token that may stand behind a weekday without making a name of it.
func (g *ground) follows(k int) bool {
	t := &g.tokens[k]
	return t.word.is&following != 0 || t.number >= 0 && !t.digits
}

// happens reports a verb right before a weekday that has no object: it opened Monday,
// he was found Monday.
func (g *ground) happens(k int, p found) bool {
	return k == p.from-1 && (g.tokens[k].word.is&happening != 0 || k > g.from && g.tokens[k-1].word.is&finite != 0)
}

// occasion reports at token k a noun that a weekday behind it may belong to: the talks
// on Monday.
func (g *ground) occasion(k int) bool { return k >= g.from && g.tokens[k].word.is&occasion != 0 }

// aims reports between two tokens what was yet to come: agreed to meet, spoke of leaving.
func (g *ground) aims(from, to int) bool {
	const far = 12
	if to-from > far {
		return true
	}
	for k := from; k < to; k++ {
		t := &g.tokens[k]
		if t.word.is&infinitive != 0 && k+1 < to && g.tokens[k+1].word.is&determining == 0 && !g.tokens[k+1].capital {
			return true
		}
		if ending := g.words.usage.GerundEnding; ending != "" && strings.HasSuffix(g.Text[t.Start:t.End], ending) {
			return true
		}
	}
	return false
}
