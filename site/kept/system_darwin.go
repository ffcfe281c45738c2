package kept

import (
	"io/fs"
	"syscall"
)

// ofSystem returns when a file was changed last, be it its bytes or its rights, in nanoseconds
// since 1970, and its inode.
func ofSystem(info fs.FileInfo) (changed int64, inode uint64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctimespec.Nano(), s.Ino
	}
	return 0, 0
}
