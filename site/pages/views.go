package pages

import (
	"slices"

	"nutgraf/site"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
	"nutgraf/site/theme"
)

// Views are what templates are given: plain data, complete for their page.
// Their fields are the API of template authors; a change is noted in
// site/doc/changes.md. Every URL in a View is relative to its page and ready
// for href; every text is plain text unless its type is *Prose.

// ViewVersion changes whenever a View or what fills it does, so that pages
// made by another version are never taken for ours.
const ViewVersion = "5"

// Prose is Markdown made into HTML: {{.HTML}}.
type Prose struct {
	Sum   document.Sum // of the Fragment
	Fills []string     // of its holes, in order
	Links []markdown.TermLink

	fragment *markdown.Fragment
}

// HTML returns the text with everything filled in.
func (p *Prose) HTML() theme.HTML {
	b, _ := p.AppendHTML(nil) // never an error
	return theme.HTML(b)
}

// AppendHTML appends what HTML returns to buf.
func (p *Prose) AppendHTML(buf []byte) ([]byte, error) {
	if p == nil {
		return buf, nil
	}
	return p.fragment.Weave(buf, p.Fills, p.Links), nil
}

// cites reports whether the text cites a source.
func (p *Prose) cites(id string) bool {
	if p == nil {
		return false
	}
	named := func(c markdown.Cite) bool { return c.ID == id }
	return slices.ContainsFunc(p.fragment.Holes,
		func(h markdown.Hole) bool { return slices.ContainsFunc(h.Cites, named) })
}

// Date is a moment as readers see it and as machines read it. Without Words
// there is none.
type Date struct {
	Words    string // "22 March 2024"
	Datetime string // for <time datetime>; "" where HTML has no form for it
}

// Link is a link with its words.
type Link struct {
	Title   string
	URL     string
	Current bool // leads to the page it stands on, or the section of it
	Count   int  // of what it leads to, where that is of interest
}

// Site is what every page of the site shares.
type Site struct {
	Title         string
	Tagline       string
	Lang          string
	Dir           string // ltr or rtl
	PublisherName string
	PublisherURL  string
	Policies      []Link
	ReplyEmail    string
	ReplyForm     string
	Type          string            // house or system
	Notice        Notice            // on top of every page
	Words         map[string]string // the theme's own words, by key: {{.Site.Word "in-short"}}
	Thousands     string            // stands between thousands
	Together      int               // digits that stand without it, 0 for three
	Plurals       map[string]string // by the key of words of a number, the language that they are in
	Params        map[string]any
}

// Notice is a line on top of every page; without Text there is none.
type Notice struct {
	Text string
	Lang string // where it is another than the page's
}

// Page is what every page has. Each View embeds it.
type Page struct {
	Site        *Site
	Layout      string // explainer, home, …: the template's name
	Title       string // of the page, without the site's
	Long        bool   // the title is so long that it should be set smaller
	Description string // plain text
	Lang, Dir   string
	Locale      string // of Open Graph: en_GB; "" where the language names no region
	Canonical   string // absolute; "" without base_url
	ShareURL    string `fingerprint:"-"` // of this page itself, to share it; likewise
	NoIndex     bool
	Breadcrumbs []Link
	OGType      string // article or website
	Image       *Image // to share the page with; nil without base_url or picture

	// Of articles, for machines.

	PublishedTime string // 2024-03-22, or with its clock RFC 3339
	ModifiedTime  string
	Section       string   // the first topic
	AuthorNames   []string // as in the byline

	Params map[string]any // of the document

	// What follows from the page's path and what Book.base sums is not summed
	// again for each page.

	Data       *Data    `fingerprint:"-"` // structured data: {{.Data.HTML}}
	Root       string   `fingerprint:"-"` // what leads to the site's first page: "../../"; "" or "./" at the top
	HomeURL    string   `fingerprint:"-"` // the home page, relative
	SearchURL  string   `fingerprint:"-"` // the search page, which takes words as ?q=
	CSS, JS    string   `fingerprint:"-"` // URLs; JS is "" where there is none
	Styles     []string `fingerprint:"-"` // URLs of the site's own style sheets, after CSS
	Icon       string   `fingerprint:"-"`
	Navigation []Link   `fingerprint:"-"`
	Foot       []Link   `fingerprint:"-"` // what stands at the foot of each page
	Feeds      []Feed   `fingerprint:"-"`
	CSP        string   `fingerprint:"-"` // for <meta http-equiv>
	Generator  string   `fingerprint:"-"`
}

// Image is the picture that a page is shared with.
type Image struct {
	URL     string // absolute
	Alt     string
	Caption string // plain text
	Credit  string
	Width   int // in pixels; 0 where unknown
	Height  int
}

// Feed is a <link rel="alternate">.
type Feed struct{ Title, URL, Type string }

// Pager leads through a list that has several pages.
type Pager struct {
	Number   int // 1 is the oldest
	Total    int
	NewerURL string // "" on the newest
	OlderURL string // "" on the oldest
}

// Parts lead through the pages of a list by name.
type Parts struct {
	Number      int // of the page, from 1
	Pages       int
	PreviousURL string // "" on the first page
	NextURL     string // "" on the last
}

// Card is an explainer in a list.
type Card struct {
	Site       *Site
	Title      string
	URL        string
	Label      string
	Standfirst string
	Published  Date
	Updated    Date
	Topics     []Link
	Questions  []QuestionLink // in order: all of them, or the first of the lead

	QuestionCount int    // all there are
	ShortAnswers  bool   // at least one of Questions has a short answer
	Some          bool   // Questions are not all
	Long          bool   // of the lead: its title is so long that it should be set smaller
	Lang          string // of the explainer, where it is another than the page's
	Minutes       int    // to read
	TimelineURL   string // of the lead; "" without events
	EventCount    int
}

// QuestionLink is a question with its short answer.
type QuestionLink struct {
	Text  string
	Short string
	URL   string
}

// Home is the View of home.html: / and, as List, its older pages.
type Home struct {
	Page
	Lead     *Card  // the first pinned or newest, on the first page
	Pinned   []Card // without the lead
	Newest   []Card
	Changed  []Update // answers that were changed
	ComingUp []Coming // scheduled, soonest first
	Pager    Pager

	Topics     []Link // those with the most explainers
	TopicCount int    // of all topics
	TopicsURL  string // of the list of them all; "" where Topics has all
	Follow     []Link // feeds and the calendar
}

// Coming is an event that is still to come, in few words.
type Coming struct {
	Date      Date
	Title     string
	URL       string // of the event on its explainer
	Explainer string // the title of that
	Flag      string
	Unsure    bool // the date is not exactly known
}

// List is the View of list.html: /explainers/ and its pages.
type List struct {
	Page
	Cards []Card
	Pager Pager
}

// Menu is what page-menu.html offers on an explainer, and what card.html shows openly.
type Menu struct {
	MarkdownURL  string // "" without outputs: [markdown], and on the page of a question
	ReplyURL     string // mailto: or the form; "" where there is none
	ReplyFormURL string // the form, where ReplyURL is mailto:
	Cite         string // the line to cite the page with; "" without a date
	Follow       []Link // feeds and calendars of the explainer's topics; none for a question
}

// Change is the day on which an explainer was last updated, corrected or reviewed.
type Change struct {
	Word    string // the theme's, before the day
	URL     string // of the log; "" where that does not say more, or Answers do
	Date    Date
	Answers []Link // those that it concerns; none for the whole
}

// Author is somebody who wrote or edited.
type Author struct{ Name, Role, URL string }

// Question is one section of an explainer.
type Question struct {
	Site    *Site
	Number  int // from 1
	ID      string
	Text    string
	Short   string
	Answer  *Prose
	From    *Link    // use: the explainer and question whose answer this is
	Aliases []string // old ids, kept as anchors
	AsOf    Date     // only where the answer has one of its own; on its own page always
	Updated Date
	Newer   bool         // Updated is later than the newest of Changes
	Changes []Update     // what was changed in this answer
	Sources []SourceLink // named for this answer, and cited in it
	CardURL string       // "" without outputs: [cards]
	URL     string       // of the question on its explainer

	ReplyURL     string // with the question's id; "" where there is none
	ReplyFormURL string // the form, where ReplyURL is mailto:
}

// SourceLink is a source as a citation shows it.
type SourceLink struct {
	Number    int
	Title     string
	Publisher string
	URL       string // #source-ID
}

// Event is one dated event.
type Event struct {
	Site        *Site
	ID          string
	Anchor      string // event-ID, unique on its page
	Date        Date
	EDTF        string // ISO 8601-2
	Year        int
	URL         string // of its place in a list; "" on an explainer's page, whose own place it is
	Title       string
	Text        *Prose
	Status      string // confirmed, reported, claimed, disputed, scheduled; planned, where that day has passed
	StatusWord  string // the theme's word for it
	Unsure      bool   // the date is not exactly known: any of the last four
	Flag        string
	Flags       []string // what stands beside the date: Flag, and StatusWord where it says more than that
	Importance  int      // 1 is highest
	Place       *Link    // URL is "" for a place that is no glossary entry
	Tags        []string
	Keys        string       // in lists, what filters find it by: its tags, and its topics behind a slash
	Question    *Link        // Count is its number where it is on the same page
	Sources     []SourceLink // those that Text does not cite
	Explainers  []Link       // where it stands: Current is its own; on an explainer's page the others
	Own         bool         // it stands in one explainer alone
	Lasted      bool         // an interval: a bar
	Open        bool         // an interval without a known start or end
	Approximate bool
	Uncertain   bool
	Vague       bool   // somewhere within: a season, a quarter, a masked date
	Fold        int    // on an explainer's page: how many events from this one on are folded up
	Folded      string // where they lie among those that are shown: earlier, between or later
	FoldEnd     bool   // the last of them
}

// Figure is a picture with its words: figure.html.
type Figure struct {
	Site      *Site
	URL       string
	Alt       string // "" where the picture is decorative
	Caption   *Prose
	Credit    string
	Taken     Date
	Place     string // where it was taken
	Width     int    // in pixels; 0 where unknown
	Height    int
	Sensitive string // graphic or distressing; "" for most
	Warning   string
	Lead      bool

	SensitiveWord string // the theme's word for Sensitive
}

// Term is a glossary entry in a list.
type Term struct {
	ID    string
	Term  string
	Short string
	Kind  string // term, person, organisation, place, law, event
	URL   string // of its page
	Forms []string
	Count int // of uses, where that is of interest

	Site    *Site
	SeeAlso []Link // in the glossary
}

// Source is one source of an explainer.
type Source struct {
	Site            *Site
	Number          int // in the order of citation; 0 in the site's list
	ID              string
	Title           string
	Type            string
	Authors         []string
	Publisher       string
	Issued          Date
	IssuedEDTF      string // ISO 8601-2
	Accessed        Date
	URL             string
	ArchiveURL      string
	Archived        Date
	Attribution     string // named, unnamed, document, claim
	AttributionWord string
	UnnamedReason   string
	Via             *SourceLink
	Back            []Link // to where this page cites it; Count is from 1
	By              []Link // the newest explainers that list it, in the site's list
	More            int    // explainers that list it, too
	MoreURL         string // a search for it, which finds them all
}

// Update is one entry of the log.
type Update struct {
	Site      *Site
	Type      string // update, correction, clarification, editors-note, review
	TypeWord  string
	In        *Link // its explainer, where the page is another one
	Date      Date
	Text      *Prose
	Was       string
	Questions []Link
	Explainer Link
	Anchor    string // of its place on the page of its explainer
}

// Credit is the View of credit.html where it is no part of a page: in feeds and copies.
type Credit struct {
	Site        *Site
	Syndication *Syndication
}

// Syndication is the credit line of an explainer first published elsewhere.
type Syndication struct {
	Originator string
	URL        string
	Via        []string
	License    string
	Adapted    bool
}

// Topics is the View of topics.html: one page of the topics, by name.
type Topics struct {
	Page
	Parts
	Topics []TopicEntry
}

// TopicEntry is one topic in the list of topics.
type TopicEntry struct {
	Link
	Text string
}

// Topic is the View of topic.html.
type Topic struct {
	Page
	Text        string
	Total       int // of explainers
	Cards       []Card
	Pager       Pager
	Changed     []Update
	Terms       []Term // those that most of its explainers use
	TermCount   int    // of all its terms
	TermsURL    string // of the list of them all; "" where Terms has all
	TimelineURL string
	EventCount  int
	Follow      []Link // its feed and its calendar
}

// Glossary is the View of glossary.html: one page of the entries, by name, of the
// site or of a topic.
type Glossary struct {
	Page
	Parts
	Text      string   // what the list is; "" for a topic's
	Index     []Link   // every letter there is; those of this page where they are too many
	Letters   []Letter // those of this page
	Total     int
	Shown     int    // on this page
	DataURL   string // "" for a topic's
	SearchURL string // of the site's search, where the terms fill more than one page
}

// Letter is one letter of the glossary with its terms.
type Letter struct {
	Letter string
	Anchor string
	Terms  []Term
}

// Entry is the View of entry.html: one glossary entry.
type Entry struct {
	Page
	ID          string
	Term        string
	Kind        string
	KindWord    string
	Short       string
	Body        *Prose
	Forms       []string
	Formerly    []string
	SeeAlso     []Term
	SameAs      []string
	Sources     []Source
	Role        string
	Affiliation *Link
	Lat, Lon    string // decimal degrees; "" without
	Point       string // the same in words: 51.0504° N, 13.7373° E
	Updated     Date
	Uses        []Use
	UseCount    int
	Events      []*ListedEvent
	Pager       Pager // of Uses and Events
}

// Use is one place where a term is used, with its sentence.
type Use struct {
	Explainer Link
	Question  Link // Title is "" in an introduction
	Sentence  *Sentence
}

// Sentence is the sentence of a use: {{.Before}}<mark>{{.Match}}</mark>{{.After}}.
type Sentence struct {
	Sum                  document.Sum
	Start                int32
	Before, Match, After string `fingerprint:"-"`
	sentence             site.Sentence
}

// Updates is the View of updates.html.
type Updates struct {
	Page
	Updates []Update
	Pager   Pager
	Follow  []Link // their feed
}

// Sources is the View of sources.html.
type Sources struct {
	Page
	Sources []Source
	Pager   Pager
}

// Plain is the View of plain.html: about, corrections policy.
type Plain struct {
	Page
	Standfirst *Prose
	Body       *Prose
	Published  Date
}

// QuestionCard is the View of card.html: one Q&A on a page of its own; and of
// embed.html, for the pages of others.
type QuestionCard struct {
	Page
	Question      Question
	Explainer     Link
	ExplainerDate Date
	Unreviewed    Date // since when nobody has looked at the explainer, once the site's age has passed
	Sources       []Source
	By            string       // who wrote the answer: "By Ada Quay"; "" where nobody is named
	Syndication   *Syndication // its credit
	Corrected     *Update      // its newest correction
	Menu
	EmbedCode string // HTML to copy, as text; "" without base_url
}

// Search is the View of search.html: without script a list of all explainers
// with their questions.
type Search struct {
	Page
	IndexURL  string // of the index's first file
	ScriptURL string // of what searches; "" where the theme has none
	List      []Card
	Pager     Pager
}

// NotFound is the View of 404.html.
type NotFound struct {
	Page
	Places []TopicEntry // where to look instead
	Newest []Link
}

// Redirect is the View of redirect.html: a page that has moved.
type Redirect struct {
	Page
	To   string
	Name string // of the page that it leads to; its address where it has none
}
