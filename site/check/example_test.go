package check_test

import (
	"context"
	"fmt"
	"testing/fstest"
	"time"

	"nutgraf/site"
	"nutgraf/site/check"
)

// A check reads a site as an editor would. It needs to know where each sentence stands,
// which a load keeps only where Options.Places asks for it.
func Example() {
	ctx := context.Background()
	s, _, err := site.Load(ctx, site.Options{
		Content: fstest.MapFS{"explainers/flood.md": {Data: []byte(`---
title: Why did the harbour flood?
standfirst: A storm surge met a high tide.
published: 2024-05-01
---
## What happened?

The sea came at night. The mayor will resign next week.
`)}},
		Places: true, Now: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil {
		panic(err)
	}
	defer s.Close()
	report, err := check.Site(ctx, s, nil, check.Options{})
	if err != nil {
		panic(err)
	}
	for _, f := range report.Findings {
		fmt.Printf("%s: %s\n", f.Rule, f.Message)
	}
	// Output:
	// open-end: this explainer says neither what comes next nor what is not known
	// question-id: “What happened?” has no id of its own: when its words change, its address does, and links to it break
	// stale-date: “next week” goes stale: it means the week from 6 to 12 May 2024
}
