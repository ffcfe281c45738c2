package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site/document"
)

func sumOf(b byte) document.Sum { return document.Sum{b, 1, 2} }

func written(t testing.TB, m *Manifest) string {
	t.Helper()
	var b bytes.Buffer
	n, err := m.writeTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("WriteTo: %d of %d bytes, %v", n, b.Len(), err)
	}
	return b.String()
}

func TestManifestIsOneFileALine(t *testing.T) {
	m := newManifest([]entry{
		{Path: "index.html", Sum: sumOf(1), Key: sumOf(2), Size: 123},
		{Path: "feed \"é\".xml", Sum: sumOf(3), Size: 0},
	}, map[string][]string{"explainers/b/": {"two", "one"}, "explainers/a/": {}})
	m.redirects = []string{"old/", "share.png"}
	want := `{"version":2,"files":{
"feed \"é\".xml":{"sum":"03010200000000000000000000000000","size":0},
"index.html":{"sum":"01010200000000000000000000000000","key":"02010200000000000000000000000000","size":123}
},"questions":{
"explainers/a/":[],
"explainers/b/":["two","one"]
},"redirects":[
"old/",
"share.png"
],"preview":false}
`
	got := written(t, m)
	if d := cmp.Diff(want, got); d != "" {
		t.Fatal(d)
	}
	back, err := ReadManifest(iotest.OneByteReader(strings.NewReader(got)))
	if err != nil {
		t.Fatal(err)
	}
	if !back.equal(m) {
		t.Fatalf("read back %v, want %v", back, m)
	}
	if e, ok := back.lookup("index.html"); !ok || e.Size != 123 || e.Key != sumOf(2) {
		t.Errorf("Lookup: %v %v", e, ok)
	}
	if e, ok := back.lookup("index"); ok || e != (entry{}) {
		t.Errorf("Lookup of what is not there: %v", e)
	}
	if empty := written(t, newManifest(nil, nil)); empty != "{\"version\":2,\"files\":{\n},\"questions\":{\n},\"redirects\":[\n],\"preview\":false}\n" {
		t.Errorf("empty manifest: %q", empty)
	}
}

func TestReadManifestIsStrict(t *testing.T) {
	const sum = `"sum":"01010200000000000000000000000000"`
	file := func(path string) string {
		return `{"version":1,"files":{` + path + `:{` + sum + `,"size":1}},"questions":{}}`
	}
	if _, err := ReadManifest(strings.NewReader(file(`"a/b"`))); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"empty", ``, "damaged (unexpected EOF)"},
		{"cut short", file(`"a"`)[:40], "damaged (unexpected EOF)"},
		{"something behind", file(`"a"`) + "{}", "damaged"},
		{"another thing", `[]`, "damaged"},
		{"newer", `{"version":3,"pages":{}}`, "of version 3"},
		{"no version", `{"version":0,"files":{},"questions":{}}`, "damaged (version 0)"},
		{"unknown key", `{"version":1,"files":{},"more":{}}`, "damaged"},
		{"unknown field", `{"version":1,"files":{"a":{` + sum + `,"size":1,"mode":1}},"questions":{}}`, "damaged"},
		{"no sum", `{"version":1,"files":{"a":{"size":1}},"questions":{}}`, "no sum"},
		{"short sum", `{"version":1,"files":{"a":{"sum":"01","size":1}},"questions":{}}`, "no sum"},
		{"no size", `{"version":1,"files":{"a":{` + sum + `}},"questions":{}}`, "impossible size"},
		{"twice", `{"version":1,"files":{"a":{` + sum + `,"size":1},"a":{` + sum + `,"size":1}},"questions":{}}`, "twice"},
		{"out of order", `{"version":1,"files":{"b":{` + sum + `,"size":1},"a":{` + sum + `,"size":1}},"questions":{}}`, "out of order"},
		{"a page twice", `{"version":1,"files":{},"questions":{"a/":[],"a/":[]}}`, "twice"},
		{"upward", file(`"../a"`), "can't be the path"},
		{"upward within", file(`"a/../../b"`), "can't be the path"},
		{"absolute", file(`"/etc/passwd"`), "can't be the path"},
		{"backslash", file(`"..\\a"`), "can't be the path"},
		{"NUL", file(`"a\u0000"`), "can't be the path"},
		{"nothing", file(`""`), "can't be the path"},
		{"the folder", file(`"."`), "can't be the path"},
		{"itself", file(`"nutgraf-manifest.json"`), "can't be the path"},
		{"no redirects", `{"version":2,"files":{},"questions":{}}`, "damaged"},
		{"redirects of version 1", `{"version":1,"files":{},"questions":{},"redirects":[],"preview":false}`, "damaged"},
		{"a redirect upward", `{"version":2,"files":{},"questions":{},"redirects":["../"],"preview":false}`, "can't be an address"},
		{"redirects out of order", `{"version":2,"files":{},"questions":{},"redirects":["b/","a/"],"preview":false}`, "out of order"},
		{"a redirect twice", `{"version":2,"files":{},"questions":{},"redirects":["b/","b/"],"preview":false}`, "twice"},
		{"a page upward", `{"version":1,"files":{},"questions":{"../":[]}}`, "can't be the address"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadManifest(strings.NewReader(c.text))
			typed := (*ManifestError)(nil)
			if !errors.As(err, &typed) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want a ManifestError with %q", err, c.want)
			}
		})
	}
	broken := errors.New("the disk is broken")
	_, err := ReadManifest(io.MultiReader(strings.NewReader(`{"version":1,`), iotest.ErrReader(broken)))
	if typed := (*ManifestError)(nil); errors.As(err, &typed) || !errors.Is(err, broken) {
		t.Errorf("a disk that fails: got %v", err)
	}
}

// endless is a manifest without end.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	if e.n == 0 {
		p[0] = '{'
	}
	e.n += len(p)
	return len(p), nil
}

// TestLongManifest: one that is longer than any site's is refused, at once where
// its length is known.
func TestLongManifest(t *testing.T) {
	name := filepath.Join(t.TempDir(), ManifestName)
	if err := os.WriteFile(name, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 300<<20); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, r := range []io.Reader{file, &endless{}} {
		_, err := ReadManifest(r)
		if typed := (*ManifestError)(nil); !errors.As(err, &typed) || err.Error() != "is damaged (it has more than 64 MB)" {
			t.Errorf("got %v", err)
		}
	}
	if at, err := file.Seek(0, io.SeekCurrent); at != 0 || err != nil {
		t.Errorf("%d bytes were read, %v", at, err)
	}
}

// FuzzManifest: what can be read can be written, and then reads the same.
func FuzzManifest(f *testing.F) {
	f.Add([]byte(written(f, newManifest([]entry{{Path: "a/\u2028<é", Sum: sumOf(1), Key: sumOf(2), Size: 3}, {Path: "a", Sum: sumOf(1)}},
		map[string][]string{"x/": {"y", "z\x1f"}}))))
	f.Add([]byte(`{"version":2,"files":{},"questions":{},"redirects":["a","a/"],"preview":true}`))
	f.Add([]byte(`{"version":1,"files":{"a":null},"questions":{"":null}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := ReadManifest(bytes.NewReader(b))
		if err != nil {
			return
		}
		text := written(t, m)
		back, err := ReadManifest(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%v in %q", err, text)
		}
		if !back.equal(m) || written(t, back) != text {
			t.Fatalf("read back otherwise: %q", text)
		}
		for _, e := range m.entries {
			if got, ok := back.lookup(e.Path); !ok || got != e {
				t.Fatalf("%q is lost", e.Path)
			}
		}
	})
}

// FuzzPath: a path that is let through stays below whatever it is joined to.
func FuzzPath(f *testing.F) {
	for _, p := range []string{"a/b", "..", "/a", `\\host\share`, "a/./b", "a//b", "C:/a", "a\x00b", "nul", ".", ""} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if checkPath(p) != nil {
			return
		}
		root := filepath.Join(t.TempDir(), "root")
		rel, err := filepath.Rel(root, filepath.Join(root, filepath.FromSlash(p)))
		if err != nil || filepath.ToSlash(rel) != p || !filepath.IsLocal(rel) {
			t.Fatalf("%q leads to %q, %v", p, rel, err)
		}
	})
}

func bigManifest(n int) *Manifest {
	entries := make([]entry, n)
	for i := range entries {
		entries[i] = entry{Path: fmt.Sprintf("explainers/some-explainer-%d/question-%d/index.html", i/10, i%10), Sum: sumOf(byte(i)), Key: sumOf(1), Size: int64(i)}
	}
	return newManifest(entries, nil)
}

func BenchmarkManifest(b *testing.B) {
	const files = 300_000
	m := bigManifest(files)
	text := written(b, m)
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m.writeTo(io.Discard)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := ReadManifest(strings.NewReader(text)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
