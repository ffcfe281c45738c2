package pages

// Timeline is the View of timeline.html: the site's overview, a year, a
// topic's, an explainer's, or one tag of it.
type Timeline struct {
	Page
	Scope     string      // site, year, topic, explainer, tag
	Of        *Link       // the topic or explainer
	Year      string      // of a year's page
	Years     []YearGroup // those that have a page of their own
	Rest      *Link       // the page with all events of the newest year, where this one has no room for them
	Filters   []Filter
	Folded    bool // the filters are too many to stand open
	Groups    []EventGroup
	Charts    []*Chart // for wide windows and narrow ones; none where there is but one year
	Span      string   // "2014–2026"; "" where there is but one year
	Total     int
	Shown     int    // events on this page
	Complete  bool   // no event is on another page
	Downloads []Link // JSON, ICS, CSV
	Previous  *Link  // the year before that has events
	Next      *Link
	Pager     Pager
}

// YearGroup are links to years, with counts.
type YearGroup struct {
	Title string // "1900–1999"; "" where there are so few years that they stand by themselves
	Count int    // events
	Years []YearLink
}

// YearLink leads to a year's page. Its Anchor is the one that the year had before it had a page.
type YearLink struct {
	Link
	Anchor string
}

// Filter is a choice of a timeline's events: a link to the page that has them alone.
type Filter struct {
	Link
	Key       string // one of Event.Keys; "" for all events
	PageTitle string // the title of that page
}

// EventGroup is one year of a list of events.
type EventGroup struct {
	Title  string
	Anchor string
	Events []*ListedEvent
}

// Chart shows how many events each year has: chart.html draws it as SVG. A square is an
// event, or up to PerSquare events; of very many events each column is as high as they
// are many.
type Chart struct {
	Site          *Site
	Windows       string // wide or narrow: those that it is drawn for; "" for all
	Columns       []ChartColumn
	Width, Height int  // of each column, in units of which a square has 8
	Tall          int  // px that a column takes
	Spread        bool // squares stand where their time lies: X is in percent of the column
	Fine          bool // by tenths of it
	PerSquare     int  // 0 where a square is one event
	Solid         bool // no squares: each column is as high as its events are many
	Now           bool // today lies in one of the columns
	Sparse        bool // not each column has room for its name
	Bars          []Mark
	Lanes         int // of bars, one below the other

	BarsWidth, BarsHeight int // of what the bars are drawn on, which is as wide as all columns
	Today                 int // where today lies, of BarsWidth; the same all month
}

// ChartColumn is a year of a Chart, or more of them.
type ChartColumn struct {
	Title    string // the first year of it
	To       string // "–1999" where it is more than one
	URL      string // of its first event; "" without one
	Count    int
	Labelled bool
	Now      bool // today lies in it
	Marks    []Mark
}

// Mark is a square of a Chart, a column of them, or a bar of what lasted. Its Class is u
// where the date is not exactly known, n where the event is to come, "n u" where both, else "".
type Mark struct {
	X, Y          int
	Width, Height int
	Class         string
}
