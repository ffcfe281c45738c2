package lang

// Usage is what an editor looks for in the prose of a language. Every list is
// words, so that who knows the language can write its file without code: a copy
// of usage_en.go.
//
// A phrase is words with a space between them, in the order in which they stand
// in a text. It may hold alternatives (week|weeks), words that may be missing
// (very?), and these:
//
//	{month} {weekday}  by name
//	{n}                a number in words or digits, also of several: two hundred
//	{few} {many}       a number in words, from two to ten and above
//	{digits}           a number in digits that is no {year}
//	{year}             a number of four digits that may be a year
//	{name} {word}      a name by its capital letter, any word
//
// Case does not count, but that a capital letter which the phrase lacks makes a
// name of it, unless it begins a sentence. Of several phrases that fit, the one
// that begins first is read, of those the longest. A comma stands in a text only where
// the phrase has one.
type Usage struct {
	Weekdays [7]string // from Monday
	Numbers  map[string]int
	// Possessive is what a noun takes that owns something, with ' for any apostrophe.
	Possessive string

	// Relative are the expressions that count from the day on which they are said.
	Relative []Relative
	// Timeless are phrases that look like one of Relative, or hold one, and go
	// on being true.
	Timeless []string
	// Linking are words that may stand between an expression and the date that
	// explains it: two years ago, in May 2022.
	Linking string
	// Past, Future and Unsure are words that show whether a weekday was or will be,
	// or may be either. PastEnding is how most words in the past tense end, NotPast
	// are those that only look so.
	Past, Future, Unsure, NotPast string
	PastEnding                    string
	// Finite are those of Past that are no participles, by which stories go on, and
	// Parting the words that begin another clause, or speak of the present: now is the
	// story's own time in “they were at sea now”, but not in “they sold what was theirs and
	// live abroad now”.
	Finite, Parting string
	// Subjects are pronouns behind which a word of Future that is also in the past
	// tense says what was: we set a date.
	Subjects string

	// Planned are words of what is to come where one of Being stands before them, and
	// may be of what was to come elsewhere: it is due on Monday, but the plan set in May.
	Planned, Being string
	// Present, Perfect and Auxiliary are the words by which participles get their tense:
	// is closed, had closed, has not been closed. Infinitive leads to one of no tense,
	// Invariable are past tenses that are also present ones, and AdverbEnding and
	// GerundEnding are how most adverbs and gerunds end.
	Present, Perfect, Auxiliary, Infinitive, Invariable string
	AdverbEnding, GerundEnding                          string
	// Pronouns are those that 's shortens a verb behind: it's closed.
	Pronouns string

	// A date is pinned only where nothing speaks against it. Elsewhen are phrases of a
	// sentence that is of another day than the text, or of none: if, at the time, in the
	// film. Unreal are words of what was to come, or never came; Onward those that lead
	// on: later this year.
	Elsewhen       []string
	Unreal, Onward string
	// Records are what is read on another day than it was written, and Relating the
	// verbs by which it speaks: the letter says that it closed last week.
	Records, Relating string
	// Whichever are words of a sentence that is of any day, unless its verb is past, and
	// Ordering those that begin one that asks readers to do something.
	Whichever, Ordering string
	// Reckoned are words of texts whose years may not be those of the calendar, DayNames
	// the names of days that are figures of speech where they stand against each other.
	Reckoned, DayNames string
	// Readers are words for whoever reads.
	Readers string
	// Determining are words behind which a noun comes. Extending are those that make
	// another expression of one that they stand beside: a week on Tuesday, last year but one.
	Determining, Extending string
	// OnDay are words that lead from a verb to its weekday, Following those that may
	// stand behind the weekday without making a name of it: on Sunday afternoon viewing.
	OnDay, Following string
	// Foretelling are words that lead to a weekday yet to come, in any tense: agreed to
	// meet on Tuesday. Occasions are nouns that a weekday or a day’s name may belong to:
	// the talks on Monday, yesterday’s vote.
	Foretelling, Occasions string
	// Happening are verbs behind which a weekday alone is no object: it opened Monday, but
	// Robinson found Friday.
	Happening string
	// Ordinals are how numbers end that put things in order: the 7th.
	Ordinals string
	// Compounding are words that go stale in a compound, too: the now-closed gate.
	Compounding string
	// ShortDays are weekdays as they are shortened, but those that are words of their own,
	// ShortMonths are the months as they are shortened before a day: on Tuesday, Sept. 22.
	ShortDays   [7]string
	ShortMonths [12]string

	// Forecasts say by when something is to come, behind a verb that foretells it.
	Forecasts []Relative

	// Claims are phrases that want a source: figures, dates, attributions.
	Claims []string
	// Harmless are phrases that look like one of Claims, or hold one, and want none.
	Harmless []string
	// Defining are phrases that begin a definition, Defined the verb that makes it one.
	Defining, Defined string
	// Hedging are words before a figure that say that it is none exactly: about, at least.
	Hedging string
	// Supposing are phrases that begin a sentence which says what would be, Conditional
	// the words behind which a clause does: the fare falls if 30 people sign.
	Supposing   []string
	Conditional string
	// Asking are phrases that begin a question. The question mark of any other sentence
	// may be that of a quotation at its end.
	Asking []string

	// Known are abbreviations that are never expanded, Units those that stand behind
	// a number. Shouted are words that people write in capitals to be heard.
	Known, Units, Shouted string
	// Expanding are phrases that lead to an abbreviation and give it as a name: known
	// as. Either leads to it behind a comma and its long form: bombs, or IEDs. Expanded
	// are phrases that lead from it to its long form.
	Expanding, Expanded []string
	Either              string
	// Crediting are phrases that begin the credit of a picture, one word before a colon.
	Crediting []string
	// Articles begin the words that explain: the RFA, the regulator of the fleet.
	Articles string
	// Small are words that an abbreviation leaves out.
	Small string
}

// Relative is an expression of time that counts from the day on which it is said.
type Relative struct {
	Words string // a phrase
	Sense Sense
	Unit  Unit
	By    int // units from that day on: -1 for last week; of what is Vague or Nearest only before or after
}

// Sense says how a Relative is resolved.
type Sense uint8

// The senses.
const (
	Vague   Sense = iota // around the day on which it is said: recently
	Loose                // a time that no date says exactly: last winter, several years ago
	Present              // it is about the day on which it is said, or up to it: now, so far
	Moment               // as Present, but of a story where it begins a sentence in the past: now
	Counted              // the Unit that is By units away: last week
	Ago                  // {n} Units before
	Ahead                // {n} Units after
	Last                 // the last {month} or {weekday}
	This                 // the {month} or {weekday} of this year or week
	Next                 // the next {month} or {weekday}
	Nearest              // the {weekday} that was or will be, as the verb beside it says
)

// Unit is a unit of the calendar.
type Unit uint8

// The units.
const (
	Day Unit = iota
	Week
	Month
	Year
	Decade
	Century
)
