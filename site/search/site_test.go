package search

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// siteEntries reads a built site's explainers and terms: what the pages would
// give a Builder, near enough to measure with.
func siteEntries(t testing.TB, dir string) []Entry {
	var entries []Entry
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
			page, err := html.Parse(f)
			f.Close()
			if err != nil {
				t.Fatal(err)
			}
			url, _ := filepath.Rel(dir, filepath.Dir(name))
			entries = append(entries, pageEntries(page, filepath.ToSlash(url)+"/")...)
		}
	}
	return entries
}

func pageEntries(page *html.Node, url string) []Entry {
	title := text(find(page, "h1", ""))
	if strings.HasPrefix(url, "glossary/") {
		if find(page, "p", "short") == nil {
			return nil // a list
		}
		body := text(find(page, "div", "answer")) + " " + text(find(page, "dl", "facts"))
		return []Entry{{Kind: Term, Title: title, Text: text(find(page, "p", "short")), Body: []byte(body), URL: url}}
	}
	entries := []Entry{{Kind: Explainer, Title: title, Text: text(find(page, "p", "standfirst")),
		Body: []byte(text(find(page, "div", "introduction"))), URL: url}}
	for n := range page.Descendants() {
		switch {
		case is(n, "section", "question"):
			entries = append(entries, Entry{Kind: Question, Title: text(find(n, "h2", "")), Text: text(find(n, "p", "short")),
				Body: []byte(text(find(n, "div", "answer"))), Of: title, URL: url + "#" + attribute(n, "id")})
		case is(n, "div", "event"):
			entries = append(entries, Entry{Kind: Event, Title: text(find(n, "h3", "")), Of: text(find(n, "time", "")), URL: url + "#" + attribute(n, "id")})
		}
	}
	return entries
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
