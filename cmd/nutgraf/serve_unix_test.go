//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// deadline is how long a program is waited for: long, for a busy machine.
const deadline = time.Minute

// program is nutgraf at work.
type program struct {
	t       *testing.T
	cmd     *exec.Cmd
	lines   *bufio.Scanner // of stderr
	printed strings.Builder
}

// begin starts nutgraf on a small site.
func begin(t *testing.T, args ...string) *program {
	t.Helper()
	dir := t.TempDir()
	const one = "---\ntitle: One?\nstandfirst: One.\npublished: 2024-05-01\n---\n## Is it?\n\nYes.\n"
	if err := os.MkdirAll(filepath.Join(dir, "content/explainers"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "content/explainers/one.md"), []byte(one), 0o644); err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, cmd: exec.CommandContext(t.Context(), "nutgraf", args...)}
	p.cmd.Dir = dir
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.lines = bufio.NewScanner(stderr)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(deadline, func() { p.cmd.Process.Kill() })
	t.Cleanup(func() { late.Stop() })
	return p
}

// churn makes pipes of a site's files, and files of the pipes, until it is ended.
func churn(t *testing.T, dir string, names ...string) (end func()) {
	ended, done := make(chan bool), make(chan error)
	swap := func(name string) error {
		file, aside := filepath.Join(dir, name), filepath.Join(dir, "aside")
		if err := os.Rename(file, aside); err != nil {
			return err
		}
		if err := syscall.Mkfifo(aside+".pipe", 0o600); err != nil {
			return err
		}
		if err := os.Rename(aside+".pipe", file); err != nil {
			return err
		}
		return os.Rename(aside, file)
	}
	go func() {
		for i := 0; ; i++ {
			select {
			case <-ended:
				done <- nil
				return
			default:
			}
			if err := swap(names[i%len(names)]); err != nil {
				done <- err
				return
			}
		}
	}()
	return func() {
		close(ended)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// TestChurn holds that no build and no preview waits for a pipe that was a file
// when the folder was listed.
func TestChurn(t *testing.T) {
	p := begin(t, "serve", "--addr", "127.0.0.1:0")
	files := map[string]string{"static/own.css": "p { color: red }\n", "templates/foot-extra.html": "<p>Foot</p>", "content/site.yaml": "title: Churn\n", "content/glossary/gate.md": "---\nterm: gate\nshort: A gate.\n---\n"}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Join(p.cmd.Dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(p.cmd.Dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	address := p.until("^(http://.+/) shows your site")[1]
	ended := make(chan string)
	go func() { ended <- p.ended() }() // what it says must be read
	end := churn(t, p.cmd.Dir, "content/explainers/one.md", "static/own.css", "templates/foot-extra.html", "content/site.yaml", "content/glossary/gate.md")
	codes := map[int]int{}
	builds := 20
	if testing.Short() {
		builds = 5
	}
	for range builds {
		ctx, stop := context.WithTimeout(t.Context(), deadline)
		cmd := exec.CommandContext(ctx, "nutgraf", "build", "--quiet")
		cmd.Dir = p.cmd.Dir
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() < 0 {
			t.Fatalf("a build hangs, or dies: %v\n%s", err, out)
		}
		stop()
		codes[cmd.ProcessState.ExitCode()]++
		status(t, address, "")
	}
	end()
	t.Logf("exit codes of the builds: %v", codes)
	for start := time.Now(); ; <-time.After(5 * time.Millisecond) {
		if code, body := status(t, address+"glossary/gate/", ""); code == http.StatusOK && strings.Contains(body, "A gate.") && strings.Contains(body, "Churn") {
			break
		}
		if time.Since(start) > deadline {
			t.Fatal("the preview does not show the files that are there again")
		}
	}
	p.signal(syscall.SIGINT)
	if got := <-ended; got != "exit status 0" {
		t.Errorf("the preview ended with %s\n%s", got, p.printed.String())
	}
}

// until waits for a line on the terminal, and returns what it matches.
func (p *program) until(pattern string) []string {
	p.t.Helper()
	for re := regexp.MustCompile(pattern); p.lines.Scan(); {
		fmt.Fprintln(&p.printed, p.lines.Text())
		if m := re.FindStringSubmatch(p.lines.Text()); m != nil {
			return m
		}
	}
	p.t.Fatalf("no line %s in\n%s", pattern, p.printed.String())
	return nil
}

// signal sends a signal.
func (p *program) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// ended waits for the end, and returns the signal that brought it, or the exit code.
func (p *program) ended() string {
	for p.lines.Scan() {
		fmt.Fprintln(&p.printed, p.lines.Text())
	}
	p.cmd.Wait()
	return p.cmd.ProcessState.String()
}

// status asks a preview for a page.
func status(t *testing.T, address, host string) (int, string) {
	t.Helper()
	r, err := http.NewRequest("GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
	answer, err := (&http.Client{Timeout: deadline}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body)
}

// TestEnding holds that both signals by which a program is asked to end do the
// same, and say so; that the site was being loaded is no failure.
func TestEnding(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		p := begin(t, "serve", "--addr", "127.0.0.1:0")
		p.until("Ctrl.C stops it")
		p.signal(s)
		if got := p.ended(); got != "exit status 0" || !strings.Contains(p.printed.String(), "nutgraf: ending; Ctrl+C once more ends it at once\n") {
			t.Errorf("%v: %s\n%s", s, got, p.printed.String())
		}
		if strings.Contains(p.printed.String(), "canceled") {
			t.Errorf("%v: what ended it is printed as a failure:\n%s", s, p.printed.String())
		}
	}
}

// TestEndingTwice holds that a program which waits for something in vain ends when
// it is asked for the second time.
func TestEndingTwice(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "manifest.json")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no named pipes here:", err)
	}
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		p := begin(t, "check", "--against", pipe)
		open(t, pipe) // it reads from now on, and nobody writes
		p.signal(s)
		p.until("once more ends it at once")
		p.signal(s)
		if got := p.ended(); got != "signal: "+s.String() {
			t.Errorf("%v: %s\n%s", s, got, p.printed.String())
		}
	}
}

// open opens a pipe for writing once somebody reads it, until the test is over.
func open(t *testing.T, pipe string) {
	t.Helper()
	for start := time.Now(); ; <-time.After(5 * time.Millisecond) {
		f, err := os.OpenFile(pipe, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil {
			t.Cleanup(func() { f.Close() })
			return
		}
		if !errors.Is(err, syscall.ENXIO) || time.Since(start) > deadline {
			t.Fatal(err)
		}
	}
}

// TestLAN holds that an address is printed which other machines can open, and that it
// is answered there.
func TestLAN(t *testing.T) {
	p := begin(t, "serve", "--lan", "--addr", "127.0.0.1:0")
	if len(inNetwork()) == 0 {
		p.until("^This machine is in no network, so nobody else can see it yet.$")
		return
	}
	address := p.until("^(http://.+/) is for a phone or another machine in this network.$")[1]
	if strings.Contains(address, "//127.") || strings.Contains(address, "//[::") {
		t.Errorf("%s is this machine's alone", address)
	}
	p.until("^http://127.0.0.1:[0-9]+/ shows your site")
	p.until("1 explainer")
	if code, body := status(t, address, ""); code != http.StatusOK {
		t.Errorf("%s: %d %s", address, code, body)
	}
	if code, _ := status(t, address, "203.0.113.9"); code != http.StatusForbidden {
		t.Errorf("another address: %d", code)
	}
	p.signal(syscall.SIGTERM)
	p.ended()
}

// TestAllowHost holds that a name which is allowed is answered, and no other.
func TestAllowHost(t *testing.T) {
	p := begin(t, "serve", "--addr", "127.0.0.1:0", "--allow-host", "Preview.example", "--allow-host", "192.0.2.7")
	address := p.until("^(http://.+/) shows your site")[1]
	p.until("1 explainer")
	for host, want := range map[string]int{"preview.example": 200, "preview.example:8080": 200, "192.0.2.7:80": 200, "localhost:8080": 200, "other.example": 403, "192.0.2.8": 403} {
		if code, body := status(t, address, host); code != want {
			t.Errorf("%s: %d %s", host, code, body)
		}
	}
	p.until("^The preview does not answer to the name .*: anyone can point a name of their own at this machine. If it is yours, start again with: nutgraf serve --allow-host (other.example|192.0.2.8)$")
	p.signal(syscall.SIGINT)
	p.ended()
}
