// Package browsertest looks at published pages in a real browser.
package browsertest

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
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
	s, ds, err := site.Load(t.Context(), site.Options{Content: content.FS, DefaultTemplates: templates.FS, DefaultStatic: static.FS,
		Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Once: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	book, more, err := pages.New(t.Context(), s, o)
	if err != nil || diag.Count(append(ds, more...), diag.Error) > 0 {
		t.Fatal(err, ds, more)
	}
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
	var problems []string
	chromedp.ListenTarget(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *log.EventEntryAdded:
			// From disk a <meta> policy can't be told who may frame the page.
			problems = append(problems, ev.Entry.URL+": "+ev.Entry.Text)
		case *runtime.EventExceptionThrown:
			problems = append(problems, ev.ExceptionDetails.Text)
		}
	})
	first := (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, "index.html"))}).String()
	var width, location, heading string
	err := chromedp.Run(ctx,
		log.Enable(),
		chromedp.Navigate(first),
		chromedp.Evaluate(`getComputedStyle(document.body).maxWidth`, &width),
		chromedp.Click(`main a[href*="explainers/"]`, chromedp.ByQuery),
		chromedp.WaitVisible(`section.question`, chromedp.ByQuery),
		chromedp.Location(&location),
		chromedp.Click(`.site-header a[href*="glossary/"]`, chromedp.ByQuery),
		chromedp.WaitVisible(`.page-glossary dl`, chromedp.ByQuery),
		chromedp.Click(`.page-glossary dt a`, chromedp.ByQuery),
		chromedp.WaitVisible(`.page-entry h1`, chromedp.ByQuery),
		chromedp.Text(`h1`, &heading, chromedp.ByQuery),
	)
	if err != nil {
		t.Fatal(err)
	}
	if width == "none" {
		t.Error("the style sheet was not applied")
	}
	if !strings.HasSuffix(strings.SplitN(location, "#", 2)[0], "/index.html") || !strings.Contains(location, "/explainers/") {
		t.Errorf("the first link leads to %s", location)
	}
	if heading == "" {
		t.Error("the glossary entry has no heading")
	}
	for _, p := range problems {
		t.Error(p)
	}
}
