package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"nutgraf/site"
	"nutgraf/site/check"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/publish"
)

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// told is what a build tells the writer, whatever it had to do.
type told struct {
	Diags      []diag.Diagnostic
	Notes      string // lines about what is held back, and what else to know
	Explainers int
	Files      int     // that are published
	Findings   *string // the line that says what check finds; nil where nobody looked
}

// tell works out what there is to tell of a site, but for the findings.
func tell(s *site.Site, ds []diag.Diagnostic, r publish.Result) *told {
	var b strings.Builder
	drafts := 0
	for _, h := range s.Held {
		if h.Why == document.Draft {
			drafts++
		}
		why := "a " + h.Why.String()
		if !h.Until.IsZero() {
			why = "until " + h.Until.Format("2 January 2006, 15:04 MST")
		}
		fmt.Fprintf(&b, "held back: %s (%s)\n", h.Path, why)
	}
	if s.Now.Year() < 2000 && len(s.Held) > drafts { // as builds have it that know no time: Nix, Debian
		fmt.Fprintf(&b, "note: the clock of this build stands at %s (SOURCE_DATE_EPOCH or --clock), "+
			"before all that is published: set it to what “git log -1 --format=%%ct” prints\n",
			s.Now.Format("2 January 2006"))
	}
	waiting(&b, s.Waiting)
	if drafts > 0 {
		fmt.Fprintln(&b, "note: a draft goes into the site with published: and its date, "+
			"and without status: draft")
	}
	for _, c := range s.Config.CSPAllow {
		fmt.Fprintf(&b, "opened by csp_allow: %s %s\n", c.Directive, strings.Join(c.Hosts, " "))
	}
	if s.NoticeOver() {
		fmt.Fprintf(&b, "note: the notice of site.yaml was for readers until %s, and is on "+
			"no page: remove it, or change its day\n", s.Config.Notice.Day)
	}
	if s.Config.BaseURL == "" && diag.Count(ds, diag.Error) == 0 {
		fmt.Fprintln(&b, "note: without base_url there are no feeds, no sitemap and no canonical addresses")
	}
	return &told{Diags: ds, Notes: b.String(), Explainers: len(s.Explainers), Files: r.Pages}
}

// summary says what was built, or why nothing was.
func (a *app) summary(t *told, r publish.Result, out string, elapsed time.Duration, exit int) {
	io.WriteString(a.stderr, t.Notes)
	errors, warnings := diag.Count(t.Diags, diag.Error), diag.Count(t.Diags, diag.Warning)
	if exit != exitClean {
		fate := out + " is as it was"
		if _, err := os.Lstat(out); err != nil {
			fate = out + " is not there yet"
		}
		fmt.Fprintf(a.stderr, "nothing was published: %s, %s. %s.\n", plural(errors, "error"),
			plural(warnings, "warning"), fate)
		return
	}
	line := fmt.Sprintf("%s in %s (%s written, %s unchanged", plural(r.Pages, "file"), out,
		plural(r.Written, "file"), plural(r.Unchanged, "file"))
	if r.Removed > 0 {
		line += fmt.Sprintf(", %d removed", r.Removed)
	}
	line += fmt.Sprintf("), %s, %s", plural(t.Explainers, "explainer"), elapsed.Round(time.Millisecond))
	if warnings > 0 {
		line += ", " + plural(warnings, "warning")
	}
	fmt.Fprintln(a.stderr, line)
}

// waiting says what waits with what is held back or withdrawn: the names in one file
// or folder in a line.
func waiting(w io.Writer, list []site.Waiting) {
	const shown = 5 // names in a line
	for len(list) > 0 {
		first, n := list[0], 1
		for n < len(list) && list[n].Path == first.Path {
			n++
		}
		var names []string
		who, uses := first.With, "uses it"
		for _, one := range list[:n] {
			if one.Name != "" {
				names = append(names, one.Name)
			}
			if one.With != first.With {
				who = "what is held back or withdrawn"
			}
		}
		if n > 1 {
			uses = "uses them"
		}
		if more := len(names) - shown; more > 0 {
			names = append(names[:shown], fmt.Sprintf("%d more", more))
		}
		what := first.Path
		if len(names) > 0 {
			what += ": " + strings.Join(names, ", ")
		}
		fmt.Fprintf(w, "held back: %s (only %s %s)\n", what, who, uses)
		list = list[n:]
	}
}

// toLookAt is the line that says what check finds in the linked site, whatever its texts
// say: "" where that is nothing.
func toLookAt(ctx context.Context, s *site.Site) (string, error) {
	counts, err := check.SiteCounts(ctx, s)
	if err != nil || len(counts) == 0 {
		return "", err
	}
	const shown = 3 // the most harmful
	var parts []string
	rest := 0
	for i, c := range counts {
		if i < shown {
			parts = append(parts, fmt.Sprintf("%d %s", c.N, c.Rule))
		} else {
			rest += c.N
		}
	}
	if rest > 0 {
		parts = append(parts, fmt.Sprintf("%d of other rules", rest))
	}
	return fmt.Sprintf("to look at: %s; nutgraf check says where\n", strings.Join(parts, ", ")), nil
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "x") || strings.HasSuffix(noun, "s") {
		noun += "e"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// progress is a bar on a terminal, once a build has lasted a second.
type progress struct {
	a     *app
	total int
	start time.Time
	count atomic.Int64
	last  atomic.Int64 // when it was drawn, in nanoseconds after start
}

func (a *app) progress(total int, quiet bool) *progress {
	p := &progress{total: total, start: time.Now()}
	if a.terminal && !quiet {
		p.a = a
	}
	return p
}

// step counts a page. It may be called from several goroutines.
func (p *progress) step() {
	n := p.count.Add(1)
	now := int64(time.Since(p.start))
	last := p.last.Load()
	if p.a == nil || now < int64(time.Second) || now-last < int64(100*time.Millisecond) ||
		!p.last.CompareAndSwap(last, now) {
		return
	}
	const width = 30
	filled := min(width, int(n)*width/max(1, p.total))
	fmt.Fprintf(p.a.stderr, "\r[%s%s] %d of %d", strings.Repeat("=", filled),
		strings.Repeat(" ", width-filled), n, p.total)
}

// done wipes the bar.
func (p *progress) done() {
	if p.a != nil && p.last.Load() > 0 {
		fmt.Fprint(p.a.stderr, "\r\x1b[K")
	}
}
