package pages

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"nutgraf/site/diag"
	"nutgraf/static"
)

func TestShorter(t *testing.T) {
	for _, c := range []struct{ name, ext, in, want string }{
		{"comments and blanks", ".css", "/* a */\n.a {\n  color: red; /* b */\n}\n\n/**/ .b , .c{}\n", ".a{color: red;}.b,.c{}"},
		{"descendants", ".css", "main\n:is(a,b) > p + p{}", "main :is(a,b) > p + p{}"},
		{"a licence", ".css", "/*! ours;  as it is */ a{}", "/*! ours;  as it is */ a{}"},
		{"strings", ".css", `a::before{content:"/* ; " ' \' /* ' url("x  y.png")}`, `a::before{content:"/* ; " ' \' /* ' url("x  y.png")}`},
		{"what is new", ".css", "@supports (anchor-name: --a) {\n  [popover]:popover-open { color: light-dark(#111, rgb(1 2 3 / .5));\n    &:hover, & .x { --y: calc(1rem + 2px); }\n  }\n}",
			"@supports (anchor-name: --a){[popover]:popover-open{color: light-dark(#111,rgb(1 2 3 / .5));&:hover,& .x{--y: calc(1rem + 2px);}}}"},
		{"code", ".js", "// Why.\n(() => {\n  const long = 1; /* what */\n  alert(long, '// no comment', /\\/*/);\n})();\n", `(()=>{const e=1;alert(e,"// no comment",/\/*/)})()`},
		{"a licence in code", ".js", "/*! ours */\nalert(1)", "/*! ours */alert(1)"},
		{"what is no code", ".js", "const = ;", "const = ;"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(shorter[c.ext]([]byte(c.in))); got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestWhoseCode publishes the theme's code in fewer bytes, a copy of it too, and
// a writer's own as it is.
func TestWhoseCode(t *testing.T) {
	in := map[string]string{"site.yaml": "title: S\n", "static/style.css": "a {  }  /* mine */\n"}
	for _, name := range []string{fontsFile, searchAsset} {
		copied, err := fs.ReadFile(static.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		in["static/"+name] = string(copied)
	}
	out, _ := outputs(t, false, in)
	found := 0
	for _, p := range slices.Sorted(maps.Keys(out)) {
		text := out[p]
		switch {
		case !strings.HasPrefix(p, assetsPath):
		case path.Ext(p) == ".css":
			found++
			fonts, own, _ := strings.Cut(text, "a {")
			if strings.Contains(fonts, "/*") || !strings.HasPrefix(own, "  }  /* mine */\n") {
				t.Errorf("%s: not the fonts in short, then the writer's style as it is: … %s", p, text[len(fonts):])
			}
		case path.Ext(p) == ".js":
			found++
			if strings.Contains(text, "\n") || strings.Contains(text, "  ") {
				t.Errorf("%s has lines or blanks left:\n%s", p, text)
			}
		}
	}
	if found != 3 {
		t.Errorf("%d style sheets and scripts, not 3", found)
	}
}

// TestSheetAddresses: what a style sheet loads stays one address each, whatever signs are
// in it and however it was written.
func TestSheetAddresses(t *testing.T) {
	const in = `a{b:url("p.svg?x)");c:url('p.svg#v(0,0)');d:url("p.svg?a\"b\\c");e:url(p.svg?x\)y);f:url("p\2e svg?\27");g:url("p q(1).svg");h:url( p.svg )}`
	const want = `a{b:url("../p.svg?x)");c:url("../p.svg#v(0,0)");d:url("../p.svg?a\"b\\c");e:url("../p.svg?x)y");f:url("../p.svg?'");g:url(../p%20q%281%29.svg);h:url(../p.svg)}`
	out, ds := outputs(t, false, map[string]string{"site.yaml": "title: T\nstyles: [house.css]\n", "static/house.css": in,
		"static/p.svg": "<svg/>", "static/p q(1).svg": "<svg/>", "explainers/one.md": "---\ntitle: One?\nstandfirst: s.\npublished: 2024-01-10\n---\n## Why?\n\nSo.\n"})
	for _, d := range ds {
		if d.Severity == diag.Error {
			t.Errorf("reported %s: %s", d.At.File, d.Message)
		}
	}
	for file, css := range out {
		if strings.HasPrefix(file, "assets/house.") && css != want {
			t.Errorf("%s is\n%s\nand not\n%s", file, css, want)
		}
	}
}
