package prose

import (
	"slices"
	"strings"
	"time"
)

// evidence is what a sentence says about an expression: all that may make it
// count from another day than that of the text. A wrong date is worse than none, so
// what is not understood speaks against it.
type evidence struct {
	*Reading
	sentence
	expressions []found // that count from a day, in order
	verbs       []verb  // in order
	elsewhen    bool    // it is of another year, of what might be, of another's day or of none
	dated       bool    // it names a month, or a day of one
	pluperfect  int     // the first token that is before the past: had closed; else to
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

// evidence looks at a sentence once for all its expressions.
func (r *Reading) evidence(s sentence, expressions []found) *evidence {
	g := &evidence{
		Reading: r, sentence: s, expressions: expressions,
		pluperfect: s.to, unreal: s.to, past: s.to, reports: s.to, timely: true,
	}
	for range r.phrases(elsewhen, s) {
		g.elsewhen = true
		break
	}
	if strings.ContainsRune(r.Text[s.Start:s.End], '\uFFFC') { // code, maybe with a date
		g.elsewhen = true
	}
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
	switch {
	case all&record != 0 && all&relating != 0, all&whichever != 0 && g.past == g.to:
		g.elsewhen = true
	case r.orders(s), r.asks(s):
		g.elsewhen = true
	}
	return g
}

// read takes note of token k where it is a verb, or part of one.
func (g *evidence) read(k int) {
	is := g.tokens[k].word.is
	if g.pluperfect == g.to && is&perfect != 0 && !g.owns(k) {
		g.pluperfect = k
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
func (g *evidence) owns(k int) bool {
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
			grouped := i > 0 && text[i-1] == ',' || strings.HasPrefix(behind, ",")
			if !grouped && '1' <= text[i] && text[i] <= '2' {
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
	if t.word.month > 0 {
		return t.capital || !t.word.proper
	}
	return t.digits && k+1 < s.to && r.tokens[k+1].digits && r.Text[t.End:r.tokens[k+1].Start] == "/"
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
