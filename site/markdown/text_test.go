package markdown

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPlainText(t *testing.T) {
	for _, test := range []struct{ html, want string }{
		{"", ""},
		{"<p>One  <em>two</em>\nthree</p>\n<p>four</p>\n", "One two three four"},
		{"<ul>\n<li>a</li><li>b</li></ul>", "a b"},
		{"<td>1</td><td>2</td>", "1 2"},
		{"one<br>\ntwo<br>three", "one two three"},
		{"<hr>", ""},
		{"un<em>believ</em>able", "unbelievable"},
		{"R&amp;D &lt;b&gt; &quot;x&quot; &#39;y&#39; &amp;lt;", `R&D <b> "x" 'y' &lt;`},
		{"10\u00a0%", "10\u00a0%"},
		{"\f a\t <em>\r\n b</em><em> </em>c\vd", "a b c\vd"},
		{`It flooded.<sup class="fn"><a href="#fn--1" id="fnref--1" role="doc-noteref">1</a></sup> Then`, "It flooded. Then"},
		{`<p>The note. <a href="#fnref--1" role="doc-backlink" aria-label="">↩</a></p>`, "The note."},
		{`<a href="https://example.org/">a</a><a>b</a>`, "ab"},
		{"10<sup>6</sup> m<sup>−2</sup> CO<sub>2</sub>, 10<sup>n+1</sup>", "10⁶ m⁻² CO₂, 10ⁿ⁺¹"},
		{"19<sup>th</sup> x<sup><b>2</b></sup> <sup></sup>y<p>1<br><sup>2</sup>", "19th x2 y 1 ²"},
		{"<details><summary>a</summary>b</details>c", "a b c"},
	} {
		if got := PlainText([]byte(test.html)); got != test.want {
			t.Errorf("%q: %q, want %q", test.html, got, test.want)
		}
	}
}

// White space is folded wherever it stands in a longer text.
func TestPlainTextSpaces(t *testing.T) {
	const text = "Whowasthereandwhatdidtheysee"
	for i := range text {
		for _, space := range []string{" ", "  ", "\n", " \n", "\t\t\t", strings.Repeat(" ", 20)} {
			src := text[:i] + space + text[i:] + space
			if got, want := PlainText([]byte(src)), strings.Join(strings.Fields(src), " "); got != want {
				t.Errorf("%q: %q, want %q", src, got, want)
			}
		}
	}
}

func TestWordCount(t *testing.T) {
	for html, want := range map[string]int{
		"":                                 0,
		"<p>One two</p><p>three</p>":       3,
		"one<br>two un<em>believ</em>d":    3,
		"a <em> b </em>\n c":               3,
		"R&amp;D":                          1,
		`a<sup class="fn"><a>12</a></sup>`: 1,
	} {
		if got := WordCount([]byte(html)); got != want {
			t.Errorf("%q: %d words, want %d", html, got, want)
		}
	}
}

// TestEights holds that eight bytes looked at together are judged as each alone,
// whatever their neighbours.
func TestEights(t *testing.T) {
	for c := range 256 {
		for other := range 256 {
			eight := bytes.Repeat([]byte{byte(other)}, 8)
			eight[c%8] = byte(c)
			x := binary.LittleEndian.Uint64(eight)
			var words, spaces, blanks uint64
			for i, c := range eight {
				bit := uint64(0x80) << (8 * i)
				if asciiWord(c) {
					words |= bit
				}
				if htmlSpace(c) {
					spaces |= bit
				}
				if c == ' ' {
					blanks |= bit
				}
			}
			if asciiWords(x) != words || spacesIn(x) != spaces || blanksIn(x) != blanks {
				t.Fatalf("%q: %x, %x, %x", eight, asciiWords(x), spacesIn(x), blanksIn(x))
			}
		}
	}
}

// TestWords holds that texts of any length and any white space are counted and
// folded as strings.Fields does it.
func TestWords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		text := make([]byte, random.IntN(40))
		for i := range text {
			text[i] = "abcdefgh     \n\t\r\f\v"[random.IntN(8+random.IntN(11))]
		}
		words := strings.FieldsFunc(string(text), func(r rune) bool { return htmlSpace(byte(r)) })
		if got, want := PlainText(text), strings.Join(words, " "); got != want {
			t.Fatalf("%q: %q, want %q", text, got, want)
		}
		if got := WordCount(text); got != len(words) {
			t.Fatalf("%q: %d words, want %d", text, got, len(words))
		}
	}
}

// TestASCIITokens holds that a token which is looked at all at once ends where it
// does, and is reported apart from few others, but for case.
func TestASCIITokens(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var text []byte
		for range 1 + random.IntN(14) {
			text = append(text, []string{"a", "b", "Z", "9", " ", "-", "é", "\u212a"}[random.IntN(8-random.IntN(5))]...)
		}
		end, kind := asciiToken(text, 0)
		want, _ := token(text, 0)
		word := !bytes.ContainsFunc(text[:want], func(r rune) bool { return r >= utf8.RuneSelf })
		if word != (kind >= 0) || word && end != want {
			t.Fatalf("%q: %d, %d; it ends at %d", text, end, kind, want)
		}
		if _, small := asciiToken(appendFolded(nil, text[:want]), 0); word && small != kind {
			t.Fatalf("%q: %d and %d", text, kind, small)
		}
	}
}
