package browsertest

import (
	"fmt"
	"strings"
	"testing"

	browserproto "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const sheetOpen = `document.querySelector('#question_list:popover-open')`

// TestQuestionSheet opens the questions on a phone, with a script and without.
func TestQuestionSheet(t *testing.T) {
	s := demoSite(t)
	for name, scripting := range map[string]bool{"with script": true, "without script": false} {
		t.Run(name, func(t *testing.T) {
			b := open(t)
			if !scripting {
				b.noScript()
			}
			b.phone()
			b.media("prefers-reduced-motion", "reduce")
			b.show(s.page(t, "explainer"))
			b.must(`!document.querySelector('#question_list').checkVisibility()`, "the questions are open from the start")
			b.tap(".qbar button")
			b.wait(sheetOpen)
			b.must(`(r => Math.abs(r.bottom - innerHeight) < 1 && Math.abs(r.right - innerWidth) < 1)(`+sheetOpen+`.getBoundingClientRect())`,
				"the questions are no sheet at the foot of the screen")
			b.must(`document.querySelectorAll('#question_list ol a').length === document.querySelectorAll('section.qa').length`, "a question is missing")
			b.tap("#question_list ol li:nth-child(3) a")
			b.wait(`location.hash === document.querySelector('#question_list ol li:nth-child(3) a').hash`)
			if scripting {
				b.wait(`!` + sheetOpen)
				b.wait(barNames("3"))
			}
		})
	}
}

// barNames is whether the bar names the n-th question, and its number.
func barNames(n string) string {
	return `(document.querySelector('.qbar [data-q]').textContent.trim() ===
		document.querySelector('#question_list ol li:nth-child(` + n + `) a').textContent.trim() &&
		document.querySelector('.qbar [data-n]').textContent.includes('` + n + `'))`
}

// TestQuestionSheetByKeyboard does so without a pointer.
func TestQuestionSheetByKeyboard(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.width(390)
	b.media("prefers-reduced-motion", "reduce")
	b.show(s.page(t, "explainer"))
	b.focus(".qbar button")
	b.press(kb.Enter)
	b.wait(sheetOpen)
	b.press(kb.Tab)
	b.must(`document.activeElement.matches('#question_list a')`, "Tab does not go into the sheet")
	b.press(kb.Escape)
	b.wait(`!` + sheetOpen)
	b.must(`document.activeElement.matches('.qbar button')`, "Escape does not give the focus back")
}

// TestQuestionBar follows the reader on a phone.
func TestQuestionBar(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.phone()
	b.show(s.page(t, "explainer"))
	for _, n := range []string{"1", "4", "2"} {
		js[bool](b, `document.querySelectorAll('section.qa')[`+n+` - 1].scrollIntoView(), true`)
		b.wait(barNames(n))
		b.must(`(r => Math.abs(r.top) < 1 && r.height >= 44)(document.querySelector('.qbar').getBoundingClientRect())`, "the bar has left the screen")
	}
	js[bool](b, `scrollTo(0, 0), true`) // above the first question it names none
	b.wait(`document.querySelector('.qbar [data-n]').textContent === '' &&
		document.querySelector('.qbar [data-q]').textContent.trim().startsWith('4 ') && !document.querySelector('#question_list [aria-current]')`)
}

// TestQuestionRail follows the reader on a wide screen.
func TestQuestionRail(t *testing.T) {
	b := explainer(t)
	b.must(`!document.querySelector('.qbar').checkVisibility()`, "the bar of phones is shown")
	for _, n := range []string{"2", "4"} {
		js[bool](b, `document.querySelectorAll('section.qa')[`+n+` - 1].scrollIntoView(), true`)
		b.wait(`document.querySelector('#question_list ol li:nth-child(` + n + `) a').getAttribute('aria-current') === 'true'`)
		b.must(`document.querySelectorAll('#question_list [aria-current]').length === 1`, "two questions are current")
		b.must(`(r => r.top >= 0 && r.top < innerHeight/2)(document.querySelector('#question_list').getBoundingClientRect())`, "the rail has left the screen")
	}
}

// TestPermalinks looks at the number beside each question.
func TestPermalinks(t *testing.T) {
	b := explainer(t)
	b.must(`document.querySelector('section.qa')`, "there are no questions")
	b.must(`document.querySelectorAll('section.qa[id] > a.num').length === document.querySelectorAll('section.qa').length`, "a question lacks its number")
	b.must(`[...document.querySelectorAll('a.num')].every(a => a.getAttribute('href').endsWith('#' + a.closest('section').id) && !a.closest('h1, h2, h3'))`,
		"a permalink leads elsewhere or stands in a heading")
}

// TestCopyLink copies the address of the page and says so.
func TestCopyLink(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.allowClipboard()
	b.show(s.page(t, "explainer"))
	b.must(`!document.querySelector('[role=status]')?.textContent.trim()`, "something is announced from the start")
	openMenu(b)
	b.focus("[data-copy]")
	b.press(kb.Enter)
	b.wait(`[...document.querySelectorAll('[role=status]')].some(e => e.textContent.trim() === 'Link copied')`)
	if got, want := later[string](b, `navigator.clipboard.readText()`), js[string](b, `document.querySelector('link[rel=canonical]').href`); got != want {
		t.Errorf("copied %s, want %s", got, want)
	}
	b.focus("[data-copy=cite_line]")
	b.press(kb.Enter)
	b.wait(`[...document.querySelectorAll('[role=status]')].some(e => e.textContent.trim() === 'Citation copied')`)
	if got := later[string](b, `navigator.clipboard.readText()`); !strings.Contains(got, "as of ") || !strings.HasSuffix(got, "/explainers/isis-k/") {
		t.Errorf("copied %s to cite the page with", got)
	}
}

// TestCopyRefused shows what the browser keeps from the clipboard, so that it can be
// copied by hand.
func TestCopyRefused(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.clipboard(browserproto.PermissionSettingDenied)
	b.show(s.page(t, "explainer"))
	js[any](b, `void (prompt = (label, text) => { shown = text })`) // the real one waits for its reader
	openMenu(b)
	b.focus("[data-copy=cite_line]")
	b.press(kb.Enter)
	b.wait(`window.shown === document.getElementById('cite_line').textContent`)
	b.must(`!document.querySelector('[role=status]')?.textContent.trim()`, "it says that something was copied")
}

// openMenu opens the menu of an explainer by the keyboard.
func openMenu(b *tab) {
	b.t.Helper()
	b.focus("[popovertarget=page_menu]")
	b.press(kb.Enter)
	b.wait(`document.querySelector('#page_menu:popover-open')`)
}

// TestMenu walks through the menu, and leaves it by Escape. Without script it opens,
// too, and has what works there.
func TestMenu(t *testing.T) {
	s := demoSite(t)
	for _, script := range []bool{true, false} {
		b := open(t)
		if !script {
			b.noScript()
		}
		b.show(s.page(t, "explainer"))
		openMenu(b)
		b.tabUntil(`document.activeElement.closest('#page_menu')`)
		b.must(`[...document.querySelectorAll('#page_menu :is(a, button)')].every(e => !e.checkVisibility() || Math.round(e.getBoundingClientRect().height) >= 44)`,
			"a control of the menu is small")
		b.must(fmt.Sprintf(`[...document.querySelectorAll('#page_menu button')].every(e => e.checkVisibility() === %t)`, script),
			"a button is shown where it does nothing, or is not where it does")
		b.must(`document.querySelector('#page_menu a[href$="topics/security/feed.xml"]')`,
			"the page does not show what can be followed")
		b.press(kb.Escape)
		b.wait(`!document.querySelector('#page_menu:popover-open') && document.activeElement.matches('[popovertarget=page_menu]')`)
	}
}

// TestShare offers the browser's own sheet where there is one.
func TestShare(t *testing.T) {
	s, b := demoSite(t), open(t)
	call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `navigator.share = async what => { window.shared = what }`})
	b.show(s.page(t, "card"))
	b.must(`document.querySelector('[data-copy]').textContent === 'Share'`, "the button does not say what it does")
	b.click("[data-copy]")
	b.wait(`window.shared?.url === document.querySelector('[property="og:url"]').content`)
	b.must(`window.shared.url.endsWith('/isis-k/attacks/')`, "a card is shared as the whole explainer")
}

// TestPrintButton asks the browser to print.
func TestPrintButton(t *testing.T) {
	b := explainer(t)
	js[bool](b, `(window.print = () => { window.printed = true }, true)`)
	openMenu(b)
	b.click("[data-print]")
	b.wait(`window.printed`)
}

// TestSinceLastVisit has the reader return after a long time. Nothing is kept of a
// visit before the reader asks for it, one day a page then, and nothing afterwards.
func TestSinceLastVisit(t *testing.T) {
	s, b := demoSite(t), open(t)
	address := s.address("explainers/how-to-write-an-explainer/index.html")
	const (
		isNew = `!!document.querySelector('.upd')?.innerText.includes('new since your last visit')`
		kept  = `Object.keys(localStorage).length`
	)
	tick := func() {
		b.t.Helper()
		openSettings(b)
		b.click(`label:has(#mark_changes)`)
	}
	b.show(address)
	b.must(`document.querySelector('.upd')`, "no answer has been updated")
	b.show(address)
	b.must(kept+` === 0`, "a visit is kept, and nobody asked for it")
	b.must(`!document.querySelector('#mark_changes').checked`, "it is asked for from the start")
	tick()
	b.wait(kept + ` === 2`)
	b.must(`Object.keys(localStorage).every(k => k.startsWith('nutgraf '))`, "what is kept could be another site's")
	b.show(address)
	b.must(`!`+isNew, "something is new to who was here just now")
	longAgo := func() {
		b.t.Helper()
		js[bool](b, `(Object.keys(localStorage).forEach(k => localStorage[k] = localStorage[k].replace(/\d{4}-\d\d-\d\d/g, '2001-01-01')), true)`)
		b.show(address)
		b.wait(isNew)
	}
	longAgo()
	b.must(`document.querySelector('#mark_changes').checked`, "it is not shown that marks were asked for")
	b.show(s.address("explainers/leap-second/index.html"))
	b.must(kept+` === 3`, "not one day is kept for each page")
	b.show(s.address("glossary/index.html"))
	b.must(kept+` === 3`, "a page is kept on which nothing is marked")
	longAgo()
	js[bool](b, `(localStorage['nutgraf theme'] = 'auto', localStorage['another site'] = 'kept', true)`)
	tick()
	b.wait(`Object.keys(localStorage).sort().join() === 'another site,nutgraf theme'`)
	b.must(`!`+isNew, "a mark stays that nobody wants any more")
	b.show(address)
	b.must(kept+` === 2`, "a visit is kept that nobody asked for")
}

// TestNoRoomForVisits ticks the box while nothing more can be kept on the device: it does
// not stay ticked, and what others keep there stays.
func TestNoRoomForVisits(t *testing.T) {
	b := explainer(t)
	kept := js[int](b, `(() => {
		for (let size = 1 << 22; size; size >>= 1) {
			try { for (;;) localStorage.setItem('another site ' + localStorage.length, 'x'.repeat(size)); } catch { /* less of it */ }
		}
		return localStorage.length;
	})()`)
	openSettings(b)
	b.click(`label:has(#mark_changes)`)
	b.wait(`!document.querySelector('#mark_changes').checked`)
	if got := js[int](b, `localStorage.length`); got != kept {
		t.Errorf("%d things are kept, and there were %d", got, kept)
	}
}

// allowClipboard lets pages of this tab's profile write to the clipboard, as
// the press of a key does, and the test read it.
func (b *tab) allowClipboard() { b.t.Helper(); b.clipboard(browserproto.PermissionSettingGranted) }

func (b *tab) clipboard(setting browserproto.PermissionSetting) {
	b.t.Helper()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		_, err := chromedp.CallBrowser(b.ctx, browserproto.SetPermission, browserproto.SetPermissionParams{
			Permission: &browserproto.PermissionDescriptor{Name: name}, Setting: setting,
			BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID})
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// TestNumberBesideQuestion: a number stands on the line of its question, also where old
// ids lead to the answer.
func TestNumberBesideQuestion(t *testing.T) {
	s, b := demoSite(t), open(t)
	for _, w := range []int64{390, 1280} {
		b.width(w)
		b.show(s.url + "/explainers/leap-second/")
		b.must(`document.querySelector('.qa > span[id] ~ h2')`, "no answer has an old id")
		b.must(`[...document.querySelectorAll('.qa')].every(q => {
			const top = s => q.querySelector(s).getBoundingClientRect().top;
			return Math.abs(top('h2') - top('.num')) < 8;
		})`, "a number stands on another line than its question")
	}
}
