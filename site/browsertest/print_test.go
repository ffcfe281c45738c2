package browsertest

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// sheet finds the pages of a PDF, as Chromium writes them.
var sheet = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// TestPrint prints every kind of page: what is only for a screen stays off the
// paper, and the addresses of sources are on it.
func TestPrint(t *testing.T) {
	s, b := demoSite(t), open(t)
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	s.each(t, func(t *testing.T, address string) {
		b := b.in(t)
		b.show(address)
		kept := js[[]string](b, `[...document.querySelectorAll('.site, .qbar, .qnav, .tools, .skip, .foot, button, input, .ctl .pills, .az')]
			.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))`)
		if len(kept) > 0 {
			t.Errorf("on paper there is %q", kept)
		}
		b.must(`[...document.querySelectorAll('main a')].every(a => !a.checkVisibility() ||
			/^https?:/.test(a.getAttribute('href')) === /attr\(href|https?:/.test(getComputedStyle(a, '::after').content))`,
			"links that leave the page have an address on paper, and no others")
		lost := js[[]string](b, `[...document.querySelectorAll('main h1, main h2, main h3')].filter(h => h.checkVisibility() && !h.closest('header, li') &&
			![...h.parentNode.children].some(e => e !== h && e.checkVisibility())).map(h => h.textContent)`)
		if len(lost) > 0 {
			t.Errorf("on paper there is nothing under %q", lost)
		}
		b.must(`/^rgb\(255, 255, 255\)$|, 0\)$/.test(getComputedStyle(document.body).backgroundColor)`, "the paper is not white")
	})
}

// TestPrintedContent prints a page that was read in dark colours and large letters.
func TestPrintedContent(t *testing.T) {
	b := explainer(t)
	js[bool](b, `(Object.assign(document.documentElement.dataset, {theme: 'dark', size: 'xl'}), true)`)
	const content = `[...document.querySelectorAll('main :is(h1, h2, h3, p, li, dt, dd, td, figure, pre)')]
		.filter(e => !e.matches('.js, .tools *, .acts, .qnav *, .qbar *, .vh, .pager *') && e.checkVisibility())`
	js[bool](b, `(window.onScreen = `+content+`, true)`)
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	if lost := js[[]string](b, `onScreen.filter(e => !e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))`); len(lost) > 0 {
		t.Errorf("lost on paper: %q", lost)
	}
	b.must(`getComputedStyle(document.documentElement).colorScheme === 'light' && getComputedStyle(document.body).color === 'rgb(0, 0, 0)'`,
		"the print is not black on white")
	b.must(`getComputedStyle(document.documentElement).fontSize === '16px'`, "the print has the reader's letters")
	b.must(`[...document.querySelectorAll('.qa > h2')].every(h => /counter/.test(getComputedStyle(h, '::before').content))`, "an answer has lost its number")
}

// TestPrintedPages counts the sheets that an explainer takes.
func TestPrintedPages(t *testing.T) {
	b := explainer(t)
	words := js[int](b, `document.querySelector('main').textContent.trim().split(/\s+/).length`)
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	sheets := len(sheet.FindAll(pdf, -1))
	within(t, fmt.Sprintf("sheets for %d words", words), sheets, 1+words/300)
}
