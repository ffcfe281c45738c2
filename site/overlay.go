package site

import (
	"io/fs"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// overlay is the writer's folder over the default one: a file of the same path
// replaces the default.
type overlay struct {
	over, under fs.FS
	root        string // as the writer knows it
}

// files lists both layers, the writer's first where both have a path.
func (o overlay) files() (all []layered, ds []diag.Diagnostic, err error) {
	seen := map[string]bool{}
	for _, fsys := range []fs.FS{o.over, o.under} {
		if fsys == nil {
			continue
		}
		entries, d, err := document.List(fsys, o.root)
		if err != nil {
			return nil, nil, err
		}
		ds = append(ds, d...)
		for _, e := range entries {
			if !seen[e.Path] {
				seen[e.Path] = true
				all = append(all, layered{e, fsys})
			}
		}
	}
	slices.SortFunc(all, func(a, b layered) int { return strings.Compare(a.Path, b.Path) })
	return all, ds, nil
}

// layered is a file with the layer that it comes from.
type layered struct {
	document.Entry
	fsys fs.FS
}
