package pages

import (
	"fmt"
	"strconv"
	"strings"

	"nutgraf/site/lang"
)

// Word returns one of the theme's own words: {{.Site.Word "in-short"}}.
func (s *Site) Word(key string) (string, error) {
	w, ok := s.Words[key]
	if !ok {
		return "", fmt.Errorf("the theme has no word “%s”", key)
	}
	return w, nil
}

// Form returns words whose {names} the page's script fills in:
// {{.Site.Form "events-other"}}.
func (s *Site) Form(key string) (string, error) { return s.Word(key) }

// Say returns words with their {names} filled in:
// {{.Site.Say "page-of" "n" .Number "total" .Total}}.
func (s *Site) Say(key string, pairs ...any) (string, error) {
	w, err := s.Word(key)
	if err != nil {
		return "", err
	}
	var room [256]byte
	for out := room[:0]; ; {
		before, rest, opened := strings.Cut(w, "{")
		if out = append(out, before...); !opened {
			return string(out), nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if value, known := s.filled(name, pairs); closed && known {
			out, w = append(out, value...), after
		} else {
			out, w = append(out, '{'), rest
		}
		if len(out) > maxFilled {
			return "", fmt.Errorf("the theme’s words “%s” get longer than 1 MB", key)
		}
	}
}

// maxFilled is how many bytes words may have once they are filled in: a template
// can fill in what it filled in before.
const maxFilled = 1 << 20

// filled is what stands for a name, and whether pairs have it: of {n} and {total}, which are
// counts and no years, as Number says it.
func (s *Site) filled(name string, pairs []any) (value string, known bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if shown(pairs[i]) != name {
			continue
		}
		if n, ok := pairs[i+1].(int); ok && (name == "n" || name == "total") {
			return s.Number(n), true
		}
		return shown(pairs[i+1]), true
	}
	return "", false
}

// Number is a number of things, with a sign between its thousands:
// {{.Site.Number .Count}}.
func (s *Site) Number(n int) string { return lang.Grouped(n, s.Thousands, s.Together) }

// shown is fmt.Sprint, quicker for what words are mostly filled with.
func shown(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	}
	return fmt.Sprint(v)
}

// Count returns the words for a number of things: {{.Site.Count "events" 3}}
// takes events-one or events-other, or another form that the language has for that
// number and the site has words for.
func (s *Site) Count(key string, n int) (string, error) {
	counted := key + "-" + lang.Plural(s.Plurals[key], n)
	if _, ok := s.Words[counted]; !ok {
		counted = key + "-other"
	}
	return s.Say(counted, "n", n)
}
