package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// formsOf reads forms: "=" before one stands for Exact, "+" for Plural, and "|"
// is between those of one term.
func formsOf(terms ...string) []Form {
	var forms []Form
	for i, term := range terms {
		for form := range strings.SplitSeq(term, "|") {
			f := Form{Term: int32(i)}
			form, f.Exact = strings.CutPrefix(form, "=")
			f.Text, f.Plural = strings.CutPrefix(form, "+")
			forms = append(forms, f)
		}
	}
	return forms
}

// used writes the text with its uses in [].
func used(f *Fragment, uses []TermUse) string {
	var b strings.Builder
	at := int32(0)
	for _, u := range uses {
		fmt.Fprintf(&b, "%s[%s]", f.HTML[at:u.Start], f.HTML[u.Start:u.End])
		at = u.End
	}
	return b.String() + string(f.HTML[at:])
}

// matchCases are forms, and a text in whose Spans their first uses are in [].
// Where no ⟨ is given, the whole text is one Span.
var matchCases = []struct {
	name  string
	forms []string
	want  string
}{
	{"one", []string{"surge"}, "a [surge], a surge"},
	{"whole words", []string{"cat"}, "concat cats cat9 9cat catá ácat [cat]"},
	{"first of each", []string{"surge", "flood"}, "a [flood], a flood, a [surge], a surge"},
	{"case is folded", []string{"storm Surge"}, "A [STORM surge]"},
	{"case of other alphabets", []string{"ΟΔΟΣ", "НАТО"}, "[οδος] [нато]"},
	{"case matters", []string{"=WHO"}, "who Who [WHO]"},
	{"cases apart", []string{"=WHO", "=Who"}, "who [Who] [WHO]"},
	{"exact and not, of one term", []string{"=US|u.s."}, "us [US]"},
	{"forms of one term", []string{"EU|European Union"}, "the [European Union], the EU"},
	{"longest", []string{"storm", "storm surge", "storm surge barrier"}, "a [storm surge] [storm] [storm surge barrier]"},
	{"longest that is whole", []string{"storm", "storm surge"}, "a [storm] surgery"},
	{"leftmost", []string{"a b", "b c d"}, "[a b] c d"},
	{"no use within another", []string{"storm surge", "surge"}, "[storm surge] storm surge [surge]"},
	{"falls back past a long one", []string{"a b c d", "b c"}, "a [b c] e"},
	{"words in a row", []string{"a a b"}, "a [a a b]"},

	{"plurals", []string{"+surge", "+tax", "+monarch", "+church", "+treaty"}, "[surges] [taxes] [monarchs] [churches] treatys treaties"},
	{"names keep their y", []string{"+Lucy Kennedy"}, "[Lucy Kennedys]"},
	{"plurals are asked for", []string{"surge"}, "surges"},
	{"plural of the last word", []string{"+head of state"}, "heads of state [head of states]"},
	{"plural of an exact form", []string{"=+NGO"}, "NGOS ngos [NGOs]"},
	{"no princess", []string{"+princes"}, "princess"},
	{"a written form beats a plural", []string{"+arm", "arms"}, "[arms] [arm]"},

	{"possessive", []string{"NATO", "Iran"}, "[NATO]'s [Iran]’s"},
	{"possessive in capitals", []string{"NATO"}, "[NATO]'S"},
	{"possessive plural", []string{"+state"}, "the [states]' and"},
	{"possessive reference", []string{"NATO"}, "[NATO]&#39;s"},
	{"no other apostrophe", []string{"won", "don", "he"}, "won't don’t he'd he'sx"},
	{"elision", []string{"ONU", "Neill", "état"}, "l'[ONU] O'Neill d’[état]"},
	{"elision in Italian", []string{"ONU"}, "dell'[ONU]"},
	{"in single quotes", []string{"cat"}, "'[cat]'"},

	{"hyphens join", []string{"state"}, "nation-state state-run nation‑state [state]"},
	{"hyphens of the form", []string{"co-operate"}, "[co-operate]"},
	{"hyphens are equal", []string{"co-op", "a‑b"}, "[co‑op] [a-b]"},
	{"dashes part", []string{"state", "run"}, "nation–[state]—[run]"},
	{"two hyphens part", []string{"state", "run"}, "a--[state]--[run]"},
	{"a hyphen before nothing", []string{"pre", "war"}, "[pre]- and post-war - [war] -"},
	{"a slash parts", []string{"he", "she"}, "[he]/[she]"},
	{"names of hosts", []string{"example", "org", "5", "3"}, "example.org 3.5 3,5 [3], [5]."},
	{"underscores join", []string{"state"}, "_state_run state_run"},

	{"spaces", []string{"storm  surge"}, "a [storm\n\t surge]"},
	{"no-break spaces", []string{"storm surge", "10 km"}, "a [storm\u00a0surge], [10\u202fkm]"},
	{"apostrophes", []string{"Côte d’Ivoire", "Sana'a"}, "[Côte d'Ivoire] [Sana’a]"},
	{"apostrophe letter", []string{"Sana'a"}, "[Sanaʼa]"},
	{"composed or not", []string{"São", "Tome\u0301"}, "[Sa\u0303o] [Tomé]"},
	{"a mark is part of its letter", []string{"Sao"}, "Sa\u0303o"},
	{"a mark behind", []string{"cafe"}, "cafe\u0301 cafe\u0323"},
	{"soft hyphens", []string{"Bundestag"}, "der [Bundes\u00adtag]\u200e."},
	{"soft hyphens of the form", []string{"Bundes\u00adtag"}, "[Bundestag]"},
	{"numbers below", []string{"CO", "CO₂"}, "[CO₂] [CO]"},

	{"references are no words", []string{"amp", "lt", "quot"}, "&amp; &lt; &quot; [amp]"},
	{"references are characters", []string{"R&D", "AT&T Inc"}, "[R&amp;D], [at&amp;t inc]"},
	{"words at references", []string{"cat", "dog"}, "&lt;[cat]&gt;&quot;[dog]&quot;"},
	{"an ampersand alone", []string{"a & b"}, "[a &amp; b]"},

	{"signs", []string{"C++", ".NET", "§ 5", "U.S.", "Yahoo!", "$", "(b)"}, "ASP.NET [.NET], [C++], [§ 5], U.S.A., the [U.S.], [Yahoo!] [$]5 [(b)]"},
	{"initials are no words", []string{"S"}, "U.S. [S]"},
	{"ending before a full stop", []string{"U.S"}, "the [U.S]."},
	{"signs and hyphens", []string{"C++"}, "C++-based [C++]"},

	{"Han", []string{"北约", "东京"}, "加入[北约]的[东京]人"},
	{"Han and others", []string{"NATO", "年"}, "[NATO]加盟2024[年]"},
	{"longest in Han", []string{"東京", "東京都"}, "[東京都]と[東京]"},
	{"kana", []string{"コンピュータ"}, "コンピューター [コンピュータ]の"},
	{"Thai", []string{"ไทย"}, "ประเทศ[ไทย]มี"},
	{"Khmer with zero-width spaces", []string{"កម្ពុជា"}, "ប្រទេស\u200b[កម្ពុ\u200bជា]"},
	{"Arabic", []string{"الدولة"}, "والدولة، [الدولة]، x"},
	{"Devanagari", []string{"भारत"}, "भारती [भारत]"},

	{"within one Span", []string{"storm surge"}, "⟨storm⟩ <em>⟨surge⟩</em>"},
	{"outside Spans", []string{"surge"}, "surge <code>surge</code> ⟨a [surge]⟩"},
	{"a word goes on beyond markup", []string{"fact", "arti", "cats"}, "⟨arti⟩<em>⟨fact⟩</em>⟨s⟩ <b>⟨cat⟩</b>⟨s⟩"},
	{"hyphen beyond markup", []string{"state"}, "⟨nation-⟩<em>⟨state⟩</em> <em>⟨state⟩</em>⟨-run⟩"},
	{"possessive beyond markup", []string{"NATO", "ONU"}, "<em>⟨[NATO]⟩</em>⟨'s l'⟩<b>⟨[ONU]⟩</b>"},
	{"a block ends a word", []string{"cat", "dog"}, "<li>⟨[cat]⟩</li><li>⟨[dog]⟩</li>"},
	{"a footnote's number is no part of a word", []string{"cat"}, `⟨[cat]⟩<sup class="fn"><a>1</a></sup>`},
	{"quotation marks beyond the Span", []string{"cat"}, "“⟨[cat]⟩”"},
	{"holes part nothing", []string{"cat"}, "⟨con⟩{}⟨cat⟩"},
	{"bad UTF-8", []string{"cat"}, "\xff[cat]\xc3"},
	{"forms of nothing", []string{"", " ", "a|"}, "[a]"},
}

func TestFirst(t *testing.T) {
	for _, test := range matchCases {
		t.Run(test.name, func(t *testing.T) {
			text := strings.NewReplacer("[", "", "]", "").Replace(test.want)
			f := &Fragment{HTML: []byte(text), Spans: []Span{{End: int32(len(text))}}}
			if strings.Contains(text, "⟨") {
				f = laidOut(text)
			}
			m, clashes := NewMatcher(formsOf(test.forms...))
			if len(clashes) > 0 {
				t.Error(clashes)
			}
			want := strings.NewReplacer("⟨", "", "⟩", "", "{}", "").Replace(test.want)
			if diff := cmp.Diff(want, used(f, m.First(f, nil))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAllowed holds that what is not allowed still takes its words, and is
// asked for once.
func TestAllowed(t *testing.T) {
	m, _ := NewMatcher(formsOf("storm surge", "surge", "storm"))
	f := laidOut("⟨A storm surge. A storm surge. A surge.⟩")
	var asked []int32
	uses := m.First(f, func(term int32) bool {
		asked = append(asked, term)
		return term != 0
	})
	if diff := cmp.Diff("A storm surge. A storm surge. A [surge].", used(f, uses)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int32{0, 1}, asked); diff != "" {
		t.Error(diff)
	}
}

func TestClashes(t *testing.T) {
	for _, test := range []struct {
		name  string
		terms []string
		want  []Clash
	}{
		{"none", []string{"a", "b", "storm", "storm surge"}, nil},
		{"the same", []string{"a", "b|a"}, []Clash{{"a", 0, 1}}},
		{"but for case", []string{"Storm  surge", "storm Surge"}, []Clash{{"storm Surge", 0, 1}}},
		{"but for signs", []string{"Sana’a", "co‑op", "sana'a", "CO-OP"}, []Clash{{"sana'a", 0, 2}, {"CO-OP", 1, 3}}},
		{"but for composition", []string{"é", "e\u0301"}, []Clash{{"é", 0, 1}}},
		{"of one term", []string{"a|A|a"}, nil},
		{"exact ones apart", []string{"=WHO", "=Who"}, nil},
		{"exact ones", []string{"=WHO", "=WHO"}, []Clash{{"WHO", 0, 1}}},
		{"an ignoring one would match", []string{"=WHO", "who"}, []Clash{{"who", 0, 1}}},
		{"an ignoring one matches already", []string{"Who", "=WHO"}, []Clash{{"WHO", 0, 1}}},
		{"an exact one with two", []string{"=WHO|who", "=Who"}, []Clash{{"Who", 0, 1}}},
		{"a plural gives way", []string{"+arm", "arms"}, nil},
		{"a plural gives way to a form before", []string{"arms", "+arm"}, nil},
		{"two plurals", []string{"+ax", "+axe"}, []Clash{{"axes", 0, 1}}},
		{"two plurals, one written out", []string{"+ax", "+axe|axes"}, nil},
		{"once is reported once", []string{"+a", "+a"}, []Clash{{"a", 0, 1}}},
		{"two exact ones would match", []string{"=WHO", "=Who", "who"}, []Clash{{"who", 0, 2}}},
		{"plurals of nobody's form", []string{"+act", "+act"}, []Clash{{"act", 0, 1}}},
		{"three", []string{"a", "a", "a"}, []Clash{{"a", 0, 1}, {"a", 0, 2}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, got := NewMatcher(formsOf(test.terms...))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			for _, c := range got {
				f := &Fragment{HTML: []byte(c.Form), Spans: []Span{{End: int32(len(c.Form))}}}
				if uses := m.First(f, nil); len(uses) > 0 {
					t.Errorf("%q is linked: %v", c.Form, uses)
				}
			}
		})
	}
}

func TestSum(t *testing.T) {
	forms := [][]Form{
		nil,
		{{}},
		{{Text: "a"}}, {{Text: "A"}}, {{Text: "a", Term: 1}}, {{Text: "a", Exact: true}}, {{Text: "a", Plural: true}},
		{{Text: "a"}, {Text: "b"}}, {{Text: "b"}, {Text: "a"}}, {{Text: "ab"}},
	}
	seen := map[[16]byte]int{}
	for i, fs := range forms {
		m, _ := NewMatcher(fs)
		if j, ok := seen[m.Sum()]; ok {
			t.Errorf("%v and %v have one sum", forms[j], fs)
		}
		seen[m.Sum()] = i
		if again, _ := NewMatcher(slices.Clone(fs)); again.Sum() != m.Sum() {
			t.Errorf("%v has two sums", fs)
		}
	}
}
