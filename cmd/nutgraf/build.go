package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/site/publish"
)

// buildCmd is nutgraf build.
type buildCmd struct {
	siteFlags
	Out string `help:"Folder to build into (default: public)." default:"public" placeholder:"DIR" type:"path"`
	againstFlag
	Verify bool `help:"Read every published file to see whether something else changed it, instead of going by its size and time."`
	Strict bool `help:"Fail on warnings too, with exit code 4, except those about drafts."`
	Quiet  bool `short:"q" help:"Print mistakes and nothing else."`
}

// Run builds the site: the writer's folders become a Site, the Site becomes a
// Book of pages, and the Book is published, whole or not at all.
func (c *buildCmd) Run(a *app) error {
	start := time.Now()
	ctx := a.ctx
	if os.Getenv("GOGC") == "" {
		ctx = site.Batch(ctx, 72<<20)
	}
	roots, err := c.open()
	if err != nil {
		return err
	}
	defer roots.Close()
	if c.Out == "" { // such as a variable of CI that is not set
		return usageError{errors.New("--out is empty: name a folder, such as --out public, or " +
			"leave the flag out")}
	}
	if ext := filepath.Ext(c.Out); ext == ".html" || ext == ".zip" {
		return usageError{fmt.Errorf("--out %s names a file, and a site is a folder: write "+
			"--out %s", c.shown(c.Out),
			c.shown(filepath.Dir(c.Out)))}
	}
	if err := c.outside(c.Out); err != nil {
		return err
	}

	live, err := c.live(a)
	if err != nil {
		return err
	}

	s, diags, err := site.Load(ctx, roots.options, nil)
	if err != nil {
		return err
	}
	defer s.Close()
	book, more, err := pages.New(ctx, s, pages.Options{Disk: c.Disk})
	if err != nil {
		return c.printBefore(a, s, diags, err)
	}
	defer book.Close()
	diags = append(diags, more...)

	var result publish.Result
	if diag.Count(diags, diag.Error) == 0 { // else documents are missing, and their addresses
		progress := a.progress(book.Len(), c.Quiet)
		result, more, err = publish.ToFolder(ctx, book, c.Out, publish.Options{Live: live,
			Refused: c.fails(diags), Strict: c.Strict, Verify: c.Verify, Step: progress.step})
		progress.done()
		diags = append(diags, more...)
		if err != nil {
			return c.printBefore(a, s, diags, err)
		}
	}
	if err := cmp.Or(c.print(a, s, diags), err); err != nil {
		return err
	}
	a.exit = exitCode(diags, c.Strict)
	if c.Quiet {
		return nil
	}
	a.summary(s, diags, result, c.shown(c.Out), time.Since(start), a.exit)
	if a.exit != exitClean || ctx.Err() != nil { // it is published already
		return nil
	}
	return a.countFindings(ctx, s)
}

// fails reports whether diagnostics keep the site from being published.
func (c *buildCmd) fails(ds []diag.Diagnostic) bool { return exitCode(ds, c.Strict) != exitClean }

// exitCode is what a command ends with that found these.
func exitCode(ds []diag.Diagnostic, strict bool) int {
	switch {
	case diag.Count(ds, diag.Error) > 0:
		return exitContent
	case strict && slices.ContainsFunc(ds, warns):
		return exitWarnings
	}
	return exitClean
}

// warns reports a warning that --strict makes fail.
func warns(d diag.Diagnostic) bool { return d.Severity == diag.Warning && !d.Held }

// outside makes sure that the output does not lie within a folder that is
// read: the next build would read it.
func (c *buildCmd) outside(out string) error {
	for _, root := range []string{"content", "templates", "static"} {
		dir := filepath.Join(c.Source, root)
		rel, err := filepath.Rel(realPath(dir), realPath(out))
		if err == nil && filepath.IsLocal(rel) {
			return usageError{fmt.Errorf("--out %s lies within %s, which is read: choose another "+
				"folder", c.shown(out), c.shown(dir))}
		}
	}
	if rel, err := filepath.Rel(realPath(out), realPath(c.Source)); err == nil && filepath.IsLocal(rel) {
		return usageError{fmt.Errorf("--out %s holds the site's own source: choose another folder", c.shown(out))}
	}
	return nil
}

// realPath follows links as far as the path exists.
func realPath(p string) string {
	p, err := filepath.Abs(p)
	if err != nil {
		return p
	}
	rest := ""
	for dir := p; ; dir = filepath.Dir(dir) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest)
		}
		if dir == filepath.Dir(dir) {
			return p
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

// shown is a path as the user would write it.
func (c *siteFlags) shown(p string) string {
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, p); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return p
}
