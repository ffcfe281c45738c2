package front

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
)

// foreignKey is a key of other site generators: what it is called here, of several names the
// one that is a key where it stands, or what to do where there is no such thing.
type foreignKey struct{ ours, whose, hint string }

const many = "Hugo, Jekyll and Eleventy"

// What to do with what is no key here.
const (
	fileName   = "rename the file: its name is the id, and so the address"
	nothing    = "remove it: there is no such thing here"
	pin        = "remove it: `pinned` in site.yaml says what comes first"
	pictures   = "pictures are a list: `images: [{src: photo.jpg, alt: what it shows, credit: whose it is}]`"
	translated = "remove it: a file's name says of what it is a translation: " +
		"sea-gates.fr.md is sea-gates.md in French"
	embargoed = "give its end as `published:`, such as 2024-03-22T06:00: until then nothing of it is built"
	listed    = "remove it: `navigation` of site.yaml lists what stands in every page's head"
	moved     = "remove the file, and give its old path as one of `aliases` where it leads to"
	elsewhere = "where it was first published stands under `syndication`: originator and url; " +
		"`canonical: true` points search engines there"
)

// foreignKeys are the keys that writers bring along, in lower case.
var foreignKeys = map[string]foreignKey{
	"date":         {ours: "published issued", whose: many},
	"publishdate":  {ours: "published", whose: "Hugo"},
	"pubdate":      {ours: "published", whose: "Astro"},
	"lastmod":      {ours: "updated", whose: "Hugo"},
	"last_updated": {ours: "updated"}, "modified": {ours: "updated"},
	"last_modified_at": {ours: "updated", whose: "Jekyll"},
	"updateddate":      {ours: "updated", whose: "Astro"},
	"description":      {ours: "standfirst text short alt", whose: many},
	"summary":          {ours: "standfirst short text", whose: "Hugo"},
	"dek":              {ours: "standfirst"}, "deck": {ours: "standfirst"}, "subtitle": {ours: "standfirst"},
	"excerpt": {ours: "standfirst", whose: "Jekyll"},
	"lede":    {ours: "standfirst"}, "lead": {ours: "standfirst"}, "abstract": {ours: "standfirst short"},
	"author": {ours: "authors", whose: many}, "byline": {ours: "authors"}, "editors": {ours: "editor"},
	"tags": {ours: "topics", whose: many}, "categories": {ours: "topics", whose: many},
	"category": {ours: "topics", whose: "Jekyll"}, "tag": {ours: "topics"},
	"headline": {ours: "title"}, "name": {ours: "title term"}, "heading": {ours: "title question"},
	"image": {hint: pictures}, "cover": {whose: "Hugo and Astro", hint: pictures}, "hero": {hint: pictures},
	"thumbnail": {hint: pictures}, "photo": {hint: pictures}, "heroimage": {whose: "Astro", hint: pictures},
	"feature_image": {whose: "Ghost", hint: pictures}, "featured_image": {whose: "WordPress", hint: pictures},
	"ogimage": {hint: pictures}, "og_image": {whose: "Ghost", hint: pictures}, "banner": {hint: pictures},
	"coverimage": {hint: pictures}, "cover_image": {hint: pictures}, "featuredimage": {hint: pictures},
	"header": {whose: "Jekyll's themes", hint: pictures}, "teaser": {ours: "standfirst"},
	"redirect_from": {ours: "aliases", whose: "Jekyll"}, "redirects": {ours: "aliases"},
	"language": {ours: "lang"}, "locale": {ours: "lang"},
	"q": {ours: "question"}, "a": {ours: "answer"}, "faq": {ours: "questions"},
	"faqs": {ours: "questions"}, "qa": {ours: "questions"},
	"events": {ours: "timeline"}, "chronology": {ours: "timeline"},
	"references": {ours: "sources"}, "citations": {ours: "sources"}, "bibliography": {ours: "sources"},
	"corrections": {ours: "updates"}, "changelog": {ours: "updates"},
	"definition": {ours: "short"}, "synonyms": {ours: "forms"}, "abbreviation": {ours: "forms"},
	"abbreviations": {ours: "forms"},
	"see":           {ours: "see_also"}, "link": {ours: "url"}, "href": {ours: "url"}, "website": {ours: "url"},
	"baseurl":      {ours: "base_url", whose: "Hugo and Jekyll"},
	"languagecode": {ours: "lang", whose: "Hugo"}, "menu": {ours: "navigation", whose: "Hugo"},
	"paginate": {ours: "per_page", whose: "Hugo and Jekyll"},
	"file":     {ours: "src"}, "path": {ours: "src url"}, "alttext": {ours: "alt"}, "alt_text": {ours: "alt"},

	"title": {ours: "term"}, "aka": {ours: "forms"}, "plural": {ours: "forms"},
	"also_known_as": {ours: "forms"}, "variants": {ours: "forms"}, "alternatives": {ours: "forms"},

	"created": {ours: "published"}, "created_at": {ours: "published"},
	"post_date":    {whose: "WordPress", ours: "published"},
	"publish_date": {ours: "published"}, "published_at": {whose: "Ghost", ours: "published"},
	"pubdatetime": {whose: "Astro", ours: "published"}, "publishedat": {ours: "published"},
	"moddatetime": {whose: "Astro", ours: "updated"}, "updated_at": {whose: "Ghost", ours: "updated"},
	"updatedat": {ours: "updated"}, "last_modified": {ours: "updated"}, "lastupdated": {ours: "updated"},
	"custom_excerpt": {whose: "Ghost", ours: "standfirst"}, "meta_description": {ours: "standfirst"},
	"og_description": {whose: "Ghost", ours: "standfirst"}, "post_title": {whose: "WordPress", ours: "title"},
	"meta_title": {ours: "title"}, "og_title": {whose: "Ghost", ours: "title"},
	"linktitle": {whose: "Hugo", ours: "title"},
	"keywords":  {whose: "Hugo", ours: "topics"}, "series": {whose: "Hugo", ours: "topics"},
	"redirect_to":   {whose: "Jekyll", hint: moved},
	"canonical_url": {hint: elsewhere},
	"canonicalurl":  {whose: "Astro", hint: elsewhere},

	"embargo":        {hint: embargoed},
	"embargo_until":  {hint: embargoed},
	"sperrfrist":     {hint: embargoed},
	"embargo-bis":    {hint: embargoed},
	"эмбарго":        {hint: embargoed},
	"translation_of": {hint: translated}, "translationof": {hint: translated}, "translations": {hint: translated},
	"translationkey": {whose: "Hugo", hint: translated}, "translation_key": {hint: translated},
	"translated_from": {hint: translated}, "lang_ref": {whose: "Jekyll", hint: translated},
	"toc":             {whose: "Hugo", hint: "remove it: every explainer lists its questions"},
	"tableofcontents": {hint: "remove it: every explainer lists its questions"},
	"id":              {hint: fileName}, "uid": {hint: fileName}, "guid": {hint: fileName}, "uuid": {hint: fileName},
	"post_id": {whose: "WordPress", hint: fileName}, "post_name": {whose: "WordPress", hint: fileName},
	"postslug": {whose: "Astro", hint: fileName},
	"comments": {hint: nothing}, "comment_status": {whose: "WordPress", hint: nothing},
	"headless": {whose: "Hugo", hint: nothing}, "markup": {whose: "Hugo", hint: nothing},
	"cascade": {whose: "Hugo", hint: nothing}, "outputs": {whose: "Hugo", hint: nothing},
	"resources":                      {whose: "Hugo", hint: pictures},
	"sitemap":                        {hint: "write `index: false` to keep it out"},
	"robots":                         {hint: "write `index: false` to keep it out of search engines"},
	"eleventyexcludefromcollections": {whose: "Eleventy", hint: "write `index: false`, or `status: draft`"},
	"eleventynavigation":             {whose: "Eleventy", hint: listed},
	"eleventycomputed":               {whose: "Eleventy", hint: nothing},
	"pagination":                     {whose: "Eleventy", hint: nothing},
	"iscjklanguage":                  {whose: "Hugo", hint: "write `lang:` with the language: zh, ja or ko"},
	"featured":                       {hint: pin}, "sticky": {whose: "WordPress", hint: pin}, "pinned": {hint: pin},
	"nav_order": {whose: "Jekyll's themes", hint: pin}, "order": {hint: pin},
	"visibility":  {whose: "Ghost", hint: "remove it, or write `status: draft`"},
	"post_status": {whose: "WordPress", hint: "write `status:` with draft, review, published or withdrawn"},
	"private":     {hint: "write `status: draft`"}, "hidden": {hint: "write `index: false`, or `status: draft`"},
	"math": {hint: nothing}, "cssclass": {whose: "Obsidian", hint: nothing}, "sidebar": {hint: nothing},
	"post_type": {whose: "WordPress", hint: "remove it: the folder says what a file is"},
	"template":  {whose: many, hint: "remove it: the folder says what a file is"},

	"draft":       {whose: "Hugo", hint: "write `status: draft`"},
	"unpublished": {hint: "write `status: draft`"},
	"noindex":     {hint: "write `index: false`"},
	"slug":        {whose: many, hint: fileName},
	"permalink":   {whose: "Jekyll and Eleventy", hint: fileName},
	"url":         {whose: "Hugo", hint: fileName},
	"layout":      {whose: many, hint: "remove it: the folder says what a file is"},
	"type":        {whose: "Hugo", hint: "remove it: the folder says what a file is"},
	"weight":      {whose: "Hugo", hint: "remove it: `pinned` in site.yaml says what comes first"},
	"expirydate": {whose: "Hugo", hint: "" +
		"remove it: `status: withdrawn` takes a page back, `review_by` reminds of it"},
	"theme":   {whose: many, hint: "remove it: templates/ and static/ are the theme"},
	"plugins": {whose: "Jekyll", hint: "remove it: there are none"},
}

// itemKeys are names that writers give to keys within an item of a list, or a map, with those that
// they may stand for.
var itemKeys = map[string]string{
	"event": "title", "what": "title", "happened": "title", "title": "question name",
	"when": "date", "day": "date", "start": "date", "year": "date issued",
	"where": "place", "location": "place", "city": "place",
	"note": "text", "notes": "text", "comment": "text", "change": "text", "details": "text",
	"message": "text", "body": "text answer", "content": "text answer",
	"text": "title answer caption", "old": "was", "before": "was", "wrong": "was",
	"source": "sources", "citation": "sources", "category": "tags type", "topics": "tags",
	"journal": "publisher", "newspaper": "publisher", "outlet": "publisher",
	"organisation": "publisher", "organization": "publisher", "agency": "publisher",
	"by": "author", "writer": "author", "authors": "author",
	"retrieved": "accessed", "access_date": "accessed", "archive": "archive_url",
	"key": "id", "slug": "id", "anchor": "id", "filename": "src", "url": "src",
	"photographer": "credit", "credits": "credit", "copyright": "credit", "attribution": "credit",
	"label": "title flag", "job": "role", "position": "role", "mail": "email", "image": "logo",
}

// endKeys are what the last day of an event is called elsewhere: here one date has both.
var endKeys = []string{"end", "end_date", "enddate", "to", "until"}

// strangePair is a pair of a map whose key is unknown.
type strangePair struct {
	key        Text
	value      *yaml.Node
	belowItems bool // what stands above it is a list or a map that it may belong to
}

// unknown reports a key that its struct lacks, and returns the one that was
// probably meant, or "". given says which keys the writer gave.
func (p *parser) unknown(s *shape, u strangePair, given func(key string) bool) (meant string) {
	key, value := u.key, u.value
	d := diag.Diagnostic{Severity: diag.Error, Rule: "unknown-key",
		Message: fmt.Sprintf("unknown key “%s”", short(key.Value)), At: p.place(key.Span)}
	if p.unseen(s, &d, key) {
		return diag.Seen(key.Value)
	}
	if latin, ok := p.lookalike(s, &d, key, given); ok {
		return latin
	}
	name := strings.ToLower(norm.NFKC.String(key.Value))
	foreign := foreignKeys[name]
	named := s.named(name)
	foreign.ours = cmp.Or(append(named, "")...)
	hinted := foreign.hint != "" && s.given >= 0
	if s.name == "Event" && slices.Contains(endKeys, name) {
		hinted, foreign.hint = true, "write both days into `date`: 2024-05-03/2024-05-05"
	}
	if fits := foreign.ours != ""; fits || hinted {
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
		if len(named) > 1 {
			d.Hint, d.Fix = "here it is `"+strings.Join(named, "` or `")+"`", nil
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
	} else if keyNames[key.Value] != "" && u.belowItems {
		d.Hint = "indent it, if it belongs to what stands above: to an item of a list, or to the map of a key"
	} else if _, ok := s.byKey["params"]; ok {
		d.Hint = "remove it, or indent it under `params:` if a template of yours reads it"
	} else {
		d.Why = "known here: " + strings.Join(s.keys, ", ")
	}
	if given(meant) { // the two would be one key twice
		d.Fix = nil
	}
	p.add(d)
	return meant
}

// named are the keys of a struct that go by another name elsewhere: several where that name, in
// its language, may mean each of them.
func (s *shape) named(name string) []string {
	names := foreignKeys[name].ours
	if s.given < 0 {
		names += " " + itemKeys[name]
	}
	if key := s.oneOf(names); key != "" {
		return []string{key}
	}
	var found []string
	for _, ours := range oursByName()[foldName(name)] {
		if _, fits := s.byKey[ours]; fits {
			found = append(found, ours)
		}
	}
	return found
}

// oneOf is the first of some keys, with blanks between them, that a struct has; "" if none.
func (s *shape) oneOf(keys string) string {
	for _, key := range strings.Fields(keys) {
		if _, ok := s.byKey[key]; ok {
			return key
		}
	}
	return ""
}

// takes reports whether a field may have a value as it stands: a text, or a list of them.
func takes(f field, value *yaml.Node) bool {
	if value.Kind == yaml.SequenceNode {
		return f.typ == reflect.TypeFor[[]Text]() &&
			!slices.ContainsFunc(value.Content, func(n *yaml.Node) bool { return n.Kind != yaml.ScalarNode })
	}
	return value.Kind == yaml.ScalarNode && (f.typ == reflect.TypeFor[Text]() || f.one)
}

// unseen reports a key with a character in it that nobody sees, and whether it is one.
func (p *parser) unseen(s *shape, d *diag.Diagnostic, key Text) bool {
	i, name := diag.Unseen(key.Value)
	if i < 0 || s.byKey == nil {
		return false
	}
	seen := strings.TrimPrefix(diag.Seen(key.Value), "- ")
	if _, known := s.byKey[seen]; !known && foreignKeys[seen] == (foreignKey{}) {
		return false
	}
	at := int32(key.Offset(p.text, i))
	_, size := utf8.DecodeRuneInString(key.Value[i:])
	d.At = p.place(diag.Span{Start: at, End: at + int32(size)})
	d.Message = fmt.Sprintf("an invisible character stands with the key “%s” (%s)", seen, name)
	d.Why = "it came with pasted text, and makes another key of it"
	d.Hint = fmt.Sprintf("write `%s:` with nothing else in the line before the colon", seen)
	if i == 0 && len(diag.Seen(key.Value[size:])) == len(seen) {
		d.Hint = "delete it, and indent with the blanks of the space bar where a key is to be indented"
	}
	p.add(*d)
	return true
}

// lookalike reports a key with a letter of another script in it that looks like one of ours, and
// which key it looks like.
func (p *parser) lookalike(s *shape, d *diag.Diagnostic, key Text, given func(string) bool) (string, bool) {
	latin, r := diag.Latin(key.Value)
	if _, known := s.byKey[latin]; !known || r == 0 {
		return "", false
	}
	d.Message = fmt.Sprintf("the key “%s” only looks like `%s`: its “%c” is %s", short(key.Value), latin, r,
		diag.CharacterName(r))
	d.Hint = "type `" + latin + "` again"
	if !given(latin) {
		d.Fix = p.instead(key, latin)
	}
	p.add(*d)
	return latin, true
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
