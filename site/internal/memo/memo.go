// Package memo stores what is costly to make and needed again: an append-only
// sequence of records, each found by the Ref that storing it returned. It is
// the memory plan of nutgraf: what a page needs only while it is rendered lies
// here and not on the heap.
package memo

import (
	"fmt"
	"os"
	"slices"
	"sync"
)

// Ref says where a record lies: its offset, and its length in the last lenBits
// bits, since sites keep many. The zero Ref is no record.
type Ref uint64

const lenBits = 28

func (r Ref) off() int64 { return int64(r >> lenBits) }
func (r Ref) len() int   { return int(r & (1<<lenBits - 1)) }

// Len is the record's length in bytes.
func (r Ref) Len() int { return r.len() }

// Cut is the part of the record that begins at from and has n bytes. It must lie
// within it.
func (r Ref) Cut(from, n int) Ref { return Ref(r.off()+int64(from))<<lenBits | Ref(n) }

// At is the part of the record that part, which was cut from no record, names.
func (r Ref) At(part Ref) Ref { return r.Cut(int(part.off()), part.len()) }

// Store keeps records: in memory until they exceed the limit given to New,
// from then on in one unlinked temporary file. It is safe for concurrent use.
type Store struct {
	limit int64

	writing sync.Mutex // held while out is written; taken before mu
	mu      sync.RWMutex
	out     []byte // records that are being written to the file
	outFrom int64  // offset of the first of them
	mem     []byte // records that are not in the file yet
	from    int64  // offset of the first of them
	end     int64  // behind the last of them
	file    *os.File
}

// New returns an empty store that keeps at most limit bytes in memory.
func New(limit int64) *Store { return &Store{limit: limit, from: 1, end: 1} }

// pending is how many bytes wait to be written to the file at once.
const pending = 128 << 10

// Put appends a record and returns its Ref. The store keeps a copy.
func (s *Store) Put(b []byte) (Ref, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.isFull(len(b)) {
		s.mu.Unlock()
		err := s.flush(len(b))
		s.mu.Lock()
		if err != nil {
			return 0, err
		}
	}
	if len(b) >= 1<<lenBits || s.end >= 1<<(64-lenBits) {
		return 0, fmt.Errorf("a record of %d bytes at %d is too large for the store", len(b), s.end)
	}
	ref := Ref(s.end)<<lenBits | Ref(len(b))
	if room := len(s.mem) + len(b); room > cap(s.mem) {
		// Twice as much: append's own steps are small.
		s.mem = slices.Grow(s.mem, max(len(b), min(room, int(s.limit)-len(s.mem))))
	}
	s.mem = append(s.mem, b...)
	s.end += int64(len(b))
	return ref, nil
}

// isFull reports that records must go to the file before n bytes more are stored.
func (s *Store) isFull(n int) bool {
	if s.file == nil {
		return s.end+int64(n) > s.limit
	}
	return len(s.mem) > 0 && len(s.mem)+n > pending
}

// Get appends the record at ref to buf and returns it.
func (s *Store) Get(buf []byte, ref Ref) ([]byte, error) {
	if ref == 0 {
		return buf, nil
	}
	s.mu.RLock()
	if from, records, ok := s.inMemory(ref); ok {
		at := ref.off() - from
		buf = append(buf, records[at:at+int64(ref.len())]...)
		s.mu.RUnlock()
		return buf, nil
	}
	f := s.file
	s.mu.RUnlock()
	n := len(buf)
	buf = slices.Grow(buf, ref.len())[:n+ref.len()]
	if _, err := f.ReadAt(buf[n:], ref.off()); err != nil {
		return nil, broken(err)
	}
	return buf, nil
}

// inMemory returns the records among which that at ref is, and the offset of the first of
// them, unless it is in the file.
func (s *Store) inMemory(ref Ref) (from int64, records []byte, ok bool) {
	if ref.off() >= s.from {
		return s.from, s.mem, true
	}
	return s.outFrom, s.out, len(s.out) > 0 && ref.off() >= s.outFrom
}

// Window is what was read of a Store last, for records that lie close together
// and are read one after the other. The zero Window is ready.
type Window struct {
	from int64
	buf  []byte
}

// windowSize is how many bytes a Window reads at once, a quarter of them before
// the record.
const windowSize = 4 << 10

// Near returns the record at ref, which stays as it is until w is used again.
func (s *Store) Near(w *Window, ref Ref) (record []byte, err error) {
	at, n := ref.off()-w.from, int64(ref.len())
	if at >= 0 && at+n <= int64(len(w.buf)) {
		return w.buf[at : at+n], nil
	}
	s.mu.RLock()
	f, end := s.file, s.from
	if len(s.out) > 0 {
		end = s.outFrom
	}
	s.mu.RUnlock()
	from := max(1, ref.off()-windowSize/4)
	if ref == 0 || f == nil || ref.off() >= end {
		w.from = ref.off()
		w.buf, err = s.Get(w.buf[:0], ref)
		return w.buf, err
	}
	size := int(min(end, max(ref.off()+n, from+windowSize)) - from)
	w.from, w.buf = from, slices.Grow(w.buf[:0], size)[:size]
	if _, err := f.ReadAt(w.buf, from); err != nil {
		w.buf = w.buf[:0]
		return nil, broken(err)
	}
	return w.buf[ref.off()-from:][:n], nil
}

// Size is how many bytes were put into the store.
func (s *Store) Size() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.end - 1
}

// Close gives back the file, if there is one.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mem = nil
	if s.file == nil {
		return nil
	}
	name := s.file.Name()
	err := s.file.Close()
	// Where an open file can't be removed (Windows) it is still there now.
	if e := os.Remove(name); e != nil && !os.IsNotExist(e) && err == nil {
		err = e
	}
	return err
}

// flush moves what is in memory to the file, unless n bytes have room meanwhile. Others
// put records while it writes.
func (s *Store) flush(n int) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	if !s.isFull(n) {
		s.mu.Unlock()
		return nil
	}
	if s.file == nil {
		f, err := os.CreateTemp("", "nutgraf-*.memo")
		if err != nil {
			s.mu.Unlock()
			return broken(err)
		}
		os.Remove(f.Name()) // fails on Windows, where Close does it
		s.file = f
	}
	s.out, s.mem = s.mem, s.out
	s.outFrom, s.from = s.from, s.end
	s.mu.Unlock()
	_, err := s.file.WriteAt(s.out, s.outFrom)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil { // it can be tried again
		s.mem, s.from, s.out = append(s.out, s.mem...), s.outFrom, nil
		return broken(err)
	}
	if s.out = s.out[:0]; cap(s.out) > 2*pending {
		s.out = nil // what was kept before there was a file
	}
	return nil
}

func broken(err error) error { return fmt.Errorf("temporary file of rendered fragments: %w", err) }
