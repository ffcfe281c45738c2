package document

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/front"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
)

// sideFile is a list with a file of its own.
type sideFile struct {
	key  string
	file string
	data []byte
}

// parseExplainer turns an explainer's files into its model.
func (p *parser) parseExplainer(src Files, sides []sideFile) *Explainer {
	if p.keepText {
		p.answer, p.section = map[*Question]string{}, map[*Question]*markdown.Section{}
	}
	fm, body, ds := p.memory.front.ParseExplainer(p.file, p.data)
	p.took(ds, fm.Keys)
	e := p.memory.arenas.explainers.One()
	*e = Explainer{
		ID: src.ID, Edition: src.Edition, Path: p.file, Folder: src.Folder,
		Record: p.rec, ExplainerMore: &ExplainerMore{},
	}
	p.status(e, fm)
	if len(bytes.TrimSpace(p.data)) == 0 && !p.unread {
		p.unread = true // one message will do
		p.missing(diag.Span{}, "this file is empty", "write title:, standfirst: and questions: between two lines ---, or begin with “nutgraf new explainer”")
	}

	b, ds := p.md.Body(markdown.Input{File: p.file, Src: p.data[body.Start:body.End], At: func(i int) int { return int(body.Start) + i }})
	p.diags = append(p.diags, ds...)
	if m := p.rec.Marks; m != nil {
		*m = Marks{Title: fm.Title.Span, Updated: fm.Keys["updated"], ReviewBy: fm.Keys["review_by"], Questions: fm.Keys["questions"], Body: body}
	}
	p.head(e, fm, &b)
	for _, s := range sides {
		p.side(e, fm, s)
	}
	e.Lost |= p.lost(fm, sides) | p.gone
	if fm.Questions != nil || e.Questions == nil {
		e.Questions = p.questions(fm.Questions)
	}
	p.answers(e, fm, &b)
	p.introduction(e, fm, &b.Intro)

	e.Knowns, e.Unknowns = p.lines(fm.Knowns), p.lines(fm.Unknowns)
	e.OwnEvents = joined(e.OwnEvents, p.events(fm.Timeline))
	e.OwnSources = joined(e.OwnSources, p.sources(fm.Sources))
	e.Images = append(e.Images, p.images(fm.Images)...)
	e.Updates = append(e.Updates, p.updates(fm.Updates)...)
	e.date(p.zone())
	e.Method = p.value(fm.Method)
	e.Syndication = p.syndication(fm.Syndication)
	e.Params = fm.Params
	p.notes(fm.Notes)
	p.across(e)
	shareNothing(e)
	compact(e, p.memory)
	e.Headings = p.headings
	if p.keepText {
		p.texts(e, body, &b)
	}
	return e
}

// notes checks what is for the desk like everything else, but for what only readers
// would mind: it is shown nowhere.
func (p *parser) notes(t front.Text) {
	n := len(p.diags)
	p.value(t)
	mine := p.diags[n:]
	p.diags = append(p.diags[:n], slices.DeleteFunc(mine, func(d diag.Diagnostic) bool { return d.Rule == markdown.ForeignRule })...)
}

// joined is both lists; one alone stays where it is.
func joined[T any](a, b []T) []T {
	if len(a) == 0 {
		return b
	}
	return slices.Concat(a, b)
}

// status reads how far the explainer is: what is missing weighs accordingly.
func (p *parser) status(e *Explainer, fm *front.Explainer) {
	i := slices.Index(statusNames, fm.Status.Value)
	switch {
	case fm.Status.Given() && i >= 0:
		e.Status = Status(i)
	case fm.Published.Given():
		e.Status = Published
	case fm.Status.Given() || p.unread || p.gone == ^Lists(0): // who refers to it is not to blame
		e.Status = Published
		return
	}
	p.strict = e.Status >= Published
	if p.unclear(fm) {
		e.Status = max(e.Status, Published)
		return
	}
	if e.Status == Published && !fm.Published.Given() && !p.told(fm.Keys, "published", false) {
		p.missing(fm.Status.Span, "it is published, but does not say since when", "add published: with the date")
	}
}

// unclear reports whether published or status can't be taken for what they say.
// Then nobody knows that it is a draft, whose mistakes stop nothing.
func (p *parser) unclear(fm *front.Explainer) bool {
	status, hasStatus := fm.Keys["status"]
	published, hasPublished := fm.Keys["published"]
	if !hasStatus && !hasPublished {
		return fm.Unclear
	}
	_, _, err := edtf.ParseDay(fm.Published.Value, p.zone())
	return fm.Unclear || hasPublished && err != nil || hasStatus && fm.Status.Value == "" ||
		slices.ContainsFunc(p.diags, func(d diag.Diagnostic) bool {
			return d.Rule == "duplicate-key" && (d.Related[0].At.Span == status || d.Related[0].At.Span == published)
		})
}

// Lists are some of the lists of a document that are meant to be there, but
// can't be read: what they would hold is not missed.
type Lists uint8

// The lists, in the order of sideKeys.
const (
	QuestionList Lists = 1 << iota
	EventList
	SourceList
	imageList
	updateList
)

// Has reports whether one is among the lists.
func (l Lists) Has(one Lists) bool { return l&one != 0 }

// lost are the lists of front matter that can't be read.
func (p *parser) lost(fm *front.Explainer, sides []sideFile) (lost Lists) {
	for i, read := range [...]bool{fm.Questions != nil, fm.Timeline != nil, fm.Sources != nil, fm.Images != nil, fm.Updates != nil} {
		elsewhere := slices.ContainsFunc(sides, func(s sideFile) bool { return s.key == sideKeys[i] })
		if !elsewhere && p.told(fm.Keys, sideKeys[i], read) {
			lost |= 1 << i
		}
	}
	return lost
}

// head reads everything about the explainer as a whole.
func (p *parser) head(e *Explainer, fm *front.Explainer, b *markdown.Body) {
	titleAt := fm.Title.Span
	e.Title = p.plainText(fm.Title)
	for _, h := range b.Titles {
		if e.Title == "" {
			e.Title, titleAt = h.Text, h.At
			continue
		}
		d := diag.Diagnostic{Severity: diag.Error, Rule: "two-titles", Message: "a # heading beside the title: a page has one title",
			Hint: "remove one of the two, or lower this one to ###", At: p.place(h.At),
			Related: []diag.Related{{Message: "the title", At: p.place(titleAt)}}}
		p.diags = append(p.diags, d)
	}
	if e.Title == "" {
		p.lacking(fm.Keys, "title", fm.Title, "it has no title", "add title: with the question that the explainer answers")
		e.Title = e.ID
	}
	e.Label = p.plainText(fm.Label)
	e.Standfirst = p.line(fm.Standfirst)
	e.Summary = p.plain(e.Standfirst)
	e.Lang = cmp.Or(fm.Lang.Value, e.Edition)
	p.language(fm.Lang)
	p.sameLanguage(fm.Lang, e.Edition)
	e.NoIndex = fm.Index.Given() && !fm.Index.Value
	e.Written.Published, e.Written.Updated = p.day(fm.Published), p.day(fm.Updated)
	e.Written.AsOf, e.Written.ReviewBy = p.day(fm.AsOf), p.reviewBy(fm.ReviewBy)
	e.AuthorRefs, e.EditorRefs = p.refs(fm.Authors), p.refs(fm.Editor)
	p.plainTexts(fm.Authors) // names, maybe
	p.plainTexts(fm.Editor)
	e.TopicRefs = p.slugs(atMost(p, "topics", fm.Topics, 100, textSpan), "a topic")
	e.RelatedRefs = p.refs(fm.Related)
	for _, list := range [][]front.Text{fm.Authors, fm.Editor, fm.Related} {
		p.once(list)
	}
	e.Skip, e.Only = p.refs(fm.Glossary.Skip), p.refs(fm.Glossary.Only)
	e.Aliases = p.aliases(fm.Aliases)
	for _, t := range fm.Glossary.Only {
		if slices.ContainsFunc(fm.Glossary.Skip, func(s front.Text) bool { return s.Value == t.Value }) {
			message := fmt.Sprintf("“%s” stands under skip and under only", Clip(t.Value))
			p.wrong("contradiction", t.Span, message, "keep one of the two")
		}
	}
}

// once tells of what a list names twice.
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

// side reads one list that has a file of its own, which may not stand in the
// front matter as well.
func (p *parser) side(e *Explainer, fm *front.Explainer, s sideFile) {
	if at, ok := fm.Keys[s.key]; ok {
		p.wrong("two-places", at, s.key+" stands here and in "+s.file, "keep one of the two")
		return
	}
	outer := *p
	p.main, p.file, p.data = p.file, s.file, s.data
	var ds []diag.Diagnostic
	switch s.key {
	case "questions":
		var v []front.Question
		v, ds = front.ParseQuestions(s.file, s.data)
		e.Questions = p.questions(v)
		fm.Keys["questions"] = diag.Span{} // the list is given
	case "timeline":
		var v []front.Event
		v, ds = front.ParseTimeline(s.file, s.data)
		e.OwnEvents = p.events(v)
	case "sources":
		var v []front.Source
		v, ds = front.ParseSources(s.file, s.data)
		e.OwnSources = p.sources(v)
	case "images":
		var v []front.Image
		v, ds = front.ParseImages(s.file, s.data)
		e.Images = p.images(v)
	case "updates":
		var v []front.Update
		v, ds = front.ParseUpdates(s.file, s.data)
		e.Updates = p.updates(v)
	}
	p.diags = append(p.diags, ds...)
	if unreadable(ds, false) {
		e.Lost |= 1 << slices.Index(sideKeys, s.key)
	}
	p.main, p.file, p.data = "", outer.file, outer.data
}

// questions reads the list of questions, in its order.
func (p *parser) questions(list []front.Question) []*Question {
	mark(p, func(m *Marks) *[]diag.Place { return &m.Shorts }, list, func(f *front.Question) diag.Span { return f.Short.Span })
	m := p.memory
	qs, all := m.arenas.questionLists.List(len(list)), m.arenas.questions.List(len(list))
	for i, f := range list {
		q := &all[i]
		*q = Question{Text: p.plainText(f.Question), At: p.place(f.Span), QuestionMore: fresh(&p.memory.questions)}
		q.Use = p.ref(f.Use)
		if f.ID.Given() {
			q.idAt = p.place(f.ID.Span)
		}
		q.Short = p.plainText(f.Short)
		p.words(diag.Warning, f.Short, 50, "short")
		q.ID = p.id(f.ID, "a question")
		if q.ID == "" {
			q.ID = markdown.Slug(q.Text)
		}
		if f.Use.Given() {
			p.onlyUsed(&f)
			if _, id, _ := strings.Cut(f.Use.Value, "#"); q.ID == "" {
				q.ID = id
			}
		}
		q.Answer = p.value(f.Answer)
		if p.keepText {
			p.answer[q] = f.Answer.Value
		}
		if q.Answer.Given() {
			p.anchors(q.ID, &p.fragments[q.Answer.Index])
		}
		q.Sources = p.refs(f.Sources)
		q.AsOf, q.Updated, q.ReviewBy = p.day(f.AsOf), p.day(f.Updated), p.reviewBy(f.ReviewBy)
		for _, t := range f.Aliases {
			if id := p.id(t, "a question"); id != "" {
				q.Aliases, q.aliasAt = append(q.Aliases, id), append(q.aliasAt, p.place(t.Span))
			}
		}
		qs[i] = q
	}
	return qs
}

// onlyUsed reports what stands beside use: and would be ignored: the answer
// with its dates and sources is the other explainer's.
func (p *parser) onlyUsed(f *front.Question) {
	if f.Answer.Given() {
		p.wrong("two-answers", f.Use.Span, "this question has an answer and a use:", "keep one of the two")
	}
	beside := []front.Text{f.AsOf, f.Updated, f.ReviewBy}
	for _, t := range append(beside, f.Sources...) {
		if t.Given() {
			p.wrong("two-answers", t.Span, "the answer is taken from another explainer by use:, and so are its dates and sources", "remove this here, or write it there")
		}
	}
}

// answers brings questions and the body's sections together.
func (p *parser) answers(e *Explainer, fm *front.Explainer, b *markdown.Body) {
	if _, listed := fm.Keys["questions"]; listed && !e.Lost.Has(QuestionList) {
		p.matchSections(e, b)
	} else {
		p.sectionsAreQuestions(e, b)
	}
	p.checkQuestions(e, fm)
}

// matchSections finds, for each section of the body, its listed question. One
// that is none of them is a question too, where it stands.
func (p *parser) matchSections(e *Explainer, b *markdown.Body) {
	listed, taken := slices.Clone(e.Questions), p.idsTaken(e.Questions, b)
	found := make([]*Question, len(b.Sections))
	at := len(listed) // where a question stands that is not: behind the section before it
	for i := range slices.Backward(b.Sections) {
		if found[i] = sectionQuestion(listed, b.Sections[i].Heading); found[i] != nil {
			at = slices.Index(listed, found[i])
		}
	}
	for i, q := range found {
		s := &b.Sections[i]
		if q == nil && p.mistaken(listed, found, s) {
			continue
		}
		if q == nil {
			p.report(diag.Warning, "unlisted-question", s.Heading.At,
				fmt.Sprintf("“%s” is none of the listed questions", Clip(s.Heading.Text)),
				"it is a question all the same, and stands here among them", "add it to questions, or lower it to ###")
			p.underlined(s.Heading)
			e.Questions = slices.Insert(e.Questions, at, p.ownQuestion(s, taken))
			p.shiftShorts(at)
			at++
			continue
		}
		at = 1 + slices.Index(e.Questions, q)
		p.otherWords(q, s.Heading)
		if q.Answer.Given() || q.Use != nil {
			p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: "two-answers",
				Message: fmt.Sprintf("“%s” is answered twice", Clip(cmp.Or(q.Text, s.Heading.Text))),
				Why:     "an answer stands in exactly one place",
				Hint:    "keep one of the two", At: p.place(s.Heading.At), Related: []diag.Related{{Message: "the other answer", At: q.At}}})
			continue
		}
		p.takeSection(q, s)
	}
}

// shiftShorts makes room among the places of short answers for a question that
// has none in the list.
func (p *parser) shiftShorts(at int) {
	if m := p.rec.Marks; m != nil && at <= len(m.Shorts) {
		m.Shorts = slices.Insert(m.Shorts, at, p.place(diag.Span{}))
	}
}

// otherWords tells of a heading that says something else than its listed question,
// which is what readers see.
func (p *parser) otherWords(q *Question, h markdown.Heading) {
	if q.Text == "" || q.Text == h.Text || sameWords(q.Text, h.Text) {
		return
	}
	p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Warning, Rule: "other-words",
		At:      p.place(h.At),
		Message: fmt.Sprintf("this heading says “%s”, and the listed question “%s”", Clip(h.Text), Clip(q.Text)),
		Why:     "readers see the words of the list, and never these",
		Hint:    "write the same words in both", Related: []diag.Related{{Message: "the listed question", At: q.At}}})
}

// sameWords reports whether two texts differ in nothing but case, punctuation and
// how their signs are stored.
func sameWords(a, b string) bool {
	apart := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }
	words := func(s string) []string { return strings.FieldsFunc(norm.NFC.String(s), apart) }
	return slices.EqualFunc(words(a), words(b), strings.EqualFold)
}

// reservedIDs begin the anchors that a page keeps for itself.
var reservedIDs = []string{"event-", "source-", "term-", "fn-", "fnref-"}

// checkQuestions checks what each question must have.
func (p *parser) checkQuestions(e *Explainer, fm *front.Explainer) {
	ids := map[string]diag.Place{}
	claim := func(id string, at diag.Place) {
		if first, ok := ids[id]; ok {
			p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: "same-id",
				Message: fmt.Sprintf("two questions have the id “%s”", id), Hint: "give one of them another id", At: at,
				Related: []diag.Related{{Message: "the first one", At: first}}})
		}
		ids[id] = at
	}
	for _, q := range e.Questions {
		p.checkQuestion(q)
		if q.ID != "" {
			claim(q.ID, q.idPlace())
		}
		for i, a := range q.Aliases {
			claim(a, q.aliasAt[i])
		}
		if q.Answer.Given() {
			e.Words += int32(markdown.WordCount(p.fragments[q.Answer.Index].HTML))
		}
	}
	limited := slices.ContainsFunc(p.diags, func(d diag.Diagnostic) bool { return d.Rule == "markdown-limit" }) // what stands there is not read
	if len(e.Questions) == 0 && e.Status != Withdrawn && !e.Lost.Has(QuestionList) && !limited {
		p.missing(diag.Span{}, "it has no questions", "add questions: to the front matter, or ## headings to the body")
	}
}

// checkQuestion checks one question on its own. It may stand in a file of its
// own.
func (p *parser) checkQuestion(q *Question) {
	switch {
	case q.Text == "" && q.Use == nil:
		p.missingAt(q.At, "this question has no text", "add question: with its words")
	case q.ID == "" && q.Use == nil:
		p.wrongAt("id", q.idPlace(), fmt.Sprintf("no address can be made of “%s”", Clip(q.Text)), "give the question an id of lower-case letters, digits and hyphens")
	}
	for _, kept := range reservedIDs {
		if strings.HasPrefix(q.ID, kept) {
			p.wrongAt("reserved-id", q.idPlace(), fmt.Sprintf("“%s” can't be the id of a question", q.ID), "choose one that does not begin with "+kept+": those are kept for events, sources, terms and notes")
		}
	}
	if !q.Answer.Given() && q.Use == nil {
		what := fmt.Sprintf("“%s” has no answer", Clip(q.Text))
		if q.Text == "" {
			what = "this question has no answer"
		}
		p.missingAt(q.At, what, "write its text under ## and the question, or as answer:, or take one over with use:")
	}
}

// introduction keeps the text before the first question, and finds the
// summary where there is no standfirst.
func (p *parser) introduction(e *Explainer, fm *front.Explainer, s *markdown.Section) {
	e.Intro = p.keep(s.Fragment)
	if e.Intro.Given() {
		p.anchors(IntroScope, &s.Fragment)
		e.Words += int32(markdown.WordCount(p.fragments[e.Intro.Index].HTML))
	}
	if e.Summary != "" || e.Status == Withdrawn {
		return
	}
	e.Summary = markdown.FirstSentence(p.plain(e.Intro))
	if p.told(fm.Keys, "standfirst", fm.Standfirst.Given()) {
		return
	}
	message, hint := "it has no standfirst", "add standfirst: with one paragraph that says what the reader will learn"
	if e.Summary != "" {
		message += ": the introduction's first sentence stands in"
	}
	p.report(diag.Warning, "no-standfirst", givenOr(fm.Standfirst.Span, fm.Title.Span), message, "it stands under the title, in lists, and in what search engines show", hint)
}

// texts keeps the Markdown of the introduction and of each answer as the
// writer wrote it, for copies of the explainer as Markdown.
func (p *parser) texts(e *Explainer, body diag.Span, b *markdown.Body) {
	starts := []int{int(body.Start)}
	for _, s := range b.Sections {
		starts = append(starts, p.lineStart(int(s.Heading.At.Start)))
	}
	starts = append(starts, int(body.End))
	p.copies = make([]string, 1+len(e.Questions))
	p.copies[0] = string(p.data[starts[0]:starts[1]])
	for i, q := range e.Questions {
		p.copies[i+1] = p.answer[q]
		for j := range b.Sections {
			if p.section[q] == &b.Sections[j] {
				p.copies[i+1] = afterHeading(string(p.data[starts[j+1]:starts[j+2]]))
			}
		}
	}
	for i, text := range p.copies { // comments are for the desk, and HTML is as pages show it
		p.copies[i] = p.md.Published(text, e.hiddenPictures())
	}
}

// hiddenPictures says what stands in the place of a sensitive picture where no
// reader has chosen to see it; nil where there is none.
func (e *Explainer) hiddenPictures() func(src string) string {
	if !slices.ContainsFunc(e.Images, func(im *Image) bool { return im.Sensitive != "" }) {
		return nil
	}
	return func(src string) string {
		if im := e.Image(src); im != nil && im.Sensitive != "" {
			return cmp.Or(im.Warning, im.Sensitive)
		}
		return ""
	}
}

// afterHeading is what follows a ## heading, also where a line of hyphens under
// its words makes it one.
func afterHeading(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	for !strings.HasPrefix(strings.TrimLeft(line, " "), "#") && strings.Trim(line, "- \t\r") != "" && rest != "" {
		line, rest, _ = strings.Cut(rest, "\n")
	}
	return rest
}

func (p *parser) lineStart(at int) int { return bytes.LastIndexByte(p.data[:at], '\n') + 1 }

// Named reports whether the writer gave the question an id.
func (q *Question) Named() bool { return q.QuestionMore != nil && q.idAt.File != "" }

// idPlace is where the question's id stands, or else the question.
func (q *Question) idPlace() diag.Place {
	if q.idAt.File == "" {
		return q.At
	}
	return q.idAt
}

func (p *parser) language(t front.Text) {
	if t.Given() && !lang.Valid(t.Value) {
		p.wrong("lang", t.Span, fmt.Sprintf("“%s” is no language tag", Clip(t.Value)), "write one of BCP 47: en, fr, pt-BR")
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
