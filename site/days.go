package site

import (
	"fmt"
	"path"
	"strings"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/front"
)

// linkDays tells of days of an explainer that lie ahead of the clock. published
// alone may: a page that waits until then may say what will have happened by then.
func (l *loader) linkDays(e *Explainer) error {
	now := l.site.Now
	if e.Published.After(now) {
		now = l.endOf(e.published)
	}
	ahead := e.updated != "" && e.Updated.After(now) || e.asOf != "" && e.AsOf.After(now)
	for _, u := range e.Updates {
		ahead = ahead || u.When.After(now)
	}
	for _, q := range e.Questions {
		ahead = ahead || q.AsOf != "" && l.day(q.AsOf).After(now) || q.Updated != "" && l.day(q.Updated).After(now)
	}
	if !ahead {
		return nil
	}
	return l.daysAhead(e.Path, now)
}

// endOf is the last moment that a day, or a day with its time, may mean.
func (l *loader) endOf(day string) time.Time {
	t := l.day(day)
	if strings.Contains(day, "T") {
		return t
	}
	return t.AddDate(0, 0, 1).Add(-time.Second)
}

// daysAhead reads a document's files once more, as the model keeps no places of
// days, and tells of those that lie after now.
func (l *loader) daysAhead(file string, now time.Time) error {
	src := l.site.docs[strings.TrimPrefix(file, "content/")].source
	files := []string{src.main.path}
	for _, e := range src.side {
		files = append(files, e.path)
	}
	for _, p := range files {
		data, err := read(l.o.Content, p, maxDocument)
		if err != nil {
			return fmt.Errorf("content: %w", err)
		}
		for _, t := range daysOf("content/"+p, data) {
			if day := l.day(t.Value); day.After(now) {
				l.dayAhead(diag.Place{File: "content/" + p, Span: t.Span}, day)
			}
		}
	}
	return nil
}

// daysOf are the days in a document's file at which something was said or changed.
func daysOf(file string, data []byte) (days []front.Text) {
	var questions []front.Question
	var updates []front.Update
	switch key := strings.TrimSuffix(path.Base(file), ".yaml"); {
	case strings.HasPrefix(file, "content/glossary/"):
		fm, _, _ := front.ParseTerm(file, data)
		days = []front.Text{fm.Updated}
	case key == "questions":
		questions, _ = front.ParseQuestions(file, data)
	case key == "updates":
		updates, _ = front.ParseUpdates(file, data)
	case strings.HasSuffix(file, ".md"):
		fm, _, _ := front.ParseExplainer(file, data)
		days, questions, updates = []front.Text{fm.Updated, fm.AsOf}, fm.Questions, fm.Updates
	}
	for _, q := range questions {
		days = append(days, q.AsOf, q.Updated)
	}
	for _, u := range updates {
		days = append(days, u.Date)
	}
	return days
}

// dayAhead tells of one day. Where the site's time zone is not the writer's, it
// may have come for the writer: for a day long that stops nobody.
func (l *loader) dayAhead(at diag.Place, day time.Time) {
	now := l.site.Now.In(l.site.Config.Location)
	clock := now.Format("2 January 2006, 15:04 MST")
	if zone := now.Location().String(); zone != now.Format("MST") {
		clock += " (" + zone + ")"
	}
	d := diag.Diagnostic{Severity: diag.Error, Rule: dayAheadRule, At: at,
		Message: "this day lies more than 24 hours ahead of the build's clock, which says " + clock,
		Why:     "published: alone may lie ahead, and holds a page back until then",
		Hint:    "write the day on which it happened, or wait for it with published:"}
	if day.Sub(now) <= 24*time.Hour {
		d.Severity = diag.Warning
		d.Message = "this day has not come yet by the build's clock, which says " + clock
		d.Why = "readers see it as it stands here"
		d.Hint = "where it has come for you, give the site your time zone with timezone: in content/site.yaml; else write the day on which it happened"
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.diags = append(l.diags, d)
}

const dayAheadRule = "day-ahead"
