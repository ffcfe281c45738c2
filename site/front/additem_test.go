package front

import (
	"testing"

	"nutgraf/site/diag"
)

func TestAddItem(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"---\ntitle: A\n---\nText\n", "---\ntitle: A\naliases: [/b/]\n---\nText\n"},
		{"\ufeff---\r\ntitle: A\r\n---\r\nText", "\ufeff---\r\ntitle: A\r\naliases: [/b/]\r\n---\r\nText"},
		{"---\naliases: [/a/]\ntitle: A\n---\n", "---\naliases: [/a/, /b/]\ntitle: A\n---\n"},
		{"---\naliases: []\n---\n", "---\naliases: [/b/]\n---\n"},
		{"---\naliases:\n  - /a/\n  - /c/\ntitle: A\n---\n", "---\naliases:\n  - /a/\n  - /c/\n  - /b/\ntitle: A\n---\n"},
		{"---\r\naliases:\r\n- /a/\r\n---\r\n", "---\r\naliases:\r\n- /a/\r\n- /b/\r\n---\r\n"},
		{"---\naliases: /a/\n---\n", ""},
		{"---\naliases: [/a/,\n  /c/]\n---\n", ""},
		{"---\naliases: [/a/] # old\n---\n", ""},
		{"---\naliases:\n---\n", ""},
		{"No front matter\n", ""},
		{"---\ntitle: never closed\n", ""},
	} {
		fix := AddItem("a.md", []byte(c.file), "aliases", "/b/")
		got := ""
		if fix != nil {
			got = string(diag.Apply([]byte(c.file), fix))
		}
		if got != c.want {
			t.Errorf("%q: %q\nwant %q", c.file, got, c.want)
		}
	}
}
