package pages

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site"
	"nutgraf/site/document"
)

// Every address of the site is made in this file. A site path is what stands
// behind the site's root: "explainers/isis-k/", "feed.xml", "" for the home
// page. Paths that end in a slash, and the home page, are served from the
// index.html within.

const (
	homePath         = ""
	explainersPath   = "explainers/"
	timelinePath     = "timeline/"
	topicsPath       = "topics/"
	glossaryPath     = "glossary/"
	updatesPath      = "updates/"
	sourcesPath      = "sources/"
	searchPath       = "search/"
	feedPath         = "feed.xml"
	jsonFeedPath     = "feed.json"
	updatesFeed      = "updates/feed.xml"
	sitemapPath      = "sitemap.xml"
	newsSitemapPath  = "news-sitemap.xml"
	timelineDataPath = "timeline/timeline.json"
	calendarPath     = "timeline/timeline.ics"
	glossaryDataPath = "glossary/glossary.json"
	assetsPath       = "assets/" // files whose names hold their sums
	iconPath         = "icon.svg"
)

// ManifestPath is the file in which package publish lists what it put into a
// folder. No page can have its address.
const ManifestPath = "nutgraf-manifest.json"

func explainerPath(e *site.Explainer) string {
	if e.Edition != "" {
		return strings.ToLower(e.Edition) + "/explainers/" + e.ID + "/"
	}
	return explainersPath + e.ID + "/"
}

func cardPath(e *site.Explainer, question string) string { return explainerPath(e) + question + "/" }

func embedPath(e *site.Explainer, question string) string {
	return cardPath(e, question) + "embed.html"
}

// siteSharePath is the picture of pages that have none of their own.
const siteSharePath = "share.png"

func sharePath(e *site.Explainer) string { return explainerPath(e) + "share.png" }

func cardSharePath(e *site.Explainer, question string) string {
	return cardPath(e, question) + "share.png"
}

func markdownPath(e *site.Explainer) string { return explainerPath(e) + "index.md" }

func explainerTimelinePath(e *site.Explainer) string { return explainerPath(e) + "timeline/" }

func tagPath(e *site.Explainer, tag string) string { return explainerTimelinePath(e) + tag + "/" }

func yearPath(year int) string { return timelinePath + strconv.Itoa(year) + "/" }

func topicPath(t *site.Topic) string { return topicsPath + t.Slug + "/" }

func topicTimelinePath(t *site.Topic) string { return topicPath(t) + "timeline/" }

func topicGlossaryPath(t *site.Topic) string { return topicPath(t) + "glossary/" }

func topicFeedPath(t *site.Topic) string { return topicPath(t) + "feed.xml" }

func topicCalendarPath(t *site.Topic) string { return topicPath(t) + "timeline.ics" }

func termPath(t *site.Term) string { return glossaryPath + t.ID + "/" }

func plainPath(g *document.Page) string { return g.ID + "/" }

// sitemapPart is the n-th part of a sitemap that is too long for one file.
func sitemapPart(n int) string { return "sitemap-" + strconv.Itoa(n) + ".xml" }

// assetPath puts what lies beside a document beside its page.
func assetPath(a *site.Asset) string {
	return norm.NFC.String(strings.TrimPrefix(a.Path, "pages/"))
}

// pagePath is the n-th page of a list, counted from the oldest.
func pagePath(list string, n int) string { return list + "page/" + strconv.Itoa(n) + "/" }

// partPath is page i of a list by name, which begins with A at its own address:
// such a list does not grow at one end, as lists by time do.
func partPath(list string, i int) string {
	if i == 0 {
		return list
	}
	return pagePath(list, i+1)
}

// filePath is the file that a site path is served from.
func filePath(p string) string {
	if p == "" || strings.HasSuffix(p, "/") {
		return p + "index.html"
	}
	return p
}

// parentOf returns the page that a derived one shows a part of, or is made of:
// the list of a page of it, the timeline of a year, the explainer of a card, a
// copy or a picture. It is the other way round of what stands above, for
// addresses that an earlier build made. ok is false for all others.
func parentOf(p string) (parent string, ok bool) {
	dir, isDir := strings.CutSuffix(p, "/")
	parts := strings.Split(dir, "/")
	n := len(parts)
	last := parts[n-1]
	above := parts[:n-1]
	if strings.ContainsFunc(p, isForeign) {
		return "", false
	}
	root := parts
	if n > 2 && parts[1]+"/" == explainersPath {
		root = parts[1:] // of an edition
	}
	switch root[0] + "/" {
	case explainersPath:
		ok = len(root) > 2 && (isDir || last == "embed.html" || last == "share.png" || last == "index.md")
	case topicsPath:
		ok = len(root) == 3 && (isDir && (last == "timeline" || last == "glossary") ||
			last == "feed.xml" || last == "timeline.ics")
	case timelinePath:
		ok = len(root) == 2 && isDir && isNumber(strings.TrimPrefix(last, "-"))
	}
	if n > 1 && isDir && parts[n-2] == "page" && isNumber(last) {
		above, ok = parts[:n-2], true
	}
	if parent = strings.Join(above, "/"); parent != "" {
		parent += "/"
	}
	return parent, ok
}

// unframed are the pages that nobody may frame where cards are made, which
// others may: a rule for all pages would be joined to that of the cards, and
// the stricter one wins. Hosts can't distinguish a card from what lies beside it, so
// that everything else is named; ":x" is one segment, "*" any rest.
var unframed = []string{"", "404.html", "page/*", ":page/", "explainers/:id/", "explainers/page/*",
	"explainers/:id/timeline/*", ":lang/explainers/:id/", ":lang/explainers/:id/timeline/*",
	"explainers/:id/:question/", ":lang/explainers/:id/:question/",
	"timeline/*", "topics/*", "glossary/*", "updates/*", "sources/*", "search/*"}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isForeign reports whether a sign stands in no address that we make.
func isForeign(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.N) && !strings.ContainsRune("-./", r)
}

// isPage reports whether an address is a page's, which others link to.
func isPage(p string) bool {
	return strings.HasSuffix(filePath(p), ".html")
}

// sitePath is the site path that a file is served at.
func sitePath(file string) string {
	if dir, ok := strings.CutSuffix(file, "index.html"); ok && (dir == "" || strings.HasSuffix(dir, "/")) {
		return dir
	}
	return file
}

// linker writes links as one page needs them.
type linker struct {
	from   string // the page's site path
	prefix string // if not empty, links are this with the path behind it
	disk   bool   // links name index.html, so that they open from disk
}

// to returns the link to a site path, which may have an anchor.
func (l linker) to(p string) string {
	p, anchor, hasAnchor := strings.Cut(p, "#")
	if hasAnchor {
		anchor = "#" + url.PathEscape(anchor)
	}
	if p == l.from && hasAnchor && l.prefix == "" {
		return anchor
	}
	target := escapePath(p)
	if l.disk && (p == "" || strings.HasSuffix(p, "/")) {
		target += "index.html"
	}
	if l.prefix != "" {
		return l.prefix + target + anchor
	}
	up, rest := relative(l.from, target)
	return up + rest + anchor
}

// explainer returns the link to an explainer's page, or to the part of it whose
// id is kind with id behind it. It is to for what most links lead to: ids and
// anchors of plain letters, which need no escapes.
func (l linker) explainer(e *site.Explainer, kind, id string) string {
	hash := ""
	if kind != "" || id != "" {
		hash = "#"
	}
	rest, inside := strings.CutPrefix(l.from, explainersPath)
	own := l.prefix == "" && inside && strings.HasPrefix(rest, e.ID)
	if own && e.Edition == "" && hash != "" && len(rest) == len(e.ID)+len("/") && isPlain(id) {
		return hash + kind + id
	}
	if e.Edition != "" || l.disk || own || !isPlain(e.ID) || !isPlain(id) {
		return l.to(explainerPath(e) + hash + kind + id)
	}
	switch depth := strings.Count(rest, "/"); {
	case l.prefix != "":
		return l.prefix + explainersPath + e.ID + "/" + hash + kind + id
	case 3*depth > len(ups):
		return l.to(explainerPath(e) + hash + kind + id)
	case inside:
		return ups[:3*depth] + e.ID + "/" + hash + kind + id
	default:
		return ups[:3*depth] + explainersPath + e.ID + "/" + hash + kind + id
	}
}

// anchorOf leads to the place on the page itself whose id is kind with id behind it.
func anchorOf(kind, id string) string {
	if isPlain(id) {
		return "#" + kind + id
	}
	return "#" + kind + url.PathEscape(id)
}

// part returns the links to an explainer's page, and to a part of it.
func (l linker) part(e *site.Explainer, kind, id string) (page, part string) {
	part = l.explainer(e, kind, id)
	if page, _, _ = strings.Cut(part, "#"); page == "" {
		page = l.explainer(e, "", "")
	}
	return page, part
}

const ups = "../../../../../../../../../../../../../../../../"

// ascend leads so many folders up.
func ascend(depth int) string {
	if 3*depth > len(ups) {
		return strings.Repeat("../", depth)
	}
	return ups[:3*depth]
}

// relative leads from one site path to another, both escaped: up, and down.
func relative(from, to string) (up, rest string) {
	dir := ""
	if i := strings.LastIndexByte(from, '/'); i >= 0 {
		dir = from[:i+1]
	}
	for dir != "" {
		i := strings.IndexByte(dir, '/') + 1
		if !strings.HasPrefix(to, dir[:i]) {
			break
		}
		dir, to = dir[i:], to[i:]
	}
	up = ascend(strings.Count(dir, "/"))
	if up == "" && to == "" {
		return "./", ""
	}
	// A first segment with a colon would read as a scheme (RFC 3986, 4.2).
	if first, _, _ := strings.Cut(to, "/"); up == "" && strings.Contains(first, ":") {
		return "./", to
	}
	return up, to
}

// escapePath escapes each segment; what our own grammar makes needs none.
func escapePath(p string) string {
	if isPlain(p) {
		return p
	}
	parts := strings.Split(p, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}

// isPlain reports a path that needs no escapes.
func isPlain(p string) bool {
	for i := range len(p) {
		c := p[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '/' || c == '.' ||
			c == '_' || c >= 'A' && c <= 'Z') {
			return false
		}
	}
	return true
}

// basePath is the path of base_url, "/" where there is none.
func basePath(base string) string {
	u, err := url.Parse(base)
	if err != nil || strings.Trim(u.Path, "/") == "" {
		return "/"
	}
	return "/" + strings.Trim(u.EscapedPath(), "/") + "/"
}

// chunk is one page of a list in the order of time: [From, To) of the items,
// oldest first. Number counts from the oldest page.
type chunk struct{ Number, From, To int }

// chunks cuts n items into pages. Each but the newest holds exactly per items
// and never changes again; the newest holds what is left, and is never short.
// The newest comes last.
func chunks(n, per int) []chunk {
	var out []chunk
	full := max(1, n/per)
	for k := 1; k < full; k++ {
		out = append(out, chunk{k, (k - 1) * per, k * per})
	}
	return append(out, chunk{full, (full - 1) * per, n})
}

// newestFirst turns a chunk's bounds round, for lists that begin with the newest.
func (c chunk) newestFirst(n int) (from, to int) { return n - c.To, n - c.From }

// replyURLs are where a reader's question goes: RFC 6068, or else the desk's form,
// which is the second where there are both. They name the title and the address
// that it is about.
func (b *builder) replyURLs(e *site.Explainer, title, question string) (reply, form string) {
	cfg := &b.book.site.Config
	about := cfg.BaseURL + escapePath(explainerPath(e))
	if question != "" {
		about += anchorOf("", question)
	}
	if cfg.ReplyForm != "" {
		address, place, _ := strings.Cut(cfg.ReplyForm, "#")
		with := "?"
		if strings.Contains(address, "?") {
			with = "&"
		}
		form = address + with + "about=" + url.QueryEscape(about)
		if place != "" {
			form += "#" + place
		}
	}
	if cfg.ReplyEmail == "" {
		return form, ""
	}
	return "mailto:" + url.PathEscape(cfg.ReplyEmail) + "?subject=" +
		strings.ReplaceAll(url.QueryEscape(title+" ("+about+")"), "+", "%20"), form
}
