package pages

import (
	"path"
	"strings"
	"testing"
)

// TestNoTermLinksToItsOwnPage: events are rendered once for all lists, but on a term's
// own page they don't link to it.
func TestNoTermLinksToItsOwnPage(t *testing.T) {
	for _, disk := range []bool{false, true} {
		events := 0
		for file, page := range demo(t, disk) {
			dir := path.Dir(file)
			if path.Dir(dir) != "glossary" || path.Base(file) != "index.html" {
				continue
			}
			own := `<a class="term" href="../../` + dir + "/"
			if strings.Contains(page, own) {
				t.Errorf("%s links to itself", file)
			}
			events += strings.Count(page, `<li class="ev`)
		}
		if events == 0 {
			t.Error("no entry lists an event")
		}
	}
}

func TestUnlinked(t *testing.T) {
	const html = `<p>The <a href="x">NATO</a>: <a href="n"><b>NATO</b>’s</a> and <a href="n" title="so">it</a>.</p>`
	if got, want := string(unlinked([]byte(html), `<a href="n"`)), `<p>The <a href="x">NATO</a>: <b>NATO</b>’s and it.</p>`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
