package site_test

import (
	"context"
	"fmt"
	"testing/fstest"
	"time"

	"nutgraf/site"
)

// A site is loaded from a folder of Markdown. Its glossary is linked where a text first
// uses a term; what is wrong comes back as diagnostics.
func Example() {
	content := fstest.MapFS{
		"glossary/storm-surge.md": {Data: []byte("---\nterm: Storm surge\nshort: A rise of the sea.\n---\n")},
		"explainers/flood.md": {Data: []byte(`---
title: Why did the harbour flood?
standfirst: A storm surge met a high tide.
published: 2024-05-01
---
## What happened?

A storm surge came at night, and no [wall](term:sea-wall) stood.
`)},
	}
	s, ds, err := site.Load(context.Background(), site.Options{
		Content: content, Now: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil {
		panic(err) // I/O, cancellation, or a bug: never a writer's mistake
	}
	defer s.Close()
	for _, e := range s.Explainers {
		fmt.Println(e.Title, len(e.Questions), "question")
	}
	for _, u := range s.Terms[0].Uses {
		fmt.Println("used by", u.Explainer.ID)
	}
	for _, d := range ds {
		fmt.Println(d.At.File, d.Message)
	}
	// Output:
	// Why did the harbour flood? 1 question
	// used by flood
	// content/explainers/flood.md the glossary has no entry “sea-wall”
}
