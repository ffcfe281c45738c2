package pages

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site"
	"nutgraf/static"
	"nutgraf/templates"
)

func TestWholeOf(t *testing.T) {
	for p, want := range map[string]string{
		"page/2/":                              "",
		"explainers/page/1/":                   "explainers/",
		"timeline/2019/":                       "timeline/",
		"timeline/-44/":                        "timeline/",
		"timeline/2019/page/3/":                "timeline/2019/",
		"topics/page/2/":                       "topics/",
		"topics/t/timeline/":                   "topics/t/",
		"topics/t/glossary/":                   "topics/t/",
		"topics/t/glossary/page/2/":            "topics/t/glossary/",
		"topics/t/feed.xml":                    "topics/t/",
		"topics/t/timeline.ics":                "topics/t/",
		"topics/t/timeline/page/1/":            "topics/t/timeline/",
		"glossary/gate/page/2/":                "glossary/gate/",
		"explainers/x/how/":                    "explainers/x/",
		"explainers/x/how/embed.html":          "explainers/x/how/",
		"explainers/x/share.png":               "explainers/x/",
		"explainers/x/how/share.png":           "explainers/x/how/",
		"explainers/x/index.md":                "explainers/x/",
		"explainers/x/timeline/tag/":           "explainers/x/timeline/",
		"fr/explainers/x/how/":                 "fr/explainers/x/",
		"explainers/سد/كيف/":                   "explainers/سد/",
		"explainers/":                          "named",
		"explainers/x/":                        "named",
		"fr/explainers/x/":                     "named",
		"glossary/gate/":                       "named",
		"topics/t/":                            "named",
		"about/":                               "named",
		"2019/old.html":                        "named",
		"explainers/x/map.png":                 "named",
		"timeline/timeline.json":               "named",
		"timeline/soon/":                       "named",
		"page/next/":                           "named",
		"":                                     "named",
		"/":                                    "named",
		"explainers/x/a b/":                    "named",
		"explainers/x/a\n/evil https://evil/":  "named",
		"explainers/x/*/":                      "named",
		"explainers/x/:splat/":                 "named",
		"explainers/x/how/page/2\u202e/":       "named",
		"explainers/x/how/embed.html?a=b#frag": "named",
	} {
		parent, ok := parentOf(p)
		if !ok {
			parent = "named"
		}
		if parent != want {
			t.Errorf("%q is of %q, want %q", p, parent, want)
		}
	}
}

// TestSucceed compares a small site with what a manifest says, hostile ones
// included: what is lost, and where derived addresses lead.
func TestSucceed(t *testing.T) {
	content := fstest.MapFS{}
	for name, text := range map[string]string{
		"site.yaml":           "outputs: [cards]\nredirects: {/merged/: /explainers/a/, /round/: /square/, /square/: /round/, /away/: 'https://elsewhere.example/'}\n",
		"explainers/a.md":     "---\ntitle: What is a?\nstandfirst: A.\npublished: 2024-05-01\naliases: [/explainers/a/was/embed.html/x/, /explainers/old/]\n---\n## How? {#how}\n\nSo.\n",
		"explainers/draft.md": "---\ntitle: What is a draft?\nstatus: draft\n---\n## How? {#how}\n\nBy a ferry.\n",
		"glossary/ferry.md":   "---\nterm: ferry\nshort: A boat.\n---\n",
		"explainers/b.md":     "---\ntitle: What is b?\nstatus: withdrawn\npublished: 2024-05-01\ntopics: [gone]\n---\n## How? {#how}\n\nBy a quay.\n",
		"glossary/quay.md":    "---\nterm: quay\nshort: A wall at the water.\n---\n",
	} {
		content[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, _, err := site.Load(t.Context(), site.Options{Content: content, DefaultTemplates: templates.FS, DefaultStatic: static.FS,
		Static: fstest.MapFS{"timeline/1800": &fstest.MapFile{Data: []byte("a file")}}, Now: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC), Name: "Test"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, c := range []struct {
		name  string
		live  Live
		lost  string
		leads string
		files string
	}{
		{name: "nothing"},
		{name: "what is there", live: Live{Files: []string{"explainers/a/how/index.html", "explainers/a/index.html", "explainers/old/index.html", "index.html"}}},
		{name: "what nobody named", live: Live{Files: []string{"404.css", "assets/gone.html", "explainers/a/map.png", "report.pdf", "search/gone.html", "sitemap-9.xml"}}},
		{name: "named", live: Live{Files: []string{"about/index.html", "explainers/c/index.html", "glossary/g/index.html", "my-index.html", "topics/t/index.html", "x.html"}},
			lost: "/about/ /explainers/c/ /glossary/g/ /my-index.html /topics/t/ /x.html"},
		{name: "an alias that is no page", live: Live{Files: []string{"feed.rss", "logo.png"}, Redirects: []string{"feed.rss", "old/logo.png"}}, lost: "/old/logo.png"},
		{name: "held back", live: Live{Files: []string{"explainers/draft/how/index.html", "explainers/draft/index.html", "glossary/ferry/index.html"}},
			lost: "/explainers/draft/ /glossary/ferry/"},
		{name: "derived", live: Live{Files: []string{"explainers/a/share.png", "explainers/a/why/index.html", "page/7/index.html", "search/page/9/index.html", "timeline/1999/page/2/index.html"}},
			leads: "explainers/a/share.png→explainers/a/ explainers/a/why/→explainers/a/ page/7/→ search/page/9/→search/ timeline/1999/page/2/→timeline/",
			files: "explainers/a/why/index.html page/7/index.html search/page/9/index.html timeline/1999/page/2/index.html"},
		{name: "of what moved", live: Live{Files: []string{"away/page/2/index.html", "explainers/old/how/index.html", "explainers/old/timeline/index.html", "merged/page/2/index.html"}},
			leads: "away/page/2/→https://elsewhere.example/ explainers/old/how/→explainers/a/how/ explainers/old/timeline/→explainers/a/ merged/page/2/→explainers/a/",
			files: "away/page/2/index.html explainers/old/how/index.html explainers/old/timeline/index.html merged/page/2/index.html"},
		{name: "where no file can lie", live: Live{Files: []string{"explainers/a/was/embed.html", "timeline/1800/index.html"}},
			leads: "explainers/a/was/embed.html→explainers/a/ timeline/1800/→timeline/"},
		{name: "of what is gone", live: Live{Files: []string{"explainers/c/how/embed.html", "explainers/c/how/index.html", "explainers/c/index.html"}}, lost: "/explainers/c/"},
		{name: "an alias as of a list", live: Live{Files: []string{"2019/page/2/index.html"}}, lost: "/2019/page/2/"},
		{name: "a circle", live: Live{Files: []string{"round/page/2/index.html"}}, lost: "/round/page/2/"},
		{name: "withdrawn", live: Live{Files: []string{"explainers/b/index.html", "explainers/b/share.png", "explainers/b/timeline/index.html",
			"glossary/quay/index.html", "topics/gone/index.html", "topics/gone/timeline/index.html"}, Questions: map[string][]string{"explainers/b/": {"how"}}}},
		{name: "questions", live: Live{Questions: map[string][]string{"explainers/a/": {"how", "why"}, "merged/": {"what"}, "nowhere/": {"x"}, "index.html": {"y"}}}, lost: "/explainers/a/#why /merged/#what"},
		{name: "hostile", live: Live{Files: []string{"explainers/a/*/index.html", "explainers/a/x\n/* https://evil.example/ 301/index.html"}, Questions: map[string][]string{"explainers/a/\n": {"\x1b[2J"}}},
			lost: "/explainers/a/*/ /explainers/a/x\n/* https://evil.example/ 301/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, _, err := New(t.Context(), s, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			slices.Sort(c.live.Files)
			n := b.Len()
			var lost, leads, files []string
			for _, d := range b.Succeed(&c.live) {
				address, _, _ := strings.Cut(d.Message, " is live")
				lost = append(lost, address)
			}
			slices.Sort(lost)
			for _, r := range b.inherited {
				leads = append(leads, r.from+"→"+r.to)
			}
			for i := n; i < b.Len(); i++ {
				files = append(files, b.Path(i))
			}
			got := []string{strings.Join(lost, " "), strings.Join(leads, " "), strings.Join(files, " ")}
			if d := cmp.Diff([]string{c.lost, c.leads, c.files}, got); d != "" {
				t.Errorf("lost, led and made (-want +got):\n%s", d)
			}
		})
	}
}

// TestSucceedTimelines: pages of years and of explainers' events, which a site has only
// while they are many, lead to where the events stand now.
func TestSucceedTimelines(t *testing.T) {
	live := Live{Files: []string{"explainers/x/timeline/index.html", "explainers/x/timeline/page/2/index.html", "explainers/x/timeline/vote/index.html",
		"timeline/1800/index.html", "timeline/1991/index.html", "timeline/1991/page/1/index.html"}}
	for n, want := range map[int]string{
		9:   "explainers/x/timeline/→explainers/x/#time_line explainers/x/timeline/page/2/→explainers/x/#time_line explainers/x/timeline/vote/→explainers/x/#time_line timeline/1800/→timeline/ timeline/1991/→timeline/#year_1991 timeline/1991/page/1/→timeline/#year_1991",
		170: "explainers/x/timeline/page/2/→explainers/x/timeline/ explainers/x/timeline/vote/→explainers/x/timeline/ timeline/1800/→timeline/ timeline/1991/page/1/→timeline/1991/",
	} {
		s, _, err := site.Load(t.Context(), site.Options{Content: fstest.MapFS{"explainers/x.md": &fstest.MapFile{Data: []byte(eventful("What?", inYears(1990, 1+n/20, n)...))}},
			DefaultTemplates: templates.FS, DefaultStatic: static.FS, Now: time.Date(2024, 6, 10, 0, 0, 0, 0, time.UTC)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		b, _, err := New(t.Context(), s, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if lost := b.Succeed(&live); len(lost) > 0 {
			t.Errorf("of %d events: lost %v", n, lost)
		}
		var leads []string
		for _, r := range b.inherited {
			leads = append(leads, r.from+"→"+r.to)
		}
		if d := cmp.Diff(want, strings.Join(leads, " ")); d != "" {
			t.Errorf("of %d events (-want +got):\n%s", n, d)
		}
		b.Close()
		s.Close()
	}
}
