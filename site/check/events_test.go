package check

import (
	"slices"
	"strings"
	"testing"

	"nutgraf/site/diag"
)

// TestEventFigures holds when two explainers contradict each other about one event.
func TestEventFigures(t *testing.T) {
	const day = "2024-03-22"
	type event struct{ date, title, text string }
	for _, c := range []struct {
		name string
		a, b event
		want string // part of the message, "" for none
	}{
		{"titles", event{day, "The flood kills 137 people in Brae", ""}, event{day, "The flood kills 140 people in Brae", ""}, "“The flood kills 140 people in Brae” here is “The flood kills 137 people in Brae”"},
		{"in words", event{day, "The flood kills six people in Brae", ""}, event{day, "The flood kills seven people in Brae", ""}, "seven"},
		{"almost the same title", event{day, "Spring flood kills 137 people in Brae", ""}, event{day, "Spring flood kills 140 people in Brae town", ""}, "140"},
		{"text", event{day, "The flood reaches the town", "It killed 137 people."}, event{day, "The flood reaches the town", "At night it killed 140 people."}, "the text of “The flood reaches the town” says “140” here, and “137”"},
		{"text at the start", event{day, "The flood reaches the town", "1,200 people were killed."}, event{day, "The flood reaches the town", "In the end, 1,300 people were killed."}, "“1,300” here, and “1,200”"},
		{"dates", event{day, "The flood reaches the town", ""}, event{"2024-03-23", "The flood reaches the town", ""}, "happened on 23 March 2024 here"},

		{"the same", event{day, "The flood kills 137 people in Brae", "It cost 2 million euros."}, event{day, "The flood kills 137 people in Brae", "It cost 2,000,000 euros."}, ""},
		{"other days and figures", event{day, "The army shoots down 20 drones", ""}, event{"2024-03-23", "The army shoots down 31 drones", ""}, ""},
		{"other things", event{day, "The flood reaches the town", "It killed 137 people."}, event{day, "The flood reaches the town", "It injured 180 people."}, ""},
		{"other exactness", event{day, "The flood reaches the town", "It killed nearly 140 people."}, event{day, "The flood reaches the town", "It killed 137 people."}, ""},
		{"twice", event{day, "The flood reaches the town", "It killed 13 people. Then it killed 2 people."}, event{day, "The flood reaches the town", "It killed 15 people."}, ""},
		{"a date in the text", event{day, "The flood reaches the town", "It began on 21 March at night."}, event{day, "The flood reaches the town", "It began on 20 March at night."}, ""},
		{"other money", event{day, "The flood reaches the town", "It cost £5 million euros."}, event{day, "The flood reaches the town", "It cost $6 million euros."}, ""},
		{"another event", event{day, "A storm kills 3 people in Velmora", ""}, event{day, "A fire kills 4 people in Brae", ""}, ""},
		{"one figure more", event{day, "The flood kills people in Brae", ""}, event{day, "The flood kills 12 people in Brae", ""}, ""},
		{"one and none", event{day, "The flood reaches the town", "It killed one of them."}, event{day, "The flood reaches the town", "It killed two of them."}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			explainer := func(title string, e event) string {
				return "---\ntitle: " + title + "\nstandfirst: All.\npublished: 2024-05-25\ntimeline:\n  - date: " + e.date + "\n    title: " + e.title + "\n    text: \"" + e.text + "\"\n---\n## What is it? {#it}\n\nA flood.\n"
			}
			s, _ := load(t, map[string]string{"explainers/a.md": explainer("What is one?", c.a), "explainers/b.md": explainer("What is two?", c.b)})
			r, err := Site(t.Context(), s, nil, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range r.Findings {
				if d.Rule == "event-dates" {
					got = append(got, d.Message)
				}
			}
			if c.want == "" && got != nil || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestSiteCounts holds that these are what a check finds of the same rules, one by
// one, in a site that breaks each of them and accepts some.
func TestSiteCounts(t *testing.T) {
	explainer := func(title, more string) string {
		return "---\ntitle: " + title + "\nstandfirst: All.\npublished: 2024-03-25\nupdated: 2024-05-02\nreview_by: 2024-06-01\ntimeline:\n  - date: 2024-04-21\n    title: The third vote\n    status: scheduled\n" +
			"  - date: 2024-03-2" + more + "\n    title: The flood reaches the town\n---\n## What is it?\n\nIt is.\n\n## Costs\n\nThey are.\n"
	}
	s, _ := load(t, map[string]string{
		"site.yaml":       "check: {duplicate-event: warning}\n",
		"explainers/a.md": explainer("What is one?", "1"), "explainers/b.md": explainer("What is two?", "2"),
		"explainers/c.md":    strings.NewReplacer("It is.", "<!-- accept: question-id its words stay -->\n\nIt is.", "standfirst: All.", "standfirst: All.\nnotes: \"<!-- accept: past-event it is moved -->\"").Replace(explainer("What is three?", "3")),
		"glossary/gate.md":   "---\nterm: Gate\nshort: A door.\n---\n",
		"glossary/sluice.md": "---\nterm: Sluice\nshort: A gate.\n---\n<!-- accept: unused-term it comes next week -->\n\nIt is old.\n",
	})
	r, err := Site(t.Context(), s, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := SiteCounts(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	want := Counts(slices.DeleteFunc(r.Findings, func(d diag.Diagnostic) bool { return !ruleNamed(d.Rule).model }))
	if !slices.Equal(got, want) || len(got) < 7 {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

// TestUnusedTerm: a link by hand is a use.
func TestUnusedTerm(t *testing.T) {
	s, _ := load(t, map[string]string{
		"explainers/a.md":  "---\ntitle: A?\nstandfirst: All.\npublished: 2024-03-25\n---\n## What is it? {#it}\n\n[A door](term:gate) of iron.\n",
		"glossary/gate.md": "---\nterm: Gate\nshort: A door.\n---\n", "glossary/weir.md": "---\nterm: Weir\nshort: A dam.\n---\n",
	})
	r, err := Site(t.Context(), s, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, d := range r.Findings {
		if d.Rule == "unused-term" {
			files = append(files, d.At.File)
		}
	}
	if !slices.Equal(files, []string{"content/glossary/weir.md"}) {
		t.Errorf("findings in %q", files)
	}
}
