package front

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"nutgraf/site/diag"
)

var update = flag.Bool("update", false, "write the wanted output of testdata anew")

// parse reads a file by its name, as the site does, and returns the value, the body and what is wrong.
func parse(name string, data []byte) (value any, body diag.Span, ds []diag.Diagnostic) {
	switch name {
	case "site.yaml":
		value, ds = ParseSite(name, data)
	case "authors.yaml":
		value, ds = ParseAuthors(name, data)
	case "sources.yaml":
		value, ds = ParseSources(name, data)
	case "questions.yaml":
		value, ds = ParseQuestions(name, data)
	case "timeline.yaml":
		value, ds = ParseTimeline(name, data)
	case "images.yaml":
		value, ds = ParseImages(name, data)
	case "updates.yaml":
		value, ds = ParseUpdates(name, data)
	case "term.md":
		return first3(ParseTerm(name, data))
	case "page.md":
		return first3(ParsePage(name, data))
	default:
		return first3(ParseExplainer(name, data))
	}
	return value, diag.Span{Start: int32(len(data)), End: int32(len(data))}, ds
}

func first3[T any](v T, body diag.Span, ds []diag.Diagnostic) (any, diag.Span, []diag.Diagnostic) {
	return v, body, ds
}

func printed(t testing.TB, name string, data []byte, ds []diag.Diagnostic) string {
	t.Helper()
	var b bytes.Buffer
	p := diag.Printer{Read: func(file string) []byte {
		if file != name {
			t.Errorf("asked for %s", file)
		}
		return data
	}}
	if err := p.Print(&b, ds); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestMessages reads the archives of testdata: each holds mistakes, and after
// each file the exact words that report it.
func TestMessages(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i+1 < len(a.Files); i += 2 {
				in, want := &a.Files[i], &a.Files[i+1]
				data := unquote(in.Data)
				name, _, _ := strings.Cut(in.Name, " ")
				_, _, ds := parse(name, data)
				got := printed(t, name, data, ds)
				if *update {
					want.Name, want.Data = "says", []byte(got)
				} else if diff := cmp.Diff(string(want.Data), got); diff != "" {
					t.Errorf("%s (-want +got)\n%s\n%s", in.Name, in.Data, diff)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// unquote puts in the bytes that don't show in an archive: ⇥ is a tab, ␀ a
// NUL, ␍ a carriage return, ␤ nothing at all at the end of the file, ␛ escape, ‼ a byte that isn't UTF-8.
func unquote(b []byte) []byte {
	return []byte(strings.NewReplacer("⇥", "\t", "␀", "\x00", "␍", "\r", "␤\n", "", "␛", "\x1b", "‼", "\xe9", "⸨BOM⸩", "\uFEFF", "⸨LS⸩", "\u2028").Replace(string(b)))
}
