package site

import (
	"sync"
	"time"
)

// clock remembers the first moment at which a question that was asked of the time
// would have another answer. What a build shows may depend on Site.Now only by such
// questions, so that until then the clock changes nothing.
type clock struct {
	mu   sync.Mutex
	next time.Time // zero where no answer will change
	// tomorrow is what Site.tomorrow found when it was now.
	now, tomorrow time.Time
}

// changesAt says that something is another from t on.
func (c *clock) changesAt(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.next.IsZero() || t.Before(c.next) {
		c.next = t
	}
}

// Until returns the moment up to which the time alone changes nothing of what was made of the
// site so far, or earlier; it is zero where it never does.
func (s *Site) Until() time.Time {
	s.clock.mu.Lock()
	defer s.clock.mu.Unlock()
	return s.clock.next
}

// Reached reports whether it is t, or later.
func (s *Site) Reached(t time.Time) bool {
	if s.Now.Before(t) {
		s.clock.changesAt(t)
		return false
	}
	return true
}

// Month returns the year and the month that it is in the site's time zone, to one who shows them
// in the years from first to last only.
func (s *Site) Month(first, last int) (int, time.Month) {
	year, month, _ := s.Now.In(s.Config.Location).Date()
	switch {
	case year < first:
		s.waitFor(time.Date(first, 1, 1, 0, 0, 0, 0, s.Config.Location))
	case year <= last:
		s.waitFor(time.Date(year, month+1, 1, 0, 0, 0, 0, s.Config.Location))
	}
	return year, month
}

// startedAt reports whether the site's day, at midnight in a zone, began at t or later.
// What the clock alone changes on a page that is there already, it changes when the site's
// day does.
func (s *Site) startedAt(t time.Time, zone *time.Location) bool {
	year, month, day := s.Now.In(s.Config.Location).Date()
	if time.Date(year, month, day, 0, 0, 0, 0, zone).Before(t) {
		s.waitFor(t)
		return false
	}
	return true
}

// waitFor says that something is another from a day on that begins at t in some zone: not
// before the site's next day, nor two days before t, as zones are less than that apart.
func (s *Site) waitFor(t time.Time) {
	next, early := s.tomorrow(), t.AddDate(0, 0, -2)
	if early.After(next) {
		next = early
	}
	s.clock.changesAt(next)
}

// tomorrow is the first moment of another day than today in the site's time zone. Not every
// day begins at midnight, nor do all have 24 hours, but zones change at a quarter of an hour.
func (s *Site) tomorrow() time.Time {
	s.clock.mu.Lock()
	defer s.clock.mu.Unlock()
	if s.clock.now.Equal(s.Now) && !s.clock.tomorrow.IsZero() {
		return s.clock.tomorrow
	}
	const step = 15 * time.Minute
	today := s.Now.In(s.Config.Location).Format(time.DateOnly)
	t := s.Now.Truncate(step).Add(step)
	for t.In(s.Config.Location).Format(time.DateOnly) == today {
		t = t.Add(step)
	}
	s.clock.now, s.clock.tomorrow = s.Now, t
	return t
}

// NoticeOver reports whether the day of site.yaml's notice has passed.
func (s *Site) NoticeOver() bool {
	n := &s.Config.Notice
	return !n.End.IsZero() && s.Reached(n.End)
}
