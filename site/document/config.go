package document

import (
	"cmp"
	"fmt"
	"net/mail"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // containers and Windows have no files of time zones
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/front"
	"nutgraf/site/lang"
)

// Topic is a subject that explainers are filed under, as site.yaml describes it.
type Topic struct{ Slug, Title, Text string }

// Config is what site.yaml says, with its defaults in place.
type Config struct {
	Title       string
	Tagline     string
	Image       string
	Pictures    []PathRef // where Image and the publisher's Logo are paths
	BaseURL     string    // with a trailing slash, "" where none is given
	Lang        *lang.Language
	Location    *time.Location
	Publisher   Publisher
	ReplyEmail  string
	ReplyForm   string
	Topics      []Topic // in the order of the file; nil where any slug will do
	Navigation  []NavLink
	Accent      string // as #1f3a93
	AccentAt    diag.Place
	Type        string
	Age         edtf.Span // from when on a page says how old it is; zero for never
	Styles      []PathRef // files of static/
	Notice      Notice
	Words       map[string]string // the writer's own, over the language's
	Cards       bool
	Markdown    bool
	ShareImages bool
	FAQ         bool
	PerPage     int
	FeedLimit   int
	Typographer bool
	Redirects   []Redirect
	CSPAllow    []Allow
	Check       map[string]string
	Params      map[string]any
	PinnedRefs  []Ref
}

// Notice is a line on top of every page.
type Notice struct {
	Text string
	End  time.Time // from when on it is shown no more; zero where it stays
	Day  string    // until, as it was written
}

// Over reports whether the notice's day has passed.
func (n *Notice) Over(now time.Time) bool { return !n.End.IsZero() && !now.Before(n.End) }

// Publisher is who stands behind the site.
type Publisher struct {
	Name     string
	URL      string
	Logo     string
	Policies []NavLink // Title is the policy's name: corrections, ethics
}

// NavLink is a link of the writer's choosing.
type NavLink struct {
	Title string
	URL   string
	At    diag.Place
}

// Redirect leads an old path to a new one.
type Redirect struct {
	From, To string
	FromAt   diag.Place
	At       diag.Place // of To
}

// Allow is one directive of csp_allow with its hosts.
type Allow struct {
	Directive string
	Hosts     []string
}

// config reads site.yaml and puts the defaults in place. data is nil where
// there is no such file, and name the title where it gives none.
func (p *parser) config(name string) Config {
	fm := &front.Site{}
	if p.data != nil {
		var ds []diag.Diagnostic
		fm, ds = front.ParseSite(p.file, p.data)
		p.diags = append(p.diags, ds...)
	}
	c := Config{
		Title: cmp.Or(p.plainText(fm.Title), name), Tagline: p.plainText(fm.Tagline), Image: p.picture(fm.Image),
		Accent: p.accent(fm.Accent), AccentAt: p.place(fm.Accent.Span), Type: cmp.Or(fm.Type.Value, "house"),
		Publisher: p.publisher(&fm.Publisher), ReplyEmail: p.email(fm.Reply.Email), ReplyForm: p.url(fm.Reply.Form),
		PerPage: p.count(fm.PerPage, 20), FeedLimit: p.count(fm.FeedLimit, 50),
		Typographer: fm.Typographer.Value, Params: fm.Params, PinnedRefs: p.refs(fm.Pinned), Age: p.age(fm.Age),
	}
	c.Pictures = p.pictures
	c.BaseURL = p.baseURL(fm.BaseURL)
	c.Lang = lang.For(cmp.Or(fm.Lang.Value, "en"))
	p.language(fm.Lang)
	c.Location = p.timezone(fm.Timezone)
	p.location = c.Location
	c.Topics = p.topics(fm)
	c.Navigation = p.navigation(fm.Navigation)
	c.Styles = p.styles(fm.Styles)
	c.Notice = p.notice(&fm.Notice, c.Location)
	c.Words = p.ownWords(fm.Words, c.Lang)
	c.Redirects = p.redirects(fm.Redirects)
	p.belowBase(c)
	for _, a := range fm.CSPAllow {
		c.CSPAllow = append(c.CSPAllow, Allow{a.Directive.Value, p.hosts(a, fm.CSPAllow)})
	}
	c.Check = p.checks(fm.Check)
	for _, t := range fm.Outputs {
		c.Cards = c.Cards || t.Value == "cards"
		c.Markdown = c.Markdown || t.Value == "markdown"
		c.ShareImages = c.ShareImages || t.Value == "share-images"
		c.FAQ = c.FAQ || t.Value == "faq"
	}
	return c
}

// age reads from when on a page says how old it is.
func (p *parser) age(t front.Text) edtf.Span {
	if t.Value == "off" {
		return edtf.Span{}
	}
	age, ok := edtf.ParseDuration(t.Value)
	if !ok {
		if age.Years = 1; t.Given() {
			hint, fix := "write "+durations+", or off", []diag.Edit(nil)
			if short := front.Duration(t.Value); short != "" {
				hint, fix = "write "+short, p.instead(t, short)
			}
			p.wrong("duration", t.Span, fmt.Sprintf("“%s” is no duration", Clip(t.Value)),
				hint, fix...)
		}
	}
	return age
}

func (p *parser) publisher(f *front.Publisher) Publisher {
	pub := Publisher{Name: p.plainText(f.Name), URL: p.url(f.URL), Logo: p.picture(f.Logo)}
	for _, e := range f.Policies {
		pub.Policies = append(pub.Policies, NavLink{Title: e.Key.Value, URL: p.link(e.Value),
			At: p.place(e.Value.Span)})
	}
	return pub
}

// picture reads the address of a picture, or the path of one in static/, which the
// plan of pages checks.
func (p *parser) picture(t front.Text) string {
	if strings.Contains(t.Value, "://") {
		return p.url(t)
	}
	if t.Value != "" {
		p.pictures = append(p.pictures, PathRef{Path: strings.TrimPrefix(t.Value, "/"),
			Picture: true, At: p.place(t.Span)})
	}
	return t.Value
}

func (p *parser) email(t front.Text) string {
	if !t.Given() {
		return ""
	}
	a, err := mail.ParseAddress(t.Value)
	if err != nil || a.Address != t.Value {
		p.wrong("email", t.Span, fmt.Sprintf("“%s” is no mail address", Clip(t.Value)), "write it as desk@example.org")
		return ""
	}
	return t.Value
}

// baseURL checks the address that the site is published at, and gives it the
// slash at its end.
func (p *parser) baseURL(t front.Text) string {
	if !t.Given() {
		return ""
	}
	u, err := BaseURL(t.Value)
	if err != nil {
		hint, fix := "write scheme, host and path alone: https://example.org/ or "+
			"https://example.org/sub/",
			[]diag.Edit(nil)
		if meant := MeantBaseURL(t.Value); meant != "" {
			hint, fix = "write "+meant, p.instead(t, meant)
		}
		p.wrong("url", t.Span, err.Error(), hint, fix...)
	} else if host, _ := url.Parse(u); localHost.MatchString(host.Hostname()) {
		p.report(diag.Warning, "url", t.Span, fmt.Sprintf("“%s” is a machine of yours, and no "+
			"address for readers",
			host.Hostname()), "feeds, the sitemap, canonical addresses and shared links would "+
			"lead them there",
			"write the address that the site is published at, or remove the line: nutgraf serve "+
				"needs none")
	}
	return u
}

// BaseURL checks an address that a site may be published at and returns it
// with a slash at its end. The error is in a writer's words.
func BaseURL(s string) (string, error) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("“%s” is no web address that begins with https://", Clip(s))
	}
	if isPageName.MatchString(u.Path) {
		return "", fmt.Errorf("“%s” is the address of a page, and not where the site begins",
			Clip(s))
	}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil ||
		strings.Trim(u.Path, "/") != "" && !isPath(u.Path) {
		return "", fmt.Errorf("“%s” can't be where a site is published", Clip(s))
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/"
	return u.String(), nil
}

// localHost matches the names of a machine for itself and its own network, isPageName the path of a page.
var (
	localHost = regexp.MustCompile(`^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1|` +
		`10\.\d+\.\d+\.\d+|` +
		`192\.168\.\d+\.\d+)$|\.(?:local|localhost|internal|test)$`)
	isPageName = regexp.MustCompile(`(?i)/[^/]*\.(?:html?|php|aspx?)/?$`)
)

// MeantBaseURL is the address that a text which is none was probably meant for, or "": one without its
// scheme, with signs of another script, with a page or a query behind it.
func MeantBaseURL(s string) string {
	s = strings.Trim(norm.NFKC.String(strings.TrimSpace(s)), "<>\"'“”«» ")
	rest := s
	if m := nearScheme.FindString(s); m != "" {
		rest = s[len(m):]
	}
	scheme := "https"
	if strings.HasPrefix(strings.ToLower(s), "http:") {
		scheme = "http"
	}
	rest, _, _ = strings.Cut(rest, "?")
	rest, _, _ = strings.Cut(rest, "#")
	rest = isPageName.ReplaceAllString(rest, "/")
	host, behind, slash := strings.Cut(rest, "/")
	if at := strings.LastIndexByte(host, '@'); at >= 0 { // a name and a password
		if host, rest = host[at+1:], host[at+1:]; slash {
			rest += "/" + behind
		}
	}
	if name, _, _ := strings.Cut(host, ":"); !strings.Contains(name, ".") && name != "localhost" {
		return ""
	}
	if meant, err := BaseURL(scheme + "://" + rest); err == nil {
		return meant
	}
	return ""
}

// nearScheme matches what is meant for https://.
var nearScheme = regexp.MustCompile(`^(?i)h?t?tps?(?::/*|/+)|^//`)

func (p *parser) count(n front.Number, def int) int {
	if !n.Given() {
		return def
	}
	text := string(p.data[n.Start:n.End])
	if v := int(n.Value); float64(v) == n.Value && v >= 1 && v <= 1000 &&
		!strings.HasSuffix(text, ".000") {
		return v
	}
	if whole := strings.Replace(text, ".", "", 1); strings.HasSuffix(text, ".000") &&
		len(whole) == 4 {
		p.wrong("number", n.Span, "this can be read in more than one way: a full stop stands "+
			"before decimals here",
			fmt.Sprintf("write %s for thousands, or %.0f", whole, n.Value))
		return def
	}
	p.wrong("number", n.Span, "this is a whole number from 1 to 1000", fmt.Sprintf("write %d, or remove the line", def))
	return def
}

func (p *parser) timezone(t front.Text) *time.Location {
	if !t.Given() {
		return time.UTC
	}
	// "" and "Local" would be the machine's own zone: never the site's.
	loc, err := time.LoadLocation(t.Value)
	if err != nil || t.Value == "" || t.Value == "Local" {
		hint, fix := "write a name of the IANA list: Europe/Berlin, Asia/Tbilisi, UTC",
			[]diag.Edit(nil)
		if name, besides := lang.Zone(t.Value); name != "" {
			hint, fix = "write "+name, p.instead(t, name)
			if besides != "" {
				hint, fix = hint+"; "+besides+": Europe/Berlin", nil
			}
		} else if near, ok := diag.Nearest(t.Value, lang.ZoneNames()); ok {
			hint = "did you mean " + near + "?"
		}
		p.wrong("timezone", t.Span, fmt.Sprintf("“%s” is no time zone", Clip(t.Value)), hint,
			fix...)
		return time.UTC
	}
	return loc
}

func (p *parser) topics(fm *front.Site) []Topic {
	var out []Topic
	for _, f := range fm.Topics {
		if slug := p.id(f.Slug, "a topic"); slug != "" {
			out = append(out, Topic{Slug: slug, Title: cmp.Or(p.plainText(f.Title), TitleOf(slug)),
				Text: p.plainText(f.Text)})
		}
	}
	if fm.Topics != nil && out == nil {
		out = []Topic{}
	}
	return out
}

// TitleOf makes a title of a slug that has none: "foreign-policy" is "Foreign policy".
func TitleOf(slug string) string {
	s := strings.ReplaceAll(slug, "-", " ")
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

func (p *parser) navigation(list []front.Link) []NavLink {
	var out []NavLink
	for _, f := range list {
		if !f.Title.Given() || !f.URL.Given() {
			p.missing(givenOr(f.Title.Span, f.URL.Span), "a link of the navigation has a title and a url", "write both")
			continue
		}
		out = append(out, NavLink{Title: p.plainText(f.Title), URL: p.link(f.URL), At: p.place(f.URL.Span)})
	}
	return out
}

// link checks a link of site.yaml: a web address, or a path on this site.
func (p *parser) link(t front.Text) string {
	if strings.HasPrefix(t.Value, "/") && !strings.HasPrefix(t.Value, "//") {
		file, anchor, _ := strings.Cut(t.Value, "#")
		if file == "/" {
			return t.Value
		}
		if path, why := oldPath(file); why == "" {
			return path + t.Value[len(file):len(t.Value)-len(anchor)] + norm.NFC.String(anchor)
		}
		p.wrong("url", t.Span, fmt.Sprintf("“%s” is no path of this site", Clip(t.Value)), "write it as /about/")
		return ""
	}
	if file, ok := strings.CutSuffix(t.Value, ".md"); ok {
		file = strings.TrimPrefix(strings.TrimPrefix(file, "/"), "content/")
		address := "/" + strings.TrimPrefix(file, "pages/") + "/"
		p.wrong("url", t.Span, fmt.Sprintf("“%s” is a file, and no address", Clip(t.Value)), "write "+address,
			p.instead(t, address)...)
		return ""
	}
	if isPath(t.Value) && !bareHost.MatchString(t.Value) {
		p.wrong("url", t.Span, fmt.Sprintf("“%s” is no address", Clip(t.Value)),
			"write it from the site's root: /"+t.Value, p.instead(t, "/"+t.Value)...)
		return ""
	}
	return p.url(t)
}

// styles are the files of static/ that are linked after the theme's own style
// sheet; that they are there is for the plan of pages to check.
func (p *parser) styles(list []front.Text) (found []PathRef) {
	named := map[string]bool{"style.css": true, "fonts.css": true}
	for _, t := range list {
		name := strings.TrimPrefix(t.Value, "/")
		message, hint := "", "write the path of a file in static/: house.css"
		var fix []diag.Edit
		switch inner, within := strings.CutPrefix(name, "static/"); {
		case strings.Contains(t.Value, "//"):
			message = fmt.Sprintf("“%s” is elsewhere: pages load the site's own files alone", Clip(t.Value))
			hint = "put the file into static/, and write its name: house.css"
		case path.Ext(name) != ".css":
			message = fmt.Sprintf("“%s” is no style sheet: the name of one ends in .css", Clip(t.Value))
		case within:
			message, hint = "the path of a style sheet begins within static/", "write "+inner
			fix = p.instead(t, inner)
		case name != path.Clean(name) || strings.HasPrefix(name, "../"):
			message = fmt.Sprintf("“%s” leads out of static/, or round about", Clip(t.Value))
		case named[name]:
			message, hint = fmt.Sprintf("%s is on every page already", name), "remove it here"
		default:
			found = append(found, PathRef{Path: name, At: p.place(t.Span)})
			named[name] = true
			continue
		}
		p.wrong("style", t.Span, message, hint, fix...)
	}
	return found
}

// notice is the line on top of every page. A day counts whole, in the site's time
// zone.
func (p *parser) notice(f *front.Notice, zone *time.Location) Notice {
	n := Notice{Text: p.plainText(f.Text), Day: p.day(f.Until)}
	switch {
	case f.Text.Given() && n.Text == "":
		p.missing(f.Text.Span, "this notice has no text", "write it, or remove the notice")
	case f.Until.Given() && n.Text == "":
		p.missing(f.Until.Span, "this notice has no text", "add text:")
	}
	if n.Text == "" || n.Day == "" {
		return n
	}
	end, clock, _ := edtf.ParseDay(n.Day, zone) // day has checked it
	if !clock {
		end = end.AddDate(0, 0, 1)
	}
	n.End = end
	return n
}

// maxWord is how many bytes one of the theme's words may have.
const maxWord = 1000

func (p *parser) ownWords(list []front.Entry, l *lang.Language) map[string]string {
	out := map[string]string{}
	known := make([]string, 0, len(l.Words))
	for k := range l.Words {
		known = append(known, k)
	}
	slices.Sort(known)
	for _, e := range list {
		_, there := l.Words[e.Key.Value]
		if _, counted := l.Counted(e.Key.Value); !there && !counted {
			hint, fix := diag.NearestHint(e.Key.Value, known, ""), nearestKey(p, e.Key, known,
				list, entryKey)
			if key := l.WordFor(e.Key.Value); key != "" { // it is what the theme says, and no key of it
				hint, fix = "write "+key, p.instead(e.Key, key)
			}
			p.wrong("unknown-word", e.Key.Span, fmt.Sprintf("the theme has no word “%s”",
				Clip(e.Key.Value)), hint, fix...)
			continue
		}
		if len(e.Value.Value) > maxWord {
			p.wrong("unknown-word", e.Value.Span,
				fmt.Sprintf("these words are longer than %d bytes", maxWord),
				"write a phrase: it stands amid others on the page")
			continue
		}
		out[e.Key.Value] = p.plainText(e.Value)
	}
	return out
}

func (p *parser) redirects(list []front.Entry) []Redirect {
	var out []Redirect
	for _, e := range list {
		old, why := oldPath(e.Key.Value)
		if why != "" {
			p.wrong("redirect", e.Key.Span, fmt.Sprintf("“%s” can't be redirected: %s",
				Clip(e.Key.Value), why), pathHint(e.Key.Value))
			continue
		}
		if to := p.link(e.Value); to != "" {
			out = append(out, Redirect{From: strings.TrimPrefix(old, "/"), To: to,
				FromAt: p.place(e.Key.Span), At: p.place(e.Value.Span)})
		}
	}
	return out
}

// belowBase reports redirects whose old address has the folder that the site lies in: each address
// is put behind base_url, and so would have it twice.
func (p *parser) belowBase(c Config) {
	u, err := url.Parse(c.BaseURL)
	if err != nil || len(u.Path) < 2 {
		return
	}
	for _, r := range c.Redirects {
		if rest, ok := strings.CutPrefix("/"+r.From, u.Path); ok {
			p.diags = append(p.diags, diag.Diagnostic{Severity: diag.Warning, Rule: "redirect",
				At: r.FromAt,
				Message: fmt.Sprintf("behind base_url, this is the old address %s%s", u.Path,
					r.From),
				Why:  "the folder in base_url is put before each address",
				Hint: "write /" + rest, Fix: diag.Write(r.FromAt, "/"+rest)})
		}
	}
}

func (p *parser) checks(list []front.Entry) map[string]string {
	out := map[string]string{}
	for _, e := range list {
		if !slices.Contains(front.CheckRules, e.Key.Value) {
			p.wrong("check", e.Key.Span, fmt.Sprintf("there is no rule “%s”", Clip(e.Key.Value)),
				diag.NearestHint(e.Key.Value, front.CheckRules, ""),
				nearestKey(p, e.Key, front.CheckRules, list, entryKey)...)
		}
		if !slices.Contains(front.CheckLevels, e.Value.Value) {
			p.wrong("check", e.Value.Span, fmt.Sprintf("a rule is error, warning or off, not “%s”",
				Clip(e.Value.Value)), diag.NearestHint(e.Value.Value, front.CheckLevels, ""),
				p.nearest(e.Value, front.CheckLevels)...)
			continue
		}
		out[e.Key.Value] = e.Value.Value
	}
	return out
}
