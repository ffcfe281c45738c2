package prose

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nutgraf/site/lang"
)

// labelled is a sentence of our own with what a person says of it; the head of
// ../check/testdata/labelled/first.txt tells how it is written.
type labelled struct {
	file       string
	line       int
	asOf       time.Time
	passage    Passage
	needs      bool // a source
	dates      []label
	unexpanded []label
}

// label marks part of a passage: the date that it means, ? for none.
type label struct {
	Extent
	date string
}

// readLabelled reads the labelled sentences of a file.
func readLabelled(t testing.TB, file string) (all []labelled) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		l := labelled{file: filepath.Base(file), line: n, asOf: time.Date(2024, 3, 25, 0, 0, 0, 0, time.UTC), needs: line[0] == '+'}
		if !strings.ContainsRune("+-", rune(line[0])) {
			t.Fatalf("%s:%d: no sign", l.file, n)
		}
		line = line[1:]
		if rest, ok := strings.CutPrefix(line, "@"); ok {
			day, rest, _ := strings.Cut(rest, " ")
			if l.asOf, err = time.Parse(time.DateOnly, day); err != nil {
				t.Fatalf("%s:%d: %v", l.file, n, err)
			}
			line = " " + rest
		}
		l.read(strings.TrimPrefix(line, " "))
		all = append(all, l)
	}
	return all
}

// read takes the marks out of a line.
func (l *labelled) read(line string) {
	var b strings.Builder
	for line != "" {
		switch {
		case strings.HasPrefix(line, "[["):
			inner, rest, _ := strings.Cut(line[2:], "]]")
			words, date, _ := strings.Cut(inner, "|")
			l.dates = append(l.dates, label{Extent{b.Len(), b.Len() + len(words)}, date})
			b.WriteString(words)
			line = rest
		case strings.HasPrefix(line, "<<"):
			words, rest, _ := strings.Cut(line[2:], ">>")
			l.unexpanded = append(l.unexpanded, label{Extent: Extent{b.Len(), b.Len() + len(words)}})
			b.WriteString(words)
			line = rest
		case line[0] == '^':
			l.passage.Cites = append(l.passage.Cites, b.Len())
			line = line[1:]
		default:
			b.WriteByte(line[0])
			line = line[1:]
		}
	}
	l.passage.Text = b.String()
}

// score counts how often a rule and a person agree.
type score struct{ right, wrong, missed int }

func (s score) precision() float64 { return ratio(s.right, s.right+s.wrong) }
func (s score) recall() float64    { return ratio(s.right, s.right+s.missed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// compare adds what was found to a score and logs where it differs.
func (s *score) compare(t *testing.T, rule string, l labelled, want, got []label) {
	say := func(kind string, x label) {
		t.Logf("%s:%d: %s %s %q %s in %q", l.file, l.line, rule, kind, l.passage.Text[x.Start:x.End], x.date, l.passage.Text)
	}
	for _, g := range got {
		if slices.Contains(want, g) {
			s.right++
		} else {
			s.wrong++
			say("wrong", g)
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			s.missed++
			say("missed", w)
		}
	}
}

// TestLabelled holds the rules to what a person says of sentences of our own. A
// date counts as found only with the very words and the very date.
func TestLabelled(t *testing.T) {
	files, err := filepath.Glob("../check/testdata/labelled/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no labelled sentences", err)
	}
	w := New(lang.For("en"))
	var total [3]score
	innocent, sentences := 0, 0
	for _, file := range files {
		var s [3]score
		for _, l := range readLabelled(t, file) {
			sentences++
			if !l.needs && l.dates == nil && l.unexpanded == nil {
				innocent++
			}
			r := w.Read(l.passage)
			s[0].compare(t, "date", l, l.dates, foundDates(r, l.asOf))
			s[2].compare(t, "abbreviation", l, l.unexpanded, foundAbbreviations(r))
			s[1].compare(t, "source", l, wantedSource(l), foundClaims(r))
		}
		for i := range s {
			t.Logf("%s: %s: precision %.3f, recall %.3f (%d right, %d wrong, %d missed)", filepath.Base(file), ruleNames[i],
				s[i].precision(), s[i].recall(), s[i].right, s[i].wrong, s[i].missed)
			total[i].right += s[i].right
			total[i].wrong += s[i].wrong
			total[i].missed += s[i].missed
		}
	}
	fmt.Printf("%d sentences, %d innocent of everything\n", sentences, innocent)
	for i, s := range total {
		least := [...][2]float64{{.95, .90}, {.90, .80}, {.90, .80}}[i]
		fmt.Printf("%-13s precision %.3f, recall %.3f (%d right, %d wrong, %d missed)\n", ruleNames[i], s.precision(), s.recall(), s.right, s.wrong, s.missed)
		if s.precision() < least[0] || s.recall() < least[1] {
			t.Errorf("%s: precision and recall should be %v", ruleNames[i], least)
		}
	}
}

var ruleNames = [...]string{"dates", "sourcing", "abbreviations"}

func foundDates(r *Reading, asOf time.Time) (found []label) {
	for _, f := range r.Dates(asOf, asOf.AddDate(1, 0, 0)) {
		if f.Means == "" {
			f.Means = "?"
		}
		found = append(found, label{f.Extent, f.Means})
	}
	return found
}

// wantedSource is a label on all of a sentence that needs a source.
func wantedSource(l labelled) []label {
	if !l.needs {
		return nil
	}
	return []label{{Extent: Extent{0, len(l.passage.Text)}}}
}

func foundClaims(r *Reading) []label {
	for _, c := range r.Claims() {
		if !c.Cited {
			return []label{{Extent: Extent{0, len(r.Text)}}}
		}
	}
	return nil
}

func foundAbbreviations(r *Reading) (found []label) {
	for _, a := range NewAbbreviations(nil).Unexplained(r) {
		found = append(found, label{Extent: a.Extent})
	}
	return found
}
