package site

import (
	"time"

	"nutgraf/site/document"
	"nutgraf/site/edtf"
)

// Unreviewed returns the day on which somebody last looked at an explainer, once
// the site's age has passed since; before that, and where no page says its age, it
// is zero. An answer that is taken from another explainer is looked at there.
func (s *Site) Unreviewed(e *Explainer) time.Time {
	age := s.Config.Age
	if age == (edtf.Span{}) || e.Written.ReviewBy == document.Never {
		return time.Time{}
	}
	last := e.Published
	look := func(day time.Time) {
		if day.After(last) {
			last = day
		}
	}
	look(e.Updated)
	look(e.AsOf)
	for i := range e.Answers {
		if a := &e.Answers[i]; a.Explainer == e {
			look(a.AsOf)
			look(a.Updated)
		}
	}
	if len(e.Updates) > 0 {
		look(e.Updates[0].When)
	}
	if last.IsZero() || !s.startedAt(age.After(last), s.Config.Location) {
		return time.Time{}
	}
	return last
}

// over reports whether the last day that a date may mean has passed; of what has no known
// end, the last on which it may begin. Dates without a clock are the same in every zone,
// and count in UTC.
func (s *Site) over(d edtf.Date) bool {
	if start, open := d.Opening(s.Config.Location); open {
		d = start
	}
	zone := s.Config.Location
	if d.Precision() < edtf.Minute {
		zone = time.UTC
	}
	last, ok := d.Latest()
	return ok && s.startedAt(last.Add(1), zone)
}
