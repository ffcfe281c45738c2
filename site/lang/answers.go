package lang

import "strings"

// Answers are the words by which an answer leans on what stands around it, and
// those in which an explainer asks what comes next. All are in small letters.
type Answers struct {
	// Pronouns that begin an answer speak of what only the text above names.
	Pronouns []string
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
		Pronouns: []string{"he", "she", "it", "they", "this", "that", "these", "those", "his", "her", "its", "their"},
		Pointers: []string{"as mentioned", "as noted above", "mentioned above", "noted above", "see above", "see below", "described above", "described below",
			"as discussed", "listed below", "explained above", "explained below", "the above", "as we have seen", "in the previous section", "in the next section"},
		Next: []string{"next", "happen now", "will ", "could ", "future", "coming", "ahead"},
	},
}
