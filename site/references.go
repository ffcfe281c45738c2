package site

import (
	"fmt"
	"path"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// refer reads a document's Fragments into m, and finds what it refers to.
func (p *scan) refer(l *loader, o Origin, m *scratch) error {
	rec := o.Record()
	hides, but := l.site.hides(o)
	shown := &p.shown
	if hides {
		shown = &p.hidden
	}
	if e := o.Explainer; e != nil {
		for _, im := range e.Images {
			p.image(l.site, o, im.Src, im.At, shown, false)
		}
		p.linked(l.site, e, shown)
	} else if o.Term != nil && o.Term.Affiliation != nil {
		if t := l.site.termByID[o.Term.Affiliation.ID]; t != nil {
			shown.terms = append(shown.terms, t)
		}
	}
	if err := l.site.ReadFragments(rec, &m.read); err != nil {
		return err
	}
	file := o.Path()
	for i, f := range m.read.All {
		to := shown
		if hides && int32(i) == but {
			to = &p.shown
		}
		for j := range f.Holes {
			h, named := &f.Holes[j], len(to.terms)
			p.hole(l, o, h, rec.Place(file, int32(i), h.Source), to)
			for _, t := range to.terms[named:] {
				p.byHand = append(p.byHand, useByHand(int32(i), h, t))
			}
		}
	}
	return nil
}

// linked takes down the entries that front matter names.
func (p *scan) linked(s *Site, e *Explainer, to *named) {
	for _, r := range e.Only {
		if t := s.termByID[r.ID]; t != nil {
			to.terms = append(to.terms, t)
		}
	}
	for _, ev := range e.Timeline {
		if ev.Spot != nil && ev.Explainer == e {
			to.terms = append(to.terms, ev.Spot)
		}
	}
}

// Record returns what the store has of the document's texts.
func (o Origin) Record() *document.Record {
	switch {
	case o.Explainer != nil:
		return o.Explainer.Record
	case o.Term != nil:
		return o.Term.Record
	}
	return o.Page.Record
}

// Path returns the document's file: content/explainers/isis-k.md.
func (o Origin) Path() string {
	switch {
	case o.Explainer != nil:
		return o.Explainer.Path
	case o.Term != nil:
		return o.Term.Path
	}
	return o.Page.Path
}

// hole checks what one hole refers to.
func (p *scan) hole(l *loader, o Origin, h *markdown.Hole, at diag.Place, to *named) {
	switch h.Kind {
	case markdown.Link:
		t, problem := l.site.resolve(o, h.Target)
		problem = problem.inMarkdown()
		if to == &p.shown {
			problem = to.place(o, t, problem, at)
		}
		p.target(o, t, problem, at, to)
		if t.Kind == ToPath {
			to.paths = append(to.paths, document.PathRef{Path: t.Path, Anchor: t.Anchor, At: at})
		}
	case markdown.Image, markdown.Figure:
		p.image(l.site, o, h.Target, at, to, true)
	case markdown.Citation:
		for _, c := range h.Cites {
			p.cite(l, o, c, diag.Place{File: at.File, Span: c.Source})
		}
	}
}

// place takes down a reference to a place that only the page can show, and returns
// the problem that is one whatever the page has.
func (n *named) place(o Origin, t Target, p *problem, at diag.Place) *problem {
	switch {
	case p != nil && p.place:
		n.places = append(n.places, PlaceRef{From: o, Target: t, At: at, Lost: p.diagnostic(at)})
		return nil
	case p == nil && t.Kind == ToPath && t.Anchor != "":
		n.places = append(n.places, PlaceRef{Target: t, At: at})
	}
	return p
}

func (p *problem) diagnostic(at diag.Place) *diag.Diagnostic {
	severity, rule := p.weight()
	if p.write != "" {
		return &diag.Diagnostic{Severity: severity, Rule: rule, Message: p.message, Hint: p.hint,
			Fix: diag.Replace(at, p.word, p.write), At: at}
	}
	return &diag.Diagnostic{Severity: severity, Rule: rule, Message: p.message, Hint: p.hint,
		Fix: diag.ReplaceByNearest(at, p.word, p.known), At: at}
}

// target takes down what a reference leads to, and what is wrong with it. Nobody
// reads what is withdrawn but for its note.
func (p *scan) target(o Origin, t Target, problem *problem, at diag.Place, to *named) {
	unread := to == &p.hidden && o.Explainer != nil && o.Explainer.Status == document.Withdrawn
	if problem != nil && !unread {
		p.broken(o, at, problem)
	}
	if t.Asset != nil && t.Kind == ToNothing { // it went with what is withdrawn
		to = &p.hidden
	}
	if t.Asset != nil {
		to.assets = append(to.assets, t.Asset)
	}
	if t.Term != nil {
		to.terms = append(to.terms, t.Term)
	}
}

func (p *scan) broken(o Origin, at diag.Place, problem *problem) {
	if problem.told {
		return
	}
	d := problem.diagnostic(at)
	if problem.held && o.Term != nil {
		p.ahead = append(p.ahead, *d)
		return
	}
	p.diags = append(p.diags, *d)
}

// image takes down a picture of a text, or of images in the front matter.
func (p *scan) image(s *Site, o Origin, src string, at diag.Place, to *named, inText bool) {
	if src == "" {
		return
	}
	if strings.HasPrefix(src, "/") {
		to.paths = append(to.paths, document.PathRef{Path: strings.TrimPrefix(path.Clean(src), "/"),
			Picture: true, At: at})
		return
	}
	t, problem := s.resolve(o, src)
	if folder, _ := o.folder(); problem == nil && t.Kind != ToAsset && t.Asset == nil {
		problem = nowhere(fmt.Sprintf("“%s” is no picture", document.Clip(src)),
			"write the name of a picture in content/"+folder+"/; a link to it has no ! before it")
	} else if problem != nil && strings.HasPrefix(elsewhere(src), "http") {
		problem = nowhere("this picture lies on another server",
			"download it to content/"+folder+"/, and write "+path.Base(src))
	}
	if inText {
		problem = problem.inMarkdown()
	}
	p.target(o, Target{Kind: t.Kind, Asset: t.Asset}, problem, at, to)
	if e := s.sensitive[t.Asset]; e != nil && t.Kind == ToAsset && !o.warnsOf(src) {
		hint := "link to the explainer that shows it"
		if o.Explainer != nil {
			hint = "list it in images: here, too, with sensitive: and warning:"
		}
		p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: "sensitive-elsewhere", At: at, Hint: hint,
			Message: fmt.Sprintf("“%s” is marked as sensitive in %s, and readers would see it "+
				"here at once", document.Clip(path.Base(src)), e.Path),
			Why: "it stays behind the reader's own click"})
	}
}

// warnsOf reports whether the document itself says that a picture is sensitive.
func (o Origin) warnsOf(src string) bool {
	if o.Explainer == nil {
		return false
	}
	im := o.Explainer.Image(src)
	return im != nil && im.Sensitive != ""
}

// linkSensitive lists the pictures that an explainer calls sensitive.
func (l *loader) linkSensitive() {
	s := l.site
	s.sensitive = map[*Asset]*Explainer{}
	for _, e := range l.everyExplainer() {
		for _, im := range e.Images {
			if im.Sensitive == "" {
				continue
			}
			if t, _ := s.resolve(Origin{Explainer: e}, im.Src); t.Asset != nil && s.sensitive[t.Asset] == nil {
				s.sensitive[t.Asset] = e
			}
		}
	}
}

func (p *scan) cite(l *loader, o Origin, c markdown.Cite, at diag.Place) {
	if problem := l.noSource(o, c.ID); problem != nil {
		p.broken(o, at, problem)
	}
}
