package search

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// sitePages reads a built site's explainers and terms: what the pages would
// give a Builder, near enough to measure with.
func sitePages(t testing.TB, dir string) (pages []page) {
	for _, pattern := range []string{"explainers/*/index.html", "glossary/*/index.html"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(names) == 0 {
			t.Fatal("no pages in ", dir, err)
		}
		for _, name := range names {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			html, err := html.Parse(f)
			f.Close()
			if err != nil {
				t.Fatal(err)
			}
			url, _ := filepath.Rel(dir, filepath.Dir(name))
			if p := readPage(html, filepath.ToSlash(url)+"/"); len(p.entries) > 0 {
				pages = append(pages, p)
			}
		}
	}
	return pages
}

func readPage(doc *html.Node, url string) page {
	p := page{Document: Document{url, text(find(doc, "h1", ""))}}
	if strings.HasPrefix(url, "glossary/") {
		if find(doc, "p", "sa") != nil { // else it is a list
			body := text(find(doc, "div", "prose")) + " " + text(find(doc, "div", "meta"))
			p.entries = []Entry{{Kind: Term, Title: p.Title, Text: text(find(doc, "p", "sa")), Body: []byte(body)}}
		}
		return p
	}
	p.entries = []Entry{{Kind: Explainer, Title: p.Title, Text: text(find(doc, "p", "dek")), Body: []byte(text(find(doc, "div", "intro")))}}
	for n := range doc.Descendants() {
		id := "#" + attribute(n, "id")
		switch {
		case is(n, "section", "qa"):
			p.entries = append(p.entries, Entry{Title: text(find(n, "h2", "")), Text: text(find(n, "p", "sa")), Body: []byte(text(find(n, "div", "prose"))), URL: id})
		case is(n, "li", "ev"):
			p.entries = append(p.entries, Entry{Kind: Event, Title: text(find(n, "h3", "")), Of: text(find(n, "time", "")), URL: id})
		}
	}
	return p
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func is(n *html.Node, tag, class string) bool {
	return n.Type == html.ElementNode && n.Data == tag && (class == "" || slices.Contains(strings.Fields(attribute(n, "class")), class))
}

func find(n *html.Node, tag, class string) *html.Node {
	for d := range n.Descendants() {
		if is(d, tag, class) {
			return d
		}
	}
	return nil
}

func text(n *html.Node) string {
	var s strings.Builder
	if n != nil {
		for d := range n.Descendants() {
			if d.Type == html.TextNode && !is(d.Parent, "sup", "") && !(d.Parent.Parent != nil && is(d.Parent.Parent, "sup", "")) {
				s.WriteString(d.Data)
			}
		}
	}
	return strings.Join(strings.Fields(s.String()), " ")
}
