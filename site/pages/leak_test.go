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
// use: no file of the site may hold one of them, but where CONTENT.md lets it.
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
		told := strings.ToLower(name + "\n" + out[name])
		for word, whose := range s.words {
			// The index of search and the like may share the beginning of a word.
			if strings.Contains(told, word[3:]) && !s.allowed[whose](name) {
				t.Errorf("%s holds the word of %s", name, whose)
			}
		}
	}
	for _, name := range s.wanted {
		if !strings.Contains(out[name], s.of("withdrawn note")) {
			t.Errorf("%s does not give the note", name)
		}
	}
	if want := s.of("live Explainer.title"); !strings.Contains(out["explainers/live/index.html"], want) {
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

// grammar are the keys whose values are no free text: what they say in a
// document of that name, "" to leave them out.
func grammar(who string) map[string]string {
	return map[string]string{
		"Explainer.status": "published", "Explainer.published": "2024-05-01", "Explainer.updated": "2024-05-02", "Explainer.as_of": "2024-05-01", "Explainer.review_by": "90d",
		"Explainer.authors": "[of-" + who + "]", "Explainer.editor": "of-" + who, "Explainer.topics": "[of-" + who + "]", "Explainer.related": "", "Explainer.lang": "en",
		"Explainer.index": "true", "Question.id": "id-" + who, "Question.use": "", "Question.sources": "[source-" + who + ", of-" + who + "]",
		"Question.as_of": "2024-05-01", "Question.updated": "2024-05-02", "Question.review_by": "2025-01-01", "Event.date": "2024-05-03", "Event.status": "claimed", "Event.importance": "1",
		"Event.question": "id-" + who, "Event.sources": "[source-" + who + "]", "Event.use": "", "Source.id": "source-" + who, "Source.type": "report", "Source.issued": "2024-04", "Source.accessed": "2024-04-02",
		"Source.archived": "2024-04-03", "Source.attribution": "unnamed", "Source.via": "", "Image.src": "picture-" + who + ".png", "Image.decorative": "", "Image.credit_reason": "", "Image.taken": "2024-04",
		"Image.sensitive": "graphic", "Update.date": "2024-05-04", "Update.type": "correction", "Update.questions": "[id-" + who + "]", "Update.substantive": "true", "Syndication.adapted": "true",
		"Syndication.canonical": "true", "TermChoice.skip": "", "TermChoice.only": "", "Term.kind": "person", "Term.match": "auto", "Term.see_also": "[also-" + who + "]", "Term.updated": "2024-05-01",
		"Term.affiliation": "", "Term.lat": "", "Term.lon": "", "Page.published": "2024-05-01", "Page.index": "true",
	}
}

// newSecrets is a site of one live explainer, and of everything there is that
// must not be public.
func newSecrets(t *testing.T) *secrets {
	s := &secrets{files: map[string]string{}, words: map[string]string{}, allowed: map[string]func(string) bool{}}
	var topics, authors, shared strings.Builder
	for _, who := range []string{"live", "draft", "review", "ahead", "withdrawn"} {
		w := &yamlOf{s: s, who: who, grammar: grammar(who), secret: who != "live"}
		switch who {
		case "draft", "review", "withdrawn":
			w.grammar["Explainer.status"] = who
		case "ahead":
			w.grammar["Explainer.published"], w.grammar["Explainer.updated"] = "2024-07-01", "2024-07-01"
		case "live":
			w.grammar["Explainer.related"] = "[draft, withdrawn]"
			w.also = map[string]string{"Explainer.questions": "\n  - use: withdrawn#id-withdrawn", "Explainer.timeline": "\n  - use: withdrawn#" + s.of("withdrawn Event.id")}
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
	page := &yamlOf{s: s, who: "page", grammar: grammar("page"), secret: true}
	page.grammar["Page.published"] = "2024-06-11"
	s.files["pages/page-"+page.word("file")+".md"] = "---" + page.fields(reflect.TypeFor[front.Page](), "") + "---\n" + page.word("body") +
		" and a [word](term:entry-page), with a [sheet](sheet-page.pdf).\n"
	s.files["pages/page-"+page.word("file")+"/sheet-page.pdf"] = page.word("document")
	s.entry(page)
	s.files["site.yaml"] = "title: Site\nbase_url: https://example.org/\noutputs: [cards, markdown, share-images, faq]\npinned: [draft, withdrawn]\ntopics:\n" + topics.String()
	s.files["authors.yaml"], s.files["sources.yaml"] = authors.String(), shared.String()
	return s
}

// explainer writes an explainer, its glossary entries and what lies beside them.
func (s *secrets) explainer(w *yamlOf) {
	beside := ""
	if w.who == "live" { // what is withdrawn stops nothing
		beside = "[to](withdrawn.md#id-withdrawn), [to](event:withdrawn#lost), [the](withdrawn/sheet-withdrawn.pdf) ![it](/explainers/withdrawn/picture-withdrawn.png) [all](/explainers/withdrawn/timeline/)\n\n"
	}
	notes := *w
	notes.secret = true // nobody gets to read those of a live one
	front := w.fields(reflect.TypeFor[front.Explainer](), "")
	front = strings.Replace(front, "notes: "+w.word("Explainer.notes"), "notes: "+notes.word("Explainer.notes"), 1)
	s.files["explainers/"+w.who+".md"] = "---" + front + "---\n" + w.word("intro") + " with the phrase " + w.word("Term.term") + " in it, <!-- " + notes.word("comment") + " --> and a [sheet](sheet-" + w.who + ".pdf).[^1]\n\n" +
		"![](picture-" + w.who + ".png)\n\n" + beside + "## Asked " + w.word("Asked") + "? {#asked-" + w.who + "}\n\n" + w.word("section") + " and a [word](term:entry-" + w.who + ").\n\n### " + w.word("heading") + "\n\n" + w.word("below") + "[@source-" + w.who + "]\n\n[^1]: " + w.word("note") + "\n"
	s.files["explainers/"+w.who+"/sheet-"+w.who+".pdf"] = w.word("document")
	s.files["explainers/"+w.who+"/picture-"+w.who+".png"] = w.word("picture")
	s.entry(w)
}

// entry writes the glossary entry that only one document uses, and one that only
// this entry names.
func (s *secrets) entry(w *yamlOf) {
	s.files["glossary/entry-"+w.who+".md"] = "---" + w.fields(reflect.TypeFor[front.Term](), "") + "---\n" + w.word("entry") + " with a [leaf](leaf-" + w.who + ".pdf) and the [explainer](../explainers/live.md).\n"
	s.files["glossary/entry-"+w.who+"/leaf-"+w.who+".pdf"] = w.word("leaf")
	s.files["glossary/also-"+w.who+".md"] = "---\nterm: " + w.word("also") + "\nshort: " + w.word("also short") + "\n---\n"
}

// withdraw says what of a withdrawn explainer may be read, and where it must be.
func (s *secrets) withdraw(w *yamlOf) {
	page, copies := "explainers/withdrawn/index.html", []string{"explainers/withdrawn/index.md"}
	for _, id := range []string{"id-withdrawn", "asked-withdrawn"} {
		copies = append(copies, "explainers/withdrawn/"+id+"/index.html", "explainers/withdrawn/"+id+"/embed.html")
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
	old := func(name string) bool {
		return strings.HasPrefix(name, w.word("Explainer.aliases")) || strings.HasPrefix(name, "explainers/withdrawn/"+w.word("Question.aliases")) || name == "_redirects" || name == "nutgraf-manifest.json"
	}
	s.allowed["withdrawn Explainer.aliases"], s.allowed["withdrawn Question.aliases"] = old, old
	w.also = map[string]string{"Explainer.timeline": "\n  - use: live#" + s.of("live Event.id"), "Explainer.questions": "\n  - use: live#id-live", "Explainer.updates": "\n  - date: 2024-06-09\n    type: editors-note\n    text: " + w.word("note")}
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

func (w *yamlOf) word(key string) string {
	if w.secret {
		return w.s.secret(w.who + " " + key)
	}
	return w.s.of(w.who + " " + key)
}

// fields writes every key of a struct of package front.
func (w *yamlOf) fields(t reflect.Type, indent string) string {
	var out strings.Builder
	first := " "
	if indent == "" || !strings.HasSuffix(w.who, "-item") {
		first = "\n" + indent
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("front"), ",")
		if name == "" || name == "-" {
			continue
		}
		if value := w.value(f.Type, t.Name()+"."+name, indent); value != "" {
			fmt.Fprintf(&out, "%s%s: %s", first, name, value)
			first = "\n" + indent
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
