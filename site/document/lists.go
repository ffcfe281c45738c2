package document

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// events reads a timeline.
func (p *parser) events(list []front.Event) []*Event {
	mark(p, func(m *Marks) *[]diag.Place { return &m.Events }, list, func(f *front.Event) diag.Span { return givenOr(f.Date.Span, f.Span) })
	m := p.memory
	out, all := m.arenas.eventLists.List(len(list)), m.arenas.events.List(len(list))
	first := map[string]diag.Place{}
	for i, f := range list {
		ev := &all[i]
		out[i] = ev
		ev.EventMore = fresh(&p.memory.events)
		ev.Use = p.ref(f.Use)
		if f.Use.Given() {
			p.onlyUse(&f)
			continue
		}
		p.event(ev, &f)
		idAt := p.place(givenOr(f.ID.Span, givenOr(f.Date.Span, f.Span)))
		if at, ok := first[ev.ID]; ok && ev.ID != "" {
			hint := "give one of them another id"
			if !f.ID.Given() {
				hint = "a second event of one date needs an id: add id: with a word or two"
			}
			p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: "same-id", Message: fmt.Sprintf("two events have the id “%s”", ev.ID),
				Hint: hint, At: idAt, Related: []diag.Related{{Message: "the first one", At: at}}})
		}
		first[ev.ID] = idAt
	}
	return out
}

// onlyUse reports what stands beside use: and would be ignored.
func (p *parser) onlyUse(f *front.Event) {
	beside := []front.Text{f.Date, f.Title, f.ID, f.Text, f.Status, f.Flag, f.DateText, f.Place, f.Question, {Span: f.Importance.Span}}
	for _, t := range slices.Concat(beside, f.Tags, f.Sources) {
		if t.Given() {
			p.wrong("two-events", t.Span, "this event is taken from another explainer by use:, and is told there", "remove everything here but use:")
			return
		}
	}
}

func (p *parser) event(ev *Event, f *front.Event) {
	ev.Date, ev.Title = p.date(f.Date), p.plainText(f.Title)
	if !f.Date.Given() {
		p.missing(f.Span, "this event has no date", "add date:, as exactly as it is known: 2024-03-22, 2024-03, 2014, 2018~")
	}
	if ev.Title == "" {
		p.missing(f.Span, "this event has no title", "add title: with what happened")
	}
	if ev.ID = p.id(f.ID, "an event"); ev.ID == "" {
		ev.ID = dateID(f.Date.Value)
	}
	ev.Text = p.value(f.Text)
	ev.Status = f.Status.Value
	ev.Flag = p.plainText(f.Flag)
	if n := len(strings.Fields(ev.Flag)); n > 6 {
		p.wrong("too-long", f.Flag.Span, fmt.Sprintf("the flag has %d words; at most 6 fit beside the date", n), "shorten it, or say it in text:")
	}
	ev.DateText = p.plainText(f.DateText)
	ev.Importance = 2
	if f.Importance.Given() {
		ev.Importance = int(f.Importance.Value)
		if float64(ev.Importance) != f.Importance.Value || ev.Importance < 1 || ev.Importance > 9 {
			p.wrong("importance", f.Importance.Span, "importance is a whole number from 1, the highest, to 9", "write 1, 2 or 3")
		}
	}
	p.plainText(f.Place) // an id or words
	ev.Place, ev.Question, ev.Sources = p.ref(f.Place), p.ref(f.Question), p.refs(f.Sources)
	for _, r := range p.slugs(f.Tags, "a tag") {
		ev.Tags = append(ev.Tags, r.ID)
	}
}

// givenOr is at, or other where at is no place.
func givenOr(at, other diag.Span) diag.Span {
	if at.IsZero() {
		return other
	}
	return at
}

// dateID makes an event's default id of its date.
func dateID(date string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, date), "-")
}

// sources reads a list of sources.
func (p *parser) sources(list []front.Source) []*Source {
	if p.file != "content/sources.yaml" { // which may be a library
		list = atMost(p, "sources", list, 2000, func(f *front.Source) diag.Span { return givenOr(f.ID.Span, givenOr(f.Ref.Span, f.Span)) })
	}
	mark(p, func(m *Marks) *[]diag.Place { return &m.Sources }, list, func(f *front.Source) diag.Span {
		return givenOr(f.ID.Span, givenOr(f.Ref.Span, givenOr(f.Title.Span, f.Span)))
	})
	m := p.memory
	out, all := m.arenas.sourceLists.List(len(list)), m.arenas.sources.List(len(list))
	first := map[string]diag.Place{}
	for i, f := range list {
		s := &all[i]
		*s = Source{SourceMore: &SourceMore{Ref: p.ref(f.Ref)}}
		if f.Ref.Given() {
			s.ID = f.Ref.Value
		} else {
			p.source(s, &f)
		}
		idAt := p.place(givenOr(f.ID.Span, f.Span))
		if at, ok := first[s.ID]; ok && s.ID != "" {
			p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: "same-id", Message: fmt.Sprintf("two sources have the id “%s”", s.ID),
				Hint: "give one of them another id", At: idAt, Related: []diag.Related{{Message: "the first one", At: at}}})
		}
		first[s.ID] = idAt
		out[i] = s
	}
	return out
}

func (p *parser) source(s *Source, f *front.Source) {
	a := SourceText{Title: p.plainText(f.Title)}
	if a.Title == "" {
		p.missing(f.Span, "this source has no title", "add title:")
	}
	if s.ID = p.id(f.ID, "a source"); s.ID == "" {
		s.ID = markdown.Slug(a.Title)
	}
	if f.Type.Given() && !slices.Contains(front.SourceTypes, f.Type.Value) {
		hint := "use one of CSL's types: article-newspaper, report, webpage, interview …"
		if near, ok := diag.Nearest(f.Type.Value, front.SourceTypes); ok {
			hint = "did you mean " + near + "?"
		}
		p.wrong("source-type", f.Type.Span, fmt.Sprintf("“%s” is no type of source", Clip(f.Type.Value)), hint)
	}
	a.Type, a.Author, a.Publisher = f.Type.Value, p.plainTexts(f.Author), p.plainText(f.Publisher)
	a.Issued = p.date(f.Issued)
	a.Accessed, a.Archived = p.day(f.Accessed), p.day(f.Archived)
	a.URL, a.ArchiveURL = p.url(f.URL), p.url(f.ArchiveURL)
	a.Attribution, a.UnnamedReason = f.Attribution.Value, p.plainText(f.UnnamedReason)
	if a.Attribution == "unnamed" && a.UnnamedReason == "" {
		p.missing(f.Attribution.Span, "this source is unnamed, but it does not say why", "add unnamed_reason:")
	}
	if f.Attribution.Given() && a.Attribution != "unnamed" && a.UnnamedReason != "" {
		p.wrong("contradiction", f.UnnamedReason.Span, "this says why a source is unnamed that is not unnamed",
			"write attribution: unnamed, or remove this line")
	}
	s.Via = p.ref(f.Via)
	s.Record, s.index = p.rec, int32(len(p.about))
	p.about = append(p.about, a)
}

// atMost is a list without what lies beyond a limit, which is told: what links and
// pages make of a list can be as much for each item as the list is long.
func atMost[T any](p *parser, what string, list []T, limit int, at func(*T) diag.Span) []T {
	if len(list) <= limit {
		return list
	}
	p.wrong("too-many", at(&list[limit]), fmt.Sprintf("these are more than %d %s", limit, what), "take out what the text does not need, or split it into several explainers")
	return list[:limit]
}

func textSpan(t *front.Text) diag.Span { return t.Span }

// images reads a list of pictures.
func (p *parser) images(list []front.Image) []*Image {
	var out []*Image
	first := map[string]diag.Place{}
	for _, f := range list {
		im := &Image{Src: f.Src.Value, Alt: p.plainText(f.Alt), Decorative: f.Decorative.Value, At: p.place(givenOr(f.Src.Span, f.Span))}
		im.Caption, im.Credit, im.CreditReason = p.line(f.Caption), p.plainText(f.Credit), p.plainText(f.CreditReason)
		im.Taken, im.Place = p.date(f.Taken), p.plainText(f.Place)
		im.Sensitive, im.Warning = f.Sensitive.Value, p.plainText(f.Warning)
		p.image(im, &f)
		key := path.Clean(im.Src)
		if at, ok := first[key]; ok && im.Src != "" {
			p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: "same-image", Message: "this picture stands here twice",
				Hint: "keep one of the two", At: im.At, Related: []diag.Related{{Message: "the first one", At: at}}})
		}
		first[key] = im.At
		out = append(out, im)
	}
	return out
}

func (p *parser) image(im *Image, f *front.Image) {
	if im.Src == "" {
		p.missing(f.Span, "this image has no src", "add src: with the name of the picture's file")
	}
	if im.Alt != "" && im.Decorative {
		p.wrong("contradiction", f.Decorative.Span, "this image is decorative and has an alt", "keep one of the two")
	}
	if im.Credit == "none" {
		im.Credit = ""
		if im.CreditReason == "" {
			p.missing(f.Credit.Span, "credit: none needs a reason", "add credit_reason:")
		}
	}
	if im.Sensitive != "" && im.Warning == "" {
		p.missing(f.Sensitive.Span, "a sensitive image needs a warning", "add warning: with what readers will see")
	}
	if im.Warning != "" && !f.Sensitive.Given() {
		p.report(diag.Error, "contradiction", f.Warning.Span, "this image has a warning and is not sensitive",
			"readers would see the picture at once, and never the warning",
			"add sensitive: graphic or sensitive: distressing, or remove the warning")
	}
}

// updates reads the log.
func (p *parser) updates(list []front.Update) []*Update {
	var out []*Update
	for _, f := range list {
		u := &Update{Date: p.day(f.Date), Type: cmp.Or(f.Type.Value, "update"), Questions: p.refs(f.Questions), Was: p.plainText(f.Was)}
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

func (p *parser) syndication(f front.Syndication) *Syndication {
	if f.IsZero() {
		return nil
	}
	s := &Syndication{Originator: p.plainText(f.Originator), URL: p.url(f.URL), Via: p.plainTexts(f.Via), License: p.plainText(f.License), Adapted: f.Adapted.Value, Canonical: f.Canonical.Value}
	if s.Originator == "" {
		p.missing(f.Span, "syndication does not say whose the text is", "add originator:")
	}
	if s.Canonical && s.URL == "" {
		p.wrong("canonical", f.Canonical.Span, "canonical: true needs the address of the original", "add url: to syndication")
	}
	return s
}

// across checks what concerns several parts of the explainer.
func (p *parser) across(e *Explainer) {
	p.placedImages(e)
	for _, u := range e.Updates {
		for _, r := range u.Questions {
			if !e.Lost.Has(QuestionList) && e.Question(r.ID) == nil {
				p.unknownQuestion(e, r)
			}
		}
	}
	for _, ev := range e.OwnEvents {
		if r := ev.Question; r != nil && !e.Lost.Has(QuestionList) && !slices.ContainsFunc(e.Questions, func(q *Question) bool { return q.ID == r.ID }) {
			p.unknownQuestion(e, *r)
		}
	}
	if e.Status == Withdrawn && !e.Lost.Has(updateList) && !slices.ContainsFunc(e.Updates, func(u *Update) bool { return u.Type == "editors-note" }) {
		p.report(diag.Warning, "withdrawn", diag.Span{}, "it is withdrawn, but does not tell readers why", "",
			"add an update of type editors-note")
	}
}

func (p *parser) unknownQuestion(e *Explainer, r Ref) {
	ids := make([]string, 0, len(e.Questions))
	for _, q := range e.Questions {
		ids = append(ids, q.ID)
	}
	p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: "broken-reference", Message: fmt.Sprintf("no question here has the id “%s”", Clip(r.ID)),
		Hint: diag.NearestHint(r.ID, ids, ToList("questions", r.ID)), At: r.At})
}

// sameImage compares two ways to write the place of a picture: beside the
// document, or in the document's own folder.
func sameImage(e *Explainer, a, b string) bool {
	return path.Join(e.Folder, trimOwn(e, a)) == path.Join(e.Folder, trimOwn(e, b))
}

func trimOwn(e *Explainer, src string) string {
	return strings.TrimPrefix(path.Clean(src), path.Base(e.Folder)+"/")
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
