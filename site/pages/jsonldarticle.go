package pages

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/site/picture"
)

// ldArticle is an explainer in schema.org's words.
type ldArticle struct {
	Type             []string        `json:"@type"`
	ID               string          `json:"@id,omitempty"`
	URL              string          `json:"url,omitempty"`
	MainEntityOfPage string          `json:"mainEntityOfPage,omitempty"`
	Headline         string          `json:"headline"`
	Description      string          `json:"description,omitempty"`
	InLanguage       string          `json:"inLanguage,omitempty"`
	DatePublished    string          `json:"datePublished,omitempty"`
	DateModified     string          `json:"dateModified,omitempty"`
	Author           []ldPerson      `json:"author,omitempty"`
	Editor           []ldPerson      `json:"editor,omitempty"`
	Publisher        *ldOrganization `json:"publisher,omitempty"`
	ArticleSection   []string        `json:"articleSection,omitempty"`
	Image            *ldImage        `json:"image,omitempty"`
	WordCount        int             `json:"wordCount,omitempty"`
	TimeRequired     string          `json:"timeRequired,omitempty"`
	Backstory        string          `json:"backstory,omitempty"`
	License          *ldThing        `json:"license,omitempty"`
	CreditText       string          `json:"creditText,omitempty"`
	IsBasedOn        *ldWork         `json:"isBasedOn,omitempty"`
	SDPublisher      *ldOrganization `json:"sdPublisher,omitempty"`
	Correction       []ldComment     `json:"correction,omitempty"`
	HasPart          []ldQuestion    `json:"hasPart,omitempty"`
	Mentions         []ldEvent       `json:"mentions,omitempty"`
	Citation         []ldWork        `json:"citation,omitempty"`
}

// articleTypes say what an explainer is: news, and the background of news.
var articleTypes = []string{"NewsArticle", "BackgroundNewsArticle"}

// explainer is the article with all that belongs to it, and, where the site
// wants it, its questions as a list of questions and answers.
func (d *Data) explainer(v *Explainer) []any {
	a := &ldArticle{Type: articleTypes, ID: idOf(d.url, "article"), URL: d.url,
		MainEntityOfPage: d.url, Headline: v.Title, Description: v.Description, InLanguage: v.Lang,
		DatePublished: v.Published.Datetime, DateModified: v.Updated.Datetime,
		Author: d.people(v.Authors), Editor: d.people(v.Editors), Publisher: d.book.publisher,
		WordCount: v.Words, Backstory: v.Method.plain()}
	if v.Minutes > 0 {
		a.TimeRequired = "PT" + strconv.Itoa(v.Minutes) + "M"
	}
	if a.DateModified == "" {
		a.DateModified = a.DatePublished
	}
	for _, t := range v.Topics {
		a.ArticleSection = append(a.ArticleSection, t.Title)
	}
	if im := v.Image; im != nil && im != d.book.image {
		a.Image = &ldImage{"ImageObject", im.URL, im.Caption, im.Credit, im.Width, im.Height}
	}
	for i := range v.Updates {
		if u := &v.Updates[i]; u.Type == "correction" {
			a.Correction = append(a.Correction, ldComment{Type: "CorrectionComment",
				Text: u.Text.plain(), DatePublished: u.Date.Datetime})
		}
	}
	d.syndicated(a, v.Syndication)
	d.mentioned(a, v)
	d.cited(a, v)
	questions := d.made.questions.Room(len(v.Questions))
	for i := range v.Questions {
		questions = append(questions, d.question(&v.Questions[i]))
	}
	if !d.book.site.Config.FAQ || d.url == "" || len(questions) == 0 {
		a.HasPart = questions
		return []any{a}
	}
	return []any{a, &ldPage{Type: "FAQPage", ID: d.url, URL: d.url, Name: v.Title,
		InLanguage: v.Lang, MainEntity: questions}}
}

func (d *Data) people(list []Author) []ldPerson {
	var out []ldPerson
	for _, a := range list {
		out = append(out, ldPerson{Type: "Person", Name: a.Name, URL: d.link(a.URL), JobTitle: a.Role})
	}
	return out
}

// syndicated says where an article comes from.
func (d *Data) syndicated(a *ldArticle, s *Syndication) {
	if s == nil {
		return
	}
	if s.License != "" {
		a.License = &ldThing{Type: "CreativeWork", Name: s.License}
	}
	a.CreditText = strings.Join(append([]string{s.Originator}, s.Via...), ", ")
	a.IsBasedOn = &ldWork{Type: "CreativeWork", URL: web(s.URL)}
	if s.Originator != "" {
		a.IsBasedOn.Publisher = &ldThing{Type: "Organization", Name: s.Originator}
	}
	p := d.book.publisher
	a.SDPublisher = &ldOrganization{Type: p.Type, ID: p.ID, Name: p.Name}
}

// mentioned are the article's events. What its terms are, their own pages say.
func (d *Data) mentioned(a *ldArticle, v *Explainer) {
	a.Mentions = d.made.events.Room(len(v.Timeline))
	for i := range v.Timeline {
		ev := &v.Timeline[i]
		if ev.Place == nil {
			continue
		}
		if e := newEvent(ev.Title, ev.EDTF, ev.Status, &ldNamed{Type: "Place", Name: ev.Place.Title,
			URL: d.link(ev.Place.URL)}, d.link(anchorOf("", ev.Anchor))); e != nil {
			a.Mentions = append(a.Mentions, *e)
		}
	}
}

// workTypes are schema.org's types for those of CSL, less those that a search
// engine would take for the page's own: an article, a data set.
var workTypes = map[string]string{"article-journal": "ScholarlyArticle", "bill": "Legislation",
	"book": "Book", "legislation": "Legislation", "report": "Report",
	"thesis": "Thesis", "webpage": "WebPage"}

// cited are the works that the article cites. What an unnamed source said is
// no work.
func (d *Data) cited(a *ldArticle, v *Explainer) {
	a.Citation = d.made.works.Room(len(v.Sources))
	for i := range v.Sources {
		src := &v.Sources[i]
		if src.Attribution == "unnamed" {
			continue
		}
		w := ldWork{Type: "CreativeWork", Name: src.Title, URL: web(src.URL), DatePublished: isoDate(src.IssuedEDTF)}
		if t := workTypes[src.Type]; t != "" {
			w.Type = t
		}
		for _, name := range src.Authors {
			if name != src.Publisher {
				w.Author = append(w.Author, ldPerson{Type: "Person", Name: name})
			}
		}
		if src.Publisher != "" {
			w.Publisher = d.made.things.One()
			*w.Publisher = ldThing{Type: "Organization", Name: src.Publisher}
		}
		a.Citation = append(a.Citation, w)
	}
}

// introduce works out what structured data says of the site on many pages, and
// has it summed with whatever else decides what they say.
func (b *Book) introduce() {
	b.publisher = b.newPublisher()
	cfg := &b.site.Config
	if u := b.publicFile(cfg.Image); u != "" {
		b.image = &Image{URL: u}
	} else if cfg.ShareImages && cfg.Image == "" && cfg.BaseURL != "" && b.Find(siteSharePath) >= 0 {
		b.image = &Image{URL: cfg.BaseURL + siteSharePath} // og:site_name says what it says
	}
	who, err := json.Marshal(b.publisher)
	if err != nil {
		panic(err) // it is made of strings
	}
	b.sumBase()
	b.base = fmt.Appendf(b.base, "%s %t\n", who, b.site.Config.FAQ)
}

// newPublisher is who stands behind the site; without a publisher in site.yaml
// the site itself.
func (b *Book) newPublisher() *ldOrganization {
	cfg := &b.site.Config
	p := &ldOrganization{Type: "NewsMediaOrganization", ID: idOf(cfg.BaseURL, "publisher"),
		Name: cfg.Publisher.Name, URL: cfg.Publisher.URL}
	if p.Name == "" {
		p.Type, p.Name = "Organization", cfg.Title
	}
	if p.URL == "" {
		p.URL = cfg.BaseURL
	}
	if u := b.publicFile(cfg.Publisher.Logo); u != "" {
		p.Logo = &ldImage{Type: "ImageObject", ContentURL: u}
	}
	for _, policy := range cfg.Publisher.Policies {
		u := policy.URL
		if path, ok := strings.CutPrefix(u, "/"); ok {
			if cfg.BaseURL == "" {
				continue
			}
			u = linker{prefix: cfg.BaseURL}.to(path)
		}
		if at := p.policy(strings.ReplaceAll(policy.Title, "_", "-")); at != nil {
			*at = u
		}
	}
	return p
}

// policy is the property for a policy's key in site.yaml, nil where schema.org
// has none.
func (p *ldOrganization) policy(key string) *string {
	switch key {
	case "corrections":
		return &p.Corrections
	case "ethics":
		return &p.Ethics
	case "diversity":
		return &p.Diversity
	case "diversity-staffing", "staffing":
		return &p.Staffing
	case "fact-checking", "verification":
		return &p.FactChecking
	case "feedback", "actionable-feedback":
		return &p.Feedback
	case "funding", "ownership", "ownership-funding":
		return &p.Ownership
	case "principles", "publishing-principles":
		return &p.Principles
	case "unnamed-sources", "anonymous-sources":
		return &p.UnnamedSources
	}
	if p.Type != "NewsMediaOrganization" {
		return nil
	}
	switch key {
	case "masthead":
		return &p.Masthead
	case "mission", "mission-coverage-priorities":
		return &p.Mission
	case "no-bylines":
		return &p.NoBylines
	}
	return nil
}

// publicFile is the address of a picture that site.yaml names: one of the
// site's own files, or one elsewhere. It is "" where there is none.
func (b *Book) publicFile(name string) string {
	if web(name) != "" {
		return name
	}
	name = strings.TrimPrefix(name, "/")
	if i := b.Find(name); name != "" && b.site.Config.BaseURL != "" && i >= 0 && b.page(i).open != nil {
		return b.site.Config.BaseURL + escapePath(b.page(i).path)
	}
	return ""
}

// share finds the picture that stands for an explainer elsewhere: the one that
// leads, else the first within the text. A sensitive one never does.
func (b *builder) share(e *site.Explainer) *Image {
	var found *document.Image
	for _, im := range e.Images {
		if im.Sensitive == "" && !im.Decorative && (found == nil || found.Placed && !im.Placed) {
			found = im
		}
	}
	base := b.book.site.Config.BaseURL
	if b.book.shared[e] && base != "" {
		return &Image{URL: base + escapePath(sharePath(e)), Alt: e.Title, Width: picture.Width, Height: picture.Height}
	}
	if found == nil || base == "" {
		return b.book.image
	}
	outer := b.link.prefix
	b.link.prefix = base
	u := b.imageURL(site.Origin{Explainer: e}, found.Src)
	b.link.prefix = outer
	if u == "" {
		return b.book.image
	}
	size := b.pixels(site.Origin{Explainer: e}, found.Src)
	im := &Image{URL: u, Alt: found.Alt, Credit: found.Credit, Width: size.Width, Height: size.Height}
	if f := b.fragment(found.Caption); f != nil {
		im.Caption = (&Prose{fragment: f}).plain()
	}
	return im
}

// articleTags fills in what an explainer's <meta> says to machines.
func (b *builder) articleTags(p *Page, e *site.Explainer) {
	p.Image = b.share(e)
	p.PublishedTime, p.ModifiedTime = b.day(e.Published).Datetime, b.day(later(e.Updated, e.Published)).Datetime
	if len(e.Topics) > 0 {
		p.Section = e.Topics[0].Title
	}
	for _, a := range e.Authors {
		p.AuthorNames = append(p.AuthorNames, a.Name)
	}
}

// locale is the form that Open Graph has for a language with its region.
func locale(tag string) string {
	parts := strings.Split(tag, "-")
	for _, p := range parts[1:] {
		switch {
		case len(p) == 1: // an extension begins
			return ""
		case len(p) == 2:
			return strings.ToLower(parts[0]) + "_" + strings.ToUpper(p)
		}
	}
	return ""
}
