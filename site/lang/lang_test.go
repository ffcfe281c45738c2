package lang

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var verbs = regexp.MustCompile(`\{\w+\}`)

func verbsOf(s string) []string {
	found := append([]string{}, verbs.FindAllString(s, -1)...)
	slices.Sort(found)
	return found
}

// TestNamesAreOneThing: what names a language, or a time zone, names no other.
func TestNamesAreOneThing(t *testing.T) {
	for what, table := range map[string]map[string]string{"language": names, "time zone": zoneNames} {
		seen := map[string]string{}
		for is, list := range table {
			for name := range strings.FieldsSeq(strings.ReplaceAll(list, "|", " ")) {
				if other := seen[folded(name)]; other != "" && other != is {
					t.Errorf("%q is the %s %s and %s", name, what, other, is)
				}
				seen[folded(name)] = is
			}
		}
	}
}

// TestLanguagesAreComplete holds every language to the keys of English, and
// each of its words to the {names} of the English one.
func TestLanguagesAreComplete(t *testing.T) {
	for _, l := range languages {
		if diff := cmp.Diff(Keys(), slices.Sorted(maps.Keys(l.Words))); diff != "" {
			t.Errorf("%s has other keys than English (-en +%s):\n%s", l.Tag, l.Tag, diff)
		}
		for key, w := range l.Words {
			if strings.TrimSpace(w) != w || w == "" {
				t.Errorf("%s: %s is %q", l.Tag, key, w)
			}
			if diff := cmp.Diff(verbsOf(english.Words[key]), verbsOf(w)); diff != "" {
				t.Errorf("%s: %s (%q) has other {names} than English:\n%s", l.Tag, key, w, diff)
			}
		}
		for _, form := range []struct{ got, want string }{{l.DayForm, "{day} {month} {year}"}, {l.MonthForm, "{month} {year}"}} {
			if diff := cmp.Diff(verbsOf(form.want), verbsOf(form.got)); diff != "" {
				t.Errorf("%s: the pattern %q:\n%s", l.Tag, form.got, diff)
			}
		}
		for key, w := range l.Within {
			if diff := cmp.Diff(verbsOf(english.Words[key]), verbsOf(w)); diff != "" {
				t.Errorf("%s: %s within a sentence (%q) has other {names}:\n%s", l.Tag, key, w, diff)
			}
		}
		for _, key := range l.Sentences {
			if !strings.Contains(l.Words[key], "{") {
				t.Errorf("%s: %s puts no date anywhere", l.Tag, key)
			}
		}
		seen := map[string]bool{}
		for _, m := range l.Months {
			if seen[m] || m == "" {
				t.Errorf("%s: the month %q", l.Tag, m)
			}
			seen[m] = true
		}
	}
}

func TestFor(t *testing.T) {
	for _, c := range []struct{ tag, dir, glossary, march string }{
		{"en", "ltr", "Glossary", "March 2024"},
		{"en-GB", "ltr", "Glossary", "March 2024"},
		{"fr", "ltr", "Glossaire", "mars 2024"},
		{"fr-CA", "ltr", "Glossaire", "mars 2024"},
		{"de-AT", "ltr", "Glossar", "März 2024"},
		{"es-419", "ltr", "Glosario", "marzo de 2024"},
		{"sw", "ltr", "Glossary", "March 2024"}, // no words of its own: English
		{"ar", "rtl", "Glossary", "March 2024"},
		{"he-IL", "rtl", "Glossary", "March 2024"},
		{"fa", "rtl", "Glossary", "March 2024"},
		{"ur", "rtl", "Glossary", "March 2024"},
		{"az-Arab", "rtl", "Glossary", "March 2024"},
		{"ar-Latn", "ltr", "Glossary", "March 2024"},
		{"uz", "ltr", "Glossary", "March 2024"},
	} {
		l := For(c.tag)
		if l.Tag != c.tag || l.Dir != c.dir || l.Say("glossary") != c.glossary || l.Month(3, "2024") != c.march {
			t.Errorf("For(%q) is %s, %s, %q, %q", c.tag, l.Tag, l.Dir, l.Say("glossary"), l.Month(3, "2024"))
		}
	}
	if l := For("not a tag"); l.Tag != "en" || l.Dir != "ltr" {
		t.Errorf("For of nonsense is %s, %s", l.Tag, l.Dir)
	}
}

func TestValid(t *testing.T) {
	for tag, want := range map[string]bool{"en": true, "pt-BR": true, "zh-Hant-TW": true, "": false, "english!": false, "e": false, "not a tag": false, "xx-yy-zz-": false} {
		if Valid(tag) != want {
			t.Errorf("Valid(%q) is %v", tag, !want)
		}
	}
}

func TestDate(t *testing.T) {
	first := time.Date(2024, 3, 1, 20, 5, 0, 0, time.UTC)
	for tag, want := range map[string][2]string{
		"en": {"1 March 2024, 20:05", "22 March 2024"},
		"fr": {"1er mars 2024, 20:05", "22 mars 2024"},
		"de": {"1. März 2024, 20:05", "22. März 2024"},
		"es": {"1 de marzo de 2024, 20:05", "22 de marzo de 2024"},
	} {
		l := For(tag)
		if got := [2]string{l.DateTime(first), l.Date(first.AddDate(0, 0, 21))}; got != want {
			t.Errorf("%s: %q, not %q", tag, got, want)
		}
	}
}

func TestSay(t *testing.T) {
	l := For("en")
	if got := l.Say("page-of", "n", "2", "total", "{n}"); got != "Page 2 of {n}" {
		t.Errorf("page-of: %q", got)
	}
	if got := l.Say("no-such-key"); got != "no-such-key" {
		t.Errorf("a key that is not there: %q", got)
	}
}

func TestShortens(t *testing.T) {
	for _, c := range []struct {
		word           string
		always, number bool
	}{
		{"Mr", true, true},
		{"Mme", true, true},
		{"bzw", true, true},
		{"No", false, true},
		{"Sept", false, true},
		{"gate", false, false},
	} {
		if always, number := Shortens(c.word, false), Shortens(c.word, true); always != c.always || number != c.number {
			t.Errorf("%s: %v, before a number %v", c.word, always, number)
		}
	}
}

// TestUsageIsTheLanguagesOwn: no language is read with the words of another.
func TestUsageIsTheLanguagesOwn(t *testing.T) {
	for _, tag := range []string{"en", "en-GB"} {
		if For(tag).Usage != &englishUsage {
			t.Errorf("%s has no usage", tag)
		}
	}
	for _, tag := range []string{"fr", "sw", "ar", "no language"} {
		if For(tag).Usage != nil {
			t.Errorf("%s has the usage of English", tag)
		}
	}
}

func TestGrouped(t *testing.T) {
	for _, c := range []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 999, "999"}, {"en", 1000, "1,000"}, {"en-GB", 1234567, "1,234,567"}, {"de", 1234, "1.234"}, {"fr", 1234, "1\u202f234"},
		{"es", 1234, "1234"}, {"es", 12345, "12.345"}, {"it", 1234, "1.234"}, {"sv", 1234, "1\u00a0234"}, {"ar", 1234, "1,234"}, {"tlh", 1234, "1,234"},
	} {
		l := For(c.tag)
		if got := Grouped(c.n, l.Thousands, l.Together); got != c.want {
			t.Errorf("%d in %s is %q, not %q", c.n, c.tag, got, c.want)
		}
	}
}
