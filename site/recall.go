package site

import (
	"fmt"
	"slices"

	"nutgraf/site/internal/memo"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
)

// Markdown returns the Markdown of an answer as its writer wrote it, that of
// the introduction where q is nil. It is kept with outputs: [markdown] only.
func (s *Site) Markdown(e *Explainer, q *Question) (string, error) {
	b, err := s.store.Get(nil, e.text)
	if err != nil || len(b) == 0 {
		return "", err
	}
	texts, err := unpackTexts(string(b))
	if err != nil || q == nil {
		return texts[0], err
	}
	i := slices.Index(e.everyQuestion(), q)
	if i < 0 || i+1 >= len(texts) {
		return "", fmt.Errorf("%s: a question that is not its own", e.Path)
	}
	return texts[i+1], nil
}

// Language returns the words for an explainer: its own language's, or the
// site's.
func (s *Site) Language(e *Explainer) *lang.Language {
	if e == nil || e.Lang == "" {
		return s.Config.Lang
	}
	return lang.For(e.Lang)
}

// Remember keeps what was made of the site, outside the heap where it is much.
func (s *Site) Remember(b []byte) (memo.Ref, error) { return s.store.Put(b) }

// Recall returns what Remember kept, in the memory of buf if it has room.
func (s *Site) Recall(ref memo.Ref, buf []byte) ([]byte, error) { return s.store.Get(buf[:0], ref) }

// Fragments are those of a record, and the memory for another's.
type Fragments struct {
	All []markdown.Fragment
	buf []byte // what they alias
}

// Size is how many bytes of HTML there is room for.
func (f *Fragments) Size() int { return cap(f.buf) }

// ReadFragments reads the Fragments of a record from the store. What f held
// before is lost.
func (s *Site) ReadFragments(r *Record, f *Fragments) (err error) {
	f.All = f.All[:0]
	if f.buf, err = s.store.Get(f.buf[:0], r.ref); err == nil && len(f.buf) > 0 {
		f.All, err = markdown.DecodeFragments(f.buf, f.All)
	}
	return err
}
