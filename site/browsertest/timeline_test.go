package browsertest

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"

	"nutgraf/site/pages"
)

// hrefs are all addresses that the page leads to, but for places on it.
const hrefs = `[...document.querySelectorAll('a[href]:not([href^="#"])')].map(a => a.href).join(' ')`

var (
	crowdOnce sync.Once
	crowd     *served
)

// crowdSite has more events than the demo: pages of years, a chart of columns, and an
// explainer that folds some of them up.
func crowdSite(t *testing.T) *served {
	t.Helper()
	if testing.Short() {
		t.Skip("short: no browser")
	}
	if byHand() {
		t.Skip("the folder was made by hand")
	}
	crowdOnce.Do(func() {
		files := map[string]string{"site.yaml": "title: A crowd\nlang: en\ntopics: {sea: {title: The sea}, sky: {title: The sky}}\n"}
		for e := range 4 {
			var events strings.Builder
			for i := range 60 {
				fmt.Fprintf(&events, "  - {date: '%04d-0%d', id: e%d, title: Event %d happened, importance: %d, tags: [t%d]}\n", 1700+e+i*5, i%9+1, i, i, 1+min(1, i%20), i%2)
			}
			files[fmt.Sprintf("explainers/x%d.md", e)] = fmt.Sprintf("---\ntitle: What happened to %d?\nstandfirst: A lot.\npublished: 2024-01-01\ntopics: [%s]\nquestions:\n  - {question: What?, id: what, short: This., answer: This.}\ntimeline:\n%s---\n",
				e, []string{"sea", "sky"}[e%2], events.String())
		}
		dir := filepath.Join(scratch, "crowd")
		build(t, dir, overlay(t, fstest.MapFS{}, files), pages.Options{})
		crowd = serve(t, dir)
	})
	if crowd == nil {
		t.Fatal("the site could not be built")
	}
	return crowd
}

// open is a tab that is at home on this site.
func (s *served) open(t *testing.T) *tab {
	b := open(t)
	b.home = s.url
	return b
}

// crowded are its pages that the demo has none like.
var crowded = []string{"timeline/", "timeline/1700/", "explainers/x0/", "explainers/x0/timeline/", "topics/sea/timeline/"}

// TestCrowdFits holds the pages of many events to what all pages are held to.
func TestCrowdFits(t *testing.T) {
	s := crowdSite(t)
	for _, p := range crowded {
		t.Run(p, func(t *testing.T) {
			b := s.open(t)
			b.fits(s.url + "/" + p)
			b.show(s.url + "/" + p)
			b.phone()
			b.must(`[...document.querySelectorAll('.dens a')].filter(a => a.checkVisibility()).every(a => a.getBoundingClientRect().width >= 24)`, "a column is too narrow for a finger")
			b.must(`document.querySelectorAll('.dens').length === 0 || [...document.querySelectorAll('.dens')].filter(d => d.checkVisibility()).length === 1`, "two charts are shown, or none")
		})
	}
}

// TestCrowdAxe holds them to every rule of axe.
func TestCrowdAxe(t *testing.T) {
	s, source := crowdSite(t), axeSource(t)
	for _, p := range crowded {
		t.Run(p, func(t *testing.T) {
			b := s.open(t)
			b.show(s.url + "/" + p)
			b.looks(func(name string) { b.accessible(source, name) })
		})
	}
}

// TestChartPlaces: in every window each square of the chart lies within the year of its
// event, and today's line, and what lasted, where the axis says.
func TestChartPlaces(t *testing.T) {
	s, b := demoSite(t), open(t)
	for _, window := range []func(){func() {}, b.phone} {
		b.show(s.url + "/timeline/")
		window()
		b.must(`JSON.stringify([...document.querySelectorAll('.dens li')].flatMap(li => {
			const column = li.getBoundingClientRect(), from = +li.textContent.slice(0, 4);
			return [...li.querySelectorAll('rect')].map(r => {
				const place = r.getBoundingClientRect(), year = x => Math.floor(from + .05 + (x - column.left) / column.width * 10);
				return year(place.left) === year(place.right - 1) ? year(place.left) : 0;
			});
		}).sort()) === JSON.stringify([...document.querySelectorAll('.grp')].flatMap(g => [...g.querySelectorAll('.ev')].map(() => +g.id.slice(5))).sort())`,
			"a square does not lie within its year")
		b.must(`(({left, width}, chart, now = new Date()) => width < 4 && Math.abs((left - chart.left) / chart.width * 80 + 1960 - now.getFullYear() - now.getMonth() / 12) < .4)(
			document.querySelector('.day rect').getBoundingClientRect(), document.querySelector('.dens').getBoundingClientRect())`, "today's line stands elsewhere")
		b.must(`[...document.querySelectorAll('.bars rect')].map(r => Math.round(r.getBoundingClientRect().width / document.querySelector('.dens').clientWidth * 80)).join() === '7,0'`,
			"a bar is longer than its event lasted")
	}
}

// pageSays is the heading of a timeline, and how many events of what years it has.
const pageSays = `document.querySelector('h1').textContent + ': ' + document.querySelector('.meta p').textContent`

// TestFilterTimeline filters the site's timeline by topic, and goes back.
func TestFilterTimeline(t *testing.T) {
	s, b := demoSite(t), open(t)
	b.show(s.url + "/timeline/")
	from, title, links := js[string](b, `location.href`), js[string](b, `document.title`), js[string](b, hrefs)
	all, whole := js[int](b, shown(".tl .ev")), js[string](b, pageSays)
	b.must(`document.querySelector('`+secondPill+`').pathname.startsWith('/topics/')`, "the first filter is no topic")
	count := js[int](b, `+document.querySelector('`+secondPill+` small').textContent`)
	js[bool](b, `window.same = true`)
	b.tabUntil(`document.activeElement.matches('` + secondPill + `')`)
	b.press(kb.Enter)
	b.wait(`location.href === document.querySelector('` + secondPill + `').href`)
	b.wait(fmt.Sprintf(`%s === %d`, shown(".tl .ev"), count))
	b.must(hrefs+` === `+quote(links), "links lead elsewhere under the other address")
	b.must(`document.title !== `+quote(title)+` && document.title.startsWith(document.querySelector('`+secondPill+`').dataset.title)`, "the title does not say what is shown")
	// Of events behind each other that one explainer tells, one names it, and each run does.
	b.must(`[...document.querySelectorAll('.tl .ev')].filter(e => e.checkVisibility()).map(e => e.querySelector('.own')).every((o, i, all) => !o || o.hidden === (i > 0 && all[i - 1]?.lastChild.href === o.lastChild.href))`,
		"an explainer is named twice, or not at all")
	said := js[string](b, pageSays)
	b.must(`!document.querySelector('.dens').checkVisibility()`, "the chart shows what is not chosen")
	js[bool](b, `(history.back(), true)`)
	b.wait(`location.href === ` + quote(from))
	b.wait(fmt.Sprintf(`%s === %d`, shown(".tl .ev"), all))
	b.must(`document.title === `+quote(title), "the title stays")
	b.must(pageSays+` === `+quote(whole), "the heading or the count stays")
	b.must(`[...document.querySelectorAll('.dens')].some(d => d.checkVisibility())`, "the chart does not come back")
	b.must(`document.querySelector('.pills [aria-current]').dataset.k === ''`, "the filter is still told to be chosen")
	js[bool](b, `(history.forward(), true)`)
	b.wait(fmt.Sprintf(`%s === %d && document.title !== %s`, shown(".tl .ev"), count, quote(title)))
	b.must(`window.same`, "another page was loaded")
	// The ready page shows the same.
	without := open(t)
	without.noScript()
	without.show(js[string](b, `location.href`))
	without.must(fmt.Sprintf(`%s === %d`, shown(".tl .ev"), count), "the ready page shows other events")
	without.must(pageSays+` === `+quote(said), "the ready page has another heading, or other numbers")
	without.must(`document.title === `+quote(js[string](b, `document.title`)), "the ready page has another title")
}

// folded is an event that is folded up.
const folded = `document.querySelector('details:not([open]) .ev')`

// TestFoldOpens: a link to a folded event shows it, with and without our script.
func TestFoldOpens(t *testing.T) {
	s := crowdSite(t)
	for _, script := range []bool{true, false} {
		b := s.open(t)
		if !script {
			b.noScript()
		}
		b.show(s.url + "/explainers/x0/")
		b.must(`!`+folded+`.checkVisibility({contentVisibilityAuto: true}) || `+folded+`.getBoundingClientRect().height === 0`, "it is not folded up")
		id := js[string](b, folded+`.id`)
		js[string](b, `location.hash = `+quote(id))
		b.wait(`document.getElementById(` + quote(id) + `).closest('details').open`)
		b.must(`(r => r.top >= 0 && r.top < innerHeight)(document.getElementById(`+quote(id)+`).getBoundingClientRect())`, "the event is not on the screen")
	}
	b := s.open(t)
	b.show(s.url + "/explainers/x0/")
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.must(`[...document.querySelectorAll('.fold .ev')].every(e => e.getBoundingClientRect().height > 0)`, "an event is not on paper")
}
