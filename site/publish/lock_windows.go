package publish

import (
	"errors"
	"syscall"
)

// lock is held by the one build of a folder: a file that is open, shared with
// nobody, and removed by the system when it is closed or the build dies.
type lock struct{ handle syscall.Handle }

// takeLock locks a file, which it makes. It does not wait: errLocked says that
// somebody else holds it.
func takeLock(name string) (*lock, error) {
	const (
		del            = 0x00010000 // DELETE
		deleteOnClose  = 0x04000000 // FILE_FLAG_DELETE_ON_CLOSE
		usedByAnother  = syscall.Errno(32)
		sharedWithNone = 0
	)
	p, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(p, syscall.GENERIC_READ|del, sharedWithNone, nil, syscall.OPEN_ALWAYS,
		syscall.FILE_ATTRIBUTE_NORMAL|deleteOnClose, 0)
	if errors.Is(err, usedByAnother) {
		return nil, errLocked
	}
	if err != nil {
		return nil, err
	}
	return &lock{h}, nil
}

func (l *lock) release() error { return syscall.CloseHandle(l.handle) }
