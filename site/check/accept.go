package check

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/internal/par"
	"nutgraf/site/markdown"
	"nutgraf/site/prose"
)

// accept is one <!-- accept: rule reason -->: the writer knows, and means it.
type accept struct {
	rule  string
	at    diag.Place
	all   bool         // the whole document
	parts []diag.Place // else what it covers
	used  bool
}

const (
	acceptRule = "accept"
	acceptMark = "accept:"
)

// readAccepts reads the comments of a text. One that stands at the start of an
// answer covers the question, one at the start of the body or among the notes
// the whole document; any other covers the block that follows it, or, within a
// line, the block that it stands in.
func (d *docCheck) readAccepts(t *text) {
	for i := range t.f.Places.Comments {
		c := &t.f.Places.Comments[i]
		rest, ok := strings.CutPrefix(c.Text, acceptMark)
		if !ok {
			continue
		}
		a := accept{at: diag.Place{File: t.file, Span: c.Source}}
		var reason string
		a.rule, reason, _ = strings.Cut(strings.TrimSpace(rest), " ")
		if !d.acceptable(&a, reason) {
			continue
		}
		start := c.Block && c.At == 0
		switch {
		case t.part == unshown, start && (t.part == intro || t.part == body):
			a.all = true
		case start && t.part == answer:
			q := d.explainer.Questions[t.question]
			a.parts = []diag.Place{q.At, t.within(prose.Extent{Start: 0, End: len(t.f.HTML)})}
		default:
			a.parts = []diag.Place{t.within(t.covered(c))}
		}
		d.accepts = append(d.accepts, a)
	}
}

// readAcceptances reads what those documents accept that have a finding: for a
// SiteCounts, which reads no other text.
func (c *checker) readAcceptances() error {
	listed := map[string]bool{} // documents that a rule of the whole reports
	for _, f := range c.found {
		listed[documentOf(f.At.File)] = true
	}
	return par.Each(c.ctx, len(c.docs), func(i int) error {
		d := &c.docs[i]
		if !d.origin.Record().Accepts || len(d.found) == 0 && !listed[documentOf(d.origin.Path())] {
			return nil
		}
		return d.parseAccepts()
	})
}

// parseAccepts reads what a document accepts whose texts were loaded without
// their places.
func (d *docCheck) parseAccepts() error {
	origin, err := d.site.ParseAgain(d.origin)
	if err != nil {
		return err
	}
	m := d.memory.Get().(*memory)
	defer d.memory.Put(m)
	if err := d.site.ReadFragments(origin.Record(), &m.fragments); err != nil {
		return err
	}
	again := docCheck{checker: d.checker, origin: origin, explainer: origin.Explainer, lang: d.lang, reader: &m.reader}
	again.split(m)
	for i := range again.texts {
		again.readAccepts(&again.texts[i])
	}
	d.accepts = again.accepts
	return nil
}

// acceptable reports what is wrong with an acceptance on its own.
func (d *docCheck) acceptable(a *accept, reason string) bool {
	d.rule = acceptRule
	known := ruleNamed(a.rule)
	switch {
	case a.rule == "":
		d.report(a.at, "this accepts nothing: it names no rule", "write <!-- accept: rule reason -->")
	case known == nil:
		d.report(a.at, fmt.Sprintf("there is no rule “%s” to accept", clip(a.rule)), nearestRule(a.rule))
		d.found[len(d.found)-1].Fix = diag.ReplaceByNearest(a.at, a.rule, front.CheckRules)
	case strings.TrimSpace(reason) == "":
		d.report(a.at, fmt.Sprintf("this accepts “%s” without a reason", a.rule),
			"write behind the rule why it is right here: whoever reads this next wants to know")
	default:
		return true
	}
	return false
}

// covered is the part of the HTML that a comment covers.
func (t *text) covered(c *markdown.Comment) prose.Extent {
	at := int(c.At)
	if c.Block {
		return prose.Extent{Start: at, End: elementEnd(t.f.HTML, at)}
	}
	for _, b := range t.blocks {
		if at <= b.HTML.End {
			return b.HTML
		}
	}
	return prose.Extent{Start: at, End: at}
}

// elementEnd returns where the element ends that begins at a byte of the HTML,
// after any blanks; at itself where none does. It is looked for, because a comment that accepts
// something is rare, and what it stands before may be the writer's Markdown or HTML.
func elementEnd(html []byte, at int) int {
	depth := 0
	for i := at; i < len(html); {
		open := bytes.IndexByte(html[i:], '<')
		if open < 0 {
			break
		}
		i += open
		shut := bytes.IndexByte(html[i:], '>')
		if shut < 0 {
			break
		}
		tag := html[i+1 : i+shut]
		i += shut + 1
		switch name := markdown.TagName(tag); {
		case tag[0] == '/':
			depth--
		case string(name) != "br" && string(name) != "hr" && string(name) != "img" && string(name) != "wbr":
			depth++
		}
		if depth <= 0 {
			return max(at, i)
		}
	}
	return len(html)
}

// within is where a part of the HTML stands in the file, holes among it.
func (t *text) within(part prose.Extent) diag.Place {
	at := diag.Place{File: t.file}
	add := func(from, to int32) {
		if at.IsZero() {
			at.Span = diag.Span{Start: from, End: to}
		}
		at.Start, at.End = min(at.Start, from), max(at.End, to)
	}
	for _, s := range t.f.Places.Texts {
		if int(s.End) > part.Start && int(s.Start) < part.End {
			add(s.Source, s.Source+s.End-s.Start)
		}
	}
	for i := range t.f.Holes {
		if h := &t.f.Holes[i]; int(h.At) >= part.Start && int(h.At) < part.End && !h.Source.IsZero() {
			add(h.Source.Start, h.Source.End)
		}
	}
	return at
}

// acceptAll takes away what was accepted, and reports acceptances that no
// finding needs any more. Those of rules that are off are left alone.
func (c *checker) acceptAll(all []diag.Diagnostic) []diag.Diagnostic {
	of := map[string][]*accept{}
	for i := range c.docs {
		d := &c.docs[i]
		for j := range d.accepts {
			key := documentOf(d.origin.Path())
			of[key] = append(of[key], &d.accepts[j])
		}
	}
	left := all[:0]
	for _, d := range all {
		accepted := false
		for _, a := range of[documentOf(d.At.File)] {
			if a.covers(&d) {
				a.used, accepted = true, true
			}
		}
		if !accepted {
			left = append(left, d)
		}
	}
	for i := range c.docs {
		for _, a := range c.docs[i].accepts {
			if !a.used && c.held(a.rule) && c.on(acceptRule) {
				left = append(left, diag.Diagnostic{Rule: acceptRule, At: a.at,
					Message: fmt.Sprintf("nothing is left here that “%s” would tell of", a.rule),
					Hint:    "remove this comment", Fix: diag.Write(a.at, "")})
			}
		}
	}
	return left
}

// documentOf is what the files of one document have in common.
func documentOf(file string) string {
	dir, name := path.Split(file)
	if strings.HasSuffix(name, ".yaml") || name == "index.md" {
		return strings.TrimSuffix(dir, "/")
	}
	return strings.TrimSuffix(file, ".md")
}

// held reports whether a rule was held to the site in this check.
func (c *checker) held(rule string) bool {
	r := ruleNamed(rule)
	return c.on(rule) && (r.asked == nil || r.asked(c))
}

func (a *accept) covers(d *diag.Diagnostic) bool {
	if a.rule != d.Rule {
		return false
	}
	for _, p := range a.parts {
		if p.File == d.At.File && d.At.Start >= p.Start && d.At.Start <= p.End && !d.At.IsZero() {
			return true
		}
	}
	return a.all
}
