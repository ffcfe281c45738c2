package browsertest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/google/go-cmp/cmp"

	"nutgraf/content"
	"nutgraf/site/pages"
	"nutgraf/static"
)

// rulesOf is what a browser reads in a style sheet.
const rulesOf = `(css => { const s = new CSSStyleSheet(); s.replaceSync(css); return [...s.cssRules].map(r => r.cssText); })`

var fontFile = regexp.MustCompile(`url\([^)]*\)`)

// TestStyleAsWritten holds what is published of the theme's style to what its
// authors wrote: shorter, and the same to a browser.
func TestStyleAsWritten(t *testing.T) {
	s, b := demoSite(t), open(t)
	if byHand() {
		t.Skip("only what we build")
	}
	var written []byte
	for _, name := range []string{"fonts.css", "style.css"} {
		data, err := fs.ReadFile(static.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		written = append(written, data...)
	}
	files, _ := filepath.Glob(filepath.Join(s.dir, "assets", "style.*.css"))
	if len(files) != 1 {
		t.Fatalf("the style sheet is %q", files)
	}
	published := s.read(t, filepath.Join("assets", filepath.Base(files[0])))
	rules := func(css []byte) []string {
		return js[[]string](b, rulesOf+"("+quote(fontFile.ReplaceAllString(string(css), "url(x)"))+")")
	}
	want := rules(written)
	if d := cmp.Diff(want, rules(published)); d != "" || len(want) < 300 {
		t.Errorf("of %d rules, a browser reads these another way (-written +published):\n%s", len(want), d)
	}
}

// ledger is the demo as another newspaper, by a style sheet of its own alone.
func ledger(t *testing.T) *served {
	t.Helper()
	if byHand() {
		t.Skip("only what we build")
	}
	config, err := fs.ReadFile(content.FS, "site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "public")
	own := overlay(t, os.DirFS("testdata"), nil)
	more := "styles: [ledger.css]\nnotice: {text: On Friday we close at noon.}\n"
	buildOver(t, dir, overlay(t, content.FS, map[string]string{"site.yaml": string(config) + more}), own, pages.Options{})
	return serve(t, dir)
}

// TestLedger looks at the demo in the second look: it is another newspaper, nothing
// of it is hard to read or too wide, and its first visit is within the budget.
func TestLedger(t *testing.T) {
	s, b := ledger(t), open(t)
	b.home = s.url
	b.phone()
	requests, bytes, _ := b.visit(s.page(t, "explainer"))
	within(t, "first visit, requests", requests+1, firstAsked)
	within(t, "first visit, bytes", bytes, firstVisit)

	b.width(1280)
	b.must(`/^LF/.test(getComputedStyle(document.querySelector('h1')).fontFamily)`, "headlines are not set in the sans")
	b.must(`(r => Math.abs(r.left + r.right - innerWidth) < 4)(document.querySelector('.mark').getBoundingClientRect())`,
		"the name of the paper is not centred")
	b.must(`document.querySelector('.site nav').getBoundingClientRect().top >= document.querySelector('.mark').getBoundingClientRect().bottom`,
		"the navigation is not under the name")
	b.must(`document.querySelector('.notice').getBoundingClientRect().bottom <= document.querySelector('.aa').getBoundingClientRect().top`,
		"the notice is not on top")
	for theme, paper := range map[string]string{"light": "rgb(255, 243, 232)", "dark": "rgb(26, 21, 18)"} {
		b.media("prefers-color-scheme", theme)
		b.must(`getComputedStyle(document.body).backgroundColor === `+quote(paper), "the paper is another on "+theme+" pages")
	}
	b.media("prefers-contrast", "more")
	b.must(`getComputedStyle(document.querySelector('.dek')).color === getComputedStyle(document.body).color`,
		"who asks for more contrast gets what the site set")
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.must(`getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)' && getComputedStyle(document.body).color === 'rgb(0, 0, 0)'`,
		"paper is not white")
	b.must(`document.querySelector('.notice').getClientRects().length`, "the notice is not printed")

	source := axeSource(t)
	for _, kind := range []string{"home", "explainer", "timeline", "glossary", "search", "404"} {
		t.Run(kind, func(t *testing.T) {
			b := b.in(t)
			b.show(s.page(t, kind))
			b.looks(func(name string) {
				b.accessible(source, name)
				if wide := js[[]string](b, overflow); len(wide) > 0 {
					t.Errorf("%s: the page scrolls sideways: %q", name, wide)
				}
			})
		})
	}
}

// TestPreviewOfStyles saves a style sheet of the site's own while a page is open.
func TestPreviewOfStyles(t *testing.T) {
	p := previewOf(t) // before the browser: it goes on serving until that is closed
	p.write("static/house.css", ":root{--paper:rgb(1, 2, 3)}")
	p.write("content/site.yaml", "title: S\nstyles: [house.css]\n")
	b := open(t)
	b.home = p.address
	b.show(p.address + "explainers/draft/")
	ground := `getComputedStyle(document.body).backgroundColor === `
	b.wait(ground + `'rgb(1, 2, 3)'`)
	js[bool](b, `window.here = true`)
	p.write("static/house.css", ":root{--paper:rgb(3, 2, 1)}")
	b.wait(ground + `'rgb(3, 2, 1)'`)
	b.must(`window.here`, "the style sheet made the page load again")
	b.wait(`document.querySelectorAll('link[rel=stylesheet]').length === 3`)
}
