package site_test

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site"
)

// TestSpokenTerms: an entry waits with a piece that has its words anywhere, also
// where no term is linked, and does not if a public text has them anywhere.
func TestSpokenTerms(t *testing.T) {
	content := fstest.MapFS{"glossary/heron.md": {Data: []byte("---\nterm: Project Heron\nshort: A merger.\n---\n")}}
	load := func(name, text string) (public bool) {
		content[name] = &fstest.MapFile{Data: []byte(text)}
		s, ds, err := site.Load(t.Context(), site.Options{Content: content, Now: time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for _, d := range ds {
			t.Log(d.Message)
		}
		return slices.ContainsFunc(s.Terms, func(e *site.Term) bool { return e.ID == "heron" })
	}
	const head = "---\nstandfirst: S.\npublished: 2030-01-01\n"
	const body = "---\n## Why? {#why}\n\nSo.\n"
	for where, text := range map[string]string{
		"title":     head + "title: What is Project Heron?\n" + body,
		"question":  head + "title: One?\n---\n## What is Project Heron? {#what}\n\nIt.\n",
		"knowns":    head + "title: One?\nknowns: [Project Heron is on.]\n" + body,
		"method":    head + "title: One?\nmethod: Project Heron told us.\n" + body,
		"event":     head + "title: One?\ntimeline: [{date: 2024-01-01, title: Project Heron begins}]\n" + body,
		"update":    head + "title: One?\nupdates: [{date: 2024-01-01, type: update, text: Project Heron is on.}]\n" + body,
		"quotation": head + "title: One?\n" + body + "\n> Project Heron is on.\n",
	} {
		if load("explainers/one.md", text) {
			t.Errorf("named in a %s that waits, it is published", where)
		}
	}
	if !load("pages/about.md", "---\ntitle: About\n---\nWe had a “Project Heron” once.\n") {
		t.Error("named in a public quotation, it is not published")
	}
}
