package main

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// readsAsText are the files in which an address may stand that mv doesn't read.
var readsAsText = regexp.MustCompile(`\.(?:html?|css|js|json|txt|xml|svg|md|yaml)$|` +
	`(?:^|/)_(?:redirects|headers)$`)

// leftovers are the places that still have the old address afterwards: in templates, in static/,
// in params and in whole addresses. It leads to the new one, and so they need no change at once.
func (m *move) leftovers() (ds []diag.Diagnostic) {
	o, old := &m.roots.options, m.plan.Old.Address("")
	for _, root := range []struct {
		name string
		fsys fs.FS
	}{{"content", o.Content}, {"templates", o.Templates}, {"static", o.Static}} {
		if root.fsys == nil {
			continue
		}
		entries, _, err := document.List(root.fsys, root.name)
		if err != nil {
			continue // which loading has reported
		}
		for _, e := range entries {
			if readsAsText.MatchString(e.Path) && e.Size <= document.MaxDocument {
				ds = append(ds, m.leftIn(path.Join(root.name, e.Path), old)...)
			}
		}
	}
	return ds
}

// leftIn are the places of a file that have an address which does not change.
func (m *move) leftIn(file, address string) (ds []diag.Diagnostic) {
	data := m.site.FileData(file)
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte(address))
		if i < 0 {
			return ds
		}
		start := at + i
		at = start + len(address)
		place := diag.Place{File: file, Span: diag.Span{Start: int32(start), End: int32(at)}}
		if diag.Overlap(m.plan.Edits[file], []diag.Edit{{At: place}}) || !alone(data, start, at) ||
			m.site.IsAlias(place) {
			continue
		}
		ds = append(ds, diag.Diagnostic{Severity: diag.Note, Rule: "mv", At: place,
			Message: "this address leads to " + m.plan.New.Address("") + " from now on",
			Hint:    "mv does not change it here: write the new one when you come by"})
	}
}

// alone reports whether an address is not a part of a longer word.
func alone(data []byte, start, end int) bool {
	letter := func(b byte) bool { return strings.IndexByte(" \t\r\n\"'`()[]<>{},:=", b) < 0 }
	if m := data[end-1]; m != '/' && end < len(data) && letter(data[end]) {
		return false
	}
	return start == 0 || !letter(data[start-1]) ||
		bytes.Contains(lastWord(data[:start]), []byte("://"))
}

// lastWord is what stands behind the last blank or quote.
func lastWord(data []byte) []byte {
	return data[bytes.LastIndexAny(data, " \t\r\n\"'`()[]<>{},=")+1:]
}
