package check

import (
	"testing"
)

// TestRows holds that a row of a table is one sentence to source, cited in whichever
// cell, and that an event's text counts from the event's day: “now” is then, and
// “two years ago” before it.
func TestRows(t *testing.T) {
	const src = `---
title: What is the gate?
standfirst: A gate.
published: 2024-05-25
sources:
  - id: audit
    title: Audit
timeline:
  - date: 2021-03-04
    title: The gate opens
    text: The town is now dry, and was wet two years ago.
---
## What did it cost? {#cost}

| When | What | Who says so |
|---|---|---|
| 4 March 2021 | 40 million euros | the city[@audit] |
| 5 March 2022 | 50 million euros | the city |
`
	s, _ := load(t, map[string]string{"explainers/gate.md": src})
	r, err := Site(t.Context(), s, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := Covered(r.Coverage), (Claims{Needed: 2, Sourced: 1}); got != want {
		t.Errorf("the table has %v sentences that need a source, and that have one; want %v", got, want)
	}
	var got []string
	for _, d := range r.Findings {
		if d.Rule == staleDateRule {
			got = append(got, d.Message)
		}
	}
	if len(got) != 1 || got[0] != "“two years ago” goes stale: counted from 4 March 2021, it means about 2019" {
		t.Errorf("got %q", got)
	}
}
