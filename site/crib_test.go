package site_test

import (
	"io/fs"
	"regexp"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/content"
	"nutgraf/site"
)

// TestCrib types what the demo's crib says, and nothing is wrong with it.
func TestCrib(t *testing.T) {
	crib, err := fs.ReadFile(content.FS, "explainers/crib.md")
	if err != nil {
		t.Fatal(err)
	}
	example := regexp.MustCompile("(?s)```markdown\n(.*?)```").FindSubmatch(crib)
	if example == nil {
		t.Fatal("the crib has no example")
	}
	s, ds, err := site.Load(t.Context(), site.Options{Content: fstest.MapFS{"explainers/harbour.md": {Data: example[1]}},
		Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
	defer s.Close()
	e := s.Explainers[0]
	if len(e.Questions) != 1 || len(e.Timeline) != 1 || len(e.Sources) != 1 || len(e.Updates) != 1 {
		t.Errorf("questions, events, sources, updates: %d, %d, %d, %d", len(e.Questions), len(e.Timeline), len(e.Sources), len(e.Updates))
	}
}
