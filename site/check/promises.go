package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// Live is what is published, as a manifest says.
type Live struct {
	Paths     []string            // of all files, with slashes
	Questions map[string][]string // the ids of each explainer's questions, by its site path
}

// comparing reports whether there is something to compare with.
func (c *checker) comparing() bool { return c.o.Live != nil }

// lostAddress tells of pages and questions that are live and would be gone.
// Files whose names hold a sum, and pages that no address outlives, are no
// promises.
func lostAddress(c *checker) error {
	if c.book == nil || !c.comparing() {
		return nil
	}
	for _, p := range c.o.Live.Paths {
		if c.book.Find(p) >= 0 || !promised(p) {
			continue
		}
		address := "/" + strings.TrimSuffix(p, "index.html")
		c.tell("lost-address", diag.Place{}, fmt.Sprintf("%s is live, and this site has no such page", address),
			fmt.Sprintf("add “%s” to the aliases of the page that stands for it, or to redirects:", address))
	}
	of := map[string]*site.Explainer{}
	for _, e := range c.site.Explainers {
		of[e.Path] = e
	}
	for _, page := range slices.Sorted(maps.Keys(c.o.Live.Questions)) {
		i := c.book.Find(page)
		if i < 0 {
			continue // told above
		}
		e := of[c.book.At(i).File] // whose page it is, or whose alias
		for _, id := range c.o.Live.Questions[page] {
			if e != nil && !asks(e, id) {
				c.tell("lost-address", c.book.At(i), fmt.Sprintf("/%s#%s is live, and no question here has that id any more", page, clip(id)),
					fmt.Sprintf("add “%s” to the aliases of the question that stands for it", clip(id)))
			}
		}
	}
	return nil
}

// promised reports whether others may link to a file: pages and documents, but
// not the theme's files, nor lists that are numbered.
func promised(p string) bool {
	return !strings.HasPrefix(p, "assets/") && !strings.HasPrefix(p, "search/") && !strings.Contains("/"+p, "/page/") && !strings.HasSuffix(p, ".map")
}

// asks reports whether a question of the explainer has the id, or had it before.
func asks(e *site.Explainer, id string) bool {
	return slices.ContainsFunc(e.Questions, func(q *site.Question) bool { return q.ID == id || slices.Contains(q.Aliases, id) })
}
