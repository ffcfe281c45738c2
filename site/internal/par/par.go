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
	return each(ctx, runtime.GOMAXPROCS(0), heap, n, f)
}

// Wait is Each for tasks that mostly wait for others, such as hosts on the web:
// as many at a time as workers says, and no garbage is collected between them.
func Wait(ctx context.Context, workers, n int, f func(i int) error) error {
	return each(ctx, workers, nil, n, f)
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

// looked is after how many tasks one looks how much memory is in use: that takes as long
// as a small task.
const looked = 4

func each(ctx context.Context, workers int, heap *Heap, n int, f func(i int) error) error {
	if workers = min(workers, n); n <= 1 || workers <= 1 && heap == nil {
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
	var (
		next    atomic.Int64
		failed  atomic.Bool
		wg      sync.WaitGroup
		mu      sync.Mutex
		first   = n
		err     error
		panicked *Panic
	)
	one := func(i int) {
		var e error
		p := Catch(func() { e = f(i) })
		if p == nil && e == nil {
			return
		}
		failed.Store(true)
		mu.Lock()
		defer mu.Unlock()
		if p != nil {
			panicked = p
		} else if i < first {
			first, err = i, e
		}
	}
	if heap != nil && heap.used.CompareAndSwap(false, true) {
		defer heap.used.Store(false)
	} else {
		heap = nil
	}
	for range workers {
		wg.Go(func() {
			sample := newSample()
			for !failed.Load() && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if heap == nil {
					one(i)
					continue
				}
				heap.gate.RLock()
				one(i)
				heap.gate.RUnlock()
				if i%looked == 0 && inUse(sample) >= heap.limit.Load() {
					heap.collect(sample)
				}
			}
		})
	}
	wg.Wait()
	if panicked != nil {
		panic(panicked)
	}
	if err == nil {
		err = ctx.Err()
	}
	return err
}
