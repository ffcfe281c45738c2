package site_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// links are the forms in which a text may name what moves: $G is the explainer, $W its question, $S
// the entry, $A the page, and $D the way from the document's folder to content/. $g is $G as browsers
// copy it.
var links = []string{
	"[a](q:$G#$W)", "[a](q:$G)", "[a]($D/explainers/$G.md)", "[a]($D/explainers/$G.md#$W 'title')",
	"[a](</explainers/$G/#$W>)", "[a](/explainers/$G/)", "[a](/explainers/$G/$W/)",
	"[a](/explainers/$G/index.md)", "[a](event:$G#2014-05)", "[a](term:$S)", "[a]($D/glossary/$S.md)",
	"[a](/glossary/$S/)", "[a](/$A/)", "[a]($D/pages/$A.md)", "[a]($D/explainers/$G/plan.pdf)",
	"[a](/explainers/./$G/)", "<a href='/explainers/$G/#$W'>a</a>", "[a](/explainers/$G/#$W--more)",
	"[a](/explainers/$G/#more)", "[a]($D/explainers/../explainers/$G.md)",
	"[a](/explainers/$G/#event-2014-05)", "[a](/fr/explainers/$G/#$W)", "[a](/explainers/$g/#$W)",
	"[a](/glossary/#term-$S)", "[a](/$A/#part)", "[a](/explainers/$G/timeline/)",
}

// shapes are what may stand around one, in Markdown and in YAML. # is a number of its own.
var shapes = []string{"$L", "- $L", "> $L", "Words *$L* and **$L**.",
	"| a | b |\n|---|---|\n| $L | c |", "Note.[^#]\n\n[^#]: $L", "Words [a][r#].\n\n[r#]: /explainers/$G/#$W"}

// movable is a random site in which everything names everything.
type movable struct {
	*rand.Rand
	files  map[string]string // with $G and the like in them
	folder bool              // the explainer is a folder's index.md
	count  int
}

// cast is who plays the parts of a movable site.
type cast struct{ gate, who, surge, page string }

func newMovable(r *rand.Rand) *movable {
	w := &movable{Rand: r, files: map[string]string{}, folder: r.IntN(2) == 0}
	w.put("site.yaml", "title: T\nbase_url: https://example.org/\noutputs: [cards, markdown]\npinned: [$G]\n"+
		"navigation:\n  - {title: A, url: /explainers/$G/#$W}\n  - {title: B, url: \"/glossary/$S/\"}\n"+
		"  - title: C\n    url: '/$A/'\nredirects:\n  /old/: /explainers/$G/\n  /older/: /$A/\n")
	w.explainers()
	w.put("glossary/$S.md", "---\nterm: surge\nshort: Water.\nsee_also: [tide]\n---\n"+w.text(".."))
	w.put("glossary/tide.md", "---\nterm: tide\nshort: Water.\nsee_also: [\"$S\"]\n---\n"+w.text(".."))
	w.put("pages/$A.md", "---\ntitle: A\n---\n## Part\n\n"+w.text(".."))
	w.put("pages/other.md", "---\ntitle: O\naliases:\n  - /x/\n---\n"+w.text(".."))
	return w
}

// explainers writes the one that moves, with an edition, and others.
func (w *movable) explainers() {
	file, up := "explainers/$G.md", ".."
	if w.folder {
		file = "explainers/$G/index.md"
		up = "../.."
	}
	w.put("explainers/$G/plan.pdf", "plan")
	aliases := []string{"", "aliases: [/x1/]\n", "aliases:\n  - /x1/\n  - \"/x2/\"\n"}[w.IntN(3)]
	head := "---\ntitle: What is the gate?\nstandfirst: A gate.\npublished: 2024-05-01\n" + aliases +
		"timeline:\n  - {date: 2014-05, title: It was built, place: $S, question: $W}\n" +
		"updates:\n  - date: 2024-05-02\n    text: 'See [it](#$W), [that](plan.pdf).'\n    questions: [$W]\n"
	own := "See [a](#$W), [b](q:#$W), [c](#$W--more), [d](event:2014-05) and [e][x].\n\n### More\n\n" +
		w.text(up) + "\n\n[x]: " + up + "/explainers/$G.md#$W 'title'\n"
	body := "---\n\n" + w.text(up) + "\n\n## Who built it? {#$W}\n\n" + own + "\n\n## What else?\n\nMore.\n"
	switch w.IntN(4) {
	case 0: // the headings are all there is
	case 1:
		head += "questions:\n  - question: Who built it?\n    id: $W\n  - question: What else?\n"
	case 2:
		head += "questions:\n  - {question: Who built it?, id: \"$W\", aliases: [wer]}\n  - {question: What else?}\n"
	case 3:
		w.put("explainers/$G/questions.yaml", "- question: Who built it?\n  aliases:\n  - wer\n  id: $W\n"+
			"- question: What else?\n")
	}
	w.put(file, head+body)
	w.put("explainers/$G.fr.md", "---\ntitle: La porte ?\nstandfirst: Porte.\npublished: 2024-05-01\n"+
		"timeline: [{date: 2014-05, title: Construite}]\nquestions:\n  - question: Qui ?\n    id: $W\n    answer: |\n      "+
		strings.ReplaceAll(w.text(".."), "\n", "\n      ")+"\n---\n")
	for i := range 2 {
		w.put(fmt.Sprintf("explainers/other%d.md", i), "---\ntitle: What is the bridge?\nstandfirst: >-\n"+
			"  A bridge beside\n  "+w.link("..")+".\npublished: 2024-05-01\nrelated: [$G]\n"+
			"glossary: {skip: [$S]}\ntimeline:\n  - use: \"$G#2014-05\"\nquestions:\n  - use: $G#$W\n"+
			"    question: Who?\n  - question: What?\n    answer: \""+w.link("..")+"\"\n---\n")
	}
	w.put("explainers/draft.md", "---\ntitle: A draft?\nstatus: draft\nrelated: [$G]\n---\n\n## What?\n\n"+w.text(".."))
	w.put("explainers/later.md", "---\ntitle: Later?\nstandfirst: L.\npublished: 2034-01-01\n---\n\n"+
		"## What?\n\n"+w.text(".."))
}

func (w *movable) link(up string) string {
	link := strings.ReplaceAll(links[w.IntN(len(links))], "$D", up)
	if w.folder && w.IntN(2) == 0 {
		link = strings.ReplaceAll(link, "/$G.md", "/$G/index.md")
	}
	return link
}

func (w *movable) text(up string) string {
	var parts []string
	for range 1 + w.IntN(4) {
		s := shapes[w.IntN(len(shapes))]
		for strings.Contains(s, "$L") {
			s = strings.Replace(s, "$L", w.link(up), 1)
		}
		w.count++
		for _, mark := range []string{"[^#]", "[r#]"} {
			s = strings.ReplaceAll(s, mark, strings.Replace(mark, "#", strconv.Itoa(w.count), 1))
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "\n\n")
}

func (w *movable) put(file, text string) { w.files[file] = text }

// played is the site with its parts given out.
func (w *movable) played(c cast) fstest.MapFS {
	names := strings.NewReplacer("$G", c.gate, "$g", url.PathEscape(c.gate), "$W", c.who, "$S", c.surge, "$A", c.page)
	content := fstest.MapFS{}
	for file, text := range w.files {
		content[names.Replace(file)] = &fstest.MapFile{Data: []byte(names.Replace(text))}
	}
	return content
}

// loaded loads what a build and mv load.
func loaded(t *testing.T, content fs.FS, all bool) (*site.Site, *pages.Book, []diag.Diagnostic) {
	t.Helper()
	s, ds, err := site.Load(t.Context(), site.Options{Content: content, Places: all, Drafts: all, Future: all,
		Now: time.Date(2024, 6, 10, 0, 0, 0, 0, time.UTC), DefaultTemplates: os.DirFS("../templates"),
		DefaultStatic: os.DirFS("../static")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	book, more, err := pages.New(t.Context(), s, pages.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return s, book, diag.Sort(append(ds, more...))
}

// moved makes a move, and fails where it can't be made whole.
func moved(t *testing.T, content fstest.MapFS, old, now site.Name) fstest.MapFS {
	t.Helper()
	s, _, _ := loaded(t, content, true)
	m, err := s.Move(old, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range m.Doubts {
		t.Errorf("%s: %s (%s)", d.At.File, d.Message, d.Hint)
	}
	out := fstest.MapFS{}
	for name, f := range content {
		data, to := f.Data, "content/"+name
		if edits := m.Edits[to]; edits != nil {
			data = diag.Apply(data, edits)
		}
		for _, r := range append(m.Files, m.Folders) {
			if rest, ok := strings.CutPrefix(to, r[0]); ok && r[0] != "" && (rest == "" || rest[0] == '/') {
				to = r[1] + rest
				break
			}
		}
		out[strings.TrimPrefix(to, "content/")] = &fstest.MapFile{Data: data}
	}
	return out
}

// TestMove renames each kind of thing in random sites that name it in every form, and back. Each
// time the bytes are those of a site that had the name from the start, but for the old address;
// no message is new, and whatever was read is there, or leads on.
func TestMove(t *testing.T) {
	rounds := 4
	if n, err := strconv.Atoi(os.Getenv("NUTGRAF_ROUNDS")); err == nil {
		rounds = n
	}
	seed := uint64(time.Now().UnixNano())
	if n, err := strconv.ParseUint(os.Getenv("NUTGRAF_SEED"), 10, 64); err == nil {
		seed = n
	}
	ids := []string{"gate", "what-is-it", "1972", "schleuse", "шлюз", "écluse", "gate-2", "index-a"}
	for i := range rounds {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		w := newMovable(r)
		id := func() string { return ids[r.IntN(len(ids))] } // those of different kinds may be the same
		c := cast{id(), id(), id(), id()}
		for _, kind := range []string{"explainers", "question", "glossary", "pages"} {
			w.try(t, c, kind)
		}
		if t.Failed() {
			t.Fatalf("round %d: NUTGRAF_SEED=%d", i, seed)
		}
	}
}

// try gives one of the cast another name, and its own back.
func (w *movable) try(t *testing.T, c cast, kind string) {
	t.Helper()
	d := c
	old, now := site.Name{Folder: kind, ID: "new"}, site.Name{Folder: kind, ID: "new"}
	switch kind {
	case "explainers":
		old.ID, d.gate = c.gate, "new"
	case "question":
		old = site.Name{Folder: "explainers", ID: c.gate, Question: c.who}
		now, d.who = site.Name{Folder: "explainers", ID: c.gate, Question: "new"}, "new"
	case "glossary":
		old.ID, d.surge = c.surge, "new"
	case "pages":
		old.ID, d.page = c.page, "new"
	}
	content := w.played(c)
	_, book, said := loaded(t, content, false)
	if n := diag.Count(said, diag.Error); n > 0 {
		t.Fatalf("the site has mistakes from the start: %q", brief(said))
	}
	live := &pages.Live{Questions: book.Questions()}
	for i := range book.Len() {
		live.Files = append(live.Files, book.Path(i))
	}
	slices.Sort(live.Files)
	there := moved(t, content, old, now)
	back := moved(t, there, now, old)
	alike(t, there, w.played(d), old)
	alike(t, back, content, now)
	alike(t, moved(t, back, old, now), there, site.Name{})
	for _, content := range []fstest.MapFS{there, back} {
		_, book, says := loaded(t, content, false)
		if len(says) > len(said) || diag.Count(says, diag.Error) > 0 {
			t.Errorf("%v to %v: before %q, now %q", old, now, brief(said), brief(says))
		}
		for _, d := range book.Lost(live) {
			t.Errorf("%v to %v: %s", old, now, d.Message)
		}
	}
}

// alike holds a site to another, but for what keeps the old address of something.
func alike(t *testing.T, got, want fstest.MapFS, old site.Name) {
	t.Helper()
	kept := []string{old.Question}
	if old.Question == "" {
		kept = []string{old.Address(""), old.Address("fr")}
	}
	without := func(s string) string {
		s, _ = url.PathUnescape(s) // what browsers copy may be written plainly
		for _, k := range kept {
			if k = regexp.QuoteMeta(k); k != "" && old.ID != "" {
				s = regexp.MustCompile(`(?m)^ *(?:aliases: \[`+k+`\]|- `+k+`)\n|, `+k+`\b|, `+k+`(?:])`).
					ReplaceAllStringFunc(s, func(m string) string {
						return map[bool]string{true: "]"}[strings.HasSuffix(m, "]")]
					})
				s = strings.ReplaceAll(s, ", aliases: ["+k+"]", "")
			}
		}
		return regexp.MustCompile(`questions:\n  - id: .*\n  - id: what-else\n`).ReplaceAllString(s, "")
	}
	for name := range want {
		if got[name] == nil {
			t.Errorf("%s is not there", name)
		} else if g, w := without(string(got[name].Data)), without(string(want[name].Data)); g != w {
			t.Errorf("%v: %s:\n%s", old, name, cmp.Diff(w, g))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
}

func brief(ds []diag.Diagnostic) (out []string) {
	for _, d := range ds {
		out = append(out, d.At.File+": "+d.Rule+": "+d.Message)
	}
	return out
}
