package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site/diag"
)

// show writes a Fragment with its holes as {kind target} and its spans in ⟨⟩.
func show(f Fragment) string {
	names := map[HoleKind]string{Link: "link", Date: "date", DateShown: "shown", AsOf: "as-of", Citation: "cite", Image: "image", Figure: "figure", Scope: "scope", Page: "page", Word: "word", Name: "name", Code: "code"}
	var b strings.Builder
	spans, holes := f.Spans, f.Holes
	for i := range int32(len(f.HTML)) + 1 {
		if len(spans) > 0 && spans[0].End == i {
			b.WriteString("⟩")
			spans = spans[1:]
		}
		for len(holes) > 0 && holes[0].At == i {
			h := holes[0]
			words := []string{names[h.Kind]}
			for _, c := range h.Cites {
				words = append(words, strings.TrimSpace("@"+c.ID+" "+c.Locator))
			}
			for _, s := range []string{h.Target, h.Text} {
				if s != "" {
					words = append(words, s)
				}
			}
			b.WriteString("{" + strings.Join(words, " ") + "}")
			holes = holes[1:]
		}
		if len(spans) > 0 && spans[0].Start == i {
			b.WriteString("⟨")
		}
		if int(i) < len(f.HTML) {
			b.WriteByte(f.HTML[i])
		}
	}
	return b.String()
}

// reports writes diagnostics as "severity rule: the words of src that are meant".
func reports(src string, ds []diag.Diagnostic) []string {
	var out []string
	for _, d := range ds {
		out = append(out, fmt.Sprintf("%v %s: %s", d.Severity, d.Rule, src[d.At.Start:d.At.End]))
	}
	return out
}

// valueCases are texts with what they render to; FuzzValue begins with them.
var valueCases = []struct {
	name, src, want string
	reports         []string
}{
	{name: "nothing"},
	{name: "runs of text", src: "The storm_surge *rose* by 2 < 3 metres\nin the\nnight.\n",
		want: "<p>⟨The storm_surge ⟩<em>⟨rose⟩</em>⟨ by 2 &lt; 3 metres\nin the\nnight.⟩</p>\n"},
	{name: "escapes and references", src: `\*a\* &amp; &ouml; &#x41; &copy`, want: "<p>⟨*a* &amp; ö A &amp;copy⟩</p>\n"},
	{name: "hard break", src: "a  \nb\\\nc", want: "<p>⟨a⟩<br>\n⟨b⟩<br>\n⟨c⟩</p>\n"},
	{name: "white space before line ends", src: "a\t\t\nb_  c   \nd", want: "<p>⟨a\nb_  c⟩<br>\n⟨d⟩</p>\n"},
	{name: "our links", src: "[a](term:storm-surge) [b](q:sea-gates#cost \"T\") [c](event:flood) [d](../x.md#y) [e](/z/) [f](#g)",
		want: "<p><a{link term:storm-surge}>a</a> <a{link q:sea-gates#cost T}>b</a> <a{link event:flood}>c</a> <a{link ../x.md#y}>d</a> <a{link /z/}>e</a> <a{link #g}>f</a></p>\n"},
	{name: "no link", src: "A [surge](term:none) rose", want: "<p>⟨A ⟩surge⟨ rose⟩</p>\n"},
	{name: "links elsewhere", src: `[a](https://x.org/?a=1&b=2 "say \"x\"") <mailto:a@b.org> <a@b.org> www.x.org`,
		want: `<p><a href="https://x.org/?a=1&amp;b=2" title="say &quot;x&quot;">a</a> <a href="mailto:a@b.org" class="bare">mailto:a@b.org</a> <a href="mailto:a@b.org" class="bare">a@b.org</a> <a href="http://www.x.org" class="bare">www.x.org</a></p>` + "\n"},
	{name: "bad schemes", src: "[a](javascript:x) [b](java&#10;script:x) [c](&#106;avascript:x) [d](%6aavascript:x) [e](//x.org) [f](/\\x.org) [g](data:x) [h](<java script:x>)",
		want:    "<p>⟨a b c d e f g h⟩</p>\n",
		reports: []string{"error link-scheme: javascript:x", "error link-scheme: java&#10;script:x", "error link-scheme: &#106;avascript:x", "error link-scheme: %6aavascript:x", "error link-scheme: //x.org", `error link-scheme: /\x.org`, "error link-scheme: data:x", "error link-scheme: java script:x"}},
	{name: "no address", src: "[a]()", want: "<p>⟨a⟩</p>\n", reports: []string{"error link-scheme: ["}},
	{name: "bad autolink", src: "see <ftp://x.org>", want: "<p>⟨see ⟩ftp://x.org</p>\n", reports: []string{"error link-scheme: ftp://x.org"}},
	{name: "undefined reference", src: "[a][b] [c]", want: "<p>⟨[a][b] [c]⟩</p>\n", reports: []string{"warning undefined-reference: [b]"}},
	{name: "references", src: "[a][b] [b]\n\n[b]: term:x", want: "<p><a{link term:x}>a</a> <a{link term:x}>b</a></p>\n"},
	{name: "dates", src: "[last March](date:2023-03), [140](as-of:2024-03-30)",
		want: `<p>{date 2023-03}⟨last March⟩{shown 2023-03}, <span class="as-of">⟨140⟩</span>{as-of 2024-03-30}</p>` + "\n"},
	{name: "languages", src: "[الدولة](lang:ar) [Haus](lang:DE) [x](lang:klingonish) [y](lang:pa-Arab)",
		want: `<p><span lang="ar" dir="rtl">الدولة</span> <span lang="de" dir="ltr">Haus</span> x <span lang="pa-Arab" dir="rtl">y</span></p>` + "\n", reports: []string{"error lang: lang:klingonish"}},
	{name: "citations", src: "So [@bill-114, s. 2] it [@a; @b, p.&nbsp;3;\n@c] is [@none].",
		want: "<p>⟨So⟩{cite @bill-114 s. 2}⟨ it⟩{cite @a @b p.\u00a03 @c}⟨ is⟩{cite none}.</p>\n"},
	{name: "bad citations", src: "[@a b] [@] [@a, ] [@a; b] [@none, p. 1] [@ok](/x) \\[@x]", want: "<p>⟨[@a b] [@] [@a, ] [@a; b] [@none, p. 1] ⟩<a{link /x}>@ok</a>⟨ [@x]⟩</p>\n",
		reports: []string{"error citation: [@a b]", "error citation: [@]", "error citation: [@a, ]", "error citation: [@a; b]", "error citation: [@none, p. 1]"}},
	{name: "behind an exclamation mark", src: "Stop![@a] Go![^1] See ![@a](b.jpg), ![@a][p] and ![^1](c.jpg), or ![^2].\n\n[^1]: N.\n\n[p]: p.jpg\n",
		want: "<p>⟨Stop!⟩{cite @a}⟨ Go!⟩" + ref("1", "") + "⟨ See ⟩{image b.jpg @a}, {image p.jpg @a}⟨ and ⟩{image c.jpg ^1}⟨, or ![^2].⟩</p>\n" +
			"<div class=\"footnotes\">\n<ol type=\"a\">\n<li id=\"fn-{scope}-1\">\n<p>⟨N.⟩" + back("1", "", "") + "</p>\n</li>\n</ol>\n</div>\n",
		reports: []string{"warning footnote: [^2]"}},
	{name: "citations side by side", src: "Two [@a][@b, p. 3], a note[@a][^1][@b][^1], none[@none][@a], apart [@a] [@b], then[@b][sic] and [@a][it](/x) and [@a][].\n\n[^1]: N.",
		want: "<p>⟨Two⟩{cite @a @b p. 3}⟨, a note⟩{cite @a}" + comma + ref("1", "") + comma + "{cite @b}" + comma + ref("1", "-2") + "⟨, none⟩{cite none}{cite @a}⟨, apart⟩{cite @a @b}⟨, then⟩{cite @b}⟨[sic] and⟩{cite @a}<a{link /x}>it</a>⟨ and⟩{cite @a}[].</p>\n" +
			"<div class=\"footnotes\">\n<ol type=\"a\">\n<li id=\"fn-{scope}-1\">\n<p>⟨N.⟩" + back("1", "", ", 1") + back("1", "-2", ", 2") + "</p>\n</li>\n</ol>\n</div>\n"},
	{name: "links whose words begin with @", src: "[@a](/x) [@a][b] [@b]\n\n[b]: /y", want: "<p><a{link /x}>@a</a> <a{link /y}>@a</a>{cite @b}</p>\n"},
	{name: "citation in a link", src: "[a [@b]](/x)", want: "<p><a{link /x}>a </a></p>\n", reports: []string{"error citation: [@b]"}},
	{name: "callout", src: "> [!NOTE]\n> A surge.\n>\n> - b\n",
		want: "<aside class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">{word note}</p>\n<p>⟨A surge.⟩</p>\n<ul>\n<li>⟨b⟩</li>\n</ul>\n</aside>\n"},
	{name: "callout with its words behind", src: "> [!tip] A *b*", want: "<aside class=\"callout callout-tip\" role=\"note\"><p class=\"callout-title\">{word tip}</p>\n<p>⟨A ⟩<em>⟨b⟩</em></p>\n</aside>\n", reports: []string{"warning callout: [!tip]"}},
	{name: "unknown callout", src: "> [!WARNIN]\n> a", want: "<blockquote>\n<p>[!WARNIN]\na</p>\n</blockquote>\n", reports: []string{"error callout: [!WARNIN]"}},
	{name: "misplaced short answer", src: "> [!SHORT]\n> a", want: "<aside class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">{word note}</p>\n<p>⟨a⟩</p>\n</aside>\n", reports: []string{"error callout: [!SHORT]"}},
	{name: "speaker", src: "> We knew.\n> — [Jo](term:jo), mayor [@a]", want: "<figure class=\"quote\">\n<blockquote>\n<p>We knew.</p>\n</blockquote>\n<figcaption>— <a{link term:jo}>Jo</a>, mayor{cite @a}</figcaption>\n</figure>\n"},
	{name: "speaker apart", src: "> We knew.\n>\n> — Jo\n\nsurge", want: "<figure class=\"quote\">\n<blockquote>\n<p>We knew.</p>\n</blockquote>\n<figcaption>— Jo</figcaption>\n</figure>\n<p>⟨surge⟩</p>\n"},
	{name: "no speaker", src: "> — said Jo", want: "<blockquote>\n<p>— said Jo</p>\n</blockquote>\n"},
	{name: "pictures", src: "![Alt *x*](a%20b.jpg)\n\nIn ![b](c.png) line", want: "{figure a%20b.jpg Alt x}\n<p>⟨In ⟩{image c.png b}⟨ line⟩</p>\n"},
	{name: "bad pictures", src: "![a](http://x/y.png) ![b](data:image/png;base64,x) ![c](d.png \"t\")", want: "<p>a b {image d.png c}</p>\n",
		reports: []string{"error remote-image: http://x/y.png", "error image-scheme: data:image/png;base64,x", "warning image-title: d.png"}},
	{name: "lost in alt", src: "![a [@b]](c.png)", want: "{figure c.png a}\n", reports: []string{"error image-alt: "}},
	{name: "code", src: "`a<b` \n\n```go\nx := 1\n```\n\n```\n<y>\n```\n\n    z\n",
		want: "<p><code>a&lt;b</code></p>\n" + `{code}<pre tabindex="0" role="group" aria-label="{name code}" class="chroma"><code class="language-go">x := <span class="mi">1</span>` + "\n</code>{code}</pre>\n{code}<pre tabindex=\"0\" role=\"group\" aria-label=\"{name code}\"><code>&lt;y&gt;\n</code>{code}</pre>\n{code}<pre tabindex=\"0\" role=\"group\" aria-label=\"{name code}\"><code>z\n</code>{code}</pre>\n"},
	{name: "unknown language", src: "```pyhton\nx\n```", want: "{code}<pre tabindex=\"0\" role=\"group\" aria-label=\"{name code}\"><code class=\"language-pyhton\">x\n</code>{code}</pre>\n", reports: []string{"warning code-language: pyhton"}},
	{name: "table", src: "|A|B|\n|:-|-:|\n|a surge|`x\\|y`|", want: "<section class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{name table}\">\n<table>\n<thead>\n<tr>\n<th>⟨A⟩</th>\n<th class=\"align-right\">⟨B⟩</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>⟨a surge⟩</td>\n<td class=\"align-right\"><code>x|y</code></td>\n</tr>\n</tbody>\n</table>\n</section>\n"},
	{name: "names of what scrolls", src: "### Costs *now* {#c}\n\n|A|\n|-|\n\n<pre>b</pre>\n\n<h4>C</h4>\n\n    d\n",
		want: "<h3 id=\"{scope}--c\">Costs <em>now</em></h3>\n<section class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{name table Costs now}\">\n<table>\n<thead>\n<tr>\n<th>⟨A⟩</th>\n</tr>\n</thead>\n</table>\n</section>\n" +
			"{code}<pre tabindex=\"0\" role=\"group\" aria-label=\"{name code Costs now}\">b{code}</pre>\n<h4 id=\"{scope}--c-2\">C</h4>\n{code}<pre tabindex=\"0\" role=\"group\" aria-label=\"{name code C}\"><code>d\n</code>{code}</pre>\n"},
	{name: "tasks", src: "- [x] a\n- [ ] b", want: "<ul>\n<li><span class=\"task\" aria-hidden=\"true\">☑</span><span class=\"visually-hidden\">{word done}</span> ⟨a⟩</li>\n<li><span class=\"task\" aria-hidden=\"true\">☐</span><span class=\"visually-hidden\">{word not-done}</span> ⟨b⟩</li>\n</ul>\n"},
	{name: "strikethrough and lists", src: "~~a~~\n\n3. b\n4. c\n", want: "<p><del>⟨a⟩</del></p>\n<ol start=\"3\">\n<li>⟨b⟩</li>\n<li>⟨c⟩</li>\n</ol>\n"},
	{name: "footnotes", src: "a[^x] b[^y] c[^x]\n\n[^y]: *Why*\n[^x]: One[^z]\n\n    Two\n\n[^z]: Zed",
		want: "<p>⟨a⟩" + ref("1", "") + "⟨ b⟩" + ref("2", "") + "⟨ c⟩" + ref("1", "-2") + "</p>\n<div class=\"footnotes\">\n<ol type=\"a\">\n" +
			"<li id=\"fn-{scope}-1\">\n<p>⟨One⟩" + ref("3", "") + "</p>\n<p>⟨Two⟩" + back("1", "", ", 1") + back("1", "-2", ", 2") + "</p>\n</li>\n" +
			"<li id=\"fn-{scope}-2\">\n<p><em>⟨Why⟩</em>" + back("2", "", "") + "</p>\n</li>\n" +
			"<li id=\"fn-{scope}-3\">\n<p>⟨Zed⟩" + back("3", "", "") + "</p>\n</li>\n</ol>\n</div>\n"},
	{name: "lost footnotes", src: "a[^x]\n\n[^y]: b\n\n[^y]: c", want: "<p>⟨a[^x]⟩</p>\n", reports: []string{"error footnote: [^y]", "warning footnote: [^x]", "warning footnote: [^y]"}},
	{name: "a source twice", src: "a [@b; @c; @b] d [@b, p. 1; @b, p. 2] e [@b][@b]\n",
		want: "<p>⟨a⟩{cite @b @c @b}⟨ d⟩{cite @b p. 1 @b p. 2}⟨ e⟩{cite @b @b}</p>\n", reports: []string{"warning citation: [@b; @c; @b]", "warning citation: [@b]"}},
	{name: "sub-headings", src: "### A surge [@x]\n\n#### A surge\n\n### B {#own-id}\n\n### C {#Bad id}\n\n### دولة\n",
		want:    "<h3 id=\"{scope}--a-surge\">A surge{cite @x}</h3>\n<h4 id=\"{scope}--a-surge-2\">A surge</h4>\n<h3 id=\"{scope}--own-id\">B</h3>\n<h3 id=\"{scope}--c\">C</h3>\n<h3 id=\"{scope}--دولة\">دولة</h3>\n",
		reports: []string{"error heading-id: Bad id"}},
	{name: "too high headings", src: "# A\n\nB\n-\n", want: "<h1 id=\"{scope}--a\">A</h1>\n<h2 id=\"{scope}--b\">B</h2>\n", reports: []string{"error heading-level: A", "error heading-level: B"}},
	{name: "HTML in lines", src: "10<sup>6</sup> m<SUB>2</SUB>, a<br>b<br/>c</br>d <b class=x>*e* f</b> <abbr title='g > \"h\"'>i</abbr> <span lang=AR dir=RTL>j</span> <code>-- k</code>",
		want:    "<p>⟨10⟩<sup>⟨6⟩</sup>⟨ m⟩<sub>⟨2⟩</sub>⟨, a⟩<br>⟨b⟩<br>⟨c⟩<br>⟨d ⟩<b><em>⟨e⟩</em>⟨ f⟩</b> <abbr title=\"g &gt; &quot;h&quot;\">⟨i⟩</abbr> <span lang=\"ar\" dir=\"rtl\">j</span> <code>-- k</code></p>\n",
		reports: []string{"warning raw-html: <b class=x>"}},
	{name: "links in HTML", src: `<a href="term:surge" title=x>a</a> <a href="../b.md#c">b</a> <a href="https://x.org/?a&amp;b">c</a> <a href="javascript&colon;x">d</a> <a href="term:none">surge</a> <a href="date:2023-03">e</a> <a href="">f</a> <a name=g>h</a>`,
		want:    `<p><a{link term:surge}>a</a> <a{link ../b.md#c}>b</a> <a href="https://x.org/?a&amp;b">c</a>⟨ d⟩ surge {date 2023-03}e{shown 2023-03}⟨ f⟩⟨ h⟩</p>` + "\n",
		reports: []string{`warning raw-html: <a href="term:surge" title=x>`, `warning raw-html: <a name=g>`, `error link-scheme: <a href="javascript&colon;x">`, `error link-scheme: <a href="">`}},
	{name: "links in links", src: "<a href=/x>a [b](/c) <https://d.org> [e](term:none)</a> [f <a href=/g>h</a>](/i)",
		want: `<p><a{link /x}>a b https://d.org e</a> <a{link /i}>f h</a></p>` + "\n", reports: []string{"warning raw-html: <a href=/g>", "error link-in-link: /c"}},
	{name: "HTML that is not read", src: "a <u>b</u> <font>c</font><td>d</td> e<center>f</center> <b>g *h</b> i* </i> j",
		want:    "<p>⟨a b c⟩ ⟨d⟩ ⟨ e⟩ ⟨f⟩ ⟨ g ⟩<em>⟨h i⟩</em>⟨  j⟩</p>\n",
		reports: []string{"warning raw-html: <u>", "warning raw-html: <font>", "warning raw-html: <td>", "warning raw-html: <center>", "warning raw-html: <b>", "warning raw-html: </i>"}},
	{name: "blocks of HTML", src: "<div>\n\n*a*\n\n</div>\n\n<details>\n<summary>b</summary>\nc &copy &amp;lt; \\*\n</details>\n\n<!-- f --> g\n\n<section>h<p>i</p>j</section>\n",
		want:    "<div>\n<p><em>⟨a⟩</em></p>\n</div>\n<details>\n<summary>b</summary>⟨\nc © &amp;lt; \\*\n⟩</details>\n<p>⟨g⟩</p>\n<p>⟨h⟩</p>\n<p>⟨i⟩</p><p>⟨j⟩</p>\n",
		reports: []string{"warning raw-html: <section>"}},
	{name: "blocks that can't stand there", src: "<p>a<div>b</div></p>\n\n<li>c</li>\n\n<ul>\nd\n<li>e</li>\n</ul>\n\n<p>\n\nf\n\n</p>\n\n<details>g</details>\n\n<table><caption>h</caption><tr><th scope=col colspan=x>i</th><td rowspan=2>j</td></tr></table>\n",
		want:    "<p>⟨a⟩ ⟨b⟩ </p>\n<p>⟨c⟩</p>\n<p>⟨d⟩</p>\n<p>⟨e⟩</p>\n<p>⟨f⟩</p>\n<p>⟨g⟩</p>\n<section class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{name table h}\">\n<table><caption>h</caption><tr><th scope=\"col\">⟨i⟩</th><td rowspan=\"2\">⟨j⟩</td></tr></table>\n</section>\n",
		reports: []string{"warning raw-html: <div>", "warning raw-html: <li>", "warning raw-html: <ul>", "warning raw-html: <p>", "warning raw-html: <details>", "warning raw-html: <th scope=col colspan=x>"}},
	{name: "headings in HTML", src: "<h3>A <sub>1</sub></h3>\n\n### A 1\n\n<h4 id=own>B</h4>\n\n<h2>C</h2>\n\n<h5 id='No good'>D</h5>\n",
		want:    "<h3 id=\"{scope}--a-1\">A <sub>1</sub></h3>\n<h3 id=\"{scope}--a-1-2\">A 1</h3>\n<h4 id=\"{scope}--own\">B</h4>\n<p>⟨C⟩</p>\n<h5 id=\"{scope}--d\">D</h5>\n",
		reports: []string{"warning raw-html: <h2>", "error heading-id: No good"}},
	{name: "what shows something", src: "<script>a</script>\n\nb <script>c</script> <style>d *e*</style> <img src=f.png alt=g> <iframe src=//x.org></iframe>",
		want:    "<p>⟨b    ⟩</p>\n",
		reports: []string{"error raw-html: <script>", "error raw-html: <script>", "error raw-html: <style>", "error raw-html: <img src=f.png alt=g>", "error raw-html: <iframe src=//x.org>"}},
	{name: "left open", src: "a <!-- b\n\n> <?php\n\n- ~~~\n  c\n\n<![CDATA[ d ]]>\n\n<pre>\n## e\n", want: "<p>⟨a &lt;!-- b⟩</p>\n<blockquote>\n</blockquote>\n<ul>\n<li>\n{code}<pre tabindex=\"0\" role=\"group\" aria-label=\"{name code}\"><code>c\n\n</code>{code}</pre>\n</li>\n</ul>\n<p>⟨d⟩</p>\n",
		reports: []string{"error unclosed: ~~~", "error unclosed: <!--", "warning raw-html: <![CDATA[", "error unclosed: <pre>", "error unclosed: <?php"}},
	{name: "comments that take along", src: "<!--\n## a\n-->\n\n<!-- b <!-- c -->\n\n<!-- d\n# e -->\n", reports: []string{"warning comment: <!--", "warning comment: <!--"}},
	{name: "HTML in quotations", src: "> <p>a\n> b</p>\n\n- <b>c</b>\n- <div>d</div>\n", want: "<blockquote>\n<p>a\nb</p>\n</blockquote>\n<ul>\n<li><b>⟨c⟩</b></li>\n<li>\n<div>⟨d⟩</div>\n</li>\n</ul>\n"},
	{name: "quotation marks", src: `A surge, "a surge *and* a surge", a “surge” and «surge» and „surge“ and ‘surge’, not the bank's or the banks’ surge.`,
		want: "<p>⟨A surge, ⟩&quot;a surge <em>and</em> a surge&quot;⟨, a ⟩“surge”⟨ and ⟩«surge»⟨ and ⟩„surge“⟨ and ⟩‘surge’⟨, not the bank's or the banks’ surge.⟩</p>\n"},
	{name: "quotation marks that stay open", src: "'Twas a surge\n\n“A surge\n\na surge", want: "<p>'⟨Twas a surge⟩</p>\n<p>“A surge</p>\n<p>⟨a surge⟩</p>\n"},
	{name: "NUL", src: "a\x00b", want: "<p>⟨a\ufffdb⟩</p>\n"},
	{name: "not UTF-8", src: "a\xffb", reports: []string{"error utf-8: \xff"}},
}

func ref(n, again string) string {
	return `<sup class="fn"><a href="{page}#fn-{scope}-` + n + `" id="fnref-{scope}-` + n + again + `" role="doc-noteref">` + string('a'+n[0]-'1') + `</a></sup>`
}

// comma stands between two marks of which one is a note's.
const comma = "<sup class=\"fn\">,\u00a0</sup>"

func back(n, again, which string) string {
	return ` <a href="{page}#fnref-{scope}-` + n + again + `" role="doc-backlink" aria-label="{word back-to-text}` + which + `">↩︎</a>`
}

func TestValue(t *testing.T) {
	r := New(Options{})
	for _, c := range valueCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel() // with -race: a Renderer is safe for concurrent use
			f, ds := r.Value(Input{File: "x.md", Src: []byte(c.src)})
			if diff := cmp.Diff(c.want, show(f)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(c.reports, reports(c.src, ds)); diff != "" {
				t.Errorf("diagnostics (-want +got)\n%s", diff)
			}
		})
	}
}

func TestTypographer(t *testing.T) {
	r := New(Options{Typographer: true})
	for src, want := range map[string]string{
		`"A" 'b' don't -- c --- d... '90s 'tis`: "“A” ‘b’ don’t – c — d… ’90s ’tis",
		`"*a* b"`:                               "“<em>a</em> b”",
		`\"a\" &quot;`:                          "&quot;a&quot; &quot;",
		`6' 2"`:                                 "6’ 2&quot;",
		"`\"a\" --`":                            "<code>&quot;a&quot; --</code>",
		`(“a”) "b 'c'"`:                         "(“a”) “b ‘c’”",
		`the bank's 'x y`:                       "the bank’s ’x y",
	} {
		f, _ := r.Line(Input{Src: []byte(src)})
		if got := string(f.HTML); got != want {
			t.Errorf("%s renders %s, want %s", src, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	r := New(Options{})
	for _, c := range []struct {
		src, want string
		reports   []string
	}{
		{src: "", want: ""},
		{src: "A *surge* [@a]\nrose\n", want: "⟨A ⟩<em>⟨surge⟩</em>{cite @a}\n⟨rose⟩"},
		{src: "![a](b.jpg)", want: "{image b.jpg a}"},
		{src: "a <!-- b -->\n\n<!-- c -->\n\n[d]: /e", want: "⟨a ⟩", reports: []string{"warning foreign: [d]: /e"}},
		{src: "<p>a <i>b</i></p>\n", want: "⟨a ⟩<i>⟨b⟩</i>", reports: []string{"warning raw-html: <p>"}},
		{src: "a\n\n<div>b</div>", want: "<p>⟨a⟩</p>\n⟨b⟩", reports: []string{"warning raw-html: <div>", "error one-paragraph: "}},
		{src: "a\n\nb", want: "<p>⟨a⟩</p>\n<p>⟨b⟩</p>\n", reports: []string{"error one-paragraph: "}},
		{src: "1. a", want: "<ol>\n<li>⟨a⟩</li>\n</ol>\n", reports: []string{"error one-paragraph: "}},
		{src: "a[^b]\n\n[^b]: c", want: "<p>⟨a⟩</p>\n", reports: []string{"error one-paragraph: ", "error footnote: [^b]"}},
	} {
		f, ds := r.Line(Input{Src: []byte(c.src)})
		if diff := cmp.Diff(c.want, show(f)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", c.src, diff)
		}
		if diff := cmp.Diff(c.reports, reports(c.src, ds)); diff != "" {
			t.Errorf("%q: diagnostics (-want +got)\n%s", c.src, diff)
		}
	}
}

func TestBody(t *testing.T) {
	src := "# The *title* {#no}\n\nIntro[^a] [l].\n\n## What is “it”? {#what}\n<!-- c -->\n> [!SHORT]\n> It is *so*.\n>\n> Yes.\n\nAnswer[^a].\n\n" +
		"## Empty\n\n## Lost [@a]\n\n> [!NOTE]\n> n\n\n> [!SHORT]\n> late\n\n### Sub\n\n[^a]: Note.\n\n[l]: /x\n"
	b, ds := New(Options{}).Body(Input{File: "x.md", Src: []byte(src)})
	type section struct{ Text, ID, Short, ShortAt, HTML string }
	at := func(s diag.Span) string { return src[s.Start:s.End] }
	got := []section{{HTML: show(b.Intro.Fragment)}}
	for _, s := range b.Sections {
		if s.Empty != (len(s.Fragment.HTML) == 0) || s.Heading.ID != at(s.Heading.IDAt) {
			t.Errorf("%+v", s)
		}
		got = append(got, section{s.Heading.Text, s.Heading.ID, s.Short, at(s.ShortAt), show(s.Fragment)})
	}
	note := "<div class=\"footnotes\">\n<ol type=\"a\">\n<li id=\"fn-{scope}-1\">\n<p>⟨Note.⟩" + back("1", "", "") + "</p>\n</li>\n</ol>\n</div>\n"
	want := []section{
		{HTML: "<p>⟨Intro⟩" + ref("1", "") + " <a{link /x}>l</a>.</p>\n" + note},
		{"What is “it”?", "what", "It is so. Yes.", "It is *so*.\n>\n> Yes.", "<p>⟨Answer⟩" + ref("1", "") + ".</p>\n" + note},
		{Text: "Empty"},
		{Text: "Lost", HTML: "<aside class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">{word note}</p>\n<p>⟨n⟩</p>\n</aside>\n" +
			"<aside class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">{word note}</p>\n<p>⟨late⟩</p>\n</aside>\n<h3 id=\"{scope}--sub\">Sub</h3>\n"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if b.Title == nil || b.Title.Text != "The title" || len(b.Titles) != 1 || at(b.Title.At) != "The *title*" {
		t.Errorf("titles %+v", b.Titles)
	}
	if diff := cmp.Diff([]string{"error heading-markup: ", "error callout: [!SHORT]"}, reports(src, ds)); diff != "" {
		t.Errorf("diagnostics (-want +got)\n%s", diff)
	}
}

// TestPositions renders a value that stands elsewhere in its file, each line indented.
func TestPositions(t *testing.T) {
	src, indent := "One\n\ntwo [@a] *three* [x](y:z)\n", 4
	at := func(i int) int { return 100 + i + indent*(1+strings.Count(src[:i], "\n")) }
	f, ds := New(Options{}).Value(Input{File: "x.md", Src: []byte(src), At: at})
	find := func(s string) int32 { return int32(at(strings.Index(src, s))) }
	var got []int32
	for _, s := range f.Spans {
		got = append(got, s.Source)
	}
	got = append(got, f.Holes[0].Source.Start, f.Holes[0].Source.End, f.Holes[0].Cites[0].Source.Start, ds[0].At.Start, ds[0].At.End)
	want := []int32{find("One"), find("two"), find("three"), find(" [x](y"), find("[@a"), find("[@a") + 4, find("a]"), find("y:z"), find("y:z") + 3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestSlug(t *testing.T) {
	for s, want := range map[string]string{
		"":                             "",
		"Why did the harbour flood?":   "why-did-the-harbour-flood",
		"L’été à Łódź: Straße & Ærø":   "lete-a-lodz-strasse-aero",
		"The bank's 3½ plans":          "the-banks-31-2-plans",
		"الدولة":                       "الدولة",
		"A الدولة b":                   "a-الدولة-b",
		"Москва и ВОДА: ёж":            "москва-и-вода-ёж",
		"なぜ遅れたのか？":                     "なぜ遅れたのか",
		"ＦＵＬＬ　ｗｉｄｔｈ":                   "full-width",
		"ทำไมน้ำท่วม":                  "ทำไมน้ำท่วม",
		"हिन्दी में क्यों?":            "हिन्दी-में-क्यों",
		"שָׁלוֹם, צה״ל":                "שָׁלוֹם-צהל",
		"سؤال ۲۰۲۴؟":                   "سؤال-۲۰۲۴",
		"می\u200cخواهم":                "میخواهم",
		"I\u0307stanbul’da IŞIK, ışık": "istanbulda-isik-isik",
		"ΣΊΣΥΦΟΣ Straße":               "σίσυφοσ-strasse",
		"각하 \u1100\u1161":              "각하-가",
		"🎉 ❤\ufe0f 1\ufe0f\u20e3":      "1",
		"🎉":                            "",
		strings.Repeat("字", 100):       strings.Repeat("字", 66),
		strings.Repeat("คิ", 50):       strings.Repeat("คิ", 33),
		" -- a__b -- ":                 "a-b",
		strings.Repeat("abcde ", 20):   strings.TrimSuffix(strings.Repeat("abcde-", 13), "-"),
		strings.Repeat("x", 100):       strings.Repeat("x", 80),
		strings.Repeat("x", 79) + " y": strings.Repeat("x", 79),
	} {
		if got := Slug(s); got != want {
			t.Errorf("Slug(%q) = %q, want %q", s, got, want)
		}
	}
}

// TestIsID holds what may be an id, and which two are alike.
func TestIsID(t *testing.T) {
	for _, id := range []string{"a", "1", "a-b-2", "é", "москва", "なぜ", "דגש", "हिन्दी", "二〇二四", "ß",
		strings.Repeat("a", 199)} {
		if !IsID(id) {
			t.Errorf("%q is none", id)
		}
	}
	for _, id := range []string{"", "-", "a-", "-a", "a--b", "A", "É", "e\u0301", "a b", "a_b", "a.b", "a/b",
		"\u0301a", "a-\u0301", "🎉", "a\ufe0f", "\u3164", "a\u200db", "½", "ǅ", strings.Repeat("a", 200)} {
		if IsID(id) {
			t.Errorf("%q is one", id)
		}
	}
	for _, pair := range [][2]string{{"straße", "strasse"}, {"σας", "σασ"}, {"ﬁ", "fi"}} {
		if FoldID(pair[0]) != FoldID(pair[1]) {
			t.Errorf("%v are not alike", pair)
		}
	}
	if FoldID("é") == FoldID("e") || FoldID("й") == FoldID("и") {
		t.Error("letters with marks are not those without")
	}
}

// TestLimits shows that what passes a limit is refused with a place, and what
// only looks like it is not.
func TestLimits(t *testing.T) {
	r := New(Options{})
	for name, src := range map[string]string{
		"large":   strings.Repeat("a", maxSource+1),
		"deep":    strings.Repeat("> ", maxMarkers+1) + "a",
		"deeper":  strings.Repeat("- ", maxMarkers+1) + "a",
		"mixed":   strings.Repeat("> 1. ", maxMarkers/2) + "> a",
		"cells":   "|a|\n|-|\n" + strings.Repeat("|a\n", maxCells),
		"delims":  strings.Repeat("*a* b\n\n", maxDelims),
		"address": "[a](/" + strings.Repeat("a", maxAddress) + ")",
	} {
		f, ds := r.Value(Input{Src: []byte(src)})
		if len(f.HTML) > 0 || len(ds) == 0 || ds[len(ds)-1].Rule != "markdown-limit" || ds[len(ds)-1].Severity != diag.Error {
			t.Errorf("%s: %d bytes of HTML, %v", name, len(f.HTML), ds)
		}
	}
	for name, src := range map[string]string{
		"code with asterisks": "```\n" + strings.Repeat("*", maxDelims+1) + "\n```\n",
		"a line of dashes":    strings.Repeat("- ", 200) + "\n\n" + strings.Repeat("* ", 200),
		"many sources":        strings.Repeat("- [Title of a source](https://x.org/a), *Paper*, 2024.\n", 1500),
		"a large table":       "|a|b|c|d|\n|-|-|-|-|\n" + strings.Repeat("|[a](/b)|*c*|`d`|e|\n", 1500),
		"a long paragraph":    strings.Repeat("Words of *some* sort, and a [link](/a) with `code` <https://x.org>.\n", 500),
		"quotes":              strings.Repeat("> ", maxMarkers) + "a",
		"items":               strings.Repeat("1. ", maxMarkers) + "a",
		"levels":              "- a\n  - b\n    - c\n      - d\n        - e\n          > f\n          > > g\n",
	} {
		if f, ds := r.Value(Input{Src: []byte(src)}); len(f.HTML) == 0 || len(ds) > 0 {
			t.Errorf("%s: %d bytes of HTML, %v", name, len(f.HTML), ds)
		}
	}
}

// BenchmarkAnswers renders eight answers of some 800 bytes each: of text as it
// is mostly written, of text with a dozen links in each, and with a table, which
// goldmark reads.
func BenchmarkAnswers(b *testing.B) {
	for name, words := range map[string]string{
		"text": "The storm surge of last March rose by two metres, the council's report says, and it took the harbour board by surprise. " +
			"It flooded *the harbour* and much of the old town, where at least 140 people live, and where the [sea gates](term:sea-gates) were still being built [@bill-114, s. 2].\n" +
			"Nobody was hurt, but the cost of the repairs is not yet known, and the council has asked for help.\n\n",
		"dense": "The *storm surge* of [last March](date:2023-03) rose by two metres [@bill-114, s. 2], the council's report says. " +
			"It flooded [the harbour](term:harbour) and “much of the old town”, where [at least 140](as-of:2024-03-30) people live.\n\n- one\n- two, with `code`\n\n",
		"table": "The surge rose by *two* metres, the council's report says [@bill-114, s. 2].\n\n| Year | Metres |\n|---|---|\n| 1986 | 1.4 |\n| 2023 | 2.1 |\n\n",
	} {
		answer := []byte(strings.Repeat(words, max(1, 900/len(words))))
		b.Run(name, func(b *testing.B) {
			r := New(Options{})
			b.SetBytes(8 * int64(len(answer)))
			b.ReportAllocs()
			for b.Loop() {
				for range 8 {
					r.Value(Input{File: "x.md", Src: answer})
				}
			}
		})
	}
}
