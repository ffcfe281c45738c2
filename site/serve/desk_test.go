package serve

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"nutgraf/content"
	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// ask returns an answer as it is sent.
func (p *preview) ask(path string) (status int, body string) {
	p.t.Helper()
	r, err := http.Get(p.address + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

// has waits until an answer holds a text.
func (p *preview) has(path, text string) {
	p.t.Helper()
	p.wait(text+" at "+path, func() bool {
		_, body := p.ask(path)
		return strings.Contains(body, text)
	})
}

// TestPlain holds that a page that is asked for plain is as it is published, and
// that else nothing but the preview's tags and a banner is added to it.
func TestPlain(t *testing.T) {
	files := small()
	files["content/explainers/two.md"] = strings.Replace(files["content/explainers/two.md"], "published: 2026-01-02", "status: review", 1)
	p := start(t, files)
	want, ok := p.clean()
	if !ok {
		t.Fatal("it can't be built")
	}
	for path, page := range want {
		if path == "/nutgraf-manifest.json" {
			continue
		}
		if _, got := p.ask(path + "?plain"); got != page {
			t.Errorf("%s is not as it is published", path)
		}
		_, got := p.ask(path)
		if banner := path == "/explainers/two/"; banner != strings.Contains(got, `<aside class="ngp-banner"`) {
			t.Errorf("%s has a banner: %v", path, !banner)
		}
		if p.published(got) != page {
			t.Errorf("%s has more than the preview's tags and a banner", path)
		}
	}
}

// TestBanner holds what is said of pages that readers don't get yet.
func TestBanner(t *testing.T) {
	p := start(t, small())
	p.write("content/site.yaml", "title: T\ntimezone: America/New_York\n")
	for change, want := range map[string]string{
		"status: draft":                "<strong>Draft.</strong> Readers can’t see this page yet.",
		"status: review":               "<strong>In review.</strong> Readers can’t see this page yet.",
		"published: 2026-11-24T09:00Z": "<strong>Goes live Tue 24 Nov, 04:00 EST.</strong> Readers",
		"published: 2027-06-01":        "<strong>Goes live Tue 1 Jun 2027, 00:00 EDT.</strong> Readers",
		"published: 2026-01-02\nstatus: withdrawn\nupdates: [{date: 2026-02-01, type: editors-note, text: Gone.}]": "<strong>Withdrawn.</strong>",
	} {
		p.write("content/explainers/one.md", strings.Replace(explainer("One?", "First."), "published: 2026-01-02", change, 1))
		p.has("/explainers/one/", want)
	}
	p.write("content/pages/soon.md", "---\ntitle: Soon\npublished: 2027-06-01\n---\nSoon.\n")
	p.has("/soon/", "<strong>Goes live Tue 1 Jun 2027, 00:00 EDT.</strong> Readers")
	p.write("content/explainers/one.md", explainer("One?", "First."))
	p.wait("no banner", func() bool {
		_, body := p.ask("/explainers/one/")
		return !strings.Contains(body, "ngp-banner")
	})
}

// TestDemo holds that the demo says what it is, until the first file is there.
func TestDemo(t *testing.T) {
	p := start(t, nil, func(o *Options) {
		open, dir := o.Open, o.Dirs["content"]
		o.Demo = func() bool {
			_, err := os.Stat(dir)
			return errors.Is(err, os.ErrNotExist)
		}
		o.Open = func() (site.Options, io.Closer, error) {
			so, folders, err := open()
			if so.Content == nil {
				so.Content = content.FS
			}
			return so, folders, err
		}
	})
	p.has("/", "<strong>This is nutgraf’s demo.</strong> nutgraf init makes a site of your own")
	p.write("content/explainers/mine.md", explainer("Mine?", "It is."))
	p.has("/explainers/mine/", "It is.")
	p.agrees("the first file")
	if _, body := p.ask("/"); strings.Contains(body, "ngp-banner") {
		t.Error("it is still called the demo")
	}
}

// TestPassedOver holds that an editor's own file is named at debug, and loads nothing.
func TestPassedOver(t *testing.T) {
	said := make(chan string, 100)
	p := start(t, small(), func(o *Options) { o.Debug = func(line string) { said <- line } })
	p.write("content/explainers/.one.md.swp", "b0VIM")
	if line := <-said; !strings.HasSuffix(line, ".one.md.swp") {
		t.Errorf("it says %q", line)
	}
}

// TestSource asks where texts are written, in ways a browser would not as well.
func TestSource(t *testing.T) {
	p := start(t, small(), func(o *Options) {
		o.Edit = func(file string, line, column int) string { return "vscode://file/" + file }
	})
	p.write("canary.txt", "a bird sings")
	p.write("content/explainers/canary.txt", "a bird sings")
	source := func(values ...string) (int, fact) {
		q := url.Values{}
		for i := 0; i < len(values); i += 2 {
			q.Set(values[i], values[i+1])
		}
		status, body := p.ask(p.server.secret + "source?" + q.Encode())
		var f fact
		if status == http.StatusOK {
			if err := json.Unmarshal([]byte(body), &f); err != nil {
				t.Fatal(err)
			}
		}
		return status, f
	}
	if status, f := source("page", "/explainers/two/", "id", "what-is-it", "text", "A tide gate stands there."); status != http.StatusOK ||
		f.File != "content/explainers/two.md" || f.Line != 7 || f.Column != 14 || f.Edit != "vscode://file/content/explainers/two.md" {
		t.Errorf("an answer: %d, %+v", status, f)
	}
	if status, f := source("page", "/glossary/gate/", "text", strings.Repeat("A wall on wheels. ", 300)); status != http.StatusOK || f.File != "content/glossary/gate.md" || f.Line != 3 {
		t.Errorf("a term: %d, %+v", status, f)
	}
	for _, page := range []string{"", "/", "/own.css", "own.css", "/feed.xml", "/404.html", "/../canary.txt", "../canary.txt", "content/explainers/canary.txt", "/etc/passwd", "content/explainers/one.md", "/_preview/", "\x00", "/explainers/none/"} {
		for _, id := range []string{"", "what-is-it", "event-..--..", "event-../../canary.txt--x", "term-", "term-../../canary", "\x00"} {
			if status, f := source("page", page, "id", id, "text", "a bird sings"); status != http.StatusNotFound {
				t.Errorf("%q#%q: %d, %+v", page, id, status, f)
			}
		}
	}
	all, _ := p.clean()
	for path := range all {
		status, f := source("page", path)
		if document := strings.HasPrefix(f.File, "content/explainers/") || strings.HasPrefix(f.File, "content/glossary/"); document != (status == http.StatusOK) || status != http.StatusOK && status != http.StatusNotFound {
			t.Errorf("%s: %d, %+v", path, status, f)
		}
	}
	if status, _ := p.ask("/_preview/source?page=/explainers/two/"); status != http.StatusNotFound {
		t.Errorf("without the secret: %d", status)
	}
}

// TestSaveInterrupts holds that a save does not wait for a long check, and that
// the desk has what it found when nothing disturbs it.
func TestSaveInterrupts(t *testing.T) {
	begun := make(chan bool, 2)
	ended := false
	p := start(t, small(), func(o *Options) {
		o.Findings = func(ctx context.Context, _ *pages.Book) ([]diag.Diagnostic, error) {
			if ended {
				return []diag.Diagnostic{{Severity: diag.Note, Rule: "x", Message: "found at last", At: diag.Place{File: "content/explainers/one.md"}}}, nil
			}
			ended = true
			begun <- true
			<-ctx.Done()
			return nil, ctx.Err()
		}
	})
	first := make(chan int)
	go func() { first <- p.status(deskPath + "?page=/explainers/one/") }()
	<-begun
	p.write("content/explainers/one.md", explainer("One?", "Saved while the desk was busy."))
	p.has("/explainers/one/", "Saved while the desk was busy.")
	if status := <-first; status != http.StatusOK {
		t.Errorf("the desk answered %d", status)
	}
	p.has(deskPath+"?page=/explainers/one/", "found at last")
}

// TestDesk looks at the desk's pages as they are sent.
func TestDesk(t *testing.T) {
	files := small()
	files["content/explainers/draft.md"] = "---\ntitle: <b>Bold?</b>\nstatus: draft\nstandfirst: S.\nquestions:\n  - question: \"Unanswered \u200e?\"\n---\n"
	var asked atomic.Int32
	p := start(t, files, func(o *Options) {
		o.Edit = func(file string, line, column int) string { return "vscode://file/" + file }
		o.Findings = func(context.Context, *pages.Book) ([]diag.Diagnostic, error) {
			asked.Add(1)
			return []diag.Diagnostic{{Severity: diag.Note, Rule: "x", Message: "a <i>note</i>", At: diag.Place{File: "content/glossary/gate.md"}},
				{Severity: diag.Error, Rule: "x", Message: "no file of theirs", At: diag.Place{}}}, nil
		}
	})
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, query := range []string{"", "?page=", "?page=/none/", "?page=/own.css", "?page=//evil.example/", "?page=../canary.txt"} {
		r, err := client.Get(p.address + deskPath + query)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if to := r.Header.Get("Location"); r.StatusCode != http.StatusFound || to != deskPath+"?page=%2Fexplainers%2Fdraft%2F" {
			t.Errorf("%q leads to %d %s", query, r.StatusCode, to)
		}
	}
	_, body := p.ask(deskPath + "?page=/explainers/draft/")
	for _, want := range []string{
		"One thing to fix before this can be published", "no file of theirs", "a &lt;i&gt;note&lt;/i&gt;",
		`<a class="what" href="/explainers/draft/#unanswered" target="wide">`, `<a class="what" href="?page=%2fglossary%2fgate%2f">`, `<q dir="auto">- <mark>question: &#34;Unanswered ?&#34;</mark></q>`,
		`<a href="vscode://file/content/explainers/draft.md">content/explainers/draft.md:6</a>`,
		`<option value="/explainers/draft/" selected>&lt;b&gt;Bold?&lt;/b&gt; (draft)</option>`, "Draft. Readers can’t see this page yet.",
		"<dt>Questions</dt><dd>1</dd>",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the desk lacks %s", want)
		}
	}
	if t.Failed() {
		t.Log(body)
	}
	if _, body := p.ask(deskPath + "?page=/&to=" + url.QueryEscape(`"><script>`)); strings.Contains(body, `"><script>`) || !strings.Contains(body, `src="/#%22%3e%3cscript%3e"`) {
		t.Errorf("a hostile anchor is not escaped:\n%s", body)
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the findings of one site were asked for %d times", n)
	}
	p.write("content/explainers/one.md", strings.Replace(explainer("One?", "First."), "published", "publishd", 1))
	p.has(deskPath+"?page=/explainers/one/", "what needs fixing appears in its last good version, or not at all")
	if _, body := p.ask(deskPath + "?page=/explainers/one/"); !strings.Contains(body, "a &lt;i&gt;note") {
		t.Error("a mistake in one file hides what is said of another")
	}
	p.write("content/glossary/gate.md", "---\nterm: tide gate\n---\n")
	p.has(deskPath+"?page=/explainers/one/", "3 things to fix")
	if _, body := p.ask(deskPath + "?page=/explainers/one/"); strings.Contains(body, "a &lt;i&gt;note") {
		t.Error("what was said of the last good file is said of this one")
	}
}

// TestDeskNotifies holds that the desk is notified of every change, and no page but the one that changed.
func TestDeskNotifies(t *testing.T) {
	p := start(t, small())
	desk, two := p.listen(deskPath), p.listen("/explainers/two/")
	before, same := desk().Key, two().Key
	p.write("content/explainers/one.md", explainer("One?", "Changed."))
	if after := desk().Key; after == before {
		t.Error("the desk does not know that a page changed")
	}
	if m := two(); m.Key != same {
		t.Error("a page changed that nobody edited")
	}
}

// TestChanges compares an explainer with what was committed.
func TestChanges(t *testing.T) {
	old := "---\ntitle: One?\nstandfirst: What it is.\npublished: 2026-01-02\nquestions:\n  - question: What is it?\n    answer: \"It was the first of all.\"\n  - question: Who was it?\n    answer: They.\n---\n"
	var failure atomic.Pointer[error]
	p := start(t, small(), func(o *Options) {
		o.Committed = func(_ context.Context, file string) ([]byte, error) {
			switch err := failure.Load(); {
			case err != nil:
				return nil, *err
			case file == "content/explainers/one.md":
				return []byte(old), nil
			}
			return nil, nil
		}
	})
	p.write("content/explainers/one.md", explainer("One?", "It is the first of many."))
	const changes = deskPath + "?show=changes&page=/explainers/one/"
	p.has(changes, "2 words added, 2 removed")
	_, body := p.ask(changes)
	for _, want := range []string{`<a href="?page=%2fexplainers%2fone%2f&amp;to=what-is-it">What is it?</a>`, "was<span", "is<span", "Removed. 0 words added, 4 removed"} {
		if !strings.Contains(body, want) {
			t.Errorf("the changes lack %s:\n%s", want, body)
		}
	}
	p.has(deskPath+"?show=changes&page=/explainers/two/", "not committed yet")
	p.has(deskPath+"?show=changes&page=/glossary/gate/", "Only explainers can be compared")
	failure.Store(new(errors.New("git is not here")))
	p.has(changes, "Git is not here.")
}

// TestDiff holds that the pieces are the one text and the other.
func TestDiff(t *testing.T) {
	text := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 40)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		var was, is []string
		var l edits
		l.compare(a, b)
		for _, e := range l {
			if e.kind != "ins" {
				was = append(was, e.words...)
			}
			if e.kind != "del" {
				is = append(is, e.words...)
			}
		}
		if strings.Join(was, " ") != strings.Join(a, " ") || strings.Join(is, " ") != strings.Join(b, " ") {
			t.Fatalf("%v is not the way from %v to %v", l, a, b)
		}
	})
}
