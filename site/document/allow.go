package document

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"

	"nutgraf/site/diag"
	"nutgraf/site/front"
)

// hostGrammar is a host-source of CSP Level 3, without keywords and schemes
// other than https.
var hostGrammar = regexp.MustCompile(`^(https://)?(\*\.)?` +
	`[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:[0-9]{1,5})?$`)

// hashGrammar is a hash-source of CSP Level 3: that of a script or a style in a page.
var hashGrammar = regexp.MustCompile(`^'sha(256|384|512)-[A-Za-z0-9+/]+={0,2}'$`)

func directive(a *front.Allow) front.Text { return a.Directive }

func (p *parser) hosts(a front.Allow, all []front.Allow) []string {
	if !slices.Contains(front.CSPDirectives, a.Directive.Value) {
		p.wrong("csp", a.Directive.Span, fmt.Sprintf("“%s” is no directive that can be opened",
			Clip(a.Directive.Value)), diag.NearestHint(a.Directive.Value, front.CSPDirectives, ""),
			nearestKey(p, a.Directive, front.CSPDirectives, all, directive)...)
	}
	var out []string
	for _, h := range a.Hosts {
		text := a.Directive.Value == "script-src" || a.Directive.Value == "style-src"
		if !hostGrammar.MatchString(h.Value) && !(text && hashGrammar.MatchString(h.Value)) {
			hint, fix := "write it as plausible.example.org", []diag.Edit(nil)
			if u, err := url.Parse(h.Value); err == nil && u.Host != "" && u.Scheme == "https" {
				host := u.Scheme + "://" + u.Host
				hint, fix = "write "+host, p.instead(h, host)
			}
			p.wrong("csp", h.Span, fmt.Sprintf("“%s” is no host", Clip(h.Value)), hint, fix...)
			continue
		}
		out = append(out, h.Value)
	}
	return out
}
