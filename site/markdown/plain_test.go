package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Marks in plain text are reported with what to write, citations as errors; what is
// no mark is not.
func TestMarks(t *testing.T) {
	for _, c := range []struct{ src, reports string }{
		{"Why *now*, _now_ and **the gate**[@a]?", "*now* write “now”|_now_ write “now”|**the gate** write “the gate”|error [@a] cite it"},
		{"[see @a, p. 3], [-@b] and [^1]", "error [see @a, p. 3] cite it|error [-@b] cite it|[^1] move the footnote to the text"},
		{"Does `it` and ~~that~~ ***work***?", "`it` write “it”|~~that~~ write “that”|***work*** write “work”"},
		{"[x](/y), [x][y], ![x](y.png)", "[x](/y) write “x”|[x][y] write “x”|![x](y.png) move the picture to the text, or to images:"},
		{"A <b>bold</b> <br/> <span class=\"x\">one</span> <!-- why -->", `<b> remove it|</b> remove it|<br/> remove it|<span class="x"> remove it|</span> remove it|<!-- why --> move it to notes:, which no page shows`},
		{"R&amp;D&nbsp;is&#8217;s &quot;it&quot;&shy;", "&amp; write “&”|&nbsp; write a blank|&#8217; write “’”|&quot; write “\"”|&quot; write “\"”|&shy; write nothing for it"},
		{`5 \* 3 \[sic\]`, `\* write “*”|\[ write “[”|\] write “]”`},
		{"{{ site.title }} is $E=mc^2$ in [[Wiki]]", "{{ site.title }} write the words alone|$E=mc^2$ write the words alone|[[Wiki]] write the words alone"},
		{"5 * 3 * 2, snake_case and an_other_one, C*, C* and D*, R&D, AT&T, M*A*S*H, f**k, 2**3, a < b > c, <3, [sic], List<String>, x^2, 50%, $5 and $10, ~5, Q&A; *, 10:30, C:\\dir, foo[1], me@example.org, [a] (b)", ""},
	} {
		var got []string
		for _, d := range Marks(Input{File: "x.md", Src: []byte(c.src)}) {
			fix, _, _ := strings.Cut(d.Hint, " in the ")
			got = append(got, strings.TrimPrefix(fmt.Sprintf("%v %s %s", d.Severity, c.src[d.At.Start:d.At.End], fix), "warning "))
		}
		if diff := cmp.Diff(c.reports, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s\n(-want +got)\n%s", c.src, diff)
		}
		if c.reports != "" && !MayHaveMarks(c.src) {
			t.Errorf("%s: no marks are expected", c.src)
		}
	}
}
