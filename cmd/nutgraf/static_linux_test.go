package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// TestEmptyRoot builds a site with the program as README says to make it, in a
// root that holds nothing else, as a container from scratch does: no time zones,
// no C library, no shell.
func TestEmptyRoot(t *testing.T) {
	root := t.TempDir()
	build := exec.Command("go", "build", "-pgo=off", "-o", filepath.Join(root, "nutgraf"), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, text := range map[string]string{
		"site/content/site.yaml": "title: T\ntimezone: Europe/Berlin\n",
		"site/content/explainers/one.md": "---\ntitle: One?\nstandfirst: S.\npublished: 2024-01-01T08:00\n---\n" +
			"## Why? {#why}\n\nSo.\n",
	} {
		p := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o755), os.WriteFile(p, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("/nutgraf", "build", "--source", "/site", "--out", "/public", "--clock", "2026-11-30")
	cmd.Dir, cmd.Env = "/", []string{}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Chroot:      root,
		Cloneflags:  syscall.CLONE_NEWUSER,
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
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := os.Stat(filepath.Join(root, "public/explainers/one/index.html")); err != nil {
		t.Error(err)
	}
}
