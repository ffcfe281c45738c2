package search

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"nutgraf/site/internal/memo"
	"nutgraf/site/lang"
)

// Limits of a Builder's memory. What exceeds them lies in a temporary file.
const (
	storeMemory = 1 << 20
	runLength   = 200_000 // postings sorted at once
)

// Builder takes documents one by one. It needs some 10 MB, 90 bytes a different
// word, 32 a document and 4 an entry. It is not safe for concurrent use.
type Builder struct {
	lang  *lang.Language
	stop  string
	store *memo.Store
	words *vocabulary
	stops uint32 // the first words: stop words

	entries    uint32
	documents  []added
	documentOf []uint32 // of each entry
	met        []uint32 // words of the entry at hand
	at         []uint32 // words of the field at hand, each time it has them

	run     []uint64 // postings: word<<36 | entry<<4 | impact
	sorted  []uint64
	runs    []run
	impacts map[uint32]*impacts // of common words, those in runs

	record []byte // what is shown of the document at hand
	whole  []byte // the same with bodies, while the site is no large one
	wholes int    // bytes of all of them
}

// added is a document that was added.
type added struct {
	id    uint32
	size  uint32
	first uint32   // of its entries
	ref   memo.Ref // what is shown of it: JSON behind its number
	whole memo.Ref // the same with bodies
}

// New returns an empty Builder for a site in that language. What Finish returns,
// or the Builder where Finish is not reached, must be closed.
func New(l *lang.Language) *Builder {
	b := &Builder{lang: l, stop: stopFor(l.Tag)}
	b.store, b.words, b.impacts = memo.New(storeMemory), newVocabulary(), map[uint32]*impacts{}
	for s := range strings.FieldsSeq(b.stop) {
		b.words.number([]byte(s))
	}
	b.stops = uint32(len(b.words.words))
	return b
}

// english reports whether the words have English forms and spellings.
func (b *Builder) english() bool {
	return b.lang.Tag == "en" || strings.HasPrefix(b.lang.Tag, "en-")
}

// Close gives back the temporary file.
func (b *Builder) Close() error { return b.store.Close() }

// Add adds the documents of a batch, which come in the order of Compare. Errors
// are those of the temporary file.
func (b *Builder) Add(batch *Batch) error {
	for i := range batch.documents {
		d := &batch.documents[i]
		end := len(batch.entries)
		if i+1 < len(batch.documents) {
			end = batch.documents[i+1].entries
		}
		if err := b.addDocument(batch, d, batch.entries[d.entries:end]); err != nil {
			return err
		}
	}
	return nil
}

func (b *Builder) addDocument(batch *Batch, d *document, entries []cut) error {
	id, n := idOf(d.URL), len(b.documents)
	if n > 0 && id < b.documents[n-1].id {
		return fmt.Errorf("search: %s comes behind its place", d.URL)
	}
	if int(b.entries)+len(entries) > math.MaxUint32>>4 {
		return fmt.Errorf("search: more than %d entries", b.entries)
	}
	b.documents = append(b.documents, added{id: id, first: b.entries})
	head := batch.data[d.from:d.end]
	b.record, b.whole = append(b.record[:0], head...), append(b.whole[:0], head...)
	for i := range entries {
		e := &entries[i]
		b.entries++
		b.documentOf = append(b.documentOf, uint32(n))
		b.addWords(batch.data[e.words:e.shown])
		if err := b.post(e.factor); err != nil {
			return err
		}
		shown := batch.data[e.shown:e.body]
		b.record = append(append(b.record, shown...), ']')
		if !b.large() {
			if b.whole = append(b.whole, shown...); e.end > e.body {
				b.whole = appendBody(b.whole, batch.data[e.body:e.end], e.texts)
			}
			b.whole = append(b.whole, ']')
		}
	}
	return b.put(&b.documents[n])
}

// keep puts away what is shown of a document.
func (b *Builder) put(d *added) (err error) {
	d.size = uint32(len(b.record) + 1)
	if d.ref, err = b.store.Put(append(b.record, ']')); err == nil && !b.large() {
		b.wholes += len(b.whole) + 1
		d.whole, err = b.store.Put(append(b.whole, ']'))
	}
	return err
}

// large reports whether there is so much text that bodies are not shown.
func (b *Builder) large() bool { return b.wholes > wholeText }

// addWords collects what the words of an entry weigh.
func (b *Builder) addWords(words []byte) {
	b.met = b.met[:0]
	b.at, words = b.words.numbers(b.at[:0], words, 0)
	count := 0
	for _, n := range b.at {
		if n >= b.stops {
			count++
		}
	}
	b.note(inTitle.each(between(1, count, longTitle)))
	for len(words) > 0 {
		each := weightOf(words)
		b.at, words = b.words.numbers(b.at[:0], words[weightSize:], b.stops)
		b.note(each)
	}
}

// note adds to what the words of the field at hand weigh in the entry at hand.
func (b *Builder) note(each float32) {
	for _, n := range b.at {
		w := &b.words.words[n]
		if w.entry != b.entries {
			w.entry, w.weight = b.entries, 0
			b.met = append(b.met, n)
		}
		w.weight += each
	}
}

// post adds the postings of the entry at hand to the run.
func (b *Builder) post(factor float64) error {
	if len(b.run)+len(b.met) > runLength {
		if err := b.spill(); err != nil {
			return err
		}
	}
	run := b.run
	for _, n := range b.met {
		w := &b.words.words[n]
		i := impact(w.weight, factor)
		enough := (uint64(w.least) - i - 1) >> 63 // 1 where i is enough, else 0: no branch
		w.total++
		w.run += uint32(enough)
		run = append(run, uint64(n)<<36|uint64(b.entries-1)<<4|i)
		run = run[:len(run)-1+int(enough)]
	}
	b.run = run
	return nil
}

// Finish works out the index. The Builder can't be used any more. Errors are those
// of the temporary file and of ctx.
func (b *Builder) Finish(ctx context.Context) (*Index, error) {
	if err := b.spill(); err != nil {
		return nil, err
	}
	b.run, b.sorted, b.words.slots = nil, nil, nil
	if b.wholes <= 4*oneFile { // compressed it may be small enough
		if one, err := b.oneFile(ctx); one != nil || err != nil {
			return one, err
		}
	}
	if !b.large() {
		for i := range b.documents {
			d := &b.documents[i]
			d.ref, d.size = d.whole, uint32(d.whole.Len())
		}
	}
	return b.files(ctx)
}

// order lists the words that entries have.
func (b *Builder) order(postings []posted) []uint32 {
	order := make([]uint32, 0, len(postings))
	for n := range postings {
		if postings[n].size > 0 {
			order = append(order, uint32(n))
		}
	}
	v := b.words
	slices.SortFunc(order, func(x, y uint32) int {
		return compare(v.text(&v.words[x]), v.text(&v.words[y]))
	})
	return order
}
