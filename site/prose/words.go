package prose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraf/site/lang"
)

// Words is the usage of one language, made ready to be found in texts. Nothing
// changes it once it is made.
type Words struct {
	usage   *lang.Usage
	entries map[string]*entry // by the word without case
	digits  *entry            // what all numbers in digits are
	named   [lists][]*phrase  // those that may begin with any name
	known   map[string]bool   // abbreviations that everybody knows
	units   map[string]bool   // what behind a number is a unit
}

// entry is what a language says of one word.
type entry struct {
	number         int  // -1 where it is none
	month, weekday int  // from 1; 0 where it is none
	proper         bool // a month or weekday that takes a capital letter: May, not may
	is             marks
	bit            uint64 // one of 64, shared with a few other words; see phrase.second
	begins         [lists][]*phrase
}

// marks are the lists of single words that a word stands in.
type marks uint64

const (
	linking marks = 1 << iota
	past
	future
	unsure
	notPast
	defining
	conditional
	small
	article
	either
	shouted
	hedging
	subject
	finite
	parting
	planned
	being
	present
	perfect
	auxiliary
	infinitive
	invariable
	foretelling
	unreal
	onward
	pronoun
	determining
	extending
	following
	onDay
	occasion
	record
	relating
	whichever
	ordering
	reckoned
	dayName
	compounding
	reader
	happening
)

// list is a list of phrases, of which the longest that fits is read.
type list int

const (
	dating   list = iota // relative expressions, and what only looks so
	claiming             // what wants a source, and what only looks so
	defined
	expanding
	expanded
	forecasting // by when something is to come
	supposing
	asking
	crediting
	elsewhen // that the sentence is of another day, or of none
	lists
)

// phrase is a phrase of lang.Usage.
type phrase struct {
	elements []element
	relative *lang.Relative // of one that dates, else nil
	claims   bool           // of one that wants a source
	// second has the bits of the words that may stand behind the first: nearly every other is
	// ruled out by a look.
	second uint64
}

// element is what may stand at one place of a phrase.
type element struct {
	literals []literal
	classes  []class
	optional bool
	comma    bool // one may stand behind it
}

// literal is a word, with whether the phrase gives it a capital letter.
type literal struct {
	*entry
	capital bool
}

// class is a kind of word that a phrase may ask for.
type class int

const (
	aMonth class = iota
	aWeekday
	aNumber
	few
	many
	inDigits
	aYear
	aName
	anyWord
)

var classes = map[string]class{
	"{month}": aMonth, "{weekday}": aWeekday, "{n}": aNumber, "{few}": few, "{many}": many,
	"{digits}": inDigits, "{year}": aYear, "{name}": aName, "{word}": anyWord,
}

// New makes the usage of a language ready; nil where it has none.
func New(l *lang.Language) *Words {
	u := l.Usage
	if u == nil {
		return nil
	}
	w := &Words{usage: u, entries: map[string]*entry{}, digits: &entry{number: -1, bit: 2},
		known: set(u.Known), units: set(u.Units)}
	for i, name := range l.Months {
		e := w.entry(name)
		e.month, e.proper = i+1, Capital(name)
	}
	for i, name := range u.ShortMonths {
		if name != "" {
			e := w.entry(name)
			e.month, e.proper = i+1, Capital(name)
		}
	}
	for i, name := range slices.Concat(u.Weekdays[:], u.ShortDays[:]) {
		if name != "" {
			e := w.entry(name)
			e.weekday, e.proper = i%len(u.Weekdays)+1, Capital(name)
		}
	}
	for name, n := range u.Numbers {
		w.entry(name).number = n
	}
	for _, m := range []struct {
		words string
		is    marks
	}{
		{u.Linking, linking}, {u.Past, past}, {u.Future, future}, {u.Unsure, unsure}, {u.NotPast, notPast},
		{u.Defining, defining}, {u.Conditional, conditional}, {u.Small, small},
		{u.Articles, article}, {u.Either, either}, {u.Shouted, shouted}, {u.Hedging, hedging}, {u.Subjects, subject},
		{u.Finite, finite}, {u.Parting, parting}, {u.Planned, planned}, {u.Being, being},
		{u.Present, present}, {u.Perfect, perfect},
		{u.Auxiliary, auxiliary}, {u.Infinitive, infinitive}, {u.Invariable, invariable},
		{u.Foretelling, foretelling}, {u.Unreal, unreal},
		{u.Onward, onward}, {u.Pronouns, pronoun}, {u.Determining, determining},
		{u.Extending, extending}, {u.Following, following},
		{u.OnDay, onDay}, {u.Occasions, occasion}, {u.Records, record}, {u.Relating, relating},
		{u.Whichever, whichever}, {u.Ordering, ordering}, {u.Reckoned, reckoned},
		{u.DayNames, dayName}, {u.Compounding, compounding}, {u.Readers, reader}, {u.Happening, happening},
	} {
		for word := range strings.FieldsSeq(m.words) {
			w.entry(word).is |= m.is
		}
	}
	for i := range u.Relative {
		w.add(dating, u.Relative[i].Words, phrase{relative: &u.Relative[i]})
	}
	for i := range u.Forecasts {
		w.add(forecasting, u.Forecasts[i].Words, phrase{relative: &u.Forecasts[i]})
	}
	for _, p := range u.Claims {
		w.add(claiming, p, phrase{claims: true})
	}
	for _, plain := range []struct {
		list    list
		phrases []string
	}{
		{dating, u.Timeless}, {claiming, u.Harmless}, {defined, []string{u.Defined}},
		{expanding, u.Expanding}, {expanded, u.Expanded}, {supposing, u.Supposing},
		{asking, u.Asking}, {crediting, u.Crediting},
		{elsewhen, u.Elsewhen},
	} {
		for _, p := range plain.phrases {
			w.add(plain.list, p, phrase{})
		}
	}
	return w
}

// set is that of the words of a text.
func set(words string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		all[word] = true
	}
	return all
}

// Capital reports whether a word begins with a capital letter.
func Capital(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

// entry returns that of a word, made where there is none yet.
func (w *Words) entry(word string) *entry {
	key := strings.ToLower(word)
	e := w.entries[key]
	if e == nil {
		e = &entry{number: -1, bit: 4 << (len(w.entries) % 62)}
		w.entries[key] = e
	}
	return e
}

// add reads a phrase and enters it under every word that it may begin with.
func (w *Words) add(l list, text string, p phrase) {
	for part := range strings.FieldsSeq(text) {
		var e element
		part, e.comma = strings.CutSuffix(part, ",")
		part, e.optional = strings.CutSuffix(part, "?")
		for word := range strings.SplitSeq(part, "|") {
			if c, ok := classes[word]; ok {
				e.classes = append(e.classes, c)
			} else {
				e.literals = append(e.literals, literal{w.entry(word), Capital(word)})
			}
		}
		p.elements = append(p.elements, e)
	}
	p.second = w.second(p.elements)
	for _, e := range p.elements {
		w.index(l, e, &p)
		if !e.optional {
			break
		}
	}
}

// second returns the bits of the words that may stand behind the first of a
// phrase: all of them where the phrase may end there.
func (w *Words) second(elements []element) (bits uint64) {
	if len(elements) < 2 {
		return ^uint64(0)
	}
	if elements[0].optional {
		bits = w.second(elements[1:])
	}
	if slices.Contains(elements[0].classes, aNumber) { // which may be of several words
		bits |= w.bits(aNumber)
	}
	for _, l := range elements[1].literals {
		bits |= l.bit
	}
	for _, c := range elements[1].classes {
		bits |= w.bits(c)
	}
	if elements[1].optional {
		bits |= w.second(elements[1:])
	}
	return bits
}

// bits returns those of the words of a class.
func (w *Words) bits(c class) (bits uint64) {
	switch c {
	case aName, anyWord:
		return ^uint64(0)
	case aNumber, inDigits, aYear:
		bits = w.digits.bit
	}
	for _, e := range w.entries {
		if e.fits(c) {
			bits |= e.bit
		}
	}
	return bits
}

// index enters a phrase that may begin with an element.
func (w *Words) index(l list, e element, p *phrase) {
	for _, word := range e.literals {
		word.begins[l] = append(word.begins[l], p)
	}
	for _, c := range e.classes {
		switch c {
		case aName, anyWord:
			w.named[l] = append(w.named[l], p)
			continue
		case aNumber, inDigits, aYear:
			w.digits.begins[l] = append(w.digits.begins[l], p)
		}
		for _, word := range w.entries {
			if word.fits(c) {
				word.begins[l] = append(word.begins[l], p)
			}
		}
	}
}

// fits reports whether a word is of a class by itself.
func (e *entry) fits(c class) bool {
	switch c {
	case aMonth:
		return e.month > 0
	case aWeekday:
		return e.weekday > 0
	case aNumber:
		return e.number >= 0
	case few:
		return 2 <= e.number && e.number <= 10
	case many:
		return e.number > 10
	}
	return false
}
