package diag

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const page = "---\r\ntitle: 日本 and \x1b[31mred\u202e\r\n\tindented\tby tabs\r\npublishd: 2024-03-22\r\n---\r\n"

func at(file, text, part string) Place {
	i := strings.Index(text, part)
	return Place{file, Span{int32(i), int32(i + len(part))}}
}

var several = []Diagnostic{
	{Severity: Error, Rule: "unknown-key", Message: `unknown key "publishd"`, Why: "keys are checked", Hint: "did you mean `published`?", At: at("a.md", page, "publishd"),
		Fix:     Write(at("a.md", page, "publishd"), "published"),
		Related: []Related{{"the first of two", at("a.md", page, "title")}, {"elsewhere", Place{File: "b.md"}}}},
	{Severity: Warning, Rule: "wide", Message: "after wide characters", At: at("a.md", page, "and")},
	{Severity: Note, Rule: "control", Message: "a \x1b[2J in \u202e the message\nand a line", Hint: "one\ntwo", At: at("a.md", page, "red")},
	{Severity: Error, Rule: "tab", Message: "tabs before and in it", At: at("a.md", page, "by tabs")},
	{Severity: Error, Rule: "tab", Message: "only a tab", At: at("a.md", page, "\t")},
	{Severity: Error, Rule: "end", Message: "at the end of a line", At: Place{"a.md", Span{3, 3}}},
	{Severity: Error, Rule: "lines", Message: "several lines", At: at("a.md", page, "title: 日本 and \x1b[31mred\u202e\r\n\tindented")},
	{Severity: Error, Rule: "file", Message: "of the whole file", At: Place{File: "a.md"}},
	{Severity: Error, Rule: "site", Message: "of the whole site"},
	{Severity: Error, Rule: "gone", Message: "its file is not known", At: Place{"gone.md", Span{1, 2}}},
}

func files(file string) []byte {
	if file == "a.md" {
		return []byte(page)
	}
	return nil
}

func show(t *testing.T, p Printer, ds []Diagnostic) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Print(&b, ds); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPrintText(t *testing.T) {
	const want = "a.md:4:1: error: unknown key \"publishd\" [unknown-key]\n" +
		"    4 | publishd: 2024-03-22\n" +
		"      | ^^^^^^^^\n" +
		"   why: keys are checked\n" +
		"   fix: did you mean `published`?\n" +
		"   see: a.md:2:1: the first of two\n" +
		"    2 | title: 日本 and \\x1b[31mred\\u202e\n" +
		"      | ^^^^^\n" +
		"   see: b.md: elsewhere\n" +
		"a.md:2:11: warning: after wide characters [wide]\n" +
		"    2 | title: 日本 and \\x1b[31mred\\u202e\n" +
		"      |             ^^^\n" +
		"a.md:2:20: note: a \\x1b[2J in \\u202e the message\\x0aand a line [control]\n" +
		"    2 | title: 日本 and \\x1b[31mred\\u202e\n" +
		"      |                         ^^^\n" +
		"   fix: one\n" +
		"        two\n" +
		"a.md:3:11: error: tabs before and in it [tab]\n" +
		"    3 | \tindented\tby tabs\n" +
		"      | \t        \t^^^^^^^\n" +
		"a.md:3:1: error: only a tab [tab]\n" +
		"    3 | \tindented\tby tabs\n" +
		"      | ^\n" +
		"a.md:1:4: error: at the end of a line [end]\n" +
		"    1 | ---\n" +
		"      |    ^\n" +
		"a.md:2:1: error: several lines [lines]\n" +
		"    2 | title: 日本 and \\x1b[31mred\\u202e\n" +
		"      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n" +
		"a.md: error: of the whole file [file]\n" +
		"error: of the whole site [site]\n" +
		"gone.md: error: its file is not known [gone]\n"
	if diff := cmp.Diff(want, show(t, Printer{Read: files}, several)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestPrintColor(t *testing.T) {
	got := show(t, Printer{Read: files, Color: true}, several[:1])
	want := "\x1b[1ma.md:4:1:\x1b[0m \x1b[1;31merror:\x1b[0m \x1b[1munknown key \"publishd\"\x1b[0m \x1b[2m[unknown-key]\x1b[0m\n" +
		"\x1b[2m    4 |\x1b[0m publishd: 2024-03-22\n" +
		"\x1b[2m      |\x1b[0m \x1b[1;31m^^^^^^^^\x1b[0m\n"
	if !strings.HasPrefix(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	var b strings.Builder
	for rest := got; rest != ""; { // without its colours it is the text
		before, after, ok := strings.Cut(rest, "\x1b[")
		b.WriteString(before)
		if _, rest, _ = strings.Cut(after, "m"); !ok {
			break
		}
	}
	if diff := cmp.Diff(show(t, Printer{Read: files}, several[:1]), b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestPrintGitHub(t *testing.T) {
	ds := []Diagnostic{several[0], several[6], several[7], several[8],
		{Severity: Note, Rule: "r", Message: "100%: a, b", At: Place{File: "a,b:c%.md"}},
		{Severity: Note, Rule: "control", Message: "a \x1b[2J in \u202e it"}}
	const want = "::error file=a.md,line=4,col=1,endLine=4,endColumn=9,title=unknown-key::unknown key \"publishd\"%0A" +
		"    4 | publishd: 2024-03-22%0A      | ^^^^^^^^%0A   why: keys are checked%0A   fix: did you mean `published`?%0A" +
		"   see: a.md:2:1: the first of two%0A    2 | title: 日本 and \\x1b[31mred\\u202e%0A      | ^^^^^%0A   see: b.md: elsewhere\n" +
		"::error file=a.md,line=2,col=1,endLine=3,title=lines::several lines%0A    2 | title: 日本 and \\x1b[31mred\\u202e%0A      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n" +
		"::error file=a.md,title=file::of the whole file\n" +
		"::error title=site::of the whole site\n" +
		"::notice file=a%2Cb%3Ac%25.md,title=r::100%25: a, b\n" +
		"::notice title=control::a \\x1b[2J in \\u202e it\n"
	if diff := cmp.Diff(want, show(t, Printer{Format: GitHub, Read: files}, ds)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestPrintJSON(t *testing.T) {
	const want = `{
  "diagnostics": [
    {
      "severity": "error",
      "rule": "unknown-key",
      "message": "unknown key \"publishd\"",
      "why": "keys are checked",
      "hint": "did you mean ` + "`published`" + `?",
      "file": "a.md",
      "line": 4,
      "column": 1,
      "endLine": 4,
      "endColumn": 9,
      "excerpt": "publishd: 2024-03-22",
      "related": [
        {
          "message": "the first of two",
          "file": "a.md",
          "line": 2,
          "column": 1,
          "endLine": 2,
          "endColumn": 6,
          "excerpt": "title: 日本 and \\x1b[31mred\\u202e"
        },
        {
          "message": "elsewhere",
          "file": "b.md"
        }
      ],
      "fix": [
        {
          "file": "a.md",
          "line": 4,
          "column": 1,
          "endLine": 4,
          "endColumn": 9,
          "text": "published"
        }
      ]
    }
  ]
}
`
	if diff := cmp.Diff(want, show(t, Printer{Format: JSON, Read: files}, several[:1])); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := show(t, Printer{Format: JSON}, nil); got != "{\n  \"diagnostics\": []\n}\n" {
		t.Errorf("of nothing: %s", got)
	}
	var doc any
	if err := json.Unmarshal([]byte(show(t, Printer{Format: JSON, Read: files}, several)), &doc); err != nil {
		t.Error(err)
	}
}

func TestLongLines(t *testing.T) {
	long := strings.Repeat("a", 500) + "|here|" + strings.Repeat("日", 500)
	for _, c := range []struct {
		start, end int32
		width      int
		text       string
		caret      string
	}{
		{500, 506, 40, "…aaaaaaaaaa|here|日日日日日日日…", "           ^^^^^^"},
		{0, 3, 40, strings.Repeat("a", 30) + "…", "^^^"},
		{2005, 2006, 40, "…日日日日日日", "           ^^"},
		{490, 2006, 40, "…aaaaaaaaaaaaaaaaaaaa|here|日日…", "           ^^^^^^^^^^^^^^^^^^^^"},
	} {
		got := show(t, Printer{Read: func(string) []byte { return []byte(long) }, Width: c.width}, []Diagnostic{{Message: "m", At: Place{"f", Span{c.start, c.end}}}})
		lines := strings.Split(got, "\n")
		if lines[1] != "    1 | "+c.text || lines[2] != "      | "+c.caret {
			t.Errorf("%d-%d:\n%s\nwant\n    1 | %s\n      | %s", c.start, c.end, got, c.text, c.caret)
		}
	}
}

func TestParseFormat(t *testing.T) {
	for _, f := range []Format{Text, JSON, GitHub, SARIF} {
		if got, err := ParseFormat(f.String()); err != nil || got != f {
			t.Errorf("%v: %v, %v", f, got, err)
		}
	}
	for name, want := range map[string]string{
		"jsn":  `no format is called "jsn": did you mean json?`,
		"yaml": `no format is called "yaml": use text, json, github or sarif`,
		"":     `no format is called "": use text, json, github or sarif`,
	} {
		if _, err := ParseFormat(name); err == nil || err.Error() != want {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestPositionOf(t *testing.T) {
	data := "\uFEFFab\r\né日x\n\n\xff\xffy"
	for _, c := range []struct{ off, line, column int }{
		{-5, 1, 1}, {0, 1, 1}, {3, 1, 1}, {4, 1, 2}, {5, 1, 3}, {6, 1, 4}, {7, 2, 1}, {8, 2, 1}, {9, 2, 2}, {11, 2, 2}, {12, 2, 3}, {13, 2, 4},
		{14, 3, 1}, {15, 4, 1}, {16, 4, 2}, {17, 4, 3}, {18, 4, 4}, {99, 4, 4},
	} {
		if got := PositionOf([]byte(data), c.off); got != (Position{c.line, c.column}) {
			t.Errorf("%d: %v, want %d:%d", c.off, got, c.line, c.column)
		}
	}
	if got := PositionOf(nil, 0); got != (Position{1, 1}) {
		t.Error(got)
	}
}

func TestNearest(t *testing.T) {
	keys := []string{"title", "standfirst", "label", "status", "published", "updated", "as_of", "review_by", "authors", "topics", "questions", "index", "see_also"}
	for word, want := range map[string]string{
		"publishd": "published", "Title": "title", "titel": "title", "as-of": "as_of", "asof": "as_of", "topic": "topics", "seealso": "see_also", "see also": "see_also",
		"stand_first": "standfirst", "stand": "standfirst", "publ": "published", "author": "authors", "questionss": "questions", "updted": "updated", "statsu": "status",
		"": "", "x": "", "banana": "", "ti": "", "publishing-house": "", "indices": "",
	} {
		if got, ok := Nearest(word, keys); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", word, got, ok, want)
		}
	}
	for _, known := range [][]string{{"cat", "bat"}, {"bat", "cat"}} {
		if got, _ := Nearest("aat", known); got != "bat" {
			t.Errorf("of equally near ones %q", got)
		}
	}
	if got, ok := Nearest("a", nil); ok || got != "" {
		t.Error(got)
	}
}

func FuzzNearest(f *testing.F) {
	f.Add("publishd", "published")
	f.Add("ab", "ba")
	f.Fuzz(func(t *testing.T, a, b string) {
		if x, y := distance(fold(a), fold(b), longest), distance(fold(b), fold(a), longest); x != y {
			t.Errorf("from %q to %q it is %d, back %d", a, b, x, y)
		}
		one, ok1 := Nearest("word", []string{a, b})
		two, ok2 := Nearest("word", []string{b, a})
		if one != two || ok1 != ok2 {
			t.Errorf("%q or %q, by order", one, two)
		}
	})
}

// FuzzPrint holds the text to two lines an excerpt, with nothing in it that a
// terminal obeys, whatever the file holds and the place says.
func FuzzPrint(f *testing.F) {
	f.Add([]byte(page), int32(10), int32(20), 0)
	f.Add([]byte("a\xffb\r\n"), int32(1), int32(2), 10)
	f.Fuzz(func(t *testing.T, data []byte, start, end int32, width int) {
		file := func(string) []byte { return data }
		d := Diagnostic{Severity: Error, Rule: "r", Message: string(data), At: Place{"f", Span{start, end}}}
		got := show(t, Printer{Read: file, Width: width % 1000}, []Diagnostic{d})
		lines := strings.Split(got, "\n")
		if n := len(lines); n != 4 && n != 2 {
			t.Fatalf("%d lines: %q", n, got)
		}
		if strings.ContainsFunc(strings.ReplaceAll(got, "\n", ""), drives) || !utf8.ValidString(got) {
			t.Fatalf("not fit for a terminal: %q", got)
		}
		if len(lines) == 4 && !strings.Contains(lines[2], "^") {
			t.Fatalf("no caret: %q", got)
		}
		src := newLineIndex(data)
		if got, want := src.position(int(start)), PositionOf(data, int(start)); got != want {
			t.Fatalf("%d is at %v and %v", start, got, want)
		}
	})
}

// TestPrintSARIF holds the log to what SARIF 2.1.0 asks of one (OASIS, 3.13 to
// 3.30): the schema itself may not be copied here.
func TestPrintSARIF(t *testing.T) {
	var log struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct{ ID string }
				}
			}
			ColumnKind string
			Results    []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn, EndLine, EndColumn int }
					}
				}
				RelatedLocations []struct {
					ID      *int
					Message *struct{ Text string }
				}
				Fixes []struct {
					ArtifactChanges []struct {
						ArtifactLocation struct{ URI string }
						Replacements     []struct {
							DeletedRegion   struct{ StartLine, StartColumn, EndLine, EndColumn int }
							InsertedContent struct{ Text string }
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(show(t, Printer{Format: SARIF, Read: files}, several)), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || log.Runs[0].Tool.Driver.Name != "nutgraf" || log.Runs[0].ColumnKind != "unicodeCodePoints" || len(log.Runs[0].Results) != len(several) {
		t.Fatalf("%+v", log)
	}
	run := &log.Runs[0]
	for i, r := range run.Results {
		if r.RuleID != several[i].Rule || run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || !strings.HasPrefix(r.Message.Text, several[i].Message) || r.Level != several[i].Severity.String() {
			t.Errorf("%+v of %+v", r, several[i])
		}
		if (len(r.Locations) == 1) != (several[i].At.File != "") {
			t.Errorf("%s has %d places", r.RuleID, len(r.Locations))
		}
	}
	at := run.Results[0].Locations[0].PhysicalLocation
	if at.ArtifactLocation.URI != "a.md" || *at.Region != (struct{ StartLine, StartColumn, EndLine, EndColumn int }{4, 1, 4, 9}) {
		t.Errorf("%+v", at)
	}
	if related := run.Results[0].RelatedLocations; len(related) != 2 || *related[1].ID != 1 || related[1].Message.Text != "elsewhere" {
		t.Errorf("%+v", related)
	}
	change := run.Results[0].Fixes[0].ArtifactChanges[0]
	if r := change.Replacements[0]; change.ArtifactLocation.URI != "a.md" || r.DeletedRegion != *at.Region ||
		r.InsertedContent.Text != "published" {
		t.Errorf("%+v", change)
	}
	if got := show(t, Printer{Format: SARIF}, nil); !strings.Contains(got, `"results": []`) || !strings.Contains(got, `"rules": []`) {
		t.Errorf("of nothing: %s", got)
	}
}
