package serve

import (
	"strings"
	"testing"

	"nutgraf/site/pages"
)

// TestLook holds that the page of the look shows each property, in the site's own
// style sheets.
func TestLook(t *testing.T) {
	files := small()
	files["content/site.yaml"] = "title: T\nstyles: [house.css]\n"
	files["static/house.css"] = ":root{--paper:#ffe}"
	p := start(t, files)
	_, body := p.ask(lookPath)
	for _, sheet := range []string{`href="/assets/style.`, `href="/assets/house.`} {
		if !strings.Contains(body, sheet) {
			t.Errorf("no %s", sheet)
		}
	}
	css := string(lookSheets)
	for _, prop := range pages.Properties {
		if !strings.Contains(body, "<code>"+prop.Name+"</code>") || !strings.Contains(body, "p"+prop.Name+`"`) {
			t.Errorf("%s is not shown", prop.Name)
		}
		if !strings.Contains(css, ":var("+prop.Name+")") {
			t.Errorf("no rule shows %s", prop.Name)
		}
	}
}
