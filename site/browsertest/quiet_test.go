package browsertest

import (
	"strings"
	"testing"
)

// TestQuiet reads every kind of page to its end. A tab fails its test by any
// error, exception, broken policy, or request to anyone else; what is asked
// for must be there, and no cookie may be set.
func TestQuiet(t *testing.T) {
	s := demoSite(t)
	b := open(t)
	s.each(t, func(t *testing.T, address string) {
		b := b.in(t)
		for _, w := range []int64{1280, 390} {
			b.width(w)
			b.show(address)
			js[bool](b, `scrollTo(0, 1e6), true`)
			b.settled("50")
		}
		b.must(`document.cookie === ''`, "a cookie is set")
		b.must(`document.styleSheets.length > 0 && getComputedStyle(document.body).backgroundColor !== 'rgba(0, 0, 0, 0)'`, "the style sheet is not applied")
	})
}

// whatIsRead is what a page says as it is rendered. What only a script can do
// is left out, and so is the bar of the questions, which follows the reader.
const whatIsRead = `(() => {
	for (const e of document.querySelectorAll('.js, .qbar')) e.remove();
	return document.querySelector('main').innerText.replace(/\s+/g, ' ').trim();
})()`

// TestWithoutScript compares what each page says with scripting and without.
func TestWithoutScript(t *testing.T) {
	s := demoSite(t)
	with, without := open(t), open(t)
	without.noScript()
	s.each(t, func(t *testing.T, address string) {
		with, without := with.in(t), without.in(t)
		with.show(address)
		without.show(address)
		without.must(`![...document.querySelectorAll('.js')].some(e => e.checkVisibility())`, "what needs a script is shown without one")
		a, b := js[string](with, whatIsRead), js[string](without, whatIsRead)
		if len(b) < 40 {
			t.Errorf("without script the page says only %q", b)
		}
		if a != b {
			t.Errorf("with and without script the page differs %s", difference(a, b))
		}
	})
}

// difference shows the place where two texts part.
func difference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-40)
	return "behind " + strings.ToValidUTF8(a[from:i], "") + ": " + short(a[i:]) + " / " + short(b[i:])
}
