package site

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// TargetKind says what a reference leads to.
type TargetKind uint8

// The kinds of targets.
const (
	ToNothing   TargetKind = iota // term:none, or a reference that leads nowhere
	ToExplainer                   // Anchor may name a place on it
	ToEvent                       // on its explainer
	ToTerm
	ToPage
	ToAsset
	ToPath // another path of the site, such as /timeline/2024/
	ToHere // Anchor, on the page itself
)

// Target is where a reference leads.
type Target struct {
	Kind      TargetKind
	Explainer *Explainer
	Event     *TimelineEvent
	Term      *Term
	Page      *document.Page
	Asset     *Asset
	Path      string // ToPath: site-absolute, without the slash in front
	Anchor    string
}

// Origin is the document that a reference stands in: one of the three.
type Origin struct {
	Explainer *Explainer
	Term      *Term
	Page      *document.Page
}

// problem is what is wrong with a reference, in a writer's words.
type problem struct {
	message, hint string
	held          bool // it leads to what is held back
	gone          bool // it led to what is withdrawn
	told          bool // its cause is reported where it is: the file has a name that no document can have
	place         bool // its page is there, and may have the place: the theme's pages have their own

	word  string   // that it comes from
	known []string // those that the word could have been
	write string   // what is sure to be meant, in the place of the word
}

// oneOf says which word of the reference it comes from, and those that there are.
func (p *problem) oneOf(word string, known []string) *problem {
	p.word, p.known = word, known
	return p
}

// instead says which words of the reference go, and what stands there then.
func (p *problem) instead(word, write string) *problem {
	p.word, p.write = word, write
	return p
}

// weight is how a problem is reported. That something is withdrawn stops no build.
func (p *problem) weight() (diag.Severity, string) {
	if p.gone {
		return diag.Warning, "held-back"
	}
	return diag.Error, "broken-reference"
}

// nowhere is the problem of a reference that leads nowhere.
func nowhere(message, hint string) *problem { return &problem{message: message, hint: hint} }

// PlaceRef is a reference to a place on a page that only the page itself can show:
// one of a list, or one that its document lacks and the theme may have. Lost is what
// is reported where it isn't there; nil for lists.
type PlaceRef struct {
	From   Origin // of ToHere
	Target Target
	At     diag.Place
	Lost   *diag.Diagnostic
}

// noPlace is the problem of a reference to a place that a document does not have.
func noPlace(id, anchor, hint string) *problem {
	p := nowhere(fmt.Sprintf("“%s” has no place called “#%s”", id, document.Clip(anchor)), hint)
	p.place = true
	return p
}

// folder is where the document's own pictures lie; file is its own path. Both are in NFC.
func (o Origin) folder() (folder, file string) {
	switch {
	case o.Explainer != nil:
		return norm.NFC.String(o.Explainer.Folder), norm.NFC.String(strings.TrimPrefix(o.Explainer.Path, "content/"))
	case o.Term != nil:
		return "glossary/" + o.Term.ID, norm.NFC.String(strings.TrimPrefix(o.Term.Path, "content/"))
	case o.Page != nil:
		return "pages/" + o.Page.ID, norm.NFC.String(strings.TrimPrefix(o.Page.Path, "content/"))
	}
	return "", ""
}

// Resolve finds what a link's target, as Markdown gives it, leads to. A
// reference that leads nowhere gives the zero Target; Load has reported why.
func (s *Site) Resolve(o Origin, target string) Target {
	t, _ := s.resolve(o, target)
	return t
}

func (s *Site) resolve(o Origin, target string) (Target, *problem) {
	scheme, rest, ok := strings.Cut(target, ":")
	if ok {
		switch scheme {
		case "term":
			return s.resolveTerm(rest)
		case "event":
			return s.resolveEvent(o, rest)
		case "q":
			return s.resolveQuestion(o, rest)
		}
	}
	target = norm.NFC.String(target)
	file, anchor, _ := strings.Cut(target, "#")
	if name, err := url.PathUnescape(anchor); err == nil {
		anchor = norm.NFC.String(name)
	}
	file, err := url.PathUnescape(file)
	file = norm.NFC.String(file)
	if err != nil || strings.ContainsAny(file, "?\\\x00") {
		return Target{}, s.noFile(o, target, file, anchor)
	}
	switch {
	case file == "":
		return s.resolveHere(o, anchor)
	case strings.HasPrefix(file, "/"):
		return s.resolvePath(o, file, anchor)
	}
	return s.resolveFile(o, file, anchor)
}

func (s *Site) resolveTerm(id string) (Target, *problem) {
	if id == "none" {
		return Target{}, nil
	}
	if t := s.termByID[id]; t != nil {
		return Target{Kind: ToTerm, Term: t}, nil
	}
	return Target{}, nowhere(fmt.Sprintf("the glossary has no entry “%s”", document.Clip(id)),
		diag.NearestHint(id, keys(s.termByID), document.ToAdd("glossary", id))).oneOf(id, keys(s.termByID))
}

// resolveEntry finds an entry by its page, or a place on that.
func (s *Site) resolveEntry(id, anchor string) (Target, *problem) {
	t, p := s.resolveTerm(id)
	if t.Term != nil && anchor != "" {
		t.Kind, t.Path, t.Anchor = ToPath, "glossary/"+id+"/", anchor
	}
	return t, p
}

func (s *Site) resolveEvent(o Origin, ref string) (Target, *problem) {
	e := o.Explainer
	id, event, elsewhere := strings.Cut(ref, "#")
	if elsewhere {
		var p *problem
		if e, p = s.explainer(o, id); p != nil {
			return Target{}, p
		}
	} else {
		event = ref
	}
	if e == nil {
		return Target{}, nowhere(fmt.Sprintf("“event:%s” does not say which explainer tells it",
			document.Clip(ref)), "write event:explainer#event")
	}
	if e.Status == document.Withdrawn {
		return Target{Kind: ToExplainer, Explainer: e}, nil
	}
	for _, ev := range e.Timeline {
		if ev.ID == event {
			return Target{Kind: ToEvent, Explainer: e, Event: ev}, nil
		}
	}
	if s.droppedEvent(e, event) {
		return Target{}, dropped("event", event)
	}
	if e.Lost.Has(document.EventList) {
		return Target{}, nil
	}
	ids := make([]string, 0, len(e.Timeline))
	for _, ev := range e.Timeline {
		ids = append(ids, ev.ID)
	}
	return Target{}, nowhere(fmt.Sprintf("the timeline has no event “%s”", document.Clip(event)),
		diag.NearestHint(event, ids, document.ToList("timeline", event))).oneOf(event, ids)
}

func (s *Site) resolveQuestion(o Origin, ref string) (Target, *problem) {
	id, anchor, _ := strings.Cut(ref, "#")
	e := o.Explainer
	if id != "" {
		var p *problem
		if e, p = s.explainer(o, id); p != nil {
			return Target{}, p
		}
	}
	if e == nil {
		return Target{}, nowhere(fmt.Sprintf("“q:%s” does not say which explainer asks it",
			document.Clip(ref)), "write q:explainer#question")
	}
	if e.Status == document.Withdrawn || e.DroppedQuestion(anchor) {
		return s.place(e, Target{Kind: ToExplainer, Explainer: e, Anchor: anchor})
	}
	if anchor != "" && e.Question(anchor) == nil && !e.Lost.Has(document.QuestionList) {
		return Target{}, nowhere(fmt.Sprintf("“%s” asks no question “%s”", e.ID,
			document.Clip(anchor)), diag.NearestHint(anchor, e.QuestionIDs(),
			document.ToList("questions", anchor))).oneOf(anchor, e.QuestionIDs())
	}
	return Target{Kind: ToExplainer, Explainer: e, Anchor: anchor}, nil
}

func (s *Site) resolveHere(o Origin, anchor string) (Target, *problem) {
	t := Target{Kind: ToHere, Anchor: anchor}
	switch {
	case o.Explainer != nil:
		return s.place(o.Explainer, t)
	case o.Term != nil:
		return t.atHeading(o.Term.ID, o.Term.Headings)
	case o.Page != nil:
		return t.atHeading(o.Page.ID, o.Page.Headings)
	}
	return t, nil
}

// atHeading looks for the target's anchor on a page whose only places are its headings.
func (t Target) atHeading(id string, headings []string) (Target, *problem) {
	if t.Anchor == "" {
		return t, nil
	}
	places := called(headings, t.Anchor)
	if len(places) == 0 {
		return t, noPlace(id, t.Anchor, diag.NearestHint(t.Anchor, headings,
			"link to the page itself, without #"+document.Clip(t.Anchor))).oneOf(t.Anchor, headings)
	}
	t.Anchor = places[0]
	return t, nil
}

// called returns the place of that name; or those of sub-headings that others may link to by it:
// without the question before it, or as other tools spell it.
func called(places []string, name string) []string {
	if slices.Contains(places, name) {
		return []string{name}
	}
	slug := markdown.Slug(name)
	var out []string
	for _, p := range places {
		if p == slug || strings.HasSuffix(p, "--"+name) || slug != "" && strings.HasSuffix(p, "--"+slug) {
			out = append(out, p)
		}
	}
	return out
}

// resolvePath finds a site-absolute path.
func (s *Site) resolvePath(o Origin, p, anchor string) (Target, *problem) {
	clean := strings.TrimPrefix(path.Clean(p), "/")
	parts := strings.Split(clean, "/")
	if len(parts) == 3 && parts[1] == "explainers" {
		if e := s.byID[parts[2]+"."+parts[0]]; e != nil {
			return s.place(e, Target{Kind: ToExplainer, Explainer: e, Anchor: anchor})
		}
	}
	if strings.HasSuffix(p, "/") && (s.pageByID[clean] != nil || s.heldPages[clean] != nil) {
		return s.resolvePage(o, clean, anchor)
	}
	if len(parts) == 2 && strings.HasSuffix(p, "/") {
		switch parts[0] {
		case "explainers":
			if parts[1] == "page" {
				break
			}
			e, problem := s.explainer(Origin{}, parts[1])
			if problem != nil && problem.held && s.holds(o) {
				e, problem = s.heldByID[parts[1]], nil
			}
			if problem != nil {
				return Target{}, problem
			}
			return s.place(e, Target{Kind: ToExplainer, Explainer: e, Anchor: anchor})
		case "glossary":
			return s.resolveEntry(parts[1], anchor)
		}
	}
	if strings.HasSuffix(p, "/") && clean != "" {
		clean += "/"
	}
	return Target{Kind: ToPath, Path: clean, Anchor: anchor}, nil
}

// resolveFile finds a path relative to the document's file: another document,
// or a picture or PDF beside it.
func (s *Site) resolveFile(o Origin, file, anchor string) (Target, *problem) {
	folder, own := o.folder()
	beside := path.Join(path.Dir(own), file)
	if len(s.assets) > 0 {
		for _, p := range []string{path.Join(folder, file), beside} {
			if a := s.assets[p]; a != nil {
				return s.resolveAsset(a, anchor)
			}
		}
	}
	dir, name, _ := strings.Cut(beside, "/")
	stem, isDocument := strings.CutSuffix(strings.TrimSuffix(name, "/index.md"), ".md")
	isDocument = isDocument || strings.HasSuffix(name, "/index.md")
	if !isDocument {
		if strings.HasSuffix(file, "/") { // as it would be on the page
			return s.resolvePath(o, "/"+path.Join(folder, file)+"/", anchor)
		}
		return Target{}, s.noFile(o, file, file, anchor)
	}
	switch dir {
	case "explainers":
		e, problem := s.explainer(o, stem)
		if problem != nil {
			return Target{}, s.orMeant(problem, o, file, anchor)
		}
		return s.place(e, Target{Kind: ToExplainer, Explainer: e, Anchor: anchor})
	case "glossary":
		t, problem := s.resolveEntry(stem, anchor)
		return t, s.orMeant(problem, o, file, anchor)
	case "pages":
		t, problem := s.resolvePage(o, stem, anchor)
		if t.Page == nil {
			problem = s.orMeant(problem, o, file, anchor)
		}
		return t, problem
	}
	return Target{}, s.orMeant(nowhere(fmt.Sprintf("there is no document “%s”", document.Clip(file)),
		"documents lie in explainers/, glossary/ and pages/"), o, file, anchor)
}

// resolvePage finds a plain page. One that is held back can be named only by what
// is held back, too.
func (s *Site) resolvePage(o Origin, id, anchor string) (Target, *problem) {
	g := s.pageByID[id]
	if g == nil && s.heldPages[id] != nil {
		if !s.holds(o) {
			return Target{}, heldBack(id, "is not published yet")
		}
		g = s.heldPages[id]
	}
	if g == nil {
		p := nowhere(fmt.Sprintf("there is no page “%s”", document.Clip(id)),
			diag.NearestHint(id, keys(s.pageByID), document.ToAdd("pages", id))).oneOf(id, keys(s.pageByID))
		p.told = s.misnamed["pages/"+markdown.Slug(id)]
		return Target{}, p
	}
	return Target{Kind: ToPage, Page: g, Anchor: anchor}.atHeading(id, g.Headings)
}

// holds reports whether a document is held back itself.
func (s *Site) holds(o Origin) bool {
	return o.Explainer != nil && s.heldByID[o.Explainer.Key()] == o.Explainer ||
		o.Page != nil && s.heldPages[o.Page.ID] == o.Page
}

func heldBack(id, why string) *problem {
	return &problem{message: fmt.Sprintf("“%s” %s: readers would find nothing there", id, why),
		hint: "publish it first, or take the reference out until then", held: true}
}

// explainer finds an explainer by id, of the origin's own edition where there
// is one. One that is held back can be named only by another such.
func (s *Site) explainer(o Origin, id string) (*Explainer, *problem) {
	if o.Explainer != nil && o.Explainer.Edition != "" {
		if e := s.byID[id+"."+o.Explainer.Edition]; e != nil {
			return e, nil
		}
	}
	if e := s.byID[id]; e != nil {
		return e, nil
	}
	if e := s.heldByID[id]; e != nil {
		if s.holds(o) {
			return e, nil
		}
		why := "is not published yet"
		if e.Status != document.Published {
			why = "is a " + e.Status.String()
		}
		return nil, heldBack(id, why)
	}
	known := s.explainerIDs()
	p := nowhere(fmt.Sprintf("there is no explainer “%s”", document.Clip(id)),
		diag.NearestHint(id, known, document.ToAdd("explainers", id))).oneOf(id, known)
	p.told = s.misnamed["explainers/"+markdown.Slug(id)]
	return nil, p
}

// explainerIDs are the ids of explainers, without the languages of their editions: what is meant by
// an id is never another language's file.
func (s *Site) explainerIDs() []string {
	ids := keys(s.byID)
	for i := range ids {
		ids[i], _, _ = strings.Cut(ids[i], ".")
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// place finds the place on an explainer's page that a target names. What is
// withdrawn has none.
func (s *Site) place(e *Explainer, t Target) (Target, *problem) {
	anchor := t.Anchor
	if e.Status == document.Withdrawn {
		t.Anchor = ""
		return t, nil
	}
	if event, ok := strings.CutPrefix(anchor, "event-"); ok && s.droppedEvent(e, event) {
		t.Anchor = ""
		return t, dropped("event", event)
	}
	if e.DroppedQuestion(anchor) {
		t.Anchor = ""
		return t, dropped("answer", anchor)
	}
	if anchor == "" || e.Question(anchor) != nil {
		return t, nil
	}
	places := called(append(e.QuestionIDs(), e.Headings...), anchor)
	if len(places) == 1 {
		t.Anchor = places[0]
		return t, nil
	}
	return t, s.checkAnchor(e, anchor, places)
}

// checkAnchor looks for an anchor on an explainer's page, several headings of which may have that
// name.
func (s *Site) checkAnchor(e *Explainer, anchor string, places []string) *problem {
	list, known := document.QuestionList, append(e.QuestionIDs(), e.Headings...)
	if id, ok := strings.CutPrefix(anchor, "event-"); ok {
		list, known = document.EventList, known[:0]
		for _, ev := range e.Timeline {
			if ev.ID == id {
				return nil
			}
			known = append(known, "event-"+ev.ID)
		}
	}
	if id, ok := strings.CutPrefix(anchor, "source-"); ok {
		list, known = document.SourceList, known[:0]
		for _, src := range e.Sources {
			if src.ID == id {
				return nil
			}
			known = append(known, "source-"+src.ID)
		}
	}
	switch {
	case e.Lost.Has(list):
		return nil
	case len(places) == 0:
		slug := markdown.Slug(anchor)
		for _, q := range e.Questions {
			if slug != "" && markdown.Slug(q.Text) == slug {
				p := noPlace(e.ID, anchor, "write #"+q.ID+", the id of that question")
				return p.instead(anchor, q.ID)
			}
		}
	default:
		return nowhere(fmt.Sprintf("“%s” has %d headings called “#%s”", e.ID, len(places), document.Clip(anchor)),
			"write the one that you mean: #"+strings.Join(places, ", #"))
	}
	return noPlace(e.ID, anchor, diag.NearestHint(anchor, known,
		"link to the explainer itself, without #"+document.Clip(anchor))).oneOf(anchor, known)
}

func (s *Site) assetNames(folder string) []string {
	var out []string
	for p := range s.assets {
		if strings.HasPrefix(p, folder+"/") {
			out = append(out, strings.TrimPrefix(p, folder+"/"))
		}
	}
	slices.Sort(out)
	return out
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
