package check

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/par"
	"nutgraf/site/prose"
)

// address is one of somebody else's that the site links to, and where.
type address struct {
	url, archive string // archive is its copy; "" where none is known
	at           diag.Place
}

// visiting reports whether the web is to be asked.
func (c *checker) visiting() bool { return c.o.Visit != nil }

// gatherLinks lists the addresses of others in a document's texts and sources.
func gatherLinks(d *docCheck) error {
	if !d.visiting() {
		return nil
	}
	for i := range d.texts {
		if d.texts[i].part != unshown {
			d.gatherTextLinks(&d.texts[i])
		}
	}
	if d.explainer == nil {
		return nil
	}
	return d.eachSource(func(i int, a *document.SourceText) { d.addSource(a, d.sourceAt(i)) })
}

func (d *docCheck) addSource(a *document.SourceText, at diag.Place) {
	if a.URL != "" {
		d.addresses = append(d.addresses, address{a.URL, a.ArchiveURL, at})
	}
	if a.ArchiveURL != "" {
		d.addresses = append(d.addresses, address{a.ArchiveURL, "", at})
	}
}

// gatherTextLinks lists those of one text, each where its words stand.
func (d *docCheck) gatherTextLinks(t *text) {
	for _, l := range t.f.Places.Links {
		if strings.HasPrefix(l.URL, "http") {
			words := prose.Extent{Start: int(l.Start), End: int(l.End)}
			d.addresses = append(d.addresses, address{l.URL, "", t.within(words)})
		}
	}
}

// hostsAtOnce is how many hosts are asked beside each other.
const hostsAtOnce = 16

// visitLinks asks the web for each address once, host by host, so that no host
// is asked for two at a time.
func visitLinks(c *checker) error {
	if !c.visiting() {
		return nil
	}
	of := map[string][]address{}
	for i := range c.docs {
		for _, a := range c.docs[i].addresses {
			key, _, _ := strings.Cut(a.url, "#")
			of[key] = append(of[key], a)
		}
		c.docs[i].addresses = nil
	}
	hosts := map[string][]string{}
	for u := range of {
		host := u
		if parsed, err := url.Parse(u); err == nil {
			host = parsed.Host
		}
		hosts[host] = append(hosts[host], u)
	}
	var groups [][]string
	for _, list := range hosts {
		slices.Sort(list)
		groups = append(groups, list)
	}
	slices.SortFunc(groups, func(a, b []string) int { // the longest first: they last longest
		return cmp.Or(len(b)-len(a), strings.Compare(a[0], b[0]))
	})
	answers := make([][]verdict, len(groups))
	err := par.Wait(c.ctx, hostsAtOnce, len(groups), func(i int) error {
		var err error
		answers[i], err = c.o.Visit.host(c.ctx, groups[i])
		return err
	})
	for i, group := range groups {
		for j, v := range answers[i] {
			for _, a := range of[group[j]] {
				c.reportLink(a, v)
			}
		}
	}
	return err
}

// reportLink reports what came of a visit.
func (c *checker) reportLink(a address, v verdict) {
	switch {
	case v.Gone && a.archive != "":
		c.report("dead-link", a.at, fmt.Sprintf("%s is gone (%s)", clip(a.url), v.Why),
			"its archived copy is "+a.archive+": let url: lead there")
	case v.Gone:
		c.report("dead-link", a.at, fmt.Sprintf("%s is gone (%s)", clip(a.url), v.Why),
			"look for it at an archive such as web.archive.org, or for another source")
	case v.Moved != "":
		c.report("moved-link", a.at, fmt.Sprintf("%s has moved for good", clip(a.url)), "write "+v.Moved)
		c.found[len(c.found)-1].Fix = diag.Replace(a.at, a.url, v.Moved)
	case v.Why != "":
		c.report("unclear-link", a.at,
			fmt.Sprintf("nobody can tell from here whether %s is there: %s", clip(a.url), v.Why),
			"open it in a browser")
	}
}
