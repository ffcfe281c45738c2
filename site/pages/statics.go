package pages

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/front"
)

// Files of static/ that hosts and search engines read as they are: what they can't read there, they
// pass over without a word.

// checkStatics reports what is wrong in them. What a line is said to be wrong for is the host's rule.
func (b *Book) checkStatics() {
	for _, host := range []struct {
		name  string
		check func(lines []staticLine) []staticFault
	}{{"robots.txt", b.robotsFaults}, {"CNAME", b.cnameFaults}, {"_redirects", redirectFaults},
		{"_headers", headerFaults}} {
		f := b.static(host.name)
		if f == nil {
			b.misnamedStatic(host.name)
			continue
		}
		data, err := f.Read()
		if err != nil || len(data) > maxRules {
			continue // reported when it is copied
		}
		text, marks := front.Merged(data)
		for _, at := range marks {
			b.diags = append(b.diags, diag.Diagnostic{Severity: diag.Error, Rule: "merge",
				Message: front.MergeMessage, Why: front.MergeWhy, Hint: front.MergeHint,
				At: diag.Place{File: "static/" + host.name, Span: at}})
		}
		for _, found := range host.check(staticLines(string(text))) {
			start := found.line.at
			at := diag.Place{File: "static/" + host.name,
				Span: diag.Span{Start: int32(start), End: int32(start + len(found.line.text))}}
			d := diag.Diagnostic{Severity: diag.Warning, Rule: "host-file", At: at,
				Message: found.message, Why: found.why, Hint: found.hint}
			if found.write != "" {
				d.Hint = cmp.Or(found.hint, "write "+found.write)
				d.Fix = diag.Write(at, found.write)
			}
			b.diags = append(b.diags, d)
		}
	}
}

// misnamedStatic reports a file that is meant for one that hosts read, and that they don't: names
// of theirs have one spelling.
func (b *Book) misnamedStatic(name string) {
	plain := func(s string) string {
		return strings.TrimSuffix(strings.Trim(strings.TrimSuffix(strings.ToLower(s), ".txt"),
			"_."), "s")
	}
	for i := range b.site.Static {
		f := b.site.Static[i].Path
		if f == name || plain(f) != plain(name) {
			continue
		}
		b.diags = append(b.diags, diag.Diagnostic{Severity: diag.Warning, Rule: "host-file",
			At:      diag.Place{File: "static/" + f},
			Message: "no host reads a file of this name", Why: "it is copied as it is",
			Hint: "rename it to static/" + name})
	}
}

// staticLine is a line of such a file that says something, without blanks at its end.
type staticLine struct {
	text string
	at   int // where it begins in the file
}

// staticFault is what is wrong with one; write is what to put in its place, where that is sure.
type staticFault struct {
	line                      staticLine
	message, why, hint, write string
}

func staticLines(text string) (lines []staticLine) {
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		said := strings.TrimRight(line, " \t\r\n")
		if trimmed := strings.TrimLeft(said, " \t\ufeff"); trimmed != "" && trimmed[0] != '#' {
			lines = append(lines, staticLine{said, at})
		}
		at += len(line)
	}
	return lines
}

// robotsFaults are lines of robots.txt (RFC 9309) that keep every search engine away from all of a
// site that has a sitemap for them.
func (b *Book) robotsFaults(lines []staticLine) (faults []staticFault) {
	everybody := false
	for _, l := range lines {
		key, value, _ := strings.Cut(l.text, ":")
		value, _, _ = strings.Cut(value, "#")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		value = strings.TrimSuffix(value, "*")
		switch {
		case key == "user-agent":
			everybody = value == ""
		case key == "sitemap" && b.site.Config.BaseURL != "" && !sameHost(value,
			b.site.Config.BaseURL):
			faults = append(faults, staticFault{line: l,
				message: "this sitemap is not that of base_url",
				why:     "search engines read the sitemap of another site here",
				write:   "Sitemap: " + b.site.Config.BaseURL + sitemapPath})
		case key == "disallow" && value == "/" && everybody && b.site.Config.BaseURL != "" &&
			!b.site.Drafts:
			faults = append(faults, staticFault{line: l,
				message: "this keeps every search engine away from the whole site",
				why: "this file takes the place of the robots.txt that nutgraf makes, which " +
					"lets them in",
				hint: "remove static/robots.txt, unless nobody is to find the site; a preview " +
					"of drafts needs none"})
		}
	}
	return faults
}

// sameHost reports whether two addresses are of one host.
func sameHost(a, b string) bool {
	x, err := url.Parse(a)
	y, err2 := url.Parse(b)
	return err == nil && err2 == nil && x.Host == y.Host
}

// cnameFaults are what GitHub Pages can't read in CNAME: it holds one host, that of the site.
func (b *Book) cnameFaults(lines []staticLine) (faults []staticFault) {
	base, _ := url.Parse(b.site.Config.BaseURL)
	for i, l := range lines {
		host := strings.TrimSpace(l.text)
		if _, rest, ok := strings.Cut(host, "://"); ok {
			host = rest
		}
		host, _, _ = strings.Cut(host, "/")
		host, _, _ = strings.Cut(host, ":")
		host = strings.ToLower(strings.TrimSuffix(host, "."))
		switch {
		case i > 0:
			faults = append(faults, staticFault{line: l,
				message: "CNAME holds one host, and this is another line",
				hint:    "remove it: GitHub Pages publishes a site at one host"})
		case host != strings.TrimSpace(l.text) && !strings.EqualFold(host, l.text):
			faults = append(faults, staticFault{line: l,
				message: "CNAME holds the name of a host alone",
				why:     "GitHub Pages can't read anything else in it", write: host})
		case base != nil && base.Host != "" && base.Hostname() != host:
			faults = append(faults, staticFault{line: l,
				message: fmt.Sprintf("the site is published at “%s” here, and at “%s” in "+
					"base_url", host, base.Hostname()),
				why:  "feeds, the sitemap and canonical addresses lead to base_url",
				hint: "write the same host in both"})
		}
	}
	return faults
}

var (
	arrow     = regexp.MustCompile(`\s*(?:->|=>|→|⇒|,|;|\s:\s)\s*|\s+`)
	isStatus  = regexp.MustCompile(`^[2-5]\d\d!?$`)
	apacheish = []string{"redirect", "redirectpermanent", "redirectmatch", "rewriterule", "rewrite"}
)

// redirectFaults are lines of _redirects that Netlify and Cloudflare Pages can't read: each is a path,
// where it leads, and perhaps a status and conditions.
func redirectFaults(lines []staticLine) (faults []staticFault) {
	for _, l := range lines {
		if bare := strings.TrimPrefix(l.text, "\ufeff"); bare != l.text {
			faults = append(faults, staticFault{line: l,
				message: "an invisible character begins this file (" + diag.CharacterName(0xFEFF) +
					"), so hosts pass the line over",
				why:  "an editor saved it as UTF-8 with a mark",
				hint: "save it as UTF-8 without a byte order mark", write: bare})
			continue
		}
		if f := strings.Fields(l.text); len(f) >= 2 && isAddress(f[0]) &&
			!strings.ContainsAny(f[0], ",;") && (isAddress(f[1]) || strings.Contains(f[1], "=")) {
			continue
		}
		fault := staticFault{line: l, message: "hosts can't read this line, and pass it over",
			hint: "write the old path, a blank, and where it leads: /old/ /explainers/new/ 301"}
		status := "301"
		f := slices.DeleteFunc(arrow.Split(strings.TrimSpace(l.text), -1), func(word string) bool {
			if isStatus.MatchString(word) {
				status = word
			}
			return word == "" || isStatus.MatchString(word) || slices.Contains(apacheish,
				strings.ToLower(word))
		})
		for i := range f {
			f[i] = strings.Trim(f[i], `"'`)
		}
		if len(f) == 2 && isAddress(f[0]) && isAddress(f[1]) && !strings.ContainsAny(f[0], "^$()") {
			fault.hint, fault.write = "", f[0]+" "+f[1]+" "+status
		}
		faults = append(faults, fault)
	}
	return faults
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "/") || strings.HasPrefix(s, "https://") ||
		strings.HasPrefix(s, "http://")
}

// headerFaults are lines of _headers that those hosts can't read: a path, and below it headers that
// are indented.
func headerFaults(lines []staticLine) (faults []staticFault) {
	path := false
	for _, l := range lines {
		text := strings.TrimSpace(l.text)
		indented := l.text[0] == ' ' || l.text[0] == '\t'
		name, value, header := strings.Cut(text, ":")
		header = header && !strings.ContainsAny(name, " \t/") || strings.HasPrefix(text, "! ")
		switch {
		case !indented && isAddress(text):
			path = true
		case !path && header:
			faults = append(faults, staticFault{line: l,
				message: "this header stands below no path, so hosts pass it over",
				why:     "a path stands alone on a line, and its headers below it, indented",
				write:   "/*\n  " + text,
				hint:    "write /* on a line above it, and indent it by two blanks"})
			path = true
		case indented && header:
		case header:
			faults = append(faults, staticFault{line: l,
				message: "this header is not indented, so hosts pass it over",
				why:     "a path stands alone on a line, and its headers below it, indented",
				write:   "  " + name + ": " + strings.TrimSpace(value),
				hint:    "indent it by two blanks"})
		case indented:
			faults = append(faults, staticFault{line: l,
				message: "hosts can't read this line, and pass it over",
				hint:    "write a header: its name, a colon, and its value, as X-Team: tide"})
		default:
			faults = append(faults, staticFault{line: l,
				message: "this is neither a path nor a header, so hosts pass it over",
				hint:    "begin a path with /, and indent the headers below it"})
		}
	}
	return faults
}
