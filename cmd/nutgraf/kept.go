package main

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/kept"
	"nutgraf/site/pages"
	"nutgraf/site/publish"
)

// keeper knows what the last build kept, and keeps what the next one needs.
type keeper struct {
	*kept.Keeper
	build   *buildCmd
	options *site.Options
	depends string
}

// keep begins to record what a build reads that began at start. live is what it is compared
// with, nil where that is what the folder holds.
func (c *buildCmd) keep(r *roots, live *pages.Live, start time.Time) (*keeper, error) {
	file, err := c.keptFile()
	if err != nil {
		return nil, err
	}
	o := &r.options
	k := &keeper{kept.Keep(file, start, o.Content, o.Templates, o.Static), c, o, ""}
	o.Content, o.Templates, o.Static = k.Root(0), k.Root(1), k.Root(2)
	var against document.Sum
	if live != nil {
		text, err := json.Marshal(live)
		if err != nil {
			return nil, err
		}
		against = document.QuickSumOf(text)
	}
	k.depends = fmt.Sprintf("%q %q %t %t %t %t %t %x", o.Name, o.BaseURL, o.Drafts, o.Future,
		c.Disk, c.Strict, live != nil, against)
	return k, nil
}

// keptFile is where it is kept.
func (c *buildCmd) keptFile() (string, error) {
	if c.Cache == "" {
		return publish.Beside(c.Out, "kept")
	}
	if err := c.outside("--cache", c.Cache); err != nil {
		return "", err
	}
	if within(c.Cache, c.Out) {
		return "", usageError{fmt.Errorf("--cache %s lies within %s, which is published: choose "+
			"another folder", c.shown(c.Cache), c.shown(c.Out))}
	}
	if err := os.MkdirAll(c.Cache, 0o755); err != nil {
		return "", fmt.Errorf("--cache %s can't be made: %w", c.shown(c.Cache), rootCause(err))
	}
	return filepath.Join(c.Cache, filepath.Base(c.Out)+".kept"), nil
}

// same tells what the last build told if this one would come to the same, and reports that.
func (k *keeper) same(a *app, start time.Time) (bool, error) {
	c := k.build
	if c.Verify {
		return false, nil
	}
	last, err := k.Same(a.ctx, k.depends, k.options.Now, c.Out)
	if last == nil || err != nil {
		return false, err
	}
	var t told
	err = gob.NewDecoder(bytes.NewReader(last.Said)).Decode(&t)
	if err != nil || t.Findings == nil && !c.Quiet {
		return false, nil
	}
	if err := c.printWith(a, k.options.FileData, t.Diags); err != nil || c.Quiet {
		return true, err
	}
	r := publish.Result{Pages: t.Files, Unchanged: t.Files}
	a.summary(&t, r, c.shown(c.Out), time.Since(start), exitClean)
	_, err = fmt.Fprint(a.stderr, *t.Findings)
	return true, err
}

// lookOver prints what check finds in a site that is published.
func (a *app) lookOver(t *told, s *site.Site) error {
	if a.exit != exitClean || a.ctx.Err() != nil {
		return nil
	}
	line, err := toLookAt(a.ctx, s)
	if a.ctx.Err() != nil { // whoever ends the program now has a site that is published
		return nil
	}
	if err == nil {
		t.Findings = &line
		_, err = fmt.Fprint(a.stderr, line)
	}
	return err
}

// done keeps what the build did, if that was to publish. Where it can't, the next one
// does all of it again.
func (k *keeper) done(a *app, s *site.Site, r publish.Result, t *told) {
	if r.Standing == nil {
		return
	}
	var said bytes.Buffer
	err := gob.NewEncoder(&said).Encode(t)
	if err == nil {
		err = k.Keep(&kept.State{Depends: k.depends, From: s.Now, Until: s.Until(), Said: said.Bytes(),
			Standing: r.Standing})
	}
	if err != nil && !errors.Is(err, kept.ErrProgram) && !k.build.Quiet {
		fmt.Fprintln(a.stderr, "note: what the next build needs could not be kept:", diag.InWords(err))
	}
}
