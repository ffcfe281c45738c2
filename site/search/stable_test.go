package search

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// large are pages enough that each edit of one is small. Text is drawn from words
// that are rare and common by turns.
func large(n int) (pages []page) {
	for i := range n {
		pages = append(pages, largePage(i))
	}
	return pages
}

func largePage(i int) page {
	p := page{Document: Document{fmt.Sprint("explainers/about-", i, "/"), "About " + vocable(i)}}
	for j := range 6 {
		var body strings.Builder
		for k := range 30 {
			body.WriteString(vocable(i*7+j*k*k) + " " + vocable((i+j*k)%97) + ". ")
		}
		p.entries = append(p.entries, Entry{Kind: Kind(j % 3), Title: "What is " + vocable(i+j) + "?", Text: vocable(i*j%401) + " " + vocable(j), Body: []byte(body.String()),
			URL: fmt.Sprint("#q", j)})
	}
	return p
}

// vocable is the n-th of 6,000 words.
func vocable(n int) string {
	n = n % 6000 * 7919 % 6000
	word := ""
	for _, base := range []int{20, 20, 20} {
		word += string("bcdfghjklmnpqrstvwxz"[n%base]) + string("aeiou"[n/3%5])
		n /= base
	}
	return word
}

// changed counts the files that differ, and those that only one has.
func changed(a, b map[string][]byte) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if !bytes.Equal(a[name], b[name]) {
			names = append(names, name)
		}
	}
	for name := range b {
		if a[name] == nil {
			names = append(names, name)
		}
	}
	return names
}

// differentWords counts the words that a page has.
func differentWords(p page) int {
	words := map[string]bool{}
	for _, e := range p.entries {
		for _, w := range queryWords(p.Title + " " + e.Title + " " + e.Text + " " + string(e.Body) + " " + e.Of) {
			words[w] = true
		}
	}
	return len(words)
}

// TestLittleChangesLittle edits one word, and adds and removes one page, of many:
// few files change.
func TestLittleChangesLittle(t *testing.T) {
	pages := large(1200)
	before, _ := build(t, "en", pages)
	if len(before.shards) < 30 || len(before.bytes) < 100 {
		t.Fatalf("%d shards in %d files: too few to tell anything", len(before.shards), len(before.bytes))
	}
	with := func(edit func([]page) []page) map[string][]byte {
		copied := slices.Clone(pages)
		for i := range copied {
			copied[i].entries = slices.Clone(copied[i].entries)
		}
		after, _ := build(t, "en", edit(copied))
		return after.bytes
	}
	check := func(rt *rapid.T) {
		at := rapid.SampledFrom([]int{0, 1, 600, 1198, 1199}).Draw(rt, "at")
		entry, word := rapid.IntRange(0, 5).Draw(rt, "entry"), rapid.SampledFrom([]string{"Novel", "what", vocable(17), "is"}).Draw(rt, "word")
		edit := rapid.SampledFrom([]string{"title", "text", "body", "end"}).Draw(rt, "edit")
		names := changed(before.bytes, with(func(pages []page) []page {
			switch e := &pages[at].entries[entry]; edit {
			case "title":
				e.Title = strings.Replace(e.Title, "What", word, 1)
			case "text":
				e.Text = word + " " + e.Text
			case "body":
				first, rest, _ := bytes.Cut(e.Body, []byte(" "))
				_ = first
				e.Body = append([]byte(word+" "), rest...)
			case "end":
				e.Body = append(slices.Clone(e.Body), word...)
			}
			return pages
		}))
		if len(names) > 20 {
			rt.Errorf("%s of entry %d of page %d with %q: %d files change: %v", edit, entry, at, word, len(names), names)
		}
		added := largePage(rapid.IntRange(1200, 9000).Draw(rt, "page"))
		if rapid.Bool().Draw(rt, "first") {
			added.URL = "a/" + added.URL
		}
		names = changed(before.bytes, with(func(pages []page) []page { return slices.Insert(pages, at, added) }))
		if most := differentWords(added) + 5; len(names) > most {
			rt.Errorf("page %s added: %d files change, with %d words", added.URL, len(names), most-5)
		}
		names = changed(before.bytes, with(func(pages []page) []page { return slices.Delete(pages, at, at+1) }))
		if most := differentWords(pages[at]) + 5; len(names) > most {
			rt.Errorf("page %d removed: %d files change, with %d words", at, len(names), most-5)
		}
	}
	for seed := range 12 {
		rapid.Custom(func(rt *rapid.T) int { check(rt); return 0 }).Example(seed)
	}
}
