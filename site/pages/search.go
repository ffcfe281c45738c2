package pages

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/edtf"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
	"nutgraf/site/search"
)

// searched is a page whose texts are found: one of these.
type searched struct {
	path      string
	explainer *site.Explainer
	term      *site.Term
	page      *document.Page
}

// searchedPages lists the pages whose texts are found, in the order that the
// index takes them.
func (b *Book) searchedPages() []searched {
	all := make([]searched, 0, len(b.site.Explainers)+len(b.site.Terms)+len(b.site.Pages))
	for _, e := range b.site.Explainers {
		all = append(all, searched{path: explainerPath(e), explainer: e})
	}
	for _, t := range b.site.Terms {
		all = append(all, searched{path: termPath(t), term: t})
	}
	for _, p := range b.site.Pages {
		all = append(all, searched{path: plainPath(p), page: p})
	}
	slices.SortFunc(all, func(x, y searched) int { return search.Compare(x.path, y.path) })
	return all
}

// addSearched adds all that a page says itself.
func (b *builder) addSearched(batch *search.Batch, s searched) {
	switch {
	case s.explainer != nil:
		b.addExplainer(batch, s.explainer)
	case s.term != nil:
		b.addTerm(batch, s.term)
	default:
		b.addPage(batch, s.page)
	}
}

func (b *builder) addTerm(batch *search.Batch, t *site.Term) {
	batch.Begin(search.Document{URL: termPath(t), Title: t.Name})
	body := b.text(site.Origin{Term: t}, t.Body)
	of := "" // in words: an entry is found itself
	if r := t.Affiliation; r != nil && b.book.site.Resolve(site.Origin{Term: t}, "term:"+r.ID).Term == nil {
		of = r.ID
	}
	for _, names := range [...][]string{t.Forms, t.Formerly, {t.Role, of}} {
		for _, name := range names {
			body = append(append(body, ' '), name...)
		}
	}
	batch.Add(search.Entry{Kind: search.Term, Title: t.Name, Text: t.Short, Body: body, Also: t.Avoid})
	b.addSources(batch, t.Sources)
}

// addPage adds a plain page: what stands before its first heading, and each
// heading with what follows.
func (b *builder) addPage(batch *search.Batch, p *document.Page) {
	batch.Begin(search.Document{URL: plainPath(p), Title: p.Title})
	e := search.Entry{Kind: search.Page, Title: p.Title, Text: p.Summary}
	f := b.fragment(p.Body)
	if f == nil {
		batch.Add(e)
		return
	}
	from := int32(0)
	for _, a := range f.Anchors {
		e.Body = b.readWords(f, from, a.Start, codeMark)
		batch.Add(e)
		title := markdown.PlainText(f.HTML[a.Start:a.End])
		e = search.Entry{Kind: search.Page, URL: "#" + a.ID, Title: title}
		from = a.End
	}
	e.Body = b.readWords(f, from, int32(len(f.HTML)), codeMark)
	batch.Add(e)
}

func addBatches(index *search.Builder, batches []search.Batch) error {
	for i := range batches {
		if err := index.Add(&batches[i]); err != nil {
			return err
		}
	}
	return nil
}

// addExplainer adds what an explainer says itself.
func (b *builder) addExplainer(batch *search.Batch, e *site.Explainer) {
	o := site.Origin{Explainer: e}
	batch.Begin(search.Document{URL: explainerPath(e), Title: e.Title})
	intro := b.text(o, e.Intro)
	for _, im := range e.Images {
		if !im.Placed {
			intro = b.picture(intro, o, im.Src, im.Alt, im)
		}
	}
	batch.Add(search.Entry{Kind: search.Explainer, Title: e.Title, Text: e.Summary, Body: intro})
	for i, q := range e.Questions {
		if a := e.Answers[i]; a.Explainer == e {
			batch.Add(search.Entry{Kind: search.Question, Title: cmp.Or(q.Text, a.Question().Text),
				Text: cmp.Or(q.Short, a.Question().Short), Body: b.text(o, a.Question().Answer), URL: "#" + q.ID})
		}
	}
	b.addEvents(batch, e)
	for _, k := range e.Knowns {
		batch.Add(search.Entry{Kind: search.Known, Text: b.line(k), URL: "#known_things"})
	}
	for _, k := range e.Unknowns {
		batch.Add(search.Entry{Kind: search.Unknown, Text: b.line(k), URL: "#known_things"})
	}
	b.addSources(batch, e.Sources)
	for _, u := range e.Updates {
		text := strings.TrimSpace(u.Plain + " " + u.Was)
		batch.Add(search.Entry{Kind: search.Update, Text: text, URL: "#all_updates"})
	}
	if e.Method.Given() {
		text, code := b.lineAndCode(e.Method)
		batch.Add(search.Entry{Kind: search.Method, Text: text, Body: code, URL: "#how_reported"})
	}
}

func (b *builder) addEvents(batch *search.Batch, e *site.Explainer) {
	own := explainerPath(e)
	for _, ev := range e.Timeline {
		if ev.Explainer != e {
			continue
		}
		url := b.book.eventPath(ev)
		if at, ok := strings.CutPrefix(url, own); ok && strings.HasPrefix(at, "#") {
			url = at
		}
		text, code := b.lineAndCode(ev.Text)
		b.scratch = append(append(append(append(b.scratch[:0], code...), ev.Flag...), ' '), placeOf(ev)...)
		of := b.dateWords(ev, b.uncertain(ev.Date))
		for _, user := range ev.Users[1:] { // the result names the first, whose page it is on
			of += " · " + user.Title
		}
		batch.Add(search.Entry{Kind: search.Event, Title: ev.Title, Text: text,
			Body: bytes.TrimSpace(b.scratch), Of: of,
			URL: url, Dates: datesOf(ev.Date)})
	}
}

func (b *builder) addSources(batch *search.Batch, sources []*document.Source) {
	for _, src := range sources {
		about := b.aboutSource(src)
		by := about.Author
		if about.Publisher != "" {
			by = append(slices.Clip(by), about.Publisher)
		}
		batch.Add(search.Entry{Kind: search.Source, Title: about.Title, Of: strings.Join(by, ", "),
			URL: "#source-" + src.ID})
	}
}

// datesOf are the days, months and years of a date, as far as they are known.
func datesOf(d edtf.Date) []string {
	first, known := d.Earliest()
	last, ends := d.Latest()
	switch {
	case !known && !ends:
		return nil
	case !known:
		first = last
	case !ends:
		last = first
	}
	const day = "2006-01-02"
	if text := d.String(); d.Precision() >= edtf.Minute && !d.Interval() && len(text) > len(day) {
		if day, err := time.Parse(day, text[:len(day)]); err == nil {
			first, last = day, day // where it happened it was that day
		}
	}
	return search.Dates(first, last, d.Precision() >= edtf.Day, d.Precision() >= edtf.Half)
}

// line is a text without markup that is shown.
func (b *builder) line(p document.Prose) string { return strings.TrimSpace(string(b.plainText(p))) }

// lineAndCode is a text without markup that is shown, and apart from it the code that
// readers see as a block.
func (b *builder) lineAndCode(p document.Prose) (line string, code []byte) {
	f := b.fragment(p)
	if f == nil {
		return "", nil
	}
	parts := bytes.Split(b.readWords(f, 0, int32(len(f.HTML)), codeMark), []byte(codeMark))
	if len(parts) == 1 {
		return strings.TrimSpace(string(parts[0])), nil
	}
	for i, part := range parts {
		if i%2 == 0 {
			line += string(part)
		} else {
			code = slices.Concat(code, []byte(codeMark), part, []byte(codeMark))
		}
	}
	return strings.Join(strings.Fields(line), " "), code
}

// codeMark stands in a body on either side of a block of code. Its words are found, but
// in one line it is no sentence that the search page may quote.
const codeMark = "\ufffc"

// readWords is the text of HTML[from:to] without markup, until the next one is asked for. It has
// the days that readers see behind its words: without “as of” its day, what was true once would
// be found as if it still were. mark is written on either side of each block of code.
func (b *builder) readWords(f *markdown.Fragment, from, to int32, mark string) []byte {
	html := f.HTML[from:to]
	var marked []byte
	for i := range f.Holes {
		h, s := &f.Holes[i], mark
		switch {
		case h.At < from || h.At > to:
			continue
		case h.Kind == markdown.DateShown, h.Kind == markdown.AsOf:
			s = b.fill(site.Origin{}, h, "")
		case h.Kind != markdown.Code || mark == "":
			continue
		}
		marked = append(append(marked, f.HTML[from:h.At]...), s...)
		from = h.At
	}
	if marked != nil {
		html = append(marked, f.HTML[from:to]...)
	}
	b.scratch = markdown.AppendPlainText(b.scratch[:0], html)
	return b.scratch
}

// text is a text without markup, with what its pictures show and say, until the
// next one is asked for.
func (b *builder) text(o site.Origin, p document.Prose) []byte {
	f := b.fragment(p)
	if f == nil {
		return nil
	}
	text := b.readWords(f, 0, int32(len(f.HTML)), codeMark)
	for i := range f.Holes {
		if h := &f.Holes[i]; h.Kind == markdown.Figure || h.Kind == markdown.Image {
			text = b.picture(text, o, h.Target, h.Text, imageOf(o, h.Target))
		}
	}
	return text
}

// picture appends the words of a picture, if it is shown.
func (b *builder) picture(text []byte, o site.Origin, src, alt string, im *document.Image) []byte {
	if b.imageURL(o, src) == "" {
		return text
	}
	var texts []string
	if im == nil {
		texts = []string{alt}
	} else {
		text = append(text, ' ')
		if f := b.fragment(im.Caption); f != nil {
			text = markdown.AppendPlainText(text, f.HTML)
		}
		texts = []string{cmp.Or(alt, im.Alt), im.Credit, im.Place, im.Warning}
	}
	for _, s := range texts {
		text = append(append(text, ' '), s...)
	}
	return text
}

// plainText is a text without markup, until the next one is asked for.
func (b *builder) plainText(p document.Prose) []byte {
	f := b.fragment(p)
	if f == nil {
		return nil
	}
	return b.readWords(f, 0, int32(len(f.HTML)), "")
}

// planSearch adds the search page.
func (b *Book) planSearch(l *lang.Language) {
	b.chunked(searchPath, "search", l, diag.Place{}, b.titles(), searchListed,
		func(bu *builder, cs []chunk, i int) any { return bu.search(cs, i) })
}

// planIndex adds the files of the search index.
func (b *Book) planIndex() {
	for _, f := range b.index.Files() {
		b.data(searchPath+f.Name, func(*builder) any { return indexFile{f} })
	}
}

// indexFile is a file of the search index.
type indexFile struct{ search.File }

// Encode writes it.
func (f indexFile) Encode(w io.Writer) error {
	_, err := f.WriteTo(w)
	return err
}
