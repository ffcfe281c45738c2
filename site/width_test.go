package site_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// widest is how many columns a line of program code may have; a tab is four. Lines are wrapped
// at 100.
const widest = 120

// tablesOfWords are the packages whose code is words: wrapped, they would be harder to compare.
var tablesOfWords = []string{"site/lang"}

// TestLineWidth holds program code to lines that can be read beside others.
func TestLineWidth(t *testing.T) {
	faults, files := wideLines(t, os.DirFS(".."))
	if files == 0 {
		t.Fatal("no Go file was read: the walk is broken")
	}
	for _, f := range faults {
		t.Error(f)
	}
}

// TestLineWidthHitsWhatItAimsAt breaks the rule once in a made-up tree.
func TestLineWidthHitsWhatItAimsAt(t *testing.T) {
	long := "//" + strings.Repeat("ä", widest-2)
	tag := "type T struct {\n\tF int `help:\"" + long + "\"`\n}\n"
	faults, _ := wideLines(t, fstest.MapFS{
		"cmd/a.go":       {Data: []byte("package a\n\n" + long + "\n\t" + long + "\n" + tag)},
		"cmd/a_test.go":  {Data: []byte("package a\n\n" + long + "\n\t" + long + "\n")},
		"site/lang/a.go": {Data: []byte("package lang\n\n\t" + long + "\n")},
	})
	if want := []string{"cmd/a.go:4: 124 columns wide: wrap it at 100"}; !slices.Equal(faults, want) {
		t.Errorf("got  %q\nwant %q", faults, want)
	}
}

// wideLines names each line that is too wide, and says how many files it read. A struct tag is
// one literal that can't be wrapped.
func wideLines(t *testing.T, fsys fs.FS) (faults []string, files int) {
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		pkg := path.Dir(name)
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || slices.Contains(tablesOfWords, pkg) {
			return nil
		}
		files++
		source, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		tags := linesOfTags(t, name, source)
		n := 0
		for line := range strings.Lines(string(source)) {
			n++
			line = strings.TrimSuffix(line, "\n")
			columns := utf8.RuneCountInString(line) + 3*strings.Count(line, "\t")
			if columns > widest && !tags[n] {
				faults = append(faults, fmt.Sprintf("%s:%d: %d columns wide: wrap it at 100", name, n, columns))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return faults, files
}

// linesOfTags returns on which lines of a file a struct tag stands.
func linesOfTags(t *testing.T, name string, source []byte) map[int]bool {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[int]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok && field.Tag != nil {
			lines[fset.Position(field.Tag.Pos()).Line] = true
		}
		return true
	})
	return lines
}
