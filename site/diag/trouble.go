package diag

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"syscall"
)

// troubles are the system's errors (POSIX.1-2024, <errno.h>): what happened, and what to do.
var troubles = []struct {
	is         error
	what, mend string
}{
	{syscall.EIO, "the disk failed to read or write it",
		"save a copy of your work elsewhere, then have the disk checked: it may be failing, or no longer connected"},
	{syscall.ENOSPC, "the disk is full", "free some space on it"},
	{syscall.EDQUOT, "you have used up your share of the disk",
		"remove files that you don't need, or ask for more space"},
	{syscall.EROFS, "the disk can be read, but not written to", "choose a folder on a disk that you may write to"},
	{fs.ErrPermission, "you have no permission", "give it to yourself with chmod or chown, or choose another folder"},
	{syscall.EMFILE, "this program has as many files open as it may", "allow it more with “ulimit -n 4096”"},
	{syscall.ENFILE, "this machine has as many files open as it can", "end programs that you don't need"},
	{syscall.ENOMEM, "this machine has no memory left", "end programs that you don't need"},
	{syscall.ENAMETOOLONG, "its name is too long for this disk",
		"choose a shorter name, or a folder nearer to the top of the disk"},
	{syscall.EXDEV, "it lies on another disk", "choose a folder on the same disk"},
	{syscall.ESTALE, "it changed on the network drive while it was in use", "connect the drive again if it is gone"},
	{syscall.ENOTCONN, "the drive that it lies on is not connected", "connect the drive again"},
	{syscall.ETIMEDOUT, "the drive that it lies on does not answer", "look at its connection"},
	{syscall.ENODEV, "the device that it lies on is gone", "connect it again"},
	{syscall.ENXIO, "the device that it lies on is gone", "connect it again"},
	{syscall.EBUSY, "it is in use: a program works with it, or a disk is mounted there",
		"end that program, or choose another folder"},
	{syscall.ENOTEMPTY, "something was put into it meanwhile", "look at what it is, and move it elsewhere"},
	{syscall.ENOTDIR, "a part of its path is a file, and not a folder", "choose another path, or move that file"},
	{syscall.EISDIR, "it is a folder, and not a file", "choose another path, or move that folder"},
	{syscall.ELOOP, "its links lead to one another", "remove one of the links"},
	{syscall.EFBIG, "it is larger than this disk can hold in one file", "choose a folder on another disk"},
}

// Trouble says what an error of the system means, and what to do about it; "" where it is none
// that is known.
func Trouble(err error) (what, mend string) {
	if runtime.GOOS == "windows" && errors.Is(err, syscall.Errno(32)) { // ERROR_SHARING_VIOLATION
		err = syscall.EBUSY
	}
	for _, t := range troubles {
		if errors.Is(err, t.is) {
			return t.what, t.mend
		}
	}
	return "", ""
}

// InWords is an error with what the system says of it in words: what happened, to which path,
// and what to do.
func InWords(err error) string {
	said := err.Error()
	what, mend := Trouble(err)
	if what == "" {
		return said
	}
	path, link, call := (*fs.PathError)(nil), (*os.LinkError)(nil), (*os.SyscallError)(nil)
	errno := syscall.Errno(0)
	switch {
	case errors.As(err, &path):
		said = strings.Replace(said, path.Error(), path.Path+": "+what, 1)
	case errors.As(err, &link):
		said = strings.Replace(said, link.Error(), link.New+": "+what, 1)
	case errors.As(err, &call):
		said = strings.Replace(said, call.Error(), what, 1)
	case errors.As(err, &errno):
		said = strings.Replace(said, errno.Error(), what, 1)
	default:
		return said
	}
	return said + "; " + mend + ", then run the command again"
}
