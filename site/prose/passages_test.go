package prose

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"nutgraf/site/markdown"
)

// render makes a Fragment as a site's load does.
func render(src string, typographer bool) markdown.Fragment {
	f, _ := markdown.New(markdown.Options{Places: true, Typographer: typographer}).Value(markdown.Input{File: "x.md", Src: []byte(src)})
	return f
}

// marked writes a passage with its extents in brackets: “quoted” as {}, linked
// as [], pinned as <>, and a citation as ^.
func marked(p *Passage) string {
	var b strings.Builder
	for i := 0; i <= len(p.Text); i++ {
		edge := func(list []Extent, open, shut string) {
			for _, e := range list {
				if e.End == i && e.Start < i {
					b.WriteString(shut)
				}
			}
			for _, e := range list {
				if e.Start == i {
					b.WriteString(open)
				}
			}
		}
		edge(p.Quoted, "{", "}")
		edge(p.Linked, "[", "]")
		edge(p.Pinned, "<", ">")
		for _, c := range p.Cites {
			if c == i {
				b.WriteString("^")
			}
		}
		if i < len(p.Text) {
			b.WriteByte(p.Text[i])
		}
	}
	return b.String()
}

func TestPassages(t *testing.T) {
	for src, want := range map[string][]string{
		"One *two*\nthree [@a, p. 3].":                    {"One two three^."},
		"Gone [last March](date:2023-03) with 1&lt;2":     {"Gone [<last March]> with 1<2"},
		"Now [140](as-of:2024-03-30), `x` and [y](b.md).": {"Now [<140]>, \uFFFC and [y]."},
		"> All of it.\n> — Her, 2024":                     {"{All of it.}", "— Her, 2024"},
		"### No\n\n- a\n- b\n\n```\nno\n```":              {"a", "b"},
		"| a | b |\n|---|---|\n| c | d |":                 {"a", "b", "c", "d"},
		"Here.[^n]\n\n[^n]: A note.":                      {"Here.", "A note."},
		"- [x] done":                                      {"done"},
		"> [!NOTE]\n> Beware.":                            {"Beware."},
	} {
		f := render(src, false)
		var got []string
		for _, b := range new(Reader).Passages(&f) {
			got = append(got, marked(&b))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", src, d)
		}
	}
}

// TestPassageBytes holds that each byte of a passage stands where it says, or
// is a sign for what stands there.
func TestPassageBytes(t *testing.T) {
	parts := []string{"word ", "é ", "two\n", "\n\n", "> ", "- ", "*", "`c`", "[a](b.md)", "[b](date:2024)", "[@s]", "&amp;", "&eacute;", "\\*", "<", "--", "...", "'", "\"", "“", "”", "<!-- c -->", "[^n]", "[^n]: note\n", "| a | b |\n|---|---|\n| c | d |\n", "\r\n"}
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOf(rapid.SampledFrom(parts)).Draw(t, "parts"), "")
		f := render(src, rapid.Bool().Draw(t, "typographer"))
		for _, b := range new(Reader).Passages(&f) {
			if err := fits(&b, src); err != nil {
				t.Fatalf("%q: %q: %v", src, b.Text, err)
			}
		}
	})
}

// fits says what is wrong with the places of a passage.
func fits(p *Passage, src string) error {
	if len(p.Source) != len(p.Text) || !utf8.ValidString(p.Text) {
		return fmt.Errorf("%d places for %d bytes", len(p.Source), len(p.Text))
	}
	for i := 0; i < len(p.Text); {
		r, size := utf8.DecodeRuneInString(p.Text[i:])
		at := int(p.Source[i])
		switch {
		case at == placeless && r != '\uFFFC' && r != ' ':
			return fmt.Errorf("%q at %d stands nowhere", r, i)
		case at == placeless || strings.HasPrefix(src[at:], string(r)), r == ' ':
		case r >= 0x80 && strings.ContainsRune("-.'\"&", rune(src[at])), src[at] == '&':
		default:
			return fmt.Errorf("%q at %d stands at %d, where %q is", r, i, at, src[at:])
		}
		i += size
	}
	for _, e := range append(append(append([]Extent{}, p.Quoted...), p.Linked...), p.Pinned...) {
		if e.Start < 0 || e.End < e.Start || e.End > len(p.Text) {
			return fmt.Errorf("%v is no part of it", e)
		}
	}
	return nil
}
