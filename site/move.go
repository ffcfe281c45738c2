package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/front"
	"nutgraf/site/markdown"
)

// Name is what a document, or a question of one, is called.
type Name struct {
	Folder   string // "explainers", "glossary" or "pages"
	ID       string // of the document, without a language
	Question string // "" where the document is meant
}

// String is the name as a writer types it: isis-k, isis-k#who.
func (n Name) String() string {
	if n.Question == "" {
		return n.ID
	}
	return n.ID + "#" + n.Question
}

// Address is the site path, with a slash in front, that stands for the name in an edition, of
// which "" is the first.
func (n Name) Address(edition string) string {
	p := "/"
	if edition != "" {
		p += strings.ToLower(edition) + "/"
	}
	if n.Folder != "pages" {
		p += n.Folder + "/"
	}
	p += n.ID + "/"
	if n.Question != "" {
		p += "#" + n.Question
	}
	return p
}

// Move is what is to be done so that something gets another name.
type Move struct {
	Old, New Name
	// Files are the files of the document that get another name, from and to, as diagnostics name
	// files. Its folder, where there is one, gets another name, too: see Folders.
	Files [][2]string
	// Folders are the folder of the document's pictures before and afterwards, whether or not
	// there is one; "" where it keeps its name.
	Folders [2]string
	// Edits are the changes of each file, located and in order, by the name that it has so far.
	Edits map[string][]diag.Edit
	// Doubts are places that name it, and that no program can tell how to mend. With one of them
	// nothing should be done.
	Doubts []diag.Diagnostic
}

// Has reports whether the site has, or holds back, a document or a question of that name.
func (s *Site) Has(n Name) bool {
	return slices.ContainsFunc(s.called(n), func(d *document.Document) bool {
		return n.Question == "" || d.Explainer.Question(n.Question) != nil &&
			d.Explainer.Question(n.Question).ID == n.Question
	})
}

// Names are the names of all documents, held back or not, sorted.
func (s *Site) Names() (all []Name) {
	for _, d := range s.docs {
		if n := nameOf(d); !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(a, b Name) int {
		return strings.Compare(a.Folder+"/"+a.ID, b.Folder+"/"+b.ID)
	})
	return all
}

// Questions are the ids of the questions that any edition of an explainer asks, sorted.
func (s *Site) Questions(n Name) []string {
	all := map[string]bool{}
	for _, d := range s.called(n) {
		if d.Explainer != nil {
			for _, id := range d.Explainer.QuestionIDs() {
				all[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// called are the document of a name and its editions, in order of their files.
func (s *Site) called(n Name) (all []*document.Document) {
	for _, file := range slices.Sorted(maps.Keys(s.docs)) {
		d := s.docs[file]
		if is := nameOf(d); is.Folder == n.Folder && is.ID == n.ID &&
			(n.Question == "" || d.Explainer != nil) {
			all = append(all, d)
		}
	}
	return all
}

func nameOf(d *document.Document) Name {
	folder, _, _ := strings.Cut(d.Files.Main.Path, "/")
	return Name{Folder: folder, ID: d.Files.ID}
}

// mover finds what has to change. It never looks at what a reference leads to, but at what it
// says: so it mends the same whether or not the file has its new name already.
type mover struct {
	*Move
	site *Site
	done bool // the file, or the question, has its new name already
	data map[string][]byte
	part string // that changes: of the document's id, or of its question's
	now  string
}

// Move returns how to give what is called old another name, which nothing has so far; or how to
// finish that, where it has the new name already and nothing the old one. The site must have been
// loaded with Options.Places and without Options.Once. An error is I/O.
func (s *Site) Move(old, now Name) (*Move, error) {
	m := mover{Move: &Move{Old: old, New: now, Edits: map[string][]diag.Edit{}}, site: s,
		data: map[string][]byte{}, part: old.ID, now: now.ID, done: !s.Has(old)}
	if old.Question != "" {
		m.part, m.now = old.Question, now.Question
	}
	var read document.Fragments
	for _, file := range slices.Sorted(maps.Keys(s.docs)) {
		if err := m.document(s.docs[file], &read); err != nil {
			return nil, err
		}
	}
	m.config(&s.Config)
	its := s.called(old)
	if m.done {
		its = s.called(now)
	}
	for _, d := range its {
		if old.Question == "" {
			m.rename(d)
		} else {
			m.question(d)
		}
	}
	for file, edits := range m.Edits {
		m.Edits[file] = diag.Located(edits, m.bytes(file))
		if m.Edits[file] == nil {
			m.doubt(diag.Place{File: file}, "two changes of this file are in each other's way",
				"write each of its keys on a line of its own")
		}
	}
	return m.Move, nil
}

// rename gives the files of a document their new names, and keeps its address.
func (m *mover) rename(d *document.Document) {
	from := "content/" + d.Files.Main.Path
	if !m.done {
		m.Folders = [2]string{"content/" + d.Files.Folder,
			"content/" + m.New.Folder + "/" + m.New.ID}
		if !strings.HasPrefix(from, m.Folders[0]+"/") {
			name := strings.TrimPrefix(from, m.Folders[0])
			m.Files = append(m.Files, [2]string{from, m.Folders[1] + name})
		}
	}
	aliases := aliasesOf(d)
	is := func(address string) func(document.Ref) bool {
		return func(r document.Ref) bool { return strings.Trim(r.ID, "/") == strings.Trim(address, "/") }
	}
	old, now := m.Old.Address(d.Files.Edition), m.New.Address(d.Files.Edition)
	if slices.ContainsFunc(aliases, is(old)) {
		return
	}
	if i := slices.IndexFunc(aliases, is(now)); i >= 0 { // it gets a name back
		m.add(document.WriteValue(m.bytes(from), aliases[i].At, old)...)
		return
	}
	if d.Explainer != nil && d.Explainer.Status < document.Published {
		return // it has no address yet
	}
	fix := front.AddItem(from, m.bytes(from), "aliases", old)
	if n := len(aliases); n > 0 {
		fix = document.AddBehind(m.bytes(from), aliases[n-1].At, old)
	}
	if fix == nil {
		m.doubt(diag.Place{File: from}, "there is no telling where its old address goes",
			"add “"+old+"” to its aliases, and try again")
	}
	m.add(fix...)
}

// question gives a question its new id in one edition, and keeps the old one.
func (m *mover) question(d *document.Document) {
	e, file := d.Explainer, "content/"+d.Files.Main.Path
	q := e.Question(m.part)
	if m.done {
		q = e.Question(m.now)
	}
	if q == nil || q.ID != m.part && !m.done {
		return
	}
	body := e.Record.Marks.Body
	listed := q.At.File != file || q.At.Start < body.Start
	var fix []diag.Edit
	switch {
	case listed && m.done && q.Called(m.part):
		return
	case listed && m.done:
		fix = q.KeepOldID(m.bytes(q.At.File), m.part)
	case listed:
		fix = q.Rename(m.bytes(q.At.File), m.now)
	case e.Status < document.Published:
		fix = m.headingID(e, q)
	default:
		fix = m.list(e, q)
	}
	if fix == nil {
		m.doubt(q.At, "there is no telling how this question gets another id",
			fmt.Sprintf("write it as an item of questions:, on lines of its own, with id: %s and "+
				"aliases: [%s]", m.now, m.part))
	}
	m.add(fix...)
	for _, at := range e.Record.Marks.HeadingIDs {
		if listed && norm.NFC.String(string(m.bytes(file)[at.Start:at.End])) == m.part {
			m.add(diag.Write(diag.Place{File: file, Span: at}, m.now)...)
		}
	}
}

// headingID writes the new id behind the heading that a question is.
func (m *mover) headingID(e *document.Explainer, q *document.Question) []diag.Edit {
	for _, at := range e.Record.Marks.HeadingIDs {
		if norm.NFC.String(string(m.bytes(e.Path)[at.Start:at.End])) == m.part {
			return diag.Write(diag.Place{File: e.Path, Span: at}, m.now)
		}
	}
	if m.done {
		return []diag.Edit{}
	}
	named := *q
	named.ID = m.now
	return named.WithID(m.bytes(e.Path))
}

// list writes down the questions of an explainer whose headings are all there is of them: an item
// can have an old id, and a heading can't.
func (m *mover) list(e *document.Explainer, q *document.Question) []diag.Edit {
	if !e.Record.Marks.Questions.IsZero() || slices.ContainsFunc(e.Questions,
		func(other *document.Question) bool { return other.At.File != e.Path }) {
		return nil
	}
	fix := m.headingID(e, q)
	lines := []string{"questions:"}
	for _, other := range e.Questions {
		if other == q {
			lines = append(lines, "  - id: "+m.now, "    aliases: ["+m.part+"]")
			continue
		}
		lines = append(lines, "  - id: "+other.ID)
		if !other.Named() && markdown.Slug(other.Text) != other.ID {
			fix = append(fix, other.WithID(m.bytes(e.Path))...)
		}
	}
	add := front.AddLines(e.Path, m.bytes(e.Path), lines...)
	if fix == nil || add == nil {
		return nil
	}
	return append(fix, add...)
}

// add takes edits down, each once: a definition may serve many links.
func (m *mover) add(edits ...diag.Edit) {
	for _, e := range edits {
		if list := m.Edits[e.At.File]; !slices.Contains(list, e) {
			m.Edits[e.At.File] = append(list, e)
		}
	}
}

func (m *mover) doubt(at diag.Place, message, hint string) {
	m.Doubts = append(m.Doubts, diag.Diagnostic{Severity: diag.Error, Rule: "mv", At: at,
		Message: message, Hint: hint})
}

// bytes are those of a file.
func (m *mover) bytes(file string) []byte {
	data, ok := m.data[file]
	if !ok {
		data = m.site.FileData(file)
		m.data[file] = data
	}
	return data
}

// IsAlias reports whether a place lies in one of the old addresses that a document names.
func (s *Site) IsAlias(at diag.Place) bool {
	d := s.docs[strings.TrimPrefix(at.File, "content/")]
	return d != nil && slices.ContainsFunc(aliasesOf(d), func(r document.Ref) bool {
		return r.At.Start <= at.Start && at.End <= r.At.End
	})
}

func aliasesOf(d *document.Document) []document.Ref {
	switch {
	case d.Explainer != nil:
		return d.Explainer.Aliases
	case d.Term != nil:
		return d.Term.Aliases
	}
	return d.Page.Aliases
}
