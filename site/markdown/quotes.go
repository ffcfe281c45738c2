package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
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
	spaceBefore := unicode.IsSpace(prev) || prev == '\u00a0'
	word := unicode.IsLetter(next) || unicode.IsDigit(next)
	single := strings.ContainsRune("'‘’‚‹›", r)
	for i := len(q.open) - 1; i >= 0; i-- {
		if !strings.ContainsRune(q.open[i].closers, r) || single && word || strings.ContainsRune(`"'`, r) && spaceBefore {
			continue
		}
		w.endRun()
		w.mark(r, closing)
		q.held, q.open = q.held[:q.open[i].held], q.open[:i]
		return
	}
	opens := spaceBefore || prev == 0 || strings.ContainsRune("([{—–-/", prev) || isQuote(prev)
	if strings.ContainsRune("“„‘‚「『«‹", r) {
		opens = opens || !single
	} else if r == '’' {
		opens = false
	}
	if closers := pairs(r); opens && closers != "" && !unicode.IsSpace(next) && len(q.open) < maxQuotes && !(r == '\'' && unicode.IsDigit(next)) {
		w.endRun()
		q.open = append(q.open, mark{closers: closers, single: single, held: len(q.held), at: len(w.html), typed: w.r.options.Typographer && r == '\''})
		w.mark(r, opening)
		return
	}
	w.openRun(at)
	w.mark(r, neither)
}

// What a quotation mark does where it stands.
const (
	neither = iota // an apostrophe, inches, or a mistake
	opening
	closing
)

// mark writes a quotation mark, curled where the site asks for that.
func (w *writer) mark(r rune, does int) {
	if w.r.options.Typographer {
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
// for typographic ones, and returns how many bytes they took.
func (w *writer) typeset(b []byte, at int) int {
	if !w.r.options.Typographer {
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
