package search

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
)

// run is postings in the order of the numbers of their words, in blocks.
type run []block

// block holds word numbers as differences, the first one as it is, each with how
// many postings follow, and those.
type block struct {
	ref   memo.Ref
	first uint32 // word
}

const blockSize = 32 << 10

// spill sorts the postings at hand by word, by counting, and puts them away.
func (b *Builder) spill() error {
	if len(b.run) == 0 {
		return nil
	}
	b.sorted = slices.Grow(b.sorted[:0], len(b.run))
	sorted, starts := b.sorted[:len(b.run)], make([]uint32, len(b.words.words)+1)
	for n := range b.words.words {
		starts[n+1] = starts[n] + b.words.words[n].run
		b.words.words[n].run = 0
	}
	for _, p := range b.run {
		n := p >> 36
		sorted[starts[n]] = p
		starts[n]++
	}
	b.run = b.run[:0]
	var r run
	data, first, last := make([]byte, 0, 2*blockSize), uint64(0), uint64(0)
	for len(sorted) > 0 {
		n, count := sorted[0]>>36, 1
		if len(data) == 0 {
			first, last = n, 0
		}
		for count < len(sorted) && sorted[count]>>36 == n {
			count++
		}
		b.raise(uint32(n), sorted[:count])
		data = binary.AppendUvarint(data, n-last)
		data = binary.AppendUvarint(data, uint64(count))
		entry := uint64(0)
		for _, p := range sorted[:count] {
			at := p >> 4 & (1<<32 - 1)
			data = binary.AppendUvarint(data, (at-entry)<<4|p&maxImpact)
			entry = at
		}
		sorted, last = sorted[count:], n
		if len(data) >= blockSize || len(sorted) == 0 {
			ref, err := b.store.Put(data)
			if err != nil {
				return err
			}
			r, data = append(r, block{ref, uint32(first)}), data[:0]
		}
	}
	b.runs = append(b.runs, r)
	return nil
}

// impacts counts postings by their impact.
type impacts [maxImpact + 1]uint32

// raise works out which impact further postings of a word need, with these in a run.
// The index keeps the best alone, of equal ones the first: what can't be among them any
// more need not be sorted, stored and merged, and of common words that is most.
func (b *Builder) raise(n uint32, postings []uint64) {
	w := &b.words.words[n]
	if w.total < most/4 { // too few to matter soon
		return
	}
	counts := b.impacts[n]
	if counts == nil {
		counts = new(impacts)
		b.impacts[n] = counts
	}
	for _, p := range postings {
		counts[p&maxImpact]++
	}
	level, better := maxImpact, counts[maxImpact]
	for level > 0 && better < most {
		level--
		better += counts[level]
	}
	if better >= most {
		w.least = uint8(level + 1)
	}
}

// cursor reads a run.
type cursor struct {
	blocks run
	block  []byte // what is left of the one at hand
	memory []byte
	word   uint64
	done   bool
}

// next moves to the next word of the run.
func (c *cursor) next(store *memo.Store) (err error) {
	if len(c.block) == 0 {
		if len(c.blocks) == 0 {
			c.done = true
			return nil
		}
		if c.memory, err = store.Get(c.memory[:0], c.blocks[0].ref); err != nil {
			return err
		}
		c.block, c.blocks, c.word = c.memory, c.blocks[1:], 0
	}
	c.word += c.number()
	return nil
}

// seek moves to the first word of a run from word on.
func (c *cursor) seek(store *memo.Store, r run, word uint64) error {
	at, found := slices.BinarySearchFunc(r, word,
		func(b block, word uint64) int { return cmp.Compare(uint64(b.first), word) })
	if !found && at > 0 {
		at-- // it may lie within this one
	}
	c.blocks = r[at:]
	for {
		if err := c.next(store); err != nil || c.done || c.word >= word {
			return err
		}
		for range c.number() {
			c.number()
		}
	}
}

func (c *cursor) number() uint64 {
	n, size := binary.Uvarint(c.block)
	c.block = c.block[size:]
	return n
}

// append appends the postings of the word at hand, entry<<4 | impact.
func (c *cursor) append(to []uint64) []uint64 {
	entry := uint64(0)
	for range c.number() {
		n := c.number()
		entry += n >> 4
		to = append(to, entry<<4|n&maxImpact)
	}
	return to
}

// posted is where the postings of a word lie, ready for a shard but for BACK.
type posted struct {
	ref  memo.Ref
	size uint32 // bytes; 0 for a word that no entry has
	cut  bool
}

// merge joins the runs, cuts postings to the best and encodes them, with the
// numbers that documents have.
func (b *Builder) merge(ctx context.Context, ids []uint32) ([]posted, error) {
	all, starts := make([]posted, len(b.words.words)), b.partStarts()
	err := par.Each(ctx, len(starts), func(i int) error {
		end := len(all)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		return b.mergePart(all[starts[i]:end], uint64(starts[i]), ids)
	})
	return all, err
}

// parts is how many parts of a large index are merged beside each other.
const parts = 8

// partStarts divides the words into parts with about as many postings: blocks
// have.
func (b *Builder) partStarts() []int {
	var firsts []int
	for _, r := range b.runs {
		for _, block := range r {
			firsts = append(firsts, int(block.first))
		}
	}
	slices.Sort(firsts)
	starts := []int{0}
	for i := 1; i < parts; i++ {
		if n := len(firsts) * i / parts; n < len(firsts) && firsts[n] > starts[len(starts)-1] {
			starts = append(starts, firsts[n])
		}
	}
	return starts
}

// mergePart merges the words from first on.
func (b *Builder) mergePart(words []posted, first uint64, ids []uint32) error {
	cursors := make([]cursor, len(b.runs))
	for i := range cursors {
		if err := cursors[i].seek(b.store, b.runs[i], first); err != nil {
			return err
		}
	}
	var list []uint64
	var text []byte
	for n := range words {
		list, text = list[:0], text[:0]
		for i := range cursors {
			if c := &cursors[i]; !c.done && c.word == first+uint64(n) {
				list = c.append(list)
				if err := c.next(b.store); err != nil {
					return err
				}
			}
		}
		if len(list) == 0 {
			continue
		}
		list = best(list, most)
		total := b.words.words[first+uint64(n)].total
		if words[n].cut = len(list) < int(total); words[n].cut {
			text = appendNumber(text, uint64(total))
		}
		text = b.appendPostings(text, list, ids)
		ref, err := b.store.Put(text)
		if err != nil {
			return err
		}
		words[n].ref, words[n].size = ref, uint32(len(text))
	}
	return nil
}

// most is how many postings a word keeps: with more of them, one query of
// common words would move too much. It is reached on sites of thousands of
// explainers only, and there the word is in some 5 % of all entries.
const most = 2000

// best keeps the k postings of the greatest impact, of equal ones the first, in
// their order.
func best(list []uint64, k int) []uint64 {
	if len(list) <= k {
		return list
	}
	var counts [maxImpact + 1]int
	for _, p := range list {
		counts[p&maxImpact]++
	}
	level := maxImpact
	for ; counts[level] < k; level-- {
		k -= counts[level] // all of these, and k of the next
	}
	left := list[:0]
	for _, p := range list {
		switch i := int(p & maxImpact); {
		case i > level:
			left = append(left, p)
		case i == level && k > 0:
			left = append(left, p)
			k--
		}
	}
	return left
}

// appendPostings appends postings, entry<<4 | impact, as doc.go says.
func (b *Builder) appendPostings(text []byte, list []uint64, ids []uint32) []byte {
	before, last := uint32(0), uint32(0) // documents, entries
	for i, p := range list {
		entry := uint32(p >> 4)
		d := b.documentOf[entry]
		id := ids[d]
		if i == 0 || id != before {
			text = appendNumber(text, uint64(id-before))
			for d > 0 && ids[d-1] == id { // documents of one number are as one
				d--
			}
			before, last = id, b.documents[d].first
		}
		more := uint64(0)
		if i+1 < len(list) && ids[b.documentOf[list[i+1]>>4]] == id {
			more = 1
		}
		text = appendNumber(text, uint64(entry-last)<<5|p&maxImpact<<1|more)
		last = entry
	}
	return text
}
