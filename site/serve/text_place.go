package serve

import (
	"encoding/json"
	"net/http"

	"nutgraf/site/diag"
)

// textPlace answers where something that a page shows is written: page is the
// page's path, id that of the part of it, text what stands there. Only documents
// of the site are ever looked at.
func (s *Server) textPlace(w http.ResponseWriter, r *http.Request, now *snapshot) {
	e, q := now.edition, r.URL.Query()
	document := ""
	if i := e.Find(q.Get("page")); i >= 0 {
		document = e.At(i).File
	}
	at, ok := e.Site().Where(document, q.Get("id"), q.Get("text"))
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	place := diag.PositionOf(e.Site().FileData(at.File), int(at.Start))
	f := diag.Fact{File: at.File, Line: place.Line, Column: place.Column}
	body, err := json.Marshal(fact{Fact: f, Edit: s.edit(f)})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	send(w, "application/json", body)
}

// edit is the address that opens the place of a fact in an editor, or "".
func (s *Server) edit(f diag.Fact) string {
	if s.o.Edit == nil || f.File == "" {
		return ""
	}
	return s.o.Edit(f.File, max(f.Line, 1), max(f.Column, 1))
}
