package search

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"

	"github.com/zeebo/xxh3"
)

// word is one word of the vocabulary, and what it weighs in the entry at hand.
type word struct {
	short  uint64 // its first eight letters
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

// shortOf packs the first eight letters of a word. Most words have no more, and
// are told apart by them alone.
func shortOf(letters []byte) (short uint64) {
	if len(letters) >= 8 {
		return binary.LittleEndian.Uint64(letters)
	}
	if cap(letters) >= 8 { // what follows is in memory, and is masked
		return binary.LittleEndian.Uint64(letters[:8]) & (1<<(8*len(letters)) - 1)
	}
	for i, c := range letters {
		short |= uint64(c) << (8 * i)
	}
	return short
}

// hash gives a word a place among the slots.
func (v *vocabulary) hash(short uint64, letters []byte) uint64 {
	if len(letters) > 8 {
		return xxh3.HashSeed(letters, v.seed)
	}
	high, low := bits.Mul64(short^v.seed, 0x9e3779b97f4a7c15)
	return high ^ low
}

// number returns the number of a word, a new one for a new word.
func (v *vocabulary) number(letters []byte) uint32 {
	mask, short := uint64(len(v.slots)-1), shortOf(letters)
	slot := v.hash(short, letters) & mask
	for ; v.slots[slot] != 0; slot = (slot + 1) & mask {
		n := v.slots[slot] - 1
		w := &v.words[n]
		if w.short == short && int(w.size) == len(letters) &&
			(len(letters) <= 8 || bytes.Equal(v.text(w), letters)) {
			return n
		}
	}
	n := uint32(len(v.words))
	v.slots[slot] = n + 1
	at, size := uint32(len(v.letters)), uint8(len(letters))
	v.words = append(v.words, word{short: short, at: at, size: size})
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
		w := &v.words[n]
		slot := v.hash(w.short, v.text(w)) & mask
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
