package pages

import (
	"context"
	"html"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/templates"
)

// without says what goes without a key: the page or the timeline's (page), the structured data
// on them (data), the Markdown copy (copy), or an amendment (amend), in which case a saved edit of
// the key loads the whole site. A key that doesn't stand here is in all four.
var without = map[string]string{
	// For the desk, or read by something else than the explainer's own page.
	"Explainer.aliases":   "page data copy amend",
	"Explainer.notes":     "page data copy",
	"Explainer.params":    "page data copy amend",
	"Explainer.review_by": "page data copy amend",
	"Question.review_by":  "page data copy amend",
	// Who copies an explainer needs neither its old names nor its neighbours.
	"Explainer.editor":       "copy amend",
	"Explainer.related":      "data copy amend",
	"Question.aliases":       "data copy amend",
	"Syndication.license":    "amend",
	"Syndication.originator": "amend",
	"Syndication.url":        "amend",
	"Syndication.via":        "amend",
	// schema.org has no property for these, or a short answer stands for them.
	"Event.date_text":    "data amend",
	"Event.flag":         "data amend",
	"Event.tags":         "data amend",
	"Event.text":         "data",
	"Explainer.as_of":    "data amend",
	"Explainer.knowns":   "data",
	"Explainer.label":    "data",
	"Explainer.unknowns": "data",
	"Image.alt":          "data",
	"Image.place":        "data amend",
	"Image.taken":        "data amend",
	"Question.answer":    "data",
	"Question.as_of":     "data amend",
	"Source.accessed":    "data amend",
	"Source.archive_url": "data amend",
	"Source.archived":    "data amend",
	"Source.id":          "data amend",
	"Update.was":         "data amend",
	// What other documents or lists of the site depend on.
	"Event.date":          "amend",
	"Event.id":            "amend",
	"Event.place":         "amend",
	"Explainer.authors":   "amend",
	"Explainer.lang":      "amend",
	"Explainer.published": "amend",
	"Explainer.topics":    "amend",
	"Explainer.updated":   "amend",
	"Image.src":           "amend",
	"Question.id":         "amend",
	"Question.updated":    "amend",
	"Source.author":       "amend",
	"Source.issued":       "amend",
	"Source.publisher":    "amend",
	"Source.title":        "amend",
	"Source.url":          "amend",
	"Update.date":         "amend",
}

// wordless are the keys without a word of their own to look for: their value is one of a few words,
// true or false, a number, the name of what is looked for itself, or goes with another alone.
var wordless = []string{
	"Explainer.status", "Explainer.index", "Question.use", "Question.sources",
	"Event.status", "Event.importance", "Event.question", "Event.sources", "Event.use",
	"Source.type", "Source.attribution", "Source.unnamed_reason", "Source.via",
	"Image.decorative", "Image.credit_reason", "Image.sensitive", "Image.warning",
	"Update.type", "Update.questions", "Update.substantive",
	"Syndication.adapted", "Syndication.canonical", "TermChoice.skip", "TermChoice.only",
}

// valued are the values of keys that can't be any word. What is looked for is in no other value.
var valued = map[string]string{
	"Explainer.published":   "2024-05-11",
	"Explainer.updated":     "2024-05-14",
	"Explainer.as_of":       "2024-05-12",
	"Explainer.review_by":   "2024-12-22",
	"Explainer.authors":     "[Ann Author]",
	"Explainer.editor":      "Ed Editor",
	"Explainer.topics":      "[its-topic]",
	"Explainer.related":     "[its-neighbour]",
	"Explainer.lang":        "en-AU",
	"Question.id":           "its-question",
	"Question.sources":      "[its-source]",
	"Question.as_of":        "2024-05-15",
	"Question.updated":      "2024-05-16",
	"Question.review_by":    "2024-12-23",
	"Event.date":            "2024-06-17",
	"Event.status":          "scheduled",
	"Event.question":        "its-question",
	"Event.sources":         "[its-source]",
	"Source.id":             "its-source",
	"Source.issued":         "2024-04-18",
	"Source.accessed":       "2024-05-19",
	"Source.archived":       "2024-05-21",
	"Source.attribution":    "named", // an unnamed one is no work that schema.org has
	"Source.unnamed_reason": "",
	"Image.src":             "its-picture.png",
	"Image.sensitive":       "", // no copy shows such a picture
	"Image.warning":         "",
	"Image.taken":           "2024-04-21",
	"Update.date":           "2024-05-13",
	"Update.questions":      "[its-question]",
}

// TestKeysAreDecided gives each key of an explainer a word of its own and looks for it in what
// is made of the explainer, so that a new key is forgotten nowhere: where it is left out, that is
// decided above.
func TestKeysAreDecided(t *testing.T) {
	w, files := explainerWithWords()
	out, ds := outputs(t, false, files)
	for _, d := range ds {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s (%s): give the key a value in valued", d.At.File, d.Message, w.s.line(d.At))
		}
	}
	page, data := parted(out["explainers/live/index.html"] + out["explainers/live/timeline/index.html"])
	edit := editor(t, files)
	words := w.words(reflect.TypeFor[front.Explainer]())
	for _, key := range slices.Sorted(maps.Keys(words)) {
		word := words[key]
		if slices.Contains(wordless, key) {
			continue
		}
		if len(word) < len("en-AU") {
			t.Errorf("%s has no word of its own: give it one in valued, or name it in wordless", key)
			continue
		}
		found := map[string]bool{
			"page":  strings.Contains(page, word) || strings.Contains(page, inWords(word)),
			"data":  strings.Contains(data, word),
			"copy":  strings.Contains(out["explainers/live/index.md"], word),
			"amend": edit(word),
		}
		var lacks []string
		for _, place := range []string{"page", "data", "copy", "amend"} {
			if !found[place] {
				lacks = append(lacks, place)
			}
		}
		if got := strings.Join(lacks, " "); got != without[key] {
			t.Errorf("%s goes without %q, and without says %q: add it there, or decide otherwise",
				key, got, without[key])
		}
	}
	for key := range without {
		if words[key] == "" {
			t.Errorf("without decides %s, which no key is", key)
		}
	}
}

// inWords is a day as pages write it, or what it is if it is none.
func inWords(word string) string {
	day, err := time.Parse(time.DateOnly, word)
	if err != nil {
		return word
	}
	return day.Format("2 January 2006")
}

// explainerWithWords is a site with one explainer that has every key.
func explainerWithWords() (*yamlOf, map[string]string) {
	s := &secrets{map[string]string{}, map[string]string{}, map[string]func(string) bool{}, nil}
	w := s.yaml("live")
	for key, value := range valued {
		w.grammar[key] = value
	}
	s.files["explainers/live.md"] = "---" + w.fields(reflect.TypeFor[front.Explainer](), "") +
		"---\n## Asked? {#asked-live}\n\nAnswered.\n"
	s.files["explainers/live/its-picture.png"] = "picture"
	s.files["explainers/its-neighbour.md"] = "---\ntitle: Near\npublished: 2024-05-01\n---\n## What? {#what}\n\nThis.\n"
	s.files["sources.yaml"] = "- {id: of-live, title: Shared}\n"
	s.files["site.yaml"] = "title: Site\nbase_url: https://example.org/\noutputs: [markdown]\n" +
		"topics: {its-topic: {title: its-topic}}\n"
	return w, s.files
}

var dataInPage = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

// parted is what pages show, and their structured data.
func parted(page string) (rest, data string) {
	for _, m := range dataInPage.FindAllStringSubmatch(page, -1) {
		data += m[1]
	}
	return html.UnescapeString(dataInPage.ReplaceAllString(page, "")), data
}

// words is what each key of a struct of package front says, and of the structs in it.
func (w *yamlOf) words(t reflect.Type) map[string]string {
	all := map[string]string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("front"), ",")
		if name == "" || name == "-" {
			continue
		}
		key, in := t.Name()+"."+name, f.Type
		if in.Kind() == reflect.Slice {
			in = in.Elem()
		}
		if in.Kind() == reflect.Struct && in.NumField() > 2 {
			for key, word := range w.words(in) {
				all[key] = word
			}
		} else if value, has := w.grammar[key]; has {
			all[key] = strings.Trim(value, "[]")
		} else {
			all[key] = w.word(key)
		}
	}
	return all
}

// editor returns what changes a word of the explainer that was loaded, and reports whether
// that was an amendment.
func editor(t *testing.T, files map[string]string) func(word string) bool {
	const file = "explainers/live.md"
	content, now := fstest.MapFS{}, time.Date(2024, 6, 10, 0, 0, 0, 0, time.UTC)
	for name, text := range files {
		content[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, _, err := site.Load(context.Background(), site.Options{
		Content: content, DefaultTemplates: templates.FS, Now: now,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return func(word string) bool {
		old := content[file]
		last := len(word) - 1
		other := word[:last] + string(word[last]^1) // another digit or letter
		text := strings.ReplaceAll(string(old.Data), word, other)
		content[file] = &fstest.MapFile{Data: []byte(text)}
		_, _, ok, err := s.Amend(context.Background(), now, []string{"content/" + file})
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			content[file] = old
		}
		return ok
	}
}
