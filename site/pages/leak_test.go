package pages

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nutgraf/site/diag"
	"nutgraf/site/front"
)

// TestNothingLeaks gives every key that holds text, every body and every file
// name of what isn't public a word of its own, and of what only such documents
// use: no file of the site may hold one of them, but where site/doc/content.md says so.
// A key that is added to package front gets its word by itself.
func TestNothingLeaks(t *testing.T) {
	s := newSecrets(t)
	out, ds := outputs(t, false, s.files)
	for _, d := range ds {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s (%s): give the key a value in grammar", d.At.File, d.Message, s.line(d.At))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(out)) {
		all := strings.ToLower(name + "\n" + out[name])
		for word, whose := range s.words {
			// The index of search and the like may share the beginning of a word.
			if strings.Contains(all, word[3:]) && !s.allowed[whose](name) {
				t.Errorf("%s holds the word of %s", name, whose)
			}
		}
	}
	for _, name := range s.wanted {
		if !strings.Contains(out[name], s.of("withdrawn note")) {
			t.Errorf("%s does not give the note", name)
		}
	}
	if !strings.Contains(out["explainers/live/index.html"], s.of("live Explainer.title")) {
		t.Error("the live explainer is not what it should be")
	}
}

// secrets are the files of a site, and the words that nobody may get to read.
type secrets struct {
	files   map[string]string
	words   map[string]string // to whose each is
	allowed map[string]func(file string) bool
	wanted  []string // files that must give the note of what is withdrawn
}

// of is the word of a key.
func (s *secrets) of(whose string) string {
	sum := sha256.Sum256([]byte(whose))
	return strings.ToLower(base32.HexEncoding.EncodeToString(sum[:])[:12])
}

// secret is the word of a key that nobody may read.
func (s *secrets) secret(whose string) string {
	word := s.of(whose)
	s.words[word] = whose
	if s.allowed[whose] == nil {
		s.allowed[whose] = func(string) bool { return false }
	}
	return word
}

// line is the line of a file that a message is about.
func (s *secrets) line(at diag.Place) string {
	text := s.files[strings.TrimPrefix(at.File, "content/")]
	start := strings.LastIndexByte(text[:at.Start], '\n') + 1
	line, _, _ := strings.Cut(text[start:], "\n")
	return line
}

// grammar are the keys whose values are no free text: what they say in a document
// of that name, nothing to leave them out.
func grammar(who string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(strings.ReplaceAll(grammars, "WHO", who)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		out[key] = strings.TrimSpace(value)
	}
	return out
}

const grammars = `Explainer.status: published
Explainer.published: 2024-05-01
Explainer.updated: 2024-05-02
Explainer.as_of: 2024-05-01
Explainer.review_by: 90d
Explainer.authors: [of-WHO]
Explainer.editor: of-WHO
Explainer.topics: [of-WHO]
Explainer.related: 
Explainer.lang: en
Explainer.index: true
Question.id: id-WHO
Question.use: 
Question.sources: [source-WHO, of-WHO]
Question.as_of: 2024-05-01
Question.updated: 2024-05-02
Question.review_by: 2025-01-01
Event.date: 2024-05-03
Event.status: claimed
Event.importance: 1
Event.question: id-WHO
Event.sources: [source-WHO]
Event.use: 
Source.id: source-WHO
Source.type: report
Source.issued: 2024-04
Source.accessed: 2024-04-02
Source.archived: 2024-04-03
Source.attribution: unnamed
Source.via: 
Image.src: picture-WHO.png
Image.decorative: 
Image.credit_reason: 
Image.taken: 2024-04
Image.sensitive: graphic
Update.date: 2024-05-04
Update.type: correction
Update.questions: [id-WHO]
Update.substantive: true
Syndication.adapted: true
Syndication.canonical: true
TermChoice.skip: 
TermChoice.only: 
Term.kind: person
Term.match: auto
Term.see_also: [also-WHO]
Term.updated: 2024-05-01
Term.affiliation: 
Term.lat: 
Term.lon: 
Page.published: 2024-05-01
Page.index: true`

// newSecrets is a site of one live explainer, and of everything there is that
// must not be public.
func newSecrets(t *testing.T) *secrets {
	s := &secrets{map[string]string{}, map[string]string{}, map[string]func(string) bool{}, nil}
	var topics, authors, shared strings.Builder
	for _, who := range []string{"live", "draft", "review", "ahead", "withdrawn"} {
		w := s.yaml(who)
		switch who {
		case "draft", "review", "withdrawn":
			w.grammar["Explainer.status"] = who
		case "ahead":
			w.grammar["Explainer.published"], w.grammar["Explainer.updated"] = "2024-07-01", "2024-07-01"
		case "live":
			w.grammar["Explainer.related"] = "[draft, withdrawn]"
			w.also["Explainer.questions"] = "\n  - use: withdrawn#id-withdrawn"
			w.also["Explainer.timeline"] = "\n  - use: withdrawn#" + s.of("withdrawn Event.id")
		}
		if who == "withdrawn" {
			s.withdraw(w)
		}
		s.explainer(w)
		fmt.Fprintf(&topics, "  of-%s:%s", who, w.fields(reflect.TypeFor[front.Topic](), "    "))
		fmt.Fprintf(&authors, "of-%s:%s", who, w.fields(reflect.TypeFor[front.Author](), "  "))
		w.grammar["Source.id"] = "of-" + who
		w.secretOf = "shared "
		fmt.Fprintf(&shared, "-%s", w.fields(reflect.TypeFor[front.Source](), "  "))
	}
	page := s.yaml("page")
	page.grammar["Page.published"] = "2024-06-11"
	file := "pages/page-" + page.word("file")
	s.files[file+".md"] = "---" + page.fields(reflect.TypeFor[front.Page](), "") + "---\n" +
		page.word("body") + " and a [word](term:entry-page), with a [sheet](sheet-page.pdf).\n"
	s.files[file+"/sheet-page.pdf"] = page.word("document")
	s.entry(page)
	s.files["site.yaml"] = "title: Site\nbase_url: https://example.org/\npinned: [draft, withdrawn]\n" +
		"outputs: [cards, markdown, share-images, faq]\ntopics:\n" + topics.String()
	s.files["authors.yaml"], s.files["sources.yaml"] = authors.String(), shared.String()
	return s
}

// explainer writes an explainer, its glossary entries and what lies beside them.
func (s *secrets) explainer(w *yamlOf) {
	notes := *w
	notes.secret = true // nobody gets to read those of a live one
	matter := w.fields(reflect.TypeFor[front.Explainer](), "")
	matter = strings.Replace(matter, w.word("Explainer.notes"), notes.word("Explainer.notes"), 1)
	beside := ""
	if w.who == "live" { // what is withdrawn stops nothing
		beside = "[to](withdrawn.md#id-withdrawn), [to](event:withdrawn#lost), " +
			"[the](withdrawn/sheet-withdrawn.pdf) ![it](/explainers/withdrawn/picture-withdrawn.png) " +
			"[all](/explainers/withdrawn/timeline/)"
	}
	body := strings.NewReplacer("WHO", w.who, "BESIDE", beside,
		"INTRO", w.word("intro"), "PHRASE", w.word("Term.term"),
		"COMMENT", notes.word("comment"), "ASKED", w.word("Asked"), "SECTION", w.word("section"),
		"HEADING", w.word("heading"), "BELOW", w.word("below"), "FOOTNOTE", w.word("footnote")).Replace(bodies)
	s.files["explainers/"+w.who+".md"] = "---" + matter + "---\n" + body
	s.files["explainers/"+w.who+"/sheet-"+w.who+".pdf"] = w.word("document")
	s.files["explainers/"+w.who+"/picture-"+w.who+".png"] = w.word("picture")
	s.entry(w)
}

const bodies = `INTRO with the phrase PHRASE in it, <!-- COMMENT --> and a [sheet](sheet-WHO.pdf).[^1]

![](picture-WHO.png)

BESIDE

## Asked ASKED? {#asked-WHO}

SECTION and a [word](term:entry-WHO).

### HEADING

BELOW[@source-WHO]

[^1]: FOOTNOTE
`

// entry writes the glossary entry that only one document uses, and one that only
// this entry names.
func (s *secrets) entry(w *yamlOf) {
	file := "glossary/entry-" + w.who
	s.files[file+".md"] = "---" + w.fields(reflect.TypeFor[front.Term](), "") + "---\n" +
		w.word("entry") + " with a [leaf](leaf-" + w.who + ".pdf) and the [explainer](../explainers/live.md).\n"
	s.files[file+"/leaf-"+w.who+".pdf"] = w.word("leaf")
	s.files["glossary/also-"+w.who+".md"] = fmt.Sprintf("---\nterm: %s\nshort: %s\n---\n", w.word("also"), w.word("also short"))
}

// withdraw says what of a withdrawn explainer may be read, and where it must be.
func (s *secrets) withdraw(w *yamlOf) {
	page, copies := "explainers/withdrawn/index.html", []string{"explainers/withdrawn/index.md"}
	for _, id := range []string{"id-withdrawn", "asked-withdrawn"} {
		card := "explainers/withdrawn/" + id + "/"
		copies = append(copies, card+"index.html", card+"embed.html")
	}
	log := []string{"updates/index.html", "updates/feed.xml"}
	s.wanted = slices.Concat([]string{page}, copies, log)
	in := func(files ...string) func(string) bool {
		return func(name string) bool { return slices.Contains(files, name) }
	}
	// The page has its title, which the log of updates calls it by.
	s.allowed["withdrawn Explainer.title"] = in(append(log, page)...)
	s.allowed["withdrawn note"] = in(s.wanted...)
	// What others hold of it, they hold by its address.
	alias, card := w.word("Explainer.aliases"), "explainers/withdrawn/"+w.word("Question.aliases")
	old := func(name string) bool {
		return strings.HasPrefix(name, alias) || strings.HasPrefix(name, card) || name == "_redirects"
	}
	s.allowed["withdrawn Explainer.aliases"], s.allowed["withdrawn Question.aliases"] = old, old
	w.also["Explainer.timeline"] = "\n  - use: live#" + s.of("live Event.id")
	w.also["Explainer.questions"] = "\n  - use: live#id-live"
	w.also["Explainer.updates"] = "\n  - {date: 2024-06-09, type: editors-note, text: " + w.word("note") + "}"
}

// yamlOf writes front matter for one document.
type yamlOf struct {
	s        *secrets
	who      string
	secretOf string // before the names of keys, for a second one of a kind
	grammar  map[string]string
	secret   bool
	also     map[string]string // further items of lists
}

func (s *secrets) yaml(who string) *yamlOf {
	return &yamlOf{s: s, who: who, grammar: grammar(who), secret: who != "live", also: map[string]string{}}
}

func (w *yamlOf) word(key string) string {
	if w.secret {
		return w.s.secret(w.who + " " + key)
	}
	return w.s.of(w.who + " " + key)
}

// fields writes every key of a struct of package front.
func (w *yamlOf) fields(t reflect.Type, indent string) string {
	var out strings.Builder
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("front"), ",")
		if name == "" || name == "-" {
			continue
		}
		if value := w.value(f.Type, t.Name()+"."+name, indent); value != "" {
			fmt.Fprintf(&out, "\n%s%s: %s", indent, name, value)
		}
	}
	return out.String() + "\n"
}

// value is what a key says: in its grammar, or a word of its own.
func (w *yamlOf) value(t reflect.Type, key, indent string) string {
	value, has := w.grammar[key]
	word := func() string { return w.word(w.secretOf + key) }
	switch {
	case has:
		return value
	case t == reflect.TypeFor[front.Text]() && strings.HasSuffix(key, "url"):
		return "https://example.org/" + word() + "/"
	case t == reflect.TypeFor[front.Text]():
		return word()
	case t == reflect.TypeFor[[]front.Text]() && key == "Term.same_as":
		return "[https://example.org/" + word() + "/]"
	case t == reflect.TypeFor[[]front.Text]():
		return "[" + word() + "]"
	case t.Kind() == reflect.Map:
		return "{key: " + word() + "}"
	case t.Kind() == reflect.Slice:
		item := strings.TrimLeft(w.fields(t.Elem(), indent+"    "), "\n ")
		out := "\n" + indent + "  - " + strings.TrimRight(item, "\n")
		switch key {
		case "Explainer.sources":
			out += "\n  - of-" + w.who
		case "Explainer.questions":
			out += "\n  - question: Asked " + w.word("Asked") + "?\n    id: asked-" + w.who
		}
		return out + w.also[key]
	case t.Kind() == reflect.Struct:
		return strings.TrimRight(w.fields(t, indent+"  "), "\n")
	}
	panic("package front has a kind of value that this test does not know: " + key)
}
