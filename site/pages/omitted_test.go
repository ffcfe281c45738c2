package pages

import (
	"fmt"
	"strings"
	"testing"
)

// TestOmittedEvents: an explainer with many events shows the most important and the
// nearest; links to the others lead to where they stand.
func TestOmittedEvents(t *testing.T) {
	var events strings.Builder
	for y := 1990; y <= 2030; y++ {
		fmt.Fprintf(&events, "  - {date: '%d', id: e%d, title: Event of %d}\n", y, y, y)
	}
	in := map[string]string{"explainers/many.md": `---
title: How many are there?
published: 2024-01-01
standfirst: Many.
questions:
  - {question: When?, id: when, short: Often., answer: "[First](event:e1990), [then](event:e1991), [now](event:e2024), [then too](many.md#event-e1992)."}
timeline:
` + strings.Replace(events.String(), "id: e1990,", "id: e1990, importance: 1,", 1) + "---\n"}
	out, _ := outputs(t, false, in)
	page, timeline := out["explainers/many/index.html"], out["explainers/many/timeline/index.html"]
	if n := strings.Count(page, `<li class="ev`); n != eventsOnPage {
		t.Errorf("the page has %d events", n)
	}
	for _, want := range []string{`href="#event-e1990"`, `href="timeline/#event-many--e1991"`, `href="timeline/#event-many--e1992"`, `href="#event-e2024"`, "All 41 events", `id="event-e1990"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if !strings.Contains(timeline, `id="event-many--e1991"`) || strings.Count(timeline, `<li class="ev`) != 41 {
		t.Error("the timeline does not have them all")
	}
}

// TestEmptyYears: nothing is drawn where nothing happened, and nothing is read out.
func TestEmptyYears(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"explainers/few.md": `---
title: How few are there?
published: 2024-01-01
standfirst: Few.
questions:
  - {question: When?, id: when, short: Seldom., answer: Seldom.}
timeline:
  - {date: '1996', title: First}
  - {date: '2024', title: Last}
---
`})
	page := out["timeline/index.html"]
	for _, chart := range strings.Split(page, `<div class="chart chart-`)[1:] { // for wide windows and narrow ones
		if n := strings.Count(chart, `<a href="#year`); n != 2 {
			t.Errorf("%d columns are drawn, not 2", n)
		}
	}
	if !strings.Contains(page, `<li aria-hidden="true"><svg height="84"></svg><span>1998</span></li>`) || strings.Contains(page, "0 events") {
		t.Error("empty years are not only labels")
	}
}

func TestBreadth(t *testing.T) {
	for title, want := range map[string]int{"": 0, "Why?": 4, "なぜ？": 6, "لماذا؟": 6} {
		if got := breadth(title); got != want {
			t.Errorf("breadth(%q) is %d, not %d", title, got, want)
		}
	}
}
