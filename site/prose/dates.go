package prose

import (
	"iter"
	"slices"
	"strings"
	"time"

	"nutgraf/site/lang"
)

// Date is an expression that goes stale: it counts from the day on which it was
// written, and readers come later.
type Date struct {
	Extent
	Means   string   // what it means (EDTF); "" where that can't be said without a guess
	Either  []string // of an ambiguous one, what it may mean (EDTF), in order
	Present bool     // it is about the day itself: now, so far
	Quoted  bool     // in somebody's own words, which are not ours to change
	Certain bool     // nothing in the sentence speaks against what it means
}

// Dates finds the expressions that go stale, but those that are pinned. asOf is
// the day from which they count; where it is zero, none is resolved.
//
// A weekday is how people speak of the days around them, and is right as long as
// they do: within seven days of asOf, nothing is said of it. The page stays when
// the week is over, so what counts is the day of the check, now, and not that of
// the writing: on the eighth day the weekday is found, with its date.
func (r *Reading) Dates(asOf, now time.Time) []Date {
	recent := !asOf.IsZero() && now.Before(asOf.AddDate(0, 0, 8))
	var all []Date
	foreign, opposed := r.Speaks() || r.retorts(), r.opposesDays()
	for _, s := range r.sentences {
		expressions := slices.Collect(r.expressions(s))
		var g *evidence // looked at where there is anything to be certain of
		for i, p := range expressions {
			if recent && r.weekday(p) > 0 || r.dated(p, s) || r.ancient(p) {
				continue
			}
			f := r.resolve(p, s, asOf)
			if f.Present && (r.ofReaders(p, s) || r.asks(s) && !strings.Contains(r.Text[f.End:s.End], ":")) {
				continue // who asks says nothing that could stop being so
			}
			if f.Within(r.Pinned) {
				continue
			}
			if f.Means != "" && !f.Quoted && !foreign {
				if g == nil {
					g = r.evidence(s, expressions)
				}
				f.Certain = g.certain(i, f.Means, asOf) && !(opposed && r.tokens[p.from].word.is&dayName != 0)
			}
			all = append(all, f)
		}
		foreign = foreign || r.namesOtherYear(s, asOf)
	}
	return all
}

// expressions yields the relative expressions of a sentence.
func (r *Reading) expressions(s sentence) iter.Seq[found] {
	return func(yield func(found) bool) {
		for p := range r.phrases(dating, s) {
			if p.relative != nil && !r.titled(p) && !r.owned(p, s) && !r.narrated(p, s) && !yield(p) {
				return
			}
		}
	}
}

// titled reports a weekday that is part of a title: The Last Thursday.
func (r *Reading) titled(p found) bool {
	if p.from == 0 || r.tokens[p.from].word.weekday == 0 {
		return false
	}
	last := &r.tokens[p.from-1]
	return last.capital && !last.begins && !last.apart && last.word != unknown && last.word.month == 0
}

// orders reports a sentence that asks readers to do something, on whichever day they read it.
func (r *Reading) orders(s sentence) bool {
	return s.from < s.to && r.tokens[s.from].word.is&ordering != 0
}

// ofReaders reports an expression in what readers are to do, or may be, whose day is
// theirs: call today; if you are currently in debt.
func (r *Reading) ofReaders(p found, s sentence) bool {
	if r.orders(s) {
		return true
	}
	var all marks
	for k := s.from; k < p.from; k++ {
		all |= r.tokens[k].word.is
	}
	return all&conditional != 0 && all&reader != 0
}

// owned reports an expression that is somebody’s or something’s: the mill’s last year.
func (r *Reading) owned(p found, s sentence) bool {
	switch {
	case p.relative.Sense == lang.Nearest, p.relative.Sense == lang.This:
		return false
	case p.from == s.from, p.to-p.from < 2, r.tokens[p.from].apart:
		return false
	}
	last := &r.tokens[p.from-1]
	if last.base < last.End {
		return last.word.is&(pronoun|subject) == 0
	}
	gap := r.Text[last.End:r.tokens[p.from].Start]
	return strings.HasPrefix(gap, "’") || strings.HasPrefix(gap, "'")
}

// narrated reports an expression that counts from the time of a story: By now
// everyone knew the song; over the next two years the number doubled.
func (r *Reading) narrated(p found, s sentence) bool {
	switch rel := p.relative; {
	case rel.Sense == lang.Ago: // he had left two days ago
		return r.pluperfectBefore(p, s)
	case rel.Sense == lang.Moment && p.from == s.from:
		// A word right behind it may be no verb: Now closed, the bridge …
		return r.tenseBehind(p.to+1, s) == before
	case rel.Sense == lang.Moment:
		return p.to-p.from == 1 && (r.pastVerbBehind(p, s) || r.pastVerbBefore(p, s))
	case rel.Sense == lang.Vague && rel.By > 0:
		if behind := r.tenseBehind(p.to, s); behind != noTense {
			return behind == before
		}
		return r.tense(p, s) == before
	}
	return false
}

// pluperfectBefore reports that a pluperfect stands before an expression.
func (r *Reading) pluperfectBefore(p found, s sentence) bool {
	const far = 12
	g := evidence{Reading: r, sentence: s}
	for k := p.from - 1; k >= max(s.from, p.from-far); k-- {
		if r.tokens[k].word.is&perfect != 0 && !g.owns(k) {
			return true
		}
	}
	return false
}

// pastVerbBehind reports a past verb right behind an expression that can't be a participle:
// the team now had a plan, they now wanted more; but not the land now called Brae.
func (r *Reading) pastVerbBehind(p found, s sentence) bool {
	if p.to == s.to || r.tokens[p.to].apart {
		return false
	}
	t := &r.tokens[p.to]
	return t.word.is&finite != 0 || r.tokens[p.from-1].word.is&subject != 0 && t.word.is&notPast == 0 && r.ends(t)
}

// pastVerbBefore reports an expression that ends a clause whose verb is past: they were at
// sea now.
func (r *Reading) pastVerbBefore(p found, s sentence) bool {
	if p.to < s.to && !r.tokens[p.to].apart {
		return false
	}
	for k := p.from - 1; k >= s.from && !r.tokens[k+1].apart; k-- {
		switch is := r.tokens[k].word.is; {
		case is&finite != 0:
			return k == s.from || r.tokens[k-1].word.is&parting == 0 // we have had it for two years now
		case is&parting != 0:
			return false
		}
	}
	return false
}

// tenseBehind returns that of the nearest verb from token k on, up to whatever parts
// clauses but an introduction.
func (r *Reading) tenseBehind(k int, s sentence) tense {
	for from := k; k < s.to && (k == from || !r.tokens[k].apart); k++ {
		if r.tokens[k].word.is&present != 0 {
			return now
		}
		if when, ok := r.verb(k); ok {
			return when
		}
	}
	return noTense
}

// weekday returns the weekday of a phrase, from 1 for Monday; 0 for none.
func (r *Reading) weekday(p found) int {
	for _, t := range r.tokens[p.from:p.to] {
		if t.word.weekday > 0 {
			return t.word.weekday
		}
	}
	return 0
}

// ancient reports what is so long ago, or ahead, that a few years more change
// nothing.
func (r *Reading) ancient(p found) bool {
	if p.relative.Sense != lang.Ago && p.relative.Sense != lang.Ahead {
		return false
	}
	n := r.amount(p)
	switch p.relative.Unit {
	case lang.Year:
		return n >= 100
	case lang.Decade:
		return n >= 10
	case lang.Century:
		return n > 1
	}
	return n > 10_000
}

// amount is the number in a phrase, 0 for none.
func (r *Reading) amount(p found) int {
	for i := p.from; i < p.to; i++ {
		if n, size := r.count(i, p.to); size > 0 {
			return n
		}
	}
	return 0
}

// dated reports whether a date stands right beside a phrase: last March
// (2023), on Thursday 21 March, two years ago, in May 2022.
func (r *Reading) dated(p found, s sentence) bool {
	const far = 6
	for k := p.to; k < min(p.to+far, s.to); k++ {
		if r.isDate(k, s) {
			return true
		}
		if !r.links(k) {
			break
		}
	}
	for k := p.from - 1; k >= max(p.from-far, s.from); k-- {
		if r.tokens[k].year() && !r.tokens[k+1].digits {
			return true
		}
		if !r.links(k) {
			break
		}
	}
	return false
}

// isDate reports a year, or a day with its month, at token k.
func (r *Reading) isDate(k int, s sentence) bool {
	t := &r.tokens[k]
	if t.year() {
		return true
	}
	if k+1 == s.to {
		return false
	}
	next := &r.tokens[k+1]
	return t.word.month > 0 && next.digits && next.number <= 31 || t.digits && t.number <= 31 && next.word.month > 0
}

// links reports whether token k may stand between an expression and its date.
func (r *Reading) links(k int) bool {
	t := &r.tokens[k]
	return t.word.is&linking != 0 || t.word.month > 0 && t.capital || t.word.weekday > 0 || t.digits && t.number <= 31
}

// tense says when something takes place.
type tense int

const (
	noTense tense = iota
	before
	after
	now // only of certain
)

// tense returns that of the verb which a phrase belongs to: the nearest before
// it, else the nearest after it.
func (r *Reading) tense(p found, s sentence) tense {
	const far = 25
	for k := p.from - 1; k >= max(s.from, p.from-far); k-- {
		if when, ok := r.tenseAt(k, s.from); ok {
			return when
		}
	}
	for k := p.to; k < min(s.to, p.to+far); k++ {
		if when, ok := r.tenseAt(k, s.from); ok {
			return when
		}
	}
	return noTense
}

// tenseAt returns the tense of the verb that token k is: of a participle, that of its
// auxiliary. The closed gate has none. The sentence begins at token from.
func (r *Reading) tenseAt(k, from int) (tense, bool) {
	const far = 3
	is := r.tokens[k].word.is
	if is&present != 0 || is&pronoun != 0 && r.tokens[k].base < r.tokens[k].End {
		return now, true
	}
	when, ok := r.verb(k)
	if !ok || when != before || is&finite != 0 {
		return when, ok
	}
	for i := k - 1; i >= max(from, k-far) && !r.tokens[i+1].apart; i-- {
		switch t := &r.tokens[i]; {
		case t.word.is&future != 0:
			return after, true
		case t.word.is&present != 0, t.word.is&pronoun != 0 && t.base < t.End:
			return now, true
		case t.word.is&unsure != 0:
			return noTense, true
		case t.word.is&(finite|perfect) != 0:
			return before, true
		case t.word.is&infinitive != 0, t.word.is&determining != 0 && (i == k-1 || r.manner(k-1)):
			return noTense, false
		case t.word.is&auxiliary == 0 && !r.manner(i):
			i = 0
		}
	}
	return before, true
}

// verb returns the tense of token k, if it has one.
func (r *Reading) verb(k int) (tense, bool) {
	t := &r.tokens[k]
	switch is := t.word.is; {
	case is&planned != 0:
		return r.plan(k), true
	case is&future != 0:
		return after, true
	case is&unsure != 0 && (!t.capital || t.begins):
		return noTense, true
	case is&past != 0:
		return before, true
	case is&notPast != 0 || t.capital:
		return noTense, false
	}
	return before, r.ends(t)
}

// plan returns the tense of a word that is of what is to come only behind is, are or
// will be: it is due, a vote is now planned; but we planned a vote, the sun set, and a
// vote planned for Monday was called off.
func (r *Reading) plan(k int) tense {
	const far = 3
	t := &r.tokens[k]
	for i := k - 1; i >= max(0, k-far) && !r.tokens[i+1].apart; i-- {
		switch last := &r.tokens[i]; {
		case last.word.is&being != 0, last.word.is&pronoun != 0 && last.base < last.End:
			return after
		case last.word.is&subject != 0 && (t.word.is&past != 0 || r.ends(t)):
			return before
		case last.word.is&auxiliary == 0 && !r.manner(i):
			return noTense
		}
	}
	return noTense
}

// ends reports whether a token ends as most words in the past tense do.
func (r *Reading) ends(t *token) bool {
	ending := r.words.usage.PastEnding
	return ending != "" && strings.HasSuffix(r.Text[t.Start:t.End], ending) && t.End-t.Start > len(ending)+1
}
