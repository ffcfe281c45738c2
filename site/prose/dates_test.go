package prose

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"nutgraf/site/edtf"
	"nutgraf/site/lang"
)

var (
	englishWords = New(lang.For("en"))
	march        = time.Date(2024, 3, 25, 0, 0, 0, 0, time.UTC)
)

// on is a day.
func on(t testing.TB, s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestCalendar says each expression on days on which it is certain, and on days on
// which it is not: in March, at a year's end, on a Sunday, on the weekday itself.
func TestCalendar(t *testing.T) {
	for _, c := range []struct{ day, text, want string }{
		{"2024-03-25", "It closed last March.", "2023-03 2024-03"},
		{"2024-04-25", "It closed last March.", "2023-03 2024-03"},
		{"2024-05-25", "It closed last March.", "2024-03"},
		{"2024-02-25", "It closed last March.", "2023-03"},
		{"2024-01-05", "It closed last December.", "2023-12"},
		{"2024-11-05", "It opens next March.", "2025-03"},
		{"2024-01-05", "It opens next March.", "2024-03 2025-03"},
		{"2024-03-05", "It opens next March.", "2025-03"},
		{"2024-01-05", "It opens this March.", "2024-03"},
		{"2024-01-31", "It closed last month.", "2023-12"},
		{"2024-03-31", "It closed last month.", "2024-02"},
		{"2024-12-31", "It opens next month.", "2025-01"},
		{"2024-03-25", "It closed last week.", "2024-03-18/2024-03-24"},
		{"2024-03-24", "It closed last week.", "2024-03-11/2024-03-17 2024-03-17/2024-03-23"},
		{"2024-01-01", "It closed yesterday.", "2023-12-31"},
		{"2024-02-28", "It opens the day after tomorrow.", "2024-03-01"},
		{"2024-03-25", "It closed last Thursday.", "2024-03-21"},
		{"2024-03-28", "It closed last Thursday.", "2024-03-21"},
		{"2024-03-29", "It closed last Thursday.", "2024-03-21 2024-03-28"},
		{"2024-03-31", "It closed last Thursday.", "2024-03-21 2024-03-28"},
		{"2024-03-29", "It opens next Thursday.", "2024-04-04"},
		{"2024-03-25", "It opens next Thursday.", "2024-03-28 2024-04-04"},
		{"2024-03-25", "It opens this Thursday.", "2024-03-28"},
		{"2024-03-29", "It opens this Thursday.", "2024-03-28 2024-04-04"},
		{"2024-03-25", "It closed on Thursday.", "2024-03-21"},
		{"2024-03-25", "It will close on Thursday.", "2024-03-28"},
		{"2024-03-25", "It would close on Thursday.", "2024-03-21 2024-03-28"},
		{"2024-03-25", "It closes on Thursday.", "2024-03-21 2024-03-28"},
		{"2024-03-25", "They said on Thursday that it will close.", "2024-03-21"},
		{"2024-03-28", "It closed on Thursday.", "2024-03-21 2024-03-28"},
		{"2024-03-28", "It will close on Thursday.", "2024-03-28 2024-04-04"},
		{"2024-03-28", "It closes on Thursday.", "2024-03-21 2024-03-28 2024-04-04"},
		{"2024-03-25", "It has been shut since Thursday.", "2024-03-21"},
		{"2024-03-25", "It closed twenty-five years ago.", "1999~"},
		{"2024-03-25", "It closed two dozen years ago.", "2000~"},
		{"2024-03-25", "It closed three days ago.", "2024-03-22"},
		{"2024-03-25", "It closed 3 weeks ago.", "2024-03-04~"},
		{"2024-02-25", "It closed three months ago.", "2023-11~"},
		{"2024-03-25", "It closed a decade ago.", "2014~"},
		{"2024-03-25", "It opens in two weeks' time.", "2024-04-08~"},
		{"2024-03-25", "It was built last century.", "19XX"},
		{"2000-03-25", "It was built last century.", "18XX"},
		{"2024-03-25", "It opens this decade.", "202X"},
		{"2024-03-25", "It closed last winter.", ""},
		{"2024-03-25", "It is shut now.", ""},
	} {
		asOf := on(t, c.day)
		all := englishWords.Read(Passage{Text: c.text}).Dates(asOf, asOf.AddDate(1, 0, 0))
		if len(all) != 1 {
			t.Errorf("%s, %s: %d findings", c.day, c.text, len(all))
			continue
		}
		got := all[0].Means + strings.Join(all[0].Either, " ")
		if got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.day, c.text, got, c.want)
		}
	}
}

// TestWeekdayIsFineForAWeek counts from as_of to the day of the check.
func TestWeekdayIsFineForAWeek(t *testing.T) {
	asOf := on(t, "2024-03-25")
	r := englishWords.Read(Passage{Text: "It closed on Thursday, and last week the key was lost."})
	for _, c := range []struct {
		now  string
		want int
	}{{"2024-03-20", 1}, {"2024-03-25", 1}, {"2024-04-01", 1}, {"2024-04-02", 2}} {
		if got := len(r.Dates(asOf, on(t, c.now))); got != c.want {
			t.Errorf("on %s: %d findings, want %d", c.now, got, c.want)
		}
	}
	for _, f := range r.Dates(time.Time{}, asOf) {
		if f.Means != "" || f.Either != nil {
			t.Errorf("resolved without as_of: %+v", f)
		}
	}
}

// TestQuotedAndPinned: what somebody said is noted, what is pinned is not told.
func TestQuotedAndPinned(t *testing.T) {
	text := "“It closed last year,” she said. It reopened last month."
	p := Passage{Text: text}
	at := strings.Index(text, "last month")
	for _, pinned := range [][]Extent{nil, {{at, at + len("last month")}}} {
		p.Pinned = pinned
		all := englishWords.Read(p).Dates(on(t, "2024-03-25"), on(t, "2025-03-25"))
		if len(all) != 2-len(pinned) || !all[0].Quoted || len(all) == 2 && all[1].Quoted {
			t.Errorf("%+v", all)
		}
	}
	p = Passage{Text: "It closed last year", Quoted: []Extent{{0, len("It closed last year")}}}
	if all := englishWords.Read(p).Dates(on(t, "2024-03-25"), on(t, "2025-03-25")); len(all) != 1 || !all[0].Quoted {
		t.Errorf("in a block quote: %+v", all)
	}
}

// TestStory tells what counts from the day of writing from what counts from the time
// of a story.
func TestStory(t *testing.T) {
	for text, want := range map[string]string{
		"Over the next two years, the number doubled.":                                      "",
		"The number doubled over the next two years.":                                       "",
		"Over the next two years, the number will double.":                                  "Over the next two years",
		"They plan to double it over the next two years.":                                   "over the next two years",
		"Over the past two years, the number doubled.":                                      "Over the past two years",
		"By now everyone knew the song.":                                                    "",
		"By now they are a common sight.":                                                   "By now",
		"Now closed, the bridge rusts.":                                                     "Now",
		"It was sold and is now a bar.":                                                     "now",
		"The army had so far stayed away.":                                                  "",
		"The Last Thursday is a novel, as is A Sunday Lost.":                                "",
		"Bells ring from Monday to Friday, and Sunday–Monday, but not every other Tuesday.": "",
		"“Today,” she said, and today’s news was old.":                                      "Today|today’s",
	} {
		var got []string
		for _, f := range englishWords.Read(Passage{Text: text}).Dates(on(t, "2024-03-25"), on(t, "2025-03-25")) {
			got = append(got, text[f.Start:f.End])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// parts are what texts at random are made of.
var parts = []string{
	"last ", "next ", "this ", "on ", "in ", "the ", "March ", "Thursday ", "week ", "years ", "ago ", "now ", "so far ", "two ", "a ", "66 ", "999999999999 ", "hundred ", "million ",
	"century ", "from ", "time ", "’s ", "' ", "said ", "will ", "yesterday", ". ", ", ", "“", "” ", "\"", "(", ") ", "2019 ", "GDP ", "F-16 ", "mRNA", "\ufffc", "é", "\xff", "-", "–", "\n",
}

// TestEveryDateIsOne reads texts at random: what is found is in the text, in order,
// and every date is one that a pin may hold.
func TestEveryDateIsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 30).Draw(t, "text"), "")
		asOf := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "asOf"), 0).UTC()
		r := englishWords.Read(Passage{Text: text})
		end := 0
		for _, f := range r.Dates(asOf, asOf.AddDate(1, 0, 0)) {
			if f.Start < end || f.End <= f.Start || f.End > len(text) {
				t.Fatalf("%q: %+v", text, f)
			}
			end = f.End
			for _, d := range append(f.Either, f.Means) {
				if _, err := edtf.Parse(d); err != nil && d != "" {
					t.Fatalf("%q on %s: %v", text, asOf, err)
				}
			}
			if len(f.Either) == 1 || f.Either != nil && f.Means != "" {
				t.Fatalf("%q: neither certain nor ambiguous: %+v", text, f)
			}
		}
		for _, c := range r.Claims() {
			if c.Reason.End <= c.Reason.Start || c.Reason.End > len(text) {
				t.Fatalf("%q: %+v", text, c)
			}
		}
		for _, a := range NewAbbreviations(nil).Unexplained(r) {
			if a.Letters == "" || a.End > len(text) {
				t.Fatalf("%q: %+v", text, a)
			}
		}
	})
}

// TestFindMissesNothing compares what a look at the next word rules out with trying
// every phrase.
func TestFindMissesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 30).Draw(t, "text"), "")
		r := englishWords.Read(Passage{Text: text})
		for _, s := range r.sentences {
			for i := s.from; i < s.to; i++ {
				for l := range lists {
					_, got := r.find(l, i, s.to)
					want := i
					for _, p := range r.tokens[i].word.begins[l] {
						want = max(want, r.match(p.elements, i, i, s.to))
					}
					for _, p := range r.words.named[l] {
						want = max(want, r.match(p.elements, i, i, s.to))
					}
					if got != want {
						t.Fatalf("%q: token %d of list %d: found up to %d, want %d", text, i, l, got, want)
					}
				}
			}
		}
	})
}
