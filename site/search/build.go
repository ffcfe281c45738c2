package search

import (
	"context"
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
	words   *vocabulary
	own     Batch // of Add

	entries uint32
	met     []uint32 // words of the entry at hand
	inTitle []uint32 // words of its title, each time it has them

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
	return b
}

// Close gives back the temporary file.
func (b *Builder) Close() error { return b.store.Close() }

// Add adds an entry. Of entries that fit a query equally well those added first
// come first. An entry added at the end changes no file but those of its words.
// Errors are those of the temporary file.
func (b *Builder) Add(e Entry) error {
	b.own.Reset()
	b.own.Add(e)
	return b.AddBatch(&b.own)
}

// AddBatch adds the entries of a batch, as Add adds one.
func (b *Builder) AddBatch(batch *Batch) error {
	for i := range batch.entries {
		if b.entries == math.MaxUint32>>4 {
			return fmt.Errorf("search: more than %d entries", b.entries)
		}
		b.entries++
		e := &batch.entries[i]
		b.addWords(batch.data[e.words:e.shown])
		if err := b.post(e.boost); err != nil {
			return err
		}
		if err := b.show(batch.data[e.shown:e.end]); err != nil {
			return err
		}
	}
	return nil
}

// addWords collects what the words of an entry weigh.
func (b *Builder) addWords(words []byte) {
	b.met, b.inTitle = b.met[:0], b.inTitle[:0]
	words = eachWord(words, func(letters []byte) { b.inTitle = append(b.inTitle, b.words.number(letters)) })
	count := 0
	for _, n := range b.inTitle {
		if !b.words.words[n].stop {
			count++
		}
	}
	each := inTitle.each(max(1, count))
	for _, n := range b.inTitle {
		b.note(n, each)
	}
	for len(words) > 0 {
		each := weightOf(words)
		words = eachWord(words[weightSize:], func(letters []byte) {
			if n := b.words.number(letters); !b.words.words[n].stop {
				b.note(n, each)
			}
		})
	}
}

// note adds to what a word weighs in the entry at hand.
func (b *Builder) note(n uint32, each float32) {
	w := &b.words.words[n]
	if w.entry != b.entries {
		w.entry, w.weight = b.entries, 0
		b.met = append(b.met, n)
	}
	w.weight += each
}

// post adds the postings of the entry at hand to the run.
func (b *Builder) post(boost float64) error {
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
func (b *Builder) show(record []byte) error {
	if len(b.pending) > 0 {
		b.pending = append(b.pending, ',')
	}
	b.pending = append(b.pending, record...)
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

// Finish works out the index. The Builder can't be used any more. Errors are those
// of the temporary file and of ctx.
func (b *Builder) Finish(ctx context.Context) (*Index, error) {
	if err := b.spill(); err != nil {
		return nil, err
	}
	if err := b.endAtom(); err != nil {
		return nil, err
	}
	b.run, b.sorted, b.words.slots = nil, nil, nil
	postings, err := b.merge(ctx)
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
