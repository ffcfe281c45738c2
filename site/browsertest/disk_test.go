// Package browsertest looks at published pages in a real browser.
package browsertest

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"nutgraf/content"
	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/site/publish"
	"nutgraf/static"
	"nutgraf/templates"
)

// browser starts Chromium, or skips where there is none and none is required.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("short: no browser")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("NUTGRAF_REQUIRE_BROWSER") != "" {
			t.Fatal("no Chromium, and the browser tests are required")
		}
		t.Skip("no Chromium on this machine")
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Headless,
		chromedp.NoFirstRun, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true), chromedp.Flag("force-prefers-reduced-motion", true), // while pages cross-fade, a click is lost
		chromedp.UserDataDir(t.TempDir()))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// demo publishes the demo site and returns its folder.
func demo(t *testing.T, o pages.Options) string {
	t.Helper()
	s, ds, err := site.Load(t.Context(), site.Options{Content: content.FS, DefaultTemplates: templates.FS, DefaultStatic: static.FS, BaseURL: "https://example.org/",
		Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Once: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	book, more, err := pages.New(t.Context(), s, o)
	if err != nil || diag.Count(append(ds, more...), diag.Error) > 0 {
		t.Fatal(err, ds, more)
	}
	defer book.Close()
	dir := filepath.Join(t.TempDir(), "public")
	if _, ds, err := publish.ToFolder(t.Context(), book, dir, nil); err != nil || diag.Count(ds, diag.Error) > 0 {
		t.Fatal(err, ds)
	}
	return dir
}

// TestFromDisk opens the demo from disk and goes from page to page by its own
// links. No page may log an error, which a broken policy or a missing file
// would be.
func TestFromDisk(t *testing.T) {
	ctx := browser(t)
	dir := demo(t, pages.Options{Disk: true})
	problems := watch(t, ctx)
	first := (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, "index.html"))}).String()
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
