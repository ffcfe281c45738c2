package check

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestAdvice reads a page of our own with the faults of many, and says what a writer
// hears of them.
func TestAdvice(t *testing.T) {
	p := plainly("Last October the dam held. On Thursday, a second one broke in Brae, police said. "+
		"The mayor told the council last March that nobody had checked it. “It was fine last year,” he said. "+
		"So far, no one has been charged. The NWA has recently hired divers. It hopes for rain next week.", 0)
	last := strings.Index(p.text, "next week")
	p.linked = []extent{{last, last + len("next week")}}
	r := englishWords.read(p)
	var b strings.Builder
	tell := func(a advice) { fmt.Fprintf(&b, "%s\n  %s\n  %s\n", a.message, a.why, a.hint) }
	for _, f := range r.dates(march, march.AddDate(1, 0, 0)) {
		tell(f.say(p.text[f.start:f.end], f.within(p.linked), march))
	}
	for _, f := range r.dates(time.Time{}, march)[:1] {
		tell(f.say(p.text[f.start:f.end], false, time.Time{}))
	}
	tell(r.claims()[1].say("said"))
	tell(r.claims()[1].say("“We were told to wait,”"))
	for _, a := range newAbbreviations(nil).unexplained(r) {
		tell(a.say())
	}
	const want = `“Last October” goes stale: it means October 2023
  it counts from 25 March 2024, and this page will be read long after
  write [Last October](date:2023-10), which shows the date beside the words
“On Thursday” goes stale: it means 21 March 2024
  it counts from 25 March 2024, and this page will be read long after
  write [On Thursday](date:2024-03-21), which shows the date beside the words
“last March” may mean March 2023 or March 2024
  it counts from 25 March 2024, and this page will be read long after
  write the one you mean: [last March](date:2023-03) or [last March](date:2024-03)
“last year” in a quotation counts from the day on which it was said
  it counts from 25 March 2024, and this page will be read long after
  leave the quotation as it is, and say beside it when that was
“So far” goes stale: it says what was so on 25 March 2024
  it counts from 25 March 2024, and this page will be read long after
  put what was true then as [words](as-of:2024-03-25), which shows the day, or do without “So far”
“recently” goes stale: later on, nobody can tell when that is
  it counts from 25 March 2024, and this page will be read long after
  say when, as exactly as you know: a day, a month or a year
“next week” goes stale: it means the week from 1 to 7 April 2024
  it counts from 25 March 2024, and this page will be read long after
  the words are a link already, so write the date beside them
“Last October” goes stale, and nothing says from which day it counts
  
  give the explainer as_of or published, or write the date itself
this sentence cites no source, and “said” wants one
  readers can't check a figure, a date or somebody's words without it
  cite it, [@id], or say that none is needed, [@none]
this sentence cites no source, and “We were told to wait,” wants one
  readers can't check a figure, a date or somebody's words without it
  cite it, [@id], or say that none is needed, [@none]
“NWA” is used before anything says what it stands for
  an answer travels alone, as a card, and whoever meets it there has read nothing else
  write it in full the first time, with (NWA) behind it, or give it an entry in the glossary
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestCitations says which statements of a passage want a source and have none; ^ is
// a citation.
func TestCitations(t *testing.T) {
	for text, want := range map[string]string{
		"It killed 12 people^.":                                  "",
		"It killed 12 people.^":                                  "",
		"It killed 12 people. ^ It went on.":                     "",
		"It killed 12 people. ^It went on for 3 days.":           "It went on for 3 days.",
		"It killed 12 people. It went on for 3 days.^":           "It killed 12 people.",
		"^It killed 12 people. It went on for 3 days.":           "It went on for 3 days.",
		"“It rose. It fell. Nobody knew,” said the keeper. ^ So": "",
		"“It rose. It fell. Nobody knew,” said the keeper.":      "“It rose. It fell. Nobody knew,” said the keeper.",
		"Why did it kill 12 people? It had 3 wheels.":            "It had 3 wheels.",
		"":  "",
		"^": "",
	} {
		var l labelled
		l.read(text)
		r := englishWords.read(l.passage)
		var got []string
		for _, c := range r.claims() {
			if !c.cited {
				got = append(got, r.text[c.start:c.end])
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestQuestionTravelsAlone: what one passage of a question explains is clear in the
// next, what is told is told once, and a term of the glossary needs nothing.
func TestQuestionTravelsAlone(t *testing.T) {
	for _, c := range []struct {
		forms    []string
		passages []string
		want     string
	}{
		{nil, []string{"The National Water Authority (NWA) runs it.", "The NWA sells it."}, ""},
		{nil, []string{"The National Water Authority runs it.", "The NWA sells it."}, ""},
		{nil, []string{"The NWA sells it.", "The National Water Authority (NWA) runs it. The NWA's gates are shut."}, "NWA"},
		{nil, []string{"NGOs left.", "The last NGO left."}, "NGO"},
		{[]string{"NWA"}, []string{"The NWA's gates are shut, and NGOs left."}, "NGO"},
		{nil, []string{"“The NWA sells it to whoever asks.”", "The NWA does."}, "NWA"},
		{nil, []string{"EDITORS NOTE: it is shut.", "THIS IS NEWS to the NWA.", "Olga LINDQVIST did NOT come, nor did the UNSMIL."}, "NWA UNSMIL"},
		{nil, []string{"The US-led ITN-wide ban."}, "ITN"},
	} {
		forms := map[string]bool{}
		for _, f := range c.forms {
			forms[f] = true
		}
		a := newAbbreviations(forms)
		var got []string
		for _, text := range c.passages {
			for _, found := range a.unexplained(englishWords.read(passage{text: text})) {
				got = append(got, found.letters)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q, want %q", c.passages, got, c.want)
		}
	}
}
