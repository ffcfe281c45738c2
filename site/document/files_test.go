package document_test

import (
	"testing"

	"nutgraf/site/document"
)

func TestIgnored(t *testing.T) {
	for name, want := range map[string]bool{
		"x.md": false, ".x.md.swp": true, "x.md~": true, "#x.md#": true, ".#x.md": true, ".goutputstream-A1B2C3": true,
		"x.md___jb_tmp___": true, "x.md___jb_old___": true, "x.mdU77clA.bck": true, "x.bck": false, "x.md.bck": false,
		".": false, ".nojekyll": false, ".well-known": false, "embed.go": true, "4913": false, "4913.md": false,
	} {
		if document.Ignored(name) != want {
			t.Errorf("Ignored(%q) = %v", name, !want)
		}
	}
}

func TestValidID(t *testing.T) {
	for id, want := range map[string]bool{
		"utc": true, "a-1": true, "what-is-isis-k": true, "1972": true,
		"": false, "-": false, "a-": false, "-a": false, "a--b": false, "A": false, "a_b": false, "é": true, "москва": true, "É": false, "a b": false, "a\x00": false, "con": false, "nul": false,
	} {
		if document.ValidID(id) != want {
			t.Errorf("ValidID(%q) = %v", id, !want)
		}
	}
}
