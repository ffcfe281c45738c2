package theme

import (
	"encoding/binary"
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
)

// The chains of escapers that html/template puts after a value, by where the
// value stands.
const (
	inText     = "_html_template_htmlescaper "
	inRCDATA   = "_html_template_rcdataescaper "
	inAttr     = "_html_template_attrescaper "
	inURL      = "_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper "
	inFragment = "_html_template_urlescaper _html_template_attrescaper "
)

// written writes an expression through its escapers.
func (e expression) written(chain string) (step, error) {
	text := e.text
	switch {
	case e.put != nil && chain == inText:
		return e.put, nil
	case e.t == htmlType && chain == inText:
		return func(s *state, dot reflect.Value) { s.buf = append(s.buf, text(s, dot)...) }, nil
	case e.t == stringType && (chain == inText || chain == inRCDATA || chain == inAttr):
		return func(s *state, dot reflect.Value) { s.buf = AppendText(s.buf, text(s, dot)) }, nil
	case e.t == stringType && chain == inURL:
		return func(s *state, dot reflect.Value) { s.buf = appendURL(s.buf, text(s, dot)) }, nil
	case e.t == stringType && chain == inFragment:
		return func(s *state, dot reflect.Value) { s.buf = appendFragment(s.buf, text(s, dot)) }, nil
	case e.t == anyType || e.t.Kind() == reflect.Bool:
		return e.writtenAny(chain)
	case e.t == reflect.TypeFor[int]() && (chain == inText || chain == inRCDATA || chain == inAttr):
		return func(s *state, dot reflect.Value) { s.buf = strconv.AppendInt(s.buf, e.whole(s, dot), 10) }, nil
	}
	return nil, fmt.Errorf("%s through %s is not compiled", e.t, chain)
}

// textEscapes is what html/template writes in texts and in quoted attributes
// for the bytes that it does not leave as they are.
var textEscapes = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;",
	'<': "&lt;", '>': "&gt;"}

// inTexts are the bytes that have an escape: a table that is small enough to
// stay where the processor has it at hand.
var inTexts = func() (t [256]bool) {
	for c, e := range textEscapes {
		t[c] = e != ""
	}
	return t
}()

// AppendText appends a text as html/template escapes it between tags and in quoted
// attributes.
func AppendText(buf []byte, value string) []byte {
	done := 0
	for i := 0; i < len(value); {
		if i+8 <= len(value) && plain(binary.LittleEndian.Uint64([]byte(value[i:i+8]))) {
			i += 8
			continue
		}
		for end := min(i+8, len(value)); i < end; i++ {
			if c := value[i]; inTexts[c] {
				buf = append(append(buf, value[done:i]...), textEscapes[c]...)
				done = i + 1
			}
		}
	}
	return append(buf, value[done:]...)
}

// plain says that none of eight bytes has an escape in texts. One comparison
// serves several bytes where the bits that they differ in are left out; it
// takes # for one of them.
func plain(w uint64) bool {
	const each = 0x01010101_01010101
	zero := func(w uint64) uint64 { return (w - each) &^ w } // its high bits: the bytes that are 0
	return (zero(w)|zero(w&^(each*5)^each*'"')|zero(w^each*'+')|zero(w&^(each*2)^each*'<'))&(each<<7) == 0
}

// Addresses are written here only where no escaper would touch a byte of them.
// All others, and the judgement of schemes, go through html/template itself, in
// a template of one action that stands in the same place.
var (
	address  = corset{template.Must(template.New("").Parse(`<a href="{{.}}">`)), `<a href="`, `">`}
	fragment = corset{template.Must(template.New("").Parse(`<a href="#{{.}}">`)), `<a href="#`, `">`}
)

// filtered is what html/template writes in the place of a value that is not safe where it
// stands. A program never does: it leaves the page to html/template.
const filtered = "ZgotmplZ"

// corset is a template around one value.
type corset struct {
	t           *template.Template
	left, right string
}

func (c corset) append(buf []byte, value any) []byte {
	var b strings.Builder
	if err := c.t.Execute(&b, value); err != nil {
		panic(failure{err})
	}
	out := b.String()
	if strings.Contains(out, filtered) {
		fail("html/template put %s in the place of a value", filtered)
	}
	return append(buf, out[len(c.left):len(out)-len(c.right)]...)
}

// What RFC 3986 calls unreserved (section 2.3), and what html/template leaves
// in whole addresses besides.
const (
	unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
	reserved   = "!#$*,/:;=?@[]"
)

var inFragments, inURLs = bytesOf(unreserved), bytesOf(unreserved + reserved)

func bytesOf(set string) (t [256]bool) {
	for i := range len(set) {
		t[set[i]] = true
	}
	return t
}

func only(set *[256]bool, value string) bool {
	for i := range len(value) {
		if !set[value[i]] {
			return false
		}
	}
	return true
}

func appendURL(buf []byte, value string) []byte {
	if only(&inURLs, value) && (strings.HasPrefix(value, "https://") || !strings.Contains(value, ":")) {
		return append(buf, value...)
	}
	return address.append(buf, value)
}

func appendFragment(buf []byte, value string) []byte {
	if only(&inFragments, value) {
		return append(buf, value...)
	}
	return fragment.append(buf, value)
}
