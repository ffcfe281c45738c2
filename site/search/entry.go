package search

import "time"

// Kind is what an Entry is.
type Kind uint8

// The kinds of entries, as the index numbers them.
const (
	Question Kind = iota
	Term
	Event
	Explainer
	Page
	Source
	Update
	Known
	Unknown
	Method
)

// Document is a page that holds entries.
type Document struct {
	URL   string // from the site's root: "explainers/isis-k/"
	Title string // shown with its entries
}

// Entry is one thing that can be found. All texts are plain text in UTF-8.
type Entry struct {
	Kind  Kind
	Title string   // the question, the term, what happened; shown, and weighs most
	Text  string   // the short answer or definition; shown
	Body  []byte   // the rest of the answer; shown by small sites only
	Also  []string // finds it, and is not shown: wrong spellings
	Of    string   // what is said beside it: an event's date in words; shown, and weighs least
	URL   string   // "" for its document's, "#who" for a place there, or one from the root
	Dates []string // that it is the answer to, as Dates gives them
}

// How much one word weighs by the field that it stands in, and how many words
// the field has as a rule: in a shorter one it weighs more (BM25F: Robertson,
// Zaragoza, Taylor 2004). Only titles are counted: if longer texts were, each of
// their words would weigh something else for one that is added.
var (
	inTitle = field{weight: 6, length: 5, slope: 0.7}
	inText  = field{weight: 3}
	inLead  = field{weight: 1.5} // the body's beginning
	inBody  = field{weight: 0.8}
	inOf    = field{weight: 0.6}
	inDate  = field{weight: 1e6}
)

// longTitle is how many words of a title are counted.
const longTitle = 12

// leadSize is how many bytes the beginning of a body has.
const leadSize = 400

// saturation is the weight that has half of the greatest impact: BM25's k1.
const saturation = 2

// kindFactor multiplies the impact of every word: answers come first, and events
// are many, and repeated in the answers.
var kindFactor = [...]float64{
	Question: 1, Term: 1, Event: 0.7, Explainer: 1, Page: 0.9,
	Source: 0.5, Update: 0.5, Known: 0.8, Unknown: 0.8, Method: 0.6,
}

// named are the kinds of which the words of the document's title are, too.
var named = [...]bool{Question: true, Known: true, Unknown: true, Method: true, Method + 1: false}

type field struct{ weight, length, slope float64 }

// each is what one occurrence weighs in a field of n words.
func (f field) each(n int) float32 {
	if f.slope == 0 {
		return float32(f.weight)
	}
	return float32(f.weight / (1 - f.slope + f.slope*float64(n)/f.length))
}

// maxImpact is the greatest impact: four bits.
const maxImpact = 15

// impact is what a word of that weight adds to an entry, 0 to maxImpact.
func impact(weight float32, factor float64) uint64 {
	w := float64(weight)
	return uint64(min(maxImpact, w/(w+saturation)*factor*(maxImpact+1)))
}

// Dates are the words that stand for a time: each of its years and, as far as it
// is known so well, months and days. Of a long time the finest are left out.
func Dates(first, last time.Time, days, months bool) (words []string) {
	add := func(most int, layout string, years, months, days int) {
		if first.AddDate(most*years, most*months, most*days).After(last) {
			for t := first; !t.After(last); t = t.AddDate(years, months, days) {
				words = append(words, t.Format(layout))
			}
		}
	}
	first = time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, time.UTC)
	if within := last.Sub(first); days && months && within >= 0 && within < 24*time.Hour { // as most are
		day := first.Format("=2006-01-02")
		month := day[:len(day)-len("-02")]
		return []string{day, month, month[:len(month)-len("-01")]}
	}
	if days {
		add(31, "=2006-01-02", 0, 0, 1)
	}
	if first = first.AddDate(0, 0, 1-first.Day()); months {
		add(24, "=2006-01", 0, 1, 0)
	}
	first = time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	add(100, "=2006", 1, 0, 0)
	return words
}
