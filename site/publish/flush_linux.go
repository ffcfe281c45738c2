package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// flush brings to the disk all that was written into a folder. The system asks
// the whole file system for that, in one call.
func flush(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := unix.Syncfs(int(d.Fd())); !errors.Is(err, errors.ErrUnsupported) {
		return os.NewSyscallError("syncfs", err)
	}
	return flushManifest(dir)
}
