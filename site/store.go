package site

import (
	"fmt"
	"slices"

	"nutgraf/site/document"
	"nutgraf/site/internal/memo"
	"nutgraf/site/lang"
)

// Markdown returns the Markdown of an answer as its writer wrote it, that of
// the introduction where q is nil. It is kept with outputs: [markdown] only.
func (s *Site) Markdown(e *Explainer, q *document.Question) (string, error) {
	b, err := s.store.Get(nil, e.Markdown)
	if err != nil || len(b) == 0 {
		return "", err
	}
	texts, err := memo.Texts(string(b))
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

// ReadFragments reads the Fragments of a record from the store. What f held
// before is lost.
func (s *Site) ReadFragments(r *document.Record, f *document.Fragments) error {
	return f.Read(s.store, r)
}

// SourceTexts reads what is said of a record's sources, into the memory of buf
// if it has room. An error is I/O.
func (s *Site) SourceTexts(r *document.Record, buf []byte) (document.SourceTexts, error) {
	b, err := s.store.Get(buf[:0], r.Sources)
	return b, err
}

// CitedText returns what is said of a source in the site's list, fast where those
// beside it are asked for as well. An error is I/O.
func (s *Site) CitedText(c *CitedSource) (about document.SourceText, err error) {
	err = s.near(c.ref, func(b []byte) (err error) {
		about, err = document.DecodeSource(b)
		return err
	})
	return about, err
}
