package check

import (
	"hash/maphash"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestResolve holds links to what RFC 3986 makes of them, at /sub/ and elsewhere.
func TestResolve(t *testing.T) {
	p := &page{pageReader: &pageReader{base: "/sub/"}, path: "explainers/gate/"}
	for href, want := range map[string][2]string{
		"": {"explainers/gate/", ""}, "#cost": {"explainers/gate/", "cost"}, "../bridge/": {"explainers/bridge/", ""}, "../../": {"", ""},
		"../../../../about/#a%20b": {"about/", "a b"}, "map.png": {"explainers/gate/map.png", ""}, "./": {"explainers/gate/", ""}, "..": {"explainers/", ""},
		"a/../b": {"explainers/gate/b", ""}, "a//b": {"explainers/gate/a/b", ""}, "/sub/about/": {"about/", ""}, "/about/": {"about/", ""}, "?q=a#b": {"explainers/gate/", "b"},
		" ../x%2Fy ": {"explainers/x/y", ""}, ".hidden": {"explainers/gate/.hidden", ""},
	} {
		if target, anchor, ours := p.resolve(href); !ours || target != want[0] || anchor != want[1] {
			t.Errorf("%q: %q %q %v, want %q", href, target, anchor, ours, want)
		}
	}
	for _, href := range []string{"https://example.org/", "//example.org/", "mailto:a@b.c", "tel:1", "data:,x"} {
		if _, _, ours := p.resolve(href); ours {
			t.Errorf("%q is taken for ours", href)
		}
	}
	p.path = "404.html"
	if target, _, _ := p.resolve("about/"); target != "about/" {
		t.Errorf("of a page at the top: %q", target)
	}
}

// TestFromRoot holds that links of which the same is left mean the same, on
// whatever page they stand.
func TestFromRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.StringMatching(`[a./#?: %2]{0,8}`).Draw(t, "from")
		means := map[[2]string]bool{}
		for _, path := range []string{"404.html", "about/", "explainers/gate/", "explainers/gate/cost/", "topics/a/page/2/"} {
			p := &page{pageReader: &pageReader{base: "/sub/"}, path: path}
			href := strings.TrimSpace(strings.Repeat("../", strings.Count(path, "/")) + from)
			if string(fromRoot([]byte(href), strings.Count(path, "/"))) == from && from != "" {
				target, anchor, ours := p.resolve(href)
				if !ours {
					t.Fatalf("%s on %s is not ours", href, path)
				}
				means[[2]string{target, anchor}] = true
			}
		}
		if len(means) > 1 {
			t.Fatalf("%q means %v", from, means)
		}
	})
}

// TestStructured holds structured data to what its types require.
func TestStructured(t *testing.T) {
	const broken = "this page's structured data can't be read as JSON"
	for src, want := range map[string]string{
		`{"@graph": [{"@type": ["Thing", "Question"], "name": "A"}]}`: "",
		`{"@graph": [{"@type": ["Thing", "Question"], "name": ""}]}`:  "this page's structured data is of type Question, and has no name",
		`{"@graph": [{"@type": "FAQPage", "mainEntity": [ ]}, {}]}`:   "",
		`{"@graph": [{"@type": "FAQPage", "mainEntity": []}]}`:        "this page's structured data is of type FAQPage, and has no mainEntity",
		`{"@type": "FAQPage"}`:                         "",
		`{"@graph": [{"@type": "FAQPage"}], "x": tru}`: broken,
		`{"@graph": [{"@type": "FAQPage"}, 1]}`:        broken,
		`[{"@type": "FAQPage"}]`:                       broken,
		`{"@graph": {}}`:                               broken,
	} {
		p := new(page)
		p.structured([]byte(src))
		var got []string
		for _, f := range p.faults {
			got = append(got, f.message)
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("%s\ngot  %q\nwant %q", src, got, want)
		}
	}
}

// TestScan holds that what is in comments, scripts and style sheets is neither a tag nor words of a
// link, however the tags about it are written.
func TestScan(t *testing.T) {
	const silent = "empty-link: the link to “#” says nothing"
	for src, want := range map[string]string{
		`<a href="#">words</a>`:                                   "",
		`<A HREF='#'>words</A>`:                                   "",
		`<a href=#>&nbsp;</a>`:                                    "",
		`<a href="#"><b> </b></a>`:                                silent,
		`<a href="#"><!-- words --></a>`:                          silent,
		`<a href="#"><script>words</script></a>`:                  silent,
		`<a href="#"><script></script> <style>words</style></a>`:  silent,
		`<a href="#"><img alt="words"></a>`:                       "",
		`<a href="#"><img alt=""></a>`:                            silent,
		`<a href="#" aria-label="words" aria-labelledby=""></a>`:  "",
		`<a name="a"></a>`:                                        "",
		`<script>"<h1><h4>"</script><h1>a &lt; b<h2>`:             "",
		`<!-- <h1> --><H1>a < b</H1><h3 id=a title='<h1>'>c</h3>`: "heading-order: a heading of level 3 follows one of level 1",
		`<script type="application/ld+json">{"a</script>`:         "structured-data: this page's structured data can't be read as JSON",
		`<script type="application/ld+json"></script><p`:          "",
		`<script type="text/plain">{</script><title><h3></title>`: "",
	} {
		p := &page{pageReader: &pageReader{seed: maphash.MakeSeed()}, scratch: new(scratch), html: []byte(src)}
		p.scan()
		var got []string
		for _, f := range p.faults {
			got = append(got, f.rule+": "+f.message)
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("%s\ngot  %q\nwant %q", src, got, want)
		}
	}
}
