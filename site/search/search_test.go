package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// build makes an index and reads it back.
func build(t testing.TB, lang string, entries []Entry) (*reference, *Index) {
	t.Helper()
	b := New(lang)
	for _, e := range entries {
		if err := b.Add(e); err != nil {
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

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		"What is a leap second?":    "what is a leap second",
		"Earth’s “spin” – 86,400 s": "earth s spin 86 400 s",
		"Café CAFÉ cafe\u0301":      "cafe cafe cafe",
		"Straße, Łódź, Øresund, œuvre, İzmir": "strasse lodz oresund oeuvre izmir",
		"ΟΔΟΣ οδός":                           "οδοσ οδοσ",
		"Ёлка ёлка":                           "елка елка",
		"الدَّوْلَة":                          "الدولة",
		"ﬁne ½ №5 Ⅷ":                          "fine 1 2 no5 viii",
		"東京都 水":                               "東京 京都 都 水",
		"サーバー":                                "サー ーバ バー ー",
		"ﾃｽﾄ":                                 "テス スト ト",
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
	entries := []Entry{
		{Title: "How do gates work?", Text: "They close when a surge is forecast.", Body: []byte("A gate weighs 400 tonnes. The harbour stays open."), Of: "Why is the harbour getting gates?", URL: "0"},
		{Title: "What is a storm surge?", Text: "Water that the wind pushes ashore.", URL: "1"},
		{Title: "What will the gate cost?", Text: "Nobody knows.", Body: []byte("The harbour pays for the surge gate."), URL: "2"},
		{Kind: Term, Title: "Storm surge", Text: "High water that a storm brings.", URL: "3"},
		{Kind: Event, Title: "The gates close for the first time", Of: "March 2024", URL: "4"},
		{Title: "Who is it?", Text: "Nobody.", URL: "5"},
	}
	r, _ := build(t, "en", entries)
	for query, want := range map[string][]int{
		"storm surge":     {3, 1, 0, 2},
		"gate":            {2, 0, 4},
		"gates":           {0, 2, 4},
		"gat":             {2, 0, 4}, // as it is typed
		"who is it":       {5},       // nothing but stop words
		"who pays":        {2},
		"weighing":        {0}, // a form that nobody wrote
		"march 2024":      {4},
		"harbour gate":    {2, 0, 4},
		"xyzzy":           nil,
		"":                nil,
		"surge gate cost": {2, 0},
	} {
		if got := r.find(query); !slices.Equal(got, want) {
			t.Errorf("%q finds %v and not %v", query, got, want)
		}
	}
}

// TestNothing makes the index of a site that has nothing yet.
func TestNothing(t *testing.T) {
	r, x := build(t, "x-unknown", nil)
	if got := r.find("anything"); len(got) > 0 || len(x.Files()) != 1 {
		t.Errorf("%v in %d files", got, len(x.Files()))
	}
}

// alphabet are those of which generated texts are made.
const alphabet = "aabcdeghilmnorstuéßøŁżЖйالدύςṩ東京都水カーभाน\U00020000\uE000 1 9-'’“.,!\"\\<&"

func drawEntries(t *rapid.T) []Entry {
	text := func(name string, most int) string {
		return string(rapid.SliceOfN(rapid.SampledFrom([]rune(alphabet)), 0, most).Draw(t, name))
	}
	var entries []Entry
	for i := range rapid.IntRange(1, 40).Draw(t, "entries") {
		entries = append(entries, Entry{Kind: Kind(rapid.IntRange(0, 3).Draw(t, "kind")), Title: text("title", 30), Text: text("text", 30),
			Body: []byte(text("body", 60)), Of: text("of", 20), URL: fmt.Sprint("e", i)})
	}
	return entries
}

// TestFound holds that each word of a title finds its entry, and the beginning
// of each does as it is typed, in one file and in many.
func TestFound(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		entries := drawEntries(rt)
		r, _ := build(t, "en", entries)
		for i, e := range entries {
			for _, w := range queryWords(e.Title) {
				if !slices.Contains(r.find(w+" "), i) {
					rt.Fatalf("%q of %q does not find it", w, e.Title)
				}
				if start := []rune(w)[:1+len([]rune(w))/2]; !slices.Contains(r.find(string(start)), i) {
					rt.Fatalf("%q of %q does not find it", string(start), e.Title)
				}
			}
			want := []any{float64(e.Kind), e.Title, e.URL, e.Text, e.Of}
			for len(want) > 3 && want[len(want)-1] == "" {
				want = want[:len(want)-1]
			}
			if diff := cmp.Diff(want, r.shown[i]); diff != "" {
				rt.Fatal(diff)
			}
		}
	})
}

// many are entries enough for shards, chunks, cut postings and several runs.
func many() []Entry {
	syllables := strings.Fields("ka to mi ra su ne lo ving ing ed er pre con dis ter ment tion ly al s gate har bour")
	word := func(n int) string {
		s := ""
		for n = n*7919 + 13; n > 0; n /= len(syllables) {
			s += syllables[n%len(syllables)]
		}
		return s
	}
	var entries []Entry
	for i := range 4000 {
		e := Entry{Kind: Kind(i % 3), Title: fmt.Sprintf("What is %s %s common?", word(i%97), word(i)), URL: fmt.Sprint("explainers/e", i/8, "/#q", i), Of: "March 2024"}
		var body strings.Builder
		for j := range 60 {
			fmt.Fprintf(&body, "common %s of the %s, ", word((i*j)%3001), word((i+j*j)%211))
		}
		e.Text, e.Body = word(i%501)+" is "+word(i%31), []byte(body.String())
		entries = append(entries, e)
	}
	return entries
}

// TestSameBytes builds a large index under several GOMAXPROCS: the bytes are the
// same, and so is what is found with the parts looked at one by one.
func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	entries := many()
	first, _ := build(t, "en", entries)
	if len(first.shards) < 10 || len(first.bytes) < 50 {
		t.Fatalf("%d shards in %d files: too few to tell anything", len(first.shards), len(first.bytes))
	}
	for _, n := range []int{1, 3} {
		runtime.GOMAXPROCS(n)
		again, _ := build(t, "en", entries)
		if diff := cmp.Diff(first.bytes, again.bytes); diff != "" {
			t.Fatalf("with GOMAXPROCS %d: %s", n, diff)
		}
	}
	for i := 0; i < len(entries); i += 371 {
		for _, w := range queryWords(entries[i].Title)[2:4] {
			if !slices.Contains(first.find(w+" "), i) {
				t.Errorf("%q of %q does not find it", w, entries[i].Title)
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
	odd := []Entry{{Title: "東京都の水", URL: "0"}, {Title: "ภาษาไทย", URL: "1"}, {Title: "Straße nach Łódź", URL: "2"}, {Title: "ΟΔΟΣ Ёлка الدَّوْلَة", URL: "3"},
		{Title: "\U00020000\U00020001 \uE000", URL: "4"}, {Title: "हिन्दी 한국어 ½ №5", URL: "5"}, {Title: strings.Repeat("long", 20), URL: "6"},
		{Title: "Dying to use a useful thing being used", Text: "users", URL: "7"}, {Title: "WHO is it", URL: "8"}}
	t.Run("none", func(t *testing.T) { sameAsScript(t, node, nil) })
	t.Run("odd", func(t *testing.T) { sameAsScript(t, node, odd) })
	t.Run("random", func(t *testing.T) {
		var entries []Entry
		for seed := range 20 {
			entries = append(entries, rapid.Custom(drawEntries).Example(seed)...)
		}
		sameAsScript(t, node, entries)
	})
}

func sameAsScript(t *testing.T, node string, entries []Entry) {
	r, _ := build(t, "en", entries)
	dir := t.TempDir()
	for name, b := range r.bytes {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var queries []string
	for i := 0; i < len(entries); i += 1 + len(entries)/60 {
		title := []rune(entries[i].Title)
		queries = append(queries, string(title), string(title[:len(title)/2]), string(title[len(title)/3:])+" ")
	}
	type result struct {
		Words   []string
		Entries []int
		Shown   [][]any
	}
	queries = append(queries, "", " ", "what is nowhere?")
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
		if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(got[i])); diff != "" {
			t.Errorf("%q: %s", q, diff)
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
