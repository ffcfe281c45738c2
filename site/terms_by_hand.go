package site

import (
	"cmp"
	"slices"

	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// useByHand is the use of a term that a link of a writer's is. Its End is below zero: that
// says so without a field more for each of the many uses.
func useByHand(fragment int32, h *markdown.Hole, t *Term) termUse {
	use := markdown.TermUse{Start: h.At + 1, End: -h.End, Term: t.Index} // from behind the tag
	return termUse{TermUse: use, Fragment: fragment}
}

func (u termUse) byHand() bool { return u.End < 0 }

// place is where the words of the use stand.
func (u termUse) place() markdown.TermUse {
	return markdown.TermUse{Start: u.Start, End: max(u.End, -u.End), Term: u.Term}
}

// addByHand adds what the explainer links to by hand. A text uses a term once, where it
// links to it first; nothing is linked by itself behind that.
func (p *scan) addByHand(e *Explainer) {
	if len(p.byHand) == 0 {
		return
	}
	texts := append(linkable(e), linkableByHand(e)...)
	for _, u := range p.byHand {
		if slices.Contains(texts, u.Fragment) {
			p.uses = append(p.uses, u)
		}
	}
	slices.SortFunc(p.uses, func(x, y termUse) int {
		return cmp.Or(cmp.Compare(x.Fragment, y.Fragment), cmp.Compare(x.Start, y.Start))
	})
	type text struct{ fragment, term int32 }
	seen := map[text]bool{}
	p.uses = slices.DeleteFunc(p.uses, func(u termUse) bool {
		t := text{u.Fragment, u.Term}
		again := seen[t]
		seen[t] = true
		return again
	})
}

// linkableByHand are the Fragments that readers see and in which terms are linked by hand alone.
func linkableByHand(e *Explainer) (out []int32) {
	proses := slices.Concat([]document.Prose{e.Standfirst, e.Method}, e.Knowns, e.Unknowns)
	for _, pr := range proses {
		if pr.Given() {
			out = append(out, pr.Index)
		}
	}
	return out
}
