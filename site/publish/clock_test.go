package publish_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// everythingByTheClock is a world in which the clock decides whatever it can.
func everythingByTheClock(zone string, start time.Time) *world {
	w := &world{content: fstest.MapFS{}}
	loc, _ := time.LoadLocation(zone)
	soon := start.Add(150 * time.Second).In(loc).Format("2006-01-02T15:04:05")
	w.put("site.yaml", fmt.Sprintf(`title: A world
base_url: https://example.org/
timezone: %s
age: 2m
notice: {text: Soon no more., until: 2024-06-20}
`, zone))
	w.put("explainers/later.md", `---
title: What is later?
standfirst: S.
published: 2024-06-05T12:30
---
## What?

That.
`)
	w.put("explainers/plans.md", `---
title: What is planned?
standfirst: S.
published: 2024-05-01
as_of: 2024-05-02
review_by: 2024-06-11
topics: [t1]
timeline:
  - {date: 2024-06-09, title: A day}
  - {date: 2024-06-15T20:00, title: A time}
  - {date: 2024-09, title: A month, status: scheduled}
  - {date: 2024-10-05/.., title: From then on}
  - {date: 2010, title: Long ago}
questions:
  - {question: Due?, id: due, short: S., review_by: 3m, as_of: 2024-04-01}
---
## Due?

Yes.
`)
	w.put("explainers/no-day.md", "---\ntitle: Of what day?\nstandfirst: S.\npublished: 2024-05-30\n"+
		"timeline: [{date: 2024-07-04, title: To come}]\n---\n## What?\n\nThat.\n")
	w.put("explainers/rash.md", "---\ntitle: Too early?\nstandfirst: S.\npublished: 2024-05-30\n"+
		"updates: [{date: "+soon+", type: update, text: Soon.}]\n---\n## What?\n\nThat.\n")
	w.put("glossary/ahead.md", "---\nterm: Ahead\nshort: S.\nupdated: "+soon+"\n---\n")
	w.put("pages/later.md", "---\ntitle: Later\npublished: 2024-06-08\n---\nText.\n")
	return w
}

// TestClock holds that until the moment which a site gives, and not a moment before it, the
// clock alone changes nothing, be it on a page or in what is said; and that it never does where
// there is no such moment.
func TestClock(t *testing.T) {
	for zone, start := range map[string]time.Time{
		"Pacific/Auckland": now, "America/Los_Angeles": now.Add(7 * time.Hour),
	} {
		d := newDesk(t, everythingByTheClock(zone, start))
		at := func(now time.Time) (files map[string][]byte, said string, until time.Time) {
			d.now = now
			out := filepath.Join(d.dir, fmt.Sprint("at", d.builds))
			said, failed := d.build(d.keeper(), out, nil)
			if failed {
				t.Fatalf("%s: at %s it can't be built: %s", zone, now, said)
			}
			defer os.RemoveAll(out)
			return tree(t, out), said, d.until
		}
		changes, steps := 0, 0
		files, said, until := at(start)
		for ; !until.IsZero() && steps < 100; steps++ {
			if !until.After(d.now) {
				t.Fatalf("%s: at %s the clock may change something at %s", zone, d.now, until)
			}
			lastFiles, lastSaid, _ := at(until.Add(-1))
			if diff := cmp.Diff(said, lastSaid); diff != "" {
				t.Fatalf("%s: what is said right before %s is not what was (+):\n%s", zone, until, diff)
			}
			compareTrees(t, files, lastFiles, steps)
			nextFiles, nextSaid, next := at(until)
			if said != nextSaid || !reflect.DeepEqual(files, nextFiles) {
				changes++
			}
			files, said, until = nextFiles, nextSaid, next
		}
		lastFiles, lastSaid, _ := at(d.now.AddDate(900, 0, 0))
		if diff := cmp.Diff(said, lastSaid); diff != "" || steps == 100 {
			t.Fatalf("%s: what is said after %d steps is not what was (+):\n%s", zone, steps, diff)
		}
		compareTrees(t, files, lastFiles, steps)
		if changes < 20 {
			t.Errorf("%s: the clock changed something %d times only", zone, changes)
		}
	}
}
