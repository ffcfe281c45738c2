package document

import (
	"fmt"
	"path"
	"slices"

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
	if !IsID(t.Value) {
		hint := "an id takes lower-case letters, digits and single hyphens"
		var fix []diag.Edit
		if s := markdown.Slug(t.Value); s != "" {
			hint, fix = "write "+s, p.instead(t, s)
		}
		p.wrong("id", t.Span, fmt.Sprintf("“%s” can't be the id of %s", Clip(t.Value), what), hint, fix...)
		return ""
	}
	return t.Value
}

// suggestID is a hint's end: a name that would do.
func suggestID(id, dir string) string {
	if s := markdown.Slug(id); s != "" && !reservedName(s) {
		return " to content/" + path.Join(dir, s) + ".md"
	}
	return ""
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
	seen := map[string]bool{}
	for _, t := range ts {
		id := p.id(t, what)
		if id != "" && seen[id] {
			p.wrong("twice", t.Span, fmt.Sprintf("“%s” stands here twice", id), "remove one")
			continue
		}
		if id != "" {
			seen[id] = true
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

// documentID is name, or one like it that a document may have.
func documentID(name string) string {
	if ValidID(name) {
		return name
	}
	if name = markdown.Slug(name); ValidID(name) {
		return name
	}
	return "its-name"
}
