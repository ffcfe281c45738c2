package site

import (
	"fmt"
	"slices"
	"strings"

	"nutgraf/site/diag"
)

// How far the computed part of Related looks, and how much it names.
const (
	relatedReach = 4
	relatedMost  = 3
)

// linkRelated finds what to read next: what the writer named, then explainers
// that share topics. It looks only at the neighbours in each topic's list, so
// that it stays linear in the site.
func (l *loader) linkRelated() {
	near := map[*Explainer][]*Explainer{}
	for _, t := range l.site.Topics {
		for i, e := range t.Explainers {
			for j := max(0, i-relatedReach); j <= min(len(t.Explainers)-1, i+relatedReach); j++ {
				if j != i {
					near[e] = append(near[e], t.Explainers[j])
				}
			}
		}
	}
	for _, e := range l.everyExplainer() {
		for _, r := range e.related {
			other, p := l.site.explainer(Origin{Explainer: e}, r.ID)
			switch {
			case other != nil && other.Status == Withdrawn:
				l.report(diag.Warning, "held-back", r.At, fmt.Sprintf("“%s” is withdrawn, so it is not listed", r.ID), "take it out of related")
			case other != nil && other != e:
				e.Related = append(e.Related, other)
			case other == e:
				l.report(diag.Error, "broken-reference", r.At, "an explainer is not related to itself", "remove it")
			case l.site.heldByID[r.ID] != nil:
				l.report(diag.Warning, "held-back", r.At, p.message, "it is listed as soon as it is published")
			default:
				l.report(diag.Error, "broken-reference", r.At, p.message, p.hint)
			}
		}
		for _, other := range byCloseness(e, near[e]) {
			if len(e.Related) >= relatedMost {
				break
			}
			if !slices.Contains(e.Related, other) {
				e.Related = append(e.Related, other)
			}
		}
	}
}

// byCloseness orders candidates by how many topics they share, then by name of
// their file; each stands in the list as often as it shares a topic.
func byCloseness(e *Explainer, list []*Explainer) []*Explainer {
	shared := map[*Explainer]int{}
	for _, c := range list {
		shared[c]++
	}
	out := make([]*Explainer, 0, len(shared))
	for c := range shared {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b *Explainer) int {
		if n := shared[b] - shared[a]; n != 0 {
			return n
		}
		if n := b.Published.Compare(a.Published); n != 0 {
			return n
		}
		return strings.Compare(a.Key(), b.Key())
	})
	return out
}
