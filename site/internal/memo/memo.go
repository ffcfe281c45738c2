// Package memo stores what is costly to make and needed again: an append-only
// sequence of records, each found by the Ref that storing it returned. It is
// the memory plan of nutgraf: what a page needs only while it is rendered lies
// here and not on the heap.
package memo

import (
	"fmt"
	"os"
	"sync"
)

// Ref says where a record lies. The zero Ref is no record.
type Ref struct {
	off int64
	len int32
}

// Store keeps records: in memory until they exceed the limit given to New,
// from then on in one unlinked temporary file. It is safe for concurrent use.
type Store struct {
	limit int64

	mu   sync.RWMutex
	mem  []byte // records before they went to the file
	file *os.File
	end  int64
}

// New returns an empty store that keeps at most limit bytes in memory.
func New(limit int64) *Store { return &Store{limit: limit, end: 1} }

// Put appends a record and returns its Ref. The store keeps a copy.
func (s *Store) Put(b []byte) (Ref, error) {
	s.mu.Lock()
	if s.file == nil && s.end+int64(len(b)) > s.limit {
		if err := s.spill(); err != nil {
			s.mu.Unlock()
			return Ref{}, err
		}
	}
	ref := Ref{off: s.end, len: int32(len(b))}
	s.end += int64(len(b))
	f := s.file
	if f == nil {
		s.mem = append(s.mem, b...)
	}
	s.mu.Unlock()
	if f != nil {
		// Each record has a range of its own, so writers need no lock.
		if _, err := f.WriteAt(b, ref.off); err != nil {
			return Ref{}, fmt.Errorf("temporary file of rendered fragments: %w", err)
		}
	}
	return ref, nil
}

// Get appends the record at ref to buf and returns it.
func (s *Store) Get(buf []byte, ref Ref) ([]byte, error) {
	if ref == (Ref{}) {
		return buf, nil
	}
	s.mu.RLock()
	f := s.file
	if f == nil {
		buf = append(buf, s.mem[ref.off-1:ref.off-1+int64(ref.len)]...)
	}
	s.mu.RUnlock()
	if f == nil {
		return buf, nil
	}
	n := len(buf)
	buf = append(buf, make([]byte, ref.len)...)
	if _, err := f.ReadAt(buf[n:], ref.off); err != nil {
		return nil, fmt.Errorf("temporary file of rendered fragments: %w", err)
	}
	return buf, nil
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

func (s *Store) spill() error {
	f, err := os.CreateTemp("", "nutgraf-*.memo")
	if err != nil {
		return fmt.Errorf("temporary file of rendered fragments: %w", err)
	}
	os.Remove(f.Name()) // fails on Windows, where Close does it
	if _, err := f.WriteAt(s.mem, 1); err != nil {
		f.Close()
		return fmt.Errorf("temporary file of rendered fragments: %w", err)
	}
	s.file, s.mem = f, nil
	return nil
}
