package check

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// now is when tests check.
var now = time.Date(2024, 6, 10, 6, 13, 20, 0, time.UTC)

// load makes a site and its pages of the files of content/. None may have errors.
func load(t *testing.T, content map[string]string) (*site.Site, *pages.Book) {
	t.Helper()
	s, ds, err := tryLoad(t, content, site.Options{DefaultTemplates: os.DirFS("../../templates"), DefaultStatic: os.DirFS("../../static")})
	if err != nil {
		t.Fatal(err)
	}
	book, more, err := pages.New(t.Context(), s, pages.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	for _, d := range append(ds, more...) {
		if d.Severity == diag.Error {
			t.Fatalf("%s: %s", d.At.File, d.Message)
		}
	}
	return s, book
}

// tryLoad loads a site that may have errors, with what else o says.
func tryLoad(t *testing.T, content map[string]string, o site.Options) (*site.Site, []diag.Diagnostic, error) {
	files := fstest.MapFS{}
	for name, data := range content {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	if o.Now.IsZero() {
		o.Now = now
	}
	o.Content, o.Places, o.Name = files, true, "Test"
	s, ds, err := site.Load(t.Context(), o, nil)
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, ds, err
}

// canary is a word that no reader may see.
const canary = "Quetzalcoatlus"

// TestCanary holds that no byte of any output has a word of a draft, of what is
// due later, of notes or of a comment.
func TestCanary(t *testing.T) {
	public := "---\ntitle: What is public?\nstandfirst: \"This. <!-- " + canary + " -->\"\npublished: 2024-05-25\ntopics: [birds]\nnotes: |\n  " + canary + "\n  <!-- accept: orphan " + canary + " -->\n" +
		"images:\n  - src: gate.png\n    alt: A gate\nunknowns:\n  - \"All. <!-- " + canary + " -->\"\n---\n<!-- " + canary + " -->\n\nIntroduction.\n\n## What is it? {#it}\n\n<!-- accept: leaning-answer " + canary +
		" -->\n\nThis. <!-- accept: stale-date " + canary + " --> And that.\n\n```html\n<!-- code -->\n```\n"
	hidden := func(head string) string {
		return "---\ntitle: What is " + canary + "?\nstandfirst: " + canary + ".\n" + head + "\ntopics: [birds]\ntimeline:\n  - date: 2024-05-01\n    title: " + canary + " lands\nsources:\n  - title: " + canary +
			"\nupdates:\n  - date: 2024-05-02\n    type: correction\n    text: " + canary + "\n---\n## Where is " + canary + "? {#quetzalcoatlus}\n\n" + canary + "[@quetzalcoatlus] ![" + canary + "](secret.png)\n"
	}
	_, book := load(t, map[string]string{
		"site.yaml":                        "base_url: https://example.org/\noutputs: [cards, markdown, share-images, faq]\n",
		"explainers/public.md":             public,
		"explainers/public/gate.png":       "picture",
		"explainers/draft.md":              hidden("status: draft"),
		"explainers/draft/secret.png":      canary,
		"explainers/embargoed.md":          hidden("published: 2024-06-10T09:00"),
		"explainers/embargoed/secret.png":  canary,
		"explainers/reviewed.md":           hidden("status: review\npublished: 2024-05-01"),
		"explainers/reviewed/secret.png":   canary,
		"explainers/moved-on.md":           hidden("published: 2024-06-11\nupdated: 2024-06-11"),
		"explainers/moved-on/secret.png":   canary,
		"glossary/gate.md":                 "---\nterm: Gate\nshort: A door.\n---\n<!-- " + canary + " -->\nA text. <!-- " + canary + " -->\n",
		"pages/about.md":                   "---\ntitle: About\n---\n<!-- " + canary + " -->\nUs.\n",
		"explainers/public/index-not.yaml": "",
	})
	for i := range book.Len() {
		leaf, err := book.Open(i)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		b.WriteString(leaf.Path + "\n")
		if _, err := leaf.Write(&b); err != nil {
			t.Fatal(err)
		}
		leaf.Close()
		lower := bytes.ToLower(b.Bytes())
		if at := bytes.Index(lower, []byte(strings.ToLower(canary))); at >= 0 {
			t.Errorf("%s: …%s…", book.Path(i), b.Bytes()[max(0, at-60):min(b.Len(), at+60)])
		}
	}
	for page, ids := range book.Questions() {
		if strings.Contains(page+strings.Join(ids, " "), strings.ToLower(canary)) {
			t.Errorf("the manifest has %s %v", page, ids)
		}
	}
	if !slices.ContainsFunc([]int{book.Find("explainers/public/index.md")}, func(i int) bool { return i >= 0 }) {
		t.Error("the public explainer has no copy as Markdown: this test looks at too little")
	}
}

// web is a host of the test's own, with what was asked of it.
type web struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func newWeb(t *testing.T) *web {
	w := &web{}
	mux := http.NewServeMux()
	for path, status := range map[string]int{"/gone": 410, "/lost": 404, "/forbidden": 403, "/busy": 429, "/broken": 500} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}
	mux.HandleFunc("/good", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/only-get", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	})
	redirect := func(from, to string, status int) {
		mux.HandleFunc(from, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, status) })
	}
	redirect("/moved", "/good", http.StatusMovedPermanently)
	redirect("/moved-twice", "/moved", http.StatusPermanentRedirect)
	redirect("/for-now", "/good", http.StatusFound)
	redirect("/moved-for-now", "/for-now", http.StatusMovedPermanently)
	redirect("/moved-away", "/gone", http.StatusMovedPermanently)
	redirect("/circle", "/circle", http.StatusMovedPermanently)
	redirect("/odd", "mailto:desk@example.org", http.StatusMovedPermanently)
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked = append(w.asked, r.Method+" "+r.URL.Path)
		w.mu.Unlock()
		mux.ServeHTTP(rw, r)
	}))
	t.Cleanup(w.Server.Close)
	return w
}

// TestVisit holds what each answer of a host means.
func TestVisit(t *testing.T) {
	w := newWeb(t)
	v := &Visitor{Client: &http.Client{}, Now: now}
	for path, want := range map[string]verdict{
		"/good": {}, "/only-get": {}, "/for-now": {},
		"/gone": {Gone: true, Why: "410 Gone"}, "/lost": {Gone: true, Why: "404 Not Found"}, "/moved-away": {Gone: true, Why: "410 Gone"},
		"/forbidden": {Why: "it answers 403 Forbidden"}, "/busy": {Why: "it answers 429 Too Many Requests"}, "/broken": {Why: "it answers 500 Internal Server Error"},
		"/moved": {Moved: w.URL + "/good"}, "/moved-twice": {Moved: w.URL + "/good"}, "/moved-for-now": {Moved: w.URL + "/for-now"},
		"/circle": {Why: "it leads on and on"}, "/odd": {Why: "it leads to what is no web address"},
	} {
		if got := v.visit(t.Context(), w.URL+path); got != want {
			t.Errorf("%s: %+v, want %+v", path, got, want)
		}
	}
	v.Client.Timeout = 50 * time.Millisecond
	if got := v.visit(t.Context(), w.URL+"/slow"); got != (verdict{Why: "it takes too long to answer"}) {
		t.Errorf("a slow host: %+v", got)
	}
	w.Close()
	if got := v.visit(t.Context(), w.URL+"/good"); got != (verdict{Why: "it can't be reached"}) {
		t.Errorf("a host that is down: %+v", got)
	}
}

// TestExternal holds what is reported of a site's links, that each is asked for
// once, and that what was found is stored.
func TestExternal(t *testing.T) {
	w := newWeb(t)
	s, book := load(t, map[string]string{
		"site.yaml": "check: {open-end: off, structured-data: off, unarchived-source: off, undated-source: off, uncited-source: off, question-mark: off}\n",
		"explainers/one.md": "---\ntitle: What is one?\nstandfirst: One.\npublished: 2024-05-25\nsources:\n  - id: a\n    title: A\n    url: " + w.URL + "/gone\n    archive_url: " + w.URL + "/good\n---\n" +
			"## What is it? {#it}\n\nSee [that](" + w.URL + "/moved#part), [this](" + w.URL + "/lost), <" + w.URL + "/forbidden> and [again](" + w.URL + "/good).\n",
	})
	dir := filepath.Join(t.TempDir(), "links")
	visit := func(at time.Time) []string {
		r, err := Site(t.Context(), s, book, Options{Visit: &Visitor{Client: &http.Client{}, Dir: dir, Now: at}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range r.Findings {
			got = append(got, strings.ReplaceAll(d.Severity.String()+": "+d.Message+"; "+d.Hint, w.URL, "W"))
		}
		return got
	}
	want := []string{
		"warning: W/gone is gone (410 Gone); its archived copy is W/good: let url: lead there",
		"warning: W/moved#part has moved for good; write W/good",
		"warning: W/lost is gone (404 Not Found); look for it at an archive such as web.archive.org, or for another source",
		"note: nobody can tell from here whether W/forbidden is there: it answers 403 Forbidden; open it in a browser",
	}
	if d := cmp.Diff(want, visit(now)); d != "" {
		t.Error(d)
	}
	first := len(w.asked)
	if n := strings.Count(strings.Join(w.asked, "\n"), " /good"); n != 2 { // of its own, and where /moved leads
		t.Errorf("/good was asked for %d times: %v", n, w.asked)
	}
	if d := cmp.Diff(want, visit(now.Add(time.Hour))); d != "" {
		t.Error(d)
	}
	if again := w.asked[first:]; !slices.Equal(again, []string{"HEAD /forbidden", "GET /forbidden"}) {
		t.Errorf("an hour later %v are asked for", again)
	}
	if visit(now.Add(48 * time.Hour)); !slices.Contains(w.asked[first:], "HEAD /gone") || slices.Contains(w.asked[first:], "HEAD /moved") {
		t.Errorf("two days later %v are asked for", w.asked[first:])
	}
	if r, err := Site(t.Context(), s, book, Options{}); err != nil || len(r.Findings) > 0 {
		t.Errorf("nobody was asked: %v %v", r, err)
	}
}

// TestCancelled holds that a check ends when it is told to.
func TestCancelled(t *testing.T) {
	s, book := load(t, map[string]string{"explainers/one.md": "---\ntitle: What is one?\nstandfirst: One.\npublished: 2024-05-25\n---\n## What is it?\n\nOne.\n"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Site(ctx, s, book, Options{}); err == nil {
		t.Error("it went on")
	}
}

// TestLargePicture holds that a picture is measured by what its file says.
func TestLargePicture(t *testing.T) {
	gif := func(width byte) string {
		return "GIF89a\x01" + string([]byte{width}) + "\x10\x00\x00\x00\x00" +
			"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b" // of which one pixel is drawn
	}
	s, book := load(t, map[string]string{
		"site.yaml":                  "check: {picture-credit: off, structured-data: off, open-end: off}\n",
		"explainers/one.md":          "---\ntitle: What is one?\nstandfirst: One.\npublished: 2024-05-25\n---\n## What is it? {#it}\n\n![A wide one](wide.gif)\n\n![A narrow one](narrow.gif)\n\n![None](none.gif)\n",
		"explainers/one/wide.gif":    gif(0x10), // 4097
		"explainers/one/narrow.gif":  gif(0x0f), // 3841
		"explainers/one/none.gif":    "no picture",
		"explainers/one/unnamed.gif": gif(0x20),
	})
	r, err := Site(t.Context(), s, book, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) != 1 || r.Findings[0].At.File != "content/explainers/one/wide.gif" || r.Findings[0].Message != "this picture is 4097 pixels wide and 16 high, 0 kB: no screen shows more than 4000" {
		t.Errorf("%+v", r.Findings)
	}
}
