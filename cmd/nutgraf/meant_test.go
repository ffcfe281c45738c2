package main

import (
	"slices"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

// TestCommands: what a mistyped command line is held to has every command there is.
func TestCommands(t *testing.T) {
	parser, err := kong.New(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, c := range parser.Model.Children {
		all = append(all, c.Name)
	}
	listed := slices.Clone(commands)
	slices.Sort(all)
	slices.Sort(listed)
	if diff := cmp.Diff(all, listed); diff != "" {
		t.Errorf("commands (-of the command line +listed):\n%s", diff)
	}
}
