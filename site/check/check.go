// Package check says what an editor would say of a site. Site reads its documents and
// pages, and reports what the rules find: its place, why it matters, and the fix where
// one can be made for the writer. The rules are the table in rules.go.
package check

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/internal/par"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
	"nutgraf/site/pages"
	"nutgraf/site/prose"
)

// Options say what is looked at beyond the site itself.
type Options struct {
	// Verbose reports each sentence that needs a source and has none, which else
	// only the coverage counts, unless site.yaml sets the rule.
	Verbose bool
	// Live is what is published, to compare with; nil compares with nothing.
	Live *pages.Live
	// Visit asks the web for the addresses that the site links to; nil asks nobody.
	Visit *Visitor
}

// Report is what a check found.
type Report struct {
	// Findings are sorted as diagnostics are. Those that the writer accepted are
	// none.
	Findings []diag.Diagnostic
	// Coverage says of each public explainer, newest first, how much of it has a source.
	Coverage []Coverage
}

// Coverage counts the sentences of an explainer that need a source.
type Coverage struct {
	Explainer *site.Explainer
	Claims
	Questions []Claims // of each of the explainer's questions
}

// Claims are sentences that need a source, and how many of them have one.
type Claims struct{ Needed, Sourced int }

// Covered adds up the coverage of explainers.
func Covered(list []Coverage) Claims {
	var all Claims
	for _, c := range list {
		all.Needed += c.Needed
		all.Sourced += c.Sourced
	}
	return all
}

// checker carries one check from step to step.
type checker struct {
	ctx    context.Context
	site   *site.Site
	book   *pages.Book // nil where nothing can be built
	o      Options
	levels map[string]diag.Severity // of the rules that are on

	counting bool // findings are not read: they need no words

	names     *properNames
	words     map[string]*prose.Words // by language; nil where nobody has written down how it speaks
	forms     map[string]bool         // of the glossary's terms
	avoid     *markdown.Matcher
	avoided   []avoided // by the numbers of avoid's forms
	pages     []pageLinks
	docs      []docCheck
	memory    sync.Pool // of *memory
	found     []diag.Diagnostic
	pageDiags [][]diag.Diagnostic // by pages, of making them: they are of no rule of check
}

// Site checks a site that was loaded with Options.Places and, where book is not
// nil, its pages. The error is I/O or cancellation.
func Site(ctx context.Context, s *site.Site, book *pages.Book, o Options) (*Report, error) {
	c := newChecker(ctx, s, o.Verbose)
	c.book, c.o = book, o
	c.names = namesOf(s)
	c.compileAvoid()
	c.compileWords()
	if err := c.eachDocument((*docCheck).read); err != nil {
		return nil, err
	}
	if err := c.holdSite(); err != nil {
		return nil, err
	}
	if book != nil {
		if err := c.readPages(); err != nil {
			return nil, err
		}
	}
	return c.result(), nil
}

// SiteCounts counts what those rules find that look at the linked Site alone, the most
// harmful first, for the line in which build sums them up. What the writer accepted is none of it.
// A text is read only where its document has a finding, and may accept it.
func SiteCounts(ctx context.Context, s *site.Site) ([]Count, error) {
	c := newChecker(ctx, s, false)
	for i := range rules {
		if !rules[i].model {
			delete(c.levels, rules[i].name)
		}
	}
	c.counting = true
	var mu sync.Mutex
	of := map[string]int{}
	err := c.eachDocument(func(d *docCheck) error {
		m := d.memory.Get().(*memory)
		defer d.memory.Put(m)
		d.found = m.found[:0]
		err := d.hold()
		m.found = d.found
		if d.origin.Record().Accepts {
			d.found = slices.Clone(d.found)
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		for i := range d.found {
			of[d.found[i].Rule]++
		}
		d.found = nil
		return err
	})
	if err != nil {
		return nil, err // not every document has its origin then
	}
	if err := cmp.Or(c.holdSite(), c.readAcceptances()); err != nil {
		return nil, err
	}
	all := c.found
	for i := range c.docs {
		all = append(all, c.docs[i].found...)
	}
	for _, f := range c.acceptAll(all) {
		of[f.Rule]++
	}
	return sorted(of), nil
}

func newChecker(ctx context.Context, s *site.Site, verbose bool) *checker {
	return &checker{ctx: ctx, site: s, levels: levels(s.Config.Check, verbose),
		memory: sync.Pool{New: func() any { return new(memory) }}}
}

// levels are those of the table, with what site.yaml says over them.
func levels(chosen map[string]string, verbose bool) map[string]diag.Severity {
	out := map[string]diag.Severity{}
	for i := range rules {
		r := &rules[i]
		level := cmp.Or(chosen[r.name], r.level)
		if r.name == unsourcedRule && verbose && chosen[r.name] == "" {
			level = "warning"
		}
		switch level {
		case "error":
			out[r.name] = diag.Error
		case "warning":
			out[r.name] = diag.Warning
		case "note":
			out[r.name] = diag.Note
		}
	}
	return out
}

// on reports whether a rule is to be held.
func (c *checker) on(rule string) bool {
	_, ok := c.levels[rule]
	return ok
}

// report adds a finding.
func (c *checker) report(rule string, at diag.Place, message, hint string, related ...diag.Related) {
	c.found = append(c.found, diag.Diagnostic{Rule: rule, Message: message, Hint: hint, At: at, Related: related})
}

// eachDocument does something with each document, in parallel.
func (c *checker) eachDocument(do func(*docCheck) error) error {
	var origins []site.Origin
	for _, e := range c.site.Explainers {
		origins = append(origins, site.Origin{Explainer: e})
	}
	for _, t := range c.site.Terms {
		origins = append(origins, site.Origin{Term: t})
	}
	for _, g := range c.site.Pages {
		origins = append(origins, site.Origin{Page: g})
	}
	c.docs = make([]docCheck, len(origins))
	return par.Each(c.ctx, len(origins), func(i int) error {
		d := &c.docs[i]
		d.checker, d.origin, d.explainer = c, origins[i], origins[i].Explainer
		d.lang = c.site.Language(d.explainer)
		return do(d)
	})
}

// holdSite holds the rules of the whole to the site. What was gathered for them is
// forgotten then: pages need the room.
func (c *checker) holdSite() error {
	for i := range rules {
		if r := &rules[i]; r.site != nil && c.on(r.name) {
			if err := r.site(c); err != nil {
				return err
			}
		}
	}
	for i := range c.docs {
		c.docs[i].events, c.docs[i].phrases = nil, nil
	}
	return nil
}

// result puts together what was found: without what is accepted, and with the
// weight and the reason of each.
func (c *checker) result() *Report {
	r := &Report{}
	ofPages := slices.Concat(c.pageDiags...)
	n := len(c.found) + len(ofPages)
	for i := range c.docs {
		n += len(c.docs[i].found) + len(c.docs[i].accepts)
	}
	all := append(make([]diag.Diagnostic, 0, n), c.found...)
	for i := range c.docs {
		d := &c.docs[i]
		all = append(all, d.found...)
		if d.found = nil; d.explainer != nil {
			r.Coverage = append(r.Coverage, d.coverage)
		}
	}
	r.Findings = c.acceptAll(all)
	for i := range r.Findings {
		d := &r.Findings[i]
		d.Severity = c.levels[d.Rule]
		d.Why = cmp.Or(d.Why, ruleNamed(d.Rule).why)
	}
	r.Findings = diag.Sort(append(r.Findings, ofPages...))
	return r
}

// Worst returns the n diagnostics that would do most harm, of different rules
// first. Errors are the first of all; what is no rule of check is the last.
func Worst(ds []diag.Diagnostic, n int) []diag.Diagnostic {
	type place struct{ severity, turn, rank, at int } // turn is how many of its rule come before it
	order := make([]place, len(ds))
	next := map[string]place{}
	for i, d := range ds {
		p, seen := next[d.Rule]
		if !seen {
			p.rank = rank(d.Rule)
		}
		order[i] = place{int(d.Severity), p.turn, p.rank, i}
		p.turn++
		next[d.Rule] = p
	}
	slices.SortFunc(order, func(a, b place) int {
		return cmp.Or(b.severity-a.severity, a.turn-b.turn, a.rank-b.rank, a.at-b.at)
	})
	var out []diag.Diagnostic
	for _, p := range order[:min(n, len(order))] {
		out = append(out, ds[p.at])
	}
	return out
}

// Count is how often a rule was broken.
type Count struct {
	Rule string
	N    int
}

// Counts returns how often each rule was broken, the most harmful first.
func Counts(ds []diag.Diagnostic) []Count {
	of := map[string]int{}
	for _, d := range ds {
		of[d.Rule]++
	}
	return sorted(of)
}

// sorted are counts by rule, the most harmful first.
func sorted(of map[string]int) []Count {
	var out []Count
	for name, n := range of {
		out = append(out, Count{name, n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(rank(a.Rule)-rank(b.Rule), strings.Compare(a.Rule, b.Rule))
	})
	return out
}

// rank is harm, with what is no rule of check behind all rules.
func rank(name string) int {
	if i := harm(name); i >= 0 {
		return i
	}
	return len(rules)
}

// day says a day in the words of the site's language.
func (c *checker) day(t time.Time) string {
	return english.Date(t.In(c.site.Config.Location))
}

// english is the language of findings.
var english = lang.For("en")
