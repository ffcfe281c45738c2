package check

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraf/site/front"
)

var update = flag.Bool("update", false, "write the manual's page on the rules")

// TestRules holds the table to the names that site.yaml may use, and each rule
// to the words that the manual needs.
func TestRules(t *testing.T) {
	var names []string
	for _, r := range rules {
		names = append(names, r.name)
		for what, text := range map[string]string{"what": r.what, "why": r.why, "bad": r.bad, "good": r.good} {
			if text == "" {
				t.Errorf("%s has no %s", r.name, what)
			}
		}
		if !slices.Contains(append([]string{"note"}, front.CheckLevels...), r.level) {
			t.Errorf("%s is %s", r.name, r.level)
		}
		if strings.HasSuffix(r.why, ".") || !strings.HasSuffix(r.what, ".") {
			t.Errorf("%s: what is sentences, why is a part of one", r.name)
		}
	}
	if d := cmp.Diff(front.CheckRules, names); d != "" {
		t.Error(d)
	}
}

// TestManual holds the manual's page to the table; -update writes it.
func TestManual(t *testing.T) {
	const file = "../doc/check.md"
	want := manual()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, string(got)); d != "" {
		t.Errorf("the table says something else; -update writes it: %s", d)
	}
}

// manualHead is what the manual says before the rules.
const manualHead = `# What check looks at

` + "`nutgraf check`" + ` says what an editor would say of a site. It prints the errors, the five findings that would do most harm, and how many there are of each
rule; ` + "`--all`" + ` prints every one, ` + "`--format json`, `github` or `sarif`" + ` every one for machines. Its exit codes are those of ` + "`build`" + `,
which itself counts in one line what the rules find that need no text to be read, accepted or not.

## Setting a rule

` + "`site.yaml`" + ` sets a rule to ` + "`error`, `warning` or `off`" + `:

` + "```yaml\ncheck:\n  picture-credit: error\n  unarchived-source: off\n```" + `

## Accepting a finding

What is right for once is accepted where it stands, with the reason: ` + "`<!-- accept: rule reason -->`" + `. Readers never see it. It covers

- the paragraph, list, quotation, table or picture that follows it, where it stands on a line of its own;
- the paragraph or item that it stands in, where it stands within a line;
- the whole question, where it stands first below the question's heading, or first in its ` + "`answer:`" + `;
- the whole document, where it stands first in the body, before the introduction, or in ` + "`notes:`" + `.

In front matter it needs quotes round the text, or a block behind ` + "`|`" + `, as every text with a colon does. An acceptance that no finding needs any more is told, so that none is
left behind.

## Checking what a change touches

Files and folders behind ` + "`nutgraf check`" + ` limit what is printed, and what the exit code counts; the whole site is read all the same. One that is not there is a mistake (exit code 2), so leave
deleted files out of the list. Without any, everything is checked, so ask first whether there are some:

` + "```sh\nchanged=$(git diff --name-only --diff-filter=d origin/main... -- content)\n[ -z \"$changed\" ] || nutgraf check --format github $changed\n```" + `

## The rules

The most harmful come first.
`

// manual is the page on the rules.
func manual() string {
	var b strings.Builder
	b.WriteString(manualHead)
	for _, r := range rules {
		fmt.Fprintf(&b, "\n### `%s` (%s)\n\n%s Why: %s.\n\n```\n%s\n```\n\nBetter:\n\n```\n%s\n```\n", r.name, r.level, r.what, r.why, r.bad, r.good)
	}
	return b.String()
}
