package serve

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/pages"
)

// How long the folders must be quiet before they are walked, and how long that
// may be put off.
const (
	quiet    = 20 * time.Millisecond
	patience = 300 * time.Millisecond
	sweep    = 2 * time.Second
	ease     = 200 // a sweep's pause, in times that a walk takes
)

// owner is the one goroutine that watches, walks, loads and announces. What the
// watcher says is only when to look: what changed, the tree says.
type owner struct {
	s       *Server
	watcher *fsnotify.Watcher // nil where there is none
	watched map[string]bool   // by path on disk
	full    bool              // no more folders can be watched, and it was said
	tree    *tree
	last    *site.Site // what the next load takes over
	took    time.Duration
}

func newOwner(s *Server) *owner {
	o := &owner{s: s, watched: map[string]bool{}}
	var err error
	if o.watcher, err = fsnotify.NewWatcher(); err != nil {
		s.log("changes can't be watched (%v): the folders are looked through every %v", err, sweep)
	}
	return o
}

func (o *owner) close() {
	if o.watcher != nil {
		o.watcher.Close()
	}
	if now := o.s.now.Load(); now != nil && now.edition != nil {
		now.edition.retire()
	}
	if o.last != nil {
		o.last.Close()
	}
}

// run waits for the watcher, the clock and requests.
func (o *owner) run(ctx context.Context) {
	var events <-chan fsnotify.Event
	var failures <-chan error
	if o.watcher != nil {
		events, failures = o.watcher.Events, o.watcher.Errors
	}
	calm, late := stopped(), stopped()
	next := time.NewTimer(o.pause())
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-events:
			if temporary(filepath.Base(e.Name)) {
				if o.s.o.Debug != nil {
					o.s.o.Debug("an editor's own file is passed over: " + e.Name)
				}
				continue
			}
			if !o.s.dirty.Swap(true) {
				late.Reset(patience)
			}
			calm.Reset(quiet)
			continue
		case <-failures: // an overflow: events were lost
			o.s.dirty.Store(true)
		case answer := <-o.s.ask:
			o.settle(ctx)
			close(answer)
		case <-calm.C:
			o.settle(ctx)
		case <-late.C:
			o.settle(ctx)
		case <-next.C:
			o.settle(ctx)
		}
		calm.Stop()
		late.Stop()
		next.Reset(o.pause())
	}
}

func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

func (o *owner) pause() time.Duration {
	if o.s.o.Poll > 0 {
		return o.s.o.Poll
	}
	return max(sweep, ease*o.took)
}

// rounds is how often the site is loaded because the folders changed meanwhile;
// then what there is is shown, and the watcher or the next sweep tells of the rest.
const rounds = 5

// settle walks the folders, and loads the site until they hold still: a file
// that is being written is not shown.
func (o *owner) settle(ctx context.Context) {
	for round := range rounds {
		o.s.dirty.Store(false)
		options, folders, err := o.s.o.Open()
		if err != nil {
			o.failed(err)
			return
		}
		t := o.walk(&options)
		if o.tree != nil && t.equal(o.tree) {
			o.tree = t
			folders.Close()
			return
		}
		start := time.Now()
		l, err := o.load(ctx, options, folders)
		if err != nil {
			folders.Close()
			o.failed(err)
			return
		}
		if again := o.walk(&options); round+1 < rounds && !again.equal(t) {
			l.edition.retire()
			continue
		}
		o.tree = t
		o.show(l, time.Since(start))
		return
	}
}

func (o *owner) walk(options *site.Options) *tree {
	start := time.Now()
	t := walk(map[string]fs.FS{"content": options.Content, "templates": options.Templates, "static": options.Static}, o.before(), start)
	o.took = time.Since(start)
	o.watch(t)
	return t
}

func (o *owner) before() *tree {
	if o.tree == nil {
		return &tree{}
	}
	return o.tree
}

// watch watches every folder of the tree, and the one above, where a missing
// folder may appear.
func (o *owner) watch(t *tree) {
	if o.watcher == nil || o.full {
		return
	}
	want := map[string]bool{}
	for root, dir := range o.s.o.Dirs {
		want[filepath.Dir(dir)] = true
		for name := range t.dirs {
			if rest, ok := strings.CutPrefix(name, root); ok && (rest == "" || rest[0] == '/') {
				want[filepath.Join(dir, filepath.FromSlash(rest))] = true
			}
		}
	}
	for dir := range o.watched {
		if !want[dir] {
			o.watcher.Remove(dir) // it may be gone already
			delete(o.watched, dir)
		}
	}
	for dir := range want {
		// Always, for a folder of that name may be another one now.
		err := o.watcher.Add(dir)
		if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) {
			o.full = true
			o.s.log("no more folders can be watched, so all are looked through every %v. On Linux this raises the limit:\n  sudo sysctl fs.inotify.max_user_watches=524288", sweep)
			return
		}
		if err == nil {
			o.watched[dir] = true
		} else if !errors.Is(err, os.ErrNotExist) {
			o.s.log("%s can't be watched: %v", dir, err)
		}
	}
}

// loaded is what a load made.
type loaded struct {
	site    *site.Site
	edition *edition
	diags   []diag.Diagnostic
}

// load loads the site, and plans its pages if it has no errors.
func (o *owner) load(ctx context.Context, options site.Options, folders io.Closer) (*loaded, error) {
	next, ds, err := site.Load(ctx, options, o.last)
	if err != nil {
		return nil, err
	}
	o.last = next
	l := &loaded{site: next, edition: &edition{folders: folders}, diags: ds}
	if diag.Count(ds, diag.Error) == 0 {
		var more []diag.Diagnostic
		if l.edition.Book, more, err = pages.New(ctx, next, pages.Options{}); err != nil {
			return nil, err
		}
		l.diags = diag.Sort(append(ds, more...))
	}
	return l, nil
}

// show makes what was loaded the one that is shown, or the mistakes in it.
func (o *owner) show(l *loaded, took time.Duration) {
	shown := &snapshot{edition: l.edition, diags: l.diags, facts: (&diag.Printer{Source: l.site.Source}).Facts(l.diags)}
	before := o.s.now.Load()
	if shown.fails = diag.Count(l.diags, diag.Error) > 0; shown.fails {
		shown.edition = nil
		if before != nil {
			shown.edition = before.edition
		}
	}
	o.publish(shown)
	if o.s.o.Told != nil {
		o.s.o.Told(l.site, l.diags, took)
	}
	switch {
	case shown.fails:
		l.edition.retire()
	case before != nil && before.edition != nil:
		before.edition.retire()
	}
}

// failed shows that the folders can't be read. The next round tries again.
func (o *owner) failed(err error) {
	o.tree = nil
	before := o.s.now.Load()
	if before != nil && before.err != nil && before.err.Error() == err.Error() {
		return
	}
	o.s.log("%v", err)
	shown := &snapshot{fails: true, err: err, facts: []diag.Fact{{Severity: diag.Error.String(), Rule: "unreadable", Message: err.Error()}}}
	if before != nil {
		shown.edition = before.edition
	}
	o.publish(shown)
}

// publish makes a snapshot the one that is shown, and tells the open tabs.
func (o *owner) publish(shown *snapshot) {
	shown.turn, shown.at = o.s.turns.Add(1), time.Now()
	o.s.now.Store(shown)
	o.s.hub.announce(shown)
}
