package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestCommitted asks for what was committed, in a repository whose settings
// would run programs if git let them.
func TestCommitted(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git on this machine")
	}
	dir, canary := t.TempDir(), filepath.Join(t.TempDir(), "canary")
	c := &serveCmd{Source: filepath.Join(dir, "site")}
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	const file = "content/explainers/x.md"
	write("site/"+file, "first\n")
	if _, err := c.committed(t.Context(), file); !errors.Is(err, errNoCommit) {
		t.Errorf("without a repository: %v", err)
	}
	git("init", "-q")
	if _, err := c.committed(t.Context(), file); !errors.Is(err, errNoCommit) {
		t.Errorf("without a commit: %v", err)
	}
	write(".gitattributes", "*.md diff=evil\n")
	git("add", "-A")
	git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "x")
	for _, key := range []string{"core.pager", "core.fsmonitor", "core.sshCommand", "diff.evil.textconv", "diff.evil.command", "filter.evil.smudge"} {
		git("config", key, "touch "+canary+"; cat")
	}
	write(".gitattributes", "*.md diff=evil filter=evil\n")
	write("site/"+file, "second\n")
	for _, name := range []string{"GIT_PAGER", "GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND"} {
		t.Setenv(name, "touch "+canary)
	}
	t.Setenv("GIT_DIR", t.TempDir())
	if data, err := c.committed(t.Context(), file); err != nil || string(data) != "first\n" {
		t.Errorf("of the commit: %q, %v", data, err)
	}
	if data, err := c.committed(t.Context(), "content/explainers/new.md"); err != nil || data != nil {
		t.Errorf("of a new file: %q, %v", data, err)
	}
	if _, err := os.Stat(canary); err == nil {
		t.Error("a program of the repository's choosing was run")
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := c.committed(t.Context(), file); !errors.Is(err, errNoGit) {
		t.Errorf("without git: %v", err)
	}
}
