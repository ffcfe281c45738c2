package markdown

import "hash/maphash"

// Vocabulary says which words a text may hold, in 512 bytes: a Bloom filter. It
// may take a text to hold a word that it has not, never the other way round.
// The zero Vocabulary holds none.
type Vocabulary [64]uint64

var vocabularySeed = maphash.MakeSeed()

// Add adds the words of the Fragment among which a Matcher looks for terms.
func (v *Vocabulary) Add(f *Fragment) {
	var p passage
	for _, span := range f.Spans {
		p.readSpan(f.HTML, span)
		eachToken(p.text, func(t hashed) bool {
			v[t.slot(0)] |= t.bit(0)
			v[t.slot(1)] |= t.bit(1)
			return true
		})
	}
}

// May reports whether the form, or a plural of it, may stand in the text.
func (v *Vocabulary) May(f Form) bool {
	texts := []string{normalForm(f.Text)}
	if f.Plural {
		texts = append(texts, plurals(texts[0])...)
	}
	for _, text := range texts {
		may := text != ""
		eachToken([]byte(text), func(t hashed) bool {
			may = may && v[t.slot(0)]&t.bit(0) != 0 && v[t.slot(1)]&t.bit(1) != 0
			return may
		})
		if may {
			return true
		}
	}
	return false
}

// hashed is a token without case. It has two bits in a Vocabulary.
type hashed uint64

func (h hashed) slot(i int) uint64 { return uint64(h) >> (32 * i) % uint64(len(Vocabulary{})) }
func (h hashed) bit(i int) uint64  { return 1 << (uint64(h) >> (32*i + 16) & 63) }

// eachToken hands the tokens of a text that is read as a passage to f, until it
// returns false.
func eachToken(text []byte, f func(hashed) bool) {
	var room [64]byte
	key := room[:0]
	for i := 0; i < len(text); {
		if htmlSpace(text[i]) {
			i++
			continue
		}
		end, _ := token(text, i)
		key = appendFolded(key[:0], text[i:end])
		if !f(hashed(maphash.Bytes(vocabularySeed, key))) {
			return
		}
		i = end
	}
}
