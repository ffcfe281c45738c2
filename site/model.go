package site

import (
	"io/fs"
	"sync"
	"time"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/memo"
	"nutgraf/site/markdown"
	"nutgraf/site/picture"
)

// Explainer is an explainer as a part of its site. What its files say is never changed,
// so that another text of it takes the place of the first as one pointer.
type Explainer struct {
	*document.Explainer

	Authors  []*document.Author
	Editors  []*document.Author
	Topics   []*Topic
	Answers  []Answer           // one for each question
	Timeline []*TimelineEvent   // sorted by date
	Sources  []*document.Source // own and shared, in the order of the file
	Related  []*Explainer       // those named first, then the computed ones
	Terms    []*Term            // linked anywhere on its page, by name
	uses     []termUse
	words    *markdown.Vocabulary // of the text in which terms are linked; for Amend
	whole    *document.Explainer  // where some of its questions are left out: as its files say it
}

// Term is a glossary entry as a part of its site.
type Term struct {
	*document.Term

	Index   int32 // its place in Site.Terms
	SeeAlso []*Term
	Sources []*document.Source
	Uses    []Use // newest explainer first
	Named   bool  // a published explainer links to it by hand, or tells of an event there
	Events  []*TimelineEvent
}

// Answer is what stands under a question: its own text or, by use:, that of
// another explainer's question, whose URL is then the canonical one.
type Answer struct {
	Explainer *Explainer // whose text it is
	*AnswerDates
	index int32 // of the question, among all that the explainer's files ask
}

// Question is the question that the text answers.
func (a *Answer) Question() *document.Question { return a.Explainer.everyQuestion()[a.index] }

// AnswerDates are the dates that few answers have of their own.
type AnswerDates struct {
	AsOf    time.Time
	Updated time.Time // zero where the answer was never changed on its own
}

var noAnswerDates AnswerDates

// TimelineEvent is an Event on the site's timeline: shown once, by Explainer,
// and listed with every explainer that uses it.
type TimelineEvent struct {
	*document.Event
	Index     int32 // its place in Site.Events
	Explainer *Explainer
	Users     []*Explainer // Explainer first
	Status    string       // planned: it was scheduled, and its day has passed
	Spot      *Term        // the glossary entry that Place names, if it does
}

// Use is one text of an explainer that links to a term, by hand or not.
type Use struct {
	Explainer *Explainer
	index     int32 // in the explainer's uses
}

// Sentence is the sentence around a use, as it lies in the site's store.
type Sentence struct {
	Sum   document.Sum // of the Fragment, with Start the name of the sentence
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

// Topic is a subject that explainers are filed under.
type Topic struct {
	document.Topic
	Explainers []*Explainer // newest first
	Events     []*TimelineEvent
}

// CitedSource is a source with everyone who lists it. Sources of several
// explainers are one where they share an id of sources.yaml or a URL. It stays that of
// the text that was loaded: one that Amend takes says the same of its sources.
type CitedSource struct {
	*document.Source
	By  []*Explainer // newest first
	ref memo.Ref     // its text, once more, beside its neighbours'
}

// LoggedUpdate is an Update with its Explainer.
type LoggedUpdate struct {
	*document.Update
	Explainer *Explainer
}

// Held is a document that is not published yet, and why.
type Held struct {
	Path  string
	Title string
	Why   document.Status // Draft or Review; else its time has not come
	Until time.Time       // zero for those two
}

// Waiting is what only documents use that are held back or withdrawn: it is not
// public either.
type Waiting struct {
	Path string // of the file, or of the folder that it lies in
	Name string // in it; "" for the whole file
	With string // the first document that uses it
}

// File is one file of a root: where it lies and what is in it.
type File struct {
	Path string // slash path within its root
	Sum  document.Sum
	Size int64
	Data []byte // nil where the file is only copied
	fsys fs.FS  // the layer that it comes from

	Pixels picture.Size // of a picture in static/
}

// Site is what a site is: a snapshot, made by Load; only Amend changes one.
type Site struct {
	Config     document.Config
	Now        time.Time
	Drafts     bool
	Explainers []*Explainer // published ones, newest first; no withdrawn ones
	Withdrawn  []*Explainer
	Pinned     []*Explainer
	Terms      []*Term // by name, as a reader looks them up
	Pages      []*document.Page
	Topics     []*Topic // those with explainers, by title
	Events     []*TimelineEvent
	Sources    []CitedSource  // by title
	Updates    []LoggedUpdate // newest first, without reviews that changed nothing
	Held       []Held
	Waiting    []Waiting          // by path
	Assets     []*Asset           // those that public documents refer to
	Paths      []document.PathRef // references that the plan of pages must hold
	Places     []PlaceRef
	Templates  []File // the theme's, the writer's over ours
	Static     []File // likewise; Data is nil

	byID       map[string]*Explainer // by key: id, or id.lang
	termByID   map[string]*Term
	pageByID   map[string]*document.Page
	heldByID   map[string]*Explainer
	heldPages  map[string]*document.Page // by id
	sensitive  map[*Asset]*Explainer     // pictures that it calls sensitive
	takenDown  map[string]*Explainer     // by folder: the withdrawn one whose files lie there
	matcherSum document.Sum
	inMatcher  []int32                       // by Index: each term's number in the matcher; nil where it is the Index
	assets     map[string]*Asset             // by path
	misnamed   map[string]bool               // folder/id of files whose names no document can have
	docs       map[string]*document.Document // by path, for the next load
	store      *memo.Store
	windows    sync.Pool // of *memo.Window
	files      Options
	clock      clock

	// What Amend needs.
	loader *loader
	diags  []diag.Diagnostic
}
