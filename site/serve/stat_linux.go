package serve

import (
	"io/fs"
	"syscall"
)

// identity returns a file's inode, and when its inode last changed: a rename
// over a file, and a change of its bytes under an old time, show there.
func identity(info fs.FileInfo) (inode uint64, ctime int64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ino, s.Ctim.Nano()
	}
	return 0, 0
}
