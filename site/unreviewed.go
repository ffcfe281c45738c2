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
	if last.IsZero() || age.After(last).After(s.midnight(s.Config.Location)) {
		return time.Time{}
	}
	return last
}

// midnight is when the site's day begins in a zone. What the clock alone changes on
// a page that is there already, it changes at midnight in the site's own.
func (s *Site) midnight(zone *time.Location) time.Time {
	year, month, day := s.Now.In(s.Config.Location).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
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
	return ok && last.Before(s.midnight(zone))
}
