package pages

import (
	"reflect"
	"strings"
	"testing"
)

// TestKindsAreDecided names what nobody has decided of a kind of page.
func TestKindsAreDecided(t *testing.T) {
	for _, k := range kinds {
		v := reflect.ValueOf(k)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("site/pages/kinds.go: the kind %q does not say %q", k.layout, v.Type().Field(i).Name)
			}
		}
	}
}

// TestKindsAreTrue compares what kinds states of each kind with the pages of a site that has
// all of them.
func TestKindsAreTrue(t *testing.T) {
	files := goldenFiles(t, "lists")
	files["site.yaml"] += "redirects: {/old/: /about/}\n"
	b, _ := bookOf(t, false, files)
	out := written(t, b)
	inIndex := map[string]bool{}
	for _, s := range b.searchedPages() {
		inIndex[s.path] = true
	}
	is := func(a answer) bool { return a == yes }
	met := map[string]bool{}
	for i := range b.plan {
		p := &b.plan[i]
		if p.layout == "" {
			continue
		}
		k := kindOf(p.layout)
		if k == noKind {
			t.Errorf("/%s has the layout %q, which has no row in kinds", p.path, p.layout)
			continue
		}
		met[p.layout] = true
		further := strings.Contains(p.path, "page/")
		for _, c := range []struct {
			what        string
			stated, has bool
		}{
			{"is in the sitemap", is(k.sitemap), strings.Contains(out["sitemap.xml"], "/sub/"+p.path+"</loc>")},
			{"has a copy as Markdown", is(k.copy), b.Find(p.path+"index.md") >= 0},
			{"is found by the search", is(k.search), inIndex[p.path] || further && is(k.search)},
			{"goes on behind page/", is(k.grows), is(k.grows) || further},
		} {
			if c.stated != c.has {
				t.Errorf("kinds says of %q that it %s: %t; of /%s that is %t", p.layout, c.what, c.stated, p.path, c.has)
			}
		}
	}
	for _, k := range kinds {
		if !met[k.layout] {
			t.Errorf("testdata/golden/lists.txtar has no page of the kind %q", k.layout)
		}
	}
}
