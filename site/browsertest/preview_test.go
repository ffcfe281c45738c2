package browsertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nutgraf/site"
	"nutgraf/site/document"
	preview "nutgraf/site/serve"
	"nutgraf/static"
	"nutgraf/templates"
)

// previewed is a folder that nutgraf serve shows.
type previewed struct {
	t       *testing.T
	dir     string
	address string
}

type closers []io.Closer

// Close closes them all.
func (c closers) Close() error {
	var all error
	for _, one := range c {
		all = errors.Join(all, one.Close())
	}
	return all
}

func (p *previewed) open() (site.Options, io.Closer, error) {
	o := site.Options{DefaultTemplates: templates.FS, DefaultStatic: static.FS, Name: "Preview", Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Drafts: true, Future: true}
	var all closers
	for name, fsys := range map[string]*fs.FS{"content": &o.Content, "templates": &o.Templates, "static": &o.Static} {
		if r, err := os.OpenRoot(filepath.Join(p.dir, name)); err == nil {
			all = append(all, r)
			*fsys = document.Folder(r)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return o, nil, err
		}
	}
	return o, all, nil
}

func (p *previewed) write(name, text string) {
	p.t.Helper()
	name = filepath.Join(p.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
		p.t.Fatal(err)
	}
}

// draft is an explainer of many questions; the last answer is given.
func draft(last string) string {
	var s strings.Builder
	s.WriteString("---\ntitle: What stays?\nstandfirst: A test of the preview.\npublished: 2026-01-02\n---\n")
	for i := range 12 {
		fmt.Fprintf(&s, "\n## Question %d? {#q%d}\n\n%s\n", i, i, strings.Repeat("Words that fill a line or two. ", 12))
		if i == 2 {
			s.WriteString("\n[A link](https://example.org/)\n")
		}
	}
	return s.String() + last + "\n"
}

// previewOf serves an explainer of many questions; options may change how.
func previewOf(t *testing.T, options ...func(*preview.Options)) *previewed {
	t.Helper()
	p := &previewed{t: t, dir: t.TempDir()}
	p.write("content/explainers/draft.md", draft("At first."))
	p.write("templates/foot-extra.html", `<details><summary>More</summary><p>It is open.</p></details><p><label>Note <input></label></p>`)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.address = "http://" + l.Addr().String() + "/"
	dirs := map[string]string{}
	for _, root := range []string{"content", "templates", "static"} {
		dirs[root] = filepath.Join(p.dir, root)
	}
	o := preview.Options{Open: p.open, Dirs: dirs,
		Edit: func(file string, line, column int) string {
			return fmt.Sprintf("vscode://file/%s:%d:%d", file, line, column)
		}}
	for _, change := range options {
		change(&o)
	}
	server := preview.New(o)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- server.Run(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return p
}

// TestPreview edits an explainer that is open: the page is brought up to date in
// place, and what is wrong is shown over it until it is mended.
func TestPreview(t *testing.T) {
	p := previewOf(t) // before the browser: it goes on serving until that is closed
	b := open(t)
	b.home = p.address
	b.show(p.address + "explainers/draft/")
	b.wait(`document.readyState === 'complete'`)
	js[bool](b, `localStorage.setItem('nutgraf preview stays', 'yes'), document.querySelector('details').open = true, document.querySelector('footer input').value = 'typed', true`)
	js[bool](b, `window.here = true, scrollTo(0, 900), true`)
	b.focus("#q2 .prose a")
	y := js[float64](b, `scrollY`)
	if y == 0 {
		t.Fatal("the page does not scroll")
	}
	for i := range 10 {
		p.write("content/explainers/draft.md", draft(fmt.Sprintf("Edit %d.", i)))
		b.wait(fmt.Sprintf(`document.querySelector('#q11 .prose').textContent.includes('Edit %d.')`, i))
	}
	b.must(`window.here`, "the page was loaded again")
	b.must(fmt.Sprintf(`Math.abs(scrollY - %v) < 2`, y), "the page was scrolled")
	b.must(`document.activeElement === document.querySelector('#q2 .prose a')`, "the focus was lost")
	b.must(`document.querySelector('details').open && document.querySelector('footer input').value === 'typed'`, "what was opened and typed was lost")

	p.write("content/explainers/draft.md", strings.Replace(draft("Broken."), "published", "publishd", 1))
	b.wait(`document.querySelector('.ngp')?.textContent.includes('publishd')`)
	b.must(`document.querySelector('.ngp').textContent.includes('content/explainers/draft.md:4:1')`, "the overlay does not say where")
	b.must(`document.querySelector('.ngp a').href.startsWith('vscode://file/content/explainers/draft.md:4')`, "the overlay opens no editor")
	b.must(`document.querySelector('#q11 .prose').textContent.includes('Edit 9.')`, "the last good page is gone")
	p.write("content/explainers/draft.md", draft("Mended."))
	b.wait(`document.querySelector('#q11 .prose').textContent.includes('Mended.') && !document.querySelector('.ngp')`)

	was := js[string](b, `getComputedStyle(document.body).backgroundColor`)
	style, err := fs.ReadFile(static.FS, "style.css")
	if err != nil {
		t.Fatal(err)
	}
	p.write("static/style.css", string(style)+"\nbody { background: rgb(1, 2, 3) }\n")
	b.wait(`getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'`)
	if was == "rgb(1, 2, 3)" {
		t.Error("the style sheet changed nothing")
	}
	b.must(`window.here`, "the style sheet made the page load again")
	b.wait(`document.querySelectorAll('link[rel=stylesheet]').length === 2`)
}

// TestPreviewOfOthers lets a page of another origin try to read the preview.
func TestPreviewOfOthers(t *testing.T) {
	p := previewOf(t) // before the browser: it goes on serving until that is closed
	b := open(t)
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<!DOCTYPE html><title>evil</title><link rel=icon href=data:,>")
	}))
	defer evil.Close()
	b.show(evil.URL)
	page := quote(p.address + "explainers/draft/")
	for name, attempt := range map[string]string{
		"fetch":       `fetch(` + page + `).then(() => 'read', () => 'nothing')`,
		"no-cors":     `fetch(` + page + `, {mode: 'no-cors'}).then(() => 'read', () => 'nothing')`,
		"img":         `new Promise(done => { const e = new Image(); e.onload = () => done('read'); e.onerror = () => done('nothing'); e.src = ` + page + ` })`,
		"script":      `new Promise(done => { const e = document.createElement('script'); e.onload = () => done('read'); e.onerror = () => done('nothing'); e.src = ` + page + `; document.head.append(e) })`,
		"EventSource": `new Promise(done => { const e = new EventSource(` + page + `); e.onopen = () => done('read'); e.onerror = () => { e.close(); done('nothing') } })`,
		"WebSocket":   `new Promise(done => { const e = new WebSocket(` + page + `.replace('http', 'ws')); e.onopen = () => done('read'); e.onerror = () => done('nothing') })`,
	} {
		if got := later[string](b, attempt); got != "nothing" {
			t.Errorf("%s: %s", name, got)
		}
	}
	js[bool](b, `(e => { e.src = `+page+`; document.body.append(e); e.onload = () => window.framed = true })(document.createElement('iframe')), true`)
	b.wait(`window.framed`)
	b.mu.Lock()
	if len(b.problems) == 0 {
		t.Error("the browser had nothing to complain of")
	}
	b.problems, b.asked = nil, nil // all of it is what this test is about
	b.mu.Unlock()
	b.must(`!document.querySelector('iframe').contentDocument`, "the frame shows a document of the preview")
}
