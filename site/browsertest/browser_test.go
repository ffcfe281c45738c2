package browsertest

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a condition may take to come true. It is no measure of
// anything: a busy machine needs it, and a test that passes doesn't.
const patience = 10 * time.Second

// longest is how long a tab may be of use: a test that hangs must say where.
const longest = 4 * time.Minute

// chromium is the one browser of all the tests, and scratch the folder of what
// they share; both end in TestMain.
var (
	chromium = sync.OnceValues(startChromium)
	scratch  string
	closing  []func()
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "browsertest")
	if err != nil {
		panic(err)
	}
	scratch = dir
	code := m.Run()
	for i := len(closing) - 1; i >= 0; i-- {
		closing[i]()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

func chromiumPath() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	return ""
}

func startChromium() (context.Context, error) {
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(chromiumPath()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Headless, chromedp.NoFirstRun, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true), chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("disable-renderer-backgrounding", true), chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.UserDataDir(filepath.Join(scratch, "profile")))
	ctx, stop := chromedp.NewContext(alloc)
	closing = append(closing, cancel, stop)
	return ctx, chromedp.Do(ctx, chromedp.Navigate("about:blank"))
}

// required tells what to do about something this machine lacks: CI fails.
func required(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("NUTGRAF_REQUIRE_BROWSER") != "" {
		t.Fatalf("no %s, and the browser tests are required", what)
	}
	t.Skipf("no %s on this machine", what)
}

// npm is a file of an npm package that .ci/run installs.
func npm(t *testing.T, file string) string {
	t.Helper()
	p, err := filepath.Abs(filepath.Join("../../.ci/npm/node_modules", file))
	if err == nil {
		_, err = os.Stat(p)
	}
	if err != nil {
		required(t, file)
	}
	return p
}

// browser is a fresh tab with a profile of its own: an empty cache, no storage.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("short: no browser")
	}
	if chromiumPath() == "" {
		required(t, "Chromium")
	}
	parent, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, longest)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// A tab is a tab of the browser with all that it asked for and complained of.
type tab struct {
	t    *testing.T
	ctx  context.Context
	home string // the one origin that it may ask

	mu       sync.Mutex
	problems []string
	asked    []*asked
}

// asked is one request that left the tab and was not answered by its cache.
type asked struct {
	id    network.RequestID
	url   string
	bytes float64 // as sent, headers included
	done  bool
}

// watchPolicy makes what the policy forbids an error of the console, which a
// tab notes; a report may also come as an entry of the log.
const watchPolicy = `addEventListener('securitypolicyviolation', e =>
	console.error('policy: ' + e.effectiveDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber), true)`

// open opens a tab of 1280 px. At the end of the test the tab must have nothing
// to complain of.
func open(t *testing.T) *tab {
	t.Helper()
	b := &tab{t: t, ctx: browser(t), home: origin()}
	if err := chromedp.Listen(b.ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	call(b, log.Enable, cdp.Empty{})
	call(b, network.Enable, network.EnableParams{})
	call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchPolicy})
	b.width(1280)
	t.Cleanup(b.quiet)
	return b
}

func (b *tab) hear(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	note := func(s ...string) { b.problems = append(b.problems, strings.Join(s, " ")) }
	switch ev := ev.(type) {
	case *log.EventEntryAdded:
		note("log:", ev.Entry.URL, ev.Entry.Text)
	case *runtime.EventExceptionThrown:
		note("exception:", ev.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeWarning {
			text, _ := json.Marshal(ev.Args)
			note("console:", string(text))
		}
	case *network.EventRequestWillBeSent:
		b.asked = append(b.asked, &asked{id: ev.RequestID, url: ev.Request.URL})
	case *network.EventRequestServedFromCache:
		b.forget(ev.RequestID)
	case *network.EventResponseReceived:
		if ev.Response.FromDiskCache {
			b.forget(ev.RequestID)
		}
	case *network.EventLoadingFinished:
		for _, a := range b.asked {
			if a.id == ev.RequestID {
				a.bytes, a.done = ev.EncodedDataLength, true
			}
		}
	case *network.EventLoadingFailed:
		if !ev.Canceled {
			note("request:", ev.ErrorText)
		}
	}
}

func (b *tab) forget(id network.RequestID) {
	for i, a := range b.asked {
		if a.id == id {
			b.asked = append(b.asked[:i], b.asked[i+1:]...)
			return
		}
	}
}

// requests are those since the last call.
func (b *tab) requests() []*asked {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.asked
	b.asked = nil
	return r
}

// answered waits until all that was asked for has come, but for the site's icon:
// browsers fetch it when they please, and drop it when they leave.
func (b *tab) answered() {
	b.t.Helper()
	open := func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return slices.ContainsFunc(b.asked, func(a *asked) bool { return !a.done && !strings.Contains(a.url, "icon") })
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); open(); <-tick.C {
		if time.Now().After(end) {
			b.t.Fatal("a request is never answered")
		}
	}
}

// quiet fails the test with what the tab complained of since the last call,
// and with what it asked of anyone else.
func (b *tab) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.problems {
		b.t.Error(p)
	}
	b.problems = nil
	for _, a := range b.asked {
		if !strings.HasPrefix(a.url, b.home) && !strings.HasPrefix(a.url, "about:") && !strings.HasPrefix(a.url, "file:") {
			b.t.Errorf("asked %s", a.url)
		}
	}
}

// call sends a command of the protocol.
func call[P, R any](b *tab, cmd cdp.Command[P, R], params P) R {
	b.t.Helper()
	r, err := chromedp.Call(b.ctx, cmd, params)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// show goes to an address.
func (b *tab) show(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
}

// js is the value of an expression in the page. The policy does not hold for it,
// and it works where scripting is off.
func js[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", short(expression), err)
	}
	return v
}

// later is js for an expression that is a promise.
func later[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", short(expression), err)
	}
	return v
}

func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return s[:min(len(s), 160)]
}

// wait waits until an expression is true. One that throws isn't yet: the page
// may be between two documents.
func (b *tab) wait(expression string) {
	b.t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); ; <-tick.C {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`!!(`+expression+`)`))
		if err == nil && ok {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("never came true: %s (%v)", short(expression), err)
		}
	}
}

// must fails the test, which goes on, where an expression is not true.
func (b *tab) must(expression, why string) {
	b.t.Helper()
	if !js[bool](b, `!!(`+expression+`)`) {
		b.t.Errorf("%s: %s", why, short(expression))
	}
}

// settled returns when all timers of up to ms that the page has set have run:
// a timer that is set later and for longer runs after them.
func (b *tab) settled(ms string) {
	b.t.Helper()
	later[bool](b, `new Promise(done => setTimeout(() => requestAnimationFrame(() => done(true)), `+ms+`))`)
}

// width makes the window so wide, with a mouse.
func (b *tab) width(w int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(w, 800))
}

// phone makes the window one of 390 px that is touched.
func (b *tab) phone() {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(390, 800, chromedp.EmulateMobile, chromedp.EmulateTouch))
}

// media sets what the reader has asked of the system, as name and value pairs.
func (b *tab) media(features ...string) {
	b.t.Helper()
	var list []*emulation.MediaFeature
	for i := 0; i < len(features); i += 2 {
		list = append(list, &emulation.MediaFeature{Name: features[i], Value: features[i+1]})
	}
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: list})
}

// noScript turns scripting off, from the next page on.
func (b *tab) noScript() {
	b.t.Helper()
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

func (b *tab) press(keys string, opts ...chromedp.KeyOption) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys, opts...))
}

// centre is the middle of the first line of the first element of a selector,
// scrolled to where a pointer can reach it; what is open over the page is there.
func (b *tab) centre(selector string) (x, y float64) {
	b.t.Helper()
	p := js[[]float64](b, `(e => { if (!e) return null;
		if (!e.closest('[popover]')) e.scrollIntoView({block: 'center'});
		const r = e.getClientRects()[0];
		return r && [r.left + r.width/2, r.top + r.height/2] })(document.querySelector(`+quote(selector)+`))`)
	if p == nil {
		b.t.Fatalf("%s is not on the page", selector)
	}
	return p[0], p[1]
}

func (b *tab) click(selector string, opts ...chromedp.MouseOption) {
	b.t.Helper()
	x, y := b.centre(selector)
	b.do(chromedp.MouseClickXY(x, y, opts...))
}

func (b *tab) tap(selector string) {
	b.t.Helper()
	x, y := b.centre(selector)
	b.do(chromedp.TapXY(x, y))
}

// point moves the mouse.
func (b *tab) point(x, y float64) {
	b.t.Helper()
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y))
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// focus gives the first element of a selector the focus as the keyboard would.
func (b *tab) focus(selector string) {
	b.t.Helper()
	b.must(`(e => { e.focus({focusVisible: true}); return document.activeElement === e })(document.querySelector(`+quote(selector)+`))`,
		"cannot have the focus")
}

// in is the same tab for a subtest, which gets what it complains of.
func (b *tab) in(t *testing.T) *tab {
	t.Helper()
	was := b.t
	b.t = t
	t.Cleanup(func() { b.quiet(); b.t = was })
	return b
}
