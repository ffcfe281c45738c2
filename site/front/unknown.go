package front

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"nutgraf/site/diag"
)

// foreignKey is a key of other site generators: what it is called here, or
// what to do where there is no such thing.
type foreignKey struct{ ours, whose, hint string }

const many = "Hugo, Jekyll and Eleventy"

// foreignKeys are the keys that writers bring along, in lower case.
var foreignKeys = map[string]foreignKey{
	"date":         {ours: "published", whose: many},
	"publishdate":  {ours: "published", whose: "Hugo"},
	"pubdate":      {ours: "published", whose: "Astro"},
	"lastmod":      {ours: "updated", whose: "Hugo"},
	"last_updated": {ours: "updated"}, "modified": {ours: "updated"},
	"last_modified_at": {ours: "updated", whose: "Jekyll"},
	"updateddate":      {ours: "updated", whose: "Astro"},
	"description":      {ours: "standfirst", whose: many}, "summary": {ours: "standfirst", whose: "Hugo"},
	"dek": {ours: "standfirst"}, "deck": {ours: "standfirst"}, "subtitle": {ours: "standfirst"},
	"excerpt": {ours: "standfirst", whose: "Jekyll"},
	"lede":    {ours: "standfirst"}, "lead": {ours: "standfirst"}, "abstract": {ours: "standfirst"},
	"author": {ours: "authors", whose: many}, "byline": {ours: "authors"}, "editors": {ours: "editor"},
	"tags": {ours: "topics", whose: many}, "categories": {ours: "topics", whose: many},
	"category": {ours: "topics", whose: "Jekyll"}, "tag": {ours: "topics"},
	"headline": {ours: "title"}, "name": {ours: "title"}, "heading": {ours: "title"},
	"image": {ours: "images"}, "cover": {ours: "images"}, "hero": {ours: "images"},
	"thumbnail": {ours: "images"}, "photo": {ours: "images"},
	"redirect_from": {ours: "aliases", whose: "Jekyll"}, "redirects": {ours: "aliases"},
	"language": {ours: "lang"}, "locale": {ours: "lang"},
	"q": {ours: "question"}, "a": {ours: "answer"}, "faq": {ours: "questions"},
	"faqs": {ours: "questions"}, "qa": {ours: "questions"},
	"events": {ours: "timeline"}, "chronology": {ours: "timeline"},
	"references": {ours: "sources"}, "citations": {ours: "sources"}, "bibliography": {ours: "sources"},
	"corrections": {ours: "updates"}, "changelog": {ours: "updates"},
	"definition": {ours: "short"}, "synonyms": {ours: "forms"}, "abbreviation": {ours: "forms"},
	"abbreviations": {ours: "forms"},
	"see":           {ours: "see_also"}, "link": {ours: "url"}, "href": {ours: "url"},
	"baseurl":      {ours: "base_url", whose: "Hugo and Jekyll"},
	"languagecode": {ours: "lang", whose: "Hugo"}, "menu": {ours: "navigation", whose: "Hugo"},
	"paginate": {ours: "per_page", whose: "Hugo and Jekyll"},
	"file":     {ours: "src"}, "path": {ours: "src"}, "alttext": {ours: "alt"}, "alt_text": {ours: "alt"},

	"draft":       {whose: "Hugo", hint: "write `status: draft`"},
	"unpublished": {hint: "write `status: draft`"},
	"noindex":     {hint: "write `index: false`"},
	"slug":        {whose: many, hint: "rename the file: its name is the id, and so the address"},
	"permalink":   {whose: "Jekyll and Eleventy", hint: "rename the file: its name is the id, and so the address"},
	"url":         {whose: "Hugo", hint: "rename the file: its name is the id, and so the address"},
	"layout":      {whose: many, hint: "remove it: the folder says what a file is"},
	"type":        {whose: "Hugo", hint: "remove it: the folder says what a file is"},
	"weight":      {whose: "Hugo", hint: "remove it: `pinned` in site.yaml says what comes first"},
	"expirydate":  {whose: "Hugo", hint: "remove it: `status: withdrawn` takes a page back, `review_by` reminds of it"},
	"theme":       {whose: many, hint: "remove it: templates/ and static/ are the theme"},
	"plugins":     {whose: "Jekyll", hint: "remove it: there are none"},
}

// unknown reports a key that its struct lacks, and returns the one that was
// probably meant, or "". given says which keys the writer gave.
func (p *parser) unknown(s *shape, key Text, value *yaml.Node, given func(key string) bool) (meant string) {
	d := diag.Diagnostic{Severity: diag.Error, Rule: "unknown-key",
		Message: fmt.Sprintf("unknown key “%s”", short(key.Value)), At: p.place(key.Span)}
	foreign, known := foreignKeys[strings.ToLower(key.Value)]
	if _, fits := s.byKey[foreign.ours]; known && (fits || foreign.ours == "" && s.given >= 0) {
		if foreign.whose != "" {
			d.Why = fmt.Sprintf("`%s` is a key of %s", key.Value, foreign.whose)
		}
		d.Hint = foreign.hint
		if fits {
			meant = foreign.ours
			if takes(s.fields[s.byKey[meant]], value) {
				d.Fix = p.instead(key, meant)
			}
			d.Hint = "here it is `" + meant + "`"
		}
		if key.Value == "draft" && value.Value == "false" {
			d.Hint = "remove it, or write `status: published`"
		}
		if key.Value == "draft" && value.Value == "true" && !given("status") {
			d.Fix = append(p.instead(key, "status"), diag.Write(p.place(p.span(value)), "draft")...)
		}
	} else if near, ok := diag.Nearest(unquoteSmart(key.Value), s.keys); ok {
		meant = near
		d.Hint = "did you mean `" + meant + "`?"
		if len(diag.ReplaceByNearest(d.At, unquoteSmart(key.Value), s.keys)) > 0 { // and no other
			d.Fix = p.instead(key, meant)
		}
	} else if keyNames[key.Value] != "" && s.given >= 0 {
		d.Hint = "indent it, if it belongs to what stands above: to an item of a list, or to the map of a key"
	} else if _, ok := s.byKey["params"]; ok {
		d.Hint = "free data goes under `params`"
	} else {
		d.Why = "known here: " + strings.Join(s.keys, ", ")
	}
	if given(meant) { // the two would be one key twice
		d.Fix = nil
	}
	p.add(d)
	return meant
}

// takes reports whether a field may have a value as it stands: a text, or a list of them.
func takes(f field, value *yaml.Node) bool {
	if value.Kind == yaml.SequenceNode {
		return f.typ == reflect.TypeFor[[]Text]() &&
			!slices.ContainsFunc(value.Content, func(n *yaml.Node) bool { return n.Kind != yaml.ScalarNode })
	}
	return value.Kind == yaml.ScalarNode && (f.typ == reflect.TypeFor[Text]() || f.one)
}

// saysStatus reports whether an unknown key, which probably means another, looks
// as if it said whether an explainer is published.
func saysStatus(key, meant string) bool {
	key = strings.ToLower(key)
	within := func(part string) bool { return strings.Contains(key, part) }
	return meant == "published" || meant == "status" ||
		slices.ContainsFunc([]string{"publi", "status", "draft", "embargo"}, within)
}

func unquoteSmart(s string) string { return strings.Trim(s, "“”„‘’‚\"'") }
