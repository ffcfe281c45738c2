// Package par holds the only worker pool of nutgraf.
package par

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls f(0) … f(n-1) on as many goroutines as GOMAXPROCS allows and
// returns when all are done. Each call writes only its own slot, so results
// never depend on the order in which calls run. The error returned is that of
// the lowest index; after an error or a cancelled context no new call starts.
// A panic in f is raised again in the caller.
func Each(ctx context.Context, n int, f func(i int) error) error {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
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
		paniced any
	)
	one := func(i int) {
		defer func() {
			if p := recover(); p != nil {
				failed.Store(true)
				mu.Lock()
				paniced = p
				mu.Unlock()
			}
		}()
		if e := f(i); e != nil {
			failed.Store(true)
			mu.Lock()
			if i < first {
				first, err = i, e
			}
			mu.Unlock()
		}
	}
	heap, _ := ctx.Value(heapKey{}).(*Heap)
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
				if inUse(sample) >= heap.limit.Load() {
					heap.collect(sample)
				}
			}
		})
	}
	wg.Wait()
	if paniced != nil {
		panic(paniced)
	}
	if err == nil {
		err = ctx.Err()
	}
	return err
}
