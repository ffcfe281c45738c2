package par

import (
	"bytes"
	"fmt"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// UseLargePages asks for pages of 2 MB for a heap of so many bytes. A site is read all over its
// memory, and to find a small page takes the processor as long as to read it. The heap is
// grown at once, since what is mapped later has small pages again; no byte of it is anybody's
// memory before it is used. Where the kernel has no large pages, nothing changes.
func UseLargePages(bytesOfHeap uint64) {
	const piece = 4 << 20 // as the heap grows: larger ones may be zeroed, and so be used
	rooms := make([][]byte, bytesOfHeap/piece)
	for i := range rooms {
		rooms[i] = make([]byte, piece)
	}
	maps, _ := os.ReadFile("/proc/self/maps")
	for line := range bytes.Lines(maps) {
		var from, to uintptr
		if n, _ := fmt.Sscanf(string(line), "%x-%x rw-p 00000000 00:00 0", &from, &to); n == 2 {
			unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_HUGEPAGE)
		}
	}
	runtime.KeepAlive(rooms)
	runtime.GC()
}
