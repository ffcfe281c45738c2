package document

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/lang"
	"nutgraf/site/markdown"
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

	Misnamed map[string]bool // folder/id of documents whose files' names are reported
}

// ValidID reports whether a document may be called id: it is a file's name and
// a part of an address.
func ValidID(id string) bool { return markdown.IsID(id) && !reservedName(id) }

// sideKeys are the keys of an explainer that may stand in a file of their own.
var sideKeys = []string{"questions", "timeline", "sources", "images", "updates"}

// Discover sorts the files of content/ into documents, data and assets. A file
// that nothing reads is reported, not passed over.
func Discover(entries []Entry) (Found, []diag.Diagnostic) {
	f := Found{Data: map[string]Entry{}, Assets: map[string][]Entry{}, Misnamed: map[string]bool{}}
	var ds []diag.Diagnostic
	side := map[string]map[string]Entry{} // by folder
	for _, e := range entries {
		dir, rest, nested := strings.Cut(e.Path, "/")
		switch {
		case !nested:
			ds = append(ds, f.addData(e)...)
		case dir != "explainers" && dir != "glossary" && dir != "pages":
			d := Unread(e, "nothing reads this folder: content/ holds explainers, glossary and pages")
			if near, ok := diag.Nearest(dir, documentFolders); ok && path.Ext(rest) == ".md" {
				d.Hint = "move it to content/" + near + "/" + rest
			}
			if dir == "static" || dir == "templates" {
				d.Hint = "move the folder out of content/, beside it: " + dir + "/"
			}
			if slices.Contains(postFolders, strings.ToLower(dir)) && path.Ext(rest) == ".md" {
				d.Hint = "move it to content/explainers/" + path.Base(rest)
			} else if stem, ok := strings.CutSuffix(rest, ".md"); ok && lang.NamedTag(dir) != "" {
				d.Message = "nothing reads this folder: the language of an explainer stands in " +
					"its file's name"
				d.Hint = "move it to content/explainers/" + path.Base(stem) + "." +
					lang.NamedTag(dir) + ".md"
			}
			ds = append(ds, d)
		default:
			ds = append(ds, f.addFile(e, dir, rest, side)...)
		}
	}
	for i := range f.Files {
		if s := &f.Files[i]; s.kind == explainerDoc && s.Edition == "" {
			folder := norm.NFC.String(s.Folder)
			s.Side = side[folder]
			delete(side, folder)
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
	stem, isMarkdown := strings.CutSuffix(strings.ToLower(e.Path), ".md")
	switch {
	case strings.Trim(stem, "_") == "index" || stem == "readme":
		d.Message = "nothing reads this file: what the home page says is made of site.yaml and the explainers"
		d.Hint = "remove it, or move what it says into content/pages/about.md"
	case isMarkdown && slices.Contains(plainNames, stem):
		d.Message = "nothing reads this file: plain pages lie in content/pages/"
		d.Hint = "move it to content/pages/" + stem + ".md"
	}
	return []diag.Diagnostic{d}
}

// documentFolders are the folders that content/ holds.
var documentFolders = []string{"explainers", "glossary", "pages"}

// postFolders are where other programs have what explainers are here.
var postFolders = strings.Fields("posts _posts post articles blog _articles news faq questions")

// plainNames are pages that most sites have, and that are no explainers.
var plainNames = strings.Fields(`about contact imprint impressum kontakt contacto apropos privacy datenschutz
	terms legal cookies accessibility corrections ethics team masthead newsletter donate`)

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
	key := norm.NFC.String(folder)
	if stem, ok := strings.CutSuffix(below, ".md"); ok && !strings.Contains(below, "/") {
		if stem == "index" || strings.HasPrefix(stem, "index.") {
			return f.addDocument(e, dir, name+strings.TrimPrefix(stem, "index"), folder)
		}
		hint := "move it to content/" + dir + "/, or name it index.md"
		if tag := lang.NamedTag(name); tag != "" && dir == "explainers" {
			hint = "move it to content/" + dir + "/" + documentID(stem) + "." + tag + ".md: the " +
				"language stands in the name"
		}
		return []diag.Diagnostic{FileError("content", e.Path, "stray-document",
			"a Markdown file in a document's own folder is never published", hint)}
	}
	if list, ok := strings.CutSuffix(below, ".yaml"); ok && dir == "explainers" && slices.Contains(sideKeys, list) {
		if side[key] == nil {
			side[key] = map[string]Entry{}
		}
		side[key][list] = e
		return nil
	}
	if ext := path.Ext(below); ext == ".yaml" || ext == ".yml" {
		return []diag.Diagnostic{Unread(e, "nothing reads this file: "+strings.Join(sideKeys, ", ")+
			" may have a .yaml file of their own")}
	}
	f.Assets[key] = append(f.Assets[key], e)
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
	name, edition, _ := strings.Cut(stem, ".")
	id := norm.NFC.String(name) // as macOS stores it, marks stand alone
	s := Files{ID: id, Edition: edition, Main: e, Folder: dir + "/" + name}
	switch dir {
	case "explainers":
		s.kind = explainerDoc
	case "glossary":
		s.kind = termDoc
	case "pages":
		s.kind = pageDoc
	}
	if !ValidID(id) {
		f.Misnamed[dir+"/"+markdown.Slug(name)] = true
		return []diag.Diagnostic{FileError("content", e.Path, "file-name",
			"the name of a document is its address, and this one can't be: it takes lower-case "+
				"letters, digits and single hyphens",
			suggestName(e.Path, dir, stem))}
	}
	if edition != "" && (s.kind != explainerDoc || !lang.Valid(edition)) {
		return []diag.Diagnostic{badEdition(e, s.kind, id, edition)}
	}
	f.Files = append(f.Files, s)
	return nil
}

// suggestName is how to rename a document to what would do.
func suggestName(file, dir, stem string) string {
	name, edition, _ := strings.Cut(stem, ".")
	if edition != "" && lang.Valid(edition) {
		edition = "." + edition
	} else {
		name, edition = stem, ""
	}
	id := notionSum.ReplaceAllString(markdown.Slug(name), "")
	rest, tag := cutLanguage(name)
	switch {
	case edition == "" && dir == "explainers" && ValidID(rest):
		return "rename it to content/" + dir + "/" + rest + "." + tag + ".md if it is an " +
			"edition in another " +
			"language, and else to content/" + dir + "/" + id + ".md"
	case !ValidID(id):
		return "give it another name, such as content/" + dir + "/one" + edition + ".md"
	case strings.Count(file, "/") > 1:
		return "rename its folder to content/" + dir + "/" + id + "/"
	}
	return "rename it to content/" + dir + "/" + id + edition + ".md"
}

// cutLanguage cuts a language off the end of a name, behind a low line: gate_fr.
func cutLanguage(name string) (id, tag string) {
	i := strings.LastIndexByte(name, '_')
	if i > 0 && len(name)-i == len("_pt_BR") {
		i = strings.LastIndexByte(name[:i], '_')
	}
	if i < 1 || !slices.Contains([]int{3, 6}, len(name)-i) {
		return "", ""
	}
	if tag = lang.NamedTag(name[i+1:]); tag == "" {
		return "", ""
	}
	return markdown.Slug(name[:i]), tag
}

// badEdition is about a name such as utc.2024.md.
func badEdition(e Entry, k kind, id, edition string) diag.Diagnostic {
	message, hint := "“"+edition+"” in the name is no language that an explainer can be in",
		"name it "+cmp.Or(markdown.Slug(id+"."+edition), id)+".md, or "+id+".fr.md for a French edition"
	if tag := lang.Tag(edition); tag != "" && tag != edition && k == explainerDoc {
		message, hint = "“"+edition+"” in the name is no tag of a language", "rename it to "+
			"content/explainers/"+id+"."+tag+".md"
	}
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
		owned[norm.NFC.String(s.Folder)] = true
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
	first := map[string]Files{}
	for _, s := range f.Files {
		key := path.Dir(s.Folder) + "/" + markdown.FoldID(s.ID) + "." + s.Edition
		if other, ok := first[key]; ok {
			d := FileError("content", s.Main.Path, "two-documents",
				"this document stands in two files", "keep one of them")
			if other.ID != s.ID {
				d.Message = "the names of two documents are alike: “" + other.ID + "” and “" + s.ID + "”"
				d.Why = "disks and hosts that don't distinguish capitals take them for one"
				d.Hint = "rename one of them"
			}
			d.Related = []diag.Related{{Message: "the other one", At: diag.Place{File: "content/" + other.Main.Path}}}
			ds = append(ds, d)
			continue
		}
		first[key] = s
	}
	return ds
}

// Unread warns of a file of content that nothing reads.
func Unread(e Entry, message string) diag.Diagnostic {
	d := FileError("content", e.Path, "unread-file", message, "move it, or remove it")
	d.Severity = diag.Warning
	return d
}
