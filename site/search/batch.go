package search

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"math"
)

// Batch is entries made ready for a Builder: cut into words, which takes longer
// than adding them. Batches can be filled side by side; one of them is not safe
// for concurrent use. The zero Batch is empty.
type Batch struct {
	tokens  tokenizer
	text    []byte
	data    []byte
	entries []cut
}

// cut is an entry that is cut into words. In Batch.data it has the words of its
// title, then those of each other field behind what they weigh, then what is
// shown of it.
type cut struct {
	words, shown, end int
	boost             float64
}

// Reset empties the batch. Its memory is used again.
func (b *Batch) Reset() { b.data, b.entries = b.data[:0], b.entries[:0] }

// Add adds an entry.
func (b *Batch) Add(e Entry) {
	c := cut{words: len(b.data), boost: kindFactor[e.Kind] * cmp.Or(e.Boost, 1)}
	b.text = append(b.text[:0], e.Title...)
	b.data = b.tokens.cut(b.data, b.text)
	// Of longer texts it is enough to know about how many words there are.
	b.text = append(b.text[:0], e.Text...)
	b.field(b.text, inText.each(len(e.Text)/wordSize))
	b.field(e.Body, inBody.each(len(e.Body)/wordSize))
	b.text = append(b.text[:0], e.Of...)
	b.field(b.text, inOf.each(0))
	c.shown = len(b.data)
	b.show(&e)
	c.end = len(b.data)
	b.entries = append(b.entries, c)
}

// wordSize is how many bytes a word has as a rule, with what is between words.
const wordSize = 6

// field appends a field: what each of its words weighs, and they.
func (b *Batch) field(text []byte, each float32) {
	b.data = binary.LittleEndian.AppendUint32(b.data, math.Float32bits(each))
	b.data = b.tokens.cut(b.data, text)
}

const weightSize = 4

func weightOf(field []byte) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(field))
}

// eachWord calls f with words that were cut, and returns what follows them.
func eachWord(words []byte, f func(letters []byte)) []byte {
	for words[0] != 0 {
		end := 1 + int(words[0])
		f(words[1:end])
		words = words[end:]
	}
	return words[1:]
}

// show appends what is shown of an entry, as JSON.
func (b *Batch) show(e *Entry) {
	b.data = append(b.data, '[', '0'+byte(e.Kind))
	texts := []string{e.Title, e.URL, e.Text, e.Of}
	for len(texts) > 2 && texts[len(texts)-1] == "" {
		texts = texts[:len(texts)-1]
	}
	for _, s := range texts {
		b.data = append(b.data, ',')
		b.data = appendJSON(b.data, s)
	}
	b.data = append(b.data, ']')
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
