package browsertest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"nutgraf/content"
	"nutgraf/site/pages"
)

// A finding is a rule that axe says is broken, and where.
type finding struct {
	Rule, Why string
	Where     []string
}

// axe runs every rule there is, those for AAA, best practice and experiments
// included, on the page as it stands.
func (b *tab) axe(source string) []finding {
	b.t.Helper()
	if !js[bool](b, `'axe' in window`) {
		js[bool](b, source+"\n;true")
	}
	return later[[]finding](b, `axe.run(document, {
			resultTypes: ['violations'],
			runOnly: {type: 'rule', values: axe.getRules().map(r => r.ruleId)},
		}).then(r => r.violations.map(v => ({Rule: v.id, Why: v.help, Where: v.nodes.map(n => n.target.join(' '))})))`)
}

func axeSource(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile(npm(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

func (b *tab) accessible(source, when string) {
	b.t.Helper()
	for _, f := range b.axe(source) {
		b.t.Errorf("%s: %s (%s) at %d places: %.400q", when, f.Rule, f.Why, len(f.Where), f.Where)
	}
}

// looks are the ways to look at a page: how wide, and in which colours.
func (b *tab) looks(f func(name string)) {
	for _, theme := range []string{"light", "dark"} {
		// Still, so that nothing is measured half faded in.
		b.media("prefers-color-scheme", theme, "prefers-reduced-motion", "reduce")
		for _, w := range []int64{320, 390, 1280} {
			b.width(w)
			f(theme + " " + map[int64]string{320: "320", 390: "390", 1280: "1280"}[w])
		}
	}
}

// TestAxe holds every kind of page to every rule of axe.
func TestAxe(t *testing.T) {
	s, source := demoSite(t), axeSource(t)
	b := open(t)
	s.each(t, func(t *testing.T, address string) {
		b := b.in(t)
		b.show(address)
		b.looks(func(name string) { b.accessible(source, name) })
	})
}

// TestAxeExplainers does so with each explainer of the demo: where a line ends, and so
// how near two links come, differs from one to the next.
func TestAxeExplainers(t *testing.T) {
	s, source := demoSite(t), axeSource(t)
	b := open(t)
	files, err := fs.Glob(os.DirFS(s.dir), "explainers/*/index.html")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	b.media("prefers-reduced-motion", "reduce") // nothing is measured half faded in
	for _, file := range files {
		b.show(s.address(file))
		for _, w := range []int64{320, 360, 390, 412, 600, 1280} {
			b.width(w)
			b.accessible(source, fmt.Sprintf("%s at %d", file, w))
		}
	}
}

// TestAxeOpen does so while something is open over the page.
func TestAxeOpen(t *testing.T) {
	s, source := demoSite(t), axeSource(t)
	states := []struct {
		name  string
		width int64
		open  func(b *tab)
	}{
		{"term card", 1280, openTermCard},
		{"term card on a phone", 390, openTermCard},
		{"source card", 1280, openSourceCard},
		{"source card on a phone", 390, openSourceCard},
		{"questions", 390, func(b *tab) { b.click(".qbar button"); b.wait(`document.querySelector('#question_list:popover-open')`) }},
		{"settings", 1280, openSettings},
		{"settings on a phone", 390, openSettings},
		{"menu", 1280, openMenu},
		{"menu on a phone", 390, openMenu},
	}
	b := open(t)
	for _, state := range states {
		t.Run(state.name, func(t *testing.T) {
			b := b.in(t)
			b.width(state.width)
			for _, theme := range []string{"light", "dark"} {
				b.media("prefers-color-scheme", theme, "prefers-reduced-motion", "reduce")
				b.show(s.page(t, "explainer"))
				state.open(b)
				b.accessible(source, theme)
			}
		})
	}
}

// TestAxeReply does so where readers can reply, and where all outputs are made.
func TestAxeReply(t *testing.T) {
	source := axeSource(t)
	if byHand() {
		t.Skip("only what we build")
	}
	config, err := fs.ReadFile(content.FS, "site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.NewReplacer("share-images]", "share-images, faq]", "email: desk@example.org\n", "email: desk@example.org\n  form: https://example.org/ask\n").Replace(string(config))
	dir := filepath.Join(scratch, "reply")
	build(t, dir, overlay(t, content.FS, map[string]string{"site.yaml": all, "explainers/withdrawn.md": withdrawn}), pages.Options{})
	s := serve(t, dir)
	b := open(t)
	b.home = s.url
	s.each(t, func(t *testing.T, address string) {
		b := b.in(t)
		b.show(address)
		b.must(`!document.querySelector('.page-explainer .num') || document.querySelectorAll('.acts a[href^="mailto:"], .acts a[href*="/ask?"], #page_menu a[href*="/ask?"]').length > 2`,
			"readers can't reply to a question")
		b.looks(func(name string) { b.accessible(source, name) })
	})
}

func openTermCard(b *tab)   { openCard(b, cardLinks(b)["term"]) }
func openSourceCard(b *tab) { openCard(b, cardLinks(b)["source"]) }

func openCard(b *tab, link string) {
	b.t.Helper()
	b.focus(link)
	b.press(kb.Enter)
	b.wait(`document.querySelector('#link_card:popover-open')`)
}

func openSettings(b *tab) {
	b.t.Helper()
	b.click("button.aa")
	b.wait(`document.querySelector('#reading_settings:popover-open')`)
}
