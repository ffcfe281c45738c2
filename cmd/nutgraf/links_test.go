package main

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestDemoLinks builds the demo site in each of its forms and follows every
// link of every page, anchors included.
func TestDemoLinks(t *testing.T) {
	forms := []struct {
		name, prefix string
		args         []string
	}{
		{"root", "/", nil},
		{"root with address", "/", []string{"--base-url", "https://example.org/"}},
		{"sub", "/sub/", []string{"--base-url", "https://example.org/sub/"}},
		{"disk", "/", []string{"--disk"}},
		{"drafts", "/", []string{"--drafts", "--future"}},
	}
	for _, form := range forms {
		t.Run(form.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			// Not --strict: the demo's draft lacks an answer, to show what that looks like.
			args := append([]string{"build", "--source", "../..", "--out", out}, form.args...)
			if code := run(args, os.Stdout, os.Stderr); code != exitClean {
				t.Fatalf("build ended with exit code %d", code)
			}
			newCrawler(t, out, form.prefix, form.name == "disk").crawl()
		})
	}
}

// crawler checks links as a browser resolves them.
type crawler struct {
	t      *testing.T
	dir    string
	prefix string          // what the site is served under
	disk   bool            // opened from disk: a folder has no index
	files  map[string]bool // below dir
	ids    map[string]map[string]bool
	links  int
}

func newCrawler(t *testing.T, dir, prefix string, disk bool) *crawler {
	c := &crawler{t: t, dir: dir, prefix: prefix, disk: disk, files: map[string]bool{}, ids: map[string]map[string]bool{}}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			c.files[p] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

type foundLink struct{ page, target string }

func (c *crawler) crawl() {
	var links []foundLink
	for file := range c.files {
		if strings.HasSuffix(file, ".html") {
			links = append(links, c.page(file)...)
		}
	}
	for _, l := range links {
		c.check(l)
	}
	if c.links < 100 {
		c.t.Errorf("followed only %d links: the crawler or the demo is broken", c.links)
	}
}

// page gathers a page's ids and links.
func (c *crawler) page(file string) (links []foundLink) {
	f, err := os.Open(filepath.Join(c.dir, file))
	if err != nil {
		c.t.Fatal(err)
	}
	defer f.Close()
	doc, err := html.Parse(f)
	if err != nil {
		c.t.Fatal(err)
	}
	ids := map[string]bool{}
	c.ids[file] = ids
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				if ids[a.Val] {
					c.t.Errorf("%s: two elements have the id %q", file, a.Val)
				}
				ids[a.Val] = true
			case a.Key == "href" || a.Key == "src":
				links = append(links, foundLink{file, a.Val})
			}
		}
	}
	return links
}

func (c *crawler) check(l foundLink) {
	u, err := url.Parse(l.target)
	if err != nil || l.target == "" {
		c.t.Errorf("%s: link %q is no address", l.page, l.target)
		return
	}
	base := &url.URL{Scheme: "https", Host: "example.org", Path: c.prefix + c.served(l.page)}
	u = base.ResolveReference(u)
	if u.Host != "example.org" || u.Scheme != "https" {
		return
	}
	c.links++
	p, ok := strings.CutPrefix(u.Path, c.prefix)
	if !ok {
		c.t.Errorf("%s: link %q leads out of the site, to %s", l.page, l.target, u.Path)
		return
	}
	if !c.disk && (p == "" || strings.HasSuffix(p, "/")) {
		p += "index.html"
	}
	if !c.files[p] {
		c.t.Errorf("%s: link %q leads to %s, which is not there", l.page, l.target, p)
		return
	}
	if u.Fragment != "" && strings.HasSuffix(p, ".html") && !c.ids[p][u.Fragment] {
		c.t.Errorf("%s: link %q: %s has no anchor %q", l.page, l.target, p, u.Fragment)
	}
}

// served is the address of a file, as a browser shows it.
func (c *crawler) served(file string) string {
	if !c.disk && path.Base(file) == "index.html" {
		return strings.TrimSuffix(file, "index.html")
	}
	return file
}

// TestDemoSays makes sure that the demo holds what it is there to show.
func TestDemoSays(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	if code := run([]string{"build", "--source", "../..", "--out", out}, os.Stdout, os.Stderr); code != exitClean {
		t.Fatalf("build ended with exit code %d", code)
	}
	for file, want := range map[string][]string{
		"explainers/isis-k/index.html":                    {"ISIS-K", `class="term"`, "<time"},
		"explainers/leap-second/index.html":               {`class="chroma"`, "<table"},
		"explainers/how-to-write-an-explainer/index.html": {"callout-note", "<figure", `class="cite"`},
		"glossary/isis-k/index.html":                      {"<mark>"},
		"timeline/index.html":                             {"2024"},
	} {
		data, err := os.ReadFile(filepath.Join(out, file))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, w := range want {
			if !strings.Contains(string(data), w) {
				t.Errorf("%s does not have %q", file, w)
			}
		}
	}
}

// TestDemoPassesCheck holds the demo to its own rules, all but its draft.
func TestDemoPassesCheck(t *testing.T) {
	out, err := os.Create(filepath.Join(t.TempDir(), "findings.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	run([]string{"check", "--source", "../..", "--all", "--format", "json", "--clock", "2026-11-30"}, out, os.Stderr)
	data, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Diagnostics []struct{ Severity, Rule, File, Message string }
	}
	if err := json.Unmarshal(data, &report); err != nil || len(report.Diagnostics) == 0 {
		t.Fatalf("%v: %.200s", err, data)
	}
	for _, d := range report.Diagnostics {
		if d.Severity != "note" && d.File != "content/explainers/nut-graf.md" {
			t.Errorf("%s: %s: %s [%s]", d.File, d.Severity, d.Message, d.Rule)
		}
	}
}
