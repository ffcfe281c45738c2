package pages

import (
	"fmt"
	"slices"
	"strings"

	"nutgraf/site/document"
)

// headers is the file _headers, as Netlify and Cloudflare Pages read it. The
// writer's own lines come last.
func (b *builder) headers() any {
	var s strings.Builder
	cfg := &b.book.site.Config
	fmt.Fprintf(&s,
		"/*\n  Content-Security-Policy: %s\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: "+
			"strict-origin-when-cross-origin\n  Cross-Origin-Opener-Policy: same-origin\n",
		contentPolicy(cfg.CSPAllow, cfg.Cards))
	fmt.Fprintf(&s, "%s%s*\n  Cache-Control: public, max-age=31536000, immutable\n", basePath(cfg.BaseURL), assetsPath)
	if b.book.site.Drafts {
		s.WriteString("  X-Robots-Tag: noindex\n")
	}
	for _, p := range unframed {
		if cfg.Cards {
			fmt.Fprintf(&s, "%s%s\n  Content-Security-Policy: %s\n", basePath(cfg.BaseURL), p,
				contentPolicy(cfg.CSPAllow, false))
		}
	}
	b.appendStatic(&s, "_headers")
	return textDocument(s.String())
}

// redirectRules is the file _redirects, likewise. What derived pages left comes
// behind them: the first rule wins, and hosts read so many.
func (b *builder) redirectRules() any {
	var s strings.Builder
	rules := func(rs []redirection) {
		base := basePath(b.book.site.Config.BaseURL)
		for _, r := range rs {
			to := b.book.there(r.to)
			if !strings.Contains(to, "://") {
				to = linker{prefix: base}.to(to)
			}
			fmt.Fprintf(&s, "%s%s %s 301\n", base, escapePath(r.from), to)
		}
	}
	rules(b.book.redirects)
	b.appendStatic(&s, "_redirects")
	if n := s.Len(); n > 0 && s.String()[n-1] != '\n' && len(b.book.inherited) > 0 {
		s.WriteByte('\n')
	}
	rules(b.book.inherited)
	return textDocument(s.String())
}

// appendStatic appends the writer's own lines.
func (b *builder) appendStatic(s *strings.Builder, name string) {
	f := b.book.static(name)
	if f == nil {
		return
	}
	data, err := f.Read()
	if err != nil {
		b.diags = append(b.diags, document.Unreadable("static/"+name, err))
	}
	s.Write(data)
}

// robots is robots.txt (RFC 9309).
func (b *builder) robots() any {
	if b.book.site.Drafts {
		return textDocument("User-agent: *\nDisallow: /\n")
	}
	s := "User-agent: *\nAllow: /\n"
	if b.book.site.Config.BaseURL != "" {
		b.absolute()
		s += "\n"
		for _, p := range []string{sitemapPath, newsSitemapPath} {
			if b.book.Find(p) >= 0 {
				s += "Sitemap: " + b.link.to(p) + "\n"
			}
		}
	}
	return textDocument(s)
}

// llms is llms.txt (llmstxt.org): what is here, for programs that read.
func (b *builder) llms() any {
	b.publicURL()
	cfg := &b.book.site.Config
	var s strings.Builder
	fmt.Fprintf(&s, "# %s\n", markdownText(cfg.Title))
	if cfg.Tagline != "" {
		fmt.Fprintf(&s, "\n> %s\n", markdownText(cfg.Tagline))
	}
	fmt.Fprintf(&s, "\n## %s\n\n", markdownText(b.word("explainers")))
	newest := b.book.feedExplainers(b.book.site.Explainers)
	for _, e := range newest {
		p := explainerPath(e)
		if cfg.Markdown {
			p = markdownPath(e)
		}
		fmt.Fprintf(&s, "- [%s](%s): %s\n", markdownText(e.Title), b.link.to(p), markdownText(e.Summary))
	}
	all := 0
	for _, e := range b.book.site.Explainers {
		if b.book.inFeeds(e) {
			all++
		}
	}
	if all > len(newest) {
		count, err := b.site.Count("explainers", all)
		b.fail(err)
		fmt.Fprintf(&s, "- [%s](%s): %s\n", markdownText(b.word("all-explainers")),
			b.link.to(explainersPath), markdownText(count))
	}
	fmt.Fprintf(&s, "\n## %s\n\n", markdownText(b.word("downloads")))
	fmt.Fprintf(&s, "- [%s](%s)\n- [%s](%s)\n", markdownText(b.word("glossary")),
		b.link.to(glossaryDataPath), markdownText(b.word("timeline")), b.link.to(timelineDataPath))
	return textDocument(s.String())
}

// planOutputs adds what is made besides the pages.
func (b *Book) planOutputs() {
	if b.site.Config.BaseURL != "" {
		b.data(feedPath, (*builder).atomFeed)
		b.data(jsonFeedPath, (*builder).jsonFeed)
		b.data(updatesFeed, (*builder).updatesFeed)
		for _, t := range b.site.Topics {
			b.data(topicFeedPath(t), func(bu *builder) any { return bu.topicFeed(t) })
		}
		if len(b.news()) > 0 {
			b.data(newsSitemapPath, (*builder).newsSitemap)
		}
		b.planSitemaps()
	}
	b.data("robots.txt", (*builder).robots)
	b.data("llms.txt", (*builder).llms)
	b.data(".nojekyll", func(*builder) any { return textDocument("") })
	b.data("_headers", (*builder).headers)
	b.data("_redirects", (*builder).redirectRules)
}

// Redirects lists the site paths that lead on: what is live, likewise.
func (b *Book) Redirects() []string {
	var from []string
	for _, r := range slices.Concat(b.redirects, b.inherited) {
		from = append(from, r.from)
	}
	return from
}

// Questions lists the ids of each explainer's questions by its site path: what
// is live, for the next build to compare with.
func (b *Book) Questions() map[string][]string {
	out := make(map[string][]string, len(b.site.Explainers))
	for _, e := range b.site.Explainers {
		ids := make([]string, len(e.Questions))
		for i, q := range e.Questions {
			ids[i] = q.ID
		}
		out[explainerPath(e)] = ids
	}
	return out
}
