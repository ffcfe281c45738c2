package publish_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/pages"
)

// live is a site that is amended where that can be done, as a preview does.
type live struct {
	t       *testing.T
	w       *world
	files   map[string]string // as they were last time
	site    *site.Site
	book    *pages.Book
	amended int // edits that needed no load
	whole   bool
}

// now reads all files of the world's folders.
func (w *world) now() map[string]string {
	all := map[string]string{}
	for root, files := range map[string]fstest.MapFS{"content/": w.content, "templates/": w.templates, "static/": w.static} {
		for name, f := range files {
			all[root+name] = string(f.Data)
		}
	}
	return all
}

// bring brings the site up to date, and returns what is to be said.
func (l *live) bring() []diag.Diagnostic {
	l.t.Helper()
	before := l.files
	l.files = l.w.now()
	var changed []string
	same := len(before) == len(l.files)
	for name, text := range l.files {
		was, there := before[name]
		same = same && there
		if was != text {
			changed = append(changed, name)
		}
	}
	if l.whole && same {
		c, ds, ok, err := l.site.Amend(context.Background(), now, changed)
		if err != nil {
			l.t.Fatal(err)
		}
		if ok {
			more, ok, err := l.book.Amend(c)
			if err != nil {
				l.t.Fatal(err)
			}
			if !ok {
				l.book.Close()
				more = l.plan()
			}
			l.amended++
			return diag.Sort(append(slices.Clone(ds), more...))
		}
	}
	return l.load()
}

func (l *live) load() []diag.Diagnostic {
	l.t.Helper()
	s, ds, err := site.Load(context.Background(), l.w.options(), l.site)
	if err != nil {
		l.t.Fatal(err)
	}
	l.site, l.whole = s, diag.Count(ds, diag.Error) == 0
	if l.book != nil {
		l.book.Close()
	}
	return diag.Sort(append(slices.Clone(ds), l.plan()...))
}

func (l *live) plan() []diag.Diagnostic {
	l.t.Helper()
	b, more, err := pages.New(context.Background(), l.site, pages.Options{Lazy: true})
	if err != nil {
		l.t.Fatal(err)
	}
	l.book = b
	l.whole = l.whole && diag.Count(more, diag.Error) == 0
	return more
}

// checkAmends makes edits one by one. After each, a site that is amended where
// it can be must be what a load that knows nothing makes of the folders: every
// page, its key, and all that is to be said.
func checkAmends(t *testing.T, script []byte) int {
	l := &live{t: t, w: newWorld()}
	l.files = l.w.now()
	l.load()
	defer func() { l.book.Close(); l.site.Close() }()
	for i := 0; i+1 < len(script) && i < 24; i += 2 {
		edits[int(script[i])%len(edits)](l.w, script[i+1])
		said := l.bring()
		clean, book, want := l.w.load(t, nil)
		if d := cmp.Diff(diag.Sort(want), said); d != "" {
			t.Fatalf("after edit %d diagnostics differ (-clean +amended):\n%s", i/2, d)
		}
		if diag.Count(want, diag.Error) == 0 {
			comparePages(t, book, l.book, i/2)
		}
		clean.Close()
	}
	return l.amended
}

func comparePages(t *testing.T, clean, amended *pages.Book, edit int) {
	t.Helper()
	for i := range clean.Len() {
		at := amended.Find(clean.Path(i))
		if at < 0 {
			t.Fatalf("after edit %d there is no page %s", edit, clean.Path(i))
		}
		want, wantKey := pageOf(t, clean, i)
		got, key := pageOf(t, amended, at)
		if !bytes.Equal(want, got) {
			t.Fatalf("after edit %d %s differs (-clean +amended):\n%s", edit, clean.Path(i), cmp.Diff(string(want), string(got)))
		}
		if key != wantKey {
			t.Fatalf("after edit %d the key of %s differs", edit, clean.Path(i))
		}
	}
}

func pageOf(t *testing.T, b *pages.Book, i int) ([]byte, document.Sum) {
	t.Helper()
	leaf, err := b.Open(i)
	if err != nil {
		t.Fatal(err)
	}
	defer leaf.Close()
	var out bytes.Buffer
	if _, err := leaf.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), leaf.Key
}

// FuzzAmend holds that bringing a site up to date in place never leaves
// anything of what was.
func FuzzAmend(f *testing.F) {
	for i := range edits {
		f.Add([]byte{byte(i), 1, byte(i), 2, 15, 1, byte(i), 0})
	}
	for _, script := range hidings {
		f.Add(script)
	}
	f.Fuzz(func(t *testing.T, script []byte) { checkAmends(t, script) })
}

// TestAmends holds that edits of texts need no load.
func TestAmends(t *testing.T) {
	for _, i := range []byte{0, 1, 2, 14, 15, 26, 29, 31, 32, 36, byHand} {
		if checkAmends(t, []byte{i, 1, i, 2}) < 1 {
			t.Errorf("edit %d makes the site load again", i)
		}
	}
}
