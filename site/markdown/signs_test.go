package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site/diag"
)

// Each sign of another tool is reported where it stands, and nothing else is.
func TestSigns(t *testing.T) {
	r := New(Options{})
	for _, c := range []struct{ src, reports string }{
		// Templates.
		{"{{< youtube abc >}} was *here*. {{% note %}}a{{% /note %}}", "{{< youtube abc >}}|{{% note %}}|{{% /note %}}"},
		{`See [the guide]({{ "/brand/" | url }}) and ![a]({% link x %}), [b](/c/{{< d e >}}f).`, `]({{ "/brand/" | url }})|]({% link x %})|](/c/{{< d e >}}f)`},
		{"{{ page.title }} {{{ raw }}} {{ {'a': 1}.a }} {{#each x}}", "{{ page.title }}|{{{ raw }}}|{{ {'a': 1}.a }}|{{#each x}}"},
		{"And {% include x.html %} too. {# never #} <%= x %>", "{% include x.html %}|{# never #}|<%= x %>"},
		{"{:toc}\n\n[TOC]\n\n[[_TOC_]]", "{:toc}|[TOC]|[[_TOC_]]"},
		{"`{{ x }}` \\{{ x }} {x} { {y} }\n\n    {{ z }}\n\n```\n{{ z }}\n```\n\na <!-- {{ z }} --> {a} [x](<{{y}}>)", ""},

		// Attributes and roles.
		{"![A](c.png){#fig-a width=80%}\n\n[t](/u){.class} `x`{=html} [t]{.small} a {#id .class}", "{#fig-a width=80%}|{.class}|{=html}|{.small}|{#id .class}"},
		{"### A {.unlisted}\n\nA\n{: .note}\n\n{::options /}", "{.unlisted}|{: .note}|{::options /}"},
		{"{ref}`x` {++new++} {code:java}x{code}", "{ref}|{++new++}|{code:java}|{code}"},
		{"The set {1, 2}, {#1}, ${x}, {a=1} and {.5}.", ""},

		// Wikis, shortcodes.
		{"And [[Wiki link]] and [[a|b]] and ![[embed.png]] and [[a][b]].", "[[Wiki link]]|[[a|b]]|![[embed.png]]|[[a][b]]"},
		{`[b]x[/b] [gallery ids="1,2"]`, `[/b]|[gallery ids="1,2"]`},
		{"[[1](/x)] \\[[a]] [sic] [...] [a b] [1] [x [y] z]", ""},

		// Citations and notes.
		{"Slow [see @handbook, p. 3], or [-@handbook].", "[see @handbook, p. 3]|[-@handbook]"},
		{"@doe [p. 3] says; @fig-x does^[a note].", "@doe [p. 3]|@fig-x|^[a note]"},
		{"*[HTML]: Hyper Text\n\n(@good) An example.", "*[HTML]: Hyper Text|(@good) "},
		{"Ask @nasa, @flip1995, me@example.org [or me@example.org], [@ok](/x) @ 5.", ""},

		// Maths and TeX.
		{"The share is $v = n / N$ of $N$; $$E=mc^2$$ and $f(x)$, \\(a_1 + b\\), \\[x = 3\\]", `$v = n / N$|$N$|$$E=mc^2$$|$f(x)$|\(a_1 + b\)|\[x = 3\]`},
		{"$$\nE = mc^2\n$$\n\n$`x`$", "$$\nE = mc^2\n$$|$`x`$"},
		{"\\cite{a} \\textbf{b}\n\n\\newpage", `\cite{a}|\textbf{b}|\newpage`},
		{"$5 and $10, US$3bn, A$4 and R$ 5, $20,000-$30,000, $1.5m (= €1.4m), a $$ bar or $$$ bar, $HOME and $PATH, 5$ or 6$, \\$x\\$, $4/day to 6$", ""},
		{`C:\dir \[sic\] \[\^1\] \(so they say\) \*a\* x^2 10^6 `, ""},

		// Marks within a line.
		{"==marked== %%hidden%% ++new++ ||spoiler|| CO^2^ :smile: :ref:`x` a ^abc123", "==marked==|%%hidden%%|++new++|||spoiler|||^2^|:smile:|:ref:|^abc123"},
		{"** bold ** and **open, __so __ ~~ no ~~", "** bold **|**|__so __|~~ no ~~"},
		{"**这是“重点”**的", "**这是“重点”**"},
		{"'''bold''' ``word'' and `open", "'''bold'''|``|`"},
		{"H~2~O and 10~20, 30~40", "~2~|~20, 30~"},
		{"a == b, x==y and z==w, 100%% of, C++ and D++, 5 * 3, C*, 2**3, f***, _ _, snake__case, ^_^, 10:30:00, a::b, foo:bar: ~50, ~60, Hawai`i, rated *** or ****, ____", ""},

		{`\{{ x }} \{% x %} \{#id} \[[a]] \[see @x] \:smile: \==a== \%%a%% \++a++ \||a|| CO\^2\^ \$x\$ \*\*a \` + "`" + `a \[/b]`, ""},

		// Links that went wrong.
		{"![x](my gate.png) [y](a b) [t](/u “v”)", "my gate.png|a b|/u “v”"},
		{"[a](/x and\n\n[b] (https://example.org/) (c)[https://example.org/]", "(/x|] (https://example.org/)|)[https://example.org/]"},
		{"[a [b](/c) d](/e)", "](/e)"},
		{"[x](<my gate.png>) [y](my%20gate.png) \\[a](b c) [sic] (2010) f(x)[1] ](", ""},

		// What begins a line.
		{"::: tip\nInside\n:::\n\n:::{note} A\n\nB\n\n:::\n\n:::", "::: tip|:::{note} A|:::"},
		{"!!! note \"Title\"\n    Text\n\n??? tip\n\n=== \"Tab\"", "!!! note \"Title\"|??? tip|=== \"Tab\""},
		{"== Heading ==\n\n##Next\n\nTerm\n: Means this", "== Heading ==|##Next|: Means this"},
		{".. note:: x\n\nimage::x.png[a] and link:x[y]", ".. note:: x|image::x.png[a]|link:x[y]"},
		{"Wow!!! What??? === … ... #MeToo ## x", ""},

		// Lists and tables.
		{"• first\n• second\n\n• third\n\nText\n\n• fourth", "• first\n• second|• fourth"},
		{"– one\n– two\n\n-one\n-two\n\n1.One\n2.Two\n\n(1) one\n(2) two", "– one\n– two|-one\n-two|1.One\n2.Two|(1) one\n(2) two"},
		{"| Name | Votes |\n| Ada | 12 |\n\nName | Votes\nAda | 12", "| Name | Votes |\n| Ada | 12 |"},
		{"| a | b |\n|---|\n| 1 | 2 |", "| a | b |\n|---|\n| 1 | 2 |"},
		{"Name\tVotes\nAda\t12\n\nText.\n\na\tb\tc", "Name\tVotes\nAda\t12|a\tb\tc"},
		{"+---+---+\n| a | b |\n\n| Roses are\n| red", "+---+---+\n| a | b ||| Roses are\n| red"},
		{"| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 1 | 2 |\n| 1 | `a\\|b` | |", "3"},
		{"– Yes.  \n– No.\n\n— Yes.\n\nHome | About\n\nA\tb\n\n• • •\n\n10 · 20\n· x · y", "· x · y"},

		// Definitions.
		{"[Note]: important\n\n[a] [b][c] ![d]\n\n[a]: /a\n[c]: /c\n[d]: d.png\n[d]: e.png\n\n[//]: # (a comment)", "[Note]: important|[d]: e.png"},
	} {
		_, ds := r.Value(Input{File: "x.md", Src: []byte(c.src)})
		var got []string
		for _, d := range ds {
			if d.Rule == ForeignRule {
				got = append(got, c.src[d.At.Start:d.At.End])
				if d.Severity != diag.Warning || d.Hint == "" || strings.Contains(d.Message+d.Hint, "%!") {
					t.Errorf("%q: %+v", c.src, d)
				}
			}
		}
		if diff := cmp.Diff(c.reports, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s\n(-want +got)\n%s", c.src, diff)
		}
	}
}
