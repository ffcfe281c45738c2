package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
	"nutgraf/site/pages"
)

// mvCmd is nutgraf mv.
type mvCmd struct {
	Old    string `arg:"" help:"What it is called: an id, isis-k#who for a question, a file or an address."`
	New    string `arg:"" help:"What it is to be called."`
	Source string `help:"Folder that holds content/ (default: the current one)." default:"." placeholder:"DIR" type:"path"`
	DryRun bool   `help:"Show the changes, and make none." name:"dry-run"`
	Yes    bool   `help:"Do not ask."`
}

// move is one renaming on its way.
type move struct {
	*mvCmd
	siteFlags
	a       *app
	started time.Time // before the site was read
	roots   *roots
	site    *site.Site
	book    *pages.Book
	before  []diag.Diagnostic
	plan    *site.Move
}

// Run gives an explainer, a question, an entry or a page another name: its files, every link to
// it, and its old address, which leads to the new one from then on. Before anything is written,
// the site is loaded as it will be: with a new mistake, or a lost address, nothing is.
func (c *mvCmd) Run(a *app) error {
	m := move{mvCmd: c, a: a, started: time.Now(),
		siteFlags: siteFlags{Source: c.Source, Drafts: true, Future: true, Format: "text"}}
	var err error
	if m.roots, err = m.open(); err != nil {
		return err
	}
	defer m.roots.Close()
	m.roots.options.Places, m.roots.options.Once = true, false
	if m.site, m.book, m.before, err = load(a.ctx, m.roots.options); err != nil {
		return err
	}
	defer m.site.Close()
	defer m.book.Close()
	old, now, err := m.names()
	if err != nil {
		return err
	}
	if m.plan, err = m.site.Move(old, now); err != nil {
		return err
	}
	if refused, err := m.refuse(); refused || err != nil {
		return err
	}
	if err := m.show(); err != nil {
		return err
	}
	if wanted, err := m.wanted(); !wanted || err != nil {
		return err
	}
	if err := m.write(); err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	fmt.Fprintln(a.stderr, m.done())
	return nil
}

// load loads a site and plans its pages.
func load(ctx context.Context, o site.Options) (*site.Site, *pages.Book, []diag.Diagnostic, error) {
	s, ds, err := site.Load(ctx, o, nil)
	if err != nil {
		return nil, nil, nil, err
	}
	book, more, err := pages.New(ctx, s, pages.Options{LateSearch: true})
	if err != nil {
		s.Close()
		return nil, nil, nil, err
	}
	return s, book, diag.Sort(append(ds, more...)), nil
}

// refuse reports what is in the way, if anything is: what hides from us what a text refers to, and
// what would be wrong afterwards.
func (m *move) refuse() (bool, error) {
	print := func(ds []diag.Diagnostic, read func(string) []byte, why string) (bool, error) {
		m.a.exit = exitContent
		err := m.printWith(m.a, read, ds)
		fmt.Fprintf(m.a.stderr, "nutgraf: nothing was changed: %s\n", why)
		return true, err
	}
	hidden := slices.DeleteFunc(slices.Clone(m.before), func(d diag.Diagnostic) bool {
		return d.Severity < diag.Error || d.Rule == "broken-reference" || m.inDraft(d.At.File)
	})
	if len(hidden) > 0 {
		return print(hidden, m.site.FileData, "fix these first, so that no link is overlooked")
	}
	if len(m.plan.Doubts) > 0 {
		return print(m.plan.Doubts, m.site.FileData, "change these places by hand first")
	}
	o := m.roots.options
	o.Content = m.after()
	s, book, ds, err := load(m.a.ctx, o)
	if err != nil {
		return false, err
	}
	defer s.Close()
	defer book.Close()
	worse := append(m.added(ds), book.Lost(m.live())...)
	if len(worse) > 0 {
		return print(worse, s.FileData, "this is how it would be afterwards")
	}
	return false, nil
}

// inDraft reports whether a file is that of a draft or a review: what is wrong there is nobody
// else's business.
func (m *move) inDraft(file string) bool {
	e := m.site.ExplainerAt(m.site.Document(file))
	return e != nil && e.Status < document.Published
}

// added are the diagnostics that there were not before: more of a rule in a file.
func (m *move) added(after []diag.Diagnostic) (ds []diag.Diagnostic) {
	type key struct{ rule, file string }
	left := map[key]int{}
	for _, d := range m.before {
		left[key{d.Rule, m.renamed(d.At.File)}]++
	}
	for _, d := range after {
		k := key{d.Rule, d.At.File}
		if left[k]--; left[k] < 0 {
			ds = append(ds, d)
		}
	}
	return ds
}

// live are the addresses that there are so far, but for those of drafts: nobody has seen them.
func (m *move) live() *pages.Live {
	live := &pages.Live{Questions: m.book.Questions()}
	for i := range m.book.Len() {
		live.Files = append(live.Files, m.book.Path(i))
	}
	for _, e := range m.site.Explainers {
		if e.Status < document.Published {
			p := site.Name{Folder: "explainers", ID: e.ID}.Address(e.Edition)[1:]
			delete(live.Questions, p)
			live.Files = slices.DeleteFunc(live.Files,
				func(f string) bool { return strings.HasPrefix(f, p) })
		}
	}
	slices.Sort(live.Files)
	return live
}

// show shows all that changes.
func (m *move) show() error {
	for _, r := range m.renames() {
		fmt.Fprintf(m.a.stderr, "%s becomes %s\n", r[0], r[1])
	}
	for _, file := range slices.Sorted(maps.Keys(m.plan.Edits)) {
		edits := m.plan.Edits[file]
		p := m.printer(m.a, m.site.FileData)
		d := diag.Diagnostic{Rule: "mv", At: edits[0].At, Message: plural(len(edits), "change")}
		if err := p.PrintFix(m.a.stderr, &d, m.site.FileData(file), edits); err != nil {
			return err
		}
	}
	return m.printAsTheyAre(m.a, m.site, m.leftovers())
}

// wanted asks whether it is to be written, where there is somebody to ask.
func (m *move) wanted() (bool, error) {
	if m.DryRun {
		fmt.Fprintln(m.a.stderr, "This was a dry run: nothing was changed.")
		return false, nil
	}
	if m.Yes || !m.a.asks {
		return true, nil
	}
	fmt.Fprint(m.a.stderr, "Write this? y(es), n(o): ")
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && err != io.EOF {
		return false, err
	}
	if answer := strings.ToLower(strings.TrimSpace(line)); answer == "y" || answer == "yes" {
		return true, nil
	}
	fmt.Fprintln(m.a.stderr, "Nothing was changed.")
	return false, nil
}

// done says what was done.
func (m *move) done() string {
	n := 0
	for _, edits := range m.plan.Edits {
		n += len(edits)
	}
	return fmt.Sprintf("%s is now %s: %s in %s", m.plan.Old, m.plan.New, plural(n, "change"),
		plural(len(m.plan.Edits), "file"))
}

// renames are the files and the folder that get another name, as diagnostics name them.
func (m *move) renames() [][2]string {
	all := slices.Clone(m.plan.Files)
	if folder := m.plan.Folders; folder[0] != "" {
		info, err := fs.Stat(m.roots.options.Content, inContent(folder[0]))
		if err == nil && info.IsDir() {
			all = append(all, folder)
		}
	}
	return all
}

// renamed is what a file is called afterwards.
func (m *move) renamed(file string) string {
	for _, r := range m.renames() {
		if rest, ok := strings.CutPrefix(file, r[0]); ok && (rest == "" || rest[0] == '/') {
			return r[1] + rest
		}
	}
	return file
}

// inContent is a file as it is called within content/.
func inContent(file string) string { return strings.TrimPrefix(file, "content/") }

// write makes all changes or, where one fails, none.
func (m *move) write() (err error) {
	var undo []func() error
	defer func() {
		if err == nil {
			return
		}
		for _, back := range slices.Backward(undo) {
			err = errors.Join(err, back())
		}
	}()
	for _, r := range m.renames() {
		if _, e := os.Lstat(m.path(r[1])); e == nil {
			return fmt.Errorf("%s is there already", r[1])
		}
	}
	f := fixer{checkCmd: &checkCmd{siteFlags: m.siteFlags}, started: m.started}
	for _, file := range slices.Sorted(maps.Keys(m.plan.Edits)) {
		data := m.site.FileData(file)
		edited := &fixedFile{data: data, edits: m.plan.Edits[file]}
		if err := f.rewrite(file, edited); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		undo = append(undo, func() error { return m.restore(file, data) })
	}
	for _, r := range m.renames() {
		from, to := m.path(r[0]), m.path(r[1])
		if err := os.Rename(from, to); err != nil {
			return err
		}
		undo = append(undo, func() error { return os.Rename(to, from) })
	}
	return nil
}

// restore gives a file the bytes back that it had.
func (m *move) restore(file string, data []byte) error {
	real, err := filepath.EvalSymlinks(m.path(file))
	if err != nil {
		return err
	}
	info, err := os.Stat(real)
	if err != nil {
		return err
	}
	return replaceFile(real, info, data)
}

// path is where a file lies.
func (m *move) path(file string) string {
	return filepath.Join(m.siteFlags.Source, filepath.FromSlash(file))
}
