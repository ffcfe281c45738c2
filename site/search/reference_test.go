package search

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// What follows reads the files of an index and searches them as doc.go and
// site/doc/search.md say, in the plainest way: all shards, no fetching. The
// script must find the same.

type refWord struct {
	text  string
	stem  int // the place of the first form
	of    int
	posts []refPost
}

type refPost struct{ entry, impact int }

type reference struct {
	N      int            `json:"n"`
	Stop   string         `json:"stop"`
	Words  string         `json:"words"`
	First  string         `json:"first"`
	Inline map[string]any `json:"inline"`
	shards [][]refWord
	keys   []string
	shown  [][]any
	bytes  map[string][]byte
}

func readNumber(s string) (int, string) {
	n := 0
	for i := range len(s) {
		if s[i] >= lastDigit {
			return n*lasts + int(s[i]-lastDigit), s[i+1:]
		}
		n = n*others + int(s[i]-otherDigit)
	}
	panic("a number without an end: " + s)
}

func readIndex(t testing.TB, x *Index) *reference {
	t.Helper()
	r := &reference{bytes: map[string][]byte{}}
	for _, f := range x.Files() {
		var b bytes.Buffer
		if _, err := f.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		r.bytes[f.Name] = b.Bytes()
	}
	if err := json.Unmarshal(r.bytes["index.json"], r); err != nil {
		t.Fatal(err)
	}
	r.keys = strings.Split(r.Words, " ")
	for i := range r.keys {
		var s string
		r.part(t, "w"+strconv.Itoa(i), &s)
		r.shards = append(r.shards, readShard(s))
	}
	at := 0
	for i := 0; r.First != ""; i++ {
		var n int
		n, r.First = readNumber(r.First)
		if at += n; at != len(r.shown) {
			t.Fatalf("chunk %d begins with entry %d and not with %d", i, at, len(r.shown))
		}
		var chunk [][]any
		r.part(t, "d"+strconv.Itoa(i), &chunk)
		r.shown = append(r.shown, chunk...)
	}
	if len(r.shown) != r.N {
		t.Fatalf("%d entries are shown of %d", len(r.shown), r.N)
	}
	return r
}

func (r *reference) part(t testing.TB, name string, v any) {
	t.Helper()
	b := r.bytes[name+".json"]
	if p, ok := r.Inline[name]; ok {
		b, _ = json.Marshal(p)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func readShard(s string) (words []refWord) {
	var before []uint16
	for record := range strings.SplitSeq(s, " ") {
		if record == "" {
			continue
		}
		head, codes, _ := strings.Cut(record, "!")
		same, suffix := readNumber(head)
		before = append(slices.Clip(before[:same]), utf16.Encode([]rune(suffix))...)
		w := refWord{text: string(utf16.Decode(before)), stem: len(words)}
		back, codes := readNumber(codes)
		if back>>1 > 0 {
			w.stem = words[len(words)-back>>1].stem
		}
		if back&1 == 1 {
			w.of, codes = readNumber(codes)
		}
		for entry := -1; codes != ""; {
			var n int
			n, codes = readNumber(codes)
			entry += n >> 4
			w.posts = append(w.posts, refPost{entry, n & 15})
		}
		w.of = max(w.of, len(w.posts))
		words = append(words, w)
	}
	return words
}

// queryWords are the words of a query: without what an index has besides pairs.
func queryWords(text string) (words []string) {
	var t tokenizer
	t.query = true
	eachWord(t.cut(nil, []byte(text)), func(w []byte) { words = append(words, string(w)) })
	return words
}

func (r *reference) forms(typed string, open bool) map[*refWord]int {
	shard := 0
	for i, k := range r.keys {
		if k <= typed {
			shard = i
		}
	}
	parts := [][]refWord{r.shards[shard]}
	if open && shard+1 < len(r.keys) && strings.HasPrefix(r.keys[shard+1], typed) {
		parts = append(parts, r.shards[shard+1])
	}
	found := map[*refWord]int{}
	exact := false
	for i := range parts[0] {
		if w := &parts[0][i]; w.text == typed {
			exact = true
			for j := range parts[0] {
				if f := &parts[0][j]; f.stem == w.stem {
					found[f] = 80
				}
			}
			found[w] = 100
		}
	}
	most := max(4, len16(typed)-3)
	for pass := 0; pass < 2 && (pass == 0 || len(found) == 0); pass++ {
		for _, part := range parts {
			for i := range part {
				w := &part[i]
				n := shared(utf16.Encode([]rune(typed)), utf16.Encode([]rune(w.text)))
				switch {
				case pass == 0:
					if _, ok := found[w]; !ok && (open || !exact) && n == len16(typed) {
						found[w] = 70 * len16(typed) / len16(w.text)
					}
				case n >= most && len16(w.text) <= n+3:
					if n > most {
						clear(found)
						most = n
					}
					found[w] = 50
				}
			}
		}
	}
	return found
}

func len16(s string) int { return len(utf16.Encode([]rune(s))) }

// find returns the entries for a query, best first.
func (r *reference) find(query string) []int {
	all := queryWords(query)
	ending := ""
	if r, _ := utf8.DecodeLastRuneInString(query); len(all) > 0 && unicode.In(r, unicode.L, unicode.N, unicode.M) {
		ending = all[len(all)-1]
	}
	stop := strings.Split(r.Stop, " ")
	telling := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(stop, w) })
	if len(telling) == 0 {
		telling = all
	}
	var typed []string
	for _, w := range telling {
		if !slices.Contains(typed, w) && len(typed) < 6 {
			typed = append(typed, w)
		}
	}
	scores, counts, most := map[int]int{}, map[int]int{}, 0
	for _, w := range typed {
		best, of := map[int]int{}, 0
		for f, weight := range r.forms(w, w == ending) {
			of += f.of
			for _, p := range f.posts {
				best[p.entry] = max(best[p.entry], (p.impact+1)*weight)
			}
		}
		rare := int(math.Round(16 * math.Log(1+float64(r.N)/float64(of))))
		for entry, score := range best {
			scores[entry] += score * rare
			counts[entry]++
			most = max(most, counts[entry])
		}
	}
	var entries []int
	for entry, n := range counts {
		if 2*n >= most {
			entries = append(entries, entry)
		}
	}
	slices.SortFunc(entries, func(x, y int) int {
		return cmp.Or(counts[y]-counts[x], scores[y]-scores[x], x-y)
	})
	return entries
}
