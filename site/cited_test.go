package site_test

import (
	"fmt"
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site"
)

// TestCitedText holds the list of sources to what their explainers say of them,
// in memory and in the temporary file.
func TestCitedText(t *testing.T) {
	content := fstest.MapFS{
		"site.yaml":    {Data: []byte("title: T\n")},
		"sources.yaml": {Data: []byte("- {id: act, title: An Act, issued: 1750~}\n")},
	}
	for i := range 30 {
		content[fmt.Sprintf("explainers/e%d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, `---
title: What is it?
standfirst: It is %d.
published: 2026-01-02
questions: [{question: Why?, answer: So.}]
sources:
- act
- {id: a, title: Report %d, author: [A. Author, B. Writer], publisher: Office, issued: 2025-03, url: https://example.org/%d}
- {id: b, title: Report %d, attribution: unnamed, unnamed_reason: fear}
---
`, i, 97*i%31, i, i)}
	}
	for _, limit := range []int64{1, 1 << 20} {
		s, ds, err := site.Load(t.Context(), site.Options{Content: content, Now: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), MemoryLimit: limit}, nil)
		if err != nil || len(ds) > 0 || len(s.Sources) != 61 {
			t.Fatalf("%d sources, %v, %v", len(s.Sources), ds, err)
		}
		defer s.Close()
		for i := range s.Sources {
			c := &s.Sources[i]
			texts, err := s.SourceTexts(c.Record, nil)
			if err != nil {
				t.Fatal(err)
			}
			want, err := texts.Of(c.Source)
			if err != nil || want.Title == "" {
				t.Fatalf("%s: %q, %v", c.ID, want.Title, err)
			}
			if got, err := s.CitedText(c); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v became %+v, %v", c.ID, want, got, err)
			}
		}
	}
}
