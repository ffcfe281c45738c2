package site

import (
	"cmp"
	"html"
	"maps"
	"path"
	"slices"
	"strings"

	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// What only documents use that are held back or withdrawn waits with them:
// glossary entries here; topics, sources and authors are published with whoever
// names them anyway, and pictures and documents by publishAssets.

// hides reports whether readers get less than all of a document, and which
// Fragment they get then, -1 for none.
func (s *Site) hides(o Origin) (all bool, but int32) {
	if e := o.Explainer; e != nil && e.Status == document.Withdrawn {
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

// waitingTerms says which entries wait. named are those that site.yaml names. An entry
// that nobody uses does not wait.
func (l *loader) waitingTerms(named []*Term, origins []Origin, scans []scan) reach {
	s := l.site
	hides := false
	for i, o := range origins {
		if hidden, _ := s.hides(o); hidden {
			for _, term := range scans[i].spoken {
				scans[i].hidden.terms = append(scans[i].hidden.terms, s.Terms[term])
			}
			scans[i].spoken = nil
		}
		hides = hides || len(scans[i].hidden.terms) > 0
	}
	if !hides {
		return nil
	}
	names := make([][]*Term, len(s.Terms)) // by the entry that names them
	for i, o := range origins {
		if t := o.Term; t != nil {
			names[t.Index] = slices.Concat(t.SeeAlso, scans[i].shown.terms)
		}
	}
	hidden, public := make(reach, len(s.Terms)), make(reach, len(s.Terms))
	for i, o := range origins {
		for _, t := range scans[i].hidden.terms {
			hidden.add(t, o.Path(), names)
		}
	}
	show := func(t *Term) { public.add(t, "a public text", names) }
	for _, t := range named {
		show(t)
	}
	for i, o := range origins {
		if t := o.Term; t != nil {
			if hidden[t.Index] == "" {
				show(t)
			}
			continue
		}
		for _, u := range scans[i].uses {
			show(s.Terms[u.Term])
		}
		for _, t := range scans[i].shown.terms {
			show(t)
		}
		for _, term := range scans[i].spoken {
			show(s.Terms[term])
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

// ScheduledAliases are the old addresses of explainers and pages that go live by
// themselves on a day to come, by file.
func (s *Site) ScheduledAliases() (aliases []document.Ref) {
	for _, e := range s.heldByID {
		if e.Status >= document.Published {
			aliases = append(aliases, e.Aliases...)
		}
	}
	for _, g := range s.heldPages {
		aliases = append(aliases, g.Aliases...)
	}
	slices.SortFunc(aliases, func(a, b document.Ref) int {
		return cmp.Or(strings.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Start, b.At.Start))
	})
	return aliases
}

// TopicWaits reports whether something that is held back is filed under a topic.
func (s *Site) TopicWaits(slug string) bool {
	for _, e := range s.heldByID {
		if slices.ContainsFunc(e.Topics, func(t *Topic) bool { return t.Slug == slug }) {
			return true
		}
	}
	return false
}

// linkWaiting lists what else waits: authors, sources that are shared, and topics
// that site.yaml describes.
func (l *loader) linkWaiting() {
	s := l.site
	waits := map[any]Waiting{}
	wait := func(what any, file, name, with string) {
		if _, known := waits[what]; !known {
			waits[what] = Waiting{Path: file, Name: name, With: with}
		}
	}
	for _, e := range slices.Concat(s.Withdrawn, l.held) {
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
			if slices.ContainsFunc(s.Config.Topics, func(known document.Topic) bool { return known.Slug == t.Slug }) {
				wait(t, "content/site.yaml: topics", t.Slug, e.Path)
			}
		}
	}
	if len(waits) > 0 {
		for _, e := range s.Explainers {
			drop(waits, e.Authors, e.Editors)
			drop(waits, e.Sources)
			drop(waits, e.Topics)
		}
		for _, t := range s.Terms {
			drop(waits, t.Sources)
		}
	}
	s.Waiting = append(s.Waiting, slices.Collect(maps.Values(waits))...)
	slices.SortFunc(s.Waiting, func(a, b Waiting) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Name, b.Name))
	})
}

// drop takes out what public documents use.
func drop[T comparable](waits map[any]Waiting, lists ...[]T) {
	for _, list := range lists {
		for _, x := range list {
			delete(waits, x)
		}
	}
}

// waitingAsset is a picture or document that waits.
func waitingAsset(a *Asset, with string) Waiting {
	return Waiting{Path: "content/" + path.Dir(a.Path), Name: path.Base(a.Path), With: with}
}

// spoken are the terms whose words a document has anywhere: in its title, in a
// quotation or an update too, where none is linked. m holds its Fragments.
func (l *loader) spoken(o Origin, m *scratch) []int32 {
	var words []byte
	for i := range m.read.All {
		words = append(markdown.AppendPlainText(words, m.read.All[i].HTML), '\n')
	}
	text := strings.Join(append(o.plainTexts(), string(words)), "\n")
	f := markdown.Fragment{HTML: []byte(html.EscapeString(text))}
	f.Spans = []markdown.Span{{End: int32(len(f.HTML))}}
	var terms []int32
	for _, u := range l.matcher.First(&f, nil) {
		terms = append(terms, u.Term)
	}
	slices.Sort(terms)
	return terms
}

// plainTexts are what a document says without markup.
func (o Origin) plainTexts() (texts []string) {
	if g := o.Page; g != nil {
		return []string{g.Title, g.Summary}
	}
	e := o.Explainer
	texts = append(texts, e.Title, e.Summary, e.Label)
	for _, q := range e.Questions {
		texts = append(texts, q.Text, q.Short)
	}
	for _, ev := range e.OwnEvents {
		texts = append(texts, ev.Title, ev.Flag)
	}
	for _, im := range e.Images {
		texts = append(texts, im.Alt, im.Credit, im.Place)
	}
	for _, u := range e.Updates {
		texts = append(texts, u.Was)
	}
	return texts
}
