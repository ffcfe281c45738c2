package check

import (
	"cmp"
	"slices"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// Desk is a newsroom's morning list. Its JSON is what nutgraf desk --json
// writes; times are RFC 3339 in the site's time zone.
type Desk struct {
	Now         time.Time    `json:"now"`
	Overdue     []Review     `json:"overdue"`     // the longest overdue first
	Next        []Launch     `json:"next"`        // what goes live by itself, the soonest first
	Drafts      []Draft      `json:"drafts"`      // by path
	Coverage    []Sourced    `json:"coverage"`    // the least covered first
	Corrections []Correction `json:"corrections"` // of this month, newest first
}

// Review is a review that is overdue: of an explainer, or of one of its answers.
type Review struct {
	Path     string    `json:"path"`
	Title    string    `json:"title"`
	Question string    `json:"question,omitempty"` // its id
	By       time.Time `json:"by"`
}

// Launch is an explainer whose time has not come.
type Launch struct {
	Path  string    `json:"path"`
	Title string    `json:"title"`
	At    time.Time `json:"at"`
}

// Draft is an explainer that waits for its writer, and what it lacks.
type Draft struct {
	Path   string   `json:"path"`
	Title  string   `json:"title"`
	Status string   `json:"status"` // draft or review
	Gaps   []string `json:"gaps"`
}

// Sourced says how many of an explainer's sentences that need a source have one.
type Sourced struct {
	Path    string `json:"path"`
	Title   string `json:"title"`
	Needed  int    `json:"needed"`
	Sourced int    `json:"sourced"`
}

// Correction is one that was made this month.
type Correction struct {
	Path  string    `json:"path"`
	Title string    `json:"title"`
	Date  time.Time `json:"date"`
	Text  string    `json:"text"` // without markup
}

// DeskOf makes the morning list of a site out of what a check of it found and
// what its load reported.
func DeskOf(s *site.Site, r *Report, loaded []diag.Diagnostic) *Desk {
	d := &Desk{Now: s.Now.In(s.Config.Location), Overdue: []Review{}, Next: []Launch{},
		Drafts: []Draft{}, Coverage: []Sourced{}, Corrections: []Correction{}}
	for _, e := range s.Explainers {
		d.Overdue = append(d.Overdue, overdue(s, e)...)
	}
	slices.SortStableFunc(d.Overdue, func(a, b Review) int { return a.By.Compare(b.By) })
	d.held(s, loaded)
	for _, c := range r.Coverage {
		if c.Needed > 0 {
			d.Coverage = append(d.Coverage, Sourced{c.Explainer.Path, c.Explainer.Title, c.Needed, c.Claims.Sourced})
		}
	}
	slices.SortStableFunc(d.Coverage, func(a, b Sourced) int {
		return cmp.Compare(a.Sourced*b.Needed, b.Sourced*a.Needed)
	})
	d.corrections(s)
	return d
}

// held parts what waits for its time from what waits for its writer.
func (d *Desk) held(s *site.Site, loaded []diag.Diagnostic) {
	for _, h := range s.Held {
		if !h.Until.IsZero() {
			d.Next = append(d.Next, Launch{h.Path, h.Title, h.Until.In(s.Config.Location)})
			continue
		}
		draft := Draft{h.Path, h.Title, h.Why.String(), []string{}}
		for _, t := range loaded {
			if documentOf(t.At.File) == documentOf(h.Path) && t.Severity > diag.Note {
				draft.Gaps = append(draft.Gaps, t.Message)
			}
		}
		d.Drafts = append(d.Drafts, draft)
	}
	slices.SortStableFunc(d.Next, func(a, b Launch) int { return a.At.Compare(b.At) })
	slices.SortFunc(d.Drafts, func(a, b Draft) int { return cmp.Compare(a.Path, b.Path) })
}

func (d *Desk) corrections(s *site.Site) {
	for _, u := range s.Updates {
		when := u.When.In(s.Config.Location)
		if u.Type == "correction" && when.Year() == d.Now.Year() && when.Month() == d.Now.Month() &&
			!when.After(d.Now) {
			d.Corrections = append(d.Corrections, Correction{u.Explainer.Path, u.Explainer.Title, when, u.Plain})
		}
	}
}
