package search

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"nutgraf/site/internal/memo"
)

// Limits of a Builder's memory. What exceeds them lies in a temporary file.
const (
	storeMemory = 1 << 20
	runLength   = 400_000 // postings sorted at once
	atomSize    = 4 << 10 // bytes of what is shown, kept together
)

// Builder takes entries one by one. It needs some 10 MB, and 60 bytes a
// different word, however many entries there are. It is not safe for concurrent
// use.
type Builder struct {
	stop    string
	english bool
	store   *memo.Store
	tokens  tokenizer
	words   *vocabulary

	entries     uint32
	met         []uint32 // words of the entry at hand
	each        float32  // what the words of the field at hand weigh
	count       int
	isTitle     bool
	text        []byte
	note, tally func([]byte)

	run    []uint64 // postings: word<<36 | entry<<4 | impact
	sorted []uint64
	runs   []run

	pending []byte // what is shown of the last entries
	started uint32 // the first of them
	atoms   []atom
}

// atom is what is shown of a few entries, as JSON without its brackets.
type atom struct {
	ref   memo.Ref
	first uint32
	size  int
}

// New returns an empty Builder for a site in that language (BCP 47). What
// Finish returns, or the Builder where Finish is not reached, must be closed.
func New(lang string) *Builder {
	b := &Builder{stop: stopFor(lang), english: lang == "en" || strings.HasPrefix(lang, "en-"), store: memo.New(storeMemory), words: newVocabulary()}
	for s := range strings.FieldsSeq(b.stop) {
		b.words.words[b.words.number([]byte(s))].stop = true
	}
	b.note, b.tally = b.noteWord, b.tallyWord
	return b
}

// Close gives back the temporary file.
func (b *Builder) Close() error { return b.store.Close() }

// Add adds an entry. Of entries that fit a query equally well those added first
// come first. An entry added at the end changes no file but those of its words.
// Errors are those of the temporary file.
func (b *Builder) Add(e Entry) error {
	if b.entries == math.MaxUint32>>4 {
		return fmt.Errorf("search: more than %d entries", b.entries)
	}
	b.entries++
	b.addWords(&e)
	if err := b.post(&e); err != nil {
		return err
	}
	return b.show(&e)
}

// addWords collects what the words of an entry weigh.
func (b *Builder) addWords(e *Entry) {
	b.met = b.met[:0]
	b.text = append(b.text[:0], e.Title...)
	b.count = 0
	b.tokens.each(b.text, b.tally)
	b.isTitle, b.each = true, inTitle.each(max(1, b.count))
	b.tokens.each(b.text, b.note)
	b.isTitle = false
	// Of longer texts it is enough to know about how many words there are.
	b.text = append(b.text[:0], e.Text...)
	b.each = inText.each(len(e.Text) / wordSize)
	b.tokens.each(b.text, b.note)
	b.each = inBody.each(len(e.Body) / wordSize)
	b.tokens.each(e.Body, b.note)
	b.text = append(b.text[:0], e.Of...)
	b.each = inOf.each(0)
	b.tokens.each(b.text, b.note)
}

// wordSize is how many bytes a word has as a rule, with what is between words.
const wordSize = 6

// tallyWord counts words that are no stop words.
func (b *Builder) tallyWord(letters []byte) {
	if !b.words.words[b.words.number(letters)].stop {
		b.count++
	}
}

func (b *Builder) noteWord(letters []byte) {
	n := b.words.number(letters)
	w := &b.words.words[n]
	if w.stop && !b.isTitle {
		return
	}
	if w.entry != b.entries {
		w.entry, w.weight = b.entries, 0
		b.met = append(b.met, n)
	}
	w.weight += b.each
}

// post adds the postings of the entry at hand to the run.
func (b *Builder) post(e *Entry) error {
	boost := kindFactor[e.Kind]
	if e.Boost != 0 {
		boost *= e.Boost
	}
	if len(b.run)+len(b.met) > runLength {
		if err := b.spill(); err != nil {
			return err
		}
	}
	for _, n := range b.met {
		w := &b.words.words[n]
		w.run++
		b.run = append(b.run, uint64(n)<<36|uint64(b.entries-1)<<4|impact(w.weight, boost))
	}
	return nil
}

// show keeps what is shown of an entry.
func (b *Builder) show(e *Entry) error {
	if len(b.pending) > 0 {
		b.pending = append(b.pending, ',')
	}
	b.pending = append(b.pending, '[', '0'+byte(e.Kind))
	texts := []string{e.Title, e.URL, e.Text, e.Of}
	for len(texts) > 2 && texts[len(texts)-1] == "" {
		texts = texts[:len(texts)-1]
	}
	for _, s := range texts {
		b.pending = append(b.pending, ',')
		b.pending = appendJSON(b.pending, s)
	}
	b.pending = append(b.pending, ']')
	if len(b.pending) < atomSize {
		return nil
	}
	return b.endAtom()
}

func (b *Builder) endAtom() error {
	if len(b.pending) == 0 {
		return nil
	}
	ref, err := b.store.Put(b.pending)
	b.atoms = append(b.atoms, atom{ref, b.started, len(b.pending)})
	b.pending, b.started = b.pending[:0], b.entries
	return err
}

// appendJSON appends a text as a JSON string (RFC 8259). Most need no escapes.
func appendJSON(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x80 {
			q, _ := json.Marshal(s) // never an error
			return append(b, q...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// Finish works out the index. The Builder can't be used any more.
func (b *Builder) Finish() (*Index, error) {
	if err := b.spill(); err != nil {
		return nil, err
	}
	if err := b.endAtom(); err != nil {
		return nil, err
	}
	b.run, b.sorted, b.words.slots = nil, nil, nil
	postings, err := b.merge()
	if err != nil {
		return nil, err
	}
	order := make([]uint32, 0, len(postings))
	for n := range postings {
		if postings[n].size > 0 {
			order = append(order, uint32(n))
		}
	}
	v := b.words
	slices.SortFunc(order, func(x, y uint32) int { return compare(v.text(&v.words[x]), v.text(&v.words[y])) })
	return b.assemble(order, postings)
}
