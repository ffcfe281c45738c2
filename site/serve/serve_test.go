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
	"testing/fstest"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
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
		*fsys = document.Folder(r)
	}
	return o, open, nil
}

// start serves a folder that holds the files given, with Options changed as given.
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
	o := Options{Open: p.open, Dirs: dirs, Log: func(s string) { t.Log(s) }}
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
	return p.build(o)
}

// build returns every page that a build makes, and whether there are no errors.
func (p *preview) build(o site.Options) (map[string]string, bool) {
	p.t.Helper()
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

// with is what a clean build makes of the folders as they are but for one file,
// which has another text there; nil where it is not there.
func (p *preview) with(name string, text []byte) map[string]string {
	p.t.Helper()
	o, folders, err := p.open()
	if err != nil {
		p.t.Fatal(err)
	}
	defer folders.Close()
	root, file, _ := strings.Cut(name, "/")
	fsys := map[string]*fs.FS{"content": &o.Content, "templates": &o.Templates}[root]
	files := fstest.MapFS{}
	err = fs.WalkDir(*fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(*fsys, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	if files[file].Data = text; text == nil {
		delete(files, file)
	}
	*fsys = files
	pages, ok := p.build(o)
	if !ok {
		p.t.Fatalf("with another %s the folder can't be built", name)
	}
	return pages
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

// fails waits until a mistake is reported whose message holds a text.
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

// TestFirstMistake holds that what never was right is left out and reported, and all
// else is there.
func TestFirstMistake(t *testing.T) {
	files := small()
	files["content/explainers/one.md"] = "---\ntitel: <script>One\n---\n"
	files["content/explainers/two.md"] = explainer("Two?", "See [one](one.md) and [a tide](term:tide), next to a tide gate.")
	files["content/glossary/tide.md"] = "---\nterm: tide\nshort:\n---\n"
	p := start(t, files)
	p.fails("titel")
	p.fails("this entry has no short")
	for _, path := range []string{"/explainers/one/", "/glossary/tide/"} {
		if got := p.status(path); got != http.StatusNotFound {
			t.Errorf("%s: %d", path, got)
		}
	}
	if got := p.get("/explainers/two/"); !strings.Contains(got, "<a>one</a> and <a>a tide</a>") || !strings.Contains(got, "../../glossary/gate/") {
		t.Errorf("what refers to what is left out:\n%s", got)
	}
	p.write("content/explainers/three.md", explainer("Three?", "Third."))
	if got := p.get("/explainers/three/"); !strings.Contains(got, "Third.") {
		t.Errorf("a new file beside a mistake:\n%s", got)
	}
	p.write("content/explainers/one.md", explainer("One?", "First."))
	p.write("content/glossary/tide.md", "---\nterm: tide\nshort: Water.\n---\n")
	p.agrees("mending the first mistakes")
}

// TestKept holds that each file with a mistake is shown as it was, whatever it is,
// and every other file as it is.
func TestKept(t *testing.T) {
	for _, c := range []struct{ file, good, wrong, reported string }{
		{"content/explainers/one.md", explainer("One?", "As it was."), explainer("One?", "Wrong [link](nowhere.md)."), "there is no explainer “nowhere”"},
		{"content/explainers/one.md", explainer("One?", "As it was."), "---\ntitle: [One\n---\n", "is not closed"},
		{"content/explainers/one/updates.yaml", "- {date: 2026-01-03, type: update, text: As it was.}\n", "- {date: yesterday, type: update, text: Wrong.}\n", "yesterday"},
		{"content/glossary/gate.md", "---\nterm: tide gate\nshort: As it was.\n---\n", "---\nterm: tide gate\nshort:\n---\n", "no short"},
		{"content/pages/about.md", "---\ntitle: About\n---\nAs it was.\n", "---\ntitle: About\n---\n[Wrong](#nowhere).\n", "nowhere"},
		{"content/site.yaml", "title: As it was\n", "title: Wrong\npinned: [nothing]\n", "nothing"},
		{"content/authors.yaml", "jo: {name: As it was}\n", "jo: {nam: Wrong}\n", "nam"},
		{"content/sources.yaml", "- {id: s, title: As it was}\n", "- {id: s, titel: Wrong}\n", "titel"},
		{"templates/foot-extra.html", "<p>As it was.</p>", "<p>{{.Wrong</p>", "bad character"},
	} {
		files := small()
		files["content/explainers/two.md"] = strings.Replace(explainer("Two?", "A tide gate."), "questions:", "authors: [jo]\nsources: [s]\nquestions:", 1)
		files["content/authors.yaml"], files["content/sources.yaml"] = "jo: {name: Jo}\n", "- {id: s, title: Sea}\n"
		files[c.file] = c.good
		p := start(t, files)
		before, ok := p.clean()
		if !ok {
			t.Fatalf("%s can't be built", c.file)
		}
		p.served(before, "the start")
		p.write(c.file, c.wrong)
		p.fails(c.reported)
		p.served(before, "a mistake in "+c.file)
		p.write("content/explainers/new.md", explainer("New?", "Beside it."))
		p.write("content/explainers/two.md", strings.Replace(files["content/explainers/two.md"], "A tide gate", "Another tide gate", 1))
		p.served(p.with(c.file, []byte(c.good)), "saves beside a mistake in "+c.file)
		p.write(c.file, c.good)
		p.agrees("mending " + c.file)
	}
}

// TestTemplateFails holds that a template which can't be executed leaves every page
// there is to look at, with the mistake, and that all is as it was once it is mended.
func TestTemplateFails(t *testing.T) {
	p := start(t, small())
	p.write("templates/foot-extra.html", "<p>Our foot.</p>")
	p.agrees("a template")
	for _, wrong := range []string{"<p>{{.Nothing}}</p>", `<p>{{index (slice "abc" 1) 99}}</p>`} {
		p.write("templates/foot-extra.html", wrong)
		for _, path := range []string{"/explainers/one/", "/", "/glossary/gate/"} {
			if got := p.raw(path); p.status(path) != http.StatusOK || !strings.Contains(got, `ngp-banner`) || !strings.Contains(got, "templates/foot-extra.html:1: ") {
				t.Errorf("%s with %s:\n%s", path, wrong, got)
			}
		}
		p.write("content/explainers/one.md", explainer("One?", "Saved beside "+wrong[:9]+"."))
		if got := p.get("/explainers/one/"); !strings.Contains(got, "Saved beside") {
			t.Errorf("a save beside %s is not shown:\n%s", wrong, got)
		}
		p.write("templates/foot-extra.html", "<p>Our foot.</p>")
		p.agrees("mending " + wrong)
	}
}
