package search

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// What follows reads the files of an index and searches them as doc.go and
// site/doc/search.md say, in the plainest way: all shards, no fetching. The
// script must find the same.

type refWord struct {
	text  string
	stem  *refWord // the first form
	of    int
	posts []refPost
}

// refEntry is an entry as results have it: its document's number and its place
// there.
type refEntry struct{ ID, Place int }

type refPost struct {
	entry  refEntry
	impact int
}

// refShown is what is shown of an entry.
type refShown struct {
	Kind                             int
	Title, URL, Text, Of, Name, Body string
}

type reference struct {
	N         int
	Stop      string
	Months    string
	English   int
	Words     string
	Chunks    string
	Documents [][]any
	Shard     *string
	shards    [][]*refWord
	keys      []string
	shown     map[refEntry]refShown
	bytes     map[string][]byte
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
	r := &reference{bytes: map[string][]byte{}, shown: map[refEntry]refShown{}}
	for _, f := range x.Files() {
		var b bytes.Buffer
		if _, err := f.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		if r.bytes[f.Name] != nil {
			t.Fatalf("two files are %s", f.Name)
		}
		r.bytes[f.Name] = b.Bytes()
	}
	r.read(t, Root, r)
	if r.Shard != nil {
		r.keys, r.shards = []string{""}, [][]*refWord{readShard(*r.Shard)}
		r.show(t, r.Documents)
		return r
	}
	r.keys = strings.Split(r.Words, " ")
	for _, k := range r.keys {
		var s string
		r.read(t, shardName(k), &s)
		r.shards = append(r.shards, readShard(s))
	}
	for first, chunks := 0, r.Chunks; chunks != ""; {
		var n int
		n, chunks = readNumber(chunks)
		first += n
		var documents [][]any
		r.read(t, "d"+strconv.Itoa(first)+".json", &documents)
		if id := int(documents[0][0].(float64)); id < first || first > 0 && id > first {
			t.Fatalf("chunk %d begins with %d", first, id)
		}
		r.show(t, documents)
	}
	return r
}

func (r *reference) read(t testing.TB, name string, v any) {
	t.Helper()
	if err := json.Unmarshal(r.bytes[name], v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// show reads what is shown of documents.
func (r *reference) show(t testing.TB, documents [][]any) {
	for _, d := range documents {
		e := refEntry{ID: int(d[0].(float64))}
		for ; r.shown[e] != (refShown{}); e.Place++ { // another of the same number
		}
		for _, v := range d[3:] {
			fields := v.([]any)
			s := refShown{Kind: int(fields[0].(float64)), Name: d[2].(string)}
			for i, field := range fields[1:] {
				*[]*string{&s.Title, &s.URL, &s.Text, &s.Of, &s.Body}[i] = field.(string)
			}
			if s.URL == "" || s.URL[0] == '#' {
				s.URL = d[1].(string) + s.URL
			}
			r.shown[e] = s
			e.Place++
		}
	}
}

func readShard(s string) (words []*refWord) {
	var before []uint16
	for record := range strings.SplitSeq(s, " ") {
		if record == "" {
			continue
		}
		head, codes, _ := strings.Cut(record, "!")
		same, suffix := readNumber(head)
		before = append(slices.Clip(before[:same]), utf16.Encode([]rune(suffix))...)
		w := &refWord{text: string(utf16.Decode(before))}
		w.stem = w
		back, codes := readNumber(codes)
		if back>>1 > 0 {
			w.stem = words[len(words)-back>>1].stem
		}
		if back&1 == 1 {
			w.of, codes = readNumber(codes)
		}
		for e := (refEntry{}); codes != ""; {
			var n int
			n, codes = readNumber(codes)
			e.ID, e.Place = e.ID+n, 0
			for more := 1; more == 1; {
				n, codes = readNumber(codes)
				e.Place += n >> 5
				w.posts = append(w.posts, refPost{e, n >> 1 & 15})
				more = n & 1
			}
		}
		w.of = max(w.of, len(w.posts))
		words = append(words, w)
	}
	return words
}

// queryWords are the words of a query: without what an index has besides pairs.
func queryWords(text string) (words []string) {
	t := tokenizer{query: true}
	eachWord(t.cut(nil, []byte(text)), func(w []byte) { words = append(words, string(w)) })
	return words
}

// asked is what a query asks for: a word, or a date or chain with its words.
type asked struct {
	word  string
	parts []string
	open  bool
}

func (r *reference) asked(query string) (list []asked) {
	stop := strings.Split(r.Stop, " ")
	var words []string
	chains := map[int]asked{} // by their first word
	from := 0
	var cut tokenizer
	cut.each(nil, []byte(query))
	eachChain([]byte(query), cut.joints, func(chain []byte) {
		at := from + strings.Index(query[from:], string(chain))
		words = append(words, queryWords(query[from:at])...)
		from = at + len(chain)
		parts := queryWords(string(chain))
		var t tokenizer
		if joined := t.join(nil, chain); len(joined) > 0 {
			chains[len(words)] = asked{word: string(joined[1:]), parts: parts}
		}
		words = append(words, parts...)
	})
	words = append(words, queryWords(query[from:])...)
	for i := 0; i < len(words); {
		a := asked{word: words[i]}
		size := 1
		if date, n := dateAt(words[i:], strings.Split(r.Months, " ")); n > 0 {
			a, size = asked{word: date, parts: words[i : i+n]}, n
		} else if chain, ok := chains[i]; ok {
			a, size = chain, len(chain.parts)
		}
		if telling := slices.DeleteFunc(slices.Clone(a.parts), func(w string) bool { return slices.Contains(stop, w) }); len(telling) > 0 {
			a.parts = telling
		}
		if at := slices.IndexFunc(list, func(b asked) bool { return b.word == a.word }); at >= 0 {
			list[at] = a
		} else {
			list = append(list, a)
		}
		i += size
	}
	if r, _ := utf8.DecodeLastRuneInString(query); len(list) > 0 && isCharacter(r) {
		list[len(list)-1].open = true
	}
	telling := slices.DeleteFunc(slices.Clone(list), func(a asked) bool { return a.parts == nil && slices.Contains(stop, a.word) })
	if len(telling) > 0 {
		list = telling
	}
	return list[:min(5, len(list))]
}

var (
	dateYear    = regexp.MustCompile(`^[12]\d{3}$`)
	dateDay     = regexp.MustCompile(`^([1-9]|0[1-9]|[12]\d|3[01])(st|nd|rd|th|er)?$`)
	dateMonth   = regexp.MustCompile(`^(0[1-9]|1[0-2])$`)
	dateBetween = regexp.MustCompile(`^(de|del|of|the|年|月|日|년|월|일)$`)
)

// dateAt reads a date that words begin with: its word in the index, and how many
// words it has.
func dateAt(words, months []string) (string, int) {
	var used [3]string
	var ends [3]int
	for i, n := 0, 0; i < len(words) && n < 3; i++ {
		if i == 0 || !dateBetween.MatchString(words[i]) {
			used[n], ends[n] = words[i], i+1
			n++
		}
	}
	year := func(w string) string { return dateYear.FindString(w) }
	day := func(w string) string {
		if m := dateDay.FindStringSubmatch(w); m != nil {
			return fmt.Sprintf("%02s", strings.TrimLeft(m[1], "0"))
		}
		return ""
	}
	month := func(w string) string { return dateMonth.FindString(w) }
	named := func(w string) string {
		meant := 0
		for i, m := range months {
			if len16(w) > 2 && strings.HasPrefix(m, w) {
				if meant > 0 {
					return ""
				}
				meant = i + 1
			}
		}
		if meant == 0 {
			return ""
		}
		return fmt.Sprintf("%02d", meant)
	}
	a, b, c := used[0], used[1], used[2]
	for _, try := range [][]string{{"3", year(c), named(b), day(a)}, {"3", year(c), named(a), day(b)}, {"3", year(a), month(fmt.Sprintf("%02s", b)), day(c)},
		{"3", year(a), named(b), day(c)}, {"2", year(b), named(a)}, {"2", year(a), cmp.Or(month(b), named(b))}, {"1", year(a)}} {
		if !slices.Contains(try, "") {
			n, _ := strconv.Atoi(try[0])
			return "=" + strings.Join(try[1:], "-"), ends[n-1]
		}
	}
	return "", 0
}

// forms are the words of the index that a typed word means, each with its weight.
func (r *reference) forms(typed string, open bool) map[*refWord]int {
	at := func(word string) int {
		shard := 0
		for i, k := range r.keys {
			if i == 0 || compare([]byte(k), []byte(word)) <= 0 {
				shard = i
			}
		}
		return shard
	}
	need := []int{at(typed)}
	var others []string
	if r.English == 1 {
		others = spellings(typed)
	}
	for _, o := range others {
		need = append(need, at(o))
	}
	if next := at(typed) + 1; open && next < len(r.keys) && strings.HasPrefix(r.keys[next], typed) {
		need = append(need, next)
	}
	slices.Sort(need)
	var all []*refWord
	for _, i := range slices.Compact(need) {
		all = append(all, r.shards[i]...)
	}
	found := map[*refWord]int{}
	add := func(word string, itself, akin int) {
		for _, w := range all {
			if w.text == word {
				for _, f := range all {
					if _, ok := found[f]; !ok && f == w {
						found[f] = itself
					} else if !ok && f.stem == w.stem {
						found[f] = akin
					}
				}
			}
		}
	}
	add(typed, 100, 80)
	for _, o := range others {
		add(o, 90, 70)
	}
	if typed[0] == '=' {
		return found
	}
	if open || len(found) == 0 {
		for _, w := range all {
			if _, ok := found[w]; !ok && strings.HasPrefix(w.text, typed) {
				found[w] = 70 * len16(typed) / len16(w.text)
			}
		}
	}
	if len(found) > 0 {
		return found
	}
	most := max(4, len16(typed)-3)
	for _, w := range all {
		n := 0
		for _, like := range append(others, typed) {
			n = max(n, shared(utf16.Encode([]rune(like)), utf16.Encode([]rune(w.text))))
		}
		if n < most || len16(w.text) > n+3 {
			continue
		}
		if n > most {
			clear(found)
			most = n
		}
		found[w] = 50
	}
	return found
}

// spellings are other ways to write an English word.
func spellings(word string) (all []string) {
	const ise, our = "(e|ed|es|er|ers|ing|able|ation.*)$", "(s|ed|ing|ite|ites|ful|able|hood|er|ers|less)?$"
	for _, s := range [][2]string{{"^(.{3,})is" + ise, "${1}iz$2"}, {"^(.{3,})iz" + ise, "${1}is$2"}, {"^(.{3,}y)s(e|ed|es|er|ers|ing)$", "${1}z$2"},
		{"^(.{3,}y)z(e|ed|es|er|ers|ing)$", "${1}s$2"}, {"^(.{3,})our" + our, "${1}or$2"}, {"^(.{3,})or" + our, "${1}our$2"},
		{"^(.{2,}[bt])re(s|d)?$", "${1}er$2"}, {"^(.{2,}[bt])er(s|d)?$", "${1}re$2"}} {
		if from := regexp.MustCompile(s[0]); from.MatchString(word) {
			all = append(all, from.ReplaceAllString(word, s[1]))
		}
	}
	return all
}

func len16(s string) int { return len(utf16.Encode([]rune(s))) }

var phrases = regexp.MustCompile(`["“”„«»「」『』]([^"“”„«»「」『』]+)["“”„«»「」『』]`)

// weigh returns the entries that have a word, or its like, with what that counts,
// and in how many they are.
func (r *reference) weigh(word string, open bool) (best map[refEntry]int, of int) {
	best = map[refEntry]int{}
	for f, weight := range r.forms(word, open) {
		of += f.of
		for _, p := range f.posts {
			best[p.entry] = max(best[p.entry], (p.impact+1)*weight)
		}
	}
	return best, of
}

// find returns the entries for a query, best first.
func (r *reference) find(query string) []refEntry {
	scores, counts, most := map[refEntry]int{}, map[refEntry]int{}, 0
	wanted := r.asked(query)
	for _, a := range wanted {
		best, of := r.weigh(a.word, a.open)
		if a.parts != nil {
			least := map[refEntry]int{}
			for i, w := range a.parts {
				one, _ := r.weigh(w, a.open && i == len(a.parts)-1)
				for e, n := range one {
					if i == 0 {
						least[e] = n
					}
				}
				for e := range least {
					least[e] = min(least[e], one[e])
				}
			}
			for e, n := range least {
				if n > 0 {
					best[e] = max(best[e], n*4/5)
				}
			}
			of = len(best)
		}
		rare := int(math.Round(16 * math.Log(1+float64(r.N)/float64(of))))
		for entry, score := range best {
			scores[entry] += score * rare
			counts[entry]++
			most = max(most, counts[entry])
		}
	}
	var entries []refEntry
	phrase := slices.ContainsFunc(phrases.FindAllStringSubmatch(query, -1), func(m []string) bool { return len(queryWords(m[1])) > 0 })
	for entry, n := range counts {
		if phrase && n == len(wanted) || !phrase && 2*n >= most {
			entries = append(entries, entry)
		}
	}
	slices.SortFunc(entries, func(x, y refEntry) int {
		return cmp.Or(counts[y]-counts[x], scores[y]-scores[x], x.Place-y.Place, x.ID-y.ID)
	})
	return entries
}
