// Package par holds the only worker pool of nutgraf.
package par

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Each calls f(0) … f(n-1) on as many goroutines as GOMAXPROCS allows and
// returns when all are done. Each call writes only its own slot, so results
// never depend on the order in which calls run. The error returned is that of
// the lowest index; after an error or a cancelled context no new call starts.
// A panic in f is raised again in the caller, as a *Panic.
func Each(ctx context.Context, n int, f func(i int) error) error {
	heap, _ := ctx.Value(heapKey{}).(*Heap)
	return run(ctx, runtime.GOMAXPROCS(0), heap, n, f)
}

// Wait is Each for tasks that mostly wait for others, such as hosts on the web:
// as many at a time as workers says, and no garbage is collected between them.
func Wait(ctx context.Context, workers, n int, f func(i int) error) error {
	return run(ctx, workers, nil, n, f)
}

// Panic is a panic on another goroutine, with the stack that it had there: it
// names the function that is to be mended.
type Panic struct {
	Value any
	Stack []byte
}

// Error returns the value, and the stack for where nobody asks for it.
func (p *Panic) Error() string { return fmt.Sprintf("%v\n\n%s", p.Value, p.Stack) }

// Catch calls f and returns its panic, if there is one.
func Catch(f func()) (p *Panic) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case *Panic: // of an Each within
			p = v
		default:
			p = &Panic{v, debug.Stack()}
		}
	}()
	f()
	return nil
}

// run runs the tasks one after the other where that is all there is to do, else on workers.
func run(ctx context.Context, workers int, heap *Heap, n int, f func(i int) error) error {
	workers = min(workers, n)
	if n <= 1 || workers <= 1 && heap == nil {
		return inOrder(ctx, n, f)
	}
	if heap.claim() {
		defer heap.release()
	} else {
		heap = nil
	}
	p := &pool{ctx: ctx, heap: heap, n: n, f: f}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(p.work)
	}
	wg.Wait()
	return p.outcome()
}

// inOrder runs the tasks one after the other, up to the first that fails.
func inOrder(ctx context.Context, n int, f func(i int) error) error {
	for i := range n {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(i); err != nil {
			return err
		}
	}
	return nil
}

// pool is one run of tasks on several workers.
type pool struct {
	ctx  context.Context
	heap *Heap // nil where no garbage is collected between tasks
	n    int
	f    func(i int) error

	next   atomic.Int64
	failed atomic.Bool

	mu       sync.Mutex // guards what follows
	lowest   int        // the lowest task that returned an error
	err      error      // its error
	panicked *Panic
}

// work runs tasks, as one of the workers, until none is left or one failed.
func (p *pool) work() {
	sample := newSample()
	for !p.failed.Load() && p.ctx.Err() == nil {
		i := int(p.next.Add(1)) - 1
		if i >= p.n {
			return
		}
		if p.heap == nil {
			p.task(i)
			continue
		}
		p.heap.gate.RLock()
		p.task(i)
		p.heap.gate.RUnlock()
		p.heap.collectAfter(i, sample)
	}
}

// task runs the i-th task, and records how it failed.
func (p *pool) task(i int) {
	var err error
	panicked := Catch(func() { err = p.f(i) })
	if panicked == nil && err == nil {
		return
	}
	p.failed.Store(true)
	p.mu.Lock()
	defer p.mu.Unlock()
	if panicked != nil {
		p.panicked = panicked
	} else if p.err == nil || i < p.lowest {
		p.lowest, p.err = i, err
	}
}

// outcome is what the run returns, once no worker runs: a panic is raised again.
func (p *pool) outcome() error {
	if p.panicked != nil {
		panic(p.panicked)
	}
	if p.err != nil {
		return p.err
	}
	return p.ctx.Err()
}
