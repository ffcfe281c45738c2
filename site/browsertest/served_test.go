package browsertest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io/fs"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/content"
	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/site/publish"
	"nutgraf/static"
	"nutgraf/templates"
)

// kind is a kind of page by its layout, or a name of its own, with files that show it.
type kind struct {
	name  string
	files []string
}

// kinds are the kinds of page, each with the file that shows it: in the demo,
// or in a folder made by hand that NUTGRAF_BROWSERTEST_DIR names. addKinds adds the
// layouts that are not here.
var kinds = []kind{
	{"home", []string{"index.html"}},
	{"list", []string{"explainers/index.html"}},
	{"explainer", []string{"explainers/isis-k/index.html", "explainer.html"}},
	{"card", []string{"explainers/isis-k/attacks/index.html"}},
	{"timeline", []string{"timeline/index.html", "timeline.html"}},
	{"topic timeline", []string{"topics/time/timeline/index.html"}},
	{"explainer timeline", []string{"explainers/isis-k/timeline/index.html"}},
	{"filtered timeline", []string{"explainers/isis-k/timeline/attack/index.html", "timeline-vote.html"}},
	{"topic", []string{"topics/time/index.html"}},
	{"topics", []string{"topics/index.html"}},
	{"glossary", []string{"glossary/index.html", "glossary.html"}},
	{"entry", []string{"glossary/leap-second/index.html"}},
	{"search", []string{"search/index.html"}},
	{"updates", []string{"updates/index.html"}},
	{"sources", []string{"sources/index.html"}},
	{"plain", []string{"about/index.html"}},
	{"404", []string{"404.html"}},
	{"withdrawn", []string{"explainers/withdrawn/index.html"}},
}

// A served site is a folder behind a server that does what a host would.
type served struct {
	dir, url string
	rules    []rule
}

var (
	theOne   *served
	theOnce  sync.Once
	whatElse = map[string]string{"explainers/withdrawn.md": withdrawn}
)

// withdrawn is a kind of page that the demo lacks.
const withdrawn = `---
title: Was the meeting of 2019 held?
standfirst: We reported that it was. The record of it turned out to be forged.
status: withdrawn
published: 2024-01-15
authors: [nutgraf-desk]
topics: [time]
updates:
  - date: 2024-02-01
    type: editors-note
    text: We withdrew this explainer, because the record that it rests on was forged.
---
`

// demoSite is the demo, built and served once for all tests.
func demoSite(t *testing.T) *served {
	t.Helper()
	if testing.Short() {
		t.Skip("short: no browser")
	}
	theOnce.Do(func() {
		dir := os.Getenv("NUTGRAF_BROWSERTEST_DIR")
		if dir == "" {
			dir = filepath.Join(scratch, "demo")
			addKinds(build(t, dir, overlay(t, content.FS, whatElse), pages.Options{}))
		}
		theOne = serve(t, dir)
	})
	if theOne == nil {
		t.Fatal("the demo could not be built")
	}
	return theOne
}

// addKinds adds a kind for each layout that kinds has no page of, by the first file that
// it makes. No reader has a redirect or what others embed in a window of its own.
func addKinds(files map[string]string) {
	for _, layout := range slices.Sorted(maps.Keys(files)) {
		known := func(k kind) bool { return k.name == layout }
		if layout != "redirect" && layout != "embed" && !slices.ContainsFunc(kinds, known) {
			kinds = append(kinds, kind{layout, []string{files[layout]}})
		}
	}
}

// byHand tells that the pages are no build of ours.
func byHand() bool { return os.Getenv("NUTGRAF_BROWSERTEST_DIR") != "" }

func origin() string {
	if theOne == nil {
		return "http://127.0.0.1"
	}
	return theOne.url
}

// demo publishes the demo site and returns its folder.
func demo(t *testing.T, o pages.Options) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	build(t, dir, content.FS, o)
	return dir
}

// build publishes a site, and returns the first file that each layout makes.
func build(t *testing.T, dir string, from fs.FS, o pages.Options) map[string]string {
	t.Helper()
	return buildOver(t, dir, from, nil, o)
}

// buildOver is build with a folder static/ of the site's own, which may be nil.
func buildOver(t *testing.T, dir string, from, own fs.FS, o pages.Options) map[string]string {
	t.Helper()
	s, ds, err := site.Load(t.Context(), site.Options{Content: from, Static: own, DefaultTemplates: templates.FS, DefaultStatic: static.FS,
		BaseURL: baseURL(o), Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Once: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	book, more, err := pages.New(t.Context(), s, o)
	if err != nil || diag.Count(append(ds, more...), diag.Error) > 0 {
		t.Fatal(err, ds, more)
	}
	if _, ds, err := publish.ToFolder(t.Context(), book, dir, publish.Options{}); err != nil || diag.Count(ds, diag.Error) > 0 {
		t.Fatal(err, ds)
	}
	files := map[string]string{}
	for i := range book.Len() {
		if l := book.Layout(i); l != "" && files[l] == "" {
			files[l] = book.Path(i)
		}
	}
	return files
}

// baseURL gives a site feeds and canonical addresses; one on a disk has none.
func baseURL(o pages.Options) string {
	if o.Disk {
		return ""
	}
	return "https://example.org/"
}

// overlay is a folder with files put over it.
func overlay(t *testing.T, below fs.FS, files map[string]string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(below, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(below, p)
		all[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

// a rule is one of a host's _headers.
type rule struct {
	path    *regexp.Regexp
	headers [][2]string
}

// contract holds where a folder brings no _headers.
const contract = `/*
  Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'
`

func serve(t *testing.T, dir string) *served {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "_headers"))
	if err != nil {
		text = []byte(contract)
	}
	s := &served{dir: dir, rules: readRules(string(text))}
	server := httptest.NewServer(s)
	closing = append(closing, server.Close)
	s.url = server.URL
	return s
}

func readRules(text string) (rules []rule) {
	sc := bufio.NewScanner(strings.NewReader(text))
	for sc.Scan() {
		line := sc.Text()
		name, value, pair := strings.Cut(strings.TrimSpace(line), ": ")
		switch {
		case strings.HasPrefix(line, "/"):
			p := regexp.MustCompile(`:[a-z]+`).ReplaceAllString(regexp.QuoteMeta(line), `[^/]+`)
			rules = append(rules, rule{path: regexp.MustCompile("^" + strings.ReplaceAll(p, `\*`, ".*") + "$")})
		case pair && len(rules) > 0:
			r := &rules[len(rules)-1]
			r.headers = append(r.headers, [2]string{name, value})
		}
	}
	return rules
}

// ServeHTTP answers as a static host does: index.html for a folder, 404.html
// for what is not there, compressed, with the site's own headers.
func (s *served) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, name := http.StatusOK, strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	data, err := fs.ReadFile(os.DirFS(s.dir), name)
	if err != nil {
		status, name = http.StatusNotFound, "404.html"
		data, _ = fs.ReadFile(os.DirFS(s.dir), name)
	}
	kind := mime.TypeByExtension(path.Ext(name))
	w.Header().Set("Content-Type", kind)
	if !strings.HasPrefix(kind, "text/html") {
		w.Header().Set("Cache-Control", "public, max-age=31536000")
	}
	for _, rule := range s.rules {
		if rule.path.MatchString(r.URL.Path) {
			for _, h := range rule.headers {
				w.Header().Add(h[0], h[1])
			}
		}
	}
	if !strings.HasSuffix(name, ".woff2") && !strings.HasSuffix(name, ".png") {
		w.Header().Set("Content-Encoding", "gzip")
		data = zip(data)
	}
	w.WriteHeader(status)
	w.Write(data)
}

// zip is gzip -9.
func zip(data []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

// file is the file of a kind of page, or "".
func (s *served) file(kind string) string {
	for _, k := range kinds {
		for _, f := range k.files {
			if _, err := os.Stat(filepath.Join(s.dir, filepath.FromSlash(f))); k.name == kind && err == nil {
				return f
			}
		}
	}
	return ""
}

// address is where a file is served.
func (s *served) address(file string) string {
	return s.url + "/" + strings.TrimSuffix(file, "index.html")
}

// missing ends a test for which there is no page. Only in a folder made by hand
// may one be missing.
func missing(t *testing.T, what string) {
	t.Helper()
	if !byHand() {
		t.Fatalf("no page %s", what)
	}
	t.Skipf("no page of this folder %s", what)
}

// page is the address of a kind of page.
func (s *served) page(t *testing.T, kind string) string {
	t.Helper()
	f := s.file(kind)
	if f == "" {
		missing(t, "is of the kind "+kind)
	}
	return s.address(f)
}

// having is the address of the first page of any kind whose source has a text.
func (s *served) having(t *testing.T, text string) string {
	t.Helper()
	for _, k := range kinds {
		if f := s.file(k.name); f != "" && bytes.Contains(s.read(t, f), []byte(text)) {
			return s.address(f)
		}
	}
	missing(t, "has "+text)
	return ""
}

func (s *served) read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// each runs a test for every kind of page.
func (s *served) each(t *testing.T, f func(t *testing.T, address string)) {
	for _, k := range kinds {
		if s.file(k.name) != "" || !byHand() {
			t.Run(k.name, func(t *testing.T) { f(t, s.page(t, k.name)) })
		}
	}
}
