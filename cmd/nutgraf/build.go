package main

import (
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
	Cache  string `help:"Folder to keep what the next build needs, in place of a file beside the output." placeholder:"DIR" type:"path"`
	Verify bool   `help:"Read every published file to see whether something else changed it, instead of going by its size and time."`
	Strict bool   `help:"Fail on warnings too, with exit code 4, except those about drafts."`
	Quiet  bool   `short:"q" help:"Print mistakes and nothing else."`
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
	if err := c.outside("--out", c.Out); err != nil {
		return err
	}

	live, err := c.live(a)
	if err != nil {
		return err
	}

	keeper, err := c.keep(roots, live, start)
	if err != nil {
		return err
	}
	if same, err := keeper.same(a, start); same || err != nil {
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
	diags = diag.Sort(diags)
	if err := c.printAsTheyAre(a, s, diags); err != nil {
		return err
	}
	a.exit = exitCode(diags, c.Strict)
	told := tell(s, diags, result)
	if !c.Quiet {
		a.summary(told, result, c.shown(c.Out), time.Since(start), a.exit)
		if err := a.lookOver(told, s); err != nil {
			return err
		}
	}
	keeper.done(a, s, result, told)
	return nil
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

// outside makes sure that a folder which is written to is named, and does not lie within one
// that is read: the next build would read it.
func (c *buildCmd) outside(flag, dir string) error {
	if dir == "" { // such as a variable of CI that is not set
		return usageError{fmt.Errorf("%s is empty: name a folder, or leave the flag out", flag)}
	}
	if ext := filepath.Ext(dir); ext == ".html" || ext == ".zip" {
		return usageError{fmt.Errorf("%s %s names a file, and a site is a folder: write %[1]s %[3]s",
			flag, c.shown(dir), c.shown(filepath.Dir(dir)))}
	}
	for _, root := range []string{"content", "templates", "static"} {
		read := filepath.Join(c.Source, root)
		if within(dir, read) {
			return usageError{fmt.Errorf("%s %s lies within %s, which is read: choose another "+
				"folder", flag, c.shown(dir), c.shown(read))}
		}
	}
	if within(c.Source, dir) && flag == "--out" {
		return usageError{fmt.Errorf("--out %s holds the site's own source: choose another folder", c.shown(dir))}
	}
	return nil
}

// within reports whether one path is the other or lies below it.
func within(p, dir string) bool {
	rel, err := filepath.Rel(realPath(dir), realPath(p))
	return err == nil && filepath.IsLocal(rel)
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
