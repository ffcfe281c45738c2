package site_test

import (
	"testing"

	"nutgraf/site"
)

func TestIgnored(t *testing.T) {
	for name, want := range map[string]bool{
		"x.md": false, ".x.md.swp": true, "x.md~": true, "#x.md#": true, ".#x.md": true, ".goutputstream-A1B2C3": true,
		"x.md___jb_tmp___": true, "x.md___jb_old___": true, "x.mdU77clA.bck": true, "x.bck": false, "x.md.bck": false,
		".": false, ".nojekyll": false, ".well-known": false, "embed.go": true, "4913": false, "4913.md": false,
	} {
		if site.Ignored(name) != want {
			t.Errorf("Ignored(%q) = %v", name, !want)
		}
	}
}
