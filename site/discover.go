package site

import (
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

// source is one document of the content folder before it is parsed: its main
// file and, for an explainer, the lists that have files of their own.
type source struct {
	kind    kind
	id      string
	edition string           // language in the file's name
	main    entry            // the Markdown file
	side    map[string]entry // questions.yaml and so on, by key
	folder  string           // where its assets lie
}

// found is what the content folder holds.
type found struct {
	sources []source
	data    map[string]entry   // site.yaml, authors.yaml, sources.yaml
	assets  map[string][]entry // by folder
}

// isID reports lower-case letters and digits, with single hyphens between them.
func isID(s string) bool {
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
func ValidID(id string) bool { return isID(id) && !reservedName(id) }

// sideKeys are the keys of an explainer that may stand in a file of their own.
var sideKeys = []string{"questions", "timeline", "sources", "images", "updates"}

// discover sorts the files of content/ into documents, data and assets. A file
// that nothing reads is told, not passed over.
func discover(entries []entry) (found, []diag.Diagnostic) {
	f := found{data: map[string]entry{}, assets: map[string][]entry{}}
	var ds []diag.Diagnostic
	side := map[string]map[string]entry{} // by folder
	for _, e := range entries {
		dir, rest, nested := strings.Cut(e.path, "/")
		switch {
		case !nested:
			ds = append(ds, f.addData(e)...)
		case dir != "explainers" && dir != "glossary" && dir != "pages":
			ds = append(ds, unread(e, "nothing reads this folder: content/ holds explainers, glossary and pages"))
		default:
			ds = append(ds, f.addFile(e, dir, rest, side)...)
		}
	}
	for i := range f.sources {
		if s := &f.sources[i]; s.kind == explainerDoc && s.edition == "" {
			s.side = side[s.folder]
			delete(side, s.folder)
		}
	}
	ds = append(ds, f.orphans(side)...)
	slices.SortFunc(f.sources, func(a, b source) int { return strings.Compare(a.main.path, b.main.path) })
	return f, append(ds, f.twice()...)
}

func (f *found) addData(e entry) []diag.Diagnostic {
	switch e.path {
	case "site.yaml", "authors.yaml", "sources.yaml":
		f.data[e.path] = e
		return nil
	case "site.yml", "authors.yml", "sources.yml":
		return []diag.Diagnostic{fileError("content", e.path, "file-name", "data files end in .yaml", "rename it to "+strings.TrimSuffix(e.path, "yml")+"yaml")}
	case "sources.json", "sources.bib":
		return []diag.Diagnostic{unread(e, "CSL-JSON and BibTeX sources are not read yet: write them into sources.yaml")}
	}
	d := noDocument(e, "explainers")
	d.Message = "nothing reads this file: explainers lie in content/explainers/"
	return []diag.Diagnostic{d}
}

// addFile files one path below explainers/, glossary/ or pages/.
func (f *found) addFile(e entry, dir, rest string, side map[string]map[string]entry) []diag.Diagnostic {
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
		return []diag.Diagnostic{fileError("content", e.path, "stray-document", "a Markdown file in a document's own folder is never published", "move it to content/"+dir+"/, or name it index.md")}
	}
	if key, ok := strings.CutSuffix(below, ".yaml"); ok && dir == "explainers" && slices.Contains(sideKeys, key) {
		if side[folder] == nil {
			side[folder] = map[string]entry{}
		}
		side[folder][key] = e
		return nil
	}
	if ext := path.Ext(below); ext == ".yaml" || ext == ".yml" {
		return []diag.Diagnostic{unread(e, "nothing reads this file: "+strings.Join(sideKeys, ", ")+" may have a .yaml file of their own")}
	}
	f.assets[folder] = append(f.assets[folder], e)
	return nil
}

// noDocument is about a file beside the documents that is none of them: what
// holds text was probably meant to be one.
func noDocument(e entry, dir string) diag.Diagnostic {
	ext := path.Ext(e.path)
	stem := strings.TrimSuffix(path.Base(e.path), ext)
	switch strings.ToLower(ext) {
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx":
		d := unread(e, "nothing reads this file: the names of documents end in .md")
		d.Hint = "rename it to content/" + dir + "/" + documentID(stem) + ".md, or move it out of content/"
		return d
	case ".docx", ".doc", ".odt", ".rtf", ".html", ".htm", ".txt", ".pages", ".rst", ".adoc":
		d := unread(e, "nothing reads this file: documents are Markdown, and their names end in .md")
		d.Hint = "save its text as Markdown in content/" + dir + "/" + documentID(stem) + ".md"
		return d
	}
	d := unread(e, "nothing reads this file: documents end in .md, and their pictures lie in a folder of the document's name")
	d.Hint = "move it into its document's folder, such as content/" + dir + "/" + documentID(stem) + "/; or remove it"
	return d
}

func (f *found) addDocument(e entry, dir, stem, folder string) []diag.Diagnostic {
	id, edition, _ := strings.Cut(stem, ".")
	s := source{id: id, edition: edition, main: e, folder: dir + "/" + id}
	switch dir {
	case "explainers":
		s.kind = explainerDoc
	case "glossary":
		s.kind = termDoc
	case "pages":
		s.kind = pageDoc
	}
	if !ValidID(id) {
		return []diag.Diagnostic{fileError("content", e.path, "file-name",
			"the name of a document is its address, and this one can't be: it takes lower-case letters, digits and single hyphens",
			"rename it"+suggestID(id, dir))}
	}
	if edition != "" && (s.kind != explainerDoc || !lang.Valid(edition)) {
		return []diag.Diagnostic{badEdition(e, s.kind, id, edition)}
	}
	f.sources = append(f.sources, s)
	return nil
}

// badEdition is about a name such as utc.2024.md.
func badEdition(e entry, k kind, id, edition string) diag.Diagnostic {
	message, hint := "“"+edition+"” in the name is no language that an explainer can be in", "name it "+id+".md, or "+id+".fr.md for a French edition"
	if k != explainerDoc {
		message, hint = "“."+edition+"” in the name: only explainers have editions in other languages", "name it "+id+".md"
	}
	return fileError("content", e.path, "file-name", message, hint)
}

// orphans tells of lists and assets whose document is not there.
func (f *found) orphans(side map[string]map[string]entry) (ds []diag.Diagnostic) {
	owned := map[string]bool{}
	for _, s := range f.sources {
		owned[s.folder] = true
	}
	for _, lists := range side {
		for _, e := range lists {
			ds = append(ds, fileError("content", e.path, "no-document", "this list belongs to no explainer", "write content/"+path.Dir(e.path)+".md beside the folder"))
		}
	}
	for folder, assets := range f.assets {
		if !owned[folder] {
			for _, e := range assets {
				ds = append(ds, unread(e, "this folder belongs to no document: there is no content/"+folder+".md"))
			}
			delete(f.assets, folder)
		}
	}
	return ds
}

// twice tells of documents that stand both as id.md and as id/index.md.
func (f *found) twice() (ds []diag.Diagnostic) {
	first := map[string]entry{}
	for _, s := range f.sources {
		key := s.folder + "." + s.edition
		if e, ok := first[key]; ok {
			d := fileError("content", s.main.path, "two-documents", "this document stands in two files", "keep one of them")
			d.Related = []diag.Related{{Message: "the other one", At: diag.Place{File: "content/" + e.path}}}
			ds = append(ds, d)
			continue
		}
		first[key] = s.main
	}
	return ds
}

func unread(e entry, message string) diag.Diagnostic {
	d := fileError("content", e.path, "unread-file", message, "move it, or remove it")
	d.Severity = diag.Warning
	return d
}
