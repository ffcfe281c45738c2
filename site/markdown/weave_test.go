package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// laidOut makes a Fragment of HTML in which ⟨ and ⟩ are the edges of Spans and
// {} is a hole: the opposite of show.
func laidOut(s string) *Fragment {
	f := &Fragment{}
	for _, r := range s {
		at := int32(len(f.HTML))
		switch r {
		case '⟨':
			f.Spans = append(f.Spans, Span{Start: at})
		case '⟩':
			f.Spans[len(f.Spans)-1].End = at
		case '{':
			f.Holes = append(f.Holes, Hole{Kind: Citation, At: at})
		case '}':
		default:
			f.HTML = append(f.HTML, string(r)...)
		}
	}
	return f
}

func TestWeave(t *testing.T) {
	for _, test := range []struct {
		name, fragment string
		fills          []string
		links          []string // words to link, in order
		want           string
	}{
		{"nothing", "", nil, nil, ""},
		{"as it is", "<p>⟨a⟩</p>", nil, nil, "<p>a</p>"},
		{"fills in order", "{}{}<p>⟨a⟩{}</p>{}", []string{"1", "2", "3", "4"}, nil, "12<p>a3</p>4"},
		{"a fill is not read", "<p>{}</p>", []string{"{}⟨⟩"}, nil, "<p>{}⟨⟩</p>"},
		{"no fills", "<p>{}⟨a⟩{}</p>", nil, nil, "<p>a</p>"},
		{"links", "<p>⟨a surge, a flood⟩</p>", nil, []string{"surge", "flood"}, "<p>a [surge</a>, a [flood</a></p>"},
		{"links that touch", "⟨ab⟩", nil, []string{"a", "b"}, "[a</a>[b</a>"},
		{"hole where a link begins", "<p>{}{}⟨surge⟩</p>", []string{"1", "2"}, []string{"surge"}, "<p>12[surge</a></p>"},
		{"hole where a link ends", "<p>⟨surge⟩{}</p>", []string{"1"}, []string{"surge"}, "<p>[surge</a>1</p>"},
		{"hole between links that touch", "⟨a⟩{}⟨b⟩", []string{"1"}, []string{"a", "b"}, "[a</a>1[b</a>"},
		{"a link to the end", "⟨surge⟩{}", []string{"!"}, []string{"surge"}, "[surge</a>!"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := laidOut(test.fragment)
			var links []TermLink
			at := 0
			for _, w := range test.links {
				i := at + strings.Index(string(f.HTML[at:]), w)
				at = i + len(w)
				links = append(links, TermLink{int32(i), int32(at), "["})
			}
			got := string(f.Weave([]byte("> "), test.fills, links))
			if diff := cmp.Diff("> "+test.want, got); diff != "" {
				t.Error(diff)
			}
			if n := f.wovenSize(test.fills, links); n != len(got)-2 {
				t.Errorf("wovenSize %d, want %d", n, len(got)-2)
			}
		})
	}
}

// FuzzWeave holds that linking terms changes no word of a text, and that fills
// stand where their holes are.
func FuzzWeave(f *testing.F) {
	f.Add("A surge[@a] *surge* and [b](date:2023-03), a\nstorm surge[^1] & <co> \"surge\".\n\n[^1]: Surge.", "surge", "storm surge")
	f.Add("- the [flood](event:x)\n- **l**'ONU d'[x](lang:fr) ![a](b.png)\n\n> co-op", "ONU", "co-op")
	r := New(Options{})
	f.Fuzz(func(t *testing.T, src, one, two string) {
		fragment, _ := r.Value(Input{File: "x.md", Src: []byte(src)})
		m, _ := NewMatcher([]Form{{Text: one, Plural: true}, {Text: two, Term: 1, Exact: true}})
		var links []TermLink
		for _, u := range m.First(&fragment, nil) {
			links = append(links, TermLink{u.Start, u.End, `<a class="term" href="../">`})
		}
		linked := fragment.Weave(nil, make([]string, len(fragment.Holes)), links)
		if diff := cmp.Diff(PlainText(fragment.HTML), PlainText(linked)); diff != "" {
			t.Errorf("%q: linking changed the text:\n%s", src, diff)
		}
		if got := strings.ReplaceAll(string(fragment.Weave(nil, nil, links)), `<a class="term" href="../">`, ""); strings.Count(got, "</a>")-len(links) != strings.Count(string(fragment.HTML), "</a>") {
			t.Errorf("%q: %s", src, got)
		}
		fills := make([]string, len(fragment.Holes))
		for i := range fills {
			fills[i] = fmt.Sprintf("\x00%d;", i) // no text has a NUL
		}
		woven := string(fragment.Weave(nil, fills, links))
		for i, h := range fragment.Holes {
			before, after, ok := strings.Cut(woven, fills[i])
			before = stripped(before, i, fills)
			if !ok || !strings.HasPrefix(string(fragment.HTML[h.At:]), upTo(after)) || before != string(fragment.HTML[:h.At]) {
				t.Errorf("%q: hole %d is not filled in its place: %q", src, i, woven)
			}
		}
	})
}

// stripped takes links and the first n fills out of woven HTML.
func stripped(s string, n int, fills []string) string {
	for _, fill := range fills[:n] {
		s = strings.Replace(s, fill, "", 1)
	}
	const open = `<a class="term" href="../">`
	for {
		before, rest, ok := strings.Cut(s, open)
		if !ok {
			return s
		}
		s = before + strings.Replace(rest, "</a>", "", 1)
	}
}

// upTo returns what is before the next tag or fill.
func upTo(s string) string {
	if i := strings.IndexAny(s, "<\x00"); i >= 0 {
		s = s[:i]
	}
	return s
}
