package pages

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site/diag"
	"nutgraf/site/front"
)

// TestAnnounced wants nothing in feeds that readers must not meet there: no
// draft, no sensitive picture, no link that only works on the page. Other sites'
// pages show no sensitive picture either.
func TestAnnounced(t *testing.T) {
	files := map[string]string{
		"site.yaml":            "base_url: https://example.org/\noutputs: [cards]\n",
		"explainers/draft.md":  "---\ntitle: Draft\nupdates: [{date: 2024-01-01, type: update, text: Still open.}]\n---\n## Q\n\nA\n",
		"explainers/one.md":    "---\ntitle: One\nstandfirst: s\npublished: 2024-06-09\nimages:\n  - {src: one/a.png, alt: a, credit: c, sensitive: graphic, warning: Blood}\n  - {src: one/b.png, alt: b, credit: c}\n---\n## Q\n\nA.[^1]\n\n![a](one/a.png)\n\n![b](one/b.png)\n\n`<a href=\"#x\">`\n\n[^1]: Note.\n",
		"explainers/one/a.png": "a", "explainers/one/b.png": "b",
	}
	out, _ := outputs(t, true, files)
	for _, name := range []string{"feed.xml", "feed.json", "updates/feed.xml"} {
		if strings.Contains(out[name], "raft") || strings.Contains(out[name], "0001-01-01") {
			t.Errorf("a draft stands in %s", name)
		}
	}
	var f jsonFeed
	strictJSON(t, out["feed.json"], &f)
	html := f.Items[0].ContentHTML
	for _, want := range []string{`<a href="https://example.org/explainers/one/">Blood</a>`, `src="https://example.org/explainers/one/b.png"`, `href="https://example.org/explainers/one/#fn-q-1"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the feed lacks %s: %s", want, html)
		}
	}
	if strings.Contains(html, "a.png") || strings.Contains(html, `href="#`) || !strings.Contains(html, `<a href=&quot;#x&quot;`) && !strings.Contains(html, "&lt;a href=&quot;#x&quot;") {
		t.Errorf("the feed has %s", html)
	}
	embed := out["explainers/one/q/embed.html"]
	if strings.Contains(embed, "a.png") || !strings.Contains(embed, `<a href="../">Blood</a>`) || !strings.Contains(embed, "b.png") {
		t.Errorf("the embedded card is %s", embed)
	}
	if !strings.Contains(out["sitemap.xml"], "<urlset") {
		t.Errorf("with nothing to be found the sitemap is %s", out["sitemap.xml"])
	}
}

// TestAnswerPage holds that the page of one answer says as of when, warns of its age,
// and can be cited and answered as the explainer can.
func TestAnswerPage(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"site.yaml": "title: Desk\nbase_url: https://example.org/\noutputs: [cards]\nreply: {email: desk@example.org}\n",
		"explainers/one.md": "---\ntitle: One\nstandfirst: s\npublished: 2020-06-09\nquestions:\n  - {question: Who?, id: who, short: She., answer: She.}\n" +
			"  - {question: When?, id: when, short: Then., answer: Then., as_of: 2020-07-01}\n  - {question: Why?, id: why, short: So., answer: So.}\n" +
			"updates: [{date: 2021-02-03, type: update, questions: [why], text: New.}]\n---\n"})
	for id, day := range map[string]string{"who": "9 June 2020", "when": "1 July 2020", "why": "3 February 2021"} {
		title := map[string]string{"who": "Who?", "when": "When?", "why": "Why?"}[id]
		for _, want := range []string{
			"<p>as of " + day + "</p>", "Not reviewed since 3 February 2021",
			"<p id=\"cite_line\">‘" + title + " – One’, Desk, as of " + day + ", https://example.org/explainers/one/" + id + "/</p>",
			`href="mailto:desk@example.org?subject=` + strings.TrimSuffix(title, "?") + "%3F%20",
		} {
			if page := out["explainers/one/"+id+"/index.html"]; !strings.Contains(page, want) {
				t.Errorf("%s lacks %s: %s", id, want, page)
			}
		}
	}
}

// TestFraming lets others frame the cards that are made for it, and nothing else.
func TestFraming(t *testing.T) {
	b, _ := bookOf(t, false, map[string]string{"site.yaml": "base_url: https://example.org/sub/\noutputs: [cards]\n",
		"explainers/one.md": "---\ntitle: One\nstandfirst: s\npublished: 2024-06-09\ntimeline: [{date: 2024-01-01, title: E}]\n---\n## Q\n\nA\n", "glossary/t.md": "---\nterm: T\nshort: s\n---\nT.\n",
		"explainers/one.fr.md": "---\ntitle: Un\nstandfirst: s\npublished: 2024-06-09\n---\n## Q\n\nA\n"})
	headers := written(t, b)["_headers"]
	var framed []string
	look := func(p string) {
		if !slices.ContainsFunc(rules(headers), func(r string) bool { return matches(r, "/sub/"+p) }) {
			framed = append(framed, p)
		}
	}
	for _, p := range b.plan {
		if p.layout != "" {
			look(p.path)
		}
		if kindOf(p.layout).grows == yes {
			look(pagePath(p.path, 1))
		}
	}
	slices.Sort(framed)
	if d := cmp.Diff([]string{"explainers/one/q/embed.html", "fr/explainers/one/q/embed.html"}, framed); d != "" {
		t.Errorf("others may frame these (-want +got); unframed in url.go must name what they lie in:\n%s", d)
	}
}

// rules are the paths of _headers that may not be framed.
func rules(headers string) (paths []string) {
	path := ""
	for line := range strings.Lines(headers) {
		if !strings.HasPrefix(line, " ") {
			path = strings.TrimSpace(line)
		} else if strings.Contains(line, "frame-ancestors 'none'") {
			paths = append(paths, path)
		}
	}
	return paths
}

// matches reports whether a host applies a rule to a path.
func matches(rule, path string) bool {
	want, have := strings.Split(rule, "/"), strings.Split(path, "/")
	for i, w := range want {
		switch {
		case w == "*":
			return i < len(have)
		case i >= len(have), strings.HasPrefix(w, ":") && have[i] == "", !strings.HasPrefix(w, ":") && w != have[i]:
			return false
		}
	}
	return len(want) == len(have)
}

// TestCalendarEdges holds what iCalendar can't say as we do.
func TestCalendarEdges(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"explainers/one.md": `---
title: One
standfirst: s
published: 2024-06-09
timeline:
  - {date: "../2025-01", title: By January, status: scheduled}
  - {date: "Y12000", title: Too late}
  - {date: "2024-07-01T10:00Z/2024-07-01T12:00Z", title: Two hours}
---
## Q

A
`})
	text := strings.Join(unfold(t, out["timeline/timeline.ics"]), "\n")
	for _, want := range []string{"DTSTART;VALUE=DATE:20250131\nDTEND;VALUE=DATE:20250201\nTRANSP:TRANSPARENT\nSUMMARY:By January", "DTSTART:20240701T100000Z\nDTEND:20240701T120000Z\nTRANSP:TRANSPARENT\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the calendar lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Too late") || strings.Contains(text, "\nURL:") {
		t.Errorf("the calendar has a year of five digits, or an address that is none:\n%s", text)
	}
}

// TestCalendarGrain: what is known to a month or better is in the calendars; what is coarser
// would fill a season or a year of a reader's. No page leads to one without events.
func TestCalendarGrain(t *testing.T) {
	for date, want := range map[string]string{
		"2027-03":                   "DTSTART;VALUE=DATE:20270301 DTEND;VALUE=DATE:20270401",
		"2027-03-XX":                "DTSTART;VALUE=DATE:20270301 DTEND;VALUE=DATE:20270401",
		"2027-03-05~":               "DTSTART;VALUE=DATE:20270305 DTEND;VALUE=DATE:20270306",
		"2027-03-05T10:00Z":         "DTSTART:20270305T100000Z",
		"2027-03/2027-05":           "DTSTART;VALUE=DATE:20270301 DTEND;VALUE=DATE:20270601",
		"2027-03-05/..":             "DTSTART;VALUE=DATE:20270305",
		"../2027-03":                "DTSTART;VALUE=DATE:20270331 DTEND;VALUE=DATE:20270401",
		"2025":                      "",
		"203X":                      "",
		"21XX":                      "",
		"2027-XX":                   "",
		"2027-21":                   "",
		"2027-spring":               "",
		"2027-33":                   "",
		"2027-q2":                   "",
		"2027-40":                   "",
		"2027/2028":                 "",
		"2027/2028-03-05":           "",
		"2027-03-05/2028":           "",
		"2027-spring/2027-12-01":    "",
		"2027/..":                   "",
		"../2027":                   "",
		"2027-autumn/..":            "",
		"2027-03-05T10:00Z/2028-q1": "",
	} {
		out, _ := outputs(t, false, map[string]string{"site.yaml": "title: T\nbase_url: https://example.org\n",
			"explainers/x.md": strings.Replace(eventful("What?", date), "id: e0,", "id: e0, status: scheduled,", 1)})
		for _, name := range []string{"timeline/timeline.ics", "topics/t1/timeline.ics"} {
			var times, free []string
			for _, line := range unfold(t, out[name]) {
				if strings.HasPrefix(line, "DTSTART") || strings.HasPrefix(line, "DTEND") {
					times = append(times, line)
				} else if line == "TRANSP:TRANSPARENT" {
					free = append(free, line)
				}
			}
			if got := strings.Join(times, " "); got != want || len(free) != min(len(want), 1) {
				t.Errorf("%s: %s has %q, not %q, and says %d times that it takes no time", date, name, got, want, len(free))
			}
		}
		linked := ""
		for path, text := range out {
			if strings.HasSuffix(path, ".html") && strings.Contains(text, "timeline.ics") {
				linked += " " + path
			}
		}
		for _, path := range []string{"explainers/x/index.html", "index.html", "timeline/index.html", "topics/t1/index.html"} {
			if has := strings.Contains(linked, " "+path); has != (want != "") {
				t.Errorf("%s: a calendar is linked on%s", date, linked)
			}
		}
	}
}

// TestTimelineJSLabels holds display_date and group, which TimelineJS decodes
// once and then makes markup of.
func TestTimelineJSLabels(t *testing.T) {
	for in, want := range map[string]string{
		"Law & order":                  "Law & order",
		"<img src=x onerror=a>":        "‹img src=x onerror=a›",
		"&lt;img src=x&gt; &#60;":      "＆lt;img src=x＆gt; ＆#60;",
		"22 March 2024, 20:00 (UTC+3)": "22 March 2024, 20:00 (UTC+3)",
	} {
		if got := tlLabel(in); got != want {
			t.Errorf("%q became %q, not %q", in, got, want)
		}
	}
}

const copied = `---
title: "Cost & more &copy;?"
standfirst: "\\- It *is* {#so} & so"
published: 2024-06-08
authors: [Ann Bee]
topics: [law]
knowns: ["1\\. **Known** & so"]
unknowns: [Unknown]
questions:
  - {question: What is it?, id: what}
  - {question: "Cost &amp; more!", id: cost, short: "In short, $5.", as_of: 2024-05-01, sources: [s1]}
  - {question: Front, answer: "Text[^1] with [a link][x].\n\n[^1]: First.\n\n[x]: https://example.org/first"}
  - {question: Front two, answer: "Other[^1] with [a link][x].\n\n[^1]: Second.\n\n[x]: https://example.org/second"}
  - {question: Used, id: used, use: two#cost}
timeline:
  - {date: 2024-06-01, title: "He did it", status: claimed, flag: by one side, text: "A *text*.", importance: 1, tags: [a], sources: [s1]}
  - {date: "2019~/2020", title: Roughly}
  - {date: "2022/..", title: Open, date_text: lately}
sources:
  - {id: s1, title: Report, url: "https://example.org/r", author: [Zed], via: s2}
  - {id: s2, title: Agency}
  - {title: "Отчёт"}
updates:
  - {date: 2024-06-09, type: correction, text: "We *erred*.", was: the old, questions: [cost]}
  - {date: 2024-06-08, type: update, text: Small., substantive: false}
---
Intro with [a ref][r] and [@s1].

What is
it?
-----------

Under a line.[^n]

[^n]: Note.

## Cost &amp;amp; more! {#cost}

It costs [@s1, p. 2].

[r]: https://example.org/ref
`

const lender = "---\ntitle: Two\nstandfirst: s\npublished: 2024-05-01\nsources: [{id: s1, title: Another}]\n---\n## Cost {#cost}\n\nFive [@s1; @s1, p. 2].\n"

// TestCopiesBuildAgain builds the site of a copy: the same answers, and events,
// sources and updates that say no more and no less.
func TestCopiesBuildAgain(t *testing.T) {
	site := "outputs: [markdown]\nbase_url: https://example.org/\n"
	first, ds := outputs(t, false, map[string]string{"site.yaml": site, "explainers/one.md": copied, "explainers/two.md": lender})
	second, more := outputs(t, false, map[string]string{"site.yaml": site, "explainers/one.md": first["explainers/one/index.md"]})
	for _, d := range append(ds, more...) { // the marks in it are reported, as in any text
		if d.Severity > diag.Note && d.Rule != "plain-text" && d.Rule != "foreign" {
			t.Errorf("reported %s: %s", d.At.File, d.Message)
		}
	}
	answers := func(out map[string]string) string {
		var f jsonFeed
		strictJSON(t, out["feed.json"], &f)
		_, html, _ := strings.Cut(f.Items[0].ContentHTML, "<p>Intro")
		return strings.NewReplacer("We <em>erred</em>", "We erred", // a copy has the text of updates alone
			"#source-s1--2", "#source-s1", "#source-one-s1", "#source-s1", "#source-two-s1", "#source-s1", "</p>\n", "</p>\n\n").Replace(html)
	}
	if d := cmp.Diff(answers(first), answers(second)); d != "" {
		t.Error("the answers differ: ", d)
	}
	if !strings.Contains(answers(second), `: Another"`) {
		t.Errorf("the answer that is used cites another source: %s", answers(second))
	}
	if d := cmp.Diff(first["timeline/timeline.csv"], second["timeline/timeline.csv"]); d != "" {
		t.Error("the events differ: ", d)
	}
	third, _ := outputs(t, false, map[string]string{"site.yaml": site, "explainers/one.md": second["explainers/one/index.md"]})
	if d := cmp.Diff(second["explainers/one/index.md"], third["explainers/one/index.md"]); d != "" {
		t.Error("a copy of the copy differs: ", d)
	}
}

// FuzzCopiedText writes any text as a scalar of front matter and reads it back.
func FuzzCopiedText(f *testing.F) {
	for _, s := range []string{nasty, "\x7f\u0080\ufeff", "no", "1.10", "- a: #b", "\u2028\u0085\t", strings.Repeat("\x06", 200)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" {
			t.Skip("an empty value is no value")
		}
		s = strings.ToValidUTF8(s, "\ufffd")
		fm, ds := front.ParseSite("site.yaml", []byte("tagline: "+yamlText(s)+"\n"))
		ds = slices.DeleteFunc(ds, func(d diag.Diagnostic) bool {
			// no page may have the character, and no text with it is copied
			return d.Rule == "encoding" || d.Rule == "too-many"
		})
		if len(ds) > 0 || fm.Tagline.Value != s {
			t.Errorf("%q comes back as %q: %v", s, fm.Tagline.Value, ds)
		}
	})
}

// TestGlossaryPages holds that no page of the glossary grows without end, and
// that each letter leads to where it begins.
func TestGlossaryPages(t *testing.T) {
	files := map[string]string{"site.yaml": "title: S\n"}
	for i := range 2*namesPerPage + 1 {
		name := fmt.Sprintf("%c%03d", 'a'+i%3, i)
		files["glossary/"+name+".md"] = "---\nterm: " + name + "\nshort: s\n---\n"
	}
	out, _ := outputs(t, false, files)
	var all, letters []string
	for i, file := range []string{"glossary/index.html", "glossary/page/2/index.html", "glossary/page/3/index.html"} {
		html := out[file]
		for _, m := range regexp.MustCompile(`<div id="term-([a-z0-9]+)">`).FindAllStringSubmatch(html, -1) {
			all = append(all, m[1])
		}
		if strings.Contains(html, `rel="prev"`) != (i > 0) || strings.Contains(html, `rel="next"`) != (i < 2) {
			t.Errorf("%s leads elsewhere: %s", file, html)
		}
		for _, m := range regexp.MustCompile(`id="(letter_\w)">\n<h2>(.)</h2>`).FindAllStringSubmatch(html, -1) {
			letters = append(letters, file+" "+m[1]+" "+m[2])
		}
	}
	if len(all) != 2*namesPerPage+1 || !slices.IsSorted(all) {
		t.Errorf("%d terms, sorted: %t", len(all), slices.IsSorted(all))
	}
	want := []string{"glossary/index.html letter_A A", "glossary/index.html letter_B B", "glossary/page/2/index.html letter_B B", "glossary/page/2/index.html letter_C C", "glossary/page/3/index.html letter_C C"}
	if d := cmp.Diff(want, letters); d != "" {
		t.Error(d)
	}
	for _, link := range []string{`href="../../#letter_A"`, `href="../../#letter_B"`, `href="#letter_C"`} {
		if !strings.Contains(out["glossary/page/2/index.html"], link) {
			t.Errorf("page 2 lacks %s: %s", link, out["glossary/page/2/index.html"])
		}
	}
}

// TestNoListGrows makes a site that has too many of everything for one page.
func TestNoListGrows(t *testing.T) {
	files := map[string]string{"site.yaml": "title: S\nper_page: 5\npublisher: {policies: {ethics: /p00/}}\n"}
	for i := range namesPerPage + 1 {
		files[fmt.Sprintf("explainers/x%03d.md", i)] = fmt.Sprintf("---\ntitle: X %03[1]d?\nstandfirst: S.\npublished: 2024-01-01\n"+
			"topics: [all, t%03[1]d]\nsources: [{id: s, title: The source, url: 'https://e.example/'}]\n---\n## Why?\n\nBy zz%03[1]d and zz200.\n", i)
		files[fmt.Sprintf("glossary/zz%03d.md", i)] = fmt.Sprintf("---\nterm: zz%03d\nshort: s\n---\n", i)
		if i < 12 {
			files[fmt.Sprintf("pages/p%02d.md", i)] = fmt.Sprintf("---\ntitle: Page %02d\nindex: %t\n---\nText.\n", i, i != 1)
		}
	}
	out, _ := outputs(t, false, files)
	count := func(file, pattern string) int { return len(regexp.MustCompile(pattern).FindAllString(out[file], -1)) }
	oldest := "search/page/1/index.html"
	for _, c := range []struct {
		file, pattern string
		want          int
	}{
		{"topics/index.html", `<h2 class="h3">`, namesPerPage},
		{"topics/page/2/index.html", `<h2 class="h3">`, 2},
		{"topics/page/2/index.html", `rel="prev"`, 1},
		{"index.html", `<li><a href="topics/[a-z0-9]+/">`, topicsShown},
		{"index.html", `<a href="topics/">All 202 topics</a>`, 1},
		{"topics/all/index.html", `<div id="term-`, termsOnTopic},
		{"topics/all/index.html", `<div id="term-zz200">`, 1}, // which all of them use
		{"topics/all/index.html", `<a href="glossary/">All 201 terms</a>`, 1},
		{"topics/all/glossary/index.html", `<div id="term-`, namesPerPage},
		{"topics/all/glossary/page/2/index.html", `<div id="term-zz200">`, 1},
		{"topics/t007/index.html", `<div id="term-`, 2},
		{"topics/t007/index.html", `All 2 terms`, 0},
		{"sources/index.html", `<a href="../explainers/x\d+/">`, citingShown},
		{"sources/index.html", `</a> <a href="../search/\?q=%22[^"]+%22">and 189 more</a></span>`, 1},
		{"explainers/x007/index.html", `<a href="../../p\d+/">`, 1 + footPages}, // the policy, too
		{"explainers/x007/index.html", `<a href="../../p0[01]/">`, 1},           // p01 asks not to be found
		{"explainers/x007/index.html", `<a href="../../search/page/1/">All pages</a>`, 1},
		{oldest, `<h3><a href="../../../p\d+/">`, 12},
		{oldest, `<h3>`, searchListed},
	} {
		if n := count(c.file, c.pattern); n != c.want {
			t.Errorf("%s has %d of %s, not %d", c.file, n, c.pattern, c.want)
		}
	}
	listed := map[string]bool{}
	for file, text := range out {
		if strings.HasPrefix(file, searchPath) && strings.HasSuffix(file, ".html") {
			for _, m := range regexp.MustCompile(`<h3><a href="[./]*([^"]+)">`).FindAllStringSubmatch(text, -1) {
				listed[m[1]] = true
			}
		}
	}
	if want := namesPerPage + 1 + 12; len(listed) != want {
		t.Errorf("the list of titles has %d, not %d", len(listed), want)
	}
}

// TestLettersWithoutAlphabet: where terms begin with more letters than an alphabet
// has, each page has its own.
func TestLettersWithoutAlphabet(t *testing.T) {
	files := map[string]string{"site.yaml": "title: S\nlang: zh\n"}
	for i := range namesPerPage + 50 {
		files[fmt.Sprintf("glossary/t%d.md", i)] = fmt.Sprintf("---\nterm: %c水\nshort: s\n---\n", 0x4e00+i)
	}
	out, _ := outputs(t, false, files)
	for file, want := range map[string]int{"glossary/index.html": namesPerPage, "glossary/page/2/index.html": 50} {
		if n := strings.Count(out[file], `<li><a href="#letter_`); n != want || strings.Count(out[file], `class="grp" id="letter_`) != want {
			t.Errorf("%s leads to %d letters, not %d", file, n, want)
		}
	}
}

// TestLetterAnchors: letters that stand in two places are two anchors, and the sign
// for all that is no letter is one that a link can have.
func TestLetterAnchors(t *testing.T) {
	for want, got := range map[string]string{"letter_A": letterAnchor("A", 1), "letter_A2": letterAnchor("A", 2), "letter_other": letterAnchor("#", 1)} {
		if got != want {
			t.Errorf("%s is %s", want, got)
		}
	}
}

// TestCiteLine holds the day and the words of the line to cite a page with.
func TestCiteLine(t *testing.T) {
	for _, c := range []struct{ config, front, want string }{
		{"base_url: https://example.org/\npublisher: {name: The Press}\n", "published: 2024-05-01\nauthors: [Ann Lee, Bo Ek]\n",
			"Ann Lee, Bo Ek, ‘Why &lt;b&gt;?’, S, as of 1 May 2024, https://example.org/explainers/one/"},
		{"", "published: 2024-05-01\nupdates: [{date: 2024-06-01, type: update, text: x}]\n", "‘Why &lt;b&gt;?’, S, as of 1 June 2024"},
		{"", "published: 2024-05-01\nas_of: 2024-04-01\nupdates: [{date: 2024-06-01, type: update, text: x}]\n", "‘Why &lt;b&gt;?’, S, as of 1 April 2024"},
		{"words: {cite-line: '{publisher} ({date}): {title}. {url}'}\n", "published: 2024-05-01\n", "S (1 May 2024): Why &lt;b&gt;?."},
		{"lang: ar\nwords: {cite-line: '{title}، {url}'}\nbase_url: https://example.org/\n", "published: 2024-05-01\n",
			"\u2068Why &lt;b&gt;?\u2069، \u2068https://example.org/explainers/one/\u2069"},
		{"lang: de\n", "published: 2024-05-01\n", "„Why &lt;b&gt;?“, S, Stand: 1. Mai 2024"},
	} {
		out, _ := outputs(t, false, map[string]string{"site.yaml": "title: S\n" + c.config,
			"explainers/one.md": "---\ntitle: 'Why <b>?'\nstandfirst: S.\n" + c.front + "---\n## Why?\n\nSo.\n"})
		html := out["explainers/one/index.html"]
		if got := regexp.MustCompile(`<p id="cite_line">(.*)</p>`).FindStringSubmatch(html); got == nil || got[1] != c.want {
			t.Errorf("%q is not %s", got, c.want)
		}
	}
}

// TestCardIsSharedAsItself: what a question is shared with is its own.
func TestCardIsSharedAsItself(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"site.yaml": "title: S\nbase_url: https://example.org/\noutputs: [cards, share-images]\n",
		"explainers/one.md": "---\ntitle: One\nstandfirst: S.\npublished: 2024-06-09\n---\n## How?\n\nSo.\n\n## 为什么? {#why}\n\nSo.\n"})
	card := out["explainers/one/how/index.html"]
	for _, want := range []string{`"og:url" content="https://example.org/explainers/one/how/"`, `"og:title" content="How?"`,
		`"og:image" content="https://example.org/explainers/one/how/share.png"`, `<link rel="canonical" href="https://example.org/explainers/one/">`} {
		if !strings.Contains(card, want) {
			t.Errorf("the card lacks %s: %s", want, card)
		}
	}
	if own, whole := out["explainers/one/how/share.png"], out["explainers/one/share.png"]; own == "" || own == whole {
		t.Error("the card's picture is not its own")
	}
	if _, drawn := out["explainers/one/why/share.png"]; drawn || !strings.Contains(out["explainers/one/why/index.html"], "https://example.org/explainers/one/share.png") {
		t.Error("what can't be drawn is not shared with the explainer's picture")
	}
}

// TestPluralsOfAbbreviations links NGOs, which are more than one NGO, unless the
// entry is to be matched exactly.
func TestPluralsOfAbbreviations(t *testing.T) {
	for match, want := range map[string]bool{"auto": true, "exact": false} {
		out, _ := outputs(t, false, map[string]string{"glossary/ngo.md": "---\nterm: NGO\nshort: s\nmatch: " + match + "\n---\n",
			"explainers/one.md": "---\ntitle: One\nstandfirst: s\npublished: 2024-06-09\n---\n## Q\n\nMany NGOs helped, and some ngos.\n"})
		if got := strings.Contains(out["explainers/one/index.html"], `>NGOs</a>`); got != want {
			t.Errorf("match: %s links NGOs: %t", match, got)
		}
	}
}

// TestFeedsCiteTheRightSource holds that a citation in a feed leads to its
// source also where an answer from elsewhere brings one of the same id.
func TestFeedsCiteTheRightSource(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"site.yaml": "base_url: https://example.org/\n", "explainers/two.md": lender,
		"explainers/one.md": "---\ntitle: One\nstandfirst: s\npublished: 2024-06-09\nsources: [{id: s1, title: Own}]\nquestions:\n  - {question: A, id: a, answer: \"Text [@s1].\"}\n  - {question: Cost, id: cost, use: two#cost}\n---\n"})
	var f jsonFeed
	strictJSON(t, out["feed.json"], &f)
	for _, want := range []string{`#source-s1" aria-label="Source 1: Own"`, `#source-s1--2" aria-label="Source 2: Another"`} {
		if !strings.Contains(f.Items[0].ContentHTML, want) || !strings.Contains(out["explainers/one/index.html"], want) {
			t.Errorf("the feed or the page lacks %s: %s", want, f.Items[0].ContentHTML)
		}
	}
}

// TestEntryPages holds that every use of a term and every event of it stands on
// one page of its entry, the newest on the first.
func TestEntryPages(t *testing.T) {
	files := map[string]string{"site.yaml": "title: S\n", "glossary/dam.md": "---\nterm: Dam\nshort: A wall.\nkind: place\n---\n"}
	timeline := "timeline:\n"
	for i := range 3*eventsPerPage + 1 {
		timeline += fmt.Sprintf("  - date: %d\n    id: e%04d\n    title: Event %d\n    place: dam\n", 1000+i, i, i)
	}
	files["explainers/events.md"] = "---\ntitle: What happened?\nstandfirst: S.\npublished: 2024-05-01\n" + timeline + "questions:\n  - question: What?\n    answer: The dam.\n---\n"
	for i := range usesPerPage {
		files[fmt.Sprintf("explainers/x%03d.md", i)] = "---\ntitle: What is X?\nstandfirst: S.\npublished: 2024-01-01\nquestions:\n  - question: What?\n    answer: A dam here.\n---\n"
	}
	out, _ := outputs(t, false, files)
	var events, uses []string
	pages := []string{"glossary/dam/index.html", "glossary/dam/page/2/index.html", "glossary/dam/page/1/index.html"}
	for i, file := range pages {
		html := out[file]
		for _, m := range regexp.MustCompile(`id="event-events--(e\d+)"`).FindAllStringSubmatch(html, -1) {
			events = append(events, m[1])
		}
		uses = append(uses, regexp.MustCompile(`<mark>`).FindAllString(html, -1)...)
		if strings.Contains(html, `rel="prev"`) != (i > 0) || strings.Contains(html, `rel="next"`) != (i < len(pages)-1) {
			t.Errorf("%s leads elsewhere: %s", file, html[strings.LastIndex(html, "<nav"):])
		}
	}
	slices.Sort(events)
	if n := len(slices.Compact(events)); n != 3*eventsPerPage+1 || len(uses) != usesPerPage+1 {
		t.Errorf("%d events, %d uses", n, len(uses))
	}
	if _, more := out["glossary/dam/page/3/index.html"]; more {
		t.Error("the newest page has an address of its own, too")
	}
}

// TestLLMsSaysWhatItLeavesOut holds that the list for programs, which is as
// long as a feed, leads to the rest.
func TestLLMsSaysWhatItLeavesOut(t *testing.T) {
	files := map[string]string{"site.yaml": "title: S\nfeed_limit: 2\n"}
	for i := range 3 {
		files[fmt.Sprintf("explainers/x%d.md", i)] = "---\ntitle: What is X?\nstandfirst: S.\npublished: 2024-01-01\nquestions:\n  - question: What?\n    answer: So.\n---\n"
		out, _ := outputs(t, false, files)
		if got := strings.Contains(out["llms.txt"], "[All explainers]("); got != (i == 2) {
			t.Errorf("with %d explainers: %s", i+1, out["llms.txt"])
		}
	}
}

// TestEditionLanguage: an edition is in the language that its file's name says.
func TestEditionLanguage(t *testing.T) {
	front := "---\ntitle: Un\nstandfirst: s\npublished: 2024-06-09\n"
	out, ds := outputs(t, false, map[string]string{"site.yaml": "base_url: https://example.org/\n", "explainers/one.md": front + "---\n## Q\n\nA\n",
		"explainers/one.fr.md": front + "---\n## Q\n\nA\n", "explainers/one.pt.md": front + "lang: pt-BR\n---\n## Q\n\nA\n", "explainers/one.de.md": front + "lang: nl\n---\n## Q\n\nA\n"})
	for file, want := range map[string]string{"fr/explainers/one/index.html": `<html lang="fr"`, "pt/explainers/one/index.html": `<html lang="pt-BR"`, "explainers/one/index.html": `<html lang="en"`, "feed.xml": `xml:lang="fr"`} {
		if !strings.Contains(out[file], want) {
			t.Errorf("%s has no %s", file, want)
		}
	}
	if len(ds) != 1 || ds[0].Rule != "lang" || ds[0].At.File != "content/explainers/one.de.md" {
		t.Errorf("of the contradiction it says %v", ds)
	}
}

// TestTakenAddress: no page takes the place of the list of what is published.
func TestTakenAddress(t *testing.T) {
	front := "---\ntitle: T\nstandfirst: s\npublished: 2024-06-09\n"
	for _, alias := range []string{"/nutgraf-manifest.json", "/Nutgraf-Manifest.json/old/"} {
		_, ds := outputs(t, false, map[string]string{"explainers/one.md": front + "aliases: [" + alias + "]\n---\n## Q\n\nA\n"})
		if len(ds) != 1 || ds[0].Rule != "same-address" || ds[0].At.File != "content/explainers/one.md" {
			t.Errorf("of %s it says %v", alias, ds)
		}
	}
}

// TestSitePictures: what site.yaml names as a picture must be there.
func TestSitePictures(t *testing.T) {
	front := "---\ntitle: T\nstandfirst: s\npublished: 2024-06-09\n"
	_, ds := outputs(t, false, map[string]string{"site.yaml": "base_url: https://example.org/\nimage: /nope.jpg\npublisher: {name: P, logo: no/logo.svg}\n", "explainers/one.md": front + "---\n## Q\n\nA\n"})
	if len(ds) != 2 || ds[0].Rule != "broken-reference" || ds[0].Message != "there is no picture /nope.jpg" || ds[1].Hint != "put it at static/no/logo.svg" {
		t.Errorf("it says %v", ds)
	}
	_, ds = outputs(t, false, map[string]string{"site.yaml": "base_url: https://example.org/\nimage: icon.svg\npublisher: {name: P, logo: https://example.org/logo.svg}\n", "explainers/one.md": front + "---\n## Q\n\nA\n"})
	if len(ds) != 0 {
		t.Errorf("of pictures that are there it says %v", ds)
	}
}

// TestReplyForm: what a question is about goes into a form's address, and not behind
// the place on its page.
func TestReplyForm(t *testing.T) {
	for form, want := range map[string]string{
		"https://f.example/ask":       `"https://f.example/ask?about=explainers%2Fpier%2F"`,
		"https://f.example/?a=b#form": `"https://f.example/?a=b&amp;about=explainers%2Fpier%2F#form"`,
	} {
		out, _ := outputs(t, false, map[string]string{
			"site.yaml":          "title: S\nreply: {form: '" + form + "'}\n",
			"explainers/pier.md": "---\ntitle: Pier?\nstandfirst: S.\npublished: 2024-01-01\n---\n## What? {#what}\n\nIt is.\n",
		})
		if !strings.Contains(out["explainers/pier/index.html"], want) {
			t.Errorf("%s is not asked as %s, but in %s", form, want, regexp.MustCompile(`"https://f[^"]*"`).FindAllString(out["explainers/pier/index.html"], -1))
		}
	}
}

// TestNumbersInReadingOrder: what was changed in an answer stands above it, and its
// sources are numbered first.
func TestNumbersInReadingOrder(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"explainers/pier.md": `---
title: Pier?
standfirst: S.
published: 2024-01-01
sources: [{id: a, title: A}, {id: b, title: B}, {id: c, title: C}]
updates:
  - {date: 2024-02-01, type: correction, text: "It was wrong [@c].", questions: [what]}
---
The introduction [@b].

## What? {#what}

It is [@a].
`})
	got := inOrder(out["explainers/pier/index.html"], `<a id="cite_[^"]+" href="#source-[^"]+"[^>]*>(\d)<`)
	if want := []string{"1", "2", "3", "2"}; !slices.Equal(got, want) {
		t.Errorf("numbered %q, not %q", got, want)
	}
}
