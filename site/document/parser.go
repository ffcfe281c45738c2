package document

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// parser parses one document. Its methods collect diagnostics as they go and
// never stop at the first.
type parser struct {
	md        *markdown.Renderer
	file      string // as the writer knows it
	data      []byte
	main      string       // the document's own file, where file is another one
	strict    bool         // what is missing is an error, not a warning
	unread    bool         // front matter has parts that could not be read
	spoilt    []diag.Place // which
	gone      Lists        // whose files can't be read
	fragments []markdown.Fragment
	rec       *Record
	diags     []diag.Diagnostic
	about     []SourceText // of the document's sources
	memory    *memory
	location  *time.Location // of times that give no zone; nil is UTC
	headings  []string
	copies    []string // the Markdown of the introduction and of each answer; nil where nobody asks for it

	keepText bool      // for copies as Markdown
	pictures []PathRef // that site.yaml names

	// Where copies of answers come from, with keepText: a list, or a section of the body.
	answer  map[*Question]string
	section map[*Question]*markdown.Section
}

// memory is what parsers use one after the other.
type memory struct {
	data    []byte // of the file
	src     []byte // of one text
	scratch []byte
	front   front.Memory

	// The document's Fragments, until they are stored, and their parts.
	fragments []markdown.Fragment
	parts     markdown.Fragment

	about []SourceText // of the document's sources, until they are stored
	texts []*string    // of the document, while they are compacted

	// What questions and events have more, until shareNothing.
	questions []QuestionMore
	events    []EventMore

	arenas arenas
}

// oneMore returns the place of one more, which is zero.
func oneMore[T any](list *[]T) *T {
	*list = append(*list, *new(T))
	return &(*list)[len(*list)-1]
}

// room is the memory behind the parts that are taken.
func (m *memory) room() markdown.Fragment {
	p := &m.parts
	return markdown.Fragment{HTML: p.HTML[len(p.HTML):], Spans: p.Spans[len(p.Spans):], Holes: p.Holes[len(p.Holes):]}
}

// take keeps what was written into the room: what comes next goes behind it.
func (m *memory) take(f markdown.Fragment) {
	p := &m.parts
	p.HTML, p.Spans, p.Holes = extend(p.HTML, f.HTML), extend(p.Spans, f.Spans), extend(p.Holes, f.Holes)
}

// extend makes list longer by more, if that stands right behind it.
func extend[T any](list, more []T) []T {
	n := len(list) + len(more)
	if len(more) > 0 && n <= cap(list) && &more[0] == &list[:n][len(list)] {
		return list[:n]
	}
	return list
}

func (p *parser) report(
	sev diag.Severity, rule string, at diag.Span, message, why, hint string, fix ...diag.Edit,
) {
	p.diags = append(p.diags, diag.Diagnostic{
		Severity: sev, Rule: rule, Message: message, Why: why, Hint: hint, Fix: fix,
		At: diag.Place{File: p.file, Span: at},
	})
}

// wrong reports a contradiction or a value that can't be: always an error.
func (p *parser) wrong(rule string, at diag.Span, message, hint string, fix ...diag.Edit) {
	p.wrongAt(rule, p.place(at), message, hint, fix...)
}

// wrongAt is wrong for a place that may lie in another file of the document.
func (p *parser) wrongAt(rule string, at diag.Place, message, hint string, fix ...diag.Edit) {
	p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Error, Rule: rule, Message: message, Hint: hint,
		Fix: fix, At: at})
}

// instead is the fix that writes a word in the place of a value, where the file has that as it is.
func (p *parser) instead(t front.Text, word string) []diag.Edit {
	return diag.Replace(p.place(t.Span), t.Value, word)
}

// nearest is the fix that writes, in the place of a value, the word that is nearest to it.
func (p *parser) nearest(t front.Text, known []string) []diag.Edit {
	return diag.ReplaceByNearest(p.place(t.Span), t.Value, known)
}

// nearestKey is nearest for a key of a map, nil where that has the other one, too.
func nearestKey[T any](p *parser, t front.Text, known []string, list []T, key func(*T) front.Text) []diag.Edit {
	fix := p.nearest(t, known)
	if len(fix) > 0 && slices.ContainsFunc(list, func(e T) bool { return key(&e).Value == fix[0].Text }) {
		return nil
	}
	return fix
}

func entryKey(e *front.Entry) front.Text { return e.Key }

// missing reports what a finished document must have.
func (p *parser) missing(at diag.Span, what, hint string) { p.missingAt(p.place(at), what, hint) }

// missingAt is missing for a place that may lie in another file of the document.
func (p *parser) missingAt(at diag.Place, what, hint string) {
	if key, rest, ok := strings.Cut(strings.TrimPrefix(hint, "add "), ":"); ok && at.File == p.file {
		if span := p.emptyKey(key, at.Span); !span.IsZero() {
			at.Span, what = span, "`"+key+":` is empty: "+what
			hint = "after `" + key + ":`, write " + strings.TrimPrefix("it"+rest, "it with ")
		}
	}
	sev := diag.Warning
	if p.strict {
		sev = diag.Error
	}
	p.diags = append(p.diags, diag.Diagnostic{Severity: sev, Rule: "missing", Message: what, Hint: hint, At: at})
}

// emptyKey is where a key stands that has no value, within the place of its map or as that place.
func (p *parser) emptyKey(key string, within diag.Span) diag.Span {
	if within.IsZero() || strings.ContainsAny(key, " `") {
		return diag.Span{}
	}
	end := int32(min(len(p.data), int(within.End)+80))
	empty := regexp.MustCompile(`(?m)\b` + regexp.QuoteMeta(key) + `:[ \t\r]*(?:#.*)?(?:$|[,}])`)
	m := empty.FindIndex(p.data[within.Start:end])
	if m == nil || within.Start+int32(m[0]) >= within.End {
		return diag.Span{}
	}
	from := within.Start + int32(m[0])
	return diag.Span{Start: from, End: from + int32(len(key))}
}

// lacking reports a key that the document must have, as it is not there or
// empty.
func (p *parser) lacking(keys map[string]diag.Span, key string, t front.Text, what, hint string) {
	if !p.reported(keys, key, t.Given()) {
		p.missing(t.Span, what, hint)
	}
}

// reported reports whether it is reported already why a key has no value that could be
// read: to miss it would report the same mistake twice.
func (p *parser) reported(keys map[string]diag.Span, key string, read bool) bool {
	_, given := keys[key]
	return !read && (given || p.unread)
}

// addDiags adds what reading front matter found.
func (p *parser) addDiags(ds []diag.Diagnostic, keys map[string]diag.Span) {
	p.unread = p.unread || unreadable(ds, len(keys) == 0)
	for _, d := range ds {
		if spoils(d.Rule) || d.Rule == "wrong-type" {
			p.spoilt = append(p.spoilt, d.At)
		}
	}
	p.diags = append(p.diags, ds...)
}

// reportOnce keeps, of a rule's warnings that say the same of one file, the first.
func (p *parser) reportOnce(rule string) {
	warns := func(d diag.Diagnostic) bool { return d.Rule == rule && d.Severity == diag.Warning }
	if !slices.ContainsFunc(p.diags, warns) {
		return
	}
	slices.SortStableFunc(p.diags, func(a, b diag.Diagnostic) int { return cmp.Compare(a.At.Start, b.At.Start) })
	seen := map[[2]string]bool{}
	p.diags = slices.DeleteFunc(p.diags, func(d diag.Diagnostic) bool {
		key := [2]string{d.At.File, d.Message}
		again := warns(d) && seen[key]
		seen[key] = true
		return again
	})
}

// unreadable reports whether parts of a file, or with nothing all of it, could
// not be read.
func unreadable(ds []diag.Diagnostic, nothing bool) bool {
	return slices.ContainsFunc(ds, func(d diag.Diagnostic) bool {
		return spoils(d.Rule) || nothing && d.Severity == diag.Error && d.Rule != "unknown-key"
	})
}

// spoils reports whether a mistake of this kind keeps YAML from being read.
func spoils(rule string) bool {
	return slices.Contains([]string{"yaml", "front-matter", "documents", "too-deep"}, rule)
}

// causes are the diagnostics without those of a text that can't be read anyway.
func (p *parser) causes() []diag.Diagnostic {
	p.reportOnce("raw-html")
	return slices.DeleteFunc(p.diags, func(d diag.Diagnostic) bool {
		return !spoils(d.Rule) && d.Rule != "wrong-type" && slices.ContainsFunc(p.spoilt, func(at diag.Place) bool {
			return d.At.File == at.File && !d.At.IsZero() && d.At.Start >= at.Start && d.At.End <= at.End
		})
	})
}

func (p *parser) place(at diag.Span) diag.Place { return diag.Place{File: p.file, Span: at} }

// mark notes the place of each item of a list of the explainer's, if anybody asks.
func mark[T any](p *parser, of func(*Marks) *[]diag.Place, list []T, at func(*T) diag.Span) {
	if p.rec.Marks == nil || len(list) == 0 {
		return
	}
	places := of(p.rec.Marks)
	*places = slices.Grow(*places, len(list))
	for i := range list {
		*places = append(*places, p.place(at(&list[i])))
	}
}

// ref is what a writer refers to, nil where nothing is given.
func (p *parser) ref(t front.Text) *Ref {
	if !t.Given() {
		return nil
	}
	return &Ref{ID: norm.NFC.String(t.Value), At: p.place(t.Span)}
}

func (p *parser) refs(ts []front.Text) []Ref {
	var refs []Ref
	for _, t := range ts {
		refs = append(refs, Ref{ID: norm.NFC.String(t.Value), At: p.place(t.Span)})
	}
	return refs
}

// input wraps a Markdown value with the way back to its place in the file. It
// is for one use before the next.
func (p *parser) input(t front.Text) markdown.Input {
	p.memory.src = append(p.memory.src[:0], t.Value...)
	return markdown.Input{File: p.file, Src: p.memory.src, At: t.Offsets(p.data), Memory: p.memory.room()}
}

// value renders a Markdown value of the front matter.
func (p *parser) value(t front.Text) Prose {
	if strings.TrimSpace(t.Value) == "" {
		return Prose{}
	}
	f, ds := p.md.Value(p.input(t))
	p.diags = append(p.diags, ds...)
	return p.keep(f)
}

// line renders a value that is one paragraph.
func (p *parser) line(t front.Text) Prose {
	if strings.TrimSpace(t.Value) == "" {
		return Prose{}
	}
	f, ds := p.md.Line(p.input(t))
	p.diags = append(p.diags, ds...)
	return p.keep(f)
}

func (p *parser) lines(ts []front.Text) []Prose {
	var out []Prose
	for _, t := range ts {
		if pr := p.line(t); pr.Given() {
			out = append(out, pr)
		}
	}
	return out
}

// keep adds a Fragment to the document's record.
func (p *parser) keep(f markdown.Fragment) Prose {
	empty := len(f.HTML) == 0 && len(f.Holes) == 0
	if empty && len(f.Places.Comments) == 0 {
		return Prose{}
	}
	p.checkHoles(&f)
	p.memory.take(f)
	p.fragments = append(p.fragments, f)
	p.rec.Sums = append(p.rec.Sums, p.fragmentSum(&f))
	if p.main != "" {
		if p.rec.sides == nil {
			p.rec.sides = map[int32]string{}
		}
		p.rec.sides[int32(len(p.fragments)-1)] = p.file
	}
	if empty {
		return Prose{} // comments alone are no text
	}
	return Prose{Record: p.rec, Index: int32(len(p.fragments) - 1)}
}

func (p *parser) plain(pr Prose) string {
	if !pr.Given() {
		return ""
	}
	return markdown.PlainText(p.fragments[pr.Index].HTML)
}

// fragmentSum is the sum of what a Fragment shows, wherever in its file it
// stands: a line added above changes no page.
func (p *parser) fragmentSum(f *markdown.Fragment) Sum {
	p.memory.scratch = f.AppendShown(p.memory.scratch[:0])
	return QuickSumOf(p.memory.scratch)
}

// checkHoles checks what a Fragment's holes say on their own: dates.
func (p *parser) checkHoles(f *markdown.Fragment) {
	for _, h := range f.Holes {
		if h.Kind != markdown.Date && h.Kind != markdown.AsOf {
			continue
		}
		if _, err := edtf.ParseIn(h.Target, p.zone()); err != nil {
			p.badDate(err, h.Source, "date", front.Text{Value: h.Target, Span: h.Source})
		}
	}
}

// words reports a plain text of more words than readers have patience for.
func (p *parser) words(sev diag.Severity, t front.Text, limit int, what string) {
	if n := len(strings.Fields(t.Value)); n > limit {
		p.report(sev, "too-long", t.Span, fmt.Sprintf("%s has %d words; at most %d", what, n,
			limit), "", "shorten it: what does not fit belongs in the text below")
	}
}

// plainText is a text of one line: line ends and runs of space are one space. Marks
// in it, which readers would see, are reported.
func (p *parser) plainText(t front.Text) string {
	found := looksOf(t.Value)
	if found&likeMark != 0 {
		p.diags = append(p.diags, markdown.Marks(markdown.Input{File: p.file, Src: []byte(t.Value),
			At: t.Offsets(p.data)})...)
	}
	if found&^likeMark == 0 {
		return t.Value
	}
	return oneLine(t.Value)
}

// What a byte looks like in a plain text; most look like nothing.
const (
	likeBlank = 1 << iota
	likeGap   // or a part of a character beyond ASCII
	likeMark
)

var looks = func() (t [256]uint8) {
	for c := range t {
		if c <= ' ' || c >= utf8.RuneSelf {
			t[c] = likeGap
		}
		if markdown.MayHaveMarks(string([]byte{byte(c)})) {
			t[c] |= likeMark
		}
	}
	t[' '] = likeBlank
	return t
}()

// looksOf returns what the bytes of a text look like, single blanks within it
// aside: 0 where it is one line without marks. It branches at none of them.
func looksOf(s string) uint8 {
	found, last := uint8(0), uint8(likeBlank)
	for i := range len(s) {
		is := looks[s[i]]
		found |= is&^likeBlank | is&last&likeBlank
		last = is
	}
	return found | last&likeBlank
}

func (p *parser) plainTexts(ts []front.Text) []string {
	var out []string
	for _, t := range ts {
		out = append(out, p.plainText(t))
	}
	return out
}

// oneLine does not copy what is one line already, as most texts are.
func oneLine(s string) string {
	behind := true // at the start, or behind a gap
	for _, r := range s {
		gap := (r <= ' ' || r >= utf8.RuneSelf) && isGap(r)
		if gap && (behind || r != ' ') {
			return strings.Join(strings.FieldsFunc(s, isGap), " ")
		}
		behind = gap
	}
	if behind {
		return strings.TrimRight(s, " ")
	}
	return s
}

// isGap reports a space at which a line may break: French sets others.
func isGap(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' }

// Clip shortens a value that is quoted in a message.
func Clip(s string) string {
	s = oneLine(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}

// atMost is a list without what lies beyond a limit, which is reported: what links and
// pages make of a list can be as much for each item as the list is long.
func atMost[T any](p *parser, what string, list []T, limit int, at func(*T) diag.Span) []T {
	if len(list) <= limit {
		return list
	}
	p.wrong("too-many", at(&list[limit]), fmt.Sprintf("these are more than %d %s", limit, what),
		"take out what the text does not need, or split it into several explainers")
	return list[:limit]
}

func textSpan(t *front.Text) diag.Span { return t.Span }
