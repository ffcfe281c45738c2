// Package browsertest looks at published pages in a real browser: every kind of
// page of the demo, served as a host would, or those of a folder made by hand
// that NUTGRAF_BROWSERTEST_DIR names. It needs Chromium, and what .ci/npm lists.
// What is missing is skipped, or fails where NUTGRAF_REQUIRE_BROWSER is set.
package browsertest

import (
	"context"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"nutgraf/site/pages"
)

// TestFromDisk opens the demo from disk and goes from page to page by its own
// links. No page may log an error, which a broken policy or a missing file
// would be.
func TestFromDisk(t *testing.T) {
	ctx := browser(t)
	dir := demo(t, pages.Options{Disk: true})
	problems := watch(t, ctx)
	first := (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, "index.html"))}).String()
	calm := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, calm); err != nil { // while pages cross-fade, a click is lost
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(first)); err != nil {
		t.Fatal(err)
	}
	display := get(t, ctx, chromedp.Evaluate[string](`getComputedStyle(document.querySelector("main .top")).display`))
	err := chromedp.Do(ctx,
		chromedp.Click(`main a[href*="explainers/"]`),
		chromedp.WaitVisible(`section.qa`))
	if err != nil {
		t.Fatal(err)
	}
	location := get(t, ctx, chromedp.Location())
	err = chromedp.Do(ctx,
		chromedp.Click(`header.site a[href*="glossary/"]`),
		chromedp.WaitVisible(`.page-glossary dl`),
		chromedp.Click(`.page-glossary dt a`),
		chromedp.WaitVisible(`.page-entry h1`))
	if err != nil {
		t.Fatal(err)
	}
	heading := get(t, ctx, chromedp.Text(`h1`))
	if display != "grid" {
		t.Error("the style sheet was not applied")
	}
	if !strings.HasSuffix(strings.SplitN(location, "#", 2)[0], "/index.html") || !strings.Contains(location, "/explainers/") {
		t.Errorf("the first link leads to %s", location)
	}
	if heading == "" {
		t.Error("the glossary entry has no heading")
	}
	err = chromedp.Do(ctx,
		chromedp.SendKeys(headField, "Kabul\r"),
		chromedp.WaitVisible(`.page-search h1`))
	if err != nil {
		t.Fatal(err)
	}
	until(t, ctx, `document.getElementById("q").value === "Kabul" && /\d/.test(document.getElementById("search_status").textContent)`, `""`)
	for _, p := range problems() {
		t.Error(p)
	}
}

// watch returns what tells of the errors that pages have logged since.
func watch(t *testing.T, ctx context.Context) func() []string {
	t.Helper()
	var mu sync.Mutex
	var problems []string
	note := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		problems = append(problems, s)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	err := chromedp.Listen(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *log.EventEntryAdded:
			note(ev.Entry.URL + ": " + ev.Entry.Text)
		case *runtime.EventExceptionThrown:
			note(ev.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(problems)
	}
}

// get runs an action and returns what it found.
func get[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
