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

// TestWhole writes whole numbers as CLDR has them.
func TestWhole(t *testing.T) {
	for tag, want := range map[string][3]string{
		"en-GB": {"999", "8,093", "1,234,567"}, "de": {"999", "8.093", "1.234.567"}, "es": {"999", "8093", "1.234.567"},
		"fr": {"999", "8\u202f093", "1\u202f234\u202f567"}, "pl": {"999", "8\u202f093", "1\u202f234\u202f567"},
	} {
		for i, n := range []int{999, 8093, 1234567} {
			if got := For(tag).Whole(n); got != want[i] {
				t.Errorf("%s: %q, want %q", tag, got, want[i])
			}
		}
	}
}
