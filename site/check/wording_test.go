package check

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"nutgraf/site/prose"
)

// TestAdvice reads a page of our own with the faults of many, and says what a writer
// hears of them.
func TestAdvice(t *testing.T) {
	p := plainly("Last October the dam held. On Thursday, a second one broke in Brae, police said. "+
		"The mayor told the council last March that nobody had checked it. “It was fine last year,” he said. "+
		"So far, no one has been charged. The NWA has recently hired divers. It hopes for rain next week. "+
		"By 2019 it had closed last year.", 0)
	last := strings.Index(p.Text, "next week")
	p.Linked = []prose.Extent{{Start: last, End: last + len("next week")}}
	r := englishWords.Read(p)
	var b strings.Builder
	write := func(a advice) { fmt.Fprintf(&b, "%s\n  %s\n  %s\n", a.message, a.why, a.hint) }
	for _, f := range r.Dates(march, march.AddDate(1, 0, 0)) {
		write(dateAdvice(f, p.Text[f.Start:f.End], f.Within(p.Linked), march))
	}
	for _, f := range r.Dates(time.Time{}, march)[:1] {
		write(dateAdvice(f, p.Text[f.Start:f.End], false, time.Time{}))
	}
	write(claimAdvice("said"))
	write(claimAdvice("“We were told to wait,”"))
	for _, a := range prose.NewAbbreviations(nil).Unexplained(r) {
		write(abbreviationAdvice(a))
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
  the words are in markup already, so write the date beside them
“last year” goes stale: counted from 25 March 2024, it means 2023
  this page will be read long after, and the sentence may speak of another day
  if that is meant, write [last year](date:2023), else the date that is
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
