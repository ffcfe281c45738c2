//go:build unix

package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// generation is a site whose every page says how often it was built.
func generation(n int) files {
	all := files{"style.css": "always the same"}
	for i := range 12 {
		all[fmt.Sprintf("e/%d/index.html", i)] = fmt.Sprintf("build %d", n)
	}
	return all
}

// TestKilledBuild kills builds wherever they happen to be. What is published
// must be whole afterwards, and the next build must find nothing to complain of.
func TestKilledBuild(t *testing.T) {
	if dir := os.Getenv("NUTGRAF_TEST_BUILD"); dir != "" {
		buildForever(t, dir)
	}
	for _, how := range []string{"exchange", "rename"} {
		t.Run(how, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			build(t, dir, generation(0))
			recovered := 0
			inOneStep := how == "exchange" && exchange(t.TempDir(), t.TempDir()) == nil
			for range 12 {
				killBuild(t, dir, how)
				if _, err := os.Lstat(dir); err != nil && inOneStep {
					t.Error("the folder was missing for a moment:", err)
				}
				f := open(t, dir)
				recovered += len(f.notes)
				f.abort()
				checkGeneration(t, dir)
			}
			t.Logf("put back %d times", recovered)
		})
	}
}

// killBuild starts a program that builds without end, and kills it.
func killBuild(t *testing.T, dir, how string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledBuild$")
	cmd.Env = append(os.Environ(), "NUTGRAF_TEST_BUILD="+dir, "NUTGRAF_TEST_HOW="+how)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Each build says one byte; the turns of the scheduler do the rest.
	for range 1 + rand.IntN(20) {
		if _, err := out.Read(make([]byte, 1)); err != nil {
			t.Error(err)
			break
		}
	}
	for range rand.IntN(5000) {
		runtime.Gosched()
	}
	cmd.Process.Kill()
	cmd.Wait()
}

// buildForever is what the program does that is killed.
func buildForever(t *testing.T, dir string) {
	for n := 1; ; n++ {
		if os.Getenv("NUTGRAF_TEST_HOW") == "rename" {
			commitByRename(t, dir, generation(n))
		} else {
			build(t, dir, generation(n))
		}
		if _, err := os.Stdout.Write([]byte(".")); err != nil {
			os.Exit(1) // nobody listens any more
		}
	}
}

func checkGeneration(t *testing.T, dir string) {
	t.Helper()
	var n int
	b, err := os.ReadFile(filepath.Join(dir, "e", "0", "index.html"))
	if _, e := fmt.Sscanf(string(b), "build %d", &n); err != nil || e != nil {
		t.Fatal(err, e)
	}
	checkTree(t, dir, generation(n))
	m, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(t.TempDir(), "public")
	build(t, fresh, generation(n))
	want, err := os.ReadFile(filepath.Join(fresh, ManifestName))
	if err != nil || !bytes.Equal(m, want) {
		t.Error(err, cmp.Diff(string(want), string(m)))
	}
}

// TestModes: what is published doesn't depend on who builds it.
func TestModes(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o027, 0o077} {
		t.Run(fmt.Sprintf("%03o", umask), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			before := syscall.Umask(umask)
			defer syscall.Umask(before)
			build(t, dir, files{"a/b/index.html": "b", "c": "c"})
			build(t, dir, files{"a/b/index.html": "b", "c": "new"})
			for name, want := range map[string]fs.FileMode{"": 0o755, "a": 0o755, "a/b": 0o755, "a/b/index.html": 0o644, "c": 0o644, ManifestName: 0o644} {
				if got := stat(t, filepath.Join(dir, name)).Mode().Perm(); got != want {
					t.Errorf("%s has mode %o, want %o", name, got, want)
				}
			}
		})
	}
}

// TestReadOnlyParent: nothing can be made beside the folder.
func TestReadOnlyParent(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write anywhere")
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	build(t, dir, files{"a": "a"})
	os.Chmod(parent, 0o555)
	defer os.Chmod(parent, 0o755)
	if _, err := openFolder(dir); err == nil || !strings.Contains(err.Error(), "is made beside it") {
		t.Errorf("got %v", err)
	}
	checkTree(t, dir, files{"a": "a"})
}

// TestLockDies: a lock file of a build that died locks nothing.
func TestLockDies(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	for range 2 {
		l, err := takeLock(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := takeLock(name); !errors.Is(err, errLocked) {
			t.Errorf("got %v", err)
		}
		l.file.Close() // as the system does it; the file stays
	}
	l, err := takeLock(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.release(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the lock's file is still there")
	}
}
