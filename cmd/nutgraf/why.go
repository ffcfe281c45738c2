package main

import (
	"fmt"
	"net/url"
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// whyCmd is nutgraf why.
type whyCmd struct {
	siteFlags
	URL string `arg:"" name:"url" help:"The page: /explainers/isis-k/, its full address, its file, or just its name: isis-k."`
}

// Run prints everything that one page depends on: while none of it changes,
// the page is not made again.
func (c *whyCmd) Run(a *app) error {
	roots, err := c.siteFlags.open()
	if err != nil {
		return err
	}
	defer roots.Close()
	s, diags, err := site.Load(a.ctx, roots.options, nil)
	if err != nil {
		return err
	}
	defer s.Close()
	book, more, err := pages.New(a.ctx, s, pages.Options{Disk: c.Disk})
	if err != nil {
		return c.printBefore(a, s, diags, err)
	}
	defer book.Close()
	diags = append(diags, more...)
	if diag.Count(diags, diag.Error) > 0 {
		a.exit = exitContent
		return c.print(a, s, diags)
	}
	p := strings.TrimPrefix(c.URL, s.Config.BaseURL)
	if u, err := url.Parse(p); err == nil {
		p = u.Path
	}
	if file, ok := strings.CutSuffix(strings.TrimPrefix(p, "content/"), ".md"); ok { // its file will do
		p = file
	}
	i := book.Locate(p)
	if i < 0 {
		return usageError{fmt.Errorf("the site has no page %s%s", c.URL, book.Suggest(p))}
	}
	page, err := book.Open(i)
	if err != nil {
		return err
	}
	return page.Why(a.stdout)
}
