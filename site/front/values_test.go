package front

import (
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nutgraf/site/diag"
)

// values compares what was read without where.
var values = cmp.Options{cmpopts.IgnoreTypes(diag.Span{}), cmpopts.IgnoreFields(Explainer{}, "Keys"), cmpopts.IgnoreFields(Site{}, "Keys"), cmpopts.EquateEmpty()}

func text(s string) Text { return Text{Value: s} }

func list(words ...string) (ts []Text) {
	for _, w := range words {
		ts = append(ts, text(w))
	}
	return ts
}

func TestExplainer(t *testing.T) {
	const data = `---
title: no
standfirst: 1.10
published: 2024-03-22
label: 0x10
authors: [ann, "Bob B."]
editor: eve
status: review # not yet
index: "false"
lang: ~
questions:
- question: Why?
  answer: |
    Because.

    So.
  sources: [a]
- use: other#why
timeline:
  - {date: 2024~, title: 'It''s on', importance: 1}
sources: [bill, {id: a, title: A, author: Ann}]
syndication:
  canonical: true
  via: [x]
glossary: {skip: [y]}
notes: >-
  one
  two
# a comment
params: {a: 1, b: [true, null, 1.5, 0x10, "1", 2024-03-22, .inf, ~, 0o17, -3, 1.10, no], c: {d: e}}
---
Body.
`
	want := &Explainer{
		Title: text("no"), Standfirst: text("1.10"), Published: text("2024-03-22"), Label: text("0x10"), Authors: list("ann", "Bob B."), Editor: list("eve"),
		Status: text("review"), Lang: text("~"), Notes: text("one two"),
		Questions:   []Question{{Question: text("Why?"), Answer: text("Because.\n\nSo.\n"), Sources: list("a")}, {Use: text("other#why")}},
		Timeline:    []Event{{Date: text("2024~"), Title: text("It's on"), Importance: Number{Value: 1}}},
		Sources:     []Source{{Ref: text("bill")}, {ID: text("a"), Title: text("A"), Author: list("Ann")}},
		Syndication: Syndication{Canonical: Bool{Value: true}, Via: list("x")},
		Glossary:    TermChoice{Skip: list("y")},
		Params: map[string]any{"a": 1, "b": []any{true, nil, 1.5, 16, "1", "2024-03-22", math.Inf(1), nil, 15, -3, 1.1, "no"},
			"c": map[string]any{"d": "e"}},
	}
	for _, in := range []string{data, strings.ReplaceAll(data, "\n", "\r\n"), "\uFEFF" + data} {
		e, body, ds := ParseExplainer("f", []byte(in))
		if diff := cmp.Diff(want, e, values); diff != "" || len(ds) > 0 {
			t.Errorf("-want +got\n%s\n%v", diff, ds)
		}
		if got := strings.TrimRight(in[body.Start:body.End], "\r\n"); got != "Body." {
			t.Errorf("the body is %q", got)
		}
		for what, s := range map[string]diag.Span{
			"no": e.Title.Span, `"Bob B."`: e.Authors[1].Span, `"false"`: e.Index.Span, "timeline": e.Keys["timeline"], "use: other#why": e.Questions[1].Span,
			"{date: 2024~, title: 'It''s on', importance: 1}": e.Timeline[0].Span, "bill": e.Sources[0].Span, "{skip: [y]}": e.Glossary.Span,
			"{id: a, title: A, author: Ann}": e.Sources[1].Span, "canonical: true\n  via: [x]": e.Syndication.Span,
		} {
			if got := strings.ReplaceAll(in[s.Start:s.End], "\r", ""); got != what {
				t.Errorf("%q stands where %q should", got, what)
			}
		}
		if len(e.Keys) != 16 || !e.Index.Given() || e.Index.Value {
			t.Errorf("%d keys: %v", len(e.Keys), e.Keys)
		}
	}
}

func TestSite(t *testing.T) {
	const data = `title: T
topics:
  war: {title: War}
  peace: {title: Peace, text: P}
navigation: [{title: A, url: /a/}]
words: {more: Read on}
redirects: {/old: /new}
csp_allow: {script-src: [a, b], img-src: c}
check: {readability: off}
publisher: {name: N, policies: {ethics: /e/}}
per_page: 7
outputs: [cards, faq]
`
	want := &Site{
		Title: text("T"), Topics: []Topic{{Slug: text("war"), Title: text("War")}, {text("peace"), text("Peace"), text("P")}},
		Navigation: []Link{{text("A"), text("/a/")}}, Words: []Entry{{text("more"), text("Read on")}}, Redirects: []Entry{{text("/old"), text("/new")}},
		CSPAllow: []Allow{{text("script-src"), list("a", "b")}, {text("img-src"), list("c")}}, Check: []Entry{{text("readability"), text("off")}},
		Publisher: Publisher{Name: text("N"), Policies: []Entry{{text("ethics"), text("/e/")}}}, PerPage: Number{Value: 7}, Outputs: list("cards", "faq"),
	}
	s, ds := ParseSite("site.yaml", []byte(data))
	if diff := cmp.Diff(want, s, values); diff != "" || len(ds) > 0 {
		t.Errorf("-want +got\n%s\n%v", diff, ds)
	}
	authors, ds := ParseAuthors("authors.yaml", []byte("ann: {name: Ann}\nbob:\n  name: Bob\n  url: https://b.example\n"))
	wantAuthors := []Author{{ID: text("ann"), Name: text("Ann")}, {ID: text("bob"), Name: text("Bob"), URL: text("https://b.example")}}
	if diff := cmp.Diff(wantAuthors, authors, values); diff != "" || len(ds) > 0 {
		t.Errorf("-want +got\n%s\n%v", diff, ds)
	}
}

// TestBrokenEntry holds that a value that YAML can't read is not missed as well.
func TestBrokenEntry(t *testing.T) {
	e, _, ds := ParseExplainer("f", []byte("---\ntitle: Gates: what are they?\nquestions:\n- question: a: b\nlang: en\n---\n"))
	if len(ds) != 2 || e.Title.Value != "Gates: what are they?" || e.Lang.Value != "en" {
		t.Errorf("%q, %q, %v", e.Title.Value, e.Lang.Value, ds)
	}
	if _, ok := e.Keys["questions"]; !ok {
		t.Error("questions are missed")
	}
}

// TestDecodedNotPinned holds that values don't hold on to the file's bytes.
func TestDecodedNotPinned(t *testing.T) {
	data := []byte("---\ntitle: \"a\"\nlabel: a: b\nmethod: |\n  text\n---\n")
	e, _, _ := ParseExplainer("f", data)
	clear(data)
	if e.Title.Value != "a" || e.Label.Value != "a: b" || e.Method.Value != "text\n" {
		t.Errorf("%q %q %q", e.Title.Value, e.Label.Value, e.Method.Value)
	}
}

// TestRealPosts reads posts of a real blog: their keys are another generator's,
// their YAML is sound.
func TestRealPosts(t *testing.T) {
	for _, file := range corpus(t, "realistic/18f-posts/*.md") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, body, ds := ParseExplainer("f", data)
		if body.Start == 0 {
			t.Errorf("%s: no front matter", file)
		}
		for _, d := range ds {
			if d.Rule == "yaml" || d.Rule == "unknown-key" && d.Hint == "" {
				t.Errorf("%s:%v %s", file, diag.PositionOf(data, int(d.At.Start)), d.Message)
			}
		}
	}
}
