package pages

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"nutgraf/site"
	"nutgraf/site/document"
)

// atomType is the media type of Atom.
const atomType = "application/atom+xml"

// newsAge is how long a page stands in the news sitemap: Google takes two days.
const newsAge = 48 * time.Hour

// feedExplainers are those of a list, newest first, that feeds have.
func (b *Book) feedExplainers(list []*site.Explainer) []*site.Explainer {
	var out []*site.Explainer
	for _, e := range list {
		if len(out) == b.site.Config.FeedLimit {
			break
		}
		if b.inFeeds(e) {
			out = append(out, e)
		}
	}
	return out
}

// inFeeds reports an explainer that is announced: a draft, which only --drafts
// takes in, has no date to be announced with. Of what is withdrawn only the log of
// updates knows.
func (b *Book) inFeeds(e *site.Explainer) bool { return !e.NoIndex && e.Status >= document.Published }

// content is an explainer as feeds carry it: every link absolute.
func (b *builder) content(e *site.Explainer) string {
	o := site.Origin{Explainer: e}
	var s strings.Builder
	text := func(pr document.Prose, scope string) {
		if p := b.prose(o, pr, scope); p != nil {
			s.WriteString(string(p.HTML()))
		}
	}
	if e.Standfirst.Given() {
		s.WriteString("<p>")
		text(e.Standfirst, "")
		s.WriteString("</p>\n")
	}
	b.writeFrame(&s, e, copiedDay(e, e.Updated))
	text(e.Intro, document.IntroScope)
	for i := range e.Questions {
		q := b.question(e, i)
		s.WriteString("<h2>" + escapeHTML(q.Text) + "</h2>\n")
		b.writeNotes(&s, e, i)
		if q.Short != "" {
			s.WriteString("<p><strong>" + escapeHTML(q.Short) + "</strong></p>\n")
		}
		s.WriteString(string(q.Answer.HTML()))
	}
	return xmlText(s.String())
}

// writeFrame writes what every copy of an explainer says of it: who wrote it, as of which day
// it is true, and its credit.
func (b *builder) writeFrame(s *strings.Builder, e *site.Explainer, asOf time.Time) {
	var parts []string
	if by := b.byWords(e); by != "" {
		parts = append(parts, by)
	}
	if day := b.wholeDay(asOf); day.Words != "" {
		parts = append(parts, b.say("as-of", "date", day.Words))
	}
	if len(parts) > 0 {
		s.WriteString("<p>" + escapeHTML(strings.Join(parts, " · ")) + "</p>\n")
	}
	s.WriteString(b.creditHTML(e))
}

// writeNotes writes what a copy says of an answer: its credit where its text is another
// explainer's, its day where that is another, and its newest correction.
func (b *builder) writeNotes(s *strings.Builder, e *site.Explainer, i int) {
	a := &e.Answers[i]
	if a.Explainer != e {
		b.writeFrame(s, a.Explainer, answerDay(a))
	} else if day := b.wholeDay(answerDay(a)); day != b.wholeDay(copiedDay(e, e.Updated)) {
		s.WriteString("<p>" + escapeHTML(b.say("as-of", "date", day.Words)) + "</p>\n")
	}
	if u := corrected(a); u != nil {
		s.WriteString(b.updateHTML(a.Explainer, u, b.word("update-"+u.Type)+", "+b.day(u.When).Words+": ") + "\n")
	}
}

// updateHTML is an update as feeds carry it, behind words that begin it.
func (b *builder) updateHTML(e *site.Explainer, u *document.Update, begin string) string {
	html := ""
	if p := b.prose(site.Origin{Explainer: e}, u.Text, ""); p != nil {
		html = "<p>" + escapeHTML(begin) + string(p.HTML()) + "</p>"
	}
	if u.Was != "" {
		html += "<p>" + escapeHTML(b.word("was")) + ": <q>" + escapeHTML(u.Was) + "</q></p>"
	}
	return html
}

// creditHTML is the credit line of an explainer, "" where it needs none.
func (b *builder) creditHTML(e *site.Explainer) string {
	v := Credit{Site: b.site, Syndication: credit(e)}
	if v.Syndication == nil {
		return ""
	}
	var s strings.Builder
	ds, err := b.book.theme.Execute(&s, "credit", b.link.from, v)
	b.diags = append(b.diags, ds...)
	b.fail(err)
	return s.String()
}

// startText forgets what was numbered: the next text is a page of its own.
func (b *builder) startText(e *site.Explainer) {
	b.forget()
	b.elsewhere = ""
	if e != nil {
		b.elsewhere = b.link.explainer(e, "", "")
	}
}

func (b *builder) atomFeed() any {
	b.absolute()
	s := b.book.site
	f := b.atom(s.Config.Title, s.Config.Tagline, feedPath, homePath)
	return b.announced(f, s.Explainers, b.content)
}

// topicFeed is the feed of a topic. It has the short answers alone: there may be many
// topics, and each explainer stands in several.
func (b *builder) topicFeed(t *site.Topic) any {
	b.absolute()
	title := b.book.site.Config.Title + ": " + t.Title
	f := b.atom(title, t.Text, topicFeedPath(t), topicPath(t))
	return b.announced(f, t.Explainers, b.shortAnswers)
}

// shortAnswers are the questions of an explainer, with the short answer to each.
func (b *builder) shortAnswers(e *site.Explainer) string {
	var s strings.Builder
	b.writeFrame(&s, e, copiedDay(e, e.Updated))
	for i, q := range b.questionLinks(e, len(e.Questions)) {
		s.WriteString(`<h2><a href="` + escapeHTML(q.URL) + `">` + escapeHTML(q.Text) + "</a></h2>\n")
		b.writeNotes(&s, e, i)
		if q.Short != "" {
			s.WriteString("<p>" + escapeHTML(q.Short) + "</p>\n")
		}
	}
	return xmlText(s.String())
}

// announced adds explainers to a feed.
func (b *builder) announced(f *atomFeed, list []*site.Explainer, content func(*site.Explainer) string) any {
	for _, e := range b.book.feedExplainers(list) {
		b.startText(e)
		u := b.link.explainer(e, "", "")
		entry := atomEntry{Title: xmlText(e.Title), ID: u,
			Links:     []atomLink{{Rel: "alternate", Type: "text/html", Href: u}},
			Published: rfc3339(e.Published), Updated: rfc3339(later(e.Updated, e.Published)),
			Summary: xmlText(e.Summary)}
		if c := content(e); c != "" {
			entry.Content = &atomText{"html", c}
		}
		if l := b.book.site.Language(e); l.Tag != f.Lang {
			entry.Lang = l.Tag
		}
		for _, a := range e.Authors {
			entry.Authors = append(entry.Authors, atomPerson{Name: xmlText(a.Name)})
		}
		for _, t := range e.Topics {
			entry.Categories = append(entry.Categories, atomCategory{t.Slug, xmlText(t.Title)})
		}
		f.Entries = append(f.Entries, entry)
	}
	return xmlDocument{b.dated(f)}
}

// updatesFeed is the feed of corrections, clarifications and withdrawals.
func (b *builder) updatesFeed() any {
	b.absolute()
	cfg := &b.book.site.Config
	f := b.atom(cfg.Title+": "+b.word("corrections-feed"), "", updatesFeed, updatesPath)
	for _, u := range b.book.site.Updates {
		if len(f.Entries) == cfg.FeedLimit {
			break
		}
		withdraws := u.Explainer.Status == document.Withdrawn
		if !b.book.inFeeds(u.Explainer) || !withdraws && u.Type != "correction" && u.Type != "clarification" {
			continue
		}
		b.startText(u.Explainer)
		page := b.link.explainer(u.Explainer, "", "")
		what := b.word("update-" + u.Type)
		if withdraws {
			what = b.word("withdrawn")
		}
		f.Entries = append(f.Entries, atomEntry{Title: xmlText(what + ": " + u.Explainer.Title),
			ID: page + "#update-" + u.When.UTC().Format("20060102T150405Z") + "-" + u.Type + "-" +
				hexSum(document.SumOf([]byte(u.Plain))),
			Links: []atomLink{{Rel: "alternate", Type: "text/html",
				Href: page + "#" + updateAnchor(u.Explainer, u.Update)}},
			Updated: rfc3339(u.When), Summary: xmlText(u.Plain),
			Content: &atomText{"html", xmlText(b.updateHTML(u.Explainer, u.Update, ""))}})
	}
	return xmlDocument{b.dated(f)}
}

func (b *builder) atom(title, subtitle, self, page string) *atomFeed {
	cfg := &b.book.site.Config
	return &atomFeed{Lang: cfg.Lang.Tag, Title: xmlText(title), Subtitle: xmlText(subtitle),
		ID: b.link.to(self), Generator: "nutgraf",
		Author: &atomPerson{Name: xmlText(cmp.Or(cfg.Publisher.Name, cfg.Title)), URI: cfg.Publisher.URL},
		Links: []atomLink{{Rel: "self", Type: atomType, Href: b.link.to(self)},
			{Rel: "alternate", Type: "text/html", Href: b.link.to(page)}}}
}

// dated gives a feed the time of its newest entry; one without any that of its
// beginning, which never changes.
func (b *builder) dated(f *atomFeed) *atomFeed {
	f.Updated = "1970-01-01T00:00:00Z"
	var newest time.Time
	for _, e := range f.Entries {
		if t, err := time.Parse(time.RFC3339, e.Updated); err == nil && t.After(newest) {
			newest, f.Updated = t, e.Updated
		}
	}
	return f
}

func (b *builder) jsonFeed() any {
	b.absolute()
	cfg := &b.book.site.Config
	f := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: cfg.Title,
		HomePageURL: cfg.BaseURL, FeedURL: b.link.to(jsonFeedPath),
		Description: cfg.Tagline, Language: cfg.Lang.Tag, Items: []jsonItem{}}
	if cfg.Publisher.Name != "" {
		f.Authors = []jsonAuthor{{cfg.Publisher.Name, cfg.Publisher.URL}}
	}
	for _, e := range b.book.feedExplainers(b.book.site.Explainers) {
		b.startText(e)
		u := b.link.explainer(e, "", "")
		item := jsonItem{ID: u, URL: u, Title: e.Title, Summary: e.Summary,
			ContentHTML: b.content(e), DatePublished: rfc3339(e.Published),
			DateModified: rfc3339(later(e.Updated, e.Published)), Language: b.book.site.Language(e).Tag}
		for _, a := range e.Authors {
			item.Authors = append(item.Authors, jsonAuthor{Name: a.Name})
		}
		for _, t := range e.Topics {
			item.Tags = append(item.Tags, t.Title)
		}
		f.Items = append(f.Items, item)
	}
	return jsonDocument{f}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// How many addresses one sitemap may hold (sitemaps.org), and one of news (Google).
const (
	sitemapLimit     = 50_000
	newsSitemapLimit = 1_000
)

// planSitemaps adds the sitemap, or where it would be too long an index of
// several.
func (b *Book) planSitemaps() {
	var listed []int
	for i := range b.plan {
		if b.Listed(i) && !b.site.Drafts {
			listed = append(listed, i)
		}
	}
	if len(listed) <= sitemapLimit {
		b.data(sitemapPath, func(bu *builder) any { return bu.sitemap(listed) })
		return
	}
	parts := slices.Collect(slices.Chunk(listed, sitemapLimit))
	for n, part := range parts {
		b.data(sitemapPart(n+1), func(bu *builder) any { return bu.sitemap(part) })
	}
	b.data(sitemapPath, func(bu *builder) any {
		bu.absolute()
		index := sitemapIndex{}
		for n := range parts {
			index.Sitemaps = append(index.Sitemaps, siteURL{Loc: bu.link.to(sitemapPart(n + 1))})
		}
		return xmlDocument{index}
	})
}

func (b *builder) sitemap(pages []int) any {
	b.absolute()
	set := urlSet{}
	for _, i := range pages {
		p := &b.book.plan[i]
		u := siteURL{Loc: b.link.to(p.path)}
		if !p.modified.IsZero() {
			u.LastMod = rfc3339(p.modified)
		}
		set.URLs = append(set.URLs, u)
	}
	return xmlDocument{set}
}

// news are the explainers of the last two days, newest first.
func (b *Book) news() []*site.Explainer {
	var out []*site.Explainer
	for _, e := range b.site.Explainers {
		if len(out) == newsSitemapLimit {
			break // the newest come first
		}
		fresh := b.site.Reached(e.Published) && !b.site.Reached(e.Published.Add(newsAge+1))
		if b.inFeeds(e) && !isFromElsewhere(e) && fresh {
			out = append(out, e)
		}
	}
	return out
}

func (b *builder) newsSitemap() any {
	b.absolute()
	s := b.book.site
	set := urlSet{News: "http://www.google.com/schemas/sitemap-news/0.9"}
	for _, e := range b.book.news() {
		tag, _, _ := strings.Cut(s.Language(e).Tag, "-")
		set.URLs = append(set.URLs, siteURL{Loc: b.link.explainer(e, "", ""), News: &newsItem{
			Publication: newsPublication{xmlText(cmp.Or(s.Config.Publisher.Name, s.Config.Title)),
				tag}, Date: rfc3339(e.Published), Title: xmlText(e.Title)}})
	}
	return xmlDocument{set}
}
