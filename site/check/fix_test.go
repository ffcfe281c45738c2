package check

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// slot is a mistake that a writer makes, and the same without it.
type slot struct{ wrong, right string }

// Slots of the front matter, of the one question in it and of a body, each a line or more.
var (
	daySlots = []slot{
		{"publishd: 2024-04-25", "published: 2024-04-25"},
		{"published: 25 April 2024", "published: 2024-04-25"},
		{"published: \"2024/04/25\"", "published: \"2024-04-25\""},
		{"date: '2024-04-25 20:00'", "published: '2024-04-25T20:00'"},
	}
	headSlots = []slot{
		{"standfrist: It is a gate.", "standfirst: It is a gate."},
		{"autors: [ana-beridze]", "authors: [ana-beridze]"},
		{"authors: [ana-berizde]", "authors: [ana-beridze]"},
		{"authors: ['ana-berizde'] # who", "authors: ['ana-beridze'] # who"},
		{"index: yes", "index: true"},
		{"index: \"No\"", "index: false"},
		{"standfirst: The gate fell two weeks ago.", "standfirst: The gate fell [two weeks ago](date:2024-04-11~)."},
		{"standfirst: 'The gate\u202e is shut.'", "standfirst: 'The gate is shut.'"},
		{"standfirst: >-\n  The gate\n  is in [Kyiv](term:kyev), not in Kiev.", "standfirst: >-\n  The gate\n  is in [Kyiv](term:kyiv), not in Kyiv."},
		{"knowns: The gate is shut", "knowns: [The gate is shut]"},
		{"method: |\n  The desk asked <tt>x</tt>.", "method: |\n  The desk asked `x`."},
		{"label: The &amp; gate", "label: The & gate"},
		{"label: \"A **gate**\"", "label: \"A gate\""},
		{"timeline:\n  - date: 2024-3-2\n    title: It <b>shuts</b>\n    status: confirmd", "timeline:\n  - date: 2024-03-02\n    title: It shuts\n    status: confirmed"},
		{"timeline:\n  - {date: \"2019-06 ?\", title: The gate, place: kyev-x}", "timeline:\n  - {date: \"2019-06?\", title: The gate, place: kyiv-x}"},
		{"sources:\n  - id: Audit Report\n    title: The audit\n    type: reprot\n    url: example.org/a", "sources:\n  - id: audit-report\n    title: The audit\n    type: report\n    url: https://example.org/a"},
		{"tags: [gates]", "topics: [gates]"},
		{"description: The gate.", "standfirst: The gate."},
		{"draft: true", "status: draft"},
	}
	itemSlots = []slot{
		{"id: how-it\n    shrot: The gate.", "id: how-it\n    short: The gate."},
		{"id: How It", "id: how-it"},
		{"id: how-it\n    answer: \"The gate fell in Kiev, \\\"x\\\".\"", "id: how-it\n    answer: \"The gate fell in Kyiv, \\\"x\\\".\""},
		{"id: how-it\n    answer: |\n      The gate <strike>fell</strike>.\n\n      In Kiev, [d](date:2024/03/22).", "id: how-it\n    answer: |\n      The gate ~~fell~~.\n\n      In Kyiv, [d](date:2024-03-22)."},
	}
	textSlots = []slot{
		{"## What is Kyïv?", "## What is Kyïv? {#what-is-kyiv}"},
		{"## Why? {#Why It}", "## Why? {#why-it}"},
		{"> [!NOTES]\n> x", "> [!NOTE]\n> x"},
		{"```pyhton\nKiev\n```", "```python\nKiev\n```"},
		{"In Kie\u0301v, and in Kiev, cafe\u0301.", "In Kie\u0301v, and in Kyiv, cafe\u0301."},
		{"A <a href=\"https://example.org/\" target=\"_blank\">link</a>.", "A <a href=\"https://example.org/\">link</a>."},
		{"A [link](term:kyev \"title\").\u202d", "A [link](term:kyiv \"title\")."},
		{"##What now", "## What now {#what-now}"},
		{"A ''' '''big''' gate.", "A ''' **big** gate."},
		{"The bell\x07 rings.", "The bell rings."},
		{"It \ufefffell.", "It fell."},
	}
)

// slotted is a document of slots, with mistakes, and as it would be without them.
type slotted struct{ wrong, right strings.Builder }

func (d *slotted) add(s slot) {
	d.wrong.WriteString(s.wrong)
	d.right.WriteString(s.right)
}

// some adds up to most of the slots, in any order, none of which has another's key.
func (d *slotted) some(rt *rapid.T, slots []slot, least, most int, behind string) {
	keys := map[string]bool{}
	numbers := rapid.SliceOfNDistinct(rapid.IntRange(0, len(slots)-1), least, most, rapid.ID[int])
	for _, i := range numbers.Draw(rt, "slots") {
		s := slots[i]
		if key, _, _ := strings.Cut(s.right, ":"); keys[key] {
			continue
		} else {
			keys[key] = true
		}
		if rapid.Bool().Draw(rt, "right") {
			s.wrong = s.right
		}
		d.add(s)
		d.add(slot{behind, behind})
	}
}

// TestFixes mends documents of known mistakes until nothing is left that a program can: what
// stands there then is, byte for byte, what the writer would have written without them.
func TestFixes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var d slotted
		bom := rapid.SampledFrom([]string{"", "\ufeff"}).Draw(rt, "bom")
		d.add(slot{bom + "---\ntitle: What is it?\n", bom + "---\ntitle: What is it?\n"})
		d.some(rt, daySlots, 1, 1, "\n")
		d.some(rt, headSlots, 0, 8, "\n")
		const question = "questions:\n  - question: How?\n    "
		d.add(slot{question, question})
		d.some(rt, itemSlots, 1, 1, "\n---\n")
		d.some(rt, textSlots, 0, 8, "\n\n")
		file, want := d.wrong.String(), d.right.String()
		if rapid.Bool().Draw(rt, "no end") {
			file, want = strings.TrimRight(file, "\n"), strings.TrimRight(want, "\n")
		}
		if rapid.Bool().Draw(rt, "CRLF") {
			file, want = strings.ReplaceAll(file, "\n", "\r\n"), strings.ReplaceAll(want, "\n", "\r\n")
		}
		if got := mended(t, file); got != want {
			rt.Fatalf("%q\nbecame %q\nwant   %q", file, got, want)
		}
	})
}

// mended is a file with all fixes made, and those that they let come.
func mended(t *testing.T, file string) string {
	for range 10 {
		s, ds, err := tryLoad(t, map[string]string{"explainers/one.md": file,
			"authors.yaml":       "ana-beridze: {name: Ana Beridze}\n",
			"glossary/kyiv.md":   "---\nterm: Kyiv\nshort: A city.\navoid: [Kiev]\n---\n",
			"glossary/kyiv-x.md": "---\nterm: Kyiv’s centre\nshort: A place.\n---\n",
		}, site.Options{Drafts: true})
		if err != nil {
			t.Fatal(err)
		}
		r, err := Site(t.Context(), s, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var edits []diag.Edit
		for _, d := range diag.Sort(append(ds, r.Findings...)) {
			if fix := diag.Located(d.Fix, []byte(file)); !diag.Overlap(edits, fix) {
				edits = append(edits, fix...)
			}
		}
		if len(edits) == 0 {
			return file
		}
		file = string(diag.Apply([]byte(file), edits))
	}
	return file + " is never done"
}
