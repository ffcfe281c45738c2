package search

import (
	"compress/gzip"
	"context"
	"io"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/zeebo/xxh3"

	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
)

// Sizes of the parts of an index, in bytes before compression. Those of a large
// index are larger, so that there are not too many files.
const (
	oneFile    = 40 << 10 // compressed: what fits is one file
	wholeText  = 2 << 20  // up to here bodies are shown
	shardSize  = 8 << 10
	manyShards = 500
	chunkSize  = 6 << 10
	manyChunks = 900
)

// Root is the name of an index's first file, which names the others.
const Root = "index.json"

// Index is what the search page reads.
type Index struct {
	store *memo.Store
	files []File
}

// File is one file of the index. It is safe for concurrent use.
type File struct {
	Name      string // "index.json", "w.json", "wgate.json", "d0.json", …
	open, end string
	parts     []part
	store     *memo.Store
}

// part is a record with what comes before it.
type part struct {
	before string
	ref    memo.Ref
}

// Files lists the files, index.json first. They belong into one folder, and can
// be written until the index is closed.
func (x *Index) Files() []File { return x.files }

// Close gives back the temporary file.
func (x *Index) Close() error { return x.store.Close() }

// WriteTo writes the file. Errors are those of w and of the temporary file.
func (f File) WriteTo(w io.Writer) (int64, error) {
	scratch := scratches.Get().(*[]byte)
	defer scratches.Put(scratch)
	buf := append((*scratch)[:0], f.open...)
	var err error
	for _, p := range f.parts {
		buf = append(buf, p.before...)
		if buf, err = f.store.Get(buf, p.ref); err != nil {
			return 0, err
		}
	}
	*scratch = append(buf, f.end...)
	n, err := w.Write(*scratch)
	return int64(n), err
}

// scratches are what files are put together in, one after the other: a large
// index has hundreds.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

// oneFile returns the index in one file, or nil where that is too large. Its
// documents are numbered as they come.
func (b *Builder) oneFile(ctx context.Context) (*Index, error) {
	ids := make([]uint32, len(b.documents))
	for i := range ids {
		ids[i] = uint32(i)
	}
	postings, err := b.merge(ctx, ids)
	if err != nil {
		return nil, err
	}
	order := b.order(postings)
	s := &sharder{b: b, order: order, postings: postings, stems: b.stems(order)}
	text, err := s.shard(nil, 0, len(order))
	if err != nil {
		return nil, err
	}
	root := append(b.root(), `,"documents":[`...)
	for i := range b.documents {
		if i > 0 {
			root = append(root, ',')
		}
		root = strconv.AppendInt(append(root, '['), int64(i), 10)
		if root, err = b.store.Get(root, b.documents[i].whole); err != nil {
			return nil, err
		}
	}
	root = append(append(append(root, `],"shard":"`...), text...), "\"}\n"...)
	f := File{Name: Root, open: string(root), store: b.store}
	if size, err := compressed(f); err != nil || size > oneFile {
		return nil, err
	}
	return &Index{b.store, []File{f}}, nil
}

// root begins the root file.
func (b *Builder) root() []byte {
	n := 1 // about how many entries there are: an exact number would change with each
	for n < int(b.entries) {
		n *= 2
	}
	root := strconv.AppendInt([]byte(`{"n":`), int64(n), 10)
	root = append(root, `,"stop":"`+b.stop+`","months":"`...)
	var t tokenizer
	for i, m := range b.lang.Months {
		if i > 0 {
			root = append(root, ' ')
		}
		t.fold([]byte(m))
		root = append(root, t.folded...)
	}
	root = append(root, '"')
	if b.english() {
		root = append(root, `,"english":1`...)
	}
	if !b.large() {
		root = append(root, `,"bodies":1`...)
	}
	return root
}

// files returns the index in many files.
func (b *Builder) files(ctx context.Context) (*Index, error) {
	ids := make([]uint32, len(b.documents))
	for i := range ids {
		ids[i] = b.documents[i].id
	}
	postings, err := b.merge(ctx, ids)
	if err != nil {
		return nil, err
	}
	order := b.order(postings)
	s := &sharder{b: b, order: order, postings: postings, stems: b.stems(order)}
	if err := s.all(ctx); err != nil {
		return nil, err
	}
	chunks, firsts := b.chunks()
	root := append(append(b.root(), `,"words":"`...), s.keys...)
	root = append(append(append(root, `","chunks":"`...), firsts...), "\"}\n"...)
	x := &Index{b.store, []File{{Name: Root, open: string(root), store: b.store}}}
	x.files = append(append(x.files, s.files...), chunks...)
	return x, nil
}

// recordSize is about what a record of a shard has besides its postings.
const recordSize = 8

func between(least, n, most int) int { return max(least, min(n, most)) }

// cuts divides things that have sizes into ranges of no more than limit, and
// returns where each begins. It divides again and again near the middle, there
// where what follows has the greatest priority: so that where something is added or
// changed, what lies elsewhere stays where it is. What has priority 0 is not parted
// from what is before it.
func cuts(sums []int, priority func(int) uint64, limit int) (starts []int) {
	var divide func(low, high int)
	divide = func(low, high int) {
		size := sums[high] - sums[low]
		if size <= limit || high-low < 2 {
			starts = append(starts, low)
			return
		}
		at := func(eighths int) int {
			i, _ := slices.BinarySearch(sums[low:high], sums[low]+size*eighths/8)
			return low + i
		}
		from, to := max(low+1, at(3)), min(high, at(5))
		best, most := 0, uint64(0)
		for i := from; i < to; i++ {
			if p := priority(i); p > most {
				best, most = i, p
			}
		}
		for i := 0; best == 0 && (from-i > low || to+i < high); i++ { // the nearest then
			if from-i > low && from-i < high && priority(from-i) > 0 {
				best = from - i
			} else if to+i < high && priority(to+i) > 0 {
				best = to + i
			}
		}
		if best == 0 {
			starts = append(starts, low)
			return
		}
		divide(low, best)
		divide(best, high)
	}
	divide(0, len(sums)-1)
	return starts
}

// chunks lays out what is shown, and returns their first documents as the root
// file has them.
func (b *Builder) chunks() (files []File, firsts []byte) {
	sums := make([]int, len(b.documents)+1)
	for i := range b.documents {
		sums[i+1] = sums[i] + int(b.documents[i].size)
	}
	starts := cuts(sums, func(i int) uint64 {
		if b.documents[i].id == b.documents[i-1].id {
			return 0
		}
		return mixed(b.documents[i].id)
	}, max(chunkSize, sums[len(sums)-1]/manyChunks))
	before := uint32(0)
	for n, start := range starts {
		id, end := b.documents[start].id, len(b.documents)
		if n == 0 {
			id = 0
		}
		if n+1 < len(starts) {
			end = starts[n+1]
		}
		name := "d" + strconv.Itoa(int(id)) + ".json"
		f := File{Name: name, open: "[", end: "]\n", store: b.store}
		for i := start; i < end; i++ {
			open := ",["
			if i == start {
				open = "["
			}
			d := &b.documents[i]
			f.parts = append(f.parts, part{open + strconv.Itoa(int(d.id)), d.ref})
		}
		files, firsts, before = append(files, f), appendNumber(firsts, uint64(id-before)), id
	}
	return files, firsts
}

// mixed makes of a number one that says nothing of it, and is not 0.
func mixed(id uint32) uint64 { return (uint64(id)+1)*0x9e3779b97f4a7c15 | 1 }

// sharder writes the words of an index, in order.
type sharder struct {
	b        *Builder
	order    []uint32
	postings []posted
	stems    []uint64
	files    []File
	keys     []byte
}

func (s *sharder) letters(i int) []byte { return s.b.words.text(&s.b.words.words[s.order[i]]) }

// all writes all shards. No shard ends between forms of a word.
func (s *sharder) all(ctx context.Context) error {
	sums, last, open := make([]int, len(s.order)+1), map[uint64]int{}, 0
	for i, n := range s.order {
		sums[i+1] = sums[i] + int(s.postings[n].size) + recordSize
		last[s.stems[i]] = i
	}
	within := make([]bool, len(s.order)) // the forms of a word before it
	for i, stem := range s.stems {
		within[i] = i <= open
		if stem != 0 {
			open = max(open, last[stem])
		}
	}
	starts := cuts(sums, func(i int) uint64 {
		if within[i] {
			return 0
		}
		return xxh3.Hash(s.letters(i)) | 1
	}, max(shardSize, sums[len(sums)-1]/manyShards))
	s.files = make([]File, len(starts))
	for n, start := range starts {
		key := ""
		if n > 0 {
			key = string(s.letters(start))
			s.keys = append(append(s.keys, ' '), key...)
		}
		s.files[n] = File{Name: shardName(key), open: `"`, end: "\"\n", store: s.b.store}
	}
	starts = append(starts, len(s.order))
	return par.Each(ctx, len(s.files), func(n int) error {
		scratch := scratches.Get().(*[]byte)
		defer scratches.Put(scratch)
		text, err := s.shard((*scratch)[:0], starts[n], starts[n+1])
		if err != nil {
			return err
		}
		*scratch = text
		ref, err := s.b.store.Put(text)
		s.files[n].parts = []part{{"", ref}}
		return err
	})
}

// shardName is the name of the shard that begins with a word: the word, with what
// is no ASCII letter or digit as "_", its code point in hexadecimal digits, and "_".
func shardName(word string) string {
	name := []byte{'w'}
	for _, r := range word {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			name = append(name, byte(r))
		} else {
			name = append(strconv.AppendInt(append(name, '_'), int64(r), 16), '_')
		}
	}
	return string(name) + ".json"
}

// shard appends the records of the words from start to end to text.
func (s *sharder) shard(text []byte, start, end int) (_ []byte, err error) {
	form, previous := map[uint64]int{}, []byte(nil) // the last form of each stem, the word before
	for i := start; i < end; i++ {
		if i > start {
			text = append(text, ' ')
		}
		letters, p, back := s.letters(i), s.postings[s.order[i]], 0
		if stem := s.stems[i]; stem != 0 {
			if at, ok := form[stem]; ok {
				back = i - at
			}
			form[stem] = i
		}
		same := wholeRunes(letters, shared(letters, previous))
		text = appendNumber(text, uint64(units(letters[:same])))
		text = append(append(text, letters[same:]...), '!')
		previous = letters
		code := uint64(back) << 1
		if p.cut {
			code |= 1
		}
		text = appendNumber(text, code)
		if text, err = s.b.store.Get(text, p.ref); err != nil {
			return nil, err
		}
	}
	return text, nil
}

// stems groups words of one stem by a sum of it, 0 where there is none.
func (b *Builder) stems(order []uint32) []uint64 {
	sums := make([]uint64, len(order))
	if !b.english() {
		return sums
	}
	for i, n := range order {
		letters := string(b.words.text(&b.words.words[n]))
		if n >= b.stops && isEnglish(letters) {
			stem := english.Stem(letters, true)
			// Forms that begin otherwise (die, dying) would keep all between them in one shard.
			if same := shared([]byte(letters), []byte(stem)); same >= 2 && same >= len(stem)-1 {
				sums[i] = xxh3.HashString(stem) | 1
			}
		}
	}
	return sums
}

func isEnglish(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return len(word) > 2
}

// shared is how long the beginning is that two words have in common.
func shared[E comparable](a, b []E) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// wholeRunes is how many of the first n bytes are whole characters.
func wholeRunes(letters []byte, n int) int {
	for n > 0 && n < len(letters) && !utf8.RuneStart(letters[n]) {
		n--
	}
	return n
}

// units counts UTF-16 code units.
func units(letters []byte) (n int) {
	for _, r := range string(letters) {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// compressed is the size of a file as hosts send it.
func compressed(f File) (int, error) {
	var n counter
	z, _ := gzip.NewWriterLevel(&n, gzip.BestCompression) // the level is valid
	if _, err := f.WriteTo(z); err != nil {
		return 0, err
	}
	err := z.Close()
	return int(n), err
}

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
