package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/static"
	"nutgraf/templates"
)

// siteFlags say which site, and how it is read.
type siteFlags struct {
	Source  string  `help:"Folder that holds content/, templates/ and static/ (default: the current one)." default:"." placeholder:"DIR" type:"path"`
	BaseURL *string `name:"base-url" help:"Address of the published site, in place of base_url in site.yaml." placeholder:"URL"`
	Drafts  bool    `help:"Include drafts and reviews, and mark every page noindex."`
	Future  bool    `help:"Include what goes live later."`
	Clock   string  `help:"Build as if it were this time (default: SOURCE_DATE_EPOCH, or else now)." placeholder:"TIME"`
	Disk    bool    `help:"Write index.html in links, so that the site opens from disk."`
	Format  string  `help:"How to print mistakes: text, json, github or sarif." enum:"text,json,github,sarif" default:"text" placeholder:"FORMAT"`
}

// roots are the writer's folders, each opened so that nothing outside of it
// can be reached through it.
type roots struct {
	options site.Options
	open    []*os.Root
}

// Close closes the folders.
func (r *roots) Close() error {
	var first error
	for _, o := range r.open {
		if err := o.Close(); first == nil {
			first = err
		}
	}
	return first
}

func (c *siteFlags) open() (*roots, error) { return c.openWith(nil) }

// openWith opens the folders; otherwise stands in for content/ where there is
// none.
func (c *siteFlags) openWith(otherwise fs.FS) (*roots, error) {
	now, err := clock(c.Clock)
	if err != nil {
		return nil, err
	}
	r := &roots{options: site.Options{DefaultTemplates: templates.FS, DefaultStatic: static.FS,
		Now: now, Drafts: c.Drafts, Future: c.Future, Once: true, Name: c.name()}}
	if c.BaseURL != nil {
		if r.options.BaseURL, err = baseURL(*c.BaseURL); err != nil {
			return nil, err
		}
	}
	if err := c.besideContent(); err != nil {
		return nil, err
	}
	for _, f := range []struct {
		name string
		fsys *fs.FS
	}{{"content", &r.options.Content}, {"templates", &r.options.Templates}, {"static", &r.options.Static}} {
		root, err := openFolder(filepath.Join(c.Source, f.name))
		if errors.Is(err, fs.ErrNotExist) && (f.name != "content" || otherwise != nil) {
			if f.name == "content" {
				*f.fsys = otherwise
			}
			continue
		}
		if errors.Is(err, fs.ErrNotExist) {
			r.Close()
			if err := withinSite(c.Source); err != nil {
				return nil, err
			}
			return nil, c.noContent()
		}
		if err != nil {
			r.Close()
			return nil, usageError{fmt.Errorf("%s can't be read: %w; put a folder there that you "+
				"may read, or remove it", c.shown(filepath.Join(c.Source, f.name)), rootCause(err))}
		}
		r.open = append(r.open, root)
		*f.fsys = document.Folder(root)
	}
	return r, nil
}

// baseURL reads --base-url.
func baseURL(s string) (string, error) {
	if s == "" { // such as a variable of CI that is not set
		return "", usageError{errors.New("--base-url is empty: write the address of the published " +
			"site, such as --base-url https://example.org/, or leave the flag out")}
	}
	u, err := document.BaseURL(s)
	if err == nil {
		return u, nil
	}
	meant := cmp.Or(document.MeantBaseURL(s), "https://example.org/"+strings.Trim(s, "/")+"/")
	if !strings.HasPrefix(s, "/") && document.MeantBaseURL(s) == "" {
		meant = "https://example.org/, with a host and perhaps a folder"
	}
	return "", usageError{fmt.Errorf("--base-url: %w: write --base-url %s", err, meant)}
}

// besideContent is the mistake of putting site.yaml where nothing reads it.
func (c *siteFlags) besideContent() error {
	within := filepath.Join(c.Source, "content", "site.yaml")
	if _, err := os.Stat(within); err == nil {
		return nil
	}
	for _, name := range []string{"site.yaml", "site.yml"} {
		beside := filepath.Join(c.Source, name)
		if _, err := os.Stat(beside); err != nil {
			continue
		}
		if _, err := os.Stat(filepath.Dir(within)); err == nil {
			return usageError{fmt.Errorf("%s lies beside content/, where nothing reads it: move "+
				"it to %s", c.shown(beside), c.shown(within))}
		}
	}
	return nil
}

// noContent is the mistake of naming a folder that holds no site; where one folder
// within it does, that one is meant.
func (c *siteFlags) noContent() error {
	sites, _ := filepath.Glob(filepath.Join(c.Source, "*", "content"))
	if len(sites) == 1 {
		return usageError{fmt.Errorf("%s has no folder content/, and %s has: write --source %s",
			c.shown(c.Source), c.shown(filepath.Dir(sites[0])), quoteArg(c.shown(filepath.Dir(sites[0]))))}
	}
	return usageError{fmt.Errorf("%s has no folder content/: name the folder of your site with "+
		"--source, or make one with “nutgraf init my-site”", c.shown(c.Source))}
}

// openFolder opens a folder of the writer's. What is none is not opened, since to
// open a pipe waits for somebody who writes; a link that leads nowhere is no folder
// that isn't there.
func openFolder(name string) (*os.Root, error) {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, e := os.Lstat(name); e == nil {
			return nil, errors.New("it is a link that leads nowhere")
		}
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, errors.New("it is no folder")
	}
	return os.OpenRoot(name)
}

// rootCause is an error without the path that it names.
func rootCause(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}

// withinSite is the mistake of naming a folder without content/ that lies within
// a site: its content/ itself, most likely.
func withinSite(dir string) error {
	abs, err := filepath.Abs(dir)
	if info, e := os.Stat(dir); err != nil || e != nil || !info.IsDir() {
		return nil
	}
	up := ".."
	for above := filepath.Dir(abs); above != filepath.Dir(above); above = filepath.Dir(above) {
		for _, sign := range []string{"explainers", "site.yaml"} {
			if _, err := os.Stat(filepath.Join(above, "content", sign)); err == nil {
				return usageError{fmt.Errorf("%s lies within a site, whose folder is %s: go "+
					"there with “cd %s”, and try again", abs, above, filepath.ToSlash(filepath.Join(dir, up)))}
			}
		}
		up = filepath.Join(up, "..")
	}
	return nil
}

// name is the site's title where site.yaml gives none: its folder's.
func (c *siteFlags) name() string {
	abs, err := filepath.Abs(c.Source)
	if err != nil {
		return "Explainers"
	}
	return filepath.Base(abs)
}

// printBefore writes what was found before an error that is not the writer's,
// and returns it.
func (c *siteFlags) printBefore(a *app, s *site.Site, ds []diag.Diagnostic, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return cmp.Or(c.print(a, s, ds), err)
}

// print writes the diagnostics, sorted: where a machine reads them, to stdout.
func (c *siteFlags) print(a *app, s *site.Site, ds []diag.Diagnostic) error {
	return c.printAsTheyAre(a, s, diag.Sort(ds))
}

// printAsTheyAre is print in their order.
func (c *siteFlags) printAsTheyAre(a *app, s *site.Site, ds []diag.Diagnostic) error {
	return c.printWith(a, s.FileData, ds)
}

// printWith is printAsTheyAre where read gives the bytes of the files.
func (c *siteFlags) printWith(a *app, read func(file string) []byte, ds []diag.Diagnostic) error {
	format, err := diag.ParseFormat(c.Format)
	if err != nil {
		return usageError{err}
	}
	if format == diag.Text || format == diag.GitHub { // for people
		ds = diag.Brief(ds)
	}
	p := c.printer(a, read)
	p.Format = format
	w := a.stderr
	if c.Format != "text" {
		w, p.Color = a.stdout, false
	}
	return p.Print(w, ds)
}

// printer prints for whoever sits at the terminal.
func (c *siteFlags) printer(a *app, read func(file string) []byte) diag.Printer {
	return diag.Printer{Color: a.terminal && os.Getenv("NO_COLOR") == "", Read: read}
}
