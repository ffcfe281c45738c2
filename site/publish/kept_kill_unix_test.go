//go:build unix

package publish_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestKilledKeeper kills builds wherever they happen to be, also while they keep what the next one
// needs. That one must leave and say what a build does that knows of nothing.
func TestKilledKeeper(t *testing.T) {
	if dir := os.Getenv("NUTGRAF_TEST_KEEP"); dir != "" {
		keepForever(t, dir)
	}
	d := newDesk(t, newWorld())
	d.build(d.keeper(), d.out(), nil)
	same := 0
	for i := range 12 {
		d.kill()
		d.builds += 1000 // later than all that were killed
		live := liveIn(t, d.out())
		k := d.keeper()
		last, err := k.Same(context.Background(), "", d.now, d.out())
		d.must(err)
		var told string
		if last != nil {
			told = string(last.Said)
			same++
		} else {
			told, _ = d.build(k, d.out(), nil)
		}
		kept, err := os.ReadFile(d.state())
		d.must(err)
		fresh := filepath.Join(d.dir, "clean")
		want, _ := d.build(d.keeper(), fresh, live)
		d.restore(kept)
		if diff := cmp.Diff(want, told); diff != "" {
			t.Fatalf("after kill %d what is said differs (-clean +kept):\n%s", i, diff)
		}
		compareTrees(t, tree(t, fresh), tree(t, d.out()), i)
		d.must(os.RemoveAll(fresh))
		if _, err := os.Lstat(d.state() + ".new"); err == nil && last == nil {
			t.Errorf("after kill %d half of what was kept is left", i)
		}
	}
	t.Logf("%d of 12 had nothing to do", same)
}

// kill starts a program that edits and builds without end, and kills it.
func (d *desk) kill() {
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledKeeper$")
	cmd.Env = append(os.Environ(), "NUTGRAF_TEST_KEEP="+d.dir, fmt.Sprint("NUTGRAF_TEST_LATER=", d.builds))
	out, err := cmd.StdoutPipe()
	d.must(err)
	d.must(cmd.Start())
	for range 1 + rand.IntN(20) { // each step of a build says one byte
		if _, err := out.Read(make([]byte, 1)); err != nil {
			d.t.Error(err)
			break
		}
	}
	for range rand.IntN(5000) {
		runtime.Gosched()
	}
	d.must(cmd.Process.Kill())
	cmd.Wait() // it was killed
}

// keepForever builds every second time after an edit, until it is killed.
func keepForever(t *testing.T, dir string) {
	d := &desk{world: newWorld(), t: t, dir: dir, now: now}
	fmt.Sscan(os.Getenv("NUTGRAF_TEST_LATER"), &d.builds)
	d.step = func() { os.Stdout.Write([]byte(".")) }
	for n := 0; ; n++ {
		if n%2 == 0 {
			next := filepath.Join(dir, "next.md") // put there in one step, as editors do
			text := fmt.Sprintf("---\ntitle: About\n---\nWho we are, %d.\n", rand.Int())
			d.must(os.WriteFile(next, []byte(text), 0o644))
			d.must(os.Rename(next, filepath.Join(dir, "content/pages/about.md")))
		}
		k := d.keeper()
		last, err := k.Same(context.Background(), "", d.now, d.out())
		d.must(err)
		if d.step(); last == nil {
			d.build(k, d.out(), nil)
		}
	}
}
