package site

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// What only documents use that are held back or withdrawn waits with them:
// glossary entries here; topics, sources and authors are published with whoever
// names them anyway, and pictures and documents by takeAssets.

// hides reports whether readers get less than all of a document, and which
// Fragment they get then, -1 for none.
func (s *Site) hides(o Origin) (all bool, but int32) {
	if e := o.Explainer; e != nil && e.Status == Withdrawn {
		if note := e.Note(); note != nil && !s.holds(o) {
			return true, note.Text.Index
		}
		return true, -1
	}
	return s.holds(o), -1
}

// reach says of each entry, by its Index, which document got to it first; "" where
// none did.
type reach []string

// add adds an entry, and all that it names itself.
func (r reach) add(t *Term, path string, names [][]*Term) {
	if r[t.Index] != "" {
		return
	}
	r[t.Index] = path
	for _, other := range names[t.Index] {
		r.add(other, path, names)
	}
}

// holdTerms takes the entries out of the site that wait with others, and says which.
// named are those that site.yaml names. An entry that nobody uses does not wait.
func (l *loader) holdTerms(named []*Term, origins []Origin, passes []pass) reach {
	s := l.site
	if !slices.ContainsFunc(passes, func(p pass) bool { return len(p.hidden.terms) > 0 }) {
		return nil
	}
	names := make([][]*Term, len(s.Terms)) // by the entry that names them
	for i, o := range origins {
		if t := o.Term; t != nil {
			names[t.Index] = slices.Concat(t.SeeAlso, passes[i].shown.terms)
		}
	}
	hidden, public := make(reach, len(s.Terms)), make(reach, len(s.Terms))
	for i, o := range origins {
		for _, t := range passes[i].hidden.terms {
			hidden.add(t, o.Path(), names)
		}
	}
	for _, t := range named {
		public.add(t, "content/site.yaml", names)
	}
	for i, o := range origins {
		for _, u := range passes[i].uses {
			public.add(s.Terms[u.Term], o.Path(), names)
		}
		if o.Term != nil && hidden[o.Term.Index] != "" {
			continue
		}
		if o.Term != nil {
			public.add(o.Term, o.Path(), names)
		}
		for _, t := range passes[i].shown.terms {
			public.add(t, o.Path(), names)
		}
	}
	l.reached = map[*Term]bool{}
	for i, with := range hidden {
		if with != "" && public[i] != "" {
			l.reached[s.Terms[i]], hidden[i] = true, ""
		}
	}
	return hidden
}

// takeTerms takes entries out of the site, and renumbers the others.
func (l *loader) takeTerms(waits reach) {
	s := l.site
	if !slices.ContainsFunc(waits, func(with string) bool { return with != "" }) {
		return
	}
	now := make([]int32, len(s.Terms)) // by Index so far
	var public []*Term
	for i, t := range s.Terms {
		if waits[i] != "" {
			delete(s.termByID, t.ID)
			s.Waiting = append(s.Waiting, Waiting{Path: t.Path, With: waits[i]})
			continue
		}
		now[i] = int32(len(public))
		public, s.inMatcher = append(public, t), append(s.inMatcher, int32(i))
	}
	for i, t := range public {
		t.Index = int32(i)
	}
	s.Terms = public
	for _, e := range s.Explainers {
		e.uses = slices.Clone(e.uses) // prev may have them, too
		for i := range e.uses {
			e.uses[i].Term = now[e.uses[i].Term]
		}
	}
}

// public is the Index of the entry that has that number in the matcher, and whether
// it is public.
func (s *Site) public(number int32) (int32, bool) {
	if s.inMatcher == nil {
		return number, true
	}
	i, found := slices.BinarySearch(s.inMatcher, number)
	return int32(i), found
}

// numbered are uses with the numbers of the matcher in place of the Index.
func (s *Site) numbered(uses []termUse) []termUse {
	if s.inMatcher == nil {
		return uses
	}
	uses = slices.Clone(uses)
	for i := range uses {
		uses[i].Term = s.inMatcher[uses[i].Term]
	}
	return uses
}

// linkWaiting lists what else waits: authors, sources that are shared, and topics
// that site.yaml describes.
func (l *loader) linkWaiting() {
	s := l.site
	hidden := slices.Concat(s.Withdrawn, l.held)
	if len(hidden) == 0 {
		return
	}
	public := map[any]bool{}
	for _, e := range s.Explainers {
		see(public, e.Authors, e.Editors)
		see(public, e.Sources)
		see(public, e.Topics)
	}
	for _, t := range s.Terms {
		see(public, t.Sources)
	}
	wait := func(what any, file, name, with string) {
		if !public[what] {
			public[what] = true // said once
			s.Waiting = append(s.Waiting, Waiting{Path: file, Name: name, With: with})
		}
	}
	for _, e := range hidden {
		for _, a := range slices.Concat(e.Authors, e.Editors) {
			if a.ID != "" {
				wait(a, "content/authors.yaml", a.ID, e.Path)
			}
		}
		for _, src := range e.Sources {
			if src.Shared {
				wait(src, "content/sources.yaml", src.ID, e.Path)
			}
		}
		for _, t := range e.Topics {
			if slices.ContainsFunc(s.Config.Topics, func(known Topic) bool { return known.Slug == t.Slug }) {
				wait(t, "content/site.yaml: topics", t.Slug, e.Path)
			}
		}
	}
	slices.SortFunc(s.Waiting, func(a, b Waiting) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Name, b.Name))
	})
}

func see[T comparable](seen map[any]bool, lists ...[]T) {
	for _, list := range lists {
		for _, x := range list {
			seen[x] = true
		}
	}
}

// waitingAsset is a picture or document that waits.
func waitingAsset(a *Asset, with string) Waiting {
	return Waiting{Path: "content/" + path.Dir(a.Path), Name: path.Base(a.Path), With: with}
}
