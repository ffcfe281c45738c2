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
		kept := js[[]string](b, `[...document.querySelectorAll('.site, .qbar, .qnav, .tools, .skip, .foot, button, input, .pills, .az')]
			.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))`)
		if len(kept) > 0 {
			t.Errorf("on paper there is %q", kept)
		}
		b.must(`[...document.querySelectorAll('.srcs a[href^=http]')].every(a => /attr\(href|https?:/.test(getComputedStyle(a, '::after').content))`, "a source has no address on paper")
		b.must(`/^rgb\(255, 255, 255\)$|, 0\)$/.test(getComputedStyle(document.body).backgroundColor)`, "the paper is not white")
	})
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
