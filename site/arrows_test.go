package site_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// modulePath is what go.mod calls us.
const modulePath = "nutgraf"

// arrows is the table of packages: what each may import directly. What stands below an arrow's end may be imported too.
// A package that is not here must not exist.
var arrows = map[string][]string{
	"cmd/nutgraf": {"content", "templates", "static", "site/serve", "site/check", "site/kept"},

	"content":   nil,
	"templates": nil,
	"static":    nil,

	"site/serve":   {"site/pages"},
	"site/check":   {"site/pages", "site/prose"},
	"site/kept":    {"site/publish"},
	"site/publish": {"site/pages"},

	"site/pages":  {"site", "site/theme", "site/search"},
	"site/theme":  {"site/diag", "site/lang"},
	"site/search": {"site/diag", "site/lang"},
	"site/prose":  {"site/markdown"},

	"site":          {"site/document", "site/picture"},
	"site/document": {"site/front", "site/markdown", "site/edtf", "site/cite"},

	"site/front":    {"site/diag", "site/lang"},
	"site/markdown": {"site/diag", "site/lang"},
	"site/edtf":     {"site/diag", "site/lang"},
	"site/picture":  {"site/diag", "site/lang"},
	"site/cite":     {"site/diag", "site/lang"},

	"site/diag": nil,
	"site/lang": nil,

	"site/internal/arena": nil,
	"site/internal/par":   nil,
	"site/internal/memo":  nil,

	"site/browsertest": nil,
}

// tools may be imported by every package under site and cmd, but by each other.
var tools = []string{"site/internal/arena", "site/internal/par", "site/internal/memo"}

// testsOnly hold no Go file but tests.
var testsOnly = []string{"site/browsertest"}

// goers may start goroutines.
var goers = []string{"site/internal/par", "site/serve"}

// outside says where imports from outside the module are kept.
var outside = []struct {
	imports *regexp.Regexp
	only    []string
}{
	{regexp.MustCompile(`(^|/)goldmark(/|-|$)`), []string{"site/markdown"}},
	{regexp.MustCompile(`(^|/)chroma(/|$)`), []string{"site/markdown"}},
	{regexp.MustCompile(`(^|/)(go-)?yaml(\.v[0-9]+)?(/|$)`), []string{"site/front"}},
	{regexp.MustCompile(`^html/template$`), []string{"site/theme", "site/serve"}},
	{regexp.MustCompile(`(^|/)minify(/|$)`), []string{"site/pages"}},
	{regexp.MustCompile(`(^|/)fsnotify(/|$)`), []string{"site/serve"}},
	{regexp.MustCompile(`^gocloud\.dev(/|$)`), []string{"site/publish"}},
}

// topLevel is all that the repository shows at its top, dot-files apart.
var topLevel = []string{"cmd", "content", "templates", "static", "site", "go.mod", "go.sum", "README.md", "LICENSE"}

// TestArrows holds the source to the table of packages and to the rules that a look at the syntax can tell.
func TestArrows(t *testing.T) {
	faults, files := sourceFaults(os.DirFS(".."))
	if files == 0 {
		t.Fatal("no Go file was read: the walk is broken")
	}
	for _, f := range faults {
		t.Error(f)
	}
}

// TestTopLevel holds the top of the repository to the names that belong there.
func TestTopLevel(t *testing.T) {
	for _, f := range topFaults(topNames(t)) {
		t.Error(f)
	}
}

// TestArrowsHitWhatTheyAimAt breaks each rule once in a made-up tree: a rule that never fails holds nothing.
func TestArrowsHitWhatTheyAimAt(t *testing.T) {
	const doc = "// Package p is here.\n"
	for _, c := range []struct {
		name, file, source, want string
	}{
		{"down one arrow", "site/pages/a.go", doc + "package pages\nimport _ \"nutgraf/site\"\n", ""},
		{"down many arrows", "cmd/nutgraf/a.go", doc + "package main\nimport _ \"nutgraf/site/lang\"\n", ""},
		{"upward", "site/a.go", doc + "package site\nimport _ \"nutgraf/site/pages\"\n",
			"site/a.go:3: site must not import nutgraf/site/pages"},
		{"sideways at the top", "site/serve/a.go", doc + "package serve\nimport _ \"nutgraf/site/publish\"\n",
			"site/serve/a.go:3: site/serve must not import nutgraf/site/publish"},
		{"sideways among leaves", "site/front/a.go", doc + "package front\nimport _ \"nutgraf/site/edtf\"\n",
			"site/front/a.go:3: site/front must not import nutgraf/site/edtf"},
		{"a theme that knows its Views", "site/theme/a.go", doc + "package theme\nimport _ \"nutgraf/site/pages\"\n",
			"site/theme/a.go:3: site/theme must not import nutgraf/site/pages"},
		{"documents know no site", "site/document/a.go", doc + "package document\nimport _ \"nutgraf/site\"\n",
			"site/document/a.go:3: site/document must not import nutgraf/site"},
		{"documents look into no picture", "site/document/a.go", doc + "package document\nimport _ \"nutgraf/site/picture\"\n",
			"site/document/a.go:3: site/document must not import nutgraf/site/picture"},
		{"search reads no site", "site/search/a.go", doc + "package search\nimport _ \"nutgraf/site\"\n",
			"site/search/a.go:3: site/search must not import nutgraf/site"},
		{"prose reads no site", "site/prose/a.go", doc + "package prose\nimport _ \"nutgraf/site\"\n",
			"site/prose/a.go:3: site/prose must not import nutgraf/site"},
		{"embedded files below cmd", "site/pages/a.go", doc + "package pages\nimport _ \"nutgraf/templates\"\n",
			"site/pages/a.go:3: site/pages must not import nutgraf/templates"},
		{"a tool", "site/diag/a.go", doc + "package diag\nimport _ \"nutgraf/site/internal/par\"\n", ""},
		{"a tool in a tool", "site/internal/par/a.go", doc + "package par\nimport _ \"nutgraf/site/internal/memo\"\n",
			"site/internal/par/a.go:3: site/internal/par must not import nutgraf/site/internal/memo"},
		{"a tool in embedded files", "static/a.go", doc + "package static\nimport _ \"nutgraf/site/internal/memo\"\n",
			"static/a.go:3: static must not import nutgraf/site/internal/memo"},
		{"a package that is not there", "site/a.go", doc + "package site\nimport _ \"nutgraf/site/util\"\n",
			"site/a.go:3: site must not import nutgraf/site/util"},
		{"an unknown package", "site/util/a.go", doc + "package util\n", "site/util: a package that the table does not name"},
		{"an unknown package of tests", "site/util/a_test.go", doc + "package util\n", "site/util: a package that the table does not name"},
		{"test data", "site/testdata/util/a.go", "not Go at all", ""},
		{"code among tests", "site/browsertest/a.go", doc + "package browsertest\n", "site/browsertest/a.go: this package is for tests only"},
		{"goldmark", "site/pages/a.go", doc + "package pages\nimport _ \"github.com/yuin/goldmark/ast\"\n",
			"site/pages/a.go:3: github.com/yuin/goldmark/ast belongs in site/markdown only"},
		{"goldmark at home", "site/markdown/a.go", doc + "package markdown\nimport _ \"github.com/yuin/goldmark/ast\"\n", ""},
		{"chroma", "site/a.go", doc + "package site\nimport _ \"github.com/alecthomas/chroma/v2\"\n",
			"site/a.go:3: github.com/alecthomas/chroma/v2 belongs in site/markdown only"},
		{"yaml", "site/a.go", doc + "package site\nimport _ \"go.yaml.in/yaml/v4\"\n",
			"site/a.go:3: go.yaml.in/yaml/v4 belongs in site/front only"},
		{"old yaml", "site/a.go", doc + "package site\nimport _ \"gopkg.in/yaml.v3\"\n",
			"site/a.go:3: gopkg.in/yaml.v3 belongs in site/front only"},
		{"html/template", "site/check/a.go", doc + "package check\nimport _ \"html/template\"\n",
			"site/check/a.go:3: html/template belongs in site/theme, site/serve only"},
		{"fsnotify", "cmd/nutgraf/a.go", doc + "package main\nimport _ \"github.com/fsnotify/fsnotify\"\n",
			"cmd/nutgraf/a.go:3: github.com/fsnotify/fsnotify belongs in site/serve only"},
		{"a cloud library", "cmd/nutgraf/a.go", doc + "package main\nimport _ \"gocloud.dev/blob/s3blob\"\n",
			"cmd/nutgraf/a.go:3: gocloud.dev/blob/s3blob belongs in site/publish only"},
		{"a go statement", "site/a.go", doc + "package site\nfunc f() {\n\tgo f()\n}\n",
			"site/a.go:4: starts a goroutine: use site/internal/par"},
		{"a wait group's Go", "site/a.go", doc + "package site\nfunc f() {\n\twg.Go(f)\n}\n",
			"site/a.go:4: starts a goroutine: use site/internal/par"},
		{"a go statement at home", "site/serve/a.go", doc + "package serve\nfunc f() {\n\tgo f()\n}\n", ""},
		{"a go statement in a test", "site/a_test.go", doc + "package site\nfunc f() {\n\tgo f()\n}\n", ""},
		{"a func without a comment", "site/a.go", doc + "package site\n\nfunc F() {}\n", "site/a.go:4: F has no doc comment"},
		{"a directive for a comment", "site/a.go", doc + "package site\n\n//go:noinline\nfunc F() {}\n", "site/a.go:5: F has no doc comment"},
		{"a type without a comment", "site/a.go", doc + "package site\n\ntype T struct{ F int }\n", "site/a.go:4: T has no doc comment"},
		{"a type under another's comment", "site/a.go", doc + "package site\n\n// A and B.\ntype (\n\tA int\n)\n", "site/a.go:6: A has no doc comment"},
		{"a method without a comment", "site/a.go", doc + "package site\n\n// T is it.\ntype T[K any] int\n\nfunc (t *T[K]) M() {}\n",
			"site/a.go:7: T.M has no doc comment"},
		{"a method of nobody's business", "site/a.go", doc + "package site\n\ntype t int\n\nfunc (t) M() {}\n", ""},
		{"a var without a comment", "site/a.go", doc + "package site\n\nvar V, w = 1, 2\n", "site/a.go:4: V has no doc comment"},
		{"constants under one comment", "site/a.go", doc + "package site\n\n// Levels.\nconst (\n\tA = iota\n\tB\n)\n", ""},
		{"constants with no comment", "site/a.go", doc + "package site\n\nconst (\n\tA = iota // said here\n\tB\n)\n", "site/a.go:6: B has no doc comment"},
		{"broken syntax", "site/a.go", "package", "site/a.go:1:8: expected 'IDENT', found 'EOF'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			faults, _ := sourceFaults(fstest.MapFS{c.file: {Data: []byte(c.source)}})
			if got := strings.Join(faults, "\n"); got != c.want {
				t.Errorf("%s\n%s\ngot  %q\nwant %q", c.file, c.source, got, c.want)
			}
		})
	}
	if got := topFaults([]string{"cmd", ".github", "main.go", "Makefile"}); len(got) != 2 {
		t.Errorf("a stray main.go and Makefile at the top level: got %q", got)
	}
}

// sourceFaults says where the Go files under fsys break a rule, in the order of the files, and how many files it read.
func sourceFaults(fsys fs.FS) (faults []string, files int) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	below := closure()
	unknown := map[string]bool{}
	fset := token.NewFileSet()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && (strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_") ||
				d.Name() == "testdata" || name == "public") {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		files++
		pkg := path.Dir(name)
		if _, ok := arrows[pkg]; !ok {
			if !unknown[pkg] {
				fault("%s: a package that the table does not name", pkg)
			}
			unknown[pkg] = true
			return nil
		}
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		if slices.Contains(testsOnly, pkg) {
			fault("%s: this package is for tests only", name)
			return nil
		}
		source, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			fault("%v", err)
			return nil
		}
		at := func(n ast.Node, format string, args ...any) {
			fault("%s:%d: %s", name, fset.Position(n.Pos()).Line, fmt.Sprintf(format, args...))
		}
		checkImports(pkg, below[pkg], file, at)
		if !slices.Contains(goers, pkg) {
			checkGoroutines(file, at)
		}
		checkComments(file, at)
		return nil
	})
	if err != nil {
		fault("%v", err)
	}
	return faults, files
}

// report adds a fault at a node.
type report func(n ast.Node, format string, args ...any)

// closure follows the arrows: for each package all that it may import from the module.
func closure() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	var visit func(pkg string) map[string]bool
	visit = func(pkg string) map[string]bool {
		if done, ok := all[pkg]; ok {
			return done
		}
		set := map[string]bool{}
		all[pkg] = set
		for _, to := range arrows[pkg] {
			set[to] = true
			for further := range visit(to) {
				set[further] = true
			}
		}
		inside := strings.HasPrefix(pkg, "cmd/") || pkg == "site" || strings.HasPrefix(pkg, "site/")
		if inside && !slices.Contains(tools, pkg) {
			for _, tool := range tools {
				set[tool] = true
			}
		}
		return set
	}
	for pkg := range arrows {
		visit(pkg)
	}
	return all
}

func checkImports(pkg string, may map[string]bool, file *ast.File, at report) {
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			at(spec, "%v", err)
			continue
		}
		if ours, ok := strings.CutPrefix(imported, modulePath+"/"); ok || imported == modulePath {
			if !may[ours] {
				at(spec, "%s must not import %s", pkg, imported)
			}
			continue
		}
		for _, rule := range outside {
			if rule.imports.MatchString(imported) && !slices.Contains(rule.only, pkg) {
				at(spec, "%s belongs in %s only", imported, strings.Join(rule.only, ", "))
			}
		}
	}
}

// checkGoroutines finds go statements, and calls of a method Go with one argument, as wait groups and error groups have.
func checkGoroutines(file *ast.File, at report) {
	ast.Inspect(file, func(n ast.Node) bool {
		starts := false
		switch n := n.(type) {
		case *ast.GoStmt:
			starts = true
		case *ast.CallExpr:
			selector, ok := n.Fun.(*ast.SelectorExpr)
			starts = ok && selector.Sel.Name == "Go" && len(n.Args) == 1
		}
		if starts {
			at(n, "starts a goroutine: use site/internal/par")
		}
		return true
	})
}

// checkComments finds exported names without a doc comment. Fields and the methods of interfaces may do without.
func checkComments(file *ast.File, at report) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			name := decl.Name.Name
			if decl.Recv != nil && len(decl.Recv.List) == 1 {
				receiver := receiverName(decl.Recv.List[0].Type)
				if !ast.IsExported(receiver) {
					continue
				}
				name = receiver + "." + name
			}
			if decl.Name.IsExported() && !said(decl.Doc) {
				at(decl, "%s has no doc comment", name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					alone := !decl.Lparen.IsValid()
					if spec.Name.IsExported() && !said(spec.Doc) && !(alone && said(decl.Doc)) {
						at(spec, "%s has no doc comment", spec.Name.Name)
					}
				case *ast.ValueSpec:
					if said(decl.Doc) || said(spec.Doc) || said(spec.Comment) {
						continue
					}
					for _, name := range spec.Names {
						if name.IsExported() {
							at(name, "%s has no doc comment", name.Name)
						}
					}
				}
			}
		}
	}
}

// said reports whether a comment holds words: a directive such as go:embed is none.
func said(c *ast.CommentGroup) bool { return strings.TrimSpace(c.Text()) != "" }

// receiverName is the name of the type that a method hangs on, without star and type parameters.
func receiverName(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// topNames lists the top of the repository: what git tracks there, or without git what lies there.
func topNames(t *testing.T) []string {
	t.Helper()
	var names []string
	if listed, err := exec.Command("git", "-C", "..", "ls-files", "-z").Output(); err == nil {
		for file := range bytes.SplitSeq(listed, []byte{0}) {
			first, _, _ := strings.Cut(string(file), "/")
			if first != "" {
				names = append(names, first)
			}
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "public" {
			names = append(names, e.Name())
		}
	}
	return names
}

func topFaults(names []string) (faults []string) {
	for _, name := range names {
		if !strings.HasPrefix(name, ".") && !slices.Contains(topLevel, name) {
			faults = append(faults, name+": does not belong at the top level of the repository")
		}
	}
	return faults
}
