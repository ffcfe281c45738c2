package site

import (
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
)

// Instead is what a preview shows in place of files with errors: each as it was
// when it had none. What was not there then is left out if it has an error of its
// own; if it only refers to what is not there, it is shown without the reference.
type Instead struct {
	Files     map[string]bool // those with errors, as diagnostics name them
	Site      *Site           // what was shown before, loaded without Once; nil for nothing
	Templates []File          // those that were used last; nil for the built-in theme
}

// covers reports whether a file of a root has an error.
func (in *Instead) covers(root string) bool {
	if in != nil {
		for f := range in.Files {
			if strings.HasPrefix(f, root+"/") {
				return true
			}
		}
	}
	return false
}

// before is the site that has a data file as it was before its error; nil where
// there is no error, or was no such site.
func (in *Instead) before(file string) *Site {
	if in == nil || !in.Files[file] {
		return nil
	}
	return in.Site
}

// documents puts what is shown in the place of documents with errors.
func (in *Instead) documents(docs []*document.Document) []*document.Document {
	if in == nil {
		return docs
	}
	shown := docs[:0:0]
	for _, d := range docs {
		if in.has(&d.Files) {
			if in.Site != nil && in.Site.docs[d.Files.Main.Path] != nil {
				d = in.Site.docs[d.Files.Main.Path]
			} else if diag.Count(d.Diags, diag.Error) > 0 {
				continue
			}
		}
		shown = append(shown, d)
	}
	return shown
}

// has reports whether one of a document's files has an error.
func (in *Instead) has(src *document.Files) bool {
	for _, side := range src.Side {
		if in.Files["content/"+side.Path] {
			return true
		}
	}
	return in.Files["content/"+src.Main.Path]
}
