package document

import (
	"crypto/sha256"

	"github.com/zeebo/xxh3"

	"nutgraf/site/diag"
	"nutgraf/site/internal/memo"
	"nutgraf/site/markdown"
)

// Sum tells contents apart: the first half of a SHA-256 where they come from
// outside, an XXH3 of 128 bits for pages and what they depend on (decision 22).
type Sum [16]byte

// SumOf returns the SHA-256 sum of b.
func SumOf(b []byte) Sum {
	h := sha256.Sum256(b)
	return Sum(h[:16])
}

// QuickSumOf returns the XXH3 sum of b, which is made by us and compared by us.
func QuickSumOf(b []byte) Sum { return xxh3.Hash128(b).Bytes() }

// Ref is an id that a writer gave, and where.
type Ref struct {
	ID string
	At diag.Place
}

// Record holds what the site's store keeps of one document: its Fragments,
// and what is said of its sources.
type Record struct {
	Fragments memo.Ref
	Sources   memo.Ref
	Sums      []Sum            // of each Fragment: its Markdown and what rendered it
	Marks     *Marks           // of an explainer that was loaded with Options.Places
	sides     map[int32]string // the file of each Fragment that stands in a list's own file
	// Accepts says that the document's files hold the word with which a comment
	// accepts what check finds.
	Accepts bool
}

// Marks say where in its files that of an explainer stands which the model gives
// no place. The zero Span is that of what is not given.
type Marks struct {
	Title                        diag.Span // the value
	Updated, ReviewBy, Questions diag.Span // the keys
	Body                         diag.Span
	HeadingIDs                   []diag.Span // what stands between {# and } behind the body's ##
	// Shorts are those of the items of questions, Events and Sources of OwnEvents
	// and OwnSources, in their order.
	Shorts, Events, Sources []diag.Place
}

// Place is where something stands in a Fragment; file is the document's own.
func (r *Record) Place(file string, fragment int32, at diag.Span) diag.Place {
	if side, ok := r.sides[fragment]; ok {
		file = side
	}
	return diag.Place{File: file, Span: at}
}

// Prose is one Fragment of a Record. The zero Prose is no text at all.
type Prose struct {
	Record *Record
	Index  int32
}

// Given reports whether there is a text.
func (p Prose) Given() bool { return p.Record != nil }

// Sum returns the Fragment's sum, the zero Sum where there is no text.
func (p Prose) Sum() Sum {
	if p.Record == nil {
		return Sum{}
	}
	return p.Record.Sums[p.Index]
}

// PathRef is a reference to a path of the site that only the plan of pages can
// check.
type PathRef struct {
	Path, Anchor string
	Picture      bool
	At           diag.Place
}

// Fragments are those of a record, and the memory for another's.
type Fragments struct {
	All []markdown.Fragment
	buf []byte // what they alias
}

// Read reads the Fragments of a record from its store. What f held before is lost.
func (f *Fragments) Read(store *memo.Store, r *Record) (err error) {
	f.All = f.All[:0]
	if f.buf, err = store.Get(f.buf[:0], r.Fragments); err == nil && len(f.buf) > 0 {
		f.All, err = markdown.DecodeFragments(f.buf, f.All)
	}
	return err
}

// Size is how many bytes of HTML there is room for.
func (f *Fragments) Size() int { return cap(f.buf) }
