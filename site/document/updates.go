package document

import (
	"cmp"
	"slices"
	"time"

	"nutgraf/site/front"
)

// Update is one entry of an explainer's log.
type Update struct {
	Date        string
	When        time.Time // Date in the site's time zone
	Type        string
	Text        Prose
	Plain       string `read:"pages"` // Text without markup
	Questions   []Ref
	Was         string
	Substantive bool
}

// Concerns reports whether the update names a question of its explainer.
func (u *Update) Concerns(q *Question) bool {
	return slices.ContainsFunc(u.Questions, func(r Ref) bool { return q.Called(r.ID) })
}

// updates reads the log.
func (p *parser) updates(list []front.Update) []*Update {
	var out []*Update
	for _, f := range list {
		u := &Update{Date: p.day(f.Date), Type: cmp.Or(f.Type.Value, "update"),
			Questions: p.refs(f.Questions), Was: p.plainText(f.Was)}
		u.When = Day(u.Date, p.zone())
		if !f.Date.Given() {
			p.missing(f.Span, "this update has no date", "add date:")
		}
		u.Text = p.line(f.Text)
		if u.Plain = p.plain(u.Text); u.Plain == "" && u.Type != "review" {
			p.missing(f.Span, "this update has no text", "add text: with what was changed")
		}
		u.Substantive = u.Type != "review"
		if f.Substantive.Given() {
			u.Substantive = f.Substantive.Value
		}
		out = append(out, u)
	}
	return out
}
