package markdown

import (
	"testing"

	"pgregory.net/rapid"
)

// TestVocabulary holds that no text in which a Matcher finds a form lacks it in
// its Vocabulary, and that most texts without it do.
func TestVocabulary(t *testing.T) {
	word := rapid.StringMatching(`[a-cA-C’'ßé漢-]{1,3}s?|&amp;|<em>|</em>| `)
	rapid.Check(t, func(t *rapid.T) {
		var html []byte
		for _, w := range rapid.SliceOfN(word, 1, 12).Draw(t, "text") {
			html = append(html, w...)
		}
		f := &Fragment{HTML: html}
		start := 0
		for i := 0; i <= len(html); i++ { // a span ends at each tag
			if i == len(html) || html[i] == '<' || html[i] == '>' {
				if i > start && (start == 0 || html[start-1] == '>') {
					f.Spans = append(f.Spans, Span{Start: int32(start), End: int32(i)})
				}
				start = i + 1
			}
		}
		form := Form{Text: rapid.StringMatching(`[a-cA-C’'ßé漢-]{1,3}( [a-c]{1,2})?`).Draw(t, "form"), Plural: rapid.Bool().Draw(t, "plural")}
		m, _ := NewMatcher([]Form{form})
		var v Vocabulary
		v.Add(f)
		if len(m.First(f, nil)) > 0 && !v.May(form) {
			t.Fatalf("%q has %q, and its vocabulary says no", html, form.Text)
		}
	})
	var v Vocabulary
	v.Add(&Fragment{HTML: []byte("the gate was shut"), Spans: []Span{{Start: 0, End: 17}}})
	if v.May(Form{Text: "harbour"}) || !v.May(Form{Text: "Gate"}) {
		t.Error("the vocabulary of four words is wrong")
	}
}
