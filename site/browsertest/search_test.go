package browsertest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"nutgraf/site/lang"
	"nutgraf/site/search"
)

// searchPage has what static/search.js needs, and nothing else.
const searchPage = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Search</title><link rel="icon" href="data:,">
<script defer src="%ssearch.js"></script></head><body>
<form role="search" action="" data-index="%[1]sindex.json" data-root="../" data-none="Nothing found for “{q}”. Try fewer words." data-single="1 answer for “{q}”"
 data-plural="{n} answers for “{q}”" data-more="More" data-kind-1="Term" data-kind-2="Event" data-kind-8="What we don’t know" data-failed="Search failed.">
<label for="q">Search</label> <input type="search" id="q" name="q"> <button>Search</button></form>
<p role="status" id="search_status"></p><ol id="search_results"></ol>
<div id="search_list"><ul><li><a href="../e/#gate">What is the gate?</a></li><li><a href="../e/#surge">What is a surge?</a></li></ul></div></body></html>`

// searchPolicy is that of the pages, but for the empty icon.
const searchPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// searchFiles are the files of a small index.
func searchFiles(t *testing.T) map[string]string {
	var gates, surge search.Batch
	gates.Begin(search.Document{URL: "e/", Title: "Why gates?"})
	for _, e := range []search.Entry{
		{Title: "What is the gate?", Text: "A wall that <b>swings</b> shut against a surge.", Body: []byte("Steel is heavy. Each leaf weighs 400 tonnes. It floats. No flood-gate is lighter."), URL: "#gate"},
		{Kind: search.Event, Title: "The surge of 1953", Of: "31 January 1953", URL: "#event-1953", Dates: []string{"=1953-01-31", "=1953-01", "=1953"}},
		{Kind: search.Unknown, Text: "How much land will be flooded.", URL: "#known_things"},
	} {
		gates.Add(e)
	}
	for i := range 23 {
		gates.Add(search.Entry{Title: fmt.Sprintf("Question %d of many?", i), URL: fmt.Sprint("#q", i)})
	}
	surge.Begin(search.Document{URL: "glossary/surge/", Title: "surge"})
	surge.Add(search.Entry{Kind: search.Term, Title: "surge", Text: "High water."})
	return indexFiles(t, "e/", &gates, "glossary/surge/", &surge)
}

// indexFiles are the files of an index of two pages, and the script.
func indexFiles(t *testing.T, oneURL string, one *search.Batch, otherURL string, other *search.Batch) map[string]string {
	b := search.New(lang.For("en"))
	if search.Compare(oneURL, otherURL) > 0 {
		one, other = other, one
	}
	for _, batch := range []*search.Batch{one, other} {
		if err := b.Add(batch); err != nil {
			t.Fatal(err)
		}
	}
	x, err := b.Finish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	files := map[string]string{}
	for _, f := range x.Files() {
		var s strings.Builder
		if _, err := f.WriteTo(&s); err != nil {
			t.Fatal(err)
		}
		files[f.Name] = s.String()
	}
	script, err := os.ReadFile("../../static/search.js")
	if err != nil {
		t.Fatal(err)
	}
	files["search.js"] = string(script)
	return files
}

// until waits until an expression is true in the page, and returns the value of
// another. A failure tells what the page then shows.
func until(t *testing.T, ctx context.Context, condition, value string) string {
	t.Helper()
	const wait = `new Promise((done) => { const end = Date.now() + 10000, look = () => {
		if (%s) done(String(%s)); else if (Date.now() > end) done("never; the page shows: " + document.body.innerText); else requestAnimationFrame(look); }; look(); })`
	return get(t, ctx, chromedp.Evaluate[string](fmt.Sprintf(wait, condition, value), chromedp.EvalAwaitPromise))
}

// status waits for what the page says of a query.
func status(t *testing.T, ctx context.Context, want, value string) string {
	t.Helper()
	return until(t, ctx, fmt.Sprintf("document.getElementById('search_status').textContent === %q", want), value)
}

const shownItems = `[...document.querySelectorAll("#search_results li")].map((li) => li.innerHTML).join("\n")`

// serveSearch serves the search page with the files of an index, and the pages
// that are among them.
func serveSearch(t *testing.T, files map[string]string) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", searchPolicy)
		name := strings.TrimPrefix(r.URL.Path, "/search/")
		switch {
		case name == "":
			fmt.Fprintf(w, searchPage, "")
		case files[name] == "":
			http.NotFound(w, r)
		default:
			if strings.HasSuffix(name, ".js") {
				w.Header().Set("Content-Type", "text/javascript")
			}
			fmt.Fprint(w, files[name])
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// TestSearchLarge searches a site of so much text that the index has none of it
// but titles and short answers: sentences and phrases are looked for on the pages.
func TestSearchLarge(t *testing.T) {
	ctx := browser(t)
	var gates, filler search.Batch
	gates.Begin(search.Document{URL: "e/", Title: "Why gates?"})
	gates.Add(search.Entry{Title: "What is the gate?", Text: "A wall.", Body: []byte("Steel is heavy. \ufffc**tonnes** of code\ufffc Each leaf weighs 400 tonnes."), URL: "#gate"})
	gates.Add(search.Entry{Title: "Is it heavy?", Text: "Yes.", Body: []byte("Leaf after leaf is heavy. One weighs much."), URL: "#heavy"})
	filler.Begin(search.Document{URL: "f/", Title: "Much"})
	filler.Add(search.Entry{Title: "Much", Body: []byte(strings.Repeat("much ", 1<<19))})
	files := indexFiles(t, "e/", &gates, "f/", &filler)
	if len(files) < 4 || strings.Contains(fmt.Sprint(files), "tonnes.") {
		t.Fatalf("%d files, or bodies in them: too small to tell anything", len(files))
	}
	files["/e/"] = `<!DOCTYPE html><title>E</title><main><section id="gate"><h2>What is the gate?</h2><p>A wall.</p><div><p>Steel is heavy.</p><pre>**tonnes** of code</pre><p>Each leaf <b>weighs</b> 400 tonnes.</p>` +
		`</div></section><section id="heavy"><p>Leaf after leaf is heavy. One weighs much.</p></section></main>`
	problems := watch(t, ctx)
	do(t, ctx, chromedp.Navigate(serveSearch(t, files).URL+"/search/?q=tonnes"))
	status(t, ctx, "1 answer for “tonnes”", "1")
	const want = `<h2 class="hit"><a href="../e/#gate">What is the gate?</a></h2><p>A wall.</p><p>Each leaf weighs 400 <mark>tonnes</mark>.</p><p class="note">Why gates?</p>`
	if got := until(t, ctx, "document.querySelector('mark')", shownItems); got != want {
		t.Errorf("the sentence with the word:\n%s\nand not\n%s", got, want)
	}
	write(t, ctx, "“of code”")
	if got := status(t, ctx, "1 answer for ““of code””", "document.querySelector('#search_results li').textContent"); got != "What is the gate?A wall.Why gates?" {
		t.Errorf("what is found in code alone is shown as %s", got)
	}
	write(t, ctx, "“leaf weighs”")
	if got := status(t, ctx, "1 answer for ““leaf weighs””", "document.querySelector('#search_results a').hash"); got != "#gate" {
		t.Errorf("the phrase is found at %s", got)
	}
	for _, p := range problems() {
		t.Error(p)
	}
}

// TestSearchScript types into the search page, under the policy of the pages.
func TestSearchScript(t *testing.T) {
	ctx := browser(t)
	files := searchFiles(t)
	server := serveSearch(t, files)
	problems := watch(t, ctx)
	check := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s:\n%s\nand not\n%s", what, got, want)
		}
	}
	do(t, ctx, chromedp.Navigate(server.URL+"/search/"), chromedp.SendKeys("#q", "surge"))
	const surge = `<h2 class="hit"><a href="../glossary/surge/"><mark>surge</mark></a></h2><p>High water.</p><p class="note">Term</p>` + "\n" +
		`<h2 class="hit"><a href="../e/#gate">What is the gate?</a></h2><p>A wall that &lt;b&gt;swings&lt;/b&gt; shut against a <mark>surge</mark>.</p><p class="note">Why gates?</p>` + "\n" +
		`<h2 class="hit"><a href="../e/#event-1953">The <mark>surge</mark> of 1953</a></h2><p class="note">Event · 31 January 1953 · Why gates?</p>`
	check("as typed", status(t, ctx, "3 answers for “surge”", shownItems), surge)
	check("the address", get(t, ctx, chromedp.Evaluate[string]("location.search + document.getElementById('search_list').hidden")), "?q=surgetrue")
	do(t, ctx, chromedp.Navigate(server.URL+"/search/?q=surge"))
	check("as asked in the address", status(t, ctx, "3 answers for “surge”", shownItems), surge)
	write(t, ctx, "weighs")
	check("the sentence with the word", status(t, ctx, "1 answer for “weighs”", shownItems), `<h2 class="hit"><a href="../e/#gate">What is the gate?</a></h2>`+
		`<p>A wall that &lt;b&gt;swings&lt;/b&gt; shut against a surge.</p><p>Each leaf <mark>weighs</mark> 400 tonnes.</p><p class="note">Why gates?</p>`)
	write(t, ctx, "how much land")
	check("what is not known", status(t, ctx, "1 answer for “how much land”", shownItems), `<h2 class="hit"><a href="../e/#known_things">What we don’t know</a></h2>`+
		`<p>How <mark>much</mark> <mark>land</mark> will be flooded.</p><p class="note">Why gates?</p>`)
	write(t, ctx, "31 January 1953")
	check("a day", status(t, ctx, "1 answer for “31 January 1953”", shownItems), `<h2 class="hit"><a href="../e/#event-1953">The surge of <mark>1953</mark></a></h2>`+
		`<p class="note">Event · <mark>31</mark> <mark>January</mark> <mark>1953</mark> · Why gates?</p>`)
	write(t, ctx, "floodgate")
	check("a word that a hyphen joins", status(t, ctx, "1 answer for “floodgate”", "document.querySelector('mark').textContent"), "flood-gate")
	write(t, ctx, "“heavy leaf”")
	check("words that stand apart", status(t, ctx, "Nothing found for ““heavy leaf””. Try fewer words.", shownItems), "")
	write(t, ctx, "“leaf weighs”")
	check("a phrase", status(t, ctx, "1 answer for ““leaf weighs””", "document.querySelectorAll('#search_results li').length"), "1")
	write(t, ctx, "xyzzy $& <i>")
	check("nothing", status(t, ctx, "Nothing found for “xyzzy $& <i>”. Try fewer words.", shownItems), "")
	write(t, ctx, "question many\r")
	check("the first ten", status(t, ctx, "23 answers for “question many”", "document.querySelectorAll('#search_results li').length"), "10")
	do(t, ctx, chromedp.Click("#search_more"))
	check("ten more", until(t, ctx, "document.querySelectorAll('#search_results li').length > 10",
		"document.querySelectorAll('#search_results li').length + document.activeElement.textContent"), "20Question 10 of many?")
	do(t, ctx, chromedp.Click("#search_more"))
	check("all", until(t, ctx, "document.querySelectorAll('#search_results li').length > 20",
		"document.querySelectorAll('#search_results li').length + String(document.getElementById('search_more'))"), "23null")
	write(t, ctx, " ")
	check("no query", status(t, ctx, "", "document.querySelectorAll('#search_results li').length + String(document.getElementById('search_list').hidden)"), "0false")
	for _, p := range problems() {
		t.Error(p)
	}
}

// TestSearchFromDisk opens the page where nothing can be fetched: the list is
// filtered.
func TestSearchFromDisk(t *testing.T) {
	ctx := browser(t)
	dir := t.TempDir()
	files := searchFiles(t)
	files["index.html"] = fmt.Sprintf(searchPage, "")
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	problems := watch(t, ctx)
	do(t, ctx, chromedp.Navigate("file://"+filepath.ToSlash(filepath.Join(dir, "index.html"))), chromedp.SendKeys("#q", "gat"))
	got := status(t, ctx, "1 answer for “gat”", "[...document.querySelectorAll('#search_list li:not([hidden])')].map((li) => li.textContent)")
	if got != "What is the gate?" {
		t.Errorf("the list shows %s", got)
	}
	for _, p := range problems() {
		t.Error(p)
	}
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	for _, a := range actions {
		get(t, ctx, a)
	}
}

// write replaces what stands in the field.
func write(t *testing.T, ctx context.Context, query string) {
	t.Helper()
	get(t, ctx, chromedp.Evaluate[string]("document.getElementById('q').value = ''"))
	do(t, ctx, chromedp.SendKeys("#q", query))
}
