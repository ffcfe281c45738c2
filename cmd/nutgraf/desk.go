package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"nutgraf/site"
	"nutgraf/site/check"
)

// deskCmd is nutgraf desk.
type deskCmd struct {
	Source string `help:"Folder that holds content/, templates/ and static/ (default: the current one)." default:"." placeholder:"DIR" type:"path"`
	Clock  string `help:"Print the list as of this time (default: SOURCE_DATE_EPOCH, or else now)." placeholder:"TIME"`
	JSON   bool   `name:"json" help:"Print it as JSON, for a scheduled job that builds only when something is due."`
}

// Run prints what a newsroom wants to know in the morning.
func (c *deskCmd) Run(a *app) error {
	roots, err := (&siteFlags{Source: c.Source, Clock: c.Clock}).open()
	if err != nil {
		return err
	}
	defer roots.Close()
	roots.options.Places = true
	s, loaded, err := site.Load(a.ctx, roots.options, nil)
	if err != nil {
		return err
	}
	defer s.Close()
	report, err := check.Site(a.ctx, s, nil, check.Options{})
	if err != nil {
		return err
	}
	d := check.DeskOf(s, report, loaded)
	if c.JSON {
		e := json.NewEncoder(a.stdout)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(d)
	}
	a.desk(d)
	return nil
}

// leastCovered is how many explainers the list of coverage shows.
const leastCovered = 10

// desk prints the list for people.
func (a *app) desk(d *check.Desk) {
	a.section("Overdue reviews", len(d.Overdue))
	for _, r := range d.Overdue {
		path := r.Path
		if r.Question != "" {
			path += "#" + r.Question
		}
		fmt.Fprintf(a.stdout, "  %s  %s (%s)\n", day(r.By), r.Title, path)
	}
	a.section("Going live", len(d.Next))
	for _, l := range d.Next {
		fmt.Fprintf(a.stdout, "  %s  %s (%s)\n", l.At.Format("2 January 2006, 15:04 MST"), l.Title, l.Path)
	}
	a.section("Drafts", len(d.Drafts))
	for _, r := range d.Drafts {
		fmt.Fprintf(a.stdout, "  %s (%s, a %s)\n", r.Title, r.Path, r.Status)
		for _, g := range r.Gaps {
			fmt.Fprintf(a.stdout, "    %s\n", g)
		}
	}
	a.section("Sentences with a source, of those that need one", len(d.Coverage))
	for _, s := range d.Coverage[:min(leastCovered, len(d.Coverage))] {
		fmt.Fprintf(a.stdout, "  %3d of %3d  %s (%s)\n", s.Sourced, s.Needed, s.Title, s.Path)
	}
	if n := len(d.Coverage) - leastCovered; n > 0 {
		fmt.Fprintf(a.stdout, "  and %s with more\n", plural(n, "explainer"))
	}
	a.section("Corrections in "+d.Now.Format("January 2006"), len(d.Corrections))
	for _, k := range d.Corrections {
		fmt.Fprintf(a.stdout, "  %s  %s (%s)\n    %s\n", day(k.Date), k.Title, k.Path, k.Text)
	}
}

// section begins a part of the list.
func (a *app) section(title string, n int) {
	if n == 0 {
		title = strings.TrimSpace(title) + ": none"
	}
	fmt.Fprintln(a.stdout, title)
}

func day(t time.Time) string { return t.Format("2 January 2006") }
