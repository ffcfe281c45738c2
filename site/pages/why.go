package pages

import (
	"fmt"
	"io"
	"path"
	"reflect"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// Why writes what the page depends on: its document, the templates that its
// layout reaches, and each field of its View with a sum. Two builds in which
// all of this is equal make the same bytes.
func (p *Leaf) Why(w io.Writer) error {
	var s strings.Builder
	fmt.Fprintf(&s, "address   /%s\nfile      %s\n", p.p.path, p.Path)
	if p.p.at.File != "" {
		fmt.Fprintf(&s, "document  %s\n", p.p.at.File)
	}
	switch {
	case p.p.open != nil:
		fmt.Fprintf(&s, "sum       %x: copied as it is\n", p.Key)
	case p.Layout == "":
		fmt.Fprintf(&s, "written by code from the whole site; kept when its bytes are the same\n")
	default:
		fmt.Fprintf(&s, "key       %x\ntemplates %s\n", p.Key, strings.Join(p.book.theme.Reach(p.Layout), " "))
		if err := p.book.theme.Slow(p.Layout); err != nil {
			fmt.Fprintf(&s,
				"slow      html/template walks these templates for each page, since one of them "+
					"is not compiled: %v\n", err)
		}
		p.whyView(&s, reflect.ValueOf(p.View).Elem(), "")
	}
	_, err := io.WriteString(w, s.String())
	return err
}

func (p *Leaf) whyView(s *strings.Builder, v reflect.Value, indent string) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.PkgPath != "" {
			continue
		}
		if f.Anonymous {
			p.whyView(s, v.Field(i), indent)
			continue
		}
		fmt.Fprintf(s, "  %-14s %s\n", f.Name, p.whyField(v.Field(i)))
	}
}

// whyField shows a field's value, or for what is long its size and sum.
func (p *Leaf) whyField(v reflect.Value) string {
	sum := func() document.Sum {
		f := newFingerprinter()
		f.value(v)
		return f.sum()
	}
	switch v.Kind() {
	case reflect.String:
		if r := []rune(v.String()); len(r) > 60 {
			return fmt.Sprintf("%q… %x", string(r[:60]), sum())
		}
		return fmt.Sprintf("%q", v.String())
	case reflect.Bool, reflect.Int:
		return fmt.Sprint(v.Interface())
	case reflect.Slice, reflect.Map:
		if v.Len() == 0 {
			return "none"
		}
		return fmt.Sprintf("%d × %s %x", v.Len(), v.Type().Elem().Name(), sum())
	case reflect.Pointer:
		if v.IsNil() {
			return "none"
		}
	}
	return fmt.Sprintf("%x", sum())
}

// Locate returns the page that a person means by p: its path, also without the
// slashes round it, an explainer's id, or the last word of a path where no other
// page has the same. It is -1 where there is none.
func (b *Book) Locate(p string) int {
	for _, path := range []string{p, p + "/", explainersPath + p + "/"} {
		if i := b.Find(path); i >= 0 {
			return i
		}
	}
	found := -1
	for i := range b.plan {
		if path.Base(b.plan[i].path) != p || p == "" {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// Suggest is the end of a message about a page that is not there.
func (b *Book) Suggest(p string) string {
	known := make([]string, 0, len(b.plan))
	for _, q := range b.plan {
		known = append(known, q.path)
	}
	if near, ok := diag.Nearest(strings.TrimPrefix(p, "/"), known); ok {
		return ": did you mean /" + near + "?"
	}
	last := make([]string, len(known))
	for i, k := range known {
		last[i] = path.Base(k)
	}
	if near, ok := diag.Nearest(path.Base(p), last); ok {
		return ": did you mean /" + known[slices.Index(last, near)] + "?"
	}
	return ""
}
