package site

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
)

// parseTerm turns a glossary entry's file into its model.
func (p *parser) parseTerm(src source) *Term {
	fm, body, ds := front.ParseTerm(p.file, p.data)
	p.took(ds, fm.Keys)
	p.strict = true
	t := &Term{ID: src.id, Path: p.file, Term: p.plainText(fm.Term), Kind: cmp.Or(fm.Kind.Value, "term"), At: p.place(fm.Term.Span), rec: p.rec}
	empty := !fm.Term.Given() && !fm.Short.Given() && len(fm.Keys) == 0
	if empty && !p.unread {
		p.missing(fm.Term.Span, "this entry is empty", "write term: with the word and short: with a plain definition, between two lines of ---")
	}
	if t.Term == "" && !empty {
		p.lacking(fm.Keys, "term", fm.Term, "this entry has no term", "add term: with the word that it explains")
	}
	t.Term = cmp.Or(t.Term, t.ID)
	p.words(diag.Error, fm.Short, 40, "short")
	if t.Short = p.plainText(fm.Short); t.Short == "" && !empty {
		p.lacking(fm.Keys, "short", fm.Short, "this entry has no short", "add short: with a plain definition of at most 40 words")
	}
	t.Forms, t.Formerly, t.Avoid = p.plainTexts(fm.Forms), p.plainTexts(fm.Formerly), p.plainTexts(fm.Avoid)
	for _, f := range slices.Concat(fm.Forms, fm.Formerly) {
		t.formsAt = append(t.formsAt, p.place(f.Span))
	}
	for i, spelling := range t.Avoid {
		if slices.Contains(slices.Concat([]string{t.Term}, t.Forms), spelling) {
			message := fmt.Sprintf("“%s” is to be avoided, and is a form of the entry", clip(spelling))
			p.wrong("contradiction", fm.Avoid[i].Span, message, "keep one of the two")
		}
	}
	t.Match = cmp.Or(fm.Match.Value, "auto")
	t.Body = p.body(body)
	t.SeeAlsoRefs, t.Aliases = p.refs(fm.SeeAlso), p.aliases(fm.Aliases)
	for _, u := range fm.SameAs {
		if v := p.url(u); v != "" {
			t.SameAs = append(t.SameAs, v)
		}
	}
	t.OwnSources = p.sources(fm.Sources)
	if p.told(fm.Keys, "sources", fm.Sources != nil) {
		t.lost = sourceList
	}
	t.Updated = p.day(fm.Updated)
	t.Role, t.Affiliation = p.plainText(fm.Role), p.ref(fm.Affiliation)
	t.Sort = filed(sortName(t, p.plainText(fm.Sort)))
	p.point(t, fm)
	for _, f := range []front.Text{fm.Role, fm.Affiliation, fm.Sort} {
		if f.Given() && t.Kind != "person" {
			message := "only a person has a role, an affiliation and a name to sort by, and this entry is of kind "
			p.wrong("contradiction", f.Span, message+t.Kind, "add kind: person, or remove it")
		}
	}
	return t
}

// sortName is what lists sort an entry by. A person's last word goes first unless
// the writer says otherwise, since it is mostly the name to look under.
func sortName(t *Term, said string) string {
	words := strings.Fields(t.Term)
	switch last := len(words) - 1; {
	case t.Kind != "person" || last < 1 && said == "":
		return t.Term
	case said != "":
		return said
	default:
		return words[last] + ", " + strings.Join(words[:last], " ")
	}
}

// filed is a name as lists sort it: without quotation marks, dots and the like in
// front, which nobody looks it up by.
func filed(name string) string {
	sign := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	return cmp.Or(strings.TrimLeftFunc(name, sign), name)
}

func (p *parser) point(t *Term, fm *front.Term) {
	if !fm.Lat.Given() && !fm.Lon.Given() {
		return
	}
	switch {
	case !fm.Lat.Given() || !fm.Lon.Given():
		at := fm.Lat.Span
		if at.IsZero() {
			at = fm.Lon.Span
		}
		p.wrong("place", at, "a place needs both lat and lon", "add the other one, in decimal degrees")
	case fm.Lat.Value < -90 || fm.Lat.Value > 90:
		p.wrong("place", fm.Lat.Span, "lat lies between -90 and 90", "write it in decimal degrees, north is positive")
	case fm.Lon.Value < -180 || fm.Lon.Value > 180:
		p.wrong("place", fm.Lon.Span, "lon lies between -180 and 180", "write it in decimal degrees, east is positive")
	case t.Kind != "place":
		p.wrong("contradiction", fm.Lat.Span, "only a place has lat and lon, and this entry is of kind "+t.Kind, "add kind: place, or remove them")
	default:
		t.Lat, t.Lon, t.HasPoint = fm.Lat.Value, fm.Lon.Value, true
	}
}

// body renders the Markdown below front matter as one text.
func (p *parser) body(at diag.Span) Prose {
	src := p.data[at.Start:at.End]
	if strings.TrimSpace(string(src)) == "" {
		return Prose{}
	}
	f, ds := p.md.Document(markdown.Input{File: p.file, Src: src, At: func(i int) int { return int(at.Start) + i }})
	p.diags = append(p.diags, ds...)
	for _, a := range f.Anchors {
		p.headings = append(p.headings, a.ID)
	}
	p.imagesWithoutAlt(&f)
	return p.keep(f)
}

// parsePage turns a plain page's file into its model.
func (p *parser) parsePage(src source) *PlainPage {
	fm, body, ds := front.ParsePage(p.file, p.data)
	p.took(ds, fm.Keys)
	p.strict = true
	g := &PlainPage{ID: src.id, Path: p.file, Title: p.plainText(fm.Title), NoIndex: fm.Index.Given() && !fm.Index.Value, rec: p.rec}
	if g.Title == "" {
		p.lacking(fm.Keys, "title", fm.Title, "this page has no title", "add title: with the words at the top of the page")
		g.Title = g.ID
	}
	g.Standfirst = p.line(fm.Standfirst)
	g.Body = p.body(body)
	g.Summary = cmp.Or(p.plain(g.Standfirst), markdown.FirstSentence(p.plain(g.Body)))
	g.published = p.day(fm.Published)
	g.Aliases = p.aliases(fm.Aliases)
	return g
}

func (p *parser) language(t front.Text) {
	if t.Given() && !lang.Valid(t.Value) {
		p.wrong("lang", t.Span, fmt.Sprintf("“%s” is no language tag", clip(t.Value)), "write one of BCP 47: en, fr, pt-BR")
	}
}

// sameLanguage tells of a lang that is not the one in the file's name; it may say
// more, such as fr-CA.
func (p *parser) sameLanguage(t front.Text, edition string) {
	said, _, _ := strings.Cut(t.Value, "-")
	named, _, _ := strings.Cut(edition, "-")
	if t.Given() && edition != "" && lang.Valid(t.Value) && !strings.EqualFold(said, named) {
		p.wrong("lang", t.Span, fmt.Sprintf("lang is “%s”, and the file's name says “%s”", t.Value, edition), "leave lang out, or rename the file")
	}
}

// pathGrammar is what an old path may look like: unreserved characters of RFC
// 3986 in segments that are no dot segments.
var pathGrammar = regexp.MustCompile(`^/?([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*([A-Za-z0-9_~-][A-Za-z0-9._~-]*)?$`)

// aliases checks old paths. They are kept as they were, without the slash in
// front.
func (p *parser) aliases(ts []front.Text) []Ref {
	var out []Ref
	for _, t := range atMost(p, "aliases", ts, 1000, textSpan) {
		if why := badPath(t.Value); why != "" {
			p.wrong("alias", t.Span, fmt.Sprintf("“%s” can't be an old path: %s", clip(t.Value), why), "write it as it stood in the address, such as /2019/old-name/")
			continue
		}
		out = append(out, Ref{ID: strings.TrimPrefix(t.Value, "/"), At: p.place(t.Span)})
	}
	return out
}

// badPath says why a path can't be redirected from, or "".
func badPath(s string) string {
	switch {
	case s == "" || s == "/":
		return "it is the home page"
	case len(s) > 300:
		return "it is longer than 300 bytes"
	case !norm.NFC.IsNormalString(s) || !pathGrammar.MatchString(s):
		return "it takes letters, digits, and . _ ~ - between slashes"
	}
	for seg := range strings.SplitSeq(strings.Trim(s, "/"), "/") {
		if strings.HasSuffix(seg, ".") || reservedName(seg) || strings.HasPrefix(seg, "_") {
			return "“" + seg + "” can't be a folder's name everywhere"
		}
	}
	return ""
}
