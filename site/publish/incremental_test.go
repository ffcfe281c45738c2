package publish_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/site/publish"
	"nutgraf/static"
	"nutgraf/templates"
)

// world is a writer's folders that edits are made to.
type world struct {
	content, templates, static fstest.MapFS
	next                       int
}

func newWorld() *world {
	w := &world{content: fstest.MapFS{}, templates: fstest.MapFS{}, static: fstest.MapFS{}}
	w.put("site.yaml", "title: A world\nbase_url: https://example.org/sub/\noutputs: [cards, markdown]\nper_page: 2\n")
	w.put("sources.yaml", "- id: shared\n  title: A shared source\n  url: https://example.org/shared\n")
	for range 4 {
		w.addExplainer()
	}
	for range 3 {
		w.addTerm()
	}
	w.put("explainers/e1/map.png", "not really a picture")
	w.put("explainers/rich.md", `---
title: What else?
standfirst: A *gate* of its own.
published: 2024-03-01
updated: 2024-04-01
as_of: 2024-03-15
topics: [t1]
related: [e1]
params: {mood: plain}
unknowns:
  - Whether the gate holds.
images:
  - {src: lock.png, alt: A lock, credit: Somebody}
updates:
  - {date: 2024-04-01, type: update, text: A storm surge came., questions: [own]}
timeline:
  - {date: 2024-02, title: Its own, text: A thing happened., place: The gate}
questions:
  - {use: e1#why}
  - {question: Own?, id: own, short: Its own gate., as_of: 2024-03-10}
---
## Own?

![](lock.png) A gate, *a storm surge*, and [more](q:e2#why).
`)
	w.put("explainers/rich/lock.png", "no picture either")
	w.put("pages/about.md", "---\ntitle: About\n---\nWho we are.\n")
	return w
}

func (w *world) put(name, text string) {
	w.content[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
}

func (w *world) addExplainer() {
	w.next++
	n := w.next
	w.put(fmt.Sprintf("explainers/e%d.md", n), fmt.Sprintf(`---
title: What is thing %[1]d?
standfirst: Thing %[1]d is one of the *things*.
published: 2024-01-%02[1]d
topics: [t%[2]d]
sources:
  - id: s
    title: Source of %[1]d
  - shared
timeline:
  - date: 20%02[1]d-03
    title: Event of %[1]d
    text: A storm surge of wide gate %[1]d.
questions:
  - question: What is it?
    short: It is thing %[1]d.
    answer: |
      A storm surge and the gate [@s]. See also wide gate.
  - question: Why?
---
Introduction %[1]d about a gate.

## Why?

Because of gate 3[@shared].

### More

Text.
`, n, n%3))
}

func (w *world) addTerm() {
	w.next++
	words := []string{"gate", "storm surge", "wide gate", "thing", "event"}
	w.put(fmt.Sprintf("glossary/g%d.md", w.next), fmt.Sprintf("---\nterm: %s %d\nforms: [%q]\nshort: Definition %d.\n---\nBody.\n",
		words[w.next%len(words)], w.next, words[w.next%len(words)], w.next))
}

// pick returns the n-th file below a folder, "" where there is none.
func (w *world) pick(dir string, n byte) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(w.content)) {
		if strings.HasPrefix(name, dir) && strings.HasSuffix(name, ".md") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return names[int(n)%len(names)]
}

func (w *world) replace(name, old, new string) {
	if f := w.content[name]; f != nil {
		w.put(name, strings.Replace(string(f.Data), old, new, 1))
	}
}

// edits are what a writer may do between two builds.
var edits = []func(w *world, n byte){
	func(w *world, n byte) {
		w.replace(w.pick("explainers/", n), "A storm surge", fmt.Sprintf("A changed %d surge", n))
	},
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "What is thing", "Whatever is thing") },
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "It is thing", "It was thing") },
	func(w *world, n byte) {
		w.replace(w.pick("explainers/", n), "published: 2024-01", "published: 2023-02")
	},
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "topics: [t", "status: draft\ntopics: [t") },
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "date: 20", "date: 19") },
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "topics:", "aliases: [/old/]\ntopics:") },
	func(w *world, n byte) {
		w.replace(w.pick("explainers/", n), "topics:", fmt.Sprintf("updates:\n  - {date: 2024-05-0%d, type: correction, text: We were wrong., questions: [why]}\ntopics:", n%9+1))
	},
	func(w *world, n byte) {
		w.replace(w.pick("explainers/", n), "Because of", "![Map](map.png)\n\n[other](e2.md#why) Because of")
	},
	func(w *world, n byte) { w.addExplainer() },
	func(w *world, n byte) { delete(w.content, w.pick("explainers/", n)) },
	func(w *world, n byte) {
		if name := w.pick("explainers/", n); name != "" {
			w.next++
			w.content[fmt.Sprintf("explainers/r%d.md", w.next)] = w.content[name]
			delete(w.content, name)
		}
	},
	func(w *world, n byte) { w.addTerm() },
	func(w *world, n byte) { delete(w.content, w.pick("glossary/", n)) },
	func(w *world, n byte) { w.replace(w.pick("glossary/", n), "Definition", "Meaning") },
	func(w *world, n byte) { w.replace(w.pick("glossary/", n), "forms: [", "forms: [text, ") },
	func(w *world, n byte) {
		w.templates["foot-extra.html"] = &fstest.MapFile{Data: fmt.Appendf(nil, "<p>Foot %d</p>", n)}
	},
	func(w *world, n byte) { delete(w.templates, "foot-extra.html") },
	func(w *world, n byte) { w.replace("site.yaml", "A world", fmt.Sprintf("World %d", n)) },
	func(w *world, n byte) { w.replace("site.yaml", "cards, markdown", "cards") },
	func(w *world, n byte) { w.replace("site.yaml", "per_page: 2", "per_page: 3") },
	func(w *world, n byte) { w.replace("sources.yaml", "A shared", "Another shared") },
	func(w *world, n byte) { w.put("explainers/e1/map.png", fmt.Sprint("picture ", n)) },
	func(w *world, n byte) { w.static["robots.txt"] = &fstest.MapFile{Data: fmt.Appendf(nil, "# %d\n", n)} },
	func(w *world, n byte) { w.replace("pages/about.md", "Who", "What") },
	func(w *world, n byte) { w.put("pages/p.md", "---\ntitle: New page\n---\n[About](about.md)\n") },
	func(w *world, n byte) {
		w.replace(w.pick("explainers/", n), "of wide gate", "of a thing and text, then")
	},
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "Text.", "See [@lost].") },
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "[@lost]", "[@s]") },
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "*things*", "**great** gates") },
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "We were", "We were quite") },
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "Event of", "The event of") },
	func(w *world, n byte) {
		w.replace(w.pick("explainers/", n), "Introduction", strings.Repeat("A thing, a storm surge.\n\n", int(n%3)+1)+"Introduction")
	},
	func(w *world, n byte) { w.replace(w.pick("glossary/", n), "forms: [text, ", "forms: [") },
	func(w *world, n byte) { w.replace(w.pick("glossary/", n), "Body.", "Body of a [page](/about/).") },
	func(w *world, n byte) { w.replace(w.pick("explainers/", n), "status: draft\n", "") },
	func(w *world, n byte) {
		w.static["style.css"] = &fstest.MapFile{Data: fmt.Appendf(nil, "p { margin: %dpx }", n)}
	},
	func(w *world, n byte) {
		w.templates["event.html"] = &fstest.MapFile{Data: fmt.Appendf(nil, "<li>%d {{.Title}}", n)}
	},
	func(w *world, n byte) {
		w.templates["foot-extra.html"] = &fstest.MapFile{Data: []byte("<p>{{.Nothing")}
	},
	func(w *world, n byte) {
		w.replace("explainers/rich.md", "alt: A lock", fmt.Sprintf("alt: A lock of %d", n))
	},
	func(w *world, n byte) { w.replace("explainers/rich.md", "surge came", "surge and a gate came") },
	func(w *world, n byte) {
		w.replace("explainers/rich.md", "the gate holds", fmt.Sprintf("the thing holds %d", n))
	},
	func(w *world, n byte) {
		w.replace("explainers/rich.md", "Its own gate", fmt.Sprintf("Nobody's gate %d", n))
	},
	func(w *world, n byte) {
		w.replace("explainers/rich.md", "mood: plain", fmt.Sprintf("mood: plain %d", n))
	},
	func(w *world, n byte) { w.replace("explainers/rich.md", "](q:e2#why)", "](lock.png)") },
	func(w *world, n byte) {
		w.replace("explainers/rich.md", "A thing happened", "An event and a thing happened")
	},
	only: func(w *world, n byte) {
		w.put("glossary/only.md", fmt.Sprintf("---\nterm: Introduction %d\nforms: [quite]\nshort: Of one alone.\nsee_also: [next]\n---\n[Leaf](leaf.pdf) of [it](../explainers/e%[1]d.md).\n", n%4+1))
		w.put("glossary/only/leaf.pdf", "a leaf")
		w.put("glossary/next.md", "---\nterm: What is next\nshort: Named by the other.\n---\n")
	},
	withdraw: func(w *world, n byte) {
		w.replace(w.pick("explainers/", n), "topics: [t", "status: withdrawn\nupdates: [{date: 2024-05-01, type: editors-note, text: Not so.}]\ntopics: [t")
	},
	bringBack: func(w *world, n byte) { w.replace(w.pick("explainers/", n), "status: withdrawn\n", "") },
	embargo: func(w *world, n byte) {
		w.replace(w.pick("explainers/", n), "published: 2024-0", "published: 2025-0")
	},
	useIt:     func(w *world, n byte) { w.replace(w.pick("explainers/", n), "Because", "Quite because") },
	useNoMore: func(w *world, n byte) { w.replace(w.pick("explainers/", n), "Quite because", "Because") },
	nameIt:    func(w *world, n byte) { w.replace("pages/about.md", "Who", "[Who](../glossary/only.md)") },
	pageAhead: func(w *world, n byte) {
		w.put("pages/p.md", "---\ntitle: Tomorrow\npublished: 2024-06-02\n---\n[Next](term:next)\n")
	},
	pointAtIt: func(w *world, n byte) {
		w.replace("site.yaml", "per_page: ", "navigation: [{title: P, url: /p/}, {title: T, url: /topics/t1/}]\nper_page: ")
	},
	formOfIt: func(w *world, n byte) { w.replace("glossary/only.md", "[quite]", "[surge]") },
	func(w *world, n byte) { // the site's timeline grows past what its page has room for, and back
		const name = "explainers/many.md"
		if w.content[name] != nil {
			delete(w.content, name)
			return
		}
		var events strings.Builder
		for i := range 155 {
			fmt.Fprintf(&events, "  - {date: %d-03-%02d, id: e%d, title: Event %d, tags: [a%d]}\n", 1990+i/20, i%20+1, i, i, n%2)
		}
		w.put(name, "---\ntitle: How many?\nstandfirst: S.\npublished: 2024-03-01\ntopics: [t1]\ntimeline:\n"+events.String()+"---\n## How many? {#how}\n\nSo many.\n")
	},
	func(w *world, n byte) { // a term is linked by hand, and no more
		if term := w.pick("glossary/", n); term != "" {
			link := "By [it](term:" + strings.TrimSuffix(path.Base(term), ".md") + ") because"
			w.replace(w.pick("explainers/", n), "Because", link)
			w.replace(w.pick("explainers/", n), "A storm", link+" a storm")
		}
	},
	func(w *world, n byte) {
		name := w.pick("explainers/", n)
		if f := w.content[name]; f != nil {
			w.put(name, regexp.MustCompile(`By \[it\]\(term:\w+\) because`).ReplaceAllString(string(f.Data), "Because"))
		}
	},
	func(w *world, n byte) { // an entry gets another id
		if name := w.pick("glossary/", n); name != "" {
			w.next++
			w.content[fmt.Sprintf("glossary/r%d.md", w.next)] = w.content[name]
			delete(w.content, name)
		}
	},
}

// The edits that decide what is public, by their places.
const (
	only = 46 + iota
	withdraw
	bringBack
	embargo
	useIt
	useNoMore
	nameIt
	pageAhead
	pointAtIt
	formOfIt
)

// byHand links to a term by hand; behind it are its undoing, and another id for an entry.
const byHand = formOfIt + 2

// hidings are edits one after the other, of what is held back or withdrawn, or linked by
// hand.
var hidings = [][]byte{
	{only, 1, withdraw, 1, useIt, 2, useNoMore, 2, bringBack, 1, 0, 2},
	{only, 3, embargo, 3, 0, 1, 12, 0, useIt, 2, useNoMore, 2, nameIt, 0},
	{only, 2, embargo, 2, formOfIt, 0, 0, 0, useIt, 3, 14, 5},
	{only, 1, pageAhead, 0, pointAtIt, 0, withdraw, 0, 0, 2, bringBack, 0},
	{only, 1, useIt, 2, withdraw, 1, 0, 2, useNoMore, 2, 14, 4, 34, 4},
	{byHand, 1, 0, 1, byHand, 2, byHand + 1, 1, 15, 1, byHand + 1, 2},
	{byHand, 1, byHand + 2, 1, byHand + 2, 1, byHand + 1, 1, byHand, 1, embargo, 1},
	{only, 1, withdraw, 1, byHand, 4, byHand, 2, byHand + 1, 4, bringBack, 1},
}

var now = time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)

func (w *world) options() site.Options {
	return site.Options{Content: w.content, Templates: w.templates, Static: w.static, DefaultTemplates: templates.FS, DefaultStatic: static.FS, Now: now, Name: "world"}
}

func (w *world) load(t *testing.T, prev *site.Site) (*site.Site, *pages.Book, []diag.Diagnostic) {
	t.Helper()
	s, ds, err := site.Load(context.Background(), w.options(), prev)
	if err != nil {
		t.Fatal(err)
	}
	b, more, err := pages.New(context.Background(), s, pages.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return s, b, append(ds, more...)
}

func publishTo(t *testing.T, b *pages.Book, dir string) { publishAfter(t, b, dir, nil) }

// publishAfter publishes the successor of what is live; nil is what dir holds.
func publishAfter(t *testing.T, b *pages.Book, dir string, live *pages.Live) {
	t.Helper()
	_, ds, err := publish.ToFolder(context.Background(), b, dir, publish.Options{Live: live})
	if err != nil || diag.Count(ds, diag.Error) > 0 {
		t.Fatal(err, ds)
	}
}

// tree reads a folder whole.
func tree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		files[filepath.ToSlash(rel)], err = os.ReadFile(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// liveIn reads what a published folder says that readers have.
func liveIn(t *testing.T, dir string) *pages.Live {
	t.Helper()
	in, err := os.Open(filepath.Join(dir, publish.ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	m, err := publish.ReadManifest(in)
	if err != nil {
		t.Fatal(err)
	}
	live, err := m.Live()
	if err != nil {
		t.Fatal(err)
	}
	return live
}

// checkEdits makes edits one by one. After each, a build over the one before it
// must equal, byte for byte, a build into an empty folder that knows nothing but
// which addresses are live: what is remembered beyond them makes no difference.
func checkEdits(t *testing.T, script []byte) {
	w := newWorld()
	dir := publish.Scratch(t)
	warm := filepath.Join(dir, "warm")
	prev, b, ds := w.load(t, nil)
	if diag.Count(ds, diag.Error) > 0 {
		t.Fatal(ds)
	}
	publishTo(t, b, warm)
	for i := 0; i+1 < len(script) && i < 24; i += 2 {
		edits[int(script[i])%len(edits)](w, script[i+1])
		s, warmBook, warmDiags := w.load(t, prev)
		prev = s
		clean, cleanBook, cleanDiags := w.load(t, nil)
		if d := cmp.Diff(cleanDiags, warmDiags); d != "" {
			t.Fatalf("after edit %d diagnostics differ (-clean +warm):\n%s", i/2, d)
		}
		if diag.Count(cleanDiags, diag.Error) > 0 {
			clean.Close()
			continue
		}
		fresh := filepath.Join(dir, fmt.Sprint("clean", i))
		live := liveIn(t, warm)
		publishTo(t, warmBook, warm)
		publishAfter(t, cleanBook, fresh, live)
		compareTrees(t, tree(t, fresh), tree(t, warm), i/2)
		os.RemoveAll(fresh)
		clean.Close()
	}
	prev.Close()
}

func compareTrees(t *testing.T, clean, warm map[string][]byte, edit int) {
	t.Helper()
	if d := cmp.Diff(slices.Sorted(maps.Keys(clean)), slices.Sorted(maps.Keys(warm))); d != "" {
		t.Fatalf("after edit %d the files differ (-clean +warm):\n%s", edit, d)
	}
	for name, want := range clean {
		if !bytes.Equal(want, warm[name]) {
			t.Fatalf("after edit %d %s differs (-clean +warm):\n%s", edit, name, cmp.Diff(string(want), string(warm[name])))
		}
	}
}

// TestSuccession says what the addresses that were live add to a clean build that
// doesn't know them: the redirects of derived pages, and nothing else.
func TestSuccession(t *testing.T) {
	w := newWorld()
	dir := publish.Scratch(t)
	warm, clean := filepath.Join(dir, "warm"), filepath.Join(dir, "clean")
	was := map[string]bool{}
	led := 0
	for i, edit := range []func(){
		func() {},
		func() { w.replace("explainers/e1.md", "date: 2001", "date: 1901") },
		func() { w.replace("site.yaml", "per_page: 2", "per_page: 9") },
		func() { w.replace("site.yaml", "cards, markdown", "faq") },
		func() { w.put("explainers/e2.md", "---\nstatus: draft\ntitle: What is thing 2?\n---\n") },
		func() { w.put("pages/late.md", "---\ntitle: Late\naliases: [/topics/t1/timeline/]\n---\nText.\n") },
	} {
		edit()
		for dir, live := range map[string]*pages.Live{warm: nil, clean: {}} {
			s, b, _ := w.load(t, nil)
			publishAfter(t, b, dir, live)
			s.Close()
		}
		got, want := tree(t, warm), tree(t, clean)
		if rules := got["_redirects"]; !bytes.HasPrefix(rules, want["_redirects"]) {
			t.Errorf("after edit %d the writer's redirects don't come first: %s", i, rules)
		}
		for _, apart := range []string{"_redirects", publish.ManifestName} {
			delete(got, apart)
			delete(want, apart)
		}
		for name, text := range got {
			if want[name] != nil {
				continue
			}
			if led++; !was[name] || !bytes.Contains(text, []byte(`<meta http-equiv="refresh"`)) {
				t.Errorf("after edit %d there is %s, which no clean build has", i, name)
			}
			delete(got, name)
		}
		compareTrees(t, want, got, i)
		os.RemoveAll(clean)
		for _, name := range liveIn(t, warm).Files {
			was[name] = true
		}
	}
	if led == 0 {
		t.Error("no derived page was led on")
	}
}

// FuzzIncremental holds the promise that everything else rests on: what is
// remembered makes a build faster and never changes a byte.
func FuzzIncremental(f *testing.F) {
	for i := range edits {
		f.Add([]byte{byte(i), 1})
		f.Add([]byte{byte(i), 2, byte(i + 7), 3, byte(i + 13), 0, byte(i), 1})
	}
	f.Add([]byte{10, 0, 9, 0, 13, 0, 12, 0, 16, 1, 17, 1, 4, 1, 5, 0})
	for _, script := range hidings {
		f.Add(script)
	}
	f.Fuzz(checkEdits)
}
