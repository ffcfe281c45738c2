package serve

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

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

// mostChoices is how many pages the desk lists: a person reads no more.
const mostChoices = 300

// deskView is what the desk shows.
type deskView struct {
	Secret, CSS   string
	Turn          int64
	Saved         string // the time of day
	Fails         bool   // there are errors
	Choices       []choice
	MoreChoices   int
	At            string // the path of the page shown
	To            string // the anchor of the part of it that is shown first; "" for its beginning
	File          string // that it is made of; "" for many
	State         string // why readers don't get it
	Figures       []figure
	Fix, Consider findings
	Others        findings // to consider in other files
	Diff          bool     // changes are shown in place of the page
	Changes       []change
	Why           string // there are no changes to show

	met []diag.Diagnostic // when the page was made
}

// choice is a page that can be chosen.
type choice struct {
	Title, At string
	Current   bool
}

// figure is something counted.
type figure struct{ Name, Value string }

// desk shows what is to be mended, and the page.
func (s *Server) desk(w http.ResponseWriter, r *http.Request, now *snapshot) {
	e := now.edition
	i := e.Find(r.URL.Query().Get("page"))
	if r.URL.Query().Get("page") == "" || i < 0 || !strings.HasSuffix(e.Path(i), ".html") {
		w.Header().Set("Location", deskPath+"?page="+url.QueryEscape(address(e, now.first())))
		w.WriteHeader(http.StatusFound)
		return
	}
	v := &deskView{Secret: s.secret, Turn: now.turn, Saved: now.at.Format("15:04:05"),
		Fails: now.fails, Diff: r.URL.Query().Get("show") == "changes", To: r.URL.Query().Get("to")}
	if err := s.about(r.Context(), v, e, i); err != nil {
		s.broken(w, r, diag.Fact{Message: err.Error()})
		return
	}
	s.arrange(v, now)
	var body bytes.Buffer
	if err := deskPage.Execute(&body, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy",
		ownPages+"form-action 'self'; img-src 'self'; font-src 'self'; frame-src 'self'")
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
	v.At, v.File = address(e, i), e.At(i).File
	v.choose(e)
	if title, text := s.notice(e, i); title != "" {
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

// choose lists the explainers, and the page shown where it is none of them.
func (v *deskView) choose(e *edition) {
	list := slices.Concat(e.Site().Explainers, e.Site().Withdrawn)
	v.MoreChoices = max(0, len(list)-mostChoices)
	there := false
	for _, x := range list[:min(len(list), mostChoices)] {
		c := choice{Title: x.Title, At: address(e, e.PageOf(x.Path))}
		if title, _ := state(e.Site(), x); title != "" {
			c.Title += " (" + strings.ToLower(title[:1]) + title[1:] + ")"
		}
		c.Current = c.At == v.At
		there = there || c.Current
		v.Choices = append(v.Choices, c)
	}
	if !there {
		v.Choices = append([]choice{{Title: v.At, At: v.At, Current: true}}, v.Choices...)
	}
}

// weigh makes the page and says how much of everything there is.
func (v *deskView) weigh(e *edition, i int) error {
	leaf, err := e.Open(i)
	if err != nil {
		return err
	}
	defer leaf.Close()
	var body, packed bytes.Buffer
	if v.met, err = leaf.Write(&body); err != nil {
		return err
	}
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is right
	z.Write(body.Bytes())                                      // to memory
	z.Close()
	found := linksOf(body.Bytes())
	if found.sheet != "" {
		v.CSS = path.Join(path.Dir(v.At+"x"), found.sheet)
	}
	if x, ok := leaf.View.(*pages.Explainer); ok {
		v.Figures = append(v.Figures, figure{"Questions", number(len(x.Questions))},
			figure{"Words", number(x.Words)}, figure{"Reading time", number(x.Minutes) + " min"})
	}
	v.Figures = append(v.Figures, figure{"Page", kilobytes(body.Len())},
		figure{"As sent (gzip)", kilobytes(packed.Len())},
		figure{"Links within the site", number(len(found.own))},
		figure{"Links to other sites", number(len(found.others))})
	return nil
}

// links are what a page leads to, whatever templates made it.
type links struct {
	sheet       string          // the address of its first style sheet
	own, others map[string]bool // pages of the site, and what has a scheme
}

// linksOf reads a page as a browser does.
func linksOf(page []byte) links {
	found := links{own: map[string]bool{}, others: map[string]bool{}}
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		t := z.Token()
		attr := map[string]string{}
		for _, a := range t.Attr {
			attr[a.Key] = a.Val
		}
		to, _, _ := strings.Cut(attr["href"], "#")
		switch {
		case to == "":
		case t.DataAtom == atom.Link && attr["rel"] == "stylesheet":
			found.sheet = cmp.Or(found.sheet, to)
		case t.DataAtom != atom.A:
		case strings.Contains(to, ":"):
			found.others[to] = true
		default:
			found.own[to] = true
		}
	}
	return found
}
