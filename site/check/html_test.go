package check

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"nutgraf/site"
	"nutgraf/site/pages"
)

// scanned is what scan finds in a page: its tags with their attributes, and its texts.
func scanned(src []byte) []string {
	var out []string
	scan(src, func(t *htmlPart) {
		switch {
		case t.text != nil:
			if text := strings.TrimSpace(html.UnescapeString(string(t.text))); text != "" && len(t.name) == 0 {
				out = append(out, text)
			}
		case t.closes:
			out = append(out, "/"+string(t.name))
		default:
			line := string(t.name)
			for _, a := range t.attrs {
				value, _ := t.attr(string(a.name))
				line += " " + string(a.name) + "=" + string(value)
			}
			out = append(out, line)
		}
	})
	return out
}

// parsed is the same, as browsers read it.
func parsed(src []byte) []string {
	var out []string
	z := html.NewTokenizer(bytes.NewReader(src))
	raw := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.TextToken:
			if text := strings.TrimSpace(z.Token().Data); text != "" && !raw {
				out = append(out, text)
			}
		case html.EndTagToken:
			raw = false
			out = append(out, "/"+z.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			raw = t.Data == "script" || t.Data == "style"
			line := t.Data
			for _, a := range t.Attr {
				line += " " + a.Key + "=" + a.Val
			}
			out = append(out, line)
		}
	}
}

// TestScan holds scan to what browsers read, on every page of the demo.
func TestScan(t *testing.T) {
	s, _, err := site.Load(t.Context(), site.Options{Content: os.DirFS("../../content"), DefaultTemplates: os.DirFS("../../templates"), DefaultStatic: os.DirFS("../../static"),
		BaseURL: "https://example.org/", Now: now.AddDate(5, 0, 0), Drafts: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	book, _, err := pages.New(t.Context(), s, pages.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	n := 0
	for i := range book.Len() {
		leaf, err := book.Open(i)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := leaf.Write(&b); err != nil {
			t.Fatal(err)
		}
		if leaf.Layout != "" {
			n++
			if d := cmp.Diff(parsed(b.Bytes()), scanned(b.Bytes())); d != "" {
				t.Fatalf("%s: %s", leaf.Path, d)
			}
		}
		leaf.Close()
	}
	if n < 50 {
		t.Errorf("only %d pages were read", n)
	}
}

// TestScanOdd holds what no template of ours writes.
func TestScanOdd(t *testing.T) {
	for src, want := range map[string][]string{
		"a < b and <b>c":              {"a", "b and", "b", "c"},
		"<A HREF=x/ title='y' z>":     {"a href=x/ title=y z="},
		"<!DOCTYPE html><!-- <a> -->": nil,
		"<p":                          {"p"},
		"<p a=\"b":                    {"p"},
		"<script>a<b</script>x":       {"script", "/script", "x"},
		"<":                           nil,
	} {
		if d := cmp.Diff(want, scanned([]byte(src))); d != "" {
			t.Errorf("%q: %s", src, d)
		}
	}
}
