package browsertest

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraf/static"
)

// rulesOf is what a browser reads in a style sheet.
const rulesOf = `(css => { const s = new CSSStyleSheet(); s.replaceSync(css); return [...s.cssRules].map(r => r.cssText); })`

var fontFile = regexp.MustCompile(`url\([^)]*\)`)

// TestStyleAsWritten holds what is published of the theme's style to what its
// authors wrote: shorter, and the same to a browser.
func TestStyleAsWritten(t *testing.T) {
	s, b := demoSite(t), open(t)
	if byHand() {
		t.Skip("only what we build")
	}
	var written []byte
	for _, name := range []string{"fonts.css", "style.css"} {
		data, err := fs.ReadFile(static.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		written = append(written, data...)
	}
	files, _ := filepath.Glob(filepath.Join(s.dir, "assets", "style.*.css"))
	if len(files) != 1 {
		t.Fatalf("the style sheet is %q", files)
	}
	published := s.read(t, filepath.Join("assets", filepath.Base(files[0])))
	rules := func(css []byte) []string {
		return js[[]string](b, rulesOf+"("+quote(fontFile.ReplaceAllString(string(css), "url(x)"))+")")
	}
	want := rules(written)
	if d := cmp.Diff(want, rules(published)); d != "" || len(want) < 300 {
		t.Errorf("of %d rules, a browser reads these another way (-written +published):\n%s", len(want), d)
	}
}
