package site_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"nutgraf/site"
)

// TestLongLists holds that lists of which each item costs as much as the list is
// long have an end, and that others are long enough for anybody.
func TestLongLists(t *testing.T) {
	items := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	const fine = "## Is it?\n\nYes.\n"
	for _, c := range []struct{ front, body, want string }{
		{"sources:\n" + items(2000, "  - {id: s%[1]d, title: S%[1]d}\n"), fine, ""},
		{"sources:\n" + items(2001, "  - {id: s%[1]d, title: S%[1]d}\n"), fine, "these are more than 2000 sources"},
		{"topics: [" + items(101, "t%d,") + "]\n", fine, "these are more than 100 topics"},
		{"aliases: [" + items(1001, "/a%d/,") + "]\n", fine, "these are more than 1000 aliases"},
		{"", fine + items(1999, "### a%d\n\n"), ""},
		{"", fine + items(2001, "### a%d\n\n"), "this text has more than 2000 headings"},
		{"", items(2000, "## Is it %d?\n\nYes.\n\n"), ""},
	} {
		files := fstest.MapFS{"explainers/a.md": {Data: []byte("---\ntitle: What?\nstandfirst: A.\npublished: 2024-01-01\n" + c.front + "---\n" + c.body)}}
		s, ds, err := site.Load(t.Context(), site.Options{Content: files, Now: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		told := ""
		for _, d := range ds {
			if d.Rule == "too-many" || d.Rule == "markdown-limit" {
				told += d.Message
			}
		}
		if told != c.want {
			t.Errorf("%.30s… told %q, want %q", c.front+c.body, told, c.want)
		}
	}
}
