package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// sentenceCases are HTML with the use between * and *, and its sentence.
var sentenceCases = []struct{ name, html, want string }{
	{"the only one", "<p>A *surge* came.</p>\n", "A *surge* came."},
	{"one of three", "<p>It rose. A *surge* came. It fell.</p>\n", "A *surge* came."},
	{"the first", "<p>*Surge* came. It fell.</p>", "*Surge* came."},
	{"the last, unended", "<p>It rose. A *surge*</p>", "A *surge*"},
	{"marks", "<p>Why? A *surge*! It fell.</p>", "A *surge*!"},
	{"ellipsis", "<p>It rose… A *surge* came… and went.</p>", "A *surge* came… and went."},
	{"quotes behind the mark", "<p>“It rose.” A *surge* came.” Then.</p>", "A *surge* came.”"},
	{"quotes before the next", "<p>A *surge* came. “It rose.”</p>", "A *surge* came."},
	{"brackets", "<p>It rose. (A *surge* came.) It fell.</p>", "(A *surge* came.)"},
	{"a question within", "<p>“A *surge*?” he said. Yes.</p>", "“A *surge*?” he said."},
	{"titles", "<p>It rose. Gen. Smith and Mr. *Lee* of St. Ives met Dr. No. They left.</p>", "Gen. Smith and Mr. *Lee* of St. Ives met Dr. No."},
	{"initials", "<p>It was J. R. R. *Lee* of the U.S. Senate. They left.</p>", "It was J. R. R. *Lee* of the U.S. Senate."},
	{"abbreviations", "<p>It, e.g. *NATO*, i.e. Them, left at 5 p.m. Monday. Then.</p>", "It, e.g. *NATO*, i.e. Them, left at 5 p.m. Monday."},
	{"case names", "<p>In *Roe* v. Wade it was. Then.</p>", "In *Roe* v. Wade it was."},
	{"numbered", "<p>See No. 5 of *Act*, p. 3, on Aug. 12. He said no. They left.</p>", "See No. 5 of *Act*, p. 3, on Aug. 12."},
	{"no is a word", "<p>He said no. The *surge* came.</p>", "The *surge* came."},
	{"decimals and hosts", "<p>Some 3.5 m of *surge* at example.org. Then.</p>", "Some 3.5 m of *surge* at example.org."},
	{"a year begins", "<p>It fell. 2023 saw a *surge*.</p>", "2023 saw a *surge*."},
	{"small letters go on", "<p>The co. of *surge* inc. went on.</p>", "The co. of *surge* inc. went on."},
	{"an ending within the words", "<p>The *U.S. Army* left. Then.</p>", "The *U.S. Army* left."},
	{"blocks", "<p>It rose</p>\n<p>A *surge* came</p>\n<p>It fell</p>", "A *surge* came"},
	{"items", "<li>It rose</li><li>a *surge*</li>", "a *surge*"},
	{"cells", "<td>1</td><td>a *surge*</td><td>2</td>", "a *surge*"},
	{"quotation", "<blockquote>\n<p>a *surge*</p></blockquote>", "a *surge*"},
	{"line breaks", "<p>It rose<br>\na\n *surge*<br>came</p>", "It rose a *surge* came"},
	{"markup", `<p>It <em>rose</em>. <strong>A</strong> <a href="x.html">big</a> *surge*<code>!x</code> &amp; co. It fell.</p>`, "A big *surge*!x & co."},
	{"footnotes", `<p>It rose.<sup class="fn"><a href="#fn--1" role="doc-noteref">1</a></sup> A *surge* came.<sup class="fn"><a>2</a></sup> Then.</p>`, "A *surge* came."},
	{"high", "<p>It rose. Some 10<sup>*6*</sup> of them. Then.</p>", "Some 10*⁶* of them."},
	{"a part of what is high", "<p>Some 10<sup>-*1*2</sup> of them.</p>", "Some 10⁻*¹*² of them."},
	{"high without a sign", "<p>The 19<sup>*th*</sup> of them.</p>", "The 19*th* of them."},
	{"Chinese", "<p>水位上涨。*北约*来了。水位下降。</p>", "*北约*来了。"},
	{"Arabic", "<p>هل ارتفع؟ *الدولة* هنا. ثم.</p>", "*الدولة* هنا."},
	{"Hindi", "<p>पानी बढ़ा। *भारत* आया। फिर।</p>", "*भारत* आया।"},
}

// cutUse makes a Fragment of HTML with one use between * and *.
func cutUse(html string) (*Fragment, TermUse) {
	before, rest, _ := strings.Cut(html, "*")
	match, after, _ := strings.Cut(rest, "*")
	start := int32(len(before))
	return &Fragment{HTML: []byte(before + match + after)}, TermUse{Start: start, End: start + int32(len(match))}
}

func TestSentence(t *testing.T) {
	for _, test := range sentenceCases {
		t.Run(test.name, func(t *testing.T) {
			before, match, after := Sentence(cutUse(test.html))
			if got := before + "*" + match + "*" + after; got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestLongSentence(t *testing.T) {
	words := func(n int) string { return strings.TrimSpace(strings.Repeat("word ", n)) }
	link := `<a href="` + strings.Repeat("x", 9000) + `">y</a>`
	for _, test := range []struct{ name, html, begins, ends string }{
		{"whole", words(20) + " *it* " + words(20) + ".", "word word", "word word."},
		{"long before", words(5000) + " *it* goes.", "… word word", "*it* goes."},
		{"long after", "And *it* " + words(5000) + ".", "And *it* word", "word …"},
		{"long", words(5000) + " *it* " + words(5000), "… word", "word …"},
		{"one word", strings.Repeat("x", 9000) + "*it*" + strings.Repeat("x", 9000), "…xxx", "xxx…"},
		{"without spaces", strings.Repeat("界", 9000) + "*it*" + strings.Repeat("界", 9000), "…界", "界…"},
		{"without spaces but one", strings.Repeat("界", 900) + " *it* " + strings.Repeat("界", 900), "…界", "界…"},
		{"long tags", "a " + link + " b *it* c " + link + " d.", "… b *it*", "*it* c…"},
		{"blocks far away", "<p>" + words(900) + "</p><p>*it* stays</p><p>" + words(900), "*it*", "*it* stays"},
	} {
		t.Run(test.name, func(t *testing.T) {
			before, match, after := Sentence(cutUse(test.html))
			got := before + "*" + match + "*" + after
			if !strings.HasPrefix(got, test.begins) || !strings.HasSuffix(got, test.ends) {
				t.Errorf("%q", got)
			}
			if n := utf8.RuneCountInString(before + match + after); n > maxSentence || !utf8.ValidString(got) {
				t.Errorf("%d characters", n)
			}
		})
	}
}

func TestFirstSentence(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "",
		"It rose":              "It rose",
		"It rose. It fell.":    "It rose.",
		"Gen. Lee came. Then.": "Gen. Lee came.",
		"水位上涨。水位下降。":           "水位上涨。",
	} {
		if got := FirstSentence(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"It rose":                        "It rose|",
		"It rose. It fell.  Mr. Lee won": "It rose.| It fell.|  Mr. Lee won|",
		"“It rose.” It fell?! Then.":     "“It rose.”| It fell?!| Then.|",
	} {
		got := ""
		for from, to := range Sentences(text) {
			got += text[from:to] + "|"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestQuotations(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "",
		"It rose.":                               "",
		`He said "it rose" and “fell”.`:          "\"it rose\"|“fell”|",
		"The board's 'night mayor' didn't come.": "'night mayor'|",
		"It's the '90s, and dogs' tails":         "",
		"“It was ‘fine’, he said,” she said": "“It was ‘fine’, he said,”|",
		"He said: “It rose. And then":        "“It rose. And then|",
		"A 5\" pipe":                         "",
		"„So“ und »so«":                      "„So“|»so«|",
		"\xff\"a\"\xff":                      "",
		"\xff \"a\"":                         "\"a\"|",
	} {
		got := ""
		for from, to := range Quotations(text) {
			got += text[from:to] + "|"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestClearSentence holds that a sentence whose edges are clear is the one that
// all of its block shows.
func TestClearSentence(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := strings.Split("It |rose. |surge|Then, |A. |U.S. |Mr. |No. |Nr. |5 |3.5 |who |“Why?” |(so.) |Ende.” |it!|… |.|?| |. |<em>|</em>|<br>\n|<p>|</p>\n|&amp; |Über |etwa. ", "|")
	clear := 0
	for range 50_000 {
		var html string
		for range 1 + random.IntN(20) {
			html += pieces[random.IntN(len(pieces))]
		}
		at := strings.LastIndex(html, "surge")
		if at < 0 {
			continue
		}
		f, u := &Fragment{HTML: []byte(html)}, TermUse{Start: int32(at), End: int32(at + len("surge"))}
		left, _ := blockBefore(f.HTML[:u.Start])
		right, _ := blockAfter(f.HTML[u.End:])
		text, from, to := threeTexts(left, f.HTML[u.Start:u.End], right)
		start, end := sentenceBounds(text, from, to)
		want := strings.TrimSpace(text[start:end])
		before, match, after := Sentence(f, u)
		if got := before + match + after; strings.TrimSpace(got) != want {
			t.Fatalf("%q: %q, want %q", html, got, want)
		}
		if clearBefore(f.HTML, at) != nil || clearAfter(f.HTML, int(u.End)) != nil {
			clear++
		}
	}
	if clear < 1000 {
		t.Errorf("only %d were clear", clear)
	}
}
