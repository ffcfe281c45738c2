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
	at     uint32 // in vocabulary.letters
	size   uint8
	least  uint8  // impact that a further posting needs to be among the best
	entry  uint32 // the last one that it was met in, from 1
	weight float32
	run    uint32 // postings in the run at hand
	total  uint32 // entries that have it
}

// vocabulary numbers words as they come. It is a hash table with open
// addressing, since Go's maps keep a string for each word.
type vocabulary struct {
	seed    uint64
	letters []byte
	words   []word
	slots   []slot
}

// slot is a place in the hash table: what distinguishes most words is at hand.
type slot struct {
	short  uint64 // the first eight letters of the word
	number uint32 // from 1; 0 is free
	size   uint32
}

func newVocabulary() *vocabulary {
	return &vocabulary{seed: rand.Uint64(), slots: make([]slot, 1<<12)}
}

func (v *vocabulary) text(w *word) []byte { return v.letters[w.at : w.at+uint32(w.size)] }

// shortOf packs the first eight letters of a word. Most words have no more, and
// are distinguished by them alone.
func shortOf(letters []byte) (short uint64) {
	if len(letters) >= 8 {
		return binary.LittleEndian.Uint64(letters)
	}
	if cap(letters) >= 8 { // what follows is in memory, and is masked
		return binary.LittleEndian.Uint64(letters[:8]) & (1<<(8*len(letters)&63) - 1)
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

// numbers appends the numbers of words that were cut, without those below least, and
// returns what follows the words. Nothing foretells which those are: there is no branch.
func (v *vocabulary) numbers(to []uint32, words []byte, least uint32) (numbers []uint32, rest []byte) {
	for words[0] != 0 {
		end := 1 + int(words[0])
		letters := words[1:end]
		words = words[end:]
		short := shortOf(letters)
		s := &v.slots[v.hash(short, letters)&uint64(len(v.slots)-1)]
		n := s.number - 1
		if s.short != short || int(s.size) != len(letters) || len(letters) > 8 {
			n = v.number(letters)
		}
		to = append(to, n)
		to = to[:len(to)-int((n-least)>>31)]
	}
	return to, words[1:]
}

// number returns the number of a word, a new one for a new word.
func (v *vocabulary) number(letters []byte) uint32 {
	mask, short := uint64(len(v.slots)-1), shortOf(letters)
	at := v.hash(short, letters) & mask
	s := &v.slots[at]
	for ; s.number != 0; s = &v.slots[at] {
		if s.short == short && int(s.size) == len(letters) &&
			(len(letters) <= 8 || bytes.Equal(v.text(&v.words[s.number-1]), letters)) {
			return s.number - 1
		}
		at = (at + 1) & mask
	}
	n := uint32(len(v.words))
	*s = slot{short, n + 1, uint32(len(letters))}
	v.words = append(v.words, word{at: uint32(len(v.letters)), size: uint8(len(letters))})
	v.letters = append(v.letters, letters...)
	if len(v.words)*2 > len(v.slots) {
		v.grow()
	}
	return n
}

func (v *vocabulary) grow() {
	old := v.slots
	v.slots = make([]slot, 2*len(old))
	mask := uint64(len(v.slots) - 1)
	for _, s := range old {
		if s.number != 0 {
			at := v.hash(s.short, v.text(&v.words[s.number-1])) & mask
			for v.slots[at].number != 0 {
				at = (at + 1) & mask
			}
			v.slots[at] = s
		}
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
