// Package arena is memory for many values of one type that are needed equally long.
package arena

import "reflect"

const (
	// pieceSize is how many bytes a piece grows to: so many lie apart from what is
	// needed shorter, which would else keep the memory around them from being used again.
	pieceSize = 64 << 10
	// kept is how many values there is still room for after Reset.
	kept = 1024
)

// Arena hands out values of one type from pieces of memory: the first as large as is
// asked for, each further one larger. A piece lives as long as any value in it. The zero
// Arena is ready for use, by one task at a time.
type Arena[T any] struct {
	pieces [][]T
	at     int // the piece that is in use
	used   int // of that
}

// List returns n zero values.
func (a *Arena[T]) List(n int) []T {
	for a.at < len(a.pieces) && n > len(a.pieces[a.at])-a.used {
		a.at, a.used = a.at+1, 0
	}
	if a.at == len(a.pieces) {
		a.grow(n)
	}
	from := a.used
	a.used += n
	return a.pieces[a.at][from:a.used:a.used]
}

func (a *Arena[T]) grow(n int) {
	size := n
	if a.at > 0 {
		most := pieceSize / max(1, int(reflect.TypeFor[T]().Size()))
		size = max(n, min(2*len(a.pieces[a.at-1]), most))
	}
	a.pieces = append(a.pieces, make([]T, size))
}

// Room returns an empty list with room for n values.
func (a *Arena[T]) Room(n int) []T { return a.List(n)[:0] }

// One returns the place of one zero value.
func (a *Arena[T]) One() *T { return &a.List(1)[0] }

// Copy returns a copy of list that takes no more room than it needs.
func (a *Arena[T]) Copy(list []T) []T {
	out := a.List(len(list))
	copy(out, list)
	return out
}

// Reset takes back all that was handed out. Nobody may use it any more.
func (a *Arena[T]) Reset() {
	if a.at == 0 && a.used == 0 {
		return
	}
	room := 0
	for i, piece := range a.pieces {
		if room += len(piece); room > kept {
			clear(a.pieces[i:])
			a.pieces = a.pieces[:i]
			break
		}
		switch {
		case i < a.at:
			clear(piece)
		case i == a.at:
			clear(piece[:a.used])
		}
	}
	a.at, a.used = 0, 0
}
