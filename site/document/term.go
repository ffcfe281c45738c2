package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"nutgraf/site/diag"
	"nutgraf/site/front"
)

// Term is one glossary entry.
type Term struct {
	ID          string
	Path        string
	Name        string
	Short       string `read:"pages"`
	Kind        string
	Forms       []string `read:"pages"`
	Formerly    []string `read:"pages"`
	Match       string   `read:"pages"`
	Body        Prose
	Intro       string `read:"pages"` // the body's first words as plain text
	SeeAlsoRefs []Ref
	SameAs      []string
	OwnSources  []*Source
	Avoid       []string `read:"pages"`
	Updated     string
	Aliases     []Ref
	Role        string `read:"pages"`
	Affiliation *Ref   // nil where none is named
	Sort        string // what lists sort it by: of a person the last name first
	Lat, Lon    float64
	HasPoint    bool
	At          diag.Place
	FormsAt     []diag.Place `read:"pages"` // of Forms and Formerly
	Lost        Lists
	Record      *Record
	Headings    []string // anchors of its headings
}

// parseTerm turns a glossary entry's file into its model.
func (p *parser) parseTerm(src Files) *Term {
	fm, body, ds := front.ParseTerm(p.file, p.data)
	p.addDiags(ds, fm.Keys)
	p.strict = true
	t := &Term{ID: src.ID, Path: p.file, Name: p.plainText(fm.Term),
		Kind: cmp.Or(fm.Kind.Value, "term"), At: p.place(fm.Term.Span), Record: p.rec}
	empty := !fm.Term.Given() && !fm.Short.Given() && len(fm.Keys) == 0
	if empty && !p.unread {
		p.missing(fm.Term.Span, "this entry is empty",
			"write term: with the word and short: with a plain definition, between two lines of ---")
	}
	if t.Name == "" && !empty {
		p.lacking(fm.Keys, "term", fm.Term, "this entry has no term", "add term: with the word that it explains")
	}
	t.Name = cmp.Or(t.Name, t.ID)
	p.words(diag.Error, fm.Short, 40, "short")
	if t.Short = p.plainText(fm.Short); t.Short == "" && !empty {
		p.lacking(fm.Keys, "short", fm.Short, "this entry has no short",
			"add short: with a plain definition of at most 40 words")
	}
	t.Forms, t.Formerly, t.Avoid = p.plainTexts(fm.Forms), p.plainTexts(fm.Formerly), p.plainTexts(fm.Avoid)
	for _, f := range slices.Concat(fm.Forms, fm.Formerly) {
		t.FormsAt = append(t.FormsAt, p.place(f.Span))
	}
	for i, spelling := range t.Avoid {
		if slices.Contains(slices.Concat([]string{t.Name}, t.Forms), spelling) {
			message := fmt.Sprintf("“%s” is to be avoided, and is a form of the entry", Clip(spelling))
			p.wrong("contradiction", fm.Avoid[i].Span, message, "keep one of the two")
		}
	}
	t.Match = cmp.Or(fm.Match.Value, "auto")
	t.Body = p.body(body)
	t.Headings = p.headings
	t.SeeAlsoRefs, t.Aliases = p.refs(fm.SeeAlso), p.aliases(fm.Aliases)
	for _, name := range fm.Aliases {
		if !strings.Contains(name.Value, "/") && strings.ContainsFunc(name.Value,
			func(r rune) bool { return r == ' ' || unicode.IsUpper(r) }) {
			p.report(diag.Warning, "alias", name.Span,
				fmt.Sprintf("“%s” looks like another name, and no old address", Clip(name.Value)), "",
				"write other names under forms:, and old addresses with their slashes: /old/name/")
		}
	}
	for _, u := range fm.SameAs {
		if v := p.url(u); v != "" {
			t.SameAs = append(t.SameAs, v)
		}
	}
	t.OwnSources = p.sources(fm.Sources)
	if p.reported(fm.Keys, "sources", fm.Sources != nil) {
		t.Lost = SourceList
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
func sortName(t *Term, given string) string {
	words := strings.Fields(t.Name)
	switch last := len(words) - 1; {
	case t.Kind != "person" || last < 1 && given == "":
		return t.Name
	case given != "":
		return given
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
		p.wrong("contradiction", fm.Lat.Span,
			"only a place has lat and lon, and this entry is of kind "+t.Kind,
			"add kind: place, or remove them")
	default:
		t.Lat, t.Lon, t.HasPoint = fm.Lat.Value, fm.Lon.Value, true
	}
}
