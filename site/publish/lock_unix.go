//go:build unix

package publish

import (
	"errors"
	"os"
	"syscall"
)

// lock is held by the one build of a folder. The system gives it back when the
// build dies, so no lock is ever stale.
type lock struct{ file *os.File }

// takeLock locks a file, which it makes. It does not wait: errLocked says that
// somebody else holds it.
func takeLock(name string) (*lock, error) {
	for {
		file, err := os.OpenFile(name, os.O_RDONLY|os.O_CREATE|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0o644)
		if err != nil {
			return nil, err
		}
		if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			file.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				err = errLocked
			}
			return nil, err
		}
		// The holder before us removes the file: then this is not the one
		// that others would lock.
		if mine, err := file.Stat(); err == nil {
			if now, err := os.Lstat(name); err == nil && os.SameFile(mine, now) {
				return &lock{file}, nil
			}
		}
		file.Close()
	}
}

// release removes the file while it is still locked.
func (l *lock) release() error {
	err := os.Remove(l.file.Name())
	if e := l.file.Close(); err == nil {
		err = e
	}
	return err
}
