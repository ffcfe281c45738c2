package main

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// documents are the repository's own Markdown files, by their paths from its root.
func documents(t *testing.T) map[string]string {
	t.Helper()
	docs := map[string]string{}
	root := os.DirFS("../..")
	for _, pattern := range []string{"README.md", ".github/*.md", "site/doc/*.md"} {
		names, err := fs.Glob(root, pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no such document (%v)", pattern, err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(root, name)
			if err != nil {
				t.Fatal(err)
			}
			docs[name] = string(text)
		}
	}
	return docs
}

// inlineLink is the address of a link or a picture, as documents write them.
var inlineLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// codeSpan is text in code quotes, which is no link.
var codeSpan = regexp.MustCompile("`[^`\n]*`")

// namedFile is a file's path from the repository's root in code quotes, without placeholders.
var namedFile = regexp.MustCompile("`((?:cmd|content|site|static|templates|\\.ci|\\.github)/[\\w./-]+\\.\\w+)`")

// TestDocumentsName holds each document's links, and the files of ours that it names, to what
// there is: files move, and nobody reads all documents again.
func TestDocumentsName(t *testing.T) {
	for name, text := range documents(t) {
		prose, _ := withoutFences(text)
		for _, m := range inlineLink.FindAllStringSubmatch(codeSpan.ReplaceAllString(prose, ""), -1) {
			u, err := url.Parse(m[1])
			if err != nil || u.Scheme != "" || u.Path == "" || strings.HasPrefix(u.Path, "/") {
				continue
			}
			if !exists(path.Join(path.Dir(name), u.Path)) {
				t.Errorf("%s links to %s, which is not there", name, m[1])
			}
		}
		for _, m := range namedFile.FindAllStringSubmatch(prose, -1) {
			if !exists(m[1]) && !isExample(m[1]) {
				t.Errorf("%s names %s, which is not there", name, m[1])
			}
		}
	}
}

// isExample reports a file of a writer's site, and not of ours.
func isExample(file string) bool {
	for _, folder := range []string{"content/", "static/", "templates/"} {
		if strings.HasPrefix(file, folder) {
			return true
		}
	}
	return false
}

func exists(file string) bool {
	_, err := os.Stat(filepath.Join("../..", filepath.FromSlash(file)))
	return err == nil
}

// withoutFences parts a document from its blocks of code.
func withoutFences(text string) (prose string, blocks []string) {
	for i, part := range strings.Split("\n"+text, "\n```") {
		if i%2 == 0 {
			prose += part + "\n"
		} else {
			blocks = append(blocks, part)
		}
	}
	return prose, blocks
}

// TestReadme holds README.md to what a newcomer can read at once, and its example to what
// the program takes.
func TestReadme(t *testing.T) {
	text := documents(t)["README.md"]
	if n := strings.Count(text, "\n"); n > 120 {
		t.Errorf("README.md has %d lines: what it has no room for belongs in site/doc/manual.md", n)
	}
	_, blocks := withoutFences(text)
	for _, block := range blocks {
		kind, example, _ := strings.Cut(block, "\n")
		if kind != "markdown" {
			continue
		}
		dir := t.TempDir()
		file := filepath.Join(dir, "content", "explainers", "tide-gate.md")
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(example+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		args := []string{"build", "--strict", "--source", dir, "--out", filepath.Join(dir, "public")}
		if code := run(args, os.Stdout, os.Stderr); code != exitClean {
			t.Errorf("README.md's example ends the build with exit code %d", code)
		}
		return
	}
	t.Error("README.md has no example of an explainer")
}

// TestManualHasEveryFlag holds the manual to the command line.
func TestManualHasEveryFlag(t *testing.T) {
	manual := documents(t)["site/doc/manual.md"]
	parser, err := kong.New(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Leaves(true) {
		if !strings.Contains(manual, "nutgraf "+command.Name) {
			t.Errorf("site/doc/manual.md does not name the command %s", command.Name)
		}
		for _, flag := range command.Flags {
			flagName := regexp.MustCompile("`--" + flag.Name + "\\b")
			if !flagName.MatchString(manual) {
				t.Errorf("site/doc/manual.md does not name --%s of %s", flag.Name, command.Name)
			}
		}
	}
}

// TestDecisionsCited holds each number of a decision that a comment or a document cites to
// site/doc/decisions.md, and the numbers there to their order.
func TestDecisionsCited(t *testing.T) {
	const file = "site/doc/decisions.md"
	docs := documents(t)
	decided, last := map[int]bool{}, 0
	for _, m := range regexp.MustCompile(`(?m)^## (\d+)\. `).FindAllStringSubmatch(docs[file], -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil || n <= last {
			t.Errorf("%s: decision %s does not come after %d", file, m[1], last)
		}
		decided[n], last = true, n
	}
	if last == 0 {
		t.Fatalf("%s has no decisions", file)
	}
	for name, text := range sources(t) {
		docs[name] = text
	}
	cited := regexp.MustCompile(`\bdecisions? (\d+)`)
	for name, text := range docs {
		for _, m := range cited.FindAllStringSubmatch(text, -1) {
			if n, err := strconv.Atoi(m[1]); err != nil || !decided[n] {
				t.Errorf("%s cites decision %s, which %s does not have", name, m[1], file)
			}
		}
	}
}

// sources are the Go files below cmd and site, by their paths from the root.
func sources(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS("../..")
	for _, dir := range []string{"cmd", "site"} {
		err := fs.WalkDir(root, dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".go" {
				return err
			}
			text, err := fs.ReadFile(root, name)
			files[name] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}
