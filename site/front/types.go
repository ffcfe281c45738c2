package front

import "nutgraf/site/diag"

// Text is one scalar as the writer wrote it. Value is read from the raw
// scalar, so that no, 1.10 and 2024-03-22 mean what they look like. Span is
// the scalar's place in the file, quotes or block indicator included; it is
// zero where the writer gave nothing.
type Text struct {
	Value string
	diag.Span
}

// Given reports whether the writer gave a value, be it an empty one.
func (t Text) Given() bool { return !t.IsZero() }

// Bool is a Text that says true or false.
type Bool struct {
	Value bool
	diag.Span
}

// Given reports whether the writer gave a value.
func (b Bool) Given() bool { return !b.IsZero() }

// Number is a Text that is a decimal number.
type Number struct {
	Value float64
	diag.Span
}

// Given reports whether the writer gave a value.
func (n Number) Given() bool { return !n.IsZero() }

// Entry is one pair of a map whose keys the writer chooses.
type Entry struct{ Key, Value Text }

// Explainer is the front matter of content/explainers/<id>.md.
type Explainer struct {
	Title       Text           `front:"title"`
	Standfirst  Text           `front:"standfirst"` // Markdown, one paragraph
	Label       Text           `front:"label"`
	Status      Text           `front:"status,draft|review|published|withdrawn"`
	Published   Text           `front:"published"` // date or date-time
	Updated     Text           `front:"updated"`
	AsOf        Text           `front:"as_of"`
	ReviewBy    Text           `front:"review_by"` // date, duration or never
	Authors     []Text         `front:"authors"`
	Editor      []Text         `front:"editor,one"` // ",one": a single value is a list of one
	Topics      []Text         `front:"topics"`
	Questions   []Question     `front:"questions"`
	Knowns      []Text         `front:"knowns"`   // Markdown lines
	Unknowns    []Text         `front:"unknowns"` // Markdown lines
	Timeline    []Event        `front:"timeline"`
	Sources     []Source       `front:"sources"`
	Images      []Image        `front:"images"`
	Updates     []Update       `front:"updates"`
	Method      Text           `front:"method"` // Markdown
	Syndication Syndication    `front:"syndication"`
	Glossary    TermChoice     `front:"glossary"`
	Related     []Text         `front:"related"`
	Aliases     []Text         `front:"aliases"`
	Lang        Text           `front:"lang"`
	Index       Bool           `front:"index"`
	Notes       Text           `front:"notes"`
	Params      map[string]any `front:"params"`
	// Keys holds where each top-level key stands that the writer gave.
	Keys map[string]diag.Span `front:"-"`
	// Unclear says that a top-level key which is not known looks as if it said
	// whether the explainer is published.
	Unclear bool `front:"-"`
}

// Question is one item of questions.
type Question struct {
	Question  Text        `front:"question"`
	ID        Text        `front:"id"`
	Short     Text        `front:"short"`  // plain text
	Answer    Text        `front:"answer"` // Markdown
	Use       Text        `front:"use"`    // <explainer>#<id>
	Sources   []Text      `front:"sources"`
	AsOf      Text        `front:"as_of"`
	Updated   Text        `front:"updated"`
	ReviewBy  Text        `front:"review_by"`
	Aliases   []Text      `front:"aliases"`
	diag.Span `front:"-"` // the whole item
}

// Event is one item of timeline.
type Event struct {
	Date       Text   `front:"date"` // EDTF
	Title      Text   `front:"title"`
	ID         Text   `front:"id"`
	Text       Text   `front:"text"` // Markdown
	Status     Text   `front:"status,confirmed|reported|claimed|disputed|scheduled"`
	Flag       Text   `front:"flag"`
	DateText   Text   `front:"date_text"`
	Importance Number `front:"importance"`
	Place      Text   `front:"place"`
	Tags       []Text `front:"tags"`
	Question   Text   `front:"question"`
	Sources    []Text `front:"sources"`
	Use        Text   `front:"use"` // <explainer>#<event>
	diag.Span  `front:"-"`
}

// Source is one item of sources. An item that is a scalar is the id of a
// source in sources.yaml: it fills Ref alone.
type Source struct {
	Ref           Text   `front:"-"`
	ID            Text   `front:"id"`
	Title         Text   `front:"title"`
	Type          Text   `front:"type"` // CSL 1.0.2 item type
	Author        []Text `front:"author,one"`
	Publisher     Text   `front:"publisher"`
	Issued        Text   `front:"issued"` // EDTF
	Accessed      Text   `front:"accessed"`
	URL           Text   `front:"url"`
	ArchiveURL    Text   `front:"archive_url"`
	Archived      Text   `front:"archived"`
	Attribution   Text   `front:"attribution,named|unnamed|document|claim"`
	UnnamedReason Text   `front:"unnamed_reason"`
	Via           Text   `front:"via"`
	diag.Span     `front:"-"`
}

// Image is one item of images.
type Image struct {
	Src          Text `front:"src"`
	Alt          Text `front:"alt"`
	Decorative   Bool `front:"decorative"`
	Caption      Text `front:"caption"` // Markdown
	Credit       Text `front:"credit"`
	CreditReason Text `front:"credit_reason"`
	Taken        Text `front:"taken"` // EDTF
	Place        Text `front:"place"`
	Sensitive    Text `front:"sensitive,graphic|distressing"`
	Warning      Text `front:"warning"`
	diag.Span    `front:"-"`
}

// Update is one item of updates.
type Update struct {
	Date        Text   `front:"date"`
	Type        Text   `front:"type,update|correction|clarification|editors-note|review"`
	Text        Text   `front:"text"` // Markdown
	Questions   []Text `front:"questions"`
	Was         Text   `front:"was"`
	Substantive Bool   `front:"substantive"`
	diag.Span   `front:"-"`
}

// Syndication says where an explainer was first published.
type Syndication struct {
	Originator Text   `front:"originator"`
	URL        Text   `front:"url"`
	Via        []Text `front:"via"`
	License    Text   `front:"license"`
	Adapted    Bool   `front:"adapted"`
	Canonical  Bool   `front:"canonical"`
	diag.Span  `front:"-"`
}

// TermChoice says which glossary entries an explainer links by itself.
type TermChoice struct {
	Skip      []Text `front:"skip"`
	Only      []Text `front:"only"`
	diag.Span `front:"-"`
}

// Term is the front matter of content/glossary/<id>.md.
type Term struct {
	Term        Text                 `front:"term"`
	Short       Text                 `front:"short"` // plain text
	Kind        Text                 `front:"kind,term|person|organisation|place|law|event"`
	Forms       []Text               `front:"forms"`
	Formerly    []Text               `front:"formerly"`
	Match       Text                 `front:"match,auto|exact|ignore|off"`
	SeeAlso     []Text               `front:"see_also"`
	SameAs      []Text               `front:"same_as"`
	Sources     []Source             `front:"sources"`
	Avoid       []Text               `front:"avoid"`
	Updated     Text                 `front:"updated"`
	Aliases     []Text               `front:"aliases"`
	Role        Text                 `front:"role"`
	Affiliation Text                 `front:"affiliation"`
	Sort        Text                 `front:"sort"`
	Lat         Number               `front:"lat"`
	Lon         Number               `front:"lon"`
	Keys        map[string]diag.Span `front:"-"`
}

// Page is the front matter of content/pages/<id>.md.
type Page struct {
	Title      Text                 `front:"title"`
	Standfirst Text                 `front:"standfirst"`
	Published  Text                 `front:"published"`
	Index      Bool                 `front:"index"`
	Aliases    []Text               `front:"aliases"`
	Keys       map[string]diag.Span `front:"-"`
}

// Author is one entry of authors.yaml; ID is its key.
type Author struct {
	ID   Text `front:"-"`
	Name Text `front:"name"`
	Role Text `front:"role"`
	URL  Text `front:"url"`
}

// Topic is one entry of topics in site.yaml; Slug is its key.
type Topic struct {
	Slug  Text `front:"-"`
	Title Text `front:"title"`
	Text  Text `front:"text"`
}

// Site is content/site.yaml.
type Site struct {
	Title       Text                 `front:"title"`
	Tagline     Text                 `front:"tagline"`
	Image       Text                 `front:"image"`
	BaseURL     Text                 `front:"base_url"`
	Lang        Text                 `front:"lang"`
	Timezone    Text                 `front:"timezone"`
	Publisher   Publisher            `front:"publisher"`
	Reply       Reply                `front:"reply"`
	Topics      []Topic              `front:"topics"` // a map in the file; in its order
	Pinned      []Text               `front:"pinned"`
	Navigation  []Link               `front:"navigation"`
	Accent      Text                 `front:"accent"`
	Type        Text                 `front:"type,house|system"`
	Age         Text                 `front:"age"` // duration or off
	Styles      []Text               `front:"styles"`
	Notice      Notice               `front:"notice"`
	Words       []Entry              `front:"words"`
	Outputs     []Text               `front:"outputs,cards|markdown|share-images|faq"`
	PerPage     Number               `front:"per_page"`
	FeedLimit   Number               `front:"feed_limit"`
	Typographer Bool                 `front:"typographer"`
	Redirects   []Entry              `front:"redirects"`
	CSPAllow    []Allow              `front:"csp_allow"` // a map of directive to hosts
	Check       []Entry              `front:"check"`
	Params      map[string]any       `front:"params"`
	Keys        map[string]diag.Span `front:"-"`
}

// Publisher is who stands behind the site.
type Publisher struct {
	Name     Text    `front:"name"`
	URL      Text    `front:"url"`
	Logo     Text    `front:"logo"`
	Policies []Entry `front:"policies"`
}

// Notice is a line on top of every page, until a day.
type Notice struct {
	Text  Text `front:"text"` // plain text
	Until Text `front:"until"`
}

// Reply is where a reader's question or report of an error goes.
type Reply struct {
	Email Text `front:"email"`
	Form  Text `front:"form"`
}

// Link is one item of navigation.
type Link struct {
	Title Text `front:"title"`
	URL   Text `front:"url"`
}

// Allow is one directive of csp_allow with its hosts.
type Allow struct {
	Directive Text
	Hosts     []Text
}

// described says of each key what it is for, in a line that editors show beside
// it: by the struct and the key.
var described = map[string]string{
	"Explainer.title": "The headline: usually the question that the explainer answers. The " +
		"body's one # heading may stand for it.",
	"Explainer.standfirst": "One paragraph under the headline, in lists and in what search engines show. Markdown.",
	"Explainer.label":      "What is printed above the headline. Explainer, unless given.",
	"Explainer.status": "draft and review stay off the site, published is live from its date " +
		"on, withdrawn keeps only the address and an editor's note: pictures and documents go.",
	"Explainer.published": "The day it goes live, as 2024-03-22, or with a time as " +
		"2024-03-22T09:00. In the future, it is held back until then.",
	"Explainer.updated": "When it last changed in substance. Unless given, the newest entry of updates says so.",
	"Explainer.as_of":   "The day to which the text refers. Unless given, the day it was published.",
	"Explainer.review_by": "When somebody should read it again: a date; a time from as_of or " +
		"the newest review, such as 90d, 12w, 6m, 1y; or never.",
	"Explainer.authors": "Who wrote it: ids of authors.yaml, or names.",
	"Explainer.editor":  "Who edited it: an id of authors.yaml, or a name; or a list of them.",
	"Explainer.topics": "The topics that it belongs to: lower-case words with hyphens. Where " +
		"site.yaml lists topics, one of those.",
	"Explainer.questions": "The questions, in the order in which readers see them. An answer " +
		"stands in answer, or below in the body under ## and the question.",
	"Explainer.knowns":      "What is known, a line of Markdown each.",
	"Explainer.unknowns":    "What is not known, a line of Markdown each.",
	"Explainer.timeline":    "What happened when. The events stand here and on the timeline of the whole site.",
	"Explainer.sources":     "Where it is from. [@id] in the text cites one.",
	"Explainer.images":      "The pictures. One that stands nowhere in the text leads the page.",
	"Explainer.updates":     "What was changed since it was published, corrections included.",
	"Explainer.method":      "How this was reported. Markdown.",
	"Explainer.syndication": "Where it was first published, if elsewhere.",
	"Explainer.glossary":    "Which terms of the glossary are linked here by themselves.",
	"Explainer.related":     "Ids of explainers to read next. More are found by themselves.",
	"Explainer.aliases":     "Old addresses that lead here, as /2019/old-name/.",
	"Explainer.lang":        "The language, where it is another than the site's: en, fr, pt-BR.",
	"Explainer.index":       "false keeps it out of search engines, the sitemap and feeds.",
	"Explainer.notes":       "For your desk: in no page. Markdown.",
	"Explainer.params":      "Free data for templates of your own.",

	"Question.question": "The question, as a reader would ask it. Unless given, the heading in the body.",
	"Question.id": "The end of its address. Unless given, made of the question; with one " +
		"of its own, the address stays when the words change.",
	"Question.short":     "The answer in short, at most 50 words of plain text: for summaries, previews and search.",
	"Question.answer":    "The answer, in Markdown, where it does not stand in the body.",
	"Question.use":       "Shows the answer of another explainer, as explainer#question.",
	"Question.sources":   "Ids of sources for this answer, besides those that it cites.",
	"Question.as_of":     "The day to which this answer refers, where it is not the explainer's.",
	"Question.updated":   "When this answer last changed in substance.",
	"Question.review_by": "When somebody should read this answer again: a date, a time such as 90d, or never.",
	"Question.aliases":   "Old ids of this question, which go on working.",

	"Event.date": "When it happened, as exactly as it is known: 2024-03-22, 2024-03, 2014, " +
		"2018~ (about), 2024-spring, 2014-q4 or 2024-h1 (some day within), 2022-12-14/2022-12-19 (from, to).",
	"Event.title": "What happened, in one line.",
	"Event.id":    "A name for it. Unless given, its date; a second event of one date needs one.",
	"Event.text":  "More about it. Markdown.",
	"Event.status": "Whether what the title says happened. confirmed, unless given; of what " +
		"is still to come, scheduled.",
	"Event.flag":       "Up to six words beside the date, such as day not recorded.",
	"Event.date_text":  "The date in words of your own. The order is that of date.",
	"Event.importance": "1 is highest. 2, unless given.",
	"Event.place":      "Where: the id of a glossary entry, or text.",
	"Event.tags":       "Words to sift the timeline by: lower-case, with hyphens.",
	"Event.question":   "The id of the question that it belongs to.",
	"Event.sources":    "Ids of sources.",
	"Event.use": "The same event as told in another explainer, as explainer#event. Nothing " +
		"else stands beside it.",

	"Source.id":    "A short name, for [@id] in the text.",
	"Source.title": "Its title, or what it is.",
	"Source.type": "What kind of source, in the words of the Citation Style Language: " +
		"article-newspaper, report, webpage, interview.",
	"Source.author":         "Who wrote or said it. One name, or a list.",
	"Source.publisher":      "The newspaper, publishing house or body that it is from.",
	"Source.issued":         "When it came out: 2024-03-22, 2024-03, 2014.",
	"Source.accessed":       "When you looked at it.",
	"Source.url":            "Its address, with https:// in front.",
	"Source.archive_url":    "The address of a copy in an archive.",
	"Source.archived":       "When that copy was made.",
	"Source.attribution":    "named, unnamed, a document, or a claim by a party.",
	"Source.unnamed_reason": "Why a source is not named. Readers see it.",
	"Source.via":            "The id of the source that carries this one: an official, via Reuters.",

	"Image.src":           "The picture's file. It lies in the folder of the explainer's name.",
	"Image.alt":           "What the picture shows, for readers who can't see it.",
	"Image.decorative":    "true where the picture says nothing that the text does not, and so needs no alt.",
	"Image.caption":       "The line under the picture. Markdown.",
	"Image.credit":        "Whose picture it is. none needs a credit_reason.",
	"Image.credit_reason": "Why there is no credit.",
	"Image.taken":         "When it was taken.",
	"Image.place":         "Where it was taken.",
	"Image.sensitive":     "graphic or distressing: readers see the picture once they choose to.",
	"Image.warning":       "What stands in place of a sensitive picture until then.",

	"Update.date": "When it was changed.",
	"Update.type": "What sort of change. update, unless given; review where it was looked " +
		"through again and is still right.",
	"Update.text":        "What was changed, for readers. Markdown, one paragraph. A review needs none.",
	"Update.questions":   "Ids of the questions whose answers changed.",
	"Update.was":         "The words that were wrong.",
	"Update.substantive": "Whether it moves the date of the explainer. true, unless the type is review.",

	"Syndication.originator": "Who published it first.",
	"Syndication.url":        "Where it was first published.",
	"Syndication.via":        "Through whom it came to you.",
	"Syndication.license":    "Under which licence.",
	"Syndication.adapted":    "true where you changed it.",
	"Syndication.canonical":  "true tells search engines that the first one is the original.",

	"TermChoice.skip": "Ids of terms that are not linked by themselves here.",
	"TermChoice.only": "Ids of the only terms that are.",

	"Term.term":     "The word or name, as it looks in print.",
	"Term.short":    "What it is, at most 40 words of plain text. Readers see it where the term is linked.",
	"Term.kind":     "What sort of entry. term, unless given.",
	"Term.forms":    "Other ways to write it that are linked too: plurals, long names, abbreviations.",
	"Term.formerly": "Older names. Linked too, and printed as such.",
	"Term.match": "auto: an all-capital form matches exactly, others in any case. exact, " +
		"ignore (the case), or off: linked by hand only.",
	"Term.see_also":    "Ids of other entries.",
	"Term.same_as":     "Addresses of pages about the same thing, such as its own or Wikidata's.",
	"Term.sources":     "Where this is from. [@id] in the text cites one.",
	"Term.avoid":       "Spellings that your house avoids.",
	"Term.updated":     "When it last changed.",
	"Term.aliases":     "Old addresses that lead here, as /2019/old-name/.",
	"Term.role":        "What a person does.",
	"Term.affiliation": "Where a person does it: the id of an entry, or text.",
	"Term.sort":        "A person's name as lists sort it: Scott, C. P. The last word first, unless given.",
	"Term.lat":         "Where a place lies, in decimal degrees north.",
	"Term.lon":         "Where a place lies, in decimal degrees east.",

	"Page.title":      "The words at the top of the page.",
	"Page.standfirst": "One paragraph under the title. Markdown.",
	"Page.published":  "The day it goes live. In the future, it is held back until then.",
	"Page.index":      "false keeps it out of search engines and the sitemap.",
	"Page.aliases":    "Old addresses that lead here, as /2019/old-name/.",

	"Author.name": "The name, as it is printed.",
	"Author.role": "What they do.",
	"Author.url":  "A page about them.",

	"Topic.title": "Its name, as it is printed.",
	"Topic.text":  "What it is about, in one sentence.",

	"Site.title":      "The name of the site, at the top of every page. Unless given, the folder's name.",
	"Site.tagline":    "One sentence at the foot of every page.",
	"Site.image":      "A picture in static/, shared where a page has none of its own.",
	"Site.base_url":   "The address of the site. Feeds, the sitemap and share tags need it.",
	"Site.lang":       "The language of the site: en, fr, pt-BR.",
	"Site.timezone":   "The time zone of its dates: Europe/Berlin, Asia/Tbilisi, UTC.",
	"Site.publisher":  "Who stands behind the site.",
	"Site.reply":      "Where a reader's question or report of an error goes.",
	"Site.topics":     "All topics, by their short names. With this list, any other is an error.",
	"Site.pinned":     "Ids of explainers that come first on the home page.",
	"Site.navigation": "The links at the top of every page. Unless given: explainers, timeline, glossary, search.",
	"Site.accent":     "The colour of links, in quotes: \"#1f3a93\". It must be dark enough to read.",
	"Site.type":       "house: the theme's typefaces. system: those of the reader's device, for smaller pages.",
	"Site.age": "How long after somebody last looked at it a page says how old it is: " +
		"90d, 12w, 6m, 1y (unless given), or off.",
	"Site.styles": "CSS files in static/, which come after the theme's own. They may set its " +
		"custom properties: site/doc/look.md.",
	"Site.notice": "A line on top of every page.",
	"Site.words":  "Words of the theme itself, in your house's style.",
	"Site.outputs": "What is made besides the pages: a page for each answer, Markdown copies, " +
		"pictures to share, schema.org's FAQPage.",
	"Site.per_page":    "How many stand on one page of a list. 20, unless given.",
	"Site.feed_limit":  "How many stand in a feed. 50, unless given.",
	"Site.typographer": "true sets typographic quotes, dashes and ellipses.",
	"Site.redirects":   "Old paths and where they lead now.",
	"Site.csp_allow":   "Other hosts that pages may load from or send to: for analytics, or a newsletter's form.",
	"Site.check":       "Rules by name: error, warning or off.",
	"Site.params":      "Free data for templates of your own.",

	"Publisher.name":     "The name, as it is printed.",
	"Publisher.url":      "The publisher's own site.",
	"Publisher.logo":     "A picture in static/.",
	"Publisher.policies": "Pages on how you work, by name: corrections: /corrections/.",

	"Notice.text":  "What it says: plain text, in a sentence.",
	"Notice.until": "The last day on which readers see it, as 2024-03-22. Unless given, it stays.",

	"Reply.email": "A mail address.",
	"Reply.form":  "The address of a form. With email too, readers are offered both.",

	"Link.title": "The words of the link.",
	"Link.url":   "A path of this site such as /about/, or an address.",
}
