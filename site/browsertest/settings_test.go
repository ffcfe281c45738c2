package browsertest

import (
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

const paper = `getComputedStyle(document.body).backgroundColor`

func (b *tab) rootSize() float64 {
	b.t.Helper()
	return js[float64](b, `parseFloat(getComputedStyle(document.documentElement).fontSize)`)
}

// choose picks a setting with a pointer.
func (b *tab) choose(id string) {
	b.t.Helper()
	if !js[bool](b, `!!document.querySelector('#reading_settings:popover-open')`) {
		openSettings(b)
	}
	b.click(`label:has(#` + id + `) span`)
	b.wait(`document.getElementById('` + id + `').checked`)
}

// TestSettings chooses colours and text size on every kind of page, without a
// script: they hold for this page.
func TestSettings(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.noScript()
	b.media("prefers-color-scheme", "light", "prefers-reduced-motion", "reduce")
	s.each(t, func(t *testing.T, address string) {
		b := b.in(t)
		b.show(address)
		light, size := js[string](b, paper), b.rootSize()
		b.choose("theme_dark")
		b.must(paper+` !== `+quote(light), "dark is as light")
		b.must(`getComputedStyle(document.documentElement).colorScheme === 'dark'`, "the browser's own parts are not dark")
		b.choose("size_l")
		large := b.rootSize()
		b.choose("size_xl")
		if largest := b.rootSize(); !(size < large && large < largest) {
			t.Errorf("text sizes are %g, %g, %g", size, large, largest)
		}
		b.choose("theme_light")
		b.must(paper+` === `+quote(light), "light is not as light as before")
	})
}

// TestSettingsByKeyboard does so without a pointer.
func TestSettingsByKeyboard(t *testing.T) {
	b := explainer(t)
	b.media("prefers-color-scheme", "light", "prefers-reduced-motion", "reduce")
	b.tabUntil(`document.activeElement.matches('button.aa')`)
	b.press(kb.Enter)
	b.wait(`document.querySelector('#reading_settings:popover-open')`)
	b.press(kb.Tab)
	b.must(`document.activeElement.matches('#theme_auto')`, "Tab does not go into the settings")
	b.press(kb.ArrowRight)
	b.press(kb.ArrowRight)
	b.wait(`document.activeElement.matches('#theme_dark') && document.activeElement.checked`)
	b.press(kb.Tab)
	b.must(`document.activeElement.name === 'size'`, "Tab does not go on to the text size")
	b.press(kb.Escape)
	b.wait(`!document.querySelector('#reading_settings:popover-open')`)
	b.must(`document.activeElement.matches('button.aa')`, "Escape does not give the focus back")
}

// asBodyBegins notes what holds when there is something to paint first.
const asBodyBegins = `new MutationObserver((_, o) => {
	if (document.body) { window.first = {...document.documentElement.dataset}; o.disconnect(); }
}).observe(document, {childList: true, subtree: true})`

// TestSettingsRemembered goes on to another page, and comes back to this one.
func TestSettingsRemembered(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.media("prefers-color-scheme", "light", "prefers-reduced-motion", "reduce")
	call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: asBodyBegins})
	b.show(s.page(t, "explainer"))
	light := js[string](b, paper)
	b.choose("theme_dark")
	b.choose("size_l")
	for _, kind := range []string{"glossary", "explainer"} {
		b.show(s.page(t, kind))
		b.wait(`window.first`)
		b.must(`first.theme === 'dark' && first.size === 'l'`, kind+" begins without what was chosen")
		// The parser waits for such a script, and so does the first frame.
		b.must(`document.querySelector('head script[src]:not([async], [defer], [type=module])')`, kind+" is painted before its script has run")
		b.must(paper+` !== `+quote(light), kind+" is light")
		b.wait(`document.querySelector('#theme_dark').checked && document.querySelector('#size_l').checked`)
	}
	b.choose("theme_auto")
	b.choose("size_m")
	b.must(paper+` === `+quote(light), "the colours of the system are not to be had back")
	b.show(s.page(t, "glossary"))
	b.must(paper+` === `+quote(light), "the colours of the system are not remembered")
}
