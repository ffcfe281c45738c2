package check

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/markdown"
	"nutgraf/site/prose"
)

// FuzzPins holds that pins change nothing but what they put around words, that
// no quotation is touched, and that a second time finds nothing to pin.
func FuzzPins(f *testing.F) {
	for _, body := range []string{
		"It failed last week, and \"we lost it yesterday\", she said.",
		"On Thursday it closed. Two years ago it was open; *last* month too.",
		"- last year\n- tomorrow\n\n> last year\n\n`last year`\n",
		"Earlier this\nyear, “last March”, and last\\ March. <!-- last year --> last year",
		"| last year | b |\n|---|---|\n| two weeks ago | c |\n",
		"It opened last year[@none] &amp; last week.\r\n\r\nlast week\r\n",
	} {
		f.Add(body, body)
	}
	f.Fuzz(func(t *testing.T, body, answer string) {
		if strings.ContainsAny(body+answer, "[]#-\x00") || strings.ContainsAny(answer, "\n\r\t") || len(body)+len(answer) > 2000 {
			t.Skip("brackets of its own, and what would be no front matter")
		}
		file := "---\ntitle: What is it?\nstandfirst: It.\npublished: 2024-03-25\nquestions:\n  - question: What?\n    id: a\n    answer: |\n      " + answer + "\n  - question: Why?\n    id: b\n---\n## Why? {#b}\n\n" + body + "\n"
		pins := pinsIn(t, file)
		if pins == nil {
			return
		}
		if string(pins.Old) != file || !onlyPinned(pins.Old, pins.New) {
			t.Fatalf("%q became %q", pins.Old, pins.New)
		}
		if again := pinsIn(t, string(pins.New)); again != nil {
			t.Errorf("a second time pins %q as %q", again.Old, again.New)
		}
		for start, end := range markdown.Quotations(body) {
			if !bytes.Contains(pins.New, []byte(body[start:end])) && !strings.ContainsAny(body, "`<>*_\\|") {
				t.Errorf("the quotation %q is gone from %q", body[start:end], pins.New)
			}
		}
	})
}

// fileOfPins is what pins the stale dates of one file.
type fileOfPins struct {
	File     string
	Dates    int
	Old, New []byte // all of the file
}

// pinsIn returns the pins of a site with one explainer, nil for none.
func pinsIn(t *testing.T, file string) *fileOfPins {
	s, _, err := tryLoad(t, map[string]string{"explainers/one.md": file}, site.Options{})
	if err != nil {
		t.Skip(err)
	}
	if all := pinsOf(t, s); len(all) > 0 {
		return &all[0]
	}
	return nil
}

// pinsOf returns the pins of a site by file.
func pinsOf(t *testing.T, s *site.Site) (all []fileOfPins) {
	r, err := Site(t.Context(), s, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	edits := map[string][]diag.Edit{}
	for _, d := range r.Findings {
		if d.Rule == staleDateRule && len(d.Fix) > 0 {
			edits[d.At.File] = append(edits[d.At.File], d.Fix...)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(edits)) {
		data := s.FileData(file)
		all = append(all, fileOfPins{file, len(edits[file]), data, diag.Apply(data, edits[file])})
	}
	return all
}

// onlyPinned reports whether new is old with some words put in [words](date:…).
func onlyPinned(old, new []byte) bool {
	for len(new) > 0 {
		switch {
		case bytes.HasPrefix(new, []byte("](date:")):
			end := bytes.IndexByte(new, ')')
			if end < 0 || slices.Contains(new[:end], '\n') {
				return false
			}
			new = new[end+1:]
		case new[0] == '[' && (len(old) == 0 || old[0] != '['):
			new = new[1:]
		case len(old) == 0 || old[0] != new[0]:
			return false
		default:
			old, new = old[1:], new[1:]
		}
	}
	return len(old) == 0
}

// TestPinsAmongMarkup pins texts of any markup: what readers read is the same, every pin
// is one to them, and a second time finds nothing to pin.
func TestPinsAmongMarkup(t *testing.T) {
	pieces := []string{
		"It closed last month", "Last year it rose", "It was sold yesterday", ". ", " ", "\n", "\n\n", "- ", "> ", "[", "]", "](term:none)", "](lang:en)", "](https://example.org/)", "](event:x)", "[@a]",
		"*", "**", "_", "~~", "`", "``", "~~~\n", "```\n", "<b>", "</b>", "<small>", "</small>", "<div>\n", "</div>\n", "<br>", "<!-- ", " -->", "<", "\\", "!", "\"", "“", "”", "| ", "|---|\n", "x", "&amp;", "[^n]", "[^n]: ", "### ", "é",
	}
	passages := func(t *rapid.T, body string) (texts []string, pins int) {
		f, _ := markdown.New(markdown.Options{Places: true}).Value(markdown.Input{File: "x.md", Src: []byte(body)})
		for _, p := range new(prose.Reader).Passages(&f) {
			texts = append(texts, p.Text)
			pins += len(p.Pinned)
		}
		return texts, pins
	}
	rapid.Check(t, func(rt *rapid.T) {
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 25).Draw(rt, "pieces"), "")
		head := "---\ntitle: What is it?\nstandfirst: It.\npublished: 2024-03-25\nauthors: [Desk]\n---\n## Why? {#why}\n\n"
		pins := pinsIn(t, head+body)
		if pins == nil {
			return
		}
		fixed := strings.TrimPrefix(string(pins.New), head)
		before, _ := passages(rt, body)
		after, n := passages(rt, fixed)
		if !slices.Equal(before, after) || n != pins.Dates {
			rt.Fatalf("%q became %q, and readers get %q where it was %q", body, fixed, after, before)
		}
		if again := pinsIn(t, string(pins.New)); again != nil {
			rt.Fatalf("%q: a second time pins %q", fixed, again.New)
		}
	})
}
