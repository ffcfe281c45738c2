package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/par"
)

// linkSources finds the shared sources that an explainer names.
func (l *loader) linkSources(e *Explainer) {
	e.Sources = l.sourcesOf(e.OwnSources)
	for _, q := range e.Questions {
		l.checkSourceRefs(e, q.Sources)
	}
	for _, ev := range e.OwnEvents {
		l.checkSourceRefs(e, ev.Sources)
	}
}

func (l *loader) sourcesOf(own []*document.Source) []*document.Source {
	out := own
	if slices.ContainsFunc(own, func(src *document.Source) bool { return src.Ref != nil }) {
		out = l.withShared(own)
	}
	for _, src := range out {
		if src.Via != nil && findSource(out, src.Via.ID) == nil && l.data.Shared[src.Via.ID] == nil {
			l.reportAt(diag.Error, "broken-reference", src.Via.At,
				fmt.Sprintf("there is no source “%s”", document.Clip(src.Via.ID)),
				diag.NearestHint(src.Via.ID, sourceIDs(out),
					document.ToList("sources", src.Via.ID)),
				diag.ReplaceByNearest(src.Via.At, src.Via.ID, sourceIDs(out))...)
		}
	}
	l.carriers(out)
	return out
}

// carriers reports sources that carry each other, all round.
func (l *loader) carriers(list []*document.Source) {
	via := func(src *document.Source) *document.Source {
		if src == nil || src.Via == nil {
			return nil
		}
		if own := findSource(list, src.Via.ID); own != nil {
			return own
		}
		return l.data.Shared[src.Via.ID]
	}
	var done []*document.Source
	for _, src := range list {
		if src.Via == nil {
			continue
		}
		round := []*document.Source{src}
		for next := via(src); next != nil && !slices.Contains(done, next); next = via(next) {
			if i := slices.Index(round, next); i >= 0 {
				l.carrierCircle(round[i:])
				done = append(done, round...)
				break
			}
			round = append(round, next)
		}
	}
}

func (l *loader) carrierCircle(round []*document.Source) {
	first := round[0]
	d := diag.Diagnostic{Severity: diag.Error, Rule: "circle", At: first.Via.At,
		Message: fmt.Sprintf("“%s” is via itself", first.ID),
		Why:     "via: names who carried it, as a news agency does", Hint: "remove via:, or name another source"}
	if len(round) > 1 {
		message := "“%s” is via “%s”, and that in the end via “%[1]s”"
		d.Message = fmt.Sprintf(message, first.ID, first.Via.ID)
		d.Hint = "remove one of them"
	}
	for _, s := range round[1:] {
		message := fmt.Sprintf("“%s” is via “%s”", s.ID, s.Via.ID)
		d.Related = append(d.Related, diag.Related{Message: message, At: s.Via.At})
	}
	l.report(d)
}

// withShared puts sources of sources.yaml where they are named.
func (l *loader) withShared(own []*document.Source) []*document.Source {
	out := make([]*document.Source, 0, len(own))
	for _, src := range own {
		if src.Ref != nil {
			shared := l.data.Shared[src.Ref.ID]
			if shared == nil && l.data.SharedLost {
				continue
			}
			if shared == nil {
				l.reportAt(diag.Error, "broken-reference", src.Ref.At,
					fmt.Sprintf("sources.yaml has no source “%s”", document.Clip(src.Ref.ID)),
					diag.NearestHint(src.Ref.ID, l.data.SharedIDs,
						"add it to content/sources.yaml, or write it out here: - id: …, and below it title: …"),
					diag.ReplaceByNearest(src.Ref.At, src.Ref.ID, l.data.SharedIDs)...)
				continue
			}
			src = shared
		}
		out = append(out, src)
	}
	return out
}

func (l *loader) checkSourceRefs(e *Explainer, refs []document.Ref) {
	for _, r := range refs {
		if p := l.noSource(Origin{Explainer: e}, r.ID); p != nil {
			l.report(*p.diagnostic(r.At))
		}
	}
}

// noSource says what is wrong where none of a document's sources has an id, nil
// where one has, or where that is reported already.
func (l *loader) noSource(o Origin, id string) *problem {
	var own, known []*document.Source // own lists what sources.yaml lacks, too
	var lost document.Lists
	switch {
	case o.Explainer != nil:
		own, known, lost = o.Explainer.OwnSources, o.Explainer.Sources, o.Explainer.Lost
	case o.Term != nil:
		own, known, lost = o.Term.OwnSources, o.Term.Sources, o.Term.Lost
	default:
		return nowhere("a plain page has no sources to cite", "link to it: [the audit](https://example.org/audit)")
	}
	if findSource(known, id) != nil || findSource(own, id) != nil || lost.Has(document.SourceList) {
		return nil
	}
	hint := diag.NearestHint(id, sourceIDs(known), document.ToList("sources", id))
	if l.data.Shared[id] != nil {
		hint = "sources.yaml has it: add “- " + id + "” to this file's sources"
	}
	p := nowhere(fmt.Sprintf("no source here has the id “%s”", document.Clip(id)), hint)
	if l.data.Shared[id] == nil {
		p.oneOf(id, sourceIDs(known))
	}
	return p
}

func findSource(list []*document.Source, id string) *document.Source {
	for _, s := range list {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Source finds a source of the explainer by its id, nil where there is none.
func (e *Explainer) Source(id string) *document.Source { return findSource(e.Sources, id) }

// Source finds a source of the entry by its id, nil where there is none.
func (t *Term) Source(id string) *document.Source { return findSource(t.Sources, id) }

func sourceIDs(list []*document.Source) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, s.ID)
	}
	return out
}

// linkCited gathers the sources of all explainers, by title.
func (l *loader) linkCited() error {
	all, err := l.citedSources()
	if err != nil {
		return err
	}
	slices.SortFunc(all, compareCited)
	return l.site.putCited(all)
}

// putCited makes the sources those of the site, and puts their texts in its store.
func (s *Site) putCited(all []*cited) (err error) {
	s.Sources = make([]CitedSource, len(all))
	var text []byte
	for i, c := range all {
		text = append(text[:0], c.text...)
		if c.ref, err = s.store.Put(text); err != nil {
			return err
		}
		s.Sources[i] = c.CitedSource
	}
	return nil
}

// cited is a CitedSource with its text, by whose title and URL it is sorted.
type cited struct {
	CitedSource
	text, title, url string
}

func compareCited(a, b *cited) int {
	if c := compareNames(a.title, b.title); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.url, b.url), strings.Compare(a.ID, b.ID),
		strings.Compare(a.By[0].Key(), b.By[0].Key()))
}

// name is what a source is known by on the site: its URL, or else its id in a file, that of
// the explainer e which cites it, or the shared one.
func (c *cited) name(e *Explainer) string {
	switch {
	case c.Shared:
		return "sources.yaml\x00" + c.ID
	case c.url == "":
		return e.Key() + "\x00" + c.ID
	}
	return c.url
}

// citedSources are the sources of all explainers, in their order: each once.
func (l *loader) citedSources() ([]*cited, error) {
	n, size := 0, 0
	for _, e := range l.site.Explainers {
		n, size = n+len(e.Sources), size+e.Record.Sources.Len()
	}
	byName := make(map[string]*cited, n)
	list, all := make([]*cited, 0, n), make([]cited, 0, n)
	texts := citedTexts{site: l.site}
	texts.all.Grow(size)
	for i, e := range l.site.Explainers {
		if i%64 == 63 {
			par.Pause(l.ctx)
		}
		only := []*Explainer{e} // shared: most sources are cited once
		for _, src := range e.Sources {
			c, err := texts.read(src)
			if err != nil {
				return nil, err
			}
			c.By = only
			name := c.name(e)
			if first := byName[name]; first == nil {
				all = append(all, c)
				byName[name] = &all[len(all)-1]
				list = append(list, &all[len(all)-1])
			} else if by := first.By; by[len(by)-1] != e {
				first.By = append(slices.Clip(by), e)
			}
		}
	}
	return list, nil
}

// citedTexts are the texts of all sources that are cited.
type citedTexts struct {
	site        *Site
	all         strings.Builder // in one piece
	own, shared recordTexts     // the last ones: of an explainer, and of sources.yaml
}

// read is a source with its text; nobody cites it yet.
func (t *citedTexts) read(src *document.Source) (c cited, err error) {
	from := &t.own
	if src.Shared {
		from = &t.shared
	}
	c.Source = src
	if c.text, err = from.one(t.site, src, &t.all); err != nil {
		return c, err
	}
	c.title, c.url, err = document.TitleAndURL(c.text)
	return c, err
}

// recordTexts are the texts of the sources of one record.
type recordTexts struct {
	record  *document.Record
	texts   string
	scratch document.SourceTexts
}

// one is the text of a source. all gets the texts of a record's sources when another
// record's were asked for before.
func (o *recordTexts) one(s *Site, src *document.Source, all *strings.Builder) (string, error) {
	if src.Record != o.record {
		var err error
		if o.scratch, err = s.SourceTexts(src.Record, o.scratch); err != nil {
			return "", err
		}
		all.Write(o.scratch)
		o.record, o.texts = src.Record, all.String()[all.Len()-len(o.scratch):]
	}
	return document.CutSource(o.texts, src)
}
