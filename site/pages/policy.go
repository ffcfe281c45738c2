package pages

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// policy is our Content Security Policy (CSP Level 3). Nothing on a page runs
// or loads that is not a file of the site.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src " +
	"'self'; connect-src 'self'; " +
	"manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" + trustedTypes

// trustedTypes let no script make markup or another script out of text (Trusted Types). The
// theme's scripts never do; those of others hardly work otherwise.
const trustedTypes = "; require-trusted-types-for 'script'; trusted-types 'none'"

// contentPolicy is the policy with what site.yaml allows. A <meta> can't say who may frame the
// page.
func contentPolicy(allow []document.Allow, meta bool) string {
	whole := policy
	if slices.ContainsFunc(allow, letsScriptsIn) {
		whole = strings.TrimSuffix(policy, trustedTypes)
	}
	directives := strings.Split(whole, "; ")
	for _, a := range allow {
		if len(a.Hosts) == 0 {
			continue
		}
		i := slices.IndexFunc(directives, func(d string) bool { return strings.HasPrefix(d, a.Directive+" ") })
		if i < 0 {
			directives = append(directives, a.Directive+" "+strings.Join(a.Hosts, " "))
			continue
		}
		directives[i] = strings.TrimSuffix(directives[i], " 'none'") + " " + strings.Join(a.Hosts, " ")
	}
	if meta {
		directives = slices.DeleteFunc(directives,
			func(d string) bool { return strings.HasPrefix(d, "frame-ancestors ") })
	}
	return strings.Join(directives, "; ")
}

func letsScriptsIn(a document.Allow) bool { return a.Directive == "script-src" && len(a.Hosts) > 0 }

// checkPolicy reports what the writer's own templates load or run and the policy stops: browsers
// say so in a console that nobody has open.
func (b *Book) checkPolicy() []diag.Diagnostic {
	r := policyReader{given: b.site.Config.CSPAllow, needed: slices.Clone(b.site.Config.CSPAllow)}
	for i := range b.templates {
		if f := &b.templates[i]; b.site.OwnTemplate(f.Path) {
			r.file = "templates/" + f.Path
			r.read(f.Data)
		}
	}
	for i := range r.ds {
		if d := &r.ds[i]; d.Hint == "" { // one line for all of them
			d.Hint = "write " + r.allowLine() + " into content/site.yaml"
			if len(r.given) > 0 {
				d.Hint += ", in place of its csp_allow"
			}
		}
	}
	return r.ds
}

// policyReader looks through templates.
type policyReader struct {
	given  []document.Allow // what site.yaml lets in
	needed []document.Allow // with what the templates load beside it
	file   string
	at     diag.Place // of the tag or text that is read
	nonce  bool       // whether the tag that was read has one
	ds     []diag.Diagnostic
}

func (r *policyReader) read(data []byte) {
	z := html.NewTokenizer(bytes.NewReader(data))
	start := 0
	var inline string // the directive that the text to come needs
	for {
		kind := z.Next()
		raw := z.Raw()
		r.at = diag.Place{File: r.file, Span: diag.Span{Start: int32(start), End: int32(start + len(raw))}}
		start += len(raw)
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			if bytes.Contains(raw, []byte("{%")) {
				r.ds = append(r.ds, diag.Diagnostic{Severity: diag.Warning, Rule: "template", At: r.at,
					Message: "{% … %} is of Jekyll or Nunjucks, and readers see it as it is",
					Hint:    `write {{template "head.html" .}} to fill in a file, and {{if .Title}} … {{end}}`})
			}
			if inline != "" && len(bytes.TrimSpace(raw)) > 0 {
				r.inline(inline, raw)
			}
			inline = ""
		case html.StartTagToken, html.SelfClosingTagToken:
			inline = r.tag(z.Token())
		default:
			inline = ""
		}
	}
}

// loading has the directive for what the attribute of an element loads.
var loading = map[string]string{"script src": "script-src", "img src": "img-src", "iframe src": "frame-src",
	"form action": "form-action", "video src": "media-src", "audio src": "media-src", "source src": "media-src",
	"video poster": "img-src", "link stylesheet": "style-src", "link icon": "img-src"}

// tag reports what a tag loads or runs, and returns the directive that its text needs.
func (r *policyReader) tag(t html.Token) (inline string) {
	attr := map[string]string{}
	r.nonce = slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "nonce" })
	for _, a := range t.Attr {
		attr[a.Key] = a.Val
		if strings.HasPrefix(a.Key, "on") && len(a.Key) > 3 {
			r.stopped(fmt.Sprintf("the site's policy lets no page run `%s=`", a.Key),
				"put it into a file such as static/house.js, with addEventListener")
		}
		if directive := loading[t.Data+" "+a.Key]; directive != "" {
			r.loads(directive, a.Val)
		}
	}
	for _, rel := range strings.Fields(strings.ToLower(attr["rel"])) {
		if directive := loading[t.Data+" "+rel]; directive != "" {
			r.loads(directive, attr["href"])
		}
	}
	if _, ok := attr["style"]; ok {
		r.stopped("the site's policy lets no page use `style=`",
			"give it a class, and write the rule into a file of styles")
	}
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr["href"])), "javascript:") {
		r.stopped("the site's policy lets no page run `javascript:`",
			"put it into a file such as static/house.js, with addEventListener")
	}
	switch {
	case t.DataAtom == atom.Style:
		return "style-src"
	case t.DataAtom == atom.Script && attr["src"] == "" && runs(attr["type"]):
		return "script-src"
	}
	return ""
}

// runs reports the types of scripts that browsers run; others are data.
func runs(kind string) bool {
	kind = strings.ToLower(strings.TrimSpace(kind))
	return kind == "" || kind == "module" || kind == "importmap" || strings.Contains(kind, "javascript") ||
		strings.Contains(kind, "ecmascript")
}

// loads reports an address on a host that the policy does not name.
func (r *policyReader) loads(directive, address string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err == nil && u.Scheme == "data" {
		r.stopped("the site's policy stops this: pages load nothing that stands in them",
			"put it into a file in static/")
	}
	if err != nil || u.Host == "" || strings.Contains(u.Host, "{{") {
		return
	}
	if u.Scheme != "https" {
		r.stopped(fmt.Sprintf("the site's policy stops this: pages load from %s by https:// alone", u.Host),
			fmt.Sprintf("write https://%s", strings.TrimPrefix(strings.TrimSpace(address), u.Scheme+":")[2:]))
		return
	}
	host := "https://" + strings.ToLower(u.Host)
	if allows(r.given, directive, host) {
		return
	}
	r.need(directive, host)
	why, does := "", "load nothing from"
	switch directive {
	case "script-src":
		why = "what it sends or loads may need its host in connect-src and img-src, too"
	case "form-action":
		does = "send nothing to"
	}
	r.stopped(fmt.Sprintf("the site's policy stops this: pages %s %s", does, u.Host), "", why)
}

// need adds a host to those that the templates load from.
func (r *policyReader) need(directive, host string) {
	i := slices.IndexFunc(r.needed, func(a document.Allow) bool { return a.Directive == directive })
	if i < 0 {
		r.needed = append(r.needed, document.Allow{Directive: directive, Hosts: []string{host}})
	} else if !slices.Contains(r.needed[i].Hosts, host) {
		r.needed[i].Hosts = append(slices.Clip(r.needed[i].Hosts), host)
	}
}

// allowLine is what site.yaml must say for the policy to let in all that is needed.
func (r *policyReader) allowLine() string {
	var parts []string
	for _, a := range r.needed {
		var sources []string
		for _, h := range a.Hosts {
			sources = append(sources, strconv.Quote(h))
		}
		parts = append(parts, a.Directive+": ["+strings.Join(sources, ", ")+"]")
	}
	return "`csp_allow: {" + strings.Join(parts, ", ") + "}`"
}

// inline reports the text of a script or a style that the policy does not name by its sum.
func (r *policyReader) inline(directive string, text []byte) {
	what, file := "script", "static/house.js, and write <script src=\"{{.Root}}house.js\"></script>"
	if directive == "style-src" {
		what, file = "style", "static/house.css, and name it under styles: in content/site.yaml"
	}
	message, hint := "the site's policy stops this "+what+": it stands in the page", "put it into "+file
	// What is filled in is another text on each page, and comments are left out.
	asItIs := func(sign string) bool { return !bytes.Contains(text, []byte(sign)) }
	if asItIs("{{") && asItIs("/*") && asItIs("//") {
		sum := sha256.Sum256(text)
		hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		if allows(r.given, directive, hash) {
			return
		}
		hint += fmt.Sprintf("; or add %q to %s of csp_allow", hash, directive)
	}
	var why []string
	if r.nonce {
		why = []string{"a nonce lets nothing in here: it must be another on each visit, and these pages are files"}
	}
	r.stopped(message, hint, why...)
}

// allows reports whether site.yaml lets a source in: a sum, or the scheme and the host of an address.
func allows(given []document.Allow, directive, source string) bool {
	_, host, isHost := strings.Cut(source, "://")
	return slices.ContainsFunc(given, func(a document.Allow) bool {
		return a.Directive == directive && slices.ContainsFunc(a.Hosts, func(h string) bool {
			name := strings.TrimPrefix(h, "https://")
			end, all := strings.CutPrefix(name, "*")
			return h == source || isHost && (name == host || all && strings.HasSuffix(host, end))
		})
	})
}

func (r *policyReader) stopped(message, hint string, why ...string) {
	r.ds = append(r.ds, diag.Diagnostic{Severity: diag.Warning, Rule: "csp", At: r.at, Message: message,
		Why: strings.Join(why, ""), Hint: hint})
}
