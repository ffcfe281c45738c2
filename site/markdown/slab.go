package markdown

// slab is memory for values of one type, which all end at once.
type slab[T any] struct {
	values []T
	used   int
}

// next returns a zero value.
func (s *slab[T]) next() *T {
	if s.used == len(s.values) {
		s.values, s.used = make([]T, max(16, 2*len(s.values))), 0 // the full ones live on for who has them
	}
	s.used++
	return &s.values[s.used-1]
}

// release takes all values back.
func (s *slab[T]) release() {
	clear(s.values[:s.used])
	s.used = 0
}
