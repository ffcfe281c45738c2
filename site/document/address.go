package document

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// aliases checks old paths. They stay as they were, without the slash in
// front.
func (p *parser) aliases(ts []front.Text) []Ref {
	var out []Ref
	for _, t := range atMost(p, "aliases", ts, 1000, textSpan) {
		old, why := oldPath(t.Value)
		if why != "" {
			p.wrong("alias", t.Span, fmt.Sprintf("“%s” can't be an old path: %s", Clip(t.Value), why),
				pathHint(t.Value))
			continue
		}
		out = append(out, Ref{ID: strings.TrimPrefix(old, "/"), At: p.place(t.Span)})
	}
	return out
}

// pathHint is how to write an old path: the path of a whole address, where that is one.
func pathHint(s string) string {
	if id, ok := strings.CutPrefix(s, "#"); ok && markdown.IsID(id) {
		return "write it under aliases: of the question that it was the id of: aliases: [" + id + "]"
	}
	if u, err := url.Parse(s); err == nil && u.Host != "" || strings.ContainsAny(s, "?#") {
		if old, why := oldPath(u.Path); why == "" {
			return "write " + old
		}
	}
	return "write it as it stood in the address, such as /2019/old-name/"
}

// oldPath is a path as an address has it, percent-encoded (RFC 3986) or not, as it is told to
// hosts and disks: decoded, and in NFC. why says what it can't be redirected from for, or is "".
func oldPath(s string) (decoded, why string) {
	s, err := url.PathUnescape(s)
	switch s = norm.NFC.String(s); {
	case err != nil:
		return "", "a % has two hexadecimal digits behind it, as in %E5"
	case !utf8.ValidString(s):
		return "", "what its % stand for is not UTF-8"
	case s == "" || s == "/":
		return "", "it is the home page"
	case len(s) > 300:
		return "", "it is longer than 300 bytes"
	case strings.Contains(s, "://"):
		return "", "a path begins with the slash behind the host"
	case strings.ContainsAny(s, "?#"):
		return "", "hosts don't hand on what stands behind ? or #"
	case strings.Contains(s, "//"), strings.ContainsFunc(s, func(r rune) bool { return !inPath(r) }):
		return "", "it takes letters, digits, blanks, and . _ ~ - + , ' ( ) ! & = @ between slashes"
	}
	for seg := range strings.SplitSeq(strings.Trim(s, "/"), "/") {
		if strings.Trim(seg, " ") != seg || strings.HasSuffix(seg, ".") || strings.HasPrefix(seg, ".") ||
			strings.HasPrefix(seg, "_") || reservedName(seg) || len(seg) > 240 {
			return "", "“" + seg + "” can't be a folder's name everywhere"
		}
	}
	return s, ""
}

// NoOldPath says why a path, with or without the slash in front, can't be among aliases or
// redirects; it is "" where it can.
func NoOldPath(s string) string {
	_, why := oldPath(s)
	return why
}

// isPath reports whether a path may be that of a page.
func isPath(s string) bool {
	_, why := oldPath(s)
	return why == ""
}

// inPath reports what an old path may be made of: what every disk takes in a name. Joiners are
// part of how some scripts are spelled.
func inPath(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner = 0x200C, 0x200D
	return unicode.In(r, unicode.L, unicode.M, unicode.N) || strings.ContainsRune("/ ._~-+,'()!&=@", r) ||
		r == zeroWidthNonJoiner || r == zeroWidthJoiner
}

// bareHost is an address without its scheme.
var bareHost = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/[^\s<>"]*)?$`)

// bareForeignHost is one in letters of other scripts.
var bareForeignHost = regexp.MustCompile(`^[\pL\pN-]+(\.[\pL\pN-]+)*\.\pL{2,}(/[^\s<>"]*)?$`)

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
		if bareHost.MatchString(t.Value) || bareForeignHost.MatchString(t.Value) {
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
