package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const cardOpen = `document.querySelector('#link_card:popover-open')`

// element is the first that a selector finds.
func element(selector string) string { return `document.querySelector(` + quote(selector) + `)` }

// cardLinks are the links that open a card: of a term, and of a source with a
// link of its own.
func cardLinks(b *tab) map[string]string {
	b.t.Helper()
	return map[string]string{"term": "main a.term", "source": js[string](b, `'#' + [...document.querySelectorAll('main .cite>a')]
		.find(a => document.querySelector(a.hash + '>:not(.back) a')).id`)}
}

// eachCard opens the explainer for each kind of link that opens a card.
func eachCard(t *testing.T, test func(b *tab, link string)) {
	b := explainer(t)
	for name, link := range cardLinks(b) {
		t.Run(name, func(t *testing.T) {
			b := b.in(t)
			b.show(demoSite(t).page(t, "explainer"))
			test(b, link)
		})
	}
}

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

// TestCardByKeyboard reads a card with the keyboard alone.
func TestCardByKeyboard(t *testing.T) { eachCard(t, cardByKeyboard) }

func cardByKeyboard(b *tab, selector string) {
	link := element(selector)
	b.tabUntil(`document.activeElement === ` + link)
	b.settled("600")
	b.must(`!`+cardOpen, "focus alone opens the card")
	b.must(link+`.getAttribute('aria-expanded') === 'false'`, "a closed card is told to be open")

	b.press(kb.Enter)
	b.wait(cardOpen)
	b.wait(`document.querySelector('#link_card').contains(document.activeElement)`)
	b.must(`document.activeElement.closest('[role=dialog]')`, "the card is no dialog")
	b.must(`document.getElementById(document.querySelector('#link_card').getAttribute('aria-labelledby')).textContent.trim()`, "the card has no name")
	b.wait(link + `.getAttribute('aria-expanded') === 'true'`)
	b.must(`location.hash === ''`, "Enter follows the link too")

	b.press(kb.Tab)
	b.must(`document.activeElement.matches('#link_card a[href]')`, "the first stop in the card is not its link")
	b.tabUntil(`!document.activeElement.matches('#link_card a')`)
	b.must(`document.activeElement.matches('#link_card button')`, "the last stop in the card is not Close")
	b.must(`document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()`, "Close has no name")
	b.press(kb.Tab)
	b.must(`document.activeElement === (all => all[all.indexOf(`+link+`) + 1])
		([...document.querySelectorAll('main a[href], main button, main input')].filter(e => e.checkVisibility() && !e.closest('#link_card, [popover]:not(:popover-open)')))`,
		"Tab does not go on behind the link")
}

// TestCardGivesFocusBack closes the card in the ways there are.
func TestCardGivesFocusBack(t *testing.T) { eachCard(t, cardGivesFocusBack) }

func cardGivesFocusBack(b *tab, selector string) {
	link := element(selector)
	for name, leave := range map[string]func(){
		"Escape":             func() { b.press(kb.Escape) },
		"Close, by keyboard": func() { b.tabUntil(`document.activeElement.matches('#link_card button')`); b.press(kb.Enter) },
		"Close, by mouse":    func() { b.click("#link_card button") },
	} {
		b.t.Run(name, func(t *testing.T) {
			b := b.in(t)
			openCard(b, selector)
			leave()
			b.wait(`!` + cardOpen)
			b.wait(`document.activeElement === ` + link)
			b.wait(link + `.getAttribute('aria-expanded') === 'false'`)
		})
	}
}

// stopwatch notes when the pointer came to a link and when the card opened.
func stopwatch(link string) string {
	return `(() => {
	const a = ` + element(link) + `;
	addEventListener('pointerover', e => { if (e.target === a) window.came ??= performance.now(); }, true);
	addEventListener('beforetoggle', e => { if (e.target.id === 'link_card' && e.newState === 'open') window.opened ??= performance.now(); }, true);
	return true;
})()`
}

// TestCardByMouse opens the card by resting on the link (WCAG 2.2, 1.4.13).
func TestCardByMouse(t *testing.T) { eachCard(t, cardByMouse) }

func cardByMouse(b *tab, link string) {
	b.media("prefers-reduced-motion", "reduce")
	js[bool](b, stopwatch(link))
	x, y := b.centre(link)
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

// TestCardLink follows the link where the reader asks for it.
func TestCardLink(t *testing.T) { eachCard(t, cardLink) }

func cardLink(b *tab, link string) {
	x, y := b.centre(link)
	js[bool](b, `(window.kept = null, addEventListener('click', e => { window.kept = e.defaultPrevented; e.preventDefault(); }), true)`)
	b.do(chromedp.MouseClickXY(x, y, chromedp.ButtonModifiers(chromedp.ModifierCtrl)))
	b.wait(`kept !== null`)
	b.must(`kept === false`, "Ctrl and click does not follow the link")
	b.settled("400")
	b.must(`!(`+cardOpen+` && document.querySelector('#link_card').contains(document.activeElement))`, "Ctrl and click opens the card")
}

// TestCardOnPhone taps a link.
func TestCardOnPhone(t *testing.T) { eachCard(t, cardOnPhone) }

func cardOnPhone(b *tab, link string) {
	b.phone()
	b.media("prefers-reduced-motion", "reduce")
	b.do(chromedp.Reload())
	b.tap(link)
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
	hash := js[string](b, element("main a.term")+`.hash`)
	b.click("main a.term")
	b.wait(`location.hash && location.hash === ` + quote(hash))
	b.must(`document.querySelector(':target').closest('.gl')`, "the term leads to no key term")
	b.onScreen(":target")
	b.must(fmt.Sprintf(`%s !== %s`, background(":target"), background(".gl > :not(:target)")), "the key term is not highlighted")
}

func background(selector string) string {
	return `getComputedStyle(document.querySelector(` + quote(selector) + `)).backgroundColor`
}

// TestSourceCard reads what the card says of a source.
func TestSourceCard(t *testing.T) {
	b := explainer(t)
	mark := cardLinks(b)["source"]
	openCard(b, mark)
	b.must(`(said => [...document.querySelectorAll(`+element(mark)+`.hash + '>:not(.back)')].every(part => said.includes(part.textContent)))
		(document.querySelector('#link_card').textContent)`, "the card says less than the list")
	b.must(`!document.querySelector('#link_card .back, #link_card [href^="#cite"]')`, "the card leads back to where the reader is")
	b.must(`[...document.querySelectorAll('main a[href^="#source-"]')].every(a => a.closest('.srcs, #link_card') || a.ariaHasPopup === 'dialog')`,
		"not every link to a source has its card")
}

// TestSourcesOfAnswers looks at the sources behind each answer: beside their numbers, which
// are those of the list, their titles where there is room, and on a phone the numbers alone.
func TestSourcesOfAnswers(t *testing.T) {
	b := explainer(t)
	for w, titled := range map[int64]bool{1280: true, 390: false} {
		b.width(w)
		b.must(fmt.Sprintf(`(all => all.length > 4 && all.every(a => {
			const source = document.querySelector(a.hash), text = new Range(), box = a.getBoundingClientRect();
			text.selectNodeContents(a);
			return getComputedStyle(a, '::before').content === '"' + ([...source.parentNode.children].indexOf(source) + 1) + '"' &&
				source.firstElementChild.textContent.endsWith(a.textContent) &&
				text.getBoundingClientRect().bottom <= box.bottom + 1 === %v && box.height >= %d;
		}))([...document.querySelectorAll('.app a[href^="#source-"]')])`, titled, map[bool]int{true: 18, false: 24}[titled]),
			fmt.Sprintf("at %d px the sources of an answer are not shown so", w))
	}
}

// TestCitationWithoutScript follows a mark to its source, and the way back.
func TestCitationWithoutScript(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.noScript()
	b.show(s.page(t, "explainer"))
	b.must(`[...document.querySelectorAll('.cite>a')].every(a => new RegExp('^Source ' + a.textContent + ': .').test(a.ariaLabel))`,
		"a mark is not named by its source")
	b.must(`[...document.querySelectorAll('.cite>a')].every(a => [...document.querySelectorAll(a.hash + ' .back a')].some(back => document.querySelector(back.hash).contains(a)))`,
		"a source does not lead back to one of its marks, or to the event or picture that it stands under")
	b.must(`(all => all.length && all.every(a => /^Back to citation .+‘.+’$/.test(a.ariaLabel) && document.getElementById(a.hash.slice(1))))
		([...document.querySelectorAll('.back a')])`, "a way back has no name, or leads nowhere")

	mark := cardLinks(b)["source"]
	plain := js[string](b, background(mark))
	b.click(mark)
	b.wait(`location.hash === ` + element(mark) + `.hash`)
	b.onScreen(".srcs > :target")
	b.must(background(":target")+` !== `+background(".srcs > :not(:target)"), "the source is not highlighted")
	b.click(`:target .back [href="` + mark + `"]`)
	b.wait(`location.hash === ` + quote(mark))
	b.onScreen(".cite > :target")
	b.must(background(":target")+` !== `+quote(plain), "the mark is not highlighted")
}

// onScreen holds that all of an element is seen.
func (b *tab) onScreen(selector string) {
	b.t.Helper()
	b.must(`(r => r.top >= 0 && r.bottom <= innerHeight)(`+element(selector)+`.getBoundingClientRect())`, selector+" is not on the screen")
}
