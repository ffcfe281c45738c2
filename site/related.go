package site

import (
	"fmt"
	"slices"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// How far the computed part of Related looks, and how much it names.
const (
	relatedReach = 4
	relatedMost  = 3
)

// linkRelated finds what to read next: what the writer named, then explainers
// that share topics. It looks only at the neighbours in each topic's list, so
// that it stays linear in the site.
func (l *loader) linkRelated() error {
	var list []*Explainer // in memory for all
	for _, e := range l.everyExplainer() {
		for _, r := range e.RelatedRefs {
			other, p := l.site.explainer(Origin{Explainer: e}, r.ID)
			switch {
			case other != nil && other.Status == document.Withdrawn:
				l.reportAt(diag.Warning, "held-back", r.At,
					fmt.Sprintf("“%s” is withdrawn, so it is not listed", r.ID),
					"take it out of related")
			case other != nil && other != e:
				e.Related = append(e.Related, other)
			case other == e:
				l.reportAt(diag.Error, "broken-reference", r.At, "an explainer is not related to itself", "remove it")
			case l.site.heldByID[r.ID] != nil:
				l.reportAt(diag.Warning, "held-back", r.At, p.message, "it is listed as soon as it is published")
			default:
				l.reportAt(diag.Error, "broken-reference", r.At, p.message, p.hint)
			}
		}
		list = near(e, list[:0])
		for _, other := range byCloseness(list) {
			if len(e.Related) >= relatedMost {
				break
			}
			if !slices.Contains(e.Related, other) {
				e.Related = append(e.Related, other)
			}
		}
	}
	return nil
}

// byCloseness orders candidates by how many topics they share, then as lists
// do; each stands in the given list as often as it shares a topic.
func byCloseness(list []*Explainer) []*Explainer {
	slices.SortFunc(list, byNewest)
	type shared struct {
		e *Explainer
		n int // of topics
	}
	var most [32]shared // on the stack
	all := most[:0]
	for i, e := range list {
		if i == 0 || e != list[i-1] {
			all = append(all, shared{e: e})
		}
		all[len(all)-1].n++
	}
	slices.SortStableFunc(all, func(a, b shared) int { return b.n - a.n })
	out := list[:0]
	for _, s := range all {
		out = append(out, s.e)
	}
	return out
}

// near appends the neighbours of an explainer in the lists of its topics, which
// are sorted: once for each topic.
func near(e *Explainer, list []*Explainer) []*Explainer {
	for _, t := range e.Topics {
		i, listed := slices.BinarySearchFunc(t.Explainers, e, byNewest)
		if !listed {
			continue
		}
		list = append(list, t.Explainers[max(0, i-relatedReach):i]...)
		list = append(list, t.Explainers[i+1:min(len(t.Explainers), i+1+relatedReach)]...)
	}
	return list
}
