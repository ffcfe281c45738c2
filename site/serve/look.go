package serve

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"

	"nutgraf/site/pages"
)

// lookPath is the page that shows each custom property of the theme as the site
// has it.
const lookPath = deskPath + "look/"

// What it is made of.
var (
	//go:embed look.html
	lookSource string
	//go:embed look.css
	lookStyle []byte

	lookPage   = template.Must(template.New("look").Parse(lookSource))
	lookSheets = append(lookStyle, samples()...)
)

type lookView struct {
	Secret     string
	Sheets     []string // of the site
	Properties []property
}

// property is one of them with the value that the theme gives it.
type property struct {
	pages.Property
	Value string
}

// samples are rules that use each property for what it is: of a class of its name.
func samples() (css []byte) {
	uses := map[pages.PropertyKind]string{
		pages.Colour: "background", pages.Face: "font-family", pages.Size: "font-size", pages.Length: "inline-size",
	}
	for _, p := range pages.Properties {
		css = fmt.Appendf(css, ".look .p%s{%s:var(%s)}\n", p.Name, uses[p.Kind], p.Name)
	}
	return css
}

// look shows the properties.
func (s *Server) look(w http.ResponseWriter, r *http.Request, now *snapshot) {
	e := now.edition
	v := lookView{Secret: s.secret, Sheets: e.Sheets()}
	values := pages.Defaults(string(e.Site().FileData("static/style.css")))
	for _, p := range pages.Properties {
		v.Properties = append(v.Properties, property{p, values[p.Name]})
	}
	var body bytes.Buffer
	if err := lookPage.Execute(&body, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", ownPages+"form-action 'none'; img-src 'self'; font-src 'self'")
	send(w, "text/html; charset=utf-8", body.Bytes())
}
