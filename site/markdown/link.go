package markdown

import (
	"bytes"
	"fmt"
	"iter"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/language"

	"nutgraf/site/diag"
	"nutgraf/site/lang"
)

// linkParser is goldmark's parser of links and pictures; it also reports
// [words][label] whose label is defined nowhere.
type linkParser struct{ guarded }

// labelAfter matches the rest of [words][label] from its first closing bracket.
var labelAfter = regexp.MustCompile(`^\]\[([^\[\]@^\s][^\[\]]*)\]`)

func (l linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	inLabel := pc.IsInLinkLabel()
	n := l.guarded.Parse(parent, block, pc)
	stateOf(pc).useDefinition(n)
	if n != nil || !inLabel || !bytes.HasPrefix(line, []byte("][")) {
		return n
	}
	if m := labelAfter.FindSubmatch(line[:min(len(line), 1000)]); m != nil {
		if _, ok := pc.Reference(util.ToLinkReference(m[1])); !ok {
			stateOf(pc).report(diag.Warning, "undefined-reference", at.Start+1, at.Start+len(m[0]),
				fmt.Sprintf("“%s” is defined nowhere, so this is no link", clip(m[1])), "",
				fmt.Sprintf("write the address in (…), or add a line “[%s]: address”", clip(m[1])))
		}
	}
	return nil
}

// bareLinkParser is goldmark's parser of addresses that stand in the text as
// they are. It is asked at each word: most are seen from afar to be none.
type bareLinkParser struct{ parser.InlineParser }

func newBareLinkParser() parser.InlineParser {
	protocols := extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"})
	return bareLinkParser{extension.NewLinkifyParser(protocols)}
}

func (b bareLinkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	word := line
	if bytes.IndexByte([]byte(" *_~("), line[0]) >= 0 || line[0] == '\t' {
		word = line[1:]
	}
	s := stateOf(pc)
	switch {
	case s.over, line[0] == '(' && block.PrecendingCharacter() == ']':
		return nil // the address of a link that went wrong is none of ours
	case bytes.HasPrefix(word, []byte("http://")), bytes.HasPrefix(word, []byte("https://")),
		bytes.HasPrefix(word, []byte("www.")):
		s.spend(512, at.Start) // its regular expression is slow to fail
	case !mayBeEmail(word):
		return nil
	}
	return b.InlineParser.Parse(parent, block, pc)
}

// hasBareLinks reports whether src may have an address that bareLinkParser
// would find. It errs on that side alone. It looks for what is rare in a text.
func hasBareLinks(src []byte) bool {
	inLink := func(i int) bool {
		return i > 0 && src[i-1] == '<' || i > 1 && src[i-1] == '(' && src[i-2] == ']'
	}
	for i := range places(src, ':') {
		before, scheme := bytes.CutSuffix(bytes.TrimSuffix(src[:i], []byte("s")), []byte("http"))
		if scheme && bytes.HasPrefix(src[i:], []byte("://")) && !inLink(len(before)) {
			return true
		}
	}
	for i := range places(src, '.') {
		if i >= 3 && src[i-1] == 'w' && src[i-2] == 'w' && src[i-3] == 'w' && !inLink(i-3) {
			return true
		}
	}
	for i := range places(src, '@') {
		if i == 0 || bytes.IndexByte([]byte(" \t\n[;("), src[i-1]) < 0 { // else a citation
			return true
		}
	}
	return false
}

// places yields where src has c.
func places(src []byte, c byte) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			n := bytes.IndexByte(src[i:], c)
			if n < 0 {
				return
			}
			if i += n; !yield(i) {
				return
			}
		}
	}
}

// mayBeEmail reports whether an @ follows the first characters of word.
func mayBeEmail(word []byte) bool {
	for i, c := range word[:min(len(word), 65)] {
		if c == '@' {
			return i > 0
		}
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return false
}

// The schemes of addresses that need nobody's help, and our own.
const whyScheme = "a link leads to a page of this site, or to http, https, mailto or tel; our own " +
	"are term:, q:, event:, date:, as-of: and lang:"

// wideScheme is the scheme of an address with a colon of another script.
var wideScheme = regexp.MustCompile(`^(?i)(https?|mailto|tel|term|q|event|date|as-of|lang)([：﹕∶])`)

// scheme parts an address into its scheme, in lower case, and the rest. It
// sees what a browser would see and more: white space and invisible
// characters are not in the way, and whatever has a colon before the first
// slash has a scheme, be it an impossible one. "//" is the scheme of an
// address that borrows it from the page.
func scheme(address string) (name, rest string) {
	if len(address) > 1 && strings.ContainsRune(`/\`, rune(address[0])) &&
		strings.ContainsRune(`/\`, rune(address[1])) {
		return "//", address[2:]
	}
	i := strings.IndexAny(address, ":/?#")
	if i < 0 || address[i] != ':' {
		return "", address
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf) {
			return -1
		}
		return unicode.ToLower(r)
	}, address[:i])
	if name == "" {
		name = ":"
	}
	return name, address[i+1:]
}

// address decodes a destination: references and backslashes resolved, control
// characters gone, no white space around it.
func address(destination []byte) string {
	if !bytes.ContainsFunc(destination, func(r rune) bool { return r == '\\' || r == '&' || r <= ' ' || r >= 0x7f }) {
		return string(destination)
	}
	return visible(string(appendDecoded(nil, destination)))
}

// visible is an address without control characters, and no white space around it.
func visible(address string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, address))
}

// destination is where a link leads, as it is written, in Markdown or in HTML.
type destination struct {
	target   string // references and backslashes resolved, control characters gone
	title    string
	raw      []byte // for AnyScheme: as it is written
	from, to int    // in the source
}

// ending is what is written and recorded behind the words of a link.
type ending struct {
	tag     string // that closes it
	hole    Hole   // behind it; of no kind: none
	within  bool   // a link, in which no other may stand
	quiet   bool   // no terms are linked in it
	opens   int    // the number of its Link among the holes, from 1; 0 where it has none
	words   LinkWords
	foreign int // the number of its words in Places.Foreign, from 1; 0 where they are none
}

func (w *writer) link(n *ast.Link) {
	from := w.within(n.Destination, n.Pos())
	d := destination{target: address(n.Destination), raw: n.Destination, from: from,
		to: from + max(len(n.Destination), 1)}
	if n.Title != nil {
		d.title = string(appendDecoded(nil, n.Title))
	}
	if len(n.Destination) > maxAddress || len(n.Title) > maxAddress {
		w.longAddress(max(n.Pos(), 0))
		return
	}
	e := w.openLink(d)
	w.inlines(n)
	w.closeLink(e)
}

func (w *writer) longAddress(at int) {
	w.exceed(at, "this address is too long", "shorten the address, or its title")
}

// openLink writes what stands before the words of a link.
func (w *writer) openLink(d destination) ending {
	name, rest := scheme(d.target)
	if w.inLink && name != "date" && name != "as-of" && name != "lang" && d.target != "term:none" {
		w.report(diag.Error, "link-in-link", d.from, d.to, "a link can't stand within a link",
			"a link within a link leads nowhere", "end the first link before the second")
		return ending{}
	}
	if w.r.options.AnyScheme {
		return w.anchor(string(util.URLEscape(d.raw, true)), d.title)
	}
	switch name {
	case "":
		if d.target == "" {
			w.report(diag.Error, "link-scheme", d.from, d.to, "this link has no address", "",
				"write the address between the round brackets")
			return ending{}
		}
		if m := wideScheme.FindStringSubmatch(d.target); m != nil {
			meant := strings.ToLower(m[1]) + ":" + strings.TrimSpace(d.target[len(m[0]):])
			w.report(diag.Error, "link-scheme", d.from, d.to, fmt.Sprintf("the colon in “%s” is not that of the "+
				"keyboard's ASCII (%s)", clip([]byte(d.target)), diag.CharacterName([]rune(m[2])[0])), whyScheme,
				"write "+meant, diag.Write(w.place(d.from, d.to), meant)...)
			return ending{}
		}
		return w.siteLink(d, d.target)
	case "http", "https", "mailto", "tel":
		if !w.wholeAddress(name, rest, d) {
			return ending{}
		}
		w.checkHost(d, name+":"+rest)
		return w.anchor(string(util.URLEscape([]byte(name+":"+rest), false)), d.title)
	case "term", "q", "event":
		rest = strings.TrimSpace(rest)
		if name == "term" && rest == "none" {
			return w.quietly()
		}
		return w.siteLink(d, name+":"+rest)
	case "date":
		h := Hole{Kind: Date, Target: strings.TrimSpace(rest), Source: w.span(d.from, d.to)}
		w.hole(h)
		h.Kind = DateShown
		return ending{hole: h, words: w.dated()}
	case "as-of":
		w.raw(`<span class="as-of">`)
		h := Hole{Kind: AsOf, Target: strings.TrimSpace(rest), Source: w.span(d.from, d.to)}
		return ending{tag: "</span>", hole: h, words: w.dated()}
	case "lang":
		return w.foreign(strings.TrimSpace(rest), d.from, d.to)
	}
	if isLocal(name, d.target) {
		return w.siteLink(d, d.target) // whoever knows the site's files says which is meant
	}
	w.badScheme(name, d.target, d.from, d.to)
	return ending{}
}

// closeLink writes what stands behind the words of a link.
func (w *writer) closeLink(e ending) {
	if e.tag != "" || e.hole.Kind != 0 {
		w.endRun()
		if e.opens > 0 {
			w.holes[e.opens-1].End = int32(len(w.html))
		}
		w.keepEnding(e)
	}
	if e.tag != "" {
		w.raw(e.tag)
	}
	if e.hole.Kind != 0 {
		w.hole(e.hole)
	}
	if e.quiet {
		w.endRun()
		w.silent--
	}
	w.inLink = w.inLink && !e.within
}

// isLocal reports the schemes of what is no address: a file on a computer, a disk of Windows, or a
// host and its port.
func isLocal(name, address string) bool {
	return name == "file" || strings.Contains(name, ".") ||
		len(name) == 1 && len(address) > 2 && (address[2] == '/' || address[2] == '\\')
}

// badScheme reports an address whose scheme nobody follows.
func (w *writer) badScheme(name, address string, from, to int) {
	message := fmt.Sprintf("a link can't begin with “%s:”", clip([]byte(name)))
	hint := fmt.Sprintf("take the link away, and write the address as code: `%s`", clip([]byte(address)))
	var fix []diag.Edit
	_, rest := scheme(address)
	write := func(whole string) {
		hint, fix = "write "+whole, diag.Replace(w.place(from, to), address, whole)
	}
	near, _ := diag.Nearest(name, []string{"http", "https"})
	unquoted := strings.Trim(address, quoteMarks+"[]")
	switch {
	case name == "//":
		message = "a link can't begin with two slashes"
		write("https:" + address)
	case name == "doi":
		write("https://doi.org/" + strings.TrimLeft(rest, " /"))
	case name == "callto":
		write("tel:" + rest)
	case name == "javascript", name == "vbscript", name == "data":
		hint = "take the link away, and leave its words"
	case unquoted != address && strings.HasPrefix(unquoted, "http"):
		message = "quotation marks or brackets stand around this address"
		write(unquoted)
	case strings.HasPrefix(rest, "//") && near != "":
		write(near + ":" + rest)
	}
	w.report(diag.Error, "link-scheme", from, to, message, whyScheme, hint, fix...)
}

// quoteMarks are those that stand around an address by mistake.
const quoteMarks = "“”„‟‘’‚«»‹›\"'`"

// wholeAddress reports an address that leads nowhere as it is: one without a host, or with signs
// in it that nobody sees, which come along from other programs.
func (w *writer) wholeAddress(name, rest string, d destination) bool {
	web := name == "http" || name == "https"
	host := strings.TrimLeft(rest, `/\`)
	if host == "" {
		w.report(diag.Error, "link-scheme", d.from, d.to, "this address ends behind “"+name+":”", "",
			"write the whole address: "+map[bool]string{true: "https://example.org/page", false: name + ":…"}[web])
		return false
	}
	unseen := func(r rune) bool { // but for joiners, which spelling needs
		return r > ' ' && (unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) && r != 0x200C && r != 0x200D)
	}
	clean := strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, d.target)
	message := ""
	if i := strings.IndexFunc(d.target, unseen); i >= 0 {
		r, _ := utf8.DecodeRuneInString(d.target[i:])
		message = "this address has a character in it that is not seen: " + diag.CharacterName(r)
	} else if last, _ := utf8.DecodeLastRuneInString(d.target); web && last > '~' &&
		strings.ContainsRune(quoteMarks, last) {
		clean = strings.TrimRight(clean, quoteMarks)
		message = fmt.Sprintf("this address ends with a quotation mark: %c", last)
	} else if web && !strings.HasPrefix(rest, "//") {
		clean = name + "://" + strings.ReplaceAll(host, `\`, "/")
		message = "two slashes stand between the “" + name + ":” of an address and its host"
	}
	if message == "" {
		return true
	}
	w.report(diag.Error, "link-scheme", d.from, d.to, message, "", "write "+clean,
		diag.Replace(w.place(d.from, d.to), d.target, clean)...)
	return false
}

// anchor opens a link whose address is known; href is an escaped URL.
func (w *writer) anchor(href, title string) ending {
	w.raw(`<a href="`)
	w.html = appendEscaped(w.html, href)
	if title != "" {
		w.html = append(w.html, `" title="`...)
		w.html = appendEscaped(w.html, title)
	}
	w.raw(`">`)
	e := w.insideLink()
	e.words.URL = href
	return e
}

// dated are words with a date that begin here.
func (w *writer) dated() LinkWords {
	return LinkWords{Extent: Extent{Start: int32(len(w.html))}, Dated: true}
}

// siteLink leaves the attributes of a link open for who knows the whole site.
func (w *writer) siteLink(d destination, target string) ending {
	w.raw("<a")
	w.hole(Hole{Kind: Link, Target: target, Text: d.title, Source: w.span(d.from, d.to)})
	opens := len(w.holes)
	w.raw(">")
	e := w.insideLink()
	e.opens = opens
	return e
}

func (w *writer) insideLink() ending {
	w.inLink = true
	w.silent++
	words := LinkWords{Extent: Extent{Start: int32(len(w.html))}}
	return ending{tag: "</a>", within: true, quiet: true, words: words}
}

// quietly begins words in which no term is linked.
func (w *writer) quietly() ending {
	w.endRun()
	w.silent++
	return ending{quiet: true}
}

// autoLink writes an address that is its own words.
func (w *writer) autoLink(n *ast.AutoLink) {
	label, url := n.Label(w.src), n.URL(w.src)
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(url), []byte("mailto:")) {
		url = append([]byte("mailto:"), url...)
	}
	from := w.within(label, max(n.Pos(), 0))
	name, _ := scheme(string(url))
	allowed := name == "http" || name == "https" || name == "mailto" || name == "tel" || w.r.options.AnyScheme
	w.endRun()
	if !allowed {
		w.badScheme(name, string(label), from, from+len(label))
	}
	href := string(util.URLEscape(url, false))
	if allowed && !w.inLink {
		w.raw(`<a href="`)
		w.html = appendEscaped(w.html, href)
		w.raw(`" class="bare">`) // on paper its address need not follow it
	}
	start := len(w.html)
	w.html = appendEscaped(w.html, label)
	if bytes.IndexByte(label, '&') < 0 {
		w.keepText(start, from)
	}
	if allowed && !w.inLink {
		w.keepLink(LinkWords{Extent: Extent{Start: int32(start)}, URL: href})
		w.raw("</a>")
	}
	w.quotes.last = 'x'
}

// foreign begins words of another language. Their direction is written too: it
// keeps their punctuation with them.
func (w *writer) foreign(name string, from, to int) ending {
	tag, err := language.Raw.Parse(name)
	if err != nil || tag == language.Und {
		w.notALanguage(name, from, to)
		return w.quietly()
	}
	dir := "ltr"
	script, _ := language.Make(name).Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr", "Mend":
		dir = "rtl"
	}
	w.raw(`<span lang="`, tag.String(), `" dir="`, dir, `">`)
	e := w.quietly()
	e.tag, e.foreign = "</span>", w.keepForeign()
	return e
}

func (s *state) notALanguage(name string, from, to int) {
	hint, fix := "write ar for Arabic, fr for French, zh-Hant for traditional Chinese", []diag.Edit(nil)
	if tag := lang.Tag(name); tag != "" {
		hint, fix = "write lang:"+tag, diag.Write(s.place(from, to), "lang:"+tag)
	}
	s.report(diag.Error, "lang", from, to, fmt.Sprintf("“%s” is not the code of a language", clip([]byte(name))),
		"browsers and screen readers know languages by their BCP 47 codes",
		hint, fix...)
}

// clip shortens words that are quoted in a message.
func clip(b []byte) string {
	s := strings.Join(strings.Fields(strings.ToValidUTF8(string(b), "\ufffd")), " ")
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\ufffd'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}
