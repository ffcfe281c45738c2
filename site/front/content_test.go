package front

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sections are the headings of site/doc/content.md under which the keys of each struct stand.
var sections = map[string]string{
	"Explainer": "Explainer", "Syndication": "Explainer", "TermChoice": "Explainer",
	"Question": "Question", "Event": "Event", "Source": "Source", "Update": "Update", "Image": "Image",
	"Term": "Glossary entry", "Page": "Plain page", "Author": "authors.yaml",
	"Site": "site.yaml", "Publisher": "site.yaml", "Reply": "site.yaml", "Notice": "site.yaml",
	"Link": "site.yaml", "Topic": "site.yaml",
}

// TestContentHasEveryKey holds the description of the format to the structs that files are
// read into: each key, and each word that a key may have, stands in its section.
func TestContentHasEveryKey(t *testing.T) {
	text, err := os.ReadFile("../doc/content.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted := map[string][]string{} // words in code quotes, by section
	for section := range strings.SplitSeq(string(text), "\n##") {
		heading, body, _ := strings.Cut(section, "\n")
		heading = strings.Trim(heading, "# ")
		for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(body, -1) {
			words := strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune(" ,:{}[]\"", r) })
			quoted[heading] = append(quoted[heading], words...)
		}
	}
	for _, s := range shapes {
		section, ok := sections[s.name]
		if !ok {
			t.Errorf("say under which heading of site/doc/content.md the keys of %s stand", s.name)
		}
		for _, f := range s.fields {
			for _, word := range append([]string{f.key}, f.words...) {
				if !slices.Contains(quoted[section], word) {
					t.Errorf("site/doc/content.md: “%s” lacks %s of %s", section, word, s.name)
				}
			}
		}
	}
}
