package pages

import (
	"io"
	"strings"

	"nutgraf/site/diag"
)

// hop is one redirect of the writer's, by addresses as hosts compare them.
type hop struct {
	from, to string
	at       diag.Place
}

// checkRedirectCircles reports redirects that lead readers round without end: those of
// site.yaml, and the rules of static/_redirects. Aliases lead to pages.
func (b *Book) checkRedirectCircles() {
	hops := b.staticHops()
	base := basePath(b.site.Config.BaseURL)
	for _, r := range b.site.Config.Redirects {
		to := r.To
		if at, ok := strings.CutPrefix(to, b.site.Config.BaseURL); ok && b.site.Config.BaseURL != "" {
			to = "/" + at
		}
		if path, ok := strings.CutPrefix(to, "/"); ok {
			path, _, _ = strings.Cut(path, "#")
			from := addressKey(redirectPath(r.From))
			hops = append(hops, hop{base + from, base + addressKey(redirectPath(path)), r.FromAt})
		}
	}
	next := make(map[string]int, len(hops))
	for i, h := range hops {
		if _, known := next[h.from]; !known { // of rules for one path the first counts
			next[h.from] = i
		}
	}
	walk := make([]int, len(hops)) // in which each hop was met first
	for i := range hops {
		at, ok := next[hops[i].from]
		for ok && walk[at] == 0 {
			walk[at] = i + 1
			at, ok = next[hops[at].to]
		}
		if ok && walk[at] == i+1 {
			b.reportCircle(hops, next, at)
		}
	}
}

// reportCircle reports the circle that the i-th hop is part of.
func (b *Book) reportCircle(hops []hop, next map[string]int, i int) {
	first := hops[i]
	d := diag.Diagnostic{Severity: diag.Error, Rule: "redirect-circle", At: first.at,
		Message: first.from + " leads to itself",
		Why:     "browsers give up, and some of them remember it for good", Hint: "lead it to a page, or remove it"}
	if first.to != first.from {
		d.Message = first.from + " leads to " + first.to + ", and from there back again"
		d.Hint = "lead one of them to a page, or remove it"
	}
	for j := next[first.to]; j != i; j = next[hops[j].to] {
		message := hops[j].from + " leads to " + hops[j].to
		d.Related = append(d.Related, diag.Related{Message: message, At: hops[j].at})
	}
	b.diags = append(b.diags, d)
}

// redirectPath is where a redirect from a path stands: a folder's, unless it
// names a file.
func redirectPath(from string) string {
	if last := from[strings.LastIndexByte(from, '/')+1:]; last == "" || strings.Contains(last, ".") {
		return from
	}
	return from + "/"
}

// maxRules is how much of a writer's _redirects is looked at: hosts read less.
const maxRules = 1 << 20

// staticHops are the plain rules of static/_redirects: path, path, and 301 or its
// like. Those with a condition may be meant to lead back.
func (b *Book) staticHops() (hops []hop) {
	const name = "_redirects"
	for i := range b.site.Static {
		if b.site.Static[i].Path != name {
			continue
		}
		r, err := b.site.Static[i].Open()
		if err != nil {
			return nil // reported when it is copied
		}
		defer r.Close()
		text, _ := io.ReadAll(io.LimitReader(r, maxRules))
		start := 0
		for line := range strings.SplitAfterSeq(string(text), "\n") {
			f := strings.Fields(line)
			if len(f) == 2 || len(f) == 3 && strings.HasPrefix(f[2], "3") {
				from := start + strings.Index(line, f[0])
				at := diag.Place{File: "static/" + name, Span: diag.Span{Start: int32(from),
					End: int32(from + len(f[0]))}}
				hops = append(hops, hop{strings.Replace(f[0], "*", ":splat", 1), f[1], at})
			}
			start += len(line)
		}
	}
	return hops
}
