package check

import (
	"strings"
	"testing"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/lang"
	"nutgraf/site/prose"
)

// plainly is a passage whose bytes stand in a file from a place on.
func plainly(text string, at int) prose.Passage {
	p := prose.Passage{Text: text}
	for i := range text {
		for len(p.Source) < i {
			p.Source = append(p.Source, int32(at+len(p.Source)))
		}
	}
	for len(p.Source) < len(text) {
		p.Source = append(p.Source, int32(at+len(p.Source)))
	}
	return p
}

var (
	englishWords = prose.New(lang.For("en"))
	march        = time.Date(2024, 3, 25, 0, 0, 0, 0, time.UTC)
)

// pins are the edits of a passage.
func pins(file []byte, p prose.Passage, yaml bool) (edits []diag.Edit) {
	for _, f := range englishWords.Read(p).Dates(march, march.AddDate(1, 0, 0)) {
		if e, ok := pin(f, file, &p, yaml); ok {
			edits = append(edits, e)
		}
	}
	return edits
}

// TestPin pins the one expression between * and * in a file, or leaves it.
func TestPin(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"a month", "It closed *last October*.", "It closed [last October](date:2023-10)."},
		{"first", "*Last year* it closed.", "[Last year](date:2023) it closed."},
		{"a possessive", "It failed *last year’s* test.", "It failed [last year’s](date:2023) test."},
		{"about", "It closed *two years ago*.", "It closed [two years ago](date:2022~)."},
		{"a week", "It closed *last week*.", "It closed [last week](date:2024-03-18/2024-03-24)."},
		{"ambiguous", "It closed *last March*.", ""},
		{"vague", "It closed *recently*.", ""},
		{"present", "It is shut *now*.", ""},
		{"quoted", "“It closed *last year*,” she said.", ""},
		{"two quotations", "“It” closed *last year*, “she” said.", "“It” closed [last year](date:2023), “she” said."},
		{"an exclamation mark before", "So!*Last year* it closed.", ""},
		{"a bracket before", "[1]*Last year* it closed.", ""},
		{"a backslash before", `\*Last year* it closed.`, ""},
	} {
		before, rest, _ := strings.Cut(c.file, "*")
		words, after, _ := strings.Cut(rest, "*")
		file := before + words + after
		want := c.want
		if want == "" {
			want = file
		}
		if got := string(diag.Apply([]byte(file), pins([]byte(file), plainly(file, 0), false))); got != want {
			t.Errorf("%s: %s\nwant %s", c.name, got, want)
		}
	}
}

// TestPinWhereTheBytesDiffer leaves what the file spells otherwise.
func TestPinWhereTheBytesDiffer(t *testing.T) {
	text := "It closed last year."
	at := strings.Index(text, "year")
	for name, change := range map[string]func(file string, p *prose.Passage) string{
		"an emphasis within": func(file string, p *prose.Passage) string {
			for i := at; i < len(text); i++ {
				p.Source[i]++
			}
			return file[:at] + "*" + file[at:]
		},
		"a line's end":    func(file string, p *prose.Passage) string { return strings.Replace(file, "last year", "last\nyear", 1) },
		"no place":        func(file string, p *prose.Passage) string { p.Source[at] = -1; return file },
		"no place at all": func(file string, p *prose.Passage) string { p.Source[at-len("last ")] = -1; return file },
		"a link": func(file string, p *prose.Passage) string {
			p.Linked = []prose.Extent{{Start: at, End: at + 4}}
			return file
		},
		"a pin": func(file string, p *prose.Passage) string {
			p.Pinned = []prose.Extent{{Start: at - 5, End: at + 4}}
			return file
		},
		"a shorter file": func(file string, p *prose.Passage) string { return file[:at+1] },
	} {
		p := plainly(text, 0)
		file := change(text, &p)
		if got := pins([]byte(file), p, false); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestPinInYAML pins only where a bracket is no syntax of YAML.
func TestPinInYAML(t *testing.T) {
	for file, want := range map[string]bool{
		"short: It closed *last year*.":                           true,
		"short: *Last year* it closed.":                           false,
		"short: \"*Last year* it closed.\"":                       true,
		"short: '*Last year* it closed.'":                         true,
		"knowns:\n  - It closed *last year*.":                     true,
		"knowns:\n  - *Last year* it closed.":                     false,
		"knowns: [It closed *last year*.]":                        false,
		"questions:\n  - {short: It closed *last year*.}":         false,
		"answer: |\n  *Last year* it closed.":                     true,
		"answer: |\n  It rose.\n\n  - *Last year* it closed.":     false, // a list of Markdown, or one of YAML?
		"questions:\n  - answer: >-\n      It closed *last year*": true,
		"answer: It rose\n  and *last year* it closed":            false,
		"knowns: [a,\n  it closed *last year*]":                   false,
		"*Last year*":                                             false,
	} {
		before, rest, _ := strings.Cut(file, "*")
		words, after, _ := strings.Cut(rest, "*")
		file := before + words + after
		p := plainly(words+" it closed.", len(before))
		edits := pins([]byte(file), p, true)
		if got := len(edits) == 1; got != want {
			t.Errorf("%q: pinned %v, want %v", file, got, want)
		}
	}
}

// FuzzPin pins a text: all of it but the pins is as it was, and a second run finds
// nothing more to pin.
func FuzzPin(f *testing.F) {
	for _, seed := range []string{
		"It closed last October, and “last year” is what she said.", "On Thursday it fell; two years ago it rose.",
		"!last year ]last year \\last year \"last year\"", "It closed last\nyear, yesterday’s and tomorrow's\xff", "“last week” last week „last week“ 'last week'",
		"last yearlast year last year's's", "[last year](date:2023) last year", "two two two years ago 2019 last year (2019)",
	} {
		f.Add(seed, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, gap uint8) {
		p := plainly(text, 0)
		file := []byte(text)
		if at := int(gap); at > 0 && at < len(text) { // a byte of markup that no reader sees
			file = []byte(text[:at] + "*" + text[at:])
			for i := at; i < len(text); i++ {
				p.Source[i]++
			}
		}
		edits := pins(file, p, false)
		once := diag.Apply(file, edits)
		if got := withoutPins(file, edits, once); got != string(file) {
			t.Fatalf("%q became %q", file, got)
		}
		again := shifted(p, edits)
		if more := pins(once, again, false); len(more) > 0 {
			t.Fatalf("%q: pinned again: %v", once, more)
		}
	})
}

// withoutPins takes the pins of edits out of a text again.
func withoutPins(file []byte, edits []diag.Edit, once []byte) string {
	var b strings.Builder
	at, grown := 0, 0
	for _, e := range edits {
		b.Write(once[at+grown : int(e.At.Start)+grown])
		words, _, _ := strings.Cut(strings.TrimPrefix(string(once[int(e.At.Start)+grown:int(e.At.Start)+grown+len(e.Text)]), "["), "](date:")
		b.WriteString(words)
		grown += len(e.Text) - (int(e.At.End) - int(e.At.Start))
		at = int(e.At.End)
	}
	b.Write(once[at+grown:])
	return b.String()
}

// shifted is the passage as it is read from a file after edits.
func shifted(p prose.Passage, edits []diag.Edit) prose.Passage {
	source := make([]int32, len(p.Source))
	for i, at := range p.Source {
		source[i] = at
		for _, e := range edits {
			switch {
			case int(at) >= int(e.At.End):
				source[i] += int32(len(e.Text) - (int(e.At.End) - int(e.At.Start)))
			case int(at) >= int(e.At.Start):
				source[i]++
			}
		}
	}
	again := prose.Passage{Text: p.Text, Source: source}
	for _, e := range edits {
		pin := prose.Extent{Start: -1, End: -1}
		for i, at := range p.Source {
			if int(at) == int(e.At.Start) {
				pin = prose.Extent{Start: i, End: i + int(e.At.End) - int(e.At.Start)}
			}
		}
		again.Pinned, again.Linked = append(again.Pinned, pin), append(again.Linked, pin)
	}
	return again
}
