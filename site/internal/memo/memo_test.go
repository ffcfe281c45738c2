package memo

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// TestRecordsComeBack puts and gets in any order, below and above the limit.
func TestRecordsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(int64(rapid.IntRange(1, 2000).Draw(t, "limit")))
		defer s.Close()
		var refs []Ref
		var w Window
		var want [][]byte
		for range rapid.IntRange(0, 30).Draw(t, "records") {
			b := bytes.Repeat([]byte{byte(len(refs))}, rapid.SampledFrom([]int{0, 1, 7, 300, 200_000}).Draw(t, "size"))
			ref, err := s.Put(b)
			if err != nil {
				t.Fatal(err)
			}
			refs, want = append(refs, ref), append(want, b)
			i := rapid.IntRange(0, len(refs)-1).Draw(t, "back")
			near, err := s.Near(&w, refs[i])
			if err != nil || !bytes.Equal(near, want[i]) {
				t.Fatalf("record %d of %d bytes came back as %d bytes through the window: %v", i, len(want[i]), len(near), err)
			}
			if n := len(want[i]) / 3; !bytes.Equal(cut(t, s, refs[i], n), want[i][n:2*n]) {
				t.Fatalf("the second third of record %d is another", i)
			}
			got, err := s.Get([]byte("kept "), refs[i])
			if err != nil || !bytes.Equal(got, append([]byte("kept "), want[i]...)) {
				t.Fatalf("record %d of %d bytes came back as %d bytes: %v", i, len(want[i]), len(got)-5, err)
			}
		}
	})
}

// cut reads a third of a record in two ways.
func cut(t *rapid.T, s *Store, ref Ref, n int) []byte {
	part := ref.Cut(n, n)
	if at := ref.At(Ref(0).Cut(n, n)); at != part {
		t.Fatalf("%x is not %x", at, part)
	}
	b, err := s.Get(nil, part)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestAtOnce puts and gets from many goroutines. Run with -race.
func TestAtOnce(t *testing.T) {
	s := New(100)
	defer s.Close()
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 500 {
				text := fmt.Sprintf("record %d of %d, %s", i, w, bytes.Repeat([]byte("x"), i))
				ref, err := s.Put([]byte(text))
				if err != nil {
					t.Error(err)
					return
				}
				if got, err := s.Get(nil, ref); err != nil || string(got) != text {
					t.Errorf("record %d of %d came back as %d bytes: %v", i, w, len(got), err)
				}
			}
		})
	}
	wg.Wait()
}

func TestNoRecord(t *testing.T) {
	if got, err := New(10).Get([]byte("kept"), 0); err != nil || string(got) != "kept" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestFileFails holds that records are still there, and the next ones can be put, when
// the file could not be written for a while.
func TestFileFails(t *testing.T) {
	s := New(10)
	defer s.Close()
	put := func(text string) (Ref, error) { return s.Put([]byte(text)) }
	first, err := put("more than ten bytes")
	if err != nil {
		t.Fatal(err)
	}
	file := s.file
	if s.file, err = os.Open(os.DevNull); err != nil { // only to be read
		t.Fatal(err)
	}
	defer s.file.Close()
	long := strings.Repeat("x", pending)
	if ref, err := put(long); err == nil {
		t.Fatalf("%v was stored where nothing can be written", ref)
	}
	if got, err := s.Get(nil, first); err != nil || string(got) != "more than ten bytes" {
		t.Errorf("%q, %v", got, err)
	}
	s.file = file
	second, err := put(long)
	if err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[Ref]string{first: "more than ten bytes", second: long} {
		if got, err := s.Get(nil, ref); err != nil || string(got) != want {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	}
}
