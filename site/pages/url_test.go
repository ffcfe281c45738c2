package pages

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"nutgraf/site"
	"nutgraf/site/document"
)

// TestExplainerLinks holds that the short way to an explainer's address is the
// long one.
func TestExplainerLinks(t *testing.T) {
	id := rapid.StringMatching(`[a-c]([a-c-]?[a-c])?`)
	rapid.Check(t, func(t *rapid.T) {
		e := &site.Explainer{Explainer: &document.Explainer{ID: id.Draw(t, "id"), Edition: rapid.SampledFrom([]string{"", "", "pt-BR"}).Draw(t, "edition")}}
		l := linker{disk: rapid.Bool().Draw(t, "disk"), prefix: rapid.SampledFrom([]string{"", "", "/", "https://example.org/sub/", rootMark}).Draw(t, "prefix")}
		for i, parts := 0, rapid.SliceOfN(id, 0, 25).Draw(t, "parts"); i < len(parts); i++ {
			l.from += parts[i] + "/"
		}
		l.from = rapid.SampledFrom([]string{"", "", "explainers/", "explainers/" + e.ID + "/"}).Draw(t, "folder") + l.from + rapid.SampledFrom([]string{"", "feed.xml"}).Draw(t, "file")
		kind, anchor := rapid.SampledFrom([]string{"", "event-"}).Draw(t, "kind"), rapid.SampledFrom([]string{"", "a-b"}).Draw(t, "anchor")
		path := explainerPath(e)
		if kind+anchor != "" {
			path += "#" + kind + anchor
		}
		if got, want := l.explainer(e, kind, anchor), l.to(path); got != want {
			t.Fatalf("from %q: %q, not %q", l.from, got, want)
		}
	})
}

// TestRootsAreFilledIn holds that cutting and filling in is replacing, wherever
// the marks stand.
func TestRootsAreFilledIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOf(rapid.SampledFrom([]string{`"` + rootMark, `"`, rootMark, "", "a", strings.Repeat("long ", 60)})).Draw(t, "pieces")
		html, root := strings.Join(pieces, ""), rapid.SampledFrom([]string{"", "../../"}).Draw(t, "root")
		got := (&ListedEvent{Root: root}).appendWoven([]byte("before "), appendCut(nil, []byte(html), stopsOf(nil, []byte(html), "", "", "")))
		if want := "before " + strings.ReplaceAll(html, `"`+rootMark, `"`+root); string(got) != want {
			t.Errorf("%q became %q", html, got)
		}
	})
}
