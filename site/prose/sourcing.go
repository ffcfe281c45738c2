package prose

import (
	"slices"
	"strings"

	"nutgraf/site/lang"
)

// Claim is a sentence that says what can be checked, and so wants a source.
type Claim struct {
	Extent
	Reason Extent // the words that make it one
	Cited  bool   // a citation stands in it or right behind it
}

// Claims returns the sentences that say a figure or a date, quote somebody, or
// report what somebody says. A citation in a sentence or right behind it counts.
//
// Nothing is claimed by a question, by a sentence that defines a word or supposes
// something, and by numbers that only count what the text itself lists.
func (r *Reading) Claims() []Claim {
	var all []Claim
	units := r.statements()
	for i, s := range units {
		reason, ok := r.claimed(s)
		if !ok {
			continue
		}
		until := len(r.Text)
		if i+1 < len(units) {
			until = units[i+1].Start
		}
		all = append(all, Claim{s.Extent, reason, r.cited(i == 0, s.Start, until)})
	}
	return all
}

// statements are the sentences, without the space around them; those of one
// quotation are one with the sentence that quotes it.
func (r *Reading) statements() []sentence {
	var all []sentence
	for _, s := range r.sentences {
		s.Start += len(r.Text[s.Start:s.End]) - len(strings.TrimLeft(r.Text[s.Start:s.End], " \u00a0\n\t"))
		if n := len(all); n > 0 && r.splitsQuotation(all[n-1].End) {
			all[n-1].End, all[n-1].to = s.End, s.to
			continue
		}
		if s.from < s.to {
			all = append(all, s)
		}
	}
	return all
}

// splitsQuotation reports whether a place lies within quotation marks, where a
// sentence may end and what says who speaks is still to come.
func (r *Reading) splitsQuotation(at int) bool {
	open := from(r.spoken, at)
	return len(open) > 0 && open[0].Start < at
}

// cited reports whether a citation stands from start up to where the next
// statement begins, its very beginning included.
func (r *Reading) cited(first bool, start, until int) bool {
	if !first {
		start++ // what stands there belongs to the statement before
	}
	i, _ := slices.BinarySearch(r.Cites, start)
	return i < len(r.Cites) && r.Cites[i] <= until
}

// claimed returns the words of a statement that can be checked, if it has any.
func (r *Reading) claimed(s sentence) (reason Extent, ok bool) {
	if r.asks(s) || r.supposes(s) || r.defines(s) {
		return Extent{}, false
	}
	if q, ok := r.quotes(s); ok {
		return q, true
	}
	for p := range r.phrases(claiming, s) {
		if p.claims && !r.supposed(p, s) && !(r.monthly(p) && r.tense(p, s) != before) {
			return r.extent(p), true
		}
	}
	for p := range r.expressions(s) {
		if p.relative.Sense == lang.Loose || p.relative.Sense >= lang.Counted {
			return r.extent(p), true
		}
	}
	return Extent{}, false
}

// monthly reports a phrase with a month and no number: the rains come in May, and
// so does the flood that came in May.
func (r *Reading) monthly(p found) bool { return r.month(p) > 0 && r.amount(p) == 0 }

// asks reports a question. Where quotation marks enclose what it ends with, the
// quotation may be all that asks, and its first words show it.
func (r *Reading) asks(s sentence) bool {
	text := r.Text[s.Start:s.End]
	open := strings.TrimRight(text, "\"'”’»")
	if !strings.ContainsAny(lastMark(open), "?؟？") {
		return false
	}
	if len(open) == len(text) {
		return true
	}
	if s.from == s.to || r.tokens[s.from].Within(r.spoken) {
		return false
	}
	p, _ := r.find(asking, s.from, s.to)
	return p != nil
}

// lastMark are the marks that a sentence ends with.
func lastMark(sentence string) string {
	return sentence[len(strings.TrimRight(sentence, ".!?…؟？")):]
}

// supposes reports a sentence that says what would be, not what is.
func (r *Reading) supposes(s sentence) bool {
	p, _ := r.find(supposing, s.from, s.to)
	return p != nil
}

// supposed reports a phrase in a clause that says what would be: if 30 people sign.
func (r *Reading) supposed(p found, s sentence) bool {
	const far = 12
	for k := p.from - 1; k >= max(s.from, p.from-far) && !r.tokens[k+1].apart; k-- {
		if r.tokens[k].word.is&conditional != 0 {
			return true
		}
	}
	return false
}

// defines reports a sentence that says what a word means: A quorum is the …
func (r *Reading) defines(s sentence) bool {
	const far = 8
	if r.tokens[s.from].word.is&defining == 0 {
		return false
	}
	for i := s.from + 1; i < min(s.from+far, s.to); i++ {
		if p, _ := r.find(defined, i, s.to); p != nil {
			return true
		}
	}
	return false
}

// quotes returns somebody's own words in a statement: five of them, as
// fewer are mostly a name or a manner of speaking, and not a title.
func (r *Reading) quotes(s sentence) (Extent, bool) {
	tokens := r.tokens[s.from:s.to]
	for _, q := range from(r.quotations, s.Start) {
		n, capitals := 0, 0
		for ; len(tokens) > 0 && tokens[0].Start < q.End; tokens = tokens[1:] {
			if tokens[0].Start >= q.Start {
				n++
				if tokens[0].capital {
					capitals++
				}
			}
		}
		if len(tokens) == 0 && n == 0 {
			break
		}
		if n >= 5 && 2*capitals <= n {
			return q, true
		}
	}
	return Extent{}, false
}
