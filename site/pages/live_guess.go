package pages

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// fresh is what a folder of documents has that readers have not, and the other way round.
type fresh struct {
	page       string // the site path of one of the new ones
	more, gone int    // how many new ones there are, and how many are gone
}

// onlyFresh is the page that an address may have become: the only new one of its folder, where only
// one of its addresses is gone. It is "" where there is none.
func (s *succession) onlyFresh(p string) string {
	folder, id := path.Split(strings.TrimSuffix(p, "/"))
	if !strings.HasSuffix(p, "/") || id == "" || folder != "" && !isDocuments(folder) {
		return ""
	}
	f, ok := s.fresh[folder]
	if !ok {
		f = s.freshIn(folder)
		if s.fresh == nil {
			s.fresh = map[string]fresh{}
		}
		s.fresh[folder] = f
	}
	if f.more != 1 || f.gone != 1 {
		return ""
	}
	return f.page
}

// isDocuments reports the folder of the addresses of explainers, in any edition, or of entries.
func isDocuments(folder string) bool {
	return folder == glossaryPath || path.Base(folder)+"/" == explainersPath
}

// freshIn compares the addresses right below a folder.
func (s *succession) freshIn(folder string) (f fresh) {
	direct := func(p string) bool {
		rest, ok := strings.CutPrefix(p, folder)
		return ok && strings.IndexByte(rest, '/') == len(rest)-1 && len(rest) > 1
	}
	for _, file := range s.live.Files {
		if p := sitePath(file); direct(p) && s.book.Find(p) < 0 {
			f.gone++
		}
	}
	add := func(p string) {
		if direct(p) && !s.has(p) {
			f.page, f.more = p, f.more+1
		}
	}
	for p := range s.explainers {
		add(p)
	}
	for _, t := range s.book.site.Terms {
		add(termPath(t))
	}
	for _, g := range s.book.site.Pages {
		add(plainPath(g))
	}
	return f
}

// guess is what to do for an address that is gone where that is clear, and the fix that does it; ""
// where it isn't.
func (s *succession) guess(p string) (hint string, fix []diag.Edit) {
	if e := s.renamed(p); e != nil {
		hint = fmt.Sprintf("%s asks the same questions: add “/%s” to its aliases", e.Path, p)
		if old := path.Base(p); old != e.ID && e.Edition == "" {
			hint += fmt.Sprintf("; “nutgraf mv %s %s” does it, and mends what links to it", old, e.ID)
		}
		return hint, front.AddItem(e.Path, s.book.site.FileData(e.Path), "aliases", "/"+p)
	}
	if why := document.NoOldPath(url.PathEscape("/" + p)); why != "" {
		return "no alias can lead on from it: " + why, nil
	}
	if now := s.onlyFresh(p); now != "" {
		return fmt.Sprintf("add “/%s” to the aliases of the page that stands for it; where it is /%s "+
			"now, “nutgraf mv %s %s” does it, and mends what links to it", p, now, path.Base(p),
			path.Base(now)), nil
	}
	return s.meantBy(p)
}

// What other programs put before or behind a name: a day, the ending of a page; and their folders
// of topics.
var (
	dayBefore  = regexp.MustCompile(`^\d{4}-\d\d-\d\d-`)
	pageEnding = regexp.MustCompile(`(?i)\.(?:html?|php|aspx?)$`)
	topicLike  = regexp.MustCompile(`(?i)(?:^|/)(?:tags?|categor(?:y|ies)|topics?)/[^/]+/?$`)
)

// meantBy is what to do for an address of another program's site where only one document, or one
// topic, has its name, and the fix that does it; "" where there is none.
func (s *succession) meantBy(p string) (hint string, fix []diag.Edit) {
	name := pageEnding.ReplaceAllString(path.Base(pageEnding.ReplaceAllString(p, "")), "")
	if folder := path.Dir(p); name == "index" && folder != "." {
		name = path.Base(folder)
	}
	slug := markdown.Slug(dayBefore.ReplaceAllString(name, ""))
	if topicLike.MatchString(p) {
		for _, t := range s.book.site.Topics {
			if t.Slug == slug {
				return fmt.Sprintf("write “/%s: /%s” under redirects: in content/site.yaml", p,
					topicPath(t)), nil
			}
		}
		return "", nil
	}
	file := s.fileCalled(slug)
	if file == "" {
		return "", nil
	}
	if strings.ContainsAny(p, ",'#:&!@%= ") { // which YAML may take for a sign of its own
		return fmt.Sprintf("%s has the same name: add “/%s” to its aliases, in quotes", file, p), nil
	}
	return fmt.Sprintf("%s has the same name: add “/%s” to its aliases", file, p),
		front.AddItem(file, s.book.site.FileData(file), "aliases", "/"+p)
}

// fileCalled is the file of the only document with an id, or else whose title makes it; "" where
// there is none, or there are several. Of editions it is the first.
func (s *succession) fileCalled(slug string) string {
	if s.ids == nil {
		s.ids, s.titles = map[string]string{}, map[string]string{}
		for _, e := range s.explainers {
			if e.Edition == "" {
				s.call(e.Path, e.ID, e.Title)
			}
		}
		for _, t := range s.book.site.Terms {
			s.call(t.Path, t.ID, t.Name)
		}
		for _, g := range s.book.site.Pages {
			s.call(g.Path, g.ID, g.Title)
		}
	}
	if file, ok := s.ids[slug]; ok {
		return file
	}
	return s.titles[slug]
}

// call notes what a document is called; what several are called stands for none.
func (s *succession) call(file, id, title string) {
	note := func(files map[string]string, name string) {
		if _, taken := files[name]; taken || name == "" {
			files[name] = ""
			return
		}
		files[name] = file
	}
	note(s.ids, id)
	if title = markdown.Slug(title); title != id {
		note(s.titles, title)
	}
}
