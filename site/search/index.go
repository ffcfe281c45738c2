package search

import (
	"compress/gzip"
	"hash/fnv"
	"io"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"

	"nutgraf/site/internal/memo"
)

// Sizes of the parts of an index, in bytes before compression. Parts of a large
// index are larger, so that there are not too many files.
const (
	oneFile      = 40 << 10 // compressed: what fits is one file
	shardSize    = 12 << 10
	maxShardSize = 18 << 10
	manyShards   = 800
	chunkSize    = 5 << 10
	maxChunkSize = 14 << 10
	manyChunks   = 1500
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
	Name               string // "index.json", "w0.json", "d0.json", …
	open, between, end string
	parts              []memo.Ref
	store              *memo.Store
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
	for i, p := range f.parts {
		if i > 0 {
			buf = append(buf, f.between...)
		}
		if buf, err = f.store.Get(buf, p); err != nil {
			return 0, err
		}
	}
	*scratch = append(buf, f.end...)
	n, err := w.Write(*scratch)
	return int64(n), err
}

// scratches are what files are put together in, one after the other: a large
// index has thousands.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

// assemble lays out shards and chunks, and the root file that names them.
func (b *Builder) assemble(order []uint32, postings []posted) (*Index, error) {
	total := 0
	for _, n := range order {
		total += int(postings[n].size) + recordSize
	}
	shown := 0
	for _, a := range b.atoms {
		shown += a.size
	}
	if total+shown < 4*oneFile { // compressed it may be small enough for one file
		one, err := b.lay(order, postings, 1<<30, 1<<30, true)
		if err != nil {
			return nil, err
		}
		if size, err := compressed(one.files[0]); err != nil || size <= oneFile {
			return one, err
		}
	}
	return b.lay(order, postings, between(shardSize, total/manyShards, maxShardSize), between(chunkSize, shown/manyChunks, maxChunkSize), false)
}

// recordSize is about what a record of a shard has besides its postings.
const recordSize = 7

func between(least, n, most int) int { return max(least, min(n, most)) }

// lay makes the files, with parts of about the sizes given.
func (b *Builder) lay(order []uint32, postings []posted, shard, chunk int, inline bool) (*Index, error) {
	x := &Index{store: b.store}
	shards, keys, err := b.shards(order, postings, shard)
	if err != nil {
		return nil, err
	}
	chunks, firsts := b.chunks(chunk)
	root := append([]byte(`{"n":`), strconv.Itoa(int(b.entries))...)
	root = append(root, `,"stop":"`+b.stop+`","words":"`...)
	root = append(root, keys...)
	root = append(root, `","first":"`...)
	root = append(root, firsts...)
	root = append(root, '"')
	files := append(shards, chunks...)
	if inline {
		root = append(root, `,"inline":{`...)
		for i, f := range files {
			if i > 0 {
				root = append(root, ',')
			}
			root = append(root, `"`+f.Name[:2]+`":`+f.open...)
			for j, p := range f.parts {
				if j > 0 {
					root = append(root, f.between...)
				}
				if root, err = b.store.Get(root, p); err != nil {
					return nil, err
				}
			}
			root = append(root, f.end...)
		}
		root = append(root, '}')
		files = nil
	}
	x.files = append([]File{{Name: Root, open: string(root) + "}\n", store: b.store}}, files...)
	return x, nil
}

// chunks joins what is shown into chunks, and returns their first entries as the
// root file has them.
func (b *Builder) chunks(size int) (files []File, firsts []byte) {
	var before uint32
	for at := 0; at < len(b.atoms); {
		f := File{Name: "d" + strconv.Itoa(len(files)) + ".json", open: "[", between: ",", end: "]\n", store: b.store}
		firsts = appendNumber(firsts, uint64(b.atoms[at].first-before))
		before = b.atoms[at].first
		for n := 0; at < len(b.atoms) && (n == 0 || n+b.atoms[at].size <= size); at++ {
			f.parts = append(f.parts, b.atoms[at].ref)
			n += b.atoms[at].size
		}
		files = append(files, f)
	}
	return files, firsts
}

// sharder writes the words of an index, in order.
type sharder struct {
	b        *Builder
	files    []File
	keys     []byte
	text     []byte
	previous []byte // the word before
	from     int    // of the shard's first word in the order
}

// shards writes the words with their postings, and returns the words that the
// root file has: of each shard's first one as much as tells it from the last
// one before. A shard does not end between forms of a word unless it is twice
// too large.
func (b *Builder) shards(order []uint32, postings []posted, size int) ([]File, []byte, error) {
	s := &sharder{b: b}
	stems, last := b.stems(order)
	form := map[uint64]int{} // the last form of each stem
	open := 0                // until where forms of the words so far stand
	for i, n := range order {
		letters := b.words.text(&b.words.words[n])
		next := len(s.text) + int(postings[n].size)
		if i > s.from && next > size && (open < i || next > 2*size) {
			if err := s.end(); err != nil {
				return nil, nil, err
			}
			s.from = i
			s.key(letters)
		}
		back := 0
		if stems[i] != 0 {
			if at, ok := form[stems[i]]; ok && at >= s.from {
				back = i - at
			}
			form[stems[i]], open = i, max(open, last[stems[i]])
		}
		if err := s.add(letters, back, postings[n]); err != nil {
			return nil, nil, err
		}
	}
	err := s.end()
	return s.files, s.keys, err
}

// stems tells words of one stem by a sum of it, 0 where there is none, and where
// in the order the last one of them stands.
func (b *Builder) stems(order []uint32) (sums []uint64, last map[uint64]int) {
	sums, last = make([]uint64, len(order)), map[uint64]int{}
	if !b.english {
		return sums, last
	}
	h := fnv.New64a()
	for i, n := range order {
		w := &b.words.words[n]
		if letters := string(b.words.text(w)); !w.stop && isEnglish(letters) {
			stem := english.Stem(letters, true)
			// Forms that begin otherwise (die, dying) would keep all between them in one shard.
			if same := shared([]byte(letters), []byte(stem)); same >= 2 && same >= len(stem)-1 {
				h.Reset()
				io.WriteString(h, stem)
				sums[i] = h.Sum64()
				last[sums[i]] = i
			}
		}
	}
	return sums, last
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

// key adds a word to those of the root file: what of it tells it from the word
// before.
func (s *sharder) key(letters []byte) {
	_, size := utf8.DecodeRune(letters[wholeRunes(letters, shared(letters, s.previous)):])
	end := wholeRunes(letters, shared(letters, s.previous)) + size
	s.keys = append(append(s.keys, ' '), letters[:end]...)
	s.previous = s.previous[:0]
}

// wholeRunes is how many of the first n bytes are whole characters.
func wholeRunes(letters []byte, n int) int {
	for n > 0 && n < len(letters) && !utf8.RuneStart(letters[n]) {
		n--
	}
	return n
}

func (s *sharder) add(letters []byte, back int, p posted) (err error) {
	if len(s.text) > 0 {
		s.text = append(s.text, ' ')
	}
	same := wholeRunes(letters, shared(letters, s.previous))
	s.text = appendNumber(s.text, uint64(units(letters[:same])))
	s.text = append(append(s.text, letters[same:]...), '!')
	s.previous = append(s.previous[:0], letters...)
	code := uint64(back) << 1
	if p.cut {
		code |= 1
	}
	s.text = appendNumber(s.text, code)
	s.text, err = s.b.store.Get(s.text, p.ref)
	return err
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

// end ends the shard at hand.
func (s *sharder) end() error {
	ref, err := s.b.store.Put(s.text)
	s.files = append(s.files, File{Name: "w" + strconv.Itoa(len(s.files)) + ".json", open: `"`, end: "\"\n", parts: []memo.Ref{ref}, store: s.b.store})
	s.text = s.text[:0]
	return err
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
