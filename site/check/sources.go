package check

import (
	"fmt"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/front"
)

// uncitedSource reports sources that an explainer lists and nothing in it cites.
func uncitedSource(d *docCheck) error {
	e := d.explainer
	cited := map[string]bool{}
	refs := func(list []document.Ref) {
		for _, r := range list {
			cited[r.ID] = true
		}
	}
	for i := range d.texts {
		for _, h := range d.texts[i].f.Holes {
			for _, c := range h.Cites {
				cited[c.ID] = true
			}
		}
	}
	for _, q := range e.Questions {
		refs(q.Sources)
	}
	for _, ev := range e.OwnEvents {
		refs(ev.Sources)
	}
	for _, s := range e.OwnSources {
		if s.Via != nil {
			cited[s.Via.ID] = true
		}
	}
	for i, s := range e.OwnSources {
		if !cited[s.ID] {
			d.report(d.sourceAt(i), fmt.Sprintf("no sentence, answer or event cites the source "+
				"“%s”", clip(s.ID)), fmt.Sprintf("cite it where it is used, with [@%s], or remove it", s.ID))
		}
	}
	return nil
}

// undatedSource reports a source without a date or a publisher.
func undatedSource(a *document.SourceText) (message, hint string) {
	if what := lacks(a); what != "" {
		return fmt.Sprintf("the source “%s” has %s", clip(a.Title), what),
			"add issued: with its date, or accessed: with the day on which you read it, and " +
				"publisher: with who stands behind it"
	}
	return "", ""
}

// lacks says what a source has not that a reader would look for. What a person
// said or a group claims has no publisher, and a periodical as a whole no date.
func lacks(a *document.SourceText) string {
	person := slices.Contains([]string{"interview", "personal_communication"}, a.Type) ||
		a.Attribution == "unnamed" || a.Attribution == "claim"
	switch dated, published := !a.Issued.IsZero() || a.Accessed != "" || a.Type == "periodical",
		a.Publisher != "" || len(a.Author) > 0 || person; {
	case !dated && !published:
		return "neither a date nor a publisher"
	case !dated:
		return "no date"
	case !published:
		return "no publisher"
	}
	return ""
}

// unarchivedSource reports a source on the web without an archived copy.
func unarchivedSource(a *document.SourceText) (message, hint string) {
	if a.URL == "" || a.ArchiveURL != "" || lasting(a.URL) {
		return "", ""
	}
	return fmt.Sprintf("the source “%s” stands on the web, and has no archived copy", clip(a.Title)),
		"save the page at an archive such as web.archive.org, and add archive_url: and archived:"
}

// lasting reports addresses whose owners promise that they stay.
func lasting(url string) bool {
	for _, host := range []string{"doi.org/", "web.archive.org/", "hdl.handle.net/", "archive.ph/", "perma.cc/"} {
		if strings.Contains(url, "//"+host) {
			return true
		}
	}
	return false
}

// sourceRule says what is wrong with one source; "" is nothing.
type sourceRule func(a *document.SourceText) (message, hint string)

// ofOwn holds a rule to each of an explainer's own sources.
func (hold sourceRule) ofOwn(d *docCheck) error {
	return d.eachSource(func(i int, a *document.SourceText) {
		if message, hint := hold(a); message != "" {
			d.report(d.sourceAt(i), message, hint)
		}
	})
}

// eachSource calls f for each of the explainer's own sources, which are read once.
// Those of sources.yaml are checked once for the site.
func (d *docCheck) eachSource(f func(i int, a *document.SourceText)) error {
	if d.sources == nil {
		texts, err := d.site.SourceTexts(d.origin.Record(), nil)
		if err != nil {
			return err
		}
		d.sources = make([]document.SourceText, len(d.explainer.OwnSources))
		for i, s := range d.explainer.OwnSources {
			if s.Ref == nil {
				if d.sources[i], err = texts.Of(s); err != nil {
					return err
				}
			}
		}
	}
	for i, s := range d.explainer.OwnSources {
		if s.Ref == nil {
			f(i, &d.sources[i])
		}
	}
	return nil
}

// ofShared holds it to each source of sources.yaml that somebody names.
func (hold sourceRule) ofShared(c *checker, rule string) error {
	const file = "content/sources.yaml"
	var places map[string]diag.Span
	var texts document.SourceTexts
	for _, s := range c.site.Sources {
		if !s.Shared {
			continue
		}
		if texts == nil {
			var err error
			if texts, err = c.site.SourceTexts(s.Record, nil); err != nil {
				return err
			}
			places = map[string]diag.Span{}
			list, _ := front.ParseSources(file, c.site.FileData(file))
			for _, f := range list {
				places[f.ID.Value] = f.ID.Span
			}
		}
		a, err := texts.Of(s.Source)
		if err != nil {
			return err
		}
		if message, hint := hold(&a); message != "" {
			c.report(rule, diag.Place{File: file, Span: places[s.ID]}, message, hint)
		}
	}
	return nil
}
