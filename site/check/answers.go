package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraf/site/markdown"
	"nutgraf/site/prose"
)

// leaningAnswer reports answers that lean on what stands around them. Cards,
// search and feeds show each answer alone.
func leaningAnswer(d *docCheck) error {
	words := d.lang.Answers()
	for i := range d.texts {
		t := &d.texts[i]
		if t.part != answer || words == nil {
			continue
		}
		if len(t.blocks) > 0 {
			b := &t.blocks[0]
			if n := prose.Leans(b.Text, words); n > 0 && !inside(b.InQuotes, 0) {
				d.reportWords(t, b, 0, n, fmt.Sprintf("this answer begins with “%s”: shown "+
					"alone, it doesn't say who or what that is", b.Text[:n]), "begin with the name")
			}
		}
		for j := range t.blocks {
			if b := &t.blocks[j]; mayPoint(b.Text, words.Pointers) {
				d.findPointer(t, b, words.Pointers)
			}
		}
	}
	return nil
}

// mayPoint reports whether any pointer may stand in a text, and hardly ever does:
// it begins a word there.
func mayPoint(text string, pointers []string) bool {
	var begins [utf8.RuneSelf + 1]bool // a pointer, by its first letter; the last is every other than ASCII's
	for _, p := range pointers {
		c := min(p[0], utf8.RuneSelf)
		begins[c], begins[c&^0x20] = true, true
	}
	// same reports whether two bytes may be of one letter, whatever its case.
	same := func(a, b byte) bool { return a|0x20 == b|0x20 || a >= utf8.RuneSelf && b >= utf8.RuneSelf }
	word := false
	for i := range len(text) {
		c := min(text[i], utf8.RuneSelf)
		if begins[c] && !word {
			for _, p := range pointers {
				if end := i + len(p); end <= len(text) && same(text[i], p[0]) &&
					same(text[end-1], p[len(p)-1]) && strings.EqualFold(text[i:end], p) {
					return true
				}
			}
		}
		word = 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
	}
	return false
}

// findPointer reports the first words in a block that lead to another part of
// the page. Within a link they say where that is.
func (d *docCheck) findPointer(t *text, b *block, pointers []string) {
	lower := strings.ToLower(b.Text)
	if len(lower) != len(b.Text) {
		return // places would not be the same
	}
	for _, p := range pointers {
		i := strings.Index(lower, p)
		if i < 0 || !wholeWords(lower, i, i+len(p)) || inside(b.Linked, i) || inside(b.InQuotes, i) {
			continue
		}
		d.reportWords(t, b, i, i+len(p), fmt.Sprintf("“%s” leads to another part of the page: "+
			"shown alone, this answer has none", b.Text[i:i+len(p)]), "say here what is meant, or link to it")
		return
	}
}

func inside(list []prose.Extent, at int) bool {
	return slices.ContainsFunc(list, func(e prose.Extent) bool { return e.Start <= at && at < e.End })
}

// wholeWords reports whether the words from start to end are parts of no others.
func wholeWords(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !part(before) && !part(after)
}

// questionMark reports questions that ask nothing.
func questionMark(d *docCheck) error {
	for _, q := range d.explainer.Questions {
		text := strings.TrimRight(q.Text, "\"'”’»)] ")
		last, _ := utf8.DecodeLastRuneInString(text)
		if text != "" && !strings.ContainsRune("?؟？;;՞", last) {
			d.reportOrCount(q.At, func() (string, string) {
				return fmt.Sprintf("“%s” has no question mark", clip(q.Text)),
					"ask what a reader would ask, and end it with a question mark"
			})
		}
	}
	return nil
}

// longestAnswer is how many words of an answer readers have patience for.
const longestAnswer = 600

// longAnswer reports answers that are too long.
func longAnswer(d *docCheck) error {
	for i := range d.texts {
		t := &d.texts[i]
		if t.part != answer {
			continue
		}
		if n := markdown.WordCount(t.f.HTML); n > longestAnswer {
			q := d.explainer.Questions[t.question]
			d.report(q.At, fmt.Sprintf("the answer to “%s” has %d words; readers leave after "+
				"some %d", clip(q.Text), n, longestAnswer), "ask two questions, or cut")
		}
	}
	return nil
}

// openEnd reports explainers that say neither what comes next nor what is not known.
func openEnd(d *docCheck) error {
	e, words := d.explainer, d.lang.Answers()
	if len(e.Unknowns) > 0 || words == nil || len(e.Questions) == 0 {
		return nil
	}
	for i := range e.Questions {
		text := strings.ToLower(e.Questions[i].Text)
		if slices.ContainsFunc(words.Next, func(w string) bool { return strings.Contains(text, w) }) {
			return nil
		}
	}
	d.report(d.inFile(d.marks().Questions), "this explainer says neither what comes next nor "+
		"what is not known", "add unknowns:, or a question such as “What happens next?”")
	return nil
}

// questionID reports published questions whose address would change with
// their words.
func questionID(d *docCheck) error {
	for _, q := range d.explainer.Questions {
		if !q.Named() && q.Use == nil && !strings.ContainsAny(q.Text, "{｛") { // the build tells of those
			d.reportOrCount(q.At, func() (string, string) {
				return fmt.Sprintf("“%s” has no id of its own: when its words change, its "+
						"address does, and links to it break", clip(q.Text)),
					fmt.Sprintf("write id: %s, or {#%s} behind the heading", q.ID, q.ID)
			})
			if !d.counting {
				d.found[len(d.found)-1].Fix = q.WithID(d.site.FileData(q.At.File))
			}
		}
	}
	return nil
}
