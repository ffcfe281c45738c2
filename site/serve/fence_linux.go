package serve

import (
	"fmt"
	"os"

	"github.com/fsnotify/fsnotify"
	"golang.org/x/sys/unix"
)

// fence shows when all events that there are have been read. It is a file in
// memory that is watched as the folders are. A system that hands on events in
// their order, as Linux does, reports the fence after everything that happened
// before it was touched.
type fence struct {
	file *os.File
	name string // in events
}

// newFence returns nil where there can be none; requests then see what was reported by then.
func newFence(w *fsnotify.Watcher) *fence {
	fd, err := unix.MemfdCreate("nutgraf-fence", unix.MFD_CLOEXEC)
	if err != nil {
		return nil
	}
	f := &fence{file: os.NewFile(uintptr(fd), "fence"), name: fmt.Sprintf("/proc/self/fd/%d", fd)}
	if err := w.Add(f.name); err != nil {
		f.close()
		return nil
	}
	return f
}

// touch changes the file's mode to what it is, which the system reports.
func (f *fence) touch() error { return f.file.Chmod(0o600) }

func (f *fence) close() { f.file.Close() }
