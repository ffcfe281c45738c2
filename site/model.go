package site

import (
	"crypto/sha256"
	"io/fs"
	"reflect"
	"sync"
	"time"

	"github.com/zeebo/xxh3"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/internal/memo"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
	"nutgraf/site/picture"
)

// Sum tells contents apart: the first half of a SHA-256 where they come from
// outside, an XXH3 of 128 bits for pages and what they depend on (decision 22).
type Sum [16]byte

// SumOf returns the SHA-256 sum of b.
func SumOf(b []byte) Sum {
	h := sha256.Sum256(b)
	return Sum(h[:16])
}

// QuickSumOf returns the XXH3 sum of b, which is made by us and compared by us.
func QuickSumOf(b []byte) Sum { return xxh3.Hash128(b).Bytes() }

// Status says how far an explainer is on its way.
type Status uint8

// The statuses that an explainer may have: site/doc/content.md.
const (
	Draft Status = iota
	Review
	Published
	Withdrawn
)

var statusNames = []string{"draft", "review", "published", "withdrawn"}

// String returns the word that front matter uses.
func (s Status) String() string { return statusNames[s] }

// Ref is an id that a writer gave, and where.
type Ref struct {
	ID string
	At diag.Place
}

// Record holds what the site's store keeps of one document: its Fragments,
// and what is said of its sources.
type Record struct {
	ref   memo.Ref
	about memo.Ref
	Sums  []Sum            // of each Fragment: its Markdown and what rendered it
	Marks *Marks           // of an explainer that was loaded with Options.Places
	sides map[int32]string // the file of each Fragment that stands in a list's own file
	// Accepts says that the document's files hold the word with which a comment
	// accepts what check finds.
	Accepts bool
}

// Marks say where in its files that of an explainer stands which the model gives
// no place. The zero Span is that of what is not given.
type Marks struct {
	Title                        diag.Span // the value
	Updated, ReviewBy, Questions diag.Span // the keys
	Body                         diag.Span
	// Shorts are those of the items of questions, Events and Sources of OwnEvents
	// and OwnSources, in their order.
	Shorts, Events, Sources []diag.Place
}

// Place is where something stands in a Fragment; file is the document's own.
func (r *Record) Place(file string, fragment int32, at diag.Span) diag.Place {
	if side, ok := r.sides[fragment]; ok {
		file = side
	}
	return diag.Place{File: file, Span: at}
}

// Prose is one Fragment of a Record. The zero Prose is no text at all.
type Prose struct {
	Record *Record
	Index  int32
}

// Given reports whether there is a text.
func (p Prose) Given() bool { return p.Record != nil }

// Sum returns the Fragment's sum, the zero Sum where there is no text.
func (p Prose) Sum() Sum {
	if p.Record == nil {
		return Sum{}
	}
	return p.Record.Sums[p.Index]
}

// Explainer is one question-and-answer article. The first part is what its
// file says; the second, from Authors on, is what link made of it.
type Explainer struct {
	ID   string
	Lang string // BCP 47; "" is the site's own
	// Edition is the language in the file's name, part of the URL; "" for
	// the first edition.
	Edition string
	Path    string // of the file: content/explainers/isis-k.md
	Folder  string // where its pictures and documents lie, as in content: explainers/isis-k

	Title      string
	Label      string // "" for the theme's own word
	Standfirst Prose
	Summary    string // the standfirst as plain text, or the introduction's first sentence
	Intro      Prose
	Status     Status
	NoIndex    bool
	Words      int32 // of introduction and answers

	Questions  []*Question
	OwnEvents  []*Event // as written, use: among them
	OwnSources []*Source
	Updates    []*Update // newest first
	*ExplainerMore

	Written   Days
	Published time.Time // zero where the file gives none
	Updated   time.Time // the newest of published, updated and substantive updates
	AsOf      time.Time // zero where unknown
	ReviewBy  time.Time // zero where none, or never

	authors, editors, topics []Ref
	rec                      *Record
	text                     memo.Ref // the Markdown of introduction and answers
	headings                 []string // anchors of sub-headings

	// What link found.

	Authors  []*Author
	Editors  []*Author
	Topics   []*Topic
	Answers  []Answer         // one for each question
	Timeline []*TimelineEvent // sorted by date
	Sources  []*Source        // own and shared, in the order of the file
	Related  []*Explainer     // those named first, then the computed ones
	Terms    []*Term          // linked anywhere on its page, by name
	uses     []termUse
	words    *markdown.Vocabulary // of the text in which terms are linked; for Amend
}

// Days are an explainer's days as its file gives them, "" where it gives none.
type Days struct{ Published, Updated, AsOf, ReviewBy string }

// ExplainerMore is what few explainers have.
type ExplainerMore struct {
	Knowns      []Prose
	Unknowns    []Prose
	Images      []*Image
	Method      Prose
	Syndication *Syndication
	Params      map[string]any
	Aliases     []Ref

	lost                lists
	related, skip, only []Ref
	asked               []*Question // all, where link left out some of Questions
}

// Question is one section of an Explainer. What few questions have lies in
// QuestionMore, so that a site of 100,000 explainers fits into memory; the
// same goes for explainers, events and sources.
type Question struct {
	ID     string
	Text   string
	Short  string // plain text, may be empty
	Answer Prose  // not given where Use is
	At     diag.Place
	*QuestionMore
}

// QuestionMore is what few questions have.
type QuestionMore struct {
	Use      *Ref // <explainer>#<id>
	Sources  []Ref
	AsOf     string
	Updated  string
	ReviewBy string
	Aliases  []string

	idAt    diag.Place   // where the id stands; zero where none is given
	aliasAt []diag.Place // of each of Aliases
}

// Answer is what stands under a question: its own text or, by use:, that of
// another explainer's question, whose URL is then the canonical one.
type Answer struct {
	Explainer *Explainer // whose text it is
	Question  *Question
	*AnswerDates
}

// AnswerDates are the dates that few answers have of their own.
type AnswerDates struct {
	AsOf    time.Time
	Updated time.Time // zero where the answer was never changed on its own
}

var noAnswerDates AnswerDates

// Event is one dated event as an explainer tells it.
type Event struct {
	ID         string
	Date       edtf.Date
	Title      string
	Text       Prose
	Importance int
	*EventMore
}

// EventMore is what few events have.
type EventMore struct {
	Status   string // as given: "" for confirmed, or scheduled after as_of
	Flag     string
	DateText string
	Place    *Ref // nil where none is named
	Tags     []string
	Question *Ref // likewise
	Sources  []Ref
	Use      *Ref // <explainer>#<event>; all else is empty then
}

// TimelineEvent is an Event on the site's timeline: told once, by Explainer,
// and listed with every explainer that uses it.
type TimelineEvent struct {
	*Event
	Index     int32 // its place in Site.Events
	Explainer *Explainer
	Users     []*Explainer // Explainer first
	Status    string       // planned: it was scheduled, and its day has passed
	Spot      *Term        // the glossary entry that Place names, if it does
}

// Source is where a statement comes from: what others refer to. What is said
// of it lies in its document's record: Site.SourceTexts.
type Source struct {
	ID     string
	Record *Record
	index  int32 // among the record's
	*SourceMore
}

// SourceMore is what few sources have.
type SourceMore struct {
	Via    *Ref
	Shared bool // from sources.yaml
	Ref    *Ref // an item that only names a shared source
}

// SourceText is what is said of a Source.
type SourceText struct {
	Title         string
	Type          string // of CSL 1.0.2
	Author        []string
	Publisher     string
	Issued        edtf.Date
	Accessed      string // a date
	URL           string
	ArchiveURL    string
	Archived      string // a date
	Attribution   string
	UnnamedReason string
}

// The ones of all that have nothing more.
var (
	noExplainerMore ExplainerMore
	noQuestionMore  QuestionMore
	noEventMore     EventMore
	noSourceMore    SourceMore
)

// slim lets what has nothing more share that nothing. What questions and events
// have more is moved out of the parser's memory.
func slim(e *Explainer) {
	if reflect.ValueOf(e.ExplainerMore).Elem().IsZero() {
		e.ExplainerMore = &noExplainerMore
	}
	for _, q := range e.Questions {
		if reflect.ValueOf(q.QuestionMore).Elem().IsZero() {
			q.QuestionMore = &noQuestionMore
		} else {
			q.QuestionMore = new(*q.QuestionMore)
		}
	}
	for _, ev := range e.OwnEvents {
		if reflect.ValueOf(ev.EventMore).Elem().IsZero() {
			ev.EventMore = &noEventMore
		} else {
			ev.EventMore = new(*ev.EventMore)
		}
	}
	for _, src := range e.OwnSources {
		if reflect.ValueOf(src.SourceMore).Elem().IsZero() {
			src.SourceMore = &noSourceMore
		}
	}
}

// Image is a picture and everything said of it.
type Image struct {
	Src          string
	Alt          string
	Decorative   bool
	Caption      Prose
	Credit       string // "" and CreditReason where none is due
	CreditReason string
	Taken        edtf.Date
	Place        string
	Sensitive    string
	Warning      string
	Placed       bool // stands in the text
	At           diag.Place
}

// Update is one entry of an explainer's log.
type Update struct {
	Date        string
	When        time.Time // Date in the site's time zone
	Type        string
	Text        Prose
	Plain       string // Text without markup
	Questions   []Ref
	Was         string
	Substantive bool
}

// Syndication says where an explainer was first published.
type Syndication struct {
	Originator string
	URL        string
	Via        []string
	License    string
	Adapted    bool
	Canonical  bool
}

// Term is one glossary entry.
type Term struct {
	ID          string
	Path        string
	Term        string
	Short       string
	Kind        string
	Forms       []string
	Formerly    []string
	Match       string
	Body        Prose
	Intro       string // the body's first words as plain text
	SeeAlsoRefs []Ref
	SameAs      []string
	OwnSources  []*Source
	Avoid       []string
	Updated     string
	Aliases     []Ref
	Role        string
	Affiliation *Ref   // nil where none is named
	Sort        string // what lists sort it by: of a person the last name first
	Lat, Lon    float64
	HasPoint    bool
	At          diag.Place
	formsAt     []diag.Place // of Forms and Formerly
	lost        lists
	rec         *Record
	headings    []string // anchors of its headings

	// What link found.

	Index   int32 // its place in Site.Terms
	SeeAlso []*Term
	Sources []*Source
	Uses    []Use // newest explainer first
	Named   bool  // a published explainer links to it by hand, or tells of an event there
	Events  []*TimelineEvent
}

// Use is one text of an explainer that links to a term, by hand or not.
type Use struct {
	Explainer *Explainer
	index     int32 // in the explainer's uses
}

// Sentence is the sentence around a use, kept in the site's store.
type Sentence struct {
	Sum   Sum // of the Fragment, with Start the name of the sentence
	Start int32
	ref   memo.Ref
}

// termUse is a use as it is remembered: in which Fragment, and its sentence. A writer
// who linked it by hand has a negative End: there is nothing to weave in.
type termUse struct {
	markdown.TermUse
	Fragment int32
	sentence memo.Ref
}

// PlainPage is a page such as /about/.
type PlainPage struct {
	ID         string
	Path       string
	Title      string
	Standfirst Prose
	Summary    string
	Body       Prose
	NoIndex    bool
	Aliases    []Ref
	Published  time.Time // zero where the file gives none
	rec        *Record
	headings   []string // anchors of its headings
}

// Author is somebody who wrote or edited.
type Author struct {
	ID   string // "" for a name that is not in authors.yaml
	Name string
	Role string
	URL  string
}

// Topic is a subject that explainers are filed under.
type Topic struct {
	Slug       string
	Title      string
	Text       string
	Explainers []*Explainer // newest first
	Events     []*TimelineEvent
}

// CitedSource is a source with everyone who lists it. Sources of several
// explainers are one where they share an id of sources.yaml or a URL.
type CitedSource struct {
	*Source
	By  []*Explainer // newest first
	ref memo.Ref     // what is said of it, once more, beside its neighbours'
}

// LoggedUpdate is an Update with its Explainer.
type LoggedUpdate struct {
	*Update
	Explainer *Explainer
}

// Held is a document that is not published yet, and why.
type Held struct {
	Path  string
	Title string
	Why   Status    // Draft or Review; else its time has not come
	Until time.Time // zero for those two
}

// Waiting is what only documents use that are held back or withdrawn: it is not
// public either.
type Waiting struct {
	Path string // of the file, or of the folder that it lies in
	Name string // in it; "" for the whole file
	With string // the first document that uses it
}

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
	pinned      []Ref
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

// File is one file of a root: where it lies and what is in it.
type File struct {
	Path string // slash path within its root
	Sum  Sum
	Size int64
	Data []byte // nil where the file is only copied
	fsys fs.FS  // the layer that it comes from

	Pixels picture.Size // of a picture in static/
}

// Site is what a site is: a snapshot, made by Load; only Amend changes one.
type Site struct {
	Config     Config
	Now        time.Time
	Drafts     bool
	Explainers []*Explainer // published ones, newest first; no withdrawn ones
	Withdrawn  []*Explainer
	Pinned     []*Explainer
	Terms      []*Term // by name, as a reader looks them up
	Pages      []*PlainPage
	Topics     []*Topic // those with explainers, by title
	Events     []*TimelineEvent
	Sources    []CitedSource  // by title
	Updates    []LoggedUpdate // newest first, without reviews that changed nothing
	Held       []Held
	Waiting    []Waiting // by path
	Assets     []*Asset  // those that public documents refer to
	Paths      []PathRef // references that the plan of pages must hold
	Places     []PlaceRef
	Templates  []File // the theme's, the writer's over ours
	Static     []File // likewise; Data is nil

	byID       map[string]*Explainer // by key: id, or id.lang
	termByID   map[string]*Term
	pageByID   map[string]*PlainPage
	heldByID   map[string]*Explainer
	heldPages  map[string]*PlainPage // by id
	sensitive  map[*Asset]*Explainer // pictures that it calls sensitive
	takenDown  map[string]*Explainer // by folder: the withdrawn one whose files lie there
	matcherSum Sum
	inMatcher  []int32           // by Index: each term's number in the matcher; nil where it is the Index
	assets     map[string]*Asset // by path
	docs       map[string]*doc   // by path, for the next load
	store      *memo.Store
	windows    sync.Pool // of *memo.Window
	files      Options

	// What Amend needs.
	loader *loader
	diags  []diag.Diagnostic
}
