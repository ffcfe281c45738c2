package arena

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestListsKeepApart writes into lists of any length, with resets between: each is zero
// when it is handed out, holds what was written into it until Reset, and can't grow into
// its neighbour.
func TestListsKeepApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a Arena[int]
		var lists, want [][]int
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			if rapid.IntRange(0, 9).Draw(t, "reset") == 0 {
				a.Reset()
				lists, want = nil, nil
			}
			n := rapid.OneOf(rapid.IntRange(0, 20), rapid.IntRange(0, 3000)).Draw(t, "n")
			list := a.List(n)
			if len(list) != n || cap(list) != n || slices.ContainsFunc(list, func(v int) bool { return v != 0 }) {
				t.Fatalf("List(%d) has length %d and capacity %d, or is not zero", n, len(list), cap(list))
			}
			for j := range list {
				list[j] = i + 1
			}
			lists, want = append(lists, list), append(want, slices.Clone(list))
		}
		for i := range lists {
			if !slices.Equal(lists[i], want[i]) {
				t.Fatalf("list %d was written over", i)
			}
		}
	})
}

// TestResetKeepsRoom holds Reset to keeping what most need, and no more than that.
func TestResetKeepsRoom(t *testing.T) {
	var a Arena[int]
	first := a.One()
	a.List(100 * kept)
	a.Reset()
	if a.One() != first {
		t.Error("the first piece is not used again")
	}
	room := 0
	for _, piece := range a.pieces {
		room += len(piece)
	}
	if room > kept {
		t.Errorf("%d values stay, of at most %d", room, kept)
	}
}
