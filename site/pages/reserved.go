package pages

import (
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

// reportReserved reports a page whose address is reserved for another.
func (b *Book) reportReserved(p *planned, why string) {
	d := diag.Diagnostic{Severity: diag.Error, Rule: "same-address", Message: "the address /" + p.path + " is kept",
		Why: why, Hint: "choose another name", At: p.at}
	switch p.layout {
	case "card":
		d.Hint = "give the question another id"
	case "timeline":
		d.Hint = "give the tag another name"
	case "topic":
		d.Hint = "give the topic another name"
		i := slices.IndexFunc(b.site.Topics, func(t *site.Topic) bool { return topicPath(t) == p.path })
		d.At.File = b.site.Topics[i].Explainers[0].Path
	}
	b.diags = append(b.diags, d)
}
