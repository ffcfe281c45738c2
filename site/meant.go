package site

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// A reference that leads nowhere often names something that is there, as another tool, another
// disk or a browser would. Here is found what was meant; only where there is a mistake.

// Meant returns what to write, in a document's file, in the place of a target that leads nowhere:
// "" where nothing is found. The documents, their files and static/ are looked through.
func (s *Site) Meant(file, target string) string {
	o := Origin{Term: s.TermAt(file), Page: s.PageAt(file)}
	if e := s.byID[documentKey(file)]; e != nil {
		o.Explainer = e
	} else if e := s.heldByID[documentKey(file)]; e != nil {
		o.Explainer = e
	}
	if folder, _ := o.folder(); folder == "" {
		return ""
	}
	name, anchor, _ := strings.Cut(target, "#")
	return s.meant(o, name, anchor)
}

func (s *Site) meant(o Origin, file, anchor string) string {
	file, _, _ = strings.Cut(strings.ReplaceAll(file, `\`, "/"), "?")
	if i := strings.Index(file, ":/"); i >= 0 {
		file = file[i+1:] // of a disk, or of file:///
	}
	place := ""
	if anchor != "" {
		place = "#" + anchor
	}
	if p := s.meantDocument(o, file); p != "" {
		return p + place
	}
	return s.meantFile(o, file)
}

// address matches what is an address in all but its scheme; what may be its top-level domain.
var (
	bareAddress = regexp.MustCompile(`^(?i:https?:?/*)?((?:[\pL\pN][\pL\pN\pM-]*\.)+([\pL\pM]{2,}))(:\d+)?([/?#].*)?$`)
	mailAddress = regexp.MustCompile(`^[\pL\pN._%+-]+@(?:[\pL\pN-]+\.)+\pL{2,}$`)
	doi         = regexp.MustCompile(`^10\.\d{4,9}/\S+$`)
	datedName   = regexp.MustCompile(`^\d{4}-\d\d-\d\d-`)
)

// endings are the ends of files' names that could be those of hosts, too.
var endings = strings.Fields("md mdx markdown html htm php asp aspx jsp txt pdf doc docx odt rtf xls " +
	"xlsx ods csv tsv мд json xml yaml yml zip gz jpg jpeg png gif webp avif svg heic tif tiff bmp raw mp " +
	"mov avi webm ogg mkv wav epub js css")

// elsewhere returns the whole address of what is one in all but its scheme, or "".
func elsewhere(file string) string {
	switch {
	case mailAddress.MatchString(file):
		return "mailto:" + file
	case doi.MatchString(file):
		return "https://doi.org/" + file
	}
	m := bareAddress.FindStringSubmatch(file)
	www := m != nil && strings.HasPrefix(strings.ToLower(m[1]), "www.")
	if m == nil || !www && !strings.HasPrefix(m[4], "/") && slices.Contains(endings, strings.ToLower(m[2])) {
		return ""
	}
	return "https://" + m[1] + m[3] + m[4]
}

// meantDocument finds a document by the name that it has in another tool or folder.
func (s *Site) meantDocument(o Origin, file string) string {
	parts := strings.Split(strings.Trim(file, "/"), "/")
	name := parts[len(parts)-1]
	for _, ext := range []string{".md", ".markdown", ".mdx", ".html", ".htm", ".php"} {
		name = strings.TrimSuffix(name, ext)
	}
	if name == "index" || name == "_index" {
		if parts = parts[:len(parts)-1]; len(parts) == 0 {
			return ""
		}
		name = parts[len(parts)-1]
	} else if ext := path.Ext(name); ext != "" && slices.Contains(endings, ext[1:]) {
		return ""
	}
	own, _, _ := strings.Cut(o.file(), "/")
	folders := slices.Concat(parts[:len(parts)-1], []string{own, "explainers", "glossary", "pages"})
	for _, id := range []string{norm.NFC.String(name), markdown.Slug(name),
		markdown.Slug(datedName.ReplaceAllString(name, ""))} {
		for _, folder := range folders {
			if p := s.documentIn(folder, id); p != "" {
				return fromHere(o.file(), p)
			}
		}
	}
	return ""
}

// documentIn is the path, within content/, of a document of the folder; "" where there is none.
func (s *Site) documentIn(folder, id string) string {
	p := ""
	switch folder {
	case "explainers":
		if e := s.byID[id]; e != nil {
			p = e.Path
		} else if e := s.heldByID[id]; e != nil {
			p = e.Path
		}
	case "glossary":
		if t := s.termByID[id]; t != nil {
			p = t.Path
		}
	case "pages":
		if g := s.pageByID[id]; g != nil {
			p = g.Path
		} else if g := s.heldPages[id]; g != nil {
			p = g.Path
		}
	}
	return norm.NFC.String(strings.TrimPrefix(p, "content/"))
}

// file is the document's own path within content/.
func (o Origin) file() string {
	_, file := o.folder()
	return file
}

// fromHere is the path from one file to another, both within content/.
func fromHere(from, to string) string {
	dir := path.Dir(from)
	up := ""
	for dir != "." && !strings.HasPrefix(to, dir+"/") {
		up, dir = up+"../", path.Dir(dir)
	}
	return up + strings.TrimPrefix(to, strings.TrimPrefix(dir+"/", "./"))
}

// meantFile finds a picture or document that is there under a name that looks the same, or in
// another place.
func (s *Site) meantFile(o Origin, file string) string {
	folder, own := o.folder()
	base := path.Base(file)
	look := lookOf(base)
	if look == "" {
		return ""
	}
	static := strings.TrimPrefix(path.Clean("/"+strings.TrimLeft(file, "./")), "/")
	static = strings.TrimPrefix(static, "static/")
	best, rank := "", 9
	take := func(p string, r int) {
		if r < rank || r == rank && p < best {
			best, rank = p, r
		}
	}
	for p := range s.assets {
		switch name, within := strings.CutPrefix(p, folder+"/"); {
		case within && lookOf(path.Base(p)) == look:
			take(name, 0)
		case within && stemOf(path.Base(p)) == stemOf(base) &&
			(path.Ext(base) == "" || isPicture(p) && isPicture(base)):
			take(name, 2)
		case !within && strings.EqualFold(path.Base(p), base):
			take(fromHere(own, p), 4)
		}
	}
	for i := range s.Static {
		switch p := s.Static[i].Path; {
		case p == static:
			take("/"+p, 1)
		case strings.EqualFold(path.Base(p), base):
			take("/"+p, 3)
		}
	}
	return best
}

// isPicture reports a file's name that says so.
func isPicture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif", ".heic", ".tif", ".tiff", ".bmp":
		return true
	}
	return false
}

// onWeb reports the endings of pictures that browsers show, though we don't read them.
func onWeb(ext string) bool {
	ext = strings.ToLower(ext)
	return ext != ".heic" && ext != ".tif" && ext != ".tiff" && ext != ".bmp"
}

// lookOf is the same for names that look alike, or differ in what one disk distinguishes and
// another doesn't: case, blanks, how accents are stored, letters of other scripts.
func lookOf(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if ext == ".jpeg" || ext == ".jpe" {
		ext = ".jpg"
	}
	return stemOf(name) + ext
}

func stemOf(name string) string {
	stem, _ := diag.Latin(strings.ToLower(norm.NFKC.String(strings.TrimSuffix(name, path.Ext(name)))))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, stem)
}

// noFile is the problem of a name that no file and no document has. target is how it is written.
func (s *Site) noFile(o Origin, target, file, anchor string) *problem {
	if anchor != "" && target == file {
		target += "#" + anchor
	}
	if whole := elsewhere(target); whole != "" {
		scheme, _, _ := strings.Cut(whole, ":")
		return nowhere(fmt.Sprintf("“%s” has no %s: before it, and so is taken for the name of a file",
			document.Clip(target), scheme), "write "+whole).instead(target, whole)
	}
	p := nowhere(fmt.Sprintf("there is no file “%s”", document.Clip(file)), "")
	if plain := norm.NFKC.String(target); plain != target && strings.ContainsAny(target, "．／＃：？＿－") {
		p.message = fmt.Sprintf("“%s” has wide signs, which no address has", document.Clip(target))
		p.hint = "write " + plain
		return p.instead(target, plain)
	}
	switch {
	case local.MatchString(file):
		p.message = fmt.Sprintf("“%s” lies on your computer, where readers can't get it", document.Clip(file))
	case strings.HasPrefix(file, "@"):
		p.hint = "write the whole address, such as https://example.org/" + document.Clip(file)
		return p
	case strings.Contains(file, `\`) && !strings.ContainsAny(file, "?\x00"):
		p.message = fmt.Sprintf("“%s” has backslashes, which no address has", document.Clip(target))
	case strings.ContainsAny(file, "?\\\x00"):
		p.message = fmt.Sprintf("“%s” is no address on this site", document.Clip(target))
		p.hint = "write the file's name, or a path such as /about/"
	}
	if p := s.orMeant(p, o, file, anchor); p.write != "" || p.hint != "" {
		return p
	}
	if slashed := strings.ReplaceAll(target, `\`, "/"); slashed != target {
		p.hint = "write " + slashed
		return p.instead(target, slashed)
	}
	folder, own := o.folder()
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	p.hint = "put it into content/" + folder + "/"
	for _, lies := range []string{path.Join(path.Dir(own), file), path.Join(folder, file)} {
		if s.FileData("content/"+lies) != nil {
			p.message = fmt.Sprintf("“%s” does not lie in its document's folder, so it is not published",
				document.Clip(file))
			p.hint = "move content/" + lies + " to content/" + folder + "/, and write " + base
			return p
		}
	}
	if base != file {
		p.hint += ", and write " + base
	}
	names := s.assetNames(folder)
	if near, ok := diag.Nearest(base, names); ok {
		p.hint += "; or did you mean " + near + "?"
	} else if len(names) > 0 {
		p.hint += "; " + diag.NearestHint(base, names, "")
	}
	return p.oneOf(file, names)
}

// local matches what is a file's place on one computer.
var local = regexp.MustCompile(`^(?i:file:|[a-z]:[\\/]|~/)`)

// orMeant is the problem, or what to write where it is found what was meant.
func (s *Site) orMeant(p *problem, o Origin, file, anchor string) *problem {
	if p == nil || p.held || p.told {
		return p
	}
	meant := s.meant(o, file, anchor)
	if meant == "" {
		return p
	}
	p.hint = "write " + meant
	target := file
	if anchor != "" {
		target += "#" + anchor
	}
	return p.instead(target, meant)
}

// inMarkdown is the problem as it is told of a link or picture in a text, where a name with blanks
// stands between angle brackets.
func (p *problem) inMarkdown() *problem {
	if p != nil && strings.ContainsAny(p.write, " ()") {
		p.hint = "write <" + p.write + ">, with the angle brackets"
		p.write, p.word = "", ""
	}
	return p
}
