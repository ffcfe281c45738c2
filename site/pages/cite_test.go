package pages

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/site/lang"
)

// citingSite cites wherever one can.
func citingSite(t *testing.T) (out map[string]string) {
	var events strings.Builder
	for y := 1990; y <= 2030; y++ {
		fmt.Fprintf(&events, "  - {date: '%d', id: e%d, title: Event of %d}\n", y, y, y)
	}
	far := strings.Replace(events.String(), "title: Event of 1992", `title: "Far, “far” & wide", text: "It was [@a] [@a].", sources: [b]`, 1)
	near := strings.Replace(far, "title: Event of 2024", `title: Near, text: "It is [@b].", sources: [a, b]`, 1)
	out, _ = outputs(t, false, map[string]string{
		"site.yaml":         "base_url: https://example.org/\noutputs: [cards]\n",
		"explainers/two.md": lender, "explainers/one/deck.png": "deck",
		"explainers/one.md": `---
title: One
standfirst: It rose [@a].
images: [{src: deck.png, alt: A deck, caption: "A deck [@d]."}]
published: 2024-01-01
sources: [{id: s1, title: Own}, {id: a, title: A}, {id: b, title: B, via: a}, {id: c, title: C}, {id: d, title: D}, {id: e, title: E}]
knowns: ["It is so [@a]."]
unknowns: ["Is it [@b]?"]
questions:
  - {question: When?, id: when, short: Often., answer: "Then [@a, p. 2][@b] and [@a].", sources: [c, a]}
  - {question: Why?, id: why, answer: "So [@e][@s1], as [@c, p. 3; @d; @c, p. 5; @c; @c, p. 3] says.\n\n![](deck.png)\n"}
  - {question: Cost, id: cost, use: two#cost}
updates:
  - {date: 2024-02-01, type: correction, questions: [when], text: "It was not so [@a]."}
method: We looked [@b].
timeline:
` + near + "---\nFirst, [@b; @s1].\n"})
	return out
}

// TestWaysBack: each mark leads to a source that leads back to it, wherever on the
// page it stands; what is not on the page is led to where it is.
func TestWaysBack(t *testing.T) {
	out := citingSite(t)
	page := out["explainers/one/index.html"]
	waysBack(t, page)
	waysBack(t, out["explainers/one/when/index.html"])
	for _, want := range []string{
		`; <a id="cite_`, // between A, p. 2 and B
		"</a><span class=\"locator\">, p.\u00a03</span><span class=\"locator\">, p.\u00a05</span>; <a ",
		`href="#when" aria-label="Back to citation 1 in ‘When?’"`,
		`href="timeline/#event-one--e1992" aria-label="Back to citation`,
		`in ‘Far, “far” &amp; wide’"`,
		`href="#event-e2024" aria-label="Back to citation`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for event, want := range map[string]int{"#event-e2024": 1, "timeline/#event-one--e1992": 2} {
		if got := strings.Count(page, `href="`+event+`" aria-label="Back`); got != want {
			t.Errorf("%d ways back to %s, not %d", got, event, want)
		}
	}
	for file, html := range out {
		if listed := strings.Contains(html, `<ol class="srcs"`); !listed && anyMark.MatchString(html) {
			t.Errorf("%s has a mark that nothing leads back to", file)
		}
	}
}

var (
	anyMark = regexp.MustCompile(`id="` + citeAnchor + `\d`)
	markID  = regexp.MustCompile(`<a id="(cite_\d+)" href="#(source-[^"]+)" aria-label="Source (\d+): [^"]+">(\d+)</a>`)
	listed  = regexp.MustCompile(`<li id="(source-[^"]+)">.*`)
	wayHere = regexp.MustCompile(`<a href="#([^"]+)" aria-label="Back to citation (\d+) in ‘[^"]+’">(\d+)</a>`)
)

func waysBack(t *testing.T, page string) {
	t.Helper()
	from := map[string]string{} // mark to source
	for _, m := range markID.FindAllStringSubmatch(page, -1) {
		if from[m[1]] = m[2]; m[3] != m[4] {
			t.Errorf("a mark shows %s and is named %s", m[4], m[3])
		}
	}
	if n := len(anyMark.FindAllString(page, -1)); n != len(from) || n == 0 {
		t.Errorf("%d marks are read of %d", len(from), n)
	}
	for _, source := range listed.FindAllStringSubmatch(page, -1) {
		for i, way := range wayHere.FindAllStringSubmatch(source[0], -1) {
			if !strings.Contains(page, `id="`+way[1]+`"`) || way[2] != way[3] || strings.HasPrefix(way[1], citeAnchor) && from[way[1]] != source[1] {
				t.Errorf("%s, way %d: %s", source[1], i, way[0])
			}
			delete(from, way[1])
		}
	}
	for mark, source := range from {
		t.Errorf("%s does not lead back to %s", source, mark)
	}
}

// TestMarks: wherever a mark stands, it shows the number of its source in the list that
// it leads to, and is named “Source 1: title”.
func TestMarks(t *testing.T) {
	out, elsewhere := citingSite(t), map[string]int{}
	for file, page := range out {
		for _, cite := range regexp.MustCompile(`<sup class="cite">(.*?)</sup>`).FindAllStringSubmatch(page, -1) {
			if to := sourceOfMark.FindAllString(cite[1], -1); len(slices.Compact(slices.Sorted(slices.Values(to)))) < len(to) {
				t.Errorf("%s: one source has two marks: %s", file, cite[1])
			}
			marks := aMark.FindAllStringSubmatch(cite[1], -1)
			if strings.Count(cite[1], "<a ") != len(marks) {
				t.Errorf("%s: a mark has no number or no name: %s", file, cite[1])
			}
			for _, m := range marks {
				to, id, _ := strings.Cut(m[1], "#")
				list := page
				if to != "" {
					elsewhere[strings.SplitN(file, "/", 2)[0]]++
					list = out[path.Join(path.Dir(file), to, "index.html")]
				}
				sources := listed.FindAllStringSubmatch(list, -1)
				n, err := strconv.Atoi(m[3])
				if m[2] != m[3] || err != nil || n > len(sources) || sources[n-1][1] != id {
					t.Errorf("%s: %s leads to another source", file, m[0])
				}
			}
		}
	}
	for _, at := range []string{"timeline", "updates", "explainers"} { // of these the embed
		if elsewhere[at] == 0 {
			t.Errorf("no mark under %s/ leads to another page", at)
		}
	}
}

var sourceOfMark = regexp.MustCompile(`#source-[^"]*`)

var aMark = regexp.MustCompile(`<a (?:id="[^"]*" )?href="([^"]*)" aria-label="Source (\d+): [^"]+">(\d+)</a>`)

// TestSourceIDs gives each source of a page an id of its own, and the same one again.
func TestSourceIDs(t *testing.T) {
	b := (&Book{site: &site.Site{}}).builder(&planned{lang: &lang.Language{}})
	for _, c := range []struct{ id, want string }{
		{"s1", "s1"}, {"s1", "s1--2"}, {"s1--2", "s1--2--2"}, {"s1--4", "s1--4"}, {"s1", "s1--3"}, {"s1", "s1--5"}, {"s2", "s2"},
	} {
		src := &document.Source{ID: c.id}
		if got, again := b.sourceID(src), b.sourceID(src); got != c.want || again != got {
			t.Errorf("%s: %s, then %s, not %s", c.id, got, again, c.want)
		}
	}
}
