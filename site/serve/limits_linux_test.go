package serve

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// inNamespace runs a test again, as root of a user and a mount namespace of its
// own, and reports whether it is there now.
func inNamespace(t *testing.T) bool {
	t.Helper()
	const where = "NUTGRAF_NAMESPACE"
	if os.Getenv(where) == t.Name() {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout=2m")
	cmd.Env = append(os.Environ(), where+"="+t.Name())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		if os.Getenv("NUTGRAF_REQUIRE_NAMESPACES") != "" {
			t.Fatal("no namespace can be made:", err)
		}
		t.Skip("no namespace can be made here:", err)
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("within a namespace: %v\n%s", err, out)
	}
	t.Logf("within a namespace:\n%s", out)
	return false
}

// lines keeps what the terminal would show.
type lines struct {
	mu   sync.Mutex
	text []string
}

func (l *lines) keep(o *Options) {
	o.Log = func(s string) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.text = append(l.text, s)
	}
}

// with returns those that contain a text.
func (l *lines) with(text string) (found []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, line := range l.text {
		if strings.Contains(line, text) {
			found = append(found, line)
		}
	}
	return found
}

// TestLimits holds that where the system lets us watch too little or nothing,
// that is said once, with what helps, and everything is seen by looking.
func TestLimits(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for the folders to be looked through")
	}
	t.Parallel()
	if !inNamespace(t) {
		return
	}
	for _, c := range []struct {
		limit   string
		most    int
		says    string
		command string
	}{
		{"max_inotify_watches", 0, "not all folders can be watched, ", "\n  sudo sysctl fs.inotify.max_user_watches="},
		{"max_inotify_watches", 3, "not all folders can be watched, ", "\n  sudo sysctl fs.inotify.max_user_watches="},
		{"max_inotify_instances", 0, "the folders can't be watched, ", "\n  sudo sysctl fs.inotify.max_user_instances="},
	} {
		t.Run(fmt.Sprintf("%s %d", c.limit, c.most), func(t *testing.T) {
			limit := filepath.Join("/proc/sys/user", c.limit)
			before, err := os.ReadFile(limit)
			if err != nil {
				t.Fatal(err)
			}
			set := func(to string) {
				if err := os.WriteFile(limit, []byte(to), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			set(fmt.Sprint(c.most))
			defer set(string(before))
			said := new(lines)
			p := start(t, small(), said.keep)
			p.write("content/explainers/one.md", explainer("Seen?", "First."))
			p.write("content/glossary/new/index.md", "---\nterm: new\nshort: What was not.\n---\n")
			p.write("static/own.css", "p { color: green }\n")
			p.agrees("saves that not all are reported")
			if got := said.with(c.says); len(got) != 1 || !strings.Contains(got[0], "looked through every 2s") || !strings.Contains(got[0], c.command) {
				t.Errorf("%d times: %q", len(got), got)
			}
			if got := said.with(""); len(got) != 1 {
				t.Errorf("more was said: %q", got)
			}
		})
	}
}

// TestSilentMount serves from an overlay that comes, whose lower folder changes,
// and that goes: the system reports none of that.
func TestSilentMount(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for the folders to be looked through")
	}
	t.Parallel()
	if !inNamespace(t) {
		return
	}
	p := start(t, small())
	sees := func(what, title string) {
		t.Helper()
		p.agrees(what)
		if !strings.Contains(p.get("/explainers/one/"), title) {
			t.Fatalf("after %s “%s” is not served", what, title)
		}
	}
	lower, empty := t.TempDir(), t.TempDir()
	below := &preview{t: t, dir: lower}
	for name, text := range small() {
		below.write(name, text)
	}
	below.write("content/explainers/one.md", explainer("Below?", "First."))
	if err := syscall.Mount("overlay", p.dir, "overlay", syscall.MS_RDONLY, "lowerdir="+lower+":"+empty); err != nil {
		t.Fatal(err)
	}
	mounted := true
	t.Cleanup(func() {
		if mounted {
			syscall.Unmount(p.dir, syscall.MNT_DETACH)
		}
	})
	sees("a mount", "Below?")

	heard := inotify(t, filepath.Join(p.dir, "content/explainers"), syscall.IN_CREATE|syscall.IN_MODIFY|syscall.IN_ATTRIB)
	below.write("content/explainers/one.md", explainer("Changed below?", "First."))
	below.write("content/explainers/three.md", explainer("Three?", "Third."))
	sees("a change below", "Changed below?")
	if heard() {
		t.Error("this mount reports changes, so that the test shows nothing")
	}

	if err := syscall.Unmount(p.dir, syscall.MNT_DETACH); err != nil {
		t.Fatal(err)
	}
	mounted = false
	sees("the mount's end", "One?")
}

// inotify watches a file or folder for the events of a mask, and returns a
// function that reports whether there was one.
func inotify(t *testing.T, name string, mask uint32) func() bool {
	t.Helper()
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	if _, err := syscall.InotifyAddWatch(fd, name, mask); err != nil {
		t.Fatal(err)
	}
	return func() bool {
		n, err := syscall.Read(fd, make([]byte, 64<<10))
		if err != nil && err != syscall.EAGAIN {
			t.Fatal(err)
		}
		return n > 0
	}
}
