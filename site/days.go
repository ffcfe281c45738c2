package site

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/edtf"
	"nutgraf/site/front"
)

// linkDays reports days of an explainer that lie ahead of the clock, or that can't
// both be right. The model keeps no places of days, so its files are read once more
// where there is something to report.
func (l *loader) linkDays(e *Explainer) error {
	if !l.ahead(e) && !disordered(e) {
		return nil
	}
	w, err := l.written(e.Path)
	if err != nil {
		return err
	}
	l.reportAhead(w.days(), l.latest(e))
	l.reportDisorder(e, w)
	return nil
}

// latest is the last moment of which an explainer may speak: now, or when it is
// published, as a page that waits until then may say what will have happened.
func (l *loader) latest(e *Explainer) time.Time {
	switch {
	case l.site.Reached(e.Published):
		return l.site.Now
	case strings.Contains(e.Written.Published, "T"):
		return e.Published
	}
	return e.Published.AddDate(0, 0, 1).Add(-time.Second)
}

// ahead reports whether a day of the explainer has not come yet. published is not
// among them: it alone may lie ahead.
func (l *loader) ahead(e *Explainer) bool {
	latest := l.latest(e)
	ahead := func(t time.Time) bool { return t.After(latest) }
	if latest.Equal(l.site.Now) {
		ahead = func(t time.Time) bool { return !l.site.Reached(t) }
	}
	late := func(day string) bool { return day != "" && ahead(l.day(day)) }
	if late(e.Written.Updated) || late(e.Written.AsOf) {
		return true
	}
	for _, u := range e.Updates {
		if ahead(u.When) {
			return true
		}
	}
	for _, q := range e.Questions {
		if late(q.AsOf) || late(q.Updated) {
			return true
		}
	}
	return false
}

// disordered reports whether the explainer was changed before it was published, or
// after it was last updated, or was to be reviewed before its text was right.
func disordered(e *Explainer) bool {
	early := func(day string, when time.Time) bool {
		return day != "" && when.Before(e.Published) && before(day, e.Written.Published)
	}
	reviewed := e.Written.AsOf != "" && !e.ReviewBy.IsZero() && e.ReviewBy.Before(e.AsOf)
	if early(e.Written.Updated, e.Updated) || reviewed && before(e.Written.ReviewBy, e.Written.AsOf) {
		return true
	}
	for _, u := range e.Updates {
		if u.Type != "review" && early(u.Date, u.When) || e.hides(u) {
			return true
		}
	}
	return false
}

// hides reports whether the explainer says that it was last updated before u.
func (e *Explainer) hides(u *document.Update) bool {
	return e.Written.Updated != "" && u.Substantive && u.When.After(e.Updated) && before(e.Written.Updated, u.Date)
}

// written is what an explainer's or an entry's files say, with its places.
type written struct {
	file, questionFile, updateFile string
	*front.Explainer
}

func (l *loader) written(file string) (*written, error) {
	d := l.site.docs[strings.TrimPrefix(file, "content/")]
	src := d.Files
	data, err := document.Read(l.o.Content, src.Main.Path, document.MaxDocument)
	if err != nil {
		return nil, fmt.Errorf("content: %w", err)
	}
	w := &written{file: file, questionFile: file, updateFile: file}
	if d.Term != nil {
		fm, _, _ := front.ParseTerm(file, data)
		w.Explainer = &front.Explainer{Updated: fm.Updated}
		return w, nil
	}
	w.Explainer, _, _ = front.ParseExplainer(file, data)
	for key, e := range src.Side {
		if key != "questions" && key != "updates" {
			continue
		}
		if data, err = document.Read(l.o.Content, e.Path, document.MaxDocument); err != nil {
			return nil, fmt.Errorf("content: %w", err)
		}
		if side := "content/" + e.Path; key == "questions" {
			w.questionFile = side
			w.Questions, _ = front.ParseQuestions(side, data)
		} else {
			w.updateFile = side
			w.Updates, _ = front.ParseUpdates(side, data)
		}
	}
	return w, nil
}

// writtenDay is one day, and where it stands.
type writtenDay struct {
	text string
	at   diag.Place
}

// days are those on which something was published or changed.
func (w *written) days() (days []writtenDay) {
	add := func(file string, texts ...front.Text) {
		for _, t := range texts {
			days = append(days, writtenDay{t.Value, diag.Place{File: file, Span: t.Span}})
		}
	}
	add(w.file, w.Updated, w.AsOf)
	for _, q := range w.Questions {
		add(w.questionFile, q.AsOf, q.Updated)
	}
	for _, u := range w.Updates {
		add(w.updateFile, u.Date)
	}
	return days
}

// dayAheadRule is about what only the clock decides.
const dayAheadRule = "day-ahead"

// reportAhead reports days that lie after the latest that they may be. Where the
// site's time zone is not the writer's, a day may have come for the writer: for a
// day long that stops nobody.
func (l *loader) reportAhead(days []writtenDay, latest time.Time) {
	now := l.site.Now.In(l.site.Config.Location)
	l.site.clock.changesAt(now.Truncate(time.Minute).Add(time.Minute)) // as what is said here does
	clock := now.Format("2 January 2006, 15:04 MST")
	if zone := now.Location().String(); zone != now.Format("MST") {
		clock += " (" + zone + ")"
	}
	for _, d := range days {
		day := l.day(d.text)
		if !day.After(latest) {
			continue
		}
		ahead := diag.Diagnostic{Severity: diag.Error, Rule: dayAheadRule, At: d.at,
			Message: "this day lies more than 24 hours ahead of the build's clock, which says " + clock,
			Why:     "published: alone may lie ahead, and holds a page back until then",
			Hint:    "write the day on which it happened, or wait for it with published:"}
		if day.Sub(now) <= 24*time.Hour {
			ahead.Severity, ahead.Why = diag.Warning, "readers see it as it stands here"
			ahead.Message = "this day has not come yet by the build's clock, which says " + clock
			ahead.Hint = "where it has come for you, give the site your time zone with timezone: " +
				"in content/site.yaml; else write the day on which it happened"
		}
		l.report(ahead)
	}
}

// reportDisorder reports days of which one makes another impossible. While it is
// held back nothing of an explainer has been published, so that it may be changed.
func (l *loader) reportDisorder(e *Explainer, w *written) {
	at := func(t front.Text) diag.Place { return diag.Place{File: w.file, Span: t.Span} }
	const hint = "correct one of the two dates"
	held := !l.site.Reached(e.Published)
	if before(w.Updated.Value, w.Published.Value) {
		d := dateOrder(at(w.Updated), "it was updated before it was published", hint)
		if !held {
			d.Severity = diag.Error
		}
		l.report(d)
	}
	if w.AsOf.Given() && before(w.ReviewBy.Value, w.AsOf.Value) {
		d := dateOrder(at(w.ReviewBy), "it was to be reviewed before the day that its text speaks of", hint)
		d.Related = []diag.Related{{Message: "that day", At: at(w.AsOf)}}
		l.report(d)
	}
	for _, u := range w.Updates {
		if !held && u.Type.Value != "review" && before(u.Date.Value, w.Published.Value) {
			d := dateOrder(diag.Place{File: w.updateFile, Span: u.Date.Span},
				"this was changed before the explainer was published", hint)
			d.Why = "readers never saw what it was before"
			d.Related = []diag.Related{{Message: "published here", At: at(w.Published)}}
			l.report(d)
		}
	}
	l.reportHidden(e, w)
}

func dateOrder(at diag.Place, message, hint string) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Warning, Rule: "date-order", At: at, Message: message, Hint: hint}
}

// reportHidden reports an updated that is older than an update.
func (l *loader) reportHidden(e *Explainer, w *written) {
	i := slices.IndexFunc(e.Updates, e.hides) // the newest
	if i < 0 {
		return
	}
	d := dateOrder(diag.Place{File: w.file, Span: w.Updated.Span},
		"it says that it was last updated before the newest of its updates",
		"remove it: then the newest update says it; one that changes nothing of substance has substantive: false")
	d.Why = "readers, search engines and feeds are told this day"
	for _, u := range w.Updates {
		if u.Date.Value == e.Updates[i].Date {
			at := diag.Place{File: w.updateFile, Span: u.Date.Span}
			d.Related = []diag.Related{{Message: "the newest", At: at}}
		}
	}
	l.report(d)
}

// linkDay reports the day of an entry that lies ahead of the clock.
func (l *loader) linkDay(t *Term) error {
	if l.site.Reached(l.day(t.Updated)) {
		return nil
	}
	w, err := l.written(t.Path)
	if err == nil {
		l.reportAhead(w.days(), l.site.Now)
	}
	return err
}

// before reports whether a day or time lies before another, in whatever time zone
// bare days are.
func before(a, b string) bool {
	first, aClock, aErr := edtf.ParseDay(a, time.UTC)
	second, bClock, bErr := edtf.ParseDay(b, time.UTC)
	if aClock != bClock {
		first = first.Add(24 * time.Hour)
	}
	return aErr == nil && bErr == nil && first.Before(second)
}
