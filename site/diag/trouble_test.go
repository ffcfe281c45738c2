package diag

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
)

// Each error of the system is told with what happened, to which path, and what to do.
func TestInWords(t *testing.T) {
	for errno, want := range map[syscall.Errno][2]string{
		syscall.EIO:          {"the disk failed", "have the disk checked"},
		syscall.ENOSPC:       {"the disk is full", "free some space"},
		syscall.EDQUOT:       {"your share of the disk", "ask for more space"},
		syscall.EROFS:        {"not written to", "a disk that you may write to"},
		syscall.EACCES:       {"no permission", "chmod"},
		syscall.EPERM:        {"no permission", "chmod"},
		syscall.EMFILE:       {"this program has as many files open", "ulimit -n 4096"},
		syscall.ENFILE:       {"this machine has as many files open", "end programs"},
		syscall.ENAMETOOLONG: {"name is too long", "a shorter name"},
		syscall.EXDEV:        {"lies on another disk", "the same disk"},
		syscall.ESTALE:       {"on the network drive", "connect the drive again"},
		syscall.EBUSY:        {"in use", "end that program"},
		syscall.ENOTEMPTY:    {"was put into it", "move it elsewhere"},
		syscall.ENOTDIR:      {"is a file, and not a folder", "choose another path"},
	} {
		for _, err := range []error{
			&fs.PathError{Op: "open", Path: "public/a.html", Err: errno},
			&os.LinkError{Op: "rename", Old: "public.new", New: "public/a.html", Err: errno},
		} {
			got := InWords(fmt.Errorf("public can't be written: %w", err))
			if !strings.HasPrefix(got, "public can't be written: public/a.html: ") ||
				!strings.Contains(got, want[0]) || !strings.Contains(got, want[1]) {
				t.Errorf("%v is told as %q", err, got)
			}
			for _, raw := range []string{errno.Error(), "open public", "rename ", "a program may have"} {
				if strings.Contains(got, raw) {
					t.Errorf("%v is told with %q: %q", err, raw, got)
				}
			}
		}
	}
	if got := InWords(errors.New("other")); got != "other" {
		t.Errorf("an error that is not the system's is told as %q", got)
	}
}
