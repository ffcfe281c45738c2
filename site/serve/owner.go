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

// rounds is how often a load is made again because the folders changed
// meanwhile; then what there is is shown, and the next round begins.
const rounds = 5

// settle walks the folders, and loads the site until they hold still.
func (o *owner) settle(ctx context.Context) {
	for range rounds {
		o.s.dirty.Store(false)
		options, closer, err := o.s.o.Open()
		if err != nil {
			o.failed(err)
			return
		}
		t := o.walk(&options)
		if o.tree != nil && t.equal(o.tree) {
			o.tree = t
			closer.Close()
			return
		}
		o.tree = t
		o.load(ctx, options, closer)
		if ctx.Err() != nil {
			return
		}
	}
	o.s.dirty.Store(true)
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

// load loads the site and makes it the one that is shown.
func (o *owner) load(ctx context.Context, options site.Options, folders io.Closer) {
	start := time.Now()
	next, ds, err := site.Load(ctx, options, o.last)
	if err != nil {
		folders.Close()
		o.failed(err)
		return
	}
	o.last = next
	e := &edition{folders: folders}
	if diag.Count(ds, diag.Error) == 0 {
		var more []diag.Diagnostic
		if e.Book, more, err = pages.New(ctx, next, pages.Options{}); err != nil {
			folders.Close()
			o.failed(err)
			return
		}
		ds = append(ds, more...)
	}
	ds = diag.Sort(ds)
	shown := &snapshot{edition: e, facts: (&diag.Printer{Source: next.Source}).Facts(ds)}
	before := o.s.now.Load()
	if shown.fails = diag.Count(ds, diag.Error) > 0; shown.fails {
		shown.edition = nil
		if before != nil {
			shown.edition = before.edition
		}
	}
	o.publish(shown)
	if o.s.o.Told != nil {
		o.s.o.Told(next, ds, time.Since(start))
	}
	switch {
	case shown.fails:
		e.retire()
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
	o.s.now.Store(shown)
	o.s.hub.announce(shown)
}
