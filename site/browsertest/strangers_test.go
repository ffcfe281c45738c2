package browsertest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"nutgraf/site/pages"
)

// What nutgraf writes for other programs is read here by other programs.

// program finds a program that .ci/run installs, likewise.
func program(t *testing.T, name string) string {
	t.Helper()
	p, err := exec.LookPath(name)
	if err != nil {
		required(t, name)
	}
	return p
}

// read returns a file of the published demo.
func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestTimelineJSReads has TimelineJS itself show the timeline's data.
func TestTimelineJSReads(t *testing.T) {
	dist := filepath.Dir(filepath.Dir(npm(t, "@knight-lab/timelinejs/dist/js/timeline.js")))
	ctx := browser(t)
	dir := demo(t, pages.Options{})
	var data struct{ Events []json.RawMessage }
	if err := json.Unmarshal(read(t, dir, "timeline/timeline.json"), &data); err != nil || len(data.Events) < 10 {
		t.Fatalf("%d events: %v", len(data.Events), err)
	}
	mux := http.NewServeMux()
	mux.Handle("/dist/", http.StripPrefix("/dist/", http.FileServer(http.Dir(dist))))
	mux.Handle("/data/", http.StripPrefix("/data/", http.FileServer(http.Dir(filepath.Join(dir, "timeline")))))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<!DOCTYPE html><title>t</title><link rel="stylesheet" href="/dist/css/timeline.css"><script src="/dist/js/timeline.js"></script>
<div id="t" style="width:900px;height:600px"></div><script>window.tl = new TL.Timeline("t", "/data/timeline.json", {font: null, hash_bookmark: false})</script>`)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL), chromedp.WaitVisible(`.tl-timemarker`)); err != nil {
		t.Fatal(err)
	}
	got := get(t, ctx, chromedp.Evaluate[string](`[tl.config.events.length, document.querySelectorAll(".tl-timemarker").length, document.querySelectorAll(".tl-message-full").length].join(" ")`))
	if want := fmt.Sprintf("%d %d 0", len(data.Events), len(data.Events)); got != want {
		t.Errorf("TimelineJS has %s events, marks and messages, want %s", got, want)
	}
}

// TestCalendarIsRead has ical.js count the events of the calendar.
func TestCalendarIsRead(t *testing.T) {
	node, module := program(t, "node"), npm(t, "ical.js/dist/ical.es5.cjs")
	dir := t.TempDir()
	build(t, dir, fstest.MapFS{"explainers/one.md": {Data: []byte("---\ntitle: One?\nstandfirst: S.\npublished: 2024-01-01\ntimeline:\n" +
		"  - {date: 2087-05, title: The month; it’s long}\n  - {date: 2087-05-03, title: The day}\n" +
		"  - {date: 2087-05-03T10:00Z, title: The minute}\n  - {date: 2087-06-01/2087-06-03, title: The days}\n---\n## What?\n\nIt.\n")}},
		pages.Options{})
	ics := string(read(t, dir, "timeline/timeline.ics"))
	out, err := exec.Command(node, "-e", `
const ICAL = require(process.argv[1]), c = new ICAL.Component(ICAL.parse(require('fs').readFileSync(process.argv[2], 'utf8')));
const all = c.getAllSubcomponents('vevent').map(e => new ICAL.Event(e));
console.log(all.length, all.filter(e => e.summary && e.uid && e.startDate.year > 1900).length)`, module, filepath.Join(dir, "timeline", "timeline.ics")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	n := strconv.Itoa(strings.Count(ics, "BEGIN:VEVENT"))
	if got := strings.TrimSpace(string(out)); got != n+" "+n || n == "0" {
		t.Errorf("ical.js reads %s events, and as many in full; the calendar has %s", got, n)
	}
}

// TestSitemapHoldsItsSchema checks the sitemap by sitemaps.org's own schema.
func TestSitemapHoldsItsSchema(t *testing.T) {
	xmllint, schema := program(t, "xmllint"), npm(t, "sitemap/schema/sitemap.xsd")
	dir := demo(t, pages.Options{})
	if out, err := exec.Command(xmllint, "--nonet", "--noout", "--schema", schema, filepath.Join(dir, "sitemap.xml")).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
