package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// takenDown finds the folders whose pictures and documents go because their
// explainer is withdrawn. What another edition of it shows stays.
func takenDown(withdrawn, public []*Explainer) map[string]*Explainer {
	if len(withdrawn) == 0 {
		return nil
	}
	gone := map[string]*Explainer{}
	for _, e := range withdrawn {
		gone[e.Folder] = e
	}
	for _, e := range public {
		delete(gone, e.Folder)
	}
	return gone
}

// resolveAsset finds what lies beside a document, unless it went with that.
func (s *Site) resolveAsset(a *Asset, anchor string) (Target, *problem) {
	t := Target{Kind: ToAsset, Asset: a, Anchor: anchor}
	if len(s.takenDown) == 0 {
		return t, nil
	}
	if e := s.takenDown[folderOf(a)]; e != nil {
		t.Kind = ToNothing
		const gone = "“%s” is withdrawn, and so are its pictures and documents: “%s” is left out"
		return t, &problem{message: fmt.Sprintf(gone, e.Key(), path.Base(a.Path)),
			hint: "take the reference out, or put a copy beside this document", gone: true}
	}
	return t, nil
}

// folderOf is the folder of the document that a picture or document lies beside.
func folderOf(a *Asset) string { return strings.Join(strings.SplitN(a.Path, "/", 3)[:2], "/") }

// withdrawnUse reports that an explainer shows nothing where it takes over an answer
// or an event from one that is withdrawn.
func (l *loader) withdrawnUse(e *Explainer, at diag.Place) {
	if e.Status != document.Withdrawn {
		l.reportAt(diag.Warning, "held-back", at,
			"the explainer that it is taken from is withdrawn, so it is left out", "tell it here, or take it out")
	}
}

// dropAnswers leaves out the questions whose answers were withdrawn.
func (l *loader) dropAnswers() {
	if len(l.site.Withdrawn) == 0 {
		return
	}
	for _, e := range l.everyExplainer() {
		dropped := func(a Answer) bool { return a.Explainer == nil }
		if !slices.ContainsFunc(e.Answers, dropped) {
			continue
		}
		less := *e.Explainer
		e.whole, less.Questions = e.Explainer, nil
		for i, q := range e.whole.Questions {
			if !dropped(e.Answers[i]) {
				less.Questions = append(less.Questions, q)
			}
		}
		e.Explainer, e.Answers = &less, slices.DeleteFunc(e.Answers, dropped)
	}
}

// everyQuestion is what the explainer's files ask, also what dropAnswers left out.
func (e *Explainer) everyQuestion() []*document.Question {
	return cmp.Or(e.whole, e.Explainer).Questions
}

// DroppedQuestion reports whether a question is left out because the answer that it
// borrowed went with a withdrawn explainer.
func (e *Explainer) DroppedQuestion(id string) bool {
	return e.whole != nil && e.whole.Question(id) != nil && e.Question(id) == nil
}

// droppedEvent reports whether the explainer lacks that event because the one
// that tells it is withdrawn.
func (s *Site) droppedEvent(e *Explainer, id string) bool {
	return len(s.Withdrawn) > 0 && slices.ContainsFunc(e.OwnEvents, func(ev *document.Event) bool {
		if ev.Use == nil {
			return false
		}
		if _, event, _ := strings.Cut(ev.Use.ID, "#"); event != id {
			return false
		}
		owner, way := e, 0
		for ev != nil && ev.Use != nil && way <= len(s.Explainers) { // a circle has an end, too
			owner, ev, _ = s.takenFrom(owner, ev.Use)
			way++
		}
		return ev == nil && owner != nil && owner.Status == document.Withdrawn
	})
}

// dropped is the problem of a reference to what went with a withdrawn explainer.
func dropped(what, id string) *problem {
	const gone = "the explainer that tells the %s “%s” is withdrawn, so it is left out"
	return &problem{message: fmt.Sprintf(gone, what, document.Clip(id)), hint: "take the reference out", gone: true}
}

// takeDown lets no mistake in the file of what is withdrawn stop a build: it must
// go, and readers get no more of it than the note.
func (l *loader) takeDown() {
	if len(l.site.Withdrawn) == 0 {
		return
	}
	files := map[string]bool{}
	for _, e := range l.site.Withdrawn {
		files[e.Path] = true
		for _, side := range e.SideFiles() {
			files[side] = true
		}
	}
	for i := range l.diags {
		if d := &l.diags[i]; d.Severity == diag.Error && files[d.At.File] && d.Rule != "two-documents" {
			d.Severity, d.Held = diag.Warning, true
		}
	}
}
