package front

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"nutgraf/site/diag"
)

// bombs are files that make a parser slow or greedy, beside those of the corpora.
func bombs() map[string][]byte {
	fill := func(unit string) []byte {
		return []byte("params: \n" + strings.Repeat(unit, (maxYAML-100)/len(unit)) + "\n")
	}
	line := func(open, unit, end string) []byte {
		return []byte("topics: " + open + strings.Repeat(unit, (maxYAML-100)/len(unit)) + end + "\n")
	}
	return map[string][]byte{
		"flow list": line("[", "a,", "a]"), "flow map": line("{", "a,", "a}"), "flow maps": line("[", "{},", "{}]"), "open": line("", "[", ""),
		"objects in a line": []byte("timeline: [" + strings.Repeat("{date: é, title: a},", maxYAML/30) + "{}]\n"),
		"quotes":            line("\"", "\\", "\""), "block list": fill("- a\n"), "dashes": fill("- "), "empty items": fill("-\n"),
		"empty keys": fill(":\n"), "keys": fill("a:\n"), "question marks": fill("? "), "comments": fill("#\n"), "comments behind": fill("a: b #\n"),
		"plain lines": fill(" a\n"), "empty lines": fill("\n"), "colons": fill("a:"), "anchors": line("[", "&a a,", "a]"), "aliases": line("[&a a,", "*a,", "a]"),
		"tags": line("[", "!!a a,", "a]"), "tabs": fill("\t"), "markers": fill("---\n"), "not UTF-8": fill("\xff"), "NUL": fill("\x00"), "broken entries": fill("a: b: c\n"),
		"quotes opened": fill("a: \"\n"), "unknown keys": fill("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: b\n"), "too large": bytes.Repeat([]byte("a: b\n"), maxYAML/4),
		"folded": []byte("method: >\n" + strings.Repeat("  a\n", maxYAML/5)), "literal": []byte("method: |\n" + strings.Repeat("  a\n", maxYAML/5)),
		"escapes":  []byte("title: \"" + strings.Repeat(`\e`, maxYAML/3) + "\"\n"),
		"isolates": []byte("title: \"" + strings.Repeat("\u2067", maxYAML/4) + "\"\n"),
	}
}

// TestBombs reads every bomb in a process that may not take more than 256 MB:
// it must live, and say what is wrong with each of the corpora.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("short: the limit of memory is for a program without a race detector")
	}
	all := bombs()
	for _, file := range corpus(t, "bombs/yaml-*") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = data
	}
	dir := t.TempDir()
	for name, data := range all {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	child := exec.Command(os.Args[0], "-test.run=^TestBombChild$")
	if runtime.GOOS == "linux" {
		shell, err := exec.LookPath("sh")
		if err != nil {
			t.Skip("a shell sets the limit of memory:", err)
		}
		limited := "ulimit -d 262144; exec \"$0\" -test.run='^TestBombChild$'" // in KiB
		child = exec.Command(shell, "-c", limited, os.Args[0])
	}
	child.Env = append(os.Environ(), "NUTGRAF_BOMBS="+dir)
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%.4000s", err, out)
	}
}

// TestBombChild is the child of TestBombs.
func TestBombChild(t *testing.T) {
	dir := os.Getenv("NUTGRAF_BOMBS")
	if dir == "" {
		t.Skip("runs as a child of TestBombs only")
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		fmt.Println(file.Name()) // the last one is to blame
		data, err := os.ReadFile(filepath.Join(dir, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"site.yaml", "timeline.yaml", "explainer.md"} {
			if name == "explainer.md" {
				data = slices.Concat([]byte("---\n"), data, []byte("\n---\n"))
			}
			_, _, ds := parse(name, data)
			if strings.HasPrefix(file.Name(), "yaml-") && diag.Count(ds, diag.Error) == 0 {
				t.Errorf("%s as %s: no error", file.Name(), name)
			}
			if len(ds) > maxMistakes+2 {
				t.Errorf("%s as %s: %d diagnostics", file.Name(), name, len(ds))
			}
		}
	}
}
