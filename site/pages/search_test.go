package pages

import (
	"encoding/json"
	"strings"
	"testing"

	"nutgraf/site/diag"
)

// TestAllTextIsFound gives every text of a site a word of its own: each is in the
// index, and leads to the place nearest to it.
func TestAllTextIsFound(t *testing.T) {
	out, ds := outputs(t, false, map[string]string{
		"site.yaml": "title: T\n",
		"explainers/pier.md": `---
title: What became of the pier?
standfirst: It wstand.
published: 2024-01-10
knowns: [It is full of wknown.]
unknowns: [Whether the wunknown moves.]
method: We asked wmethod.
images:
  - {src: one.png, alt: A wleadalt, caption: The wleadcaption, credit: Wleadcredit, place: Wleadplace}
  - {src: two.png, alt: A walt, caption: The wcaption, credit: Wcredit}
sources:
  - {id: act, title: The wsource act, author: [Ann Wauthor], publisher: Wpublisher, url: "https://example.com/act"}
timeline:
  - {id: open, date: 2024-01-02, title: The wevent opens, text: Wtext were seen., flag: wflag, place: Wplace}
  - {date: 1990, date_text: in the wdate, title: Another}
updates:
  - {date: 2024-01-09, type: correction, text: We wupdate., was: It was wformer.}
---
The wintro.

## Is it wquestion? {#is}

*In short: It wshort.*

Its wanswer. [@act]

![](two.png)
`,
		"explainers/pier/one.png": "one", "explainers/pier/two.png": "two",
		"glossary/quay.md": "---\nterm: Wterm\nshort: A wdefinition.\nforms: [wform]\nformerly: [wformerly]\nkind: person\nrole: wrole\naffiliation: Waffiliation\nsources: [{id: src, title: Wtermsource, url: \"https://example.com/t\"}]\n---\nIt has a wbody.\n",
		"pages/about.md":   "---\ntitle: About wpage\nstandfirst: Us wpagestand.\npublished: 2024-01-01\n---\nWbefore it, as it was [then](as-of:1987).\n\n## Our wheading\n\nWafter it.\n",
	})
	for _, d := range ds {
		if d.Severity == diag.Error {
			t.Errorf("reported %s: %s", d.At.File, d.Message)
		}
	}
	var index struct {
		Documents [][]any
	}
	if err := json.Unmarshal([]byte(out["search/index.json"]), &index); err != nil {
		t.Fatal(err)
	}
	at := map[string]string{} // all texts of an entry, by its address
	for _, d := range index.Documents {
		for _, e := range d[3:] {
			fields := e.([]any)
			url := d[1].(string)
			if len(fields) > 2 {
				place := fields[2].(string)
				if place == "#" {
					place += strings.ReplaceAll(strings.ToLower(fields[1].(string)), " ", "-")
				}
				url += place
			}
			for _, f := range fields[1:] {
				at[url] += strings.ToLower(f.(string)) + " "
			}
		}
	}
	for url, words := range map[string]string{
		"explainers/pier/":              "wstand wintro wleadalt wleadcaption wleadcredit wleadplace",
		"explainers/pier/#is":           "wquestion wshort wanswer walt wcaption wcredit",
		"explainers/pier/#known_things": "wknown wunknown",
		"explainers/pier/#event-open":   "wevent wtext wflag wplace",
		"explainers/pier/#event-1990":   "wdate",
		"explainers/pier/#source-act":   "wsource wauthor wpublisher",
		"explainers/pier/#all_updates":  "wupdate wformer",
		"explainers/pier/#how_reported": "wmethod",
		"glossary/quay/":                "wterm wdefinition wbody wform wformerly wrole waffiliation",
		"glossary/quay/#source-src":     "wtermsource",
		"about/":                        "wpage wpagestand wbefore 1987",
		"about/#our-wheading":           "wheading wafter",
		"":                              "",
	} {
		for word := range strings.FieldsSeq(words) {
			if !strings.Contains(at[url], word) {
				t.Errorf("%s does not lead to %s, but these: %s", word, url, at[url])
			}
		}
	}
}

// TestCodeIsNoSentence: what stands in a block of code is found, and marked so that it
// is not quoted as a sentence; where a result shows a text whole, code is no part of it.
func TestCodeIsNoSentence(t *testing.T) {
	const code = "It is so.\n\n```\n**raw** `code`\n```\n\nIndeed.\n\n```\n**raw** `code`\n```"
	field := strings.ReplaceAll(code, "\n", "\\n")
	out, _ := outputs(t, false, map[string]string{
		"site.yaml": "title: T\n",
		"explainers/pier.md": "---\ntitle: What?\nstandfirst: s.\npublished: 2024-01-10\nmethod: \"" + field + "\"\n" +
			"timeline: [{date: 2024, title: E, text: \"" + field + "\"}]\n---\n" + code + "\n\n## Why?\n\n" + code,
		"pages/about.md":   "---\ntitle: About\n---\n" + code,
		"glossary/quay.md": "---\nterm: Quay\nshort: s.\n---\n" + code,
	})
	index := out["search/index.json"]
	const marked = `\ufffc **raw** ` + "`code`" + ` \ufffc`
	if n := strings.Count(strings.ReplaceAll(index, "\ufffc", `\ufffc`), marked); n != 12 || n != strings.Count(index, "**raw**") {
		t.Errorf("%d blocks of code are marked of %d: %s", n, strings.Count(index, "**raw**"), index)
	}
	if n := strings.Count(index, `"It is so. Indeed."`); n != 2 {
		t.Errorf("%d texts are shown without their code", n)
	}
}
