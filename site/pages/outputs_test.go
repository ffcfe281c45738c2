package pages

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/static"
	"nutgraf/templates"
)

// outputs builds a site of these files (static/ among them) and returns all
// that it publishes, by path, with what is reported to the writer.
func outputs(t *testing.T, drafts bool, files map[string]string) (map[string]string, []diag.Diagnostic) {
	t.Helper()
	book, ds := bookOf(t, drafts, files)
	return written(t, book), ds
}

// bookOf plans a site of these files.
func bookOf(t *testing.T, drafts bool, files map[string]string) (*Book, []diag.Diagnostic) {
	t.Helper()
	content, own := fstest.MapFS{}, fstest.MapFS{}
	for name, text := range files {
		if p, ok := strings.CutPrefix(name, "static/"); ok {
			own[p] = &fstest.MapFile{Data: []byte(text)}
		} else {
			content[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	s, ds, err := site.Load(context.Background(), site.Options{Content: content, Static: own, DefaultTemplates: templates.FS,
		DefaultStatic: static.FS, Drafts: drafts, Now: time.Date(2024, 6, 10, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	book, more, err := New(context.Background(), s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book, append(ds, more...)
}

// written is every page of a book, by the path of its file.
func written(t *testing.T, b *Book) map[string]string {
	t.Helper()
	out := map[string]string{}
	for i := range b.Len() {
		leaf, err := b.Open(i)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		if _, err := leaf.Write(&text); err != nil {
			t.Fatal(err)
		}
		out[b.Path(i)] = text.String()
	}
	return out
}

// nasty is a text that is at home in none of the formats.
const nasty = "a <b> & ]]> \"c\"; d, e\\n 'f' \u200f \U0001f30d é"

// published is a small site in which that text stands everywhere.
func published(t *testing.T) map[string]string {
	q := yamlText(nasty)
	out, ds := outputs(t, false, map[string]string{
		"site.yaml": "title: " + q + "\ntagline: " + q + "\nbase_url: https://example.org/sub/\noutputs: [markdown]\npublisher: {name: " + q + "}\ntopics: {law: {title: " + q + "}}\n" +
			"redirects: {/old/: /about/, /away/: https://example.com/a}\ncsp_allow: {img-src: [img.example.com], frame-src: [https://video.example.com]}\n",
		"authors.yaml": "ann: {name: " + q + "}\n",
		"explainers/one.md": "---\ntitle: " + q + "\nstandfirst: " + q + "\npublished: 2024-06-09\nauthors: [ann]\ntopics: [law]\n" +
			"timeline:\n  - {date: 2024-06-20, title: " + q + ", text: " + q + ", tags: [a, b]}\n  - {date: \"2024-06-21T20:00+03:00\", title: At eight, id: eight}\n" +
			"  - {date: 2024-06-01, title: =cmd(), status: claimed}\n  - {date: 2024-07, title: \"" + strings.Repeat("Long words, é; ", 20) + "\"}\n" +
			"updates:\n  - {date: 2024-06-09, type: correction, text: " + q + ", was: " + q + "}\n---\nIntro.\n\n## What is it?\n\nIt is [here](q:one#what-is-it).\n",
		"explainers/two.md":    "---\ntitle: Two\nstandfirst: The second.\npublished: 2024-01-02\n---\n## Q\n\nA\n",
		"explainers/unseen.md": "---\ntitle: Unseen\nstandfirst: Not for search.\npublished: 2024-06-09\nindex: false\n---\n## Q\n\nA\n",
		"glossary/term.md":     "---\nterm: " + q + "\nshort: " + q + "\nforms: [" + yamlText(nasty+"2") + "]\n---\nText.\n",
		"pages/about.md":       "---\ntitle: About\nstandfirst: Us.\npublished: 2024-01-01\n---\nUs.\n",
		"static/_headers":      "/own/*\n  X-Own: yes\n",
		"static/_redirects":    "/mine /yours 302\n",
	})
	for _, d := range ds {
		if d.Severity == diag.Error {
			t.Errorf("reported %s: %s", d.At.File, d.Message)
		}
	}
	return out
}

// TestFeeds reads Atom as RFC 4287, 4.1.1 and 4.1.2, wants it.
func TestFeeds(t *testing.T) {
	out := published(t)
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	for name, entries := range map[string]int{"feed.xml": 2, "updates/feed.xml": 1, "topics/law/feed.xml": 1} {
		var f struct {
			XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			Title   string   `xml:"title"`
			ID      string   `xml:"id"`
			Updated string   `xml:"updated"`
			Author  string   `xml:"author>name"`
			Links   []link   `xml:"link"`
			Entries []struct {
				Title     string `xml:"title"`
				ID        string `xml:"id"`
				Updated   string `xml:"updated"`
				Published string `xml:"published"`
				Summary   string `xml:"summary"`
				Content   string `xml:"content"`
				Links     []link `xml:"link"`
			} `xml:"entry"`
		}
		strictXML(t, out[name], &f)
		if len(f.Entries) != entries {
			t.Fatalf("%s has %d entries, not %d", name, len(f.Entries), entries)
		}
		if !strings.HasPrefix(f.Title, nasty) || f.Author != nasty || f.ID != "https://example.org/sub/"+name || f.Links[0] != (link{"self", f.ID}) {
			t.Errorf("%s: %+v", name, f)
		}
		seen := map[string]bool{}
		for _, e := range f.Entries {
			if seen[e.ID] || e.Title == "" || e.Summary == "" || e.Content == "" {
				t.Errorf("%s: %+v", name, e)
			}
			seen[e.ID] = true
			absolute(t, e.ID)
			absolute(t, e.Links[0].Href)
			if _, err := time.Parse(time.RFC3339, e.Updated); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if f.Updated != f.Entries[0].Updated {
			t.Errorf("%s is as of %s, its newest entry of %s", name, f.Updated, f.Entries[0].Updated)
		}
	}
}

// TestFeedsAreSound: what a text may hold that XML can't, and what looks like an end
// of it, leaves every XML file well-formed, and no link in a feed is relative.
func TestFeedsAreSound(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"site.yaml": "title: T\nbase_url: https://example.org/\n",
		"explainers/one.md": "---\ntitle: \"A & B \\u001f ]]> <b>?\"\ntopics: [law]\nstandfirst: \"Tom & Jerry ]]> \\u0008\"\npublished: 2024-06-09\nquestions:\n  - question: Is 1 < 2?\n" +
			"    answer: \"See [two](two.md#q) and [x](https://e.example/?a=1&copy=2).\"\nupdates: [{date: 2024-06-10, type: update, text: \"]]> \\u001f [two](two.md)\"}]\n---\n",
		"explainers/two.md": "---\ntitle: Two?\nstandfirst: S.\npublished: 2024-01-01\n---\n## Q?\n\nA.\n"})
	for name, text := range out {
		if !strings.HasSuffix(name, ".xml") {
			continue
		}
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if relative := regexp.MustCompile(`href=(&[#a-z0-9]+;|.)\.\.?/`).FindString(text); relative != "" {
			t.Errorf("%s has a relative link: %s", name, relative)
		}
	}
}

// TestJSONFeed reads JSON Feed 1.1.
func TestJSONFeed(t *testing.T) {
	var f jsonFeed
	strictJSON(t, published(t)["feed.json"], &f)
	if f.Version != "https://jsonfeed.org/version/1.1" || f.Title != nasty || f.HomePageURL != "https://example.org/sub/" || f.FeedURL != "https://example.org/sub/feed.json" || len(f.Items) != 2 {
		t.Fatalf("%+v", f)
	}
	one := f.Items[0]
	one.ContentHTML = ""
	want := jsonItem{ID: "https://example.org/sub/explainers/one/", URL: "https://example.org/sub/explainers/one/", Title: nasty, Summary: one.Summary, DatePublished: "2024-06-09T00:00:00Z",
		DateModified: "2024-06-09T00:00:00Z", Authors: []jsonAuthor{{Name: nasty}}, Tags: []string{nasty}, Language: "en"}
	if d := cmp.Diff(want, one); d != "" {
		t.Error(d)
	}
	if !strings.Contains(f.Items[0].ContentHTML, `href="https://example.org/sub/explainers/one/#what-is-it"`) {
		t.Errorf("a link within is not absolute: %s", f.Items[0].ContentHTML)
	}
}

// TestSitemaps wants every page once, and none that asks not to be found.
func TestSitemaps(t *testing.T) {
	out := published(t)
	type entry struct {
		Loc     string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
		LastMod string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 lastmod"`
		Name    string `xml:"http://www.google.com/schemas/sitemap-news/0.9 news>publication>name"`
		Date    string `xml:"http://www.google.com/schemas/sitemap-news/0.9 news>publication_date"`
		Title   string `xml:"http://www.google.com/schemas/sitemap-news/0.9 news>title"`
	}
	var all, news struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []entry  `xml:"url"`
	}
	strictXML(t, out["sitemap.xml"], &all)
	seen := map[string]bool{}
	for _, u := range all.URLs {
		p, ours := strings.CutPrefix(u.Loc, "https://example.org/sub/")
		if _, there := out[filePath(p)]; !ours || !there || seen[p] {
			t.Errorf("sitemap.xml names %s", u.Loc)
		}
		seen[p] = true
	}
	if !seen[""] || !seen["explainers/one/"] || !seen["about/"] || seen["explainers/unseen/"] || seen["old/"] || seen["404.html"] {
		t.Errorf("sitemap.xml holds %v", seen)
	}
	strictXML(t, out["news-sitemap.xml"], &news)
	want := []entry{{Loc: "https://example.org/sub/explainers/one/", Name: nasty, Date: "2024-06-09T00:00:00Z", Title: nasty}}
	if d := cmp.Diff(want, news.URLs); d != "" {
		t.Error("news of the last two days: ", d)
	}
}

// TestHosting holds the files that hosts and robots read.
func TestHosting(t *testing.T) {
	out := published(t)
	for name, want := range map[string]string{
		"robots.txt": "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sub/sitemap.xml\nSitemap: https://example.org/sub/news-sitemap.xml\n",
		"_redirects": "/sub/old/ /sub/about/ 301\n/sub/away/ https://example.com/a 301\n/mine /yours 302\n",
		".nojekyll":  "",
	} {
		if d := cmp.Diff(want, out[name]); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	h := out["_headers"]
	for _, line := range []string{"/*\n", "  X-Content-Type-Options: nosniff\n", "  Referrer-Policy: ", "  Cross-Origin-Opener-Policy: same-origin\n", "; img-src 'self' img.example.com; ", "; frame-src https://video.example.com\n", "/own/*\n  X-Own: yes\n"} {
		if !strings.Contains(h, line) {
			t.Errorf("_headers lacks %q:\n%s", line, h)
		}
	}
	for i, line := range strings.Split(out["llms.txt"], "\n") {
		if i == 0 != strings.HasPrefix(line, "# ") {
			t.Errorf("llms.txt, line %d: %q", i+1, line)
		}
		if link := regexp.MustCompile(`\]\(([^)]*)\)`).FindStringSubmatch(line); link != nil {
			p, ours := strings.CutPrefix(link[1], "https://example.org/sub/")
			if _, there := out[p]; !ours || !there {
				t.Errorf("llms.txt leads to %s", link[1])
			}
		}
	}
	drafts, _ := outputs(t, true, map[string]string{"site.yaml": "base_url: https://example.org/\n", "explainers/one.md": "---\ntitle: One\n---\n## Q\n\nA\n"})
	if drafts["robots.txt"] != "User-agent: *\nDisallow: /\n" || !strings.Contains(drafts["_headers"], "  X-Robots-Tag: noindex\n") {
		t.Errorf("drafts can be found: %s%s", drafts["robots.txt"], drafts["_headers"])
	}
}

// TestContentPolicy opens the policy where the writer says so, and nowhere else.
func TestContentPolicy(t *testing.T) {
	if contentPolicy(nil, false) != policy {
		t.Error("without hosts the policy is not ours")
	}
	for _, c := range []struct {
		allow []document.Allow
		meta  bool
		want  string
	}{
		{meta: true, want: strings.Replace(policy, " frame-ancestors 'none';", "", 1)},
		{allow: []document.Allow{{Directive: "script-src"}}, want: policy},
		{allow: []document.Allow{{Directive: "script-src", Hosts: []string{"a.example.com", "b.example.com"}}}, want: strings.Replace(strings.TrimSuffix(policy, trustedTypes), "script-src 'self'", "script-src 'self' a.example.com b.example.com", 1)},
		{allow: []document.Allow{{Directive: "frame-ancestors", Hosts: []string{"a.example.com"}}}, want: strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors a.example.com", 1)},
		{allow: []document.Allow{{Directive: "media-src", Hosts: []string{"a.example.com"}}}, want: policy + "; media-src a.example.com"},
	} {
		if d := cmp.Diff(c.want, contentPolicy(c.allow, c.meta)); d != "" {
			t.Errorf("%v: %s", c.allow, d)
		}
	}
}

// TestTimelineJS reads the fields of TimelineJS 3; its texts are HTML.
func TestTimelineJS(t *testing.T) {
	var f struct {
		Title  struct{ Text tlText }
		Events []tlEvent
	}
	strictJSON(t, published(t)["timeline/timeline.json"], &f)
	if len(f.Events) != 4 || f.Title.Text.Headline != escapeHTML(nasty) {
		t.Fatalf("%+v", f)
	}
	seen := map[string]bool{}
	for _, e := range f.Events {
		if seen[e.ID] || e.Start.Year != 2024 || strings.Contains(e.Text.Headline, "<") {
			t.Errorf("%+v", e)
		}
		seen[e.ID] = true
	}
	zero, five := 0, 17
	if d := cmp.Diff(tlDate{Year: 2024, Month: 6, Day: 21, Hour: &five, Minute: &zero, Display: "21 June 2024, 20:00 (UTC+3)"}, f.Events[2].Start); d != "" {
		t.Error(d)
	}
}

// TestCalendar reads iCalendar as RFC 5545 writes it.
func TestCalendar(t *testing.T) {
	out := published(t)
	text := out["timeline/timeline.ics"]
	title := func(name string) string { return "NAME:" + icsText(name) + "\n" }
	body := func(file, name string) string {
		return strings.ReplaceAll(strings.Join(unfold(t, out[file]), "\n"), title(name), "")
	}
	if d := cmp.Diff(body("timeline/timeline.ics", nasty), body("topics/law/timeline.ics", nasty)); d != "" {
		t.Errorf("the topic of all that is to come has another calendar: %s", d)
	}
	lines := unfold(t, text)
	if lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-1] != "END:VCALENDAR" {
		t.Fatal(text)
	}
	var events []map[string]string
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		switch {
		case !ok:
			t.Errorf("a line without a name: %q", line)
		case line == "BEGIN:VEVENT":
			events = append(events, map[string]string{})
		case len(events) > 0:
			events[len(events)-1][name] = value
		}
	}
	if len(events) != 3 {
		t.Fatalf("%d events are to come, not 3", len(events))
	}
	for i, want := range []map[string]string{
		{"DTSTART;VALUE=DATE": "20240620", "DTEND;VALUE=DATE": "20240621"},
		{"DTSTART": "20240621T170000Z", "SUMMARY": "At eight", "UID": "one--eight@example.org", "URL": "https://example.org/sub/explainers/one/#event-eight"},
		{"DTSTART;VALUE=DATE": "20240701", "DTEND;VALUE=DATE": "20240801"},
	} {
		for name, value := range want {
			if events[i][name] != value {
				t.Errorf("event %d: %s is %q, not %q", i, name, events[i][name], value)
			}
		}
		for _, name := range []string{"UID", "DTSTAMP", "SUMMARY"} {
			if events[i][name] == "" {
				t.Errorf("event %d has no %s", i, name)
			}
		}
	}
	if got := unescape(events[0]["SUMMARY"]); got != nasty {
		t.Errorf("the title comes back as %q", got)
	}
}

// TestTable reads the CSV as RFC 4180 writes it.
func TestTable(t *testing.T) {
	text := published(t)["timeline/timeline.csv"]
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Error("a line ends without CRLF")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"date", "earliest", "latest", "date_text", "title", "text", "status", "flag", "importance", "place", "tags", "explainer", "url", "sources"}, rows[0]); d != "" {
		t.Error(d)
	}
	if len(rows) != 5 || rows[1][4] != "'=cmd()" || rows[1][6] != "claimed" || rows[2][4] != nasty || rows[2][10] != "a b" || rows[4][2] != "2024-07-31T23:59:59Z" {
		t.Errorf("%q", rows)
	}
}

// TestGlossaryData reads the glossary as data.
func TestGlossaryData(t *testing.T) {
	var got []glossaryEntry
	strictJSON(t, published(t)["glossary/glossary.json"], &got)
	want := []glossaryEntry{{ID: "term", Term: nasty, Kind: "term", Short: nasty, Forms: []string{nasty + "2"}, URL: "https://example.org/sub/glossary/term/"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestOutputsAreSteady builds the site twice.
func TestOutputsAreSteady(t *testing.T) {
	if d := cmp.Diff(published(t), published(t)); d != "" {
		t.Error(d)
	}
}

// FuzzCalendarText folds and escapes any text and gets it back.
func FuzzCalendarText(f *testing.F) {
	for _, s := range []string{"", nasty, "\\;,\n\r\n", strings.Repeat("é", 100), strings.Repeat("a", 74) + "\U0001f30d", "\x00\x07\xff", "a\u0085BEGIN:VEVENT\u2028b\u2029c\vd\fe\rf\x1b\u009bg"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b bytes.Buffer
		w := bufio.NewWriter(&b)
		icsLine(w, "SUMMARY", icsText(s))
		w.Flush()
		lines := unfold(t, b.String())
		if len(lines) != 1 {
			t.Fatalf("%q became %d lines", s, len(lines))
		}
		value, _ := strings.CutPrefix(lines[0], "SUMMARY:")
		if got, want := unescape(value), plainLines(s); got != want {
			t.Errorf("%q comes back as %q", want, got)
		}
		if strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && r != '\t' || r == '\u2028' || r == '\u2029' }) {
			t.Errorf("%q became %q", s, value)
		}
	})
}

// FuzzTableCell writes any text as a cell: it comes back, and is no formula.
func FuzzTableCell(f *testing.F) {
	for _, s := range []string{"", "=1+1", "-1", "@x", "\t=1", " =1", "\u3000＝1", "\u200b\ufeff+1", "\n-1", "\u0085=1", "\x00=1", "﹫x", "'", `"`, "a,b", "a\nb", nasty} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, s, other string) {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = true
		w.Write([]string{cell(s), cell(other), "end"})
		w.Flush()
		row, err := csv.NewReader(&b).Read()
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]string{cell(s), cell(other), "end"}, row); d != "" {
			t.Error(d)
		}
		c := cell(s)
		if plain := plainLines(s); c != plain && c != "'"+plain || strings.ContainsFunc(c, func(r rune) bool { return unicode.IsControl(r) && r != '\t' && r != '\n' }) {
			t.Errorf("%q became %q", s, c)
		}
		if begins := norm.NFKC.String(strings.TrimLeft(c, " \t\n\u00a0\u200b\u200e\ufeff\u3000")); begins != "" && strings.ContainsRune("=+-@", rune(begins[0])) {
			t.Errorf("%q became %q, a formula", s, c)
		}
	})
}

// FuzzXMLText puts any text into a feed: it stays well-formed, and whatever
// XML can hold comes back.
func FuzzXMLText(f *testing.F) {
	for _, s := range []string{"", nasty, "\x00\x0b\x1f", "\ufffe\uffff", "\xff\xc0", "]]>", "\t\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		feed := &atomFeed{Title: xmlText(s), Entries: []atomEntry{{Title: s, Content: &atomText{"html", xmlText(s)}, Links: []atomLink{{Href: s}}}}}
		if err := (xmlDocument{feed}).Encode(&b); err != nil {
			t.Fatal(err)
		}
		var got atomFeed
		strictXML(t, b.String(), &struct {
			XMLName xml.Name `xml:"feed"`
			*atomFeed
		}{atomFeed: &got})
		if got.Title != xmlText(s) {
			t.Errorf("%q comes back as %q", xmlText(s), got.Title)
		}
	})
}

// strictXML reads a whole document, and refuses what XML 1.0 can't hold.
func strictXML(t *testing.T, text string, v any) {
	t.Helper()
	if !strings.HasPrefix(text, xml.Header) {
		t.Fatalf("no XML declaration: %.80q", text)
	}
	d := xml.NewDecoder(strings.NewReader(text))
	if err := d.Decode(v); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if tok, err := d.Token(); err == nil {
		if c, ok := tok.(xml.CharData); !ok || strings.TrimSpace(string(c)) != "" {
			t.Fatalf("%v stands after the document", tok)
		}
	}
}

// strictJSON reads one value without unknown keys, and nothing after it.
func strictJSON(t *testing.T, text string, v any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		t.Fatal("something stands after the value")
	}
}

func absolute(t *testing.T, address string) {
	t.Helper()
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" || u.Host != "example.org" {
		t.Errorf("%q is no address of the site", address)
	}
}

// unfold reads the lines of an iCalendar file (RFC 5545, 3.1): each ends in
// CRLF, none is longer than 75 octets or cuts a character.
func unfold(t *testing.T, text string) (lines []string) {
	t.Helper()
	rest, ended := strings.CutSuffix(text, "\r\n")
	if !ended {
		t.Fatalf("the last line does not end: %.80q", text)
	}
	for line := range strings.SplitSeq(rest, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Fatalf("a line that can't be: %q", line)
		}
		if more, folded := strings.CutPrefix(line, " "); folded && len(lines) > 0 {
			lines[len(lines)-1] += more
			continue
		}
		lines = append(lines, line)
	}
	return lines
}

// unescape undoes the escapes of a text (RFC 5545, 3.3.11).
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n', 'N':
			b.WriteByte('\n')
		case '\\', ';', ',':
			b.WriteByte(s[i])
		default:
			fmt.Fprintf(&b, "(no escape: %c)", s[i])
		}
	}
	return b.String()
}

// TestMarkdownAnswers: the copy of an explainer has each answer under its own
// question, wherever it is written.
func TestMarkdownAnswers(t *testing.T) {
	front := "---\ntitle: T\nstandfirst: s\npublished: 2024-06-09\n"
	out, _ := outputs(t, false, map[string]string{"site.yaml": "outputs: [markdown]\n",
		"explainers/same.md": front + "---\n## What next?\n\nFirst.\n\n## What next?\n\nSecond.\n\n## Mid? {#what-next-2}\n\nThird.\n",
		"explainers/side.md": front + "---\n## Of the body?\n\nBody.\n", "explainers/side/questions.yaml": "- {question: Of the list?, answer: List.}\n- {question: Of the body?}\n",
		"explainers/used.md": front + "questions:\n- {question: Q, use: same#what-next}\n---\n"})
	for file, want := range map[string][]string{"same": {"What next?", "First.", "What next?", "Second.", "Mid?", "Third."}, "side": {"Of the list?", "List.", "Of the body?", "Body."}, "used": {"Q", "First."}} {
		text := out["explainers/"+file+"/index.md"]
		for _, w := range want {
			_, rest, found := strings.Cut(text, w)
			if !found {
				t.Fatalf("%s: %q is not in its place in:\n%s", file, w, out["explainers/"+file+"/index.md"])
			}
			text = rest
		}
	}
}

// TestFootnotesInFeeds: those of an introduction lead to where the page has them.
func TestFootnotesInFeeds(t *testing.T) {
	out, _ := outputs(t, false, map[string]string{"site.yaml": "base_url: https://example.org/\n",
		"explainers/one.md": "---\ntitle: T\nstandfirst: s\npublished: 2024-06-09\n---\nIntro.[^a]\n\n[^a]: Note.\n\n## Q\n\nA.[^a]\n\n[^a]: Note.\n"})
	page, feed := out["explainers/one/index.html"], out["feed.xml"]
	links := regexp.MustCompile(`explainers/one/#(fn[\w-]+)`).FindAllStringSubmatch(feed, -1)
	if len(links) != 4 {
		t.Errorf("the feed has %d links of footnotes", len(links))
	}
	for _, l := range links {
		if !strings.Contains(page, `id="`+l[1]+`"`) {
			t.Errorf("the page has no %s", l[1])
		}
	}
}

// TestMarkdownImages: the copy says of pictures what the explainer does, above all
// what they show; one that is sensitive is in no copy, and its warning stands there.
func TestMarkdownImages(t *testing.T) {
	out, ds := outputs(t, false, map[string]string{"site.yaml": "outputs: [markdown]\n",
		"explainers/one.md": "---\ntitle: T\nstandfirst: s\npublished: 2024-06-09\nimages:\n- {src: a.svg, alt: A gate, caption: \"The *gate*\", credit: Ann, taken: 2024-05}\n" +
			"- {src: b.svg, alt: A body, credit: Ann, sensitive: graphic, warning: A dead body}\n- {src: c.svg, decorative: true, credit: Ann}\n---\n## Q\n\n![](a.svg)\n\n![](b.svg)\n\n> ![A body][b]\n\n![](c.svg)\n\n[b]: b.svg\n",
		"explainers/one/a.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "explainers/one/b.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "explainers/one/c.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`})
	if len(ds) > 0 {
		t.Error(ds)
	}
	const want = `images:
  - src: "a.svg"
    alt: "A gate"
    caption: "The gate"
    credit: "Ann"
    taken: "2024-05"
  - src: "c.svg"
    decorative: true
    credit: "Ann"
---
`
	text := out["explainers/one/index.md"]
	if !strings.Contains(text, want) || strings.Contains(text, "b.svg") || !strings.Contains(text, "![](a.svg)\n\nA dead body\n\n> A dead body\n\n![](c.svg)\n") {
		t.Errorf("the copy is\n%s", text)
	}
}
