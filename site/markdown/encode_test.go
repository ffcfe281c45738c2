package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nutgraf/site/diag"
)

var recordCases = map[string][]Fragment{
	"none":  {},
	"empty": {{}},
	"two": {
		{HTML: []byte("<p>A surge.</p>\n"), Spans: []Span{{3, 10, 812}}, Holes: []Hole{{Kind: Scope}, {Kind: Word, At: 16, Target: "done"}}},
		{HTML: []byte("<a>b</a><p>c, d</p>"), Spans: []Span{{11, 12, 0}, {12, 15, 1 << 30}}, Holes: []Hole{
			{Kind: Link, At: 2, Target: "term:b", Text: "Ü", Source: diag.Span{Start: 7, End: 9}},
			{Kind: Citation, At: 15, Cites: []Cite{{ID: "a", Locator: "p. 3", Source: diag.Span{Start: 20, End: 21}}, {ID: "b"}}},
		}},
	},
}

func TestRecord(t *testing.T) {
	for name, fs := range recordCases {
		t.Run(name, func(t *testing.T) {
			b := AppendFragments([]byte("before"), fs)[len("before"):]
			got, err := DecodeFragments(b, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(fs, got, cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
			for n := range b {
				if _, err := DecodeFragments(b[:n], nil); err == nil {
					t.Errorf("the first %d of %d bytes are taken for a record", n, len(b))
				}
			}
			if _, err := DecodeFragments(append(b, 0), nil); err == nil {
				t.Error("a byte too many is taken for a part of the record")
			}
		})
	}
}

// TestRecordUnsound holds that no place that a record gives leads out of its HTML.
func TestRecordUnsound(t *testing.T) {
	html := []byte("abc")
	for name, f := range map[string]Fragment{
		"span beyond":        {HTML: html, Spans: []Span{{Start: 1, End: 4}}},
		"span before":        {HTML: html, Spans: []Span{{Start: -1, End: 1}}},
		"span backwards":     {HTML: html, Spans: []Span{{Start: 2, End: 1}}},
		"spans out of order": {HTML: html, Spans: []Span{{Start: 2, End: 3}, {Start: 0, End: 1}}},
		"spans that overlap": {HTML: html, Spans: []Span{{Start: 0, End: 2}, {Start: 1, End: 3}}},
		"anchor beyond":      {HTML: html, Anchors: []Anchor{{Start: 1, End: 4}}},
		"anchors in another": {HTML: html, Anchors: []Anchor{{Start: 0, End: 2}, {Start: 1, End: 3}}},
		"link beyond":        {HTML: html, Holes: []Hole{{Kind: Link, At: 1, End: 4}}},
		"words beyond":       {HTML: html, Places: Places{Links: []LinkWords{{Extent: Extent{1, 4}}}}},
		"words before":       {HTML: html, Places: Places{Links: []LinkWords{{Extent: Extent{-1, 2}}}}},
		"foreign backwards":  {HTML: html, Places: Places{Foreign: []Extent{{2, 1}}}},
		"aside in another":   {HTML: html, Places: Places{Asides: []Extent{{0, 2}, {1, 3}}}},
		"hole beyond":        {HTML: html, Holes: []Hole{{At: 4}}},
		"hole before":        {HTML: html, Holes: []Hole{{At: -1}}},
		"holes out of order": {HTML: html, Holes: []Hole{{At: 2}, {At: 1}}},
	} {
		if _, err := DecodeFragments(AppendFragments(nil, []Fragment{f}), nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestRecordAliases holds what DecodeFragments says of memory: HTML is b's, and
// can't be appended to within it; strings are copies.
func TestRecordAliases(t *testing.T) {
	b := AppendFragments(nil, recordCases["two"])
	fs, err := DecodeFragments(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(fs[0].HTML); cap(fs[0].HTML) != n {
		t.Errorf("HTML has %d bytes of somebody else's", cap(fs[0].HTML)-n)
	}
	clear(b)
	if fs[1].Holes[0].Target != "term:b" || !bytes.Equal(fs[0].HTML, make([]byte, len(fs[0].HTML))) {
		t.Errorf("%+v", fs)
	}
}

// FuzzRecord holds that arbitrary bytes are an error or a record, which comes
// back from its own encoding, and that little comes of few bytes.
func FuzzRecord(f *testing.F) {
	for _, fs := range recordCases {
		f.Add(AppendFragments(nil, fs))
	}
	f.Add([]byte(strings.Repeat("\xff", 9) + "\x01"))
	f.Add([]byte{1, 0, 0x80, 0x80, 0x80, 0x80, 0x08})
	f.Fuzz(func(t *testing.T, b []byte) {
		fs, err := DecodeFragments(b, nil)
		if err != nil {
			if err != errCorrupt || fs != nil {
				t.Fatalf("%v, %v", fs, err)
			}
			return
		}
		n := len(fs)
		for i := range fs {
			n += len(fs[i].HTML) + len(fs[i].Spans) + len(fs[i].Holes)
			for _, h := range fs[i].Holes {
				n += len(h.Cites) + len(h.Target) + len(h.Text)
			}
		}
		if n > len(b) {
			t.Errorf("%d bytes became %d things", len(b), n)
		}
		// Into memory that held something else.
		used, err := DecodeFragments(AppendFragments(nil, recordCases["two"]), nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := DecodeFragments(AppendFragments(nil, fs), used)
		if diff := cmp.Diff(fs, again, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	})
}

// FuzzRendered holds that whatever is rendered comes back from its record.
func FuzzRendered(f *testing.F) {
	for _, in := range valueCases {
		f.Add(in.src)
	}
	r := New(Options{Places: true})
	f.Fuzz(func(t *testing.T, src string) {
		want, _ := r.Value(Input{File: "x.md", Src: []byte(src)})
		got, err := DecodeFragments(AppendFragments(nil, []Fragment{want}), nil)
		if diff := cmp.Diff([]Fragment{want}, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("%q: %v %s", src, err, diff)
		}
	})
}
