package check

import (
	"fmt"
	"strings"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/lang"
	"nutgraf/site/prose"
)

// advice is what a diagnostic says of a finding.
type advice struct {
	message, why, hint string
	fix                []diag.Edit
}

// dateAdvice says of an expression that it goes stale, and what to write. words are its
// words, marked that they are in markup already, asOf the day from which they count.
func dateAdvice(f prose.Date, words string, marked bool, asOf time.Time) advice {
	on := lang.For("en").Date(asOf)
	a := advice{why: fmt.Sprintf("it counts from %s, and this page will be read long after", on)}
	switch {
	case f.Quoted:
		a.message = fmt.Sprintf("“%s” in a quotation counts from the day on which it was said", words)
		a.hint = "leave the quotation as it is, and say beside it when that was"
	case asOf.IsZero():
		a.message = fmt.Sprintf("“%s” goes stale, and nothing says from which day it counts", words)
		a.why, a.hint = "", "give the explainer as_of or published, or write the date itself"
	case f.Means != "" && !f.Certain:
		a.message = fmt.Sprintf("“%s” goes stale: counted from %s, it means %s", words, on, spoken(f.Means))
		a.why = "this page will be read long after, and the sentence may speak of another day"
		a.hint = fmt.Sprintf("if that is meant, write %s, else the date that is", pinned(words, f.Means))
		if marked {
			a.hint = "if that is meant, write it beside the words, which are in markup already"
		}
	case f.Means != "" && marked:
		a.message = fmt.Sprintf("“%s” goes stale: it means %s", words, spoken(f.Means))
		a.hint = "the words are in markup already, so write the date beside them"
	case f.Means != "":
		a.message = fmt.Sprintf("“%s” goes stale: it means %s", words, spoken(f.Means))
		a.hint = fmt.Sprintf("write %s, which shows the date beside the words", pinned(words, f.Means))
	case f.Either != nil:
		a.message = fmt.Sprintf("“%s” may mean %s", words, alternatives(f.Either, spoken))
		a.hint = "write the one you mean: " +
			alternatives(f.Either, func(date string) string { return pinned(words, date) })
		if marked {
			a.hint = "write the one you mean beside the words, which are in markup already"
		}
	case f.Present:
		a.message = fmt.Sprintf("“%s” goes stale: it says what was so on %s", words, on)
		a.hint = fmt.Sprintf("put what was true then as [words](as-of:%s), which shows the day, "+
			"or do without “%s”", asOf.Format(time.DateOnly), words)
	default:
		a.message = fmt.Sprintf("“%s” goes stale: later on, nobody can tell when that is", words)
		a.hint = "say when, as exactly as you know: a day, a month or a year"
	}
	return a
}

// spoken says a date (EDTF) in words; an interval is a week.
func spoken(date string) string {
	d, err := edtf.Parse(date)
	if err != nil {
		return date
	}
	words := d.Words(lang.For("en"))
	if d.Interval() {
		return "the week " + words
	}
	return words
}

// alternatives joins what may be meant: a, b or c.
func alternatives(dates []string, say func(string) string) string {
	var all []string
	for _, d := range dates {
		all = append(all, say(d))
	}
	last := len(all) - 1
	return strings.Join(all[:last], ", ") + " or " + all[last]
}

// claimAdvice says that a sentence cites nothing; words are those that want a source.
func claimAdvice(words string) advice {
	words = strings.Trim(words, "\"'“”„«»‘’‚‹› ")
	return advice{
		message: fmt.Sprintf("this sentence cites no source, and “%s” wants one", words),
		why:     "readers can't check a figure, a date or somebody's words without it",
		hint:    "cite it, [@id], or say that none is needed, [@none]",
	}
}

// abbreviationAdvice says that nobody explained an abbreviation.
func abbreviationAdvice(a prose.Abbreviation) advice {
	return advice{
		message: fmt.Sprintf("“%s” is used before anything says what it stands for", a.Letters),
		why:     "an answer travels alone, as a card, and whoever meets it there has read nothing else",
		hint: fmt.Sprintf("write it in full the first time, with (%s) behind it, or give it "+
			"an entry in the glossary", a.Letters),
	}
}
