package markdown

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotes are the quotation marks of one block. What stands between two is
// somebody's own words, in which no term is linked.
type quotes struct {
	open []mark
	held []held // the runs since the first mark that is open
	last rune   // what was written last; '\n' at the begin
}

// mark is a quotation mark that waits for its other half.
type mark struct {
	closers string
	single  bool
	held    int  // how many runs were held when it opened
	at      int  // in the HTML
	typed   bool // it was a straight mark, which the typographer made an opening one
}

// held is a run within quotation marks: it is kept if they prove to be none.
type held struct {
	Span
	double bool
}

func (q *quotes) begin() { q.open, q.held, q.last = q.open[:0], q.held[:0], '\n' }

func (q *quotes) inDouble() bool {
	return slices.ContainsFunc(q.open, func(m mark) bool { return !m.single })
}

func isQuote(r rune) bool {
	return strings.ContainsRune(`"'“”„«»‘’‚‹›「」『』`, r)
}

// pairs are the marks that open a quotation, with those that may close it.
// Which mark opens differs by language; where it stands decides.
func pairs(r rune) string {
	switch r {
	case '"':
		return `"`
	case '\'':
		return `'`
	case '“', '”':
		return "”"
	case '„':
		return "“”"
	case '«':
		return "»"
	case '»':
		return "«»"
	case '‘', '’':
		return "’"
	case '‚':
		return "‘’"
	case '‹':
		return "›"
	case '›':
		return "‹›"
	case '「':
		return "」"
	case '『':
		return "』"
	}
	return ""
}

// maxQuotes is how deep quotations are followed.
const maxQuotes = 8

// quote writes the quotation mark or apostrophe r, which stands at byte at of
// the source between prev and next; next is 0 where markup follows.
func (w *writer) quote(r, prev, next rune, at int) {
	q := &w.quotes
	does, i := q.role(r, prev, next)
	switch does {
	case closing:
		w.endRun()
		q.held, q.open = q.held[:q.open[i].held], q.open[:i]
	case opening:
		w.endRun()
		q.open = append(q.open, mark{closers: pairs(r), single: single(r), held: len(q.held),
			at: len(w.html), typed: w.r.options.Typographer && w.verbatim == 0 && r == '\''})
	default:
		w.openRun(at)
	}
	w.mark(r, does)
}

// role says what the mark r does between prev and next, and which of the open
// ones it closes.
func (q *quotes) role(r, prev, next rune) (does, closes int) {
	spaceBefore := unicode.IsSpace(prev) || prev == '\u00a0'
	word := unicode.IsLetter(next) || unicode.IsDigit(next)
	for i := len(q.open) - 1; i >= 0; i-- {
		if strings.ContainsRune(q.open[i].closers, r) && !(single(r) && word) &&
			!(spaceBefore && strings.ContainsRune(`"'`, r)) {
			return closing, i
		}
	}
	opens := spaceBefore || prev == 0 || strings.ContainsRune("([{—–-/", prev) || isQuote(prev)
	if strings.ContainsRune("“„‘‚「『«‹", r) {
		opens = opens || !single(r)
	} else if r == '’' {
		opens = false
	}
	if opens && pairs(r) != "" && !unicode.IsSpace(next) && len(q.open) < maxQuotes &&
		!(r == '\'' && unicode.IsDigit(next)) {
		return opening, 0
	}
	return neither, 0
}

func single(r rune) bool { return strings.ContainsRune("'‘’‚‹›", r) }

// Quotations yields where the quotations of a plain text begin and end, in
// bytes, with their marks. One within double marks is part of theirs. A double
// mark that is never closed quotes all that follows it; a single one was an
// apostrophe.
func Quotations(text string) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		var q quotes
		prev := '\n'
		for i, r := range text {
			if r < utf8.RuneSelf && r != '"' && r != '\'' || !isQuote(r) {
				prev = r
				continue
			}
			end := i + utf8.RuneLen(r)
			next, _ := utf8.DecodeRuneInString(text[min(end, len(text)):])
			switch does, k := q.role(r, prev, next); does {
			case opening:
				q.open = append(q.open, mark{closers: pairs(r), single: single(r), at: i})
			case closing:
				from := q.open[k].at
				q.open = q.open[:k]
				if !q.inDouble() && !yield(from, end) {
					return
				}
			}
			prev = r
		}
		if i := slices.IndexFunc(q.open, func(m mark) bool { return !m.single }); i >= 0 {
			yield(q.open[i].at, len(text))
		}
	}
}

// What a quotation mark does where it stands.
const (
	neither = iota // an apostrophe, inches, or a mistake
	opening
	closing
)

// mark writes a quotation mark, curled where the site asks for that.
func (w *writer) mark(r rune, does int) {
	if w.r.options.Typographer && w.verbatim == 0 {
		switch {
		case r == '\'' && does == opening:
			r = '‘'
		case r == '\'':
			r = '’'
		case r == '"' && does == opening:
			r = '“'
		case r == '"' && does == closing:
			r = '”'
		}
	}
	w.html = appendEscaped(w.html, string(r))
}

// endQuotes ends a block. A single mark that never closed was an apostrophe
// after all, and what followed it is no quotation. A double one goes on in
// the next paragraph, as long quotations do.
func (w *writer) endQuotes() {
	q := &w.quotes
	for _, m := range q.open {
		if m.typed {
			copy(w.html[m.at:], "’")
		}
	}
	for _, h := range q.held {
		if !h.double {
			w.spans = append(w.spans, h.Span)
		}
	}
	q.begin()
}

// typeset writes the dashes and dots at the begin of b, where the site asks
// for typographic ones, and returns how many bytes they are.
func (w *writer) typeset(b []byte, at int) int {
	if !w.r.options.Typographer || w.verbatim > 0 {
		return 0
	}
	for _, t := range [...]struct{ typed, set string }{{"---", "—"}, {"--", "–"}, {"...", "…"}} {
		if bytes.HasPrefix(b, []byte(t.typed)) {
			w.openRun(at)
			w.html = append(w.html, t.set...)
			return len(t.typed)
		}
	}
	return 0
}
