package document

import (
	"cmp"
	"crypto/sha256"
	"reflect"
	"slices"
	"time"

	"github.com/zeebo/xxh3"

	"nutgraf/site/diag"
	"nutgraf/site/edtf"
	"nutgraf/site/internal/memo"
	"nutgraf/site/markdown"
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
	Fragments memo.Ref
	Sources   memo.Ref
	Sums      []Sum            // of each Fragment: its Markdown and what rendered it
	Marks     *Marks           // of an explainer that was loaded with Options.Places
	sides     map[int32]string // the file of each Fragment that stands in a list's own file
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

// Explainer is one question-and-answer article, as its files say it. Nothing changes
// it once it is read.
//
// Here as in the structs below, read:"pages" marks what is read only when pages are made:
// whatever a writer makes of it, the rest of the site stays as it is linked.
type Explainer struct {
	ID   string
	Lang string // BCP 47; "" is the site's own
	// Edition is the language in the file's name, part of the URL; "" for
	// the first edition.
	Edition string
	Path    string // of the file: content/explainers/isis-k.md
	Folder  string // where its pictures and documents lie, as in content: explainers/isis-k

	Title      string `read:"pages"`
	Label      string `read:"pages"` // "" for the theme's own word
	Standfirst Prose
	Summary    string `read:"pages"` // the standfirst as plain text, or the introduction's first sentence
	Intro      Prose
	Status     Status
	NoIndex    bool
	Words      int32 `read:"pages"` // of introduction and answers

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

	AuthorRefs, EditorRefs, TopicRefs []Ref
	Record                            *Record
	Markdown                          memo.Ref // the Markdown of introduction and answers
	Headings                          []string // anchors of sub-headings
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

	Lost                    Lists
	RelatedRefs, Skip, Only []Ref
}

// Question is one section of an Explainer. What few questions have lies in
// QuestionMore, so that a site of 100,000 explainers fits into memory; the
// same goes for explainers, events and sources.
type Question struct {
	ID     string
	Text   string `read:"pages"`
	Short  string `read:"pages"` // plain text, may be empty
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

// Event is one dated event as an explainer tells it.
type Event struct {
	ID         string
	Date       edtf.Date
	Title      string `read:"pages"`
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

// shareNothing lets what has nothing more share that nothing. What questions and events
// have more is moved out of the parser's memory.
func shareNothing(e *Explainer) {
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
	Alt          string `read:"pages"`
	Decorative   bool
	Caption      Prose
	Credit       string `read:"pages"` // "" and CreditReason where none is due
	CreditReason string `read:"pages"`
	Taken        edtf.Date
	Place        string
	Sensitive    string
	Warning      string `read:"pages"`
	Placed       bool   // stands in the text
	At           diag.Place
}

// Update is one entry of an explainer's log.
type Update struct {
	Date        string
	When        time.Time // Date in the site's time zone
	Type        string
	Text        Prose
	Plain       string `read:"pages"` // Text without markup
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
	Name        string
	Short       string `read:"pages"`
	Kind        string
	Forms       []string `read:"pages"`
	Formerly    []string `read:"pages"`
	Match       string   `read:"pages"`
	Body        Prose
	Intro       string `read:"pages"` // the body's first words as plain text
	SeeAlsoRefs []Ref
	SameAs      []string
	OwnSources  []*Source
	Avoid       []string `read:"pages"`
	Updated     string
	Aliases     []Ref
	Role        string `read:"pages"`
	Affiliation *Ref   // nil where none is named
	Sort        string // what lists sort it by: of a person the last name first
	Lat, Lon    float64
	HasPoint    bool
	At          diag.Place
	FormsAt     []diag.Place `read:"pages"` // of Forms and Formerly
	Lost        Lists
	Record      *Record
	Headings    []string // anchors of its headings
}

// Page is a page such as /about/.
type Page struct {
	ID         string
	Path       string
	Title      string
	Standfirst Prose
	Summary    string
	Body       Prose
	NoIndex    bool
	Aliases    []Ref
	Published  time.Time // zero where the file gives none
	Record     *Record
	Headings   []string // anchors of its headings
}

// Author is somebody who wrote or edited.
type Author struct {
	ID   string // "" for a name that is not in authors.yaml
	Name string
	Role string
	URL  string
}

// PathRef is a reference to a path of the site that only the plan of pages can
// check.
type PathRef struct {
	Path, Anchor string
	Picture      bool
	At           diag.Place
}

// Dated reports whether the writer said what day the text's relative dates are
// relative to.
func (e *Explainer) Dated() bool { return e.Written.AsOf != "" }

// AsOfWritten is as_of, else published, as the writer gave it: behind an offset it may
// be another day than that of AsOf, which is the site's.
func (e *Explainer) AsOfWritten() string { return cmp.Or(e.Written.AsOf, e.Written.Published) }

// Key is the explainer's name on the site: its id, with its edition if it has one.
func (e *Explainer) Key() string {
	if e.Edition == "" {
		return e.ID
	}
	return e.ID + "." + e.Edition
}

// Question finds a question by its id or an old one.
func (e *Explainer) Question(id string) *Question {
	for _, q := range e.Questions {
		if q.Called(id) {
			return q
		}
	}
	return nil
}

// Called reports whether an id is the question's, or an old one of it.
func (q *Question) Called(id string) bool { return q.ID == id || slices.Contains(q.Aliases, id) }

// Concerns reports whether the update names a question of its explainer.
func (u *Update) Concerns(q *Question) bool {
	return slices.ContainsFunc(u.Questions, func(r Ref) bool { return q.Called(r.ID) })
}

// QuestionIDs are the ids of the explainer's questions, in their order.
func (e *Explainer) QuestionIDs() []string {
	out := make([]string, 0, len(e.Questions))
	for _, q := range e.Questions {
		out = append(out, q.ID)
	}
	return out
}

// Note returns the newest editors-note: of a withdrawn explainer, all that readers
// still get. It is nil where there is none.
func (e *Explainer) Note() *Update {
	for _, u := range e.Updates {
		if u.Type == "editors-note" && u.Text.Given() {
			return u
		}
	}
	return nil
}

// Reviewed returns the newest entry that says that the explainer was looked
// through, nil where there is none. Of a question, entries that name others say
// nothing; of the explainer, q is nil.
func (e *Explainer) Reviewed(q *Question) *Update {
	for _, u := range e.Updates {
		if u.Type == "review" && (q == nil || len(u.Questions) == 0 || u.Concerns(q)) {
			return u
		}
	}
	return nil
}

// Image finds what the explainer says of the picture src, nil where it says
// nothing.
func (e *Explainer) Image(src string) *Image {
	for _, im := range e.Images {
		if sameImage(e, im.Src, src) {
			return im
		}
	}
	return nil
}

// Fragments are those of a record, and the memory for another's.
type Fragments struct {
	All []markdown.Fragment
	buf []byte // what they alias
}

// Read reads the Fragments of a record from its store. What f held before is lost.
func (f *Fragments) Read(store *memo.Store, r *Record) (err error) {
	f.All = f.All[:0]
	if f.buf, err = store.Get(f.buf[:0], r.Fragments); err == nil && len(f.buf) > 0 {
		f.All, err = markdown.DecodeFragments(f.buf, f.All)
	}
	return err
}

// Size is how many bytes of HTML there is room for.
func (f *Fragments) Size() int { return cap(f.buf) }

// Never, as review_by, says that a text need not be read again: the desk is not
// reminded of it, and its page does not say how old it is.
const Never = "never"
