package pages

import (
	"path"
	"slices"
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
)

// checkReservedNames reports names whose address is one that we need, or shall need when a list
// has grown. Which those are the plan says, so that a page that is added to it is safe.
func (b *Book) checkReservedNames() {
	pages, _, _ := strings.Cut(pagePath("", 1), "/")
	index := strings.TrimSuffix(filePath(""), ".html")
	stems, folders := map[string]bool{}, map[string]bool{}
	for i := range b.plan {
		p := &b.plan[i]
		if p.at.File == "" {
			folder, _, _ := strings.Cut(p.path, "/")
			folders[folder] = true
		}
		if stem, ok := strings.CutSuffix(p.path, ".html"); ok && b.isOurs(p) {
			stems[stem[strings.LastIndexByte(stem, '/')+1:]] = true
		}
	}
	for i := range b.plan {
		p := &b.plan[i]
		dir, isDir := strings.CutSuffix(p.path, "/")
		at := strings.LastIndexByte(dir, '/') + 1
		above, name := dir[:at], dir[at:]
		switch {
		case !isDir || p.layout == "redirect":
		case name == pages && b.isList(above):
			b.reportReserved(p, "/"+above+" has its pages there when it is long enough")
		case name == index && b.Find(above) >= 0, stems[name] && b.Find(dir+".html") >= 0:
			b.reportReserved(p, "many hosts show /"+dir+".html there")
		case p.layout == "plain" && folders[dir]:
			b.reportReserved(p, "files of every site lie there")
		}
	}
}

// isOurs reports a page that is no copy of a file and no old address.
func (b *Book) isOurs(p *planned) bool { return p.open == nil && p.layout != "redirect" }

// isList reports whether an address is that of a page that may go on behind page/.
func (b *Book) isList(p string) bool {
	i := b.Find(p)
	return i >= 0 && kindOf(b.page(i).layout).grows == yes
}

// otherName is how to give a page an address that nothing else needs.
func otherName(p *planned) string {
	id := path.Base(p.path) + "-2"
	switch {
	case p.layout == "card" || p.layout == "embed":
		return "give the question another id: {#" + id + "} behind its heading, or id: " + id + " in questions"
	case strings.HasSuffix(p.at.File, "/index.md") && strings.Count(p.at.File, "/") > 2:
		return "rename its folder, to " + path.Join(path.Dir(path.Dir(p.at.File)), id) + "/ for one"
	case strings.HasSuffix(p.at.File, ".md"):
		return "rename it, to " + path.Join(path.Dir(p.at.File), id) + ".md for one"
	}
	return "choose another name"
}

// reportReserved reports a page whose address is reserved for another.
func (b *Book) reportReserved(p *planned, why string) {
	d := diag.Diagnostic{Severity: diag.Error, Rule: "same-address", Message: "the address /" + p.path +
		" is kept for the site itself", Why: why, Hint: otherName(p), At: p.at}
	switch p.layout {
	case "timeline":
		d.Hint = "give the tag another name, such as " + path.Base(p.path) + "-2"
	case "topic":
		d.Hint = "give the topic another name, such as " + path.Base(p.path) + "-2"
		i := slices.IndexFunc(b.site.Topics, func(t *site.Topic) bool { return topicPath(t) == p.path })
		d.At.File = b.site.Topics[i].Explainers[0].Path
	}
	b.diags = append(b.diags, d)
}
