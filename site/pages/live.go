package pages

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// Live is what readers have: what the manifest of the last publication says.
type Live struct {
	Files     []string            // slash paths, sorted
	Redirects []string            // site paths that lead on, sorted; most have a file, too. Of a sitemap, all
	Questions map[string][]string // the ids of each explainer's questions, by its site path
}

// Of a lost address, the name of the rule and why it matters: check holds it, too.
const (
	LostAddress = "lost-address"
	WhyLost     = "others link to it, and a broken promise costs readers' trust"
)

// Succeed makes the book the successor of what is live, before any page is
// opened. Derived pages that are no more (a page of a list, a year, a card, a
// picture to share) lead from now on to the page that has their content. What
// a writer named and is no more is reported, as by Lost.
func (b *Book) Succeed(live *Live) []diag.Diagnostic {
	s := b.succession(live)
	b.inherited = s.derived
	for _, r := range s.derived {
		if path.Ext(filePath(r.from)) != ".html" || !s.fits(r.from) {
			continue // hosts alone can lead on
		}
		at, _, _ := strings.Cut(r.to, "#")
		name := ""
		if e := s.explainers[at]; e != nil {
			name = e.Title
		}
		b.add(planned{path: r.from, layout: "redirect", lang: b.site.Config.Lang,
			view: func(bu *builder) any { return bu.redirect(r.to, name) }})
	}
	return s.lost
}

// Lost reports addresses and questions that are live and would be gone. Only
// those count that a writer named: explainers, questions, entries, topics,
// pages and aliases.
func (b *Book) Lost(live *Live) []diag.Diagnostic { return b.succession(live).lost }

// succession compares a book with what is live.
type succession struct {
	book       *Book
	live       *Live
	explainers map[string]*site.Explainer // public ones, by site path
	withdrawn  map[string]bool            // site paths of withdrawn ones
	moved      map[string]string          // by addressKey: where redirects lead
	held       map[string]string          // files that wait, by the address that they would have
	waiting    map[string]string          // likewise of entries: the first document that uses each
	folders    map[string]bool            // by addressKey: those that hold pages; made when asked
	fresh      map[string]fresh           // by folder; made when asked
	ids        map[string]string          // files by their ids; made when asked
	titles     map[string]string          // likewise by what their titles make
	derived    []redirection              // from addresses whose content other pages have, sorted
	lost       []diag.Diagnostic
	more       int // that are lost, beyond mostLost
}

// mostLost is how many are reported one by one: a manifest may be of another site.
const mostLost = 1000

func (b *Book) succession(live *Live) *succession {
	s := &succession{book: b, live: live, explainers: map[string]*site.Explainer{},
		withdrawn: map[string]bool{}, moved: map[string]string{}, held: map[string]string{},
		waiting: map[string]string{}}
	if len(live.Files)+len(live.Redirects)+len(live.Questions) == 0 {
		return s
	}
	for _, e := range b.site.Explainers {
		s.explainers[explainerPath(e)] = e
	}
	for _, e := range b.site.Withdrawn {
		s.withdrawn[explainerPath(e)] = true
	}
	for _, r := range b.redirects {
		s.moved[addressKey(r.from)] = b.there(r.to)
	}
	for _, h := range b.site.Held {
		s.held[heldPath(h.Path)] = h.Path
	}
	for _, w := range b.site.Waiting {
		if w.Name == "" {
			s.held[heldPath(w.Path)], s.waiting[heldPath(w.Path)] = w.Path, w.With
		}
	}
	for _, f := range live.Files {
		if !isPart(f) && b.Find(f) < 0 {
			s.miss(sitePath(f), false)
		}
	}
	for _, r := range live.Redirects {
		if _, file := slices.BinarySearch(live.Files, filePath(r)); !file && b.Find(r) < 0 {
			s.miss(r, true)
		}
	}
	slices.SortFunc(s.derived, func(a, b redirection) int { return strings.Compare(a.from, b.from) })
	for _, page := range slices.Sorted(maps.Keys(live.Questions)) {
		s.compareQuestions(page, live.Questions[page])
	}
	if s.more > 0 {
		s.lost[mostLost-1].Message += fmt.Sprintf("; and so it is with %d more", s.more)
	}
	return s
}

// isPart reports whether a file is no address of its own, but what pages load: an asset,
// or a part of the search index, beside which the pages of the list of titles lie.
func isPart(f string) bool {
	return strings.HasPrefix(f, assetsPath) ||
		strings.HasPrefix(f, searchPath) && !strings.HasPrefix(f, searchPath+"page/")
}

// miss takes down a live address that the book lacks.
func (s *succession) miss(p string, redirect bool) {
	parent, derived := parentOf(p)
	switch to, led := s.heir(p); {
	case led:
		s.derived = append(s.derived, redirection{p, to})
	case derived && s.has(parent), !derived && !redirect && !isPage(p), s.wentAlong(p):
		// reported with its page, or nobody's address, or taken down
	default:
		s.missPage(p)
	}
}

// has reports whether an address is live.
func (s *succession) has(p string) bool {
	_, file := slices.BinarySearch(s.live.Files, filePath(p))
	_, redirect := slices.BinarySearch(s.live.Redirects, p)
	return file || redirect
}

// compareQuestions reports a page's questions that are no more. Where the page
// leads elsewhere, they are looked for there.
func (s *succession) compareQuestions(page string, ids []string) {
	at, _ := s.heir(page)
	at, _, _ = strings.Cut(at, "#")
	e := s.explainers[at]
	if e == nil {
		return // reported as an address, withdrawn, or not ours
	}
	for _, id := range ids {
		if asks(e, id) || e.DroppedQuestion(id) { // which is reported where it was borrowed
			continue
		}
		hint := fmt.Sprintf("add “%[1]s” to the aliases of the question that stands for it; or, where "+
			"its heading is all there is of it, write {#%[1]s} behind that", id)
		if now := onlyNew(e, ids); now != "" && e.Edition == "" {
			hint += fmt.Sprintf("; where it is “%s” now, “nutgraf mv %s#%s %[1]s” does it", now, e.ID, id)
		}
		s.report(diag.Place{File: e.Path}, "/"+page+"#"+id, "no question here has that id any more",
			hint, s.keepID(e, ids, id)...)
	}
}

// onlyNew is the only question of an explainer that readers have not seen, where they miss only
// one; "" where there is none.
func onlyNew(e *site.Explainer, live []string) (now string) {
	gone := 0
	for _, id := range live {
		if !asks(e, id) {
			gone++
		}
	}
	for _, q := range e.Questions {
		if !slices.ContainsFunc(live, q.Called) {
			if now != "" {
				return ""
			}
			now = q.ID
		}
	}
	if gone != 1 {
		return ""
	}
	return now
}

// keepID is the fix for an id that is gone where it was made of a question's words, which are the
// same still, and the question has another id now, which nobody has seen.
func (s *succession) keepID(e *site.Explainer, live []string, id string) []diag.Edit {
	for _, q := range e.Questions {
		if markdown.Slug(q.Text) == id && !slices.Contains(live, q.ID) {
			return q.WithOldID(s.book.site.FileData(q.At.File), id)
		}
	}
	return nil
}

// missPage reports a page that is no more, or not yet again.
func (s *succession) missPage(p string) {
	file, gone := s.held[p], "this site has no such page"
	if file != "" {
		gone = "this build holds it back"
	}
	hint := fmt.Sprintf("add “/%s” to the aliases of the page that stands for it, or to redirects:", p)
	switch {
	case strings.HasPrefix(file, "content/"+explainersPath):
		hint = "publish it as it was, or write status: withdrawn: readers see a note then, and the address stays"
	case file != "":
		hint = fmt.Sprintf("publish it as it was, or add “/%s” to redirects: in content/site.yaml", p)
	case strings.HasPrefix(p, topicsPath):
		hint = fmt.Sprintf("add “/%s” to redirects: in content/site.yaml, with the page for it", p)
	}
	var fix []diag.Edit
	if file == "" {
		if better, write := s.guess(p); better != "" {
			hint, fix = better, write
		}
	}
	s.report(diag.Place{File: file}, "/"+p, gone, hint, fix...)
}

// renamed is the explainer that an address surely was before its file got another name: a new one,
// and the only one that asks the same questions. It is nil where there is none.
func (s *succession) renamed(p string) (is *site.Explainer) {
	ids := s.live.Questions[p]
	if len(ids) == 0 || len(s.lost) == mostLost {
		return nil
	}
	for at, e := range s.explainers {
		if len(e.Questions) != len(ids) ||
			slices.ContainsFunc(ids, func(id string) bool { return !asks(e, id) }) || s.has(at) {
			continue
		}
		if is != nil {
			return nil
		}
		is = e
	}
	return is
}

func (s *succession) report(at diag.Place, address, gone, hint string, fix ...diag.Edit) {
	severity := diag.Warning
	switch s.book.site.Config.Check[LostAddress] {
	case "off":
		return
	case "error":
		severity = diag.Error
	}
	if len(s.lost) == mostLost {
		s.more++
		return
	}
	s.lost = append(s.lost, diag.Diagnostic{Severity: severity, Rule: LostAddress, At: at,
		Message: fmt.Sprintf("%s is live, and %s", address, gone), Why: WhyLost, Hint: hint, Fix: fix})
}

// heldPath is the address that a file's explainer, entry or page would have.
func heldPath(file string) string {
	p := strings.TrimSuffix(strings.TrimPrefix(file, "content/"), ".md")
	dir, id := path.Split(strings.TrimSuffix(p, "/index"))
	id, edition, _ := strings.Cut(id, ".")
	return path.Join(strings.ToLower(edition), strings.TrimPrefix(dir, "pages/"), id) + "/"
}

// heir returns the address that has now what p had: p itself, where p leads to,
// or, for a derived page, what its parent has become. ok is false where nothing
// is left.
func (s *succession) heir(p string) (at string, ok bool) {
	if s.book.Find(p) >= 0 {
		return s.follow(p)
	}
	parent, derived := parentOf(p)
	if !derived {
		return "", false
	}
	if at, ok = s.book.merged(p, s.explainers[parent]); ok {
		return at, true
	}
	if at, ok = s.heir(parent); !ok || s.withdrawn[at] {
		return "", false
	}
	rest := strings.TrimPrefix(p, parent)
	moved := at + rest
	if at != parent && s.book.Find(moved) >= 0 {
		return s.follow(moved)
	}
	if to, merged := s.book.merged(moved, s.explainers[at]); merged {
		return to, true
	}
	if e, id := s.explainers[at], strings.TrimSuffix(rest, "/"); e != nil && asks(e, id) {
		return at + "#" + id, true
	}
	return at, true
}

// follow returns where an address of the book leads.
func (s *succession) follow(p string) (string, bool) {
	const most = 8 // more are a circle
	for range most {
		to, moved := s.moved[addressKey(p)]
		if i := s.book.Find(p); !moved && i >= 0 {
			p = s.book.page(i).path
		}
		if !moved {
			return p, true
		}
		p = to
	}
	return "", false
}

// wentAlong reports whether an address went with a withdrawn explainer: of an entry
// that only it uses, or a topic whose last one it was. A takedown must not wait for
// redirects, nor must they keep the names.
func (s *succession) wentAlong(p string) bool {
	return slices.ContainsFunc(s.book.site.Withdrawn, func(e *site.Explainer) bool {
		return s.waiting[p] == e.Path ||
			slices.ContainsFunc(e.Topics, func(t *site.Topic) bool { return topicPath(t) == p })
	})
}

// fits reports whether a file can lie at p: no folder above it is a file, and
// it is no folder.
func (s *succession) fits(p string) bool {
	if s.folders == nil {
		s.folders = map[string]bool{}
		for i := range s.book.plan {
			eachFolder(s.book.plan[i].path, func(dir string) { s.folders[dir] = true })
		}
	}
	fits := !s.folders[fold(p)]
	eachFolder(p, func(dir string) {
		if _, file := s.book.paths[dir]; file {
			fits = false
		}
	})
	return fits
}

// eachFolder calls f with the key of each folder above p.
func eachFolder(p string, f func(dir string)) {
	p = fold(p)
	for end := range len(p) {
		if p[end] == '/' {
			f(p[:end])
		}
	}
}

// asks reports whether a question of the explainer has the id, or had it before.
func asks(e *site.Explainer, id string) bool {
	return slices.ContainsFunc(e.Questions, func(q *document.Question) bool {
		return q.ID == id || slices.Contains(q.Aliases, id)
	})
}
