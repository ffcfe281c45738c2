package browsertest

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"nutgraf/site/diag"
	"nutgraf/site/pages"
	preview "nutgraf/site/serve"
)

// onScreen is an expression: whether an element is to be seen.
func onScreen(selector string) string {
	return `(r => r.bottom > 0 && r.top < innerHeight)(document.querySelector(` + quote(selector) + `).getBoundingClientRect())`
}

// inFrames is an expression: whether something holds in each frame f.
func inFrames(expression string) string {
	return `[...document.querySelectorAll('iframe')].every(e => (f => ` + expression + `)(e.contentWindow))`
}

// TestPreviewMoves edits a question that is off screen, one that is on it, and
// one while moving is switched off.
func TestPreviewMoves(t *testing.T) {
	p := previewOf(t)
	b := open(t)
	b.home = p.address
	b.show(p.address + "explainers/draft/")
	b.wait(`document.querySelector('.ngp-menu')`)
	edit := func(words string) float64 {
		t.Helper()
		p.write("content/explainers/draft.md", draft(words))
		b.wait(`document.querySelector('#q11 .prose').textContent.includes(` + quote(words) + `)`)
		return js[float64](b, `scrollY`)
	}
	b.must(`!`+onScreen("#q11"), "the question is on screen at first")
	edit("Once.")
	b.must(onScreen("#q11 .prose"), "the view did not move to the question")
	js[bool](b, `document.querySelector('#q11').scrollIntoView({block: 'end'}), true`)
	y := js[float64](b, `scrollY`)
	for i := range 3 {
		if now := edit(fmt.Sprintf("Again, %d.", i)); now != y {
			t.Errorf("the view moved from %v to %v, though the question is on screen", y, now)
		}
	}
	b.click(".ngp-menu button")
	b.click(".ngp-menu label")
	b.click(".ngp-menu button")
	js[bool](b, `scrollTo(0, 0), true`)
	if now := edit("Switched off."); now != 0 {
		t.Errorf("the view moved to %v, though that is switched off", now)
	}
	b.show(p.address + "explainers/draft/")
	b.wait(`document.querySelector('.ngp-menu')`)
	b.must(`!document.querySelector('.ngp-menu input').checked`, "the setting is forgotten")
}

// TestPreviewSource clicks on texts with Alt: each opens where it is written.
func TestPreviewSource(t *testing.T) {
	p := previewOf(t)
	p.write("content/glossary/gate.md", "---\nterm: tide gate\nshort: A wall on wheels.\n---\n")
	p.write("content/explainers/lists.md", "---\ntitle: What has lists?\nstandfirst: It tells of the tide gate.\npublished: 2026-01-02\nquestions:\n  - question: Is it there?\n    answer: |\n      The tide gate it is.\n\n      > A word of theirs.\ntimeline:\n  - {date: 2024, title: Begun}\n  - {date: 2025, title: Done}\n---\n")
	b := open(t)
	b.home = p.address
	for _, c := range []struct{ page, selector, want string }{
		{"explainers/draft/", "#q2 .prose p", "content/explainers/draft.md:17:1"},
		{"explainers/draft/", "#q2 h2", "content/explainers/draft.md:15:4"},
		{"explainers/lists/", ".dek", "content/explainers/lists.md:3:13"},
		{"explainers/lists/", "#is-it-there blockquote p", "content/explainers/lists.md:10:9"},
		{"explainers/lists/", "#event-2025 h3", "content/explainers/lists.md:13:25"},
		{"explainers/lists/", "#term-gate dd", "content/glossary/gate.md:3:8"},
		{"timeline/", "[id$='lists--2024'] h3", "content/explainers/lists.md:12:25"},
		{"explainers/", "main li a", "content/explainers/"},
	} {
		b.show(p.address + c.page)
		b.wait(`document.querySelector('.ngp-menu') && document.querySelector(` + quote(c.selector) + `)`)
		js[bool](b, `addEventListener('click', e => { if (e.target.protocol === 'vscode:') { window.opened = e.target.href; e.preventDefault(); } }, true), true`)
		b.click(c.selector, chromedp.ButtonModifiers(chromedp.ModifierAlt))
		b.wait(`window.opened`)
		if got := js[string](b, `window.opened`); !strings.HasPrefix(got, "vscode://file/"+c.want) {
			t.Errorf("%s %s opens %s, not %s", c.page, c.selector, got, c.want)
		}
		b.must(`document.querySelector('.ngp-say').textContent.startsWith(`+quote(strings.SplitN(c.want, ":", 2)[0])+`)`, "it does not say what it opened")
	}
}

// TestPreviewNews puts a term, a question and a paragraph into a page: what the
// site's own script does works with them, and what it did before is kept.
func TestPreviewNews(t *testing.T) {
	p := previewOf(t)
	p.write("content/glossary/gate.md", "---\nterm: tide gate\nshort: A wall on wheels.\n---\n")
	b := open(t)
	b.home = p.address
	b.show(p.address + "explainers/draft/")
	b.wait(`document.querySelector('.ngp-menu')`)
	p.write("content/explainers/draft.md", draft("Here is a tide gate.\n\n## The newest? {#newest}\n\nIt is "+strings.Repeat("long. ", 500)))
	b.wait(`document.querySelector('#newest') && document.querySelector('#q11 a.term')`)
	b.must(`document.querySelector('.toast')`, "what the script added is gone")
	b.click("#q11 a.term")
	b.wait(cardOpen)
	b.click("#link_card button")
	js[bool](b, `document.querySelector('#newest').scrollIntoView(), true`)
	b.wait(`document.querySelector('#question_list [aria-current]')?.hash === '#newest'`)
}

// TestPreviewMorph moves, removes, adds and rewrites questions and paragraphs by
// chance: the page that is brought up to date reads as a new one does.
func TestPreviewMorph(t *testing.T) {
	p := previewOf(t)
	b := open(t)
	b.home = p.address
	b.show(p.address + "explainers/draft/")
	b.wait(`document.querySelector('.ngp-menu')`)
	js[bool](b, `window.here = true`)
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 20 {
		var s strings.Builder
		s.WriteString("---\ntitle: What stays?\nstandfirst: A test of the preview.\npublished: 2026-01-02\n---\n")
		for _, q := range r.Perm(8)[:3+r.IntN(5)] {
			fmt.Fprintf(&s, "\n## Question %d? {#q%d}\n", q, q)
			for range 1 + r.IntN(4) {
				s.WriteString([]string{"\nA paragraph.\n", "\n### A heading\n\nBelow it.\n", "\n- An item\n- Another\n", fmt.Sprintf("\nOne of **%d**.\n", r.IntN(9)), "\n> A word.\n"}[r.IntN(5)])
			}
		}
		marker := fmt.Sprintf("Round %d.", round)
		p.write("content/explainers/draft.md", s.String()+"\n## The last? {#last}\n\n"+marker+"\n")
		b.wait(`document.querySelector('#last')?.textContent.includes(` + quote(marker) + `)`)
		answer, err := http.Get(p.address + "explainers/draft/?plain")
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, qa := range sections(parse(t, page)) {
			want = append(want, strings.Join(strings.Fields(textOf(qa)), " "))
		}
		got := js[[]string](b, `[...document.querySelectorAll('.qa')].map(e => e.textContent.trim().split(/\s+/).join(' '))`)
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("round %d reads otherwise (-new +brought up to date):\n%s", round, d)
		}
	}
	b.must(`window.here`, "the page was loaded again")
}

// TestPreviewFirst begins with a page that has a mistake: it is left out, and the
// mistake told in its place, until it is mended, and then the page is there.
func TestPreviewFirst(t *testing.T) {
	wrong := func(key string) string { return strings.Replace(draft("At last."), "standfirst", key, 1) }
	p := previewOf(t, func(o *preview.Options) {
		if err := os.WriteFile(filepath.Join(o.Dirs["content"], "explainers/draft.md"), []byte(wrong("standfirts")), 0o644); err != nil {
			t.Fatal(err)
		}
	})
	b := open(t)
	b.home = p.address
	b.show(p.address + "explainers/draft/")
	b.wait(`document.querySelector('.ngp')?.textContent.includes('standfirts')`)
	b.must(`!document.querySelector('#q11') && document.querySelector('.ngp a').href.startsWith('vscode://file/content/explainers/draft.md:')`, "the page is there, or the mistake opens no editor")
	p.write("content/explainers/draft.md", wrong("standfirsd"))
	b.wait(`document.querySelector('.ngp').textContent.includes('standfirsd')`)
	p.write("content/explainers/draft.md", draft("At last."))
	b.wait(`document.querySelector('#q11')?.textContent.includes('At last.') && !document.querySelector('.ngp')`)
	b.mu.Lock()
	b.problems = nil // until then there was no page, which the browser calls one
	b.mu.Unlock()
}

// TestPreviewBanner shows what readers don't get yet, until they do.
func TestPreviewBanner(t *testing.T) {
	p := previewOf(t)
	p.write("content/site.yaml", "title: Preview\ntimezone: Europe/London\n")
	due := strings.Replace(draft("Later."), "2026-01-02", "2026-11-24T09:00", 1)
	p.write("content/explainers/draft.md", due)
	b := open(t)
	b.home = p.address
	b.show(p.address + "explainers/draft/")
	b.wait(`document.querySelector('.ngp-banner')?.textContent.includes('Goes live Tue 24 Nov, 09:00 GMT')`)
	js[bool](b, `window.here = true`)
	p.write("content/explainers/draft.md", strings.Replace(due, "Later.", "Edited.", 1))
	b.wait(`document.querySelector('#q11').textContent.includes('Edited.')`)
	b.must(`document.querySelectorAll('.ngp-banner').length === 1`, "the banner is not there after an edit")
	p.write("content/explainers/draft.md", draft("Now."))
	b.wait(`document.querySelector('#q11').textContent.includes('Now.') && !document.querySelector('.ngp-banner')`)
	b.must(`window.here`, "the page was loaded again")
	b.show(p.address + "explainers/draft/?plain")
	b.must(`!document.querySelector('[class^=ngp], script[data-secret]')`, "the plain page is not as it is published")
}

// committed is what was before.
func committed(_ context.Context, file string) ([]byte, error) {
	if file == "content/explainers/draft.md" {
		return []byte(draft("Was before.")), nil
	}
	return nil, nil
}

// TestPreviewDesk mends an explainer at the desk.
func TestPreviewDesk(t *testing.T) {
	p := previewOf(t, func(o *preview.Options) {
		o.Findings = func(_ context.Context, b *pages.Book) ([]diag.Diagnostic, error) {
			src := b.Site().FileData("content/explainers/draft.md")
			at := strings.LastIndex(string(src), "fill a line")
			return []diag.Diagnostic{{Severity: diag.Warning, Rule: "test", Message: "a tired phrase", Hint: "leave it out",
				At: diag.Place{File: "content/explainers/draft.md", Span: diag.Span{Start: int32(at), End: int32(at + 11)}}}}, nil
		}
		o.Committed = committed
	})
	p.write("content/explainers/gap.md", "---\ntitle: A gap?\nstatus: draft\nstandfirst: It has one.\nquestions:\n  - question: Unanswered?\n---\n")
	b := open(t)
	b.home = p.address
	b.show(p.address + "_preview/?page=/explainers/draft/")
	b.wait(`document.querySelector('#to_consider') && frames.length === 2 && frames[1].document.querySelector('#q11')`)
	js[bool](b, `window.here = true, document.querySelector('details').open = true`)
	b.must(`document.querySelector('.chk mark').textContent === 'fill a line' && document.querySelector('.chk code a').href.startsWith('vscode://file/content/explainers/draft.md:55:')`, "the words and the file are not said")
	b.click(".chk a.what")
	b.wait(inFrames(`f.location.hash === '#q11' && (r => r.bottom > 0 && r.top < f.innerHeight)(f.document.querySelector('#q11').getBoundingClientRect())`))
	b.click("label:has(#screen_phone)")
	b.wait(`!document.querySelector('.on-wide').checkVisibility()`)

	p.write("content/explainers/gap.md", "---\ntitle: A gap?\nstatus: drafty\nstandfirst: It has one.\nquestions:\n  - question: Unanswered?\n---\n")
	b.wait(`document.querySelector('#to_fix + .chk')?.textContent.includes('drafty') && document.querySelector('h1').textContent.startsWith('One thing to fix')`)
	b.must(`!document.querySelector('.ngp') && `+inFrames(`!f.document.querySelector('.ngp')`), "the overlay lies over the desk")
	p.write("content/explainers/gap.md", "---\ntitle: A gap?\nstatus: draft\nstandfirst: It has one.\nquestions:\n  - {question: Unanswered?, answer: No more.}\n---\n")
	p.write("content/explainers/draft.md", draft("Now it is."))
	b.wait(`!document.querySelector('#to_fix') && ` + inFrames(`f.document.querySelector('#q11').textContent.includes('Now it is.')`))
	b.must(`window.here && document.querySelector('#screen_phone').checked`, "the desk lost its place")

	b.show(p.address + "_preview/?page=/explainers/draft/&show=changes")
	b.must(`document.querySelectorAll('.changes article').length === 1 && document.querySelector('.changes h3 a').search.endsWith('to=q11')`, "not one question has changed")
	b.must(`document.querySelector('.diff del').textContent.includes('Was before.') && document.querySelector('.diff ins').textContent.includes('Now it is.')`, "the words that changed are not marked")
}

// TestPreviewDeskAxe holds the desk to every rule of axe.
func TestPreviewDeskAxe(t *testing.T) {
	p := previewOf(t, func(o *preview.Options) {
		o.Committed = committed
	})
	p.write("content/explainers/gap.md", "---\ntitle: A gap?\nstatus: draft\nstandfirst: It has one.\nquestions:\n  - question: Unanswered?\n---\n")
	source := axeSource(t)
	b := open(t)
	b.home = p.address
	for _, page := range []string{"_preview/?page=/explainers/gap/", "_preview/?page=/explainers/draft/&show=changes", "explainers/gap/"} {
		b.show(p.address + page)
		b.wait(`document.readyState === 'complete'`)
		for theme, width := range map[string]int64{"light": 390, "dark": 1280} {
			b.media("prefers-color-scheme", theme, "prefers-reduced-motion", "reduce")
			b.width(width)
			b.accessible(source, page+", "+theme)
		}
	}
}
