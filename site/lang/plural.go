package lang

import (
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Words of a number of things have a key for each form that the number may ask
// for: events-one, events-other. The theme has the two that its languages need; a
// site's own words may have all of these.
var forms = [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one",
	plural.Two: "two", plural.Few: "few", plural.Many: "many"}

// Plural is the form that a whole number asks for in a language (CLDR).
func Plural(tag string, n int) string {
	if tag == "en" || tag == "de" { // the most frequent need no table
		if n == 1 {
			return "one"
		}
		return "other"
	}
	t, err := language.Parse(tag)
	if err != nil {
		t = language.English
	}
	return forms[plural.Cardinal.MatchPlural(t, n%10_000_000, 0, 0, 0, 0)]
}

// Counted splits the key of words of a number: "events" and true of events-few,
// which a site's own words may have where the theme has events-other.
func (l *Language) Counted(key string) (string, bool) {
	i := strings.LastIndexByte(key, '-')
	if i < 0 {
		return "", false
	}
	for _, form := range forms {
		if form == key[i+1:] {
			_, there := l.Words[key[:i]+"-other"]
			return key[:i], there
		}
	}
	return "", false
}
