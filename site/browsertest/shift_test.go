package browsertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/page"
)

// A late host answers for fonts and pictures only once it is told to.
type late struct {
	*served
	come chan struct{} // closed when they may come
}

func serveLate(t *testing.T, s *served) *late {
	t.Helper()
	l := &late{served: &served{dir: s.dir, rules: s.rules}, come: make(chan struct{})}
	server := httptest.NewServer(l)
	t.Cleanup(server.Close)
	l.url = server.URL
	return l
}

func (l *late) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if slices.Contains([]string{".woff2", ".png"}, path.Ext(r.URL.Path)) {
		select {
		case <-l.come:
		case <-r.Context().Done():
		}
	}
	l.served.ServeHTTP(w, r)
}

// watchShift sums what moves on a page that its reader does nothing on.
const watchShift = `shift = 0; moved = [];
new PerformanceObserver(l => { for (const e of l.getEntries()) {
	shift += e.value;
	moved.push(e.value.toFixed(4), ...e.sources.map(s => (s.node?.outerHTML || s.node?.data || '').slice(0, 60)));
} }).observe({type: 'layout-shift', buffered: true})`

// painted is true once the frames that were due are on the screen.
const painted = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true)))))`

// shift is how far a page moves when its fonts and pictures come after it was painted,
// in the measure of Chromium's layout shifts.
func (b *tab) shift(l *late, file string) (shift float64, moved []string) {
	b.t.Helper()
	b.home = l.url
	call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchShift})
	call(b, page.Navigate, page.NavigateParams{URL: l.address(file)})
	b.wait(`location.href === ` + quote(l.address(file)) + ` && document.readyState !== 'loading' &&
		performance.getEntriesByName('first-contentful-paint').length`)
	later[bool](b, painted)
	b.must(`!document.fonts.check('16px LF')`, "the fonts are here before they were sent")
	close(l.come)
	b.wait(`document.readyState === 'complete' && document.fonts.status === 'loaded' && document.fonts.check('16px LF')`)
	later[bool](b, painted)
	return js[float64](b, `shift`), js[[]string](b, `moved`)
}

// TestShift has fonts and pictures come late. What a reader has begun to read stays where
// it is: pictures have their room, and the fonts before them are as wide as those to come.
// A line that is broken elsewhere for all that moves what is below it.
func TestShift(t *testing.T) {
	s := demoSite(t)
	if byHand() {
		t.Skip("only what we build")
	}
	for _, k := range []struct {
		file string
		most float64
	}{
		{"explainers/leap-second/index.html", .001}, {"glossary/index.html", .001}, {"search/index.html", .001},
		{"index.html", .03}, {"timeline/index.html", .03}, {"explainers/isis-k/index.html", .03},
	} {
		for _, w := range []int64{390, 1280} {
			t.Run(fmt.Sprintf("%s at %d", k.file, w), func(t *testing.T) {
				b := open(t)
				b.width(w)
				shift, moved := b.shift(serveLate(t, s), k.file)
				if t.Logf("%.4f", shift); shift > k.most {
					t.Errorf("the page moves by %.4f: %q", shift, moved)
				}
			})
		}
	}
}

// twins compares the theme's typefaces with the local faces that stand in for them until they
// have come: how wide the words of a page are in both, and how high letters stand.
const twins = `(async () => {
	const text = document.querySelector('main').innerText, x = document.createElement('canvas').getContext('2d'), out = [];
	const measure = font => (x.font = font, [x.measureText(text).width, x.measureText(text).fontBoundingBoxAscent]);
	for (const [web, weights] of [['NR', [430]], ['ND', [500]], ['LF', [400, 500]]]) for (const w of weights) {
		await document.fonts.load(w + ' 100px ' + web);
		const own = measure(w + ' 100px ' + web);
		for (const name of 'fghi') {
			const font = w + ' 100px ' + web + name, here = await document.fonts.load(font).catch(() => []);
			if (here.length) out.push({Name: font, Off: Math.max(...measure(font).map((n, i) => Math.abs(n / own[i] - 1)))});
		}
	}
	return out;
})()`

// TestTwins holds each of those faces that this machine has to the one it stands in for.
func TestTwins(t *testing.T) {
	b := explainer(t)
	type twin struct {
		Name string
		Off  float64
	}
	has := map[string]bool{}
	for _, tw := range later[[]twin](b, twins) {
		has[tw.Name[len("400 100px "):len("400 100px NR")]] = true
		if t.Logf("%s: off by %.3f", tw.Name, tw.Off); tw.Off > .02 {
			t.Errorf("%s is off by %.3f", tw.Name, tw.Off)
		}
	}
	if len(has) < 3 {
		t.Errorf("only %v have a twin on this machine", has)
	}
}
