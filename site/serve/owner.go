package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/document"
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
	trouble <-chan bool       // the watcher failed
	fence   *fence            // nil where there is none
	watched map[string]bool   // by path on disk
	doubted map[string]bool   // those of them that an event named: they may be others now
	full    bool              // no more folders can be watched, and that was printed
	named   map[string]bool   // paths that events named since the folders were looked at
	blind   bool              // events were lost since then
	tree    *tree
	places  map[string]fs.FileInfo // the roots when they were opened last, by path; nil where there is none
	last    *site.Site             // what the next load takes over
	walking time.Duration          // how long the last walk took
	room    int64                  // how many bytes may be stored before somebody counts what of them is of use

	dirty             bool // an event came since the folders were walked
	calm, late, sweep *time.Timer

	waiting []chan struct{} // requests that the fence is touched for
	behind  []chan struct{} // and those that came after that
}

func newOwner(s *Server) *owner {
	o := &owner{s: s, watched: map[string]bool{}, doubted: map[string]bool{},
		named: map[string]bool{}, calm: stopped(), late: stopped(), sweep: stopped()}
	var err error
	if o.watcher, err = fsnotify.NewWatcher(); err != nil {
		o.unwatched("the folders can't be watched", err)
		return o
	}
	o.trouble = failures(o.watcher)
	o.fence = newFence(o.watcher)
	return o
}

func (o *owner) close() {
	if o.watcher != nil {
		o.watcher.Close()
	}
	if o.fence != nil {
		o.fence.close()
	}
	if now := o.s.now.Swap(nil); now != nil && now.edition != nil {
		now.edition.retire()
	}
	if o.last != nil {
		o.last.Close()
	}
}

// run waits for the watcher, the clock and requests.
func (o *owner) run(ctx context.Context) {
	var events <-chan fsnotify.Event
	if o.watcher != nil {
		events = o.watcher.Events
	}
	o.sweep.Reset(o.pause())
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-events:
			o.event(ctx, e.Name)
		case <-o.trouble: // mostly an overflow: events were lost, and perhaps the fence's
			o.lost(ctx)
		case answer := <-o.s.ask:
			o.behind = append(o.behind, answer)
			o.advance(ctx)
		case <-o.calm.C:
			o.amend(ctx)
			o.look(ctx)
		case <-o.late.C:
			o.amend(ctx)
			o.look(ctx)
		case <-o.sweep.C:
			o.look(ctx)
		}
		o.renew(ctx)
	}
}

// failures sends that the watcher failed since that was asked last. It hears each
// failure at once, for the watcher holds a lock until then that adding a folder
// needs, too.
func failures(w *fsnotify.Watcher) <-chan bool {
	some := make(chan bool, 1)
	go func() {
		for range w.Errors {
			select {
			case some <- true:
			default:
			}
		}
	}()
	return some
}

// event handles one event of the watcher.
func (o *owner) event(ctx context.Context, name string) {
	switch {
	case o.fence != nil && name == o.fence.name:
		o.answer(ctx)
	case !document.Ignored(filepath.Base(name)):
		if name = filepath.Clean(name); o.watched[name] {
			o.doubted[name] = true
		}
		o.named[name] = true
		o.stir()
	case o.s.o.Debug != nil:
		o.s.o.Debug("an editor's own file is passed over: " + name)
	}
}

// lost takes note that events were lost.
func (o *owner) lost(ctx context.Context) {
	o.blind = true
	o.stir()
	for dir := range o.watched {
		o.doubted[dir] = true
	}
	if old := o.fence; old != nil {
		o.fence = newFence(o.watcher) // of another name: the old one may be reported yet
		old.close()
	}
	o.behind = append(o.waiting, o.behind...)
	o.waiting = nil
	o.advance(ctx)
}

// stir lets the folders be walked as soon as they are quiet.
func (o *owner) stir() {
	if !o.dirty {
		o.dirty = true
		o.late.Reset(patience)
	}
	o.calm.Reset(quiet)
}

// look settles, and begins to wait anew.
func (o *owner) look(ctx context.Context) {
	o.calm.Stop()
	o.late.Stop()
	o.dirty, o.blind = false, false
	clear(o.named)
	o.settle(ctx)
	o.sweep.Reset(o.pause())
}

// advance touches the fence for the requests that came since it was touched last.
func (o *owner) advance(ctx context.Context) {
	if len(o.waiting) > 0 || len(o.behind) == 0 {
		return
	}
	o.waiting, o.behind = o.behind, nil
	if o.fence == nil || o.fence.touch() != nil {
		o.answer(ctx)
	}
}

// answer lets the requests that wait go on, now that everything is reported that was
// saved before them.
func (o *owner) answer(ctx context.Context) {
	if o.moved() || o.dirty && !o.amend(ctx) {
		o.look(ctx)
	}
	for _, w := range o.waiting {
		close(w)
	}
	o.waiting = nil
	o.advance(ctx)
}

// moved reports whether a root is another folder than it was, which no event
// may report: one that it lies in was renamed.
func (o *owner) moved() bool {
	return !maps.EqualFunc(o.places, o.find(),
		func(a, b fs.FileInfo) bool { return a == nil && b == nil || a != nil && b != nil && os.SameFile(a, b) })
}

func (o *owner) find() map[string]fs.FileInfo {
	places := map[string]fs.FileInfo{}
	for _, dir := range o.s.o.Dirs {
		places[dir], _ = os.Stat(dir) // what can't be looked at is not there
	}
	return places
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
	return max(sweep, ease*o.walking)
}

// rounds is how often the site is loaded because the folders changed meanwhile;
// then what there is is shown, and they are walked again a little later.
const rounds = 5

// settle walks the folders, and loads the site until they hold still: a file
// that is being written is not shown.
func (o *owner) settle(ctx context.Context) {
	for round := range rounds {
		o.places = o.find()
		options, folders, err := o.s.o.Open()
		if err != nil {
			o.failed(err)
			return
		}
		t, added := o.walk(&options)
		if o.tree != nil && t.equal(o.tree) {
			o.tree = t
			folders.Close()
			if added {
				continue
			}
			return
		}
		start := time.Now()
		l, err := o.load(ctx, options, folders)
		again, added := o.walk(&options)
		still := !added && again.still(t)
		if !still && (err != nil || round+1 < rounds) {
			l.edition.retire()
			continue
		}
		if err != nil {
			l.edition.retire()
			o.failed(err)
			return
		}
		o.tree = t
		o.show(l, time.Since(start))
		if still {
			return
		}
	}
	o.tree = nil // what was read may be no state that the folders had: the next walk loads, even if they are as before
	o.stir()
}

// walk walks the folders and watches them, and reports whether a folder is
// watched since then only: what changed in it before was perhaps not reported.
func (o *owner) walk(options *site.Options) (t *tree, added bool) {
	start := time.Now()
	t = walk(roots(options), o.before(), start)
	o.walking = time.Since(start)
	return t, o.watch(t)
}

func roots(options *site.Options) map[string]fs.FS {
	return map[string]fs.FS{"content": options.Content, "templates": options.Templates, "static": options.Static}
}

func (o *owner) before() *tree {
	if o.tree == nil {
		return &tree{}
	}
	return o.tree
}

// watch watches every folder of the tree, and the one above, where a missing
// folder may appear. It reports whether one of them was not watched before.
func (o *owner) watch(t *tree) (added bool) {
	if o.watcher == nil || o.full {
		return false
	}
	want := o.wanted(t)
	for _, dir := range o.unwanted(want) {
		o.watcher.Remove(dir) // it may be gone already
		delete(o.watched, dir)
	}
	clear(o.doubted)
	for dir := range want {
		// Never again while it is watched: the watcher mixes up folders that were swapped.
		if o.watched[dir] {
			continue
		}
		err := o.watcher.Add(dir)
		if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) {
			o.full = true
			o.unwatched("not all folders can be watched", err)
			return false
		}
		if err == nil {
			o.watched[dir], added = true, true
		} else if !errors.Is(err, os.ErrNotExist) {
			o.s.log("%s can't be watched: %v", dir, err)
		}
	}
	return added
}

// unwatched says what can't be watched, what is done instead, and what helps.
func (o *owner) unwatched(what string, err error) {
	instead := fmt.Sprintf("so all are looked through every %v: a save may take that long to show",
		o.pause().Round(time.Second/10))
	if command := remedy(err); command != "" {
		o.s.log("%s, %s. This raises the system's limit:\n  %s", what, instead, command)
		return
	}
	o.s.log("%s (%v), %s", what, err, instead)
}

// remedy is the command that lifts the limit which the watcher met, or "" (inotify(7);
// elsewhere each file that is watched is an open one).
func remedy(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return raise("max_user_watches", 1<<19)
	case errors.Is(err, syscall.EMFILE) && runtime.GOOS == "linux":
		return raise("max_user_instances", 1<<10)
	case errors.Is(err, syscall.EMFILE):
		return "ulimit -n 65536"
	}
	return ""
}

// raise is the command that sets a limit of inotify to twice what it is, or more.
func raise(limit string, least int) string {
	text, _ := os.ReadFile("/proc/sys/fs/inotify/" + limit) // least will do if it can't be read
	now, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return fmt.Sprintf("sudo sysctl fs.inotify.%s=%d", limit, max(least, 2*now))
}

// wanted are the folders to watch.
func (o *owner) wanted(t *tree) map[string]bool {
	want := map[string]bool{}
	for root, dir := range o.s.o.Dirs {
		want[filepath.Dir(dir)] = true
		for name := range t.dirs {
			if rest, ok := strings.CutPrefix(name, root); ok && (rest == "" || rest[0] == '/') {
				want[filepath.Join(dir, filepath.FromSlash(rest))] = true
			}
		}
	}
	return want
}

// unwanted are the watched folders that are not wanted, or that may be others by
// now: an event named them, or one that they lie in.
func (o *owner) unwanted(want map[string]bool) (dirs []string) {
	for dir := range o.watched {
		if !want[dir] || o.doubtful(dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

func (o *owner) doubtful(dir string) bool {
	for len(o.doubted) > 0 && o.watched[dir] {
		if o.doubted[dir] {
			return true
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return false
}

// loaded is what a load made.
type loaded struct {
	site    *site.Site // what the folders say
	edition *edition   // what of it can be shown
	diags   []diag.Diagnostic
}

// load loads the site and plans its pages; where it has errors, what can be shown
// in place of them is loaded, too. The edition has to be retired in any case.
func (o *owner) load(ctx context.Context, options site.Options, folders io.Closer) (*loaded, error) {
	l := &loaded{edition: &edition{folders: folders, roots: roots(&options)}}
	var err error
	if l.site, l.diags, err = o.plan(ctx, l.edition, options, o.last); err != nil {
		return l, err
	}
	o.last, o.room = l.site, 0
	if diag.Count(l.diags, diag.Error) == 0 {
		return l, nil
	}
	l.edition.Close()
	l.edition.Book = nil
	options.Instead = o.instead(l.diags)
	_, _, err = o.plan(ctx, l.edition, options, o.last) // what there is to report was reported of the folders
	return l, err
}

// plan loads a site and makes the Book of an edition.
func (o *owner) plan(ctx context.Context, e *edition, options site.Options,
	prev *site.Site) (*site.Site, []diag.Diagnostic, error) {
	s, ds, err := site.Load(ctx, options, prev)
	if err != nil {
		return nil, nil, err
	}
	var more []diag.Diagnostic
	e.Book, more, err = pages.New(ctx, s, pages.Options{Lazy: true})
	return s, diag.Sort(slices.Concat(ds, more)), err
}

// instead is what is shown in place of the files that have errors.
func (o *owner) instead(ds []diag.Diagnostic) *site.Instead {
	in := &site.Instead{Files: filesWithErrors(ds)}
	if now := o.s.now.Load(); now != nil && now.edition != nil {
		in.Site, in.Templates = now.edition.Site(), now.edition.Templates()
	}
	return in
}

func filesWithErrors(ds []diag.Diagnostic) map[string]bool {
	files := map[string]bool{}
	for _, d := range ds {
		if d.Severity == diag.Error {
			files[d.At.File] = true
		}
	}
	return files
}

// show makes what was loaded the one that is shown.
func (o *owner) show(l *loaded, elapsed time.Duration) {
	before := o.s.now.Load()
	o.publish(&snapshot{edition: l.edition, fails: diag.Count(l.diags, diag.Error) > 0,
		diags: l.diags, facts: (&diag.Printer{Read: l.site.FileData}).Facts(diag.Brief(l.diags))})
	if o.s.o.Loaded != nil {
		o.s.o.Loaded(l.site, l.diags, elapsed)
	}
	if before != nil && before.edition != nil {
		before.interrupt()
		before.edition.retire()
	}
}

// little is how many bytes nobody counts.
const little = 8 << 20

// renew loads the site into a temporary file of its own where less than half of the
// old one is of use: that only grows. Nobody is notified, for nothing has changed. While
// there are errors, it waits: what was before them lies in the old one.
func (o *owner) renew(ctx context.Context) {
	now := o.s.now.Load()
	if o.last == nil || o.tree == nil || now == nil || now.fails || o.last.Stored() <= max(little, o.room) {
		return
	}
	if o.room = little + 2*(o.last.Live()+now.edition.Live()); o.last.Stored() <= o.room {
		return
	}
	options, folders, err := o.s.o.Open()
	if err != nil {
		return // the next look reports why
	}
	e := &edition{folders: folders, roots: roots(&options)}
	s, ds, err := o.plan(ctx, e, options, nil)
	t, _ := o.walk(&options)
	if err != nil || diag.Count(ds, diag.Error) > 0 || !t.still(o.tree) {
		e.retire()
		if s != nil {
			s.Close()
		}
		o.room = o.last.Stored() // once more when there is more
		return
	}
	old := o.last
	o.last, o.room = s, 0
	o.s.now.Store(&snapshot{edition: e, facts: now.facts, diags: now.diags, turn: now.turn, at: now.at})
	now.interrupt()
	now.edition.retire()
	old.Close()
}

// failed shows that the folders can't be read. The next round tries again. That
// the preview was ended is no failure.
func (o *owner) failed(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	o.tree = nil
	before := o.s.now.Load()
	if before != nil && before.err != nil && before.err.Error() == err.Error() {
		return
	}
	o.s.log("%s", diag.InWords(err))
	shown := &snapshot{fails: true, err: err,
		facts: []diag.Fact{{Severity: diag.Error.String(), Rule: "unreadable", Message: diag.InWords(err)}}}
	if before != nil {
		shown.edition = before.edition
	}
	o.publish(shown)
}

// publish makes a snapshot the one that is shown, and notifies the open tabs.
func (o *owner) publish(shown *snapshot) {
	shown.turn, shown.at = o.s.turns.Add(1), time.Now()
	o.s.now.Store(shown)
	o.s.tabs.announce(shown)
}
