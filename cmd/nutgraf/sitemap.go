package main

import (
	"bufio"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"nutgraf/site/pages"
)

// What is read of sitemaps: sitemaps.org allows 50 MB and 50,000 addresses in each. maxSitemaps is
// how many an index may lead to.
const (
	maxSitemap  = 50 << 20
	maxSitemaps = 500
)

// sitemap is a file of the Sitemap protocol 0.9: a list of addresses, or of such lists.
type sitemap struct {
	XMLName xml.Name
	Pages   []location `xml:"url"`
	Parts   []location `xml:"sitemap"`
}

type location struct {
	Loc string `xml:"loc"`
}

// isSitemap reports whether --against names a sitemap, which other programs make, too.
func isSitemap(against string) bool {
	name := against
	if u, err := url.Parse(against); err == nil && u.Host != "" {
		name = u.Path
	}
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return path.Ext(name) == ".xml"
}

// liveFromSitemap is what readers have by a sitemap: every address in it, by its path below the
// folder in which the sitemap lies on its host.
func liveFromSitemap(a *app, against string) (*pages.Live, error) {
	base := "/"
	if u, err := url.Parse(against); err == nil && u.Host != "" {
		base = u.Path[:strings.LastIndexByte(u.Path, '/')+1]
	}
	first, err := readSitemap(a, against)
	if err != nil {
		return nil, err
	}
	all := first.Pages
	if len(first.Parts) > maxSitemaps {
		return nil, fmt.Errorf("it leads to %d sitemaps, and %d are read", len(first.Parts), maxSitemaps)
	}
	for _, p := range first.Parts {
		name := strings.TrimSpace(p.Loc)
		if isAddress(against) && !isAddress(name) { // what others write opens no file here
			return nil, fmt.Errorf("“%s” in it is no address", name)
		}
		part, err := readSitemap(a, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Loc, err)
		}
		all = append(all, part.Pages...)
	}
	live, queries := &pages.Live{}, 0
	for _, l := range all {
		u, err := url.Parse(strings.TrimSpace(l.Loc))
		if err != nil || u.Host == "" {
			return nil, fmt.Errorf("“%s” in it is no address", l.Loc)
		}
		if u.RawQuery != "" { // the same file for every query, on a host of files
			queries++
			continue
		}
		p := strings.TrimPrefix(strings.TrimPrefix(u.Path, base), "/")
		if p != "" && path.Ext(p) == "" && !strings.HasSuffix(p, "/") {
			p += "/"
		}
		live.Redirects = append(live.Redirects, p)
	}
	if queries > 0 {
		fmt.Fprintf(a.stderr, "note: %s of %s with a ? were passed over: a host of files can't lead on from "+
			"them\n", plural(queries, "address"), against)
	}
	slices.Sort(live.Redirects)
	live.Redirects = slices.Compact(live.Redirects)
	return live, nil
}

// readSitemap reads one sitemap, which may be compressed.
func readSitemap(a *app, name string) (*sitemap, error) {
	in, err := openLive(a, name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	buffered := bufio.NewReader(in)
	var r io.Reader = buffered
	if magic, _ := buffered.Peek(2); string(magic) == "\x1f\x8b" {
		if r, err = gzip.NewReader(buffered); err != nil {
			return nil, err
		}
	}
	limited := &io.LimitedReader{R: r, N: maxSitemap + 1}
	var s sitemap
	err = xml.NewDecoder(limited).Decode(&s)
	switch {
	case limited.N == 0:
		return nil, errors.New("it is longer than 50 MB, which no sitemap may be")
	case err != nil:
		return nil, usageError{fmt.Errorf("it is no sitemap (%w)", err)}
	case s.XMLName.Local != "urlset" && s.XMLName.Local != "sitemapindex":
		return nil, usageError{fmt.Errorf("it is no sitemap: it begins with <%s>", s.XMLName.Local)}
	}
	return &s, nil
}
