package pages_test

import (
	"bytes"
	"context"
	"fmt"
	"testing/fstest"
	"time"

	"nutgraf/site"
	"nutgraf/site/pages"
	"nutgraf/static"
	"nutgraf/templates"
)

// A Book plans every page of a site, and makes one when it is asked for.
func Example() {
	ctx := context.Background()
	s, _, err := site.Load(ctx, site.Options{
		Content: fstest.MapFS{"explainers/flood.md": {Data: []byte(`---
title: Why did the harbour flood?
standfirst: A storm surge met a high tide.
published: 2024-05-01
---
## What happened?

The sea came at night.
`)}},
		Templates: fstest.MapFS{"explainer.html": {Data: []byte("<h1>{{.Title}}</h1>\n" +
			"{{range .Questions}}<h2 id=\"{{.ID}}\">{{.Text}}</h2>\n{{.Answer.HTML}}{{end}}")}},
		DefaultTemplates: templates.FS, DefaultStatic: static.FS,
		Now: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil {
		panic(err)
	}
	defer s.Close()
	book, _, err := pages.New(ctx, s, pages.Options{})
	if err != nil {
		panic(err)
	}
	defer book.Close()

	leaf, err := book.Open(book.Find("explainers/flood/"))
	if err != nil {
		panic(err)
	}
	defer leaf.Close()
	var page bytes.Buffer
	if _, err := leaf.Write(&page); err != nil {
		panic(err)
	}
	fmt.Printf("%s, by %s.html\n%s", leaf.Path, leaf.Layout, page.String())
	// Output:
	// explainers/flood/index.html, by explainer.html
	// <h1>Why did the harbour flood?</h1>
	// <h2 id="what-happened">What happened?</h2>
	// <p>The sea came at night.</p>
}
