package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/internal/memo"
	"nutgraf/site/internal/par"
	"nutgraf/site/markdown"
)

// linkTerms compiles the matcher and resolves what entries say of each other.
func (l *loader) linkTerms() error {
	s := l.site
	var forms []markdown.Form
	for _, t := range s.Terms {
		for _, r := range t.SeeAlsoRefs {
			target, p := s.resolveTerm(r.ID)
			if p != nil {
				l.broken(r.At, p)
				continue
			}
			t.SeeAlso = append(t.SeeAlso, target.Term)
		}
		if err := l.linkDay(t); err != nil {
			return err
		}
		t.Sources = l.sourcesOf(t.OwnSources)
		if r := t.Affiliation; r != nil && document.LooksLikeID(r.ID) && s.termByID[r.ID] == nil &&
			strings.Contains(r.ID, "-") {
			_, p := s.resolveTerm(r.ID)
			l.broken(r.At, p)
		}
		forms = append(forms, l.formsOf(t.Term, t.Index)...)
	}
	var clashes []markdown.Clash
	l.matcher, clashes = markdown.NewMatcher(forms)
	for _, c := range clashes {
		a, b := s.Terms[c.A], s.Terms[c.B]
		l.diags = append(l.diags, diag.Diagnostic{Severity: diag.Warning, Rule: "same-form",
			Message: fmt.Sprintf("“%s” and “%s” both claim the form “%s”: it is linked by hand only",
				a.Name, b.Name, c.Form),
			Why:  "a word in a text can lead to one entry only",
			Hint: "take it out of one of the two, or set match: off there", At: b.formAt(c.Form),
			Related: []diag.Related{{Message: "the other entry", At: a.formAt(c.Form)}}})
	}
	s.matcherSum = document.Sum(l.matcher.Sum())
	return nil
}

// formsOf are the forms of a term that lies at index.
func (l *loader) formsOf(t *document.Term, index int32) []markdown.Form {
	if t.Match == "off" {
		return nil
	}
	var forms []markdown.Form
	english := strings.HasPrefix(l.site.Config.Lang.Tag, "en")
	for _, f := range slices.Concat([]string{t.Name}, t.Forms, t.Formerly) {
		exact := t.Match == "exact" || t.Match == "auto" && allCapitals(f)
		forms = append(forms, markdown.Form{Text: f, Term: index, Exact: exact, Plural: english && t.Match != "exact"})
	}
	return forms
}

// formAt is where the entry claims a form: case aside, else its term.
func (t *Term) formAt(form string) diag.Place {
	for i, f := range slices.Concat(t.Forms, t.Formerly) {
		if foldName(f) == foldName(form) && foldName(t.Name) != foldName(form) {
			return t.FormsAt[i]
		}
	}
	return t.At
}

// allCapitals reports forms such as EU, R&D or F-16: without small letters.
func allCapitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}

// foldName is what names are sorted by: without case and accents.
func foldName(s string) string {
	if isLowerASCII(s) {
		return s
	}
	s = cases.Fold().String(s)
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r < 0x370 {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// compareNames compares what foldName makes of two names, which it need not
// make of those that differ within ASCII.
func compareNames(a, b string) int {
	for i := range min(len(a), len(b)) {
		x, y := lower(a[i]), lower(b[i])
		switch {
		case x >= 0x80 || y >= 0x80:
			return strings.Compare(foldName(a[i:]), foldName(b[i:]))
		case x != y:
			return int(x) - int(y)
		}
	}
	n := min(len(a), len(b))
	return strings.Compare(foldName(a[n:]), foldName(b[n:])) // an accent may follow
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

func isLowerASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

// scan is what looking through one document's text found.
type scan struct {
	diags         []diag.Diagnostic
	ahead         []diag.Diagnostic // of an entry that doesn't wait: it names what is held back
	uses          []termUse
	byHand        []termUse // links to terms that a writer made, of all texts
	words         *markdown.Vocabulary
	shown, hidden named   // by what readers get of the document, and by the rest
	spoken        []int32 // the terms, as the matcher numbers them, whose words it has; where anything is held back
	waits         bool    // a term is used that waits; for Amend
}

// named is what a text names.
type named struct {
	assets []*Asset
	paths  []document.PathRef
	places []PlaceRef
	terms  []*Term
}

// matchAndCheck looks through every document's Fragments once: where terms are
// used, and whether what is referred to is there. It publishes the entries and
// files that public documents use; named are the entries that site.yaml names.
// Beside it go long jobs of their own.
func (l *loader) matchAndCheck(named []*Term, beside ...func() error) error {
	var origins []Origin
	for _, e := range l.everyExplainer() {
		origins = append(origins, Origin{Explainer: e})
	}
	for _, t := range l.site.Terms {
		origins = append(origins, Origin{Term: t})
	}
	for _, g := range slices.Concat(l.site.Pages, l.heldPages) {
		origins = append(origins, Origin{Page: g})
	}
	l.linkSensitive()
	scans := make([]scan, len(origins))
	l.sentences = l.gatherSentences()
	err := par.Each(l.ctx, len(beside)+len(origins), func(i int) error {
		if i < len(beside) {
			return beside[i]()
		}
		i -= len(beside)
		return l.look(origins[i], &scans[i])
	})
	err = cmp.Or(err, l.sentences.done())
	l.sentences = nil
	if err != nil {
		return err
	}
	waits := l.waitingTerms(named, origins, scans)
	public, hidden := map[*Asset]bool{}, map[*Asset]string{}
	for i, o := range origins {
		p := &scans[i]
		l.diags = append(l.diags, p.diags...)
		if o.Explainer != nil {
			o.Explainer.uses, o.Explainer.words = p.uses, p.words
			p.name()
		}
		if o.Term != nil && waits != nil && waits[o.Term.Index] != "" {
			p.shown, p.hidden = p.hidden, p.shown
		} else {
			l.diags = append(l.diags, p.ahead...)
		}
		l.site.Paths = append(l.site.Paths, p.shown.paths...)
		l.site.Places = append(l.site.Places, p.shown.places...)
		for _, a := range p.shown.assets {
			public[a] = true
		}
		for _, a := range p.hidden.assets {
			hidden[a] = cmp.Or(hidden[a], o.Path())
		}
	}
	l.takeTerms(waits)
	l.publishAssets(public, hidden)
	return nil
}

// name takes down that an explainer names terms by hand.
func (p *scan) name() {
	for _, t := range p.shown.terms {
		t.Named = true
	}
}

// meantBy reports whether a reference that leads nowhere is told to name this file: then it is no
// mistake of its own that nothing names it.
func (l *loader) meantBy(file string) bool {
	return slices.ContainsFunc(l.diags, func(d diag.Diagnostic) bool {
		name, write := strings.CutPrefix(d.Hint, "write ")
		return write && d.Rule == "broken-reference" && strings.Trim(name,
			"<>") == path.Base(file) &&
			strings.Contains(d.At.File, strings.SplitN(file, "/", 3)[1])
	})
}

// publishAssets publishes the assets that public documents use, and reports
// those that nobody names.
func (l *loader) publishAssets(public map[*Asset]bool, hidden map[*Asset]string) {
	for p, a := range l.site.assets {
		switch {
		case public[a]:
			l.site.Assets = append(l.site.Assets, a)
		case hidden[a] != "":
			with := hidden[a]
			if e := l.site.takenDown[folderOf(a)]; e != nil {
				with = e.Path
			}
			l.site.Waiting = append(l.site.Waiting, waitingAsset(a, with))
		default:
			if l.meantBy(p) {
				continue
			}
			d := document.Unread(document.Entry{Path: p}, "no text names this file, so it is not published")
			d.Rule, d.Hint = "unused-file", "link to it, or remove it"
			l.diags = append(l.diags, d)
		}
	}
}

// look reads one document's Fragments: what they refer to, and which terms they
// use.
func (l *loader) look(o Origin, p *scan) error {
	m := l.scratch()
	defer l.scratches.Put(m)
	if err := p.refer(l, o, m); err != nil {
		return err
	}
	hides, _ := l.site.hides(o)
	if l.site.hidesAny() && o.Term == nil {
		p.spoken = l.spoken(o, m)
	}
	if hides || o.Explainer == nil {
		return nil
	}
	if l.prev != nil {
		old := l.prev.byID[o.Explainer.Key()]
		if old != nil && old.Status != document.Withdrawn && old.Record == o.Explainer.Record {
			p.words = old.words
			byHand := len(p.byHand) > 0 || slices.ContainsFunc(old.uses, termUse.byHand)
			if l.prev.matcherSum == l.site.matcherSum && !byHand {
				p.uses = l.prev.numbered(old.uses)
				return nil
			}
		}
	}
	if p.words == nil && !l.o.Once {
		p.words = new(markdown.Vocabulary)
		for _, i := range linkable(o.Explainer) {
			p.words.Add(&m.read.All[i])
		}
	}
	return p.match(l, o.Explainer, m)
}

// match finds the first use of each term in each introduction, answer and
// event text, be it linked by hand or not, and keeps its sentence.
func (p *scan) match(l *loader, e *Explainer, m *scratch) (err error) {
	fs := m.read.All
	allow := l.allowed(e)
	for _, i := range linkable(e) {
		for _, u := range l.matcher.First(&fs[i], allow) {
			if at, public := l.site.public(u.Term); public {
				u.Term = at
				p.uses = append(p.uses, termUse{TermUse: u, Fragment: i})
			} else {
				p.waits = true
			}
		}
	}
	p.addByHand(e)
	p.uses = m.uses.Copy(p.uses) // in no more room than it needs: there are many
	sentence := m.text[:0]
	defer func() { m.text = sentence }()
	for i := range p.uses {
		u := &p.uses[i]
		before, match, after := markdown.Sentence(&fs[u.Fragment], u.place())
		sentence = memo.AppendTexts(sentence[:0], before, match, after)
		if l.sentences != nil {
			err = l.sentences.add(u, sentence)
		} else {
			u.sentence, err = l.site.store.Put(sentence)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sentences puts those of one term next to each other in the store, for its page
// reads them one after the other.
type sentences struct {
	store  *memo.Store
	mu     sync.Mutex
	room   int        // bytes for each term
	byTerm []together // by Index
}

// together waits to be stored.
type together struct {
	texts []byte
	uses  []*termUse // with a sentence that is cut from texts
}

// sentencesRoom is how many bytes sentences may wait in.
const sentencesRoom = 1 << 20

func (l *loader) gatherSentences() *sentences {
	n := len(l.site.Terms)
	return &sentences{store: l.site.store, room: min(4<<10, sentencesRoom/max(1, n)), byTerm: make([]together, n)}
}

func (s *sentences) add(u *termUse, text []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &s.byTerm[u.Term]
	u.sentence = memo.Ref(0).Cut(len(t.texts), len(text))
	t.texts, t.uses = append(t.texts, text...), append(t.uses, u)
	if len(t.texts) < s.room {
		return nil
	}
	return s.flush(t)
}

func (s *sentences) flush(t *together) error {
	ref, err := s.store.Put(t.texts)
	for _, u := range t.uses {
		u.sentence = ref.At(u.sentence)
	}
	t.texts, t.uses = t.texts[:0], t.uses[:0]
	return err
}

// done stores what waits.
func (s *sentences) done() (err error) {
	for i := range s.byTerm {
		err = cmp.Or(err, s.flush(&s.byTerm[i]))
	}
	return err
}

// linkable lists the Fragments of an explainer in which terms are linked.
func linkable(e *Explainer) []int32 {
	var out []int32
	add := func(pr document.Prose) {
		if pr.Given() {
			out = append(out, pr.Index)
		}
	}
	add(e.Intro)
	for _, q := range e.Questions {
		add(q.Answer)
	}
	for _, ev := range e.OwnEvents {
		add(ev.Text)
	}
	slices.Sort(out)
	return out
}

// allowed is what the explainer's glossary: {skip, only} leaves.
func (l *loader) allowed(e *Explainer) func(int32) bool {
	if len(e.Skip) == 0 && len(e.Only) == 0 {
		return nil
	}
	has := func(refs []document.Ref, term int32) bool {
		id := l.site.Terms[term].ID
		return slices.ContainsFunc(refs, func(r document.Ref) bool { return r.ID == id })
	}
	return func(term int32) bool {
		term, public := l.site.public(term)
		return !public || !has(e.Skip, term) && (len(e.Only) == 0 || has(e.Only, term))
	}
}

// Text returns a use's sentence: what stands before the term, the term as it
// is written there, and the rest.
func (s *Site) Text(u Sentence) (before, match, after string, err error) {
	err = s.near(u.ref, func(record []byte) (err error) {
		all := string(record)
		for _, part := range [...]*string{&before, &match, &after} {
			if *part, all, err = memo.CutText(all); err != nil {
				return fmt.Errorf("sentence of a use: %w", err)
			}
		}
		return nil
	})
	return before, match, after, err
}

// near calls use with a record that is probably close to the one read before. It
// stays as it is until use returns.
func (s *Site) near(ref memo.Ref, use func(record []byte) error) error {
	w, _ := s.windows.Get().(*memo.Window)
	if w == nil {
		w = new(memo.Window)
	}
	defer s.windows.Put(w)
	record, err := s.store.Near(w, ref)
	if err != nil {
		return err
	}
	return use(record)
}

// linkUses notes with each term where it is used, and with each explainer what it uses.
func (l *loader) linkUses() {
	s := l.site
	counts := make([]int, len(s.Terms))
	for _, e := range s.Explainers {
		for _, u := range e.uses {
			counts[u.Term]++
		}
	}
	for i, t := range s.Terms {
		t.Uses, t.Events = make([]Use, 0, counts[i]), nil
	}
	by := make([]*Explainer, len(s.Terms)) // the last one that was seen to use a term
	var used []int32
	for _, e := range s.Explainers {
		used = used[:0]
		for i, u := range e.uses {
			if by[u.Term] != e {
				by[u.Term], used = e, append(used, u.Term)
			}
			t := s.Terms[u.Term]
			t.Uses = append(t.Uses, Use{e, int32(i)})
		}
		slices.Sort(used)
		e.Terms = make([]*Term, len(used))
		for i, t := range used {
			e.Terms[i] = s.Terms[t]
		}
	}
	for _, ev := range s.Events {
		if ev.Spot != nil {
			ev.Spot.Events = append(ev.Spot.Events, ev)
		}
		if !ev.Text.Given() {
			continue
		}
		for _, u := range ev.Explainer.usesIn(ev.Text.Index) {
			if t := s.Terms[u.Term]; t != ev.Spot {
				t.Events = append(t.Events, ev)
			}
		}
	}
}

// Where returns the question or the event that the use stands in: one of them,
// or neither for the introduction.
func (u Use) Where() (*document.Question, *document.Event) {
	e, f := u.Explainer, u.Explainer.uses[u.index].Fragment
	for _, q := range e.Questions {
		if q.Answer.Given() && q.Answer.Index == f {
			return q, nil
		}
	}
	for _, ev := range e.OwnEvents {
		if ev.Text.Given() && ev.Text.Index == f {
			return nil, ev
		}
	}
	return nil, nil
}

// Sentence returns the name of the sentence around the use.
func (u Use) Sentence() Sentence {
	e := u.Explainer
	use := e.uses[u.index]
	return Sentence{Sum: e.Record.Sums[use.Fragment], Start: use.Start, ref: use.sentence}
}

// Uses returns the terms to link in a Fragment of the explainer.
func (e *Explainer) Uses(fragment int32) []markdown.TermUse {
	uses := e.usesIn(fragment)
	out := make([]markdown.TermUse, 0, len(uses))
	for _, u := range uses {
		if !u.byHand() {
			out = append(out, u.TermUse)
		}
	}
	return out
}

func (e *Explainer) usesIn(fragment int32) []termUse {
	i, _ := slices.BinarySearchFunc(e.uses, fragment,
		func(u termUse, f int32) int { return cmp.Compare(u.Fragment, f) })
	end := i
	for end < len(e.uses) && e.uses[end].Fragment == fragment {
		end++
	}
	return e.uses[i:end]
}
