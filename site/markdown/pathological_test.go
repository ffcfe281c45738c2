package markdown

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// childInput is the environment variable that makes the test binary render
// its standard input, once, and nothing else.
const childInput = "NUTGRAF_TEST_RENDER"

func TestMain(m *testing.M) {
	if os.Getenv(childInput) == "" {
		os.Exit(m.Run())
	}
	src, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	f, ds := New(Options{}).Value(Input{Src: src})
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	rules := []string{}
	for _, d := range ds {
		if d.Rule == "markdown-limit" {
			rules = append(rules, fmt.Sprintf("%s at %d", d.Message, d.At.Start))
		}
	}
	fmt.Printf("%d bytes of HTML, %d MB of memory, limits: %s\n", len(f.HTML), after.Sys>>20, strings.Join(rules, "; "))
}

// TestPathological renders what makes Markdown parsers slow or greedy, each
// in a child process that may have one second of processor time and 256 MB; the
// best of three tries counts.
func TestPathological(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if runtime.GOOS != "linux" || err != nil {
		t.Skip("the limits are set by a Linux shell")
	}
	if testing.Short() {
		t.Skip("short: the limit of time is for a program without a race detector")
	}
	for _, in := range append(pathological(t), ownPathological()...) {
		t.Run(in.Name, func(t *testing.T) {
			var cmd *exec.Cmd
			var out, errs bytes.Buffer
			for try := 1; ; try++ { // what else runs on a processor's other half takes from its second
				cmd = exec.Command(shell, "-c", `ulimit -t 1; exec "$0"`, os.Args[0])
				cmd.Env = append(os.Environ(), childInput+"=1", "GOMEMLIMIT=200MiB", "GOMAXPROCS=1")
				cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in.Markdown), &out, &errs
				err := cmd.Run()
				if err == nil {
					break
				}
				if try == 3 {
					t.Fatalf("%v, three times\n%.2000s", err, errs.String())
				}
			}
			var html, memory int
			if _, err := fmt.Sscanf(out.String(), "%d bytes of HTML, %d MB", &html, &memory); err != nil {
				t.Fatalf("%v: %q", err, out.String())
			}
			if memory > 256 {
				t.Errorf("%d MB of memory", memory)
			}
			t.Logf("%s%v", out.String(), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		})
	}
}

type pathologicalInput struct{ Name, Markdown string }

func pathological(t *testing.T) []pathologicalInput {
	z, err := gzip.NewReader(bytes.NewReader(corpus(t, "commonmark/pathological-inputs.json.gz")))
	if err != nil {
		t.Fatal(err)
	}
	var in []pathologicalInput
	if err := json.NewDecoder(z).Decode(&in); err != nil {
		t.Fatal(err)
	}
	return in
}

// ownPathological are inputs that reach for what this package adds, and for
// the limits from below.
func ownPathological() []pathologicalInput {
	rep := strings.Repeat
	fill := func(s string) string { return rep(s, maxSource/len(s)) }
	most := func(s string) string { return rep(s, (maxSource-100)/len(s)) }
	var distinct, stairs, headings strings.Builder
	for i := 1; distinct.Len()+i < maxSource; i++ {
		distinct.WriteString(rep("`", i) + "e")
	}
	for i := 0; stairs.Len()+i < 24<<10; i++ {
		stairs.WriteString(rep(" ", 2*i) + "-\n")
	}
	for i := range 30_000 {
		fmt.Fprintf(&headings, "### a%d\n", i)
	}
	return []pathologicalInput{
		{"own: empty items, nested", stairs.String()},
		{"own: empty items on one line", rep("- ", 12<<10)},
		{"own: nested items and blank lines", rep("- ", 30) + "a\n" + rep("\n", 900_000) + "b\n"},
		{"own: quotes and blank lines", fill(rep(">", 30) + "\n")},
		{"own: empty items", fill("-\n")},
		{"own: paragraphs", fill("a\n\n")},
		{"own: lines", fill("a\n")},
		{"own: words", fill("a ")},
		{"own: emphasis", fill("*a* ")},
		{"own: closers without openers", rep("a* ", 19_000)},
		{"own: openers and closers that never meet", rep("*a_ ", 9_000)},
		{"own: brackets", rep("[a", 9_999)},
		{"own: closing brackets", rep("[", 9_999) + rep("]", 9_999)},
		{"own: links", rep("[a](b)", 9_999)},
		{"own: links, one line", fill("[a](b) ")},
		{"own: unclosed destinations", rep("[a](<b", 9_999)},
		{"own: unclosed titles", rep("[a](b \"c", 9_999)},
		{"own: unclosed tags", fill("<a q='<a q=' ") + "=>"},
		{"own: tags", fill("<b>")},
		{"own: open angle brackets", fill("<\n")},
		{"own: html blocks", fill("<div>\n\n")},
		{"own: html, open tags in a block", "<div>" + rep("<b>", 19_000)},
		{"own: html, end tags in a block", "<div>" + rep("</b>", 19_000)},
		{"own: html, crossed tags", "<div>" + rep("<b><i></b></i>", 4_900)},
		{"own: html, nested blocks", rep("<div>", 9_000) + rep("</div>", 9_000)},
		{"own: html, nested in lines", "a " + rep("<b>", 9_000) + rep("</b>", 9_000)},
		{"own: html, misplaced", rep("<ul>", 30) + rep("<td>a</td>", 9_000) + rep("</ul>", 30)},
		{"own: html, unfit", rep("<table>", 30) + rep("<td>a</td>", 9_000) + rep("</table>", 30)},
		{"own: html, open over blocks", rep("<div>\n\na\n\n", 9_000)},
		{"own: html, open, ended by blocks", rep("<div><p>\n\na\n\n", 9_000)},
		{"own: html, attributes", "<div " + most("a=b ") + ">a</div>"},
		{"own: html, text", "<div>" + most("a &amp; b\n") + "</div>"},
		{"own: html, references", "<div>" + most("&ampersands") + "</div>"},
		{"own: html, lines in quotations", "> <div>\n" + most("> a\n")},
		{"own: html, tags in lines of quotations", "> <div>\n" + rep("> <b>a</b>\n", 9_900)},
		{"own: html, marks", "<div>\n" + most("* [a *b")},
		{"own: html, comments", most("<!-- a -->\n")},
		{"own: html, open comments in lines", most("a <!-- ")},
		{"own: html, long tag", "a <b " + most("\nc") + ">"},
		{"own: code spans", distinct.String()},
		{"own: escaped pipes", "|a|\n|-|\n" + rep("|`\\|`|\n", 9_000)},
		{"own: escaped pipes in one cell", "|a|\n|-|\n|" + rep("`\\|`", 60_000) + "|\n"},
		{"own: wide table", rep("|a", 4_000) + "\n" + rep("|-", 4_000) + "\n" + rep("|\n", 100_000)},
		{"own: cells", "|a|b|\n|-|-|\n" + fill("|1|2|\n")},
		{"own: definitions", rep("[a]: b\n", 9_000)},
		{"own: definitions, many", fill("[a]: b\n")},
		{"own: long address, often", "[x]: /" + rep("a", 4000) + "\n\n" + rep("[x] ", 9_000)},
		{"own: huge address, often", "[x]: /" + rep("a", 500_000) + "\n\n" + rep("[x] ", 9_000)},
		{"own: footnotes", fill("[^a]: b\n\n")},
		{"own: references to footnotes", "[^a]: b\n\n" + fill("[^a]")},
		{"own: undefined footnotes", fill("[^a] ")},
		{"own: citations", fill("[@a] ")},
		{"own: bad citations", fill("[@a b] ")},
		{"own: unclosed citations", fill("[@a ")},
		{"own: callouts", fill("> [!NOTE]\n\n")},
		{"own: unknown callouts", fill("> [!NOPE]\n\n")},
		{"own: quotation marks", fill(`"a `)},
		{"own: typographic quotation marks", fill("“a ‘b ")},
		{"own: addresses", fill("http://" + rep("a", 250) + " ")},
		{"own: almost addresses", fill("www.a ")},
		{"own: e-mail", fill("a@a ")},
		{"own: underscores in words", fill("a_a_a@")},
		{"own: headings", fill("### a\n")},
		{"own: headings of 30,000 names", headings.String()},
		{"own: heading ids", fill("### {#a}\n")},
		{"own: unknown languages", fill("```nope\n```\n")},
		{"own: long language", "```" + fill("nope")},
		{"own: code", "```go\n" + fill("a := \"b\" // c\n")},
		{"own: code in many blocks", fill("```go\na := \"b\" // c\n```\n")},
		{"own: json code", "```json\n" + rep("[", 90_000)},
		{"own: references", fill("&amp;")},
		{"own: setext", fill("a\n-\n")},
		{"own: tasks", fill("- [x] a\n")},
		{"own: images", fill("![a](b)\n\n")},
		{"own: tabs", fill("-\t-\ta\n")},
		{"own: ordered", fill("1. a\n")},
		{"own: templates", fill("{{ ")},
		{"own: half a template", fill("{% ")},
		{"own: colons", fill(":a")},
		{"own: prices", fill("$a ")},
		{"own: rows without a table", fill("| a | b\n")},
		{"own: tabs in rows", fill("a\tb\n")},
		{"own: bullets", fill("• a\n")},
		{"own: addresses that fail", fill("](a ")},
		{"own: stray asterisks", fill("** ")},
		{"own: lost cells", "|a|\n|-|\n" + rep("|a|b|\n", 9_000)},
		{"own: definitions, distinct", distinctDefinitions()},
	}
}

func distinctDefinitions() string {
	var b strings.Builder
	for i := range 9_000 {
		fmt.Fprintf(&b, "[%d]: b\n\n", i)
	}
	return b.String()
}
