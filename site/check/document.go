package check

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/edtf"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
	"nutgraf/site/prose"
)

// document is one explainer, term or page while its rules are held to it; of
// what it has, the findings, the acceptances and the coverage stay.
type docCheck struct {
	*checker
	origin    site.Origin
	explainer *site.Explainer // nil for terms and pages
	lang      *lang.Language
	texts     []text
	sources   []document.SourceText // of its own, once they were read
	reader    *prose.Reader

	rule      string // that is held to it now
	found     []diag.Diagnostic
	accepts   []accept
	coverage  Coverage
	phrases   []candidate
	events    []eventText
	markup    map[string][]prose.Extent // of its files, once they were asked for
	addresses []address
}

// memory is what documents are read in, one after the other.
type memory struct {
	fragments document.Fragments
	reader    prose.Reader
	found     []diag.Diagnostic
}

// part says which part of a document a text is.
type part uint8

const (
	unshown part = iota // notes for the desk, or comments alone
	standfirst
	intro
	answer
	known // or unknown
	event
	other // how it was reported, an update, a caption
	body  // of a term or a page
)

// text is one Markdown value of a document.
type text struct {
	part
	file     string
	question int       // which of the explainer's the answer is of, else -1
	day      time.Time // of an event's text: its day, from which it counts; zero where that is none
	f        *markdown.Fragment
	blocks   []block
	tables   bool // it has any
}

// block is a passage with what is read of it.
type block struct {
	*prose.Passage
	reading *prose.Reading // where its words are judged, else nil

	dates     []prose.Date     // of the reading, once dated
	forecasts []prose.Forecast // likewise, once foretold
	dated     bool
	foretold  bool
}

// read reads the document's texts, and holds the rules of documents to them.
func (d *docCheck) read() error {
	m := d.memory.Get().(*memory)
	defer d.memory.Put(m)
	d.reader, d.found = &m.reader, m.found[:0]
	if err := d.site.ReadFragments(d.origin.Record(), &m.fragments); err != nil {
		return err
	}
	d.split(m)
	for i := range d.texts {
		d.readAccepts(&d.texts[i])
	}
	if d.explainer != nil {
		d.readWords()
		d.cover()
	}
	err := d.hold()
	m.found, d.found = d.found, slices.Clone(d.found)
	d.texts, d.sources, d.reader, d.markup = nil, nil, nil, nil
	return err
}

// hold holds the rules of documents to this one.
func (d *docCheck) hold() error {
	for i := range rules {
		hold := rules[i].any
		if d.explainer != nil && hold == nil {
			hold = rules[i].doc
		}
		if d.rule = rules[i].name; hold == nil || !d.on(d.rule) {
			continue
		}
		if err := hold(d); err != nil {
			return err
		}
	}
	return nil
}

// split says what each Fragment is, and makes its passages.
func (d *docCheck) split(m *memory) {
	fs := m.fragments.All
	d.reader.Reset()
	d.texts = make([]text, len(fs))
	file := d.origin.Path()
	for i := range fs {
		t := &d.texts[i]
		t.f, t.question = &fs[i], -1
		t.file = d.origin.Record().Place(file, int32(i), diag.Span{}).File
	}
	if d.explainer == nil {
		for i := range d.texts {
			d.texts[i].part = body
		}
	} else {
		d.nameParts(d.explainer)
	}
	for i := range d.texts {
		if t := &d.texts[i]; t.part != unshown {
			t.blocks, t.tables = blocksOf(d.reader.Passages(t.f)), bytes.Contains(t.f.HTML, []byte("<tr"))
		}
	}
}

func blocksOf(passages []prose.Passage) []block {
	all := make([]block, len(passages))
	for i := range passages {
		all[i].Passage = &passages[i]
	}
	return all
}

// nameParts says which part of the explainer each text is.
func (d *docCheck) nameParts(e *site.Explainer) {
	name := func(p document.Prose, as part) *text {
		if !p.Given() {
			return &text{}
		}
		t := &d.texts[p.Index]
		t.part = as
		return t
	}
	name(e.Standfirst, standfirst)
	name(e.Intro, intro)
	name(e.Method, other)
	for i, q := range e.Questions {
		name(q.Answer, answer).question = i
	}
	for _, lines := range [][]document.Prose{e.Knowns, e.Unknowns} {
		for _, p := range lines {
			name(p, known)
		}
	}
	for _, ev := range e.OwnEvents {
		written := ev.Date.String()
		name(ev.Text, event).day, _, _ = edtf.ParseDay(
			written[:min(len(written), len(time.DateOnly))], d.site.Config.Location)
	}
	for _, im := range e.Images {
		name(im.Caption, other)
	}
	for _, u := range e.Updates {
		name(u.Text, other)
	}
}

// report adds a finding of the rule that is held now.
func (d *docCheck) report(at diag.Place, message, hint string, related ...diag.Related) {
	d.found = append(d.found, diag.Diagnostic{Rule: d.rule, Message: message, Hint: hint, At: at, Related: related})
}

// reportOrCount is report for rules of which build counts the findings: words are made for those alone
// that are read.
func (d *docCheck) reportOrCount(at diag.Place, words func() (message, hint string)) {
	message, hint := "", ""
	if !d.counting {
		message, hint = words()
	}
	d.report(at, message, hint)
}

// reportWords adds a finding about words of a block.
func (d *docCheck) reportWords(t *text, b *block, start, end int, message, hint string) {
	d.report(diag.Place{File: t.file, Span: b.Span(start, end)}, message, hint)
}

// here is the document as a whole.
func (d *docCheck) here() diag.Place { return d.inFile(diag.Span{}) }

// marks are where that of the explainer stands which the model gives no place.
func (d *docCheck) marks() *document.Marks {
	if m := d.origin.Record().Marks; m != nil {
		return m
	}
	return &document.Marks{} // build asks for none when it counts
}

// inFile is a place in the document's own file.
func (d *docCheck) inFile(at diag.Span) diag.Place {
	return diag.Place{File: d.origin.Path(), Span: at}
}

// placeOf is the i-th of all places, else the document as a whole.
func (d *docCheck) placeOf(all []diag.Place, i int) diag.Place {
	if i >= len(all) {
		return d.here()
	}
	return all[i]
}

// sourceAt is where the explainer's i-th source stands.
func (d *docCheck) sourceAt(i int) diag.Place { return d.placeOf(d.marks().Sources, i) }

// eventAt is where the explainer's i-th event stands.
func (d *docCheck) eventAt(i int) diag.Place { return d.placeOf(d.marks().Events, i) }

// shortAt is where the short answer to the i-th question stands, else the question.
func (d *docCheck) shortAt(i int) diag.Place {
	at := d.placeOf(d.marks().Shorts, i)
	if at.Span.IsZero() { // in the body, as > [!SHORT]
		return d.explainer.Questions[i].At
	}
	return at
}

// asOf is the day that relative dates of a text are relative to; zero where
// nobody said. An event's text counts from the event's day.
func (d *docCheck) asOf(t *text) time.Time {
	if t.part == event {
		return t.day
	}
	return d.asOfQuestion(t.question)
}

// asOfQuestion is that day for the i-th question, or for the explainer where i is -1.
func (d *docCheck) asOfQuestion(i int) time.Time {
	if i >= 0 {
		if a := d.explainer.Answers[i]; a.Explainer == d.explainer && !a.AsOf.IsZero() {
			return a.AsOf
		}
	}
	return d.explainer.AsOf
}

// clip shortens words that are quoted in a message.
func clip(s string) string {
	const most = 60
	if len(s) <= most && !strings.ContainsFunc(s,
		func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }) && !strings.Contains(s, "  ") {
		return s
	}
	s = strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-3]) + "…"
	}
	return s
}

// plural says how many there are of something.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
