package browsertest

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"nutgraf/content"
	"nutgraf/site/pages"
)

// secondPill is the first filter that is not "everything".
const secondPill = `.pills a[data-k]:not([data-k=""])`

// shown counts what of a selector is to be seen.
func shown(selector string) string {
	return `[...document.querySelectorAll(` + quote(selector) + `)].filter(e => e.checkVisibility()).length`
}

// TestFilterWithoutScript follows a filter to its ready-made page.
func TestFilterWithoutScript(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.noScript()
	b.show(s.having(t, "data-all"))
	to := js[string](b, `document.querySelector('`+secondPill+`').href`)
	count := js[string](b, `document.querySelector('`+secondPill+` small').textContent`)
	b.click(secondPill)
	b.wait(`location.href === ` + quote(to))
	b.wait(shown(".tl li") + ` === ` + count)
	b.must(`document.querySelector('.pills [aria-current]').href === location.href`, "the filter is not told to be chosen")
	b.must(`document.querySelector('[data-count]').textContent.includes('`+count+`')`, "the count is not told")
}

// TestFilter filters in place, with the same address.
func TestFilter(t *testing.T) {
	s := demoSite(t)
	for name, choose := range map[string]func(b *tab){
		"by mouse":    func(b *tab) { b.click(secondPill) },
		"by keyboard": func(b *tab) { b.focus(secondPill); b.press(kb.Enter) },
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t)
			b.show(s.having(t, "data-all"))
			all := js[int](b, shown(".tl li"))
			count := js[string](b, `document.querySelector('`+secondPill+` small').textContent`)
			js[bool](b, `window.same = true`)
			choose(b)
			b.wait(`location.href === document.querySelector('` + secondPill + `').href`)
			b.must(`window.same`, "another page was loaded")
			b.must(shown(".tl li")+` === `+count, "other events are shown than the filter counts")
			b.must(`document.querySelector('[role=status][data-count]').textContent.includes('`+count+`')`, "the count is not announced")
			b.must(`document.querySelector('.pills [aria-current]').matches('`+secondPill+`') && document.querySelectorAll('.pills [aria-current]').length === 1`,
				"the filter is not told to be chosen")
			b.must(`![...document.querySelectorAll('.grp')].some(g => g.checkVisibility() && !g.querySelector('.tl li:not([hidden])'))`, "a year without events is shown")
			b.click(`.pills a[data-k=""]`)
			b.wait(fmt.Sprintf(`%s === %d`, shown(".tl li"), all))
		})
	}
}

// TestTimeline holds the timeline to what it must say without its looks.
func TestTimeline(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.show(s.having(t, `class="dens`))
	b.must(`[...document.querySelectorAll('.dens a')].every(a => /\d+, \d+ \S+$/.test(a.textContent.trim()))`, "a year's link does not count its events")
	b.must(`[...document.querySelectorAll('.dens a')].every(a => a.hash ? document.getElementById(a.hash.slice(1)) : true)`, "a year leads nowhere")
	b.must(`[...document.querySelectorAll('.tl li')].every(li => /\d/.test(li.querySelector('.when').textContent))`, "an event has no date")
	b.must(`document.querySelector('.tl time[datetime]')`, "no date is for machines, too")
	b.must(`[...document.querySelectorAll('.tl .approx')].every(li => li.querySelector('.flag')?.textContent.trim())`, "a date is uncertain only by its looks")
	b.must(`[...document.querySelectorAll('.tl li')].some(li => getComputedStyle(li, '::after').borderTopWidth !== '0px')`, "events have no dots")
}

// TestGlossary holds the letters to what there is.
func TestGlossary(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.noScript()
	b.show(s.page(t, "glossary"))
	b.must(`document.querySelectorAll('.az a').length === document.querySelectorAll('section.grp').length`, "letters and sections are not as many")
	b.must(`[...document.querySelectorAll('.az a')].every(a => document.getElementById(decodeURIComponent(a.hash.slice(1)))?.querySelector('dt'))`, "a letter has no term")
	b.must(`!document.querySelector('#find_term')?.checkVisibility()`, "there is a field that does nothing")
	b.click(".az li:last-child a")
	b.wait(`location.hash === document.querySelector('.az li:last-child a').hash`)
	b.must(`(r => r.top >= 0 && r.top < innerHeight)(document.querySelector(':target h2').getBoundingClientRect())`, "the letter is not on the screen")
}

// TestGlossaryMoved follows links to what stood on the first page of the glossary
// until that was full.
func TestGlossaryMoved(t *testing.T) {
	if byHand() || testing.Short() {
		t.Skip("only what we build")
	}
	files := map[string]string{}
	for i := range 200 {
		files[fmt.Sprintf("glossary/aa%03d.md", i)] = fmt.Sprintf("---\nterm: aa%03d\nshort: s\n---\n", i)
	}
	dir := filepath.Join(scratch, "moved")
	build(t, dir, overlay(t, content.FS, files), pages.Options{})
	s := serve(t, dir)
	for hash, to := range map[string]string{"#term-bipm": "/glossary/bipm/", "#letter_L": "/glossary/page/2/#letter_L",
		"#term-aa000": "/glossary/#term-aa000", "#letter_A": "/glossary/#letter_A", "#term-": "/glossary/#term-", "#%": "/glossary/#%"} {
		b := open(t)
		b.home = s.url
		b.show(s.url + "/glossary/" + hash)
		b.wait(`location.pathname + location.hash === ` + quote(to))
	}
}

// TestGlossaryField looks for a term by typing.
func TestGlossaryField(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.show(s.page(t, "glossary"))
	all := js[int](b, shown(".gl > div"))
	name := js[string](b, `[...document.querySelectorAll('.gl dt')].pop().textContent.trim()`)
	b.tabUntil(`document.activeElement.matches('#find_term')`)
	b.must(`document.querySelector('#find_term').labels[0].textContent.trim()`, "the field has no label")
	b.press(strings.ToLower(name))
	b.wait(fmt.Sprintf(`%s < %d`, shown(".gl > div"), all))
	found := js[int](b, shown(".gl > div"))
	b.must(`[...document.querySelectorAll('.gl > div')].filter(e => e.checkVisibility()).some(e => e.querySelector('dt').textContent.trim() === `+quote(name)+`)`,
		"the term looked for is not found")
	b.must(fmt.Sprintf(`/(^|\D)%d(\D|$)/.test(document.querySelector('[role=status][data-count]').textContent)`, found), "the count is not announced")
	b.press("zzqx")
	b.wait(shown(".gl > div") + ` === 0 && document.querySelector('[data-count]').textContent.includes('0')`)
}

// TestSearch looks for a question: without a script in the index of them all,
// with one by typing.
func TestSearch(t *testing.T) {
	s := demoSite(t)
	address := s.page(t, "search")
	without := open(t)
	without.noScript()
	without.show(address)
	without.must(shown("main li a")+` >= 10`, "there is no index of questions")

	b := open(t)
	b.show(s.page(t, "explainer"))
	question := js[string](b, `document.querySelector('section.qa h2').textContent.trim()`)
	explainer, err := url.Parse(js[string](b, `location.href`))
	if err != nil {
		t.Fatal(err)
	}
	b.show(address)
	b.tabUntil(`document.activeElement.matches('main input[type=search]')`)
	b.press(question)
	b.wait(`(a => a && a.pathname === ` + quote(explainer.Path) + `)([...document.querySelectorAll('main li a')].filter(a => a.checkVisibility()).slice(0, 3).find(a => a.pathname === ` + quote(explainer.Path) + `))`)
	b.wait(`[...document.querySelectorAll('main [role=status]')].some(e => /\d/.test(e.textContent))`)
}

// TestNotFound asks for what is not there, deep in the site: the page that
// answers must have its looks and its links all the same.
func TestNotFound(t *testing.T) {
	s, b := demoSite(t), open(t)
	if byHand() {
		t.Skip("this folder's links hold at its root only")
	}
	b.lost(s.url + "/no/such/page/")
	b.must(`getComputedStyle(document.body).backgroundColor !== 'rgba(0, 0, 0, 0)'`, "the style sheet is not applied")
	b.must(`[...document.querySelectorAll('header.site a')].every(a => new URL(a.href).pathname.split('/').length < 4)`, "its links lead nowhere")
}
