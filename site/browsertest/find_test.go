package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// headField is the search field in the head of a page.
const headField = `header.site form[role=search] input[name=q]`

// TestFind goes by keyboard from the field in the head of a page to the
// results, and from there to a result.
func TestFind(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.media("prefers-reduced-motion", "reduce")
	for _, w := range []int64{390, 1280} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			b := b.in(t)
			b.width(w)
			b.show(s.page(t, "explainer"))
			b.tabUntil(`document.activeElement.matches('` + headField + `')`)
			b.must(`document.activeElement.getBoundingClientRect().width >= 200`, "there is no room to write in")
			b.press("kerman")
			b.press(kb.Enter)
			b.wait(`location.pathname.endsWith('/search/') && document.querySelector('#search_results a')`)
			b.must(`document.querySelector('#q').value === 'kerman'`, "the words have not come along")
			b.tabUntil(`document.activeElement.matches('#search_results a')`)
			to := js[string](b, `document.activeElement.href`)
			b.press(kb.Enter)
			b.wait(`location.href === ` + quote(to))
		})
	}
}

// TestHeadField holds every kind of page to one field of search that has a name
// and a button: in the head of the page, or in that of its text.
func TestHeadField(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.noScript()
	s.each(t, func(t *testing.T, address string) {
		b := b.in(t)
		b.show(address)
		b.must(`document.querySelectorAll('header form[role=search]').length === 1`, "there is not one field")
		b.must(`(i => i.labels[0]?.textContent.trim() || i.ariaLabel)(document.querySelector('header input[name=q]'))`, "the field has no name")
		b.must(`new URL(document.querySelector('header form').action).pathname === '/search/'`, "the field leads elsewhere")
		b.must(`document.querySelector('header form button[type=submit]').textContent.trim()`, "the button has no name")
	})
}

// TestFindWithoutScript finds the list of titles.
func TestFindWithoutScript(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.noScript()
	b.show(s.page(t, "explainer"))
	b.focus(headField)
	b.press("leap second")
	b.press(kb.Enter)
	b.wait(`location.pathname === '/search/' && location.search === '?q=leap+second'`)
	b.wait(shown("main li a") + ` >= 10`)
}

// TestLostAddress looks for the words of an address that leads nowhere.
func TestLostAddress(t *testing.T) {
	s := demoSite(t)
	for _, tt := range []struct{ address, words string }{
		{"/explainers/isis-k-attack-2024/", "isis k attack 2024"},
		{"/explainers/isis-k/atacks/", "isis k atacks"},
		{"/2019/03/leap_second-bug.html", "leap second bug"},
		{"/glossary/kabul%20airport", "kabul airport"},
		{"/glossary/%D8%AE%D8%B1%D8%A7%D8%B3%D8%A7%D9%86/", "خراسان"},
		{"/explainers/page/99/", ""},
		{"/timeline/1871/index.html", ""},
	} {
		t.Run(tt.address, func(t *testing.T) {
			b := open(t)
			b.lost(s.url + tt.address)
			b.wait(`document.readyState === 'complete'`)
			if got := js[string](b, `document.querySelector('main input[name=q]').value`); got != tt.words {
				t.Errorf("looks for %q, not %q", got, tt.words)
			}
		})
	}
	b := open(t)
	b.lost(s.url + "/explainers/isis-k-attack-2024/")
	b.click("main form button")
	b.wait(`location.search === '?q=isis+k+attack+2024' || location.search === '?q=isis%20k%20attack%202024'`)
	b.wait(`document.querySelector('#search_results a')?.href.includes('isis-k')`)

	b = open(t)
	b.noScript()
	b.lost(s.url + "/explainers/isis-k-attack-2024/")
	b.must(`document.querySelector('main input[name=q]').value === ''`, "the field is filled without a script")
}

// lost shows an address that leads nowhere. The browser complains of the answer
// itself.
func (b *tab) lost(url string) {
	b.t.Helper()
	b.show(url)
	b.mu.Lock()
	b.problems = nil
	b.mu.Unlock()
}
