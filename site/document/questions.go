package document

import (
	"bytes"
	"cmp"
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

// Question is one section of an Explainer. What few questions have lies in
// QuestionMore, so that a site of 100,000 explainers fits into memory; the
// same goes for explainers, events and sources.
type Question struct {
	ID     string
	Text   string `read:"pages"`
	Short  string `read:"pages"` // plain text, may be empty
	Answer Prose  // not given where Use is
	At     diag.Place
	*QuestionMore
}

// QuestionMore is what few questions have.
type QuestionMore struct {
	Use      *Ref // <explainer>#<id>
	Sources  []Ref
	AsOf     string
	Updated  string
	ReviewBy string
	Aliases  []string

	idAt    diag.Place   // where the id stands; zero where none is given
	aliasAt []diag.Place // of each of Aliases
}

// Called reports whether an id is the question's, or an old one of it.
func (q *Question) Called(id string) bool { return q.ID == id || slices.Contains(q.Aliases, id) }

// Named reports whether the writer gave the question an id.
func (q *Question) Named() bool { return q.QuestionMore != nil && q.idAt.File != "" }

// idPlace is where the question's id stands, or else the question.
func (q *Question) idPlace() diag.Place {
	if q.idAt.File == "" {
		return q.At
	}
	return q.idAt
}

// questions reads the list of questions, in its order.
func (p *parser) questions(list []front.Question) []*Question {
	mark(p, func(m *Marks) *[]diag.Place { return &m.Shorts }, list,
		func(f *front.Question) diag.Span { return f.Short.Span })
	m := p.memory
	qs, all := m.arenas.questionLists.List(len(list)), m.arenas.questions.List(len(list))
	for i, f := range list {
		q := &all[i]
		*q = Question{Text: p.plainText(f.Question), At: p.place(f.Span), QuestionMore: oneMore(&p.memory.questions)}
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
			p.wrong("two-answers", t.Span,
				"the answer is taken from another explainer by use:, and so are its dates "+
					"and sources", "remove this here, or write it there")
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
				Hint:    "keep one of the two", At: p.place(s.Heading.At),
				Related: []diag.Related{{Message: "the other answer", At: q.At}}})
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

// otherWords reports a heading that says something else than its listed question,
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

// missedHeading makes an error of each line that is meant for a heading, where nothing else says that
// there are no questions, and reports whether there is one.
func (p *parser) missedHeading() bool {
	found := false
	for i := range p.diags {
		if d := &p.diags[i]; strings.Contains(d.Message, markdown.NoHeading) {
			d.Severity, found = diag.Error, true
		}
	}
	return found
}

// reservedIDs begin the anchors that a page keeps for itself.
var reservedIDs = []string{"event-", "source-", "term-", "fn-", "fnref-"}

// checkQuestions checks what each question must have.
func (p *parser) checkQuestions(e *Explainer, fm *front.Explainer) {
	ids := claims{}
	for i, q := range e.Questions {
		p.checkQuestion(q, i+1)
		if q.ID != "" {
			p.claim(ids, "questions", q.ID, q.idPlace(), "")
		}
		for i, a := range q.Aliases {
			p.claim(ids, "questions", a, q.aliasAt[i], "")
		}
		if q.Answer.Given() {
			e.Words += int32(markdown.WordCount(p.fragments[q.Answer.Index].HTML))
		}
	}
	// what stands there is not read
	limited := slices.ContainsFunc(p.diags,
		func(d diag.Diagnostic) bool { return d.Rule == "markdown-limit" })
	if len(e.Questions) == 0 && e.Status != Withdrawn && !e.Lost.Has(QuestionList) && !limited &&
		!p.missedHeading() {
		p.noQuestions()
	}
}

// likeQuestion is a line that looks as if it were meant for a question: a lower heading, or words
// in bold alone.
var likeQuestion = regexp.MustCompile(`(?m)^(#{3,6})[ \t]+(\S[^\r\n]*)|^\*\*([^*\r\n]+)\*\*[ \t]*\r?$`)

// noQuestions reports that a document has none, at the first line that was meant for one.
func (p *parser) noQuestions() {
	from := max(0, bytes.Index(p.data, []byte("\n---")))
	m := likeQuestion.FindSubmatchIndex(p.data[from:])
	switch {
	case m == nil:
		p.missing(diag.Span{}, "it has no questions", "add questions: to the front matter, or ## headings to the body")
	case m[2] >= 0:
		p.missing(diag.Span{Start: int32(from + m[2]), End: int32(from + m[5])},
			fmt.Sprintf("it has no questions: %s is a heading within an answer", p.data[from+m[2]:from+m[3]]),
			"write ## before each question")
	default:
		p.missing(diag.Span{Start: int32(from + m[0]), End: int32(from + m[7] + len("**"))},
			"it has no questions: bold words are no heading",
			fmt.Sprintf("write ## %s, and so for each question", p.data[from+m[6]:from+m[7]]))
	}
}

// checkQuestion checks one question on its own, the n-th. It may stand in a file of
// its own.
func (p *parser) checkQuestion(q *Question, n int) {
	switch {
	case q.Text == "" && q.Use == nil:
		p.missingAt(q.At, "this question has no text", "add question: with its words")
	case q.ID == "" && q.Use == nil:
		p.wrongAt("id", q.idPlace(), fmt.Sprintf("no address can be made of “%s”", Clip(q.Text)),
			fmt.Sprintf("give the question an id: id: question-%d", n))
	}
	for _, reserved := range reservedIDs {
		if strings.HasPrefix(q.ID, reserved) {
			p.wrongAt("reserved-id", q.idPlace(),
				fmt.Sprintf("“%s” can't be the id of a question", q.ID),
				"choose one that does not begin with "+reserved+
					": those are kept for events, sources, terms and notes")
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
		if r := ev.Question; r != nil && !e.Lost.Has(QuestionList) &&
			!slices.ContainsFunc(e.Questions, func(q *Question) bool { return q.ID == r.ID }) {
			p.unknownQuestion(e, *r)
		}
	}
	if e.Status == Withdrawn && !e.Lost.Has(updateList) && !slices.ContainsFunc(e.Updates,
		func(u *Update) bool { return u.Type == "editors-note" }) {
		p.report(diag.Warning, "withdrawn", diag.Span{}, "it is withdrawn, but does not tell readers why", "",
			"add an update of type editors-note")
	}
}

func (p *parser) unknownQuestion(e *Explainer, r Ref) {
	ids := make([]string, 0, len(e.Questions))
	for _, q := range e.Questions {
		ids = append(ids, q.ID)
	}
	p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: "broken-reference",
		Message: fmt.Sprintf("no question here has the id “%s”", Clip(r.ID)),
		Hint:    diag.NearestHint(r.ID, ids, ToList("questions", r.ID)), At: r.At,
		Fix: diag.ReplaceByNearest(r.At, r.ID, ids)})
}
