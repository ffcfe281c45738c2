package serve

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// bannerHTML stands at the end of a page that readers don't get as it is shown.
const bannerHTML = `<aside class="ngp-banner" aria-label="Preview" lang="en" dir="ltr">` +
	`<p><strong>%s.</strong> %s.</p></aside>`

// banner is what stands at the end of page i, or "".
func (s *Server) banner(e *edition, i int) string {
	title, text := s.notice(e, i)
	if title == "" {
		return ""
	}
	return fmt.Sprintf(bannerHTML, template.HTMLEscapeString(title), template.HTMLEscapeString(text))
}

// themeBanner says why a page is not made with the writer's own templates.
func themeBanner(facts []diag.Fact) string {
	i := slices.IndexFunc(facts, func(f diag.Fact) bool { return f.Severity == diag.Error.String() })
	f := facts[i]
	title := f.Message
	if f.Line > 0 {
		title = fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
	}
	return fmt.Sprintf(bannerHTML, template.HTMLEscapeString(title),
		"Until you fix it, this page uses nutgraf’s own templates")
}

// notice says why page i is not what readers get; "" where it is.
func (s *Server) notice(e *edition, i int) (title, text string) {
	if s.o.Demo != nil && s.o.Demo() {
		return "This is nutgraf’s demo", "nutgraf init makes a site of your own; your first " +
			"file in content/ replaces the demo"
	}
	if g := e.Site().PageAt(e.At(i).File); g != nil && g.Published.After(e.Site().Now) {
		return goesLive(g.Published, e.Site())
	}
	return state(e.Site(), e.Site().ExplainerAt(e.At(i).File))
}

// state says why readers don't get an explainer as it is shown; "" where they do.
func state(s *site.Site, x *site.Explainer) (title, text string) {
	switch {
	case x == nil:
	case x.Status == document.Draft:
		return "Draft", "Readers can’t see this page yet"
	case x.Status == document.Review:
		return "In review", "Readers can’t see this page yet"
	case x.Status == document.Withdrawn:
		return "Withdrawn", "It is in no list, feed or search"
	case x.Published.After(s.Now):
		return goesLive(x.Published, s)
	}
	return "", ""
}

func goesLive(t time.Time, s *site.Site) (title, text string) {
	return "Goes live " + moment(t, s), "Readers can’t see this page yet"
}

// moment writes a time in the site's time zone, with its year where that is
// another one than now.
func moment(t time.Time, s *site.Site) string {
	t = t.In(s.Config.Location)
	layout := "Mon 2 Jan, 15:04 MST"
	if t.Year() != s.Now.In(s.Config.Location).Year() {
		layout = "Mon 2 Jan 2006, 15:04 MST"
	}
	return t.Format(layout)
}
