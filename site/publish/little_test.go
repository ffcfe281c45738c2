package publish_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"nutgraf/site/diag"
	"nutgraf/site/publish"
)

// mostChanged is how many published files one edited word may change.
const mostChanged = 30

// edited is the explainer in which a word is edited.
const edited = "explainers/e150.md"

// A prose makes texts of words as languages have them: a few everywhere, most
// of them rare.
type prose struct {
	rand *rand.Rand
	zipf *rand.Zipf
}

func newProse() *prose {
	r := rand.New(rand.NewPCG(16, 2))
	return &prose{r, rand.NewZipf(r, 1.1, 4, 5999)}
}

// word is the n-th word of the language.
func (p *prose) word(n uint64) string {
	var b strings.Builder
	for n += 40; n > 0; n /= 70 {
		b.WriteByte("bdfgklmnprstvz"[n%14])
		b.WriteByte("aeiou"[n/14%5])
	}
	return b.String()
}

func (p *prose) words(n int) string {
	s := make([]string, n)
	for i := range s {
		s[i] = p.word(p.zipf.Uint64())
	}
	return strings.Join(s, " ")
}

// newNewsroom is a site of so many explainers that its index is in shards.
func newNewsroom(explainers int) *world {
	w, p := &world{content: fstest.MapFS{}, templates: fstest.MapFS{}, static: fstest.MapFS{}}, newProse()
	w.put("site.yaml", "title: A newsroom\nbase_url: https://example.org/\noutputs: [cards, markdown]\n")
	w.put("pages/about.md", "---\ntitle: About\n---\n"+p.words(80)+"\n")
	for i := range 60 {
		w.put(fmt.Sprintf("glossary/g%d.md", i), fmt.Sprintf("---\nterm: %s\nshort: %s.\n---\n%s.\n", p.word(uint64(200+i)), p.words(12), p.words(40)))
	}
	for i := range explainers {
		var b strings.Builder
		day := fmt.Sprintf("%d-%02d-%02d", 2015+i%9, 1+i%12, 1+i%28)
		if name := fmt.Sprintf("explainers/e%d.md", i); name == edited {
			day = "2024-05-01"
		}
		fmt.Fprintf(&b, "---\ntitle: %s %d?\nstandfirst: %s.\npublished: %s\ntopics: [t%d]\n", p.words(7), i, p.words(20), day, i%8)
		fmt.Fprintf(&b, "sources:\n  - {id: s, title: %s, publisher: %s, url: \"https://example.com/%d\"}\n", p.words(6), p.words(2), i)
		fmt.Fprintf(&b, "unknowns:\n  - %s.\nupdates:\n  - {date: 2024-02-%02d, type: update, text: %s., questions: [q1]}\ntimeline:\n", p.words(12), 1+i%28, p.words(9))
		for n := range 3 {
			fmt.Fprintf(&b, "  - {date: %d-%02d-%02d, id: n%d, title: %s, text: %s.}\n", 1990+i%30, 1+n, 1+i%28, n, p.words(6), p.words(15))
		}
		b.WriteString("questions:\n")
		for n := range 4 {
			fmt.Fprintf(&b, "  - id: q%d\n    question: %s?\n    short: %s.\n    answer: %s [@s]. %s.\n", n, p.words(6), p.words(18), p.words(60), p.words(60))
		}
		fmt.Fprintf(&b, "---\n%s.\n", p.words(40))
		w.put(fmt.Sprintf("explainers/e%d.md", i), b.String())
	}
	return w
}

// TestLittleChangesLittle edits one word of the newest explainer in a site of
// three hundred, and counts the published files that change. A title is another
// matter: it stands wherever its explainer is named.
func TestLittleChangesLittle(t *testing.T) {
	w := newNewsroom(300)
	dir := filepath.Join(publish.Scratch(t), "public")
	s, b, ds := w.load(t, nil)
	if diag.Count(ds, diag.Error) > 0 {
		t.Fatal(ds)
	}
	publishTo(t, b, dir)
	before := tree(t, dir)
	if n := count(before, "search/"); n < 40 {
		t.Fatalf("the index has %d files: it is not in shards", n)
	}
	for key, word := range map[string]string{
		" answer: ": "abacus", "\nunknowns:\n  - ": "mimosa", "question: ": "zyzzyva", "short: ": "kiosk", "id: n1, title: ": "doodad",
		"type: update, text: ": "sesame", "\nstandfirst: ": "vivid", "publisher: ": "tartan", "\n---\n": "plum",
	} {
		t.Run(strings.Trim(key, "\n{ -:,"), func(t *testing.T) {
			text := string(w.content[edited].Data)
			at := strings.Index(text, key) + len(key)
			_, rest, _ := strings.Cut(text[at:], " ")
			w.put(edited, text[:at]+word+" "+rest)
			next, b, ds := w.load(t, s)
			if s = next; diag.Count(ds, diag.Error) > 0 {
				t.Fatal(ds)
			}
			publishTo(t, b, dir)
			after := tree(t, dir)
			changed := differing(before, after)
			before = after
			if len(changed) > mostChanged || len(changed) == 0 {
				t.Errorf("%d files are other ones, of at most %d", len(changed), mostChanged)
			}
			t.Logf("%d files: %s", len(changed), strings.Join(changed, " "))
		})
	}
	s.Close()
}

func count(files map[string][]byte, below string) (n int) {
	for name := range files {
		if strings.HasPrefix(name, below) {
			n++
		}
	}
	return n
}

// differing are the files that only one has, or that are not the same in both.
func differing(before, after map[string][]byte) (names []string) {
	all := maps.Clone(before)
	maps.Copy(all, after)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		x, inBefore := before[name]
		if y, inAfter := after[name]; inBefore != inAfter || !bytes.Equal(x, y) {
			names = append(names, name)
		}
	}
	return names
}
