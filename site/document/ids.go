package document

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// IntroScope begins the anchors within an introduction, as a question's id does
// those of its answer. No question can have it: ids have no underscore.
const IntroScope = "intro_text"

// id checks an id that a writer gave.
func (p *parser) id(t front.Text, what string) string {
	if !t.Given() {
		return ""
	}
	id := norm.NFC.String(t.Value)
	if !markdown.IsID(id) {
		hint := "an id takes lower-case letters, digits and single hyphens"
		var fix []diag.Edit
		if s := markdown.Slug(t.Value); s != "" {
			hint, fix = "write "+s, p.instead(t, s)
		}
		if strings.ContainsAny(t.Value, "،、，；;|") { // a list, whose signs YAML does not know
			parts := strings.FieldsFunc(t.Value, func(r rune) bool { return strings.ContainsRune("،、，；;|", r) })
			for i := range parts {
				parts[i] = markdown.Slug(parts[i])
			}
			hint, fix = "write a comma between two of them: "+strings.Join(parts, ", "), nil
		}
		p.wrong("id", t.Span, fmt.Sprintf("“%s” can't be the id of %s", Clip(t.Value), what), hint, fix...)
		return ""
	}
	return id
}

// LooksLikeID reports an id that can't be a name: those have capitals, where the script has any.
func LooksLikeID(s string) bool {
	return markdown.IsID(s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.IsLower(r) })
}

// claims are the ids of one list, by what they are alike by.
type claims map[string]struct {
	id string
	at diag.Place
}

// claim takes an id down, and reports one that is another's, or can't be told apart from it on
// every disk. The way to another is hint, where that isn't plain.
func (p *parser) claim(taken claims, what, id string, at diag.Place, hint string) {
	key := markdown.FoldID(id)
	first, ok := taken[key]
	if !ok {
		first.id, first.at = id, at
		taken[key] = first
		return
	}
	d := diag.Diagnostic{Severity: diag.Error, Rule: "same-id", At: at, Hint: hint,
		Message: fmt.Sprintf("two %s have the id “%s”", what, id),
		Related: []diag.Related{{Message: "the first one", At: first.at}}}
	if first.id != id {
		d.Message = fmt.Sprintf("the ids of two %s are alike: “%s” and “%s”", what, first.id, id)
		d.Why = "disks and hosts that don't distinguish capitals take them for one"
	}
	if hint == "" {
		d.Hint = fmt.Sprintf("give one of them another id, such as %s", taken.free(id))
	}
	p.diags = append(p.diags, d)
}

// free is an id like id that nothing has yet.
func (c claims) free(id string) string {
	for n := 2; ; n++ {
		free := fmt.Sprintf("%s-%d", id, n)
		if _, ok := c[markdown.FoldID(free)]; !ok {
			return free
		}
	}
}

// anchors are the anchors of a section's sub-headings.
func (p *parser) anchors(id string, f *markdown.Fragment) {
	for _, a := range f.Anchors {
		p.headings = append(p.headings, id+"--"+a.ID)
	}
}

// once reports what a list names twice.
func (p *parser) once(list []front.Text) {
	for i, t := range list {
		if t.Given() && slices.ContainsFunc(list[:i], func(before front.Text) bool { return before.Value == t.Value }) {
			p.wrong("twice", t.Span, fmt.Sprintf("“%s” stands here twice", Clip(t.Value)), "remove one")
		}
	}
}

func (p *parser) slugs(ts []front.Text, what string) []Ref {
	var out []Ref
	seen := map[string]string{}
	for _, t := range ts {
		id := p.id(t, what)
		if before := seen[markdown.FoldID(id)]; before != "" {
			message := fmt.Sprintf("“%s” stands here twice", id)
			if before != id {
				message = fmt.Sprintf("“%s” and “%s” are alike: disks take them for one", before, id)
			}
			p.wrong("twice", t.Span, message, "remove one")
			continue
		}
		if id != "" {
			seen[markdown.FoldID(id)] = id
			out = append(out, Ref{ID: id, At: p.place(t.Span)})
		}
	}
	return out
}

// ToList is the way to a source, an event or a question that a list lacks.
func ToList(key, id string) string {
	return fmt.Sprintf("list it under %s:, with id: %s", key, Clip(id))
}

// ToAdd is the way to a document that is not there.
func ToAdd(dir, id string) string {
	return "add content/" + dir + "/" + documentID(id) + ".md"
}

// notionSum is what Notion puts behind the names of files.
var notionSum = regexp.MustCompile(`-[0-9a-f]{32}$`)

// documentID is name, or one like it that a document may have.
func documentID(name string) string {
	if ValidID(name) {
		return name
	}
	if name = notionSum.ReplaceAllString(markdown.Slug(name), ""); ValidID(name) {
		return name
	}
	return "its-name"
}
