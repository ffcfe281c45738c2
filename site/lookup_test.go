package site_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// written is a site in which things are written in every place that there is.
// A line that holds ‹x› is the place of x.
var written = map[string]string{
	"content/explainers/flood.md": `---
title: What is the flood?
standfirst: How the ‹standfirst› came.
published: 2026-01-02
questions:
  - question: Why here?
    short: Because of ‹short in a list›, they say.
    answer: |
      The same words stand in each answer.

      A [second](https://example.org/) ‹block scalar› stands here.
  - question: And in the body?
    id: body
  - question: By whom?
    use: other#told
timeline:
  - {date: 2024-01-02, title: ‹An event› in the list}
  - date: 2024-01-03
    title: Twice
  - date: 2024-01-04
    title: Twice
    flag: ‹the second›
  - use: other#2020
knowns: [It is ‹known› now]
---

An ‹introduction› to it.

## And in the body? {#body}

> [!SHORT]
> With its ‹short in the body› here.

The same words stand in each answer.

### A ‹sub-heading› in it

The last ‹paragraph› of it is [here](https://example.org/a) and *there*.
`,
	"content/explainers/flood/updates.yaml": `- date: 2026-01-03
  type: correction
  text: It was ‹corrected› on that day.
`,
	"content/explainers/other.md": `---
title: What else?
standfirst: Others.
published: 2026-01-02
timeline:
  - date: 2020
    title: A ‹used event› of theirs
---

## Told there? {#told}

The same words stand in each answer. But ‹used› is theirs.
`,
	"content/explainers/lists.md": `---
title: What has lists?
standfirst: Lists.
published: 2026-01-02
---
`,
	"content/explainers/lists/questions.yaml": `- question: Is it beside?
  answer: The ‹side file› has it.
`,
	"content/glossary/gate.md": `---
term: tide gate
short: A ‹wall› on wheels.
---
`,
}

func writtenSite(t *testing.T) *site.Site {
	t.Helper()
	content := fstest.MapFS{}
	for name, text := range written {
		content[strings.TrimPrefix(name, "content/")] = &fstest.MapFile{Data: []byte(text)}
	}
	s, ds, err := site.Load(t.Context(), site.Options{Content: content, Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, d := range ds {
		if d.Severity == diag.Error {
			t.Fatal(d)
		}
	}
	return s
}

// TestWhere asks where what a page shows is written.
func TestWhere(t *testing.T) {
	s := writtenSite(t)
	const flood = "content/explainers/flood.md"
	for _, c := range []struct{ document, anchor, text, file, line string }{
		{flood, "main_content", "How the ‹standfirst› came.", flood, "‹standfirst›"},
		{flood, "why-here", "Because of ‹short in a list›, they say.", flood, "‹short in a list›"},
		{flood, "why-here", "The same words stand in each answer.", flood, "      The same words stand"},
		{flood, "why-here", "A second ‹block scalar› stands here.", flood, "‹block scalar›"},
		{flood, "body", "With its ‹short in the body› here.", flood, "‹short in the body›"},
		{flood, "body", "The same words stand in each answer.", flood, "\nThe same words stand"},
		{flood, "body", "A ‹sub-heading› in it", flood, "‹sub-heading›"},
		{flood, "body", "The last ‹paragraph› of it is here and there.", flood, "‹paragraph›"},
		{flood, "by-whom", "But ‹used› is theirs.", "content/explainers/other.md", "‹used›"},
		{flood, "event-2024-01-02", "‹An event› in the list", flood, "‹An event›"},
		{flood, "event-2024-01-04", "4 January 2024 ‹the second› Twice", flood, "‹the second›"},
		{flood, "event-other--2020", "A ‹used event› of theirs", "content/explainers/other.md", "‹used event›"},
		{flood, "known_things", "It is ‹known› now", flood, "‹known›"},
		{flood, "main_content", "An ‹introduction› to it.", flood, "‹introduction›"},
		{flood, "all_updates", "It was ‹corrected› on that day.", "content/explainers/flood/updates.yaml", "‹corrected›"},
		{flood, "term-gate", "A ‹wall› on wheels.", "content/glossary/gate.md", "‹wall›"},
		{"content/explainers/lists.md", "is-it-beside", "The ‹side file› has it.", "content/explainers/lists/questions.yaml", "‹side file›"},
		{"content/glossary/gate.md", "", "A ‹wall› on wheels.", "content/glossary/gate.md", "‹wall›"},
	} {
		at, ok := s.Where(c.document, c.anchor, c.text)
		text := written[c.file]
		want := diag.PositionOf([]byte(text), strings.Index(text, c.line)+len(c.line)-len(strings.TrimLeft(c.line, "\n"))).Line
		if got := diag.PositionOf([]byte(written[at.File]), int(at.Start)).Line; !ok || at.File != c.file || got != want {
			t.Errorf("%s#%s %q: %s:%d, %v; want %s:%d", c.document, c.anchor, c.text, at.File, got, ok, c.file, want)
		}
	}
	for _, file := range []string{"", "content/site.yaml", "content/explainers/flood/updates.yaml", "../../etc/passwd", "content/explainers/none.md"} {
		if at, ok := s.Where(file, "body", "The same words"); ok {
			t.Errorf("%q is no document, and gives %v", file, at)
		}
	}
}

// TestParts reads the parts of an explainer as another version has them.
func TestParts(t *testing.T) {
	s := writtenSite(t)
	e := s.ExplainerAt("content/explainers/flood.md")
	before := func(file string) []byte {
		if file == e.Path {
			return bytes.Replace(s.FileData(file), []byte("The last ‹paragraph› of it"), []byte("What was"), 1)
		}
		return nil
	}
	parts := s.Config.Parts(e.Explainer, before)
	var anchors []string
	for _, p := range parts {
		anchors = append(anchors, p.Anchor)
	}
	if got := strings.Join(anchors, " "); got != " why-here body by-whom event-2024-01-02 event-2024-01-03 event-2024-01-04" {
		t.Errorf("the parts are %s", got)
	}
	if want := "With its ‹short in the body› here. The same words stand in each answer. A ‹sub-heading› in it What was is here and there."; parts[2].Text != want || parts[2].Title != "And in the body?" {
		t.Errorf("the part is %q: %q", parts[2].Title, parts[2].Text)
	}
	if want := "What is the flood? How the ‹standfirst› came. An ‹introduction› to it. It is ‹known› now "; parts[0].Text != want {
		t.Errorf("the rest is %q", parts[0].Text)
	}
	if parts := s.Config.Parts(e.Explainer, func(string) []byte { return nil }); parts != nil {
		t.Errorf("what is not there has parts: %v", parts)
	}
}
