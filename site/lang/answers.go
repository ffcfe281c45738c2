package lang

import "strings"

// Answers are the words by which an answer leans on what stands around it, and
// those in which an explainer asks what comes next. All are in small letters.
type Answers struct {
	// Pronouns that begin an answer speak of what only the text above names. Those
	// of Pointing do so where one of Verbs follows; else a noun does, which names it.
	Pronouns, Pointing, Verbs []string
	// Impersonal are what follows "it" where it speaks of nothing.
	Impersonal []string
	// Judging are words soon behind "it" that make it impersonal, too, unless one of
	// Articles comes before: it would be hard to say, and it is a hard stone.
	Judging, Articles []string
	// Pointers lead to another part of the page.
	Pointers []string
	// Next are what a question about the future has in it.
	Next []string
}

// Answers returns those of the language, nil where nobody has written them down.
func (l *Language) Answers() *Answers {
	base, _, _ := strings.Cut(l.Tag, "-")
	return answers[base]
}

var answers = map[string]*Answers{
	"en": {
		Pronouns: []string{"he", "she", "it", "they", "his", "her", "its", "their"},
		Pointing: []string{"this", "that", "these", "those"},
		Verbs: []string{"is", "was", "were", "are", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "means", "meant",
			"makes", "made", "does", "did", "happened", "happens", "depends", "came", "comes", "took", "takes", "led", "leads", "allows", "allowed"},
		Impersonal: []string{"depends", "takes", "took", "remains", "is not", "is too early", "was not until", "'s not", "'s too early", "seems"},
		Judging: []string{"hard", "easy", "easier", "harder", "difficult", "possible", "impossible", "likely", "unlikely", "unclear", "clear", "important", "useful", "common", "rare",
			"tempting", "worth", "natural", "reasonable", "essential", "crucial", "critical", "vital", "tough", "wise", "fun", "experience", "better", "best", "satisfying", "unsatisfying", "true", "normal", "unusual", "necessary", "helpful"},
		Articles: []string{"a", "an", "the", "one", "its", "their", "made", "built"},
		Pointers: []string{"as mentioned", "as noted above", "mentioned above", "noted above", "see above", "see below", "described above", "described below",
			"as discussed", "listed below", "explained above", "explained below", "as we have seen", "in the previous section", "in the next section"},
		Next: []string{"next", "happen now", "will ", "could ", "future", "coming", "ahead"},
	},
}
