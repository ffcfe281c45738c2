package serve

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/static"
	"nutgraf/templates"
)

// deadline is how long a condition is waited for: long, for a busy machine.
const deadline = 20 * time.Second

// browser asks for pages, and does not wait for ever.
var browser = &http.Client{Timeout: deadline}

// preview is a server over a folder of its own.
type preview struct {
	t        *testing.T
	dir      string
	address  string
	server   *Server
	settings site.Options
	prompt   bool // what is served first must be right
}

// folders are the roots of a site on disk.
type folders []*os.Root

// Close closes them.
func (f folders) Close() error {
	for _, r := range f {
		r.Close()
	}
	return nil
}

func (p *preview) open() (site.Options, io.Closer, error) {
	o := p.settings
	var open folders
	for name, fsys := range map[string]*fs.FS{"content": &o.Content, "templates": &o.Templates, "static": &o.Static} {
		r, err := os.OpenRoot(filepath.Join(p.dir, name))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			open.Close()
			return o, nil, err
		}
		open = append(open, r)
		*fsys = r.FS()
	}
	return o, open, nil
}

// start serves a folder that holds the files given, with Options changed as told.
func start(t *testing.T, files map[string]string, change ...func(*Options)) *preview {
	t.Helper()
	p := &preview{t: t, dir: t.TempDir(), settings: site.Options{DefaultTemplates: templates.FS, DefaultStatic: static.FS, Name: "Test", Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Drafts: true, Future: true}}
	for name, text := range files {
		p.write(name, text)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.address = "http://" + l.Addr().String()
	dirs := map[string]string{}
	for _, root := range []string{"content", "templates", "static"} {
		dirs[root] = filepath.Join(p.dir, root)
	}
	o := Options{Open: p.open, Dirs: dirs, Hosts: []string{l.Addr().String()}, Log: func(s string) { t.Log(s) }}
	for _, c := range change {
		c(&o)
	}
	p.prompt = o.Poll == never && runtime.GOOS == "linux" // elsewhere events may come late
	p.server = New(o)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- p.server.Run(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	p.wait("the first page", func() bool { return p.status("/") != http.StatusServiceUnavailable })
	return p
}

func (p *preview) write(name, text string) {
	p.t.Helper()
	name = filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// get returns a page as it is published: without what the preview adds.
func (p *preview) get(path string) string {
	p.t.Helper()
	return p.published(p.raw(path))
}

// raw returns a page as it is served.
func (p *preview) raw(path string) string {
	p.t.Helper()
	r, err := browser.Get(p.address + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(body)
}

func (p *preview) status(path string) int {
	p.t.Helper()
	r, err := browser.Get(p.address + path)
	if err != nil {
		return http.StatusServiceUnavailable // it does not listen yet
	}
	r.Body.Close()
	return r.StatusCode
}

func (p *preview) published(page string) string {
	from := strings.Index(page, `<link rel="stylesheet" href="`+p.server.secret)
	to := strings.Index(page, endOfHead)
	if from < 0 || to < from {
		return page
	}
	head, body := strings.Replace(page[:from], ownPolicy, noPolicy, 1), page[to:]
	if from := strings.Index(body, `<aside class="ngp-banner"`); from >= 0 {
		body = body[:from] + body[from+strings.Index(body[from:], "</aside>")+len("</aside>"):]
	}
	return head + body
}

// wait waits for a condition.
func (p *preview) wait(what string, ok func() bool) {
	p.t.Helper()
	for start := time.Now(); !ok(); {
		if time.Since(start) > deadline {
			p.t.Fatalf("waited in vain for %s", what)
		}
		<-time.After(5 * time.Millisecond)
	}
}

// clean returns every page that a clean build of the folder makes, and whether
// it can be built.
func (p *preview) clean() (map[string]string, bool) {
	p.t.Helper()
	o, folders, err := p.open()
	if err != nil {
		p.t.Fatal(err)
	}
	defer folders.Close()
	s, ds, err := site.Load(p.t.Context(), o, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	defer s.Close()
	for _, d := range ds {
		if d.Severity == diag.Error {
			p.t.Logf("%s: %s", d.At.File, d.Message)
			return nil, false
		}
	}
	book, _, err := pages.New(p.t.Context(), s, pages.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	defer book.Close()
	all := map[string]string{}
	for i := range book.Len() {
		leaf, err := book.Open(i)
		if err != nil {
			p.t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := leaf.Write(&b); err != nil {
			p.t.Fatal(err)
		}
		leaf.Close()
		all["/"+strings.TrimSuffix(book.Path(i), "index.html")] = b.String()
	}
	return all, true
}

// agrees waits until what is served is what a clean build makes.
func (p *preview) agrees(after string) {
	p.t.Helper()
	want, ok := p.clean()
	if !ok {
		p.t.Fatalf("after %s the folder can't be built", after)
	}
	p.served(want, after)
}

// served waits until the pages wanted are served; where only events lead to them,
// it does not wait.
func (p *preview) served(want map[string]string, after string) {
	p.t.Helper()
	for path, page := range want {
		if path == "/nutgraf-manifest.json" {
			continue
		}
		last := ""
		for start := time.Now(); ; {
			if last = p.get(path); last == page {
				break
			}
			if p.prompt || time.Since(start) > deadline {
				p.t.Fatalf("after %s %s is served as\n%s\nand built as\n%s", after, path, last, page)
			}
			<-time.After(5 * time.Millisecond)
		}
	}
}

// fails waits until a mistake is told whose message holds a text.
func (p *preview) fails(message string) {
	p.t.Helper()
	p.get("/")
	p.wait("“"+message+"”", func() bool {
		now := p.server.now.Load()
		for _, f := range now.facts {
			if now.fails && strings.Contains(f.Message, message) {
				return true
			}
		}
		return false
	})
}

// key is the key of a page as a tab knows it.
func (p *preview) key(path string) string {
	p.t.Helper()
	_, rest, _ := strings.Cut(p.raw(path), `data-key="`)
	key, _, _ := strings.Cut(rest, `"`)
	return key
}

func explainer(title, answer string) string {
	return fmt.Sprintf("---\ntitle: %q\nstandfirst: What it is.\npublished: 2026-01-02\nquestions:\n  - question: What is it?\n    answer: %q\n---\n", title, answer)
}

func small() map[string]string {
	return map[string]string{
		"content/explainers/one.md": explainer("One?", "First."),
		"content/explainers/two.md": explainer("Two?", "A tide gate stands there."),
		"content/glossary/gate.md":  "---\nterm: tide gate\nshort: A wall on wheels.\n---\n",
		"static/own.css":            "p { color: red }\n",
	}
}

// TestMistakes holds that a mistake leaves the last good page, and goes away.
func TestMistakes(t *testing.T) {
	p := start(t, small())
	before := p.get("/explainers/one/")
	events := p.listen("/explainers/one/")
	if m := events(); m.Fails || m.Key == "" {
		t.Fatalf("at first: %+v", m)
	}
	p.write("content/explainers/one.md", strings.Replace(explainer("One?", "First."), "published", "publishd", 1))
	m := events()
	for !m.Fails { // the file was seen while it was written
		m = events()
	}
	if len(m.Facts) != 1 || !strings.Contains(m.Facts[0].Message, "publishd") || m.Facts[0].Line != 4 {
		t.Fatalf("with a mistake: %+v", m)
	}
	if got := p.get("/explainers/one/"); got != before {
		t.Error("the page is not the last good one")
	}
	p.write("content/explainers/one.md", explainer("One, mended?", "First."))
	for m = events(); m.Fails || len(m.Facts) != 0; m = events() {
		t.Logf("on the way: %+v", m)
	}
	p.agrees("mending")
}

// TestFirstMistake holds that a folder that never was right is shown with what
// is wrong.
func TestFirstMistake(t *testing.T) {
	files := small()
	files["content/explainers/one.md"] = "---\ntitel: <script>One\n---\n"
	p := startWrong(t, files)
	r, err := http.Get(p.address + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, _ := io.ReadAll(r.Body)
	if r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "titel") || strings.Contains(string(body), "<script>One") {
		t.Errorf("%d\n%s", r.StatusCode, body)
	}
	p.write("content/explainers/one.md", explainer("One?", "First."))
	p.agrees("mending the first mistake")
}

// startWrong is start for a folder that has errors.
func startWrong(t *testing.T, files map[string]string) *preview {
	t.Helper()
	good := small()
	p := start(t, good)
	for name := range good {
		if err := os.Remove(filepath.Join(p.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	// A server that has no edition: as it is before the first good load.
	for name, text := range files {
		p.write(name, text)
	}
	p.wait("the mistake", func() bool { return p.server.now.Load().fails })
	p.server.now.Store(&snapshot{fails: true, facts: p.server.now.Load().facts})
	return p
}
