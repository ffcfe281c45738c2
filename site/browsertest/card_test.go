package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	cardOpen = `document.querySelector('#link_card:popover-open')`
	term     = `document.querySelector('main a.term')`
)

// explainer opens the explainer.
func explainer(t *testing.T) *tab {
	t.Helper()
	s, b := demoSite(t), open(t)
	b.show(s.page(t, "explainer"))
	return b
}

// tabUntil presses Tab until an expression is true of the page.
func (b *tab) tabUntil(expression string) {
	b.t.Helper()
	for range 200 {
		b.press(kb.Tab)
		if js[bool](b, `!!(`+expression+`)`) {
			return
		}
	}
	b.t.Fatalf("the keyboard never gets to %s", expression)
}

// TestCardByKeyboard reads a term card with the keyboard alone.
func TestCardByKeyboard(t *testing.T) {
	b := explainer(t)
	b.tabUntil(`document.activeElement === ` + term)
	b.settled("600")
	b.must(`!`+cardOpen, "focus alone opens the card")
	b.must(term+`.getAttribute('aria-expanded') === 'false'`, "a closed card is told to be open")

	b.press(kb.Enter)
	b.wait(cardOpen)
	b.wait(`document.querySelector('#link_card').contains(document.activeElement)`)
	b.must(`document.activeElement.closest('[role=dialog]')`, "the card is no dialog")
	b.must(`document.getElementById(document.querySelector('#link_card').getAttribute('aria-labelledby')).textContent.trim()`, "the card has no name")
	b.wait(term + `.getAttribute('aria-expanded') === 'true'`)
	b.must(`location.hash === ''`, "Enter follows the link too")

	b.press(kb.Tab)
	b.must(`document.activeElement.matches('#link_card a[href]')`, "the first stop in the card is not its link")
	b.press(kb.Tab)
	b.must(`document.activeElement.matches('#link_card button')`, "the second stop in the card is not Close")
	b.must(`document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()`, "Close has no name")
	b.press(kb.Tab)
	b.must(`document.activeElement === (all => all[all.indexOf(`+term+`) + 1])
		([...document.querySelectorAll('main a[href], main button, main input')].filter(e => e.checkVisibility() && !e.closest('#link_card, [popover]:not(:popover-open)')))`,
		"Tab does not go on behind the term")
}

// TestCardGivesFocusBack closes the card in the ways there are.
func TestCardGivesFocusBack(t *testing.T) {
	b := explainer(t)
	for name, leave := range map[string]func(){
		"Escape":             func() { b.press(kb.Escape) },
		"Close, by keyboard": func() { b.press(kb.Tab); b.press(kb.Tab); b.press(kb.Enter) },
		"Close, by mouse":    func() { b.click("#link_card button") },
	} {
		t.Run(name, func(t *testing.T) {
			b := b.in(t)
			openCard(b)
			leave()
			b.wait(`!` + cardOpen)
			b.wait(`document.activeElement === ` + term)
			b.wait(term + `.getAttribute('aria-expanded') === 'false'`)
		})
	}
}

// stopwatch notes when the pointer came to the term and when the card opened.
const stopwatch = `(() => {
	const a = ` + term + `;
	addEventListener('pointerover', e => { if (e.target === a) window.came ??= performance.now(); }, true);
	addEventListener('beforetoggle', e => { if (e.target.id === 'link_card' && e.newState === 'open') window.opened ??= performance.now(); }, true);
	return true;
})()`

// TestCardByMouse opens the card by resting on the term (WCAG 2.2, 1.4.13).
func TestCardByMouse(t *testing.T) {
	b := explainer(t)
	b.media("prefers-reduced-motion", "reduce")
	js[bool](b, stopwatch)
	x, y := b.centre("main a.term")
	b.point(x, y)
	b.wait(cardOpen)
	// No timer fires early, so this is no race; that it opens at all has been seen.
	b.must(`opened - came >= 299`, "the card opens at once")
	b.must(`!document.querySelector('#link_card').contains(document.activeElement)`, "the card takes the focus of who only points")

	at := js[[]float64](b, `(r => [r.left + r.width/2, r.top + r.height/2])(`+cardOpen+`.getBoundingClientRect())`)
	for i := 1.0; i <= 8; i++ {
		b.point(x+(at[0]-x)*i/8, y+(at[1]-y)*i/8)
	}
	b.settled("600")
	b.must(cardOpen, "the card closes under the pointer")
	b.point(2, 2)
	b.wait(`!` + cardOpen)

	b.point(x, y)
	b.wait(cardOpen)
	b.press(kb.Escape)
	b.wait(`!` + cardOpen)
}

// TestCardLink follows the term's link where the reader asks for it.
func TestCardLink(t *testing.T) {
	b := explainer(t)
	x, y := b.centre("main a.term")
	js[bool](b, `(window.kept = null, addEventListener('click', e => { window.kept = e.defaultPrevented; e.preventDefault(); }), true)`)
	b.do(chromedp.MouseClickXY(x, y, chromedp.ButtonModifiers(chromedp.ModifierCtrl)))
	b.wait(`kept !== null`)
	b.must(`kept === false`, "Ctrl and click does not follow the link")
	b.settled("400")
	b.must(`!(`+cardOpen+` && document.querySelector('#link_card').contains(document.activeElement))`, "Ctrl and click opens the card")
}

// TestCardOnPhone taps a term.
func TestCardOnPhone(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.phone()
	b.media("prefers-reduced-motion", "reduce")
	b.show(s.page(t, "explainer"))
	b.tap("main a.term")
	b.wait(cardOpen)
	b.must(`(r => Math.abs(r.bottom - innerHeight) < 1 && Math.abs(r.left) < 1 && Math.abs(r.right - innerWidth) < 1)(`+cardOpen+`.getBoundingClientRect())`,
		"the card is no sheet at the foot of the screen")
	b.must(`getComputedStyle(`+cardOpen+`).position === 'fixed'`, "the sheet moves with the page")
	b.tap("#link_card button")
	b.wait(`!` + cardOpen)
}

// TestTermWithoutScript follows a term to its place among the key terms.
func TestTermWithoutScript(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.noScript()
	b.show(s.page(t, "explainer"))
	hash := js[string](b, term+`.hash`)
	b.click("main a.term")
	b.wait(`location.hash && location.hash === ` + quote(hash))
	b.must(`document.querySelector(':target').closest('.gl')`, "the term leads to no key term")
	b.must(`(r => r.top >= 0 && r.bottom <= innerHeight)(document.querySelector(':target').getBoundingClientRect())`, "the key term is not on the screen")
	b.must(fmt.Sprintf(`%s !== %s`, background(":target"), background(".gl > :not(:target)")), "the key term is not highlighted")
}

func background(selector string) string {
	return `getComputedStyle(document.querySelector(` + quote(selector) + `)).backgroundColor`
}
