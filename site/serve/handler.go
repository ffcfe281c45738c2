package serve

import (
	"bytes"
	_ "embed"
	"html/template"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/internal/par"
)

// What the preview adds to a page: one script, and the look of what it shows.
var (
	//go:embed preview.js
	script []byte
	//go:embed preview.css
	style []byte
	//go:embed empty.html
	emptySource string

	// emptyPage stands in where there is no page: at an address that the site
	// does not have in any edition, or before the first one.
	emptyPage = template.Must(template.New("empty").Parse(emptySource))
)

// handler answers from the site's own table of pages, and never from disk.
func (s *Server) handler() http.Handler {
	return s.guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch rest, ok := strings.CutPrefix(r.URL.Path, s.secret); {
		case ok && rest == "events":
			s.events(w, r)
		case ok && rest == "source":
			s.reading(w, r, s.textPlace)
		case r.URL.Path == deskPath:
			s.reading(w, r, s.desk)
		case r.URL.Path == lookPath:
			s.reading(w, r, s.look)
		case ok && rest == "look.css":
			send(w, "text/css; charset=utf-8", lookSheets)
		case ok && rest == "preview.js":
			send(w, "text/javascript; charset=utf-8", script)
		case ok && rest == "preview.css":
			send(w, "text/css; charset=utf-8", style)
		case ok && rest == "desk.js":
			send(w, "text/javascript; charset=utf-8", deskScript)
		case ok && rest == "desk.css":
			send(w, "text/css; charset=utf-8", deskStyle)
		default:
			s.reading(w, r, s.page)
		}
	}))
}

// reading answers from what is shown once the folders are settled, which stays
// open meanwhile. Before there is an edition, it says so.
func (s *Server) reading(w http.ResponseWriter, r *http.Request,
	answer func(http.ResponseWriter, *http.Request, *snapshot)) {
	s.settled(r.Context())
	now := s.hold()
	if now == nil || now.edition == nil {
		s.empty(w, r, now, http.StatusServiceUnavailable)
		return
	}
	defer now.edition.reading.RUnlock()
	if p := par.Catch(func() { answer(w, r, now) }); p != nil {
		s.log("nutgraf made a mistake of its own at %s. Please report it, with these lines:\n%v", r.URL.Path, p)
		s.broken(w, r, diag.Fact{Severity: "error",
			Message: "nutgraf made a mistake of its own here",
			Hint:    "please report it, with the lines in the terminal"})
	}
}

func send(w http.ResponseWriter, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}

// page renders the page of an address: with ?plain, as it is published.
func (s *Server) page(w http.ResponseWriter, r *http.Request, now *snapshot) {
	e := now.edition
	p := strings.TrimPrefix(r.URL.Path, "/")
	i := e.Find(p)
	to := i
	if i < 0 {
		to = e.Find(p + "/")
	}
	if to >= 0 && (i < 0 || strings.HasPrefix(p, "/")) {
		// The address is the page's own: made of what was asked for, it could lead to
		// another host.
		location := address(e, to)
		if r.URL.RawQuery != "" {
			location += "?" + r.URL.RawQuery
		}
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusMovedPermanently)
		return
	}
	status := http.StatusOK
	if i < 0 {
		status = http.StatusNotFound
		if i = e.Find("404.html"); i < 0 {
			s.empty(w, r, now, status)
			return
		}
	}
	leaf, err := e.Open(i)
	if err != nil {
		s.broken(w, r, diag.Fact{Message: err.Error()})
		return
	}
	defer leaf.Close()
	var body bytes.Buffer
	ds, err := leaf.Write(&body)
	if err != nil {
		s.broken(w, r, diag.Fact{Message: err.Error()})
		return
	}
	banner := s.banner(e, i)
	if diag.Count(ds, diag.Error) > 0 {
		facts := (&diag.Printer{Read: e.Site().FileData}).Facts(ds)
		body.Reset()
		if err := e.write(r.Context(), &body, e.Path(i)); err != nil {
			s.broken(w, r, facts...)
			return
		}
		banner += themeBanner(facts)
	}
	kind := contentType(leaf.Path)
	out := body.Bytes()
	if strings.HasPrefix(kind, "text/html") && !r.URL.Query().Has("plain") {
		out = s.inject(out, r.URL.Path, keyText(leaf.Key), banner)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(out)))
	w.WriteHeader(status)
	w.Write(out)
}

// contentType is the media type of a file by its name. The system's own table
// differs from machine to machine, so that what we make is named here.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json"
	case ".xml":
		return "application/xml; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".md", ".txt":
		return "text/plain; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// noPolicy ends our policy; the script needs a policy of its own for what it
// puts into the page (Trusted Types, WICG).
const (
	noPolicy   = "trusted-types &#39;none&#39;"
	ownPolicy  = "trusted-types nutgraf-preview"
	endOfHead  = "</head>"
	endOfBody  = "</body>"
	injectHTML = `<link rel="stylesheet" href="%secret%preview.css">` +
		`<script src="%secret%preview.js" data-secret="%secret%"` +
		` data-page="%page%" data-key="%key%"></script>`
)

// inject adds the preview's script to a page, and a banner, which may be empty.
// What is published never has them.
func (s *Server) inject(html []byte, page, key, banner string) []byte {
	tags := strings.NewReplacer("%secret%", s.secret, "%page%", template.HTMLEscapeString(page),
		"%key%", key).Replace(injectHTML)
	head := bytes.Index(html, []byte(endOfHead))
	if head < 0 {
		return html
	}
	end := bytes.LastIndex(html, []byte(endOfBody))
	if end < head {
		end = len(html)
	}
	out := make([]byte, 0, len(html)+len(tags)+len(banner))
	out = append(out, bytes.Replace(html[:head], []byte(noPolicy), []byte(ownPolicy), 1)...)
	out = append(append(out, tags...), html[head:end]...)
	return append(append(out, banner...), html[end:]...)
}

// empty is shown where there is no page, until there is one.
func (s *Server) empty(w http.ResponseWriter, r *http.Request, now *snapshot, status int) {
	v := emptyView{Title: "Nothing to show yet", Secret: s.secret, Page: r.URL.Path}
	if status == http.StatusNotFound {
		v.Title = "No page is here"
	}
	var facts []diag.Fact
	if now != nil {
		facts = now.facts
	}
	s.sendEmpty(w, v, status, facts...)
}

// broken is shown in place of a page that can't be made.
func (s *Server) broken(w http.ResponseWriter, r *http.Request, facts ...diag.Fact) {
	s.sendEmpty(w, emptyView{Title: "This page can’t be made", Secret: s.secret, Page: r.URL.Path},
		http.StatusInternalServerError, facts...)
}

// ownPages begins the policy of pages of the preview's own.
const ownPages = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types nutgraf-preview; "

type emptyView struct {
	Title, Secret, Page string
	Findings            []finding
}

func (s *Server) sendEmpty(w http.ResponseWriter, v emptyView, status int, facts ...diag.Fact) {
	for _, f := range facts {
		v.Findings = append(v.Findings, finding{Fact: f, Edit: template.URL(s.edit(f))})
	}
	slices.SortStableFunc(v.Findings, func(a, b finding) int { // errors first: they are why there is no page
		return strings.Compare(a.Severity, b.Severity)
	})
	var body bytes.Buffer
	if err := emptyPage.Execute(&body, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", ownPages+"form-action 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(body.Bytes())
}
