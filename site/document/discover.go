package document

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/lang"
)

// kind says what a document is.
type kind uint8

const (
	explainerDoc kind = iota
	termDoc
	pageDoc
)

// Files is one document of the content folder before it is parsed: its main
// file and, for an explainer, the lists that have files of their own.
type Files struct {
	kind    kind
	ID      string
	Edition string           // language in the file's name
	Main    Entry            // the Markdown file
	Side    map[string]Entry // questions.yaml and so on, by key
	Folder  string           // where its assets lie
}

// Found is what the content folder holds.
type Found struct {
	Files  []Files
	Data   map[string]Entry   // site.yaml, authors.yaml, sources.yaml
	Assets map[string][]Entry // by folder
}

// IsID reports lower-case letters and digits, with single hyphens between them.
func IsID(s string) bool {
	hyphen := true // the one before, or the start
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			hyphen = false
		case c == '-' && !hyphen:
			hyphen = true
		default:
			return false
		}
	}
	return !hyphen
}

// ValidID reports whether a document may be called id: it is a file's name and
// a part of an address.
func ValidID(id string) bool { return IsID(id) && !reservedName(id) }

// sideKeys are the keys of an explainer that may stand in a file of their own.
var sideKeys = []string{"questions", "timeline", "sources", "images", "updates"}

// Discover sorts the files of content/ into documents, data and assets. A file
// that nothing reads is reported, not passed over.
func Discover(entries []Entry) (Found, []diag.Diagnostic) {
	f := Found{Data: map[string]Entry{}, Assets: map[string][]Entry{}}
	var ds []diag.Diagnostic
	side := map[string]map[string]Entry{} // by folder
	for _, e := range entries {
		dir, rest, nested := strings.Cut(e.Path, "/")
		switch {
		case !nested:
			ds = append(ds, f.addData(e)...)
		case dir != "explainers" && dir != "glossary" && dir != "pages":
			ds = append(ds, Unread(e, "nothing reads this folder: content/ holds explainers, glossary and pages"))
		default:
			ds = append(ds, f.addFile(e, dir, rest, side)...)
		}
	}
	for i := range f.Files {
		if s := &f.Files[i]; s.kind == explainerDoc && s.Edition == "" {
			s.Side = side[s.Folder]
			delete(side, s.Folder)
		}
	}
	ds = append(ds, f.orphans(side)...)
	slices.SortFunc(f.Files, func(a, b Files) int { return strings.Compare(a.Main.Path, b.Main.Path) })
	return f, append(ds, f.twice()...)
}

// FilesOf finds the files of one document of content: its Markdown file and the lists
// that lie in its folder. It reports false where there is none any more.
func FilesOf(content fs.FS, folder, file string) (Files, bool) {
	entries := []Entry{{Path: file}}
	for _, key := range sideKeys {
		side := path.Join(folder, key+".yaml")
		if _, err := fs.Stat(content, side); err == nil {
			entries = append(entries, Entry{Path: side})
		}
	}
	found, _ := Discover(entries)
	if len(found.Files) == 0 {
		return Files{}, false
	}
	return found.Files[0], true
}

func (f *Found) addData(e Entry) []diag.Diagnostic {
	switch e.Path {
	case "site.yaml", "authors.yaml", "sources.yaml":
		f.Data[e.Path] = e
		return nil
	case "site.yml", "authors.yml", "sources.yml":
		return []diag.Diagnostic{FileError("content", e.Path, "file-name",
			"data files end in .yaml", "rename it to "+strings.TrimSuffix(e.Path, "yml")+"yaml")}
	case "sources.json", "sources.bib":
		return []diag.Diagnostic{Unread(e,
			"CSL-JSON and BibTeX sources are not read yet: write them into sources.yaml")}
	}
	d := noDocument(e, "explainers")
	d.Message = "nothing reads this file: explainers lie in content/explainers/"
	return []diag.Diagnostic{d}
}

// addFile files one path below explainers/, glossary/ or pages/.
func (f *Found) addFile(e Entry, dir, rest string, side map[string]map[string]Entry) []diag.Diagnostic {
	name, below, inFolder := strings.Cut(rest, "/")
	if !inFolder {
		stem, isMarkdown := strings.CutSuffix(name, ".md")
		if !isMarkdown {
			return []diag.Diagnostic{noDocument(e, dir)}
		}
		return f.addDocument(e, dir, stem, dir+"/")
	}
	folder := dir + "/" + name
	if stem, ok := strings.CutSuffix(below, ".md"); ok && !strings.Contains(below, "/") {
		if stem == "index" || strings.HasPrefix(stem, "index.") {
			return f.addDocument(e, dir, name+strings.TrimPrefix(stem, "index"), folder)
		}
		return []diag.Diagnostic{FileError("content", e.Path, "stray-document",
			"a Markdown file in a document's own folder is never published",
			"move it to content/"+dir+"/, or name it index.md")}
	}
	if key, ok := strings.CutSuffix(below, ".yaml"); ok && dir == "explainers" && slices.Contains(sideKeys, key) {
		if side[folder] == nil {
			side[folder] = map[string]Entry{}
		}
		side[folder][key] = e
		return nil
	}
	if ext := path.Ext(below); ext == ".yaml" || ext == ".yml" {
		return []diag.Diagnostic{Unread(e, "nothing reads this file: "+strings.Join(sideKeys, ", ")+
			" may have a .yaml file of their own")}
	}
	f.Assets[folder] = append(f.Assets[folder], e)
	return nil
}

// noDocument is about a file beside the documents that is none of them: what
// holds text was probably meant to be one.
func noDocument(e Entry, dir string) diag.Diagnostic {
	ext := path.Ext(e.Path)
	stem := strings.TrimSuffix(path.Base(e.Path), ext)
	switch strings.ToLower(ext) {
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx":
		d := Unread(e, "nothing reads this file: the names of documents end in .md")
		d.Hint = "rename it to content/" + dir + "/" + documentID(stem) + ".md, or move it out of content/"
		return d
	case ".docx", ".doc", ".odt", ".rtf", ".html", ".htm", ".txt", ".pages", ".rst", ".adoc":
		d := Unread(e, "nothing reads this file: documents are Markdown, and their names end in .md")
		d.Hint = "save its text as Markdown in content/" + dir + "/" + documentID(stem) + ".md"
		return d
	}
	d := Unread(e,
		"nothing reads this file: documents end in .md, and their pictures lie in a folder of the document's name")
	d.Hint = "move it into its document's folder, such as content/" + dir + "/" + documentID(stem) + "/; or remove it"
	return d
}

func (f *Found) addDocument(e Entry, dir, stem, folder string) []diag.Diagnostic {
	id, edition, _ := strings.Cut(stem, ".")
	s := Files{ID: id, Edition: edition, Main: e, Folder: dir + "/" + id}
	switch dir {
	case "explainers":
		s.kind = explainerDoc
	case "glossary":
		s.kind = termDoc
	case "pages":
		s.kind = pageDoc
	}
	if !ValidID(id) {
		return []diag.Diagnostic{FileError("content", e.Path, "file-name",
			"the name of a document is its address, and this one can't be: it takes lower-case "+
				"letters, digits and single hyphens",
			"rename it"+suggestID(id, dir))}
	}
	if edition != "" && (s.kind != explainerDoc || !lang.Valid(edition)) {
		return []diag.Diagnostic{badEdition(e, s.kind, id, edition)}
	}
	f.Files = append(f.Files, s)
	return nil
}

// badEdition is about a name such as utc.2024.md.
func badEdition(e Entry, k kind, id, edition string) diag.Diagnostic {
	message, hint := "“"+edition+"” in the name is no language that an explainer can be in",
		"name it "+id+".md, or "+id+".fr.md for a French edition"
	if k != explainerDoc {
		message,
			hint = "“."+edition+"” in the name: only explainers have editions in other languages",
			"name it "+id+".md"
	}
	return FileError("content", e.Path, "file-name", message, hint)
}

// orphans reports lists and assets whose document is not there.
func (f *Found) orphans(side map[string]map[string]Entry) (ds []diag.Diagnostic) {
	owned := map[string]bool{}
	for _, s := range f.Files {
		owned[s.Folder] = true
	}
	for _, lists := range side {
		for _, e := range lists {
			ds = append(ds, FileError("content", e.Path, "no-document",
				"this list belongs to no explainer",
				"write content/"+path.Dir(e.Path)+".md beside the folder"))
		}
	}
	for folder, assets := range f.Assets {
		if !owned[folder] {
			for _, e := range assets {
				ds = append(ds, Unread(e, "this folder belongs to no document: there is no content/"+folder+".md"))
			}
			delete(f.Assets, folder)
		}
	}
	return ds
}

// twice reports documents that stand both as id.md and as id/index.md.
func (f *Found) twice() (ds []diag.Diagnostic) {
	first := map[string]Entry{}
	for _, s := range f.Files {
		key := s.Folder + "." + s.Edition
		if e, ok := first[key]; ok {
			d := FileError("content", s.Main.Path, "two-documents",
				"this document stands in two files", "keep one of them")
			d.Related = []diag.Related{{Message: "the other one", At: diag.Place{File: "content/" + e.Path}}}
			ds = append(ds, d)
			continue
		}
		first[key] = s.Main
	}
	return ds
}

// Unread warns of a file of content that nothing reads.
func Unread(e Entry, message string) diag.Diagnostic {
	d := FileError("content", e.Path, "unread-file", message, "move it, or remove it")
	d.Severity = diag.Warning
	return d
}
