package search

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/zeebo/xxh3"
)

// Batch is documents made ready for a Builder: their entries cut into words, which
// takes longer than adding them. Batches can be filled side by side; one of them is
// not safe for concurrent use. The zero Batch is empty.
type Batch struct {
	tokens    tokenizer
	text      []byte
	data      []byte
	documents []document
	entries   []cut
	bodiless  bool
}

// document is one of a batch: in Batch.data its address and title as JSON.
type document struct {
	Document
	from, end int
	entries   int // of the batch, when it began
}

// cut is an entry that is cut into words. In Batch.data it has the words of its
// title, then those of each other field behind what they weigh, then what is
// shown of it, then its body.
type cut struct {
	words, shown, body, end int
	texts                   int // shown
	factor                  float64
}

// Compare is the order in which a Builder takes documents, by their addresses.
func Compare(a, b string) int {
	return cmp.Or(cmp.Compare(idOf(a), idOf(b)), strings.Compare(a, b))
}

// idBits is how many bits the number of a document has. With 20 of them, one of
// 100 that are added to 10,000 falls on the number of another; then they share it.
const idBits = 20

// idOf is the number of a document, which depends on its address alone.
func idOf(url string) uint32 { return uint32(xxh3.HashString(url) >> (64 - idBits)) }

// Reset empties the batch for a Builder. Its memory is used again. What is added then
// is without its body, once it has been cut, if the Builder shows none.
func (b *Batch) Reset(to *Builder) {
	b.data, b.documents, b.entries = b.data[:0], b.documents[:0], b.entries[:0]
	b.bodiless = to.large()
}

// Begin begins a document. The entries that are added belong to it.
func (b *Batch) Begin(d Document) {
	from := len(b.data)
	b.data = append(appendJSON(append(b.data, ','), d.URL), ',')
	b.data = appendJSON(b.data, d.Title)
	b.documents = append(b.documents, document{d, from, len(b.data), len(b.entries)})
}

// Add adds an entry.
func (b *Batch) Add(e Entry) {
	c := cut{words: len(b.data), factor: kindFactor[e.Kind]}
	b.text = append(b.text[:0], e.Title...)
	b.data = b.tokens.cut(b.data, b.text)
	b.string(e.Text, inText)
	lead := leadOf(e.Body)
	b.field(e.Body[:lead], inLead)
	b.field(e.Body[lead:], inBody)
	b.string(strings.Join(e.Also, " "), inBody)
	b.string(e.Of, inOf)
	if d := &b.documents[len(b.documents)-1]; named[e.Kind] {
		b.string(d.Title, inOf)
	}
	b.dates(e.Dates)
	c.shown = len(b.data)
	c.texts = b.show(&e)
	c.body = len(b.data)
	if !b.bodiless {
		b.data = append(b.data, e.Body...)
	}
	c.end = len(b.data)
	b.entries = append(b.entries, c)
}

// leadOf is where the beginning of a body ends: at a space.
func leadOf(body []byte) int {
	n := min(leadSize, len(body))
	for n < len(body) && body[n] > ' ' {
		n++
	}
	return n
}

func (b *Batch) string(text string, f field) {
	if text != "" {
		b.text = append(b.text[:0], text...)
		b.field(b.text, f)
	}
}

// field appends a field: what each of its words weighs, and they.
func (b *Batch) field(text []byte, f field) {
	if len(text) > 0 {
		b.data = binary.LittleEndian.AppendUint32(b.data, math.Float32bits(f.each(0)))
		b.data = b.tokens.cut(b.data, text)
	}
}

// dates appends words that are dates.
func (b *Batch) dates(dates []string) {
	if len(dates) == 0 {
		return
	}
	b.data = binary.LittleEndian.AppendUint32(b.data, math.Float32bits(inDate.each(0)))
	for _, d := range dates {
		b.data = append(append(b.data, byte(len(d))), d...)
	}
	b.data = append(b.data, 0)
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

// show appends what is shown of an entry, as JSON without its last bracket, and
// returns how many texts those are.
func (b *Batch) show(e *Entry) int {
	b.data = strconv.AppendUint(append(b.data, ",["...), uint64(e.Kind), 10)
	texts := [shownTexts]string{e.Title, e.URL, e.Text, e.Of}
	if madeOf(e.URL, e.Title) {
		texts[1] = "#"
	}
	n := len(texts)
	for n > 1 && texts[n-1] == "" {
		n--
	}
	for _, s := range texts[:n] {
		b.data = appendJSON(append(b.data, ','), s)
	}
	return n
}

// madeOf reports whether a place is the title in lower case with hyphens, as that of
// most questions is. The script can make it then.
func madeOf(place, title string) bool {
	if len(place) < 2 || place[0] != '#' {
		return false
	}
	at, hyphen := 1, false
	for i := range len(title) {
		c := ascii[title[i]]
		if c == beyond {
			return false
		}
		if c == 0 {
			hyphen = at > 1
			continue
		}
		if hyphen {
			if at >= len(place) || place[at] != '-' {
				return false
			}
			at++
		}
		if at >= len(place) || place[at] != c {
			return false
		}
		at, hyphen = at+1, false
	}
	return at == len(place)
}

// shownTexts are title, URL, text and of.
const shownTexts = 4

// appendBody appends a body behind what is shown of its entry, n texts.
func appendBody(b, body []byte, n int) []byte {
	for ; n < shownTexts; n++ {
		b = append(b, `,""`...)
	}
	return appendJSON(append(b, ','), string(body))
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
