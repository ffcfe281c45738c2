package search

// Kind is what an Entry is.
type Kind uint8

// The kinds of entries, as the index numbers them.
const (
	Question Kind = iota
	Term
	Event
	Explainer
)

// Entry is one thing that can be found. All texts are plain text in UTF-8.
type Entry struct {
	Kind  Kind
	Title string  // the question, the term, what happened; shown, and weighs most
	Text  string  // the short answer or definition; shown
	Body  []byte  // the rest of the answer; not shown, not kept
	Of    string  // the explainer that it belongs to, or the event's date in words; shown, and weighs least
	URL   string  // from the site's root, with its fragment: "explainers/isis-k/#who"
	Boost float64 // multiplies what the words of the entry weigh; 0 is 1
}

// How much one word weighs by the field that it stands in, and how many words
// the field has as a rule: in a shorter one it weighs more (BM25F: Robertson,
// Zaragoza, Taylor 2004).
var (
	inTitle = field{weight: 6, length: 5, slope: 0.7}
	inText  = field{weight: 2.5, length: 25, slope: 0.5}
	inBody  = field{weight: 1, length: 200, slope: 0.6}
	inOf    = field{weight: 0.6, length: 5, slope: 0}
)

// saturation is the weight that has half of the greatest impact: BM25's k1.
const saturation = 2

// kindFactor multiplies the impact of every word: events are many, and told in
// the answers too.
var kindFactor = [...]float64{Question: 1, Term: 1, Event: 0.8, Explainer: 1}

type field struct{ weight, length, slope float64 }

// each is what one occurrence weighs in a field of n words.
func (f field) each(n int) float32 {
	return float32(f.weight / (1 - f.slope + f.slope*float64(n)/f.length))
}

// maxImpact is the greatest impact: four bits.
const maxImpact = 15

// impact is what a word of that weight adds to an entry, 0 to maxImpact.
func impact(weight float32, boost float64) uint64 {
	w := float64(weight)
	return uint64(min(maxImpact, w/(w+saturation)*boost*(maxImpact+1)))
}
