package browsertest

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"nutgraf/site/pages"
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
		kept := js[[]string](b, `[...document.querySelectorAll('.site nav, .kit, nav.kicker, .qbar, .qnav, .tools, .skip, .foot nav, button, input, .ctl .pills, .az')]
			.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))`)
		if len(kept) > 0 {
			t.Errorf("on paper there is %q", kept)
		}
		b.must(`[...document.querySelectorAll('main a')].every(a => !a.checkVisibility() || a.textContent === a.getAttribute('href') ||
			/^https?:/.test(a.getAttribute('href')) === /attr\(href|https?:/.test(getComputedStyle(a, '::after').content))`,
			"links that leave the page have an address on paper, and no others")
		lost := js[[]string](b, `[...document.querySelectorAll('main h1, main h2, main h3')].filter(h => h.checkVisibility() && !h.closest('header, li, .side') &&
			![...h.parentNode.children].some(e => e !== h && e.checkVisibility())).map(h => h.textContent)`)
		if len(lost) > 0 {
			t.Errorf("on paper there is nothing under %q", lost)
		}
		b.must(`/^rgb\(255, 255, 255\)$|, 0\)$/.test(getComputedStyle(document.body).backgroundColor)`, "the paper is not white")
		b.must(`document.querySelector('.mark').checkVisibility()`, "the paper does not say whose it is")
		b.must(`getComputedStyle(document.querySelector('[property="og:url"]') || document.body, '::after').content.includes('http') ||
			/404/.test(document.body.className)`, "the paper does not say its address")
	})
}

// TestPrintedContent prints a page that was read in dark colours and large letters.
func TestPrintedContent(t *testing.T) {
	b := explainer(t)
	js[bool](b, `(Object.assign(document.documentElement.dataset, {theme: 'dark', size: 'xl'}), true)`)
	const content = `[...document.querySelectorAll('main :is(h1, h2, h3, p, li, dt, dd, td, figure, pre)')]
		.filter(e => !e.matches('.js, .tools *, .acts, .qnav *, .qbar *, .vh, .pager *, .short .note') && e.checkVisibility())`
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

// onPaper is the explainer of what a page may lose on its way to paper.
const onPaper = `---
title: What is on this paper?
standfirst: All that the screen shows.
published: 2026-10-01
as_of: 2026-09-30
authors: [Ann Author]
topics: [coast]
questions:
  - question: Which answer comes first?
    id: first
  - question: Which answer comes second?
    id: second
    short: The one that we corrected.
    answer: The audit says so [@audit, p. 12].
    as_of: 2026-10-05
timeline:
%s  - {date: 2031-05, title: The gate is to open again, text: Nobody knows more., sources: [audit], question: second}
knowns: [The gate is late.]
unknowns: [When it closes.]
method: We read [the audit](https://audit.example/method).
syndication: {originator: The Wire, url: "https://wire.example/a", license: CC BY 4.0}
sources:
  - {id: audit, title: Audit of the gate, url: "https://audit.example/report.pdf", archive_url: "https://archive.example/report", archived: 2026-09-01}
updates:
  - {date: 2026-10-07, type: correction, text: "The motors failed twice, not once.", was: failed once, questions: [second]}
---

## Which answer comes first? {#first}

> [!SHORT]
> The first one.

A [link inside](#second), [a mail](mailto:ann@mail.example), [a link out](https://out.example/page) and <https://bare.example/>.[^1]

<details><summary>More</summary><p>Folded words.</p></details>

[^1]: A note.

| A | B | C | D | E | F | G | H | I |
|---|---|---|---|---|---|---|---|---|
| aaaaaaaaa | bbbbbbbbb | ccccccccc | ddddddddd | eeeeeeeee | fffffffff | ggggggggg | hhhhhhhhh | lastcell |

~~~sh
one line of code that is much wider than any sheet of paper on which anybody would print it, and which ends in ENDOFCODE
~~~
`

const paperConfig = `title: Paper Daily
lang: en
tagline: All of it on paper.
base_url: https://paper.example/
publisher: {name: Paper Limited}
reply: {email: desk@paper.example, form: "https://paper.example/form"}
topics: {coast: {title: The coast}}
`

// printed is a page as one may hold it in hand: the words of each sheet, as pdftotext
// reads them, and its pictures, as pdftoppm draws them.
func printed(b *tab, size chromedp.PaperSize) (sheets []string, drawn []byte) {
	b.t.Helper()
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(size), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		b.t.Fatal(err)
	}
	read := func(name string, args ...string) []byte {
		cmd := exec.CommandContext(b.ctx, program(b.t, name), args...)
		cmd.Stdin = bytes.NewReader(pdf)
		out, err := cmd.Output()
		if err != nil {
			b.t.Fatal(name, err)
		}
		return out
	}
	text := strings.TrimSuffix(string(read("pdftotext", "-layout", "-", "-")), "\f")
	return strings.Split(text, "\f"), read("pdftoppm", "-r", "30", "-")
}

// joined is a text on one line, each run of space in it one blank.
func joined(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestOnPaper prints an explainer on A4 and Letter, from light and from dark colours: what
// a screen shows is there, what a finger would press is not, and all three are the same.
func TestOnPaper(t *testing.T) {
	if byHand() {
		t.Skip("only what we build")
	}
	var events strings.Builder
	for i := range 30 {
		fmt.Fprintf(&events, "  - {date: %d-03, title: Event %d happened, importance: %d}\n", 1990+i, i, 1+i%3)
	}
	dir := filepath.Join(t.TempDir(), "public")
	build(t, dir, overlay(t, fstest.MapFS{}, map[string]string{
		"site.yaml": paperConfig, "explainers/paper.md": fmt.Sprintf(onPaper, events.String())}), pages.Options{})
	s := serve(t, dir)
	b := s.open(t)
	for name, size := range map[string]chromedp.PaperSize{"A4": chromedp.PaperA4, "Letter": chromedp.PaperLetter} {
		b.media("prefers-color-scheme", "light")
		b.show(s.url + "/explainers/paper/")
		sheets, light := printed(b, size)
		text := joined(strings.Join(sheets, " "))
		for _, want := range []string{"https://example.org/explainers/paper/", "Paper Daily", "By Ann Author", "Corrected 7 October 2026",
			"As things stood on 30 September 2026.", "The Wire https://wire.example/a", "CC BY 4.0", "desk@paper.example",
			"https://paper.example/form", "1 Which answer comes first?", "2 Which answer comes second?", "The one that we corrected.",
			"a link out https://out.example/page", "a mail mailto:ann@mail.example", "and https://bare.example/.", "Folded words.", "A note.", "lastcell",
			"ENDOFCODE", "As of 5 October 2026", "Sources for this answer: 1 Audit of the gate", "The gate is late.", "When it closes.",
			"Event 3 happened", "May 2031 scheduled", "The gate is to open again", "Question 2", "https://audit.example/report.pdf",
			"archived https://archive.example/report", "The motors failed twice, not once.", "“failed once”", "https://audit.example/method",
			"All of it on paper. Paper Limited"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not on the paper:\n%s", name, want, strings.Join(sheets, "\n"))
			}
		}
		if last := fmt.Sprintf("%d/%[1]d", len(sheets)); !strings.HasSuffix(strings.ReplaceAll(text, " ", ""), last) {
			t.Errorf("%s: the last sheet is not numbered %s", name, last)
		}
		for _, no := range []string{"#", "↩", "Search", "Aa", "Share", "Copy", "Home", "Back to top", "Skip", "In this explainer", "Follow"} {
			if strings.Contains(text, no) {
				t.Errorf("%s: %q is on the paper", name, no)
			}
		}
		b.media("prefers-color-scheme", "dark")
		if _, dark := printed(b, size); !bytes.Equal(light, dark) {
			t.Errorf("%s: dark as the system is, it is another paper", name)
		}
		b.media("prefers-color-scheme", "light")
		b.choose("theme_dark")
		b.choose("size_xl")
		if _, dark := printed(b, size); !bytes.Equal(light, dark) {
			t.Errorf("%s: dark by the reader's choice, it is another paper", name)
		}
	}
}

// TestHeadingsOnPaper prints years of events: none stands at the foot of a sheet, its
// events on the next.
func TestHeadingsOnPaper(t *testing.T) {
	s := crowdSite(t)
	b := s.open(t)
	year := regexp.MustCompile(`^\s*(1[78]\d\d|19\d\d)$`)
	for _, size := range []chromedp.PaperSize{chromedp.PaperA4, chromedp.PaperLetter} {
		b.show(s.url + "/timeline/")
		sheets, _ := printed(b, size)
		for i, sheet := range sheets {
			lines := strings.Split(strings.TrimSpace(sheet), "\n")
			last := slices.DeleteFunc(lines[:len(lines)-1], func(l string) bool { return strings.TrimSpace(l) == "" })
			if n := len(last); n > 0 && year.MatchString(last[n-1]) {
				t.Errorf("%q is the last line of sheet %d", last[n-1], i+1)
			}
		}
		if len(sheets) < 2 {
			t.Error("one sheet has no foot to stand at")
		}
	}
}

// TestCrib prints the crib: on A4 and on Letter it is one sheet.
func TestCrib(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.show(s.address("explainers/crib/index.html"))
	for name, size := range map[string]chromedp.PaperSize{"A4": chromedp.PaperA4, "Letter": chromedp.PaperLetter} {
		if sheets, _ := printed(b, size); len(sheets) != 1 || !strings.Contains(sheets[0], "The city engineer counts 14 homes [@report, p. 3].") {
			t.Errorf("on %s the crib takes %d sheets:\n%s", name, len(sheets), strings.Join(sheets, "\n"))
		}
	}
}
