package site_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayReadTheClock are the functions that may look at Site.Now or Options.Now itself: those that
// say when their answer changes, and Amend, which loads the site again on another day. An era that
// lies far ahead can only come nearer.
var mayReadTheClock = []string{
	"clock.go", "amend.go", "load.go Load", "days.go ahead", "days.go latest",
	"days.go reportAhead", "days.go linkDay",
}

// TestNobodyReadsTheClock: what a page is made of depends on the time by questions alone whose
// next answer is known, so that a build knows when there is something to do.
func TestNobodyReadsTheClock(t *testing.T) {
	seen := map[string]bool{}
	for _, dir := range []string{"", "pages", "document", "publish", "theme", "search"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || files == nil {
			t.Fatal(dir, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, name, source, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				function := name
				if f, ok := d.(*ast.FuncDecl); ok {
					function += " " + f.Name.Name
				}
				ast.Inspect(d, func(n ast.Node) bool {
					if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Now" && !isChart(s) {
						if seen[function], seen[name] = true, true; !slices.Contains(mayReadTheClock, function) &&
							!slices.Contains(mayReadTheClock, name) {
							t.Errorf("%s reads the clock: ask the Site with Reached, or one of its neighbours in clock.go",
								fset.Position(n.Pos()))
						}
					}
					return true
				})
			}
		}
	}
	for _, name := range mayReadTheClock {
		if !seen[name] {
			t.Errorf("%s does not read the clock any more: take it out of the list", name)
		}
	}
}

// isChart reports the fields of a View that say where today lies.
func isChart(s *ast.SelectorExpr) bool {
	switch x := s.X.(type) {
	case *ast.Ident:
		return x.Name == "c"
	case *ast.IndexExpr:
		return true
	}
	return false
}
