// Package serve is the writer's preview: it watches the folders, loads the site
// again when something changed, renders pages when a browser asks for them, and
// notifies open tabs. Nothing is written to disk.
package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"nutgraf/site"
	"nutgraf/site/diag"
	"nutgraf/site/internal/par"
	"nutgraf/site/pages"
)

// Options say what is served, and to whom.
type Options struct {
	// Open opens the writer's folders anew, so that a folder that was replaced
	// is seen, with everything else that a load depends on. The Closer is closed
	// when no load needs the folders any more.
	Open func() (site.Options, io.Closer, error)
	// Dirs are the folders to watch, by root: content, templates, static.
	Dirs map[string]string
	// Hosts are the names and addresses, as HostName returns them, that are answered
	// besides those that only this machine can have.
	Hosts []string
	// Poll is how often the folders are walked whatever the watcher says; 0 is
	// every 2 s, or 200 times as long as a walk takes where that is longer.
	Poll time.Duration
	// Edit returns the address that opens an editor at a line of a file that
	// diagnostics name, or "".
	Edit func(file string, line, column int) string
	// Log receives lines for the terminal.
	Log func(string)
	// Findings returns what is to be said of a good site beyond what its load
	// said, for the desk; nil is nothing. A save ends its context: it waits until
	// Findings returns.
	Findings func(context.Context, *pages.Book) ([]diag.Diagnostic, error)
	// Committed returns a file that diagnostics name as it was when the writer
	// last committed, nil where it was not there. Why there is nothing to compare
	// with, its error says to the writer.
	Committed func(ctx context.Context, file string) ([]byte, error)
	// Demo reports whether the writer has no content yet, so that Open gives a
	// demo in its place.
	Demo func() bool
	// Debug receives what only a search for a mistake of ours needs; nil for none.
	Debug func(string)
	// Loaded is called after each load, with what it reported and how long it took.
	Loaded func(s *site.Site, ds []diag.Diagnostic, elapsed time.Duration)
}

// Server is a preview of one site.
type Server struct {
	o      Options
	secret string // the path of what only our own script may ask for
	now    atomic.Pointer[snapshot]
	ask    chan chan struct{} // requests that want to see what was saved before them
	tabs   tabs
	turns  atomic.Int64 // snapshots so far

	strangers struct { // who was refused
		sync.Mutex
		names []string
	}
}

// snapshot is what the folders held at one time. It is never changed, but that
// what the desk alone wants is added once.
type snapshot struct {
	// edition is what readers would get, with what was before in place of errors; nil before
	// there is any.
	edition *edition
	fails   bool              // there are errors, so the edition is not what the folders say
	facts   []diag.Fact       // of all diagnostics, in order
	diags   []diag.Diagnostic // what facts were made of
	err     error             // of I/O
	turn    int64             // which one it is
	at      time.Time         // when it was made
	check   sync.Mutex        // of the following
	checked bool
	found   []diag.Diagnostic // by Options.Findings, once the desk asks
	stop    atomic.Pointer[context.CancelFunc]
}

// edition is a book that browsers read, until the next one is there.
type edition struct {
	*pages.Book // nil in one that is never shown
	folders     io.Closer
	roots       map[string]fs.FS
	reading     sync.RWMutex // held for reading while a page is made
	retired     bool
	plain       struct { // the same book with the built-in templates, once a page can't be made otherwise
		sync.Mutex
		*pages.Book
	}
}

// write writes the page at a path with the built-in templates.
func (e *edition) write(ctx context.Context, w io.Writer, path string) error {
	e.plain.Lock()
	defer e.plain.Unlock()
	if e.plain.Book == nil {
		theme, err := e.Site().BuiltIn()
		if err != nil {
			return err
		}
		if e.plain.Book, _, err = pages.New(context.WithoutCancel(ctx), e.Site(),
			pages.Options{Lazy: true, Templates: theme}); err != nil {
			return err
		}
	}
	leaf, err := e.plain.Open(e.plain.Find(path))
	if err != nil {
		return err
	}
	defer leaf.Close()
	ds, err := leaf.Write(w)
	if err == nil && diag.Count(ds, diag.Error) > 0 {
		err = errors.New("the built-in templates can't make it either")
	}
	return err
}

// closePlain gives back what write made. Nobody may be reading the edition.
func (e *edition) closePlain() {
	if e.plain.Book != nil {
		e.plain.Close()
		e.plain.Book = nil
	}
}

// hold keeps an edition open until reading is unlocked, unless it is retired.
func (e *edition) hold() bool {
	e.reading.RLock()
	if e.retired {
		e.reading.RUnlock()
		return false
	}
	return true
}

// hold returns what is shown, and holds its edition if there is one.
func (s *Server) hold() *snapshot {
	for {
		now := s.now.Load()
		if now == nil || now.edition == nil || now.edition.hold() {
			return now
		}
	}
}

// retire gives back what an edition keeps open, when nobody reads it any more.
func (e *edition) retire() {
	e.reading.Lock()
	defer e.reading.Unlock()
	e.retired = true
	e.closePlain()
	if e.Book != nil {
		e.Book.Close()
	}
	e.folders.Close()
}

// New returns a Server that has loaded nothing yet.
func New(o Options) *Server {
	s := &Server{o: o, secret: "/_preview/" + rand.Text() + "/", ask: make(chan chan struct{})}
	s.tabs.open = map[*tab]bool{}
	return s
}

// Run serves on l until ctx ends, which is no error.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	o := newOwner(s)
	defer o.close()
	o.settle(ctx)
	done := make(chan struct{})
	var died *par.Panic
	go func() {
		defer close(done)
		if died = par.Catch(func() { o.run(ctx) }); died != nil {
			stop()
		}
	}()
	web := &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	go func() {
		<-ctx.Done()
		web.Close()
	}()
	err := web.Serve(l)
	stop()
	<-done
	if died != nil {
		panic(died)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// settled waits until everything that was saved before is loaded, as far as the
// system has reported it.
func (s *Server) settled(ctx context.Context) {
	answer := make(chan struct{})
	select {
	case s.ask <- answer:
	case <-ctx.Done():
		return
	}
	select {
	case <-answer:
	case <-ctx.Done():
	}
}

func (s *Server) log(format string, args ...any) {
	if s.o.Log != nil {
		s.o.Log(fmt.Sprintf(format, args...))
	}
}
