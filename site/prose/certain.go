package prose

import (
	"sort"
	"strings"
	"time"

	"nutgraf/site/lang"
)

// certain reports whether nothing in the sentence speaks against what an expression
// means when it is counted from a day.
func (g *evidence) certain(i int, means string, from time.Time) bool {
	p := g.expressions[i]
	switch {
	case g.elsewhen, g.dated && !g.besideMonth(p), p.relative.Unit > lang.Year,
		g.besideAnother(i), g.inName(p), g.counted(p):
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
func (g *evidence) later(p found) bool {
	return p.relative.By > 0 || p.relative.By == 0 && g.tokens[p.from].word.is&onward != 0
}

// reviews reports a time that is looked back on before it is over, as one that began on
// another day than the calendar's: this year was a good one.
func (g *evidence) reviews(p found) bool {
	if p.relative.By != 0 || p.relative.Unit == lang.Day || p.to == g.to || g.tokens[p.to].apart {
		return false
	}
	when, ok := g.tenseAt(p.to, g.from)
	return ok && when == before
}

// verbOf returns the verb that an expression belongs to: the nearest before it, else
// the nearest after it; at is -1 where there is none.
func (g *evidence) verbOf(p found) verb {
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
func (g *evidence) wasSo(p found) bool {
	if v := g.verbOf(p); v.at > p.from {
		return g.pluperfect == g.to && g.unreal == g.to
	}
	return g.pluperfect > p.from && g.unreal > p.from
}

// toCome reports that nothing speaks against the future.
func (g *evidence) toCome(p found) bool {
	v := g.verbOf(p)
	switch {
	case !g.wasSo(p):
		return false
	case v.at < 0:
		return true
	case v.when == noTense: // may open
		return g.past > p.from
	}
	return v.when != before
}

// besideMonth reports a year with its month before it: in June last year.
func (g *evidence) besideMonth(p found) bool {
	return p.relative.Unit == lang.Year && p.relative.Sense == lang.Counted &&
		p.from > g.from && g.tokens[p.from-1].word.month > 0
}

// besideAnother reports an expression with another one beside it, which may be part of
// it: two years ago last month, on Tuesday of last week.
func (g *evidence) besideAnother(i int) bool {
	near := func(i int) bool { // to the one before it
		return i > 0 && i < len(g.expressions) && g.expressions[i].from-g.expressions[i-1].to <= 1
	}
	return near(i) || near(i+1)
}

// inName reports an expression that may be part of a name or of a saying: Yesterday’s
// Bread, this May Day, tomorrow is another day.
func (g *evidence) inName(p found) bool {
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
	if p.from == g.from && p.relative.By > 0 && !owns { // tomorrow starts here
		verb = verb || !g.follows(p.to)
	}
	return verb || owns && next.word.is&occasion == 0
}

// counted reports an expression that something counts on from, or that is one of many:
// a week on Tuesday, last year but one, the second last week.
func (g *evidence) counted(p found) bool {
	if p.to < g.to && !g.tokens[p.to].apart {
		behind := g.tokens[p.to].word.is
		if behind&extending != 0 {
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
	const between = linking | onDay | small | following
	return is&between != 0 && p.from-2 >= g.from && g.tokens[p.from-2].word.is&extending != 0
}

// fewAgo reports a number of units that nobody says roughly.
func (g *evidence) fewAgo(p found) bool {
	first := &g.tokens[p.from]
	switch {
	case p.from > g.from && g.tokens[p.from-1].word.is&(hedging|either) != 0:
		return false
	case strings.ContainsAny(g.Text[first.Start:first.End], ".,"):
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
func (g *evidence) nearest(p found) bool {
	switch last := &g.tokens[p.to-1]; {
	case last.base < last.End, g.pluperfect < g.to, g.unreal < g.to:
		return false
	case p.to < g.to && !g.tokens[p.to].apart && !g.follows(p.to):
		return false
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
func (g *evidence) follows(k int) bool {
	t := &g.tokens[k]
	return t.word.is&following != 0 || t.number >= 0 && !t.digits
}

// happens reports a verb right before a weekday that has no object: it opened Monday,
// he was found Monday.
func (g *evidence) happens(k int, p found) bool {
	passive := k > g.from && g.tokens[k-1].word.is&finite != 0
	return k == p.from-1 && (passive || g.tokens[k].word.is&happening != 0)
}

// occasion reports at token k a noun that a weekday behind it may belong to: the talks
// on Monday.
func (g *evidence) occasion(k int) bool { return k >= g.from && g.tokens[k].word.is&occasion != 0 }

// aims reports between two tokens what was yet to come: agreed to meet, spoke of leaving.
func (g *evidence) aims(from, to int) bool {
	const far = 12
	if to-from > far {
		return true
	}
	ending := g.words.usage.GerundEnding
	for k := from; k < to; k++ {
		t := &g.tokens[k]
		if t.word.is&infinitive != 0 && k+1 < to {
			if next := &g.tokens[k+1]; next.word.is&determining == 0 && !next.capital {
				return true
			}
		}
		if ending != "" && strings.HasSuffix(g.Text[t.Start:t.End], ending) {
			return true
		}
	}
	return false
}
