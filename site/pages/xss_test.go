package pages_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"nutgraf/site"
	"nutgraf/site/pages"
	"nutgraf/static"
	"nutgraf/templates"
)

// corpus returns a file of ../shared/corpora beside the repository.
func corpus(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "corpora", name))
	if err != nil {
		if os.Getenv("NUTGRAF_REQUIRE_CORPORA") == "1" {
			t.Fatal(err)
		}
		t.Skip("the shared corpora are not beside the repository: ", err)
	}
	return data
}

func quote(s string) string {
	b, err := json.Marshal(strings.ToValidUTF8(s, "�"))
	if err != nil {
		panic(err)
	}
	// YAML's double-quoted scalars take JSON's escapes.
	return string(b)
}

// hostile is an explainer with a payload in each of its fields.
func hostile(p string) string {
	q := quote(p)
	return strings.ReplaceAll(`---
title: §
standfirst: §
label: §
published: 2024-01-01
authors: [{§}]
topics: [t]
knowns: [§]
unknowns: [§]
method: §
questions:
  - question: §
    id: one
    short: §
    answer: §
    sources: [s]
timeline:
  - date: 2024-01-02
    title: §
    text: §
    flag: §
    date_text: §
    place: §
sources:
  - id: s
    title: §
    author: §
    publisher: §
    url: §
    archive_url: §
    unnamed_reason: §
images:
  - {src: a.png, alt: §, caption: §, credit: §, sensitive: graphic, warning: §}
updates:
  - {date: 2024-01-03, type: correction, text: §, was: §, questions: [one]}
syndication: {originator: §, url: §, via: [§], license: §}
---
`, "§", q)
}

// TestPayloads puts every payload into every field of an explainer and of a
// glossary entry. No page may then have anything that runs, in a parsed DOM.
// Some payloads are errors that would keep a site from being published; the
// pages must be safe all the same.
func TestPayloads(t *testing.T) {
	fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: T\nbase_url: https://example.org/\noutputs: [cards, markdown]\n")}}
	lines := bufio.NewScanner(bytes.NewReader(corpus(t, "xss/payloads.jsonl")))
	lines.Buffer(nil, 1<<20)
	n := 0
	for lines.Scan() {
		var p struct{ Payload string }
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		n++
		if testing.Short() && n%50 != 0 {
			continue
		}
		text := strings.ReplaceAll(hostile(p.Payload), "{"+quote(p.Payload)+"}", quote(p.Payload))
		fsys[fmt.Sprintf("explainers/e%d.md", n)] = &fstest.MapFile{Data: []byte(text)}
		fsys[fmt.Sprintf("explainers/b%d.md", n)] = &fstest.MapFile{Data: []byte("---\ntitle: b\nstandfirst: b\npublished: 2024-01-01\n---\n" + p.Payload + "\n\n## " + p.Payload + "\n\n" + p.Payload + "\n\n[a](" + p.Payload + ")\n")}
		fsys[fmt.Sprintf("glossary/g%d.md", n)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\nterm: %[1]s\nshort: %[1]s\nforms: [%[1]s]\nsame_as: [%[1]s]\n---\n%[2]s\n", quote(p.Payload), p.Payload)}
	}
	if n < 1000 {
		t.Fatalf("read only %d payloads", n)
	}
	s, _, err := site.Load(context.Background(), site.Options{Content: fsys, DefaultTemplates: templates.FS, DefaultStatic: static.FS, Now: time.Unix(1718000000, 0).UTC()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	book, _, err := pages.New(context.Background(), s, pages.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	checked := 0
	for i := range book.Len() {
		if !strings.HasSuffix(book.Path(i), ".html") {
			continue
		}
		leaf, err := book.Open(i)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := leaf.Write(&b); err != nil {
			t.Fatal(err)
		}
		inert(t, book.Path(i), b.Bytes())
		checked++
	}
	t.Logf("%d payloads, %d pages", n, checked)
}

// ownScript is the theme's script, from any page.
var ownScript = regexp.MustCompile(`^(\.\./|/)*assets/(site|search)\.[0-9a-f]{10}\.js$`)

// ownSearch is the search page, from any page.
var ownSearch = regexp.MustCompile(`^(/|(\.\./)*)(search/|\./)?$`)

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// inert reports anything in a page that could run or load from elsewhere.
func inert(t *testing.T, name string, page []byte) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		refresh := slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
			return a.Key == "http-equiv" && strings.EqualFold(a.Val, "refresh")
		})
		switch n.Data {
		case "script":
			if ld := attr(n, "type") == "application/ld+json"; ld && len(n.Attr) == 1 && n.FirstChild != nil && !strings.ContainsAny(n.FirstChild.Data, "<>&\u2028\u2029") && json.Valid([]byte(n.FirstChild.Data)) {
				break // structured data: no browser runs it
			}
			if src := attr(n, "src"); !ownScript.MatchString(src) || n.FirstChild != nil {
				t.Errorf("%s has a script of its own: %q", name, src)
			}
		case "svg":
			for c := range n.Descendants() {
				if c.Type != html.ElementNode || c.Data != "rect" {
					t.Errorf("%s: a chart has <%s>", name, c.Data)
				}
			}
		case "form":
			if action := attr(n, "action"); attr(n, "role") != "search" || !ownSearch.MatchString(action) {
				t.Errorf("%s has a form that leads to %q", name, action)
			}
		case "iframe", "object", "embed", "base", "style", "math", "template", "noscript", "frame", "portal", "video", "audio":
			t.Errorf("%s has an element <%s>", name, n.Data)
		}
		for _, a := range n.Attr {
			v := strings.ToLower(strings.Map(func(r rune) rune {
				if r <= ' ' || r == 0x7f {
					return -1
				}
				return r
			}, a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", a.Key == "formaction", a.Key == "ping":
				t.Errorf("%s: <%s> has an attribute %s", name, n.Data, a.Key)
			case a.Key == "href" || a.Key == "src" || a.Key == "content" && refresh:
				_, after, found := strings.Cut(v, "url=")
				if refresh && found {
					v = after
				}
				if scheme, _, ok := strings.Cut(v, ":"); ok && !strings.ContainsAny(scheme, "/?#.;,=") && scheme != "http" && scheme != "https" && scheme != "mailto" && scheme != "tel" {
					t.Errorf("%s: <%s %s=%q> has a foreign scheme", name, n.Data, a.Key, a.Val)
				}
			}
		}
	}
}
