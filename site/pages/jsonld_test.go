package pages

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"nutgraf/content"
	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/static"
	"nutgraf/templates"
)

// dataOf reads a page's structured data and its <meta>, by property or name.
func dataOf(t *testing.T, name, page string) (nodes []map[string]any, meta map[string][]string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	meta = map[string][]string{}
	for n := range doc.Descendants() {
		a := map[string]string{}
		for _, attr := range n.Attr {
			a[attr.Key] = attr.Val
		}
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "meta":
			key := a["property"] + a["name"]
			meta[key] = append(meta[key], a["content"])
		case n.Data == "script" && a["type"] == "application/ld+json":
			var g struct {
				Context string           `json:"@context"`
				Graph   []map[string]any `json:"@graph"`
			}
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &g); err != nil || g.Context != "https://schema.org" || nodes != nil {
				t.Errorf("%s: %v in %s", name, err, n.FirstChild.Data)
			}
			nodes = g.Graph
		}
	}
	return nodes, meta
}

// inspector holds JSON-LD to the vocabulary.
type inspector struct {
	*vocabulary
	t    *testing.T
	page string
	seen map[string]int // types, and how often
}

func (in *inspector) fault(format string, args ...any) {
	in.t.Helper()
	in.t.Errorf("%s: "+format, slices.Concat([]any{in.page}, args)...)
}

// node checks one object, whose type must be one of those that are expected.
func (in *inspector) node(n map[string]any, expected []string) {
	types := textsOf(n["@type"])
	if len(types) == 0 {
		in.fault("an object without type: %v", n)
	}
	for _, name := range types {
		in.seen[name]++
		if _, ok := in.above[name]; !ok || name == "QAPage" {
			in.fault("the type %s", name)
		}
		if !slices.ContainsFunc(expected, func(e string) bool { return in.is(name, e) }) {
			in.fault("%s is none of %v", name, expected)
		}
	}
	for _, property := range slices.Sorted(maps.Keys(n)) {
		switch value := n[property]; {
		case property == "@type":
		case property == "@id":
			in.address(property, value.(string))
		case strings.HasSuffix(property, "-input"):
			if !in.has([]string{"SearchAction"}, strings.TrimSuffix(property, "-input")) && property != "query-input" {
				in.fault("%s of %v", property, types)
			}
		case !in.has(types, property):
			in.fault("%s is no property of %v", property, types)
		default:
			in.value(property, value)
		}
	}
	in.required(types, n)
}

// required are the properties that Google's search wants of its results, and
// what an object is no use without.
func (in *inspector) required(types []string, n map[string]any) {
	wanted := map[string][]string{"NewsArticle": {"headline"}, "BreadcrumbList": {"itemListElement"}, "ListItem": {"position"}, "Question": {"name"}, "Answer": {"text"},
		"Event": {"name", "startDate", "location"}, "ImageObject": {"contentUrl"}, "WebSite": {"name", "url"}, "FAQPage": {"mainEntity"}, "Person": {"name"}, "CorrectionComment": {"text"}}
	for _, name := range types {
		for _, property := range wanted[name] {
			if n[property] == nil || n[property] == "" {
				in.fault("%s lacks %s: %v", name, property, n)
			}
		}
	}
	if types[0] == "NewsArticle" && n["publisher"] != nil {
		for _, property := range []string{"datePublished", "dateModified", "description", "inLanguage"} {
			if n[property] == nil {
				in.fault("the article lacks %s", property)
			}
		}
	}
	if types[0] == "BreadcrumbList" {
		for i, e := range n["itemListElement"].([]any) {
			item := e.(map[string]any)
			if item["position"] != float64(i+1) || item["name"] == nil || item["item"] == nil {
				in.fault("breadcrumb %d is %v", i+1, item)
			}
		}
	}
}

var (
	isoForm    = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[-+]\d\d:\d\d)?)?)?)?$`)
	periodForm = regexp.MustCompile(`^PT[1-9]\d*M$`)
	tagForm    = regexp.MustCompile(`</?[a-zA-Z][^<>]*>|&(amp|lt|gt|quot|#\d+);|\[@`)
)

// value checks a property's value against the types that it may have.
func (in *inspector) value(property string, v any) {
	ranges := in.values[property]
	takes := func(kinds ...string) bool {
		return slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(ranges, k) })
	}
	switch v := v.(type) {
	case []any:
		if len(v) == 0 {
			in.fault("%s is empty", property)
		}
		for _, one := range v {
			in.value(property, one)
		}
	case map[string]any:
		in.node(v, ranges)
	case bool:
		if !takes("Boolean") {
			in.fault("%s is %v", property, v)
		}
	case float64:
		if !takes("Number", "Integer", "Distance", "QuantitativeValue") && property != "position" {
			in.fault("%s is %v", property, v)
		}
	case string:
		switch {
		case v == "" || !norm.NFC.IsNormalString(v):
			in.fault("%s is %q", property, v)
		case takes("Date", "DateTime"):
			if !isoForm.MatchString(v) {
				in.fault("%s is no date: %q", property, v)
			}
		case property == "timeRequired":
			if !periodForm.MatchString(v) {
				in.fault("%s is no duration: %q", property, v)
			}
		case property == "eventStatus" || property == "item" || takes("URL") && !takes("Text"):
			in.address(property, v)
		case !takes("Text", "PropertyValueSpecification"):
			in.fault("%s is a text: %q", property, v)
		case tagForm.MatchString(v):
			in.fault("%s has markup: %q", property, v)
		}
	}
}

func (in *inspector) address(property, v string) {
	if u, err := url.Parse(v); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.Contains(u.Path, "/../") || strings.HasSuffix(u.Path, "index.html") {
		in.fault("%s is no address: %q", property, v)
	}
}

func textsOf(v any) (out []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, one := range v {
			out = append(out, one.(string))
		}
	}
	return out
}

// inspect holds all pages of a site to the vocabulary and returns how often
// each type was seen.
func inspect(t *testing.T, pages map[string]string) map[string]int {
	t.Helper()
	in := &inspector{vocabulary: readVocabulary(t), t: t, seen: map[string]int{}}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		in.page = name
		nodes, meta := dataOf(t, name, pages[name])
		for _, n := range nodes {
			in.node(n, []string{"Thing"})
		}
		for _, u := range slices.Concat(meta["og:image"], meta["og:url"]) {
			in.address("og", u)
		}
		if len(meta["article:published_time"]) > 0 && !isoForm.MatchString(meta["article:published_time"][0]) {
			in.fault("published %q", meta["article:published_time"])
		}
	}
	return in.seen
}

// goldenFiles are the files that golden pages are made of.
func goldenFiles(t *testing.T, name string) map[string]string {
	t.Helper()
	ar, err := txtar.ParseFile(filepath.Join("testdata", "golden", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range ar.Files {
		if !strings.HasPrefix(f.Name, "public/") {
			files[f.Name] = string(f.Data)
		}
	}
	return files
}

// TestDataOfSites holds what the demo and the golden site say to schema.org.
func TestDataOfSites(t *testing.T) {
	golden := goldenFiles(t, "explainer")
	out, _ := outputs(t, false, golden)
	seen := inspect(t, out)
	for _, name := range []string{"BackgroundNewsArticle", "Question", "Answer", "CorrectionComment", "Event", "Place", "GeoCoordinates", "DefinedTerm", "DefinedTermSet", "WebSite", "SearchAction", "BreadcrumbList", "ItemList", "ImageObject"} {
		if seen[name] == 0 {
			t.Errorf("the golden site has no %s", name)
		}
	}
	if seen["FAQPage"] > 0 {
		t.Error("what the site has not is stated about it")
	}
	if strings.Contains(fmt.Sprint(dataOf(t, "", out["explainers/surge/index.html"])), "wreck.png") {
		t.Error("the sensitive picture is shared")
	}
	for _, disk := range []bool{false, true} {
		inspect(t, demo(t, disk))
	}
}

// demo builds the demonstration site with an address.
func demo(t *testing.T, disk bool) map[string]string {
	t.Helper()
	s, _, err := site.Load(context.Background(), site.Options{Content: content.FS, DefaultTemplates: templates.FS, DefaultStatic: static.FS,
		BaseURL: "https://example.org/sub/", Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	book, _, err := New(context.Background(), s, Options{Disk: disk})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	out := map[string]string{}
	for i := range book.Len() {
		leaf, err := book.Open(i)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if _, err := leaf.Write(&b); err != nil {
			t.Fatal(err)
		}
		out[book.Path(i)] = b.String()
		leaf.Close()
	}
	return out
}

// small is a site of one explainer that holds a text wherever it can.
func small(config, text string) map[string]string {
	q := yamlText(text)
	return map[string]string{
		"site.yaml":    "title: " + q + "\n" + config,
		"authors.yaml": "ann: {name: " + q + ", role: " + q + ", url: /about/}\n",
		"explainers/one.md": "---\ntitle: " + q + "\nstandfirst: S.\npublished: 2024-05-01T10:00Z\nauthors: [ann]\neditor: [ann]\ntopics: [law]\nmethod: M.\n" +
			"timeline:\n  - {date: 2024-12-31/2025-01-02, title: " + q + ", place: " + q + "}\n  - {date: 2024-05~, id: about, title: T, place: P}\n  - {date: 2024-05-02, title: T, place: P, status: claimed}\n" +
			"sources:\n  - {id: a, title: " + q + ", type: book, issued: 2019?, author: [" + q + "]}\n  - {id: b, title: B, issued: 2020-02, url: \"https://example.com/b\"}\n---\n" +
			"## Why? {#why}\n\nOne[@a]. *Two* [thing](term:term).\n\nThree.\n",
		"explainers/gone.md":   "---\ntitle: Gone\nstandfirst: It was secret.\npublished: 2024-01-01\nstatus: withdrawn\nupdates: [{date: 2024-02-01, type: editors-note, text: We took it back.}]\n---\n## Q\n\nA secret.\n",
		"explainers/unseen.md": "---\ntitle: Unseen\nstandfirst: S.\npublished: 2024-01-01\nindex: false\n---\n## Q\n\nA secret.\n",
		"glossary/term.md":     "---\nterm: " + q + "\nshort: " + q + "\nkind: person\nrole: " + q + "\naffiliation: org\nsame_as: [\"https://example.com/p\"]\n---\n",
		"glossary/org.md":      "---\nterm: Org\nshort: O.\nkind: organisation\nforms: [The Org]\n---\n",
		"pages/about.md":       "---\ntitle: About\nstandfirst: Us.\n---\nUs.\n",
		"static/logo.png":      "logo",
		"static/share.png":     "share",
	}
}

const fullConfig = "base_url: https://example.org/sub/\nlang: en-GB\nimage: /share.png\noutputs: [cards, faq]\n" +
	"publisher: {name: P, logo: logo.png, policies: {corrections: /about/, unnamed_sources: \"https://example.com/u\", masthead: /about/, privacy: /about/}}\n"

// TestDataOfArticle reads single facts back.
func TestDataOfArticle(t *testing.T) {
	out, _ := outputs(t, false, small(fullConfig, "Cafe\u0301 & <b>"))
	inspectQuietly := func(name string) map[string]any {
		nodes, _ := dataOf(t, name, out[name])
		if len(nodes) == 0 {
			t.Fatalf("%s says nothing", name)
		}
		return nodes[0]
	}
	a := inspectQuietly("explainers/one/index.html")
	got, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"headline":"Café \u0026 \u003cb\u003e"`, `"datePublished":"2024-05-01T10:00:00Z"`, `"jobTitle":"Café`, `"url":"https://example.org/sub/about/"`,
		`"startDate":"2024-12-31"`, `"endDate":"2025-01-02"`, `"eventStatus":"https://schema.org/EventScheduled"`, `"datePublished":"2020-02"`, `"@type":"Book"`,
		`"contentUrl":"https://example.org/sub/logo.png"`, `"correctionsPolicy":"https://example.org/sub/about/"`, `"unnamedSourcesPolicy":"https://example.com/u"`,
		`"masthead":"https://example.org/sub/about/"`, `"backstory":"M."`, `"wordCount":4`, `"timeRequired":"PT1M"`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("the article lacks %s:\n%s", want, got)
		}
	}
	for _, never := range []string{`"startDate":"2024-05`, `"datePublished":"2019"`, "hasPart", "share.png"} {
		if strings.Contains(string(got), never) {
			t.Errorf("the article has %s:\n%s", never, got)
		}
	}
	nodes, meta := dataOf(t, "one", out["explainers/one/index.html"])
	if faq := fmt.Sprint(nodes[1]); !strings.Contains(faq, "FAQPage") || !strings.Contains(faq, "One. Two thing.") || strings.Contains(faq, "Three") {
		t.Errorf("the questions are %s", faq)
	}
	for key, want := range map[string]string{"og:locale": "en_GB", "og:image": "https://example.org/sub/share.png", "twitter:card": "summary_large_image", "article:section": "Law"} {
		if len(meta[key]) != 1 || meta[key][0] != want {
			t.Errorf("%s is %q, not %q", key, meta[key], want)
		}
	}
	if home := fmt.Sprint(inspectQuietly("index.html")); !strings.Contains(home, "search/?q={search_term_string}") {
		t.Errorf("no search: %s", home)
	}
	if person := fmt.Sprint(inspectQuietly("glossary/term/index.html")); !strings.Contains(person, "Person") || !strings.Contains(person, "glossary/org/") {
		t.Errorf("the person is %s", person)
	}
	for _, name := range []string{"explainers/gone/index.html", "explainers/unseen/index.html", "explainers/unseen/q/index.html"} {
		nodes, _ := dataOf(t, name, out[name])
		if text := fmt.Sprint(nodes); strings.Contains(text, "secret") || strings.Contains(text, "NewsArticle") || !strings.Contains(text, "WebPage") {
			t.Errorf("%s says %s", name, text)
		}
	}
	for _, name := range []string{"404.html"} {
		if nodes, _ := dataOf(t, name, out[name]); nodes != nil {
			t.Errorf("%s says %v", name, nodes)
		}
	}
}

// TestDataWithoutAddress: without base_url there is no address at all, and
// nothing that is no use without one.
func TestDataWithoutAddress(t *testing.T) {
	out, _ := outputs(t, false, small("outputs: [cards, faq]\nimage: share.png\npublisher: {name: P, logo: logo.png, policies: {ethics: /about/}}\n", "A text"))
	seen := inspect(t, out)
	for name := range seen {
		if !slices.Contains([]string{"NewsArticle", "BackgroundNewsArticle", "Person", "Organization", "NewsMediaOrganization", "Question", "Answer", "Thing", "DefinedTerm", "Event", "Place", "Book", "CreativeWork", "WebPage"}, name) {
			t.Errorf("there is a %s", name)
		}
	}
	for name, page := range out {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		nodes, meta := dataOf(t, name, page)
		if text := fmt.Sprint(nodes); strings.Contains(text, "../") || strings.Contains(text, "@id") || strings.Contains(text, "url:#") || len(meta["og:image"]) > 0 {
			t.Errorf("%s says %s %s", name, text, meta["og:image"])
		}
	}
}

// TestHostileData puts texts that end scripts, lines and strings into every
// page: each must be read back as the text that it is.
func TestHostileData(t *testing.T) {
	for _, text := range []string{"</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c", `"},{"@type":"QAPage"}`, `\u003c/script`, "]]>&lt;/script&gt;", "{{.Title}}", ">\u0327 e\u0301"} {
		out, _ := outputs(t, false, small(fullConfig, text))
		for name, page := range out {
			if strings.HasSuffix(name, ".html") && !strings.HasPrefix(name, "search/") && strings.Count(strings.ToLower(page), "<script") > 2 { // the theme's, and the data
				t.Errorf("%s has a third script", name)
			}
		}
		nodes, _ := dataOf(t, text, out["explainers/one/index.html"])
		if len(nodes) == 0 || nodes[0]["headline"] != norm.NFC.String(strings.NewReplacer("\u2028", " ", "\u2029", " ").Replace(text)) && nodes[0]["headline"] != norm.NFC.String(text) {
			t.Errorf("%q is read back as %v", text, nodes)
		}
	}
}

// TestDataIsSummed changes one fact at a time, some of which no text of a page
// shows: a page that then has other bytes must have another key.
func TestDataIsSummed(t *testing.T) {
	files := small(fullConfig, "A text")
	files["explainers/one.md"] = strings.Replace(files["explainers/one.md"], "timeline:\n", "timeline:\n  - {date: 2024-03-01, id: spring, date_text: in spring, title: Spring, place: org}\n", 1)
	before := keyed(t, files)
	for _, edit := range [][3]string{
		{"explainers/one.md", "2024-03-01", "2024-03-02"}, {"explainers/one.md", "issued: 2020-02", "issued: 2020-03"}, {"explainers/one.md", "type: book", "type: report"},
		{"explainers/one.md", "method: M.", "method: N."}, {"explainers/one.md", "Three.", "Three four."}, {"site.yaml", ", faq", ""}, {"site.yaml", "lang: en-GB", "lang: en-US"},
		{"site.yaml", "logo: logo.png", "logo: share.png"}, {"site.yaml", "image: /share.png", "image: /logo.png"}, {"site.yaml", "masthead: /about/", "ethics: /about/"},
	} {
		edited := maps.Clone(files)
		if edited[edit[0]] = strings.Replace(files[edit[0]], edit[1], edit[2], 1); edited[edit[0]] == "" {
			delete(edited, edit[0])
		}
		changed := 0
		for name, page := range keyed(t, edited) {
			if old, ok := before[name]; ok && page.bytes != old.bytes {
				changed++
				if page.key == old.key {
					t.Errorf("%s for %s in %s: %s is another, and its key is not", edit[2], edit[1], edit[0], name)
				}
			}
		}
		if changed == 0 {
			t.Errorf("%s for %s in %s changes no page", edit[2], edit[1], edit[0])
		}
	}
}

type keyedPage struct {
	key   document.Sum
	bytes string
}

// keyed are the pages of a site that templates make, with their keys.
func keyed(t *testing.T, files map[string]string) map[string]keyedPage {
	t.Helper()
	in, own := fstest.MapFS{}, fstest.MapFS{}
	for name, text := range files {
		if p, ok := strings.CutPrefix(name, "static/"); ok {
			own[p] = &fstest.MapFile{Data: []byte(text)}
		} else {
			in[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	s, _, err := site.Load(context.Background(), site.Options{Content: in, Static: own, DefaultTemplates: templates.FS, DefaultStatic: static.FS, Now: time.Date(2024, 6, 10, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	book, _, err := New(context.Background(), s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]keyedPage{}
	for i := range book.Len() {
		leaf, err := book.Open(i)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if _, err := leaf.Write(&b); err != nil {
			t.Fatal(err)
		}
		if leaf.Layout != "" {
			out[book.Path(i)] = keyedPage{leaf.Key, b.String()}
		}
		leaf.Close()
	}
	return out
}

func TestISODate(t *testing.T) {
	for edtf, want := range map[string]string{"": "", "2024": "2024", "2024-03": "2024-03", "2024-03-22": "2024-03-22", "2024-03-22T20:00+03:00": "2024-03-22T20:00+03:00",
		"2024~": "", "2024-03?": "", "199X": "", "2024-21": "", "2024-33": "", "2024/..": "", "..": "", "-0044": "", "Y12024": "", "2016-12-31T23:59:60Z": "2016-12-31"} {
		if got := isoDate(edtf); got != want {
			t.Errorf("%s is %q, not %q", edtf, got, want)
		}
	}
}

func TestLocale(t *testing.T) {
	for tag, want := range map[string]string{"en": "", "en-GB": "en_GB", "zh-Hant-TW": "zh_TW", "de-x-at": "", "sr-Latn": ""} {
		if got := locale(tag); got != want {
			t.Errorf("%s is %q, not %q", tag, got, want)
		}
	}
}
