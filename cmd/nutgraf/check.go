package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"nutgraf/site"
	"nutgraf/site/check"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// checkCmd is nutgraf check.
type checkCmd struct {
	siteFlags
	Strict   bool `help:"Fail on warnings too, with exit code 4, except those about drafts."`
	All      bool `help:"Print every finding, instead of the errors, the five most harmful findings and a count for each rule."`
	Verbose  bool `help:"Print each sentence that needs a source and has none, and how much of each answer is sourced."`
	Fix      bool `help:"Fix what messages leave no choice about, in the files themselves, then check. Shows each change first; on a terminal, asks."`
	Yes      bool `help:"With --fix: do not ask."`
	External bool `help:"Ask the web whether the addresses that the site links to still work."`
	againstFlag
	Paths []string `arg:"" optional:"" name:"path" type:"path" help:"Print findings for these files or folders only (default: all)."`
}

// Run says what an editor would say of the site.
func (c *checkCmd) Run(a *app) error {
	ctx := a.ctx
	if c.Yes && !c.Fix {
		return usageError{errors.New("--yes goes with --fix: it makes every fix without asking")}
	}
	for _, p := range c.Paths {
		if _, err := os.Stat(p); err != nil {
			return usageError{fmt.Errorf("there is no %s to check: name files and folders from "+
				"here, such as content/explainers/tide-gate.md", c.shown(p))}
		}
	}
	if os.Getenv("GOGC") == "" {
		ctx = site.Batch(ctx, 256<<20) // it keeps all findings of the largest sites
	}
	roots, err := c.open()
	if err != nil {
		return err
	}
	defer roots.Close()
	options, err := c.options(a, roots)
	if err != nil {
		return err
	}
	roots.options.Places = true
	if c.Fix {
		return c.fixAndPrint(ctx, a, roots, options)
	}
	f, err := c.find(ctx, a, roots, options)
	if err != nil {
		return err
	}
	defer f.close()
	return c.printFindings(a, f)
}

// fixAndPrint fixes what a program can, and says what is left.
func (c *checkCmd) fixAndPrint(ctx context.Context, a *app, roots *roots, o check.Options) error {
	started := time.Now()
	before, err := c.find(ctx, a, roots, o)
	if err != nil {
		return err
	}
	done, err := c.fix(a, before, started)
	before.close()
	if err != nil {
		return err
	}
	after, err := c.find(ctx, a, roots, o)
	if err != nil {
		return err
	}
	defer after.close()
	if err := c.printFindings(a, after); err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, done+c.left(after))
	return nil
}

// findings are what is wrong with a site, sorted, and how much of it has a source.
type findings struct {
	site   *site.Site
	book   *pages.Book
	report *check.Report
	diags  []diag.Diagnostic
}

func (f *findings) close() {
	f.book.Close()
	f.site.Close()
}

// find loads the site and looks at it.
func (c *checkCmd) find(ctx context.Context, a *app, roots *roots, o check.Options) (*findings, error) {
	s, diags, err := site.Load(ctx, roots.options, nil)
	if err != nil {
		return nil, err
	}
	book, more, err := pages.New(ctx, s, pages.Options{Disk: c.Disk, LateSearch: true})
	if err != nil {
		defer s.Close()
		return nil, c.printBefore(a, s, diags, err)
	}
	diags = append(diags, more...)
	built := book
	if diag.Count(diags, diag.Error) > 0 {
		built = nil // its pages may be made of anything
	}
	f := &findings{site: s, book: book}
	if f.report, err = check.Site(ctx, s, built, o); err != nil {
		defer f.close()
		return nil, c.printBefore(a, s, diags, err)
	}
	f.diags = diag.Sort(append(diags, f.report.Findings...))
	return f, nil
}

// options are what the flags ask for beyond the site itself.
func (c *checkCmd) options(a *app, roots *roots) (o check.Options, err error) {
	o.Verbose = c.Verbose
	if o.Live, err = c.live(a); err != nil {
		return o, err
	}
	if c.External {
		o.Visit = &check.Visitor{Client: &http.Client{Timeout: 10 * time.Second},
			Pause: time.Second, Now: roots.options.Now}
		if dir, err := os.UserCacheDir(); err == nil {
			o.Visit.Dir = filepath.Join(dir, "nutgraf", "links")
		}
	}
	return o, nil
}

// mostHarm is how many findings are shown where not all are.
const mostHarm = 5

// printFindings prints what was found: to machines all of it, to people what matters most.
func (c *checkCmd) printFindings(a *app, f *findings) error {
	s, r, ds := f.site, f.report, c.chosen(f.diags)
	a.exit = exitCode(ds, c.Strict)
	if c.Format != "text" || c.All {
		if err := c.print(a, s, ds); err != nil || c.Format != "text" {
			return err
		}
		c.summary(a, r, ds)
		return nil
	}
	shown := check.Worst(ds, diag.Count(ds, diag.Error)+mostHarm)
	if err := c.printAsTheyAre(a, s, shown); err != nil {
		return err
	}
	c.summary(a, r, ds)
	if n := len(ds) - len(shown); n > 0 {
		fmt.Fprintf(a.stderr, "%s more: --all prints them\n", plural(n, "finding"))
	}
	return nil
}

// summary counts what was found, and what has a source.
func (c *checkCmd) summary(a *app, r *check.Report, ds []diag.Diagnostic) {
	for _, n := range check.Counts(ds) {
		fmt.Fprintf(a.stderr, "%6d %s\n", n.N, n.Rule)
	}
	if c.Verbose {
		for _, e := range r.Coverage {
			a.coverage(e)
		}
	}
	all := check.Covered(r.Coverage)
	if all.Needed > 0 {
		fmt.Fprintf(a.stderr, "sentences with a source, of those that need one: %d of %d\n", all.Sourced, all.Needed)
	}
	fmt.Fprintf(a.stderr, "%s, %s, %s\n", plural(len(r.Coverage), "explainer"),
		plural(diag.Count(ds, diag.Error), "error"), plural(diag.Count(ds, diag.Warning), "warning"))
}

// coverage says how much of an explainer, and of each of its answers, has a source.
func (a *app) coverage(e check.Coverage) {
	fmt.Fprintf(a.stderr, "%s: %d of %d\n", e.Explainer.Path, e.Sourced, e.Needed)
	for i, q := range e.Questions {
		if q.Needed > 0 {
			fmt.Fprintf(a.stderr, "    #%s: %d of %d\n", e.Explainer.Questions[i].ID, q.Sourced, q.Needed)
		}
	}
}

// chosen are the diagnostics of the files and folders that the writer named.
func (c *checkCmd) chosen(ds []diag.Diagnostic) []diag.Diagnostic {
	return slices.DeleteFunc(ds, func(d diag.Diagnostic) bool { return !c.names(d.At.File) })
}

// names reports whether a file, as diagnostics name it, is one that the writer
// named, or lies in a folder that is.
func (c *checkCmd) names(file string) bool {
	return len(c.Paths) == 0 || slices.ContainsFunc(c.Paths, func(p string) bool {
		rel, err := filepath.Rel(filepath.Join(c.Source, filepath.FromSlash(file)), p)
		return err == nil && file != "" && strings.Trim(filepath.ToSlash(rel), "./") == ""
	})
}
