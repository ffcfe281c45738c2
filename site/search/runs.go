package search

import (
	"encoding/binary"
	"slices"

	"nutgraf/site/internal/memo"
)

// run is postings in the order of the numbers of their words, in blocks: word
// numbers as differences, each with how many postings follow, and those.
type run []memo.Ref

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
	block, last := make([]byte, 0, 2*blockSize), uint64(0)
	for len(sorted) > 0 {
		n, count := sorted[0]>>36, 1
		for count < len(sorted) && sorted[count]>>36 == n {
			count++
		}
		block = binary.AppendUvarint(block, n-last)
		block = binary.AppendUvarint(block, uint64(count))
		entry := uint64(0)
		for _, p := range sorted[:count] {
			at := p >> 4 & (1<<32 - 1)
			block = binary.AppendUvarint(block, (at-entry)<<4|p&maxImpact)
			entry = at
		}
		sorted, last = sorted[count:], n
		if len(block) >= blockSize || len(sorted) == 0 {
			ref, err := b.store.Put(block)
			if err != nil {
				return err
			}
			r, block = append(r, ref), block[:0]
		}
	}
	b.runs = append(b.runs, r)
	return nil
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
		if c.memory, err = store.Get(c.memory[:0], c.blocks[0]); err != nil {
			return err
		}
		c.block, c.blocks = c.memory, c.blocks[1:]
	}
	c.word += c.number()
	return nil
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

// merge joins the runs, cuts postings to the best and encodes them.
func (b *Builder) merge() ([]posted, error) {
	cursors := make([]cursor, len(b.runs))
	for i := range cursors {
		cursors[i].blocks = b.runs[i]
		if err := cursors[i].next(b.store); err != nil {
			return nil, err
		}
	}
	all := make([]posted, len(b.words.words))
	var list []uint64
	var text []byte
	for n := range all {
		list, text = list[:0], text[:0]
		for i := range cursors {
			if c := &cursors[i]; !c.done && c.word == uint64(n) {
				list = c.append(list)
				if err := c.next(b.store); err != nil {
					return nil, err
				}
			}
		}
		if len(list) == 0 {
			continue
		}
		total := len(list)
		list = best(list, most)
		if all[n].cut = len(list) < total; all[n].cut {
			text = appendNumber(text, uint64(total))
		}
		text = appendPostings(text, list)
		ref, err := b.store.Put(text)
		if err != nil {
			return nil, err
		}
		all[n].ref, all[n].size = ref, uint32(len(text))
	}
	return all, nil
}

// most is how many postings a word keeps: with more of them, one query of
// common words would move too much. It is reached on sites of thousands of
// explainers only, and there the word is in some 5 % of all entries.
const most = 8000

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
	kept := list[:0]
	for _, p := range list {
		switch i := int(p & maxImpact); {
		case i > level:
			kept = append(kept, p)
		case i == level && k > 0:
			kept = append(kept, p)
			k--
		}
	}
	return kept
}

func appendPostings(b []byte, list []uint64) []byte {
	before := uint64(0) // the entry before, and one
	for _, p := range list {
		entry := p >> 4
		b = appendNumber(b, (entry+1-before)<<4|p&maxImpact)
		before = entry + 1
	}
	return b
}
