package browsertest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/page"

	"nutgraf/site/pages"
)

// overflow is the first elements that are wider than the page, where the page
// scrolls sideways.
const overflow = `(() => {
	const r = document.documentElement;
	if (r.scrollWidth <= r.clientWidth) return [];
	const out = [...document.querySelectorAll('body *')].filter(e => (b => b.width && (b.right > r.clientWidth + .5 || b.left < -.5))(e.getBoundingClientRect()) && !e.matches('.vh, .skip, .vh *'));
	return [r.scrollWidth + ' > ' + r.clientWidth, ...out.slice(0, 4).map(e => e.outerHTML.slice(0, 120))];
})()`

// A dress is a way in which a reader may have the page set.
var dresses = []struct {
	name   string
	text   int64  // the browser's own text size
	put    string // is run in the page
	widths []int64
}{
	{"as it is", 16, `true`, []int64{1280, 640, 390, 320, 256}},
	{"text of 200 %", 32, `true`, []int64{1280, 640, 390, 320}},
	// WCAG 2.2, 1.4.12.
	{"wide spacing", 16, `(() => { const s = new CSSStyleSheet(); s.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important;' +
		'word-spacing: .16em !important } p { margin-block-end: 2em !important }'); document.adoptedStyleSheets = [s]; return true; })()`, []int64{1280, 390, 320, 256}},
	{"from right to left", 16, `(document.documentElement.dir = 'rtl', true)`, []int64{1280, 390, 320, 256}},
}

// fits shows a page in each dress: it must never scroll sideways.
func (b *tab) fits(address string) {
	b.t.Helper()
	for _, d := range dresses {
		call(b, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: d.text}})
		b.show(address)
		js[bool](b, d.put)
		for _, w := range d.widths {
			b.width(w)
			if wide := js[[]string](b, overflow); len(wide) > 0 {
				b.t.Errorf("%s, at %d px, the page scrolls sideways: %q", d.name, w, wide)
			}
		}
		b.must(fmt.Sprintf(`matchMedia('(max-width: 40rem)').matches === innerWidth <= 40*%d`, d.text), "the text size is not the browser's")
	}
}

func TestFits(t *testing.T) {
	s, b := demoSite(t), open(t)
	s.each(t, func(t *testing.T, address string) { b.in(t).fits(address) })
}

// arabic is a site that is read from right to left.
var arabic = map[string]string{
	"site.yaml":        "title: أسئلة\ntagline: أسئلة الناس وأجوبتها.\nlang: ar\ntimezone: UTC\ntopics:\n  time:\n    title: الوقت\n    text: كيف يتفق العالم على الوقت.\n",
	"glossary/leap.md": "---\nterm: ثانية كبيسة\nshort: ثانية تضاف إلى الساعات لكي توافق دوران الأرض.\n---\n",
	"explainers/leap.md": `---
title: ما هي الثانية الكبيسة ولماذا تلغى؟
standfirst: منذ عام 1972 توقفت ساعات العالم ثانية واحدة 27 مرة لكي توافق دوران الأرض.
status: published
published: 2024-01-15
topics: [time]
questions:
  - question: ما هي الثانية الكبيسة؟
    id: what
    short: هي ثانية تضاف إلى آخر يوم من حزيران أو كانون الأول.
    answer: |
      تضاف ثانية كبيسة إلى الساعات حين يبتعد الوقت الذري عن دوران الأرض [@bipm].
  - question: لماذا تلغى؟
    id: why
    short: لأن معظم البرامج لا تعرف كيف تكتبها.
    answer: |
      توقفت مواقع كثيرة عن العمل في عام 2012، ولا يعرف أحد كم كلف ذلك [@bipm].
sources:
  - id: bipm
    title: القرار الرابع
    type: document
    publisher: المكتب الدولي
    issued: 2022-11
    url: https://www.bipm.org/en/cgpm-2022/resolution-4
    attribution: document
timeline:
  - date: 1972-06-30
    title: أول ثانية كبيسة
    text: أضيفت أول ثانية كبيسة إلى الساعات.
---
`,
}

// TestRightToLeft holds a site in Arabic to the same.
func TestRightToLeft(t *testing.T) {
	b := open(t)
	if byHand() {
		t.Skip("only what we build")
	}
	dir := filepath.Join(scratch, "arabic")
	build(t, dir, overlay(t, fstest.MapFS{}, arabic), pages.Options{})
	s := serve(t, dir)
	b.home = s.url
	for _, file := range []string{"index.html", "explainers/leap/index.html", "timeline/index.html", "glossary/index.html", "search/index.html"} {
		t.Run(file, func(t *testing.T) {
			if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
				t.Fatal(err)
			}
			b := b.in(t)
			b.show(s.address(file))
			b.must(`document.dir === 'rtl' && document.documentElement.lang === 'ar' && getComputedStyle(document.body).direction === 'rtl'`, "the page is not read from right to left")
			b.fits(s.address(file))
		})
	}
}

// TestWholeNames looks for names with a hyphen that are broken at it, where they
// stand large, and for what is copied of them.
func TestWholeNames(t *testing.T) {
	b := explainer(t)
	for _, w := range []int64{1280, 640, 390, 320} {
		b.width(w)
		b.must(`document.querySelectorAll('.nb').length > 5 && [...document.querySelectorAll('.nb')].every(e => e.getClientRects().length < 2)`,
			fmt.Sprintf("at %d px a name is broken", w))
		b.must(`(document.querySelector('a[href="#term-isis-k"]').click(), document.querySelector('#link_card .nb').getClientRects().length === 1)`, "in the card of a term a name is broken")
		b.must(`[...document.querySelectorAll('.known li, .gl dt')].every(e => !/ISIS-K/.test(e.textContent) || e.querySelector('.nb'))`, "a name may break in a term or in what is not known")
	}
	b.must(`[...document.querySelectorAll('.nb')].every(e => !/flex|grid/.test(getComputedStyle(e.parentNode).display))`, "a name is laid out apart from its text")
	b.must(`(getSelection().selectAllChildren(document.querySelector('h1')), /ISIS-K/.test(getSelection().toString()))`, "what is copied is another text")
}

// TestScrolls looks at what is wider than the page: it scrolls by itself, says so
// at its edge, and is in reach of the keyboard.
func TestScrolls(t *testing.T) {
	b := explainer(t)
	b.width(320)
	b.must(`[...document.querySelectorAll('.table, pre')].some(e => e.scrollWidth > e.clientWidth)`, "nothing is wider than the page")
	b.must(`[...document.querySelectorAll('.table, pre')].every(e => e.tabIndex === 0 && e.getAttribute('role') === 'group' && /: ./.test(e.ariaLabel) && getComputedStyle(e).overflowX === 'auto' &&
		/gradient/.test(getComputedStyle(e).backgroundImage))`, "it has no name, or does not say that there is more")
	b.must(`getComputedStyle(document.body).hyphens === 'auto'`, "words are cut without a hyphen")
}

// TestForcedColors looks at lines that mean something where the reader's own
// colours replace ours: a background is gone, so each must be a border.
func TestForcedColors(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.media("forced-colors", "active", "prefers-reduced-motion", "reduce")
	lines := fmt.Sprintf(`%s.flatMap(([selector, pseudo, style]) => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).slice(0, 3).filter(e => {
		const c = getComputedStyle(e, pseudo);
		return parseFloat(c.borderInlineStartWidth) < 1 || style && c.borderTopStyle !== style;
	}).map(() => selector + pseudo))`, `[['.br', '::before', ''], ['.mark', '::before', ''], ['.br.dash', '::before', 'dashed'], ['.tl li', '::after', ''],
		['.tl .approx', '::after', 'dashed'], ['.tl .flag', '', ''], ['.btn', '', ''], ['.pills a', '', ''], ['.az a', '', '']]`)
	s.each(t, func(t *testing.T, address string) {
		b := b.in(t)
		b.show(address)
		b.must(`matchMedia('(forced-colors: active)').matches`, "colours are not forced")
		for _, lost := range js[[]string](b, lines) {
			t.Errorf("%s has lost its line", lost)
		}
		b.must(`[...document.querySelectorAll('.pills [aria-current], .qnav [aria-current]')].every(e => getComputedStyle(e).outlineStyle !== 'none')`, "what is chosen looks like the rest")
	})
}

// TestReducedMotion finds what still moves where the reader asked for less.
func TestReducedMotion(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.media("prefers-reduced-motion", "reduce")
	const moving = `[...document.querySelectorAll('*')].flatMap(e => ['', '::before', '::after'].filter(p => {
		const c = getComputedStyle(e, p || null), long = s => s.split(',').some(d => parseFloat(d) > .01);
		return long(c.transitionDuration) && c.transitionProperty !== 'none' || c.animationName !== 'none' && (c.animationDuration === 'auto' || long(c.animationDuration));
	}).map(p => (e.id ? '#' + e.id : e.tagName.toLowerCase() + '.' + e.className) + p))`
	s.each(t, func(t *testing.T, address string) {
		b := b.in(t)
		b.show(address)
		if list := js[[]string](b, `[...new Set(`+moving+`)]`); len(list) > 0 {
			t.Errorf("still moving: %q", list)
		}
		b.must(`getComputedStyle(document.documentElement).scrollBehavior === 'auto'`, "the page scrolls smoothly")
	})
}

// TestWordmark sets the text to 200 % on the narrowest phone: the name of the site
// is broken between its words alone.
func TestWordmark(t *testing.T) {
	s, b := demoSite(t), open(t)
	call(b, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: 32}})
	b.show(s.page(t, "home"))
	b.width(320)
	b.must(`(mark => {
		const text = mark.firstChild, words = [...text.data.matchAll(/\S+/g)], r = new Range();
		return words.length > 1 && words.every(w => (r.setStart(text, w.index), r.setEnd(text, w.index + w[0].length), r.getClientRects().length === 1));
	})(document.querySelector('.site .mark'))`, "the wordmark is broken within a word")
}

// TestFlags looks at each event's flags: beside its date, or under its headline.
func TestFlags(t *testing.T) {
	b := explainer(t)
	for _, w := range []int64{1280, 390} {
		b.width(w)
		b.must(`(at => [...document.querySelectorAll('.tl .flags')].every(f => {
			const [flag, when, title] = [f, f.parentNode.querySelector('.when'), f.parentNode.querySelector('h3')].map(at);
			return flag.top >= title.bottom || flag.left >= when.right - 1 && flag.top < when.bottom;
		}))(e => e.getBoundingClientRect()) && document.querySelectorAll('.tl .flags').length > 1`, fmt.Sprintf("at %d px a flag stands above a headline", w))
	}
}

// TestEmbedName gives a site a long name: on an embed it stands apart from the link.
func TestEmbedName(t *testing.T) {
	b := open(t)
	if byHand() {
		t.Skip("only what we build")
	}
	dir := filepath.Join(scratch, "embed")
	build(t, dir, overlay(t, fstest.MapFS{}, map[string]string{
		"site.yaml":         "title: The Harbour and Coastal Observer of the Northern Islands and Their Waters\nbase_url: https://example.org/\noutputs: [cards]\n",
		"explainers/sea.md": "---\ntitle: What is the sea?\nstandfirst: Water.\npublished: 2024-01-15\n---\n## Why? {#why}\n\nSo.\n",
	}), pages.Options{})
	s := serve(t, dir)
	b.home = s.url
	b.show(s.address("explainers/sea/why/embed.html"))
	for _, w := range []int64{1280, 700, 390, 256} {
		b.width(w)
		b.must(`(at => {
			const link = at('.note a'), mark = at('.mark');
			return mark.top >= link.bottom + 4 || mark.left >= link.right + 8;
		})(s => document.querySelector(s).getBoundingClientRect())`, fmt.Sprintf("at %d px the site's name touches the link", w))
	}
}
