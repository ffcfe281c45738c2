package pages

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what testdata/golden expects")

// TestGolden holds whole pages to the letter. Each archive in testdata/golden is
// a small site and, under public/, some of the files that come of it.
// assetSum is what changes with each edit of the theme's style.
var assetSum = regexp.MustCompile(`(assets/\w+)\.[0-9a-f]{10}\.`)

func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in := map[string]string{}
			for _, f := range ar.Files {
				if !strings.HasPrefix(f.Name, "public/") {
					in[f.Name] = string(f.Data)
				}
			}
			out, ds := outputs(t, false, in)
			for _, d := range ds {
				t.Errorf("%s: %s", d.At.File, d.Message)
			}
			for i := range ar.Files {
				f := &ar.Files[i]
				name, wanted := strings.CutPrefix(f.Name, "public/")
				if !wanted {
					continue
				}
				got := assetSum.ReplaceAllString(out[name], "$1.SUM.")
				if _, made := out[name]; !made {
					t.Errorf("%s is not made", f.Name)
				} else if *update {
					f.Data = []byte(got)
				} else if d := cmp.Diff(string(f.Data), got); d != "" {
					t.Errorf("%s is another (-want +got); -update rewrites it:\n%s", f.Name, d)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
