package pages

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// eventful is an explainer with an event in each of the dates.
func eventful(title string, dates ...string) string {
	var s strings.Builder
	fmt.Fprintf(&s, "---\ntitle: %s\nstandfirst: S.\npublished: 2024-06-01\ntopics: [t%d]\nquestions:\n  - {question: When?, id: when, short: Then., answer: Then.}\ntimeline:\n", title, len(dates)%2)
	for i, d := range dates {
		fmt.Fprintf(&s, "  - {date: '%s', id: e%d, title: Event %d}\n", d, i, i)
	}
	return s.String() + "---\n"
}

// inYears are dates, each in one of the years from first on, per a year.
func inYears(first, per, n int) (dates []string) {
	for i := range n {
		dates = append(dates, fmt.Sprintf("%d-03-%02d", first+i/per, i%per+1))
	}
	return dates
}

// within are n dates of one year.
func within(year, n int) (dates []string) {
	for i := range n {
		dates = append(dates, fmt.Sprintf("%d-%02d-%02d", year, 1+i/28, 1+i%28))
	}
	return dates
}

var (
	shownEvent = regexp.MustCompile(`<li class="ev`)
	oneChart   = regexp.MustCompile(`(?s)<ol class="dens.*?</ol>`)
	oneColumn  = regexp.MustCompile(`<li( aria-hidden="true")?>`)
)

// TestManyChoices holds that topics stand open while they are few, and folded up where
// they would push the events off a phone; and years likewise by decades.
func TestManyChoices(t *testing.T) {
	for _, n := range []int{8, 9} {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("explainers/x%d.md", i)] = strings.Replace(
				eventful(fmt.Sprintf("What is %d?", i), "2020-01-01"), "topics: [t1]", fmt.Sprintf("topics: [t%d]", i), 1)
		}
		out, _ := outputs(t, false, files)
		for _, page := range []string{"timeline/", "topics/t3/timeline/"} {
			head, _, _ := strings.Cut(out[page+"index.html"], `<ol class="tl"`)
			if folded := strings.Contains(head, "<details><summary>Topics</summary>"); folded != (n > 8) {
				t.Errorf("%s: of %d topics folded up: %t", page, n, folded)
			}
		}
	}
	for n, decades := range map[int]int{12: 0, 13: 2} {
		var years []yearEvents
		for i := range n {
			years = append(years, yearEvents{year: 2000 + i})
		}
		titled := 0
		for _, g := range yearGroups(years, func(int) Link { return Link{} }) {
			if g.Title != "" {
				titled++
			}
		}
		if titled != decades {
			t.Errorf("%d years are in %d decades", n, titled)
		}
	}
}

// TestTimelineBound holds the site's timeline to its bound: up to it a year is no page
// of its own, and beyond it each event is on one page, and each year can be reached.
func TestTimelineBound(t *testing.T) {
	for _, c := range []struct{ n, per, shown, years int }{
		{0, 1, 0, 0}, {1, 1, 1, 0}, {2, 1, 2, 0}, {31, 2, 31, 0}, {150, 10, 150, 0},
		{151, 10, 141, 1}, {400, 10, 150, 25},
		{400, 28, 148, 9}, // of so many a year only whole years are shown
	} {
		out, _ := outputs(t, false, map[string]string{"explainers/x.md": eventful("What?", inYears(1990, c.per, c.n)...)})
		page := out["timeline/index.html"]
		if n := len(shownEvent.FindAllString(page, -1)); n != c.shown {
			t.Errorf("of %d events %d are shown, not %d", c.n, n, c.shown)
		}
		years, events := 0, c.shown
		for file, text := range out {
			if strings.HasPrefix(file, "timeline/") && strings.Count(file, "/") == 2 {
				years++
				events += len(shownEvent.FindAllString(text, -1))
				if year := strings.TrimSuffix(strings.TrimPrefix(file, "timeline/"), "index.html"); !strings.Contains(page, `<a href="`+year+`" id="year_`+strings.TrimSuffix(year, "/")+`">`) {
					t.Errorf("nothing leads to %s", year)
				}
			}
		}
		if years != c.years || events != c.n {
			t.Errorf("of %d events %d are on %d pages of years, not on %d", c.n, events-c.shown, years, c.years)
		}
	}
}

// TestCrowdedYear: a newest year that is too long for the site's timeline has its last
// events there, and all of them on its own page.
func TestCrowdedYear(t *testing.T) {
	dates := slices.Concat(inYears(2019, 1, 1), inYears(2020, 28, 28), inYears(2020, 28, 28), inYears(2020, 28, 28), inYears(2020, 28, 28), inYears(2020, 28, 28), inYears(2020, 28, 28))
	out, _ := outputs(t, false, map[string]string{"explainers/x.md": eventful("What?", dates...)})
	page, year := out["timeline/index.html"], out["timeline/2020/index.html"]
	if n := len(shownEvent.FindAllString(page, -1)); n != eventsOnTimeline || !strings.Contains(page, `<a href="2020/">2020: All 168 events`) {
		t.Errorf("%d events are shown, and the page of all is not named", n)
	}
	if n := len(shownEvent.FindAllString(year, -1)); n != 168 {
		t.Errorf("the year has %d events", n)
	}
}

// TestUnderItsYear: readers need not see at each event the year that it stands under, nor
// the explainer that the event before it named; all of it is there to be read out and copied.
func TestUnderItsYear(t *testing.T) {
	dates := []string{"2019-12-20/2020-01-10", "2020", "2020-02", "2020-03-05", "2020-04-01/2020-05-02", "2020-06-01/2021-02", "2020-07~", "2020-08-09T20:00+03:00", "2020-q4"}
	out, _ := outputs(t, false, map[string]string{
		"site.yaml":       "title: T\ntopics: {t0: {title: Zero}, t1: {title: One}}\n",
		"explainers/x.md": eventful("What?", dates...),
		"explainers/y.md": strings.Replace(eventful("Why?", "2020-12-24", "2020-12-25"), "id: e1", "id: e1, date_text: on Christmas Day 2020", 1),
	})
	page := out["timeline/index.html"]
	const year = `<span class="vh"> 2020</span>`
	for _, want := range []string{">from 20 December 2019 to 10 January 2020<", "><span class=\"vh alone\">2020</span></time>", ">February" + year + "<", ">5 March" + year + "<",
		">from 1 April to 2 May" + year + " <", ">from 1 June 2020 to February 2021 <", ">about July" + year + "<",
		">9 August" + year + ", 20:00 (UTC+3)<", ">fourth quarter" + `<span class="vh"> of 2020</span>`, ">24 December" + year + "<", ">on Christmas Day 2020<",
		`datetime="2020-03-05"`} {
		if !strings.Contains(strings.ReplaceAll(page, "&#43;", "+"), want) && !strings.Contains(strings.ReplaceAll(page, "&#43;", "+"), strings.Replace(want, " <", "<", 1)) {
			t.Errorf("the page has no %s", want)
		}
	}
	for href, hidden := range map[string]int{"../explainers/x/": 8, "../explainers/y/": 1} {
		if all, n := strings.Count(page, `href="`+href+`">W`), strings.Count(page, `<span class="own" hidden>Explainer: <a href="`+href+`">`); n != hidden || all != hidden+1 {
			t.Errorf("%s is named %d times, %d of them out of sight", href, all, n)
		}
	}
	if own := out["explainers/x/index.html"]; strings.Contains(own, year) {
		t.Error("where no year stands above it, the date lacks it")
	}
}

// TestCharts: however many years there are, a chart has no more columns than there is room
// for, and each that has events is a link with its words.
func TestCharts(t *testing.T) {
	for _, c := range []struct {
		name, wide, narrow, words string
		dates                     []string
		columns                   [2]int
	}{
		{name: "few", dates: inYears(2017, 3, 30), columns: [2]int{10}, words: "2019<span class=\"vh\">, 3 events"},
		{name: "as many as fit", dates: inYears(1990, 1, 40), columns: [2]int{40, 8}, words: "1990<span class=\"vh\">–1994, 5 events"},
		{name: "decades", dates: inYears(1950, 1, 41), columns: [2]int{5}, words: "1950<span class=\"vh\">–1959, 10 events"},
		{name: "centuries", dates: []string{"-0043-03-15", "0001", "0100", "2300"}, columns: [2]int{25, 6}, words: "100 BC<span class=\"vh\">–1 BC, 1 event"},
		{name: "very many", dates: inYears(2010, 28, 400), columns: [2]int{15, 3}, words: "2010<span class=\"vh\">, 28 events"},
	} {
		out, _ := outputs(t, false, map[string]string{"explainers/x.md": eventful("What?", c.dates...)})
		page := out["timeline/index.html"]
		var columns [2]int
		for i, chart := range oneChart.FindAllString(page, -1) {
			columns[i] = len(oneColumn.FindAllString(chart, -1))
		}
		if columns != c.columns || !strings.Contains(page, c.words) {
			t.Errorf("%s: %d columns, not %d, or no %s", c.name, columns, c.columns, c.words)
		}
	}
}

// TestChartPlaces: a square stands where the axis says that its time lies.
func TestChartPlaces(t *testing.T) {
	for _, c := range []struct {
		dates []string
		want  string // of the last chart's columns, where their squares stand in them
	}{
		{[]string{"1967", "1972-01-01", "1972-12", "1979", "1980", "1999", "2035"}, "1960 70%, 1970 20% 20% 90%, 1980 0%, 1990 90%, 2030 50%"},
		{[]string{"2020", "2021-03-31", "2021-04-01", "2021-12", "2022-08~"}, "2020 0%, 2021 0% 25% 75%, 2022 50%"},
		{[]string{"../1999", "2001"}, "1999 75%, 2001 0%"},
		{[]string{"-0043", "0001", "0009", "0010", "0049"}, "50 BC 60%, 10 0%"},
		{[]string{"1801", "1849", "1850", "1899", "2000"}, "1800 0% 90%, 1850 0% 90%, 2000 0%"},
		{append(inYears(1990, 1, 20), "1999-12"), "1990 0% 20% 40% 60% 80%, 1995 0% 20% 40% 60% 80% 80%, 2000 0% 20% 40% 60% 80%, 2005 0% 20% 40% 60% 80%"},
	} {
		out, _ := outputs(t, false, map[string]string{"explainers/x.md": eventful("What?", c.dates...)})
		charts := oneChart.FindAllString(out["timeline/index.html"], -1)
		var got []string
		for _, column := range strings.Split(charts[len(charts)-1], "<li>")[1:] {
			var at []string
			for _, m := range regexp.MustCompile(`<rect[^>]* x="(\d+%)"`).FindAllStringSubmatch(column, -1) {
				at = append(at, m[1])
			}
			slices.Sort(at)
			if name := regexp.MustCompile(`class="from">([^<]+)`).FindStringSubmatch(column); name != nil && at != nil {
				got = append(got, name[1]+" "+strings.Join(at, " "))
			}
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("%s: the squares stand at %s, not %s", c.dates, got, c.want)
		}
	}
}

// TestToday marks where today lies, and no other day of the month makes another page.
func TestToday(t *testing.T) {
	files := map[string]string{"explainers/x.md": eventful("What?", "2020/2023", "2024-02-03", "2024-06-01/2024-06-25", "2026")}
	out, _ := outputs(t, false, files)
	page := out["timeline/index.html"]
	if n := strings.Count(page, `aria-current="date"`); n != 1 || !strings.Contains(page, `#year_2024" aria-current="date"`) {
		t.Errorf("%d columns are marked", n)
	}
	if !strings.Contains(page, `class="day" viewBox="0 0 8400 1"`) || !strings.Contains(page, `<rect x="5344" width="1" height="1"/>`) {
		t.Error("no line stands at today's place")
	}
	if !strings.Contains(page, `class="bars" viewBox="0 0 8400 6"`) || !strings.Contains(page, `<rect x="0" y="1" width="4800" height="4"/>`) {
		t.Error("what lasted has no bar over its years")
	}
	if !strings.Contains(page, `x="5298" y="1" width="82" height="4"/>`) {
		t.Error("what lasted for 25 days has no bar of 25 days")
	}
	out, _ = outputs(t, false, map[string]string{"explainers/x.md": eventful("What?", "2020", "2022")})
	if strings.Contains(out["timeline/index.html"], `class="day"`) {
		t.Error("today is marked where it does not lie")
	}
}

// TestFold: an explainer of many events shows the most important of them, and folds up
// what lies between.
func TestFold(t *testing.T) {
	folds := regexp.MustCompile(`<summary>(\d+) (?:earlier events|more events in between|later events)<`)
	for _, c := range []struct {
		n    int
		want string
	}{{10, ""}, {11, "3"}, {12, "3"}, {24, "14"}} {
		text := eventful("What?", inYears(2000, 1, c.n)...)
		for _, id := range []string{"e0,", "e4,"} {
			text = strings.Replace(text, id, id+" importance: 1,", 1)
		}
		out, _ := outputs(t, false, map[string]string{"explainers/x.md": text})
		page, first := out["explainers/x/index.html"], ""
		if f := folds.FindStringSubmatch(page); f != nil {
			first = f[1]
		}
		if n := len(shownEvent.FindAllString(page, -1)); n != c.n {
			t.Errorf("of %d events %d are on the page", c.n, n)
		}
		if c.want == "" != (first == "") {
			t.Errorf("of %d events %q are folded up first", c.n, first)
		}
		if strings.Contains(page, "<summary>1 ") {
			t.Error("one event is folded up")
		}
		if open := regexp.MustCompile(`(?s)<details>.*?</details>`).ReplaceAllString(page, ""); !strings.Contains(open, `id="event-e0"`) || !strings.Contains(open, `id="event-e4"`) {
			t.Error("what is most important is folded up")
		}
		if out["explainers/x/timeline/index.html"] != "" {
			t.Error("a page of its own says what the explainer's says")
		}
	}
}

// TestFoldWords: what is folded up is named by where it lies, whether it is open or not.
func TestFoldWords(t *testing.T) {
	text := eventful("What?", inYears(2000, 1, 20)...)
	for _, id := range []string{"e5,", "e6,", "e7,", "e10,", "e11,", "e12,", "e13,"} {
		text = strings.Replace(text, id, id+" importance: 1,", 1)
	}
	for lang, want := range map[string]string{
		"en": "5 earlier events, 2 more events in between, 6 later events",
		"de": "5 frühere Ereignisse, 2 Ereignisse dazwischen, 6 spätere Ereignisse",
		"fr": "5 événements antérieurs, 2 événements entre-temps, 6 événements postérieurs",
		"es": "5 acontecimientos anteriores, 2 acontecimientos entre medias, 6 acontecimientos posteriores",
	} {
		out, _ := outputs(t, false, map[string]string{"site.yaml": "title: T\nlang: " + lang + "\n", "explainers/x.md": text})
		var got []string
		for _, m := range regexp.MustCompile(`<details><summary>([^<]*)<`).FindAllStringSubmatch(out["explainers/x/index.html"], -1) {
			got = append(got, m[1])
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%s: %s, not %s", lang, got, want)
		}
	}
}

// TestEventSources: at an event stands the number that its source has in the list, once.
func TestEventSources(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"explainers/x.md": `---
title: What?
standfirst: S.
published: 2024-06-01
questions:
  - {question: When?, id: when, short: Then., answer: 'Then [@b].'}
sources:
  - {id: a, title: The first one}
  - {id: b, title: The second one}
timeline:
  - {date: 2024-01-01, title: A day, text: 'It was [@a].', sources: [a, b]}
---
`})
	page := out["explainers/x/index.html"]
	_, event, _ := strings.Cut(page, `<li class="ev`)
	event, _, _ = strings.Cut(event, "</li>")
	if strings.Count(event, "#source-a") != 1 || !strings.Contains(event, `<a href="#source-b" aria-label="Source 1: The second one">1</a>`) {
		t.Errorf("the event has %s", event)
	}
}

// TestMerged: what leads to a page that there is only while there are many events leads to
// them all the same, whichever way the site grows.
func TestMerged(t *testing.T) {
	link := "\n\n## Where?\n\n[Here](/timeline/1990/), [there](/timeline/1990/#event-x--e0), [and there](/explainers/x/timeline/).\n"
	small := map[string]string{
		"site.yaml":           "title: T\nbase_url: https://example.org/\nredirects: {/old/: /timeline/1990/}\nnavigation: [{title: The nineties, url: /timeline/1990/}]\n",
		"explainers/x.md":     eventful("What?", inYears(1990, 1, 9)...),
		"explainers/links.md": "---\ntitle: Which?\nstandfirst: S.\npublished: 2024-06-01\n---" + link,
	}
	large := map[string]string{}
	for name, text := range small {
		large[name] = text
	}
	large["explainers/x.md"] = eventful("What?", inYears(1990, 10, 170)...)
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
		to    string
	}{
		"small": {small, []string{`"../../timeline/#year_1990">Here`, `"../../timeline/#event-x--e0">there`, `"../x/#time_line">and there`}, "../timeline/#year_1990"},
		"large": {large, []string{`"../../timeline/1990/">Here`, `"../../timeline/1990/#event-x--e0">there`, `"../x/timeline/">and there`}, "../timeline/1990/"},
	} {
		out, _ := outputs(t, false, c.files)
		for _, want := range c.want {
			if !strings.Contains(out["explainers/links/index.html"], "<a href="+want) {
				t.Errorf("%s: no link %s", name, want)
			}
		}
		if !strings.Contains(out["old/index.html"], `url=`+c.to) || !strings.Contains(out["index.html"], strings.TrimPrefix(c.to, "../")+`">The nineties`) {
			t.Errorf("%s: a redirect or the navigation leads elsewhere", name)
		}
	}
}

// TestKeysOfEvents: events have the keys by which readers choose on the pages alone where
// the script chooses among them.
func TestKeysOfEvents(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{
		"glossary/dam.md": "---\nterm: Dam\nshort: A wall.\nkind: place\n---\n",
		"explainers/x.md": strings.Replace(eventful("What?", "2019", "2020"), "id: e1", "id: e1, tags: [vote]", 1),
		"explainers/y.md": strings.Replace(eventful("Why?", "2021"), "id: e0", "id: e0, place: dam", 1),
	})
	for file, want := range map[string][]string{
		"timeline/index.html":                   {"/t0", "/t0", "/t1"},
		"explainers/x/timeline/index.html":      {"/t0", "/t0 vote"},
		"explainers/x/timeline/vote/index.html": nil,
		"topics/t0/timeline/index.html":         nil,
		"glossary/dam/index.html":               nil,
	} {
		var got []string
		for _, m := range regexp.MustCompile(`<li class="ev"(?: data-k="([^"]*)")? id="[^"]+">`).FindAllStringSubmatch(out[file], -1) {
			if m[1] != "" {
				got = append(got, m[1])
			}
		}
		if !strings.Contains(out[file], `<li class="ev"`) || !slices.Equal(got, want) {
			t.Errorf("%s has the keys %q, not %q", file, got, want)
		}
	}
}

// TestPlannedFor: a coarse date has its article in the sentence that says what was planned.
func TestPlannedFor(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"site.yaml": "title: T\n", "explainers/one.md": "---\ntitle: One?\nstandfirst: s.\npublished: 2023-01-10\n" +
		"timeline:\n  - {date: 2023-h2, id: a, title: A}\n  - {date: 2023-q3~, id: b, title: B}\n  - {date: 2023-q2/2023-h2, id: c, title: C}\n---\n## Why?\n\nSo.\n"})
	for _, want := range []string{"was planned for the second half of 2023 (as of 10 January 2023)", "was planned for about the third quarter of 2023 (",
		"was planned from the second quarter of 2023 to the second half of 2023 ("} {
		if !strings.Contains(out["explainers/one/index.html"], want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// TestExplainerTimelinePages: an explainer's own timeline is cut where the site's is. Each
// event stands on one page, under a year that is whole unless it is too long for one, and
// the newest page leads to every year that stands elsewhere.
func TestExplainerTimelinePages(t *testing.T) {
	for name, c := range map[string]struct {
		dates []string
		pages []int // events on each, the oldest first
	}{
		"few":               {inYears(1990, 15, 150), []int{150}},
		"one more":          {inYears(1990, 15, 151), []int{75, 76}},
		"many":              {inYears(1990, 20, 400), []int{80, 80, 80, 80, 80}},
		"a crowded year":    {append(inYears(1990, 20, 40), within(2000, 310)...), []int{40, 75, 75, 75, 85}},
		"a year in between": {append(inYears(1990, 20, 40), append(within(2000, 140), inYears(2010, 20, 20)...)...), []int{40, 140, 20}},
	} {
		out, _ := outputs(t, false, map[string]string{"site.yaml": "title: T\n", "explainers/x.md": eventful("What?", c.dates...)})
		seen := map[string]bool{}
		for i, n := range c.pages {
			file := fmt.Sprintf("explainers/x/timeline/page/%d/index.html", i+1)
			if i == len(c.pages)-1 {
				file = "explainers/x/timeline/index.html"
			}
			page := out[file]
			events := regexp.MustCompile(`<li class="ev[^>]* id="event-x--(e\d+)"`).FindAllStringSubmatch(page, -1)
			for _, ev := range events {
				if seen[ev[1]] {
					t.Errorf("%s: %s stands twice", name, ev[1])
				}
				seen[ev[1]] = true
			}
			if len(events) != n {
				t.Errorf("%s: %s has %d events, not %d", name, file, len(events), n)
			}
			if heads := strings.Count(page, `class="pager"`); (heads == 2) != (len(c.pages) > 1) {
				t.Errorf("%s: %s has %d pagers", name, file, heads)
			}
		}
		if len(seen) != len(c.dates) {
			t.Errorf("%s: %d events of %d", name, len(seen), len(c.dates))
		}
		newest := out["explainers/x/timeline/index.html"]
		for _, year := range regexp.MustCompile(`<li><a href="(page/\d+/)#(year_\d+)" id="year_`).FindAllStringSubmatch(newest, -1) {
			if !strings.Contains(out["explainers/x/timeline/"+year[1]+"index.html"], `<section class="grp" id="`+year[2]+`"`) {
				t.Errorf("%s: %s does not stand on %s", name, year[2], year[1])
			}
		}
		for _, id := range regexp.MustCompile(` id="[^"]+"`).FindAllString(newest, -1) {
			if strings.Count(newest, id) > 1 {
				t.Errorf("%s:%s stands twice", name, id)
			}
		}
		if linked := strings.Contains(newest, `id="all_years"`); linked != (len(c.pages) > 1) {
			t.Errorf("%s: links to other years: %v", name, linked)
		}
	}
}
