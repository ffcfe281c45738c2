package check

import (
	"strings"
	"testing"
)

// TestMarkupExtents marks the extents of markup with { and }.
func TestMarkupExtents(t *testing.T) {
	for src, want := range map[string]string{
		"a [b](c) d":                        "a {[b]}(c) d",
		"a [b [c] d] e":                     "a {[b [c] d]} e",
		"a [b\n\nc":                         "a {[b\n\n}c",
		`a \[b c`:                           `a \[b c`,
		"a `[` b ``[`[`` c":                 "a `[` b ``[`[`` c",
		"a ` [b] c":                         "a ` {[b]} c",
		"```\n[\n\n<b>\n```\nc":             "```\n[\n\n<b>\n```\nc",
		"a <small>b</small> c":              "a {<small>b</small>} c",
		"a <b>b <i>c</i></b> d":             "a {<b>b <i>c</i></b>} d",
		"<details>\n\na\n\n</details>\n\nb": "{<details>\n\na\n\n</details>}\n\nb",
		"a <b>b\n\nc":                       "a {<b>b\n\n}c",
		"a <br>b<hr/> <https://example.org> 1 < 2": "a <br>b<hr/> <https://example.org> 1 < 2",
		"a <!-- [ <b> --> b":                       "a <!-- [ <b> --> b",
		"a <!-- [b] c":                             "a <!-- {[b]} c",
		"a</b> b":                                  "a</b> b",
		"a <b>b</B> c [d] e":                       "a {<b>b</B>} c {[d]} e",
	} {
		var b strings.Builder
		at := 0
		for _, e := range markupExtents([]byte(src)) {
			b.WriteString(src[at:e.Start] + "{" + src[e.Start:e.End] + "}")
			at = e.End
		}
		b.WriteString(src[at:])
		if got := b.String(); got != want {
			t.Errorf("%q: got %q, want %q", src, got, want)
		}
	}
}

// TestMarkupExtentsHostile scans texts that would outlast every patience if anything were read
// again and again.
func TestMarkupExtentsHostile(t *testing.T) {
	for _, unit := range []string{"<b>", "</b>", "<b></b>", "[", "]", "[]", "`", "` `` ", "~~~\n", "```\n", "<!--", "<", "\\", "<b>\n\n", "[\n\n", "<b><i></b>"} {
		src := []byte(strings.Repeat(unit, 1<<20/len(unit)))
		for end, e := 0, markupExtents(src); len(e) > 0; e = e[1:] {
			if e[0].Start < end || e[0].End <= e[0].Start || e[0].End > len(src) {
				t.Fatalf("%q: %v", unit, e[0])
			}
			end = e[0].End
		}
	}
}
