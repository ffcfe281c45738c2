package par

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

func TestEachRunsAll(t *testing.T) {
	for _, ctx := range []context.Context{t.Context(), batch(t)} {
		out := make([]int, 1000)
		if err := Each(ctx, len(out), func(i int) error { out[i] = i + 1; return nil }); err != nil || slices.Contains(out, 0) {
			t.Errorf("%v: %v", out, err)
		}
	}
}

// TestWait holds that tasks which wait for each other are run beside each other,
// however few processors there are.
func TestWait(t *testing.T) {
	const n = 5
	met := make(chan struct{}, n)
	err := Wait(batch(t), n, n, func(int) error {
		met <- struct{}{}
		for len(met) < n && t.Context().Err() == nil {
			runtime.Gosched()
		}
		return nil
	})
	if err != nil || len(met) != n {
		t.Error(err, len(met))
	}
}

// batch is a context with a Heap that is always full.
func batch(t *testing.T) context.Context {
	percent := debug.SetGCPercent(100)
	t.Cleanup(func() { debug.SetGCPercent(percent) })
	return WithHeap(t.Context(), &Heap{Small: 4})
}

func TestFirstErrorWins(t *testing.T) {
	err := Each(t.Context(), 100, func(i int) error {
		if i%7 == 3 {
			return fmt.Errorf("task %d", i)
		}
		return nil
	})
	if err == nil || err.Error() != "task 3" {
		t.Error(err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(batch(t))
	var ran atomic.Int64
	err := Each(ctx, 1_000_000, func(i int) error { ran.Add(1); cancel(); return nil })
	if !errors.Is(err, context.Canceled) || ran.Load() > 100 {
		t.Errorf("%d ran: %v", ran.Load(), err)
	}
}

// TestPanicComesBack holds that a panic names the function that it began in, out
// of an Each within another, too.
func TestPanicComesBack(t *testing.T) {
	for _, ctx := range []context.Context{t.Context(), batch(t)} {
		for _, task := range []func(int) error{guilty, func(int) error { return Each(ctx, 10, guilty) }} {
			p := Catch(func() { Each(ctx, 10, task) })
			if p == nil || p.Value != "oops" || !strings.Contains(string(p.Stack), "par.guilty(") || strings.Contains(string(p.Stack), "goroutine 1 ") {
				t.Errorf("%v", p)
			}
		}
	}
	if p := Catch(func() {}); p != nil {
		t.Error(p)
	}
}

//go:noinline
func guilty(int) error { panic("oops") }

// TestCollectsBetweenTasks holds that collections happen, also where tasks
// pause, and that an Each within a task does not wait for itself.
func TestCollectsBetweenTasks(t *testing.T) {
	ctx := batch(t)
	var stats debug.GCStats
	debug.ReadGCStats(&stats)
	before := stats.NumGC
	var sum atomic.Int64
	err := Each(ctx, 20, func(i int) error {
		Pause(ctx)
		return Each(ctx, 5, func(j int) error {
			kept := make([]byte, 1<<20)
			sum.Add(int64(len(kept)))
			return nil
		})
	})
	debug.ReadGCStats(&stats)
	if err != nil || sum.Load() != 100<<20 || stats.NumGC == before {
		t.Errorf("%v: %d bytes, %d collections", err, sum.Load(), stats.NumGC-before)
	}
	Pause(ctx) // outside of Each it does nothing
}

// TestCollectsOnOneProcessor holds the same where there is one worker, and Go's own
// collector would wait far longer.
func TestCollectsOnOneProcessor(t *testing.T) {
	ctx := batch(t)
	t.Cleanup(func() { debug.SetGCPercent(100) })
	procs := runtime.GOMAXPROCS(1)
	t.Cleanup(func() { runtime.GOMAXPROCS(procs) })
	debug.SetGCPercent(-1)
	var stats debug.GCStats
	debug.ReadGCStats(&stats)
	before := stats.NumGC
	var sum int
	err := Each(ctx, 100, func(int) error {
		sum += len(make([]byte, 1<<20))
		return nil
	})
	debug.ReadGCStats(&stats)
	if err != nil || sum != 100<<20 || stats.NumGC == before {
		t.Errorf("%v: %d bytes, %d collections", err, sum, stats.NumGC-before)
	}
}

func TestPlan(t *testing.T) {
	h := &Heap{Small: 128}
	for _, c := range []struct{ live, limit uint64 }{{0, 32}, {10, 32}, {20, 60}, {64, 128}, {100, 157}, {1000, 1570}} {
		h.plan(c.live)
		if got := h.limit.Load(); got != c.limit {
			t.Errorf("with %d alive the limit is %d, not %d", c.live, got, c.limit)
		}
	}
	debug.SetGCPercent(100)
}

// TestPauseLetsOthersCollect holds that a task which needs no collection itself
// makes way for a worker that waits for one.
func TestPauseLetsOthersCollect(t *testing.T) {
	h := &Heap{Small: 1 << 60}
	ctx := WithHeap(t.Context(), h)
	t.Cleanup(func() { debug.SetGCPercent(100) })
	begun := make(chan struct{})
	var collected atomic.Bool
	err := Each(ctx, 2, func(i int) error {
		if i == 0 {
			<-begun
			h.gate.RUnlock() // as between tasks
			h.collect(newSample())
			h.gate.RLock()
			collected.Store(true)
			return nil
		}
		close(begun)
		for !collected.Load() {
			Pause(ctx)
			runtime.Gosched()
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
