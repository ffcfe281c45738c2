package prose

import (
	"fmt"
	"strings"
	"testing"

	"nutgraf/site/lang"
)

// TestPhrasesAreRead: what is in braces is a class that the reader knows, and no
// sign of the notation is left in a word.
func TestPhrasesAreRead(t *testing.T) {
	for word := range englishWords.entries {
		if strings.ContainsAny(word, "{}|? ") || word == "" {
			t.Errorf("%q is no word", word)
		}
	}
	if New(lang.For("sw")) != nil {
		t.Error("a language without usage has words to look for")
	}
}

// frenchWords is what a file of French would begin with. Nothing in the code is English.
var frenchWords = func() *Words {
	l := *lang.For("fr")
	l.Usage = &lang.Usage{
		Weekdays: [7]string{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
		Numbers:  map[string]int{"un": 1, "une": 1, "deux": 2, "trois": 3},
		Relative: []lang.Relative{
			{Words: "hier", Sense: lang.Counted, Unit: lang.Day, By: -1},
			{Words: "la semaine dernière", Sense: lang.Counted, Unit: lang.Week, By: -1},
			{Words: "l'an dernier", Sense: lang.Counted, Unit: lang.Year, By: -1},
			{Words: "{weekday}", Sense: lang.Nearest},
			{Words: "en? {month} dernier", Sense: lang.Last, Unit: lang.Month},
			{Words: "il y a {n} an|ans", Sense: lang.Ago, Unit: lang.Year},
			{Words: "récemment", Sense: lang.Vague},
		},
		Timeless:   []string{"le|chaque|tous|du {weekday}"},
		Past:       "dit",
		PastEnding: "é",
		Future:     "doit doivent",
		Claims:     []string{"{digits}|{year}", "a dit|annoncé|déclaré", "selon"},
		Known:      "ONU UE",
		Articles:   "le la les",
		Small:      "de du des la le les pour et",
	}
	return New(&l)
}()

func TestAnotherLanguageIsDataOnly(t *testing.T) {
	for text, want := range map[string]string{
		"Le pont a été fermé hier.":                                             "hier=2024-03-24",
		"Le pont a fermé la semaine dernière.":                                  "la semaine dernière=2024-03-18/2024-03-24",
		"Elle a démissionné l’an dernier.":                                      "l’an dernier=2023",
		"Il est parti en octobre dernier.":                                      "en octobre dernier=2023-10",
		"Le maire a annoncé jeudi sa démission.":                                "jeudi=2024-03-21 claim",
		"Ils doivent se voir jeudi.":                                            "jeudi=2024-03-28",
		"Le marché a lieu le jeudi.":                                            "",
		"Le port a fermé il y a deux ans.":                                      "il y a deux ans=2022~",
		"Récemment, selon l’ONU, tout va bien.":                                 "Récemment= claim",
		"L’OTAN se tait, et l’UE aussi.":                                        "OTAN",
		"L’Organisation du traité de l’Atlantique nord (OTAN) se tait.":         "",
		"Le Front pour la Défense du Littoral parle; le FDL est aussi inquiet.": "",
	} {
		r := frenchWords.Read(Passage{Text: text})
		var got []string
		for _, f := range r.Dates(march, march.AddDate(1, 0, 0)) {
			got = append(got, fmt.Sprintf("%s=%s", text[f.Start:f.End], f.Means))
		}
		if len(got) == 0 || strings.Contains(want, "claim") {
			for range r.Claims() {
				got = append(got, "claim")
			}
		}
		for _, a := range NewAbbreviations(nil).Unexplained(r) {
			got = append(got, a.Letters)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", text, strings.Join(got, " "), want)
		}
	}
}
