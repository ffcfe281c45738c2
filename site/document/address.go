package document

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/front"
)

// pathGrammar is what an old path may look like: unreserved characters of RFC
// 3986 in segments that are no dot segments.
var pathGrammar = regexp.MustCompile(`^/?([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*([A-Za-z0-9_~-][A-Za-z0-9._~-]*)?$`)

// aliases checks old paths. They stay as they were, without the slash in
// front.
func (p *parser) aliases(ts []front.Text) []Ref {
	var out []Ref
	for _, t := range atMost(p, "aliases", ts, 1000, textSpan) {
		if why := badPath(t.Value); why != "" {
			p.wrong("alias", t.Span, fmt.Sprintf("“%s” can't be an old path: %s", Clip(t.Value),
				why), "write it as it stood in the address, such as /2019/old-name/")
			continue
		}
		out = append(out, Ref{ID: strings.TrimPrefix(t.Value, "/"), At: p.place(t.Span)})
	}
	return out
}

// badPath says why a path can't be redirected from, or "".
func badPath(s string) string {
	switch {
	case s == "" || s == "/":
		return "it is the home page"
	case len(s) > 300:
		return "it is longer than 300 bytes"
	case !norm.NFC.IsNormalString(s) || !pathGrammar.MatchString(s):
		return "it takes letters, digits, and . _ ~ - between slashes"
	}
	for seg := range strings.SplitSeq(strings.Trim(s, "/"), "/") {
		if strings.HasSuffix(seg, ".") || reservedName(seg) || strings.HasPrefix(seg, "_") {
			return "“" + seg + "” can't be a folder's name everywhere"
		}
	}
	return ""
}

// bareHost is an address without its scheme.
var bareHost = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/[^\s<>"]*)?$`)

// url checks an address of somebody else's.
func (p *parser) url(t front.Text) string {
	if !t.Given() {
		return ""
	}
	if isPlainAddress(t.Value) {
		return t.Value
	}
	u, err := url.Parse(t.Value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" ||
		strings.ContainsAny(t.Value, `<>"`) ||
		strings.ContainsFunc(t.Value, func(r rune) bool {
			return unicode.IsSpace(r) || unicode.IsControl(r)
		}) {
		hint := "write it whole: https://example.org/page"
		var fix []diag.Edit
		if bareHost.MatchString(t.Value) {
			hint, fix = "write https://"+t.Value, p.instead(t, "https://"+t.Value)
		}
		p.wrong("url", t.Span, fmt.Sprintf("“%s” is no web address", Clip(t.Value)), hint, fix...)
		return ""
	}
	return t.Value
}

// isPlainAddress reports whether s is an address as most are: https://host/path in
// small letters and the like, with which nothing can be wrong.
func isPlainAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	for i := range len(rest) {
		if c := rest[i]; (c < 'a' || c > 'z') && (c < '-' || c > '9') && (c < 'A' || c > 'Z') || c == '/' && i == 0 {
			return false
		}
	}
	return ok && rest != ""
}
