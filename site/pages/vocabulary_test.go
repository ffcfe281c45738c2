package pages

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// The table of testdata/schemaorg.txt is made from a release of schema.org:
//
//	go test ./site/pages -run TestVocabulary -schemaorg schemaorg-current-https.jsonld -release 30.0
//
// with the file of that name from data/releases of github.com/schemaorg/schemaorg.
var (
	vocabularyFile = flag.String("schemaorg", "", "make testdata/schemaorg.txt from this file")
	release        = flag.String("release", "", "of what -schemaorg names")
)

const vocabularyTable = "testdata/schemaorg.txt"

// typesUsed are the types that pages speak of.
var typesUsed = []string{"Answer", "Article", "BackgroundNewsArticle", "Book", "BreadcrumbList", "CollectionPage", "CorrectionComment", "CreativeWork", "DefinedTerm",
	"DefinedTermSet", "EntryPoint", "Event", "FAQPage", "GeoCoordinates", "ImageObject", "ItemList", "Legislation", "ListItem", "NewsArticle", "NewsMediaOrganization", "Organization",
	"Person", "Place", "Question", "Report", "ScholarlyArticle", "SearchAction", "Thesis", "Thing", "WebPage", "WebSite"}

// vocabulary is what schema.org says of types and properties.
type vocabulary struct {
	above      map[string][]string // by type: its direct supertypes
	on, values map[string][]string // by property: the types it is of, and those of its values
}

// is reports whether a type is another or below it.
func (v *vocabulary) is(name, other string) bool {
	return name == other || slices.ContainsFunc(v.above[name], func(up string) bool { return v.is(up, other) })
}

// has reports whether a property may stand on one of the types.
func (v *vocabulary) has(types []string, property string) bool {
	for _, name := range types {
		if slices.ContainsFunc(v.on[property], func(on string) bool { return v.is(name, on) }) {
			return true
		}
	}
	return false
}

// readVocabulary reads the table: "type T: supertypes", "property P: types > types of values".
func readVocabulary(t *testing.T) *vocabulary {
	t.Helper()
	data, err := os.ReadFile(vocabularyTable)
	if err != nil {
		t.Fatal(err)
	}
	v := &vocabulary{map[string][]string{}, map[string][]string{}, map[string][]string{}}
	for line := range strings.Lines(string(data)) {
		head, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		kind, name, _ := strings.Cut(head, " ")
		switch kind {
		case "type":
			v.above[name] = strings.Fields(rest)
		case "property":
			on, values, _ := strings.Cut(rest, ">")
			v.on[name], v.values[name] = strings.Fields(on), strings.Fields(values)
		}
	}
	return v
}

// names are the ids of one JSON-LD value: one object, or several.
type names []string

func (n *names) UnmarshalJSON(b []byte) error {
	type id struct {
		ID string `json:"@id"`
	}
	var many []id
	if b[0] == '{' {
		b = slices.Concat([]byte("["), b, []byte("]"))
	}
	if err := json.Unmarshal(b, &many); err != nil {
		return err
	}
	for _, one := range many {
		*n = append(*n, strings.TrimPrefix(one.ID, "schema:"))
	}
	slices.Sort(*n)
	return nil
}

// TestVocabulary makes the table when asked to, and holds it to having
// all types that are used.
func TestVocabulary(t *testing.T) {
	if *vocabularyFile != "" {
		makeVocabulary(t)
	}
	v := readVocabulary(t)
	for _, name := range typesUsed {
		if _, ok := v.above[name]; !ok {
			t.Errorf("%s has no type %s; make it again", vocabularyTable, name)
		}
	}
}

func makeVocabulary(t *testing.T) {
	data, err := os.ReadFile(*vocabularyFile)
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Graph []struct {
			ID         string          `json:"@id"`
			Type       json.RawMessage `json:"@type"`
			Above      names           `json:"rdfs:subClassOf"`
			On         names           `json:"schema:domainIncludes"`
			Values     names           `json:"schema:rangeIncludes"`
			Superseded names           `json:"schema:supersededBy"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	above, wanted := map[string][]string{}, map[string]bool{}
	for _, n := range all.Graph {
		if bytes.Contains(n.Type, []byte(`"rdfs:Class"`)) {
			above[strings.TrimPrefix(n.ID, "schema:")] = n.Above
		}
	}
	var want func(name string)
	want = func(name string) {
		if _, ok := above[name]; ok && !wanted[name] {
			wanted[name] = true
			for _, up := range above[name] {
				want(up)
			}
		}
	}
	for _, name := range typesUsed {
		want(name)
	}
	var lines []string
	for name := range wanted {
		lines = append(lines, strings.TrimRight(fmt.Sprintf("type %s: %s", name, strings.Join(above[name], " ")), " "))
	}
	for _, n := range all.Graph {
		on := slices.DeleteFunc(n.On, func(name string) bool { return !wanted[name] })
		if len(on) > 0 && n.Superseded == nil {
			lines = append(lines, fmt.Sprintf("property %s: %s > %s", strings.TrimPrefix(n.ID, "schema:"), strings.Join(on, " "), strings.Join(n.Values, " ")))
		}
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(b[:1]+a, a[:1]+b) })
	head := "# Types of schema.org, release " + *release + ", that pages speak of, with their supertypes and all of their properties that nothing supersedes.\n" +
		"# The vocabulary is schema.org's, under CC BY-SA 3.0 (https://schema.org/docs/terms.html). Made by vocabulary_test.go, which says how.\n"
	if err := os.WriteFile(vocabularyTable, []byte(head+strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}
