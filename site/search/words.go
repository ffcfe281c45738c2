package search

import (
	"bytes"
	"math/rand/v2"

	"github.com/zeebo/xxh3"
)

// word is one word of the vocabulary, and what it weighs in the entry at hand.
type word struct {
	at     uint32 // in vocabulary.letters
	size   uint8
	stop   bool
	entry  uint32 // the last one that it was met in, from 1
	weight float32
	run    uint32 // postings in the run at hand
}

// vocabulary numbers words as they come. It is a hash table with open
// addressing, since Go's maps keep a string for each word.
type vocabulary struct {
	seed    uint64
	letters []byte
	words   []word
	slots   []uint32 // number+1 of a word; 0 is free
}

func newVocabulary() *vocabulary {
	return &vocabulary{seed: rand.Uint64(), slots: make([]uint32, 1<<12)}
}

func (v *vocabulary) text(w *word) []byte { return v.letters[w.at : w.at+uint32(w.size)] }

// number returns the number of a word, a new one for a new word.
func (v *vocabulary) number(letters []byte) uint32 {
	mask := uint64(len(v.slots) - 1)
	slot := xxh3.HashSeed(letters, v.seed) & mask
	for ; v.slots[slot] != 0; slot = (slot + 1) & mask {
		if n := v.slots[slot] - 1; bytes.Equal(v.text(&v.words[n]), letters) {
			return n
		}
	}
	n := uint32(len(v.words))
	v.slots[slot] = n + 1
	v.words = append(v.words, word{at: uint32(len(v.letters)), size: uint8(len(letters))})
	v.letters = append(v.letters, letters...)
	if len(v.words)*2 > len(v.slots) {
		v.grow()
	}
	return n
}

func (v *vocabulary) grow() {
	v.slots = make([]uint32, 4*len(v.slots))
	mask := uint64(len(v.slots) - 1)
	for n := range v.words {
		slot := xxh3.HashSeed(v.text(&v.words[n]), v.seed) & mask
		for v.slots[slot] != 0 {
			slot = (slot + 1) & mask
		}
		v.slots[slot] = uint32(n) + 1
	}
}

// compare orders words by UTF-16 code units, as JavaScript does. Bytes of UTF-8
// order by code points; the difference is that surrogates come before U+E000.
func compare(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if x, y := a[i], b[i]; x != y {
			if x>>1 == 0xEE>>1 {
				x += 0x10
			}
			if y>>1 == 0xEE>>1 {
				y += 0x10
			}
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}
