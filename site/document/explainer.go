package document

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/front"
	"nutgraf/site/internal/memo"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
)

// Status says how far an explainer is on its way.
type Status uint8

// The statuses that an explainer may have: site/doc/content.md.
const (
	Draft Status = iota
	Review
	Published
	Withdrawn
)

var statusNames = []string{"draft", "review", "published", "withdrawn"}

// String returns the word that front matter uses.
func (s Status) String() string { return statusNames[s] }

// Explainer is one question-and-answer article, as its files say it. Nothing changes
// it once it is read.
//
// Here as in what it is made of, read:"pages" marks what is read only when pages are made:
// whatever a writer makes of it, the rest of the site stays as it is linked.
type Explainer struct {
	ID   string
	Lang string // BCP 47; "" is the site's own
	// Edition is the language in the file's name, part of the URL; "" for
	// the first edition.
	Edition string
	Path    string // of the file: content/explainers/isis-k.md
	Folder  string // where its pictures and documents lie, as in content: explainers/isis-k

	Title      string `read:"pages"`
	Label      string `read:"pages"` // "" for the theme's own word
	Standfirst Prose
	Summary    string `read:"pages"` // the standfirst as plain text, or the introduction's first sentence
	Intro      Prose
	Status     Status
	NoIndex    bool
	Words      int32 `read:"pages"` // of introduction and answers

	Questions  []*Question
	OwnEvents  []*Event // as written, use: among them
	OwnSources []*Source
	Updates    []*Update // newest first
	*ExplainerMore

	Written   Days
	Published time.Time // zero where the file gives none
	Updated   time.Time // the newest of published, updated and substantive updates
	AsOf      time.Time // zero where unknown
	ReviewBy  time.Time // zero where none, or never

	AuthorRefs, EditorRefs, TopicRefs []Ref
	Record                            *Record
	Markdown                          memo.Ref // the Markdown of introduction and answers
	Headings                          []string // anchors of sub-headings
}

// ExplainerMore is what few explainers have.
type ExplainerMore struct {
	Knowns      []Prose
	Unknowns    []Prose
	Images      []*Image
	Method      Prose
	Syndication *Syndication
	Params      map[string]any
	Aliases     []Ref

	Lost                    Lists
	RelatedRefs, Skip, Only []Ref
}

// Syndication says where an explainer was first published.
type Syndication struct {
	Originator string
	URL        string
	Via        []string
	License    string
	Adapted    bool
	Canonical  bool
}

// Key is the explainer's name on the site: its id, with its edition if it has one.
func (e *Explainer) Key() string {
	if e.Edition == "" {
		return e.ID
	}
	return e.ID + "." + e.Edition
}

// Question finds a question by its id or an old one.
func (e *Explainer) Question(id string) *Question {
	for _, q := range e.Questions {
		if q.Called(id) {
			return q
		}
	}
	return nil
}

// QuestionIDs are the ids of the explainer's questions, in their order.
func (e *Explainer) QuestionIDs() []string {
	out := make([]string, 0, len(e.Questions))
	for _, q := range e.Questions {
		out = append(out, q.ID)
	}
	return out
}

// Note returns the newest editors-note: of a withdrawn explainer, all that readers
// still get. It is nil where there is none.
func (e *Explainer) Note() *Update {
	for _, u := range e.Updates {
		if u.Type == "editors-note" && u.Text.Given() {
			return u
		}
	}
	return nil
}

// Reviewed returns the newest entry that says that the explainer was looked
// through, nil where there is none. Of a question, entries that name others say
// nothing; of the explainer, q is nil.
func (e *Explainer) Reviewed(q *Question) *Update {
	for _, u := range e.Updates {
		if u.Type == "review" && (q == nil || len(u.Questions) == 0 || u.Concerns(q)) {
			return u
		}
	}
	return nil
}

// Image finds what the explainer says of the picture src, nil where it says
// nothing.
func (e *Explainer) Image(src string) *Image {
	for _, im := range e.Images {
		if sameImage(e, im.Src, src) {
			return im
		}
	}
	return nil
}

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
	p.addDiags(ds, fm.Keys)
	e := p.memory.arenas.explainers.One()
	*e = Explainer{
		ID: src.ID, Edition: src.Edition, Path: p.file, Folder: src.Folder,
		Record: p.rec, ExplainerMore: &ExplainerMore{},
	}
	p.status(e, fm)
	p.notEmpty()
	b, ds := p.md.Body(markdown.Input{File: p.file, Src: p.data[body.Start:body.End],
		At: func(i int) int { return int(body.Start) + i }})
	p.diags = append(p.diags, ds...)
	if m := p.rec.Marks; m != nil {
		*m = Marks{Title: fm.Title.Span, Updated: fm.Keys["updated"],
			ReviewBy: fm.Keys["review_by"], Questions: fm.Keys["questions"], Body: body}
		for i := range b.Sections {
			if h := &b.Sections[i].Heading; h.ID != "" {
				m.HeadingIDs = append(m.HeadingIDs, h.IDAt)
			}
		}
	}
	p.head(e, fm, &b)
	p.questionsAndText(e, fm, sides, &b)
	p.rest(e, fm)
	p.across(e)
	shareNothing(e)
	compact(e, p.memory)
	e.Headings = p.headings
	if p.keepText {
		p.texts(e, body, &b)
	}
	return e
}

// notEmpty reports a file without anything in it: one message will do.
func (p *parser) notEmpty() {
	if len(bytes.TrimSpace(p.data)) == 0 && !p.unread {
		p.unread = true
		p.missing(diag.Span{}, "this file is empty",
			"write title:, standfirst: and questions: between two lines ---, or begin with “nutgraf new explainer”")
	}
}

// questionsAndText reads the lists with files of their own, the questions with their answers,
// and the introduction.
func (p *parser) questionsAndText(e *Explainer, fm *front.Explainer, sides []sideFile, b *markdown.Body) {
	for _, s := range sides {
		p.side(e, fm, s)
	}
	e.Lost |= p.lost(fm, sides) | p.gone
	if fm.Questions != nil || e.Questions == nil {
		e.Questions = p.questions(fm.Questions)
	}
	p.answers(e, fm, b)
	p.introduction(e, fm, &b.Intro)
}

// rest reads the front matter that is neither about the explainer as a whole nor a question.
func (p *parser) rest(e *Explainer, fm *front.Explainer) {
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
}

// notes checks what is for the desk like everything else, but for what only readers
// would mind: it is shown nowhere.
func (p *parser) notes(t front.Text) {
	n := len(p.diags)
	p.value(t)
	mine := p.diags[n:]
	p.diags = append(p.diags[:n], slices.DeleteFunc(mine,
		func(d diag.Diagnostic) bool { return d.Rule == markdown.ForeignRule })...)
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
	if e.Status == Published && !fm.Published.Given() && !p.reported(fm.Keys, "published", false) {
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
	for i, read := range [...]bool{fm.Questions != nil, fm.Timeline != nil, fm.Sources != nil,
		fm.Images != nil, fm.Updates != nil} {
		elsewhere := slices.ContainsFunc(sides, func(s sideFile) bool { return s.key == sideKeys[i] })
		if !elsewhere && p.reported(fm.Keys, sideKeys[i], read) {
			lost |= 1 << i
		}
	}
	return lost
}

// head reads everything about the explainer as a whole.
func (p *parser) head(e *Explainer, fm *front.Explainer, b *markdown.Body) {
	p.title(e, fm, b.Titles)
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
	p.termChoice(e, fm.Glossary)
	e.Aliases = p.aliases(fm.Aliases)
}

// title reads the title, for which the body's # heading may stand.
func (p *parser) title(e *Explainer, fm *front.Explainer, headings []markdown.Heading) {
	at := fm.Title.Span
	e.Title = p.plainText(fm.Title)
	for _, h := range headings {
		if e.Title == "" {
			e.Title, at = h.Text, h.At
			continue
		}
		d := diag.Diagnostic{Severity: diag.Error, Rule: "two-titles",
			Message: "a # heading beside the title: a page has one title",
			Hint:    "remove one of the two, or lower this one to ###", At: p.place(h.At),
			Related: []diag.Related{{Message: "the title", At: p.place(at)}}}
		p.diags = append(p.diags, d)
	}
	if e.Title == "" {
		p.lacking(fm.Keys, "title", fm.Title, "it has no title",
			"add title: with the question that the explainer answers")
		e.Title = e.ID
	}
}

// termChoice reads which terms of the glossary are linked by themselves.
func (p *parser) termChoice(e *Explainer, chosen front.TermChoice) {
	e.Skip, e.Only = p.refs(chosen.Skip), p.refs(chosen.Only)
	for _, t := range chosen.Only {
		if slices.ContainsFunc(chosen.Skip, func(s front.Text) bool { return s.Value == t.Value }) {
			message := fmt.Sprintf("“%s” stands under skip and under only", Clip(t.Value))
			p.wrong("contradiction", t.Span, message, "keep one of the two")
		}
	}
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
	if p.reported(fm.Keys, "standfirst", fm.Standfirst.Given()) {
		return
	}
	message, hint := "it has no standfirst", "add standfirst: with one paragraph that says what the reader will learn"
	if e.Summary != "" {
		message += ": the introduction's first sentence stands in"
	}
	p.report(diag.Warning, "no-standfirst", givenOr(fm.Standfirst.Span, fm.Title.Span), message,
		"it stands under the title, in lists, and in what search engines show", hint)
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

func (p *parser) language(t front.Text) {
	if t.Value == "kr" {
		p.report(diag.Warning, "lang", t.Span, "“kr” is Kanuri, a language of Nigeria and Chad", "",
			"write ko if you mean Korean")
	}
	if t.Given() && !lang.Valid(t.Value) {
		hint, fix := "write one of BCP 47: en, fr, pt-BR", []diag.Edit(nil)
		if tag := lang.Tag(t.Value); tag != "" {
			hint, fix = "write "+tag, p.instead(t, tag)
		}
		p.wrong("lang", t.Span, fmt.Sprintf("“%s” is no language tag", Clip(t.Value)), hint, fix...)
	}
}

// sameLanguage reports a lang that is not the one in the file's name; it may say
// more, such as fr-CA.
func (p *parser) sameLanguage(t front.Text, edition string) {
	own, _, _ := strings.Cut(t.Value, "-")
	named, _, _ := strings.Cut(edition, "-")
	if t.Given() && edition != "" && lang.Valid(t.Value) && !strings.EqualFold(own, named) {
		p.wrong("lang", t.Span, fmt.Sprintf("lang is “%s”, and the file's name says “%s”", t.Value,
			edition), "leave lang out, or rename the file")
	}
}

func (p *parser) syndication(f front.Syndication) *Syndication {
	if f.IsZero() {
		return nil
	}
	s := &Syndication{Originator: p.plainText(f.Originator), URL: p.url(f.URL),
		Via: p.plainTexts(f.Via), License: p.plainText(f.License), Adapted: f.Adapted.Value,
		Canonical: f.Canonical.Value}
	if s.Originator == "" {
		p.missing(f.Span, "syndication does not say whose the text is", "add originator:")
	}
	if s.Canonical && s.URL == "" {
		p.wrong("canonical", f.Canonical.Span, "canonical: true needs the address of the original",
			"add url: to syndication")
	}
	return s
}
