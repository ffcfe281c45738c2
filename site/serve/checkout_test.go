package serve

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// TestCheckout lets git exchange all of a large site for another, again and again.
func TestCheckout(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("NUTGRAF_REQUIRE_EDITORS") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	w := &writer{preview: start(t, small(), unswept)}
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", w.dir, "-c", "user.name=Test", "-c", "user.email=test@example.org",
			"-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "gc.auto=0"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", "-b", "summer")
	size := times(2000, 200)
	pages := map[string]map[string]string{}
	seasons := []string{"summer", "winter"}
	for n, branch := range seasons {
		if n > 0 {
			git("checkout", "-q", "-b", branch)
		}
		w.season(branch, n, size)
		git("add", "-A")
		git("commit", "-q", "-m", branch)
		want, ok := w.clean()
		if !ok {
			t.Fatalf("%s can't be built", branch)
		}
		pages[branch] = want
	}
	r, rounds := chance(t), setting(t, "NUTGRAF_ROUNDS", 10, 1)
	for round := range rounds {
		branch := seasons[round%2]
		git("checkout", "-q", branch)
		want := map[string]string{}
		for path, page := range pages[branch] {
			if round >= rounds-2 || r.IntN(10) == 0 { // all of them in the end
				want[path] = page
			}
		}
		w.served(want, fmt.Sprintf("checkout %d, of %s", round, branch))
	}
}

// season writes a site: some explainers are the same all year, some differ, and
// some are there in one season only.
func (w *writer) season(name string, n, size int) {
	for i := range size {
		file := fmt.Sprintf("content/explainers/e%d.md", i)
		switch {
		case i%3 == 0:
			w.write(file, explainer(fmt.Sprintf("Number %d?", i), "All year."))
		case i%3 == 1 || i%2 == n:
			w.write(file, explainer(fmt.Sprintf("Number %d in %s?", i, name), "In "+name+"."))
		default:
			w.remove(file)
		}
	}
	w.write("static/"+name+".css", "p { color: red }\n")
}
