package pages

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nutgraf/site/diag"
)

// sheetParts finds what a style sheet loads, and what must not be taken for it:
// comments and strings.
var sheetParts = regexp.MustCompile(`(?is)/\*.*?\*/|@import\b[^;]*` +
	`|\burl\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^"')\s\\]|\\.)*))\s*\)` +
	`|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`)

// hasScheme matches what names its own scheme: https:, data:.
var hasScheme = regexp.MustCompile(`^(?i:[a-z][a-z0-9+.-]*:)`)

var fontTypes = []string{".woff2", ".woff", ".ttf", ".otf"}

// sheet returns a style sheet of static/ as readers get it. It is published in
// assets/, so that what it loads is named from there; fonts lie beside it.
func (r *assetReader) sheet(name string) []byte {
	data := r.read(name)
	low := bytes.ToLower(data)
	if !bytes.Contains(low, []byte("url(")) && !bytes.Contains(low, []byte("@import")) {
		return bytes.TrimPrefix(data, []byte("\ufeff"))
	}
	var out bytes.Buffer
	rest := 0
	for _, m := range sheetParts.FindAllSubmatchIndex(data, -1) {
		from, to := slices.Max([]int{m[2], m[4], m[6]}), slices.Max([]int{m[3], m[5], m[7]})
		at := diag.Place{File: "static/" + name, Span: diag.Span{Start: int32(m[0]), End: int32(m[1])}}
		switch {
		case data[m[0]] == '@' && bytes.Contains(data[m[0]:m[1]], []byte("//")):
			r.wrong(at, "pages load the site's own files alone",
				"put its files into static/, declare its fonts by @font-face, and remove this line")
		case data[m[0]] == '@':
			r.wrong(at, "a style sheet that another imports is not read",
				"name that file under styles: in site.yaml, and remove this line")
		case from >= 0:
			at.Span = diag.Span{Start: int32(from), End: int32(to)}
			if u := r.loads(name, unescapeCSS(string(data[from:to])), at); u != "" {
				out.Write(data[rest:m[0]])
				out.WriteString(cssURL(u))
				rest = m[1]
			}
		}
	}
	out.Write(data[rest:])
	return bytes.TrimPrefix(out.Bytes(), []byte("\ufeff"))
}

// cssEscape is a character as CSS escapes it: by its number, or by itself. A line end
// goes on on the next line.
var cssEscape = regexp.MustCompile(`(?s)\\(?:([0-9a-fA-F]{1,6})\s?|(.))`)

func unescapeCSS(s string) string {
	return cssEscape.ReplaceAllStringFunc(s, func(escape string) string {
		m := cssEscape.FindStringSubmatch(escape)
		if n, err := strconv.ParseUint(m[1], 16, 32); err == nil {
			return string(rune(n))
		}
		return strings.TrimLeft(m[2], "\n\r\f")
	})
}

// cssURL is an address as a style sheet names it, in quotation marks where a part of it
// would end it else.
func cssURL(u string) string {
	if !strings.ContainsAny(u, "\"'()\\ \t\n\r\f") {
		return "url(" + u + ")"
	}
	return `url("` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\a `, "\r", `\d `, "\f", `\c `).Replace(u) + `")`
}

// loads finds the file that a style sheet names, and returns what names it from
// assets/; "" where the address may stay.
func (r *assetReader) loads(sheet, u string, at diag.Place) string {
	if u == "" || u[0] == '#' || r.mayLoad(u) {
		return ""
	}
	if strings.HasPrefix(u, "//") || hasScheme.MatchString(u) {
		r.wrong(at, "pages load the site's own files alone",
			"put the file into static/, and write its path: url(fonts/house.woff2)")
		return ""
	}
	file, end := u, ""
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		file, end = u[:i], u[i:]
	}
	if plain, err := url.PathUnescape(file); err == nil {
		file = plain
	}
	if !strings.HasPrefix(file, "/") {
		file = path.Join(path.Dir(sheet), file)
	}
	file = strings.TrimPrefix(path.Clean("/"+file), "/")
	if r.b.static(file) == nil {
		r.ds = append(r.ds, missingFile(r.b, file, at))
		return ""
	}
	if !slices.Contains(fontTypes, strings.ToLower(path.Ext(file))) {
		return "../" + escapePath(file) + end
	}
	if _, there := r.b.assets[file]; !there {
		r.b.addAsset(file, r.read(file))
	}
	return escapePath(path.Base(r.b.assets[file].path)) + end
}

// mayLoad reports whether site.yaml lets pages load from an address elsewhere.
func (r *assetReader) mayLoad(u string) bool {
	at, err := url.Parse(u)
	if err != nil || at.Host == "" {
		return false
	}
	for _, a := range r.b.site.Config.CSPAllow {
		for _, h := range a.Hosts {
			h = strings.TrimPrefix(h, "https://")
			if end, all := strings.CutPrefix(h, "*"); h == at.Host || all && strings.HasSuffix(at.Host, end) {
				return true
			}
		}
	}
	return false
}

func (r *assetReader) wrong(at diag.Place, message, hint string) {
	d := diag.Diagnostic{Severity: diag.Error, Rule: "style", Message: message, Hint: hint, At: at}
	r.ds = append(r.ds, d)
}

// missingFile reports a file of static/ that something names and that isn't
// there.
func missingFile(b *Book, name string, at diag.Place) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Rule: "broken-reference", At: at,
		Message: fmt.Sprintf("there is no file static/%s", name),
		Hint:    fmt.Sprintf("put it at static/%s, or remove this", name)}
	var known []string
	for _, f := range b.site.Static {
		if path.Ext(f.Path) == path.Ext(name) {
			known = append(known, f.Path)
		}
	}
	if near, ok := diag.Nearest(name, known); ok {
		d.Hint, d.Fix = "did you mean /"+near+"?", diag.ReplaceByNearest(at, name, known)
	}
	return d
}
