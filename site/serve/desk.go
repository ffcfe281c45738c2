package serve

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// deskPath is where the writer's desk is: what is to be mended beside the page.
const deskPath = "/_preview/"

// What the desk is made of.
var (
	//go:embed desk.html
	deskSource string
	//go:embed desk.js
	deskScript []byte
	//go:embed desk.css
	deskStyle []byte

	deskPage = template.Must(template.New("desk").Parse(deskSource))
)

// How much of a large site the desk lists: a person reads no more.
const (
	mostChoices  = 300
	mostFindings = 300
)

// deskView is what the desk shows.
type deskView struct {
	Secret, CSS   string
	Turn          int64
	Saved         string // the time of day
	Fails         bool   // the pages are older than the folders
	Choices       []choice
	MoreChoices   int
	At            string // the path of the page shown; "" where there is none
	File          string // that it is made of
	State         string // why readers don't get it
	Figures       []figure
	Fix, Consider findings
	Others        findings // to consider in other files
	Diff          bool     // changes are shown in place of the page
	Changes       []change
	Why           string // there are no changes to show
}

// choice is a page that can be chosen.
type choice struct {
	Title, At string
	Current   bool
}

// figure is something counted.
type figure struct{ Name, Value string }

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
	Show                 string       // the address on the site; "" where there is none
	Edit                 template.URL // likewise of the editor: its scheme is the editor's own
}

// desk shows what is to be mended, and the page.
func (s *Server) desk(w http.ResponseWriter, r *http.Request) {
	s.settled(r.Context())
	now := s.now.Load()
	if now == nil {
		s.empty(w, r, now, http.StatusServiceUnavailable)
		return
	}
	v := &deskView{Secret: s.secret, Turn: now.turn, Saved: now.at.Format("15:04:05"), Fails: now.fails, Diff: r.URL.Query().Get("show") == "changes"}
	if e := now.edition; e != nil {
		e.reading.RLock()
		defer e.reading.RUnlock()
		page := r.URL.Query().Get("page")
		i := e.Find(page)
		if page == "" || i < 0 || !strings.HasSuffix(e.Path(i), ".html") {
			w.Header().Set("Location", deskPath+"?page="+url.QueryEscape(address(e, now.first())))
			w.WriteHeader(http.StatusFound)
			return
		}
		if err := s.about(r.Context(), v, e, i); err != nil {
			s.broken(w, r, diag.Fact{Message: err.Error()})
			return
		}
	}
	s.sort(v, now)
	var body bytes.Buffer
	if err := deskPage.Execute(&body, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", ownPages+"form-action 'self'; img-src 'self'; font-src 'self'; frame-src 'self'")
	send(w, "text/html; charset=utf-8", body.Bytes())
}

// first is the page that the desk begins with: one that has a mistake, else one
// that something is to be said of, else the newest explainer, else the home page.
func (n *snapshot) first() int {
	e := n.edition
	for _, least := range []string{diag.Error.String(), diag.Warning.String()} {
		for _, f := range n.facts {
			if doc := e.Site().Document(f.File); doc != "" && f.Severity == least {
				return e.PageOf(doc)
			}
		}
	}
	if len(e.Site().Explainers) > 0 {
		return e.PageOf(e.Site().Explainers[0].Path)
	}
	return e.Find("")
}

// about says what there is to say of page i.
func (s *Server) about(ctx context.Context, v *deskView, e *edition, i int) error {
	v.At, v.File = address(e, i), e.Document(i)
	s.choices(v, e)
	if title, text := state(e.Site(), e.Site().ExplainerAt(v.File)); title != "" {
		v.State = title + ". " + text + "."
	}
	if v.Diff {
		v.Changes, v.Why = s.changes(ctx, e.Site(), e.Site().ExplainerAt(v.File))
	}
	return v.weigh(e, i)
}

// address is the path at which page i is served.
func address(e *edition, i int) string {
	return (&url.URL{Path: "/" + strings.TrimSuffix(e.Path(i), "index.html")}).EscapedPath()
}

// choices lists the explainers, and the page shown where it is none of them.
func (s *Server) choices(v *deskView, e *edition) {
	list := slices.Concat(e.Site().Explainers, e.Site().Withdrawn)
	v.MoreChoices = max(0, len(list)-mostChoices)
	there := false
	for _, x := range list[:min(len(list), mostChoices)] {
		c := choice{Title: x.Title, At: address(e, e.PageOf(x.Path)), Current: x.Path == v.File}
		if title, _ := state(e.Site(), x); title != "" {
			c.Title += " (" + strings.ToLower(title[:1]) + title[1:] + ")"
		}
		there = there || c.At == v.At
		v.Choices = append(v.Choices, c)
	}
	for i := range v.Choices {
		v.Choices[i].Current = v.Choices[i].At == v.At
	}
	if !there {
		v.Choices = append([]choice{{Title: v.At, At: v.At, Current: true}}, v.Choices...)
	}
}

// anchorTag finds what a page links to.
var anchorTag = regexp.MustCompile(`<a [^>]*href="([^"#]+)`)

// weigh makes the page and says how much of everything there is.
func (v *deskView) weigh(e *edition, i int) error {
	leaf, err := e.Open(i)
	if err != nil {
		return err
	}
	defer leaf.Close()
	var body, packed bytes.Buffer
	if _, err := leaf.Write(&body); err != nil {
		return err
	}
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is right
	z.Write(body.Bytes())                                      // to memory
	z.Close()
	own, others := map[string]bool{}, map[string]bool{}
	for _, m := range anchorTag.FindAllSubmatch(body.Bytes(), -1) {
		if to := string(m[1]); strings.Contains(to, ":") {
			others[to] = true
		} else {
			own[to] = true
		}
	}
	if x, ok := leaf.View.(*pages.Explainer); ok {
		v.Figures = append(v.Figures, figure{"Questions", number(len(x.Questions))}, figure{"Words", number(x.Words)}, figure{"Reading time", number(x.Minutes) + " min"})
	}
	v.CSS = stylesheet(v.At, body.Bytes())
	v.Figures = append(v.Figures, figure{"Page", kilobytes(body.Len())}, figure{"As sent (gzip)", kilobytes(packed.Len())},
		figure{"Links within the site", number(len(own))}, figure{"Links to other sites", number(len(others))})
	return nil
}

// sheetTag finds a page's style sheet.
var sheetTag = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"`)

// stylesheet is the address of the site's own look, for the desk to share.
func stylesheet(at string, html []byte) string {
	m := sheetTag.FindSubmatch(html)
	if m == nil {
		return ""
	}
	return path.Join(path.Dir(at+"x"), string(m[1]))
}

// sort puts all that is to be said into what must be mended, what may be, and
// what may be elsewhere. What concerns the page shown comes first.
func (s *Server) sort(v *deskView, now *snapshot) {
	l := locator{s: s, e: now.edition, parts: map[string][]site.Part{}}
	facts, diags := now.facts, now.diags
	if l.e != nil && !now.fails {
		found := l.e.findings(s.o.Findings)
		facts = slices.Concat(facts, (&diag.Printer{Source: l.e.Site().Source}).Facts(found))
		diags = slices.Concat(diags, found)
	}
	var elsewhere findings
	for i, f := range facts {
		at := diag.Place{File: f.File}
		if i < len(diags) { // an error of I/O is none
			at = diags[i].At
		}
		here := l.e != nil && v.File != "" && l.e.Site().Document(f.File) == v.File
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

// findings asks once what is to be said of an edition.
func (e *edition) findings(ask func(*pages.Book) []diag.Diagnostic) []diag.Diagnostic {
	e.check.Do(func() {
		if ask != nil {
			e.found = diag.Sort(ask(e.Book))
		}
	})
	return e.found
}

// locator finds out what places hold, and where they are shown.
type locator struct {
	s     *Server
	e     *edition               // nil where there is none
	parts map[string][]site.Part // by document
}

func (l *locator) finding(f diag.Fact, at diag.Place) finding {
	out := finding{Fact: f, Edit: template.URL(l.s.edit(f))}
	if l.e == nil || f.File == "" {
		return out
	}
	if f.Line > 0 {
		out.Before, out.Words, out.After = inLine(l.e.Site().Source(f.File), at.Span)
	}
	if doc := l.e.Site().Document(f.File); doc != "" {
		out.Show = address(l.e, l.e.PageOf(doc)) + l.anchor(doc, at)
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
		l.parts[doc] = l.e.Site().Parts(x, l.e.Site().Source)
	}
	anchor, least := "", int32(0)
	for _, part := range l.parts[doc] {
		for _, p := range part.Places {
			if size := p.End - p.Start; p.File == at.File && p.Start <= at.Start && at.Start < p.End && (anchor == "" || size < least) {
				anchor, least = "#"+part.Anchor, size
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
	b, w, a := []rune(shown(strings.TrimLeft(string(src[line:start]), " \t"))), []rune(shown(words)), []rune(shown(after))
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
