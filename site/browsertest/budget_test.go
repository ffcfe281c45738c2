package browsertest

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"nutgraf/content"
	"nutgraf/site/pages"
)

const kB = 1000

// What a page may weigh, in bytes as gzip -9 makes them.
const (
	explainerHTML = 10 * kB // of about 1,200 words
	homeHTML      = 5 * kB
	timelineHTML  = 6 * kB // of 31 events
	glossaryHTML  = 5 * kB // of 30 terms
	oneCSS        = 12 * kB
	oneJS         = 5 * kB
	codeTogether  = 22 * kB
	threeFonts    = 75 * kB
	firstVisit    = 100 * kB
	firstAsked    = 8
	laterVisit    = 12 * kB
	systemVisit   = 25 * kB
	elements      = 600
	meantWords    = 1200     // of questions and answers
	onPhone       = 16 * 844 // px: screens of 390 by 844, three minutes of reading
)

// within holds a figure to its budget, and tells it.
func within(t *testing.T, what string, got, budget int) {
	t.Helper()
	t.Logf("%s: %d of %d", what, got, budget)
	if got > budget || got == 0 {
		t.Errorf("%s: %d, the budget is %d", what, got, budget)
	}
}

// about is the budget of a page that is longer than the one it was set for.
func about(budget, got, meant int) int { return max(budget, budget*got/meant) }

// TestBytes weighs the files.
func TestBytes(t *testing.T) {
	s := demoSite(t)
	file := s.file("explainer")
	others, err := fs.Glob(os.DirFS(s.dir), "explainers/*/index.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range others {
		if f != file && len(sections(parse(t, s.read(t, f)))) > 0 {
			s.weigh(t, f)
		}
	}
	page, html := s.weigh(t, file)
	css, js := s.linked(t, file, "link", "stylesheet"), s.linked(t, file, "script", "")
	within(t, "CSS", css, oneCSS)
	within(t, "JS", js, oneJS)
	within(t, "HTML, CSS and JS", page+css+js, codeTogether+html-explainerHTML)

	for _, l := range []struct {
		kind, unit    string
		budget, meant int
	}{{"home", "article, .rows li, .rel li, .strip li", homeHTML, 20}, {"timeline", ".tl li", timelineHTML, 31},
		{"explainer timeline", ".tl li", timelineHTML, 31}, {"glossary", ".gl div", glossaryHTML, 30}} {
		if f := s.file(l.kind); f != "" {
			n := len(all(parse(t, s.read(t, f)), l.unit))
			within(t, fmt.Sprintf("%s of %d things, HTML", l.kind, n), len(zip(s.read(t, f))), about(l.budget, n, l.meant))
		}
	}
}

// weigh holds an explainer to what it may weigh, and returns both.
func (s *served) weigh(t *testing.T, file string) (page, budget int) {
	t.Helper()
	doc, words := parse(t, s.read(t, file)), 0
	for _, qa := range sections(doc) {
		words += len(strings.Fields(textOf(qa)))
	}
	t.Logf("%s has %d words", file, words)
	page = len(zip(s.read(t, file)))
	// The budgets were set for a page of 7 events, 6 sources and 5 terms.
	more := max(0, len(all(doc, ".tl li, .srcs li, .gl div"))-18)
	budget = about(explainerHTML, words, meantWords) + 90*more
	within(t, "explainer, HTML", page, budget)
	within(t, "explainer, elements", count(doc), about(elements, words, meantWords)+9*more)
	return page, budget
}

// linked is the weight of the one file that a page links with an element.
func (s *served) linked(t *testing.T, file, element, rel string) int {
	t.Helper()
	var found []string
	for n := range parse(t, s.read(t, file)).Descendants() {
		if n.Type != html.ElementNode || n.Data != element || attr(n, "rel") != rel {
			continue
		}
		if to := attr(n, "href") + attr(n, "src"); to != "" {
			found = append(found, path.Join(path.Dir(file), strings.SplitN(to, "?", 2)[0]))
		}
	}
	if len(found) != 1 {
		t.Errorf("%s has %d of <%s %s>, not one", file, len(found), element, rel)
		return 0
	}
	return len(zip(s.read(t, found[0])))
}

// TestNothingInline reads every page there is: no script, style or handler may
// stand in it, and nothing may be loaded from anyone else.
func TestNothingInline(t *testing.T) {
	s := demoSite(t)
	n := 0
	err := fs.WalkDir(os.DirFS(s.dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(p) != ".html" {
			return err
		}
		n++
		for e := range parse(t, s.read(t, p)).Descendants() {
			if wrong := inline(e); wrong != "" {
				t.Errorf("%s: %s", p, wrong)
			}
		}
		return nil
	})
	if err != nil || n < 5 {
		t.Errorf("%d pages were read: %v", n, err)
	}
}

func inline(e *html.Node) string {
	if e.Type != html.ElementNode {
		return ""
	}
	data := attr(e, "type") == "application/ld+json" || attr(e, "type") == "speculationrules" || attr(e, "type") == "application/json"
	if e.Data == "style" || e.Data == "script" && attr(e, "src") == "" && !data {
		return "an inline <" + e.Data + ">"
	}
	for _, a := range e.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			return "an attribute " + a.Key + " on <" + e.Data + ">"
		}
		loads := a.Key == "src" || a.Key == "srcset" || a.Key == "data" || a.Key == "poster" || a.Key == "href" && e.Data == "link" && loaded[attr(e, "rel")]
		if loads && (strings.Contains(a.Val, "//") || strings.HasPrefix(a.Val, "data:")) {
			return "<" + e.Data + "> loads " + a.Val
		}
	}
	return ""
}

// loaded are the links that a browser follows by itself.
var loaded = map[string]bool{"stylesheet": true, "icon": true, "preload": true, "modulepreload": true, "prefetch": true, "preconnect": true, "manifest": true}

// visit is what it takes to see a page: requests, bytes, and those of fonts.
func (b *tab) visit(address string) (requests, bytes, fonts int) {
	b.t.Helper()
	b.requests()
	b.show(address)
	later[bool](b, `document.fonts.ready.then(() => true)`)
	b.answered()
	for _, a := range b.requests() {
		if strings.Contains(a.url, "icon") { // fetched once, now or with a later page: TestVisits adds it
			continue
		}
		requests++
		bytes += int(a.bytes)
		if strings.HasSuffix(a.url, ".woff2") {
			fonts += int(a.bytes)
		}
		b.t.Logf("%7.0f %s", a.bytes, strings.TrimPrefix(a.url, b.home))
	}
	return requests, bytes, fonts
}

// TestVisits counts what a reader's browser asks for on the first visit and on
// a later one.
func TestVisits(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.phone()
	requests, bytes, fonts := b.visit(s.page(t, "explainer"))
	within(t, "first visit, requests", requests+1, firstAsked)
	within(t, "first visit, bytes", bytes+len(zip(s.read(t, "icon.svg")))+300, firstVisit) // 300 of headers
	within(t, "fonts", fonts, threeFonts)
	requests, bytes, _ = b.visit(s.having(t, "data-all"))
	within(t, "later page, requests", requests, 1)
	within(t, "later page, bytes", bytes, laterVisit)
	b.must(`document.cookie === ''`, "a cookie is set")
}

// TestLength measures the demo's longest news explainer on a phone.
func TestLength(t *testing.T) {
	b := explainer(t)
	b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
	within(t, "height on a phone, px", js[int](b, `document.documentElement.scrollHeight`), onPhone)
}

// TestSystemType makes the first visit to a site that brings no fonts.
func TestSystemType(t *testing.T) {
	b := open(t)
	if byHand() {
		t.Skip("only what we build")
	}
	config, err := fs.ReadFile(content.FS, "site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(scratch, "system")
	build(t, dir, overlay(t, content.FS, map[string]string{"site.yaml": string(config) + "type: system\n"}), pages.Options{})
	s := serve(t, dir)
	b.home = s.url
	_, bytes, fonts := b.visit(s.page(t, "explainer"))
	within(t, "first visit, bytes", bytes, systemVisit)
	if fonts != 0 {
		t.Errorf("%d bytes of fonts are loaded", fonts)
	}
}

func parse(t *testing.T, data []byte) *html.Node {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// sections are the questions with their answers.
func sections(doc *html.Node) (found []*html.Node) {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "section" && slices.Contains(strings.Fields(attr(n, "class")), "qa") {
			found = append(found, n)
		}
	}
	return found
}

func count(doc *html.Node) (n int) {
	for e := range doc.Descendants() {
		if e.Type == html.ElementNode {
			n++
		}
	}
	return n
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// all are the elements of a list of simple selectors: "article, .rows li".
func all(doc *html.Node, selectors string) (found []*html.Node) {
	for n := range doc.Descendants() {
		for one := range strings.SplitSeq(selectors, ", ") {
			class, element, within := strings.Cut(one, " ")
			if !within {
				class, element = "", one
			}
			if n.Type == html.ElementNode && n.Data == element && (class == "" || inClass(n, class[1:])) {
				found = append(found, n)
			}
		}
	}
	return found
}

func inClass(n *html.Node, class string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if slices.Contains(strings.Fields(attr(p, "class")), class) {
			return true
		}
	}
	return false
}
