package par

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
)

// Heap says when to collect garbage between the tasks of Each. While nothing
// else runs, marking has every processor to itself, needs no write barriers, and
// finds dead what tasks would else have allocated meanwhile: less time, and a
// lower peak. Go's own collector still steps in where tasks are long.
type Heap struct {
	// Small is how many bytes may be in use before memory is worth saving.
	Small uint64
	limit atomic.Uint64 // bytes in use at which to collect

	gate    sync.RWMutex // held for reading by tasks
	waiting atomic.Int32 // who wait for the tasks that run
	claimed atomic.Bool  // by an Each; one within its tasks does without
}

// How much garbage there may be, in percent of what is alive: at least, however
// large the heap is, and at most, while it is small. Go's own collector has twice
// as much, since it begins well before that is reached.
const (
	minGarbage = 57
	maxGarbage = 200
)

type heapKey struct{}

// WithHeap returns a context whose Each collects garbage as h says.
func WithHeap(ctx context.Context, h *Heap) context.Context {
	h.plan(0)
	return context.WithValue(ctx, heapKey{}, h)
}

// plan sets the next limit for a heap in which live bytes are alive.
func (h *Heap) plan(live uint64) {
	percent := uint64(maxGarbage)
	if live > 0 && h.Small < 3*live {
		percent = max(minGarbage, (max(h.Small, live)-live)*100/live)
	}
	h.limit.Store(max(h.Small/4, live+live*percent/100))
	debug.SetGCPercent(int(2 * percent))
}

// Pause lets a long task of the outermost Each be interrupted for a collection,
// if one is due or another worker waits for it.
func Pause(ctx context.Context) {
	h, _ := ctx.Value(heapKey{}).(*Heap)
	if h == nil || !h.claimed.Load() {
		return
	}
	if sample := newSample(); h.waiting.Load() > 0 {
		h.gate.RUnlock() // who waits comes first
		h.gate.RLock()
	} else if inUse(sample) >= h.limit.Load() {
		h.gate.RUnlock()
		h.collect(sample)
		h.gate.RLock()
	}
}

// claim reports whether the caller may collect: not without a heap, and not within a task of
// an Each that does, which would wait for itself.
func (h *Heap) claim() bool { return h != nil && h.claimed.CompareAndSwap(false, true) }

func (h *Heap) release() { h.claimed.Store(false) }

// tasksBetweenLooks is after how many tasks one looks how much memory is in use: that takes as
// long as a small task.
const tasksBetweenLooks = 4

// collectAfter collects after the i-th task, if it is time to look and garbage is due.
func (h *Heap) collectAfter(i int, sample []metrics.Sample) {
	if i%tasksBetweenLooks == 0 && inUse(sample) >= h.limit.Load() {
		h.collect(sample)
	}
}

// inUse reads how many bytes are alive or not yet found dead.
func inUse(sample []metrics.Sample) uint64 {
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

func newSample() []metrics.Sample {
	return []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
}

// collect waits until no task runs.
func (h *Heap) collect(sample []metrics.Sample) {
	h.waiting.Add(1)
	h.gate.Lock()
	defer h.gate.Unlock()
	h.waiting.Add(-1)
	if inUse(sample) < h.limit.Load() {
		return // another worker did it
	}
	runtime.GC()
	h.plan(inUse(sample))
}
