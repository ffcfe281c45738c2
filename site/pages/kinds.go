package pages

import (
	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/theme"
)

// layoutViews has the View that each layout is given, and those of the parts
// that are made by themselves.
var layoutViews = map[string]any{
	"404": &NotFound{}, "card": &QuestionCard{}, "embed": &QuestionCard{}, "search": &Search{}, "entry": &Entry{}, "explainer": &Explainer{}, "glossary": &Glossary{}, "home": &Home{}, "list": &List{}, "plain": &Plain{},
	"redirect": &Redirect{}, "sources": &Sources{}, "timeline": &Timeline{}, "topic": &Topic{}, "topics": &Topics{}, "updates": &Updates{}, "event": &Event{}, "figure": &Figure{},
}

// themeParts are what the pages of the built-in theme are made of. A file of another name
// is used only where called.
var themeParts = []string{"byline.html", "card-item.html", "changed.html", "chart.html", "crumbs.html",
	"date.html", "event.html", "figure.html", "follow.html", "foot-extra.html", "footer.html",
	"head-extra.html", "head.html", "header.html", "known.html", "lead.html", "page-menu.html",
	"pager.html", "parts.html", "question.html", "source.html", "term.html", "turn.html", "update.html"}

// parseTheme reads templates, for the Views that they are given here.
func parseTheme(files []site.File) (*theme.Theme, []diag.Diagnostic) {
	own := make([]theme.File, len(files))
	for i, f := range files {
		own[i] = theme.File{Path: f.Path, Sum: f.Sum, Data: f.Data}
	}
	return theme.Parse(own, layoutViews, themeParts)
}
