package pages

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

var (
	canonicalLink = regexp.MustCompile(`<link rel="canonical" href="([^"]*)">`)
	sitemapPlace  = regexp.MustCompile(`<loc>([^<]*)</loc>`)
)

// TestSitemapIsCanonical compares the sitemaps of sites with the canonical address that each
// of their pages states.
func TestSitemapIsCanonical(t *testing.T) {
	lists := goldenFiles(t, "lists")
	lists["site.yaml"] += "redirects: {/old/: /about/}\n"
	for name, c := range map[string]struct {
		base  string
		files map[string]string
	}{
		"lists": {"https://example.org/sub/", lists},
		"copies": {"https://example.org/", map[string]string{
			"site.yaml": "title: T\nbase_url: https://example.org\noutputs: [cards, markdown]\nper_page: 1\nredirects: {/away/: https://example.com/a}\n",
			"explainers/theirs.md": "---\ntitle: Theirs\nstandfirst: S.\npublished: 2024-06-09\ntopics: [a]\nsyndication: {originator: Desk, url: 'https://example.com/t', canonical: true}\n" +
				"aliases: [earlier]\ntimeline:\n  - {date: 2024-06-01, title: One}\n---\n## Q\n\nA\n",
			"explainers/credited.md": "---\ntitle: Credited\nstandfirst: S.\npublished: 2024-06-08T12:00\nsyndication: {originator: Desk, url: 'https://example.com/c'}\n---\n## Q\n\nA\n",
			"explainers/using.md":    "---\ntitle: Using\nstandfirst: S.\npublished: 2024-01-09\ntopics: [a]\nquestions: [{use: 'credited#q'}]\n---\n",
			"explainers/unseen.md":   "---\ntitle: Unseen\nstandfirst: S.\npublished: 2024-06-09\nindex: false\n---\n## Q\n\nA\n",
		}},
	} {
		out, _ := outputs(t, false, c.files)
		for _, kind := range []string{"sitemap.xml", "news-sitemap.xml"} {
			named := map[string]bool{}
			for _, m := range sitemapPlace.FindAllStringSubmatch(out[kind], -1) {
				named[html.UnescapeString(m[1])] = true
			}
			if len(named) == 0 && kind == "sitemap.xml" {
				t.Errorf("%s: the sitemap is empty", name)
			}
			for path, text := range out {
				at := c.base + strings.TrimSuffix(path, "index.html")
				m := canonicalLink.FindStringSubmatch(text)
				if named[at] && (m == nil || html.UnescapeString(m[1]) != at) {
					t.Errorf("%s: %s has %s, whose canonical address is %q", name, kind, at, m)
				}
				delete(named, at)
			}
			for at := range named {
				t.Errorf("%s: %s has %s, where no page is", name, kind, at)
			}
		}
		if name == "copies" && !strings.Contains(out["news-sitemap.xml"], "credited/") {
			t.Errorf("%s: what carries a credit alone is not in the news sitemap", name)
		}
	}
}

// TestNewsSitemap is there while there is news, or the writer's own is, and only then named.
func TestNewsSitemap(t *testing.T) {
	for when, there := range map[string]bool{"2024-06-08": true, "2024-06-07": false, "": false} {
		files := map[string]string{"site.yaml": "title: T\nbase_url: https://example.org\n"}
		if when != "" {
			files["explainers/one.md"] = "---\ntitle: One\nstandfirst: S.\npublished: " + when + "\n---\n## Q\n\nA\n"
		}
		out, _ := outputs(t, false, files)
		_, made := out["news-sitemap.xml"]
		if named := strings.Contains(out["robots.txt"], "Sitemap: https://example.org/news-sitemap.xml\n"); made != there || named != there {
			t.Errorf("published %q: the news sitemap is made: %t, robots.txt names it: %t", when, made, named)
		}
		files["static/news-sitemap.xml"] = "<own/>"
		if out, _ := outputs(t, false, files); !strings.Contains(out["robots.txt"], "/news-sitemap.xml\n") || out["news-sitemap.xml"] != "<own/>" {
			t.Errorf("published %q: robots.txt does not name the writer's own: %s", when, out["robots.txt"])
		}
	}
}
