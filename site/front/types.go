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
