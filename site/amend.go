package site

import (
	"cmp"
	"context"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
	"nutgraf/site/markdown"
)

// Change says what Amend changed.
type Change struct {
	Explainers []*Explainer // with other texts, or other terms linked in them
	Terms      bool         // an entry says something else
	Templates  bool
	Static     []*File
}

// Amend brings a site up to date with files that have other bytes than when it
// was loaded, as root/path: "content/explainers/x.md". It becomes what Load
// would make of the folders if nothing else changed in them, in the time that
// these files take. The Diagnostics are all that is to be reported then. ok is false,
// and the site as it was, where more than texts changed, or where a text has an
// error: then it must be loaded. An error is I/O or cancellation; the site must
// not be used any more then.
//
// This is the one way in which a site ever changes: nobody may be reading it.
func (s *Site) Amend(ctx context.Context, now time.Time, files []string) (c *Change,
	ds []diag.Diagnostic, ok bool, err error) {
	if s.loader == nil || diag.Count(s.diags, diag.Error) > 0 || s.due(now) {
		return nil, nil, false, nil
	}
	a := &amendment{loader: s.loader, matcher: s.loader.matcher, change: &Change{}}
	a.ctx, a.o.Now, a.diags = ctx, now, nil
	defer func() { a.loader.matcher = a.matcher }()
	if ok := a.read(files); !ok {
		return nil, nil, false, nil
	}
	if ok, err := a.compare(); !ok || err != nil {
		return nil, nil, false, err
	}
	if err := a.apply(); err != nil {
		return nil, nil, false, err
	}
	return a.change, s.diags, true, nil
}

// due reports whether time alone may have changed the site: a day began,
// something is to go live, or a day was compared with the clock.
func (s *Site) due(now time.Time) bool {
	zone := s.Config.Location
	if now.In(zone).Format(time.DateOnly) != s.Now.In(zone).Format(time.DateOnly) {
		return true
	}
	if n := &s.Config.Notice; n.Over(now) != n.Over(s.Now) {
		return true
	}
	return slices.ContainsFunc(s.Held, func(h Held) bool { return !h.Until.IsZero() && !h.Until.After(now) }) ||
		slices.ContainsFunc(s.diags, func(d diag.Diagnostic) bool { return d.Rule == dayAheadRule })
}

// amendment carries one Amend from step to step. Up to apply it changes nothing.
type amendment struct {
	*loader
	matcher *markdown.Matcher // the one to be left in the loader
	change  *Change
	docs    []*amended
	files   []*File // of templates and static, as they are now
}

// amended is one document.
type amended struct {
	old, now *document.Document
	scan     scan
}

// read reads the files, and parses the documents that they belong to.
func (a *amendment) read(files []string) bool {
	seen := map[string]bool{}
	for _, name := range files {
		root, p, _ := strings.Cut(name, "/")
		switch root {
		case "templates":
			data, err := document.Read(a.o.Templates, p, document.MaxDocument)
			if err != nil || !a.file(a.site.Templates,
				File{Path: p, Sum: document.SumOf(data), Size: int64(len(data)), Data: data}) {
				return false
			}
		case "static":
			if p == "_redirects" { // its rules are looked at when pages are planned
				return false
			}
			sum, err := sumFile(a.o.Static, p)
			if err != nil {
				return false
			}
			where, err := saysWhere(a.o.Static, p)
			if err != nil || where != a.site.reported(publishedPlace, name) ||
				!a.file(a.site.Static, File{Path: p, Sum: sum, Pixels: pixels(a.o.Static, p)}) {
				return false
			}
		default:
			old := a.site.document(p)
			if old == nil {
				return false
			}
			if main := old.Files.Main.Path; !seen[main] {
				seen[main] = true
				if !a.parse(old) {
					return false
				}
			}
		}
	}
	return true
}

// file notes that a file which is there has other bytes.
func (a *amendment) file(list []File, now File) bool {
	i := slices.IndexFunc(list, func(f File) bool { return f.Path == now.Path })
	if i >= 0 {
		now.fsys = list[i].fsys
		a.files = append(a.files, &now)
	}
	return i >= 0
}

// document is the one that a file in content belongs to, or nil.
func (s *Site) document(p string) *document.Document {
	if d := s.docs[p]; d != nil {
		return d
	}
	folder := path.Dir(p)
	for _, main := range []string{folder + ".md", folder + "/index.md"} {
		if d := s.docs[main]; d != nil {
			for _, side := range d.Files.Side {
				if side.Path == p {
					return d
				}
			}
		}
	}
	return nil
}

func (a *amendment) parse(old *document.Document) bool {
	now, err := a.reader.Read(old.Files, old)
	if err != nil || diag.Count(now.Diags, diag.Error) > 0 {
		return false
	}
	if now != old {
		a.docs = append(a.docs, &amended{old: old, now: now})
	}
	return true
}

// compare finds out whether only texts changed, and looks through them.
func (a *amendment) compare() (bool, error) {
	for _, d := range a.docs {
		switch {
		case d.old.Page != nil || !a.silent(d.old),
			!alike(reflect.ValueOf(d.old.Explainer), reflect.ValueOf(d.now.Explainer)),
			!alike(reflect.ValueOf(d.old.Term), reflect.ValueOf(d.now.Term)):
			return false, nil
		}
		if ok, err := a.sameSources(d); !ok || err != nil {
			return false, err
		}
	}
	if !a.compile() {
		return false, nil
	}
	for _, d := range a.docs {
		if ok, err := a.lookAgain(d); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// silent reports whether nothing was reported of a document but what its own text
// makes known.
func (a *amendment) silent(d *document.Document) bool {
	n := 0
	for _, one := range a.site.diags {
		if a.site.document(strings.TrimPrefix(one.At.File, "content/")) == d {
			n++
		}
	}
	return n == len(d.Diags)
}

// sameSources reports whether the document says the same of its sources as before.
func (a *amendment) sameSources(d *amended) (bool, error) {
	was, err := a.site.store.Get(nil, d.old.Record().Sources)
	if err != nil {
		return false, err
	}
	is, err := a.site.store.Get(nil, d.now.Record().Sources)
	return slices.Equal(was, is), err
}

// compile makes the matcher anew if forms changed. Two entries that claim one
// form are for Load to report, and which entries are public where some are held back
// with what uses them.
func (a *amendment) compile() bool {
	now := map[string]*document.Term{}
	for _, d := range a.docs {
		if d.now.Term != nil && !slices.Equal(a.formsOf(d.old.Term, 0), a.formsOf(d.now.Term, 0)) {
			now[d.now.Term.ID] = d.now.Term
		}
	}
	if len(now) == 0 {
		return true
	}
	if a.site.hidesAny() {
		return false
	}
	var forms []markdown.Form
	for _, t := range a.site.Terms {
		forms = append(forms, a.formsOf(cmp.Or(now[t.ID], t.Term), t.Index)...)
	}
	m, clashes := markdown.NewMatcher(forms)
	a.loader.matcher = m
	return len(clashes) == 0
}

// lookAgain looks through a document's new text.
func (a *amendment) lookAgain(d *amended) (bool, error) {
	var before scan
	was, is := a.origins(d)
	if was == (Origin{}) {
		return false, nil // it is not there, or not all of it
	}
	m := a.scratch()
	defer a.scratches.Put(m)
	if err := before.refer(a.loader, was, m); err != nil {
		return false, err
	}
	if was.Term == nil && a.site.hidesAny() {
		before.spoken = a.spoken(was, m)
	}
	if err := a.look(is, &d.scan); err != nil {
		return false, err
	}
	samePath := func(x, y document.PathRef) bool { return x.Path == y.Path && x.Anchor == y.Anchor }
	named, now := &before.shown, &d.scan.shown
	same := slices.Equal(named.assets, now.assets) && slices.EqualFunc(named.paths, now.paths, samePath)
	samePlace := func(x, y PlaceRef) bool {
		return x.Target.Path == y.Target.Path && x.Target.Anchor == y.Target.Anchor && x.Target.Kind == y.Target.Kind
	}
	same = same && slices.EqualFunc(named.places, now.places, samePlace)
	same = same && slices.Equal(before.spoken, d.scan.spoken)
	return same && len(d.scan.diags)+len(d.scan.ahead) == 0 && a.samePublic(was, d, named.terms), nil
}

// samePublic reports whether the same entries stay public, of which a document named
// some: one that is held back with others is so until a public text uses it.
func (a *amendment) samePublic(was Origin, d *amended, named []*Term) bool {
	if !a.site.hidesAny() {
		return true
	}
	if was.Term != nil {
		return slices.Equal(named, d.scan.shown.terms)
	}
	now := d.scan.shown.terms
	for _, u := range d.scan.uses {
		now = append(now, a.site.Terms[u.Term])
	}
	for _, u := range was.Explainer.uses {
		named = append(named, a.site.Terms[u.Term])
	}
	lost := func(t *Term) bool { return a.reached[t] && !slices.Contains(now, t) }
	return !d.scan.waits && !slices.ContainsFunc(named, lost)
}

// hidesAny reports whether anything is held back or withdrawn.
func (s *Site) hidesAny() bool { return len(s.Held)+len(s.Withdrawn) > 0 }

// origins are a document as it is linked, and as it will be.
func (a *amendment) origins(d *amended) (was, is Origin) {
	if d.now.Term != nil {
		t := a.site.termByID[d.now.Term.ID]
		if t == nil {
			return Origin{}, Origin{}
		}
		now := *t
		now.Term = d.now.Term
		return Origin{Term: t}, Origin{Term: &now}
	}
	e := a.site.byID[d.now.Explainer.Key()]
	if e == nil || e.Status == document.Withdrawn || e.whole != nil {
		return Origin{}, Origin{}
	}
	now := *e
	now.Explainer = d.now.Explainer
	return Origin{Explainer: e}, Origin{Explainer: &now}
}

// apply changes the site.
func (a *amendment) apply() error {
	s := a.site
	moved := false // whether a term is used elsewhere than before
	for _, f := range a.files {
		a.applyFile(f)
	}
	for _, d := range a.docs {
		if d.now.Term != nil {
			t := s.termByID[d.now.Term.ID]
			t.Term = d.now.Term
			t.Sources = a.sourcesOf(t.OwnSources)
			a.change.Terms = true
		} else {
			e := s.byID[d.now.Explainer.Key()]
			a.exchange(e, d.now.Explainer)
			moved = moved || !slices.EqualFunc(e.uses, d.scan.uses, sameUse)
			e.uses, e.words = d.scan.uses, d.scan.words
			d.scan.name()
			a.change.Explainers = append(a.change.Explainers, e)
		}
		s.docs[d.now.Files.Main.Path] = d.now
		a.replaceDiags(d)
	}
	s.Now, a.matcher = a.o.Now, a.loader.matcher
	if sum := document.Sum(a.matcher.Sum()); sum != s.matcherSum {
		s.matcherSum = sum
		if err := a.matchAgain(); err != nil {
			return err
		}
		moved = true
	}
	if moved {
		a.linkUses()
	}
	return nil
}

// sameUse reports whether two texts use the same term in the same Fragment: what
// holds for each of their uses leaves what linkUses made as it is.
func sameUse(x, y termUse) bool { return x.Term == y.Term && x.Fragment == y.Fragment }

func (a *amendment) applyFile(f *File) {
	list := a.site.Templates
	if f.Data == nil {
		list = a.site.Static
	}
	i := slices.IndexFunc(list, func(g File) bool { return g.Path == f.Path })
	if list[i].Sum == f.Sum {
		return
	}
	if f.Data == nil {
		f.Size = list[i].Size
		a.change.Static = append(a.change.Static, &list[i])
	} else {
		a.change.Templates = true
	}
	list[i] = *f
}

// replaceDiags replaces what was reported of a document.
func (a *amendment) replaceDiags(d *amended) {
	s := a.site
	if len(d.old.Diags)+len(d.now.Diags) > 0 {
		others := slices.DeleteFunc(slices.Clone(s.diags), func(one diag.Diagnostic) bool {
			return s.document(strings.TrimPrefix(one.At.File, "content/")) == d.now
		})
		s.diags = diag.Sort(append(others, d.now.Diags...))
	}
	of := func(p document.PathRef) bool { return s.document(strings.TrimPrefix(p.At.File, "content/")) == d.now }
	if len(d.scan.shown.paths) > 0 {
		s.Paths = append(slices.DeleteFunc(slices.Clone(s.Paths), of), d.scan.shown.paths...)
	}
	if places := d.scan.shown.places; len(places) > 0 {
		others := slices.DeleteFunc(slices.Clone(s.Places),
			func(p PlaceRef) bool { return of(document.PathRef{At: p.At}) })
		s.Places = append(others, places...)
	}
}

// exchange gives an explainer another text, and points what names a part of the old one
// to the same part of that.
func (a *amendment) exchange(e *Explainer, text *document.Explainer) {
	old := e.Explainer
	e.Explainer = text
	e.Sources = a.sourcesOf(text.OwnSources)
	for _, ev := range e.Timeline {
		if ev.Explainer == e {
			ev.Event = text.OwnEvents[slices.Index(old.OwnEvents, ev.Event)]
		}
	}
	for i := range a.site.Updates {
		if u := &a.site.Updates[i]; u.Explainer == e {
			u.Update = text.Updates[slices.Index(old.Updates, u.Update)]
		}
	}
}

// matchAgain looks for terms in the texts in which the forms that changed may stand.
func (a *amendment) matchAgain() error {
	var forms []markdown.Form
	for _, d := range a.docs {
		if d.now.Term != nil {
			index := a.site.termByID[d.now.Term.ID].Index
			was, is := a.formsOf(d.old.Term, index), a.formsOf(d.now.Term, index)
			forms = slices.Concat(forms, without(was, is), without(is, was))
		}
	}
	var es []*Explainer
	for _, e := range a.site.Explainers {
		if slices.ContainsFunc(forms, e.words.May) {
			es = append(es, e)
		}
	}
	scans := make([]scan, len(es))
	err := par.Each(a.ctx, len(es), func(i int) error { return a.look(Origin{Explainer: es[i]}, &scans[i]) })
	if err != nil {
		return err
	}
	for i, e := range es {
		if !sameUses(e.uses, scans[i].uses) {
			e.uses = scans[i].uses
			if !slices.Contains(a.change.Explainers, e) {
				a.change.Explainers = append(a.change.Explainers, e)
			}
		}
	}
	return nil
}

func without(forms, others []markdown.Form) []markdown.Form {
	return slices.DeleteFunc(slices.Clone(forms), func(f markdown.Form) bool { return slices.Contains(others, f) })
}

func sameUses(a, b []termUse) bool {
	return slices.EqualFunc(a, b, func(a, b termUse) bool { return a.TermUse == b.TermUse && a.Fragment == b.Fragment })
}

// apart are types whose values say where a text lies, or stand for it: a day stands for
// the words that give it.
var apart = []reflect.Type{
	reflect.TypeFor[diag.Place](), reflect.TypeFor[document.Record](), reflect.TypeFor[document.Sum](),
	reflect.TypeFor[memo.Ref](), reflect.TypeFor[time.Time](),
}

// alike reports whether two documents differ in nothing but their texts, and in what only
// pages read.
func alike(a, b reflect.Value) bool {
	if slices.Contains(apart, a.Type()) {
		return true
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return a.Elem().Type() == b.Elem().Type() && alike(a.Elem(), b.Elem())
	case reflect.Struct:
		t := a.Type()
		for i := range t.NumField() {
			if t.Field(i).Tag.Get("read") != "pages" && !alike(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Slice, reflect.Array:
		for i := range min(a.Len(), b.Len()) {
			if !alike(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return a.Len() == b.Len()
	case reflect.Map:
		for _, k := range a.MapKeys() {
			if v := b.MapIndex(k); !v.IsValid() || !alike(a.MapIndex(k), v) {
				return false
			}
		}
		return a.Len() == b.Len()
	}
	return a.Equal(b)
}
