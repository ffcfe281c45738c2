package serve

import (
	"bytes"
	"context"
	"html/template"
	"slices"
	"strings"
	"unicode"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// mostFindings is how many of one sort the desk shows.
const mostFindings = 300

// findings are some of one sort, and how many more there are.
type findings struct {
	List []finding
	More int
}

// Count is how many there are.
func (f findings) Count() int { return len(f.List) + f.More }

// finding is a fact with the words that it is about, and the ways to its place.
type finding struct {
	diag.Fact
	Before, Words, After string
	Page, Anchor         string       // where readers see it; "" where they don't
	Here                 bool         // on the page shown
	Edit                 template.URL // likewise of the editor: its scheme is the editor's own
}

// arrange puts all that is to be said into what must be mended, what may be, and
// what may be elsewhere. What concerns the page shown comes first.
func (s *Server) arrange(v *deskView, now *snapshot) {
	l := locator{s: s, e: now.edition, at: v.At, parts: map[string][]document.Part{}}
	facts, diags := now.facts, now.diags
	if now.err == nil {
		older := filesWithErrors(diags)
		found := slices.DeleteFunc(slices.Concat(v.met, now.findings(s)),
			func(d diag.Diagnostic) bool { return older[d.At.File] })
		facts = slices.Concat(facts, (&diag.Printer{Read: l.e.Site().FileData}).Facts(found))
		diags = slices.Concat(diags, found)
	}
	var elsewhere findings
	for i, f := range facts {
		at := diag.Place{File: f.File}
		if i < len(diags) { // an error of I/O is none
			at = diags[i].At
		}
		here := v.File != "" && l.e.Site().Document(f.File) == v.File
		switch wrong := f.Severity == diag.Error.String(); {
		case wrong && here:
			v.Fix.add(&l, f, at)
		case wrong:
			elsewhere.add(&l, f, at)
		case here:
			v.Consider.add(&l, f, at)
		default:
			v.Others.add(&l, f, at)
		}
	}
	v.Fix.List, v.Fix.More = append(v.Fix.List, elsewhere.List...), v.Fix.More+elsewhere.More
}

func (f *findings) add(l *locator, fact diag.Fact, at diag.Place) {
	if len(f.List) == mostFindings {
		f.More++
		return
	}
	f.List = append(f.List, l.finding(fact, at))
}

// findings asks once what is to be said of the site as it is then. Its edition is
// being read. Where a save comes between, it is asked again when the desk is.
func (n *snapshot) findings(s *Server) []diag.Diagnostic {
	n.check.Lock()
	defer n.check.Unlock()
	if n.checked || s.o.Findings == nil {
		return n.found
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	n.stop.Store(&stop)
	ds, err := s.o.Findings(ctx, n.edition.Book)
	switch {
	case err == nil:
		n.found, n.checked = diag.Sort(ds), true
	case ctx.Err() == nil:
		s.log("the site could not be checked: %v", err)
	}
	return n.found
}

// interrupt ends what keeps the edition from being changed.
func (n *snapshot) interrupt() {
	if stop := n.stop.Load(); stop != nil {
		(*stop)()
	}
}

// locator finds out what places hold, and where they are shown.
type locator struct {
	s     *Server
	e     *edition
	at    string                     // the page shown
	parts map[string][]document.Part // by document
}

func (l *locator) finding(f diag.Fact, at diag.Place) finding {
	out := finding{Fact: f, Edit: template.URL(l.s.edit(f))}
	if f.Line > 0 {
		out.Before, out.Words, out.After = inLine(l.e.Site().FileData(f.File), at.Span)
	}
	if doc := l.e.Site().Document(f.File); doc != "" {
		out.Page, out.Anchor = address(l.e, l.e.PageOf(doc)), l.anchor(doc, at)
		out.Here = out.Page == l.at
	}
	return out
}

// anchor is the part of a document's page that is written at a place: the
// smallest; "" where there is none.
func (l *locator) anchor(doc string, at diag.Place) string {
	x := l.e.Site().ExplainerAt(doc)
	if x == nil || at.Span.IsZero() {
		return ""
	}
	if _, known := l.parts[doc]; !known {
		l.parts[doc] = l.e.Site().Config.Parts(x.Explainer, l.e.Site().FileData)
	}
	anchor, least := "", int32(0)
	for _, part := range l.parts[doc] {
		for _, p := range part.Places {
			if size := p.End - p.Start; p.File == at.File && p.Start <= at.Start &&
				at.Start < p.End && (anchor == "" || size < least) {
				anchor, least = part.Anchor, size
			}
		}
	}
	return anchor
}

// around is how many characters of its line are shown on either side of a place.
const around = 40

// inLine returns what stands at a place, with what stands before and behind it
// in its line. A place without words of its own gives none.
func inLine(src []byte, at diag.Span) (before, words, after string) {
	start, end := min(max(int(at.Start), 0), len(src)), min(max(int(at.End), 0), len(src))
	if start >= end {
		return "", "", ""
	}
	line := bytes.LastIndexByte(src[:start], '\n') + 1
	words, _, _ = strings.Cut(string(src[start:end]), "\n")
	after, _, _ = strings.Cut(string(src[start+len(words):]), "\n")
	b, w, a := []rune(shown(strings.TrimLeft(string(src[line:start]), " \t"))),
		[]rune(shown(words)), []rune(shown(after))
	if len(b) > around {
		b = append([]rune("…"), b[len(b)-around:]...)
	}
	return string(b), string(clip(w, 3*around)), string(clip(a, around))
}

// clip cuts a text between words, if it has any.
func clip(r []rune, most int) []rune {
	if len(r) <= most {
		return r
	}
	end := most
	for end > most/2 && r[end] != ' ' {
		end--
	}
	return append(r[:end:end], '…')
}

// shown leaves out what would make a text look like another one.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}
