package browsertest

import (
	"regexp"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
	"nutgraf/site/publish"
	"nutgraf/static"
	"nutgraf/templates"
)

// TestAllowedScript runs a script that stands in the pages once site.yaml has the sum that the
// warning says to add, and one that it adds, as those of analytics do. The tab complains where the
// policy stops either.
func TestAllowedScript(t *testing.T) {
	b := open(t)
	templated := fstest.MapFS{"head-extra.html": {Data: []byte("<script>const added = document.createElement('script'); " +
		"added.src = '/added.js'; document.head.append(added)</script>\n")}}
	own := fstest.MapFS{"added.js": {Data: []byte("document.documentElement.dataset.house = 'ran'\n")}}
	write := func(config string) (string, []diag.Diagnostic) {
		dir := t.TempDir()
		s, ds, err := site.Load(t.Context(), site.Options{Content: fstest.MapFS{"site.yaml": {Data: []byte(config)}, "pages/about.md": {Data: []byte("---\ntitle: About\n---\nWho we are.\n")}}, Templates: templated, Static: own,
			DefaultTemplates: templates.FS, DefaultStatic: static.FS, Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Once: true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		book, more, err := pages.New(t.Context(), s, pages.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := publish.ToFolder(t.Context(), book, dir, publish.Options{}); err != nil {
			t.Fatal(err)
		}
		return dir, append(ds, more...)
	}
	_, ds := write("title: T\n")
	if len(ds) != 1 {
		t.Fatalf("got %d diagnostics, want one: %v", len(ds), ds)
	}
	sum := regexp.MustCompile(`"'sha256-[^"]+'"`).FindString(ds[0].Hint)
	dir, ds := write("title: T\ncsp_allow: {script-src: [" + sum + "]}\n")
	if len(ds) != 0 {
		t.Errorf("what the fix says is followed, and yet: %v", ds)
	}
	s := serve(t, dir)
	b.home = s.url
	b.show(s.url + "/")
	b.must(`document.documentElement.dataset.house === 'ran'`, "the script has not run")
}
