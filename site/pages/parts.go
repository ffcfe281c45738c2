package pages

// A part is a piece of a View together with the words that its own template
// needs: {{template "event.html" $.Happening .}} hands an Event to event.html
// as an EventPart.

// EventPart is the View of event.html.
type EventPart struct {
	Site *Site
	Event
}

// Happening makes an event the View of event.html.
func (p Page) Happening(e Event) EventPart { return EventPart{p.Site, e} }

// StatusKey is the word for the event's status.
func (e Event) StatusKey() string { return "status-" + e.Status }

// SourcePart is the View of source.html.
type SourcePart struct {
	Site *Site
	Source
}

// Reference makes a source the View of source.html.
func (p Page) Reference(s Source) SourcePart { return SourcePart{p.Site, s} }

// AttributionKey is the word for how the source is attributed.
func (s Source) AttributionKey() string { return "attribution-" + s.Attribution }

// UpdatePart is the View of update.html. In is its explainer, where the page
// is another one.
type UpdatePart struct {
	Site *Site
	Update
	In *Link
}

// Change makes an update the View of update.html.
func (p Page) Change(u Update) UpdatePart {
	part := UpdatePart{Site: p.Site, Update: u}
	if p.Layout != "explainer" {
		part.In = &u.Explainer
	}
	return part
}

// Key is the word for the update's type.
func (u Update) Key() string { return "update-" + u.Type }

// CardPart is the View of card-item.html and lead.html.
type CardPart struct {
	Site *Site
	Card
}

// Item makes a card the View of card-item.html.
func (p Page) Item(c Card) CardPart { return CardPart{p.Site, c} }

// FigurePart is the View of figure.html.
type FigurePart struct {
	Site *Site
	Figure
}

// Picture makes a figure the View of figure.html.
func (p Page) Picture(f *Figure) FigurePart { return FigurePart{p.Site, *f} }

// QuestionPart is the View of question.html.
type QuestionPart struct {
	Site *Site
	Question
}

// Section makes a question the View of question.html.
func (p Page) Section(q Question) QuestionPart { return QuestionPart{p.Site, q} }

// HasShort reports whether any question has a short answer.
func (e Explainer) HasShort() bool {
	for _, q := range e.Questions {
		if q.Short != "" {
			return true
		}
	}
	return false
}

// KindKey is the word for the entry's kind.
func (e Entry) KindKey() string { return "kind-" + e.Kind }
