package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// A stop is what a press of Tab leads to, and what is wrong with it.
type stop struct {
	What  string
	Again bool // or the focus has left the page
	Wrong []string
}

// lookAtStop judges the element with the focus: its ring (3 px), its size as a
// target (a control 44 px, else 24 unless it is inline or stands alone; WCAG 2.2,
// 2.5.5 and 2.5.8), and that nothing that stays on the screen covers any of it
// (2.4.12). A radio button is seen as its label, and a box is pressed by its own.
const lookAtStop = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body || e === document.documentElement || e.seenAsStop) return {What: '', Again: true, Wrong: []};
	e.seenAsStop = true;
	const wrong = [], seen = e.matches('.seg input') ? e.nextElementSibling : e, style = getComputedStyle(seen);
	if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 3 || style.outlineColor === 'rgba(0, 0, 0, 0)')
		wrong.push('has no ring of 3 px: ' + style.outline);
	const boxes = [...seen.getClientRects()].filter(r => r.width && r.height), all = (e.closest('.tick') || seen).getBoundingClientRect();
	if (!boxes.length) wrong.push('has no box');
	const stays = x => { for (; x && x !== document.documentElement; x = x.parentElement)
		if (/fixed|sticky/.test(getComputedStyle(x).position) || x.matches(':popover-open')) return x; };
	for (const r of boxes) for (const [x, y] of [[.5, .5], [.02, .05], [.98, .05], [.02, .95], [.98, .95]].map(([u, v]) => [r.left + r.width*u, r.top + r.height*v])) {
		const top = document.elementFromPoint(x, y), cover = top && !seen.contains(top) && !top.contains(seen) && stays(top);
		if (!top && all.height < innerHeight) wrong.push('is off the screen at ' + Math.round(x) + ', ' + Math.round(y));
		if (cover && !cover.contains(seen)) wrong.push('is covered by ' + (cover.className || cover.id || cover.tagName));
	}
	const small = Math.min(all.width, all.height), inline = style.display === 'inline';
	const [cx, cy] = [all.left + all.width/2, all.top + all.height/2], near = [...document.querySelectorAll('a[href], button, input, summary')].some(o => {
		const r = o.getBoundingClientRect();
		return !seen.contains(o) && o.checkVisibility() && Math.hypot(Math.max(r.left - cx, 0, cx - r.right), Math.max(r.top - cy, 0, cy - r.bottom)) < 12;
	});
	if (!inline && small < 24 && near) wrong.push('is a target of ' + all.width + ' by ' + all.height);
	const control = seen.matches('button, .seg span, input, select, summary, .mark, .num, .pills a, .az a, nav a') && !seen.closest('.dens');
	if (control && small < 43.5) wrong.push('is a control of ' + all.width + ' by ' + all.height);
	return {What: e.outerHTML.slice(0, 100), Again: false, Wrong: [...new Set(wrong)]};
})()`

// tour presses Tab from the start of the page to its end.
func (b *tab) tour() (stops int) {
	b.t.Helper()
	for range 250 {
		b.press(kb.Tab)
		s := js[stop](b, lookAtStop)
		if s.Again {
			break
		}
		stops++
		for _, w := range s.Wrong {
			b.t.Errorf("%s %s", s.What, w)
		}
	}
	return stops
}

// TestFocus goes through every kind of page with Tab.
func TestFocus(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.media("prefers-reduced-motion", "reduce")
	s.each(t, func(t *testing.T, address string) {
		for _, w := range []int64{390, 1280} {
			t.Run(fmt.Sprint(w), func(t *testing.T) {
				b := b.in(t)
				b.width(w)
				b.show(address)
				if n := b.tour(); n < 5 {
					t.Errorf("Tab comes to %d places", n)
				}
			})
		}
	})
}

// TestFocusOpen does so where something is open over the page.
func TestFocusOpen(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.media("prefers-reduced-motion", "reduce")
	for name, opener := range map[string]string{"settings": "button.aa", "questions": ".qbar button", "term card": "main a.term"} {
		t.Run(name, func(t *testing.T) {
			b := b.in(t)
			b.width(390)
			b.show(s.page(t, "explainer"))
			b.focus(opener)
			b.press(kb.Enter)
			b.wait(`document.querySelector('[popover]:popover-open')`)
			for i := range 12 {
				b.press(kb.Tab)
				if !js[bool](b, `!!document.activeElement.closest('[popover]')`) {
					if i == 0 {
						t.Error("Tab does not go into what is open")
					}
					break
				}
				for _, w := range js[stop](b, lookAtStop).Wrong {
					t.Error(w)
				}
			}
		})
	}
}

// TestSkipLink goes past the header.
func TestSkipLink(t *testing.T) {
	b := explainer(t)
	b.press(kb.Tab)
	b.must(`document.activeElement.matches('a.skip') && document.activeElement.getBoundingClientRect().top >= 0`, "the first stop does not skip the header")
	b.press(kb.Enter)
	b.wait(`location.hash === '#main_content'`)
	b.press(kb.Tab)
	b.must(`document.activeElement.closest('main')`, "the header is not skipped")
}
