package site

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/markdown"
)

// document mends what one document refers to.
func (m *mover) document(d *document.Document, read *document.Fragments) error {
	from := origin{doc: nameOf(d), file: norm.NFC.String(d.Files.Main.Path),
		folder: norm.NFC.String(d.Files.Folder)}
	switch {
	case d.Explainer != nil:
		m.explainer(from, d.Explainer)
	case d.Term != nil:
		m.terms(d.Term.SeeAlsoRefs...)
		if d.Term.Affiliation != nil {
			m.terms(*d.Term.Affiliation)
		}
	}
	if err := read.Read(m.site.store, d.Record()); err != nil {
		return err
	}
	for i, f := range read.All {
		for _, h := range f.Holes {
			switch h.Kind {
			case markdown.Link, markdown.Image, markdown.Figure:
				at := d.Record().Place("content/"+d.Files.Main.Path, int32(i), h.Source)
				m.mend(at, h.Target, m.names(from, h.Target))
			}
		}
	}
	return nil
}

// explainer mends what the front matter of an explainer refers to.
func (m *mover) explainer(from origin, e *document.Explainer) {
	m.documents(e.RelatedRefs...)
	m.terms(e.Skip...)
	m.terms(e.Only...)
	for _, im := range e.Images {
		m.mend(im.At, im.Src, m.names(from, im.Src))
	}
	own := func(r document.Ref) { // it names a question of this explainer
		if from.doc.Folder == m.Old.Folder && from.doc.ID == m.Old.ID && r.ID == m.Old.Question {
			m.mend(r.At, r.ID, []name{{0, m.now}})
		}
	}
	for _, u := range e.Updates {
		for _, r := range u.Questions {
			own(r)
		}
	}
	for _, ev := range e.OwnEvents {
		switch {
		case ev.Use != nil:
			m.mend(ev.Use.At, ev.Use.ID, m.pair(from, ev.Use.ID, 0, false))
			continue
		case ev.Place != nil:
			m.terms(*ev.Place)
		}
		if ev.Question != nil {
			own(*ev.Question)
		}
	}
	for _, q := range e.Questions {
		if q.Use == nil {
			continue
		}
		names := m.pair(from, q.Use.ID, 0, true)
		m.mend(q.Use.At, q.Use.ID, names)
		if _, id, _ := strings.Cut(q.Use.ID, "#"); len(names) > 0 && m.Old.Question != "" &&
			!q.Named() && q.Text == "" && q.ID == id { // the id that it has is the other's
			m.keepID(q)
		}
	}
}

// keepID writes down the id of a question that would change with that of another.
func (m *mover) keepID(q *document.Question) {
	fix := q.KeepID(m.bytes(q.At.File))
	if fix == nil {
		m.doubt(q.At, "this question would get another id, too", "add id: "+q.ID+", and try again")
	}
	m.add(fix...)
}

// config mends what site.yaml refers to.
func (m *mover) config(c *document.Config) {
	m.documents(c.PinnedRefs...)
	address := func(at diag.Place, u string) {
		if strings.HasPrefix(u, "/") {
			m.mend(at, u, m.names(origin{}, u))
		}
	}
	for _, n := range slices.Concat(c.Navigation, c.Publisher.Policies) {
		address(n.At, n.URL)
	}
	for _, r := range c.Redirects {
		address(r.At, r.To)
	}
}

// documents mends references that are the id of an explainer.
func (m *mover) documents(refs ...document.Ref) {
	for _, r := range refs {
		if id, _, _ := strings.Cut(r.ID, "."); m.is("explainers", id) {
			m.mend(r.At, r.ID, []name{{0, m.now}})
		}
	}
}

// terms mends references that are the id of an entry, or else words.
func (m *mover) terms(refs ...document.Ref) {
	for _, r := range refs {
		if m.is("glossary", r.ID) {
			m.mend(r.At, r.ID, []name{{0, m.now}})
		}
	}
}

// is reports whether a document's name is what changes.
func (m *mover) is(folder, id string) bool {
	return m.Old.Question == "" && m.Old.Folder == folder && m.Old.ID == id
}

// origin is where a reference stands; file and folder lie in content.
type origin struct {
	doc          Name
	file, folder string
}

// name is a word of a reference that changes: the one that begins at a byte of it, and what it
// becomes.
type name struct {
	at  int
	now string
}

// names are the words of a link's target, or a picture's, that change.
func (m *mover) names(from origin, target string) []name {
	switch scheme, rest, _ := strings.Cut(target, ":"); scheme {
	case "term":
		if m.is("glossary", rest) {
			return []name{{len("term:"), m.now}}
		}
		return nil
	case "q", "event":
		return m.pair(from, rest, len(scheme)+1, scheme == "q")
	}
	file, anchor, _ := strings.Cut(target, "#")
	found, itself := m.inPath(from, file)
	if file == "" {
		itself = from.doc == Name{Folder: m.Old.Folder, ID: m.Old.ID}
	}
	if now := m.anchor(plainWord(anchor), itself); now != "" {
		found = append(found, name{len(file) + len("#"), now})
	}
	return found
}

// pair are the words that change of explainer#question, or of explainer#event, which begin at a
// byte of a target. Without an explainer it is the one that the reference stands in.
func (m *mover) pair(from origin, ref string, at int, question bool) (found []name) {
	id, anchor, both := strings.Cut(ref, "#")
	if !both && !question {
		return nil // an event of this explainer
	}
	id, _, _ = strings.Cut(id, ".")
	if m.is("explainers", id) {
		found = append(found, name{at, m.now})
	}
	its := id == m.Old.ID || id == "" && from.doc.ID == m.Old.ID && from.doc.Folder == "explainers"
	if question && its && m.Old.Question != "" && anchor == m.Old.Question {
		found = append(found, name{at + strings.IndexByte(ref, '#') + 1, m.now})
	}
	return found
}

// anchor is what the name of a place becomes, "" where it stays. itself says that it is a place of
// the document that the move is about.
func (m *mover) anchor(anchor string, itself bool) string {
	replace := func(before, after string) string {
		if rest, ok := strings.CutPrefix(anchor, before+m.part); ok &&
			(rest == "" && after == "" || after != "" && strings.HasPrefix(rest, after)) {
			return before + m.now + rest
		}
		return ""
	}
	switch {
	case anchor == "":
		return ""
	case m.Old.Question != "" && itself:
		if now := replace("", ""); now != "" {
			return now
		}
		return replace("", "--")
	case m.Old.Question != "":
		return ""
	case m.Old.Folder == "explainers":
		return replace("event-", "--")
	case m.Old.Folder == "glossary":
		return replace("term-", "")
	}
	return ""
}

// inPath are the words that change of a path, and whether it leads to the very document.
func (m *mover) inPath(from origin, file string) (found []name, itself bool) {
	if file == "" || strings.Contains(file, ":") {
		return nil, false
	}
	steps, id := m.steps(from, file)
	if id < 0 || id >= len(steps) {
		return nil, false
	}
	word, _, _ := strings.Cut(steps[id].word, ".")
	if word != m.Old.ID {
		return nil, false
	}
	rest := steps[id+1:]
	itself = len(rest) == 0 || len(rest) == 1 && strings.HasPrefix(rest[0].word, "index.")
	switch {
	case m.Old.Question == "" && steps[id].at >= 0:
		found = append(found, name{steps[id].at, m.now})
	case m.Old.Question != "" && len(rest) > 0 && rest[0].word == m.Old.Question &&
		rest[0].at >= 0 && rest[0].card:
		found = append(found, name{rest[0].at, m.now})
	}
	return found, itself
}

// step is one folder or file on the way that a path goes.
type step struct {
	word string
	at   int  // in the path; -1 where the document's own folder gives it
	card bool // it is part of an address, and not of the name of a file
}

// steps is the way to what a path leads to, and which step would be the id of the document that
// the move is about: -1 where it can't be one. A path leads to what the address says, or, within
// content, to where the file lies: beside the document or in its folder.
func (m *mover) steps(from origin, file string) (steps []step, id int) {
	if strings.HasPrefix(file, "/") {
		steps = walk("", file, true)
		return steps, m.idOfAddress(steps)
	}
	dir := path.Dir(from.file)
	for _, base := range []string{from.folder, dir} {
		if steps = walk(base, file, false); m.isAsset(steps) {
			return steps, m.idOfFile(steps)
		}
	}
	if strings.HasSuffix(file, ".md") {
		return steps, m.idOfFile(steps)
	}
	if strings.HasSuffix(file, "/") {
		steps = walk(from.folder, file, true)
		return steps, m.idOfAddress(steps)
	}
	return nil, -1
}

func (m *mover) idOfFile(steps []step) int {
	if len(steps) > 1 && steps[0].word == m.Old.Folder {
		return 1
	}
	return -1
}

func (m *mover) idOfAddress(steps []step) int {
	is := func(i int, word string) bool { return len(steps) > i && steps[i].word == word }
	switch {
	case m.Old.Folder == "pages":
		return 0
	case is(0, m.Old.Folder):
		return 1
	case m.Old.Folder == "explainers" && is(1, m.Old.Folder):
		return 2
	}
	return -1
}

// isAsset reports whether a picture or another file lies there, or does once the move is done.
func (m *mover) isAsset(steps []step) bool {
	words := make([]string, len(steps))
	for i := range steps {
		words[i] = steps[i].word
	}
	if m.site.assets[strings.Join(words, "/")] != nil {
		return true
	}
	if m.done && m.idOfFile(steps) == 1 && words[1] == m.Old.ID {
		words[1] = m.New.ID
	}
	return m.site.assets[strings.Join(words, "/")] != nil
}

// walk goes the way of a path from a folder.
func walk(base, file string, address bool) (steps []step) {
	for word := range strings.SplitSeq(base, "/") {
		if word != "" {
			steps = append(steps, step{word, -1, address})
		}
	}
	at := 0
	for word := range strings.SplitSeq(file, "/") {
		switch plain := plainWord(word); plain {
		case "", ".":
		case "..":
			steps = steps[:max(len(steps)-1, 0)]
		default:
			steps = append(steps, step{plain, at, address})
		}
		at += len(word) + len("/")
	}
	return steps
}

// plainWord is a part of an address as it is meant: decoded (RFC 3986), in NFC.
func plainWord(word string) string {
	if plain, err := url.PathUnescape(word); err == nil {
		word = plain
	}
	return norm.NFC.String(word)
}

// words are what ids and their like are made of, percent-encoded or not.
var words = regexp.MustCompile(`(?:[\pL\pM\pN-]|%[0-9A-Fa-f]{2})+`)

// mend takes down the edits by which words of a reference change. It stands in the file as the
// target says, but for what quotes, escapes and the like make of it: a word is found as that of as
// many like it.
func (m *mover) mend(at diag.Place, target string, names []name) {
	if len(names) == 0 {
		return
	}
	raw := m.bytes(at.File)
	if at.End < at.Start || int(at.End) > len(raw) {
		raw, at.Span = nil, diag.Span{}
	}
	raw = raw[at.Start:at.End]
	for _, n := range names {
		span, ok := sameWord(raw, target, n.at)
		if !ok {
			m.doubt(at, "this leads to "+m.Old.String()+", and is written in a way that no program "+
				"can change", "write it plainly, as “"+renamed(target, names)+"” will be")
			return
		}
		at := at
		at.Start, at.End = at.Start+int32(span[0]), at.Start+int32(span[1])
		m.add(diag.Write(at, n.now)...)
	}
}

// renamed is a target with its words changed.
func renamed(target string, names []name) string {
	for _, n := range slices.Backward(names) {
		w := words.FindStringIndex(target[n.at:])
		target = target[:n.at] + n.now + target[n.at+w[1]:]
	}
	return target
}

// sameWord finds in raw the word that begins at a byte of target: as many like it stand before it
// in both, and behind it.
func sameWord(raw []byte, target string, at int) (span [2]int, ok bool) {
	is, before, all := "", 0, 0
	for _, w := range words.FindAllStringIndex(target, -1) {
		if w[0] == at {
			is = plainWord(target[w[0]:w[1]])
		}
	}
	for _, w := range words.FindAllStringIndex(target, -1) {
		if plainWord(target[w[0]:w[1]]) == is {
			if all++; w[0] < at {
				before++
			}
		}
	}
	found := 0
	for _, w := range words.FindAllIndex(raw, -1) {
		if plainWord(string(raw[w[0]:w[1]])) == is {
			if found == before {
				span = [2]int(w)
			}
			found++
		}
	}
	return span, is != "" && found == all
}
