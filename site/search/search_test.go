package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"nutgraf/site/lang"
)

// page is a document with its entries.
type page struct {
	Document
	entries []Entry
}

// build makes an index and reads it back.
func build(t testing.TB, tag string, pages []page) (*reference, *Index) {
	t.Helper()
	b := New(lang.For(tag))
	for _, p := range slices.SortedFunc(slices.Values(pages), func(x, y page) int { return Compare(x.URL, y.URL) }) {
		var batch Batch
		batch.Begin(p.Document)
		for _, e := range p.entries {
			batch.Add(e)
		}
		if err := b.Add(&batch); err != nil {
			t.Fatal(err)
		}
	}
	x, err := b.Finish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return readIndex(t, x), x
}

// found are the addresses of what a query finds.
func (r *reference) found(query string) (urls []string) {
	for _, e := range r.find(query) {
		urls = append(urls, r.shown[e].URL)
	}
	return urls
}

// alone are entries each on a page of its own: 0, 1, …
func alone(entries ...Entry) (pages []page) {
	for i, e := range entries {
		pages = append(pages, page{Document{URL: fmt.Sprint(i)}, []Entry{e}})
	}
	return pages
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		"What is a leap second?":    "what is a leap second",
		"Earth’s “spin” – 86,400 s": "earth s spin 86 400 s 86400",
		"Café CAFÉ cafe\u0301":      "cafe cafe cafe",
		"Straße, Łódź, Øresund, œuvre, İzmir": "strasse lodz oresund oeuvre izmir",
		"ΟΔΟΣ οδός":                           "οδοσ οδοσ",
		"Ёлка ёлка":                           "елка елка",
		"الدَّوْلَة":                          "دولة",
		"ﬁne ½ №5 Ⅷ":                          "fine 1 2 no5 viii",
		"東京都 水":                               "東京 京都 都 水",
		"サーバー":                                "さー ーば ばー ー",
		"ﾃｽﾄ":                                 "てす すと と",
		"والدولة الله":                        "دولة الله",
		"e-mail, O’Brien’s ISIS-K":            "e mail o brien s isis k email obrien isisk",
		"Brazil's 1,500 3.5 a--b -c":          "brazil s 1 500 3 5 a b c 1500",
		"ISO東京x":                              "iso 東京 京 x",
		"हिन्दी":                              "हिन्दी",
		"한국어":                                 "한국어",
		"ภาษา":                                "ภา าษ ษา า",
		"a\xffb \xed\xa0\x80c":                "a b c",
		strings.Repeat("x", 40):               strings.Repeat("x", 32) + " xxxxxxxx",
		strings.Repeat("é", 33):               strings.Repeat("e", 32) + " e",
		strings.Repeat("x", 31) + "e\u0301y":  strings.Repeat("x", 31) + "e y",
	} {
		var tok tokenizer
		var got []string
		eachWord(tok.cut(nil, []byte(text)), func(w []byte) { got = append(got, string(w)) })
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q and not %q", text, strings.Join(got, " "), want)
		}
	}
}

// TestLetters finds letters of many bytes as one by one.
func TestLetters(t *testing.T) {
	for size := range 65 {
		for c := range 256 {
			text, want := make([]byte, size), uint64(0)
			for i := range text {
				if text[i] = byte(c + 3*i); ascii[text[i]] != 0 && ascii[text[i]] != beyond {
					want |= 1 << i
				}
			}
			if got := lettersOf(text); got != want {
				t.Fatalf("%q: %b and not %b", text, got, want)
			}
		}
	}
}

func TestDates(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse("2006-01-02", s)
		if err != nil {
			t.Fatal(err)
		}
		return d.Add(23 * time.Hour)
	}
	for _, c := range []struct {
		first, last  string
		days, months bool
		want         string
	}{
		{"2024-03-22", "2024-03-22", true, true, "=2024-03-22 =2024-03 =2024"},
		{"2023-12-31", "2024-01-01", true, true, "=2023-12-31 =2024-01-01 =2023-12 =2024-01 =2023 =2024"},
		{"2024-03-01", "2024-03-31", false, true, "=2024-03 =2024"},
		{"2024-03-31", "2024-05-01", true, true, "=2024-03 =2024-04 =2024-05 =2024"}, // 32 days
		{"2024-01-01", "2024-12-31", false, false, "=2024"},
		{"1801-01-01", "1900-12-31", false, false, "=1801"},
		{"1801-01-01", "1901-12-31", false, false, ""},
	} {
		got := strings.Join(Dates(day(c.first), day(c.last), c.days, c.months), " ")
		if c.want == "=1801" {
			got = got[:min(5, len(got))] // and 99 more
		}
		if got != c.want {
			t.Errorf("%s to %s: %s and not %s", c.first, c.last, got, c.want)
		}
	}
}

// TestVocabulary holds that a word is its letters alone, wherever they lie.
func TestVocabulary(t *testing.T) {
	v := newVocabulary()
	around := []byte(strings.Repeat("abcdefgh", 16))
	for n := 1; n <= len(around); n++ {
		if got := v.number(around[:n]); got != uint32(n-1) {
			t.Errorf("%d letters are word %d", n, got)
		}
	}
	for n := 1; n <= len(around); n++ {
		alone := slices.Clip(slices.Clone(around[:n]))
		if got := v.number(alone); got != uint32(n-1) {
			t.Errorf("%d letters alone are word %d", n, got)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, n := range []uint64{0, 1, 33, 34, 1937, 1938, 110465, 110466, 1 << 36} {
		b := appendNumber(nil, n)
		if got, rest := readNumber(string(b) + "]"); got != int(n) || rest != "]" {
			t.Errorf("%d is written %q and read %d, %q", n, b, got, rest)
		}
	}
}

func TestBest(t *testing.T) {
	if got := best([]uint64{1<<4 | 3, 2<<4 | 9, 3<<4 | 3, 4<<4 | 5, 5<<4 | 3}, 3); !slices.Equal(got, []uint64{1<<4 | 3, 2<<4 | 9, 4<<4 | 5}) {
		t.Errorf("%x", got)
	}
}

// TestRuns holds that what can't be among a word's best postings is all that is left out
// before runs are merged: the index is the same where a new run begins every few documents.
func TestRuns(t *testing.T) {
	words := []string{"gate", "gate tide", "tide gate gate", "the gate", "a storm surge at the gate", "surge"}
	var batch Batch
	index := func(short bool) map[string][]byte {
		b, r := New(lang.For("en")), rand.New(rand.NewPCG(1, 2))
		urls := make([]string, 2*most)
		for i := range urls {
			urls[i] = fmt.Sprint(i, "/")
		}
		slices.SortFunc(urls, Compare)
		for i, url := range urls {
			batch.Reset(b)
			batch.Begin(Document{URL: url})
			for range 1 + r.IntN(3) {
				some := func() string { return words[r.IntN(len(words))] }
				batch.Add(Entry{Kind: Kind(r.IntN(len(kindFactor))), Title: some(), Text: some(), Of: some()})
			}
			err := b.Add(&batch)
			if short && i%20 == 0 && err == nil {
				err = b.spill()
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		x, err := b.Finish(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer x.Close()
		return readIndex(t, x).bytes
	}
	if diff := cmp.Diff(index(false), index(true)); diff != "" {
		t.Error(diff)
	}
}

func TestCompare(t *testing.T) {
	words := []string{"", "a", "aa", "b", "é", "東", "\U0001D7D8", "\uE000", "\uFB01"} // as JavaScript sorts them
	for i := range words {
		for j := range words {
			if got, want := compare([]byte(words[i]), []byte(words[j])), i-j; got*want < 0 || (got == 0) != (want == 0) {
				t.Errorf("%q and %q compare as %d", words[i], words[j], got)
			}
		}
	}
}

// TestRanking holds what readers expect of small words.
func TestRanking(t *testing.T) {
	r, _ := build(t, "en", []page{
		{Document{"gates/", "Why is the harbour getting gates?"}, []Entry{
			{Title: "How do gates work?", Text: "They close when a surge is forecast.", Body: []byte("A gate weighs 400 tonnes. The harbour stays open."), URL: "#work"},
			{Kind: Event, Title: "The gates close for the first time", Of: "March 2024", URL: "#event", Dates: []string{"=2024-03", "=2024"}},
			{Kind: Unknown, Text: "How many people will be flooded.", URL: "#known_things"},
		}},
		{Document{"surge/", "Storm surges"}, []Entry{
			{Title: "What is a storm surge?", Text: "Water that the wind pushes ashore.", URL: "#what"},
			{Title: "What will the gate cost?", Text: "Nobody knows.", Body: []byte("The harbour pays for the surge gate, since March 2024."), URL: "#cost"},
			{Title: "Who is it?", Text: "Nobody.", URL: "#who"},
		}},
		{Document{"term/", "Storm surge"}, []Entry{{Kind: Term, Title: "Storm surge", Text: "High water that a storm brings."}}},
	})
	for query, want := range map[string]string{
		"storm surge":         "surge/#what term/ surge/#cost surge/#who gates/#work",
		"gate":                "surge/#cost gates/#work gates/#event gates/#known_things",
		"who is it":           "surge/#who", // nothing but stop words
		"who pays":            "surge/#cost",
		"weighing":            "gates/#work", // a form that nobody wrote
		"march 2024":          "gates/#event surge/#cost",
		"Mar 2024":            "gates/#event surge/#cost",
		"2024-03":             "gates/#event",
		"2024":                "gates/#event surge/#cost",
		"xyzzy":               "",
		"":                    "",
		"surge gate cost":     "surge/#cost gates/#work",
		"how many people":     "gates/#known_things",
		"harboring":           "gates/#work surge/#cost gates/#known_things", // nor in another spelling
		"harbor":              "gates/#work surge/#cost gates/#known_things",
		"“surge gate”, costs": "surge/#cost",
	} {
		if got := strings.Join(r.found(query), " "); got != want {
			t.Errorf("%q finds %s and not %s", query, got, want)
		}
	}
}

// TestMeet holds that ways to write a word find each other.
func TestMeet(t *testing.T) {
	for _, ways := range [][]string{
		{"e-mail", "email", "E‑Mail"}, {"O’Brien", "O'Brien", "obrien", "O'Brien's"}, {"1,500", "1500", "1.500"},
		{"ISIS-K", "isisk", "isis-k"}, {"organise", "organize"}, {"organising", "organizing"}, {"colour", "color"}, {"neighbours", "neighbors"},
		{"analyse", "analyze"}, {"organisational", "organizational"}, {"recognisable", "recognizable"}, {"centre", "center"}, {"theatres", "theaters"}, {"さくら", "サクラ"}, {"الدولة", "دولة", "والدولة"}, {"l’eau", "leau"},
	} {
		for i, way := range ways {
			r, _ := build(t, "en", alone(Entry{Title: "An entry", Body: []byte("With " + way + " in it, centralized orientation.")}, Entry{Title: "Another"}))
			for _, asked := range ways {
				if got := r.found(asked + " "); !slices.Equal(got, []string{"0"}) {
					t.Errorf("%q, asked of what has %q, finds %v", asked, ways[i], got)
				}
			}
		}
	}
}

// TestAlso finds what is never shown.
func TestAlso(t *testing.T) {
	r, _ := build(t, "en", alone(Entry{Title: "Storm surge", Also: []string{"storm serge", "stormsurge"}}, Entry{Title: "Another"}))
	for _, query := range []string{"storm serge", "stormsurge"} {
		if got := r.found(query); !slices.Equal(got, []string{"0"}) {
			t.Errorf("%q finds %v", query, got)
		}
	}
	for _, e := range r.shown {
		if text := fmt.Sprint(e); strings.Contains(text, "serge") {
			t.Errorf("shown: %s", text)
		}
	}
}

// TestNothing makes the index of a site that has nothing yet.
func TestNothing(t *testing.T) {
	r, x := build(t, "x-unknown", nil)
	if got := r.found("anything"); len(got) > 0 || len(x.Files()) != 1 {
		t.Errorf("%v in %d files", got, len(x.Files()))
	}
}

// alphabet are those of which generated texts are made.
const alphabet = "aabcdeghilmnorstuéßøŁżЖйالدύςṩ東京都水カーभाน\U00020000\uE000 1 9-'’“.,!\"\\<&"

func drawPages(t *rapid.T) (pages []page) {
	text := func(name string, most int) string {
		return string(rapid.SliceOfN(rapid.SampledFrom([]rune(alphabet)), 0, most).Draw(t, name))
	}
	for i := range rapid.IntRange(1, 20).Draw(t, "pages") {
		p := page{Document: Document{URL: fmt.Sprint("p", i, "/"), Title: text("name", 20)}}
		for j := range rapid.IntRange(1, 4).Draw(t, "entries") {
			p.entries = append(p.entries, Entry{Kind: Kind(rapid.IntRange(0, int(Method)).Draw(t, "kind")), Title: text("title", 30), Text: text("text", 30),
				Body: []byte(text("body", 60)), Of: text("of", 20), URL: fmt.Sprint("#e", j)})
		}
		pages = append(pages, p)
	}
	return pages
}

// TestFound holds that each word of a title finds its entry, and the beginning
// of each does as it is typed, in one file and in many.
func TestFound(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pages := drawPages(rt)
		r, _ := build(t, "en", pages)
		shown := map[string]refShown{}
		for _, s := range r.shown {
			shown[s.URL] = s
		}
		for _, p := range pages {
			for _, e := range p.entries {
				url := p.URL + e.URL
				for _, w := range queryWords(e.Title) {
					if !slices.Contains(r.found(w+" "), url) {
						rt.Fatalf("%q of %q does not find it", w, e.Title)
					}
					if start := []rune(w)[:1+len([]rune(w))/2]; !slices.Contains(r.found(string(start)), url) {
						rt.Fatalf("%q of %q does not find it", string(start), e.Title)
					}
				}
				if diff := cmp.Diff(refShown{int(e.Kind), e.Title, url, e.Text, e.Of, p.Title, string(e.Body)}, shown[url]); diff != "" {
					rt.Fatal(diff)
				}
			}
		}
	})
}

// many are entries enough for shards, chunks, cut postings and several runs.
func many() (pages []page) {
	for i := range 500 {
		pages = append(pages, manyth(i))
	}
	return pages
}

func manyth(i int) page {
	syllables := strings.Fields("ka to mi ra su ne lo ving ing ed er pre con dis ter ment tion ly al s gate har bour")
	word := func(n int) string {
		s := ""
		for n = n*7919 + 13; n > 0; n /= len(syllables) {
			s += syllables[n%len(syllables)]
		}
		return s
	}
	p := page{Document: Document{URL: fmt.Sprint("explainers/e", i, "/"), Title: "Explainer " + word(i)}}
	for i := i * 8; len(p.entries) < 8; i++ {
		e := Entry{Kind: Kind(i % 3), Title: fmt.Sprintf("What is %s %s common?", word(i%97), word(i)), URL: fmt.Sprint("#q", i), Of: "March 2024"}
		var body strings.Builder
		for j := range 60 {
			fmt.Fprintf(&body, "common %s of the %s, ", word((i*j)%3001), word((i+j*j)%211))
		}
		e.Text, e.Body = word(i%501)+" is "+word(i%31), []byte(body.String())
		p.entries = append(p.entries, e)
	}
	return p
}

// TestSameBytes builds a large index under several GOMAXPROCS: the bytes are the
// same, and so is what is found with the parts looked at one by one.
func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	pages := many()
	first, _ := build(t, "en", pages)
	if len(first.shards) < 10 || len(first.bytes) < 50 {
		t.Fatalf("%d shards in %d files: too few to tell anything", len(first.shards), len(first.bytes))
	}
	for _, n := range []int{1, 3} {
		runtime.GOMAXPROCS(n)
		again, _ := build(t, "en", pages)
		if diff := cmp.Diff(first.bytes, again.bytes); diff != "" {
			t.Fatalf("with GOMAXPROCS %d: %s", n, diff)
		}
	}
	for i := 0; i < len(pages); i += 37 {
		e := pages[i].entries[i%8]
		for _, w := range queryWords(e.Title)[2:4] {
			if !slices.Contains(first.found(w+" "), pages[i].URL+e.URL) {
				t.Errorf("%q of %q does not find it", w, e.Title)
			}
		}
	}
}

// TestScript asks the script the same as the reference, over the same files.
func TestScript(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("NUTGRAF_REQUIRE_BROWSER") != "" {
			t.Fatal("no Node, and the browser tests are required")
		}
		t.Skip("no Node on this machine")
	}
	t.Run("many", func(t *testing.T) { sameAsScript(t, node, many()) })
	odd := alone(Entry{Title: "東京都の水"}, Entry{Title: "ภาษาไทย"}, Entry{Title: "Straße nach Łódź"}, Entry{Title: "ΟΔΟΣ Ёлка الدَّوْلَة"},
		Entry{Title: "\U00020000\U00020001 \uE000"}, Entry{Title: "हिन्दी 한국어 ½ №5"}, Entry{Title: strings.Repeat("long", 20)},
		Entry{Title: "Dying to use a useful thing being used", Text: "users"}, Entry{Title: "WHO is it"},
		Entry{Title: "On 22 March 2024", Dates: []string{"=2024-03-22", "=2024-03", "=2024"}}, Entry{Title: "e-mail of O’Brien’s colour centre, 1,500"})
	t.Run("none", func(t *testing.T) { sameAsScript(t, node, nil) })
	t.Run("odd", func(t *testing.T) { sameAsScript(t, node, odd) })
	t.Run("random", func(t *testing.T) {
		var pages []page
		for seed := range 20 {
			for _, p := range rapid.Custom(drawPages).Example(seed) {
				p.URL = fmt.Sprint(seed, p.URL)
				pages = append(pages, p)
			}
		}
		sameAsScript(t, node, pages)
	})
}

func sameAsScript(t *testing.T, node string, pages []page) {
	r, _ := build(t, "en", pages)
	dir := t.TempDir()
	for name, b := range r.bytes {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var queries []string
	for i := 0; i < len(pages); i += 1 + len(pages)/60 {
		title := []rune(pages[i].entries[0].Title)
		queries = append(queries, string(title), string(title[:len(title)/2]), string(title[len(title)/3:])+" ", `"`+string(title[len(title)/2:])+`"`)
	}
	type result struct {
		Words   []string
		Entries []refEntry
		Shown   []refShown
	}
	queries = append(queries, "", " ", "what is nowhere?", "22 March 2024", "march 22nd, 2024 colour", "2024-03-22", "mar 2024", "2024", "obrien's e-mail", "1500 centers")
	asked, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "testdata/ask.cjs", "../../static/search.js", dir)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(asked), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got []result
	if err := json.Unmarshal(out, &got); err != nil || len(got) != len(queries) {
		t.Fatalf("%d answers to %d queries: %v", len(got), len(queries), err)
	}
	for i, q := range queries {
		want := result{Words: queryWords(q), Entries: r.find(q)}
		for _, e := range want.Entries[:min(10, len(want.Entries))] {
			want.Shown = append(want.Shown, r.shown[e])
		}
		if diff := cmp.Diff(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got[i])); diff != "" {
			t.Fatalf("%q: %s", q, diff)
		}
	}
}

// FuzzWords holds that words come in pieces of the right size, folded once and
// for all, and do not depend on what else stands around them.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"What is a leap second?", "Straße, Łódź İ", "東京都 サーバー ﾃｽﾄ", "a\u0301\u0338=\u0338", "\xff\xe2\x80", "हिन्दी ½", strings.Repeat("xé", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := func(text string, query bool) (all []string) {
			tok := tokenizer{query: query}
			eachWord(tok.cut(nil, []byte(text)), func(w []byte) { all = append(all, string(w)) })
			return all
		}
		all := words(text, true)
		for _, w := range all {
			if n := len([]rune(w)); n == 0 || n > longest {
				t.Fatalf("%q has %d characters", w, n)
			}
			if strings.ContainsAny(w, " !\"\\") {
				t.Fatalf("%q holds what parts records", w)
			}
			if again := words(w, true); !slices.Equal(again, []string{w}) {
				t.Fatalf("%q of %q becomes %q", w, text, again)
			}
		}
		if twice := words(text+" "+text, true); !slices.Equal(twice, slices.Concat(all, all)) {
			t.Fatalf("%q alone is %q, twice %q", text, all, twice)
		}
		if upper := words(strings.ToUpper("q " + text)[:1]+text, false); len(upper) == 0 {
			t.Fatal("no word")
		}
	})
}
