package serve

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// save is one way in which files come to be others. It leaves the folders such
// that every other way can follow.
type save struct {
	name string
	do   func(w *writer)
	tool string // the program of the machine that it needs
}

// writer is one who saves.
type writer struct {
	*preview
	n int // makes each text another one
}

func (w *writer) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *writer) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// text is an explainer that is like none before.
func (w *writer) text() string {
	w.n++
	return explainer(fmt.Sprintf("Change %d?", w.n), strings.Repeat("More. ", w.n%50+1))
}

const one = "content/explainers/one.md"

// put writes a file without a name for it in between, and syncs it.
func (w *writer) put(name, text string) {
	w.t.Helper()
	f, err := os.Create(w.path(name))
	w.must(err)
	_, err = f.WriteString(text)
	w.must(err)
	w.must(f.Sync())
	w.must(f.Close())
}

func (w *writer) rename(from, to string) { w.must(os.Rename(w.path(from), w.path(to))) }

// swap gives two folders each other's name.
func (w *writer) swap(a, b string) {
	w.rename(a, a+".swap")
	w.rename(b, a)
	w.rename(a+".swap", b)
}

func (w *writer) remove(names ...string) {
	for _, name := range names {
		w.must(os.RemoveAll(w.path(name)))
	}
}

// fileSaves save the explainer one, each by one save of its writer. While it is
// only partly there, the folders have errors, since two.md needs it whole.
var fileSaves = []save{
	{name: "truncate and write", do: func(w *writer) { w.write(one, w.text()) }},
	{name: "truncate, write and sync, as VS Code does", do: func(w *writer) { w.put(one, w.text()) }},
	{name: "two renames, as JetBrains does", do: func(w *writer) {
		w.put(one+"___jb_tmp___", w.text())
		w.rename(one, one+"___jb_old___")
		w.rename(one+"___jb_tmp___", one)
		w.remove(one + "___jb_old___")
	}},
	{name: "rename over, as gedit does", do: func(w *writer) {
		w.put("content/explainers/.goutputstream-4QX7C3", w.text())
		w.rename("content/explainers/.goutputstream-4QX7C3", one)
	}},
	{name: "rename over, with a backup, as gedit does", do: func(w *writer) {
		w.put("content/explainers/.goutputstream-B9M1ZA", w.text())
		w.remove(one + "~")
		w.must(os.Link(w.path(one), w.path(one+"~")))
		w.rename("content/explainers/.goutputstream-B9M1ZA", one)
	}},
	{name: "rename over, as Kate does", do: func(w *writer) {
		w.put(one+".hWqTzy", w.text())
		w.rename(one+".hWqTzy", one)
	}},
	{name: "the old one aside, as Helix does", do: func(w *writer) {
		w.rename(one, one+"U77clA.bck")
		w.put(one, w.text())
		w.must(os.Chmod(w.path(one), 0o644))
		w.remove(one + "U77clA.bck")
	}},
	{name: "a slow writer", do: func(w *writer) {
		f, err := os.Create(w.path(one))
		w.must(err)
		for _, part := range strings.SplitAfter(w.text(), "\n") {
			_, err := f.WriteString(part)
			w.must(err)
			w.must(f.Sync())
			w.get("/") // whatever is shown meanwhile
		}
		w.must(f.Close())
	}},
	{name: "append", do: func(w *writer) {
		f, err := os.OpenFile(w.path(one), os.O_APPEND|os.O_WRONLY, 0)
		w.must(err)
		w.n++
		_, err = fmt.Fprintf(f, "\nOne more, the %dth.\n", w.n)
		w.must(err)
		w.must(f.Close())
	}},
	{name: "the same size at the same time", do: func(w *writer) {
		info, err := os.Stat(w.path(one))
		w.must(err)
		data, err := os.ReadFile(w.path(one))
		w.must(err)
		data[bytes.Index(data, []byte("standfirst: "))+len("standfirst: ")] ^= 'a' ^ 'A'
		w.must(os.WriteFile(w.path(one), data, 0o644))
		w.must(os.Chtimes(w.path(one), info.ModTime(), info.ModTime()))
	}},
	{name: "an old time, as an archive has", do: func(w *writer) {
		w.put("content/explainers/.old", w.text())
		w.must(os.Chtimes(w.path("content/explainers/.old"), time.Time{}, time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)))
		w.rename("content/explainers/.old", one)
	}},
	{name: "sed -i", do: func(w *writer) {
		w.n++
		run(w.t, "sed", "-i", fmt.Sprintf("s/standfirst: .*/standfirst: By sed, the %dth./", w.n), w.path(one))
	}, tool: "sed"},
	{name: "vim", do: func(w *writer) {
		w.n++
		run(w.t, "vim", "-u", "NONE", "-es", "-c", fmt.Sprintf("%%s/standfirst: .*/standfirst: By vim, the %dth./", w.n), "-c", "wq", w.path(one))
	}, tool: "vim"},
	{name: "emacs", do: func(w *writer) {
		w.n++
		run(w.t, "emacs", "-Q", "--batch", w.path(one), "--eval",
			fmt.Sprintf(`(progn (re-search-forward "standfirst: .*") (replace-match "standfirst: By emacs, the %dth.") (save-buffer))`, w.n))
	}, tool: "emacs"},
}

// possible are those of saves whose program is on this machine. The others are
// named, and fail the test where NUTGRAF_REQUIRE_EDITORS is set.
func possible(t *testing.T, saves []save) []save {
	t.Helper()
	var here []save
	for _, s := range saves {
		if _, err := exec.LookPath(s.tool); s.tool != "" && err != nil {
			if os.Getenv("NUTGRAF_REQUIRE_EDITORS") != "" {
				t.Fatal(err)
			}
			t.Logf("passed over, as this machine has no %s: %s", s.tool, s.name)
			continue
		}
		here = append(here, s)
	}
	return here
}

// folderSaves save whatever else there is, in several steps.
var folderSaves = []save{
	{name: "a folder filled at once with 600 files", do: func(w *writer) {
		for i := range times(600, 60) {
			w.write(fmt.Sprintf("content/pages/page-%d.md", i), fmt.Sprintf("---\ntitle: Page %d\n---\nA page.\n", i))
		}
		w.agrees("600 pages")
		w.rename("content/pages", "content/kept") // where nothing reads them
		w.agrees("600 pages moved away")
		w.remove("content/kept")
	}},
	{name: "folders filled, renamed and edited", do: func(w *writer) {
		for i := range 20 {
			w.write(fmt.Sprintf("content/explainers/many-%d/index.md", i), w.text())
		}
		w.agrees("20 folders")
		w.rename("content/explainers/many-1", "content/explainers/moved")
		w.agrees("a folder renamed")
		w.write("content/explainers/moved/index.md", w.text())
		w.agrees("an edit in it")
		w.swap("content/explainers/many-2", "content/explainers/many-3")
		w.agrees("two folders swapped")
		w.write("content/explainers/many-2/index.md", w.text())
		w.agrees("an edit in one of them")
		w.write("content/explainers/many-3/index.md", w.text())
		w.agrees("an edit in the other")
		for i := range 20 {
			w.remove(fmt.Sprintf("content/explainers/many-%d", i))
		}
		w.remove("content/explainers/moved")
	}},
	{name: "a folder deleted and made anew", do: func(w *writer) {
		w.remove("content/glossary")
		w.agrees("the glossary gone")
		w.n++
		w.write("content/glossary/gate.md", fmt.Sprintf("---\nterm: tide gate\nshort: A wall, the %dth.\n---\n", w.n))
		w.agrees("the glossary there again")
		w.n++
		w.write("content/glossary/gate.md", fmt.Sprintf("---\nterm: tide gate\nshort: A wall, the %dth.\n---\n", w.n))
	}},
	{name: "folders within folders", do: func(w *writer) {
		w.write("static/a/b/c/deep.txt", w.text())
		w.agrees("a deep file")
		w.write("static/other/b/c/deep.txt", w.text())
		w.rename("static/a", "static/away")
		w.rename("static/other", "static/a")
		w.agrees("another tree under its name")
		w.write("static/a/b/c/deep.txt", w.text())
		w.agrees("an edit deep in it")
		w.remove("static/a", "static/away")
	}},
	{name: "templates that come and go", do: func(w *writer) {
		w.write("templates/foot-extra.html", "<p>Our own foot.</p>")
		w.agrees("a template")
		w.write("templates/foot-extra.html", "<p>Our other foot.</p>")
		w.agrees("a template again")
		w.remove("templates")
	}},
	{name: "a term and its forms", do: func(w *writer) {
		for _, forms := range []string{"gate, gates", "gate", "wall, First, More"} {
			w.n++
			w.write("content/glossary/gate.md", fmt.Sprintf("---\nterm: tide gate\nshort: A wall, the %dth.\nforms: [%s]\n---\n", w.n, forms))
			w.agrees("forms " + forms)
		}
	}},
	{name: "a style sheet", do: func(w *writer) { w.n++; w.write("static/own.css", fmt.Sprintf("p { margin: %dpx }\n", w.n)) }},
	{name: "a file of a name that an editor uses", do: func(w *writer) {
		w.write("static/4913", w.text())
		w.agrees("a file of such a name")
		w.write("static/4913", w.text())
		w.agrees("an edit of it")
		w.remove("static/4913")
	}},
	{name: "a link turned to another file", do: func(w *writer) {
		w.write("static/a.txt", w.text())
		w.write("static/b.txt", w.text())
		w.must(os.Symlink("a.txt", w.path("static/link.txt")))
		w.agrees("a link")
		w.must(os.Symlink("b.txt", w.path("static/link.new")))
		w.rename("static/link.new", "static/link.txt")
		w.agrees("the link turned")
		w.write("static/b.txt", w.text())
		w.agrees("an edit of what it leads to")
		w.remove("static/link.txt", "static/a.txt", "static/b.txt")
	}},
	{name: "a link to a folder, which is refused", do: func(w *writer) {
		w.must(os.Symlink("../glossary", w.path("content/explainers/linked")))
		w.fails("this is a link to a folder")
		w.remove("content/explainers/linked")
	}},
	{name: "all of content swapped", do: func(w *writer) {
		w.rename("content", "old")
		w.write("content/explainers/three.md", w.text())
		w.agrees("another content")
		w.write("content/explainers/three.md", w.text())
		w.agrees("an edit of it")
		w.remove("content")
		w.rename("old", "content")
		w.agrees("the old one again")
		w.write(one, w.text())
	}},
	{name: "content as a link to a release", do: func(w *writer) {
		w.rename("content", "release-1")
		w.write("release-2/explainers/three.md", w.text())
		w.must(os.Symlink("release-1", w.path("content")))
		w.agrees("a link for a folder")
		w.must(os.Symlink("release-2", w.path("next")))
		w.rename("next", "content")
		w.agrees("the link turned")
		w.write("release-2/explainers/three.md", w.text())
		w.agrees("an edit behind the link")
		w.remove("content", "release-2")
		w.rename("release-1", "content")
		w.agrees("a folder for the link")
		w.write(one, w.text())
	}},
	{name: "deleted, and written again later", do: func(w *writer) {
		w.remove(one)
		w.get("/") // whatever is shown meanwhile
		w.write(one, w.text())
	}},
	{name: "the old one renamed, a new one written", do: func(w *writer) {
		w.rename(one, one+"~")
		w.get("/")
		w.write(one, w.text())
		w.remove(one + "~")
	}},
	{name: "the site renamed away and back", do: func(w *writer) {
		away := w.dir + ".away"
		w.must(os.Rename(w.dir, away))
		w.get("/") // whatever is shown meanwhile
		w.must(os.Rename(away, w.dir))
		w.agrees("the site back")
		w.write(one, w.text())
		w.agrees("an edit of it")
		w.must(os.Rename(w.dir, away))
		w.must(os.Rename(away, w.dir))
		w.write("templates/foot-extra.html", "<p>There was no such folder.</p>")
		w.agrees("a folder that is new in it")
		w.remove("templates")
	}},
	{name: "another site under its name, and the old one again", do: func(w *writer) {
		w.must(os.CopyFS(w.dir+".other", os.DirFS(w.dir)))
		w.write("../"+filepath.Base(w.dir)+".other/"+one, w.text())
		w.must(os.Rename(w.dir, w.dir+".away"))
		w.must(os.Rename(w.dir+".other", w.dir))
		w.agrees("another site")
		w.write(one, w.text())
		w.agrees("an edit of it")
		w.must(os.RemoveAll(w.dir))
		w.must(os.Rename(w.dir+".away", w.dir))
		w.agrees("the old site")
		w.write(one, w.text())
	}},
	{name: "what is no content", do: func(w *writer) {
		w.write("public/index.html", w.text())
		w.write("content/explainers/.none.md.swp", w.text())
	}},
}

// saved is a site that has errors while one.md is not whole.
func saved() map[string]string {
	files := small()
	files["content/explainers/three.md"] = "---\ntitle: Three?\nstandfirst: What it is.\npublished: 2026-01-02\nquestions:\n  - use: one#what-is-it\n---\n"
	return files
}

// TestSaves holds that however files are saved, in whatever order, what is served
// then is what a clean build makes; and that no sweep is needed for it.
func TestSaves(t *testing.T) {
	w := &writer{preview: start(t, saved(), unswept)}
	r := chance(t)
	all := append(possible(t, fileSaves), folderSaves...)
	for round := range setting(t, "NUTGRAF_ROUNDS", 10, 1) {
		for _, i := range r.Perm(len(all)) {
			all[i].do(w)
			w.agrees(fmt.Sprintf("%s in round %d", all[i].name, round))
		}
	}
}

// TestNotifiedOnce holds that a tab is notified once that its page is another one, for
// one save, and never if it is the same.
func TestNotifiedOnce(t *testing.T) {
	w := &writer{preview: start(t, saved(), unswept)}
	changed, same := w.tab("/explainers/one/"), w.tab("/glossary/gate/")
	for _, s := range possible(t, fileSaves) {
		s.do(w)
		changed.next()
		w.n++
		mark := fmt.Sprintf("mark-%d.txt", w.n) // which is reported, and changes no page
		w.write("content/"+mark, "")
		if got := changed.until(mark); got != 0 {
			t.Errorf("%s: notified %d times more than once", s.name, got)
		}
		if got := same.until(mark); got != 0 {
			t.Errorf("%s: a page that is the same was notified of %d times", s.name, got)
		}
		if want := w.key("/explainers/one/"); changed.key != want {
			t.Errorf("%s: notified of key %s, and %s is served", s.name, changed.key, want)
		}
		w.remove("content/" + mark)
	}
}

// listener is a browser's tab that listens.
type listener struct {
	hear func() *message
	key  string
}

func (p *preview) tab(page string) *listener {
	t := &listener{hear: p.listen(page)}
	t.key = t.hear().Key
	return t
}

// message takes the next message, and reports whether it has another key.
func (t *listener) message() (*message, bool) {
	m := t.hear()
	other := m.Key != t.key
	t.key = m.Key
	return m, other
}

// next waits until another key is sent.
func (t *listener) next() {
	for _, other := t.message(); !other; _, other = t.message() {
	}
}

// until waits for a message with a fact about a file, and returns how often
// another key was sent until then.
func (t *listener) until(file string) (others int) {
	for {
		m, other := t.message()
		if other {
			others++
		}
		for _, f := range m.Facts {
			if strings.HasSuffix(f.File, file) {
				return others
			}
		}
	}
}

// chance returns numbers that NUTGRAF_SEED gives again.
func chance(t *testing.T) *rand.Rand {
	t.Helper()
	seed, err := strconv.ParseUint(os.Getenv("NUTGRAF_SEED"), 10, 64)
	if err != nil {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("NUTGRAF_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// setting is a number that the environment may give, and other ones by default
// and with -short.
func setting(t *testing.T, name string, normal, short int) int {
	t.Helper()
	text := os.Getenv(name)
	switch n, err := strconv.Atoi(text); {
	case text != "" && err != nil:
		t.Fatalf("%s: %v", name, err)
	case text != "":
		return n
	}
	return times(normal, short)
}

// times is how often something is done: less with -short.
func times(normal, short int) int {
	if testing.Short() {
		return short
	}
	return normal
}

// run runs a program of the machine.
func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}
