package check

import (
	"bytes"
	"fmt"
	"slices"

	"nutgraf/site/diag"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
	"nutgraf/site/prose"
)

// compileWords makes the usage of each language ready that the site is written in.
func (c *checker) compileWords() {
	c.words = map[string]*prose.Words{}
	add := func(l *lang.Language) {
		if _, done := c.words[l.Tag]; !done {
			c.words[l.Tag] = prose.New(l)
		}
	}
	add(c.site.Config.Lang)
	for _, e := range c.site.Explainers {
		add(c.site.Language(e))
	}
	c.forms = map[string]bool{}
	for _, t := range c.site.Terms {
		for _, f := range slices.Concat([]string{t.Name}, t.Forms, t.Formerly) {
			c.forms[f] = true
		}
	}
}

// readWords reads the passages whose words are judged: those that say what was
// so on the day of the text.
func (d *docCheck) readWords() {
	w := d.words[d.lang.Tag]
	if w == nil {
		return // nobody has written down how the language speaks
	}
	for i := range d.texts {
		t := &d.texts[i]
		switch t.part {
		case standfirst, intro, answer, known, event:
			for j := range t.blocks {
				t.blocks[j].reading = d.reader.Read(w, *t.blocks[j].Passage)
			}
		}
	}
}

// eachReading calls f for each passage that was read, in the given parts.
func (d *docCheck) eachReading(f func(*text, *block), parts ...part) {
	for i := range d.texts {
		t := &d.texts[i]
		if len(parts) > 0 && !slices.Contains(parts, t.part) {
			continue
		}
		for j := range t.blocks {
			if t.blocks[j].reading != nil {
				f(t, &t.blocks[j])
			}
		}
	}
}

// advise adds a finding about words of a block.
func (d *docCheck) advise(t *text, b *block, e prose.Extent, a advice) {
	at := diag.Place{File: t.file, Span: b.Span(e.Start, e.End)}
	d.found = append(d.found, diag.Diagnostic{Rule: d.rule, Message: a.message, Why: a.why, Hint: a.hint,
		Fix: a.fix, At: at})
}

// staleDate reports expressions that count from the day of the text.
func staleDate(d *docCheck) error {
	d.reportDates(false)
	d.reportPlainDates()
	return nil
}

// reportPlainDates reports those in what is no Markdown: the title, questions and
// short answers. An event's title stands beside its date.
func (d *docCheck) reportPlainDates() {
	w := d.words[d.lang.Tag]
	if w == nil {
		return
	}
	read := func(text string, question int, asks bool, at func() diag.Place) {
		asOf := d.asOfQuestion(question)
		for _, f := range d.reader.Read(w, prose.Passage{Text: text}).Dates(asOf, d.site.Now) {
			if f.Quoted || asks && f.Present { // “What do we know so far?” is asked anew each time
				continue
			}
			f.Certain = f.Certain || asks // on the day of the text, as nobody could know of questions in it
			words := text[f.Start:f.End]
			a := dateAdvice(f, words, false, asOf)
			if !asOf.IsZero() {
				a.hint = "no markup is read here: say when, in words that stay true"
			}
			d.found = append(d.found, diag.Diagnostic{Rule: d.rule, Message: a.message, Why: a.why,
				Hint: a.hint, At: d.narrow(at(), words)})
		}
	}
	e := d.explainer
	read(e.Title, -1, true, func() diag.Place { return d.inFile(d.marks().Title) })
	for i, q := range e.Questions {
		read(q.Text, i, true, func() diag.Place { return q.At })
		read(q.Short, i, false, func() diag.Place { return d.shortAt(i) })
	}
}

// narrow is where words stand within a place, or the place itself where they are
// spelled otherwise there.
func (d *docCheck) narrow(at diag.Place, words string) diag.Place {
	source := d.site.FileData(at.File)
	if int(at.End) > len(source) { // it has changed since
		return at
	}
	if i := bytes.Index(source[at.Start:at.End], []byte(words)); i >= 0 {
		at.Start += int32(i)
		at.End = at.Start + int32(len(words))
	}
	return at
}

// quotedDate reports those in quotations, which nobody may change.
func quotedDate(d *docCheck) error {
	d.reportDates(true)
	return nil
}

// datesOf are the expressions of a passage that go stale. Two rules ask for them.
func (d *docCheck) datesOf(t *text, b *block) []prose.Date {
	if !b.dated {
		b.dates, b.dated = b.reading.Dates(d.asOf(t), d.site.Now), true
	}
	return b.dates
}

func (d *docCheck) reportDates(quoted bool) {
	var of *text
	var p pinning
	d.eachReading(func(t *text, b *block) {
		asOf := d.asOf(t)
		for _, f := range d.datesOf(t, b) {
			if t.part == event && f.Present { // which is then, as the date beside it says
				continue
			}
			if f.Quoted == quoted {
				words := b.Text[f.Start:f.End]
				a := dateAdvice(f, words, f.Within(b.Linked) || d.inMarkup(t.file, b.Span(f.Start, f.End)), asOf)
				switch {
				case t.part == event && asOf.IsZero():
					a.hint = "write the date itself"
				case b.Raw && f.Certain: // where a Markdown link would be no link
					a.hint = fmt.Sprintf(`write <a href="date:%s">%s</a>, which shows the date beside the words`,
						f.Means, words)
				}
				if of != t {
					of, p = t, d.pinningOf(t)
				}
				a.fix = d.pinOf(&p, t, b, f)
				d.advise(t, b, f.Extent, a)
			}
		}
	})
}

// inMarkup reports whether words in a file are in markup that has no room for more.
func (d *docCheck) inMarkup(file string, at diag.Span) bool {
	if _, read := d.markup[file]; !read {
		if d.markup == nil {
			d.markup = map[string][]prose.Extent{}
		}
		d.markup[file] = markupExtents(d.site.FileData(file))
	}
	return prose.Extent{Start: int(at.Start), End: int(at.End)}.Within(d.markup[file])
}

// cover counts the sentences that need a source.
func (d *docCheck) cover() {
	d.coverage = Coverage{Explainer: d.explainer, Questions: make([]Claims, len(d.explainer.Questions))}
	d.eachClaim(func(t *text, b *block, c prose.Claim) {
		one := Claims{Needed: 1}
		if c.Cited {
			one.Sourced = 1
		}
		d.coverage.add(one)
		if t.question >= 0 {
			d.coverage.Questions[t.question].add(one)
		}
	})
}

// eachClaim calls f for each sentence that needs a source. The question may name
// sources for its answer as a whole; a row of a table is one sentence, cited in
// whichever cell.
func (d *docCheck) eachClaim(f func(*text, *block, prose.Claim)) {
	last := prose.Extent{Start: -1, End: -1} // the row that was reported
	var of *text
	d.eachReading(func(t *text, b *block) {
		row, within := t.row(b)
		for _, c := range b.reading.Claims() {
			if within && t == of && row == last {
				break
			}
			c.Cited = c.Cited || d.named(t) || within && t.cites(row)
			f(t, b, c)
			if within {
				of, last = t, row
			}
		}
	}, intro, answer, known)
}

// row is the row of a table, in the HTML, that a block is a cell of.
func (t *text) row(b *block) (row prose.Extent, ok bool) {
	if !t.tables {
		return prose.Extent{}, false
	}
	html := t.f.HTML
	start := bytes.LastIndex(html[:b.HTML.Start], []byte("<tr"))
	if start < 0 || bytes.Contains(html[start:b.HTML.Start], []byte("</tr>")) {
		return prose.Extent{}, false
	}
	return prose.Extent{Start: start, End: elementEnd(html, start)}, true
}

// cites reports whether a part of the HTML has a citation.
func (t *text) cites(part prose.Extent) bool {
	return slices.ContainsFunc(t.f.Holes, func(h markdown.Hole) bool {
		return h.Kind == markdown.Citation && int(h.At) >= part.Start && int(h.At) < part.End
	})
}

func (c *Claims) add(more Claims) {
	c.Needed += more.Needed
	c.Sourced += more.Sourced
}

// named reports whether the question names sources for its answer as a whole.
func (d *docCheck) named(t *text) bool {
	return t.question >= 0 && len(d.explainer.Questions[t.question].Sources) > 0
}

// unsourced reports sentences that need a source and have none.
func unsourced(d *docCheck) error {
	d.eachClaim(func(t *text, b *block, c prose.Claim) {
		if !c.Cited {
			d.advise(t, b, c.Reason, claimAdvice(clip(b.Text[c.Reason.Start:c.Reason.End])))
		}
	})
	return nil
}

// unexplained reports abbreviations that nothing explains, question by question.
func unexplained(d *docCheck) error {
	for i := range d.texts {
		t := &d.texts[i]
		if t.part != intro && t.part != answer {
			continue
		}
		known := prose.NewAbbreviations(d.forms)
		for j := range t.blocks {
			if b := &t.blocks[j]; b.reading != nil {
				for _, a := range known.Unexplained(b.reading) {
					d.advise(t, b, a.Extent, abbreviationAdvice(a))
				}
			}
		}
	}
	return nil
}
